"""Answers to the exercises of lesson 01, word embeddings."""
# ruff: noqa: RET503  (a `return` inside the loop is one of the mistakes)

import math
from collections import Counter, defaultdict
from itertools import chain, groupby

import numpy as np
import torch
import torch.nn.functional as F
from answers import right, wrong
from torch import nn
from torch.nn.utils.rnn import pad_sequence

SPECIALS = ["<pad>", "<unk>", "<sos>", "<eos>"]


# ---- 01.build_vocab ----------------------------------------------------------------------------------


@right("01.build_vocab")
def counting_in_a_dict_and_sorting_twice(sentences, min_freq=1):
    counts = {}
    for sentence in sentences:
        for token in sentence:
            counts[token] = counts.get(token, 0) + 1
    tokens = sorted(counts)
    tokens.sort(key=counts.get, reverse=True)  # sorting is stable
    return ["<pad>", "<unk>", "<sos>", "<eos>"] + [token for token in tokens if counts[token] >= min_freq]


@right("01.build_vocab")
def bucket_per_frequency(sentences, min_freq=1):
    counts = Counter(chain.from_iterable(sentences))
    with_count = defaultdict(list)
    for token, count in counts.items():
        with_count[count].append(token)
    vocab = ["<pad>", "<unk>", "<sos>", "<eos>"]
    for count in range(max(with_count), min_freq - 1, -1):
        vocab.extend(sorted(with_count[count]))
    return vocab


@right("01.build_vocab")
def runs_of_equal_tokens(sentences, min_freq=1):
    every = sorted(token for sentence in sentences for token in sentence)
    counted = [(-len(list(run)), token) for token, run in groupby(every)]
    return SPECIALS + [token for count, token in sorted(counted) if -count >= min_freq]


@wrong("01.build_vocab", says="specials stand at the end")
def specials_last(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return sorted(tokens, key=lambda token: (-counts[token], token)) + SPECIALS


@wrong("01.build_vocab", says="specials are missing")
def specials_forgotten(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="`<sos>` and `<eos>`")
def two_specials_only(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [t for t in counts if counts[t] >= min_freq]
    return ["<pad>", "<unk>", *sorted(tokens, key=lambda token: (-counts[token], token))]


@wrong("01.build_vocab", says="in the order <pad> <unk> <sos> <eos>")
def unk_before_pad(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [t for t in counts if counts[t] >= min_freq]
    return ["<unk>", "<pad>", "<sos>", "<eos>", *sorted(tokens, key=lambda token: (-counts[token], token))]


@wrong("01.build_vocab", says="specials are missing")
def specials_dropped_as_rare(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))
    return [token for token in tokens if counts[token] >= min_freq]


@wrong("01.build_vocab", says="ties are not alphabetical")
def ties_in_order_of_appearance(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + [token for token, count in counts.most_common() if count >= min_freq]


@wrong("01.build_vocab", says="frequency comes first")
def sorted_alphabetically_alone(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(token for token in counts if counts[token] >= min_freq)


@wrong("01.build_vocab", says="rarest tokens come first")
def sorted_without_reverse(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (counts[token], token))


@wrong("01.build_vocab", says="reverse alphabetical")
def reversed_as_a_whole(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (counts[token], token), reverse=True)


@wrong("01.build_vocab", says="`min_freq` has no effect")
def min_freq_not_used(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="off by one")
def more_often_than_min_freq(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] > min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="how many sentences")
def counting_sentences(sentences, min_freq=1):
    counts = Counter()
    for sentence in sentences:
        counts.update(set(sentence))
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="letters")
def update_with_a_string(sentences, min_freq=1):
    counts = Counter()
    for sentence in sentences:
        for token in sentence:
            counts.update(token)
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="only the first sentence")
def counting_the_first_sentence_only(sentences, min_freq=1):
    counts = Counter(sentences[0])
    tokens = [token for token in counts if counts[token] >= min_freq]
    return SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token))


@wrong("01.build_vocab", says="every token stands once")
def repeats_kept(sentences, min_freq=1):
    every = [token for sentence in sentences for token in sentence]
    kept = [token for token in every if every.count(token) >= min_freq]
    return SPECIALS + sorted(kept, key=lambda token: (-every.count(token), token))


@wrong("01.build_vocab", says="dict")
def returns_stoi(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))
    return {token: i for i, token in enumerate(SPECIALS + tokens)}


