# %% [markdown]
# # 02 · RNN: recurrent networks (순환 신경망)
#
# **The question.** The classifier of lesson 01 took the mean of the word vectors, and the mean does not know which word
# came first. How can a network read a sentence word after word, and remember what it has read? And how far back does
# that memory reach?
#
# **What you will build**: a recurrent cell, the loop over time, the loss of a language model, generation, the gradient
# through time, clipping, truncated back-propagation. **What you will measure**: how well the network predicts the next
# word, how fast the gradient vanishes on its way back, and at what distance learning fails.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | steps: length of the longest sequence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding, the input of one step |
# | H | size of the hidden state |
#
# About 90 minutes, of which the exercises take 47. Everything runs on a CPU, without a network connection.

# %% key="imports"
import time

import numpy as np
import torch
import torch.nn.functional as F

from course_lib import (
    datasets,
    decoding,
    embeddings,
    explorers,
    fast,
    metrics,
    plotting,
    rnn,
    text,
    training,
)
from course_lib.batches import padded_batches
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored
from course_lib.experiments.ngrams import ngram_nll
from course_lib.experiments.recall import memory, recall_task, train_recall
from course_lib.language_model import LanguageModel, next_word_nll, unigram_nll
from course_lib.rnn import hidden
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# ## 1 · Order matters
#
# Two sentences of the same words, and what a mean makes of them. An average has no first and no last, so no layer behind
# it can tell who saw whom.

# %% key="order" tags=["nbval-check-output"]
words = {word: torch.randn(4, generator=torch.Generator().manual_seed(i))
         for i, word in enumerate(["the", "dog", "saw", "cat"])}  # fmt: skip
one = torch.stack([words[w] for w in ["the", "dog", "saw", "the", "cat"]])  # (T, E)
other = torch.stack([words[w] for w in ["the", "cat", "saw", "the", "dog"]])
print("the mean is the same:", torch.allclose(one.mean(0), other.mean(0)))

# %% [markdown]
# ## 2 · A cell
#
# Read one word at a time and keep a **hidden state** (은닉 상태) $\mathbf{h}_t \in \mathbb{R}^H$: what is remembered after
# step $t$. A **cell** (셀) makes the new state from the new word $\mathbf{x}_t$ and the old state (Elman 1990):
#
# $$\mathbf{h}_t = \tanh(\mathbf{W}_{ih}\,\mathbf{x}_t + \mathbf{b}_{ih} + \mathbf{W}_{hh}\,\mathbf{h}_{t-1} + \mathbf{b}_{hh})$$
#
# $\mathbf{W}_{ih}$ is (H, E), $\mathbf{W}_{hh}$ is (H, H), each bias (H,). The hyperbolic tangent (쌍곡 탄젠트), tanh, keeps
# every unit between -1 and 1.
#
# ### Exercise 1 · One step · difficulty 1 of 5 · 4 minutes
#
# Write `rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh)` for a batch: `x` (B, E) and `h` (B, H), one sequence in
# each row; the answer is the new state, (B, H). `F.linear(x, weight, bias)` is `x @ weight.T + bias`, in one call.


# %% key="rnn_step" exercise="02.rnn_step"
def rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the part of the input plus the part of the state, through tanh, (B, H).
    raise NotImplementedError


# %% key="check_rnn_step" tags=["exercise-check"]
check("02.rnn_step", rnn_step)

# %% [markdown]
# Weights and step together make a module. It starts as `torch.nn.RNNCell` does, with numbers drawn evenly between
# $-1/\sqrt{H}$ and $1/\sqrt{H}$; remember this range, it will matter in section 6.


