# %% [markdown]
# # 03 · LSTM (장단기 메모리)
#
# **The question.** The gradient of a recurrent network vanishes with distance. So the network can't learn to use what stood
# far back: the problem of **long-term dependencies** (장기 의존성). What must be changed so that a network can keep something
# for a hundred steps?
#
# **What you will build**: an LSTM cell, peepholes in two forms, a GRU, and a layer that reads in both directions.
# **What you will measure**: how far back the gradient reaches, what each cell keeps, when the forget gate's bias decides,
# whether peepholes help, and what one unit of a language model remembers.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | length of the sequences |
# | E | size of the input of one step |
# | H | size of the state, the units |
#
# About 100 minutes, of which the exercises take 63. Sections 1 to 5 make a good first sitting. Everything runs on a CPU,
# without a network connection.

# %% key="imports"
import copy
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import explorers, gru, lstm, plotting, rnn
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

# %% [markdown]
# ## 1 · A memory with gates
#
# ### The cell state
#
# An RNN (순환 신경망) sends its whole memory through a matrix and a tanh at every step, and the gradient back through both. The
# **LSTM** (long short-term memory; Hochreiter and Schmidhuber 1997) has a second state, the **cell state** (셀 상태) $c$. Look at
# one unit of it, one number:
#
# $$c_t = f \cdot c_{t-1} + i \cdot g$$
#
# $g$ is a new number. $f$ and $i$ are **gates** (게이트), numbers from 0 (shut) to 1 (open): $f$ says how much of the old number
# stays, $i$ how much of the new one is added.
#
# | f | i | what becomes of the cell |
# |---|---|---|
# | 1 | 0 | the old number is kept |
# | 0 | 1 | the old number is replaced by $g$ |
# | 1 | 1 | $g$ is added to the old number |
# | 0 | 0 | the cell is emptied |
#
# $f$ is called the forget gate. Take care: an **open** forget gate keeps, a shut one forgets.
#
# **Predict first**: the cell holds 0.8, and nothing is written, $i = 0$. What is left after 100 steps with $f = 1$, 0.99, 0.5?


# %% key="by_hand" tags=["nbval-check-output"]
def carry(c, f, i, g, steps):
    """The cell after so many steps, with gates that stay the same."""
    for _ in range(steps):
        c = f * c + i * g
    return c


for f in (1.0, 0.99, 0.95, 0.73, 0.5):
    print(f"f = {f:<4}: after 100 steps {carry(0.8, f, i=0, g=0, steps=100):.2g} is left of 0.8")
print("f = 0, i = 1, g = -0.3: after one step", carry(0.8, f=0, i=1, g=-0.3, steps=1))

# %% [markdown]
# Only a gate very near to 1 keeps for long.
#
# ### Who sets the gates
#
# The network does, anew at every step. The **forget gate** (망각 게이트) is a dense layer with a sigmoid, which reads the input
# $\mathbf{x}_t$ and the last hidden state $\mathbf{h}_{t-1}$:
#
# $$\mathbf{f}_t = \sigma(\mathbf{W}_{xf}\,\mathbf{x}_t + \mathbf{W}_{hf}\,\mathbf{h}_{t-1} + \mathbf{b}_f)$$
#
# The first letter of an index is the source, the second is the gate: $\mathbf{W}_{hf}$ leads from $\mathbf{h}$ to $\mathbf{f}$.
# The result has H numbers, one for each unit. Three more layers have the same form and weights of their own: the **input gate**
# $\mathbf{i}_t$ (입력 게이트), the **output gate** $\mathbf{o}_t$ (출력 게이트), and the new numbers, the **candidate**
# $\mathbf{g}_t$ (후보). The candidate is no gate: tanh stands in place of $\sigma$. With $\odot$, the product element by
# element (요소별 곱):
#
# $$\mathbf{c}_t = \mathbf{f}_t \odot \mathbf{c}_{t-1} + \mathbf{i}_t \odot \mathbf{g}_t \qquad\qquad
# \mathbf{h}_t = \mathbf{o}_t \odot \tanh(\mathbf{c}_t)$$
#
# In one picture:
#
# ![](picture:lstm_cell)
#
# Why two states? $\mathbf{c}$ is the memory. $\mathbf{h}$ is what is shown of it at this step, to the gates and to the next
# layer: a unit with $o = 0$ keeps something and shows nothing. (The LSTM of 1997 had no forget gate, $f$ was 1. It came three
# years later: Gers, Schmidhuber, Cummins 2000.)
#
# Other texts, and the code, have other names:
#
# | often written | here, and in the code |
# |---|---|
# | $W_{xf}, W_{xi}, W_{xo}, W_{xc}$ | $\mathbf{W}_{xf}, \mathbf{W}_{xi}, \mathbf{W}_{xo}, \mathbf{W}_{xg}$: the rows of `weight_ih` (this i means input) |
# | $W_{hf}, W_{hi}, W_{ho}, W_{hc}$ | $\mathbf{W}_{hf}, \mathbf{W}_{hi}, \mathbf{W}_{ho}, \mathbf{W}_{hg}$: the rows of `weight_hh` |
# | $b_f, b_i, b_o, b_c$ | $\mathbf{b}_f, \mathbf{b}_i, \mathbf{b}_o, \mathbf{b}_g$: each the sum of two, from `bias_ih` and `bias_hh` |
# | $\tilde{c}_t$ | the candidate $\mathbf{g}_t$ |
# | $W_{cf}, W_{ci}, W_{co}$ | `weight_cf`, `weight_ci`, `weight_co`: peepholes, section 3 |
#
# ### The gradient
#
# If $c_{t-1}$ changes a little, $c_t$ changes by $f$ times as much: $\partial c_t / \partial c_{t-1} = f$, no matrix and no tanh.
# So the gradient on its way back meets the same factors as the memory:

