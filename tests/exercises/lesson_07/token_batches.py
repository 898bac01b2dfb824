"""Answers to exercise 07.token_batches."""

from answers import right, wrong


@right
def with_the_longest_kept(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if batch and max(longest, length) * (len(batch) + 1) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, length)
    return [*batches, batch] if batch else batches


@right
def with_the_lengths_looked_up(lengths, max_tokens):
    batches = []
    for i in range(len(lengths)):
        with_it = [*batches[-1], i] if batches else [i]
        if batches and max(lengths[j] for j in with_it) * len(with_it) <= max_tokens:
            batches[-1] = with_it
        else:
            batches.append([i])
    return batches


def in_this_order(lengths, max_tokens, order):
    batches = with_the_longest_kept([lengths[i] for i in order], max_tokens)
    return [[order[i] for i in batch] for batch in batches]


def fill(lengths, max_tokens, full):
    batches = []
    for i, length in enumerate(lengths):
        if not batches or full([lengths[j] for j in batches[-1]], length):
            batches.append([])
        batches[-1].append(i)
    return batches


@wrong(says="padding counts, too")
def lengths_added_up(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: sum(inside) + new > max_tokens)


@wrong(says="with it the batch must still fit")
def checked_too_late(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: max([*inside, new]) * len(inside) > max_tokens)


@wrong(says="exactly full", obeyed={">=": ">"})
def full_is_too_full(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: max([*inside, new]) * (len(inside) + 1) >= max_tokens)


@wrong(says="the next row", obeyed={"max(inside)": "max(max(inside), new)"})
def longest_so_far_alone(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: max(inside) * (len(inside) + 1) > max_tokens)


@wrong(says="begins with its own first row")
def longest_never_reset(lengths, max_tokens):
    batches, longest = [[]], 0
    for i, length in enumerate(lengths):
        longest = max(longest, length)
        if batches[-1] and longest * (len(batches[-1]) + 1) > max_tokens:
            batches.append([])
        batches[-1].append(i)
    return [batch for batch in batches if batch]


@wrong(says="the last batch is lost")
def last_one_forgotten(lengths, max_tokens):
    return with_the_longest_kept(lengths, max_tokens)[:-1]


@wrong(says="each is a batch of its own")
def long_rows_lost(lengths, max_tokens):
    return in_this_order(lengths, max_tokens, [i for i, length in enumerate(lengths) if length <= max_tokens])


@wrong(says="the rows are counted")
def rows_counted(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: len(inside) >= max_tokens)


@wrong(says="an empty batch")
def empty_one_in_front(lengths, max_tokens):
    return [[], *with_the_longest_kept(lengths, max_tokens)]


@wrong(says="they come in the order")
def sorted_by_length(lengths, max_tokens):
    return in_this_order(lengths, max_tokens, sorted(range(len(lengths)), key=lambda i: lengths[i]))


@wrong(says="the batches hold lengths")
def lengths_instead_of_places(lengths, max_tokens):
    return [[lengths[i] for i in batch] for batch in with_the_longest_kept(lengths, max_tokens)]
