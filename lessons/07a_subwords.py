# %% [markdown]
# # 07a · Subwords (서브워드)
#
# **The question.** Until here a sentence came as a list of words that somebody had cut, nearly all of them known, and most tests were drawn from the same
# world as the training. A real sentence is a string, and it holds words that nobody has seen. What can a model read and write instead of words?
#
# **What you will build**: byte-pair encoding (learn, apply, undo), batches by tokens, the mean of checkpoints.
# **What you will measure**: how many words are unknown, how much of a batch is padding, and what averaging gives.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences at once |
# | V | size of the vocabulary |
# | D | model width |
# | N | heads |
# | H | hidden units of the feed-forward network |
# | L | layers |
#
# About 90 minutes, of which the exercises take 47. Everything runs on a CPU, without a network connection.

# %% key="imports"
import unicodedata
from collections import Counter
from functools import cache
from itertools import pairwise

import numpy as np
import torch

from course_lib import datasets, explorers, fast, metrics, plotting, training, transformer
from course_lib.batches import pad
from course_lib.bpe import BPE, BYTES, SPACE, Pair, pair_counts, pieces
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.models import build
from course_lib.text import Vocab
from course_lib.translator import Translator

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
# A larger vocabulary is no cure: there is always another name, another form. **Characters** would nearly be a cure: there are few of them, and
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
#   alphabet (the smallest, as Python compares tuples). Merge it in all words, with your `merge_pair`: it takes and gives a list, while a key of a
#   dictionary must be a tuple.
# - Stop early where there is no pair left, or the best occurs only once.
# - `pair_counts(split)` is given: from `{("l", "o", "w"): 5, ...}` it counts the pairs, `{("l", "o"): 5, ...}`. Pairs are counted within words.


# %% key="learn_merges" exercise="07.learn_merges"
def learn_merges(words, merges):
    # Your code here: split the words; count, choose, remember, merge; again.
    raise NotImplementedError


# %% key="check_learn_merges" tags=["exercise-check"]
check("07.learn_merges", learn_merges)

# %% [markdown]
# The space belongs to the word after it, and is written ▁ (Kudo, Richardson 2018), so that nothing of the text is lost.
# `pieces` puts a space in front of the text, and cuts before each space, and also between letters, numbers and signs:
# `pieces("I'm here.")` gives `[" I", "'", "m", " here", "."]`. So a merge never joins a word with the full stop behind
# it. Here are the first merges of the training sentences, Korean and English together. **Predict first**: which Korean
# pieces come first, stems or endings?

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
# The vocabulary holds a token for each merge, and 1,149 that are there before any merge: the characters, and 256 bytes,
# which come below. So 3,000 merges stand at 4,149 in the figure.
#
# More merges make sentences shorter and the vocabulary larger, and its rarest tokens are seen less and less often. One
# chooses between the two. From 3,000 to 8,000 merges an English sentence becomes only a little shorter, while the
# vocabulary doubles. Here we take 1,000.
#
# And a character that training showed never, or only once? It is written as its **bytes** in UTF-8, each a token of its
# own, `<0xEC>`. There are 256 of them, and with them every string that there is can be written. So `<unk>` is gone.
# (The tokens of section 4 leave the bytes out: there such a character is `<unk>`.)
#
# ### Exercise 4 · Back to text · difficulty 2 of 5 · 8 minutes
#
# Write `join_tokens(tokens)`: the text, a string.
#
# - ▁ is a space. `subwords.encode` put one in front of the text: where the text begins with a space, take **one** off,
#   and no more. No tokens give an empty text.
# - Tokens of `BYTES` are bytes: `BYTES[0xEC] == "<0xEC>"`, and `BYTES.index("<0xEC>")` gives the number back (0xEC is
#   236). `bytes([236])` makes a bytes object of it, `"한".encode()` one of a string, and `b"".join(parts)` joins them.
#   One character is one to four bytes in a row, so join first; then `.decode("utf-8", "replace")` makes the text, and
#   what is no character becomes �.


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
# these numbers. A batch takes `len(batch) * longest` positions, at most `max_tokens`; a new one begins where the next sentence would not fit. A sentence that alone is
# longer than `max_tokens` is a batch of its own.


