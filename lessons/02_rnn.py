# %% [markdown]
# # 02 · RNN: recurrent networks (순환 신경망)
#
# **The question.** The classifier of lesson 01 took the mean of the word vectors, and a mean does not know which word
# came first. How can a network read a sentence word after word, and remember what it has read? And how far back does
# that memory reach?
#
# **What you will build**: a recurrent cell and its loop over time; a language model that writes sentences; the gradient
# on its way back through time, and two tools for it, clipping and truncation. **What you will measure**: how well the
# network predicts the next word, how fast the gradient shrinks on its way back, and at what distance learning fails.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | steps: length of the longest sequence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding, the input of one step |
# | H | size of the hidden state |
#
# About 100 minutes, of which the exercises take 55. Everything runs on a CPU, without a network connection.

# %% key="imports"
import numpy as np
import torch
import torch.nn.functional as F

from course_lib import datasets, embeddings, explorers, fast, metrics, plotting, rnn, text, training
from course_lib.batches import padded_batches
from course_lib.decoding import sample
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored
from course_lib.experiments.ngrams import ngram_nll
from course_lib.experiments.recall import recall_task, train_recall
from course_lib.language_model import LanguageModel, next_word_nll, unigram_nll
from course_lib.rnn import hidden
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# ## 1 · Order matters
#
# *The dog saw the cat*, and *the cat saw the dog*: the same words, another meaning. The mean of their vectors is the
# same, so no layer that reads it can tell who saw whom.

# %% key="order" tags=["nbval-check-output"]
words = {word: torch.randn(4, generator=torch.Generator().manual_seed(i))
         for i, word in enumerate(["the", "dog", "saw", "cat"])}  # fmt: skip
one = torch.stack([words[w] for w in ["the", "dog", "saw", "the", "cat"]])  # (T, E)
other = torch.stack([words[w] for w in ["the", "cat", "saw", "the", "dog"]])
print("the mean is the same:", torch.allclose(one.mean(0), other.mean(0)))

# %% [markdown]
# ## 2 · A cell
#
# Read one word at a time, and keep a **hidden state** (은닉 상태) $\mathbf{h}_t$: H numbers, a summary of all that was
# read up to step $t$. A **cell** (셀) makes the new state from the new word $\mathbf{x}_t$ and the old state (Elman
# 1990). The picture shows one step, with the shapes of a batch on the arrows:
#
# ![](picture:rnn_cell)
#
# $$\mathbf{h}_t = \tanh(\mathbf{W}_{xh}\,\mathbf{x}_t + \mathbf{W}_{hh}\,\mathbf{h}_{t-1} + \mathbf{b})$$
#
# The first letter of a weight says what it reads, the second what it makes: $\mathbf{W}_{xh}$, (H, E), reads the input
# and makes a state; $\mathbf{W}_{hh}$, (H, H), reads the old state. The bias is (H,). The hyperbolic tangent (하이퍼볼릭
# 탄젠트), tanh, is a curve like the sigmoid, but from -1 to 1, with tanh(0) = 0.
#
# ### Exercise 1 · One step · difficulty 1 of 5 · 5 minutes
#
# Write `rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh)` for a batch: `x` (B, E) and `h` (B, H); the answer is the
# new state, (B, H).
#
# - The names are torch's: `weight_ih` is $\mathbf{W}_{xh}$ ("i" is the input), and $\mathbf{b}$ is the sum of two biases.
# - In the formula $\mathbf{x}_t$ is a column. In a batch the sequences are rows, and the product is
#   $\mathbf{X}\mathbf{W}^\top$, as in lesson 00: `F.linear(x, weight, bias)` is `x @ weight.T + bias`.
# - For tanh take `torch.tanh`, whose value and gradient hold for large sums, too.


# %% key="rnn_step" exercise="02.rnn_step"
def rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the part of the input plus the part of the state, through tanh, (B, H).
    raise NotImplementedError


# %% key="check_rnn_step" tags=["exercise-check"]
check("02.rnn_step", rnn_step)

# %% [markdown]
# Weights and step together make a module. Like `torch.nn.RNNCell` it starts with random numbers between $-1/\sqrt{H}$
# and $1/\sqrt{H}$, all equally likely. Remember this range: in section 6 it tells how fast the gradient vanishes.


# %% key="cell"
class RNNCell(torch.nn.Module):
    def __init__(self, E, H, generator=None):
        super().__init__()

        def start(*shape):
            values = torch.empty(shape).uniform_(-(H**-0.5), H**-0.5, generator=generator)
            return torch.nn.Parameter(values)

        self.weight_ih, self.weight_hh = start(H, E), start(H, H)
        self.bias_ih, self.bias_hh = start(H), start(H)

    def forward(self, x, h=None):
        if h is None:  # before the first step nothing is remembered
            h = torch.zeros(len(x), len(self.bias_hh))
        return rnn_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


# %% [markdown]
# **The same in `torch.nn`.** The names are those of `torch.nn.RNNCell`, so its weights can be loaded into ours.

# %% key="torch_cell" tags=["nbval-check-output"]
theirs = torch.nn.RNNCell(3, 5)
mine = RNNCell(3, 5)
mine.load_state_dict(theirs.state_dict())
x, h = torch.randn(2, 3), torch.randn(2, 5)
print("step equal:", torch.allclose(mine(x, h), theirs(x, h), atol=1e-6))

# %% [markdown]
# ## 3 · The layer: one cell, again and again
#
# A **recurrent layer** (순환 층) runs the cell over all steps. Drawn as T copies of the cell in a row, it is said to be
# **unrolled** (펼친):
#
# ![](picture:rnn_unrolled)
#
# This is a deep network, T layers deep, with one difference: all layers share the same weights.
#
# ### Exercise 2 · Unroll · difficulty 2 of 5 · 8 minutes
#
# Write `unroll(cell, x, state=None)`: for `x` (B, T, E) and the state before the first step, (B, H), return two things:
#
# - the outputs, (B, T, H): `outputs[:, t]` is the state after step t;
# - the last state, (B, H).
# - `torch.stack(outputs, dim=1)` makes one tensor (B, T, H) of a list of T tensors (B, H).
#
# `cell(x_t, state)` takes one step of all sequences, `x_t` (B, E), and returns the new state; None is for zeros.
# (The solution collects `hidden(state)`. Here this is the state itself; lesson 03 says what it is for.)


# %% key="unroll" exercise="02.unroll"
def unroll(cell, x, state=None):
    # Your code here: hand the state from step to step, and collect it.
    raise NotImplementedError


# %% key="check_unroll" tags=["exercise-check"]
check("02.unroll", unroll)

