# %% [markdown]
# # 02b · Gradients through time (시간을 거스르는 기울기)
#
# **The question.** The network of part a reads a sentence word after word, and keeps in its state what it has read. How
# does it learn what to keep? And how far back does its memory reach?
#
# **What you will build**: the gradient on its way back through time, and two tools for it, clipping and truncation.
# **What you will measure**: how fast the gradient shrinks on its way back, what happens where it grows, and at what
# distance learning fails.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | steps: length of a sequence |
# | V | size of the vocabulary |
# | E | size of an embedding, the input of one step |
# | H | size of the hidden state |
# | d | distance: steps back from the end |
# | s | largest singular value of the recurrent weights (section 6) |
# | k | steps of one piece (section 9) |
#
# About 90 minutes, of which the exercises take 22. Everything runs on a CPU, without a network connection.

# %% key="imports"
import numpy as np
import torch

from course_lib import embeddings, explorers, fast, metrics, plotting, text, training
from course_lib.batches import padded_batches
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored
from course_lib.experiments.language_model import encoded, sentences
from course_lib.experiments.recall import recall_task, train_recall
from course_lib.language_model import LanguageModel, next_word_nll
from course_lib.statistics import t_interval
from course_lib.text import SOS

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% key="part_a"
# What you built in part a, as the course has it: it computes the same.
from course_lib.language_model import next_word_loss
from course_lib.rnn import RNNCell, unroll

# %% [markdown]
# The language model of part a, section 4, trained once more in the same way. (About a minute. Read on meanwhile.) For
# Korean set `LANGUAGE = "ko"`.
#
# From part a you need:
#
# - The **hidden state** $\mathbf{h}_t$, H numbers, is a summary of all that was read up to step $t$. A **cell** makes it
#   from the input $\mathbf{x}_t$ and the state before it:
#   $\mathbf{h}_t = \tanh(\mathbf{W}_{xh}\,\mathbf{x}_t + \mathbf{W}_{hh}\,\mathbf{h}_{t-1} + \mathbf{b})$. In code
#   `h = cell(x_t, h)`, with x_t (B, E) and h (B, H).
# - `unroll(cell, x, state)` runs the cell over all steps, from x (B, T, E) to two results: the outputs (B, T, H), which
#   are the states, and the last state (B, H). All steps share the same weights.
# - A **language model** gives each word of the vocabulary a probability to be the next one; `next_word_loss` is the mean
#   cross-entropy of the true next words. The **perplexity** is $e$ to the power of it: with 10 the model is as unsure as
#   if it had to choose between 10 equally likely words. A sentence begins with `<sos>` and ends with `<eos>`.
#
# Sections and exercises are numbered on from part a.

# %% key="train"
LANGUAGE = "en"

vocab, train_rows, validation_rows = encoded(LANGUAGE)  # the data of part a
V = len(vocab)

E, H = 64, 128
torch.manual_seed(0)
generator = torch.Generator().manual_seed(0)
cell = RNNCell(E, H, generator=generator)
model = LanguageModel(embeddings.Embedding(V, E), cell, unroll=fast.masked_unroll)
training.fit(
    model,
    lambda: padded_batches(train_rows, 64, generator=generator),  # the batches of an epoch
    next_word_loss,
    torch.optim.Adam(model.parameters(), lr=3e-3),
    epochs=3,
    clip=1.0,  # section 7 says what this is
)
reached = metrics.perplexity(next_word_nll(model, ids) for ids in padded_batches(validation_rows, 200))
print(f"perplexity on validation sentences {reached:.1f}")
assert reached < 15

# %% [markdown]
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
# Now the range counts from which `RNNCell`, like torch's, draws its first weights: between $-1/\sqrt{H}$ and
# $1/\sqrt{H}$, all equally likely (part a, section 2). A random number between $-a$ and $a$ has the square $a^2/3$ on
# average; with $a = 1/\sqrt{H}$ that is $1/(3H)$. Each element of the product is a sum of H terms, weight times number. The signs of the
# weights are random, so in its square the mixed terms cancel on average. What is left is $1/(3H)$ times the squared
# norm of the vector. There are H such elements: the squared norm is multiplied by $H \cdot 1/(3H) = 1/3$ on average,
# and the norm by $1/\sqrt{3} = 0.58$, whatever H is. Measure it, and the slopes (the mean is taken over squares, as in
# a norm):


