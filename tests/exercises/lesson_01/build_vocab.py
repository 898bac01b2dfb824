"""Answers to exercise 01.build_vocab."""

from collections import Counter, defaultdict
from itertools import chain, groupby

from course_lib.text import build_vocab
from tests.exercises.answers import right, wrong

SPECIALS = ["<pad>", "<unk>", "<sos>", "<eos>"]
COUNTS = Counter()


@right
def counting_in_a_dict_and_sorting_twice(sentences, min_freq=1):
    counts = {}
    for sentence in sentences:
        for token in sentence:
            counts[token] = counts.get(token, 0) + 1
    tokens = sorted(counts)
    tokens.sort(key=counts.get, reverse=True)  # sorting is stable
    return ["<pad>", "<unk>", "<sos>", "<eos>"] + [token for token in tokens if counts[token] >= min_freq]


@right
def bucket_per_frequency(sentences, min_freq=1):
    counts = Counter(chain.from_iterable(sentences))
    with_count = defaultdict(list)
    for token, count in counts.items():
        with_count[count].append(token)
    vocab = ["<pad>", "<unk>", "<sos>", "<eos>"]
    for count in range(max(with_count), min_freq - 1, -1):
        vocab.extend(sorted(with_count[count]))
    return vocab


@right
def runs_of_equal_tokens(sentences, min_freq=1):
    every = sorted(token for sentence in sentences for token in sentence)
    counted = [(-len(list(run)), token) for token, run in groupby(every)]
    return SPECIALS + [token for count, token in sorted(counted) if -count >= min_freq]


@wrong(says="specials stand at the end")
def specials_last(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return sorted(tokens, key=lambda token: (-counts[token], token)) + SPECIALS


@wrong(says="specials are missing")
def specials_forgotten(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))


@wrong(says="`<sos>` and `<eos>`")
def two_specials_only(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [t for t in counts if counts[t] >= min_freq]
    return ["<pad>", "<unk>", *sorted(tokens, key=lambda token: (-counts[token], token))]


@wrong(says="in the order `<pad>`, `<unk>`, `<sos>`, `<eos>`")
def unk_before_pad(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [t for t in counts if counts[t] >= min_freq]
    return ["<unk>", "<pad>", "<sos>", "<eos>", *sorted(tokens, key=lambda token: (-counts[token], token))]


@wrong(says="specials are missing")
def specials_dropped_as_rare(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))
    return [token for token in tokens if counts[token] >= min_freq]


@wrong(says="ties are not alphabetical")
def ties_in_order_of_appearance(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + [token for token, count in counts.most_common() if count >= min_freq]


@wrong(says="frequency comes first")
def sorted_alphabetically_alone(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(token for token in counts if counts[token] >= min_freq)


@wrong(says="rarest tokens come first")
def sorted_without_reverse(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (counts[token], token))


@wrong(says="reverse alphabetical", obeyed={"(counts[token], token), reverse=True": "(-counts[token], token)"})
def reversed_as_a_whole(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (counts[token], token), reverse=True)


@wrong(says="`min_freq` has no effect")
def min_freq_not_used(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))


@wrong(says="off by one")
def more_often_than_min_freq(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] > min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong(says="how many sentences")
def counting_sentences(sentences, min_freq=1):
    counts = Counter()
    for sentence in sentences:
        counts.update(set(sentence))
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong(
    says="'t' is a letter, no token",
    obeyed={"for token in sentence:\n            counts.update(token)": "counts.update(sentence)"},
)
def update_with_a_string(sentences, min_freq=1):
    counts = Counter()
    for sentence in sentences:
        for token in sentence:
            counts.update(token)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong(says="only the first sentence")
def counting_the_first_sentence_only(sentences, min_freq=1):
    counts = Counter(sentences[0])
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong(says="each token may stand only once")
def repeats_kept(sentences, min_freq=1):
    every = [token for sentence in sentences for token in sentence]
    kept = [token for token in every if every.count(token) >= min_freq]
    return SPECIALS + sorted(kept, key=lambda token: (-every.count(token), token))


@wrong(says="dict")
def returns_stoi(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(SPECIALS + tokens)}


@wrong(says="without their counts")
def pairs_of_token_and_count(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return SPECIALS + [pair for pair in pairs if pair[1] >= min_freq]


@wrong(says="`list(...)` makes one of it")
def returns_a_tuple(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))
    return tuple(SPECIALS) + tuple(tokens)


@wrong(says="got a set")
def returns_a_set(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return set(SPECIALS) | {token for token in counts if counts[token] >= min_freq}


@wrong(says="in place", obeyed={"tokens += sentence": "tokens = tokens + sentence"})
def flattens_into_the_first_sentence(sentences, min_freq=1):
    tokens = sentences[0]
    for sentence in sentences[1:]:
        tokens += sentence
    counts = Counter(tokens)
    return SPECIALS + sorted([t for t in counts if counts[t] >= min_freq], key=lambda t: (-counts[t], t))


@wrong(says="in place")
def extends_a_shared_list_of_sentences(sentences, min_freq=1):
    sentences.append(SPECIALS * min_freq)
    counts = Counter(token for sentence in sentences for token in sentence)
    words = [t for t in counts if counts[t] >= min_freq and t not in SPECIALS]
    return SPECIALS + sorted(words, key=lambda t: (-counts[t], t))


@wrong(says="returns None")
def prints_instead_of_returning(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    print(SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token)))


@wrong(says="returns None")
def returns_what_extend_returns(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    vocab = ["<pad>", "<unk>", "<sos>", "<eos>"]
    return vocab.extend(sorted(counts, key=lambda token: (-counts[token], token)))


@wrong(says="Keep the parameters")
def without_the_parameter_min_freq(sentences):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))


@wrong(says="keep the tokens as they are")
def in_small_letters(sentences, min_freq=1):
    return build_vocab([[token.lower() for token in sentence] for sentence in sentences], min_freq)


@wrong(says="with digits or signs in them")
def words_of_letters_alone(sentences, min_freq=1):
    return build_vocab([[token for token in sentence if token.isalpha()] for sentence in sentences], min_freq)


@wrong(says="of one letter are left out")
def letters_left_out(sentences, min_freq=1):
    return build_vocab([[token for token in sentence if len(token) > 1] for sentence in sentences], min_freq)


@wrong(says="sentences are cut")
def sentences_cut_at_twenty(sentences, min_freq=1):
    return build_vocab([sentence[:20] for sentence in sentences], min_freq)


@wrong(says="whole order is reversed", obeyed={", reverse=True": ""})
def a_minus_and_reverse(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token), reverse=True)


