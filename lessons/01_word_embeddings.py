# %% [markdown]
# # 01 · Word embeddings (단어 임베딩)
#
# **The question.** A neural network computes with numbers; a sentence is made of words. How does a word become numbers?
# And can those numbers come to show that *cat* is closer to *dog* than to *Tuesday*, when nobody has told them?
#
# **What you will build**: a vocabulary, padded batches, the embedding look-up, skip-gram with negative sampling, nearest
# neighbours, analogies, a reader for vectors files, and a small classifier.
# **What you will measure**: what the vectors know before and after training, and when pretrained vectors help.
#
# | symbol | meaning |
# |---|---|
# | B | batch (배치): how many sentences, or pairs, at once |
# | T | length of the longest sentence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding: how many numbers a word gets |
# | M | negative samples for each pair |
# | C | classes |
#
# **How an exercise works.** Fill in the cell and run it, then run the check below it. The check says what is right and
# what is not yet. While your answer isn't right, the reference takes its place, so a blank exercise never blocks the
# lesson. `hint("01.lookup")` gives a hint, the next call another one; `solution("01.lookup")` asks first.
#
# About 100 minutes, of which the exercises take 77. A good place for a break is the end of section 4. Everything runs on a
# CPU, without a network.

# %% key="imports"
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
# **Words that are seen once.** From one sentence little can be learned about a word. So `min_freq=2` leaves such words out,
# and they become `<unk>`. That has a use: a model learns a vector for `<unk>`, and takes it for all words of new sentences
# that the vocabulary lacks. (Real systems cut rare words into pieces that are not rare, **subwords**, 서브워드: lesson 07.)
#
# A few tokens, punctuation among them, make up a large part of any text, and many words are rare. In natural text the
# frequency falls roughly as one over the rank: **Zipf's law** (지프의 법칙). If both axes are logarithmic, that is a line
# with the slope −1. The figure shows our text. Because of its few very frequent words, skip-gram will need two corrections.

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
# All terms of that product are zero but those of row $i$. So **x** is row $i$ of **W**: the **embedding** (임베딩) of word
# $i$. A one-hot vector is long and almost all zeros; an embedding is a short, **dense vector** (밀집 벡터). The picture shows
# the same with a row, as a batch has them: (1 × V)(V × E) = (1 × E).
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
# Write `lookup(ids, weight)`: for ids of shape (B, T) and a weight of shape (V, E), the vectors, (B, T, E). You can take
# the product with one-hot rows or use indexing: both are right. Try both.


# %% key="lookup" exercise="01.lookup"
def lookup(ids, weight):
    # Your code here: for each id its row of the weight, (B, T, E).
    raise NotImplementedError


# %% key="check_lookup" tags=["exercise-check"]
check("01.lookup", lookup)

# %% [markdown]
# The product multiplies by zeros in all rows but one; the index does not. There is no other difference.
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
# One step moves the **u** of the real context toward $\mathbf{v}_c$, by $1 - \sigma$(score): far, while the score is low. It
# moves each drawn **u** away from $\mathbf{v}_c$, by $\sigma$(score). The centre's **v** moves by the same rule: toward the
# real **u**, away from the drawn ones.
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
# **Answer.** *tea* and *coffee* began far apart and never met. Both were pulled toward **u** of *cup* and pushed away from
# **u** of *rain*, so they end at the same place, and *umbrella* ends opposite. This is how training brings words near each
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
# Write `noise_distribution(counts, power=0.75)`: for counts of shape (V,) probabilities of shape (V,) that sum to 1.


# %% key="noise_distribution" exercise="01.noise_distribution"
def noise_distribution(counts, power=0.75):
    # Your code here: raise to the power, then make them sum to 1.
    raise NotImplementedError


# %% key="check_noise_distribution" tags=["exercise-check"]
check("01.noise_distribution", noise_distribution)

# %% [markdown]
# The folded cell compares the two distributions, for two frequent and two rare words.

