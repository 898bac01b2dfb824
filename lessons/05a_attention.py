# %% [markdown]
# # 05a · Attention (어텐션)
#
# **The question.** Nobody translates a long sentence by reading it once and then closing the book. One looks back, piece by piece,
# at what the next words need. The decoder of lesson 04 can't: it gets one vector, and the longer the sentence, the more is
# lost. But the encoder made a vector for every word. Can the decoder look back at all of them, and choose at each step
# which ones it needs?
#
# **What you will build**: a soft dictionary, a softmax with a mask, five ways to compare a query with a key, attention for a
# batch, the decoder steps of Luong and of Bahdanau.
# **What you will measure**: how much quality is lost with length, and how much of the gradient arrives at the source. Part b asks
# where attention looks.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences at once |
# | S, j | length of the source; a position in it |
# | T, t | length of the target; a position in it |
# | V | size of the vocabulary |
# | E | size of a word's embedding; in exercise 1, of a value |
# | H | hidden units: the size of the decoder's state, and of what is compared |
# | $\mathbf{s}_t$, $\mathbf{c}_t$ | the decoder's state and the context at step t |
#
# About 100 minutes, of which the exercises take 60. The end of section 4 is a good place for a break. Everything runs on a CPU,
# without a network connection.

# %% key="imports"
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import attention, explorers, plotting
from course_lib.attention_decoders import LuongDecoder
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import alignment, source_gradients, stored, translation
from course_lib.experiments.corpus import BINS
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.scores import EDGES, length_curve, quality
from course_lib.lstm import LSTMCell
from course_lib.rnn import hidden

torch.set_num_threads(1)  # small tensors: a second thread only gets in the way

# %% [markdown]
# ## 1 · A dictionary that is soft
#
# A dictionary (사전, 딕셔너리) holds pairs of **key** (키) and **value** (값). One asks with a **query** (쿼리), and gets the value whose
# key is *equal* to it. Near is not good enough:

# %% key="hard_dictionary" tags=["nbval-check-output"]
weight_in_kg = {"cat": 4.0, "dog": 20.0, "car": 1200.0}
print(weight_in_kg["dog"], weight_in_kg.get("puppy"))

# %% [markdown]
# **Attention** (어텐션) is a dictionary that always answers. It compares the query with *every* key, and answers with a mixture of
# *all* values. The query *puppy* fits *dog* well, *cat* a little less, and *car* not at all. With the weights 0.73, 0.27 and 0 the
# answer is $0.73 \cdot 20 + 0.27 \cdot 4 + 0 \cdot 1200 = 15.7$ kg:
#
# ![](picture:dictionary)
#
# Query and keys are vectors, and the look-up has three steps:
#
# 1. **compare** the query with every key: S **scores** (점수) $e_j$, here inner products $\mathbf{q} \cdot \mathbf{k}_j$;
# 2. **normalize** them with the softmax: S **weights** (어텐션 가중치) $a_j$, positive, with the sum 1;
# 3. **aggregate**: the weighted sum (가중합) of all values, a weighted mean, as the weights sum to 1. It is called the
#    **context** $\mathbf{c}$.
#
# $$e_j = \mathbf{q} \cdot \mathbf{k}_j \qquad a_j = \frac{\exp(e_j)}{\sum_{i=1}^{S} \exp(e_i)}
# \qquad \mathbf{c} = \sum_{j=1}^{S} a_j \mathbf{v}_j$$
#
# Other texts call the three results **attention score** (어텐션 스코어), **attention distribution** (어텐션 분포) and **attention value**
# (어텐션 값).
#
# Nothing is picked, everything is weighted. So the result changes smoothly with query, keys and values, and all three can be
# learned by gradient descent.
#
# ### Exercise 1 · A soft look-up · difficulty 2 of 5 · 6 minutes
#
# Write `soft_lookup(query, keys, values)` for one query: `query` (H,), `keys` (S, H), `values` (S, E); the answer is (E,).


# %% key="soft_lookup" exercise="05.soft_lookup"
def soft_lookup(query, keys, values):
    # Your code here: compare, normalize, aggregate.
    raise NotImplementedError


# %% key="check_soft_lookup" tags=["exercise-check"]
check("05.soft_lookup", soft_lookup)

# %% [markdown]
# Here is a dictionary whose three keys are points in the plane. The query points between *cat* and *dog*. Its **length** decides how
# soft the dictionary is. **Predict first**: what is the answer to a query of length 0, and to a very long one?

# %% key="dictionary_values" tags=["nbval-check-output"]
entries = list(weight_in_kg)
keys = torch.tensor([[1.0, 0.1], [0.75, 0.7], [-1.0, 0.3]])
values = torch.tensor([[weight] for weight in weight_in_kg.values()])  # (S, E), E = 1
query = torch.tensor([math.cos(math.radians(30)), math.sin(math.radians(30))])
found = {length: soft_lookup(length * query, keys, values).item() for length in (0, 4, 100)}
for length, answer in found.items():
    print(f"query of length {length:3}: {answer:5.1f} kg")

# %% [markdown]
# Drawn, with the attention weights on the right (not the kilograms):

