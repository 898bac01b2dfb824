# %% [markdown]
# # 03b · What is kept (무엇이 남는가)
#
# **The question.** An LSTM *can* keep a number for a hundred steps: its forget gate must be near to 1. But nobody sets
# the gates by hand, the network must learn it. Does it? What helps it to learn, and what does it then remember?
#
# **What you will build**: the last real state of a padded sentence, padded sentences turned round, and a layer that
# reads in both directions.
# **What you will measure**: how far back the gradient reaches, what each cell keeps, when the forget gate's bias
# decides, whether peepholes help, and what one unit of a language model remembers.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | length of the sequences |
# | E | size of the input of one step |
# | H | size of the state, the units |
#
# About 95 minutes, of which the exercises take 19. The end of section 6 is a good place for a break. Everything runs on
# a CPU, without a network connection.

# %% key="imports"
import copy
import math

import numpy as np
import torch
from torch import nn

from course_lib import explorers, plotting
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import question_unit, stored
from course_lib.experiments.adding import train_adder
from course_lib.experiments.forget_bias import train_first_value
from course_lib.experiments.gradient_flow import gradient_by_distance
from course_lib.masks import padding_mask
from course_lib.rnn import RNNCell, unroll
from course_lib.statistics import t_interval
from course_lib.tasks import adding_problem

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% key="part_a"
# What you built in part a, as the course has it: it computes the same.
from course_lib.gru import GRUCell
from course_lib.lstm import LSTMCell, PeepholeLSTMCell, set_forget_bias

# %% [markdown]
# From part a you need:
#
# ![](picture:lstm_cell)
#
# - An **LSTM** has two states. The cell state $c$ is the memory, $c_t = f \cdot c_{t-1} + i \cdot g$; the hidden state
#   $h$ is what is shown of it, $h_t = o \cdot \tanh(c_t)$. The **forget gate** f says how much of the old c stays, the
#   **input gate** i how much of the new number is added, the **output gate** o how much is shown. The new number is the
#   **candidate** g. Gates lie between 0 (shut) and 1 (open): an *open* forget gate keeps.
# - The gates and g are made from the input and from the last h. In a new cell mostly the **bias** decides how far the
#   forget gate is open: a bias of 0 makes about 0.5, 1 about 0.73, 3 about 0.95. `set_forget_bias(cell, value)` sets
#   it.
# - The gradient goes back straight along c, and meets the factor f at each step. Besides there are **side roads**
#   through h, at which the gates look.
# - With **peepholes** the gates see the cell, too: each unit its own cell (the **diagonal** form, H weights for each
#   gate), or the cells of all units (the **full** form, a matrix (H, H)).
# - A **GRU** has one state, h, and two gates. If its **update gate** z is 1, the old h stays; if it is 0, the candidate
#   n replaces it. n sees h through the **reset gate** r.
#
# Sections and exercises are numbered on from part a.

# %% [markdown]
# ## 4 · How far back does the gradient reach?
#
# Lesson 02 measured it for the RNN: the norm of the gradient of a loss at the last step, with respect to the state at
# each earlier step. Here the same for new cells, on random input. (The state of an LSTM is h and c together.)
#
# **Predict first**: order them by what arrives 50 steps back: RNN, GRU, and an LSTM whose forget gate has the bias 0, 1
# or 3. The folded cell draws the answer.


# %% key="starts"
def lstm_with(bias):
    """Makes an LSTM cell, with this bias of the forget gate."""
    return lambda E, H: set_forget_bias(LSTMCell(E, H), float(bias))


STARTS = {
    "RNN": RNNCell,
    "GRU": GRUCell,
    **{f"LSTM, forget bias {bias}": lstm_with(bias) for bias in (0, 1, 3)},
}
reach = {name: [] for name in STARTS}
for seed in range(5):
    torch.manual_seed(seed)
    x = torch.randn(16, 100, 2).double()  # (B, T, E); the norms get too small for float32
    for name, make in STARTS.items():
        norms = gradient_by_distance(make(2, 32).double(), x)  # (T,), from the end
        reach[name].append(norms.log10().tolist())

# %% key="reach_figure" folded=true
at_50 = {name: np.mean(runs, axis=0)[50] for name, runs in reach.items()}  # log10
plotting.curve(
    np.arange(100),
    reach,
    title="50 steps back a new RNN's gradient has shrunk by a factor of "
    f"$10^{{{-at_50['RNN']:.0f}}}$, an LSTM's with forget bias 3 by "
    f"{10 ** -at_50['LSTM, forget bias 3']:.1f}",
    xlabel="steps before the end",
    ylabel="gradient norm, power of ten",
)
assert at_50["RNN"] < -8
assert at_50["GRU"] < -8, "a new GRU's gates are half open too"
assert at_50["LSTM, forget bias 0"] < -8
assert -8 < at_50["LSTM, forget bias 1"] < -2
assert at_50["LSTM, forget bias 3"] > -1.5
assert np.mean(reach["LSTM, forget bias 3"], axis=0)[99] > at_50["LSTM, forget bias 3"], "it rises"