# %% key="cell"
class RNNCell(torch.nn.Module):
    def __init__(self, E, H, generator=None):
        super().__init__()
        for name, shape in [
            ("weight_ih", (H, E)),
            ("weight_hh", (H, H)),
            ("bias_ih", (H,)),
            ("bias_hh", (H,)),
        ]:
            values = torch.empty(shape).uniform_(-(H**-0.5), H**-0.5, generator=generator)
            setattr(self, name, torch.nn.Parameter(values))

    def forward(self, x, h=None):
        if h is None:
            h = x.new_zeros(len(x), len(self.bias_hh))
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
# A **recurrent layer** (순환 층) runs the cell over all steps. Drawn as T copies of the cell in a row it is said to be
# **unrolled** (펼치기), and in that picture it is an ordinary deep network, T layers deep, with one difference: all layers
# share the same weights.
#
# ### Exercise 2 · Unroll · difficulty 2 of 5 · 7 minutes
#
# Write `unroll(cell, x, state=None)`: for `x` (B, T, E) and the state before the first step, (B, H), return two things:
#
# - the outputs, (B, T, H): `outputs[:, t]` is the state after step t;
# - the last state, (B, H).
#
# `cell(x_t, state)` takes one step of all sequences, (B, E), and returns the new state. Any cell will do. (Two things are
# for later: handed no state, the loop leaves it to the cell to begin at zeros; and the solution says `hidden(state)` for
# what a cell shows of its state. Here that is the state itself, in lesson 03 it will be the first of a pair.)


# %% key="unroll" exercise="02.unroll"
def unroll(cell, x, state=None):
    # Your code here: hand the state from step to step, and collect it.
    raise NotImplementedError


# %% key="check_unroll" tags=["exercise-check"]
check("02.unroll", unroll)

# %% [markdown]
# **The same in `torch.nn`.** `torch.nn.RNN` is this loop in one call: equal values, equal gradients. (It calls its weights
# `weight_ih_l0`, because it may have several layers, and its last state has a dimension more, (layers, B, H).)

# %% key="torch_rnn" tags=["nbval-check-output"]
layer = torch.nn.RNN(3, 5, batch_first=True)
mine = RNNCell(3, 5)
mine.load_state_dict({name.removesuffix("_l0"): value for name, value in layer.state_dict().items()})
x, first = torch.randn(2, 7, 3), torch.randn(2, 5)
direction = torch.randn(2, 7, 5)

outputs, last = unroll(mine, x, first)
their_outputs, their_last = layer(x, first[None])
(outputs * direction).sum().backward()
(their_outputs * direction).sum().backward()
print("outputs equal:   ", torch.allclose(outputs, their_outputs, atol=1e-6))
print("last state equal:", torch.allclose(last, their_last[0], atol=1e-6))
print("gradients equal: ", torch.allclose(mine.weight_hh.grad, layer.weight_hh_l0.grad, atol=1e-5))

# %% [markdown]
# The two sentences of section 1 now end in different states. And the number of weights does not depend on how long a
# sentence is.

# %% key="order_again" tags=["nbval-check-output"]
cell = RNNCell(4, 8, torch.Generator().manual_seed(0))
_, after_one = unroll(cell, one[None], torch.zeros(1, 8))
_, after_other = unroll(cell, other[None], torch.zeros(1, 8))
print("the last state is the same:", torch.allclose(after_one, after_other, atol=1e-3))
print("weights:", sum(p.numel() for p in cell.parameters()))

# %% [markdown]
# ## 4 · A language model (언어 모델)
#
# Ask the state after each word: what comes next? A linear layer turns the state into V logits, and the softmax makes
# probabilities of them. By the chain rule the probability of a whole sentence is the product over its words,
#
# $$p(w_1 \dots w_T) = \prod_t p(w_t \mid w_1 \dots w_{t-1})$$
#
# so a network that predicts next words is a model of sentences. Nobody has to label anything: the target of each
# step is the next word of the text itself.
#
# ### Exercise 3 · The loss of a language model · difficulty 3 of 5 · 8 minutes
#
# Write `next_word_loss(model, ids)`: one number, the mean cross-entropy of all words that are to be predicted.
#
# - `ids` (B, T + 1): rows of `<sos>` ... `<eos>`, filled up at the end with `<pad>`, which is id 0.
# - `logits, state = model(inputs)`: for inputs (B, T) logits (B, T, V); `logits[:, t]` are about the word after
#   `inputs[:, t]`.
# - Each word but the first is a target, `<eos>` too; `<pad>` never is. Every real target counts the same.