@wrong("01.build_vocab", says="without their counts")
def pairs_of_token_and_count(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    pairs = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return SPECIALS + [pair for pair in pairs if pair[1] >= min_freq]


@wrong("01.build_vocab", says="`list(...)` makes one of it")
def returns_a_tuple(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = sorted([t for t in counts if counts[t] >= min_freq], key=lambda token: (-counts[token], token))
    return tuple(SPECIALS) + tuple(tokens)


@wrong("01.build_vocab", says="got a set")
def returns_a_set(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    return set(SPECIALS) | {token for token in counts if counts[token] >= min_freq}


@wrong("01.build_vocab", says="in place")
def flattens_into_the_first_sentence(sentences, min_freq=1):
    tokens = sentences[0]
    for sentence in sentences[1:]:
        tokens += sentence
    counts = Counter(tokens)
    return SPECIALS + sorted([t for t in counts if counts[t] >= min_freq], key=lambda t: (-counts[t], t))


@wrong("01.build_vocab", says="in place")
def extends_a_shared_list_of_sentences(sentences, min_freq=1):
    sentences.append(SPECIALS * min_freq)
    counts = Counter(token for sentence in sentences for token in sentence)
    words = [t for t in counts if counts[t] >= min_freq and t not in SPECIALS]
    return SPECIALS + sorted(words, key=lambda t: (-counts[t], t))


@wrong("01.build_vocab", says="returns None")
def prints_instead_of_returning(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    tokens = [token for token in counts if counts[token] >= min_freq]
    print(SPECIALS + sorted(tokens, key=lambda token: (-counts[token], token)))


@wrong("01.build_vocab", says="returns None")
def returns_what_extend_returns(sentences, min_freq=1):
    counts = Counter(token for sentence in sentences for token in sentence)
    vocab = ["<pad>", "<unk>", "<sos>", "<eos>"]
    return vocab.extend(sorted(counts, key=lambda token: (-counts[token], token)))


@wrong("01.build_vocab", says="Keep the parameters")
def without_the_parameter_min_freq(sentences):
    counts = Counter(token for sentence in sentences for token in sentence)
    return SPECIALS + sorted(counts, key=lambda token: (-counts[token], token))


# ---- 01.encode_batch ---------------------------------------------------------------------------------


@right("01.encode_batch")
def filling_a_matrix_of_padding(sentences, stoi):
    T = max(len(sentence) for sentence in sentences) + 2
    batch = torch.full((len(sentences), T), stoi["<pad>"])
    for b, sentence in enumerate(sentences):
        ids = [stoi["<sos>"]] + [stoi.get(token, stoi["<unk>"]) for token in sentence] + [stoi["<eos>"]]
        batch[b, : len(ids)] = torch.tensor(ids)
    return batch


@right("01.encode_batch")
def by_pad_sequence(sentences, stoi):
    rows = []
    for sentence in sentences:
        tokens = ["<sos>", *sentence, "<eos>"]
        rows.append(torch.tensor([stoi[token] if token in stoi else stoi["<unk>"] for token in tokens]))
    return pad_sequence(rows, batch_first=True, padding_value=0)


@right("01.encode_batch")
def padding_the_tokens_first(sentences, stoi):
    longest = max(map(len, sentences))
    tokens = [["<sos>", *s, "<eos>"] + ["<pad>"] * (longest - len(s)) for s in sentences]
    return torch.LongTensor([[stoi.get(token, 1) for token in row] for row in tokens])


@wrong("01.encode_batch", says="`<eos>` is missing")
def without_eos(sentences, stoi):
    rows = [[stoi["<sos>"]] + [stoi.get(t, stoi["<unk>"]) for t in s] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong("01.encode_batch", says="`<sos>` is missing")
def without_sos(sentences, stoi):
    rows = [[stoi.get(t, stoi["<unk>"]) for t in s] + [stoi["<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong("01.encode_batch", says="`<sos>` and `<eos>` are missing")
def without_sos_and_eos(sentences, stoi):
    rows = [torch.tensor([stoi.get(t, stoi["<unk>"]) for t in s]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="interchanged")
def sos_and_eos_interchanged(sentences, stoi):
    rows = [torch.tensor([3, *(stoi.get(t, 1) for t in s), 2]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="on the left")
def padded_on_the_left(sentences, stoi):
    rows = [[stoi["<sos>"]] + [stoi.get(t, stoi["<unk>"]) for t in s] + [stoi["<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([[stoi["<pad>"]] * (T - len(row)) + row for row in rows])


@wrong("01.encode_batch", says="`<eos>` comes after the padding")
def eos_after_the_padding(sentences, stoi):
    longest = max(map(len, sentences))
    tokens = [["<sos>", *s] + ["<pad>"] * (longest - len(s)) + ["<eos>"] for s in sentences]
    return torch.tensor([[stoi.get(t, stoi["<unk>"]) for t in row] for row in tokens])


@wrong("01.encode_batch", says="was dropped")
def unknown_words_left_out(sentences, stoi):
    rows = [torch.tensor([2, *(stoi[t] for t in s if t in stoi), 3]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="became `<pad>`")
def unknown_words_become_padding(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.get(t, 0) for t in s), 3]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="becomes `<unk>`")
def key_error_at_unknown_words(sentences, stoi):
    rows = [torch.tensor([stoi[t] for t in ["<sos>", *s, "<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="fill the shorter ones up")
def rows_not_padded(sentences, stoi):
    return torch.tensor([[2, *(stoi.get(t, 1) for t in s), 3] for s in sentences])


@wrong("01.encode_batch", says="got a list")
def list_of_lists(sentences, stoi):
    T = max(map(len, sentences))
    return [[2, *(stoi.get(t, 1) for t in s), 3] + [0] * (T - len(s)) for s in sentences]


@wrong("01.encode_batch", says="got a list")
def list_of_tensors(sentences, stoi):
    return [torch.tensor([2, *(stoi.get(t, 1) for t in s), 3]) for s in sentences]


@wrong("01.encode_batch", says="transposed")
def pad_sequence_without_batch_first(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.get(t, 1) for t in s), 3]) for s in sentences]
    return pad_sequence(rows)


@wrong("01.encode_batch", says="float32")
def written_into_zeros(sentences, stoi):
    batch = torch.zeros(len(sentences), max(map(len, sentences)) + 2)
    for b, s in enumerate(sentences):
        for t, token in enumerate(["<sos>", *s, "<eos>"]):
            batch[b, t] = stoi.get(token, stoi["<unk>"])
    return batch


@wrong("01.encode_batch", says="int32")
def int32_ids(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.get(t, 1) for t in s), 3], dtype=torch.int32) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="cut to the shortest")
def cut_to_the_shortest(sentences, stoi):
    rows = [[2, *(stoi.get(t, 1) for t in s), 3] for s in sentences]
    T = min(map(len, rows))
    return torch.tensor([row[:T] for row in rows])


@wrong("01.encode_batch", says="two places more")
def no_room_for_sos_and_eos(sentences, stoi):
    T = max(map(len, sentences))
    rows = [[2, *(stoi.get(t, 1) for t in s), 3] for s in sentences]
    return torch.tensor([(row + [0] * T)[:T] for row in rows])


@wrong("01.encode_batch", says="wider than its longest row")
def always_seven_long(sentences, stoi):
    rows = [[2, *(stoi.get(t, 1) for t in s), 3] for s in sentences]
    return torch.tensor([(row + [0] * 7)[:7] for row in rows])


@wrong("01.encode_batch", says="filled up with `<eos>`")
def filled_up_with_eos(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.get(t, 1) for t in s), 3]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<eos>"])


@wrong("01.encode_batch", says="in place")
def specials_inserted_into_the_sentences(sentences, stoi):
    for sentence in sentences:
        sentence.insert(0, "<sos>")
        sentence.append("<eos>")
    rows = [torch.tensor([stoi.get(t, stoi["<unk>"]) for t in s]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="`stoi` in place")
def unknown_words_added_to_stoi(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.setdefault(t, len(stoi)) for t in s), 3]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong("01.encode_batch", says="returns None")
def batch_not_returned(sentences, stoi):
    rows = [torch.tensor([2, *(stoi.get(t, 1) for t in s), 3]) for s in sentences]
    batch = pad_sequence(rows, batch_first=True)  # noqa: F841


@wrong("01.encode_batch", says="another `sentences`")
def the_shown_batch_hard_coded(sentences, stoi):
    return torch.tensor([[2, 4, 5, 3, 0, 0, 0], [2, 8, 6, 7, 9, 4, 3]])


# ---- 01.lookup ---------------------------------------------------------------------------------------


@right("01.lookup")
def one_hot_times_weight(ids, weight):
    return F.one_hot(ids, num_classes=weight.shape[0]).to(weight.dtype) @ weight


@right("01.lookup")
def by_functional_embedding(ids, weight):
    return F.embedding(ids, weight)


@right("01.lookup")
def stacking_rows_in_a_loop(ids, weight):
    return torch.stack([torch.stack([weight[int(i)] for i in row]) for row in ids])


@right("01.lookup")
def index_select_and_view(ids, weight):
    B, T = ids.shape
    return weight.index_select(0, ids.reshape(-1)).view(B, T, -1)


@right("01.lookup")
def einsum_over_a_mask(ids, weight):
    chosen = ids[..., None] == torch.arange(len(weight))
    return torch.einsum("btv,ve->bte", chosen.type_as(weight), weight)


@wrong("01.lookup", says="columns")
def picks_columns(ids, weight):
    return weight.T[ids]


@wrong("01.lookup", says="columns")
def picks_columns_by_slice(ids, weight):
    return weight[:, ids]


@wrong("01.lookup", says="one-hot vectors themselves")
def stops_at_the_one_hot_vectors(ids, weight):
    return F.one_hot(ids, len(weight)).to(weight.dtype)


@wrong("01.lookup", says="dtype")
def one_hot_of_integers(ids, weight):
    return F.one_hot(ids, len(weight)) @ weight


@wrong("01.lookup", says="dtype")
def right_for_float32_only(ids, weight):
    return F.one_hot(ids, len(weight)).float() @ weight


@wrong("01.lookup", says="float64")
def always_returns_float32(ids, weight):
    return weight[ids].float()


@wrong("01.lookup", says="F.one_hot(ids, len(weight))")
def number_of_classes_forgotten(ids, weight):
    return F.one_hot(ids).to(weight.dtype) @ weight


@wrong("01.lookup", says="batch dimension is lost")
def flattened(ids, weight):
    return weight[ids.flatten()]


@wrong("01.lookup", says="summed")
def sums_the_words(ids, weight):
    return weight[ids].sum(1)


@wrong("01.lookup", says="averaged")
def averages_the_words(ids, weight):
    return weight[ids].mean(1)


@wrong("01.lookup", says="only the first sentence")
def first_sentence_only(ids, weight):
    return torch.stack([weight[i] for i in ids[0]])


@wrong("01.lookup", says="shifted by one")
def counting_from_one(ids, weight):
    return weight[ids - 1]


@wrong("01.lookup", says="swapped")
def time_first(ids, weight):
    return weight[ids].transpose(0, 1)


@wrong("01.lookup", says="new random")
def a_fresh_embedding(ids, weight):
    V, E = weight.shape
    return nn.Embedding(V, E)(ids)


@wrong("01.lookup", says="detached")
def detached_before_the_lookup(ids, weight):
    return weight.detach()[ids]


@wrong("01.lookup", says="detached")
def through_nn_embedding_from_pretrained(ids, weight):
    return nn.Embedding.from_pretrained(weight)(ids)


@wrong("01.lookup", says="detached")
def through_torch_tensor(ids, weight):
    return torch.tensor([[weight[i].tolist() for i in row] for row in ids], dtype=weight.dtype)


@wrong("01.lookup", says="no gradient reaches")
def wrapped_as_a_new_parameter(ids, weight):
    return nn.Parameter(weight)[ids]


@wrong("01.lookup", says="`weight` in place")
def zeroes_the_padding_row(ids, weight):
    with torch.no_grad():
        weight[0] = 0
    return weight[ids]


@wrong("01.lookup", says="returns None")
def lookup_not_returned(ids, weight):
    weight[ids]


@wrong("01.lookup")
def rows_and_columns_as_two_indices(ids, weight):
    return weight[ids[:, 0], ids[:, 1]]


@wrong("01.lookup", says="got a list")
def plain_lists(ids, weight):
    return [[weight[i] for i in row] for row in ids]


# ---- 01.skipgram_pairs -------------------------------------------------------------------------------


@right("01.skipgram_pairs")
def two_loops(ids, window):
    pairs = []
    for i, centre in enumerate(ids):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append((centre, ids[j]))
    return torch.tensor(pairs)


@right("01.skipgram_pairs")
def by_slices(ids, window):
    pairs = []
    for i in range(len(ids)):
        context = ids[max(0, i - window) : i] + ids[i + 1 : i + 1 + window]
        pairs += [[ids[i], word] for word in context]
    return torch.LongTensor(pairs)


@right("01.skipgram_pairs")
def one_distance_after_the_other(ids, window):
    ids = torch.tensor(ids)
    found = [torch.empty(0, 2, dtype=torch.long)]
    for d in range(1, window + 1):
        found.append(torch.stack([ids[:-d], ids[d:]], dim=1))
        found.append(torch.stack([ids[d:], ids[:-d]], dim=1))
    return torch.cat(found)


@right("01.skipgram_pairs")
def all_combinations_near_enough(ids, window):
    T = len(ids)
    centre, context = torch.meshgrid(torch.arange(T), torch.arange(T), indexing="ij")
    near = ((centre - context).abs() <= window) & (centre != context)
    ids = torch.tensor(ids)
    return torch.column_stack((ids[centre[near]], ids[context[near]]))


@right("01.skipgram_pairs")
def context_before_centre(ids, window):  # the pairs are symmetric: the same ones, in another order
    at = range(len(ids))
    return torch.tensor([[ids[j], ids[i]] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong("01.skipgram_pairs", says="paired with itself")
def centre_is_its_own_context(ids, window):
    T = len(ids)
    return torch.tensor([[ids[i], ids[j]] for i in range(T) for j in range(max(0, i - window), min(T, i + window + 1))])


@wrong("01.skipgram_pairs", says="compare the positions")
def equal_words_left_out(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if ids[j] != ids[i]:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="`ids.index` searches")
def centre_found_by_its_value(ids, window):
    pairs = []
    for centre in ids:
        i = ids.index(centre)
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append([centre, ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="context on the left is missing")
def right_context_only(ids, window):
    return torch.tensor([[ids[i], c] for i in range(len(ids)) for c in ids[i + 1 : i + 1 + window]])


@wrong("01.skipgram_pairs", says="context on the right is missing")
def left_context_only(ids, window):
    return torch.tensor([[ids[i], c] for i in range(len(ids)) for c in ids[max(0, i - window) : i]])


@wrong("01.skipgram_pairs", says="`range` leaves out its end")
def range_ends_one_too_early(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window)):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="last word of the sentence")
def last_word_never_a_context(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids) - 1, i + window + 1)):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="one too wide")
def window_one_too_wide(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window + 1])


@wrong("01.skipgram_pairs", says="negative index")
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


@wrong("01.skipgram_pairs", says="ends of the sentence")
def beyond_the_end_of_the_sentence(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), i + window + 1):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="at the ends of the sentence")
def only_centres_with_a_full_window(ids, window):
    pairs = []
    for i in range(window, len(ids) - window):
        for j in range(i - window, i + window + 1):
            if j != i:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="hold positions")
def positions_in_place_of_ids(ids, window):
    at = range(len(ids))
    return torch.tensor([[i, j] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong("01.skipgram_pairs", says="not the whole width")
def window_counted_over_both_sides(ids, window):
    half = window // 2
    at = range(len(ids))
    pairs = [[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= half]
    return torch.tensor(pairs, dtype=torch.long).reshape(-1, 2)


@wrong("01.skipgram_pairs", says="exactly `window` away")
def at_distance_window_only(ids, window):
    at = range(len(ids))
    pairs = [[ids[i], ids[j]] for i in at for j in (i - window, i + window) if 0 <= j < len(ids)]
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="too narrow")
def neighbours_only_whatever_the_window(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if abs(i - j) == 1])


@wrong("01.skipgram_pairs", says="kept only once")
def repeated_pairs_removed(ids, window):
    at = range(len(ids))
    return torch.tensor(sorted({(ids[i], ids[j]) for i in at for j in at if 0 < abs(i - j) <= window}))


@wrong("01.skipgram_pairs", says="inside the loop")
def returns_inside_the_loop(ids, window):
    pairs = []
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                pairs.append([ids[i], ids[j]])
        return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="transposed")
def two_rows_instead_of_two_columns(ids, window):
    at = range(len(ids))
    return torch.tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window]).T


@wrong("01.skipgram_pairs", says="got a list")
def list_of_tuples(ids, window):
    at = range(len(ids))
    return [(ids[i], ids[j]) for i in at for j in at if 0 < abs(i - j) <= window]


@wrong("01.skipgram_pairs", says="float32")
def ids_as_floats(ids, window):
    at = range(len(ids))
    return torch.Tensor([[ids[i], ids[j]] for i in at for j in at if 0 < abs(i - j) <= window])


@wrong("01.skipgram_pairs", says="in place")
def pads_the_sentence_itself(ids, window):
    ids += [0] * window
    pairs = []
    for i in range(len(ids) - window):
        for j in range(max(0, i - window), i + window + 1):
            if j != i and ids[j] != 0:
                pairs.append([ids[i], ids[j]])
    return torch.tensor(pairs)


@wrong("01.skipgram_pairs", says="returns None")
def pairs_printed(ids, window):
    for i in range(len(ids)):
        for j in range(max(0, i - window), min(len(ids), i + window + 1)):
            if j != i:
                print(ids[i], ids[j])


@wrong("01.skipgram_pairs", says="another `window`")
def the_shown_pairs_hard_coded(ids, window):
    pairs = "10-11 10-12 11-10 11-12 11-13 12-10 12-11 12-13 12-14 13-11 13-12 13-14 14-12 14-13"
    return torch.tensor([[int(id) for id in pair.split("-")] for pair in pairs.split()])


# ---- 01.noise_distribution ---------------------------------------------------------------------------


@right("01.noise_distribution")
def powered_then_normalized(counts, power=0.75):
    raised = counts**power
    return raised / raised.sum()


@right("01.noise_distribution")
def by_functional_normalize(counts, power=0.75):
    return F.normalize(counts.pow(power), p=1, dim=0)


@right("01.noise_distribution")
def softmax_of_the_logarithms(counts, power=0.75):
    return torch.softmax(power * counts.log(), dim=0)


@right("01.noise_distribution")
def in_plain_python(counts, power=0.75):
    raised = [count**power for count in counts.tolist()]
    total = sum(raised)
    return torch.tensor([value / total for value in raised])


@right("01.noise_distribution")
def frequencies_first_then_normalized_again(counts, power=0.75):
    raised = (counts / counts.sum()) ** power
    return raised / raised.sum()


@wrong("01.noise_distribution", says="raise first, then divide")
def normalized_before_the_power(counts, power=0.75):
    return (counts / counts.sum()) ** power


@wrong("01.noise_distribution", says="divide by the sum")
def not_normalized(counts, power=0.75):
    return counts**power


@wrong("01.noise_distribution", says="power is not applied")
def power_forgotten(counts, power=0.75):
    return counts / counts.sum()


@wrong("01.noise_distribution", says="power is not applied")
def multiplied_with_the_power(counts, power=0.75):
    weights = counts * power
    return weights / weights.sum()


@wrong("01.noise_distribution", says="another `power`")
def always_three_quarters(counts, power=0.75):
    weights = counts**0.75
    return weights / weights.sum()


@wrong("01.noise_distribution", says="raised counts")
def divided_by_the_sum_of_the_counts(counts, power=0.75):
    return counts**power / counts.sum()


@wrong("01.noise_distribution", says="raise first, then divide")
def divided_by_the_raised_sum(counts, power=0.75):
    return counts**power / counts.sum() ** power


@wrong("01.noise_distribution", says="divides by the largest")
def divided_by_the_largest(counts, power=0.75):
    weights = counts**power
    return weights / weights.max()


@wrong("01.noise_distribution", says="divides by the number of words")
def divided_by_the_number_of_words(counts, power=0.75):
    return counts**power / len(counts)


@wrong("01.noise_distribution", says="length 1")
def scaled_to_length_one(counts, power=0.75):
    return F.normalize(counts**power, dim=0)


@wrong("01.noise_distribution", says="softmax")
def softmax_of_the_raised_counts(counts, power=0.75):
    return torch.softmax(counts**power, dim=0)


@wrong("01.noise_distribution", says="softmax")
def softmax_of_the_counts(counts, power=0.75):
    return torch.softmax(counts, dim=0)


@wrong("01.noise_distribution", says="power is inverted")
def power_inverted(counts, power=0.75):
    weights = counts ** (1 / power)
    return weights / weights.sum()


@wrong("01.noise_distribution", says="the same probability")
def uniform(counts, power=0.75):
    return torch.full((len(counts),), 1 / len(counts))


@wrong("01.noise_distribution", says="1 is added")
def one_added_to_the_counts(counts, power=0.75):
    weights = (counts + 1) ** power
    return weights / weights.sum()


@wrong("01.noise_distribution", says="running sum")
def cumulative(counts, power=0.75):
    weights = counts**power
    return torch.cumsum(weights / weights.sum(), dim=0)


@wrong("01.noise_distribution", says="`counts` in place")
def raises_its_input(counts, power=0.75):
    counts **= power
    return counts / counts.sum()


@wrong("01.noise_distribution", says="got a list")
def list_of_floats(counts, power=0.75):
    weights = counts**power
    return (weights / weights.sum()).tolist()


@wrong("01.noise_distribution", says="float64")
def double_precision(counts, power=0.75):
    weights = counts.double() ** power
    return weights / weights.sum()


@wrong("01.noise_distribution", says="int64")
def rounded_to_integers(counts, power=0.75):
    weights = counts**power
    return (weights / weights.sum()).long()


@wrong("01.noise_distribution", says="NaN")
def logarithm_of_a_zero_count(counts, power=0.75):
    weights = counts * torch.exp((power - 1) * torch.log(counts))
    return weights / weights.sum()


@wrong("01.noise_distribution", says="returns None")
def distribution_not_returned(counts, power=0.75):
    weights = counts**power
    weights /= weights.sum()


@wrong("01.noise_distribution", says="another `power`")
def the_shown_distribution_hard_coded(counts, power=0.75):
    return torch.tensor([8 / 36, 1 / 36, 27 / 36])


@wrong("01.noise_distribution", says="Keep the parameters")
def without_the_parameter_power(counts):
    weights = counts**0.75
    return weights / weights.sum()


# ---- 01.negative_sampling_loss -----------------------------------------------------------------------


@right("01.negative_sampling_loss")
def by_einsum(centre, context, negatives):
    true = torch.einsum("be,be->b", centre, context)
    noise = torch.einsum("bme,be->bm", negatives, centre)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(dim=1)).mean()