@wrong(says="a token of an earlier call")
def counts_kept_from_call_to_call(sentences, min_freq=1):
    counts = COUNTS
    counts.update(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted([t for t in counts if counts[t] >= min_freq], key=lambda t: (-counts[t], t))


@wrong(says="inside longer words")
def counted_in_one_long_string(sentences, min_freq=1):
    text = " ".join(token for sentence in sentences for token in sentence)
    tokens = {token for sentence in sentences for token in sentence if text.count(token) >= min_freq}
    return SPECIALS + sorted(tokens, key=lambda token: (-text.count(token), token))


@wrong(says="ties are not alphabetical")
def short_tokens_first(sentences, min_freq=1):
    tokens = build_vocab(sentences, min_freq)[4:]
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], len(token), token))


@wrong(says="two mistakes at once: 1. the specials stand at the end")
def specials_last_and_the_rarest_first(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return sorted(tokens, key=lambda token: (counts[token], token)) + SPECIALS


@wrong(says="all tokens behind the first rare one are lost")
def stops_at_the_first_rare_token(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    kept = []
    for token, count in counts.items():
        if count < min_freq:
            break
        kept.append(token)
    return [*SPECIALS, *sorted(kept, key=lambda token: (-counts[token], token))]


@wrong(
    says="join lists by `+` or `extend`",
    obeyed={"tokens.append(sorted": "tokens.extend(sorted"},
)
def a_list_appended(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = list(SPECIALS)
    tokens.append(sorted((t for t in counts if counts[t] >= min_freq), key=lambda t: (-counts[t], t)))
    return tokens


@wrong(says="`list(SPECIALS)` is a list", obeyed={"tuple(SPECIALS) +": "list(SPECIALS) +"})
def a_tuple_and_a_list(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return tuple(SPECIALS) + sorted((t for t in counts if counts[t] >= min_freq), key=lambda t: (-counts[t], t))


@wrong(
    says="A sentence is a list",
    obeyed={"counts.update(sentences)": "[counts.update(sentence) for sentence in sentences]"},
)
def counts_of_sentences(sentences, min_freq=1):
    counts = Counter()
    counts.update(sentences)
    return [*SPECIALS, *sorted((t for t in counts if counts[t] >= min_freq), key=lambda t: (-counts[t], t))]


@wrong(says="A new token has no count", obeyed={"seen[t] += 1": "seen[t] = seen.get(t, 0) + 1"})
def counted_in_an_empty_dict(sentences, min_freq=1):
    seen = {}
    for sentence in sentences:
        for t in sentence:
            seen[t] += 1
    return [*SPECIALS, *sorted((t for t in seen if seen[t] >= min_freq), key=lambda t: (-seen[t], t))]


@wrong(
    says="`sorted(...)` gives a new list",
    obeyed={"tokens.sort(key": "sorted(tokens, key"},
)
def what_sort_returns(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [t for t in counts if counts[t] >= min_freq]
    return list(SPECIALS) + tokens.sort(key=lambda t: (-counts[t], t))


@wrong(says="without `min_freq` every token is kept")
def rare_ones_left_out_by_default(sentences, min_freq=2):
    return build_vocab(sentences, min_freq)


@wrong(says="'t' is a letter, no token", obeyed={"''.join(sentence)": "sentence"})
def sentence_joined_to_a_string(sentences, min_freq=1):
    counts = Counter()
    for sentence in sentences:
        counts.update("".join(sentence))
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))