# %% key="next_word_loss" exercise="02.next_word_loss"
def next_word_loss(model, ids):
    # Your code here: shift by one, leave out the padding, take the mean.
    raise NotImplementedError


# %% key="check_next_word_loss" tags=["exercise-check"]
check("02.next_word_loss", next_word_loss)

# %% [markdown]
# Why is no mask needed inside the model? The padding stands at the end, and a state knows nothing of what comes after
# it. Only who wants the *last* state must take care: that of a padded row has read padding. The library's `masked_unroll`
# takes a mask for this; lesson 03 comes back to it.
#
# **The data**: the English side of the bundled corpus; with `LANGUAGE = "ko"` everything below runs on the Korean one.

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
# **Perplexity** (퍼플렉시티) is exp of the mean loss per word: the model is as unsure as if it had to choose between so many
# equally likely words. Guessing among all V words has the perplexity V. Two models without a network to compare with,
# both made by counting:
#
# - **unigram** (유니그램): how frequent is the word, whatever came before?
# - **bigram** (바이그램): how frequent is it after the one word before it? Where that pair is rare, the unigram helps out.
#
# Same vocabulary, same words to predict. **Predict first**: what perplexity does each reach?

# %% key="baselines"
counts = torch.bincount(torch.tensor([i for row in train_rows for i in row[1:]]), minlength=V)
unigram = metrics.perplexity(unigram_nll(counts, ids[:, 1:]) for ids in validation)
# strength: for how many observations of the word before the unigram's opinion counts
bigram = metrics.perplexity([ngram_nll(2, train_rows, validation_rows, V, strength=10.0)])
print(f"guessing {V}, unigram {unigram:.1f}, bigram {bigram:.1f}")

# %% [markdown]
# **Training.** The loss is yours. The cell is the library's, which computes what yours does, because
# `fast.masked_unroll` knows it and does the whole loop in one call of torch's kernel. First, see that it is the same; then,
# train.

# %% key="fast_is_the_same" tags=["nbval-check-output"]
cell = rnn.RNNCell(3, 5)
x, first = torch.randn(2, 7, 3), torch.zeros(2, 5)
same = torch.allclose(unroll(cell, x, first)[0], fast.masked_unroll(cell, x, first)[0], atol=1e-6)
print("your loop and the kernel agree:", same)

# %% key="train"
E, H = 64, 128
torch.manual_seed(0)
generator = torch.Generator().manual_seed(0)
cell = rnn.RNNCell(E, H, generator=generator)
model = LanguageModel(embeddings.Embedding(V, E), cell, unroll=fast.masked_unroll)
untrained = metrics.perplexity(next_word_nll(model, ids) for ids in validation)


def validate(model):
    return {"perplexity": metrics.perplexity(next_word_nll(model, ids) for ids in validation)}


start = time.perf_counter()
history = training.fit(
    model,
    lambda: padded_batches(train_rows, 64, generator=generator),
    next_word_loss,
    torch.optim.Adam(model.parameters(), lr=3e-3),
    epochs=3,
    clip=1.0,  # section 7 says what this is
    evaluate=validate,
)
print(f"{time.perf_counter() - start:.0f} s; perplexity {untrained:.0f} before training, then",
      *(f"{line['perplexity']:.1f}" for line in history))  # fmt: skip

# %% key="perplexity_figure"
reached = history[-1]["perplexity"]
ax = plotting.bars(
    ["unigram", "bigram", "RNN"],
    [unigram, bigram, reached],
    title=f"The RNN hesitates between {reached:.1f} words, the bigram model between {bigram:.1f}, "
    f"the unigram model between {unigram:.0f}",
    ylabel="perplexity on validation sentences",
    digits=1,
)
assert reached < 0.1 * unigram
assert reached < 0.8 * bigram

# %% [markdown]
# An untrained model is about as unsure as guessing, or worse. Is the rest a matter of this one seed? And what do models
# that count longer pieces reach? The stored run has five seeds, six epochs, both languages, and n-gram models up to
# n = 5. Their one free number was chosen on the validation sentences, in their favour. Behind a mean stands, here and from
# now on, its 95 % confidence interval (신뢰 구간): [8.7, 9.1] says between which bounds the mean over very many seeds is
# expected.

