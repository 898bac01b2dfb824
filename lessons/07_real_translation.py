# %% [markdown]
# # 07 · Real translation (실전 번역)
#
# **The question.** Until here a sentence came as a list of words that somebody had cut, nearly all of them known, and most tests were drawn from the same
# world as the training. A real sentence is a string. It holds words that nobody has seen, it may be long, and somebody waits for the answer. What
# is still missing between your Transformer and a command that translates what one types?
#
# **What you will build**: byte-pair encoding (learn, apply, undo), batches by tokens, the mean of checkpoints, the step of a key–value cache, a
# softmax in one pass, and a diagnosis of what a translator does wrong.
# **What you will measure**: how many words are unknown, what the cache and the one pass save, what averaging gives, and what a BLEU score says
# without its signature.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences at once |
# | S | length of the source |
# | T | length of the target |
# | V | size of the vocabulary |
# | D | model width |
# | N | heads |
# | $d_k$ | width of a head, D / N |
#
# About 145 minutes, of which the exercises take 80. Everything runs on a CPU, without a network connection.

# %% key="imports"
import time
import unicodedata
from collections import Counter
from functools import cache, partial
from itertools import pairwise

import numpy as np
import torch
from sacrebleu.metrics import BLEU

from course_lib import bundled, datasets, explorers, fast, metrics, plotting, training, transformer
from course_lib.batches import pad
from course_lib.bpe import BPE, BYTES, SPACE, Pair, pair_counts, pieces
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import multi30k
from course_lib.experiments.memory import peak_bytes
from course_lib.models import SIZES, build
from course_lib.text import SOS, Vocab
from course_lib.translator import Translator
from course_lib.translator_file import load_translator
from course_lib.translator_training import translations

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# ## 1 · Words that nobody has seen
#
# The corpus comes as text, too: `source_text` and `target_text` are what a person would type. Cut at spaces, a Korean sentence falls into **어절**
# (eojeol): usually a noun with its particles, or the stem of a verb or adjective with its endings. One verb has dozens of forms. A vocabulary holds the words of the training sentences; all
# others become `<unk>`. The split `test` comes from the same grammar as the training, `novel` too, with pairs of words that training never shows together. **Predict first**: what share of the words in sentences that people wrote (`human`) is unknown, in Korean and in English?

# %% key="unknown" folded=true
corpus = datasets.load("ko-en")
SIDES = {"Korean": "source_text", "English": "target_text"}
SPLITS = ("test", "novel", "human")


def texts(split, side):
    return [getattr(pair, side) for pair in corpus[split]]


unknown = {}
for language, side in SIDES.items():
    seen = Counter(word for text in texts("train", side) for word in text.split())
    shares = []
    for split in SPLITS:
        words = [word for text in texts(split, side) for word in text.split()]
        shares.append(sum(word not in seen for word in words) / len(words))
    unknown[language] = shares
    once = sum(count == 1 for count in seen.values())
    print(f"{language}: {len(seen):,} different words in training, {once:,} of them once")
plotting.bars(
    SPLITS, unknown, ylabel="share of unknown words", digits=2, limits=(0, 1),
    title=f"Of the words that people wrote {unknown['Korean'][-1]:.0%} are unknown in Korean, "
    f"{unknown['English'][-1]:.0%} in English",
)  # fmt: skip
assert unknown["Korean"][-1] > 0.5 > 0.1 > unknown["Korean"][0]
assert unknown["Korean"][-1] > 2 * unknown["English"][-1]

# %% [markdown]
# A larger vocabulary is no cure: there is always another name, another form. **Characters** would nearly be one: there are few of them, and
# of those that people wrote hardly any is unknown. But a sentence of characters is several times as long, and a decoder takes one step for each token. What lies between? Pieces that are as long as
# possible where the text is frequent, and as short as necessary where it is rare.
#
# ## 2 · Byte-pair encoding
#
# **Byte-pair encoding** (바이트 페어 인코딩, BPE; Gage 1994, for translation Sennrich, Haddow, Birch 2016) begins with characters. Then, again and again:
# count all pairs of neighbours, and make of the most frequent pair one symbol. The merges, in their order, are all that is learned; the pieces
# are called **subwords** (서브워드).
#
# ![](picture:byte_pair_merges)
#
# ### Exercise 1 · One merge · difficulty 2 of 5 · 6 minutes
#
# Write `merge_pair(symbols, pair)`: a list of strings, in which every occurrence of the pair `(left, right)`, side by side, has become the one string
# `left + right`. Go from left to right; what was merged takes no part in a second merge: *a a a* with the pair *(a, a)* becomes *aa a*. The
# list that you are given stays as it is.


# %% key="merge_pair" exercise="07.merge_pair"
def merge_pair(symbols, pair):
    # Your code here: a new list; where the last symbol in it and the next one are the pair, join them.
    raise NotImplementedError


# %% key="check_merge_pair" tags=["exercise-check"]
check("07.merge_pair", merge_pair)

# %% [markdown]
# ### Exercise 2 · Learn the merges · difficulty 3 of 5 · 12 minutes
#
# Write `learn_merges(words, merges)`: `words` says how often each word occurs, `{"low": 5, "lowest": 2}`. Return a list of at most `merges` pairs, in
# the order in which they are merged.
#
# - Each word begins as the tuple of its characters. In each round take the most frequent pair; of equally frequent ones the first in the
#   alphabet (the smallest, as Python compares tuples). Merge it in all words, with your `merge_pair` (it gives a list; a key must be a tuple).
# - Stop early where there is no pair left, or the best occurs only once.
# - `pair_counts(split)` is given: from `{("l", "o", "w"): 5, ...}` it counts the pairs, `{("l", "o"): 5, ...}`. Pairs are counted within words.


