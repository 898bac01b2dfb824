"""Answers to exercise 07.learn_merges."""

from collections import Counter
from itertools import pairwise

from course_lib.bpe import learn_merges, merge_pair, pair_counts
from tests.exercises.answers import right, wrong


@right
def with_pair_counts(words, merges):
    split = {tuple(word): count for word, count in words.items()}
    found = []
    for _ in range(merges):
        counts = pair_counts(split)
        if not counts:
            break
        best = sorted(counts, key=lambda pair: (-counts[pair], pair))[0]
        if counts[best] == 1:
            break
        found.append(best)
        split = {tuple(merge_pair(symbols, best)): count for symbols, count in split.items()}
    return found


@right
def with_lists(words, merges):
    split = [(list(word), count) for word, count in words.items()]
    found = []
    while len(found) < merges:
        counts = Counter()
        for symbols, count in split:
            for pair in pairwise(symbols):
                counts[pair] += count
        if not counts or max(counts.values()) < 2:
            return found
        most = max(counts.values())
        best = min(pair for pair in counts if counts[pair] == most)
        found.append(best)
        split = [(merge_pair(symbols, best), count) for symbols, count in split]
    return found


def learn(words, merges, counted=pair_counts, best=lambda c: min(c, key=lambda p: (-c[p], p)), least=2):
    split, found = {tuple(word): count for word, count in words.items()}, []
    while len(found) < merges:
        counts = counted(split)
        if not counts or max(counts.values()) < least:
            break
        found.append(best(counts))
        split = {tuple(merge_pair(symbols, found[-1])): count for symbols, count in split.items()}
    return found


@wrong(says="each word counts once")
def words_without_their_counts(words, merges):
    return learn(words, merges, counted=lambda split: pair_counts(dict.fromkeys(split, 1)))


@wrong(says="count again")
def counted_once(words, merges):
    counts = pair_counts({tuple(word): count for word, count in words.items()})
    return [p for p in sorted(counts, key=lambda p: (-counts[p], p)) if counts[p] > 1][:merges]


@wrong(says="chosen again")
def never_merged(words, merges):
    counts = pair_counts({tuple(word): count for word, count in words.items()})
    found = []
    while len(found) < merges and counts and max(counts.values()) > 1:
        found.append(min(counts, key=lambda p: (-counts[p], p)))
    return found


@wrong(says="merge the most frequent one")
def the_rarest(words, merges):
    return learn(words, merges, best=lambda c: min(c, key=lambda p: (c[p], p)))


@wrong(says="of equally frequent pairs the one that was met first")
def ties_by_chance(words, merges):
    return learn(words, merges, best=lambda c: c.most_common(1)[0][0])


@wrong(says="of equally frequent pairs the last in the alphabet")
def ties_from_the_end(words, merges):
    return learn(words, merges, best=lambda c: max(c, key=lambda p: (c[p], p)))


@wrong(says="occurs once is merged")
def once_is_enough(words, merges):
    return learn(words, merges, least=1)


@wrong(says="one merge too many")
def one_more(words, merges):
    return learn(words, merges + 1)


@wrong(says="give pairs, (left, right)")
def as_strings(words, merges):
    return [a + b for a, b in learn(words, merges)]


@wrong(says="counts once there")
def places_not_counted(words, merges):
    def counted(split):
        counts = Counter()
        for symbols, count in split.items():
            for pair in set(pairwise(symbols)):
                counts[pair] += count
        return counts

    return learn(words, merges, counted=counted)


