# %% [markdown]
# # 03a · LSTM (장단기 메모리)
#
# **The question.** The gradient of a recurrent network vanishes with distance. So the network can't learn to use what
# stood far back: the problem of **long-term dependencies** (장기 의존성). What must be changed so that a network can keep
# something for a hundred steps?
#
# **What you will build**: an LSTM cell, peepholes in two forms, and a GRU.
# **What you will measure**: how much of a number a gate keeps over 100 steps, how much of its gradient arrives, and
# whether your cells compute the same as those of `torch.nn`. Part b measures what such cells learn.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | length of the sequences |
# | E | size of the input of one step |
# | H | size of the state, the units |
#
# About 95 minutes, of which the exercises take 44. The end of section 1 is a good place for a break. Everything runs on
# a CPU, without a network connection.

# %% key="imports"
import math

import torch
import torch.nn.functional as F
from torch import nn

from course_lib import gru, lstm, rnn
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.rnn import unroll

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# ## 1 · A memory with gates
#
# ### The cell state
#
# An RNN (순환 신경망) sends its whole memory through a matrix and a tanh at every step, and the gradient back through both.
# The **LSTM** (long short-term memory; Hochreiter and Schmidhuber 1997) has a second state, the **cell state** (셀 상태)
# $c$. Look at one unit of it, one number:
#
# $$c_t = f \cdot c_{t-1} + i \cdot g$$
#
# $g$ is a new number. $f$ and $i$ are **gates** (게이트), numbers from 0 (shut) to 1 (open): $f$ says how much of the old
# number stays, $i$ how much of the new one is added.
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
# **Predict first**: the cell holds 0.8, and nothing is written, $i = 0$. What is left after 100 steps with $f = 1$,
# 0.99, 0.5?


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
# The network does, anew at every step. The **forget gate** (망각 게이트) is a dense layer with a sigmoid, which reads the
# input $\mathbf{x}_t$ and the last hidden state $\mathbf{h}_{t-1}$:
#
# $$\mathbf{f}_t = \sigma(\mathbf{W}_{xf}\,\mathbf{x}_t + \mathbf{W}_{hf}\,\mathbf{h}_{t-1} + \mathbf{b}_f)$$
#
# The first letter of an index is the source, the second is the gate: $\mathbf{W}_{hf}$ leads from $\mathbf{h}$ to
# $\mathbf{f}$. The result has H numbers, one for each unit. Three more layers have the same form and weights of their
# own: the **input gate** $\mathbf{i}_t$ (입력 게이트), the **output gate** $\mathbf{o}_t$ (출력 게이트), and the new numbers, the
# **candidate** $\mathbf{g}_t$ (후보). The candidate is no gate: tanh stands in place of $\sigma$. With $\odot$, the
# product element by element (요소별 곱):
#
# $$\mathbf{c}_t = \mathbf{f}_t \odot \mathbf{c}_{t-1} + \mathbf{i}_t \odot \mathbf{g}_t \qquad\qquad
# \mathbf{h}_t = \mathbf{o}_t \odot \tanh(\mathbf{c}_t)$$
#
# In one picture:
#
# ![](picture:lstm_cell)
#
# Why two states? $\mathbf{c}$ is the memory. $\mathbf{h}$ is what is shown of it at this step, to the gates and to the
# next layer: a unit with $o = 0$ keeps something and shows nothing. (The LSTM of 1997 had no forget gate, $f$ was 1. It
# came three years later: Gers, Schmidhuber, Cummins 2000.)
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
# If $c_{t-1}$ changes a little, $c_t$ changes by $f$ times as much: $\partial c_t / \partial c_{t-1} = f$, no matrix
# and no tanh. So the gradient on its way back meets the same factors as the memory:

# %% key="gradient_by_hand" tags=["nbval-check-output"]
start = torch.tensor(0.8, requires_grad=True)
for f in (1.0, 0.95, 0.5):
    (gradient,) = torch.autograd.grad(carry(start, f, i=0, g=0, steps=100), start)
    print(f"f = {f:<4}: gradient {gradient.item():.2g}, f to the power of 100 {f**100:.2g}")