# %% key="learn_merges" exercise="07.learn_merges"
def learn_merges(words, merges):
    # Your code here: split the words; count, choose, remember, merge; again.
    raise NotImplementedError


# %% key="check_learn_merges" tags=["exercise-check"]
check("07.learn_merges", learn_merges)

# %% [markdown]
# The space belongs to the word behind it, and is written ▁ (Kudo, Richardson 2018), so that nothing of the text is lost: `pieces` cuts a text there. Here are
# the first merges of the training sentences, Korean and English together. **Predict first**: which Korean pieces come first, stems or endings?

# %% key="first_merges"
words = Counter(
    piece.replace(" ", SPACE)
    for side in SIDES.values()
    for text in texts("train", side)
    for piece in pieces(text)
)
first = learn_merges(words, 60)
found = ["".join(pair) for pair in first]
hangul = [token for token in found if any("가" <= character <= "힣" for character in token)]
print(f"{len(words):,} different words; 60 merges")
print("Korean: ", *hangul)
print("other:  ", *(token for token in found if token not in hangul))
subwords = BPE.learn(
    (t for side in SIDES.values() for t in texts("train", side)), 1000, learn=fast.learn_merges
)
assert subwords.merges[:60] == first  # the library counts only what has changed, and finds the same

# %% [markdown]
# The first four are endings of verbs (*-어요*, *-습니다* and its part *-니다*) and a particle (*에서*, which follows nouns). One ending follows many stems, so it is more
# frequent than most of them. ▁씨, ▁사 and ▁저 are beginnings of words. Nobody told the algorithm about grammar.
#
# ### Exercise 3 · Apply the merges · difficulty 3 of 5 · 8 minutes
#
# Write `apply_merges(symbols, ranks)`: `symbols` is a list of characters, `ranks` says for each pair when it was learned, `{("a", "b"): 0, ...}`. Again
# and again: of all neighbours that are in `ranks`, take the pair with the **smallest** rank, and merge it everywhere. Return the list in which no
# pair is left that was learned.


# %% key="apply_merges" exercise="07.apply_merges"
def apply_merges(symbols, ranks):
    # Your code here: the pairs that are there and were learned; the earliest of them; merge; again.
    raise NotImplementedError


# %% key="check_apply_merges" tags=["exercise-check"]
check("07.apply_merges", apply_merges)

# %% key="cut" tags=["nbval-check-output"]
sentence = "제 남자 친구는 밥을 했다고 했어요."
for merges in (0, 100, 300, 1000):
    ranks = {pair: rank for rank, pair in enumerate(subwords.merges[:merges])}
    cut = [apply_merges(list(piece.replace(" ", SPACE)), ranks) for piece in pieces(sentence)]
    print(f"{merges:>5} merges:", *(token for piece in cut for token in piece))
print("the library's 1,000:", *subwords.encode(sentence))

# %% key="merges_picture"
merges_explorer = explorers.Merges(subwords, sentence)
axes = merges_explorer.picture(
    merges=[0, 30, 100, 300, 1000],
    title="The same sentence: what is frequent grows together, what is rare stays in pieces",
)

# %% key="merges_explorer"
merges_explorer.widget()

# %% key="lengths" folded=true
COUNTS = (0, 100, 300, 1000, 3000, 8000)
every = [text for side in SIDES.values() for text in texts("train", side)]
by_count = {count: BPE.learn(every, count, learn=fast.learn_merges) for count in COUNTS}
lengths = {
    language: [
        np.mean([len(each.encode(text)) for text in texts("test", side)]) for each in by_count.values()
    ]
    for language, side in SIDES.items()
}
plotting.curve(
    [len(each.vocabulary) for each in by_count.values()], lengths, xlabel="tokens in the vocabulary",
    ylabel="tokens of a test sentence",
    title=f"8,000 merges make an English sentence {lengths['English'][0] / lengths['English'][-1]:.1f} times shorter, "
    f"a Korean one {lengths['Korean'][0] / lengths['Korean'][-1]:.1f} times",
)  # fmt: skip
assert lengths["English"][0] > 4 * lengths["English"][-1]
assert lengths["Korean"][0] > 2.5 * lengths["Korean"][-1]
assert all(np.diff(values).max() < 0 for values in lengths.values())

# %% [markdown]
# More merges make sentences shorter and the vocabulary larger, and its rarest tokens are seen less and less often. One chooses between the two. From 3,000
# to 8,000 merges an English sentence becomes only a little shorter, while the vocabulary doubles. Here we take 1,000.
#
# And a character that the training never showed? It is written as its **bytes** in UTF-8, each a token of its own, `<0xEC>`. There are 256 of them, and with them
# every string that there is can be written. So `<unk>` is gone.
#
# ### Exercise 4 · Back to text · difficulty 2 of 5 · 8 minutes
#
# Write `join_tokens(tokens)`: the text, a string.
#
# - ▁ is a space. `encode` put one in front of the text: where the text begins with a space, take **one** off, and no more. No tokens give an empty text.
# - Tokens of `BYTES` are bytes, `BYTES[0xEC] == "<0xEC>"`; one byte, or up to four in a row, make up a character (`bytes([...]).decode("utf-8", "replace")`: what is no
#   character becomes �).