# %% key="stored_perplexity"
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
# seventh in English, on a corpus whose sentences are short and made by a grammar. What the n-gram model needs a
# table for, it has in a state of 128 numbers.
#
# Does the network use the order? Shuffle the words of each validation sentence. The unigram model can't notice.

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

# %% [markdown]
# ## 5 · Let it speak
#
# Draw the next word from the model's probabilities, feed it back in, draw again: the model writes a sentence. The
# **temperature** (온도) $\tau$ divides the logits before the softmax. Below 1 the likely words get likelier; above 1 the
# unlikely ones get their turn.
#
# ### Exercise 4 · Generate · difficulty 3 of 5 · 8 minutes
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
# How much of it is new, and how much variety is there? 200 sentences at each temperature. The library's `decoding.sample`
# does what yours does, for many sentences at once.

# %% key="variety"
zeros = torch.zeros(200, H)  # the states of 200 sentences, before their first word
variety = {}
for temperature in (0.5, 1.0, 2.0):
    g = torch.Generator().manual_seed(0)
    said = decoding.sample(model.step, zeros, 30, temperature=temperature, generator=g)
    rows = [tuple(vocab.decode(row)) for row in said.ids]
    words_used = len({word for row in rows for word in row})
    variety[temperature] = words_used, np.mean([row in known for row in rows])
    print(f"temperature {temperature}: {words_used} different words, "
          f"{variety[temperature][1]:.0%} of the sentences stand in the training text")  # fmt: skip
assert variety[0.5][0] < variety[1.0][0] < variety[2.0][0]
assert variety[0.5][1] > variety[2.0][1]

# %% [markdown]
# ## 6 · The gradient on its way back
#
# To learn from a word that stood far back, the loss must reach it. Training an unrolled network by the chain rule is
# called **back-propagation through time** (시간 역전파): the gradient runs from step to step towards the beginning. One
# step back multiplies it by the same kind of matrix every time,
#
# $$\frac{\partial \mathbf{h}_t}{\partial \mathbf{h}_{t-1}} = \operatorname{diag}(1 - \mathbf{h}_t^2)\,\mathbf{W}_{hh}$$
#
# and a product of many such matrices tends to shrink or to grow like a power. No factor of the diagonal is above 1, so
# with $s$, the largest singular value (특잇값) of $\mathbf{W}_{hh}$, also called its spectral norm (스펙트럼 노름),
#
# $$\left\lVert \frac{\partial \mathcal{L}}{\partial \mathbf{h}_{T-d}} \right\rVert \le s^{d}
# \left\lVert \frac{\partial \mathcal{L}}{\partial \mathbf{h}_T} \right\rVert$$
#
# (Pascanu, Mikolov and Bengio 2013). If $s < 1$, the gradient **must** vanish with the distance $d$ (기울기 소실); if
# $s > 1$, it **may** explode (기울기 폭발), and it may vanish all the same.
#
# ### Exercise 5 · The gradient at each step · difficulty 3 of 5 · 8 minutes
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
# Measure it over 31 words of running text, once with five fresh cells and once with the trained one. **Predict first**: how
# much of the gradient is left after 30 steps? And does training change that?

# %% key="measure_gradients"
STEPS = 31
running = torch.tensor([i for row in validation_rows for i in row])[: 32 * STEPS].view(32, STEPS)


def measured(cell, x):
    """The mean norm at each distance from the last step, (STEPS,): its geometric mean over the batch."""
    norms = gradient_norms(cell, x, torch.zeros(len(x), len(cell.bias_hh)))
    return norms.log().mean(0).exp().flip(0).numpy()


def fresh(seed, scale=1.0):
    """A new cell, its recurrent weights multiplied by `scale`, and the text as random vectors."""
    g = torch.Generator().manual_seed(seed)
    cell = RNNCell(E, H, g)
    with torch.no_grad():
        cell.weight_hh *= scale
    return cell, torch.randn(V, E, generator=g)[running]