# %% key="use_noise_distribution" folded=true
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
# 2. All pairs are made. Each centre draws its own window from 1 to 5, so that near words count for more.
# 3. The pairs come in random order, in batches of 8,192, and for each pair M = 5 negatives are drawn.
# 4. For each batch: **your** loss, back-propagation, one step of the optimizer. It is **Adam** (아담; Kingma, Ba 2015), which
#    gives each parameter a step size of its own. The learning rate falls to 0 by the end of training.
#
# The library's `train_skipgram` does this with your loss and your noise distribution. It keeps copies of the vectors, to
# look at later. Only the vectors **v** are kept; **u** is no longer needed.

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
# ## 5 · What do the vectors know?
#
# Near means here: a large **cosine** (코사인 유사도). It is the inner product of two vectors, after both are scaled to length
# 1: it is 1 for the same direction, 0 for a right angle, −1 for opposite directions.
#
# $$\cos(\mathbf{x}, \mathbf{y}) = \frac{\mathbf{x} \cdot \mathbf{y}}{\lVert\mathbf{x}\rVert\,\lVert\mathbf{y}\rVert}$$
#
# ### Exercise 7 · Nearest neighbours (최근접 이웃) · difficulty 2 of 5 · 8 minutes
#
# Write `nearest(weight, word, k)`: the ids of the k words with the largest cosine to the word with id `word`, a LongTensor
# of shape (k,), the nearest first.
#
# The word itself is not its own neighbour. A row may be all zeros (`<pad>` often is): its cosine counts as 0, not NaN.


# %% key="nearest" exercise="01.nearest"
def nearest(weight, word, k):
    # Your code here: rows of length 1, their products with the word's row; leave out the word.
    raise NotImplementedError


# %% key="check_nearest" tags=["exercise-check"]
check("01.nearest", nearest)

# %% key="use_nearest"
probes = ["coffee", "brother", "seoul"] if LANGUAGE == "en" else ["커피", "형", "서울"]
for word in probes:
    for name, weight in (("before", before), ("after", after)):
        found = ", ".join(words[i] for i in nearest(weight, index[word], k=8).tolist())
        print(f"{word:>8} {name:>7}: {found}")

if LANGUAGE == "en":
    of_coffee = {words[i] for i in nearest(after, index["coffee"], k=20).tolist()}
    assert {"tea", "drank"} <= of_coffee
    assert words[nearest(after, index["brother"], k=1)] == "sister"
    to_cat = F.normalize(after, dim=1) @ F.normalize(after[index["cat"]], dim=0)  # (V,)
    dog, tuesday = to_cat[index["dog"]], to_cat[index["tuesday"]]
    print(f"cosine of cat with dog {dog:.2f}, with tuesday {tuesday:.2f}")
    assert dog > tuesday + 0.05

# %% [markdown]
# **Two kinds of neighbours.** *tea* can stand where *coffee* stands, *sister* where *brother* stands: they fit into the same
# gaps. But *drank* stands **beside** *coffee*. It comes near as well, because two words of one sentence lie in the windows
# of the same words: they have contexts in common too. Nobody told the vectors, but *cat* is now closer to *dog* than to
# *Tuesday*.
#
# ### Exercise 8 · Analogies (유추) · difficulty 2 of 5 · 8 minutes
#
# *man is to woman as brother is to …?* The idea: the step from *man* to *woman*, $\mathbf{b} - \mathbf{a}$, is also the step
# from *brother* to *sister*. So take it from *brother*: $\mathbf{b} - \mathbf{a} + \mathbf{c}$. The figure shows it with
# invented vectors of two numbers, a parallelogram (평행사변형).