# %% [markdown]
# Gates by themselves are not the cure: a new GRU, and an LSTM with half-open gates, lose the gradient as the RNN does.
# With bias 1 more arrives, with bias 3 most.
#
# But $0.95^{100}$ is only 0.006. The curve of bias 3 lies far above that, and at its end it even rises. That is the
# work of the side roads. Close them: without `weight_hh` no gate sees h.

# %% key="side_roads"
for bias, f in ((1, 0.73), (3, 0.95)):
    whole, alone = [], []
    for seed in range(5):
        torch.manual_seed(seed)
        x, cell = torch.randn(16, 100, 2).double(), lstm_with(bias)(2, 32).double()
        whole.append(gradient_by_distance(cell, x)[99].log10().item())
        with torch.no_grad():
            cell.weight_hh.zero_()  # the gates see x alone
        alone.append(gradient_by_distance(cell, x)[99].log10().item())
    print(f"bias {bias}, 99 steps back: {10 ** np.mean(alone):.2g} along c alone (f to the power "
          f"of 99 is {f**99:.2g}), {10 ** np.mean(whole):.2g} with the side roads")  # fmt: skip
    assert abs(np.mean(alone) - 99 * math.log10(f)) < 1
    assert np.mean(whole) > np.mean(alone) + 1

# %% [markdown]
# Along c alone it is of the order of the power of f. The side roads, which lead through matrices, add to it.
#
# And after training? The stored run trained cells on the task of the next section, with 50 steps (the LSTM from the
# bias 1). The folded cell draws what arrives then. The wide band is the RNN's: its five runs end between about
# $10^{-25}$ and $10^{-5}$.

# %% key="flow_figure" folded=true
run = stored("03.gradient_flow")
print(run)
trained = {name: np.log10(run.array("trained", name)) for name in ("RNN", "LSTM", "GRU")}
far = {name: 10 ** values.mean(0)[40] for name, values in trained.items()}
plotting.curve(
    np.arange(50),
    trained,
    title=f"After training the gradient 40 steps back is {far['LSTM']:.2g} of that at the end in "
    f"the LSTM, {far['GRU']:.2g} in the GRU, {far['RNN']:.0e} in the RNN",
    xlabel="steps before the end",
    ylabel="gradient norm, power of ten",
)
assert min(far["LSTM"], far["GRU"]) > 1e-3 > 1e-6 > far["RNN"]

# %% [markdown]
# After training the gradient arrives, in the GRU too: a network can learn to open its gates. How could it learn this,
# if at the start nothing arrives from far back? Some marks stand near the end; we believe that it learns from these
# first. Section 6 comes back to this.
#
# ## 5 · What is kept: the adding problem
#
# The **adding problem** (덧셈 문제): each step has two numbers, a value between 0 and 1, and a mark. Two steps are marked
# with 1, one in each half. At the end the sum of the two marked values is asked for, so the first must be kept for many
# steps.
#
# What is chance? Guess 1/2 for a value, and the **squared error** (제곱 오차) is 1/12 on average. Whoever always answers 1
# for the sum of two has 2/12 = 0.167.
#
# **Predict first**: which of RNN, LSTM and GRU learn it, over 20 steps?

# %% key="adding"
CELLS = {"RNN": RNNCell, "LSTM": lstm_with(1), "GRU": GRUCell}
T, STEPS = 20, 400
adders = {name: [] for name in CELLS}
errors = {name: [] for name in CELLS}
for name, make in CELLS.items():
    for seed in range(3):
        model, curve = train_adder(make, seed, T=T, steps=STEPS)
        adders[name].append(model)
        errors[name].append(curve)
    print(f"{name:>4}: squared error", *(f"{curve[-1]:.4f}" for curve in errors[name]))

# %% [markdown]
# The RNN doesn't. The folded cell adds the stored run, with 50 and 100 steps and more training.

# %% key="adding_figure" folded=true
run = stored("03.adding_problem")
print(run)
final = {f"T = {T}, here": np.array([[curve[-1] for curve in errors[name]] for name in CELLS]).T}
for length in (50, 100):
    final[f"T = {length}, stored"] = np.array([run.array(length, name, "mse") for name in CELLS]).T