# %% key="join_tokens" exercise="07.join_tokens"
def join_tokens(tokens):
    ### BEGIN SOLUTION: all of it as bytes, then decode, and the first space off
    whole = b"".join(
        bytes([BYTES.index(token)]) if token in BYTES else token.replace(SPACE, " ").encode()
        for token in tokens
    )
    return whole.decode("utf-8", "replace").removeprefix(" ")
    ### END SOLUTION


# %% key="check_join_tokens" tags=["exercise-check"]
check("07.join_tokens", join_tokens)

# %% key="round_trip" tags=["nbval-check-output"]
strange = [
    "국이 좀 짠 것 같아요.",
    " two  spaces, ▁ and 😀",
    unicodedata.normalize("NFD", "한국어"),
    "",
]
print(*subwords.encode(strange[0]))
print("all come back:", [join_tokens(subwords.encode(text)) == text for text in strange])
human = [text for side in SIDES.values() for text in texts("human", side)]
print("all of human, too:", all(join_tokens(subwords.encode(text)) == text for text in human))

# %% [markdown]
# (The same string of Hangul can be written in two ways: as composed syllables, NFC, or as single letters, NFD, as some file systems do. They look alike and
# are different strings. `course train` composes everything first.)
#
# ## 3 · Batches by tokens
#
# A batch is padded to its longest sentence. With a fixed number of sentences, one batch may be several times as large as another: memory has to
# suffice for the largest, and a learning rate that suits one may not suit the other. So one fixes the number of **positions** instead, padding included.
#
# ### Exercise 5 · Batches by tokens · difficulty 2 of 5 · 8 minutes
#
# Write `token_batches(lengths, max_tokens)`: `lengths` are those of sentences 0, 1, 2, ... in the order in which they are wanted. Return a list of batches, each a list of
# places. A batch takes `len(batch) * longest` positions, at most `max_tokens`; a new one begins where the next sentence would not fit. A sentence that alone is
# longer than `max_tokens` is a batch of its own.


# %% key="token_batches" exercise="07.token_batches"
def token_batches(lengths, max_tokens):
    ### BEGIN SOLUTION: with the next sentence in it, how many positions would the batch have?
    batches, longest = [], 0
    for i, length in enumerate(lengths):
        longest = max(longest, length)
        if not batches or longest * (len(batches[-1]) + 1) > max_tokens:
            batches.append([])
            longest = length
        batches[-1].append(i)
    return batches
    ### END SOLUTION


# %% key="check_token_batches" tags=["exercise-check"]
check("07.token_batches", token_batches)

# %% key="batch_sizes" folded=true
sizes = [len(subwords.encode(text)) for text in texts("train", "target_text")]
ordered = sorted(sizes)  # alike beside alike
ways = {
    "64 sentences": [list(range(i, min(i + 64, len(ordered)))) for i in range(0, len(ordered), 64)],
    "1,000 positions": token_batches(ordered, 1000),
}
positions = {
    name: np.array([len(batch) * max(ordered[i] for i in batch) for batch in batches[:-1]])
    for name, batches in ways.items()
}
for name, values in positions.items():
    padding = 1 - sum(ordered) / sum(
        len(batch) * max(ordered[i] for i in batch) for batch in ways[name]
    )
    print(
        f"{name:<16}{values.min():>5,} to {values.max():>5,} positions in a batch, {padding:.1%} padding"
    )
assert positions["64 sentences"].max() > 4 * positions["64 sentences"].min()
assert 900 < positions["1,000 positions"].min() <= positions["1,000 positions"].max() <= 1000

# %% [markdown]
# ## 4 · A translator of text, and the mean of its last steps
#
# Now all parts together: your merges and your batches around the Transformer of lesson 06, on short sentences, 300 updates (about 17 seconds). Source and
# target share one vocabulary, and both embeddings and the output layer share one matrix (Press and Wolf 2017). On the way the weights of every
# 20th of the last 100 updates are set aside: you will need them.
#
# First the tokens of a text, by your `apply_merges`, and the short sentences:

# %% key="text_to_tokens"
ranks = {pair: rank for rank, pair in enumerate(subwords.merges)}


@cache  # the same words occur again and again
def cut_piece(piece):
    return tuple(apply_merges(list(piece.replace(" ", SPACE)), ranks))


def tokens_of(text):
    return [token for piece in pieces(text) for token in cut_piece(piece)]


def is_short(pair):
    return len(tokens_of(pair.source_text)) <= 9 and len(tokens_of(pair.target_text)) <= 12


vocabulary = Vocab(subwords.vocabulary)
short = {split: [pair for pair in corpus[split] if is_short(pair)] for split in ("train", "test")}
encoded = [
    (
        vocabulary.encode(tokens_of(p.source_text)),
        vocabulary.encode(tokens_of(p.target_text), sos=True, eos=True),
    )
    for p in short["train"]
]
print(f"{len(encoded):,} pairs to train on, {len(short['test'])} to test, {len(vocabulary):,} tokens")

# %% [markdown]
# The next cell is folded: `trained(seed)` trains a model on your batches and gives it back with the weights that were set aside, `says(model, pairs)` translates.

# %% key="training_functions" folded=true
STEPS, EVERY = 300, 20


