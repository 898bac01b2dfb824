# %% [markdown]
# # 01a · Word embeddings (단어 임베딩)
#
# **The question.** A neural network computes with numbers; a sentence is made of words. How does a word become numbers?
# And can those numbers be learned from text alone, when nobody tells what a word means?
#
# **What you will build**: a vocabulary, padded batches, the embedding look-up, skip-gram with negative sampling.
# **What you will measure**: how many words are rare, and how the loss falls. Part b asks what the vectors know.
#
# | symbol | meaning |
# |---|---|
# | B | batch (배치): how many sentences, or pairs, at once |
# | T | length of the longest sentence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding: how many numbers a word gets |
# | M | negative samples for each pair |
#
# **How an exercise works.** Fill in the cell and run it, then run the check below it. The check says what is right and
# what is not yet. While your answer isn't right, the reference takes its place, so a blank exercise never blocks the
# lesson. `hint("01.lookup")` gives a hint, the next call another one; `solution("01.lookup")` asks first.
#
# About 90 minutes, of which the exercises take 47. Everything runs on a CPU, without a network.

# %% key="imports"
import numpy as np
import torch
import torch.nn.functional as F

from course_lib import datasets, plotting, skipgram, text
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call

torch.set_num_threads(1)  # a second thread gains nothing here, and loses much on a busy machine

# %% [markdown]
# ## 1 · The text
#
# A sentence is first cut into **tokens** (토큰): words, and signs such as the full stop. The program that cuts is a
# **tokenizer** (토크나이저). Look at one sentence, cut at the spaces and cut by a tokenizer:

# %% key="tokenizer" tags=["nbval-check-output"]
raw = "Minji's sister doesn't drink coffee, but I'm making tea."
print("at spaces:", raw.split())
print("tokenizer:", text.tokenize_english(raw))

# %% [markdown]
# At the spaces, *coffee,* and *coffee* would be two different words. The tokenizer cuts off punctuation and the short forms
# *'s*, *n't*, *'m*, and writes everything in small letters. In Korean it is the particles and endings that are cut off; the
# pieces are called **morphemes** (형태소).
#
# The course brings its own **corpus** (말뭉치, a collection of texts): 20,000 pairs of everyday sentences in Korean and
# English, already cut. This lesson reads one side only. It is written for English; set `LANGUAGE = "ko"` and everything
# below runs on Korean instead.

# %% key="corpus"
LANGUAGE = "en"

corpus = datasets.load("ko-en")
for pair in corpus["train"][:3]:
    print(pair.source_text, "|", pair.target_text)
    print("   ", " ".join(pair.source), "|", " ".join(pair.target))


def side(pair):
    """The tokens of the side that this lesson reads."""
    return pair.target if LANGUAGE == "en" else pair.source


sentences = [side(pair) for pair in corpus["train"]]
tokens_in_all = sum(map(len, sentences))
print(f"\n{len(sentences):,} sentences, {tokens_in_all:,} tokens")

# %% [markdown]
# ### Exercise 1 · The vocabulary (단어 집합, 어휘 집합) · difficulty 2 of 5 · 8 minutes
#
# Each token gets a whole number, its **id**. This is **integer encoding** (정수 인코딩), and the vocabulary is the list of
# all tokens. Write `build_vocab(sentences, min_freq=1)`: the list of all tokens in the order of their ids.
#
# - The first four are `"<pad>"`, `"<unk>"`, `"<sos>"`, `"<eos>"`, in this order: **padding** (패딩), which fills up short
#   rows; the **unknown word** (미등록 단어, OOV); start and end of a sentence.
# - Then every token that occurs at least `min_freq` times, the most frequent first; tokens with the same count in
#   alphabetical order, the order of Python's `sorted`, with capitals before small letters.
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
# **Words that are seen once.** From one sentence little can be learned about a word. So `min_freq=2` leaves such words out,
# and they become `<unk>`. That has a use: a model learns a vector for `<unk>`, and uses it for all words of new sentences
# that the vocabulary lacks. (Real systems cut rare words into pieces that are not rare, **subwords**, 서브워드: lesson 07.)
#
# A few tokens, punctuation among them, make up a large part of any text, and many words are rare. In natural text the
# frequency falls roughly as one over the rank: **Zipf's law** (지프의 법칙). If both axes are logarithmic, that is a line
# with the slope −1. The figure shows our text. Because of its few very frequent words, the training will need two
# corrections (one stands in section 3, one in section 4).