# %% key="dictionary_picture" folded=true
dictionary_explorer = explorers.Dictionary(entries, keys, values[:, 0], unit="kg")
axes = dictionary_explorer.picture(
    angle=30,
    length=[0.0, 4.0, 100.0],
    title="The longer the query, the harder the dictionary: "
    + ", ".join(f"{answer:.1f} kg" for answer in found.values()),
)
assert round(found[0]) == 408, "a query of length 0 gets the mean of everything"
assert abs(found[100] - 20) < 0.1, "a very long one gets what the hard dictionary would give"

# %% key="dictionary_explorer"
dictionary_explorer.widget()

# %% [markdown]
# With length 0 every score is 0 and every weight 1/3: the answer is the mean of all values, 408 kg. A very long query gives nearly
# all the weight to the key that fits best: 20 kg, as in the hard dictionary.
#
# **In a translation** keys and values are both the encoder's outputs, one for each source token. The query is the decoder's state. It
# asks: *which part of the source do I need for the next word?* It asks anew at every step t, so there are scores $e_{tj}$, weights
# $a_{tj}$ and a context $\mathbf{c}_t$. One step (its parts 4 to 6 come in section 5):
#
# ![](picture:attention_step)
#
# ## 2 · Where attention must not go
#
# Sentences in a batch are padded. Padding is no word and must get no attention: its weight must be exactly 0, and the
# others must still sum to 1. A **mask** says where attention may go: **True = may be attended to**, in this whole course.
# (In `torch.nn.MultiheadAttention` it is the other way round, True = hidden; in `F.scaled_dot_product_attention` it is as here.
# Neither of them warns about the wrong one.)
#
# ### Exercise 2 · Softmax with a mask · difficulty 3 of 5 · 8 minutes
#
# Write `masked_softmax(scores, mask)`: `scores` (..., S) of any number of axes, `mask` bool, of the same shape or one that
# broadcasts to it. The softmax runs over the **last** axis.
#
# - Weights are exactly 0 where the mask is False, and those of a row sum to 1.
# - A row with **no** True at all has weights 0: no NaN, neither in the values nor in the gradients.
# - Scores lie between −100,000 and 100,000. `scores.masked_fill(where, value)` gives a copy with `value` at the places
#   where `where` is True, and `~mask` turns True into False and False into True.


# %% key="masked_softmax" exercise="05.masked_softmax"
def masked_softmax(scores, mask):
    # Your code here: fill with a very low number, softmax, fill with 0.
    raise NotImplementedError


# %% key="check_masked_softmax" tags=["exercise-check"]
check("05.masked_softmax", masked_softmax)

# %% [markdown]
# Three rows: everything may be attended to; the last place is padding, so its score of 5 does not count; all is padding.

# %% key="use_masked_softmax" tags=["nbval-check-output"]
scores = torch.tensor([[2.0, 1.0, 3.0], [0.0, 0.0, 5.0], [1.0, 1.0, 1.0]])
mask = torch.tensor([[True, True, True], [True, True, False], [False, False, False]])
print(masked_softmax(scores, mask).numpy().round(2))

# %% [markdown]
# ## 3 · Five ways to compare
#
# The kinds of attention differ in one thing only: the **score function** (스코어 함수, also 점수 함수), which says how well a query fits
# a key. (Bahdanau and others call it the **alignment model**, 정렬 모델.)
#
# | name | score of $\mathbf{q}$ and $\mathbf{k}$ | parameters | from |
# |---|---|---|---|
# | dot | $\mathbf{q}^\top \mathbf{k}$ | none | Luong and others 2015 |
# | scaled dot | $\mathbf{q}^\top \mathbf{k} / \sqrt{H}$ | none | Vaswani and others 2017 |
# | general | $\mathbf{q}^\top \mathbf{W} \mathbf{k}$ | $\mathbf{W}$ | Luong and others 2015 |
# | concat | $\mathbf{v}_a^\top \tanh(\mathbf{W}_a [\mathbf{q} ; \mathbf{k}])$ | $\mathbf{W}_a, \mathbf{v}_a$ | name and form: Luong and others 2015 |
# | the same, as a sum: additive | $\mathbf{v}_a^\top \tanh(\mathbf{W}_q \mathbf{q} + \mathbf{W}_k \mathbf{k})$ | $\mathbf{W}_q, \mathbf{W}_k, \mathbf{v}_a$ | Bahdanau and others 2015, the first |
# | location | $(\mathbf{W} \mathbf{q})_j$ | $\mathbf{W}$ | Luong and others 2015 |
#
# From here on there is a batch, and a query for every target step: `query` (B, T, .), `key` (B, S, .), scores (B, T, S). In the table
# query and key are columns. In a batch they are rows, so a layer is $\mathbf{X} \mathbf{W}^\top$, as in lesson 00. Every matrix is
# (out, in). Where a formula has the query as a row, $\mathbf{q}^\top \mathbf{W}$, it is `query @ weight`, without a transpose.
#
# ### Exercise 3 · Dot and scaled dot · difficulty 2 of 5 · 6 minutes
#
# Write `dot(query, key, scaled=False)`: `query` (B, T, H), `key` (B, S, H) -> (B, T, S), every query of a sentence with
# every key of the same sentence. With `scaled=True` divide by $\sqrt{H}$.
#
# Of tensors with three axes `@` makes one product of matrices for each sentence of the batch: (B, T, H) @ (B, H, S) is
# (B, T, S). `x.transpose(1, 2)` exchanges the last two axes of (B, S, H), and gives (B, H, S); `.T` would move the
# batch axis, too.