# %% [markdown]
# **The same in `torch.nn`.** `torch.nn.RNN` is this loop in one call. (It may have several layers. So it calls its weights
# `weight_ih_l0`, and its last state is (layers, B, H).)

# %% key="torch_rnn" tags=["nbval-check-output"]
layer = torch.nn.RNN(3, 5, batch_first=True)
mine = RNNCell(3, 5)
mine.load_state_dict({name.removesuffix("_l0"): value for name, value in layer.state_dict().items()})
x, first = torch.randn(2, 7, 3), torch.randn(2, 5)

outputs, last = unroll(mine, x, first)
their_outputs, their_last = layer(x, first[None])
outputs.square().sum().backward()  # any loss will do, to compare the gradients
their_outputs.square().sum().backward()
print("outputs equal:   ", torch.allclose(outputs, their_outputs, atol=1e-6))
print("last state equal:", torch.allclose(last, their_last[0], atol=1e-6))
print("gradients equal: ", torch.allclose(mine.weight_hh.grad, layer.weight_hh_l0.grad, atol=1e-5))

# %% [markdown]
# The two sentences of section 1 now end in different states. The number of weights does not depend on their length.

# %% key="order_again" tags=["nbval-check-output"]
cell = RNNCell(4, 8, torch.Generator().manual_seed(0))
_, after_one = unroll(cell, one[None], torch.zeros(1, 8))
_, after_other = unroll(cell, other[None], torch.zeros(1, 8))
print("the last state is the same:", torch.allclose(after_one, after_other, atol=1e-3))
print("weights and biases:", sum(p.numel() for p in cell.parameters()))

# %% [markdown]
# ## 4 · A language model (언어 모델)
#
# Which word comes next? A **language model** gives a probability to each word of the vocabulary. Ours has three parts: the
# embeddings of lesson 01, the recurrent layer, and a linear layer that makes V logits of the state after each word. The
# softmax makes probabilities of them.
#
# Such a model also knows the probability of a whole sentence: *i like tea* has $p(\text{i}) \cdot p(\text{like} \mid
# \text{i}) \cdot p(\text{tea} \mid \text{i like})$, where the bar means "given the words". In general (the chain rule of
# probability, 확률의 연쇄 법칙):
#
# $$p(w_1 \dots w_T) = \prod_{t=1}^{T} p(w_t \mid w_1 \dots w_{t-1})$$
#
# Nobody has to label anything: the target of each step is the next word of the text itself.
#
# ### Exercise 3 · The loss of a language model · difficulty 3 of 5 · 10 minutes
#
# Write `next_word_loss(model, ids)`: one number, the mean cross-entropy of all words that are to be predicted.
#
# - `ids` (B, T + 1): rows of `<sos>` ... `<eos>`, filled up at the end with `<pad>`, which is id 0.
# - `logits, state = model(inputs)`: for inputs (B, T) logits (B, T, V); `logits[:, t]` are about the word after
#   `inputs[:, t]`.
# - Each word but the first is a target, `<eos>` too; `<pad>` never is. Every real target counts the same.
# - `F.cross_entropy` takes logits (n, V) and targets (n,). With a mask `real`, (B, T), `logits[real]` is (n, V) and
#   `targets[real]` is (n,): only the places where it is True.
#
# For the row `<sos> i like tea <eos> <pad>` the inputs are `<sos> i like tea <eos>`, and the targets, one to the left,
# `i like tea <eos> <pad>`. Four of them count.


# %% key="next_word_loss" exercise="02.next_word_loss"
def next_word_loss(model, ids):
    # Your code here: shift by one, leave out the padding, take the mean.
    raise NotImplementedError


# %% key="check_next_word_loss" tags=["exercise-check"]
check("02.next_word_loss", next_word_loss)

# %% [markdown]
# The model needs no mask here: the padding stands at the end, so the state of a real word has not read it. (The *last*
# state of a padded row has; lesson 03 comes back to this.)
#
# **The data**: the English side of the corpus, or with `LANGUAGE = "ko"` the Korean one. **Validation** (검증) sentences
# are kept out of training: on them we measure what the model makes of sentences that it has not seen.

# %% key="corpus"
LANGUAGE = "en"

corpus = datasets.load("ko-en")


def side(pair):
    """The tokens of the side that this lesson reads."""
    return pair.target if LANGUAGE == "en" else pair.source


sentences = [side(pair) for pair in corpus["train"]]
vocab = text.Vocab.build(sentences, min_freq=2)
V = len(vocab)
train_rows = [vocab.encode(sentence, sos=True, eos=True) for sentence in sentences]
validation_rows = [vocab.encode(side(pair), sos=True, eos=True) for pair in corpus["validation"]]
validation = padded_batches(validation_rows, 200)  # padded batches of rows of similar length
print(f"V = {V}; {len(train_rows):,} sentences to train on, {len(validation_rows):,} to validate")

# %% [markdown]
# **Perplexity** (퍼플렉시티) is $e$ to the power of the mean loss. With perplexity 10 a model is as unsure as if it had to
# choose between 10 equally likely words; guessing among all words has the perplexity V.
#
# Compare with models that only count. An **n-gram** (엔그램) is n words in a row; an n-gram model counts how often a word
# came after the n - 1 words before it:
#
# - **unigram** (유니그램), n = 1: how frequent is the word, whatever came before?
# - **bigram** (바이그램), n = 2: how frequent is it after the one word before it? Where that pair is rare, the unigram
#   helps out.
#
# **Predict first**: what perplexity does each reach?

# %% key="baselines"
counts = torch.bincount(torch.tensor([i for row in train_rows for i in row[1:]]), minlength=V)
unigram = metrics.perplexity(unigram_nll(counts, ids[:, 1:]) for ids in validation)
# strength: the opinion of the unigram counts as much as so many observations
bigram = metrics.perplexity([ngram_nll(2, train_rows, validation_rows, V, strength=10.0)])
print(f"guessing {V}, unigram {unigram:.1f}, bigram {bigram:.1f}")
assert bigram < 0.1 * unigram < 0.05 * V

# %% [markdown]
# The unigram model still chooses between about 230 words, the bigram model between 18.
#
# **Training.** The loss is yours. The cell and its loop are the library's, which compute the same but save time: all T
# steps go to torch at once. The folded cell compares them.

# %% key="fast_is_the_same" tags=["nbval-check-output"] folded=true
cell = rnn.RNNCell(3, 5)
x, first = torch.randn(2, 7, 3), torch.zeros(2, 5)
same = torch.allclose(unroll(cell, x, first)[0], fast.masked_unroll(cell, x, first)[0], atol=1e-6)
print("your loop and the fast one agree:", same)