# %% key="gradient_by_hand" tags=["nbval-check-output"]
start = torch.tensor(0.8, requires_grad=True)
for f in (1.0, 0.95, 0.5):
    (gradient,) = torch.autograd.grad(carry(start, f, i=0, g=0, steps=100), start)
    print(f"f = {f:<4}: gradient {gradient.item():.2g}, f to the power of 100 {f**100:.2g}")

# %% [markdown]
# For all units, $\partial\mathbf{c}_t / \partial\mathbf{c}_{t-1} = \operatorname{diag}(\mathbf{f}_t)$, a matrix with the gates on
# its diagonal (대각) and zeros beside it: each unit has its own factor. This is the straight way along $\mathbf{c}$. There are also
# **side roads** through $\mathbf{h}$, at which the gates look. Section 4 measures with and without them.
#
# ### Exercise 1 · One step of an LSTM · difficulty 3 of 5 · 12 minutes
#
# Write `lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh)`: from `x` (B, E) and `state`, the pair `(h, c)` of the
# step before, (B, H) each, to the pair `(h, c)` of this step.
#
# - The four blocks of weights stand one below the other, in the order **i, f, g, o** of `torch.nn` (the picture draws f first):
#   `weight_ih` (4H, E), `weight_hh` (4H, H), `bias_ih` and `bias_hh` (4H,). The first H rows are those of i.
# - One product gives all sums, (B, 4H); `sums.chunk(4, dim=-1)` cuts them into four pieces (B, H). For a batch, whose rows are
#   vectors, $\mathbf{W}\mathbf{x}$ becomes $\mathbf{X}\mathbf{W}^\top$: `F.linear(x, weight_ih, bias_ih)` is
#   `x @ weight_ih.T + bias_ih`.
# - Return a tuple, `return h, c`, and change nothing in place.


# %% key="lstm_step" exercise="03.lstm_step"
def lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the four sums, their activations, the new c, the new h.
    raise NotImplementedError


# %% key="check_lstm_step" tags=["exercise-check"]
check("03.lstm_step", lstm_step)

# %% [markdown]
# ### Exercise 2 · The cell as a module · difficulty 2 of 5 · 5 minutes
#
# A module holds the parameters of the step, so that an optimizer finds them. `__init__` is given. Write
# `forward(self, x, state=None)`: one `lstm_step` with the parameters of `self`.
#
# - Without a state it starts from h = 0 and c = 0. `x.new_zeros(len(x), H)` is (B, H) and has the dtype of x; one tensor of
#   zeros can serve for both. `self.weight_hh.shape[1]` is H.
# - The cell keeps no state of its own: the state comes in and goes out. So `unroll` of lesson 02 runs it as it ran the RNN.