@right("01.negative_sampling_loss")
def by_bmm_and_softplus(centre, context, negatives):
    true = torch.bmm(context.unsqueeze(1), centre.unsqueeze(2)).squeeze(2).squeeze(1)
    noise = torch.bmm(negatives, centre.unsqueeze(2)).squeeze(2)
    return F.softplus(-true).mean() + F.softplus(noise).sum(1).mean()


@right("01.negative_sampling_loss")
def as_binary_cross_entropy(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words * centre.unsqueeze(1)).sum(-1)
    labels = torch.zeros_like(scores)
    labels[:, 0] = 1
    return F.binary_cross_entropy_with_logits(scores, labels, reduction="sum") / len(centre)


@right("01.negative_sampling_loss")
def pair_by_pair(centre, context, negatives):
    total = 0
    for b in range(centre.shape[0]):
        total = total - F.logsigmoid(centre[b] @ context[b])
        for m in range(negatives.shape[1]):
            total = total - F.logsigmoid(-(centre[b] @ negatives[b, m]))
    return total / centre.shape[0]


@wrong("01.negative_sampling_loss", says="sign of the negatives' scores")
def sign_of_the_negatives_forgotten(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="sign of the whole")
def maximizes(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="both terms have a minus")
def minus_without_brackets(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (-F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="negatives are averaged")
def mean_over_the_negatives(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).mean(-1)).mean()