# %% key="zipf" folded=true
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
# Write `encode_batch(sentences, stoi)`: a LongTensor (a tensor of whole numbers) of shape (B, T).
#
# - Each row is the id of `<sos>`, the ids of the words, the id of `<eos>`.
# - A word that `stoi` does not hold becomes `<unk>`. The ids of the specials stand in `stoi`, too: take them from there,
#   the check uses other ids, too.
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
# **How much of a batch is padding?** A model computes every place of the table, padding too. So sentences of similar
# length should stand in one batch: this is **bucketing** (버킷팅). The cell cuts our sentences into batches of 64 twice, as they
# come and in the order of their lengths.

# %% key="bucketing"
lengths = [len(sentence) + 2 for sentence in sentences]  # with <sos> and <eos>


def padding_share(order, B=64):
    """The share of padding when batches are cut from the sentences in this order."""
    batches = [order[start : start + B] for start in range(0, len(order), B)]
    places = sum(len(batch) * max(lengths[i] for i in batch) for batch in batches)
    return 1 - sum(lengths) / places


as_they_come = list(range(len(lengths)))
by_length = sorted(as_they_come, key=lambda i: lengths[i])
print(f"padding as they come: {padding_share(as_they_come):.0%}")
print(f"padding by length:    {padding_share(by_length):.1%}")
assert padding_share(as_they_come) > 0.3
assert padding_share(by_length) < 0.01

# %% [markdown]
# (The library's `bucketed_batches` sorts only parts of the text, so that the batches differ each time.)
#
# **What older courses used.** They left these steps to the library torchtext. Its `Field` tokenized the sentences, by the
# rules that the library **spaCy** has for each language, and built the vocabulary; its `BucketIterator` made batches of
# similar length. Both are gone since torchtext 0.12, and torchtext itself is no longer developed. Its vocabulary equals yours:
# the folded cell compares them, where torchtext is installed.

# %% key="torchtext_vocab" folded=true
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
# $\mathbf{e}_i$: V numbers, 1 at place $i$ and 0 elsewhere. A table of weights **W**, with a row for each word, turns it
# into E numbers. As columns:
#
# $$\mathbf{x} = \mathbf{W}^\top \mathbf{e}_i \qquad (E \times V)\,(V \times 1) = (E \times 1)$$
#
# All terms of that product are zero, except those of row $i$. So **x** is row $i$ of **W**: the **embedding** (임베딩) of
# word $i$. A one-hot vector is long and almost all zeros; an embedding is a short, **dense vector** (밀집 벡터). The
# picture shows the same with a row, as a batch has them: (1 × V)(V × E) = (1 × E).
#
# ![](picture:look_up)
#
# So the "embedding layer" (임베딩 층) is a linear layer without bias whose input is one-hot. Its weight in the sense of
# lesson 00, (out, in) = (E, V), is $\mathbf{W}^\top$; the table is kept with one row for each word, because rows are looked
# up. The figure shows a batch of three.

# %% key="one_hot_picture" folded=true
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
# ### Exercise 3 · Look-up (룩업) · difficulty 1 of 5 · 6 minutes
#
# Write `lookup(ids, weight)`: for ids of shape (B, T) and a weight of shape (V, E), the vectors, (B, T, E). You can
# take the product with one-hot rows or use indexing: both are right. Try both. `F.one_hot(ids, len(weight))` makes the
# one-hot rows, (B, T, V), as whole numbers; `.to(weight.dtype)` behind it makes floats of them, so that `@ weight`
# works.


# %% key="lookup" exercise="01.lookup"
def lookup(ids, weight):
    # Your code here: for each id its row of the weight, (B, T, E).
    raise NotImplementedError


# %% key="check_lookup" tags=["exercise-check"]
check("01.lookup", lookup)

# %% [markdown]
# The product multiplies by zeros in all rows except one; the index does not. There is no other difference.
#
# **The same in `torch.nn`.** `nn.Embedding` is this look-up, with equal values and equal gradients. `backward()` is the
# back-propagation of lesson 00: from one number, here a sum of squares, to the `.grad` of each parameter. **Predict
# first**: which of the 10 rows get a gradient?

# %% key="torch_embedding" tags=["nbval-check-output"]
layer = torch.nn.Embedding(10, 4)
my_weight = layer.weight.detach().clone().requires_grad_()
ids = torch.tensor([[2, 7, 2], [5, 7, 7]])