def batches(generator):
    order = torch.randperm(len(encoded), generator=generator).tolist()
    order.sort(key=lambda i: len(encoded[i][1]))  # those of one length stay shuffled
    groups = token_batches([len(encoded[i][1]) for i in order], 600)
    for at in torch.randperm(len(groups), generator=generator).tolist():
        chosen = [encoded[order[i]] for i in groups[at]]
        yield pad([source for source, _ in chosen]), pad([target for _, target in chosen])


def trained(seed):
    torch.manual_seed(seed)
    model = build(
        "transformer", {"D": 64, "N": 4, "H": 128, "L": 2, "dropout": 0.0}, words=len(vocabulary)
    )
    generator, kept = torch.Generator().manual_seed(seed), []

    def keep(step):
        if step.number > STEPS - 5 * EVERY and (STEPS - step.number) % EVERY == 0:
            kept.append({name: weight.clone() for name, weight in model.state_dict().items()})

    training.fit(
        model, lambda: batches(generator), transformer.smoothed_loss(0.1),
        torch.optim.Adam(model.parameters(), lr=0.005, betas=(0.9, 0.98)),
        steps=STEPS, clip=1.0, step_schedule=lambda step: min(1.0, step / 50), on_step=keep,
    )  # fmt: skip
    return model.eval(), kept


def translator_of(model):
    return Translator(model, vocabulary, vocabulary, tokenize=tokens_of, detokenize=join_tokens)


def says(model, pairs):
    found = translator_of(model).translate([tokens_of(pair.source_text) for pair in pairs])
    return [join_tokens(tokens) for tokens in found.tokens]


# %% key="train"
model, kept = trained(seed=0)
for pair, text in zip(short["test"][:5], says(model, short["test"][:5]), strict=True):
    print(f"{pair.source_text}\n   reference: {pair.target_text}\n   model:     {text}")

# %% [markdown]
# Text goes in, and text comes out: the model itself says spaces, full stops and capital letters. Most of these translations are still wrong: 300 updates of a small model are far
# too few to translate, but enough to compare weights.
#
# With a rate that stays high, the weights are shaken by each batch in a direction that chance has chosen. A rate that falls to zero calms them. There is a second
# way, which needs no further training: take the **mean of the last checkpoints** (체크포인트 평균; Vaswani and others 2017, section 6.1, averaged the last 5).
#
# ### Exercise 6 · The mean of models · difficulty 1 of 5 · 5 minutes
#
# Write `mean_weights(states)`: a list of dictionaries, name → weight, all with the same names. Return one dictionary with the mean of each weight.


# %% key="mean_weights" exercise="07.mean_weights"
def mean_weights(states):
    # Your code here: for each name, the mean over the models.
    raise NotImplementedError


# %% key="check_mean_weights" tags=["exercise-check"]
check("07.mean_weights", mean_weights)

# %% key="averaged"
in_tokens_too = [
    pair._replace(source=tokens_of(pair.source_text), target=tokens_of(pair.target_text))
    for pair in short["test"]
]
references = [pair.target_text for pair in short["test"]]


def judged(name, model, weights):
    model.load_state_dict(weights)
    perplexity = translator_of(model).perplexity(in_tokens_too)
    bleu = metrics.sacrebleu(hypotheses=says(model, short["test"]), references=references)
    print(f"{name:<28} perplexity {perplexity:6.2f}, BLEU {bleu:4.1f}")
    return perplexity


last = judged("the last weights", model, kept[-1])
mean = judged(f"the mean of the last {len(kept)}", model, mean_weights(kept))
assert mean < last

# %% [markdown]
# The mean is less surprised by the true words than the last of those it is made of. (BLEU does not decide it: of so few sentences it
# is too coarse, and rises or falls by chance.) It works because the checkpoints come from **one** training, near to one another. The mean of two trainings is worth nothing: **predict
# first**, what does it say? (Another 17 seconds.)

# %% key="two_trainings"
other, kept_of_other = trained(seed=1)
last_of_other = judged("another training", other, kept_of_other[-1])
mean_of_other = judged("the mean of its last 5", other, mean_weights(kept_of_other))
of_both = judged("the mean of both trainings", other, mean_weights([kept[-1], kept_of_other[-1]]))
assert mean_of_other < last_of_other
assert of_both > 5 * max(last, last_of_other)

# %% [markdown]
# ## 5 · Decoding: nothing twice
#
# In lesson 06 each new word was computed together with all words before it. But the triangular mask keeps those from seeing the new one, so what was
# computed for them does not change. The new word needs only their **keys and values**, in each layer. They are kept: the **key–value cache** (KV 캐시).
#
# ![](picture:key_value_cache)
#
# ### Exercise 7 · One step with a cache · difficulty 2 of 5 · 8 minutes
#
# Write `attend_further(attention, x, key, value)`: the self-attention of a new word, x (B, 1, D), which looks at the words before it **and at itself**. `key` and
# `value` (B, N, words before, d_k) are those of the words before; with the first word there are none, and the third dimension is 0. Return three: the output
# (B, 1, D), and keys and values of all words so far (B, N, words before + 1, d_k).
#
# - `attention.keys_values(x)` gives keys and values of x, the pair (B, N, 1, d_k) each.
# - `attention.look_up(x, key, value)` lets x ask among keys and values, with the output projection: the pair of output and weights.