@wrong("01.negative_sampling_loss", says="pairs of the batch are summed")
def sum_over_the_batch(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).sum()


@wrong("01.negative_sampling_loss", says="1 + M scores")
def mean_over_all_scores(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words @ centre.unsqueeze(-1)).squeeze(-1)
    labels = torch.zeros_like(scores)
    labels[:, 0] = 1
    return F.binary_cross_entropy_with_logits(scores, labels)


@wrong("01.negative_sampling_loss", says="softmax")
def cross_entropy_over_the_candidates(centre, context, negatives):
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    scores = (words @ centre.unsqueeze(-1)).squeeze(-1)
    return F.cross_entropy(scores, torch.zeros(len(scores), dtype=torch.long))


@wrong("01.negative_sampling_loss", says="F.logsigmoid")
def logarithm_of_the_sigmoid(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.log(torch.sigmoid(true)) + torch.log(torch.sigmoid(-noise)).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="no epsilon")
def logarithm_of_the_sigmoid_plus_epsilon(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.log(torch.sigmoid(true) + 1e-9) + torch.log(torch.sigmoid(-noise) + 1e-9).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="no clamp")
def scores_clamped(centre, context, negatives):
    true = (centre * context).sum(-1).clamp(-10, 10)
    noise = (negatives * centre.unsqueeze(1)).sum(-1).clamp(-10, 10)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="logarithm is missing")
