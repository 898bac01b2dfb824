"""Answers to exercise 07.token_batches."""

from tests.exercises.answers import right, wrong


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


@wrong(says="the batch is padded to the longest so far", obeyed={"max(inside)": "max(max(inside), new)"})
def longest_so_far_alone(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: max(inside) * (len(inside) + 1) > max_tokens)


@wrong(says="begins with its own first sentence")
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
def long_sentences_lost(lengths, max_tokens):
    return in_this_order(lengths, max_tokens, [i for i, length in enumerate(lengths) if length <= max_tokens])


@wrong(says="the sentences are counted, not")
def sentences_counted(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: len(inside) >= max_tokens)


@wrong(says="there is an empty batch in front")
def empty_one_in_front(lengths, max_tokens):
    return [[], *with_the_longest_kept(lengths, max_tokens)]


@wrong(says="keep the order that is given")
def sorted_by_length(lengths, max_tokens):
    return in_this_order(lengths, max_tokens, sorted(range(len(lengths)), key=lambda i: lengths[i]))


@wrong(says="put in the numbers of the sentences")
def lengths_instead_of_places(lengths, max_tokens):
    return [[lengths[i] for i in batch] for batch in with_the_longest_kept(lengths, max_tokens)]


@wrong(says="one before it may be longer")
def the_next_one_alone(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: new * (len(inside) + 1) > max_tokens)


@wrong(says="the sentence that begins a batch is not counted")
def longest_begun_with_zero(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: max([*inside[1:], new]) * (len(inside) + 1) > max_tokens)


@wrong(says="overtakes the batch that was begun")
def a_long_one_put_out_at_once(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if length > max_tokens:
            batches.append([i])
            continue
        if batch and max(longest, length) * (len(batch) + 1) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, length)
    return [*batches, batch] if batch else batches


@wrong(says="one and the same list")
def cleared(lengths, max_tokens):
    batches, batch = [], []
    for made in with_the_longest_kept(lengths, max_tokens):
        batch.clear()
        batch += made
        batches.append(batch)
    return batches


@wrong(says="an empty batch in front")
def empty_where_the_first_is_too_long(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if max(longest, length) * (len(batch) + 1) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, length)
    return [*batches, batch] if batch else batches


@wrong(says="return an empty list")
def one_empty_batch_of_nothing(lengths, max_tokens):
    return with_the_longest_kept(lengths, max_tokens) or [[]]


@wrong(says="`index` finds the first of them alone")
def numbers_looked_up_and_long_ones_lost(lengths, max_tokens):
    fit = [length for length in lengths if length <= max_tokens]
    return [[lengths.index(fit[j]) for j in batch] for batch in with_the_longest_kept(fit, max_tokens)]


@wrong(says="sentences that are longer than the limit are lost")
def long_ones_passed_over(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if length > max_tokens:
            if batch:
                batches.append(batch)
            batch, longest = [], 0
            continue
        if batch and (len(batch) + 1) * max(longest, length) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, length)
    return [*batches, batch] if batch else batches


@wrong(says="a sentence that does not fit is lost")
def the_one_that_does_not_fit_dropped(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if batch and max(longest, length) * (len(batch) + 1) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        else:
            batch.append(i)
            longest = max(longest, length)
    batches.append(batch)
    return batches


@wrong(says="1. sentences that are longer than the limit are lost")
def long_ones_skipped_and_a_last_batch_always(lengths, max_tokens):
    batches, batch, longest = [], [], 0
    for i, length in enumerate(lengths):
        if length > max_tokens:
            continue
        if batch and max(longest, length) * (len(batch) + 1) > max_tokens:
            batches.append(batch)
            batch, longest = [], 0
        batch.append(i)
        longest = max(longest, length)
    batches.append(batch)
    return batches


@wrong(says="is the `return` inside the loop?")
def returned_inside_the_loop(lengths, max_tokens):
    batches, batch = [], []
    for i in range(len(lengths)):
        batch.append(i)
        return batches
    return batches


@wrong(says="the batches are joined to one list")
def one_list_of_all(lengths, max_tokens):
    batches = []
    for batch in with_the_longest_kept(lengths, max_tokens):
        batches += batch
    return batches


@wrong(says="the first sentence of a batch counts as its longest")
def the_first_is_the_longest(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: inside[0] * (len(inside) + 1) > max_tokens)


@wrong(says="the shortest sentence of the batch counts")
def the_shortest(lengths, max_tokens):
    return fill(lengths, max_tokens, lambda inside, new: min([*inside, new]) * (len(inside) + 1) > max_tokens)


@wrong(says="the longest of all sentences counts")
def so_many_at_once(lengths, max_tokens):
    size = max(1, max_tokens // max(lengths, default=1))
    return [list(range(i, min(i + size, len(lengths)))) for i in range(0, len(lengths), size)]


@wrong(says="a batch ends only when it is full or too full already")
def ended_too_late(lengths, max_tokens):
    batches, batch = [], []
    for i in range(len(lengths)):
        batch.append(i)
        if len(batch) * max(lengths[j] for j in batch) >= max_tokens:
            batches.append(batch)
            batch = []
    return [*batches, batch] if batch else batches


@wrong(says="is put into the batch before")
def too_long_into_the_batch_before(lengths, max_tokens):
    return fill(
        lengths, max_tokens,
        lambda inside, new: max([*inside, new]) * (len(inside) + 1) > max_tokens and new <= max_tokens,
    )  # fmt: skip


@wrong(says="1 is added to each length")
def one_more_for_the_end(lengths, max_tokens):
    return with_the_longest_kept([length + 1 for length in lengths], max_tokens)


@wrong(says="a sentence goes into an earlier batch")
def where_there_is_room(lengths, max_tokens):
    batches = []
    for i, length in enumerate(lengths):
        for batch in batches:
            if (len(batch) + 1) * max(length, *(lengths[j] for j in batch)) <= max_tokens:
                batch.append(i)
                break
        else:
            batches.append([i])
    return batches


@wrong(says="filled from the last sentence on")
def from_the_last(lengths, max_tokens):
    order = range(len(lengths))[::-1]
    return [batch[::-1] for batch in in_this_order(lengths, max_tokens, order)[::-1]]


@wrong(says="in a list, each a list")
def batches_as_tuples(lengths, max_tokens):
    return [tuple(batch) for batch in with_the_longest_kept(lengths, max_tokens)]