def factor(norms):
    """The factor per step, by a straight line through the logarithms, and how straight they are (R², at most 1)."""
    d = np.arange(len(norms))
    slope, at_0 = np.polyfit(d, np.log(norms), 1)
    left = np.log(norms) - (slope * d + at_0)
    return np.exp(slope), 1 - left.var() / np.log(norms).var()


def largest_singular_value(cell):
    return torch.linalg.matrix_norm(cell.weight_hh.detach(), 2).item()


at_start = np.array([measured(*fresh(seed)) for seed in range(5)])
trained = measured(model.cell, model.embedding(running).detach())
bounds = np.array([largest_singular_value(fresh(s)[0]) ** np.arange(STEPS) for s in range(5)])
factors = np.array([factor(norms) for norms in at_start])  # (seeds, 2)
print("at the start, per step:", t_interval(factors[:, 0]), "R²", factors[:, 1].min().round(4))
print(f"trained: {factor(trained)[0]:.2f} per step, R² {factor(trained)[1]:.3f}, "
      f"largest singular value {largest_singular_value(model.cell):.1f}")  # fmt: skip

# %% key="gradient_figure"
ax = plotting.curve(
    np.arange(STEPS),
    {"at the start": at_start, "bound at the start, $s^d$": bounds, "after training": trained},
    title=f"Each step back leaves {factors[:, 0].mean():.0%} of the gradient at the start, "
    f"{factor(trained)[0]:.0%} after training",
    xlabel="steps back, d",
    ylabel="norm of the gradient",
    log="y",
)
assert (at_start <= bounds * 1.0001).all()
assert factors[:, 1].min() > 0.999  # a straight line on a logarithmic axis: geometric
assert 0.45 < factors[:, 0].mean() < 0.55
assert factors[:, 0].mean() + 0.1 < factor(trained)[0] < 0.95

# %% [markdown]
# A straight line on a logarithmic axis, the trained one nearly so: the gradient shrinks **geometrically**. The bound holds,
# and is far away: $s$ is a little above 1 at the start and grows past 4 in training, yet the gradient vanishes both times,
# because the factors $1 - h^2$ are well below 1, and because $s$ is about the one worst direction. Training makes the
# memory longer, not long. Five seeds say the same:

# %% key="stored_gradients"
for language in ("en", "ko"):
    for moment in ("before", "after"):
        per_step, s = run.array(language, moment, "factor"), run.array(language, moment, "norm")
        print(f"{language} {moment:>6} training: factor {t_interval(per_step)}, "
              f"s {t_interval(s)}")  # fmt: skip
    before, after = (run.array(language, moment, "factor") for moment in ("before", "after"))
    assert (after > before + 0.15).all()
    assert after.max() < 0.9
    assert run.array(language, "after", "norm").min() > 4

# %% [markdown]
# The start decides. Multiply $\mathbf{W}_{hh}$ by one number before anything is trained, and look again.
# **Predict first**: which of the four lines rise?

# %% key="scales"
SCALES = (0.5, 1.0, 2.0, 4.0)
by_scale = {scale: np.array([measured(*fresh(seed, scale)) for seed in range(5)]) for scale in SCALES}
per_step = {scale: np.mean([factor(norms)[0] for norms in runs]) for scale, runs in by_scale.items()}
for scale in SCALES:
    s = np.mean([largest_singular_value(fresh(seed, scale)[0]) for seed in range(5)])
    print(f"W_hh × {scale}: s = {s:.2f}, bound at 30 steps {s**30:.1e}, "
          f"measured {by_scale[scale][:, -1].mean():.1e}")  # fmt: skip

# %% key="scales_figure"
ax = plotting.curve(
    np.arange(STEPS),
    {f"W × {scale:g}: {per_step[scale]:.2f} per step": runs for scale, runs in by_scale.items()},
    title=f"With recurrent weights half as large the gradient vanishes sooner; "
    f"with weights 4 times as large it explodes, {per_step[4.0]:.2f} per step",
    xlabel="steps back, d",
    ylabel="norm of the gradient",
    log="y",
)
assert per_step[0.5] < 0.35
assert 0.8 < per_step[2.0] < 1 < 1.1 < per_step[4.0]
assert all(
    (runs[:, 1:] < bounds[:, 1:] * 2.0 ** (2 * np.arange(1, STEPS))).all() for runs in by_scale.values()
)