# %% key="parallelogram" folded=true
invented = {"man": (1, 0), "woman": (1, 2), "brother": (3, 1), "sister": (3, 3)}
a, b, c, d = invented.values()
assert tuple(b[i] - a[i] + c[i] for i in range(2)) == d
ax = plotting.points(
    list(invented.values()), list(invented), xlabel="first number", ylabel="second number",
    title="woman − man + brother = sister (invented numbers)",
)  # fmt: skip
for start, end in ((a, b), (c, d)):
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": plotting.BLUE})
for start, end in ((a, c), (b, d)):
    ax.plot(*zip(start, end, strict=True), ":", color=plotting.GREY)

# %% [markdown]
# Write `analogy(weight, a, b, c)`: the id d (an int) that completes "a is to b as c is to d". Scale all rows to length 1,
# and take the row with the largest cosine to $\mathbf{b} - \mathbf{a} + \mathbf{c}$, the ids a, b and c left out (Mikolov,
# Yih and Zweig 2013; Levy and Goldberg 2014 call it 3CosAdd). Again a row may be all zeros.


# %% key="analogy" exercise="01.analogy"
def analogy(weight, a, b, c):
    # Your code here: the row nearest to b - a + c, with a, b and c left out.
    raise NotImplementedError


# %% key="check_analogy" tags=["exercise-check"]
check("01.analogy", analogy)

# %% [markdown]
# `data/analogies.tsv` asks questions of several categories, all with words of the corpus. Guessing would answer about one
# in V of them. Training is random, so one run proves little: it is repeated with two other seeds.

# %% key="analogy_accuracy"
questions = bundled.read_analogies(LANGUAGE)


def answered(weight, question):
    """Is the question (a, b, c, d, category) answered right? Not where a word has no vector."""
    a, b, c, d = (index.get(word) for word in question[:4])
    return None not in (a, b, c, d) and analogy(weight, a, b, c) == d


def accuracy(weight, category=None):
    """The share of the questions, of one category or of all, that are answered right."""
    asked = [question for question in questions if category in (None, question.category)]
    return float(np.mean([answered(weight, question) for question in asked]))


runs = [after, *(train(seed).vectors.weight for seed in (1, 2))]

# %% [markdown]
# The table has one question of each category as an example, and the share of its questions that are answered right: before
# training, and after it, the lowest and the highest of the three runs.

# %% key="analogy_table" folded=true
categories = list(dict.fromkeys(question.category for question in questions))
print(f"{'category':<12}{'an example':<46}{'questions':>9}{'before':>8}{'after':>14}")
for category in categories:
    asked = [question for question in questions if question.category == category]
    a, b, c, d = asked[0][:4]
    shares = [accuracy(weight, category) for weight in runs]
    print(
        f"{category:<12}{f'{a} : {b} = {c} : {d}':<46}{len(asked):>9}{accuracy(before, category):>8.2f}"
        f"{min(shares):>6.2f} to {max(shares):.2f}"
    )
accuracies = [accuracy(weight) for weight in runs]
print(
    f"{'all':<58}{len(questions):>9}{accuracy(before):>8.2f}{min(accuracies):>6.2f} to {max(accuracies):.2f}"
)
assert accuracy(before) < 0.1
assert 0.4 <= min(accuracies) <= max(accuracies) <= 0.7, accuracies
if LANGUAGE == "en":
    assert max(accuracy(weight, "material") for weight in runs) < 0.3
    assert min(accuracy(weight, "young") for weight in runs) > 0.4

# %% [markdown]
# About half of the answers are exactly right, out of more than 1,500 possible words each time; of *young* more than half,
# of *material* hardly any. So the steps are there, but they are less regular than in the drawing.
#
# **Another test.** `data/word-pairs.tsv` gives pairs of words a similarity from 0 to 10, set by hand. The **rank
# correlation** (순위 상관, here Spearman's) compares the order of these numbers with the order of the cosines: 1 is the same
# order, 0 is no relation. The folded cell prints it.

# %% key="word_pairs" folded=true
pairs_known = [
    pair for pair in bundled.read_word_pairs(LANGUAGE) if pair.a in index and pair.b in index
]
given = [pair.score for pair in pairs_known]