# %% [markdown]
# `training.fit` does for each batch what lesson 00 did: the loss, its gradient, one step of the optimizer, here Adam.
# Three epochs are three times through all the sentences. It takes about a minute.

# %% key="train"
E, H = 64, 128
torch.manual_seed(0)
generator = torch.Generator().manual_seed(0)
cell = rnn.RNNCell(E, H, generator=generator)
model = LanguageModel(embeddings.Embedding(V, E), cell, unroll=fast.masked_unroll)


def validate(model):
    return {"perplexity": metrics.perplexity(next_word_nll(model, ids) for ids in validation)}


untrained = validate(model)["perplexity"]
history = training.fit(
    model,
    lambda: padded_batches(train_rows, 64, generator=generator),  # the batches of an epoch
    next_word_loss,
    torch.optim.Adam(model.parameters(), lr=3e-3),
    epochs=3,
    clip=1.0,  # section 7 says what this is
    evaluate=validate,
)
by_epoch = ", ".join(f"{line['perplexity']:.1f}" for line in history)
print(f"perplexity {untrained:.0f} before training; after each epoch {by_epoch}")

# %% [markdown]
# Before training the model is about as unsure as guessing. The figure sets the trained one beside the counts; lower is
# better.

# %% key="perplexity_figure" folded=true
reached = history[-1]["perplexity"]
ax = plotting.bars(
    ["unigram", "bigram", "RNN"],
    [unigram, bigram, reached],
    title=f"The RNN hesitates between {reached:.1f} words, the bigram model between {bigram:.1f}, "
    f"the unigram model between {unigram:.0f}",
    ylabel="perplexity on validation sentences",
    digits=1,
)
assert 0.9 * V < untrained < 1.2 * V
assert reached < 0.1 * unigram
assert reached < 0.8 * bigram

# %% [markdown]
# Is this luck of one seed? And what do models reach that count longer pieces? A **stored run** is an experiment that takes
# longer than a lesson may; it was done before, and the lesson reads its results. This one has five seeds, six epochs, both
# languages, and n-gram models up to n = 5. (Their one free number was chosen on the validation sentences, in their favour.)
#
# Behind a mean stands, here and from now on, its 95 % confidence interval (신뢰 구간): [8.7, 9.1] says between which bounds
# the mean over very many seeds is expected. The folded cell prints the table.

# %% key="stored_perplexity" folded=true
run = stored("02.language_model")
print(run)
for language in ("en", "ko"):
    by_seed = run.array(language, "perplexity")[:, -1]  # after the last epoch
    grams = {n: run.array(language, f"{n}-gram")[0] for n in range(1, 6)}
    print(f"{language}: RNN {t_interval(by_seed)},",
          ", ".join(f"{n}-gram {value:.1f}" for n, value in grams.items()))  # fmt: skip
    assert t_interval(by_seed).high < min(grams.values())
    assert by_seed.mean() < 0.05 * grams[1]

# %% [markdown]
# The big step is from no word before to one: from 230 to 18. The RNN is better than the best n-gram model, by about a
# seventh in English. (A grammar made these short sentences; other text may give another distance.)
#
# Does the network use the order? Shuffle the words of each validation sentence. **Predict first**: what happens to the
# unigram model, and to the RNN?

# %% key="shuffled"
g = torch.Generator().manual_seed(0)
shuffled_rows = []
for row in validation_rows:
    inner = torch.tensor(row[1:-1])
    shuffled_rows.append([SOS, *inner[torch.randperm(len(inner), generator=g)].tolist(), EOS])
shuffled = padded_batches(shuffled_rows, 200)
unigram_shuffled = metrics.perplexity(unigram_nll(counts, ids[:, 1:]) for ids in shuffled)
rnn_shuffled = metrics.perplexity(next_word_nll(model, ids) for ids in shuffled)
print(f"unigram: {unigram:.1f} in order, {unigram_shuffled:.1f} shuffled")
print(f"RNN:     {reached:.1f} in order, {rnn_shuffled:,.0f} shuffled")
assert abs(unigram_shuffled - unigram) < 0.01 * unigram
assert rnn_shuffled > 20 * reached
assert LANGUAGE != "en" or rnn_shuffled > V

# %% [markdown]
# The unigram model does not notice. The RNN is now worse than guessing: it was sure of an order that is gone.
#
# ## 5 · Let it write
#
# Draw the next word from the model's probabilities, let the model read it, draw again: it writes a sentence. A model that
# reads its own output is called **autoregressive** (자기회귀). The **temperature** (온도) divides the logits before the
# softmax: below 1 the likely words get likelier, above 1 the unlikely ones.
#
# ### Exercise 4 · Generate · difficulty 3 of 5 · 10 minutes
#
# Write `generate(step, max_length, temperature)`: a list of ids.
#
# - `logits, state = step(word, state)` reads one word (an int) and gives the logits of the next, (V,), and the new state.
#   Begin with the word `SOS` (id 2) and the state None.
# - Draw the next word at random with the probabilities `softmax(logits / temperature)`; `torch.multinomial(p, 1).item()`
#   does it. It is the word that the next step reads.
# - Stop when `EOS` (id 3) is drawn, which is not part of the list, or when the list holds `max_length` words.


# %% key="generate" exercise="02.generate"
def generate(step, max_length, temperature):
    # Your code here: step, draw, append, and again.
    raise NotImplementedError


# %% key="check_generate" tags=["exercise-check"]
check("02.generate", generate)


# %% key="use_generate"
@torch.no_grad()
def step(word, state):
    logits, state = model(torch.tensor([[word]]), state)
    return logits[0, -1], state


torch.manual_seed(1)
known = {tuple(sentence) for sentence in sentences}
for temperature in (0.5, 1.0, 2.0):
    print(f"temperature {temperature}")
    for _ in range(5):
        said = vocab.decode(generate(step, 20, temperature))
        print("   ", " ".join(said), "  (in the training text)" if tuple(said) in known else "")

# %% [markdown]
# How much of it is new, and how many different words are there? The folded cell counts, for 200 sentences at each
# temperature. (The library's `sample` does what yours does, for many sentences at once.)

# %% key="variety" folded=true
zeros = torch.zeros(200, H)  # the states of 200 sentences, before their first word
variety = {}
for temperature in (0.5, 1.0, 2.0):
    g = torch.Generator().manual_seed(0)
    said = sample(model.step, zeros, 30, temperature=temperature, generator=g)
    rows = [tuple(vocab.decode(row)) for row in said.ids]
    words_used = len({word for row in rows for word in row})
    variety[temperature] = words_used, np.mean([row in known for row in rows])
    print(f"temperature {temperature}: {words_used} different words, "
          f"{variety[temperature][1]:.0%} of the sentences stand in the training text")  # fmt: skip