layer(ids).square().sum().backward()
lookup(ids, my_weight).square().sum().backward()

print("values equal:   ", torch.allclose(layer(ids), lookup(ids, my_weight)))
print("gradients equal:", torch.allclose(layer.weight.grad, my_weight.grad))
print("rows that got a gradient:", my_weight.grad.abs().sum(1).nonzero().flatten().tolist())

# %% [markdown]
# **Answer.** Only the rows that were looked up. So embeddings are learned like all other weights, but a step of SGD
# changes only the words of its batch.
#
# ## 3 · Where do the numbers come from?
#
# From the words around a word. *I drank a cup of ___*: *tea* fits, *coffee* fits, *umbrella* doesn't. Words that fit into
# the same gaps have similar meanings. This is the distributional hypothesis (분포 가설; Harris 1954, Firth 1957).
#
# **Skip-gram** (스킵그램; Mikolov and others 2013a) makes a task of it: from a word, the **centre** (중심 단어), predict the
# words around it, its **context** (주변 단어). How far "around" reaches is the **window** (윈도). Nobody needs to label
# anything: the text itself says what is right.
#
# ### Exercise 4 · Pairs of centre and context · difficulty 2 of 5 · 8 minutes
#
# Write `skipgram_pairs(ids, window)`: for a list of ids, a LongTensor of shape (pairs, 2) with a row `[centre, context]`
# for each centre and each other position at most `window` places away, on both sides. The order of the rows is yours.
# `ids` holds at least two words, and `window` is at least 1.
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
# **Two vectors, one score.** Each word gets two vectors: **v** for when it is the centre, **u** for when it is the context.
# The **score** (점수) of a pair is their inner product $\mathbf{u} \cdot \mathbf{v}$: large when the two point the same way.
# (Why two? With one vector a word would get a high score with itself, $\mathbf{v} \cdot \mathbf{v}$, and hardly any word
# stands beside itself.)
#
# **One step.** In the picture *cup* is the centre, with the vector $\mathbf{v}_c$. The pair (*cup*, *tea*) is **real**: it
# stands in the text. *umbrella* and *tuesday* were **drawn** at random. $\sigma$(score), the sigmoid of lesson 00, is taken
# as the probability that a pair is real. Training wants 1 for the real pair and 0 for the drawn ones.
#
# ![](picture:skip_gram)
#
# One step adds $(1 - \sigma(\text{score})) \, \mathbf{v}_c$, times the learning rate, to the **u** of the real context:
# much, while the score is low. From each drawn **u** it subtracts $\sigma(\text{score}) \, \mathbf{v}_c$, times the
# learning rate. So a **u** moves in the direction of $\mathbf{v}_c$ or against it; it need not end near it. The
# centre's **v** moves by the same rule: it gets a piece of the real **u** added, and pieces of the drawn ones
# subtracted.
#
# **How does *tea* come near *coffee*?** The cell takes such steps with vectors of two numbers. To keep it small, only the
# **v** of three centres move; the **u** of *cup* and *rain* stay. No pair holds both *tea* and *coffee*. **Predict first**:
# where will the three words go?

# %% key="pull_and_push" tags=["nbval-check-output"]
u = {"cup": torch.tensor([1.0, 0.0]), "rain": torch.tensor([0.0, 1.0])}
v = {
    "tea": torch.tensor([0.5, 0.4]),
    "coffee": torch.tensor([-0.6, 0.1]),
    "umbrella": torch.tensor([0.3, -0.5]),
}
# (centre, real context, drawn word)
pairs = [("tea", "cup", "rain"), ("coffee", "cup", "rain"), ("umbrella", "rain", "cup")]

for step in range(41):
    if step in (0, 5, 40):
        print(f"step {step:>2}:", {word: [round(x, 1) for x in v[word].tolist()] for word in v})
    for word, real, drawn in pairs:
        toward = 1 - torch.sigmoid(u[real] @ v[word])
        away = torch.sigmoid(u[drawn] @ v[word])
        v[word] = v[word] + 0.5 * (toward * u[real] - away * u[drawn])