# %% key="dot" exercise="05.dot"
def dot(query, key, scaled=False):
    # Your code here: one product of matrices; divide if asked.
    raise NotImplementedError


# %% key="check_dot" tags=["exercise-check"]
check("05.dot", dot)

# %% [markdown]
# **Why $\sqrt{H}$?** A score is a sum of H products. The **variance** (분산) of numbers with mean 0 is the mean of their
# squares; its root is their typical size. If all numbers are independent, with mean 0 and variance 1, each product has
# variance 1, too, and variances of independent numbers add up. So the sum of H products has variance H, and its typical
# size is $\sqrt{H}$. The larger the vectors, the further apart the scores, and the softmax gives nearly all to one key.
# **Predict first**: what would happen if one divided by H itself?
#
# Ten random keys for each query; the mean of the largest of the ten weights:

# %% key="why_scale"
sizes = [4, 16, 64, 256, 1024]
generator = torch.Generator().manual_seed(0)
largest = {"dot": [], "divided by √H": [], "divided by H": []}
for H in sizes:
    q = torch.randn(200, 1, H, generator=generator)
    k = torch.randn(200, 10, H, generator=generator)
    kinds = (dot(q, k), dot(q, k, scaled=True), dot(q, k) / H)
    for name, scores in zip(largest, kinds, strict=True):
        largest[name].append(scores.softmax(-1).amax(-1).mean().item())

# %% key="why_scale_figure" folded=true
ax = plotting.curve(
    sizes,
    largest,
    title=f"Of ten random keys one gets {largest['dot'][-1]:.0%} at H = 1024. Divided by √H it "
    f"stays at {largest['divided by √H'][-1]:.0%}, divided by H all are nearly equal",
    xlabel="size of the vectors, H",
    ylabel="the largest of ten weights",
    log="x",
)
ax.set_ylim(0, 1.02)
assert largest["dot"][-1] > 0.9
assert max(largest["divided by √H"]) - min(largest["divided by √H"]) < 0.05
assert largest["divided by H"][-1] < 0.12

# %% [markdown]
# Divided by H, the scores are so small that every key gets nearly 1/10: nothing is chosen any more. Not divided, one key gets nearly
# everything, and hardly any gradient reaches the others: a model that looks at the wrong word does not learn to look elsewhere.
# Part b, section 11, shows what scores cost that are too small or too large.
#
# ### Exercise 4 · General · difficulty 2 of 5 · 4 minutes
#
# A learned matrix $\mathbf{W}$ says which number of the query belongs to which number of the key. Write `general(query, key, weight)`:
# `query` (B, T, size of query), `key` (B, S, size of key), `weight` (size of query, size of key) ->
# $\mathbf{q}^\top \mathbf{W} \mathbf{k}$, (B, T, S). The two sizes may differ.


# %% key="general" exercise="05.general"
def general(query, key, weight):
    # Your code here: bring the query to the key's size, then compare.
    raise NotImplementedError


# %% key="check_general" tags=["exercise-check"]
check("05.general", general)

# %% [markdown]
# **Concat** gives each pair of query and key to a small network with one hidden layer. Luong and others put the two vectors together
# (concatenate, 이어 붙이기), hence the name: $\mathbf{W}_a [\mathbf{q} ; \mathbf{k}]$. Bahdanau and others add:
# $\mathbf{W}_q \mathbf{q} + \mathbf{W}_k \mathbf{k}$. Both are the same: the left columns of $\mathbf{W}_a$ meet only the numbers of
# $\mathbf{q}$, the right ones only those of $\mathbf{k}$. A query of two numbers and a key of one:

# %% key="concat_is_a_sum" tags=["nbval-check-output"]
q, k = torch.tensor([1.0, 2.0]), torch.tensor([3.0])
W_q, W_k = torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([[10.0], [20.0]])
W_a = torch.cat([W_q, W_k], dim=1)  # side by side, (2, 3)
print(W_a @ torch.cat([q, k]), W_q @ q + W_k @ k)

# %% [markdown]
# The sum is cheaper: each query and each key is multiplied once, and not once for each pair.
#
# ### Exercise 5 · Concat, the additive score · difficulty 4 of 5 · 10 minutes
#
# Write `concat(query, key, weight_query, weight_key, v)`: `query` (B, T, size of query), `key` (B, S, size of key), `weight_query` (H,
# size of query), `weight_key` (H, size of key), `v` (H,), which is $\mathbf{v}_a$ ->
# $\mathbf{v}_a^\top \tanh(\mathbf{W}_q \mathbf{q} + \mathbf{W}_k \mathbf{k})$, (B, T, S).
#
# Every query meets every key, so there is a tensor (B, T, S, H) on the way. Project first, then add: `x[:, :, None]` makes an axis of
# size 1, and an axis of size 1 is repeated as often as needed.