learned = (final["T = 100, stored"] < 0.02).sum(0)
seeds = len(run.seeds)
ax = plotting.bars(
    list(CELLS),
    final,
    title=f"Over 100 steps the GRU learns it with {learned[2]} of {seeds} seeds, the LSTM with {learned[1]}, "
    f"the RNN with {learned[0]}",
    ylabel="squared error",
    chance=1 / 6,
    digits=3,
)
ax.set_ylim(bottom=0)  # no error is negative, though an interval around a mean may reach there
assert final[f"T = {T}, here"][:, 0].mean() > 0.12
assert final[f"T = {T}, here"][:, 1:].mean(0).max() < 0.08
assert final["T = 50, stored"][:, 1:].max() < 0.01
assert min(t_interval(final[f"T = {length}, stored"][:, 0]).low for length in (50, 100)) > 0.14
assert learned.tolist() == [0, seeds - 1, seeds]

# %% [markdown]
# Over 100 steps, with one seed of five the LSTM had not yet begun to learn when the training ended. The mean hides
# that; the dots show it.
#
# Now look inside, with the best cell of each kind. Above: each unit, from step to step, red above zero, blue below.
# Below: how much of the answer's gradient arrives at each step. The dotted lines are the two marks.
#
# **Predict first**: what do the units do at the second mark? And if the first mark moves to step 0, whose answers get
# worse?

# %% key="memory_picture" folded=true
best = {name: adders[name][np.argmin([curve[-1] for curve in errors[name]])] for name in CELLS}
memory_explorer = explorers.Memory(best, T=T, first=3, second=15)
example = memory_explorer.sequence(first=3, second=15)  # random numbers and two marks, (1, T, 2)
total = example[0, [3, 15], 0].sum().item()
said = {name: adder(example)[0, -1].item() for name, adder in best.items()}
axes = memory_explorer.picture(
    title=f"The sum is {total:.2f}. The LSTM says {said['LSTM']:.2f}, "
    f"the GRU {said['GRU']:.2f}, the RNN {said['RNN']:.2f}",
)
assert abs(said["LSTM"] - total) < 0.25
assert abs(said["GRU"] - total) < 0.25

# %% key="memory_explorer"
memory_explorer.widget()

# %% [markdown]
# In LSTM and GRU many units change at the first mark and then keep their colour: they hold the value. At the second
# mark they change once more. In the RNN colours change all the time. Now move the first mark, in 100 sequences:


# %% key="first_mark"
@torch.no_grad()
def mean_distance(model, first):
    """How far the answers are from the sums, the mean over 100 sequences."""
    x = torch.cat([memory_explorer.sequence(first, 15, numbers) for numbers in range(100)])
    sums = x[:, [first, 15], 0].sum(1)
    return (model(x)[:, -1] - sums).abs().mean().item()


for name, adder in best.items():
    by_step = ", ".join(f"{mean_distance(adder, k):.3f} at step {k}" for k in (9, 3, 0))
    print(f"{name:>4}, first mark at: {by_step}")
assert max(mean_distance(best[name], 0) for name in ("LSTM", "GRU")) < 0.1
assert min(mean_distance(best["RNN"], k) for k in (9, 0)) > 0.2

# %% [markdown]
# None get much worse: LSTM and GRU keep a value from step 0 nearly as well as from step 9, and the RNN is bad with
# both.
#
# ## 6 · When the forget gate's bias decides
#
# "Set the bias of the forget gate to 1" is common advice. When does it help? Compare two tasks. In the adding problem a
# mark may lie near the end, so something can be learned over a short distance first. The second task, **first value**,
# leaves no such way: what is asked for at the end is always the value of the *first* step. Chance is 1/12 = 0.083.
#
# **Predict first**: on which of the two does the bias matter?

# %% key="first_value"
live = {}
for bias in (0, 1, 3):
    runs = []
    for seed in range(3):
        _, curve = train_first_value(lstm_with(bias), seed, T=10, steps=200)
        runs.append(curve)
    live[f"bias {bias}"] = np.array(runs)
run = stored("03.forget_bias")
print(run)

# %% [markdown]
# The folded cell draws the errors: above on the left what you have just trained, beside and below it two stored runs.

