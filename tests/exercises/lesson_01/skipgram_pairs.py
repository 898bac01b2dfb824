"""Answers to exercise 01.skipgram_pairs."""

import torch

from course_lib.skipgram import skipgram_pairs
from tests.exercises.answers import right, wrong


@right
def two_loops(ids, window):
    pairs = []
    for i, centre in enumerate(ids):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append((centre, ids[j]))
    return torch.tensor(pairs)


@right
def by_slices(ids, window):
    pairs = []
    for i in range(len(ids)):
        context = ids[max(0, i - window) : i] + ids[i + 1 : i + 1 + window]
        pairs += [[ids[i], word] for word in context]
    return torch.LongTensor(pairs)


@right
def one_distance_after_the_other(ids, window):
    ids = torch.tensor(ids)
    found = [torch.empty(0, 2, dtype=torch.long)]
    for d in range(1, window + 1):
        found.append(torch.stack([ids[:-d], ids[d:]], dim=1))
        found.append(torch.stack([ids[d:], ids[:-d]], dim=1))
    return torch.cat(found)


@right
def all_combinations_near_enough(ids, window):
    T = len(ids)
    centre, context = torch.meshgrid(torch.arange(T), torch.arange(T), indexing="ij")
    near = ((centre - context).abs() <= window) & (centre != context)
    ids = torch.tensor(ids)
    return torch.column_stack((ids[centre[near]], ids[context[near]]))


@right
def context_before_centre(ids, window):  # the pairs are symmetric: the same ones, in another order
    at = range(len(ids))
    return torch.tensor([[ids[j], ids[i]] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong(says="paired with itself", obeyed={"min(T, i + window + 1))]": "min(T, i + window + 1)) if j != i]"})
def centre_is_its_own_context(ids, window):
    T = len(ids)
    return torch.tensor([[ids[i], ids[j]] for i in range(T) for j in range(max(0, i - window), min(T, i + window + 1))])


@wrong(says="compare the positions")
def equal_words_left_out(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if ids[j] != ids[i]:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(
    says="no `ids.index`",
    obeyed={"for centre in ids:\n        i = ids.index(centre)": "for i, centre in enumerate(ids):"},
)
def centre_found_by_its_value(ids, window):
    pairs = []
    for centre in ids:
        i = ids.index(centre)
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append([centre, ids[j]])
    return torch.tensor(pairs)


@wrong(says="context on the left is missing")
def right_context_only(ids, window):
    return torch.tensor([[ids[i], c] for i in range(len(ids)) for c in ids[i + 1 : i + 1 + window]])


@wrong(says="context on the right is missing")
def left_context_only(ids, window):
    return torch.tensor([[ids[i], c] for i in range(len(ids)) for c in ids[max(0, i - window) : i]])


@wrong(says="`range` leaves out its end", obeyed={"i + window)": "i + window + 1)"})
def range_ends_one_too_early(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window)):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="last word of the sentence", obeyed={"len(ids) - 1": "len(ids)"})
def last_word_never_a_context(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids) - 1, i + window + 1)):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="one too wide")
def window_one_too_wide(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window + 1])


@wrong(says="negative index", obeyed={"range(i - window,": "range(max(0, i - window),"})
def wraps_around_at_the_start(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(i - window, i + window + 1):
            if j != i and j < len(ids):
                try:
                    pairs.append([ids[i], ids[j]])
                except IndexError:
                    continue
    return torch.tensor(pairs)


@wrong(says="At the end of the sentence", obeyed={"i + window + 1": "min(len(ids), i + window + 1)"})
def beyond_the_end_of_the_sentence(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), i + window + 1):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="at the ends of the sentence")
def only_centres_with_a_full_window(ids, window):
    pairs = []
    for i in range(window, len(ids) - window):
        for j in range(i - window, i + window + 1):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="hold positions")
def positions_in_place_of_ids(ids, window):
    at = range(len(ids))
    return torch.tensor([[i, j] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong(says="not the whole width")
def window_counted_over_both_sides(ids, window):
    half = window // 2
    at = range(len(ids))
    pairs = [[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= half]
    return torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)


@wrong(says="exactly `window` away")
def at_distance_window_only(ids, window):
    at = range(len(ids))
    pairs = [[ids[i], ids[j]] for i in at for j in (i - window, i + window) if 0 <= j < len(ids)]
    return torch.tensor(pairs)


@wrong(says="too narrow")
def neighbours_only_whatever_the_window(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if abs(i - j) == 1])


@wrong(says="kept only once")
def repeated_pairs_removed(ids, window):
    at = range(len(ids))
    return torch.tensor(sorted({(ids[i], ids[j]) for i in at for j in at if 0 < abs(i - j) <= window}))


@wrong(says="inside the loop")
def returns_inside_the_loop(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append([ids[i], ids[j]])
        return torch.tensor(pairs)


@wrong(says="transposed")
def two_rows_instead_of_two_columns(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window]).T


@wrong(says="got a list")
def list_of_tuples(ids, window):
    at = range(len(ids))
    return [(ids[i], ids[j]) for i in at for j in at if 0 < abs(i - j) <= window]


@wrong(says="float32")
def ids_as_floats(ids, window):
    at = range(len(ids))
    return torch.Tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong(says="in place")
def pads_the_sentence_itself(ids, window):
    ids += [0] * window
    pairs = []
    for i in range(len(ids) - window):
        for j in range(max(0, i - window), i + window + 1):
            if j != i and ids[j] != 0:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="returns None")