# %% [markdown]
# ## 7 · Exploding gradients, and clipping
#
# A step is as long as the gradient, and one exploded gradient is enough to throw the weights away from all that they have
# learned. **Gradient clipping** (기울기 클리핑; Pascanu, Mikolov and Bengio 2013) keeps the direction of the
# step and bounds its length.
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
# **The same in torch**: `torch.nn.utils.clip_grad_norm_`.

# %% key="torch_clip" tags=["nbval-check-output"]
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
# A task that needs the long way: read 20 random symbols out of four, and name **the first one**. Guessing is right once in
# four times. The recurrent weights are 2.5 times as large at the start, so that the gradient does not vanish; the training is
# plain gradient descent. `train_recall` runs on your cell, your loop and your clipping. **Predict first**: which of the
# two learns?

# %% key="clipping"
ours = {"make_cell": RNNCell, "unroll": unroll, "clip_gradients": clip_gradients}
exploding = {"T": 20, "steps": 300, "scale": 2.5, "optimizer": "SGD", "lr": 0.3}
free = [train_recall(seed, **exploding, **ours) for seed in range(3)]
clipped = [train_recall(seed, clip=1.0, **exploding, **ours) for seed in range(3)]
print("not clipped:", *(f"{accuracy:.2f}" for accuracy, _ in free))
print("clipped:    ", *(f"{accuracy:.2f}" for accuracy, _ in clipped))

# %% key="clipping_figure"
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
    title="Only with clipping is it learned",
    ylabel="accuracy",
    chance=0.25,
    limits=(0, 1),
    ax=right,
)
assert np.mean([accuracy for accuracy, _ in free]) < 0.5
assert np.mean([accuracy for accuracy, _ in clipped]) > 0.85
assert late[1] < 0.5 * late[0]

# %% [markdown]
# Clipping cures explosions. It can't cure the other disease: a gradient that has vanished is not brought back by
# bounding it.
#
# ## 8 · How far back does it remember?
#
# The same task at several lengths, now with Adam, clipping and torch's own start. The first symbol stands T - 1 steps
# before the question. **Predict first**: up to which T is it learned, and how does it end, slowly or suddenly?

# %% key="memory"
LENGTHS = (5, 10, 15, 20)
live = np.array(
    [memory(seed, T=LENGTHS, scales=(1.0,), steps=400, **ours)["1.0"]["accuracy"] for seed in range(2)]
)
for T, by_seed in zip(LENGTHS, live.T, strict=True):
    print(f"T = {T:>2}:", *(f"{accuracy:.2f}" for accuracy in by_seed))
assert live[:, 0].min() > 0.9
assert live[:, -1].max() < 0.5

# %% [markdown]
# At T = 5 it is learned every time, at T = 20 never; between them luck and the number of training steps decide.
#
# The stored run has five seeds, longer training (600 steps) and lengths up to 200, with two starts: torch's own, and the
# recurrent weights doubled.

# %% key="memory_figure"
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
# How much of the gradient does one step back leave in *this* task, before training?


# %% key="recall_factors"
def recall_start(seed, scale):
    """A new cell for the recall task, and sequences of 20 symbols."""
    g = torch.Generator().manual_seed(seed)
    cell = RNNCell(4, 64, g)
    with torch.no_grad():
        cell.weight_hh *= scale
    return cell, recall_task(32, 20, 4, g)[0]


left = {
    s: np.mean([factor(measured(*recall_start(seed, s)))[0] for seed in range(5)]) for s in (1.0, 2.0)
}
for scale, per_step in left.items():
    print(f"W_hh × {scale:g}: {per_step:.2f} per step, {per_step**19:.1e} after 19 steps")
assert 0.54 < left[1.0] < 0.57
assert 0.9 < left[2.0] < 1.1