# %% key="first_value_figure" folded=true
tasks = {
    "first value, T = 10, here": live,
    "first value, T = 20, stored": {f"bias {b}": run.array("recall 20", b) for b in (0, 1, 3)},
    "adding, T = 50, stored": {f"bias {b}": run.array("adding", b) for b in (0, 1, 3)},
}
figure, ((left, right), (below, spare)) = plotting.figure(2, 2, size=(9.6, 7.6))
spare.remove()
below.set_subplotspec(below.get_gridspec()[1, :])  # as wide as the two above it
learned = {}
for ax, (task, curves) in zip((left, right, below), tasks.items(), strict=True):
    steps = 50 * np.arange(1, len(curves["bias 0"][0]) + 1)
    learned[task] = [int((runs[:, -1] < 0.02).sum()) for runs in curves.values()]
    zero, one, three = learned[task]
    seeds = len(curves["bias 0"])
    title = f"{task}: biases 0, 1, 3 learn it with {zero}, {one}, {three} of {seeds} seeds"
    plotting.curve(steps, curves, title=title, xlabel="training steps", ylabel="squared error", ax=ax)
    ax.set_ylim(bottom=0)
assert live["bias 0"][:, -1].mean() > 0.04, "half open: hardly anything is learned"
assert live["bias 3"][:, -1].mean() < 0.02
assert learned["first value, T = 20, stored"] == [0, 2, 10]
assert learned["adding, T = 50, stored"] == [9, 10, 10]

# %% [markdown]
# On first value the bias decides whether anything is learned at all. Over 20 steps 0 was enough for no seed, 1 for two
# of ten, and 3 for all. On the adding problem nearly every seed learns with any bias. The bias 1 saves time: it was
# sooner than 0 by 75 training steps [3, 147]; for 3 no gain can be shown (the one seed that did not learn is counted as
# the step after the last, 850).
#
# So the rule behind the advice is: at the start the gate must be open enough for the *shortest* distance over which
# there is something to learn.
#
# ## 7 · Predict, then break it
#
# Take the three LSTMs of section 5 that have learned the adding problem, and hold their forget gate at 0, or at 1, as
# in the LSTM of 1997, which had no forget gate (Hochreiter and Schmidhuber). **Predict first**: which one hurts more?
# And will a new one learn the task, with the gate at 1 from the start?


# %% key="hold"
def hold(cell, f):
    """Holds the forget gate at 1 or 0, whatever it reads: no weights, and a very large bias."""
    H = cell.weight_hh.shape[1]
    with torch.no_grad():
        cell.weight_ih[H : 2 * H] = 0
        cell.weight_hh[H : 2 * H] = 0
    return set_forget_bias(cell, 1e4 if f == 1 else -1e4)


def gate_at_1(E, H):
    return hold(LSTMCell(E, H), 1)


held = {0: copy.deepcopy(adders["LSTM"]), 1: copy.deepcopy(adders["LSTM"])}
for f, models in held.items():
    for model in models:
        hold(model.cell, f)
anew = [train_adder(gate_at_1, seed, T=T, steps=STEPS)[0] for seed in range(3)]

# %% [markdown]
# The folded cell measures the errors on 500 new sequences. It also lets cells read a stream of 1,000 steps, and prints
# the largest number that they then hold.

# %% key="broken_figure" folded=true
tests = adding_problem(500, T, generator=torch.Generator().manual_seed(77))
g = torch.Generator().manual_seed(78)
stream = torch.rand(8, 1000, 2, generator=g)
stream[:, :, 1] = (stream[:, :, 1] < 0.1).float()  # a mark at about every tenth step
broken, grown = {}, {}
with torch.no_grad():
    for name, models in {"as trained": adders["LSTM"], "held at 1": held[1], "held at 0": held[0],
                         "1 from the start": anew}.items():  # fmt: skip
        answers = [model(tests[0])[:, -1] for model in models]
        broken[name] = [(answer - tests[1]).square().mean().item() for answer in answers]
    for name, models in {"1 from the start": anew, "learned": adders["LSTM"]}.items():
        grown[name] = [unroll(model.cell, stream)[1][1].abs().max().item() for model in models]
ax = plotting.bars(
    list(broken),
    np.array(list(broken.values())).T,
    title=f"Held at 0 the forget gate ruins it (error {np.mean(broken['held at 0']):.2f}); "
    f"with 1 from the start it learns the task all the same ({np.mean(broken['1 from the start']):.3f})",
    ylabel="squared error, T = 20",
    chance=1 / 6,
    digits=3,
)
ax.set_ylim(bottom=0)
for name, values in grown.items():
    print(f"forget gate {name:<17} largest |c|:", *(f"{value:6.1f}" for value in values))
assert np.mean(broken["held at 0"]) > 1 / 6
assert np.mean(broken["held at 1"]) > np.mean(broken["as trained"])
assert np.mean(broken["1 from the start"]) < 0.08
assert min(grown["1 from the start"]) > 3 * max(grown["learned"])