def sigmoid_without_logarithm(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(torch.sigmoid(true) + torch.sigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="bare scores")
def raw_scores(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return (-true + noise.sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="negatives are missing")
def true_pairs_only(centre, context, negatives):
    return -F.logsigmoid((centre * context).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="true pairs are missing")
def negatives_only(centre, context, negatives):
    return -F.logsigmoid(-(negatives @ centre.unsqueeze(-1)).squeeze(-1)).sum(-1).mean()


@wrong("01.negative_sampling_loss", says="only the first negative")
def first_negative_only(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives[:, 0] * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise)).mean()


@wrong("01.negative_sampling_loss", says="compared with the context")
def negatives_scored_against_the_context(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * context.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="every centre with every context")
def all_pairs_of_the_batch(centre, context, negatives):
    true = centre @ context.T
    noise = (negatives @ centre.unsqueeze(-1)).squeeze(-1)
    return -(F.logsigmoid(true).mean() + F.logsigmoid(-noise).sum(-1).mean())


@wrong("01.negative_sampling_loss", says="added up before the sigmoid")
def negatives_added_before_the_sigmoid(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives.sum(1) * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise)).mean()


@wrong("01.negative_sampling_loss", says="M = 1")
def squeezes_every_dimension(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives @ centre.unsqueeze(-1)).squeeze()
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="broadcast")
def centre_not_unsqueezed(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="one loss for each pair")
def one_loss_per_pair(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1))