# %% key="attend_further" exercise="07.attend_further"
def attend_further(attention, x, key, value):
    ### BEGIN SOLUTION: the new word's key and value behind the others; then look up
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value
    ### END SOLUTION


# %% key="check_attend_further" tags=["exercise-check"]
check("07.attend_further", attend_further)

# %% [markdown]
# A decoder with your step, around the layers of a model of the size that `course train --size small` trains. (It is not trained: what it says does not matter for the
# time.) Against it, a decoder that computes everything anew at each word. Both say 50 words to each of 64 sentences, always the likeliest one. **Predict
# first**: how many times as fast is the one with the cache? (About 8 seconds.) The folded cell holds the decoder without a cache, the sentences and the clock.

# %% key="without_cache" folded=true
source = pad([source for source, _ in encoded[:64]])
LENGTH = 50
torch.manual_seed(0)
wide = build("transformer", SIZES["small"]["transformer"], words=len(vocabulary)).eval()


def likeliest(logits):  # no <eos>, so that all go on to the end
    return logits[:, 4:].argmax(-1, keepdim=True) + 4


def anew(model):
    memory, mask = model.encode(source)
    inputs = torch.full((len(source), 1), SOS)
    for _ in range(LENGTH):
        features = model.decode(memory, mask, inputs)[:, -1]
        inputs = torch.cat([inputs, likeliest(model.output(features))], dim=1)
    return inputs


def timed(decode):
    start = time.process_time()
    with torch.no_grad():
        words = decode(wide)
    return words, time.process_time() - start


# %% key="cache"
def with_cache(model):
    memory, mask = model.encode(source)
    of_source = [layer.multihead_attn.keys_values(memory) for layer in model.decoder]  # once
    kept = [(key[:, :, :0], value[:, :, :0]) for key, value in of_source]  # of no words yet
    inputs = torch.full((len(source), 1), SOS)
    for t in range(LENGTH):
        x = model.embed(model.target_embedding, model.target_positions, inputs[:, -1:], t)  # one word
        for i, layer in enumerate(model.decoder):
            found, *kept[i] = attend_further(layer.self_attn, layer.norm1(x), *kept[i])
            x = x + found
            x = x + layer.multihead_attn.look_up(layer.norm2(x), *of_source[i], mask)[0]
            x = x + layer.feed_forward(layer.norm3(x))
        inputs = torch.cat([inputs, likeliest(model.output(model.decoder_norm(x[:, -1])))], dim=1)
    return inputs


(slow, slow_seconds), (quick, quick_seconds) = timed(anew), timed(with_cache)
print(
    f"the same words: {(slow == quick).float().mean():.0%}; {slow_seconds / quick_seconds:.1f} times as fast"
)
assert (slow == quick).float().mean() > 0.99

# %% [markdown]
# The words are the same, and a step costs the work of one word instead of that of all. What still grows with the length is the look-up, and the memory: for each
# layer and word a key and a value of D numbers.
#
# ## 6 · The softmax in one pass
#
# Attention needs T times S scores, then their largest, then their sum, then the weighted mean of the values. With 8,000 words on both sides the scores alone are 64 million
# numbers for each head, in memory at once. Must they be?
#
# Take the keys in blocks. After some blocks we hold for each query the **largest** score so far m, the **sum** l of $e^{s - m}$, and the values weighted with
# $e^{s - m}$, the **context** $\mathbf{c}$. Let m′ be the larger of m and the largest score of the next
# block. What was summed so far used m instead of m′; one factor, $e^{m - m'}$, corrects it:
#
# $$e^{s - m'} = e^{s - m}\, e^{m - m'} \qquad\qquad
# l' = l\, e^{m - m'} + \sum_{\text{block}} e^{s - m'} \qquad
# \mathbf{c}' = \mathbf{c}\, e^{m - m'} + \sum_{\text{block}} e^{s - m'}\, \mathbf{v}$$
#
# After the last block $\mathbf{c} / l$ is the weighted mean of the values, with the weights of the softmax (Milakov, Gimelshein 2018). Kernels such as FlashAttention (Dao and others 2022) are built on it.
#
# ### Exercise 8 · The softmax, block by block · difficulty 4 of 5 · 15 minutes
#
# Write `online_softmax(scores, values, state)`: a block of `scores` (..., T, n) and `values` (..., n, d_k), n keys, and the state `(m, l, c)`, (..., T, 1), (..., T, 1) and (..., T, d_k). Return
# the next state. Before the first block m is −∞, and l and c are 0.
#
# A score of −∞ hides a key. Where a query has seen nothing but such keys, m′ is −∞, too, and −∞ − (−∞) is nan: there, l′ and c′ must be 0.


# %% key="online_softmax" exercise="07.online_softmax"
def online_softmax(scores, values, state):
    # Your code here: the new maximum; what was summed before, corrected; the block.
    raise NotImplementedError


# %% key="check_online_softmax" tags=["exercise-check"]
check("07.online_softmax", online_softmax)


# %% key="memory"
def in_blocks(query, key, value, block=128):
    largest = query.new_full((*query.shape[:-1], 1), -torch.inf)
    state = largest, torch.zeros_like(largest), torch.zeros_like(query)
    for start in range(0, key.shape[2], block):
        here = slice(start, start + block)
        scores = query @ key[:, :, here].mT / query.shape[-1] ** 0.5  # (B, N, T, block)
        state = online_softmax(scores, value[:, :, here], state)
    _, total, context = state
    return context / total