def correlation(weight):
    unit = F.normalize(weight, dim=1)
    cosines = [float(unit[index[pair.a]] @ unit[index[pair.b]]) for pair in pairs_known]
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
# 64 numbers can't be drawn. **Principal component analysis** (PCA, 주성분 분석) looks for the two directions in which the
# words lie furthest apart, and draws each word by its two coordinates there. So a map shows only a part of the distances;
# the numbers below use all 64.
#
# The map shows twenty words of five kinds: people, food and drink, places, past verbs, times. **Predict first**: which kind
# comes together first? The folded cell prints the mean cosine of two words of one kind and of two kinds.

# %% key="groups" folded=true
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
shown = [word for group in GROUPS.values() for word in group]
kinds = [kind for kind, group in GROUPS.items() for _ in group]
itself = torch.eye(len(shown), dtype=torch.bool)
same = torch.tensor([[a == b for b in kinds] for a in kinds]) & ~itself


def cosines_of_shown(weight):
    unit = F.normalize(weight[[index[word] for word in shown]], dim=1)
    return unit @ unit.T


def contrast(weight):
    """The mean cosine of two words of one kind, and of two words of different kinds."""
    cosine = cosines_of_shown(weight)
    means = [cosine[pairs].mean().item() for pairs in (same, ~same & ~itself)]
    return [round(mean, 2) + 0.0 for mean in means]  # + 0.0: no -0.0


same_kind, other_kind = contrast(after)
print(f"before: {contrast(before)[0]:.2f} within a kind, {contrast(before)[1]:.2f} between kinds")
print(f"after:  {same_kind:.2f} within a kind, {other_kind:.2f} between kinds")

# %% [markdown]
# The figure compares three moments. In the explorer below it you can move through the whole training, and choose the word
# whose neighbours are shown.

# %% key="training_picture" folded=true
analogies = [tuple(question[:4]) for question in questions]
training_explorer = explorers.SkipgramTraining(run.snapshots, words, shown, kinds, analogies)
axes = training_explorer.picture(
    title=f"Words of one kind find each other: mean cosine {same_kind:.2f} within a kind, {other_kind:.2f} between kinds; "
    f"before training {contrast(before)[0]:.2f} and {contrast(before)[1]:.2f}",
)
assert abs(contrast(before)[0] - contrast(before)[1]) < 0.05
assert same_kind > other_kind + 0.1

# %% key="training_explorer"
training_explorer.widget()

# %% [markdown]
# The folded cell prints how far each kind stands apart: the mean cosine of its words with each other, minus that with the
# words of the other kinds.


# %% key="kinds_early" folded=true
def apart(weight, kind):
    """The mean cosine of words of this kind with each other, minus that with the words of the other kinds."""
    cosine, mine = cosines_of_shown(weight), torch.tensor([its == kind for its in kinds])
    return (cosine[mine][same[mine]].mean() - cosine[mine][:, ~mine].mean()).item()


for epoch, number in ((0, 0), (1, 3), (2, 4), (8, -1)):
    weight = run.snapshots[number].weight
    shares = (f"{kind} {apart(weight, kind):.2f}" for kind in GROUPS)
    print("before training:" if epoch == 0 else f"after epoch {epoch}:  ", ", ".join(shares))
    if epoch == 2 and LANGUAGE == "en":
        order = sorted(GROUPS, key=lambda kind: -apart(weight, kind))
        assert order[:2] == ["people", "times"], order
        assert apart(weight, "people") > apart(weight, "past verbs") + 0.15
assert all(apart(after, kind) > 0.02 for kind in GROUPS)

