# %% [markdown]
# # 01 · Word embeddings (단어 임베딩)
#
# **The question.** A neural network computes with numbers; a sentence is made of words. How does a word become numbers,
# and can those numbers come to know that *cat* is closer to *dog* than to *Tuesday*, when nobody has ever told them so?
#
# **What you will build**, each piece checked the moment you write it: a vocabulary, padded batches, the embedding look-up,
# skip-gram with negative sampling, nearest neighbours, analogies, a reader for vectors files, and a small classifier.
# **What you will measure**: what the vectors know before and after training, and when pretrained vectors pay.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences, or pairs, at once |
# | T | length of the longest sentence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding: how many numbers a word gets |
# | M | negative samples per pair |
# | C | classes |
#
# **How an exercise works.** Fill in the cell and run it, then run the check below it. The check says what is right and
# what is not yet. While your answer isn't right, the reference steps in for it, so a blank exercise never blocks the
# lesson. `hint("01.lookup")` gives a hint, the next call another one; `solution("01.lookup")` asks first.
#
# About 100 minutes, of which the exercises take 77. Everything runs on a CPU, without a network.

# %% key="imports"
import time

import numpy as np
import torch
import torch.nn.functional as F

from course_lib import bundled, datasets, explorers, plotting, skipgram, text, vectors
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.statistics import spearman

torch.set_num_threads(1)  # a second thread gains nothing here, and loses much on a busy machine

# %% [markdown]
# ## 1 · The text
#
# The course brings its own corpus (말뭉치): short everyday sentences in Korean and English. Korean is already split into
# morphemes (형태소), English into words and clitics. This lesson reads one side only. It is written for English;
# set `LANGUAGE = "ko"` and everything below runs on Korean instead.

# %% key="corpus"
LANGUAGE = "en"

corpus = datasets.load("ko-en")
for pair in corpus["train"][:4]:
    print(pair.source_text, "|", pair.target_text)
    print("   ", " ".join(pair.source), "|", " ".join(pair.target))


def side(pair):
    """The tokens of the side that this lesson reads."""
    return pair.target if LANGUAGE == "en" else pair.source


sentences = [side(pair) for pair in corpus["train"]]
tokens_in_all = sum(map(len, sentences))
print(f"\n{len(sentences):,} sentences, {tokens_in_all:,} tokens")

# %% [markdown]
# ### Exercise 1 · The vocabulary (어휘 집합) · difficulty 2 of 5 · 8 minutes
#
# Write `build_vocab(sentences, min_freq=1)`: the list of all tokens in order of their id.
#
# - The first four are `"<pad>"`, `"<unk>"`, `"<sos>"`, `"<eos>"`, in this order: padding, unknown word, start and end of
#   a sentence.
# - Then every token that occurs at least `min_freq` times, the most frequent first; tokens with the same count in
#   alphabetical order.
#
# `sentences` is a list of lists of strings. For `[["a", "cat"], ["a", "dog"]]` the answer is
# `["<pad>", "<unk>", "<sos>", "<eos>", "a", "cat", "dog"]`.

# %% key="build_vocab" exercise="01.build_vocab"
from collections import Counter

from course_lib.text import SPECIALS  # "<pad>", "<unk>", "<sos>", "<eos>"


def build_vocab(sentences, min_freq=1):
    # Your code here: count the tokens, sort them, put the four specials in front.
    raise NotImplementedError


# %% key="check_build_vocab" tags=["exercise-check"]
check("01.build_vocab", build_vocab)

# %% key="use_vocab"
tokens = build_vocab(sentences, min_freq=2)
stoi = {token: i for i, token in enumerate(tokens)}  # string to index
V = len(tokens)
counts = Counter(token for sentence in sentences for token in sentence)
once = sum(count == 1 for count in counts.values())
print(f"{len(counts)} different tokens, {once} of them seen once; V = {V}:", *tokens[:14], "...")
seen_in_test = [token for pair in corpus["test"] for token in side(pair)]
lost = {token for token in seen_in_test if token not in stoi}
print(f"{len(lost)} tokens of the test sentences are not among them:", *sorted(lost)[:8], "...")
assert once > 100
assert len(lost) > 20

# %% [markdown]
# **Words that are seen once.** Nothing can be learnt about a word from one sentence, so `min_freq=2` leaves it out, and it becomes
# `<unk>`. That has a use: `<unk>` gets a vector that is trained, and this is the vector of every word that only other text has, as
# some test sentences do. A larger `min_freq` makes a smaller table and more words that are lost. (Real systems
# cut rare words into pieces that are not rare, subwords (서브워드); see the end of lesson 06.)
#
# A few tokens, punctuation among them, make up a large part of any text, and many words are rare; in natural text the frequency
# falls roughly as one over the rank, which is Zipf's law (지프의 법칙). On two logarithmic axes that is a line with the slope −1.
# Two things below exist because a few words are so frequent: the thinning out of frequent words, and the odd exponent in the
# distribution of negative samples.