# %% key="concat" exercise="05.concat"
def concat(query, key, weight_query, weight_key, v):
    # Your code here: project both, add every query to every key, tanh, v.
    raise NotImplementedError


# %% key="check_concat" tags=["exercise-check"]
check("05.concat", concat)

# %% [markdown]
# ### Exercise 6 · Location · difficulty 2 of 5 · 4 minutes
#
# Write `location(query, key, weight)`: `query` (B, T, size of query), `key` (B, S, size of key), `weight` (longest, size of query) ->
# (B, T, S). The query alone says where to look: the score of position j is row j of the weight times the query. Of the key only
# its length S counts.


# %% key="location" exercise="05.location"
def location(query, key, weight):
    # Your code here: the rows of the first S positions.
    raise NotImplementedError


# %% key="check_location" tags=["exercise-check"]
check("05.location", location)

# %% [markdown]
# ## 4 · Attention for a batch
#
# ### Exercise 7 · Attend · difficulty 3 of 5 · 8 minutes
#
# Write `attend(query, key, value, mask, score)`:
#
# - `query` (B, T, .), `key` (B, S, .), `value` (B, S, .): three sizes that may differ;
# - `mask` (B, S), bool: one row per sentence, the same for all its target steps;
# - `score`, a function: `score(query, key)` -> (B, T, S).
#
# Return two things: the context (B, T, size of value), and the weights (B, T, S). Use your `masked_softmax`.


# %% key="attend" exercise="05.attend"
def attend(query, key, value, mask, score):
    # Your code here: compare, normalize where the mask allows, aggregate.
    raise NotImplementedError


# %% key="check_attend" tags=["exercise-check"]
check("05.attend", attend)

# %% [markdown]
# **The same in `torch.nn`.** With the scaled dot product this is `F.scaled_dot_product_attention`, values and gradients alike:

# %% key="torch_attention" tags=["nbval-check-output"]
B, T, S, H = 3, 4, 6, 8
generator = torch.Generator().manual_seed(0)
q, k, v = (torch.randn(B, n, H, generator=generator, requires_grad=True) for n in (T, S, S))
mask = torch.arange(S) < torch.tensor([[6], [2], [4]])  # (B, S)


def scaled_dot(query, key):
    return dot(query, key, scaled=True)


mine, weights = attend(q, k, v, mask, scaled_dot)
theirs = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None])
print("equal to torch:    ", torch.allclose(mine, theirs, atol=1e-6))
my_gradients = torch.autograd.grad(mine.square().sum(), (q, k, v))
their_gradients = torch.autograd.grad(theirs.square().sum(), (q, k, v))
pairs = zip(my_gradients, their_gradients, strict=True)
print("gradients equal:   ", all(torch.allclose(a, b, atol=1e-5) for a, b in pairs))
print("weights on padding:", weights[~mask[:, None].expand(-1, T, -1)].abs().max().item())

# %% [markdown]
# And the library's `attend`, which the models below are built with, gives the same as yours for every score function:

# %% key="library_attention" tags=["nbval-check-output"] folded=true
W, W_q, W_k, v_a, P = (
    torch.randn(*n, generator=generator) for n in ((H, H), (5, H), (5, H), (5,), (9, H))
)
kinds = {
    "dot": (dot, attention.dot),
    "general": (lambda q, k: general(q, k, W), lambda q, k: attention.general(q, k, W)),
    "concat": (
        lambda q, k: concat(q, k, W_q, W_k, v_a),
        lambda q, k: attention.concat(q, k, W_q, W_k, v_a),
    ),
    "location": (lambda q, k: location(q, k, P), lambda q, k: attention.location(q, k, P)),
}
for name, (yours, ours) in kinds.items():
    same = torch.allclose(
        attend(q, k, v, mask, yours)[0], attention.attend(q, k, v, mask, ours)[0], atol=1e-5
    )
    print(f"equal to the library, {name:<10}", same)