# %% [markdown]
# For all units, $\partial\mathbf{c}_t / \partial\mathbf{c}_{t-1} = \operatorname{diag}(\mathbf{f}_t)$, a matrix with
# the gates on its diagonal (대각) and zeros beside it: each unit has its own factor. This is the straight way along
# $\mathbf{c}$. There are also **side roads** through $\mathbf{h}$, at which the gates look. Part b, section 4, measures
# with and without them.
#
# ### Exercise 1 · One step of an LSTM · difficulty 3 of 5 · 12 minutes
#
# Write `lstm_step(x, state, weight_ih, weight_hh, bias_ih, bias_hh)`: from `x` (B, E) and `state`, the pair `(h, c)` of
# the step before, (B, H) each, to the pair `(h, c)` of this step.
#
# - The four blocks of weights stand one below the other, in the order **i, f, g, o** of `torch.nn` (the picture draws f
#   first): `weight_ih` (4H, E), `weight_hh` (4H, H), `bias_ih` and `bias_hh` (4H,). The first H rows are those of i.
# - One product gives all sums, (B, 4H); `sums.chunk(4, dim=-1)` cuts them into four pieces (B, H). For a batch, whose
#   rows are vectors, $\mathbf{W}\mathbf{x}$ becomes $\mathbf{X}\mathbf{W}^\top$: `F.linear(x, weight_ih, bias_ih)` is
#   `x @ weight_ih.T + bias_ih`.
# - For $\sigma$ and tanh take, in all steps of this lesson, `torch.sigmoid` and `torch.tanh`, whose values and gradients
#   hold for large sums, too.
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
# - Without a state it starts from h = 0 and c = 0. `x.new_zeros(len(x), self.weight_hh.shape[1])` is (B, H) and has the
#   dtype of x; one tensor of zeros can serve for both.
# - The cell keeps no state of its own: the state comes in and goes out. So `unroll` of lesson 02 runs it as it ran the
#   RNN.


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
# **The same in `torch.nn`.** The folded cell loads the weights of `nn.LSTMCell` into yours and compares values and
# gradients. Your cell in `unroll` is the layer `nn.LSTM`.

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
# In a new cell weights and biases are small, all between $-1/\sqrt{H}$ and $1/\sqrt{H}$. So the sums are near 0, and the
# gates near $\sigma(0) = 0.5$. You have seen what 0.5 keeps: nothing. And a network that keeps nothing gets almost no
# gradient from far back, which would teach it to keep. So one starts with an open forget gate, by a large bias: with 1
# the gate is about $\sigma(1) = 0.73$, with 3 about $\sigma(3) = 0.95$ (Gers, Schmidhuber, Cummins 2000; Jozefowicz,
# Zaremba, Sutskever 2015).
#
# ### Exercise 3 · Set the bias of the forget gate · difficulty 2 of 5 · 5 minutes
#
# Write `set_forget_bias(cell, value)`: change the biases of a cell like yours (or `nn.LSTMCell`) so that the forget
# gate has the bias `value`, for all H units; return the cell.
#
# - A cell has two biases, and the step adds both: their **sum** at the rows of f must be `value`.
# - Nothing else changes, and the biases stay parameters that are trained. Inside `with torch.no_grad():` a part of a
#   parameter can be changed in place.


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
# The gates of an LSTM see $\mathbf{h}_{t-1}$, not the cell. Where the output gate is shut, $h$ is 0, and the gates
# don't know what the cell holds. **Peepholes** (핍홀 연결, also 엿보기 구멍 연결; Gers, Schraudolph, Schmidhuber 2002) let them
# look at it:
#
# ![](picture:lstm_peepholes)
#
# $$\begin{aligned}
# \mathbf{f}_t &= \sigma(\mathbf{W}_{xf}\,\mathbf{x}_t + \mathbf{W}_{hf}\,\mathbf{h}_{t-1} + \mathbf{w}_{cf} \odot \mathbf{c}_{t-1} + \mathbf{b}_f)
# \qquad\text{and } \mathbf{i}_t \text{ likewise} \\
# \mathbf{o}_t &= \sigma(\mathbf{W}_{xo}\,\mathbf{x}_t + \mathbf{W}_{ho}\,\mathbf{h}_{t-1} + \mathbf{w}_{co} \odot \mathbf{c}_t + \mathbf{b}_o)
# \end{aligned}$$
#
# i and f look at the old cell, which they will change. o looks at the new one, which it will show. The candidate does
# not look. Each unit sees its own cell alone, with one weight: $\mathbf{w}_{cf}$ has H numbers.
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
# Many texts write a matrix in place of the vector, $\mathbf{W}_{cf}\,\mathbf{c}_{t-1}$ with $\mathbf{W}_{cf}$ (H, H):
# the **full** form, in which each gate sees the cells of all units. Yours is the **diagonal** form, the full one with
# zeros beside the diagonal.
#
# ### Exercise 5 · Full peepholes · difficulty 2 of 5 · 4 minutes
#
# Write `full_peephole_lstm_step` with the same parameters: as your `peephole_lstm_step`, but `weight_ci`, `weight_cf`
# and `weight_co` are matrices, (H, H). `c` is (B, H), one sequence in each row.


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
# $\mathbf{b}_{hn}$, too.) And why r? With $r = 0$ the candidate is made from the input alone, whatever the old state is.
#
# Two variants have this name. Here, as in `torch.nn`, the reset gate stands **after** the product with the matrix; in
# Cho and others 2014 **before** it, $\mathbf{W}_{hn}(\mathbf{r}_t \odot \mathbf{h}_{t-1})$. The parameters are the
# same, the results are not.
#
# ### Exercise 6 · One step of a GRU · difficulty 3 of 5 · 10 minutes
#
# Write `gru_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh)` in the form of `torch.nn`: from `x` (B, E) and `h`
# (B, H) to the new `h` (B, H). The weights are `weight_ih` (3H, E), `weight_hh` (3H, H), the biases (3H,) each, with
# the rows in the order **r, z, n**.