# %% key="zipf"
frequencies = np.array(sorted(counts.values(), reverse=True))
share = frequencies[:20].sum() / frequencies.sum()
ranks = np.arange(1, len(frequencies) + 1)
slope = np.polyfit(np.log(ranks[9:1000]), np.log(frequencies[9:1000]), 1)[0]
rare = (frequencies <= 5).mean()
print(f"slope from rank 10 to 1,000: {slope:.2f}; {rare:.0%} of the tokens occur at most five times")
plotting.curve(
    ranks,
    frequencies,
    title=f"The 20 most frequent of {len(frequencies)} tokens make up {share:.0%} of the text",
    xlabel="rank of the word",
    ylabel="how often it occurs",
    log="xy",
)
assert share > 0.3, share
assert abs(slope + 1) < 0.2
assert rare > 0.2

# %% [markdown]
# ### Exercise 2 · A batch of sentences · difficulty 2 of 5 · 8 minutes
#
# Write `encode_batch(sentences, stoi)`: a LongTensor of shape (B, T).
#
# - Each row is the id of `<sos>`, the ids of the words, the id of `<eos>`.
# - A word that `stoi` does not hold becomes `<unk>`.
# - Shorter rows are filled up at their end with `<pad>`; T is the length of the longest row.


# %% key="encode_batch" exercise="01.encode_batch"
def encode_batch(sentences, stoi):
    # Your code here: make rows of ids, then fill them up to one length.
    raise NotImplementedError


# %% key="check_encode_batch" tags=["exercise-check"]
check("01.encode_batch", encode_batch)

# %% key="use_encode_batch" tags=["nbval-check-output"]
toy = {token: i for i, token in enumerate(build_vocab([["the", "cat", "sleeps"], ["the", "dog"]]))}
print(encode_batch([["the", "cat", "sleeps"], ["the", "unicorn"]], toy))

# %% [markdown]
# **The same in torchtext.** torchtext builds the same vocabulary in the same order. It is no longer developed and needs
# torch 2.3, so the course uses it beside your own code, never instead of it.

# %% key="torchtext_vocab"
if (torchtext := text.torchtext_or_none()) is None:
    print(
        "torchtext is not installed here (it has no build for this Python): this comparison is left out."
    )
else:
    from torchtext.vocab import build_vocab_from_iterator

    theirs = build_vocab_from_iterator(sentences, min_freq=2, specials=list(SPECIALS))
    theirs.set_default_index(theirs["<unk>"])
    assert theirs.get_itos() == tokens
    print(f"torchtext {torchtext.__version__} gives the same {len(theirs)} tokens in the same order.")

# %% [markdown]
# ## 2 · From id to vector
#
# An id is a name, not a quantity: word 12 is not twice word 6. So write the id $i$ as a **one-hot** vector (원-핫 벡터)
# $\mathbf{e}_i \in \mathbb{R}^V$, which is 1 at place $i$ and 0 elsewhere, and let a matrix of weights
# $\mathbf{W} \in \mathbb{R}^{V \times E}$ turn it into $E$ numbers:
#
# $$\mathbf{x} = \mathbf{e}_i \mathbf{W} \qquad (1 \times V)\,(V \times E) = (1 \times E)$$
#
# All terms of that product are zero but those of row $i$. The **embedding** (임베딩) of word $i$ is row $i$ of
# $\mathbf{W}$, and the "embedding layer" (임베딩 층) is a linear layer without bias whose input is one-hot.

# %% key="one_hot_picture"
some_ids = torch.tensor([2, 0, 4])
some_weight = torch.round(torch.randn(5, 3, generator=torch.Generator().manual_seed(1)), decimals=1)
some_one_hot = F.one_hot(some_ids, 5).to(some_weight.dtype)
plotting.matrix_product(
    some_one_hot,
    some_weight,
    some_one_hot @ some_weight,
    row_labels=["id 2", "id 0", "id 4"],
    title="A one-hot row times a matrix picks out one row of the matrix",
)
assert torch.equal(some_one_hot @ some_weight, some_weight[some_ids])

# %% [markdown]
# ### Exercise 3 · Look-up · difficulty 1 of 5 · 6 minutes
#
# Write `lookup(ids, weight)`: for ids of shape (B, T) and a weight of shape (V, E), the vectors, (B, T, E).
# As a product with one-hot rows or by indexing, as you like: both are right. Try both.


# %% key="lookup" exercise="01.lookup"
def lookup(ids, weight):
    # Your code here: for each id its row of the weight, (B, T, E).
    raise NotImplementedError


# %% key="check_lookup" tags=["exercise-check"]
check("01.lookup", lookup)

# %% [markdown]
# **The same in `torch.nn`.** `nn.Embedding` is this look-up: equal values, and an equal gradient, which arrives at the
# rows that were looked up and at no others.

# %% key="torch_embedding" tags=["nbval-check-output"]
layer = torch.nn.Embedding(10, 4)
my_weight = layer.weight.detach().clone().requires_grad_()
ids = torch.tensor([[2, 7, 2], [5, 7, 7]])
direction = torch.randn(2, 3, 4)

layer(ids).backward(direction)
lookup(ids, my_weight).backward(direction)

print("values equal:   ", torch.allclose(layer(ids), lookup(ids, my_weight)))
print("gradients equal:", torch.allclose(layer.weight.grad, my_weight.grad))
print("rows that got a gradient:", my_weight.grad.abs().sum(1).nonzero().flatten().tolist())

# %% [markdown]
# Multiplying by zeros is wasted work, the more of it the larger the vocabulary. That is the only difference between the
# two forms.


# %% key="lookup_time"
def seconds(function, repeat=5):
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        function()
        best = min(best, time.perf_counter() - start)
    return best