# %% [markdown]
# So the network *can* keep a symbol for 50 steps and, mostly, for 200: with larger weights at the start the same 64 units
# do. What fails at T = 20 is not the memory but the **learning** of it: at 0.55 per step, 19 steps leave about a
# hundred-thousandth of the gradient, and the first symbol is drowned by the nineteen that don't matter (Bengio, Simard and
# Frasconi 1994). Doubled weights leave about all of it. The edge is sharp, and where it lies is decided by the start, before
# anything is learned.
#
# Is doubling the cure, then? A factor of 1 is a balance on an edge: training moves it, and above 1 the gradient explodes,
# which is why the run clips. And one of four symbols is little to keep: two bits, for which a few units near -1 or 1 are
# enough. Lesson 03 asks for more: to add two real numbers, over 50 and 100 steps.
#
# ## 9 · Truncated back-propagation
#
# For a text of 100,000 words one would need 100,000 steps back before the first update. Instead the text is cut into pieces
# of k steps. The state goes on from piece to piece, the gradient does not: **truncated back-propagation through time**
# (절단된 시간 역전파; Williams and Peng 1990).
#
# ### Exercise 7 · Truncate · difficulty 3 of 5 · 6 minutes
#
# Write `truncated_unroll(cell, x, k, state)`: the same two results as `unroll`, with the same values; but each piece of k
# steps starts from the **detached** state of the piece before. The last piece may be shorter. Your `unroll`,
# `x.split(k, dim=1)` and `torch.cat` are useful.


# %% key="truncated_unroll" exercise="02.truncated_unroll"
def truncated_unroll(cell, x, k, state):
    # Your code here: piece by piece, each from the detached state of the one before.
    raise NotImplementedError


# %% key="check_truncated_unroll" tags=["exercise-check"]
check("02.truncated_unroll", truncated_unroll)

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


recall = {"T": 10, "steps": 600, "clip": 1.0}
loops = {"whole gradient": unroll, "cut after 3": cut_after_3, "cell left alone": cell_left_alone}
recalled = {
    name: [train_recall(s, **recall, **(ours | {"unroll": loop}))[0] for s in range(3)]
    for name, loop in loops.items()
}
for name, by_seed in recalled.items():
    print(f"{name:<16}", *(f"{accuracy:.2f}" for accuracy in by_seed))
assert np.mean(recalled["whole gradient"]) > np.mean(recalled["cut after 3"]) + 0.25
assert max(recalled["cell left alone"]) < 0.35

# %% [markdown]
# What is above 0.25 was reached without any gradient over a cut. The last piece trains the recurrent weights too, and with
# some luck what it teaches them for its own steps carries the first symbol as well. The output layer alone could not do it:
# the third line, where the cell stays as it began, is guessing.
#
# ## 10 · Watch it read
#
# A sentence, word by word. On top the first units of the state, up to the current word; below how much of a gradient at the
# current word arrives at each word before it; at the bottom, or on the right, what the model expects next. The static
# picture shows three moments, one in each column; in the explorer type a sentence of your own (it says which words the model
# does not know), and move on with the slider. **Predict first**: after which words is the model sure of the next one?

# %% key="sentence_picture"
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

# %% key="sentence_explorer"
sentence_explorer.widget()

# %% [markdown]
# ## 11 · What went wrong?
#
# A real bug, from a published model of sentences: the repository timbmg/Sentence-VAE (issue 15, opened in May 2019), where
# the encoder has several layers or two directions. torch's recurrent layers give the last state as (layers, B, H), also with
# `batch_first=True`, and a linear layer wants one row per sentence, (B, layers * H). So the state is given that
# shape. Training runs, no error is raised, the loss falls. Here is the same in a few lines of our own, with three
# sentences. Look at the two lines, and say what is wrong before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
encoder = torch.nn.RNN(3, 4, num_layers=2, batch_first=True)
sentence, second, third = torch.randn(3, 1, 5, 3).unbind(0)  # (1, T, E) each


def summary(batch):
    _, last = encoder(batch)  # (layers, B, H)
    return last.view(len(batch), -1)  # (B, layers * H)