assert variety[0.5][0] < variety[1.0][0] < variety[2.0][0]
assert variety[0.5][1] > variety[2.0][1]

# %% [markdown]
# A low temperature repeats what was read in training; a high one finds more words, and loses the grammar.
#
# ## 6 · The gradient on its way back
#
# To learn from a word that stood far back, the loss must reach it. **Back-propagation** (역전파) computes gradients from
# the loss backwards, layer by layer. In an unrolled network the layers are the steps, and it is called
# **back-propagation through time** (시간 역전파, BPTT).
#
# **One unit, no input.** With H = 1 the state is one number, $h_t = \tanh(w\,h_{t-1})$. Change $h_0$ a little: how much
# does $h_d$ change, $d$ steps later? By the chain rule (연쇄 법칙) of derivatives, the slopes of all steps are multiplied.
# The slope of $w\,h$ is $w$; the slope of tanh, where its value is $h$, is $1 - h^2$:
#
# $$\frac{\partial h_d}{\partial h_0} = w\,(1 - h_1^2) \cdot w\,(1 - h_2^2) \cdots w\,(1 - h_d^2)
# = w^d \prod_{t=1}^{d} (1 - h_t^2)$$
#
# **Predict first**: what is left after 20 steps, with $w$ = 0.5, 1 and 1.5?


# %% key="one_unit" tags=["nbval-check-output"]
def one_unit(w, start, d):
    """How much a small change of the first state changes the state d steps later."""
    first = torch.tensor(start, requires_grad=True)
    h = first
    for _ in range(d):
        h = torch.tanh(w * h)
    return torch.autograd.grad(h, first)[0].item()


for start in (0.0, 0.5):
    for w in (0.5, 1.0, 1.5):
        left = ", ".join(f"{one_unit(w, start, d):.2g}" for d in (1, 5, 10, 20))
        print(f"h_0 = {start}, w = {w}; after 1, 5, 10, 20 steps: {left}")
assert one_unit(0.5, 0.0, 20) < 1e-6 < 3000 < one_unit(1.5, 0.0, 20)
assert one_unit(1.0, 0.0, 20) == 1
assert max(one_unit(w, 0.5, 20) for w in (0.5, 1.0, 1.5)) < 0.15

# %% [markdown]
# Started at 0, the unit stays at 0, where the slope of tanh is 1. What is left is $w^d$: with 0.5 less than a millionth
# after 20 steps, with 1 everything, with 1.5 more than 3,000 times as much. Started at 0.5, all three shrink: no slope of
# tanh is above 1, and far from 0 the curve is flat.
#
# If it shrinks, we speak of a **vanishing gradient** (기울기 소실), if it grows, of an **exploding gradient** (기울기 폭발): two
# different faults, with different cures.
#
# **H units.** Now the gradient of the loss $\mathcal{L}$ at a state is a vector of H numbers. One step back multiplies each
# number by the slope of its unit, then the vector by $\mathbf{W}_{hh}^\top$ ($\odot$ is the element-wise product, 요소별
# 곱):
#
# $$\frac{\partial \mathcal{L}}{\partial \mathbf{h}_{t-1}} = \mathbf{W}_{hh}^\top
# \left( (1 - \mathbf{h}_t^2) \odot \frac{\partial \mathcal{L}}{\partial \mathbf{h}_t} \right)$$
#
# So $\mathbf{W}_{hh}$ plays the part of $w$. How much longer does it make a vector? (The length of a vector is its **norm**,
# 노름.) A matrix stretches some directions more than others; take a typical one, a random vector.
#
# Now the range of section 2 counts. A random number between $-a$ and $a$ has the square $a^2/3$ on average; with $a =
# 1/\sqrt{H}$ that is $1/(3H)$. Each element of the product is a sum of H terms, weight times number. The signs of the
# weights are random, so in its square the mixed terms cancel on average. What is left is $1/(3H)$ times the squared
# norm of the vector. There are H such elements: the squared norm is multiplied by $H \cdot 1/(3H) = 1/3$ on average,
# and the norm by $1/\sqrt{3} = 0.58$, whatever H is. Measure it, and the slopes (the mean is taken over squares, as in
# a norm):


# %% key="two_factors"
def fresh(seed, E=E, H=H, scale=1.0):
    """A new cell, its recurrent weights multiplied by `scale`."""
    cell = RNNCell(E, H, torch.Generator().manual_seed(seed))
    with torch.no_grad():
        cell.weight_hh *= scale
    return cell


def two_factors(cell, x):
    """How one step back changes a gradient of a typical direction: by W_hh, and by the slopes."""
    W = cell.weight_hh.detach()
    vectors = torch.randn(1000, len(W), generator=torch.Generator().manual_seed(0))
    outputs, _ = unroll(cell, x, torch.zeros(len(x), len(W)))
    slopes = 1 - outputs.detach() ** 2
    return ((vectors @ W).norm() / vectors.norm()).item(), slopes.square().mean().sqrt().item()


STEPS = 31
noise = torch.randn(32, STEPS, E, generator=torch.Generator().manual_seed(0))  # in place of words
stretch, slope = np.mean([two_factors(fresh(seed), noise) for seed in range(5)], axis=0)
predicted = stretch * slope
print(f"W_hh: {stretch:.2f}, slopes: {slope:.2f}; together {predicted:.2f} per step")
assert abs(stretch - 3**-0.5) < 0.01
assert abs(slope - 0.86) < 0.01

# %% [markdown]
# So we expect that each step back leaves $0.58 \cdot 0.86 = 0.50$ of the gradient. The way back through four
# cells, with one half at each step:
#
# ![](picture:rnn_backward)
#
# The most that $\mathbf{W}_{hh}$ can stretch any vector is its **largest singular value** (특잇값) $s$. No slope is above 1,
# so in every case (Pascanu, Mikolov and Bengio 2013)
#
# $$\left\lVert \frac{\partial \mathcal{L}}{\partial \mathbf{h}_{T-d}} \right\rVert \le s^{d}
# \left\lVert \frac{\partial \mathcal{L}}{\partial \mathbf{h}_T} \right\rVert$$
#
# If $s < 1$, the gradient **must** vanish. If $s > 1$, it **may** explode, and may vanish all the same, as with $w = 1.5$.
#
# ### Exercise 5 · The gradient at each step · difficulty 3 of 5 · 10 minutes
#
# Write `gradient_norms(cell, x, state)`: how much of a loss at the last step reaches each state, (B, T).
#
# - Run the cell over `x` (B, T, E) from the given state (B, H), and keep the T states in a list.
# - The loss is the sum of the last state's elements, over the whole batch, divided by $\sqrt{H}$: so the norm at the last
#   step is 1.
# - Element (b, t) is the norm of the gradient of that loss with respect to the state after step t, in sequence b.
#   `torch.autograd.grad(loss, states)` returns the gradients of a list of tensors.