# %% [markdown]
# <details><summary>Explain</summary>
#
# Held at 0 nothing is carried, and the answers are worse than chance. Held at 1 nothing is ever taken away. A model
# that learned with a gate below 1 relies on forgetting, so this hurts too.
#
# A model with the 1 from the start learns the task: in 20 steps its cell fills only so far. On a long stream the same
# cell fills and fills, until it is far outside of everything that it was trained on. The forget gate was invented for
# that (Gers, Schmidhuber, Cummins 2000).
# </details>
#
# ## 8 · Do peepholes help?
#
# **Diagonal ones.** Gers, Schraudolph and Schmidhuber (2002) claim: where the exact moment matters, the gates must see
# the cell. One of their tasks: the input is 1 at some steps, the spikes, and 0 at the others. At each spike tell how
# many steps ago the last one was, 10 to 30. An answer is exact if the nearest whole number is the true one.
#
# The stored run has four models with ten seeds each (not the seeds on which its settings were chosen); the folded cell
# draws it. **Predict first**: with two units each, who is ahead?

# %% key="timing_figure" folded=true
run = stored("03.timing")
print(run)
names = list(run.figures[0])
exact = {name: run.array(name, "exact") for name in names}
for name in names:
    size = run.array(name, "parameters")[0]
    share = f"{exact[name].mean():.2f}, with the worst seed {exact[name].min():.2f}"
    print(f"{name:>20}: {size} parameters, exact {share}")
lead = t_interval(exact["peephole LSTM, H = 2"] - exact["LSTM, H = 2"])
plotting.bars(
    names,
    np.array(list(exact.values())).T,
    title=f"With two units peepholes lead by {lead.mean:.2f} [{lead.low:.2f}, {lead.high:.2f}]: "
    "no difference can be shown",
    ylabel="share of exact answers",
    limits=(0, 1),
    horizontal=True,
)
assert lead.low < 0 < lead.high

# %% [markdown]
# The peepholes did *not* win here. With two units they are a little ahead, with three behind by more than twice as
# much, and both intervals of the difference reach to both sides of 0. Look at the dots: most models are nearly perfect,
# and a few have found no good solution. The paper trained otherwise, so this neither confirms nor refutes it. Greff and
# others (2017) removed the peepholes from LSTMs for speech, handwriting and music, and found no significant loss
# either.
#
# **Full ones.** Are matrices better? Both forms on a small adding problem. **Predict first**: who has the smaller
# error?


# %% key="full_and_diagonal"
def peephole_with(form):
    """Makes a cell with peepholes of this form, the forget gate's bias at 1."""
    return lambda E, H: set_forget_bias(PeepholeLSTMCell(E, H, peephole=form), 1.0)


after, sizes = {}, {}
for form in ("diagonal", "full"):
    make = peephole_with(form)
    runs = [train_adder(make, seed, T=10, steps=250, H=8) for seed in range(3)]
    after[form] = np.array([curve[-1] for _, curve in runs])
    sizes[form] = sum(p.numel() for p in runs[0][0].parameters())
    print(f"{form:>8}: {sizes[form]} parameters, squared error", after[form].round(3))
difference = t_interval(after["full"] - after["diagonal"])
print(f"full - diagonal, the same seed on both sides: {difference}")
assert difference.low < 0 < difference.high
assert sizes["full"] - sizes["diagonal"] == 3 * 8**2 - 3 * 8

# %% [markdown]
# Three seeds can't tell them apart. What is sure is the price: $3H^2$ weights instead of $3H$, with H = 256 that is
# 196,608 instead of 768.
#
# ## 9 · What a unit remembers
#
# Now words. A language model with an LSTM reads sentences of the corpus, as many questions as statements (here all that
# ends in a full stop, requests too), and predicts each next word. Whether the last one is *?* or *.* was mostly settled
# by the first words, so something must be carried through the sentence. Is there one unit that does it?
#
# Take a question and a statement, and compare the unit's c after their last words. If the question is always on the
# same side, the unit tells all such pairs apart, 100 %; one that knows nothing tells half of them. The best of the 24
# units:

# %% key="language_model"
model, vocab = question_unit.train_question_model(lstm_with(1), seed=0)
shown = question_unit.with_gates(model)  # the same weights in a cell that tells its gates
questions, statements = question_unit.questions_and_statements("validation", "test")
for sentence in (*questions[:2], *statements[:2]):
    print(" ".join(sentence))