# %% key="token_batches" exercise="07.token_batches"
def token_batches(lengths, max_tokens):
    ### BEGIN SOLUTION: the positions that the batch would have with the next sentence in it
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
# Sentences of like length stand together in both, so there is little padding either way. But of 64 sentences a batch of long ones is several
# times as large as one of short ones. With a fixed number of positions all batches are nearly alike.
#
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
# Text goes in, and text comes out: the model itself says spaces, full stops and capital letters. These translations are
# still wrong, in a word or altogether: 300 updates of a small model are far too few to translate, but enough to compare
# weights.
#
# Here the learning rate stays high until the end. So each batch moves the weights a little, in a direction that chance
# has chosen. A rate that falls to zero would calm them. There is a second way, which needs no further training. A
# **checkpoint** (체크포인트) is a copy of all weights at one moment of the training; five were set aside. Take the **mean of
# the last checkpoints** (체크포인트 평균; Vaswani and others 2017, section 6.1, averaged the last 5).
#
# ### Exercise 6 · The mean of models · difficulty 1 of 5 · 5 minutes
#
# Write `mean_weights(states)`: a list of dictionaries, name → weight (a tensor, which may be a single number), all with the same names. Return one
# dictionary with the mean of each weight. (No gradient is asked for: they have been learned already.)


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
# is too coarse, and rises or falls by chance.) It works because the checkpoints come from **one** training, near to one another. And the mean of two
# **different** trainings? **Predict first**: is its perplexity better or worse than that of each? (Another 17 seconds.)

# %% key="two_trainings"
other, kept_of_other = trained(seed=1)
last_of_other = judged("another training", other, kept_of_other[-1])
mean_of_other = judged("the mean of its last 5", other, mean_weights(kept_of_other))
of_both = judged("the mean of both trainings", other, mean_weights([kept[-1], kept_of_other[-1]]))
assert mean_of_other < last_of_other
assert of_both > 5 * max(last, last_of_other)

# %% [markdown]
# **Answer.** Far worse: it is worth nothing. Each training began with other random numbers, and nothing tells the hidden units in which order to
# stand. Unit 7 of one has nothing to do with unit 7 of the other, so their mean is neither.

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. With 0 merges, how many different tokens can occur?**
#
# <details><summary>None</summary>No: the characters that merges start from are tokens, too.</details>
# <details><summary>The characters that training showed at least twice, and 256 bytes</summary>Yes: with these any
# string can be written, but the result is long.</details> <details><summary>As many as there are words</summary>No:
# words are what merges may lead to, in the end.</details>

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
#
# ## Summary
#
# - **Merges** make pieces that are long where the text is frequent and short where it is rare. With bytes below them, nothing is unknown, and every text comes back.
# - **Positions**, not sentences, are what a batch costs.
# - The **mean** of the last checkpoints needs no further training; in both trainings here its perplexity was lower than that of the last checkpoint.
#
# **Next**: part b makes decoding quick, looks at what a BLEU score says, and trains your own Transformer by a command.
#
# **Further reading.** Gage (1994), *A New Algorithm for Data Compression*, The C Users Journal. Sennrich, Haddow, Birch (2016), *Neural Machine Translation of Rare Words with
# Subword Units*, ACL. Kudo, Richardson (2018), *SentencePiece*, EMNLP. Press, Wolf (2017), *Using the Output Embedding to Improve Language Models*, EACL. Junczys-Dowmunt, Dwojak,
# Sennrich (2016), *The AMU-UEDIN Submission to the WMT16 News Translation Task*, WMT.