# %% [markdown]
# ## 5 · Who asks, and when
#
# The decoder has a state $\mathbf{s}_t$ at every step. Two forms differ in which state asks. $\mathbf{x}_t$ is the embedding of the
# word before.
#
# **Luong and others (2015)**: the cell first, then attention with the **new** state. Context and state together make the
# **attentional vector** $\tilde{\mathbf{s}}_t$, from which the word is said. The cell itself never sees the context.
#
# $$\mathbf{s}_t = \mathrm{cell}(\mathbf{x}_t, \mathbf{s}_{t-1}) \qquad \mathbf{c}_t = \mathrm{attend}(\mathbf{s}_t, \dots) \qquad
# \tilde{\mathbf{s}}_t = \tanh(\mathbf{W}_c [\mathbf{c}_t ; \mathbf{s}_t])$$
#
# **Bahdanau and others (2015)**, the first: attention with the **old** state, then the cell, which reads the context too.
#
# $$\mathbf{c}_t = \mathrm{attend}(\mathbf{s}_{t-1}, \dots) \qquad \mathbf{s}_t = \mathrm{cell}([\mathbf{x}_t ; \mathbf{c}_t], \mathbf{s}_{t-1})$$
#
# Side by side:
#
# ![](picture:luong_bahdanau)
#
# **One letter, two things.** $\mathbf{c}_t$ is the context here. The state of an LSTM is a pair `(h, c)`, and its `c` is the *cell
# state* of lesson 03. $\mathbf{s}_t$ is its `h`. In code, call the context `context`.
#
# Both forms compute new scores at every step, in training and when they translate (inference, 추론). **Predict first**: in which of the
# two must the decoder run step by step also in training, where all words are known?
#
# ### Exercise 8 · Luong's step · difficulty 3 of 5 · 8 minutes
#
# Write `luong_step(cell, x, state, key, value, mask, score, combine)`: `cell(x, state)` gives the next state, for an LSTM the pair `(h,
# c)`; `x` is (B, E); `combine` is the linear layer $\mathbf{W}_c$, a function from (B, size of value + H) to (B, H). Return three
# things: the attentional vector (B, H), the new state `(h, c)`, the weights (B, S) that your `attend` gives.
#
# The query is h. The library's `hidden(state)` takes it from the state of any cell, from `(h, c)` as well as from h alone. Your `attend`
# takes (B, T, H): one query per sentence is `h[:, None]`, and `[:, 0]` takes the axis off again.


# %% key="luong_step" exercise="05.luong_step"
def luong_step(cell, x, state, key, value, mask, score, combine):
    # Your code here: the cell, then attention with its h, then tanh(W_c [context; h]).
    raise NotImplementedError


# %% key="check_luong_step" tags=["exercise-check"]
check("05.luong_step", luong_step)

# %% [markdown]
# ### Exercise 9 · Bahdanau's step · difficulty 3 of 5 · 6 minutes
#
# Write `bahdanau_step(cell, x, state, key, value, mask, score)`: attention first, by your `attend`, with the h of the **given** state;
# then the cell, with the input [x; context]. Return three things: the new state `(h, c)`, the context (B, size of value), the weights (B, S).


# %% key="bahdanau_step" exercise="05.bahdanau_step"
def bahdanau_step(cell, x, state, key, value, mask, score):
    # Your code here: attention with the old h, then the cell with [x; context].
    raise NotImplementedError


# %% key="check_bahdanau_step" tags=["exercise-check"]
check("05.bahdanau_step", bahdanau_step)

# %% [markdown]
# Your two steps beside the library's:

# %% key="steps_equal" tags=["nbval-check-output"] folded=true
torch.manual_seed(0)
x, state = torch.randn(B, 5), (torch.randn(B, H), torch.randn(B, H))
key, value = torch.randn(B, S, H), torch.randn(B, S, 7)
luong_cell, bahdanau_cell, W_c = LSTMCell(5, H), LSTMCell(5 + 7, H), nn.Linear(7 + H, H, bias=False)


def flat(result):
    """All tensors of a result, in a row."""
    if isinstance(result, torch.Tensor):
        return [result]
    return [tensor for part in result for tensor in flat(part)]


with torch.no_grad():
    arguments = (luong_cell, x, state, key, value, mask, attention.dot, W_c)
    yours, ours = flat(luong_step(*arguments)), flat(attention.luong_step(*arguments))
    print(
        "Luong's step equal:   ",
        all(torch.allclose(a, b, atol=1e-6) for a, b in zip(yours, ours, strict=True)),
    )
    arguments = (bahdanau_cell, x, state, key, value, mask, attention.dot)
    yours, ours = flat(bahdanau_step(*arguments)), flat(attention.bahdanau_step(*arguments))
    print(
        "Bahdanau's step equal:",
        all(torch.allclose(a, b, atol=1e-6) for a, b in zip(yours, ours, strict=True)),
    )

# %% [markdown]
# Bahdanau's form must run step by step: the next state needs the context, and the context needs the state. In Luong's form the states
# do not depend on attention. In training all words are known, so the cell runs over the whole target in one call, and
# **one** product of matrices makes the attention of all T steps.
#
# (Luong and others went on to feed $\tilde{\mathbf{s}}_t$ into the next step, *input feeding*; then their form needs the loop, too. The
# library has it as `feed=True`. Here we leave it out.)
#
# ## 6 · Translate
#
# Now a decoder that runs on your functions. First the score with its weight:


# %% key="general_score"
class General(nn.Module):
    """Your general score with its weight; scaled, for a reason that part b shows, section 11."""

    def __init__(self, H):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(H, H).uniform_(-1 / math.sqrt(H), 1 / math.sqrt(H)))

    def project(self, key):
        return key  # what could be computed once for all steps; here that is nothing

    def compare(self, query, key):
        return general(query, key, self.weight) / math.sqrt(query.shape[-1])


# %% [markdown]
# Then the decoder. `step` is used for translating, word by word; `forward` for training, all steps at once. Everything around it is
# lesson 04's: the encoder, now in both directions, whose outputs are keys and values; the bridge from its last state to the decoder's
# first one; the loss.