# %% key="memory_figure" folded=true
LONG = (256, 512, 1024, 2048, 4096)
ways = {
    "all scores at once": lambda x: transformer.attend_heads(x, x, x)[0],
    "in blocks": lambda x: in_blocks(x, x, x),
}
megabytes = {name: [] for name in ways}
with torch.no_grad():
    for T in LONG:
        x = torch.randn(1, 1, T, 16, generator=torch.Generator().manual_seed(T))  # B 1, N 1, d_k 16
        assert torch.allclose(*(attend(x) for attend in ways.values()), atol=1e-5)
        for name, attend in ways.items():
            megabytes[name].append(peak_bytes(partial(attend, x)) / 2**20)
ratio = {name: values[-1] / values[-2] for name, values in megabytes.items()}
plotting.curve(
    LONG, megabytes, log="xy", xlabel="words T = S", ylabel="megabytes of tensors, at most",
    title=f"Twice the length takes {ratio['all scores at once']:.1f} times the memory at once, "
    f"{ratio['in blocks']:.1f} times in blocks",
)  # fmt: skip
assert 3.5 < ratio["all scores at once"] <= 4.1
assert 1.9 < ratio["in blocks"] < 2.2

# %% [markdown]
# ## 7 · What a BLEU score says, and what it does not
#
# The course brings a translator along, a Transformer that `course train` made of the bundled corpus (`data/models`). On the command line: `course translate "저는 학교에
# 갔어요."` Here it translates 200 sentences of the test split. **One** set of translations, **one** set of references: how many BLEU scores are there? **Predict
# first**: which of the four below is the highest?

# %% key="fine_print" folded=true
loaded = load_translator(bundled.translator_file())
pairs = corpus["test"][:200]
found = translations(loaded.recipe, loaded.translator, [pair.source_text for pair in pairs])
wanted = [pair.target_text for pair in pairs]


def in_tokens(sentences):
    return [loaded.recipe.tokens(text) for text in sentences]


forms = {
    "as it is": (found, wanted),
    "in small letters": ([text.lower() for text in found], [text.lower() for text in wanted]),
    "of subwords": (in_tokens(found), in_tokens(wanted)),
    "of characters": ([list(text) for text in found], [list(text) for text in wanted]),
}
bleu = {}
for name, (hypotheses, references) in forms.items():
    bleu[name] = metrics.sacrebleu(hypotheses=hypotheses, references=references)
    print(
        f"{name:<17}{bleu[name]:5.1f}   {metrics.bleu_signature(hypotheses=hypotheses, references=references)}"
    )
interval = metrics.bleu_interval(hypotheses=found, references=wanted)
print(f"other sentences of the same kind: {interval.low:.1f} to {interval.high:.1f}")
assert bleu["of characters"] > bleu["as it is"] + 5
assert bleu["in small letters"] >= bleu["as it is"]

# %% [markdown]
# The four scores belong to the same translations. The signature does not tell all four apart: the first two share one, because sacreBLEU cannot know that the text was
# lowered before (let it do that itself), and so do the last two, because with `tok:none` it cannot know what the tokens are. So report the score of the plain text, with its **signature**: how many references, whether case counts,
# which tokens (`13a`: sacreBLEU cuts the *text* itself, the same for everybody), how zeros are smoothed, and the version (Post 2018). Scores with different signatures cannot be
# compared; nor can scores of different test sets, or of text that was changed before sacreBLEU saw it. And the interval says how far the choice of the test sentences alone would move it (Koehn 2004).

# %% [markdown]
# ## 8 · Ten mistakes
#
# A score says how much is wrong, but not what. So read the translations. Here are ten sentences of the test split, and what the course's translator makes of them:
#
# | | Korean | reference | translation |
# |---|---|---|---|
# | 1 | 저는 시험이 있을 때 항상 도서관에 가요. | I always go to the library when I have an exam. | When I have an exam, I always go to the library. |
# | 2 | 그저께 할머니께서 가게에서 옷을 입어 보셨어요. | My grandmother tried on the clothes at the store the day before yesterday. | The day before yesterday, I tried on the clothes at the store. |
# | 3 | 저는 음악을 듣는 것을 좋아합니다. | I like listening to music. | I like listen to music. |
# | 4 | 저는 프랑스 친구에게 프랑스어를 배우고 있어요. | I'm learning French from a French friend. | I'm learning French from a friend. |
# | 5 | 지훈 씨는 친구가 많아요. | Jihoon has a lot of friends. | Jihoon has a lot of books. |
# | 6 | 얼마 전에 오빠는 저녁을 준비하고 제 남편은 빨래를 했습니다. | Not long ago, my older brother prepared dinner, and my husband did the laundry. | Not long ago, my older brother did the laundry, and my husband did the laundry. |
# | 7 | 내가 대추를 살게. | I'll buy jujubes. | I'll buy a blbes. |
# | 8 | 김치찌개 한 그릇 주세요. | Please give me a bowl of kimchi stew. | A bowl of kimchi stew, please. |
# | 9 | 우리는 날씨가 너무 나빠서 여행을 가는 대신에 집에서 여행 책을 읽었어요. | We read travel books at home instead of going on a trip because the weather was very bad. | We read a book at home instead of going on a trip. |
# | 10 | 할머니께서는 목이 마르실 때 항상 시원한 주스를 드십니다. | When my grandmother is thirsty, she always drinks some cold juice. | When my grandmother is thirsty, she always eats some cold juice. |
#
# ### Exercise 9 · What is wrong? · difficulty 2 of 5 · 10 minutes
#
# Write `causes()`: a list of ten strings, the cause of each row, in order. (After the error types of Vilar and others 2006.)
#
# - `"fair"`: nothing is wrong; it is another way to say the same.
# - `"left out"`: something of the source is missing. `"repeated"`: something is said twice instead.
# - `"word"`: an English word that means something else. `"invented"`: a string that is no English word. Where two causes fit, give the more exact one.
# - `"form"`: the right word in a wrong form. `"who"`: the translation names another person as the one who does it.