# %% key="two_factors"
def fresh(seed, E=E, H=H, scale=1.0):
    """A new cell, its recurrent weights multiplied by `scale`."""
    cell = RNNCell(E, H, generator=torch.Generator().manual_seed(seed))
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
# - The loss is the sum of the last state's elements, over the whole batch, divided by $\sqrt{H}$: so the norm at the
#   last step is 1. Take H from the state, `state.shape[1]`: the check uses cells of other sizes than the 128 above.
# - Element (b, t) is the norm of the gradient of that loss with respect to the state after step t, in sequence b.
#   `torch.autograd.grad(loss, states)` returns a tuple: the gradient of the loss with respect to each tensor of the
#   list.


# %% key="gradient_norms" exercise="02.gradient_norms"
def gradient_norms(cell, x, state):
    # Your code here: the states, the loss, its gradients, their norms.
    raise NotImplementedError


# %% key="check_gradient_norms" tags=["exercise-check"]
check("02.gradient_norms", gradient_norms)

# %% [markdown]
# Measure it over 31 steps, with five new cells and with the trained one. (Norms differ by powers of ten, so the mean
# over the batch is taken of their logarithms.) Behind the mean over the five cells stands, as in part a, its 95 %
# confidence interval: between these two bounds the mean over very many seeds is expected. **Predict first**: is it 0.50
# per step? And does training make it more or less?


# %% key="measure_gradients"
def by_distance(cell, x):
    """The gradient's norm 0, 1, 2 ... steps back from the end, the mean over the batch: (T,)."""
    norms = gradient_norms(cell, x, torch.zeros(len(x), len(cell.bias_hh))).detach()  # (B, T)
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
# We believe that the gradient now prefers directions that are stretched more.) The **stored run** of part a, section 4
# (an experiment that takes longer than a lesson may; the lesson reads its results) has five seeds, trained for twice as
# many epochs. It says the same: the factor per step rises, but stays below 1. Beside it stands $s$:

# %% key="stored_gradients" folded=true
run = stored("02.language_model")
print(run)
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
# is right once in four times. The cell has 64 units; its recurrent weights start 2.5 times as large, so that the
# gradient does not vanish (in this task the inputs are small and the slopes are near 1). Training is plain gradient
# descent, with the cell and the loop of part a, once without clipping and once with yours. **Predict first**: which of
# the two learns?

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
# gradient goes back. The last piece may be shorter. `unroll`, `x.split(k, dim=1)` and `torch.cat` are useful.


# %% key="truncated_unroll" exercise="02.truncated_unroll"
def truncated_unroll(cell, x, k, state):
    # Your code here: piece by piece, each from the detached state of the one before.
    raise NotImplementedError


# %% key="check_truncated_unroll" tags=["exercise-check"]
check("02.truncated_unroll", truncated_unroll)

# %% [markdown]
# Ten steps, cut after every four. The values stay, and the gradient of the last state ends at the last cut:

# %% key="use_truncated_unroll" tags=["nbval-check-output"]
cell = RNNCell(3, 8, generator=torch.Generator().manual_seed(0))
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
# Nearly. What is above 0.25 was reached without any gradient over a cut, and not by the output layer alone: with the
# cell left alone the model guesses. The last piece is one single step here (3 + 3 + 3 + 1). We believe that what the
# weights learn for this step keeps, with some luck, the first symbol too.
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
examples = [" ".join(each) for each in sentences(LANGUAGE, "validation") if 6 <= len(each) <= 14][:12]
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
# Where grammar leaves one word: in the English sentence it is nearly sure of *n't* after *does*. After *my* it is not
# sure. In the explorer type a sentence of your own (it says which words the model does not know), and move on with the
# slider.