# %% [markdown]
# **Answer.** People first, then times; the other three kinds follow slowly. We believe this is why: in many sentences of this
# corpus *brother* could stand for *sister*, or *yesterday* for *tomorrow*, and nothing else would change. *ate* and *went*
# stand among different words.
#
# ## 7 · Vectors in a file
#
# Trained vectors are shared as text: one line for each word, the word and then its numbers, all separated by spaces. This
# is the format of GloVe (Pennington, Socher and Manning 2014). Vectors that somebody else has trained are called
# **pretrained** (사전 훈련된). Usually they come from far more text than you have.
#
# ### Exercise 9 · Read a vectors file · difficulty 1 of 5 · 6 minutes
#
# Write `parse_vectors(lines)`: for a list of lines such as `"cat 0.1 -0.2 3\n"`, return two things: the list of the words,
# and a float32 tensor with one row for each line, in the order of the lines.


# %% key="parse_vectors" exercise="01.parse_vectors"
def parse_vectors(lines):
    # Your code here: split each line into the word and its numbers.
    raise NotImplementedError


# %% key="check_parse_vectors" tags=["exercise-check"]
check("01.parse_vectors", parse_vectors)

# %% [markdown]
# The course brings such a file. It was trained on the same sentences, with 50 numbers for each word, 10 negatives and 10
# epochs.

# %% key="use_parse_vectors"
vectors_file = bundled.data_folder() / "vectors" / f"ko-en.{LANGUAGE}.vec"
file_words, pretrained = parse_vectors(
    vectors_file.read_text(encoding="utf-8").splitlines(keepends=True)
)
by_library = vectors.read_vectors(vectors_file)
assert file_words == by_library.tokens
assert torch.equal(pretrained, by_library.weight)
print(f"{len(file_words)} words with {pretrained.shape[1]} numbers each, as the library reads them")

# %% [markdown]
# torchtext has a reader too. The folded cell compares, where torchtext is installed.

# %% key="torchtext_vectors" folded=true
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
    assert theirs.itos == file_words
    assert torch.equal(theirs.vectors, pretrained)
    print("torchtext reads the same.")

# %% [markdown]
# ## 8 · When do pretrained vectors help?
#
# The task: tell the topic of a sentence. The model is the simplest there is: the mean of the word vectors, then a linear
# layer (선형 층) with a softmax. The mean must not count the padding. What says where real words are is called a **mask**
# (마스크): True at a word, False at padding.
#
# ### Exercise 10 · The mean of the words that are there · difficulty 3 of 5 · 8 minutes
#
# Write `masked_mean(vectors, ids)`: for vectors (B, T, E) and ids (B, T), where id 0 is padding, the mean over all
# places of a sentence whose id is not 0, (B, E). `<sos>`, `<eos>` and `<unk>` count like words. A row of padding alone
# gives zeros, not NaN.


# %% key="masked_mean" exercise="01.masked_mean"
from course_lib.text import PAD  # 0, the id of <pad>


def masked_mean(vectors, ids):
    # Your code here: sum over the real words, divide by how many there are.
    raise NotImplementedError


# %% key="check_masked_mean" tags=["exercise-check"]
check("01.masked_mean", masked_mean)


# %% key="topic_model"
def topic_logits(ids, weight, linear):
    """Sentences (B, T) -> vectors (B, T, E) -> their mean (B, E) -> logits of the topics (B, C)."""
    return linear(masked_mean(weight[ids], ids))


# %% [markdown]
# Three ways to begin, everything else equal:
#
# - **from scratch**: random vectors, trained with the task;
# - **pretrained**: vectors from the file, trained further with the task;
# - **frozen** (동결): vectors from the file, never changed. Only the linear layer is trained.
#
# Only the labels are few: nobody told the vectors in the file a topic. Each way is tried with 40, 160 and 640 labelled
# sentences, and with five seeds; each seed draws other sentences. The folded cell trains. **Predict first**: which way wins
# with 40 sentences, and which with 640?