@wrong(says="learning ends before")
def max_of_nothing(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    for _ in range(merges):
        counts = pair_counts(split)
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < 2:
            break
        found.append(best)
        split = {tuple(merge_pair(symbols, best)): count for symbols, count in split.items()}
    return found


@wrong(says="capitals become small letters")
def in_small_letters(words, merges):
    return learn_merges({word.lower(): count for word, count in words.items()}, merges)


@wrong(says="a pair that occurs twice is merged, too")
def twice_is_too_few(words, merges):
    return learn(words, merges, least=3)


@wrong(says="compare the tuples")
def ties_by_the_joined_string(words, merges):
    return learn(words, merges, best=lambda c: min(c, key=lambda p: (-c[p], "".join(p), p)))


@wrong(says="with `merges` = 0 there is a merge, too")
def added_before_it_asks(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    while (counts := pair_counts(split)) and max(counts.values()) > 1:
        found.append(min(counts, key=lambda pair: (-counts[pair], pair)))
        if len(found) >= merges:
            break
        split = {tuple(merge_pair(symbols, found[-1])): count for symbols, count in split.items()}
    return found


@wrong(says="a sign of their end")
def as_sennrich_wrote_them(words, merges):
    split, found = {(*word, "</w>"): count for word, count in words.items()}, []
    for _ in range(merges):
        counts = pair_counts(split)
        if not counts or max(counts.values()) < 2:
            break
        found.append(min(counts, key=lambda pair: (-counts[pair], pair)))
        split = {tuple(merge_pair(symbols, found[-1])): count for symbols, count in split.items()}
    return found


@wrong(says="in each word only the first occurrence")
def one_occurrence_in_each_word(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    for _ in range(merges):
        counts = pair_counts(split)
        if not counts or max(counts.values()) < 2:
            break
        left, right = best = min(counts, key=lambda pair: (-counts[pair], pair))
        found.append(best)
        again = {}
        for symbols, count in split.items():
            at = next((i for i, pair in enumerate(pairwise(symbols)) if pair == best), len(symbols))
            again[(*symbols[:at], *[left + right][: len(symbols) - at], *symbols[at + 2 :])] = count
        split = again
    return found


@wrong(says="a pair is found inside longer symbols, too")
def merged_in_the_text(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    for _ in range(merges):
        counts = pair_counts(split)
        if not counts or max(counts.values()) < 2:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        found.append(best)
        again = {}
        for symbols, count in split.items():
            text = " ".join(symbols).replace(" ".join(best), "".join(best))
            again[tuple(text.split(" "))] = count
        split = again
    return found


@wrong(says="count inside each word")
def one_word_behind_the_other(words, merges):
    symbols = [letter for word, count in words.items() for _ in range(count) for letter in word]
    found = []
    for _ in range(merges):
        counts = Counter(pairwise(symbols))
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < 2:
            break
        found.append(best)
        symbols = merge_pair(symbols, best)
    return found


@wrong(says="make a new one inside, in each call", obeyed={"split = {": "found = []\n    split = {"})
def begins_with_the_merges_of_the_call_before(words, merges, found=[]):  # noqa: B006 - the mistake
    split = {tuple(word): count for word, count in words.items()}
    while len(found) < merges:
        counts = pair_counts(split)
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < 2:
            break
        found.append(best)
        split = {tuple(merge_pair(list(symbols), best)): count for symbols, count in split.items()}
    return found


def rounds(words, merges, split=tuple, best=lambda c: min(c, key=lambda p: (-c[p], p)), pair=lambda best: best):
    """With other symbols of a word, another choice, and the pair in what was chosen."""
    split, found = {split(word): count for word, count in words.items()}, []
    for _ in range(merges):
        counts = pair_counts(split)
        if not counts or max(counts.values()) < 2:
            break
        found.append(best(counts))
        split = {tuple(merge_pair(symbols, pair(found[-1]))): count for symbols, count in split.items()}
    return found


@wrong(says="is each word split, `tuple(word)`", obeyed={"(word,)": "tuple(word)"})
def words_not_split(words, merges):
    return rounds(words, merges, split=lambda word: (word,))


@wrong(says="only one merge comes back")
def returned_inside_the_loop(words, merges):
    for _ in range(merges):
        return rounds(words, 1)
    return []


@wrong(says="the pair is chosen by the alphabet alone")
def last_pair_of_the_alphabet(words, merges):
    return rounds(words, merges, best=max)


@wrong(says="counts stand among the merges")
def largest_count(words, merges):
    return rounds(words, merges, best=lambda counts: max(counts.values()))


@wrong(says="counts stand among the merges")
def pairs_with_their_counts(words, merges):
    best = lambda counts: min(counts.items(), key=lambda each: (-each[1], each[0]))
    return rounds(words, merges, best=best, pair=lambda both: both[0])


@wrong(says="`tuple(...)` makes one of it", obeyed={"{merge_pair(symbols, best)": "{tuple(merge_pair(symbols, best))"})
def lists_for_keys(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    for best in learn_merges(words, merges):
        found.append(best)
        split = {merge_pair(symbols, best): count for symbols, count in split.items()}
    return found


@wrong(says="`words.items()` gives words and counts", obeyed={"in words}": "in words.items()}"})
def words_without_items(words, merges):
    return learn({word.strip(): count for word, count in words}, merges)


@wrong(says="`most_common(1)[0]` is the pair and its count", obeyed={"most_common(1)": "most_common(1)[0]"})
def most_common_not_taken_out(words, merges):
    best, count = pair_counts({tuple(word): count for word, count in words.items()}).most_common(1)
    return [best] if count > 1 else []


def merge_in_a_copy(symbols, pair):
    merged = symbols.copy()
    for i in range(len(merged) - 1):
        if tuple(merged[i : i + 2]) == pair:
            merged[i : i + 2] = ["".join(pair)]
    return merged


@wrong(
    says="`merge_pair(list(symbols), best)`",
    obeyed={"merge_in_a_copy(symbols, best)": "merge_in_a_copy(list(symbols), best)"},
)
def tuples_for_a_merge_of_lists(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    while len(found) < merges:
        counts = pair_counts(split)
        best = min(counts, key=lambda pair: (-counts[pair], pair), default=None)
        if best is None or counts[best] < 2:
            break
        found.append(best)
        split = {tuple(merge_in_a_copy(symbols, best)): count for symbols, count in split.items()}
    return found


@wrong(says="the longest is taken")
def of_equal_ones_the_longest(words, merges):
    return learn(words, merges, best=lambda c: min(c, key=lambda p: (-c[p], -len("".join(p)), p)))


@wrong(says="merged in one round")
def all_of_the_best_at_once(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    while len(found) < merges:
        counts = pair_counts(split)
        most = max(counts.values(), default=0)
        if most < 2:
            break
        for best in sorted(pair for pair in counts if counts[pair] == most):
            found.append(best)
            split = {tuple(merge_pair(symbols, best)): count for symbols, count in split.items()}
    return found


@wrong(says="words that occur once are left out")
def rare_words_left_out(words, merges):
    return learn_merges({word: count for word, count in words.items() if count >= 2}, merges)


@wrong(says="in one word alone")
def ends_at_a_pair_of_one_word(words, merges):
    split, found = {tuple(word): count for word, count in words.items()}, []
    while len(found) < merges and (counts := pair_counts(split)):
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        if counts[best] < 2 or sum(best in pairwise(symbols) for symbols in split) == 1:
            break
        found.append(best)
        split = {tuple(merge_pair(symbols, best)): count for symbols, count in split.items()}
    return found


@wrong(says="the latest merge stands first")
def latest_first(words, merges):
    return with_pair_counts(words, merges)[::-1]