found = question_unit.find_question_unit(shown, vocab, questions, statements)
unit, apart = found["unit"], found["apart"]
print(f"\nunit {unit} tells questions from statements in {apart:.1%} of the pairs")

# %% [markdown]
# Watch this unit read; the folded cell draws it. **Predict first**: after which word does it decide?

# %% key="gates_picture" folded=true
SENTENCES = [
    "did you go to the market with your friends yesterday",
    "i went to the market with my friends yesterday",
]
gates_explorer = explorers.Gates(shown, vocab, SENTENCES[0], unit=unit)


def cell_state(sentence):
    """The c of the unit after each word, the first of which is <sos>."""
    return gates_explorer.read(sentence)[1]["c"][:, unit]


question, statement = map(cell_state, SENTENCES)
axes = gates_explorer.picture(
    sentence=SENTENCES,
    title=f"Unit {unit} ends at c = {question[-1]:.1f} after the question, at {statement[-1]:.1f} after the statement",
)
gate = np.concatenate([gates_explorer.read(sentence)[1]["f"][:, unit] for sentence in SENTENCES])
side = np.sign(question[-1] - statement[-1])
when_did, when_i = cell_state("when did you go"), cell_state("when i went")
assert apart > 0.8
assert np.median(gate) > 0.8, "most of the time it is open"
assert (question[1] - statement[1]) * side > 0, "the first word decides"
assert (when_did[2] - when_i[2]) * side > 0, "the word after when decides"

# %% key="gates_explorer"
gates_explorer.widget()

# %% [markdown]
# After the first one: *did* sends it to one side, *i* to the other. Most of the time the forget gate is open; where it
# shuts, the unit drops what it held, and c is only what is newly written, $i \cdot g$. Now try *when*, which begins
# questions and statements alike: *when did you go*, *when i went*. The second word decides.
#
# A unit that changes together with something need not be its cause. So break it: after the last word replace its h by
# the mean of its h over all sentences, and count the sentences whose end, *?* or *.*, is no longer told right. Then the
# same with every other unit. One model is no proof; the stored run has ten, each with a best unit of its own. The
# folded cell draws them.


# %% key="without_figure" folded=true
def lost(found):
    """The share of sentences that are no longer told right without the unit, and without another (median)."""
    without = found["right"] - np.array(found["without"])
    return without[found["unit"]], np.median(np.delete(without, found["unit"]))


run = stored("03.question_unit")
print(run)
here, others = lost(found)
stored_lost = np.array([lost(each) for each in run.figures])  # (seeds, 2)
interval = t_interval(stored_lost[:, 0])
plotting.bars(
    ["without the best unit", "without another one (median)"],
    stored_lost,
    title=f"Without the best unit {stored_lost[:, 0].mean():.0%} of the sentences are no longer told right "
    f"[{interval.low:.0%}, {interval.high:.0%}]; in the model above {here:.0%}",
    ylabel="share of all sentences",
)
assert here > 0.03 > others
assert interval.low > 0.03 > stored_lost[:, 1].max()

# %% [markdown]
# So it is a cause, but not the only one: most sentences are told right without it, so other units together know it too.
# Each of them alone hardly matters. (With two of the ten models another unit matters as much or more.)
#
# ## 10 · Sentences of different length
#
# In a batch, shorter sentences end in padding. Two things go wrong easily: taking the state after the padding for that
# of the sentence, and letting a cell that reads backwards begin in the padding.
#
# ### Exercise 7 · The last real state · difficulty 2 of 5 · 5 minutes
#
# Write `last_state(outputs, lengths)`: from the outputs of all steps (B, T, H) and the lengths (B,), whole numbers from
# 1 to T, the output at the last real step of each sequence, (B, H).


# %% key="last_state" exercise="03.last_state"
def last_state(outputs, lengths):
    # Your code here: of each sequence its step lengths[b] - 1.
    raise NotImplementedError


# %% key="check_last_state" tags=["exercise-check"]
check("03.last_state", last_state)

# %% [markdown]
# ### Exercise 8 · Turn sequences round · difficulty 3 of 5 · 6 minutes
#
# Write `reverse_padded(x, lengths)`: for `x` (B, T, E), each sequence turned round within its own length; the padding
# stays where it is, as it is. With lengths 3 and 2, `[[1, 2, 3, 0], [4, 5, 0, 0]]` becomes
# `[[3, 2, 1, 0], [5, 4, 0, 0]]` (each number standing for one step). A loop over the sequences is fine:
# `row[:n].flip(0)` turns the first n steps of one. Don't change x in place.


# %% key="reverse_padded" exercise="03.reverse_padded"
def reverse_padded(x, lengths):
    # Your code here: the first lengths[b] steps of each sequence, backwards; then its padding.
    raise NotImplementedError