big_weight = torch.randn(10_000, 64)
big_ids = torch.randint(10_000, (32, 20))
by_product = seconds(lambda: F.one_hot(big_ids, 10_000).to(big_weight.dtype) @ big_weight)
by_index = seconds(lambda: big_weight[big_ids])
print(f"V = 10,000: the product takes {by_product / by_index:,.0f} times as long as the index")

# %% [markdown]
# ## 3 · Where do the numbers come from?
#
# From the company a word keeps. *I drank a cup of ___*: tea fits, coffee fits, an umbrella doesn't. Words that fill the
# same gaps mean similar things; this is the distributional hypothesis (분포 가설; Harris 1954, Firth 1957).
#
# **Skip-gram** (스킵그램; Mikolov and others 2013a) makes a task of it: from a word, the **centre** (중심 단어), predict the
# words around it, its **context** (주변 단어). Nobody needs to label anything. Each word has two vectors, one as a centre
# and one as a context.
#
# ### Exercise 4 · Pairs of centre and context · difficulty 2 of 5 · 8 minutes
#
# Write `skipgram_pairs(ids, window)`: for a list of ids, a LongTensor of shape (pairs, 2) with a row `[centre, context]`
# for each centre and each other position at most `window` places away, on both sides. The order of the rows is yours.
#
# For `[10, 11, 12]` and `window=1`: `[[10, 11], [11, 10], [11, 12], [12, 11]]`.


# %% key="skipgram_pairs" exercise="01.skipgram_pairs"
def skipgram_pairs(ids, window):
    # Your code here: pair every position with its neighbours up to `window` away.
    raise NotImplementedError


# %% key="check_skipgram_pairs" tags=["exercise-check"]
check("01.skipgram_pairs", skipgram_pairs)

# %% key="use_skipgram_pairs"
encoded = [[stoi.get(token, stoi["<unk>"]) for token in sentence] for sentence in sentences]
first = next(ids for ids in encoded if 4 <= len(ids) <= 7)
for centre, context in skipgram_pairs(first, window=1).tolist():
    print(f"{tokens[centre]:>12} -> {tokens[context]}")

# %% [markdown]
# For a whole corpus a Python loop over words is slow. The library's `corpus_pairs` loops over distances instead, and
# gives the same pairs, which we look at rather than believe.

# %% key="corpus_pairs"
few = [ids for ids in encoded[:300] if len(ids) > 1]
flat_ids = torch.tensor([i for ids in few for i in ids])
flat_sentence = torch.arange(len(few)).repeat_interleave(torch.tensor([len(ids) for ids in few]))
vectorized = skipgram.corpus_pairs(flat_ids, flat_sentence, window=4, dynamic=False)
looped = torch.cat([skipgram_pairs(ids, window=4) for ids in few])
assert sorted(vectorized.tolist()) == sorted(looped.tolist())
print(f"{len(looped):,} pairs from {len(few)} sentences, the same both ways")

# %% [markdown]
# **The objective.** Skip-gram wants the probability of a context word $o$, given the centre $c$. With $\mathbf{v}$ for a
# word's vector as a centre and $\mathbf{u}$ for its vector as a context,
#
# $$p(o \mid c) = \frac{e^{\mathbf{u}_o^\top \mathbf{v}_c}}{\sum_{w=1}^{V} e^{\mathbf{u}_w^\top \mathbf{v}_c}}$$
#
# a softmax (소프트맥스) with V exponentials for one pair. **Negative sampling** (네거티브 샘플링; Mikolov and others 2013b) asks an easier question instead: is this pair real,
# or was the context drawn at random? For a centre $\mathbf{v}_c$, its true context $\mathbf{u}_o$ and M words
# $\mathbf{u}_1 \dots \mathbf{u}_M$ drawn from a noise distribution, the loss is (their equation 4, with the sign turned)
#
# $$\mathcal{L} = -\log \sigma(\mathbf{u}_o^\top \mathbf{v}_c) \;-\; \sum_{m=1}^{M} \log \sigma(-\mathbf{u}_m^\top \mathbf{v}_c)
# \qquad\text{with } \sigma(s) = \frac{1}{1 + e^{-s}}$$
#
# ### Exercise 5 · The noise distribution · difficulty 1 of 5 · 5 minutes
#
# The negatives are drawn in proportion to the counts raised to the power 3/4, the unigram distribution made flatter.
# Write `noise_distribution(counts, power=0.75)`: for counts of shape (V,) probabilities of shape (V,) that sum to 1.


# %% key="noise_distribution" exercise="01.noise_distribution"
def noise_distribution(counts, power=0.75):
    # Your code here: raise to the power, then make them sum to 1.
    raise NotImplementedError


# %% key="check_noise_distribution" tags=["exercise-check"]
check("01.noise_distribution", noise_distribution)