# %% key="decoder"
class Decoder(LuongDecoder):
    """The library's decoder, with your functions for attention."""

    def step(self, tokens, state):
        looked_up = state.key, state.value, state.mask, self.score.compare
        vector, cell, weights = luong_step(
            self.cell, self.embedding(tokens), state.cell, *looked_up, self.combine
        )
        return self.output(vector), state._replace(cell=cell, weights=weights)

    def forward(self, inputs, state):
        states, _ = self.unroll(self.cell, self.embedding(inputs), state.cell)  # (B, T, H)
        context, weights = attend(states, state.key, state.value, state.mask, self.score.compare)
        return torch.tanh(self.combine(torch.cat([context, states], dim=-1))), weights


def make_model(decoder=Decoder):
    model = recurrent_model(attention="general", luong=decoder)  # E = 128, H = 192
    model.decoder.score = General(192)
    return model


# %% [markdown]
# 1,200 updates with 32 pairs each, less than twice through the training sentences; Adam, whose learning rate falls to 0. This takes
# about a minute.

# %% key="train"
translator, seconds = translation.trained(make_model, 0, **alignment.LIVE)
model, corpus = translator.model, bundled_corpus()
test = corpus.pairs["test"]
live = quality(translator)
print(f"{seconds:.0f} s of processor time")
print("BLEU", "; ".join(f"{live[of]:.1f} on {of}" for of in live if of != "bins"))
said = translator.translate([pair.source for pair in test[:3]]).tokens
for pair, tokens in zip(test[:3], said, strict=True):
    print(f"\n{pair.source_text}\n  {' '.join(tokens)}")

# %% [markdown]
# ## 7 · What attention is worth
#
# ### The first reason: length
#
# Lesson 04 measured what one vector costs: BLEU against the length of the source, in Korean morphemes. Here is that
# stored run without attention (7,000 updates, source read from its end), beside a stored run with attention (general,
# 1,500 updates) and yours (1,200). The split `long` holds sentences longer than any in training. Without attention BLEU
# falls from 74 for the shortest to 50 on `long`. **Predict first**: draw the curve with attention.

# %% key="length_figure" folded=true
scores_run, bottleneck = stored("05.scores"), stored("04.bottleneck")
print(scores_run, bottleneck, sep="\n")
curves = {
    "with attention, stored": length_curve(
        [of["general"]["bins"] | of["general"] for of in scores_run.figures], EDGES
    ),
    "without, stored": length_curve([of["bleu"] for of in bottleneck.figures], BINS),
    "yours": length_curve([live["bins"] | live], EDGES),
}
bleu = {name: runs for name, (_, runs) in curves.items()}  # (runs, bins)
attending, without = bleu["with attention, stored"], bleu["without, stored"]
ends = ["from {:.0f} to {:.0f}".format(*runs.mean(0)[[0, -1]]) for runs in (without, attending)]
ax = plotting.curve(
    {name: lengths for name, (lengths, _) in curves.items()},
    bleu,
    title=f"{ends[0].capitalize()} without attention, {ends[1]} with it",
    xlabel="mean length of the source in each bin, in morphemes; the last point is the split long",
    ylabel="BLEU",
)
ax.set_ylim(0, 102)
lost = {name: runs[:, 0] - runs[:, -1] for name, runs in bleu.items()}
for name, values in lost.items():
    least_and_most = dict.fromkeys(f"{value:.0f}" for value in (values.min(), values.max()))
    print(f"BLEU lost from the shortest to long, {name}: {' to '.join(least_and_most)}")
assert live["test"] > 60
assert bleu["yours"][0, 0] > 75
assert attending[:, 0].min() > without[:, 0].max()
assert attending[:, :-1].min() > without[:, 1:].max(), "at every length of test"
assert attending[:, -1].min() > without[:, -1].max() + 10
assert lost["without, stored"].min() > lost["with attention, stored"].max()

# %% [markdown]
# Attention is better at every length, after a fifth of the updates. And it loses less from the shortest sentences to `long`: each of
# its three runs lost less than each of the three without. (Yours, with fewer updates, may lose more.) So looking back helps where one vector is too small. `long` is still
# harder. And on `human`, what people wrote, both know almost nothing: a word that training did not have is not found by looking back.
#
# ### The second reason: the gradient
#
# Another stored run without attention (05.length; a larger state, H = 256, and another learning rate) made only 1,500
# updates, as many as the one with attention. With the shortest sentences, 1 to 7 morphemes, it reached BLEU 45, with
# attention 86. Seven morphemes do fit into the vector: the smaller model of the figure, without attention, has 74 after
# 7,000 updates. So the model without attention *learns* more slowly. Why?
#
# A small case. The source has 20 morphemes, the translation 15 words. The loss at the last word must tell the first morpheme's embedding
# how to change. Without attention the gradient goes back through 15 steps of the decoder and 20 of the encoder, 35 in all. If each
# step hands on 0.6 of it, $0.6^{35} \approx 2 \cdot 10^{-8}$ is left. This is the **vanishing gradient** of lessons 02 and
# 03 again. With attention the context at this word contains the output of *every* morpheme: the gradient gets there in one step.
#
# Measure it in new models, before any training: the gradient of $\log p$ of the first and of the last target token, at the embeddings
# of the source tokens 1 to 20 places before the end. A third model has no attention, but an encoder in both directions, as the one with
# attention has. **Predict first**: which source tokens does the second direction help?