# %% key="gradient_norms" exercise="02.gradient_norms"
def gradient_norms(cell, x, state):
    # Your code here: the states, the loss, its gradients, their norms.
    raise NotImplementedError


# %% key="check_gradient_norms" tags=["exercise-check"]
check("02.gradient_norms", gradient_norms)

# %% [markdown]
# Measure it over 31 steps, with five new cells and with the trained one. (Norms differ by powers of ten, so the mean over
# the batch is taken of their logarithms.) **Predict first**: is it 0.50 per step? And does training make it more or less?


# %% key="measure_gradients"
def by_distance(cell, x):
    """The gradient's norm 0, 1, 2 ... steps back from the end, the mean over the batch: (T,)."""
    norms = gradient_norms(cell, x, torch.zeros(len(x), len(cell.bias_hh)))  # (B, T)
    return norms.log().mean(0).exp().flip(0).numpy()


def per_step(norms):
    """The factor per step: a straight line through the logarithms has its logarithm as slope."""
    return np.exp(np.polyfit(np.arange(len(norms)), np.log(norms), 1)[0])


running = torch.tensor([i for row in validation_rows for i in row])[: 32 * STEPS].view(32, STEPS)
running = model.embedding(running).detach()  # (32, STEPS, E)
at_start = np.array([by_distance(fresh(seed), noise) for seed in range(5)])  # (seeds, STEPS)
trained = by_distance(model.cell, running)
factors = [per_step(norms) for norms in at_start]
stretch, slope = two_factors(model.cell, running)
print(f"new:     {predicted:.2f} per step expected; measured {t_interval(factors)}")
print(f"trained: {stretch:.2f} · {slope:.2f} = {stretch * slope:.2f} per step expected;",
      f"measured {per_step(trained):.2f}")  # fmt: skip
assert abs(predicted - np.mean(factors)) < 0.02
assert predicted + 0.1 < per_step(trained) < 0.95

# %% [markdown]
# The norms and the bound $s^d$, on a logarithmic axis, where a straight line means the same factor at every step:

# %% key="gradient_figure" folded=true
largest = [torch.linalg.matrix_norm(fresh(seed).weight_hh.detach(), 2).item() for seed in range(5)]
bounds = np.array([s ** np.arange(STEPS) for s in largest])
ax = plotting.curve(
    np.arange(STEPS),
    {"at the start": at_start, "bound at the start, $s^d$": bounds, "after training": trained},
    title=f"Each step back leaves {np.mean(factors):.0%} of the gradient at the start, "
    f"{per_step(trained):.0%} after training",
    xlabel="steps back, d",
    ylabel="norm of the gradient",
    log="y",
)
assert (at_start <= bounds * 1.0001).all()
lines = np.log([*at_start, trained])
straight = [-np.corrcoef(np.arange(STEPS), line)[0, 1] for line in lines]  # 1: a straight line
assert min(straight[:5]) > 0.9995
assert straight[5] > 0.99
assert 1e-10 < at_start[:, -1].min() < at_start[:, -1].max() < 1e-8  # about a billionth

# %% [markdown]
# At the start it is nearly what we expected: after 30 steps about a billionth is left. Training makes the memory
# longer, not long: the weights are larger now, and the slopes smaller. (More is left than the typical direction tells.
# We believe that the gradient now prefers directions that are stretched more.) Five seeds of the stored run, trained
# for twice as many epochs, say the same: the factor per step rises, but stays below 1. Beside it stands $s$:

# %% key="stored_gradients" folded=true
for language in ("en", "ko"):
    for moment in ("before", "after"):
        per_seed, s = run.array(language, moment, "factor"), run.array(language, moment, "norm")
        print(f"{language} {moment:>6} training: factor {t_interval(per_seed)}, "
              f"s {t_interval(s)}")  # fmt: skip
    before, after = (run.array(language, moment, "factor") for moment in ("before", "after"))
    assert (after > before + 0.15).all()
    assert after.max() < 0.9
    assert run.array(language, "before", "norm").min() > 1
    assert run.array(language, "after", "norm").min() > 4

# %% [markdown]
# The bound does not help: $s$ is a little above 1 at the start and above 4 after training, and yet the gradient vanishes.
#
# **The start decides.** Multiply $\mathbf{W}_{hh}$ by 0.5, 1, 2 or 4 before anything is trained, and look again. **Predict
# first**: with which of them does the gradient grow?

# %% key="scales"
by_scale, measured = {}, {}
for scale in (0.5, 1.0, 2.0, 4.0):
    cells = [fresh(seed, scale=scale) for seed in range(5)]
    by_scale[scale] = np.array([by_distance(cell, noise) for cell in cells])
    measured[scale] = np.mean([per_step(norms) for norms in by_scale[scale]])
    stretch, slope = np.mean([two_factors(cell, noise) for cell in cells], axis=0)
    print(f"W_hh × {scale}: {stretch:.2f} · {slope:.2f} = {stretch * slope:.2f} expected,",
          f"{measured[scale]:.2f} measured")  # fmt: skip
    assert abs(stretch * slope / measured[scale] - 1) < 0.1

# %% [markdown]
# Only with 4. With 2 the stretch is above 1, but the slopes bring the factor below it. The same as lines:

# %% key="scales_figure" folded=true
ax = plotting.curve(
    np.arange(STEPS),
    {f"W × {scale:g}: {measured[scale]:.2f} per step": runs for scale, runs in by_scale.items()},
    title=f"With recurrent weights half as large the gradient vanishes sooner; "
    f"with weights 4 times as large it explodes, {measured[4.0]:.2f} per step",
    xlabel="steps back, d",
    ylabel="norm of the gradient",
    log="y",
)
assert measured[0.5] < 0.35
assert 0.8 < measured[2.0] < 1 < 1.1 < measured[4.0]