# %% key="check_reverse_padded" tags=["exercise-check"]
check("03.reverse_padded", reverse_padded)

# %% [markdown]
# A **bidirectional** network (양방향 순환 신경망; Schuster and Paliwal 1997) has two cells: one reads from the left, the other
# from the right. At each step their states are put side by side, so that each word is seen with its past and its
# future:
#
# ![](picture:bidirectional)
#
# $$\mathbf{h}_t = [\overrightarrow{\mathbf{h}}_t ; \overleftarrow{\mathbf{h}}_t] \qquad\text{(2H numbers)}$$
#
# ### Exercise 9 · Both directions · difficulty 3 of 5 · 8 minutes
#
# Write `bidirectional(forward, backward, x, lengths)` for two cells and `x` (B, T, E), padded. (`backward` reads
# backwards; it has nothing to do with `loss.backward()`.) The answer is (B, T, 2H): at each step the H numbers of
# `forward`, then the H numbers of `backward`, and zeros at padding.
#
# - `outputs, state = unroll(cell, x)` reads from the left and knows nothing of the padding. For the other direction
#   turn x first, and turn the outputs back: your `reverse_padded`, twice.
# - `torch.cat([...], dim=-1)` puts side by side. `padding_mask(lengths, x.shape[1])` is (B, T), True at real steps.
#   With `[:, :, None]` behind it, it is (B, T, 1), and can multiply (B, T, 2H).


# %% key="bidirectional" exercise="03.bidirectional"
def bidirectional(forward, backward, x, lengths):
    # Your code here: unroll; turn, unroll, turn back; join; zeros at padding.
    raise NotImplementedError


# %% key="check_bidirectional" tags=["exercise-check"]
check("03.bidirectional", bidirectional)

# %% [markdown]
# **The same in `torch.nn`.** There one *packs* (패킹) a batch: only the real steps are listed, and the layer runs on
# those. The folded cell shows that your results are equal, and that more padding does not change them.

# %% key="packing" folded=true tags=["nbval-check-output"]
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

layer = nn.LSTM(3, 4, batch_first=True, bidirectional=True)
forward, backward = LSTMCell(3, 4), LSTMCell(3, 4)
forward.load_state_dict({n: layer.get_parameter(f"{n}_l0") for n in forward.state_dict()})
backward.load_state_dict({n: layer.get_parameter(f"{n}_l0_reverse") for n in backward.state_dict()})
x, lengths = torch.randn(3, 6, 3), torch.tensor([6, 2, 4])
packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
by_packing, _ = pad_packed_sequence(layer(packed)[0], batch_first=True)
mine = bidirectional(forward, backward, x, lengths)
print("yours equal to packing: ", torch.allclose(mine, by_packing, atol=1e-6))
more = torch.cat([x, 99 * torch.ones(3, 5, 3)], dim=1)  # five steps of other padding
with_more = bidirectional(forward, backward, more, lengths)
print("equal with more padding:", torch.allclose(with_more[:, :6], mine, atol=1e-6))

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a widely used PyTorch tutorial (issue 149 of yunjey/pytorch-tutorial, December 2018). A classifier
# reads a sequence with a bidirectional LSTM and takes the outputs of the last step, `output[:, -1]`. It trains, the
# shapes fit. Here are two sentences with the same last word; all other words differ. Look at the two lines, and say
# what is wrong.

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
layer = nn.LSTM(3, 4, batch_first=True, bidirectional=True)  # H = 4
sentence, other = torch.randn(2, 1, 5, 3)  # (1, T, E) each
other[:, -1] = sentence[:, -1]
ends = [layer(x)[0][:, -1] for x in (sentence, other)]  # (1, 2H) each, what the classifier gets
print("the forward halves are equal: ", torch.allclose(ends[0][:, :4], ends[1][:, :4]))
print("the backward halves are equal:", torch.allclose(ends[0][:, 4:], ends[1][:, 4:]))

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The backward half does not know that the sentences differ. At the last step the cell that reads from the right has
# just begun: it has seen one word. It has read the whole sentence at the *first* step. A classifier can still learn
# from the other half, so the fault hides.
#
# The cure: the forward half of the last real step, the backward half of the first one. The test that finds it: **change
# one word at a time, and see whether the result changes.**
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
outputs = [layer(x)[0] for x in (sentence, other)]
cured = [torch.cat([each[:, -1, :4], each[:, 0, 4:]], dim=-1) for each in outputs]
print("the backward halves are equal:", torch.allclose(cured[0][:, 4:], cured[1][:, 4:]))

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A text says: "In an LSTM the gradient can't vanish." What do you answer?**
#
# <details><summary>True: straight along c no matrix and no tanh stands in its way</summary>No: but the forget gate
# stands there, at each step. $0.5^{50}$ is about $10^{-15}$.</details>
# <details><summary>It depends on the gates: with half-open ones it vanishes, with open ones it arrives</summary>Yes:
# this is what the curves of section 4 show, of new cells with the bias 0 and 3.</details>
# <details><summary>False: it vanishes as in every recurrent network</summary>No: in the trained LSTM, and in a new one
# with the bias 3, it arrived.</details>