# %% key="use_noise_distribution"
word_counts = torch.tensor([float(counts[token]) for token in tokens])  # the specials never occur: 0
noise = noise_distribution(word_counts)
plain = word_counts / word_counts.sum()
print("word        share of the text   share of the negatives")
for token in (tokens[4], tokens[9], tokens[V // 4], tokens[V // 2]):
    print(f"{token:<12}{plain[stoi[token]]:>16.3%}{noise[stoi[token]]:>23.3%}")
assert noise[4] < plain[4]
assert noise[V // 2] > plain[V // 2]

# %% [markdown]
# ### Exercise 6 · The loss · difficulty 3 of 5 · 12 minutes
#
# Write `negative_sampling_loss(centre, context, negatives)`: one number, the mean of $\mathcal{L}$ over the pairs of the batch.
#
# - `centre` (B, E): the vectors $\mathbf{v}_c$; `context` (B, E): the vectors $\mathbf{u}_o$.
# - `negatives` (B, M, E): the vectors $\mathbf{u}_m$. Their terms are summed over M, as in the formula.
# - It must stay finite when the scores are large: look for `F.logsigmoid`.


# %% key="negative_sampling_loss" exercise="01.negative_sampling_loss"
def negative_sampling_loss(centre, context, negatives):
    # Your code here: the scores, (B,) and (B, M); then the two terms.
    raise NotImplementedError


# %% key="check_negative_sampling_loss" tags=["exercise-check"]
check("01.negative_sampling_loss", negative_sampling_loss)

# %% [markdown]
# **The same in torch.** It is binary cross-entropy (이진 교차 엔트로피): the label of the true pair is 1, that of each
# negative 0.

# %% key="torch_loss" tags=["nbval-check-output"]
c, o, n = torch.randn(8, 16), torch.randn(8, 16), torch.randn(8, 5, 16)
positive = (c * o).sum(-1, keepdim=True)  # (B, 1)
negative = (n @ c[:, :, None]).squeeze(-1)  # (B, M)
scores = torch.cat([positive, negative], dim=1)  # (B, 1 + M)
labels = torch.zeros_like(scores)
labels[:, 0] = 1
by_torch = F.binary_cross_entropy_with_logits(scores, labels, reduction="none").sum(1).mean()
print("equal:", torch.allclose(by_torch, negative_sampling_loss(c, o, n)))

# %% [markdown]
# ## 4 · Training
#
# Your loss, your noise distribution, two tables of vectors. Two details of the original papers are kept: frequent words
# are thinned out at random (subsampling, 서브샘플링; an occurrence of a word with relative frequency $f$ is kept with
# probability $\sqrt{t/f}$, at most 1), and each centre draws its own window from 1 to `window`, so that near words count
# for more. `snapshots` keeps the vectors at several moments, to look at later.


# %% key="train"
def train(E=64, window=5, M=5, epochs=8, batch_size=8192, lr=0.02, threshold=1e-3, seed=0):
    generator = torch.Generator().manual_seed(seed)
    centre_table, context_table = torch.nn.Embedding(V, E), torch.nn.Embedding(V, E)
    torch.nn.init.uniform_(centre_table.weight, -0.5 / E, 0.5 / E, generator=generator)
    torch.nn.init.zeros_(context_table.weight)
    optimizer = torch.optim.Adam([centre_table.weight, context_table.weight], lr=lr)
    keep = skipgram.keep_probability(word_counts, threshold)

    ids = torch.tensor([i for sentence in encoded for i in sentence])
    sentence = torch.arange(len(encoded)).repeat_interleave(torch.tensor([len(row) for row in encoded]))
    known = ids != stoi["<unk>"]
    ids, sentence = ids[known], sentence[known]

    losses, snapshots, pairs_seen = [], [(0, centre_table.weight.detach().clone())], 0
    for epoch in range(epochs):
        kept = torch.rand(len(ids), generator=generator) < keep[ids]
        pairs = skipgram.corpus_pairs(ids[kept], sentence[kept], window, generator=generator)
        batches = pairs[torch.randperm(len(pairs), generator=generator)].split(batch_size)
        for step, batch in enumerate(batches):
            for group in optimizer.param_groups:  # the learning rate falls linearly to 0
                group["lr"] = lr * (1 - (epoch + step / len(batches)) / epochs)
            negatives = torch.multinomial(noise, len(batch) * M, replacement=True, generator=generator)
            loss = negative_sampling_loss(
                centre_table(batch[:, 0]),  # (B, E)
                context_table(batch[:, 1]),  # (B, E)
                context_table(negatives.view(-1, M)),  # (B, M, E)
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            pairs_seen += len(batch)
            if epoch == 0 and step in (len(batches) // 8, len(batches) // 3):
                snapshots.append((pairs_seen, centre_table.weight.detach().clone()))
        snapshots.append((pairs_seen, centre_table.weight.detach().clone()))
    return snapshots, losses


start = time.perf_counter()
snapshots, losses = train()
took = time.perf_counter() - start
print(f"{snapshots[-1][0]:,} pairs in {took:.1f} s: {snapshots[-1][0] / took:,.0f} pairs a second")

# %% key="loss_curve"
smooth = [np.mean(losses[max(0, step - 19) : step + 1]) for step in range(len(losses))]
plotting.curve(
    np.arange(len(smooth)) * 8192 / 1e6,
    smooth,
    title=f"The first loss is {losses[0]:.2f}; the mean of the last 20 is {smooth[-1]:.2f}",
    xlabel="million pairs seen",
    ylabel="loss (mean of the last 20 steps)",
)
assert abs(losses[0] - 6 * np.log(2)) < 0.01
assert smooth[-1] < 0.75 * losses[0]

# %% [markdown]
# At the first step every score is 0, so each of the 1 + M = 6 terms is $-\log \frac{1}{2}$, together 6 log 2 = 4.16. A first loss that can be
# worked out by hand is the cheapest test that there is.
#
# ## 5 · What do the vectors know?
#
# ### Exercise 7 · Nearest neighbours · difficulty 2 of 5 · 8 minutes
#
# Write `nearest(weight, word, k)`: the ids of the k words nearest to the word with id `word`, a LongTensor of shape (k,),
# the nearest first. Near means: the largest **cosine** (코사인 유사도),
#
# $$\cos(\mathbf{x}, \mathbf{y}) = \frac{\mathbf{x}^\top \mathbf{y}}{\lVert\mathbf{x}\rVert\,\lVert\mathbf{y}\rVert}$$
#
# The word itself is not its own neighbour. A row may be all zeros (`<pad>` often is): its cosine counts as 0, not NaN.


# %% key="nearest" exercise="01.nearest"
def nearest(weight, word, k):
    # Your code here: scale the rows to length 1, take the products with the word's row, leave out the word itself.
    raise NotImplementedError


# %% key="check_nearest" tags=["exercise-check"]
check("01.nearest", nearest)

# %% key="use_nearest"
before, after = snapshots[0][1], snapshots[-1][1]
probes = ["coffee", "brother", "went", "seoul"] if LANGUAGE == "en" else ["커피", "형", "의사", "서울"]
for word in (word for word in probes if word in stoi):
    for name, weight in (("before", before), ("after", after)):
        found = ", ".join(tokens[i] for i in nearest(weight, stoi[word], k=5).tolist())
        print(f"{word:>8} {name:>7}: {found}")

# %% [markdown]
# ### Exercise 8 · Analogies (유추) · difficulty 2 of 5 · 8 minutes
#
# *man is to woman as brother is to …?* Write `analogy(weight, a, b, c)`: the id d (an int) that completes "a is to b as c
# is to d": scale all rows to length 1, and take the row with the largest cosine to $\mathbf{b} - \mathbf{a} + \mathbf{c}$,
# the ids a, b and c left out (Mikolov, Yih and Zweig 2013; Levy and Goldberg 2014 call it 3CosAdd). Again a row may be all
# zeros.


# %% key="analogy" exercise="01.analogy"
def analogy(weight, a, b, c):
    # Your code here: the row nearest to b - a + c, with a, b and c left out.
    raise NotImplementedError


# %% key="check_analogy" tags=["exercise-check"]
check("01.analogy", analogy)

# %% [markdown]
# `data/analogies.tsv` asks questions whose words all occur in the corpus. Guessing would answer about one in V of them.
# Training is random, so one run proves little: it is repeated with other seeds.

# %% key="analogy_accuracy"
questions = bundled.read_analogies(LANGUAGE)


def accuracy_by_category(weight):
    right = {}
    for question in questions:
        a, b, c, d = (stoi.get(word) for word in question[:4])
        answered = None not in (a, b, c, d) and analogy(weight, a, b, c) == d
        right.setdefault(question.category, []).append(answered)
    return {category: float(np.mean(answers)) for category, answers in right.items()}


def accuracy(weight):
    by_category = accuracy_by_category(weight)
    sizes = {category: sum(q.category == category for q in questions) for category in by_category}
    return sum(by_category[c] * sizes[c] for c in by_category) / len(questions)


runs = [after] + [train(seed=seed)[0][-1][1] for seed in (1, 2)]
accuracies = [accuracy(weight) for weight in runs]
print(
    f"{len(questions)} questions; before training {accuracy(before):.2f}, after",
    *(f"{a:.2f}" for a in accuracies),
)

# %% key="analogy_bars"
categories = list(accuracy_by_category(after))
plotting.bars(
    categories,
    {
        "before training": [accuracy_by_category(before)[c] for c in categories],
        "after": [[accuracy_by_category(weight)[c] for c in categories] for weight in runs],
    },
    title=f"Training answers {np.mean(accuracies):.0%} of the analogies; untrained vectors answer {accuracy(before):.0%}",
    ylabel="share answered right",
    limits=(0, 1),
)
assert accuracy(before) < 0.1
assert min(accuracies) >= 0.4, accuracies

# %% [markdown]
# `data/word-pairs.tsv` holds pairs of words with a similarity from 0 to 10, set by hand.
# Spearman's rank correlation (스피어만 순위 상관) compares the order: 1 is the same order, 0 none.

# %% key="word_pairs"
pairs_known = [pair for pair in bundled.read_word_pairs(LANGUAGE) if pair.a in stoi and pair.b in stoi]
given = [pair.score for pair in pairs_known]


def correlation(weight):
    unit = F.normalize(weight, dim=1)
    cosines = [float(unit[stoi[pair.a]] @ unit[stoi[pair.b]]) for pair in pairs_known]
    return spearman(cosines, given)


correlations = [correlation(weight) for weight in runs]
print(
    f"{len(pairs_known)} pairs: before {correlation(before):.2f}, after",
    *(f"{value:.2f}" for value in correlations),
)
assert min(correlations) > 0.3 > abs(correlation(before)), correlations

# %% [markdown]
# ## 6 · Watch it happen
#
# The E numbers of each word are projected to two by principal component analysis (PCA, 주성분 분석). Move the slider and
# watch words of one kind find each other; choose a word and watch its neighbours change. **Predict first**: which of
# the five kinds comes together first?

# %% key="groups"
GROUPS = {
    "en": {
        "people": ["brother", "sister", "father", "mother"],
        "food and drink": ["coffee", "tea", "bread", "rice"],
        "places": ["school", "library", "hospital", "market"],
        "past verbs": ["went", "bought", "ate", "drank"],
        "times": ["morning", "evening", "yesterday", "tomorrow"],
    },
    "ko": {
        "사람": ["형", "누나", "아버지", "어머니"],
        "음식과 음료": ["커피", "녹차", "빵", "밥"],
        "장소": ["학교", "도서관", "병원", "시장"],
        "동사": ["가", "사", "먹", "마시"],
        "시간": ["아침", "저녁", "어제", "내일"],
    },
}[LANGUAGE]
shown = [word for words in GROUPS.values() for word in words if word in stoi]
kinds = [kind for kind, words in GROUPS.items() for word in words if word in stoi]


def contrast(weight):
    """The mean cosine of two words of one kind, and of two words of different kinds."""
    unit = F.normalize(weight[[stoi[word] for word in shown]], dim=1)
    cosine = unit @ unit.T
    same = torch.tensor([[a == b for b in kinds] for a in kinds])
    itself = torch.eye(len(shown), dtype=torch.bool)
    means = [cosine[pairs].mean().item() for pairs in (same & ~itself, ~same)]
    return [round(mean, 2) + 0.0 for mean in means]  # + 0.0: no -0.0


same_kind, other_kind = contrast(after)
print(f"before: {contrast(before)[0]:.2f} within a kind, {contrast(before)[1]:.2f} between kinds")
print(f"after:  {same_kind:.2f} within a kind, {other_kind:.2f} between kinds")

# %% key="training_picture"
analogies = [tuple(question[:4]) for question in questions]
training_explorer = explorers.SkipgramTraining(snapshots, tokens, shown, kinds, analogies)
axes = training_explorer.picture(
    title=f"Words of one kind find each other: mean cosine {same_kind:.2f} within a kind, {other_kind:.2f} between kinds; "
    f"before training {contrast(before)[0]:.2f} and {contrast(before)[1]:.2f}",
)
assert abs(contrast(before)[0] - contrast(before)[1]) < 0.05
assert same_kind > other_kind + 0.1

# %% key="training_explorer"
training_explorer.widget()


# %% key="kinds_early"
def apart(weight, kind):
    """The mean cosine of words of this kind with each other, minus that with the words of the other kinds."""
    unit = F.normalize(weight[[stoi[word] for word in shown]], dim=1)
    mine = torch.tensor([its == kind for its in kinds])
    inside = unit[mine] @ unit[mine].T
    others = inside.numel() - len(inside)  # without each word with itself
    inside = (inside.sum() - inside.trace()) / others
    return (inside - (unit[mine] @ unit[~mine].T).mean()).item()


print("how far each kind stands apart, as a difference of mean cosines")
for pairs_seen, weight in (snapshots[1], snapshots[3], snapshots[-1]):
    print(
        f"after {pairs_seen:>9,} pairs:",
        ", ".join(f"{kind} {apart(weight, kind):.2f}" for kind in GROUPS),
    )
assert all(apart(after, kind) > 0.05 for kind in GROUPS)

# %% [markdown]
# ## 7 · Vectors in a file
#
# Trained vectors are shared as text: one line per word, the word and then its numbers, all separated by spaces. This is
# the format of GloVe (Pennington, Socher and Manning 2014).
#
# ### Exercise 9 · Read a vectors file · difficulty 1 of 5 · 6 minutes
#
# Write `parse_vectors(lines)`: for a list of lines such as `"cat 0.1 -0.2 3\n"`, return two things: the list of the words,
# and a float32 tensor with one row per line, in the order of the lines.


# %% key="parse_vectors" exercise="01.parse_vectors"
def parse_vectors(lines):
    # Your code here: split each line into the word and its numbers.
    raise NotImplementedError


# %% key="check_parse_vectors" tags=["exercise-check"]
check("01.parse_vectors", parse_vectors)

# %% key="use_parse_vectors"
vectors_file = bundled.data_folder() / "vectors" / f"ko-en.{LANGUAGE}.vec"
words, pretrained = parse_vectors(vectors_file.read_text(encoding="utf-8").splitlines(keepends=True))
by_library = vectors.read_vectors(vectors_file)
assert words == by_library.tokens
assert torch.equal(pretrained, by_library.weight)
print(f"{len(words)} words with {pretrained.shape[1]} numbers each, the same as the library reads")

if torchtext is None:
    print("torchtext is not installed here: its reader is left out.")
else:
    import contextlib
    import io
    import tempfile

    from torchtext.vocab import Vectors

    with (
        tempfile.TemporaryDirectory() as cache,
        contextlib.redirect_stderr(io.StringIO()),
    ):  # it keeps a copy, and a bar
        theirs = Vectors(str(vectors_file), cache=cache)
    assert theirs.itos == words
    assert torch.equal(theirs.vectors, pretrained)
    print("torchtext reads the same.")

# %% [markdown]
# ## 8 · When do pretrained vectors pay?
#
# A task: tell the topic of a sentence. The model is the simplest there is: the mean of the word vectors, then a linear
# layer (선형 층) with a softmax. The mean must not count the padding.
#
# ### Exercise 10 · The mean of the words that are there · difficulty 3 of 5 · 8 minutes
#
# Write `masked_mean(vectors, ids)`: for vectors (B, T, E) and ids (B, T), where id 0 is padding, the mean over all
# places of a sentence whose id is not 0, (B, E); `<sos>`, `<eos>` and `<unk>` count like words. A row of padding alone gives zeros, not NaN.


# %% key="masked_mean" exercise="01.masked_mean"
from course_lib.text import PAD  # 0, the id of <pad>


def masked_mean(vectors, ids):
    # Your code here: sum over the real words, divide by how many there are.
    raise NotImplementedError


# %% key="check_masked_mean" tags=["exercise-check"]
check("01.masked_mean", masked_mean)

# %% [markdown]
# Three ways to begin, everything else equal: vectors **from scratch** (random, trained with the task), **pretrained**
# (from the file, trained on), and **frozen** (from the file, never changed). Only the labels are scarce: the vectors were
# trained on the text of the training sentences, but nobody told them a topic. Five seeds each, and each seed draws
# other labelled sentences.

# %% key="classifier"
topics = sorted({pair.topic for pair in corpus["train"]})
C = len(topics)
start_weight, found = vectors.align_vectors(
    text.Vocab(tokens),
    vectors.Vectors(words, pretrained),
    generator=torch.Generator().manual_seed(0),
)
print(
    f"{C} topics: {', '.join(topics)}; {found.float().mean():.0%} of the vocabulary has a pretrained vector"
)

spread = pretrained.std()  # vectors from scratch begin as long as the pretrained ones are
test_ids = encode_batch([side(pair) for pair in corpus["test"]], stoi)
test_labels = torch.tensor([topics.index(pair.topic) for pair in corpus["test"]])


def classify(way, labelled, seed, steps=60):
    """Train a topic classifier on a few labelled sentences; its accuracy on the test sentences."""
    generator = torch.Generator().manual_seed(seed)
    chosen = [
        corpus["train"][i]
        for i in torch.randperm(len(sentences), generator=generator)[:labelled].tolist()
    ]
    ids = encode_batch([side(pair) for pair in chosen], stoi)
    labels = torch.tensor([topics.index(pair.topic) for pair in chosen])

    weight = (
        start_weight.clone()
        if way != "scratch"
        else torch.randn(start_weight.shape, generator=generator) * spread
    )
    weight.requires_grad_(way != "frozen")
    linear = torch.nn.Linear(weight.shape[1], C)
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    trained = [*linear.parameters(), *([weight] if way != "frozen" else [])]
    optimizer = torch.optim.Adam(trained, lr=0.02)
    for _ in range(steps):
        loss = F.cross_entropy(linear(masked_mean(weight[ids], ids)), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        guess = linear(masked_mean(weight[test_ids], test_ids)).argmax(1)
    return (guess == test_labels).float().mean().item()


WAYS = ("scratch", "pretrained", "frozen")
SIZES = (40, 160, 640)
results = {way: [[classify(way, n, seed) for n in SIZES] for seed in range(5)] for way in WAYS}
for way in WAYS:
    print(f"{way:>10}:", *(f"{np.mean(column):.2f}" for column in zip(*results[way], strict=True)))

# %% key="classifier_figure"
means = {way: np.mean(results[way], axis=0) for way in WAYS}
plotting.curve(
    SIZES,
    results,
    title=f"With {SIZES[0]} labelled sentences frozen pretrained vectors give {means['frozen'][0]:.0%}, vectors from scratch "
    f"{means['scratch'][0]:.0%}; with {SIZES[-1]} the ones that were trained on lead with {means['pretrained'][-1]:.0%}",
    xlabel="labelled sentences",
    ylabel="accuracy on test sentences",
    log="x",
)
assert means["frozen"][0] > means["scratch"][0] + 0.1
assert means["pretrained"][0] > means["scratch"][0] + 0.03
assert means["pretrained"][-1] > means["frozen"][-1]

# %% [markdown]
# ## 9 · What went wrong?
#
# A real bug, in a tutorial that many people learned from: PyTorch's "NLP From Scratch: Translation with a Sequence to
# Sequence Network and Attention", as it stands since June 2023 (reported in its repository as issue 2840). There `<sos>`
# has id 0 and `<eos>` id 1, and a batch is made by filling a table of **zeros** with the ids of each sentence; no id means
# padding. Training runs, the loss falls, no error is ever raised. Here is the same idea in a few lines of our own, with
# the mean of our classifier. Look at the output, and say what is wrong before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
buggy_tokens = ["<sos>", "<eos>", "i", "like", "tea", "my", "brother", "does", "n't"]
buggy = {token: i for i, token in enumerate(buggy_tokens)}
table = torch.linspace(-1, 1, 9)[:, None].expand(9, 2)  # one vector for each id


def buggy_batch(some):
    ids = torch.zeros(len(some), max(map(len, some)) + 2, dtype=torch.long)
    for row, sentence in enumerate(some):
        marked = ["<sos>", *sentence, "<eos>"]
        ids[row, : len(marked)] = torch.tensor([buggy[token] for token in marked])
    return ids


def buggy_mean(ids):
    return table[ids].mean(1)


short = ["i", "like", "tea"]
longer = ["my", "brother", "does", "n't", "like", "tea"]
print("alone:          ", [round(value, 4) for value in buggy_mean(buggy_batch([short]))[0].tolist()])
beside = buggy_mean(buggy_batch([short, longer]))[0]
print("beside a longer:", [round(value, 4) for value in beside.tolist()])

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The same sentence gets two different vectors, depending on which sentence happens to stand beside it. The unused places
# of the table hold 0, and 0 is `<sos>`: the padding is read as three more words. It can't be masked away either, because
# `ids != 0` would remove every real `<sos>` as well.
#
# The cure is an id that means padding and nothing else (`<pad>` = 0 in this course), and a mask wherever something is
# summed, averaged or, later, attended to. The test: **a sentence must get the same result alone and in a batch.**
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
cured = {token: i for i, token in enumerate(["<pad>", "<unk>", *buggy])}
cured_table = torch.cat([torch.zeros(2, 2), table])
for batch in ([short], [short, longer]):
    ids = encode_batch(batch, cured)
    print([round(value, 4) for value in masked_mean(cured_table[ids], ids)[0].tolist()])

# %% [markdown]
# ## 10 · Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A vocabulary holds 10,000 words, an embedding has 64 numbers. How many parameters does the embedding layer have?**
#
# <details><summary>10,064</summary>No: that is V + E. Every word has a row of its own, so the sizes multiply.</details>
# <details><summary>640,000</summary>Yes: V × E, one row of 64 numbers for each of the 10,000 words. In small models this is
# most of all parameters.</details>
# <details><summary>640,064</summary>No: a linear layer would have E more for its bias; the embedding layer has no bias. It
# would add the same numbers to every word.</details>

# %% [markdown]
# **2. In one training step the batch holds the words *tea*, *tea* and *cup*. Which rows of the embedding change (plain
# SGD)?**
#
# <details><summary>All rows</summary>No: the gradient of a row that was not looked up is zero, and plain SGD leaves it where
# it is.</details>
# <details><summary>The rows of <i>tea</i> and <i>cup</i>, that of <i>tea</i> by the sum of two gradients</summary>Yes: the
# look-up is a product with one-hot rows, and its gradient adds up over all places where the word stood.</details>
# <details><summary>The rows of <i>tea</i> and <i>cup</i>, that of <i>tea</i> by the mean of two gradients</summary>No: the
# gradients of one word are added. A mean, where you want one, comes from the loss.</details>

# %% [markdown]
# **3. Why is the count raised to 3/4 before the negatives are drawn?**
#
# <details><summary>To draw frequent words more often than their share</summary>No: the other way round. 3/4 makes the
# distribution flatter; exponent 1 would be the share itself.</details>
# <details><summary>To draw rare words more often than their share, and frequent ones less</summary>Yes: you measured it
# above. The value 3/4 itself was found by trying.</details>
# <details><summary>To make the probabilities sum to 1</summary>No: dividing by the sum does that, with any
# exponent.</details>

# %% [markdown]
# **4. *hot* and *cold* turn out to be near neighbours. Is this a failure of training?**
#
# <details><summary>Yes, opposites should be far apart</summary>No: skip-gram knows only which words fill the same gaps, and
# <i>the soup is ___</i> takes both. Nearness here means "used alike", not "means the same".</details>
# <details><summary>No: they occur in the same contexts, and that is all that skip-gram sees</summary>Yes: words that can
# replace each other come near, opposites included.</details>
# <details><summary>Yes, the window was too small</summary>No: a larger window makes the neighbours more topical, but
# opposites share their topics too.</details>

# %% [markdown]
# **5. Half of your sentences are padded, and you take `vectors.mean(1)`. The vector of `<pad>` is zero. What happens?**
#
# <details><summary>Nothing: zeros do not count</summary>No: they do not count in the sum, but they do in the number that it
# is divided by.</details>
# <details><summary>The mean of a short sentence shrinks, the more the longer its neighbours in the batch are</summary>Yes:
# the sum is right, the division is by T. The result depends on the batch, quietly.</details>
# <details><summary>The mean becomes NaN</summary>No: that happens only where a count of 0 divides, in a row of padding
# alone, and only if you divide by the number of real words.</details>
#
# ## Summary
#
# - An embedding is a row of a matrix. Looking it up is a product with a one-hot vector, done without the zeros.
# - Skip-gram with negative sampling learns the rows from raw text: words that fill the same gaps come near each other.
# - Cosine finds neighbours; b - a + c answers analogies, with a, b and c left out.
# - Pretrained vectors pay most where labels are scarce.
# - Padding needs an id of its own, and a mask. The same sentence must give the same result in every batch.
#
# **What this lesson can't do.** The mean forgets the order: *the dog saw the cat* and *the cat saw the dog* are one
# vector. And *bank* has one vector, whether it is the river's or the money's. The next lesson, **02 RNN**, reads word after
# word and keeps a memory of what it has read.
#
# **Further reading.** Mikolov, Chen, Corrado, Dean (2013a), *Efficient Estimation of Word Representations in Vector Space*,
# arXiv:1301.3781. Mikolov, Sutskever, Chen, Corrado, Dean (2013b), *Distributed Representations of Words and Phrases and
# their Compositionality*, NeurIPS. Mikolov, Yih, Zweig (2013), *Linguistic Regularities in Continuous Space Word
# Representations*, NAACL. Pennington, Socher, Manning (2014), *GloVe: Global Vectors for Word Representation*, EMNLP. Levy,
# Goldberg (2014), *Linguistic Regularities in Sparse and Explicit Word Representations*, CoNLL.