# %% [markdown]
# ## 7 · Exploding gradients, and clipping
#
# A step of gradient descent is the learning rate times the gradient. So one exploded gradient makes one huge step, and
# what the weights have learned is lost. **Gradient clipping** (기울기 클리핑; Pascanu, Mikolov and Bengio 2013) keeps the
# direction of the step and bounds its length.
#
# ### Exercise 6 · Clip by the global norm · difficulty 2 of 5 · 6 minutes
#
# Write `clip_gradients(parameters, max_norm)`: if the common norm of all gradients is above `max_norm`, scale all of them by
# the same factor, so that it becomes `max_norm`; else leave them. Return the norm from **before**.
#
# - `parameters` are tensors with a `.grad`, which you change in place: `p.grad.mul_(factor)`. A `.grad` may be None.
# - The common norm is that of one long vector of all elements.
# - `parameters` may be an iterator, such as `model.parameters()`, which can be gone through only once.


# %% key="clip_gradients" exercise="02.clip_gradients"
def clip_gradients(parameters, max_norm):
    # Your code here: one norm for all, one factor for all.
    raise NotImplementedError


# %% key="check_clip_gradients" tags=["exercise-check"]
check("02.clip_gradients", clip_gradients)

# %% [markdown]
# **The same in torch**: `torch.nn.utils.clip_grad_norm_`. The folded cell shows that both give the same.

# %% key="torch_clip" tags=["nbval-check-output"] folded=true
layer = torch.nn.Linear(5, 4)
(100 * layer(torch.randn(3, 5)).square().sum()).backward()
mine = [torch.nn.Parameter(p.detach()) for p in layer.parameters()]
for p, q in zip(mine, layer.parameters(), strict=True):
    p.grad = q.grad.clone()
norm, their_norm = clip_gradients(mine, 1.0), torch.nn.utils.clip_grad_norm_(layer.parameters(), 1.0)
print("norm equal:     ", torch.allclose(torch.as_tensor(norm), their_norm))
print("gradients equal:", all(torch.allclose(p.grad, q.grad, atol=1e-5)
                              for p, q in zip(mine, layer.parameters(), strict=True)))  # fmt: skip

# %% [markdown]
# A task that needs the long way, **recall**: read 20 random symbols out of four, and name **the first one**. Guessing
# is right once in four times. The recurrent weights start 2.5 times as large, so that the gradient does not vanish (in
# this task the inputs are small and the slopes are near 1); training is plain gradient descent, on your cell, your loop
# and your clipping. **Predict first**: which of the two learns?

# %% key="clipping"
ours = {"make_cell": RNNCell, "unroll": unroll, "clip_gradients": clip_gradients}
exploding = {"T": 20, "steps": 300, "scale": 2.5, "optimizer": "SGD", "lr": 0.3}
free = [train_recall(seed, **exploding, **ours) for seed in range(3)]
clipped = [train_recall(seed, clip=1.0, **exploding, **ours) for seed in range(3)]
print("not clipped:", *(f"{accuracy:.2f}" for accuracy, _ in free))
print("clipped:    ", *(f"{accuracy:.2f}" for accuracy, _ in clipped))

# %% [markdown]
# The clipped one learns, the other one guesses. The figure shows the gradient's norm before clipping, and the accuracies:

# %% key="clipping_figure" folded=true
late = [np.median(norms[-100:]) for norms in (free[0][1], clipped[0][1])]
figure, (left, right) = plotting.figure(1, 2, size=(10.4, 4.2), width_ratios=(1.7, 1))
plotting.curve(
    np.arange(1, 301),
    {"not clipped": free[0][1], "clipped to 1": clipped[0][1]},
    title=f"In the last 100 steps the gradient's median norm is {late[0]:.1f} without clipping, {late[1]:.2g} with it",
    xlabel="training step",
    ylabel="norm of the gradient",
    log="y",
    ax=left,
)
plotting.bars(
    ["not clipped", "clipped"],
    np.array([[a for a, _ in free], [a for a, _ in clipped]]).T,
    title="It is learned only with clipping",
    ylabel="accuracy",
    chance=0.25,
    limits=(0, 1),
    ax=right,
)
assert np.mean([accuracy for accuracy, _ in free]) < 0.5
assert np.mean([accuracy for accuracy, _ in clipped]) > 0.85
assert late[1] < 0.5 * late[0]

# %% [markdown]
# Clipping cures explosions. It can't cure the other fault: a vanished gradient does not come back when it is bounded.
#
# ## 8 · How far back does it remember?
#
# Where an answer depends on what stood far back, one speaks of a **long-term dependency** (장기 의존성). In the recall task the
# first symbol stands T - 1 steps before the question. Train it at several lengths, now with Adam, clipping and torch's own
# start. **Predict first**: up to which T is it learned, and does it end slowly or suddenly?

# %% key="memory"
LENGTHS = (5, 10, 15, 20)
for T in LENGTHS:
    live = [train_recall(seed, T, steps=400, clip=1.0, **ours)[0] for seed in range(2)]
    print(f"T = {T:>2}:", *(f"{accuracy:.2f}" for accuracy in live))
    assert T > 5 or min(live) > 0.9
    assert T < 20 or max(live) < 0.5

# %% [markdown]
# At T = 5 it is learned every time, at T = 20 never; between them it depends on the seed and on the number of steps.
#
# The figure draws a stored run with five seeds, longer training (600 steps), lengths up to 200, and two starts: torch's own,
# and the recurrent weights doubled.

# %% key="memory_figure" folded=true
run = stored("02.memory")
print(run)
lengths = run.settings["T"]
own, doubled = run.array("1.0", "accuracy"), run.array("2.0", "accuracy")  # (seeds, lengths)
longest = {
    name: max(T for T, accuracies in zip(lengths, runs.T, strict=True) if accuracies.min() > 0.9)
    for name, runs in (("own", own), ("doubled", doubled))
}
ax = plotting.curve(
    lengths,
    {"torch's own start": own, "recurrent weights doubled": doubled},
    title=f"Every seed recalls the first symbol up to T = {longest['own']} from torch's own start, "
    f"up to T = {longest['doubled']} with doubled weights; at T = {lengths[-1]} those reach {doubled[:, -1].mean():.0%}",
    xlabel="length of the sequence, T",
    ylabel="accuracy (chance: 0.25)",
    log="x",
)
ax.set_ylim(0, 1.05)
chance = ax.axhline(0.25, color=plotting.GREY, linestyle=":")
assert longest["own"] == 10
assert own[:, lengths.index(20) :].max() < 0.35
assert longest["doubled"] >= 50
assert 0.7 < doubled[:, -1].mean() < 0.95

# %% [markdown]
# It ends suddenly: nearly every run from torch's own start is either right almost always or guesses. How much of the
# gradient does one step back leave in *this* task, before training?