# %% [markdown]
# **2. A model has a squared error of 0.16 on the adding problem. What has it learned?**
#
# <details><summary>Much: 0.16 is a small error</summary>No: an error is small or large only beside that of
# chance.</details>
# <details><summary>Hardly more than to say 1</summary>Yes: whoever always says 1 has 2/12 = 0.167.</details>
# <details><summary>One of the two numbers</summary>No: who knows one number and guesses 1/2 for the other has half of
# the error of chance, 1/12 = 0.083.</details>

# %% [markdown]
# **3. What is asked for at the end is always the value of the first of 50 steps. Which bias of the forget gate do you
# try first?**
#
# <details><summary>1, as everybody does</summary>No: $0.73^{50}$ is about $10^{-7}$, and here nothing can be learned
# over a shorter distance first.</details>
# <details><summary>5</summary>Yes: $\sigma(5) = 0.993$, and $0.993^{50}$ is about 0.7. The gate is open enough for the
# shortest distance over which there is something to learn.</details>
# <details><summary>−5, so that nothing else gets in</summary>No: a shut forget gate forgets. What is added is decided
# by the input gate.</details>

# %% [markdown]
# **4. You read: "With peepholes an LSTM learns timing more precisely." What do you answer?**
#
# <details><summary>Yes: the gates see more</summary>No: this is a reason to try, not a result.</details>
# <details><summary>It was found once; in section 8 no difference could be shown</summary>Yes: a claim holds for the
# task and the training with which it was measured. Ask for several seeds and an interval.</details>
# <details><summary>No: peepholes are useless</summary>No: an interval that reaches to both sides of 0 proves
# neither.</details>

# %% [markdown]
# **5. Two sentences of 5 and 3 words stand in one batch, the second with two steps of zeros behind it. An LSTM reads
# from the left, and `outputs[:, -1]` is taken for the state of each sentence. What is wrong?**
#
# <details><summary>Nothing: zeros change nothing</summary>No: the gates and the candidate also read h, and have biases.
# At a step of zeros the state changes, too.</details>
# <details><summary>The state of the second sentence</summary>Yes: it has read two steps of padding. With more padding
# it would be another one again. Take `outputs[1, 2]`, the last real step.</details>
# <details><summary>The states of both</summary>No: the first sentence has no padding, its last step is a real
# one.</details>

# %% [markdown]
# ## Summary
#
# - In a new GRU, and in a new LSTM with half-open gates, the gradient vanishes as in an RNN. After training it arrives,
#   in the GRU and in an LSTM that started with the bias 1.
# - Gates must be open to help. Training can open them; where no short distance helps, the bias must.
# - Over 100 steps the GRU learned to add two numbers with every seed, the LSTM with four of five, the RNN with none.
# - Peepholes, diagonal or full: on our tasks no gain that could be shown.
# - In a language model one of 24 units carries much of whether the sentence is a question, from the first words to the
#   last.
# - Padding: take the last *real* state, and begin the backward direction there.
#
# **What this lesson can't do.** It reads a sentence and ends with a state, a label or the next word. To translate,
# another sentence must come out, of another length and order. The next lesson, **04 seq2seq**, joins two of these
# networks: one reads, the other writes.
#
# **Further reading.** Hochreiter, Schmidhuber (1997), *Long Short-Term Memory*, Neural Computation 9. Gers,
# Schmidhuber, Cummins (2000), *Learning to Forget: Continual Prediction with LSTM*, Neural Computation 12. Gers,
# Schraudolph, Schmidhuber (2002), *Learning Precise Timing with LSTM Recurrent Networks*, JMLR 3. Schuster, Paliwal
# (1997), *Bidirectional Recurrent Neural Networks*, IEEE Transactions on Signal Processing 45. Greff, Srivastava,
# Koutník, Steunebrink, Schmidhuber (2017), *LSTM: A Search Space Odyssey*, IEEE Transactions on Neural Networks and
# Learning Systems 28.