# %% [markdown]
# **Answer.** *tea* and *coffee* began far apart and never met. Both were moved in the direction of **u** of *cup* and away from
# **u** of *rain* (0.5 is the learning rate), so they end at almost the same place, and *umbrella* ends opposite. This is how training brings words near each
# other: **they need not stand together; they need the same contexts.**
#
# **The loss.** Those steps are gradient descent on a loss. The first idea would be a softmax over the vocabulary: the
# probability of the context $o$, given the centre $c$, is
#
# $$p(o \mid c) = \frac{e^{\mathbf{u}_o \cdot \mathbf{v}_c}}{\sum_{w=1}^{V} e^{\mathbf{u}_w \cdot \mathbf{v}_c}}$$
#
# It needs V exponentials for each pair. **Negative sampling** (네거티브 샘플링; Mikolov and others 2013b) asks the easier
# question of the picture: is this pair real, or drawn? For the centre $\mathbf{v}_c$, its real context $\mathbf{u}_o$ and M
# drawn words $\mathbf{u}_1 \dots \mathbf{u}_M$, the *negatives*, the loss is (their equation 4, with the sign turned)
#
# $$\mathcal{L} = -\log \sigma(\mathbf{u}_o \cdot \mathbf{v}_c) \;-\; \sum_{m=1}^{M} \log \sigma(-\mathbf{u}_m \cdot \mathbf{v}_c)$$
#
# The first term is small when the real pair has a high score, each other term when a drawn pair has a low one. (For a drawn
# pair $1 - \sigma(s)$ should be near 1, and $1 - \sigma(s) = \sigma(-s)$: this is why there is a minus.)
#
# ### Exercise 5 · The noise distribution · difficulty 1 of 5 · 5 minutes
#
# Which words are drawn? Each with a probability in proportion to its count, raised to the power 3/4. With the power 1, the
# share of the text (the *unigram distribution*, 유니그램 분포), a few frequent words would be drawn again and again. With the
# power 0 all words would be drawn equally often, however rare. 3/4 lies between, and was found by trying. This is the
# first correction for frequent words.
#
# Write `noise_distribution(counts, power=0.75)`: for counts of shape (V,), in float32, probabilities of that shape and
# dtype that sum to 1. Counts are not learned: no gradient is asked for here, and NumPy will do, too.


# %% key="noise_distribution" exercise="01.noise_distribution"
def noise_distribution(counts, power=0.75):
    # Your code here: raise to the power, then make them sum to 1.
    raise NotImplementedError


# %% key="check_noise_distribution" tags=["exercise-check"]
check("01.noise_distribution", noise_distribution)

# %% [markdown]
# The folded cell compares the two distributions, for two frequent words and two that are less frequent.

# %% key="use_noise_distribution" folded=true
word_counts = torch.tensor(
    [float(counts[token]) for token in tokens]
)  # the specials are not counted: 0
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
# Write `negative_sampling_loss(centre, context, negatives)`: one number, the mean of $\mathcal{L}$ over the pairs of the
# batch.
#
# - `centre` (B, E): the vectors $\mathbf{v}_c$; `context` (B, E): the vectors $\mathbf{u}_o$.
# - `negatives` (B, M, E): the vectors $\mathbf{u}_m$. Their terms are summed over M, as in the formula.
# - It must stay finite when the scores are large: look for `F.logsigmoid`.
#
# Shapes: (B, E) times (B, E), element by element, summed over E, gives the B scores of the real pairs. `centre[:, None]` has
# a new dimension of size 1, (B, 1, E); times (B, M, E) it gives (B, M, E), by broadcasting. A loop over the M negatives is
# fine; one over the B pairs is right too, but too slow for the training below.


# %% key="negative_sampling_loss" exercise="01.negative_sampling_loss"
def negative_sampling_loss(centre, context, negatives):
    # Your code here: the scores, (B,) and (B, M); then the two terms.
    raise NotImplementedError


# %% key="check_negative_sampling_loss" tags=["exercise-check"]
check("01.negative_sampling_loss", negative_sampling_loss)

# %% [markdown]
# **The same in torch.** It is **binary cross-entropy** (이진 교차 엔트로피): for a score $s$ with the label $y$, 1 for the
# real pair and 0 for a drawn one, it is $-y \log \sigma(s) - (1 - y) \log \sigma(-s)$.

# %% key="torch_loss" tags=["nbval-check-output"]
v, u, drawn = torch.randn(8, 16), torch.randn(8, 16), torch.randn(8, 5, 16)  # B = 8, E = 16, M = 5
real_score, drawn_scores = (u * v).sum(-1), (drawn * v[:, None]).sum(-1)  # (B,), (B, M)
scores = torch.cat([real_score[:, None], drawn_scores], dim=1)  # (B, 1 + M)
labels = torch.zeros_like(scores)
labels[:, 0] = 1
by_torch = F.binary_cross_entropy_with_logits(scores, labels, reduction="none").sum(1).mean()
print("equal:", torch.allclose(by_torch, negative_sampling_loss(v, u, drawn)))