# %% key="recall_factors"
symbols, _ = recall_task(32, 20, 4, torch.Generator().manual_seed(0))  # (32, 20, 4)
left = {}
for scale in (1.0, 2.0):
    cells = [fresh(seed, 4, 64, scale) for seed in range(5)]
    left[scale] = np.mean([per_step(by_distance(cell, symbols)) for cell in cells])
    print(f"W_hh × {scale:g}: {left[scale]:.2f} per step, {left[scale] ** 19:.1e} after 19 steps")
assert 0.54 < left[1.0] < 0.57
assert 0.9 < left[2.0] < 1.1

# %% [markdown]
# With larger weights at the start the same 64 units keep a symbol for 50 steps and, mostly, for 200. So what fails at
# T = 20 is not the memory but the **learning** of it. At 0.55 per step, 19 steps leave about a hundred-thousandth of the
# gradient; what comes from the nineteen other symbols is far larger (Bengio, Simard and Frasconi 1994). Doubled weights
# leave about all of it.
#
# Is doubling the cure, then? It puts the factor near 1, but nothing keeps it there: training moves it, and above 1 the
# gradient explodes. And one symbol of four is little to keep. In lesson 03 two real numbers are to be added, over 50 and
# 100 steps.
#
# ## 9 · Truncated back-propagation
#
# In a text of 100,000 words the gradient would have to go 100,000 steps back before the first update. Instead the text is
# cut into pieces of k steps. The state goes on from piece to piece, the gradient does not: **truncated back-propagation
# through time** (절단된 시간 역전파, truncated BPTT; Williams and Peng 1990).
#
# ### Exercise 7 · Truncate · difficulty 3 of 5 · 6 minutes
#
# Write `truncated_unroll(cell, x, k, state)`: the same two results as `unroll`, with the same values; but each piece of k
# steps starts from the **detached** state of the piece before: `state.detach()`, the same numbers, through which no
# gradient goes back. The last piece may be shorter. Your `unroll`, `x.split(k, dim=1)` and `torch.cat` are useful.


# %% key="truncated_unroll" exercise="02.truncated_unroll"
def truncated_unroll(cell, x, k, state):
    # Your code here: piece by piece, each from the detached state of the one before.
    raise NotImplementedError


# %% key="check_truncated_unroll" tags=["exercise-check"]
check("02.truncated_unroll", truncated_unroll)

# %% [markdown]
# Ten steps, cut after every four. The values stay, and the gradient of the last state ends at the last cut:

# %% key="use_truncated_unroll" tags=["nbval-check-output"]
cell = RNNCell(3, 8, torch.Generator().manual_seed(0))
x = torch.randn(2, 10, 3, generator=torch.Generator().manual_seed(1)).requires_grad_()
whole, _ = unroll(cell, x, torch.zeros(2, 8))
cut, last = truncated_unroll(cell, x, 4, torch.zeros(2, 8))
(gradient,) = torch.autograd.grad(last.sum(), x)
print("values equal:", torch.allclose(whole, cut))
print("steps that the last state's gradient reaches:",
      gradient.abs().sum((0, 2)).nonzero().flatten().tolist())  # fmt: skip

# %% [markdown]
# What is beyond the cut can still be *used*, since it is in the state; but nothing tells the weights to put it there. Take
# the recall task with T = 10, which the whole gradient mostly learns, and cut after every 3 steps. **Predict first**: does
# it fall to guessing, 0.25?


# %% key="truncated_recall"
def cut_after_3(cell, x, state):
    return truncated_unroll(cell, x, 3, state)


def cell_left_alone(cell, x, state):
    with torch.no_grad():  # the cell stays as it began, and the output layer alone learns
        return unroll(cell, x, state)


loops = {"whole gradient": unroll, "cut after 3": cut_after_3, "cell left alone": cell_left_alone}
recalled = {}
for name, loop in loops.items():
    with_loop = ours | {"unroll": loop}
    recalled[name] = [train_recall(s, 10, steps=600, clip=1.0, **with_loop)[0] for s in range(3)]
    print(f"{name:<16}", *(f"{accuracy:.2f}" for accuracy in recalled[name]))
assert np.mean(recalled["whole gradient"]) > np.mean(recalled["cut after 3"]) + 0.25
assert max(recalled["cell left alone"]) < 0.35

# %% [markdown]
# Nearly. What is above 0.25 was reached without any gradient over a cut, and not by the output layer alone: with the cell
# left alone the model guesses. We believe that what the weights learn for the steps of the last piece keeps, with some
# luck, the first symbol too.
#
# ## 10 · Watch it read
#
# A sentence, word by word: on top the first units of the state, up to the current word; below, how much of a gradient at
# the current word arrives at each word before it; at the bottom, what the model expects next. Each column is one moment.
# **Predict first**: after which words is the model sure of the next one?

# %% key="sentence_picture" folded=true
example = {"en": "my brother does n't like coffee .", "ko": "우리 형 은 커피 를 안 좋아하 여요 ."}[
    LANGUAGE
]
examples = [" ".join(side(pair)) for pair in corpus["validation"] if 6 <= len(side(pair)) <= 14][:12]
tokenize = text.tokenize_english if LANGUAGE == "en" else text.tokenize_whitespace
ids = torch.tensor([[SOS, *vocab.encode(example.split())]])  # (1, T)
back = gradient_norms(model.cell, model.embedding(ids[:, :6]), torch.zeros(1, H))[0]
sentence_explorer = explorers.Sentence(model, vocab, [example, *examples], tokenize=tokenize)
axes = sentence_explorer.picture(
    step=[1, 3, 5],
    title=f"Five words back, {back[0]:.0%} of the gradient arrives; the state and the expectation change with every word",
)
assert back[0] < 0.4
surest = model(ids)[0].softmax(-1)[0].max(-1).values  # (T,), of the likeliest next word
assert LANGUAGE != "en" or surest[1] < 0.3 < 0.8 < surest[3]

# %% [markdown]
# Where grammar leaves one word: after *does* it is nearly sure of *n't*. After *my* it is not. In the explorer type a
# sentence of your own (it says which words the model does not know), and move on with the slider.

# %% key="sentence_explorer"
sentence_explorer.widget()

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a published model of sentences: the repository timbmg/Sentence-VAE (issue 15, opened in May 2019), where
# the network that reads has several layers or two directions. torch's recurrent layers give the last state as
# (layers, B, H), also with `batch_first=True`, and a linear layer wants one row per sentence, (B, layers * H). So the
# state is given that shape. Training runs, no error is raised, the loss falls.
#
# Here is the same in a few lines of our own, with three sentences. What is wrong?

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
encoder = torch.nn.RNN(3, 4, num_layers=2, batch_first=True)
sentence, second, third = torch.randn(3, 1, 5, 3).unbind(0)  # (1, T, E) each