@wrong("01.negative_sampling_loss", says="got a float")
def a_python_number(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean().item()


@wrong("01.negative_sampling_loss", says="detached")
def a_new_tensor(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    return torch.tensor(-(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean().item())


@wrong("01.negative_sampling_loss", says="no gradient reaches `negatives`")
def negatives_are_constants(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives.detach() * centre.unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="gradient with respect to `centre`")
def centre_detached_for_the_negatives(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.detach().unsqueeze(1)).sum(-1)
    return -(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean()


@wrong("01.negative_sampling_loss", says="`negatives` in place")
def negates_its_input(centre, context, negatives):
    negatives *= -1
    words = torch.cat([context.unsqueeze(1), negatives], dim=1)
    return -F.logsigmoid((words @ centre.unsqueeze(-1)).squeeze(-1)).sum(1).mean()


@wrong("01.negative_sampling_loss", says="returns None")
def loss_printed(centre, context, negatives):
    true = (centre * context).sum(-1)
    noise = (negatives * centre.unsqueeze(1)).sum(-1)
    print(-(F.logsigmoid(true) + F.logsigmoid(-noise).sum(-1)).mean())


# ---- 01.masked_mean ----------------------------------------------------------------------------------


@right("01.masked_mean")
def sentence_by_sentence(vectors, ids):
    means = []
    for b in range(len(ids)):
        real = vectors[b][ids[b] != 0]
        means.append(real.mean(0) if len(real) else torch.zeros(vectors.shape[2]))
    return torch.stack(means)


@right("01.masked_mean")
def weights_and_bmm(vectors, ids):
    real = (ids > 0).float()
    weights = real / real.sum(1, keepdim=True).clamp(min=1)
    return torch.bmm(weights.unsqueeze(1), vectors).squeeze(1)


@right("01.masked_mean")
def masked_fill_and_epsilon(vectors, ids):
    padding = ids.eq(0)
    total = vectors.masked_fill(padding[:, :, None], 0.0).sum(dim=1)
    return total / ((~padding).sum(dim=1, keepdim=True) + 1e-9)


@right("01.masked_mean")
def einsum_over_the_mask(vectors, ids):
    real = (ids != 0).to(vectors.dtype)
    return torch.einsum("bte,bt->be", vectors, real) / torch.max(real.sum(1), torch.ones(len(ids)))[:, None]


@right("01.masked_mean")
def adding_up_word_by_word(vectors, ids):
    B, T, E = vectors.shape
    means = []
    for b in range(B):
        total, n = torch.zeros(E), 0
        for t in range(T):
            if ids[b, t] != 0:
                total = total + vectors[b, t]
                n += 1
        means.append(total / max(n, 1))
    return torch.stack(means)


@wrong("01.masked_mean", says="padding is counted")
def plain_mean(vectors, ids):
    return vectors.mean(dim=1)


@wrong("01.masked_mean", says="divides by T")
def divided_by_the_padded_length(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1) / vectors.shape[1]


@wrong("01.masked_mean", says="divides by T")
def mean_of_the_masked_vectors(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).mean(1)


@wrong("01.masked_mean", says="padding is added to the sum")
def sum_with_padding_over_the_right_count(vectors, ids):
    return vectors.sum(1) / (ids != 0).sum(1, keepdim=True).clamp(min=1)


@wrong("01.masked_mean", says="it sums")
def sum_of_the_words(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1)


@wrong("01.masked_mean", says="divides by E")
def divided_by_the_embedding_size(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).sum(1) / vectors.shape[-1]


@wrong("01.masked_mean", says="inverted")
def mask_inverted(vectors, ids):
    padding = (ids == 0).unsqueeze(-1)
    return (vectors * padding).sum(1) / padding.sum(1).clamp(min=1)


@wrong("01.masked_mean", says="over the batch")
def sums_over_the_batch(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(0) / real.sum(0).clamp(min=1)


@wrong("01.masked_mean", says="whole batch")
def divided_by_the_words_of_the_batch(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum().clamp(min=1)


@wrong("01.masked_mean", says="one mean for the whole batch")
def one_mean_for_the_batch(vectors, ids):
    return vectors[ids != 0].mean(0)


@wrong("01.masked_mean", says="not one number")
def one_number_per_sentence(vectors, ids):
    return torch.stack([vectors[b][ids[b] != 0].mean() for b in range(len(ids))])


@wrong("01.masked_mean", says="all the specials are left out")
def all_specials_left_out(vectors, ids):
    real = (ids > 3).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong("01.masked_mean", says="<unk> is left out")
def unk_left_out_too(vectors, ids):
    real = (ids > 1).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1).clamp(min=1)


@wrong("01.masked_mean", says="gives NaN (0/0)")
def nan_for_an_empty_sentence(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / real.sum(1)


@wrong("01.masked_mean", says="gradient with respect to `vectors` holds NaN")
def nan_hidden_after_the_division(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return torch.nan_to_num((vectors * real).sum(1) / real.sum(1))


@wrong("01.masked_mean", says="gradient with respect to `vectors` holds NaN")
def nan_hidden_by_where(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    count = real.sum(1)
    return torch.where(count > 0, (vectors * real).sum(1) / count, 0.0)


@wrong("01.masked_mean", says="1 is added to every count")
def one_added_to_the_count(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1) / (real.sum(1) + 1)


@wrong("01.masked_mean", says="padding alone")
def plain_division_by_zero(vectors, ids):
    rows = []
    for b in range(len(ids)):
        words = [vectors[b, t] for t in range(ids.shape[1]) if ids[b, t] != 0]
        rows.append(sum(words) / len(words))
    return torch.stack(rows)


@wrong("01.masked_mean", says="is dropped")
def empty_sentences_dropped(vectors, ids):
    return torch.stack([vectors[b][ids[b] != 0].mean(0) for b in range(len(ids)) if ids[b].any()])


@wrong("01.masked_mean", says="broadcast")
def mask_without_the_last_dimension(vectors, ids):
    real = ids != 0
    return (vectors * real).sum(1) / real.sum(1, keepdim=True).clamp(min=1)


@wrong("01.masked_mean", says="keepdim=True")
def count_without_keepdim(vectors, ids):
    real = ids != 0
    return (vectors * real.unsqueeze(-1)).sum(1) / real.sum(1).clamp(min=1)


@wrong("01.masked_mean", says="`keepdim`")
def dimension_kept(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return (vectors * real).sum(1, keepdim=True) / real.sum(1, keepdim=True).clamp(min=1)


@wrong("01.masked_mean", says="last dimension is averaged")
def mean_over_the_last_dimension(vectors, ids):
    return (vectors * (ids != 0).unsqueeze(-1)).mean(-1)


@wrong("01.masked_mean", says="`vectors` in place")
def padding_zeroed_in_place(vectors, ids):
    vectors[ids == 0] = 0
    return vectors.sum(1) / (ids != 0).sum(1, keepdim=True).clamp(min=1)


@wrong("01.masked_mean", says="detached")
def detached_mean(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    return ((vectors * real).sum(1) / real.sum(1).clamp(min=1)).detach()


@wrong("01.masked_mean", says="detached")
def through_numpy(vectors, ids):
    real = (ids != 0).unsqueeze(-1).numpy()
    v = vectors.detach().numpy()
    return torch.from_numpy(((v * real).sum(1) / np.maximum(real.sum(1), 1)).astype(np.float32))


@wrong("01.masked_mean", says="returns None")
def mean_not_returned(vectors, ids):
    real = (ids != 0).unsqueeze(-1)
    mean = (vectors * real).sum(1) / real.sum(1).clamp(min=1)  # noqa: F841


# ---- 01.nearest --------------------------------------------------------------------------------------


@right("01.nearest")
def by_cosine_similarity(weight, word, k):
    cosine = F.cosine_similarity(weight, weight[word].unsqueeze(0), dim=1)
    cosine[word] = -2
    return torch.topk(cosine, k).indices


@right("01.nearest")
def one_more_and_the_first_dropped(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return torch.argsort(unit @ unit[word], descending=True)[1 : k + 1]


@right("01.nearest")
def sorted_in_plain_python(weight, word, k):
    def cosine(u, v):
        length = math.sqrt(sum(x * x for x in u)) * math.sqrt(sum(x * x for x in v))
        return sum(x * y for x, y in zip(u, v, strict=True)) / length if length else 0.0

    rows = weight.tolist()
    others = [i for i in range(len(rows)) if i != word]
    others.sort(key=lambda i: cosine(rows[i], rows[word]), reverse=True)
    return torch.tensor(others[:k])


@right("01.nearest")
def largest_one_after_the_other(weight, word, k):
    lengths = weight.pow(2).sum(1).sqrt()
    cosine = torch.mv(weight, weight[word]) / torch.where(lengths > 0, lengths, 1.0) / lengths[word]
    found = []
    for _ in range(k):
        found.append(max((i for i in range(len(weight)) if i != word and i not in found), key=lambda i: cosine[i]))
    return torch.tensor(found)


@wrong("01.nearest", says="the word itself")
def the_word_itself_included(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).topk(k).indices


@wrong("01.nearest", says="the word itself")
def own_cosine_set_to_zero(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = 0
    return cosine.topk(k).indices


@wrong("01.nearest", says="the word itself")
def row_zero_left_out_instead(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[0] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="move up")
def row_removed_so_that_ids_shift(weight, word, k):
    unit = F.normalize(weight, dim=1)
    others = torch.cat([unit[:word], unit[word + 1 :]])
    return (others @ unit[word]).topk(k).indices


@wrong("01.nearest", says="dot product")
def by_dot_product(weight, word, k):
    score = weight @ weight[word]
    score[word] = -torch.inf
    return score.topk(k).indices


@wrong("01.nearest", says="not only the query")
def only_the_query_scaled(weight, word, k):
    query = weight[word] / weight[word].norm()
    score = weight @ query
    score[word] = -torch.inf
    return score.topk(k).indices


@wrong("01.nearest", says="smallest distance")
def by_distance(weight, word, k):
    distance = (weight - weight[word]).norm(dim=1)
    distance[word] = torch.inf
    return distance.topk(k, largest=False).indices


@wrong("01.nearest", says="farthest")
def farthest_by_topk(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.topk(k, largest=False).indices


@wrong("01.nearest", says="farthest")
def argsort_ascending(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.argsort()[:k]


@wrong("01.nearest", says="nearest come last")
def nearest_last(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    return cosine.argsort()[-k - 1 : -1]


@wrong("01.nearest", says="without its sign")
def absolute_cosine(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = (unit @ unit[word]).abs()
    cosine[word] = -1
    return cosine.topk(k).indices


@wrong("01.nearest", says="each column")
def columns_scaled(weight, word, k):
    unit = weight / weight.norm(dim=0)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="each column")
def normalize_with_dim_zero(weight, word, k):
    unit = F.normalize(weight, dim=0)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="dot product")
def divided_by_one_norm_for_all(weight, word, k):
    unit = weight / weight.norm()
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="keepdim=True")
def norm_without_keepdim(weight, word, k):
    unit = weight / weight.norm(dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="zero row")
def nan_at_the_padding(weight, word, k):
    unit = weight / weight.norm(dim=1, keepdim=True)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="zero row")
def distance_in_which_a_zero_row_is_near(weight, word, k):
    unit = weight / (weight.norm(dim=1, keepdim=True) + 1e-8)
    distance = torch.cdist(unit[word : word + 1], unit)[0]
    distance[word] = torch.inf
    return distance.topk(k, largest=False).indices


@wrong("01.nearest", says="cosines come back")
def cosines_instead_of_ids(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).values


@wrong("01.nearest", says=".indices")
def both_results_of_topk(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k)


@wrong("01.nearest", says="the word itself")
def one_more_than_asked(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).topk(k + 1).indices


@wrong("01.nearest", says="neighbours are asked for")
def one_less_than_asked(weight, word, k):
    unit = F.normalize(weight, dim=1)
    return (unit @ unit[word]).argsort(descending=True)[1:k]


@wrong("01.nearest", says="neighbours are asked for")
def always_two(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(2).indices


@wrong("01.nearest", says="got a list")
def list_of_ids(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices.tolist()


@wrong("01.nearest", says="`weight` in place")
def scales_its_input(weight, word, k):
    weight /= weight.norm(dim=1, keepdim=True).clamp(min=1e-12)
    cosine = weight @ weight[word]
    cosine[word] = -torch.inf
    return cosine.topk(k).indices


@wrong("01.nearest", says="returns None")
def neighbours_printed(weight, word, k):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ unit[word]
    cosine[word] = -torch.inf
    print(cosine.topk(k).indices)


# ---- 01.analogy --------------------------------------------------------------------------------------


@right("01.analogy")
def cosine_to_the_target(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = F.cosine_similarity(unit, (unit[b] - unit[a] + unit[c]).unsqueeze(0))
    for given in (a, b, c):
        cosine[given] = -torch.inf
    return cosine.argmax().item()


@right("01.analogy")
def sum_of_three_cosines(weight, a, b, c):
    unit = F.normalize(weight, dim=-1)
    score = unit @ unit[b] - unit @ unit[a] + unit @ unit[c]
    ranked = score.argsort(descending=True).tolist()
    return next(i for i in ranked if i not in (a, b, c))


@right("01.analogy")
def a_tensor_of_one_id(weight, a, b, c):
    unit = weight / (weight.norm(dim=1, keepdim=True) + 1e-8)
    distance = (unit - (unit[b] + unit[c] - unit[a])).norm(dim=1)
    distance[[a, b, c]] = 1e9
    return distance.argmin()


@right("01.analogy")
def with_numpy(weight, a, b, c):
    w = weight.numpy()
    unit = w / np.maximum(np.linalg.norm(w, axis=1, keepdims=True), 1e-9)
    score = unit @ (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = -np.inf
    return np.argmax(score)


@wrong("01.analogy", says="backwards")
def step_backwards(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] - unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`c` is subtracted")
def roles_of_a_and_c_interchanged(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] + unit[b] - unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`a` is not subtracted")
def a_not_subtracted(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`a` is added")
def all_three_added(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[a] + unit[b] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`c` is missing")
def step_not_taken_from_c(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`a` and `b` and `c` not left out")
def given_words_not_left_out(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    return int((unit @ (unit[b] - unit[a] + unit[c])).argmax())


@wrong("01.analogy", says="`a` and `b` not left out")
def only_c_left_out(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[c] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="`c` not left out")
def a_and_b_left_out_but_not_c(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="not scaled to length 1")
def vectors_not_scaled(weight, a, b, c):
    target = weight[b] - weight[a] + weight[c]
    cosine = F.cosine_similarity(weight, target.unsqueeze(0))
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="dot product")
def dot_product_of_raw_vectors(weight, a, b, c):
    score = weight @ (weight[b] - weight[a] + weight[c])
    score[[a, b, c]] = -torch.inf
    return int(score.argmax())


@wrong("01.analogy", says="smallest distance")
def distance_of_raw_vectors(weight, a, b, c):
    distance = (weight - (weight[b] - weight[a] + weight[c])).norm(dim=1)
    distance[[a, b, c]] = torch.inf
    return int(distance.argmin())


@wrong("01.analogy", says="farthest")
def argmin_of_the_cosine(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = torch.inf
    return int(cosine.argmin())


@wrong("01.analogy", says="each column")
def columns_scaled_to_length_one(weight, a, b, c):
    unit = F.normalize(weight, dim=0)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="V x E elements")
def argmax_of_every_element(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    score = unit * (unit[b] - unit[a] + unit[c])
    score[[a, b, c]] = -torch.inf
    return int(score.argmax())


@wrong("01.analogy", says="zero row")
def zero_row_becomes_nan(weight, a, b, c):
    unit = weight / weight.norm(dim=1, keepdim=True)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="move up")
def rows_removed_so_that_ids_shift(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    others = torch.stack([unit[i] for i in range(len(unit)) if i not in (a, b, c)])
    return int((others @ (unit[b] - unit[a] + unit[c])).argmax())


@wrong("01.analogy", says="argmax")
def the_cosine_instead_of_the_id(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return cosine.max().item()


@wrong("01.analogy", says="a vector comes back")
def the_target_vector(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    return unit[b] - unit[a] + unit[c]


@wrong("01.analogy", says="a vector comes back")
def the_row_instead_of_its_id(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    return weight[cosine.argmax()]


@wrong("01.analogy", says="`weight` in place")
def scales_the_weight_itself(weight, a, b, c):
    weight.div_(weight.norm(dim=1, keepdim=True).clamp(min=1e-12))
    cosine = weight @ (weight[b] - weight[a] + weight[c])
    cosine[[a, b, c]] = -torch.inf
    return int(cosine.argmax())


@wrong("01.analogy", says="for every question")
def always_the_queen(weight, a, b, c):
    return 3


@wrong("01.analogy", says="returns None")
def analogy_not_returned(weight, a, b, c):
    unit = F.normalize(weight, dim=1)
    cosine = unit @ (unit[b] - unit[a] + unit[c])
    cosine[[a, b, c]] = -torch.inf
    cosine.argmax()


# ---- 01.parse_vectors --------------------------------------------------------------------------------


@right("01.parse_vectors")
def line_by_line_into_a_matrix(lines):
    E = len(lines[0].split()) - 1
    tokens = []
    weight = torch.zeros(len(lines), E)
    for i, line in enumerate(lines):
        parts = line.rstrip().split(" ")
        tokens.append(parts[0])
        weight[i] = torch.tensor([float(x) for x in parts[1:]])
    return tokens, weight


@right("01.parse_vectors")
def zipped(lines):
    tokens, *columns = zip(*(line.split() for line in lines), strict=True)
    return list(tokens), torch.stack([torch.tensor(list(map(float, column))) for column in columns], dim=1)


@right("01.parse_vectors")
def numpy_reads_the_numbers(lines):
    tokens = [line.split(maxsplit=1)[0] for line in lines]
    numbers = [np.array(line.split()[1:], dtype=np.float32) for line in lines]
    return [tokens, torch.from_numpy(np.stack(numbers))]


@right("01.parse_vectors")
def stacked_rows(lines):
    pairs = [line.partition(" ") for line in lines]
    return [token for token, _, _ in pairs], torch.stack([torch.Tensor([*map(float, r.split())]) for _, _, r in pairs])


@wrong("01.parse_vectors", says="no header")
def first_line_skipped(lines):
    pieces = [line.split() for line in lines[1:]]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="last line is missing")
def last_line_forgotten(lines):
    tokens, rows = [], []
    for i in range(len(lines) - 1):
        token, *values = lines[i].split()
        tokens.append(token)
        rows.append([float(v) for v in values])
    return tokens, torch.tensor(rows)


@wrong("01.parse_vectors", says="`float(piece)`")
def numbers_left_as_strings(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([p[1:] for p in pieces])


@wrong("01.parse_vectors", says="first piece is the word")
def the_word_taken_for_a_number(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p] for p in pieces])


@wrong("01.parse_vectors", says="token, *values")
def unpacked_without_a_star(lines):
    tokens, rows = [], []
    for line in lines:
        token, values = line.split()
        tokens.append(token)
        rows.append(float(values))
    return tokens, torch.tensor(rows)


@wrong("01.parse_vectors", says="first letter")
def first_letter_instead_of_first_piece(lines):
    return [line[0] for line in lines], torch.tensor([[float(x) for x in line.split()[1:]] for line in lines])


@wrong("01.parse_vectors", says="last number of each line is missing")
def last_number_cut_off_with_the_line_break(lines):
    pieces = [line.split()[:-1] for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="first number of each line is missing")
def numbers_from_the_second_on(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[2:]] for p in pieces])


@wrong("01.parse_vectors", says="E is not always 3")
def always_three_numbers(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:4]] for p in pieces])


@wrong("01.parse_vectors", says="last character of a line")
def last_digit_cut_off_as_if_it_were_a_line_break(lines):
    pieces = [line[:-1].split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="transposed")
def one_column_per_word(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces]).T


@wrong("01.parse_vectors", says="one long row")
def one_long_row_of_numbers(lines):
    tokens, numbers = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        numbers.extend(float(v) for v in values)
    return tokens, torch.tensor(numbers)


@wrong("01.parse_vectors", says="float64")
def doubles_from_numpy(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.from_numpy(np.array([p[1:] for p in pieces], dtype=float))


@wrong("01.parse_vectors", says="ndarray")
def numpy_array(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], np.array([p[1:] for p in pieces], dtype=np.float32)


@wrong("01.parse_vectors", says="`list(...)` makes one of it")
def words_as_a_tuple(lines):
    tokens, rows = zip(*[(line.split()[0], [float(x) for x in line.split()[1:]]) for line in lines], strict=True)
    return tokens, torch.tensor(rows)


@wrong("01.parse_vectors", says="list of lists")
def weight_as_a_list_of_lists(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], [[float(x) for x in p[1:]] for p in pieces]


@wrong("01.parse_vectors", says="torch.stack")
def weight_as_a_list_of_tensors(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], [torch.tensor([float(x) for x in p[1:]]) for p in pieces]


@wrong("01.parse_vectors", says="weight comes first")
def weight_before_tokens(lines):
    pieces = [line.split() for line in lines]
    return torch.tensor([[float(x) for x in p[1:]] for p in pieces]), [p[0] for p in pieces]


@wrong("01.parse_vectors", says="return tokens, weight")
def weight_alone(lines):
    return torch.tensor([[float(x) for x in line.split()[1:]] for line in lines])


@wrong("01.parse_vectors", says="dict")
def a_dict_from_word_to_vector(lines):
    return {line.split()[0]: torch.tensor([float(x) for x in line.split()[1:]]) for line in lines}


@wrong("01.parse_vectors", says="return tokens, weight")
def one_pair_per_line(lines):
    return [(line.split()[0], torch.tensor([float(x) for x in line.split()[1:]])) for line in lines]


@wrong("01.parse_vectors", says="lower-cased")
def words_lower_cased(lines):
    pieces = [line.lower().split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="is dropped")
def what_is_not_a_word_left_out(lines):
    pieces = [line.split() for line in lines if line.split()[0].isalpha()]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="words are sorted")
def words_sorted(lines):
    pieces = [line.split() for line in lines]
    return sorted(p[0] for p in pieces), torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong("01.parse_vectors", says="scaled to length 1")
def vectors_scaled_to_length_one(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], F.normalize(torch.tensor([[float(x) for x in p[1:]] for p in pieces]), dim=1)


@wrong("01.parse_vectors", says="`lines` in place")
def pops_its_input(lines):
    tokens, rows = [], []
    while lines:
        token, *values = lines.pop(0).split()
        tokens.append(token)
        rows.append([float(v) for v in values])
    return tokens, torch.tensor(rows)


@wrong("01.parse_vectors", says="inside the loop")
def returns_in_the_first_round(lines):
    tokens, rows = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        rows.append([float(v) for v in values])
        return tokens, torch.tensor(rows)


@wrong("01.parse_vectors", says="returns None")
def tokens_and_weight_not_returned(lines):
    pieces = [line.split() for line in lines]
    tokens = [p[0] for p in pieces]  # noqa: F841
    weight = torch.tensor([[float(x) for x in p[1:]] for p in pieces])  # noqa: F841