def pairs_printed(ids, window):
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                print(ids[i], ids[j])


@wrong(says="another `window`")
def the_shown_pairs_hard_coded(ids, window):
    pairs = "10-11 10-12 11-10 11-12 11-13 12-10 12-11 12-13 12-14 13-11 13-12 13-14 14-12 14-13"
    return torch.tensor([[int(id) for id in pair.split("-")] for pair in pairs.split()])


@wrong(says="the id 0 is left out")
def padding_taken_out_first(ids, window):
    return skipgram_pairs([id for id in ids if id], window)


@wrong(says="kept only once")
def each_pair_once(ids, window):
    return skipgram_pairs(ids, window).unique(dim=0)


@wrong(says="a slice is cut wrongly", obeyed={"ids[i - window:i]": "ids[max(0, i - window):i]"})
def a_slice_with_a_negative_start(ids, window):
    pairs = []
    for i, centre in enumerate(ids):
        pairs += [[centre, word] for word in ids[i - window : i] + ids[i + 1 : i + window + 1]]
    return torch.tensor(pairs)


@wrong(says="`view(-1, 2)` keeps each pair together", obeyed={"view(2, -1).T": "view(-1, 2)"})
def viewed_as_two_rows(ids, window):
    return skipgram_pairs(ids, window).flatten().view(2, -1).T


@wrong(says="the id 0 is left out")
def zero_is_no_context(ids, window):
    at = range(len(ids))
    pairs = [[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window and ids[i] and ids[j]]
    return torch.tensor(pairs, dtype=torch.long).view(-1, 2)


@wrong(says="two mistakes at once: 1. the context on the left is missing")
def positions_of_the_right_context(ids, window):
    T = len(ids)
    return torch.tensor([[i, j] for i in range(T) for j in range(i + 1, min(T, i + window + 1))])


@wrong(says="the ids 0 to 3 are left out")
def specials_are_no_words(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i and ids[i] >= 4 and ids[j] >= 4:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs, dtype=torch.long).view(-1, 2)


@wrong(says="the ids 0 to 3 are left out")
def specials_taken_out_of_the_sentence(ids, window):
    return skipgram_pairs([id for id in ids if id not in (0, 1, 2, 3)], window)


@wrong(says="the first and the last word are never a pair", obeyed={"len(ids) - 2": "len(ids) - 1"})
def the_longest_distance_is_missing(ids, window):
    pairs = []
    for d in range(1, min(window, len(ids) - 2) + 1):
        for i in range(len(ids) - d):
            pairs += [[ids[i], ids[i + d]], [ids[i + d], ids[i]]]
    return torch.tensor(pairs, dtype=torch.long).view(-1, 2)


@wrong(says="two mistakes at once: 1. the window is too narrow")
def half_the_window_and_the_pairs_in_columns(ids, window):
    half = max(1, window // 2)
    centres, contexts = [], []
    for i in range(len(ids)):
        for j in range(max(0, i - half), min(len(ids), i + half + 1)):
            if j != i:
                centres.append(ids[i])
                contexts.append(ids[j])
    return torch.tensor([centres, contexts], dtype=torch.long)


@wrong(says="is nothing appended in the loop?")
def append_forgotten(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                [ids[i], ids[j]]
    return torch.tensor(pairs)


@wrong(says="one thing to append", obeyed={"append(ids[i], ids[j])": "append([ids[i], ids[j]])"})
def two_things_appended(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append(ids[i], ids[j])
    return torch.tensor(pairs)


@wrong(says="`append` changes the list and gives None", obeyed={"pairs = pairs.append": "pairs.append"})
def what_append_returns(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs = pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="where `extend` takes it apart", obeyed={"pairs.extend": "pairs.append"})
def pairs_taken_apart(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.extend([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong(says="the window has no effect")
def all_pairs(ids, window):
    return torch.tensor([[a, b] for i, a in enumerate(ids) for j, b in enumerate(ids) if i != j])


@wrong(says="for a ring")
def rolled(ids, window):
    row = torch.tensor(ids)
    shifted = [d for d in range(-window, window + 1) if d]
    return torch.cat([torch.stack([row, row.roll(d)], 1) for d in shifted])