# %% key="source_gradients"
# two new models of each kind, 32 long sentences
arrived = source_gradients.by_distance(seeds=(0, 1), furthest=20, most=32)
last_word = {name: np.mean(of["last"], axis=0) for name, of in arrived.items()}  # (20,)
handed_on = (last_word["no attention"][-1] / last_word["no attention"][0]) ** (1 / 19)
print(f"without attention each step hands on {handed_on:.2f} of the gradient")

# %% [markdown]
# The figure has a logarithmic scale; each point is the geometric mean (기하평균, exp of the mean of the logarithms) of the
# sentences:

# %% key="source_gradients_figure" folded=true
figure, axes = plotting.figure(1, 2, size=(9.6, 5), sharey=True)
for ax, word in zip(axes, ("first", "last"), strict=True):
    lines = {name: np.mean(of[word], axis=0) for name, of in arrived.items()}
    back = [f"{lines[name][-1]:.0e}" for name in ("no attention", "attention (general)")]
    plotting.curve(
        range(1, 21),
        lines,
        title=f"{word.capitalize()} target token: {back[0]} arrives 20 places back, "
        f"with attention {back[1]}",
        xlabel="places before the end of the source",
        ylabel="norm of the gradient" if word == "first" else "",
        log="y",
        ax=ax,
    )
attending, both = last_word["attention (general)"], last_word["no attention, both directions"]
assert 0.5 < handed_on < 0.7
assert max(last_word["no attention"]) < 1e-4 < 1e-3 < min(attending)
assert last_word["no attention"][-1] < 1e-5 * attending[-1]
assert attending.max() < 3 * attending.min(), "the same everywhere"
assert both[9] < 0.1 * min(both[0], both[-1]), "both ends, not the middle"
assert both.max() < 1e-5, "little from anywhere"

# %% [markdown]
# With attention about the same gradient arrives everywhere, from the last word as from the first. Without it, each step
# back costs 40 %, and from the last word all steps of the decoder come first. The second direction helps the
# *beginning* of the source, where its own reading ends. It does not help the middle, and from the last word little
# arrives anywhere. So attention does it, and not the second direction.
#
# (Word order adds to the distance: the source token that a word needs may stand at the other end. Reading the source from its end, as in
# lesson 04, shortens the way for the first words only.)
#
# This was measured in new models. A trained forget gate can open (lesson 03), but it needs a gradient to learn that. That the model
# without attention learns slowly *because* of this is what we believe.
#
# ## What went wrong?
#
# A real bug, in the published code of a paper on question answering: KEQA (WSDM 2019), issue 2 of its repository, of April 2019. The
# author confirmed it, and added that the repaired model would need other hyperparameters (하이퍼파라미터, the settings that are not
# trained, such as the learning rate). A layer gives each token a score, as a column of size 1, and a softmax makes weights of them. Here
# is the same in a few lines of our own. Look at the output and say what is wrong before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
S, H = 5, 8
outputs, query = torch.randn(S, H), torch.randn(H)
layer = nn.Linear(2 * H, 1)
scores = layer(torch.cat([outputs, query.expand(S, H)], dim=1))  # (S, 1)
weights_now = torch.softmax(scores, dim=1)
print(weights_now.flatten().tolist(), "sum", weights_now.sum().item())


# %% [markdown]
# It trains, too. Put the same into your decoder:


# %% key="bug_decoder"
class ColumnOfOne(Decoder):
    """The scores (B, T, S) get an axis of size 1 behind them, and the softmax runs over that."""

    def forward(self, inputs, state):
        states, _ = self.unroll(self.cell, self.embedding(inputs), state.cell)
        scores = self.score.compare(states, state.key)
        weights = scores.unsqueeze(-1).softmax(-1).squeeze(-1) * state.mask[:, None]
        return torch.tanh(self.combine(torch.cat([weights @ state.value, states], dim=-1))), weights


# %% [markdown]
# And compare a short training with that of the right one. **Predict first**: will the loss fall at all, and will the weight of the
# score move?

# %% key="bug_trains"
short = {"updates": 60, "batch_size": 32, "lr": 0.007}
perplexity, moved = {}, {}
for name, decoder in (("over the axis of size 1", ColumnOfOne), ("over the source", Decoder)):
    trial, _ = translation.trained(lambda decoder=decoder: make_model(decoder), 0, **short)
    perplexity[name] = trial.perplexity(corpus.pairs["validation"][:300])
    torch.manual_seed(0)
    start = make_model(decoder)  # as `trained` made it
    moved[name] = (trial.model.decoder.score.weight - start.decoder.score.weight).abs().max().item()
    print(f"softmax {name:<24} perplexity {perplexity[name]:5.1f}; W moved by {moved[name]:.3f}")