# %% key="causes" exercise="07.causes"
def causes():
    # Your code here: ten of "fair", "left out", "repeated", "word", "invented", "form", "who".
    raise NotImplementedError


# %% key="check_causes" tags=["exercise-check"]
check("07.causes", causes)

# %% [markdown]
# What would BLEU have said? **Predict first**: does it put the two fair ones above the wrong ones?

# %% key="bleu_of_rows" folded=true
TEN = (
    "저는 시험이 있을 때", "그저께 할머니께서", "저는 음악을 듣는", "저는 프랑스 친구", "지훈 씨는 친구가",
    "얼마 전에 오빠는", "내가 대추를", "김치찌개 한", "우리는 날씨가 너무", "할머니께서는 목이 마르실",
)  # fmt: skip
rows = [next(pair for pair in corpus["test"] if pair.source_text.startswith(start)) for start in TEN]
said = translations(loaded.recipe, loaded.translator, [pair.source_text for pair in rows])
of_row = [
    metrics.sacrebleu(hypotheses=[text], references=[pair.target_text])
    for pair, text in zip(rows, said, strict=True)
]
for place in np.argsort(of_row)[::-1]:
    print(f"{of_row[place]:5.1f}  {causes()[place]:<9} {said[place]}")
seen = Counter(token for pair in corpus["train"] for token in pair.source)
print(f"in training 대추 occurs {seen['대추']} times, 친구 {seen['친구']:,} times")
fair = [score for score, cause in zip(of_row, causes(), strict=True) if cause == "fair"]
assert max(fair) < max(of_row)

# %% [markdown]
# One fair translation stands last but one, below translations that are wrong; and one that makes books of friends stands third. BLEU counts n-grams, each as much as another; it
# does not know whether a wrong one changes the meaning. Over many sentences that evens out, and scores of a whole test set are good for comparing systems. For a single
# sentence they are not.
#
# And the invented word? *대추* occurs once in training, so the model has hardly seen which pieces make up its English word, and puts together pieces that form no
# word. A model of words that leaves out such rare ones could at best have said `<unk>`, which shows that something is missing.

# %% [markdown]
# ## 9 · Your own model, as a command
#
# What you built in lesson 06 can be trained on text and kept in a file. In a terminal, in the folder of the course:
#
#     course train --model notebooks/06_transformer.ipynb --budget 20m --out runs/mine
#     course translate runs/mine "저는 학교에 갔어요."
#     course evaluate runs/mine
#
# `course train` reads the notebook, checks your parts once more (what is not right yet is named, and the course's own stands in), and trains your `OwnTransformer` on
# subwords, in batches by tokens. Ctrl-C stops it; the same command with `--resume` goes on. The file that it leaves holds the weights as numbers and everything
# else as text: the merges, the sizes, the seed, the versions, a checksum. It runs no code when it is read, and your weights fit the library's Transformer,
# which decodes them with a cache.
#
# And real sentences? `course data get multi30k` fetches 29,000 pairs of German and English sentences, descriptions of pictures that people wrote, and `--data`, `--source`
# and `--target` take those, or yours. What the command reached there was measured once, each time on one core of an ordinary processor (`docs/results.md` has all of it). The BLEU scores
# of others that stand below it are of tokens, not of text: a difference of a point or two says nothing.

# %% key="multi30k" folded=true
print(f"{'test_2016_flickr, beam of 5':<56}{'updates':>13}{'seeds':>7}{'BLEU':>7}")
for row in multi30k.ROWS:
    scores = [run["tests"]["test_2016_flickr"]["beam"]["bleu"] for run in multi30k.stored()[row.name]]
    if scores:
        print(f"{row.title:<56}{row.updates:>13,}{len(scores):>7}{np.mean(scores):>7.1f}")
print("published by others")
for score, what, _ in multi30k.PUBLISHED:
    print(f"{what:<76}{score:>7.1f}")

# %% [markdown]
# ## 10 · What went wrong?
#
# A real bug, from a widely used library that compares language models: huggingface/lighteval, issue 1112, mended in pull request 1234 (May 2026). Each sentence may have several
# references, so they were collected as `references[sentence][number]`, and handed to sacreBLEU. No exception is raised, and here is what comes out. What is wrong?