alone = summary(sentence)[0]
print(
    "alone, and first of three: the same?",
    torch.allclose(alone, summary(torch.cat([sentence, second, third]))[0]),
)
print("first of three, the other two interchanged: the same?", torch.allclose(
    summary(torch.cat([sentence, second, third]))[0], summary(torch.cat([sentence, third, second]))[0]))  # fmt: skip

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# `view` reads on, element by element, and the elements stand as (layers, B, H): first the first layer's states of all three
# sentences, then the second layer's. So row 0 holds the first layer's states of sentence 0 **and sentence 1**, and nothing
# of the second layer. With a batch of one it happens to be right, so a trial with a single sentence finds nothing. It
# trains, because the mixed rows still hold some information; and what a sentence becomes depends on its
# neighbours.
#
# The cure: bring the batch to the front, then flatten: `last.transpose(0, 1).flatten(1)`. And two tests: a sentence gets
# the same result alone and in a batch (lesson 01); and the gradient of row b reaches sentence b alone.
# </details>


# %% key="bug_cured" tags=["nbval-check-output"]
def cured_summary(batch):
    _, last = encoder(batch)
    return last.transpose(0, 1).flatten(1)


def sentences_reached(summarize):
    """Which sentences does the gradient of row 0 reach?"""
    batch = torch.cat([sentence, second, third]).requires_grad_()
    (gradient,) = torch.autograd.grad(summarize(batch)[0].sum(), batch)
    return gradient.abs().sum((1, 2)).nonzero().flatten().tolist()


in_batch = cured_summary(torch.cat([sentence, second, third]))[0]
print(
    "cured, alone and first of three:", torch.allclose(cured_summary(sentence)[0], in_batch, atol=1e-6)
)
print(
    "row 0 hears sentences",
    sentences_reached(summary),
    "with view,",
    sentences_reached(cured_summary),
    "cured",
)

# %% [markdown]
# ## 12 · Quiz
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
# <details><summary>About 0.5 % at most</summary>Yes: 0.9<sup>50</sup> = 0.005, and the factors 1 - h² take away more.</details>
# <details><summary>Exactly 0.5 %</summary>No: s<sup>d</sup> is a bound. The gradient rarely lies in the one direction where the
# matrix is strongest, and tanh takes away more.</details>
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
# <details><summary>Yes, if it happens to be in the state; it is not trained to keep it</summary>Yes: the values pass, the blame does
# not. What was learned within pieces may still reach beyond them.</details>

# %% [markdown]
# ## Summary
#
# - A cell makes a new state from an input and the old state; a layer is the loop, with one set of weights for all steps.
# - A language model predicts each word from those before it. Shift by one, leave the padding out, and compare with counting.
# - The gradient is multiplied by nearly the same matrix at each step back, so it shrinks or grows geometrically.
# - Clipping bounds explosions. Vanishing it can't cure.
# - From torch's start recall is learned up to ten or fifteen steps. Larger recurrent weights reach further, if one clips.
# - `detach` hands on values without a gradient. `view` does not transpose.
#
# **What this lesson can't do.** Every step overwrites the whole state: to keep something, the cell must write it again,
# through tanh and $\mathbf{W}_{hh}$, every time. Lesson **03 LSTM** gives the state a path on which keeping is the
# default, and gates that decide what is written and what is forgotten.
#
# **Further reading.** Elman (1990), *Finding Structure in Time*, Cognitive Science 14. Williams, Peng (1990), *An Efficient
# Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories*, Neural Computation 2. Bengio, Simard,
# Frasconi (1994), *Learning Long-Term Dependencies with Gradient Descent Is Difficult*, IEEE Transactions on Neural Networks
# 5. Mikolov, Karafiát, Burget, Černocký, Khudanpur (2010), *Recurrent Neural Network Based Language Model*, Interspeech.
# Pascanu, Mikolov, Bengio (2013), *On the Difficulty of Training Recurrent Neural Networks*, ICML, arXiv:1211.5063. Le,
# Jaitly, Hinton (2015), *A Simple Way to Initialize Recurrent Networks of Rectified Linear Units*, arXiv:1504.00941: a start
# that reaches further.