assert max(perplexity.values()) < len(corpus.target) / 10, "both learn"
assert 0.8 < perplexity["over the axis of size 1"] / perplexity["over the source"] < 1.25
assert moved["over the axis of size 1"] == 0 < moved["over the source"]

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The scores are a column, (S, 1). A softmax over an axis of size 1 divides every number by itself: every weight is 1, whatever the
# score is. The context is the plain sum of all outputs, the layer behind the score never gets a gradient, and the query has no effect.
#
# The loss falls all the same, for a sum of all outputs still tells what there is in the sentence. After 60 updates one can't tell the two
# models apart by their perplexity. Of these two numbers, only the weight that did not move shows it.
#
# PyTorch-NLP had a similar bug (its issue 2, March 2018): the softmax ran over the batch and the steps together, so with one sentence and
# one query every weight was 1.
#
# The cure is one number: softmax over the axis of the source, `dim=0` here. And three short tests: the weights of a
# query sum to 1 over the source; they change with the query; the parameters of the score get a gradient. The check of
# `attend` makes the first two, and asks for the gradients of query, key and value. </details>

# %% key="bug_cured" tags=["nbval-check-output"]
cured = torch.softmax(scores, dim=0)  # over the S tokens
print([f"{weight:.2f}" for weight in cured.flatten().tolist()], "sum", round(cured.sum().item(), 4))
for name, made in (("dim=1", weights_now), ("dim=0", cured)):
    (gradient,) = torch.autograd.grad((made * outputs).sum(), layer.weight, retain_graph=True)
    print(name, "gradient reaches the score's layer:", bool(gradient.abs().max() > 1e-6))

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. Scores (B, T, S) = (32, 11, 14). Over which axis does the softmax run?**
#
# <details><summary>0, the 32</summary>No: then the sentences of a batch would divide one attention among them, and a sentence's
# translation would depend on the others.</details>
# <details><summary>1, the 11</summary>No: then every source token would divide itself among the target words. Each query must divide
# its attention among the source tokens.</details>
# <details><summary>2, the 14</summary>Yes: for each target step, the weights over the source sum to 1.</details>

# %% [markdown]
# **2. A source has 3 words and 2 of padding. The scores are all 0, and the mask is applied *after* the softmax. What do the three words
# get together?**
#
# <details><summary>1</summary>No: that is what the mask before the softmax gives. Here the padding has taken its share already.</details>
# <details><summary>0.6</summary>Yes: the softmax gives 1/5 to each of five, then two are struck out. The context is 0.6 of what it should
# be, and the less, the more padding the batch happens to have.</details>
# <details><summary>0</summary>No: only the padding is set to 0. (Some texts say that the weights of a softmax sum to 0. That is a slip:
# they are positive, and sum to 1.)</details>

# %% [markdown]
# **3. H = 256, query and key random with variance 1. Which divisor gives scores of variance 1?**
#
# <details><summary>16</summary>Yes: the sum of 256 products has variance 256, and the square root of that is 16.</details>
# <details><summary>256</summary>No: that gives a variance of 256 / 256² = 1/256, and nearly equal weights. (Some texts divide by H and
# forget the root.)</details>
# <details><summary>None is needed</summary>No: the scores have a standard deviation (the root of the variance) of 16. Two of them are often 20 apart, and
# e<sup>20</sup> is 500 million.</details>

# %% [markdown]
# **4. Why can Luong's decoder (without input feeding) be trained without a loop over attention, and Bahdanau's not?**
#
# <details><summary>Because the dot product is quicker than concat</summary>No: each form can have any score. With Luong's form, concat
# too is computed for all steps at once.</details>
# <details><summary>Because in Luong's form no state depends on a context</summary>Yes: the states of all steps are known before attention
# begins. In Bahdanau's form each context goes into the next state.</details>
# <details><summary>Because Bahdanau's form is not trained with teacher forcing</summary>No: both are. Knowing the words does not help
# where the next state needs the last context.</details>

# %% [markdown]
# ## Summary
#
# - Attention is a soft dictionary: compare, normalize, aggregate. All of it has a gradient.
# - The mask stands before the softmax, True = may be attended to, and a row without any True is 0.
# - The kinds differ in the score function: dot, scaled dot, general, concat, location.
# - Luong's decoder asks with the new state, Bahdanau's with the old one.
# - No vector has to hold the whole sentence: with *general*, less quality is lost with length. And the gradient reaches every source word
#   in one step instead of dozens; we believe that this is why the model learns faster.
# - A softmax over the wrong axis raises no error and still trains. Test the sums.
#
# **Next**: part b looks at what attention does: where it looks, how that is marked, and which score function does it best.
#
# **Further reading.** Bahdanau, Cho, Bengio (2015), *Neural Machine Translation by Jointly Learning to Align and Translate*, ICLR,
# arXiv:1409.0473. Luong, Pham, Manning (2015), *Effective Approaches to Attention-based Neural Machine Translation*, EMNLP,
# arXiv:1508.04025. Vaswani and others (2017), *Attention Is All You Need*, arXiv:1706.03762, section 3.2.1: why $\sqrt{H}$.