# %% key="classifier" folded=true
topics = sorted({pair.topic for pair in corpus["train"]})
C = len(topics)
print(f"{C} topics: {', '.join(topics)}")
assert C == 8
start_weight, found = vectors.align_vectors(
    text.Vocab(tokens),
    vectors.Vectors(file_words, pretrained),
    generator=torch.Generator().manual_seed(0),
)
assert found.float().mean() > 0.99  # nearly the whole vocabulary has a pretrained vector
spread = pretrained.std()  # vectors from scratch begin as long as the pretrained ones are
test_ids = encode_batch([side(pair) for pair in corpus["test"]], stoi)
test_labels = torch.tensor([topics.index(pair.topic) for pair in corpus["test"]])


def classify(way, labelled, seed, steps=60):
    """Train a topic classifier on a few labelled sentences; its accuracy on these, and on the test sentences."""
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randperm(len(sentences), generator=generator)[:labelled].tolist()
    chosen = [corpus["train"][i] for i in drawn]
    ids = encode_batch([side(pair) for pair in chosen], stoi)
    labels = torch.tensor([topics.index(pair.topic) for pair in chosen])
    random = torch.randn(start_weight.shape, generator=generator) * spread
    weight = random if way == "scratch" else start_weight.clone()
    weight.requires_grad_(way != "frozen")
    linear = torch.nn.Linear(weight.shape[1], C)
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    trained = [*linear.parameters(), *([weight] if way != "frozen" else [])]
    optimizer = torch.optim.Adam(trained, lr=0.02)
    for _ in range(steps):
        loss = F.cross_entropy(topic_logits(ids, weight, linear), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        guesses = [topic_logits(some, weight, linear).argmax(1) for some in (ids, test_ids)]
    right = [guess == asked for guess, asked in zip(guesses, (labels, test_labels), strict=True)]
    return [each.float().mean().item() for each in right]


WAYS, SIZES = ("scratch", "pretrained", "frozen"), (40, 160, 640)
results = {  # (seeds, sizes, 2): in training and in the test
    way: np.array([[classify(way, n, seed) for n in SIZES] for seed in range(5)]) for way in WAYS
}
in_training = {way: results[way][..., 0].mean(0) for way in WAYS}
in_test = {way: results[way][..., 1].mean(0) for way in WAYS}
print("accuracy with", ", ".join(map(str, SIZES)), "labelled sentences, the mean of five seeds")
for way in WAYS:
    shares = (" ".join(f"{share:.2f}" for share in where[way]) for where in (in_training, in_test))
    print(f"{way:>10}: in training {next(shares)}, in the test {next(shares)}")

# %% [markdown]
# The figure shows the accuracy in the test. A line is the mean of the five seeds, the band its 95 % interval. Guessing is
# right once in eight.

# %% key="classifier_figure" folded=true
plotting.curve(
    SIZES,
    {way: results[way][..., 1] for way in WAYS} | {"guessing": [1 / C] * len(SIZES)},
    title=f"With {SIZES[0]} labelled sentences frozen pretrained vectors give {in_test['frozen'][0]:.0%}, vectors from scratch "
    f"{in_test['scratch'][0]:.0%}; with {SIZES[-1]} the ones that were trained further lead with {in_test['pretrained'][-1]:.0%}",
    xlabel="labelled sentences",
    ylabel="accuracy on test sentences",
    log="x",
)
assert min(in_training[way][0] for way in WAYS) > 0.97
assert min(min(in_training[way]) for way in ("scratch", "pretrained")) > 0.99
assert in_training["frozen"][-1] < 0.8
assert in_test["frozen"][0] > in_test["scratch"][0] + 0.1
assert in_test["pretrained"][0] > in_test["scratch"][0] + 0.03
assert in_test["frozen"][0] > in_test["pretrained"][0]
assert in_test["pretrained"][-1] > in_test["frozen"][-1]

# %% [markdown]
# **Answer.** With 40 sentences frozen vectors win. All three ways learn the 40 sentences by heart, but a test sentence has
# words that none of the 40 has. We believe this is the reason: frozen, *coffee* still lies near *tea*, so what the layer
# has learned about *tea* holds for *coffee*. Trained further, only the words of the 40 sentences move, away from their old
# neighbours. With 640 sentences, pretrained vectors that may change win. The model with frozen ones then no longer fits
# even its training sentences.
#
# These are the two forms of machine learning of lesson 00. Frozen vectors are features that were given, and only the
# classifier learns. Trained further, the features are learned too: that is deep learning, and it needs more labels.

# %% [markdown]
# ## 9 · What went wrong?
#
# A real bug, in a tutorial that many people learned from: PyTorch's "NLP From Scratch: Translation with a Sequence to
# Sequence Network and Attention", as it stands since June 2023 (issue 2840 of its repository). There `<sos>` has id 0 and
# `<eos>` id 1. A batch is a table of **zeros** into which the ids of each sentence are written; no id means padding.
# Training runs, the loss falls, no error is raised.
#
# Here is the same in a few lines of our own, with the mean of our classifier. Look at the output, and say what is wrong
# before you open the answer.

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
alone = buggy_mean(buggy_batch([short]))[0]
beside = buggy_mean(buggy_batch([short, longer]))[0]
print("alone:          ", [round(value, 4) for value in alone.tolist()])
print("beside a longer:", [round(value, 4) for value in beside.tolist()])

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The same sentence gets two different vectors, depending on the sentence beside it. The unused places of the table hold 0,
# and 0 is `<sos>`: the padding is read as three more words. No mask can hide it either, because `ids != 0` would remove
# every real `<sos>` as well.
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
# <details><summary>Yes, the window was too small</summary>No: in a larger window, too, opposites stand among the same
# words.</details>

# %% [markdown]
# **5. Half of your sentences are padded, and you take `vectors.mean(1)`. The vector of `<pad>` is zero. What happens?**
#
# <details><summary>Nothing: zeros do not count</summary>No: they do not count in the sum, but they do in the number that it
# is divided by.</details>
# <details><summary>The mean of a short sentence shrinks, the more the longer its neighbours in the batch are</summary>Yes:
# the sum is right, the division is by T. So the result depends on the batch, and no error says so.</details>
# <details><summary>The mean becomes NaN</summary>No: that happens only where a count of 0 divides, in a row of padding
# alone, and only if you divide by the number of real words.</details>
#
# ## Summary
#
# - A tokenizer cuts text into tokens, the vocabulary gives them ids, a batch fills short rows up with padding.
# - An embedding is a row of a matrix. Looking it up is a product with a one-hot vector, without the zeros.
# - Skip-gram with negative sampling learns the rows from text alone: words with the same contexts are pulled to the same
#   place.
# - Cosine finds neighbours; b - a + c answers analogies, with a, b and c left out.
# - Pretrained vectors help most where labels are few.
# - Padding needs an id of its own, and a mask. The same sentence must give the same result in every batch.
#
# **What this lesson can't do.** The mean forgets the order: *the dog saw the cat* and *the cat saw the dog* are one
# vector. And *bank* has one vector, whether it stands beside a river or holds your money. The next lesson, **02 RNN**,
# reads word after word and keeps a memory of what it has read.
#
# **Further reading.** Mikolov, Chen, Corrado, Dean (2013a), *Efficient Estimation of Word Representations in Vector Space*,
# arXiv:1301.3781. Mikolov, Sutskever, Chen, Corrado, Dean (2013b), *Distributed Representations of Words and Phrases and
# their Compositionality*, NeurIPS. Mikolov, Yih, Zweig (2013), *Linguistic Regularities in Continuous Space Word
# Representations*, NAACL. Pennington, Socher, Manning (2014), *GloVe: Global Vectors for Word Representation*, EMNLP. Levy,
# Goldberg (2014), *Linguistic Regularities in Sparse and Explicit Word Representations*, CoNLL. Kingma, Ba (2015), *Adam: A
# Method for Stochastic Optimization*, ICLR.