# %% key="sentence_explorer"
sentence_explorer.widget()

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. One unit, no input: $h_t = \tanh(w\,h_{t-1})$ with w = 1.5. After a step its state is 0.8. By how much does this
# step multiply the gradient on its way back?**
#
# <details><summary>By 1.5: the weight is above 1, so the gradient grows</summary>No: the slope of tanh takes part, too.
# It is 1 only where the state is 0.</details>
# <details><summary>By 1.2</summary>No: 1.5 · 0.8 is the weight times the state. What counts is the weight times the
# slope of tanh.</details>
# <details><summary>By 0.54</summary>Yes: the slope is 1 - 0.8² = 0.36, and 1.5 · 0.36 = 0.54.</details>

# %% [markdown]
# **2. The largest singular value of W_hh is 0.9. What is left of the gradient after 50 steps?**
#
# <details><summary>About 0.5 % at most</summary>Yes: 0.9<sup>50</sup> = 0.005, and the slopes 1 - h² take away more.</details>
# <details><summary>Exactly 0.5 %</summary>No: s<sup>d</sup> is a bound. The gradient rarely lies in the one direction that the
# matrix stretches most, and the slopes of tanh take away more.</details>
# <details><summary>One can't say</summary>No: with s above 1 one couldn't. With s below 1 it must vanish.</details>

# %% [markdown]
# **3. Your RNN does not learn what stood 40 words before. Will clipping help?**
#
# <details><summary>Yes, it evens the gradients out</summary>No: it makes long gradients shorter and leaves short ones as they
# are.</details>
# <details><summary>Only if the gradients explode; against vanishing it does nothing</summary>Yes: look at the norms first. You
# saw both: large weights needed clipping, the small ones need something else.</details>
# <details><summary>Yes, with a smaller max_norm</summary>No: a smaller bound makes all steps smaller, the ratio between near and
# far stays as it is.</details>

# %% [markdown]
# **4. From torch's own start an RNN with 64 units never learns recall at T = 20. Is its state too small?**
#
# <details><summary>Yes: 64 numbers can't hold a symbol for 20 steps</summary>No: with doubled weights at the start the
# same 64 units keep it for 50 steps.</details>
# <details><summary>No: hardly any gradient arrives at the first step</summary>Yes: about a hundred-thousandth is left.
# Hardly anything tells the weights to keep the symbol.</details>
# <details><summary>No: the first symbol is random, and nobody can learn it</summary>No: it need not be guessed, only
# kept. At T = 5 every run learns that.</details>

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
# - One step back multiplies the gradient by nearly the same factor each time: typically the stretch of
#   $\mathbf{W}_{hh}$ times the slopes of tanh, 0.50 at torch's start. So it shrinks or grows like a power.
# - Clipping bounds explosions. Vanishing it can't cure.
# - From torch's start recall is learned up to ten or fifteen steps. Larger recurrent weights reach further, if one clips.
# - `detach` hands on values without a gradient: with it a long text is read in pieces.
#
# **What this lesson can't do.** Every step overwrites the whole state: to keep something, the cell must write it again,
# through tanh and $\mathbf{W}_{hh}$, every time. Lesson **03 LSTM** gives the state a path on which keeping is the
# default, and gates that decide what is written and what is forgotten.
#
# **Further reading.**
#
# - Williams, Peng (1990), *An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories*,
#   Neural Computation 2.
# - Bengio, Simard, Frasconi (1994), *Learning Long-Term Dependencies with Gradient Descent Is Difficult*, IEEE Transactions
#   on Neural Networks 5.
# - Pascanu, Mikolov, Bengio (2013), *On the Difficulty of Training Recurrent Neural Networks*, ICML, arXiv:1211.5063.
# - Le, Jaitly, Hinton (2015), *A Simple Way to Initialize Recurrent Networks of Rectified Linear Units*, arXiv:1504.00941:
#   a start that reaches further.