def summary(batch):
    _, last = encoder(batch)  # (layers, B, H)
    return last.view(len(batch), -1)  # (B, layers * H)


alone = summary(sentence)[0]
first = summary(torch.cat([sentence, second, third]))[0]
changed = summary(torch.cat([sentence, third, second]))[0]
print("alone, and first of three: the same?", torch.allclose(alone, first))
print("first of three, the other two interchanged: the same?", torch.allclose(first, changed))

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# `view` reads on, element by element, and the elements stand as (layers, B, H): first the first layer's states of all three
# sentences, then the second layer's. So row 0 holds the first layer's states of sentence 0 **and sentence 1**, and nothing
# of the second layer. With a batch of one it happens to be right, so a trial with a single sentence finds nothing.
#
# The cure: bring the batch to the front, then flatten: `last.transpose(0, 1).flatten(1)`. And two tests: a sentence
# gets the same result alone and in a batch (lesson 01); the gradient of row b reaches sentence b alone.
# </details>
#
# The folded cell holds the cure, and two tests of it.


# %% key="bug_cured" tags=["nbval-check-output"] folded=true
def cured_summary(batch):
    _, last = encoder(batch)
    return last.transpose(0, 1).flatten(1)


def sentences_reached(summarize):
    """Which sentences does the gradient of row 0 reach?"""
    batch = torch.cat([sentence, second, third]).requires_grad_()
    (gradient,) = torch.autograd.grad(summarize(batch)[0].sum(), batch)
    return gradient.abs().sum((1, 2)).nonzero().flatten().tolist()


in_batch = cured_summary(torch.cat([sentence, second, third]))[0]
same = torch.allclose(cured_summary(sentence)[0], in_batch, atol=1e-6)
print("cured, alone and first of three: the same?", same)
print("the gradient of row 0 reaches sentences", sentences_reached(summary), "with view,",
      sentences_reached(cured_summary), "cured")  # fmt: skip

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. E = 64, H = 128. How many weights and biases has the cell, and how many more for sentences of 100 words instead of
# 10?**
#
# <details><summary>24,832, and ten times as many</summary>No: the number is right, but the same weights serve every step. The
# unrolled network is deeper, not larger.</details>
# <details><summary>24,832, and no more</summary>Yes: 128 × 64 + 128 × 128 + 2 × 128, shared by all steps.</details>
# <details><summary>24,576, and no more</summary>No: these are the weights alone. There are two biases of 128 as
# well.</details>

# %% [markdown]
# **2. After one epoch your language model has a perplexity of 1.02 on validation sentences. What do you think?**
#
# <details><summary>The corpus is easy</summary>No: then it would know every next word almost surely. Nobody can know whether
# <i>i like</i> goes on with tea or with coffee.</details>
# <details><summary>It has learned the sentences by heart</summary>No: it would still hesitate over validation sentences, which
# it has not seen.</details>
# <details><summary>The target is probably not shifted</summary>Yes: a model that is asked for the word it has just read needs
# no language, only a copy. What is too good to be true deserves the first look.</details>

# %% [markdown]
# **3. The largest singular value of W_hh is 0.9. What is left of the gradient after 50 steps?**
#
# <details><summary>About 0.5 % at most</summary>Yes: 0.9<sup>50</sup> = 0.005, and the slopes 1 - h² take away more.</details>
# <details><summary>Exactly 0.5 %</summary>No: s<sup>d</sup> is a bound. The gradient rarely lies in the one direction that the
# matrix stretches most, and the slopes of tanh take away more.</details>
# <details><summary>One can't say</summary>No: with s above 1 one couldn't. With s below 1 it must vanish.</details>

# %% [markdown]
# **4. Your RNN does not learn what stood 40 words before. Will clipping help?**
#
# <details><summary>Yes, it evens the gradients out</summary>No: it makes long gradients shorter and leaves short ones as they
# are.</details>
# <details><summary>Only if the gradients explode; against vanishing it does nothing</summary>Yes: look at the norms first. You
# saw both: large weights needed clipping, the small ones need something else.</details>
# <details><summary>Yes, with a smaller max_norm</summary>No: a smaller bound makes all steps smaller, the ratio between near and
# far stays as it is.</details>

# %% [markdown]
# **5. You train with truncated back-propagation, k = 20. Can the model use a word that it read 30 steps before?**
#
# <details><summary>No, the state is reset at each piece</summary>No: it is detached, not reset. Its values go on.</details>
# <details><summary>Yes, just as one within the piece</summary>No: the word may still be in the state, but no gradient has ever told
# the weights to keep it over the cut.</details>
# <details><summary>Yes, if it happens to be in the state; it is not trained to keep it</summary>Yes: the values pass, the gradient
# does not. What was learned within pieces may still reach beyond them.</details>

# %% [markdown]
# ## Summary
#
# - A cell makes a new state from an input and the old state; a layer is the loop, with one set of weights for all steps.
# - A language model predicts each word from those before it. Shift by one, leave the padding out, and compare with counting.
# - One step back multiplies the gradient by nearly the same factor each time: typically the stretch of
#   $\mathbf{W}_{hh}$ times the slopes of tanh, 0.50 at torch's start. So it shrinks or grows like a power.
# - Clipping bounds explosions. Vanishing it can't cure.
# - From torch's start recall is learned up to ten or fifteen steps. Larger recurrent weights reach further, if one clips.
# - `detach` hands on values without a gradient. `view` does not transpose.
#
# **What this lesson can't do.** Every step overwrites the whole state: to keep something, the cell must write it again,
# through tanh and $\mathbf{W}_{hh}$, every time. Lesson **03 LSTM** gives the state a path on which keeping is the
# default, and gates that decide what is written and what is forgotten.
#
# **Further reading.**
#
# - Elman (1990), *Finding Structure in Time*, Cognitive Science 14.
# - Williams, Peng (1990), *An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories*,
#   Neural Computation 2.
# - Bengio, Simard, Frasconi (1994), *Learning Long-Term Dependencies with Gradient Descent Is Difficult*, IEEE Transactions
#   on Neural Networks 5.
# - Mikolov, Karafiát, Burget, Černocký, Khudanpur (2010), *Recurrent Neural Network Based Language Model*, Interspeech.
# - Pascanu, Mikolov, Bengio (2013), *On the Difficulty of Training Recurrent Neural Networks*, ICML, arXiv:1211.5063.
# - Le, Jaitly, Hinton (2015), *A Simple Way to Initialize Recurrent Networks of Rectified Linear Units*, arXiv:1504.00941:
#   a start that reaches further.