# %% key="bug" tags=["nbval-check-output"]
said = [
    "The weather is nice today.",
    "My little sister went to school.",
    "They ate four apples in the park.",
]
true = [
    "The weather is nice today.",
    "My younger sister drank some milk.",
    "We did not buy any flowers.",
]
score = BLEU().corpus_score(said, [[reference] for reference in true])
print(f"BLEU {score.score:.0f}, over {score.sys_len} tokens")
score = BLEU().corpus_score(said[::-1], [[reference] for reference in true[::-1]])
print(f"in another order: BLEU {score.score:.0f}, over {score.sys_len} tokens")

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# A score of 100, and only the first sentence is right. sacreBLEU wants the references the other way round, `references[number][sentence]`: here that is one list of three. What it
# got are three lists of one sentence each: it takes them for three references of the **first** sentence, and ignores the other two translations without a message (mjpost/sacrebleu, issue 220).
# The number of tokens gives it away: 6, where there are 21.
#
# Two cheap tests find such a thing. Put the sentences, each with its reference, into another order: the score must not change. And make the **last** of several good translations worse: it must fall.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
score = BLEU().corpus_score(said, [true])
print(f"BLEU {score.score:.0f}, over {score.sys_len} tokens")
score = BLEU().corpus_score(said[::-1], [true[::-1]])
print(f"in another order: BLEU {score.score:.0f}, over {score.sys_len} tokens")

# %% [markdown]
# ## 11 · Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. With 0 merges, how many different tokens can occur?**
#
# <details><summary>None</summary>No: the characters that merges start from are tokens, too.</details>
# <details><summary>The characters of the alphabet, and 256 bytes</summary>Yes: with these any string can be written, only at great length.</details>
# <details><summary>As many as there are words</summary>No: words are what merges may lead to, in the end.</details>

# %% [markdown]
# **2. Merges are learned on training and test sentences together. What is wrong with that?**
#
# <details><summary>Nothing: merges are no parameters of the model</summary>No: they were made from the test sentences, too, whose words are then cut into fewer pieces than unseen words would be.</details>
# <details><summary>The test no longer shows how unseen text is cut</summary>Yes: whatever is learned from data is learned from the training data alone, vocabularies and merges included.</details>
# <details><summary>It makes the vocabulary too large</summary>No: the number of merges is chosen beforehand; what they are learned from hardly changes the size of the vocabulary.</details>

# %% [markdown]
# **3. A batch holds three sentences, of 10, 10 and 100 tokens. How many positions does it take, and how many of them are padding?**
#
# <details><summary>120, none</summary>No: every row is as long as the longest.</details>
# <details><summary>300, of which 180 are padding</summary>Yes: 3 × 100 − 120. Among sentences of like length the two short ones would need hardly any padding.</details>
# <details><summary>300, of which 120 are padding</summary>No: 120 are the real tokens.</details>

# %% [markdown]
# **4. Why may the mean of the last five checkpoints be taken, and that of five trainings not?**
#
# <details><summary>The five trainings have different losses</summary>No: even if they were equal, it would not work.</details>
# <details><summary>The units of different trainings stand in another order</summary>Yes: unit 7 of one has nothing to do with unit 7 of the other. Checkpoints of one training are near to one another.</details>
# <details><summary>Five trainings have more parameters</summary>No: their mean has as many as each.</details>

# %% [markdown]
# **5. A paper reports BLEU 34.2 of subwords, another 33.1 with the signature of sacreBLEU. Which system is better?**
#
# <details><summary>The first</summary>No: the two numbers measure different things.</details>
# <details><summary>That can't be said</summary>Yes: only scores of plain text, with the same signature and on the same test set, can be compared. And a difference of one point may lie within the interval.</details>
# <details><summary>The second, for subwords always add ten points</summary>No: there is no fixed difference between two forms.</details>
#
# ## Summary
#
# - **Merges** make pieces that are long where the text is frequent and short where it is rare. With bytes below them, nothing is unknown, and every text comes back.
# - **Positions**, not sentences, are what a batch costs.
# - The **mean** of the last checkpoints needs no further training; in both trainings here its perplexity was lower than that of the last checkpoint.
# - **Nothing twice**: keys and values stay as they are, so a decoder keeps them. **One pass**: what was summed with a smaller maximum is made right by one factor.
# - A **BLEU** score is a number with a signature and an interval. And ten mistakes that one has read say more about a translator than its score.
#
# That was the course: from a word as a number to a command that translates, and its central parts you have written yourself.
#
# **What this lesson can't do.** All of it runs on one machine, with models of a few million parameters. Larger ones are built of the same parts: more layers, more data, subwords of
# more text, attention in blocks on chips that do thousands of products at once. What changes with the size is not in these notebooks.
#
# **Further reading.** Gage (1994), *A New Algorithm for Data Compression*, The C Users Journal. Sennrich, Haddow, Birch (2016), *Neural Machine Translation of Rare Words with
# Subword Units*, ACL. Kudo, Richardson (2018), *SentencePiece*, EMNLP. Vaswani and others (2017), *Attention Is All You Need*, NeurIPS. Press, Wolf (2017), *Using the Output
# Embedding to Improve Language Models*, EACL. Junczys-Dowmunt, Dwojak, Sennrich (2016), *The AMU-UEDIN Submission to the WMT16 News Translation Task*, WMT. Milakov, Gimelshein (2018), *Online
# Normalizer Calculation for Softmax*, arXiv:1805.02867. Rabe, Staats (2021), *Self-Attention Does Not Need O(n²) Memory*, arXiv:2112.05682. Dao, Fu, Ermon, Rudra, Ré (2022), *FlashAttention*, NeurIPS. Post (2018), *A Call for
# Clarity in Reporting BLEU Scores*, WMT. Koehn (2004), *Statistical Significance Tests for Machine Translation Evaluation*, EMNLP. Vilar, Xu, D'Haro, Ney (2006), *Error Analysis of
# Statistical Machine Translation Output*, LREC.