# %% key="gru_step" exercise="03.gru_step"
def gru_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the parts of x and of h, in three pieces each; r, z, n; the mixture.
    raise NotImplementedError


# %% key="check_gru_step" tags=["exercise-check"]
check("03.gru_step", gru_step)

# %% [markdown]
# Two folded cells. The first puts your steps into the library's classes. The second compares: your GRU is `nn.GRUCell`;
# full peepholes with diagonal matrices are the diagonal ones; with peepholes of zero the cell is an LSTM.


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
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. What is the derivative of $\mathbf{c}_t$ with respect to $\mathbf{c}_{t-1}$, straight along c?**
#
# <details><summary>$\mathbf{W}_{hf}$</summary>No: no matrix stands on this way. $\mathbf{W}_{hf}$ belongs to the side
# road through h, by which the gates are computed.</details>
# <details><summary>$\operatorname{diag}(\mathbf{f}_t)$</summary>Yes: each unit's cell is multiplied by its forget gate,
# and what is added does not depend on the old cell except through h.</details>
# <details><summary>1, because the cell is a sum</summary>No: that was the LSTM of 1997. Since 2000 the old cell is
# multiplied by the forget gate before the sum.</details>

# %% [markdown]
# **2. `nn.LSTMCell(300, 512)`: how many parameters?**
#
# <details><summary>831,488</summary>No: that is 2 × 512 × (300 + 512), the weights of two gates. There are four blocks
# of rows, and biases.</details>
# <details><summary>1,665,024</summary>No: that counts one bias per unit and gate. `torch.nn` has two.</details>
# <details><summary>1,667,072</summary>Yes: 4 × 512 × (300 + 512) weights and 2 × 4 × 512 biases.</details>

# %% [markdown]
# **3. Weights of a GRU from elsewhere are loaded into `nn.GRU`. All names and shapes fit, the outputs are wrong. What
# do you suspect first?**
#
# <details><summary>The variant: the reset gate before the product instead of after it, or the order of the
# gates</summary>Yes: both leave shapes as they are. Compare one step with numbers that you trust.</details>
# <details><summary>The learning rate</summary>No: nothing is being trained.</details>
# <details><summary>Peepholes</summary>No: those would be further parameters, and a GRU has none.</details>

# %% [markdown]
# **4. At this step a unit has $f = 1$, $i = 0$ and $o = 0$; before it, its cell held 0.8. What do the gates of the next
# step see of this unit?**
#
# <details><summary>0.8, in every LSTM</summary>No: without peepholes the gates read the input and h, and h is
# $o \cdot \tanh(0.8) = 0$.</details>
# <details><summary>Nothing; with peepholes they see 0.8</summary>Yes: the cell is kept, $1 \cdot 0.8 + 0$, and not
# shown, so h is 0. Peepholes look at the cell itself.</details>
# <details><summary>Nothing, and with peepholes nothing either: the cell is 0 now</summary>No: a shut output gate does
# not empty the cell. A shut forget gate does.</details>

# %% [markdown]
# ## Summary
#
# - The LSTM keeps its memory in the cell state c, and shows a part of it, h. Three gates say what stays, what is added,
#   what is shown.
# - Straight along c the gradient is multiplied by the forget gate and by nothing else.
# - Only a gate very near to 1 keeps for 100 steps. A new one is half open; a large bias opens it.
# - With peepholes the gates see the cell: each unit its own cell (diagonal), or the cells of all units (full).
# - The GRU has one state and two gates. Its update gate does the work of the forget gate; and two variants have this
#   name.
#
# **Next**: part b trains these cells. How far does the gradient reach, what is kept over 100 steps, when does the bias
# of the forget gate decide, do peepholes help, and what does one unit of a language model remember?
#
# **Further reading.** Hochreiter, Schmidhuber (1997), *Long Short-Term Memory*, Neural Computation 9. Gers,
# Schmidhuber, Cummins (2000), *Learning to Forget: Continual Prediction with LSTM*, Neural Computation 12. Gers,
# Schraudolph, Schmidhuber (2002), *Learning Precise Timing with LSTM Recurrent Networks*, JMLR 3. Cho, van Merriënboer,
# Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), *Learning Phrase Representations using RNN Encoder-Decoder*,
# EMNLP. Jozefowicz, Zaremba, Sutskever (2015), *An Empirical Exploration of Recurrent Network Architectures*, ICML.