# %% key="lstm_cell" exercise="03.lstm_cell"
class LSTMCell(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        bound = 1 / math.sqrt(H)
        self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * H, H).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))

    def forward(self, x, state=None):
        ### BEGIN SOLUTION: a pair of zeros where there is no state; then one step
        if state is None:
            zeros = x.new_zeros(len(x), self.weight_hh.shape[1])  # (B, H)
            state = (zeros, zeros)
        return lstm_step(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        ### END SOLUTION


# %% key="check_lstm_cell" tags=["exercise-check"]
check("03.lstm_cell", LSTMCell)

# %% [markdown]
# **The same in `torch.nn`.** The folded cell loads the weights of `nn.LSTMCell` into yours and compares values and gradients. Your
# cell in `unroll` is the layer `nn.LSTM`.

# %% key="torch_lstm" folded=true tags=["nbval-check-output"]
mine, theirs, layer = LSTMCell(5, 8), nn.LSTMCell(5, 8), nn.LSTM(5, 8, batch_first=True)
mine.load_state_dict(theirs.state_dict())
layer.load_state_dict({f"{name}_l0": p for name, p in theirs.state_dict().items()})
x = torch.randn(3, 12, 5)  # (B, T, E)


def agree(ours, others, atol=1e-6):
    return all(torch.allclose(a, b, atol=atol) for a, b in zip(ours, others, strict=True))


state = (torch.randn(3, 8), torch.randn(3, 8))
print("one step equal:       ", agree(mine(x[:, 0], state), theirs(x[:, 0], state)))
outputs, (h, c) = unroll(mine, x)
layer_outputs, (layer_h, layer_c) = layer(x)
print("12 steps equal:       ", agree((outputs, h, c), (layer_outputs, layer_h[0], layer_c[0])))
my_gradients = torch.autograd.grad(outputs.square().sum(), list(mine.parameters()))
layer_gradients = torch.autograd.grad(layer_outputs.square().sum(), list(layer.parameters()))
print("their gradients equal:", agree(my_gradients, layer_gradients, atol=1e-4))

# %% [markdown]
# ## 2 · The forget gate's bias
#
# In a new cell the weights are small, so the bias alone decides how far a gate is open: $\sigma(0) = 0.5$, $\sigma(1) = 0.73$,
# $\sigma(3) = 0.95$. You have seen what 0.5 keeps: nothing. And a network that keeps nothing gets no gradient that would teach it
# to keep. So one starts with an open forget gate, by a large bias (Gers, Schmidhuber, Cummins 2000; Jozefowicz, Zaremba,
# Sutskever 2015).
#
# ### Exercise 3 · Set the bias of the forget gate · difficulty 2 of 5 · 5 minutes
#
# Write `set_forget_bias(cell, value)`: change the biases of a cell like yours (or `nn.LSTMCell`) so that the forget gate has
# the bias `value`, for all H units; return the cell.
#
# - A cell has two biases, and the step adds both: their **sum** at the rows of f must be `value`.
# - Nothing else changes, and the biases stay parameters that are trained. Inside `with torch.no_grad():` a part of a parameter
#   can be changed in place.


# %% key="set_forget_bias" exercise="03.forget_bias"
def set_forget_bias(cell, value):
    # Your code here: the rows of f, one bias the value, the other 0; return the cell.
    raise NotImplementedError


# %% key="check_set_forget_bias" tags=["exercise-check"]
check("03.forget_bias", set_forget_bias)

# %% [markdown]
# ## 3 · Two relatives
#
# ### Peepholes
#
# The gates of an LSTM see $\mathbf{h}_{t-1}$, not the cell. Where the output gate is shut, $h$ is 0, and the gates don't know
# what the cell holds. **Peepholes** (핍홀 연결, also 엿보기 구멍 연결; Gers, Schraudolph, Schmidhuber 2002) let them look at it:
#
# ![](picture:lstm_peepholes)
#
# $$\begin{aligned}
# \mathbf{f}_t &= \sigma(\mathbf{W}_{xf}\,\mathbf{x}_t + \mathbf{W}_{hf}\,\mathbf{h}_{t-1} + \mathbf{w}_{cf} \odot \mathbf{c}_{t-1} + \mathbf{b}_f)
# \qquad\text{and } \mathbf{i}_t \text{ likewise} \\
# \mathbf{o}_t &= \sigma(\mathbf{W}_{xo}\,\mathbf{x}_t + \mathbf{W}_{ho}\,\mathbf{h}_{t-1} + \mathbf{w}_{co} \odot \mathbf{c}_t + \mathbf{b}_o)
# \end{aligned}$$
#
# i and f look at the old cell, which they will change. o looks at the new one, which it will show. The candidate does not look.
# Each unit sees its own cell alone, with one weight: $\mathbf{w}_{cf}$ has H numbers.
#
# ### Exercise 4 · Peepholes · difficulty 3 of 5 · 8 minutes
#
# Write `peephole_lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co)`: as
# `lstm_step`, with three peepholes, each of shape (H,).


# %% key="peephole_lstm_step" exercise="03.peephole_lstm_step"
def peephole_lstm_step(
    x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co
):
    # Your code here: i and f with the old c, then the new c, then o with the new c.
    raise NotImplementedError


# %% key="check_peephole_lstm_step" tags=["exercise-check"]
check("03.peephole_lstm_step", peephole_lstm_step)

# %% [markdown]
# Many texts write a matrix in place of the vector, $\mathbf{W}_{cf}\,\mathbf{c}_{t-1}$ with $\mathbf{W}_{cf}$ (H, H): the **full**
# form, in which each gate sees the cells of all units. Yours is the **diagonal** form, the full one with zeros beside the
# diagonal.
#
# ### Exercise 5 · Full peepholes · difficulty 2 of 5 · 4 minutes
#
# Write `full_peephole_lstm_step` with the same parameters: as your `peephole_lstm_step`, but `weight_ci`, `weight_cf` and
# `weight_co` are matrices, (H, H). `c` is (B, H), one sequence in each row.


# %% key="full_peephole_lstm_step" exercise="03.full_peepholes"
def full_peephole_lstm_step(
    x, state, weight_ih, weight_hh, bias_ih, bias_hh, weight_ci, weight_cf, weight_co
):
    # Your code here: as above, with a product of matrices at each of the three peepholes.
    raise NotImplementedError


# %% key="check_full_peepholes" tags=["exercise-check"]
check("03.full_peepholes", full_peephole_lstm_step)

# %% [markdown]
# ### GRU
#
# The **gated recurrent unit**, GRU (게이트 순환 유닛; Cho and others 2014), has one state and two gates, the **update gate**
# $\mathbf{z}$ (업데이트 게이트) and the **reset gate** $\mathbf{r}$ (리셋 게이트). Its candidate is called $\mathbf{n}$:
#
# ![](picture:gru_cell)
#
# $$\begin{aligned}
# \mathbf{r}_t &= \sigma(\mathbf{W}_{xr}\,\mathbf{x}_t + \mathbf{b}_{xr} + \mathbf{W}_{hr}\,\mathbf{h}_{t-1} + \mathbf{b}_{hr})
# \qquad\text{and } \mathbf{z}_t \text{ likewise} \\
# \mathbf{n}_t &= \tanh(\mathbf{W}_{xn}\,\mathbf{x}_t + \mathbf{b}_{xn} + \mathbf{r}_t \odot (\mathbf{W}_{hn}\,\mathbf{h}_{t-1} + \mathbf{b}_{hn})) \\
# \mathbf{h}_t &= \mathbf{z}_t \odot \mathbf{h}_{t-1} + (1 - \mathbf{z}_t) \odot \mathbf{n}_t
# \end{aligned}$$
#
# Compare the last line with the LSTM: z does the work of f, $1 - z$ that of i, n that of g, and there is no o. Take
# care: $z = 1$ means that **nothing** is updated. ($\mathbf{b}_{xr}$, $\mathbf{b}_{xz}$, $\mathbf{b}_{xn}$ are the rows
# of `bias_ih`, $\mathbf{b}_{hr}$, $\mathbf{b}_{hz}$, $\mathbf{b}_{hn}$ those of `bias_hh`; r multiplies
# $\mathbf{b}_{hn}$, too.) And why r? With $r = 0$ the candidate is made from the input alone, as if a new sequence
# began.
#
# Two variants have this name. Here, as in `torch.nn`, the reset gate stands **after** the product with the matrix; in Cho and
# others 2014 **before** it, $\mathbf{W}_{hn}(\mathbf{r}_t \odot \mathbf{h}_{t-1})$. The parameters are the same, the results are
# not.
#
# ### Exercise 6 · One step of a GRU · difficulty 3 of 5 · 10 minutes
#
# Write `gru_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh)` in the form of `torch.nn`: from `x` (B, E) and `h` (B, H) to the
# new `h` (B, H). The weights are `weight_ih` (3H, E), `weight_hh` (3H, H), the biases (3H,) each, with the rows in the order
# **r, z, n**.


# %% key="gru_step" exercise="03.gru_step"
def gru_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the parts of x and of h, in three pieces each; r, z, n; the mixture.
    raise NotImplementedError


# %% key="check_gru_step" tags=["exercise-check"]
check("03.gru_step", gru_step)

# %% [markdown]
# Two folded cells. The first puts your steps into the library's classes. The second compares: your GRU is `nn.GRUCell`; full
# peepholes with diagonal matrices are the diagonal ones; with peepholes of zero the cell is an LSTM.


# %% key="modules" folded=true
class PeepholeLSTMCell(lstm.PeepholeLSTMCell):
    def forward(self, x, state=None):
        zeros = rnn.zeros(x, self.weight_hh)  # (B, H)
        step = peephole_lstm_step if self.peephole == "diagonal" else full_peephole_lstm_step
        peepholes = self.weight_ci, self.weight_cf, self.weight_co
        weights = self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh, *peepholes
        return step(x, (zeros, zeros) if state is None else state, *weights)


class GRUCell(gru.GRUCell):
    def forward(self, x, h=None):
        h = rnn.zeros(x, self.weight_hh) if h is None else h
        return gru_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


# %% key="torch_gru" folded=true tags=["nbval-check-output"]
x, h, c = torch.randn(3, 5), torch.randn(3, 8), torch.randn(3, 8)
mine, torch_gru = GRUCell(5, 8), nn.GRUCell(5, 8)
mine.load_state_dict(torch_gru.state_dict())
print("GRU equal to torch.nn:        ", agree([mine(x, h)], [torch_gru(x, h)]))
paper = gru.GRUCell(5, 8, reset_after=False)
paper.load_state_dict(torch_gru.state_dict())
print("GRU of 2014, the same weights:", agree([paper(x, h)], [torch_gru(x, h)]))

peephole, full = PeepholeLSTMCell(5, 8), PeepholeLSTMCell(5, 8, peephole="full")
weights = peephole.state_dict()
full.load_state_dict({n: p.diag() if n.startswith("weight_c") else p for n, p in weights.items()})
print("full and diagonal form equal: ", agree(full(x, (h, c)), peephole(x, (h, c))))
with torch.no_grad():
    for p in (peephole.weight_ci, peephole.weight_cf, peephole.weight_co):
        p.zero_()
plain = nn.LSTMCell(5, 8)
plain.load_state_dict({name: weights[name] for name in plain.state_dict()})
print("peepholes of 0 are an LSTM:   ", agree(peephole(x, (h, c)), plain(x, (h, c))))

# %% [markdown]
# ## 4 · How far back does the gradient reach?
#
# Lesson 02 measured it for the RNN: the norm of the gradient of a loss at the last step, with respect to the state at each
# earlier step. Here the same for new cells, on random input. (The state of an LSTM is h and c together.)
#
# **Predict first**: order them by what arrives 50 steps back: RNN, GRU, and an LSTM whose forget gate has the bias 0, 1 or 3.
# The folded cell draws the answer.


# %% key="starts"
def lstm_with(bias):
    """Makes your LSTM cell, with this bias of the forget gate."""
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
# Gates by themselves are not the cure: a new GRU, and an LSTM with half-open gates, lose the gradient as the RNN does. With bias
# 1 more arrives, with bias 3 most.
#
# But $0.95^{100}$ is only 0.006. The curve of bias 3 lies far above that, and at its end it even rises. That is the work of the
# side roads. Close them: without `weight_hh` no gate sees h.

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
# Along c alone it is about the power of f. The side roads, which lead through matrices, add to it.
#
# And after training? The stored run trained cells on the task of the next section, with 50 steps. The folded cell draws
# what arrives then. The wide band is the RNN's: its five runs end between about $10^{-25}$ and $10^{-5}$.

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
# The **adding problem** (덧셈 문제): each step has two numbers, a value between 0 and 1, and a mark. Two steps are marked with
# 1, one in each half. At the end the sum of the two marked values is asked for, so the first must be kept for many steps.
#
# What is chance? Guess 1/2 for a value, and the **squared error** (제곱 오차) is 1/12 on average. Whoever always answers 1 for
# the sum of two has 2/12 = 0.167.
#
# LSTM and GRU are yours, the RNN is the library's. **Predict first**: which of them learn it, over 20 steps?

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
# Over 100 steps, with one seed of five the LSTM had not yet begun to learn when the training ended. The mean hides that; the dots
# show it.
#
# Now look inside, with the best cell of each kind. Above: each unit, from step to step, red above zero, blue below. Below: how
# much of the answer's gradient arrives at each step. The dotted lines are the two marks.
#
# **Predict first**: what do the units do at the second mark? And if the first mark moves to step 0, whose answers get worse?

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
# In LSTM and GRU many units change at the first mark and then keep their colour: they hold the value. At the second mark they
# change once more. In the RNN colours change all the time. Now move the first mark, in 100 sequences:


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
# None get much worse: LSTM and GRU keep a value from step 0 nearly as well as from step 9, and the RNN is bad with both.
#
# ## 6 · When the forget gate's bias decides
#
# "Set the bias of the forget gate to 1" is common advice. When does it help? Compare two tasks. In the adding problem a mark may
# lie near the end, so something can be learned over a short distance first. The second task, **first value**, leaves no such
# way: what is asked for at the end is always the value of the *first* step. Chance is 1/12 = 0.083.
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
# The folded cell draws the errors: on the left what you have just trained, beside it two stored runs.

# %% key="first_value_figure" folded=true
tasks = {
    "first value, T = 10, here": live,
    "first value, T = 20, stored": {f"bias {b}": run.array("recall 20", b) for b in (0, 1, 3)},
    "adding, T = 50, stored": {f"bias {b}": run.array("adding", b) for b in (0, 1, 3)},
}
figure, axes = plotting.figure(1, 3, size=(13, 4.8))
learned = {}
for ax, (task, curves) in zip(axes, tasks.items(), strict=True):
    steps = 50 * np.arange(1, len(curves["bias 0"][0]) + 1)
    learned[task] = [int((runs[:, -1] < 0.02).sum()) for runs in curves.values()]
    zero, one, three = learned[task]
    seeds = len(curves["bias 0"])
    title = f"{task}: biases 0, 1, 3 learn it with {zero}, {one}, {three} of {seeds} seeds"
    ylabel = "squared error" if ax is axes[0] else ""
    plotting.curve(steps, curves, title=title, xlabel="training steps", ylabel=ylabel, ax=ax)
    ax.set_ylim(bottom=0)
assert live["bias 0"][:, -1].mean() > 0.04, "half open: hardly anything is learned"
assert live["bias 3"][:, -1].mean() < 0.02
assert learned["first value, T = 20, stored"] == [0, 2, 10]
assert learned["adding, T = 50, stored"] == [9, 10, 10]

# %% [markdown]
# On first value the bias decides whether anything is learned at all. Over 20 steps 0 was enough for no seed, 1 for two
# of ten, and 3 for all. On the adding problem nearly every seed learns with any bias, and a larger one saves time: 1
# was sooner than 0 by 75 training steps [3, 147] (the one seed that did not learn is counted as the step after the
# last, 850).
#
# So the rule behind the advice is: at the start the gate must be open enough for the *shortest* distance over which there is
# something to learn.
#
# ## 7 · Predict, then break it
#
# Take the three LSTMs that have learned the adding problem, and hold their forget gate at 1, as in 1997, or at 0. **Predict
# first**: which one hurts more? And will a new one learn the task, with the gate at 1 from the start?


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
# The folded cell measures the errors on 500 new sequences. It also lets cells read a stream of 1,000 steps, and prints the
# largest number that they then hold.

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
# Held at 0 nothing is carried, and the answers are worse than chance. Held at 1 nothing is ever taken away. A model that learned
# with a gate below 1 relies on forgetting, so this hurts too.
#
# A model with the 1 from the start learns the task: in 20 steps its cell fills only so far. On a long stream the same cell fills
# and fills, until it is far outside of everything that it was trained on. The forget gate was invented for that.
# </details>
#
# ## 8 · Do peepholes help?
#
# **Diagonal ones.** Gers, Schraudolph and Schmidhuber (2002) claim: where the exact moment matters, the gates must see the cell.
# One of their tasks: the input is 1 at some steps, the spikes, and 0 at the others. At each spike tell how many steps ago the
# last one was, 10 to 30. An answer is exact if the nearest whole number is the true one.
#
# The stored run has four models with ten seeds each (not the seeds on which its settings were chosen); the folded cell draws it.
# **Predict first**: with two units each, who is ahead?

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
# The peepholes did *not* win here. With two units they are a little ahead, with three behind by about twice as much,
# and both intervals of the difference reach to both sides of 0. Look at the dots: most models are nearly perfect, and a
# few have found no good solution. The paper trained otherwise, so this neither confirms nor refutes it. Greff and
# others (2017) removed the peepholes from LSTMs for speech, handwriting and music, and found no significant loss
# either.
#
# **Full ones.** Are matrices better? Both forms on a small adding problem. **Predict first**: who has the smaller error?


# %% key="full_and_diagonal"
def peephole_with(form):
    """Makes your cell with peepholes of this form, the forget gate's bias at 1."""
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
# Three seeds can't tell them apart. What is sure is the price: $3H^2$ weights instead of $3H$, with H = 256 that is 196,608
# instead of 768.
#
# ## 9 · What a unit remembers
#
# Now words. A language model with your LSTM reads sentences of the corpus, as many questions as statements, and predicts each
# next word. Whether the last one is *?* or *.* was mostly settled by the first words, so something must be carried through the
# sentence. Is there one unit that does it?
#
# Take a question and a statement, and compare the unit's c after their last words. If the question is always on the same side,
# the unit tells all such pairs apart, 100 %; one that knows nothing tells half of them. The best of the 24 units:

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
# A unit that changes together with something need not be its cause. So break it: after the last word replace its h by the mean
# of its h over all sentences, and count the sentences whose end, *?* or *.*, is no longer told right. Then the same with every
# other unit. One model is no proof; the stored run has ten, each with a best unit of its own. The folded cell draws them.


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
# In a batch, shorter sentences end in padding. Two things go wrong easily: taking the state after the padding for that of the
# sentence, and letting a cell that reads backwards begin in the padding.
#
# ### Exercise 7 · The last real state · difficulty 2 of 5 · 5 minutes
#
# Write `last_state(outputs, lengths)`: from the outputs of all steps (B, T, H) and the lengths (B,), whole numbers from 1 to T,
# the output at the last real step of each sequence, (B, H).


# %% key="last_state" exercise="03.last_state"
def last_state(outputs, lengths):
    # Your code here: of each sequence its step lengths[b] - 1.
    raise NotImplementedError


# %% key="check_last_state" tags=["exercise-check"]
check("03.last_state", last_state)

# %% [markdown]
# ### Exercise 8 · Turn sequences round · difficulty 3 of 5 · 6 minutes
#
# Write `reverse_padded(x, lengths)`: for `x` (B, T, E), each sequence turned round within its own length; the padding stays
# where it is, as it is. With lengths 3 and 2, `[[1, 2, 3, 0], [4, 5, 0, 0]]` becomes `[[3, 2, 1, 0], [5, 4, 0, 0]]` (each number
# standing for one step). A loop over the sequences is fine: `row[:n].flip(0)` turns the first n steps of one. Don't change x in
# place.


# %% key="reverse_padded" exercise="03.reverse_padded"
def reverse_padded(x, lengths):
    # Your code here: the first lengths[b] steps of each sequence, backwards; then its padding.
    raise NotImplementedError


# %% key="check_reverse_padded" tags=["exercise-check"]
check("03.reverse_padded", reverse_padded)

# %% [markdown]
# A **bidirectional** network (양방향 순환 신경망; Schuster and Paliwal 1997) has two cells: one reads from the left, the other
# from the right. At each step their states are put side by side, so that each word is seen with its past and its future:
#
# ![](picture:bidirectional)
#
# $$\mathbf{h}_t = [\overrightarrow{\mathbf{h}}_t ; \overleftarrow{\mathbf{h}}_t] \qquad\text{(2H numbers)}$$
#
# ### Exercise 9 · Both directions · difficulty 3 of 5 · 8 minutes
#
# Write `bidirectional(forward, backward, x, lengths)` for two cells and `x` (B, T, E), padded. (`backward` reads backwards; it
# has nothing to do with `loss.backward()`.) The answer is (B, T, 2H): at each step the H numbers of `forward`, then the H
# numbers of `backward`, and zeros at padding.
#
# - `outputs, state = unroll(cell, x)` reads from the left and knows nothing of the padding. For the other direction turn x
#   first, and turn the outputs back: your `reverse_padded`, twice.
# - `torch.cat([...], dim=-1)` puts side by side. `padding_mask(lengths, T)` is (B, T), True at real steps.


# %% key="bidirectional" exercise="03.bidirectional"
def bidirectional(forward, backward, x, lengths):
    # Your code here: unroll; turn, unroll, turn back; join; zeros at padding.
    raise NotImplementedError


# %% key="check_bidirectional" tags=["exercise-check"]
check("03.bidirectional", bidirectional)

# %% [markdown]
# **The same in `torch.nn`.** There one *packs* (패킹) a batch: only the real steps are listed, and the layer runs on those. The
# folded cell shows that your results are equal, and that more padding does not change them.

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
print("yours equal to packing: ", agree([mine], [by_packing]))
more = torch.cat([x, 99 * torch.ones(3, 5, 3)], dim=1)  # five steps of other padding
with_more = bidirectional(forward, backward, more, lengths)
print("equal with more padding:", agree([with_more[:, :6]], [mine]))

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a widely used PyTorch tutorial (issue 149 of yunjey/pytorch-tutorial, December 2018). A classifier reads a
# sequence with a bidirectional LSTM and takes the outputs of the last step, `output[:, -1]`. It trains, the shapes fit. Here are
# two sentences with the same last word; all other words differ. Look at the two lines, and say what is wrong.

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
# The backward half does not know that the sentences differ. At the last step the cell that reads from the right has just begun:
# it has seen one word. It has read the whole sentence at the *first* step. A classifier can still learn from the other half, so
# the fault hides.
#
# The cure: the forward half of the last real step, the backward half of the first one. The test that finds it: **change one word
# at a time, and see whether the result changes.**
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
# **1. What is the derivative of $\mathbf{c}_t$ with respect to $\mathbf{c}_{t-1}$, straight along c?**
#
# <details><summary>$\mathbf{W}_{hf}$</summary>No: no matrix stands on this way. $\mathbf{W}_{hf}$ belongs to the side road through
# h, by which the gates are computed.</details>
# <details><summary>$\operatorname{diag}(\mathbf{f}_t)$</summary>Yes: each unit's cell is multiplied by its forget gate, and what
# is added does not depend on the old cell except through h.</details>
# <details><summary>1, because the cell is a sum</summary>No: that was the LSTM of 1997. Since 2000 the old cell is multiplied by
# the forget gate before the sum.</details>

# %% [markdown]
# **2. `nn.LSTMCell(300, 512)`: how many parameters?**
#
# <details><summary>831,488</summary>No: that is 2 × 512 × (300 + 512), the weights of two gates. There are four blocks of rows, and
# biases.</details>
# <details><summary>1,665,024</summary>No: that counts one bias per unit and gate. `torch.nn` has two.</details>
# <details><summary>1,667,072</summary>Yes: 4 × 512 × (300 + 512) weights and 2 × 4 × 512 biases.</details>

# %% [markdown]
# **3. Weights of a GRU from elsewhere are loaded into `nn.GRU`. All names and shapes fit, the outputs are wrong. What do you suspect
# first?**
#
# <details><summary>The variant: the reset gate before the product instead of after it, or the order of the gates</summary>Yes: both
# leave shapes as they are. Compare one step with numbers that you trust.</details>
# <details><summary>The learning rate</summary>No: nothing is being trained.</details>
# <details><summary>Peepholes</summary>No: those would be further parameters, and a GRU has none.</details>

# %% [markdown]
# **4. You read: "With peepholes an LSTM learns timing more precisely." What do you answer?**
#
# <details><summary>Yes: the gates see more</summary>No: this is a reason to try, not a result.</details>
# <details><summary>It was found once; in section 8 no difference could be shown</summary>Yes: a claim holds for the task and the
# training with which it was measured. Ask for several seeds and an interval.</details>
# <details><summary>No: peepholes are useless</summary>No: an interval that reaches to both sides of 0 proves neither.</details>

# %% [markdown]
# ## Summary
#
# - The LSTM keeps its memory in c. Straight along c the gradient is multiplied by the forget gate and by nothing else.
# - Gates must be open to help. Training can open them; where no short distance helps, the bias must.
# - Over 100 steps the GRU learned to add two numbers with every seed, the LSTM with four of five, the RNN with none.
# - Peepholes, diagonal or full: on our tasks no gain that could be shown.
# - In a language model one of 24 units carries much of whether the sentence is a question, from the first words to the
#   last.
# - Padding: take the last *real* state, and begin the backward direction there.
#
# **What this lesson can't do.** It reads a sentence and ends with a state, a label or the next word. To translate, another
# sentence must come out, of another length and order. The next lesson, **04 seq2seq**, joins two of these networks: one reads,
# the other writes.
#
# **Further reading.** Hochreiter, Schmidhuber (1997), *Long Short-Term Memory*, Neural Computation 9. Gers, Schmidhuber, Cummins
# (2000), *Learning to Forget: Continual Prediction with LSTM*, Neural Computation 12. Gers, Schraudolph, Schmidhuber (2002), *Learning
# Precise Timing with LSTM Recurrent Networks*, JMLR 3. Cho, van Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), *Learning
# Phrase Representations using RNN Encoder-Decoder*, EMNLP. Schuster, Paliwal (1997), *Bidirectional Recurrent Neural
# Networks*, IEEE Transactions on Signal Processing 45. Jozefowicz, Zaremba, Sutskever (2015), *An Empirical Exploration of
# Recurrent Network Architectures*, ICML. Greff, Srivastava, Koutník, Steunebrink, Schmidhuber (2017), *LSTM: A Search Space
# Odyssey*, IEEE Transactions on Neural Networks and Learning Systems 28.