# %% [markdown]
# ## 4 · Training
#
# One pass over the corpus is an **epoch** (에포크). In each epoch:
#
# 1. Frequent words are thinned out, the second correction (**subsampling**, 서브샘플링). If a word makes up the share $f$ of
#    the text, each of its occurrences is kept with the probability $\sqrt{t/f}$, at most 1. The threshold $t$ is 0.001 here.
# 2. All pairs are made. Each centre draws its own window from 1 to 5, so that near words count for more: a word at
#    distance 1 is always inside, one at distance 5 only once in five times.
# 3. The pairs come in random order, in batches of 8,192, and for each pair M = 5 negatives are drawn.
# 4. For each batch: **your** loss, back-propagation, one step of the optimizer. It is **Adam** (아담; Kingma, Ba 2015), which
#    gives each parameter a step size of its own. The learning rate falls to 0 by the end of training.
#
# The library's `train_skipgram` does this with your loss and your noise distribution. It also copies the vectors at
# several moments; part b looks at such copies. (About 20 seconds.) Only the vectors **v** are kept; **u** is no longer
# needed.

# %% key="train"
# The moments at which the vectors are copied: the start, two early ones, the end of each epoch.
MOMENTS = (0, 1 / 64, 1 / 24, *(epoch / 8 for epoch in range(1, 9)))


def train(seed):
    return skipgram.train_skipgram(
        encoded, text.Vocab(tokens), E=64, window=5, M=5, epochs=8, batch_size=8192, lr=0.02,
        threshold=1e-3, seed=seed, loss=negative_sampling_loss, noise=noise_distribution,
        snapshots=MOMENTS,
    )  # fmt: skip


run = train(seed=0)
words, index = run.vectors.tokens, run.vectors.index  # the four specials are left out
before, after = run.snapshots[0].weight, run.snapshots[-1].weight
print(f"{run.snapshots[-1].pairs:,} pairs; {len(words)} words with {after.shape[1]} numbers each")

# %% [markdown]
# The figure shows the loss. At the first step all **u** are zero, so every score is 0, and each of the 1 + M = 6 terms is
# $-\log \frac{1}{2}$: together 6 log 2 = 4.16.

# %% key="loss_curve" folded=true
smooth = [np.mean(run.losses[max(0, step - 19) : step + 1]) for step in range(len(run.losses))]
plotting.curve(
    np.arange(len(smooth)) * 8192 / 1e6,
    smooth,
    title=f"The first loss is {run.losses[0]:.2f}; the mean of the last 20 is {smooth[-1]:.2f}",
    xlabel="million pairs seen",
    ylabel="loss (mean of the last 20 steps)",
)
assert abs(run.losses[0] - 6 * np.log(2)) < 0.01
assert smooth[-1] < 0.75 * run.losses[0]

# %% [markdown]
# These vectors are what the lesson was for. What do they know? Part b asks them.

# %% [markdown]
# ## Quiz
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
# **4. A word makes up a tenth of the text, and the threshold t is 0.001. With which probability is an occurrence of it kept?**
#
# <details><summary>0.001</summary>No: that is the threshold itself.</details>
# <details><summary>0.1</summary>Yes: √(0.001 / 0.1) = √0.01 = 0.1, so nine of ten are left out.</details>
# <details><summary>0.01</summary>No: that is the quotient; its root is taken.</details>
#
# ## Summary
#
# - A tokenizer cuts text into tokens, the vocabulary gives them ids, a batch fills short rows up with padding.
# - An embedding is a row of a matrix. Looking it up is a product with a one-hot vector, without the zeros.
# - Skip-gram with negative sampling learns the rows from text alone: words with the same contexts are pulled to the same
#   place.
#
# **Next**: part b finds neighbours and answers analogies with these vectors, and asks when vectors that somebody else has
# trained help.
#
# **Further reading.** Mikolov, Chen, Corrado, Dean (2013a), *Efficient Estimation of Word Representations in Vector Space*,
# arXiv:1301.3781. Mikolov, Sutskever, Chen, Corrado, Dean (2013b), *Distributed Representations of Words and Phrases and
# their Compositionality*, NeurIPS. Kingma, Ba (2015), *Adam: A Method for Stochastic Optimization*, ICLR.
