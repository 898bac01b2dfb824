# %% [markdown]
# # 05 · Attention (어텐션)
#
# **The question.** The model of lesson 04 squeezes a whole sentence into one vector, and the longer the sentence, the more is
# lost. The encoder (인코더) had a vector for every word. Can the decoder (디코더) look back at all of them, and choose at each
# step which ones it needs?
#
# **What you will build**: a soft dictionary, a softmax with a mask, five ways to compare a query with a key, attention for a
# batch, the decoder steps of Luong and of Bahdanau, the alignment error rate, and IBM Model 1, which aligns words by counting.
# **What you will measure**: whether quality still falls with length, what each score function costs and gives, how often
# attention looks where a translator would look, and whether counting finds the same words. The corpus knows which word translates
# which, so both can be marked right or wrong.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences at once |
# | S | length of the source |
# | T | length of the target |
# | V | size of the vocabulary |
# | E | size of a word's embedding; in exercise 1, of a value |
# | H | hidden units: the size of the decoder's state, and of what is compared |
#
# About 140 minutes, of which the exercises take 78. Everything runs on a CPU, without a network connection.

# %% key="imports"
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import attention, explorers, fast, metrics, plotting, word_alignment
from course_lib.attention_decoders import LuongDecoder
from course_lib.batches import pad
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import alignment, attention_probe, stored, translation
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.scores import EDGES, MODELS, SHOWN, quality
from course_lib.lstm import LSTMCell
from course_lib.rnn import hidden
from course_lib.statistics import t_interval

torch.set_num_threads(1)  # small tensors: a second thread only gets in the way

# %% [markdown]
# ## 1 · A dictionary that is soft
#
# A dictionary (사전) holds pairs of **key** (키) and **value** (값). One asks with a **query** (쿼리), and gets the value whose key
# is *equal* to it. Near is not good enough:

# %% key="hard_dictionary" tags=["nbval-check-output"]
weight_in_kg = {"cat": 4.0, "dog": 20.0, "car": 1200.0}
print(weight_in_kg["dog"], weight_in_kg.get("puppy"))

# %% [markdown]
# **Attention** (어텐션) is a dictionary that always answers. Query and keys are vectors, and the look-up has three steps:
#
# 1. **compare** the query with every key: S **scores** (점수), here inner products $\mathbf{q} \cdot \mathbf{k}_s$;
# 2. **normalize** them with the softmax (소프트맥스): S **weights** (가중치) $a_s$, positive, with the sum 1;
# 3. **aggregate**: the mean of all values, weighted. It is called the **context** (문맥 벡터).
#
# $$a_s = \frac{e^{\mathbf{q} \cdot \mathbf{k}_s}}{\sum_{r} e^{\mathbf{q} \cdot \mathbf{k}_r}}
# \qquad \mathbf{c} = \sum_{s=1}^{S} a_s \mathbf{v}_s$$
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
# A dictionary with three entries whose keys are points in the plane. A query that points between *cat* and *dog* gets something
# between their weights. The **length** of the query decides how soft the dictionary is. **Predict first**: what is returned for a
# query of length 0, and what for a very long one?

# %% key="dictionary_picture"
names = list(weight_in_kg)
keys = torch.tensor([[1.0, 0.1], [0.75, 0.7], [-1.0, 0.3]])
values = torch.tensor(list(weight_in_kg.values()))
query = torch.tensor([math.cos(math.radians(30)), math.sin(math.radians(30))])
found = {size: soft_lookup(size * query, keys, values).item() for size in (0, 4, 100)}
dictionary_explorer = explorers.Dictionary(names, keys, values, value="weight in kg")
axes = dictionary_explorer.picture(
    angle=30,
    length=[0.0, 4.0, 100.0],
    title=f"The longer the query, the harder the dictionary: {found[0]:.0f}, {found[4]:.1f}, {found[100]:.1f} kg",
)
assert abs(found[0] - values.mean()) < 0.01, "a query of length 0 gets the mean of everything"
assert abs(found[100] - 20) < 0.1, "a very long one gets what the hard dictionary would give"

# %% key="dictionary_explorer"
dictionary_explorer.widget()

# %% [markdown]
# In translation the keys and values are the encoder's outputs, one for each source token, and the query is the decoder's
# state. What is looked up is: *which part of the source do I need for the next word?*
#
# ## 2 · Where attention must not go
#
# Sentences in a batch are padded (패딩). Padding is no word and must get no attention: its weight must be exactly 0, and the
# others must still sum to 1. A **mask** (마스크) says where attention may go: **True = may be attended to**, in this whole course.
# (In `torch.nn.MultiheadAttention` it is the other way round, True = hidden; in `F.scaled_dot_product_attention` it is as here. Both
# take the wrong one without a word.)
#
# ### Exercise 2 · Softmax with a mask · difficulty 3 of 5 · 8 minutes
#
# Write `masked_softmax(scores, mask)`: `scores` (..., S) of any number of axes, `mask` bool, of the same shape or one that
# broadcasts to it. The softmax runs over the **last** axis.
#
# - Weights are exactly 0 where the mask is False, and those of a row sum to 1.
# - A row with **no** True at all has weights 0: no NaN, neither in the values nor in the gradients.
# - Scores may be as large or as low as 100,000. `scores.masked_fill(where, value)` gives a copy with `value` at the places where `where` is True.


# %% key="masked_softmax" exercise="05.masked_softmax"
def masked_softmax(scores, mask):
    # Your code here: fill with a very low number, softmax, fill with 0.
    raise NotImplementedError


# %% key="check_masked_softmax" tags=["exercise-check"]
check("05.masked_softmax", masked_softmax)

# %% key="use_masked_softmax" tags=["nbval-check-output"]
scores = torch.tensor([[2.0, 1.0, 3.0], [0.0, 0.0, 5.0], [1.0, 1.0, 1.0]])
mask = torch.tensor([[True, True, True], [True, True, False], [False, False, False]])
print(masked_softmax(scores, mask).numpy().round(2))

# %% [markdown]
# ## 3 · Five ways to compare
#
# A **score function** (점수 함수) says how well a query fits a key. From here on there is a batch, and a query for every target
# step at once: `query` (B, T, .), `key` (B, S, .), scores (B, T, S).
#
# | name | score of $\mathbf{q}$ and $\mathbf{k}$ | parameters | from |
# |---|---|---|---|
# | dot | $\mathbf{q}^\top \mathbf{k}$ | none | Luong and others 2015 |
# | scaled dot | $\mathbf{q}^\top \mathbf{k} / \sqrt{H}$ | none | Vaswani and others 2017 |
# | general | $\mathbf{q}^\top \mathbf{W} \mathbf{k}$ | $\mathbf{W}$ | Luong and others 2015 |
# | concat (additive) | $\mathbf{v}^\top \tanh(\mathbf{W}_q \mathbf{q} + \mathbf{W}_k \mathbf{k})$ | $\mathbf{W}_q, \mathbf{W}_k, \mathbf{v}$ | Bahdanau and others 2015 |
# | location | $(\mathbf{W} \mathbf{q})_s$ | $\mathbf{W}$ | Luong and others 2015 |
#
# ### Exercise 3 · Dot and scaled dot · difficulty 2 of 5 · 6 minutes
#
# Write `dot(query, key, scaled=False)`: `query` (B, T, H), `key` (B, S, H) -> (B, T, S), every query of a sentence with every key
# of the same sentence. With `scaled=True` divide by $\sqrt{H}$.


# %% key="dot" exercise="05.dot"
def dot(query, key, scaled=False):
    # Your code here: one product of matrices; divide if asked.
    raise NotImplementedError


# %% key="check_dot" tags=["exercise-check"]
check("05.dot", dot)

# %% [markdown]
# **Why $\sqrt{H}$?** A score is a sum of H products. If the numbers are independent with mean 0 and variance 1, the sum has variance
# H. So the larger the vectors, the further apart the scores, and the softmax gives nearly all to one key. **Predict first**: what
# would happen if one divided by H itself?

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
# A softmax that gives all to one key passes hardly any gradient to the others: whoever looks at the wrong word for sure does not
# learn to look elsewhere. Section 11 shows what that costs.
#
# ### Exercise 4 · General · difficulty 2 of 5 · 4 minutes
#
# Write `general(query, key, weight)`: `query` (B, T, size of query), `key` (B, S, size of key), `weight` (size of query, size of
# key) -> $\mathbf{q}^\top \mathbf{W} \mathbf{k}$, (B, T, S). The two sizes may differ.


# %% key="general" exercise="05.general"
def general(query, key, weight):
    # Your code here: bring the query to the key's size, then compare.
    raise NotImplementedError


# %% key="check_general" tags=["exercise-check"]
check("05.general", general)

# %% [markdown]
# ### Exercise 5 · Concat, the additive score · difficulty 4 of 5 · 10 minutes
#
# Write `concat(query, key, weight_query, weight_key, v)`: `query` (B, T, size of query), `key` (B, S, size of key), `weight_query` (H,
# size of query), `weight_key` (H, size of key), `v` (H,) -> $\mathbf{v}^\top \tanh(\mathbf{W}_q \mathbf{q} + \mathbf{W}_k \mathbf{k})$,
# (B, T, S).
#
# Every query meets every key, so there is a tensor (B, T, S, H) on the way. Project first, then add: an axis of size 1 is repeated as
# often as needed, and `x[:, :, None]` makes one.


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
# (B, T, S). The query alone says where to look: the score of position s is row s of the weight times the query. Of the key only
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
# **The same in `torch.nn`.** With the scaled dot product this is `F.scaled_dot_product_attention`, values and gradients alike; and
# the library's `attend` gives the same for every score function.

# %% key="torch_attention" tags=["nbval-check-output"]
B, T, S, H = 3, 4, 6, 8
generator = torch.Generator().manual_seed(0)
q, k, v = (torch.randn(B, n, H, generator=generator, requires_grad=True) for n in (T, S, S))
mask = torch.arange(S) < torch.tensor([[6], [2], [4]])  # (B, S)


def scaled_dot(query, key):
    return dot(query, key, scaled=True)


mine, weights = attend(q, k, v, mask, scaled_dot)
theirs = F.scaled_dot_product_attention(q, k, v, attn_mask=mask[:, None])
print("equal to torch:             ", torch.allclose(mine, theirs, atol=1e-6))
my_gradients = torch.autograd.grad(mine.square().sum(), (q, k, v))
their_gradients = torch.autograd.grad(theirs.square().sum(), (q, k, v))
pairs = zip(my_gradients, their_gradients, strict=True)
print("gradients equal:            ", all(torch.allclose(a, b, atol=1e-5) for a, b in pairs))

W, W_q, W_k, u, P = (
    torch.randn(*n, generator=generator) for n in ((H, H), (5, H), (5, H), (5,), (9, H))
)
kinds = {
    "dot": (dot, attention.dot),
    "general": (lambda q, k: general(q, k, W), lambda q, k: attention.general(q, k, W)),
    "concat": (
        lambda q, k: concat(q, k, W_q, W_k, u),
        lambda q, k: attention.concat(q, k, W_q, W_k, u),
    ),
    "location": (lambda q, k: location(q, k, P), lambda q, k: attention.location(q, k, P)),
}
for name, (yours, ours) in kinds.items():
    same = torch.allclose(
        attend(q, k, v, mask, yours)[0], attention.attend(q, k, v, mask, ours)[0], atol=1e-5
    )
    print(f"equal to the library, {name:<10}", same)
print("weights on padding:         ", weights[~mask[:, None].expand(-1, T, -1)].abs().max().item())

# %% [markdown]
# ## 5 · Who asks, and when
#
# The decoder has a state $\mathbf{s}_t$ at every step. Two forms differ in which state asks.
#
# **Luong and others (2015)**: the cell first, then attention with the **new** state. What was found is joined with the state to the
# **attentional vector** $\tilde{\mathbf{s}}_t$, from which the word is said. The cell itself never sees the context.
#
# $$\mathbf{s}_t = \mathrm{cell}(\mathbf{x}_t, \mathbf{s}_{t-1}) \qquad \mathbf{c}_t = \mathrm{attend}(\mathbf{s}_t, \dots) \qquad
# \tilde{\mathbf{s}}_t = \tanh(\mathbf{W}_c [\mathbf{c}_t ; \mathbf{s}_t])$$
#
# **Bahdanau and others (2015)**, the first: attention with the **old** state, then the cell, which reads the context too.
#
# $$\mathbf{c}_t = \mathrm{attend}(\mathbf{s}_{t-1}, \dots) \qquad \mathbf{s}_t = \mathrm{cell}([\mathbf{x}_t ; \mathbf{c}_t], \mathbf{s}_{t-1})$$
#
# $\mathbf{x}_t$ is the embedding of the word before. **Predict first**: in which of the two must the decoder be run step by step, also in
# training, where all words are known?
#
# ### Exercise 8 · Luong's step · difficulty 3 of 5 · 8 minutes
#
# Write `luong_step(cell, x, state, key, value, mask, score, combine)`: `cell(x, state)` gives the next state, for an LSTM the pair `(h,
# c)`; `x` is (B, E); `combine` is the linear layer $\mathbf{W}_c$, a function from (B, size of value + H) to (B, H). Return three
# things: the attentional vector (B, H), the new state `(h, c)`, the weights (B, S).
#
# The query is h; the library's `hidden(state)` takes it from the state of any cell, from `(h, c)` as from h alone. Your `attend` takes
# (B, T, H): one query per sentence is `h[:, None]`, and `[:, 0]` takes the axis off again.


# %% key="luong_step" exercise="05.luong_step"
def luong_step(cell, x, state, key, value, mask, score, combine):
    # Your code here: the cell, then attention with its h, then tanh(W_c [c; h]).
    raise NotImplementedError


# %% key="check_luong_step" tags=["exercise-check"]
check("05.luong_step", luong_step)

# %% [markdown]
# ### Exercise 9 · Bahdanau's step · difficulty 3 of 5 · 6 minutes
#
# Write `bahdanau_step(cell, x, state, key, value, mask, score)`: attention first, with the h of the **given** state; then the cell, with the
# input [x; context]. Return three things: the new state `(h, c)`, the context (B, size of value), the weights (B, S).


# %% key="bahdanau_step" exercise="05.bahdanau_step"
def bahdanau_step(cell, x, state, key, value, mask, score):
    # Your code here: attention with the old h, then the cell with [x; context].
    raise NotImplementedError


# %% key="check_bahdanau_step" tags=["exercise-check"]
check("05.bahdanau_step", bahdanau_step)

# %% key="steps_equal" tags=["nbval-check-output"]
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
# In Bahdanau's form the next state needs the context, the context needs the state: step after step. In Luong's form the states
# do not depend on attention. While training, all words before are known, so the cell runs over the whole target in one call, and
# **one** product of matrices makes the attention of all T steps. (Luong and others went on to feed $\tilde{\mathbf{s}}_t$ into the next
# step, *input feeding*; then this form needs the loop, too. The library has it as `feed=True`. Here we leave it out.)
#
# ## 6 · Translate
#
# Here is a decoder that runs on your functions: `step` is used for translating, word by word; `forward` for training, all steps at
# once. Everything around it is lesson 04's: the bidirectional encoder, whose outputs are keys and values; the bridge from its last state to the
# decoder's first one; the loss.


# %% key="decoder"
class General(nn.Module):
    """Your general score with its weight; scaled, for a reason that section 11 shows."""

    def __init__(self, H):
        super().__init__()
        self.weight = nn.Parameter(torch.empty(H, H).uniform_(-1 / math.sqrt(H), 1 / math.sqrt(H)))

    def project(self, key):
        return key  # what could be computed once for all steps; nothing, here

    def compare(self, query, key):
        return general(query, key, self.weight) / math.sqrt(query.shape[-1])


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
print(
    f"{seconds:.0f} s of the processor; BLEU",
    *(f"{live[of]:.1f} on {of};" for of in live if of != "bins"),
)
said = translator.translate([pair.source for pair in test[:3]]).tokens
for pair, tokens in zip(test[:3], said, strict=True):
    print(f"\n{pair.source_text}\n  {' '.join(tokens)}")

# %% [markdown]
# ## 7 · Does quality still fall with length?
#
# Lesson 04's question again: BLEU against the length of the source, in Korean morphemes. Without attention the model has a
# larger state (H = 256) and reads the source from its end, which served it better. Both stored runs made 1,500 updates, 300 more than
# you; data and metric are the same. `long` holds sentences longer than any in training. **Predict first**: draw the second curve.

# %% key="length_figure"
with_attention, without = stored("05.scores"), stored("05.length")
print(with_attention)
print(without)


def by_length(of):
    """(runs, bins): BLEU in each bin of test, then on long."""
    return np.array([[*bins.values(), long] for bins, long in of])


bins = list(live["bins"])
sources = {"test": [len(p.source) for p in test], "long": [len(p.source) for p in corpus.pairs["long"]]}
grouped = metrics.length_bins(sources["test"], EDGES).values()
lengths = [np.mean([sources["test"][i] for i in rows]) for rows in grouped] + [np.mean(sources["long"])]
curves = {
    "general, stored": by_length(
        [(f["general"]["bins"], f["general"]["long"]) for f in with_attention.figures]
    ),
    "no attention, stored": by_length([(f["bins"], f["long"]) for f in without.figures]),
    "yours": by_length([(live["bins"], live["long"])]),
}
here = curves["yours"][0]
kept = {
    name: runs[:, -1] / runs[:, 0] for name, runs in curves.items()
}  # of the BLEU of the shortest, on long
ax = plotting.curve(
    lengths,
    curves,
    title=f"On long, {kept['general, stored'].mean():.0%} of the BLEU of the shortest sentences is left with attention, "
    f"{kept['no attention, stored'].mean():.0%} without; {kept['yours'][0]:.0%} with yours",
    xlabel="mean length of the source in each bin, in morphemes; the last point is the split long",
    ylabel="BLEU",
)
ax.set_ylim(0, 102)
worth = curves["general, stored"] - curves["no attention, stored"]  # (runs, bins)
print(
    f"attention is worth {t_interval(worth[:, 0])} BLEU with the shortest sentences, {t_interval(worth[:, -1])} on long"
)
more = t_interval(kept["general, stored"] - kept["no attention, stored"])
print(f"of the BLEU of the shortest sentences {more} more is left on long")
for name, runs in (
    ("with", [f["general"] for f in with_attention.figures]),
    ("without", without.figures),
):
    print(f"{name} attention, on human: {np.mean([figures['human'] for figures in runs]):.1f}")
assert live["test"] > 60
assert here[0] > 75
assert t_interval(worth[:, -1]).low > 20
assert more.low > 0.1

# %% [markdown]
# Without attention all three runs are far behind on short sentences already, though by how much differs widely: the model learns more
# slowly, and 1,500 updates are few for it (lesson 04 gave it 7,000, and BLEU 63). So look at what is *left* on long sentences: four fifths of
# the BLEU of the shortest with attention, half of it without. That part is, we believe, the price of the one vector. And on `human`
# both know next to nothing: attention brings the words of the source nearer, but not words that training did not have.
#
# ## 8 · Does it look where it should?
#
# An attention map is easily admired: each row is a target word, each column a source token. Ours can be marked. The corpus has a
# **word alignment** (단어 정렬): for each pair, which source tokens are translated by which target tokens. A link is **sure** (확실) where
# everybody would draw it, or only **possible** (가능) where one may and need not. These gold links are the frames in the picture; a possible
# one is dashed.

# %% key="map"
shown = [test[i] for i in SHOWN]
pair = shown[1]
closely = attention_probe.probe(translator, pair)
print(pair.source_text, "|", pair.target_text)
points = closely.weights.argmax(1).tolist()  # for each target token a source token
linked = {t for _, t in pair.alignment}
right = [(s, t) in pair.alignment for t, s in enumerate(points)]
records = {"general, yours": [(closely.scores, closely.likeness)]}
axes = explorers.Attention([pair], records).picture(
    word=None,
    title=f"{sum(right)} of the {len(linked)} words that have a sure link look at one",
)
assert sum(right) > len(linked) / 2

# %% [markdown]
# To mark many maps one needs a number. The **alignment error rate** (정렬 오류율; Och and Ney 2003) compares found links $A$ with the sure
# links $S$ and the possible ones $P$; the sure ones are in $P$, too. All of $S$ must be found, and nothing that is not in $P$:
#
# $$\mathrm{AER} = 1 - \frac{|A \cap S| + |A \cap P|}{|A| + |S|}$$
#
# 0: all sure ones found, and nothing wrong. 1: nothing right. Where all gold links are sure, $P = S$, a link that is in both counts twice.
#
# **By hand**: 고양이 가 자 아요, *the cat sleeps*. Sure are 고양이–cat and 자–sleeps; 아요–sleeps is possible. Found were these three and 가–the. So
# $|A| = 4$, $|S| = 2$, $|A \cap S| = 2$, $|A \cap P| = 3$, and the error is $1 - (2 + 3) / (4 + 2) = 1/6$. Without the notion of possible
# links it would be $1 - (2 + 2) / (4 + 2) = 1/3$.
#
# ### Exercise 10 · Alignment error rate · difficulty 2 of 5 · 6 minutes
#
# Write `alignment_error_rate(links, sure, possible)`: three lists with an entry per sentence pair; each entry is a list of links `(s, t)`.
# Sum the counts over **all** pairs, then divide once. A link that is listed twice counts once; links of different pairs are different
# links; a pair may have none.


# %% key="alignment_error_rate" exercise="05.alignment_error_rate"
def alignment_error_rate(links, sure, possible):
    # Your code here: the found ones that are sure or possible, divided by the found and the sure ones.
    raise NotImplementedError


# %% key="check_alignment_error_rate" tags=["exercise-check"]
check("05.alignment_error_rate", alignment_error_rate)

# %% key="aer_by_hand" tags=["nbval-check-output"]
found, sure = [[(0, 1), (2, 2), (3, 2), (1, 0)]], [[(0, 1), (2, 2)]]
possible = [[(0, 1), (2, 2), (3, 2)]]
print(
    f"{alignment_error_rate(found, sure, possible):.3f} {alignment_error_rate(found, sure, sure):.3f}"
)

# %% [markdown]
# ## 9 · The same by counting: IBM Model 1
#
# A number alone says little: is an error of 0.3 good? Words were aligned long before there was attention, by **counting** which words occur
# together. **IBM Model 1** (IBM 모델 1; Brown and others 1993) tells a little story about each sentence pair: each target word $y$ was
# made by one source word $x$, or by the **empty word** (빈 단어, NULL) with which every source begins, for words such as *the* that
# nothing stands for. Every source word is as likely to have made it as any other, wherever they stand. With $t(y \mid x)$, the
# probability that $x$ makes $y$, and $S$ source words, the empty one among them:
#
# $$p(\text{target} \mid \text{source}) = \prod_{y} \frac{1}{S} \sum_{x} t(y \mid x)$$
#
# If we knew who made whom, we would count and have $t$. If we knew $t$, we could say who made whom. **Expectation-maximization** (기댓값
# 최대화, EM) begins with a $t$ that knows nothing, and does both in turn:
#
# 1. **Expectation**: each $y$ counts as 1, and is shared out among all $x$ of its source, in proportion to $t$:
#    $\;t(y \mid x) \,/ \sum_{x'} t(y \mid x')$.
# 2. **Maximization**: add up these shares over the whole corpus, and divide by all that $x$ was credited with:
#    $\;t(y \mid x) = \mathrm{count}(x, y) \,/ \sum_{y'} \mathrm{count}(x, y')$.
#
# **By hand**: *das Haus – the house*, *das Buch – the book*, *ein Buch – a book* (no empty word here). At first each $t$ is 1/4, and every
# word gets half of every word of its pair. *das* is credited with ½ *the* twice, with ½ *house* and ½ *book*: $t(\text{the} \mid
# \text{das}) = 1/2$, the others 1/4. In round 2 *the* goes to *das* and *Haus* as 1/2 to 1/2, to *das* and *Buch* as 1/2 to 1/4; so *das* is
# credited with $1/2 + 2/3$ of *the*, with 1/3 of *house* and 1/3 of *book*, and $t(\text{the} \mid \text{das}) = 7/11$. **Predict first**:
# where does it end?
#
# ### Exercise 11 · IBM Model 1 · difficulty 4 of 5 · 12 minutes
#
# Write `ibm_model_1(pairs, rounds)`: `pairs` is a list of `(source, target)`, two lists of words; the empty word, if there is one, stands among
# the source already. Begin with the same $t$ for all: 1 / the number of different target words. After so many rounds return $t$ as a
# dictionary, `t[x, y]`, with an entry for every $x$ and $y$ that stand in one pair somewhere. A word that stands twice counts twice.


# %% key="ibm_model_1" exercise="05.ibm_model_1"
def ibm_model_1(pairs, rounds):
    # Your code here: share out each y among its source, add up, divide; so many times.
    raise NotImplementedError


# %% key="check_ibm_model_1" tags=["exercise-check"]
check("05.ibm_model_1", ibm_model_1)

# %% key="model_1_by_hand"
books = [("das Haus", "the house"), ("das Buch", "the book"), ("ein Buch", "a book")]
books = [(source.split(), target.split()) for source, target in books]
rounds = range(21)
by_round = [ibm_model_1(books, n) for n in rounds]
ax = plotting.curve(
    rounds,
    {f"t({y} | das)": [t["das", y] for t in by_round] for y in ("the", "house", "book")},
    title=f"das stands in two pairs, the too: after two rounds t(the | das) is {by_round[2]['das', 'the']:.2f}, "
    f"after twenty {by_round[20]['das', 'the']:.2f}",
    xlabel="rounds",
    ylabel="probability",
)
likelihoods = [word_alignment.log_likelihood(t, books) for t in by_round]
assert math.isclose(by_round[2]["das", "the"], 7 / 11)
assert by_round[20]["das", "the"] > 0.9
assert likelihoods == sorted(likelihoods), "each round makes the corpus likelier"

# %% [markdown]
# Nothing was said about what *das* means. *the* stands beside it twice, *house* and *book* once each, and that was enough; then *house* had to
# be *Haus*, for *the* was taken. Each round makes the corpus more likely, or leaves it as it was (Dempster, Laird and Rubin 1977).
#
# **The same with arrays.** Your function goes word by word, which takes half a minute and more for eight rounds through the corpus. The library's
# `fast.ibm_model_1` counts all meetings at once. Same numbers:

# %% key="model_1_corpus"
some = word_alignment.with_null(corpus.pairs["train"][:300])
mine, theirs = ibm_model_1(some, 3), fast.ibm_model_1(some, 3)
assert mine.keys() == theirs.keys()
print("largest difference:", f"{max(abs(mine[key] - theirs[key]) for key in mine):.0e}")
table = alignment.model_1(corpus.pairs["train"])  # eight rounds, 20,000 pairs
print(f"{len(table):,} pairs of words that meet somewhere")
for x in dict.fromkeys([word_alignment.NULL, *pair.source]):
    best = sorted(((p, y) for (word, y), p in table.items() if word == x), reverse=True)[:3]
    print(f"{x:>8}  ", "  ".join(f"{y} {p:.2f}" for p, y in best))
assert min(table[word_alignment.NULL, y] for y in ("the", ".")) > 0.1

# %% [markdown]
# Such a table is a dictionary that nobody wrote. The empty word stands in every pair, so it is credited with what stands in every pair: with
# *the*, and with the full stop, too. The share of $y$ that goes to each $x$ is a row of weights with the sum 1, just like
# attention. Put side by side:
#
# | | IBM Model 1 | attention |
# |---|---|---|
# | score of $x$ for $y$ | $\ln t(y \mid x)$, a number for each two words | made from states, which know the sentence |
# | knows the word $y$ | yes: it is given | no: it asks before $y$ is said |
# | order, neighbours | none: the same word at two places gets the same share | yes |
# | other target words | each chooses alone | the state remembers what was said |
# | learns | to explain which words occur together | to say the next word |
# | translates | word for word, in no order | yes |
#
# The second line is a great advantage for Model 1 in *aligning*. The third line as a test: shuffle the source, and every word keeps
# the share that it had.

# %% key="model_1_order" tags=["nbval-check-output"]
order = torch.randperm(len(pair.source), generator=torch.Generator().manual_seed(0)).tolist()
shuffled = pair._replace(source=[pair.source[s] for s in order])
before, after = word_alignment.align(table, [pair, shuffled])
print("the same shares in another order:", torch.allclose(before[:, order], after))

# %% [markdown]
# ## 10 · Attention and counting, marked
#
# Weights are no links yet. Three ways to make links of them, the thresholds chosen on `validation`:
#
# - **largest**: each target word with the source token of its largest weight;
# - **threshold**: wherever a weight is at least so large. A word can have several links, or none;
# - **mutual**: wherever $a_{ts} \cdot a_{ts} / \sum_{t'} a_{t's}$ is at least so large: the weight, times the share of *all* attention on this
#   source token that comes from this word. Both sides must agree.
#
# Model 1's weights go the same three ways. The yardstick are weights that know nothing, 1/S everywhere. **Predict first**: who aligns
# better, a network that has learnt to translate, or a table of words?

# %% key="aer_live"
validation = corpus.pairs["validation"]
chosen_on = translator.align(validation), validation
weights = translator.align(test)
sure, possible = zip(*(pair.gold() for pair in test), strict=True)
largest = [metrics.links_from_weights(matrix) for matrix in weights]
errors = alignment.alignment_errors(chosen_on, (weights, test))
assert math.isclose(alignment_error_rate(largest, sure, possible), errors["largest"], abs_tol=1e-9)

counted = word_alignment.align(table, test)
model_1 = {
    "largest": translation.alignment_error(counted, test),
    "best": translation.error_of_links(word_alignment.best_links(table, test), test),
}

run = stored("05.alignment")
print(run)
ways = ["largest", "threshold", "mutual"]
measured = {  # (runs, ways): from Korean to English in three ways, and the mean of both directions in two
    name: np.array(
        [run.array(*of, "forward", way) for way in ways]
        + [run.array(*of, "both", way) for way in ways[1:]]
    ).T
    for name, of in {"attention": (), "IBM Model 1": ("model 1",)}.items()
}
level = run.array("uniform").mean()
one, other = (values.mean(0) for values in measured.values())
ax = plotting.bars(
    [*ways, "both directions, threshold", "both directions, mutual"],
    measured,
    title=f"Alignment error of attention and of IBM Model 1: {one[0]:.2f} and {other[0]:.2f} by the largest weight, "
    f"{one[2]:.2f} and {other[2]:.2f} where both sides agree, {one[4]:.2f} and {other[4]:.2f} with the other direction",
    ylabel="alignment error rate on test",
    chance=level,
    limits=(0, 1),
    horizontal=True,
)
print("your model:", ", ".join(f"{way} {errors[way]:.2f}" for way in ways))
print(
    f"the table above: largest {model_1['largest']:.2f}; {model_1['best']:.2f} where the empty word may win"
)
assert math.isclose(model_1["largest"], other[0], abs_tol=1e-4), "the table is the stored run's"
for where, of in (("test", ()), ("human", ("human",))):
    network, by_counts = (
        run.array(*of, *model, "forward", "largest").mean() for model in ((), ("model 1",))
    )
    print(f"largest weight, on {where:<5}: attention {network:.2f}, IBM Model 1 {by_counts:.2f}")
assert errors["mutual"] < min(errors["threshold"], errors["largest"]) < 0.5
assert max(one.max(), other.max()) < 0.5 * level, "both know far more than nothing"
assert (other < measured["attention"].min(0)).all(), (
    "counting is ahead, the same way and with every seed"
)
assert np.abs(one - other).max() < 0.08, "but not by far"
assert one[4] < other[0], "attention of both directions is ahead of counting in one"

# %% [markdown]
# The line called *chance* are the uniform weights. **Both directions** is the classical cure: train a second model from English to Korean,
# turn its maps round, and take the mean of both (Och and Ney 2003 joined the links of two directions). There each Korean ending has a row of
# its own, and an English article has none.
#
# Hold like against like: the same way, and one direction or both. Then a table that was counted in seconds aligns a little better than
# attention, each way and with every seed; and far better on those 100 pairs of `human` whose links were drawn by hand, where most words are known
# but sentences are not those of the grammar. It was made for this question, and it knows the word whose counterpart it seeks. Attention was
# made for another one. So an alignment error near that of Model 1 is no feat, and nobody should train a network *in order to* align these
# sentences. What attention can do and counting can't is to make a sentence of the words.
#
# Where does attention differ from the gold links? Three reasons, each measured.

# %% key="where"
where = alignment.differences(weights, test)
likeness = attention_probe.likeness_by_distance(translator, test[:300])
per_word = {  # differences from the gold links, per target token, of the largest weights
    "null": (1 - where["linked"]) * where["invented"],
    "second": where["linked"] / (1 - where["missed"]) - where["linked"],
    # a wrong link, and a missing one; or the missing one alone
    "misplaced": where["linked"] * (2 * (1 - where["right"]) - where["allowed"]),
}
share = {name: value / sum(per_word.values()) for name, value in per_word.items()}
print(f"1. {1 - where['linked']:.0%} of the English tokens have no sure link (the, a, of, ...),")
print(f"   but their weights sum to 1 too: {share['null']:.0%} of all differences")
print(f"2. {where['missed']:.0%} of the sure links are a word's second or third (가 and 았: went),")
print(f"   and one largest weight is one link: {share['second']:.0%} of all differences")
print(
    f"3. {1 - where['right']:.0%} of the words that have a link look elsewhere: {share['misplaced']:.0%}"
)
print(f"   of those, {where['distance']['1']:.0%} look one token beside it")
states, words = ([f"{c:.2f}" for c in likeness[of][:3]] for of in ("states", "words"))
print("cosine of the encoder's outputs 1, 2, 3 tokens apart:", *states)
print("and of the words' own embeddings:                    ", *words)
links_per_word = 1 + where["linked"] / (1 - where["missed"])  # found and sure ones
assert math.isclose(sum(per_word.values()) / links_per_word, errors["largest"], abs_tol=1e-6)
assert min(share.values()) > 0.2
assert 0.4 < share["null"] + share["second"] < 0.65, "about half"
assert where["right"] > 0.65
assert where["distance"]["1"] > 0.3
assert likeness["states"][0] > 0.25 > 0.1 > abs(likeness["words"][0])

# %% [markdown]
# The third reason is the **blur** of the encoder. A state of a bidirectional network knows its neighbours, it was made for that. So whoever
# wants the verb may look at the ending behind it, and finds much of the verb there. The first two, about half of it all, are no faults of the model: it has to look
# somewhere, and nobody asks it to look at all that corresponds. The map shows what the decoder *uses*, the gold links show
# what *corresponds*.
#
# Why are mutual links better? An article looks at its noun, but the noun is looked at more by its own translation. If this is
# the reason, fewer of the words without a counterpart should get a link, and the sure links should still be found:

# %% key="why_mutual"
kinds = {"largest": largest}
for way, change in (("threshold", lambda matrix: matrix), ("mutual", metrics.mutual)):
    kinds[way] = [metrics.links_from_weights(change(m), errors[f"{way} at"]) for m in weights]
shares = {way: alignment.link_shares(links, test) for way, links in kinds.items()}
print("share of the words without a counterpart that have a link, and of the sure links that are found")
for way, each in shares.items():
    print(f"{way:>10} {each['null']:8.0%} {each['gold']:8.0%}")
assert shares["mutual"]["null"] < shares["threshold"]["null"]
assert shares["mutual"]["gold"] > shares["threshold"]["gold"] - 0.05

# %% [markdown]
# Does it hurt the translation if attention looks elsewhere? **Predict first**: how often is the next word right if the largest weight is
# on a gold link, and how often if it isn't?

# %% key="said_right"
said = attention_probe.next_word_accuracy(translator, test[:300])
ax = plotting.bars(
    ["on a gold link", "elsewhere", "the word has none"],
    list(said.values()),
    title=f"Where attention looks elsewhere, {said['elsewhere']:.0%} of the words are right all the same",
    ylabel="share of words that are right",
    xlabel="where the largest weight is",
    limits=(0, 1),
)
assert said["gold"] > said["elsewhere"] > 0.75

# %% [markdown]
# ## 11 · Score functions side by side
#
# The stored run trains each score function with three seeds and 1,500 updates. Six kinds of Luong's form, and Bahdanau's with concat.
# *Not scaled* is `general` as Luong and others wrote it, without $\sqrt{H}$. BLEU against two references (`2 refs`) stands beside that against one; `human` is what
# people wrote. **Predict first**: which one fails, and which is the slowest?

# %% key="scores_table"
run = with_attention
columns = {"test": "BLEU", "test, two references": "2 refs", "long": "long", "human": "human"}
titles = " ".join(f"{title:>6}" for title in columns.values())
print(f"{'':>20} {titles} {'AER':>6} {'mutual':>7} {'parameters':>11} {'ms a step':>10}")
for name in run.settings["names"]:
    bleus = " ".join(f"{run.array(name, what).mean():6.1f}" for what in columns)
    step = run.array(name, "step").mean()
    aer, mutual = (run.array(name, "alignment error", way).mean() for way in ("threshold", "mutual"))
    parameters = run.array(name, "parameters")[0]
    print(f"{name:>20} {bleus} {aer:6.2f} {mutual:7.2f} {parameters:11,} {1000 * step:10.0f}")
by_counting = dict(zip(ways, other, strict=False))  # of Model 1, from Korean to English
print(
    f"{'IBM Model 1':>20} {'':{len(titles)}} {by_counting['threshold']:6.2f} {by_counting['mutual']:7.2f} {len(table):11,}"
)

# %% key="scores_figure"
names = run.settings["names"]
figure, axes = plotting.figure(1, 3, size=(13.5, 4.6))
bleu = np.array([run.array(name, "test") for name in names]).T
aer = np.array([run.array(name, "alignment error", "threshold") for name in names]).T
step = 1000 * np.array([run.array(name, "step") for name in names]).T


def ends(values, digits):
    """The least and the largest mean, each with its name."""
    means = values.mean(0)
    low, high = means.argmin(), means.argmax()
    return f"{means[low]:.{digits}f} ({names[low]}) to {means[high]:.{digits}f} ({names[high]})"


plotting.bars(names, bleu, title=f"BLEU from {ends(bleu, 0)}", ylabel="BLEU on test",
              horizontal=True, limits=(0, 100), digits=0, ax=axes[0])  # fmt: skip
plotting.bars(names, aer, title=f"Alignment error from {ends(aer, 2)}; line: IBM Model 1, {by_counting['threshold']:.2f}",
              ylabel="alignment error rate, threshold", horizontal=True, limits=(0, 1), ax=axes[1])  # fmt: skip
axes[1].axvline(by_counting["threshold"], color=plotting.BLACK, linestyle="--")
plotting.bars(names, step, title=f"A training step takes {ends(step, 0)} ms",
              ylabel="milliseconds", horizontal=True, digits=0, ax=axes[2])  # fmt: skip
for ax in axes[1:]:
    ax.set_yticklabels([])
assert names[step.mean(0).argmax()] == "concat, Bahdanau"
assert names[aer.mean(0).argmin()] == "general"
assert {names[i] for i in aer.mean(0).argsort()[-2:]} == {"location", "general, not scaled"}
assert names[bleu.mean(0).argmin()] == "general, not scaled"

# %% [markdown]
# What stands out, and what it is worth:
#
# - **general** aligns best: W learns which number of the query is to be compared with which of the key. **concat** comes near it with two
#   of three seeds; with the third it never found where to look, and stayed at BLEU 37. It takes longer, because of its (B, T, S, H) tensor.
# - **location** never looks at a word. It can only know from what was said so far where the next piece may stand; for short sentences
#   that is enough surprisingly often. On `long` it needs positions that no sentence of the training data has.
# - **general, not scaled** has the same parameters as general. At this learning rate its scores end far apart, so that its weights are
#   all or nothing. Where such a weight is wrong, hardly any gradient says so, for the derivative of a softmax has the factor
#   $a_s (1 - a_s)$: that, we believe, is why it learns less.
# - **scaled dot** aligns *worse* than dot. That was not announced: section 3 said that scaling helps. Look at the numbers that are scaled.

# %% key="score_sizes"
with torch.no_grad():
    some = pad([corpus.source.encode(p.source) for p in shown])
    encoded = model.encoder(some)
    numbers = encoded.outputs[encoded.mask].std().item()
print(f"standard deviation of a number in your encoder's outputs: {numbers:.2f}")
maps_of = run.figures[run.seeds.index(run.settings["maps_of"])]
spread = {}
print(f"\n{'standard deviation of the scores of a query':>46} {'untrained':>10} {'trained':>8}")
for name in ("dot", "scaled dot", "general", "general, not scaled"):
    torch.manual_seed(0)
    fresh = corpus.translator(MODELS[name]())
    untrained = [attention_probe.probe(fresh, each).scores.tolist() for each in shown]
    spread[name] = [
        np.mean([np.std(row) for scores in maps for row in scores])
        for maps in (untrained, maps_of[name]["maps"]["scores"])
    ]
    print(f"{name:>46} {spread[name][0]:10.2f} {spread[name][1]:8.2f}")
assert numbers < 0.7
assert max(spread["scaled dot"][0], spread["general"][0]) < 0.05
assert spread["scaled dot"][1] < 1 < spread["general"][1] < 5 < spread["general, not scaled"][1]

# %% [markdown]
# $\sqrt{H}$ is right for numbers with variance 1. The states of an LSTM lie between -1 and 1 and are smaller. Their products are
# small already; divided by $\sqrt{H}$ they are so alike that the softmax hardly chooses. `general` begins just as small, but W can grow;
# `scaled dot` can only make the states larger, and those end at 1. That, we believe, is the whole difference. So the rule is not "divide by
# $\sqrt{H}$" but "let the scores reach a size of a few units, and not far more". In the Transformer of lesson 06 a normalization
# gives the numbers variance 1 before, and there the root is right.
#
# **Is Bahdanau's form late by a step?** Its query $\mathbf{s}_{t-1}$ has not read the word $y_{t-1}$ when it asks about $y_t$. So one
# may expect its maps to be shifted: row t would point to what belongs to another word. Hold row t against the gold links of the
# word before, its own, and the word after. **Predict first**: where is its error least?

# %% key="shift"
shifts = {"t - 1": "-1", "t": "+0", "t + 1": "+1"}
aligned = (
    run.array("concat", "alignment error", "threshold") < 0.6
)  # the seeds with which it found where to look
print(f"{'row t and the links of word':>30}", *(f"{name:>18}" for name in shifts))
for name in ("concat", "concat, Bahdanau"):
    found = [t_interval(run.array(name, "shift", key)[aligned]) for key in shifts.values()]
    print(f"{name:>30}", *(f"{each!s:>18}" for each in found))
own = {name: run.array(name, "shift", "+0")[aligned] for name in ("concat", "concat, Bahdanau")}
after = {name: run.array(name, "shift", "+1")[aligned] for name in own}
cost = t_interval(own["concat, Bahdanau"] - own["concat"])
print(f"\nBahdanau's form has {cost} more alignment error, with the same score function;")
before = {name: run.array(name, "shift", "-1")[aligned] for name in own}
late = t_interval(before["concat"] - before["concat, Bahdanau"])
print(f"held against the links of the word before, {late} less")
assert cost.low > 0
assert late.low > 0
assert own["concat, Bahdanau"].max() < after["concat, Bahdanau"].min()

# %% [markdown]
# (Of the two seeds with which concat found where to look.) It is not shifted as a whole: row t still fits word t best. But it fits word t less than in Luong's form with the same score, and the
# word *before* a little more: a part of it is late. One explanation: when it asks about $y_t$, the query has read no further than
# $y_{t-2}$, so it has to serve several words that may come. It translates nonetheless, and can: the word is said from the state, the
# context *and* the word before; and the state has read all the contexts so far, so what was looked at late or early is not lost.
#
# ## 12 · Has everything been said? Coverage
#
# Nothing in attention keeps count. See, Liu and Manning (2017) add the weights of all earlier steps: the **coverage** (커버리지) of each
# source token. Their models read it, and are punished for looking again where they looked before. Here we only measure it: when a
# sentence has been said, each source token should have had about as much attention as it has words.

# %% key="coverage"
total = {True: [], False: []}
for matrix, pair in zip(weights, test, strict=True):
    so_far = attention.coverage(matrix[None])[0, -1] + matrix[-1]  # (S,), after the last word
    content = {s for s, _ in pair.alignment}
    for s, amount in enumerate(so_far.tolist()):
        total[s in content].append(amount)
ratio = np.mean(total[True]) / np.mean(total[False])
ax = plotting.bars(
    ["has a sure link", "has none (은, 을, 어요, ...)"],
    [np.mean(total[True]), np.mean(total[False])],
    title=f"A source token with a sure link gets {ratio:.0f} times the attention of one without",
    ylabel="attention in all",
)
assert ratio > 2.5

# %% [markdown]
# ## 13 · Look for yourself
#
# Choose a sentence, a score function and a target word. On the left the map with its gold links; on the right the scores of
# the chosen word, its weights, and what its context is like: the cosine with each of the encoder's outputs. *general, yours* is your
# model; the others are from the stored run.
#
# **Predict first**: where does the word *the* look? In whose maps can one see that positions are looked at, and not words? And why is a
# context like the outputs beside it too, though all the weight is on one token?

# %% key="explorer_picture"
seen = {"general, yours": []}
for each in shown:
    close = attention_probe.probe(translator, each)
    seen["general, yours"].append((close.scores, close.likeness))
for name in names:
    maps = maps_of[name]["maps"]
    seen[name] = [
        (torch.tensor(scores), torch.tensor(likeness))
        for scores, likeness in zip(maps["scores"], maps["likeness"], strict=True)
    ]
which = 0
six = ("general", "scaled dot", "location", "concat", "concat, Bahdanau", "general, not scaled")
matrices = {name: seen[name][which][0].softmax(-1) for name in six}
print(shown[which].source_text, "|", shown[which].target_text)
of_this = {
    name: alignment_error_rate(
        [metrics.links_from_weights(matrix)], *([links] for links in shown[which].gold())
    )
    for name, matrix in matrices.items()
}
attention_explorer = explorers.Attention(shown, seen, word=4)
axes = attention_explorer.picture(
    sentence=which,
    score=six,
    word=None,
    title="One sentence, six ways to compare: the alignment error runs from "
    f"{min(of_this.values()):.2f} to {max(of_this.values()):.2f}; IBM Model 1 has "
    f"{translation.alignment_error(word_alignment.align(table, shown[:1]), shown[:1]):.2f}",
)
assert min(of_this.values()) < 0.4 < max(of_this.values())

# %% key="explorer"
attention_explorer.widget()

# %% [markdown]
# ## 14 · What went wrong?
#
# A real bug, in the published code of a paper on question answering: KEQA (WSDM 2019), issue 2 of its repository, of April 2019. The
# author confirmed it, and added that the mended model would need other hyperparameters. A layer gives each token a score, as a column of
# size 1, and a softmax makes weights of them. Here is the same in a few lines of our own. Look at the output and say what is
# wrong before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
S, H = 5, 8
outputs, query = torch.randn(S, H), torch.randn(H)
layer = nn.Linear(2 * H, 1)
scores = layer(torch.cat([outputs, query.expand(S, H)], dim=1))  # (S, 1)
weights_now = torch.softmax(scores, dim=1)
print(weights_now.flatten().tolist(), "sum", weights_now.sum().item())


# %% [markdown]
# It trains, too. Put the same into your decoder, and compare a short training with that of the right one. **Predict first**: will the
# loss fall at all, and will the weight of the score move?


# %% key="bug_trains"
class ColumnOfOne(Decoder):
    """The scores (B, T, S) get an axis of size 1 behind them, and the softmax runs over that."""

    def forward(self, inputs, state):
        states, _ = self.unroll(self.cell, self.embedding(inputs), state.cell)
        scores = self.score.compare(states, state.key)
        weights = scores.unsqueeze(-1).softmax(-1).squeeze(-1) * state.mask[:, None]
        return torch.tanh(self.combine(torch.cat([weights @ state.value, states], dim=-1))), weights


short = {"updates": 60, "batch_size": 32, "lr": 0.007}
perplexity, moved = {}, {}
for name, decoder in (
    ("softmax over the axis of size 1", ColumnOfOne),
    ("softmax over the source", Decoder),
):
    trial, _ = translation.trained(lambda decoder=decoder: make_model(decoder), 0, **short)
    perplexity[name] = trial.perplexity(validation[:300])
    torch.manual_seed(0)
    start = make_model(decoder)  # as `trained` made it
    moved[name] = (trial.model.decoder.score.weight - start.decoder.score.weight).abs().max().item()
    print(
        f"{name:<32} perplexity {perplexity[name]:5.1f} after {short['updates']} updates; W moved by {moved[name]:.3f}"
    )
V = len(corpus.target)
assert max(perplexity.values()) < V / 10, "both learn"
assert moved["softmax over the axis of size 1"] == 0 < moved["softmax over the source"]

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The scores are a column, (S, 1). A softmax over an axis of size 1 divides every number by itself: every weight is 1, whatever the
# score is. The context is the plain sum of all outputs, the layer behind the score never gets a gradient, and the query is never
# heard. It trains because a sum of all outputs is not nothing, it still tells what there is in the sentence, and the rest of the network
# makes do with it. The loss falls, with most seeds only less; without something to compare with nobody notices.
#
# PyTorch-NLP had a relative of it (its issue 2, March 2018): the softmax ran over the batch and the steps together, so with one sentence and
# one query every weight was 1.
#
# The cure is one number: softmax over the axis of the source, `dim=0` here. And three tests, each a line: the weights of a query sum
# to 1 over the source; they change with the query; the parameters of the score get a gradient. The check of `attend` made them all.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
cured = torch.softmax(scores, dim=0)  # over the S tokens
print([f"{weight:.2f}" for weight in cured.flatten().tolist()], "sum", round(cured.sum().item(), 4))
for name, made in (("dim=1", weights_now), ("dim=0", cured)):
    (gradient,) = torch.autograd.grad((made * outputs).sum(), layer.weight, retain_graph=True)
    print(name, "gradient reaches the score's layer:", bool(gradient.abs().max() > 1e-6))

# %% [markdown]
# ## 15 · Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. Scores (B, T, S) = (32, 11, 14). Over which axis does the softmax run?**
#
# <details><summary>0, the 32</summary>No: then the sentences of a batch would share out one attention, and a sentence's translation would
# depend on its neighbours.</details>
# <details><summary>1, the 11</summary>No: then every source token would share itself out among the target words. Each query must share
# out its attention among the source tokens.</details>
# <details><summary>2, the 14</summary>Yes: for each target step, the weights over the source sum to 1.</details>

# %% [markdown]
# **2. A source has 3 words and 2 of padding. The scores are all 0, and the mask is applied *after* the softmax. What do the three words
# get together?**
#
# <details><summary>1</summary>No: that is what the mask before the softmax gives. Here the padding has taken its share already.</details>
# <details><summary>0.6</summary>Yes: the softmax gives 1/5 to each of five, then two are struck out. The context is 0.6 of what it should be, and
# the less, the more padding the batch happens to have.</details>
# <details><summary>0</summary>No: only the padding is set to 0.</details>

# %% [markdown]
# **3. H = 256, query and key random with variance 1. Which divisor gives scores of variance 1?**
#
# <details><summary>16</summary>Yes: the sum of 256 products has variance 256, and the square root of that is 16.</details>
# <details><summary>256</summary>No: that gives a variance of 256 / 256² = 1/256, and nearly equal weights.</details>
# <details><summary>None is needed</summary>No: the scores have a standard deviation of 16. Two of them are 20 apart now and then, and
# e<sup>20</sup> is 500 million.</details>

# %% [markdown]
# **4. Why can Luong's decoder (without input feeding) be trained without a loop over attention, and Bahdanau's not?**
#
# <details><summary>Because the dot product is quicker than concat</summary>No: each form can have any score. With Luong's form, concat
# too is computed for all steps at once.</details>
# <details><summary>Because in Luong's form no state depends on a context</summary>Yes: the states of all steps are known before attention begins. In
# Bahdanau's form each context goes into the next state.</details>
# <details><summary>Because Bahdanau's form is not trained with teacher forcing</summary>No: both are. Knowing the words does not help where the
# next state needs the last context.</details>

# %% [markdown]
# **5. An attention map has an alignment error rate of 0.30. What may one conclude?**
#
# <details><summary>30 % of the translations are wrong</summary>No: most words whose attention looked elsewhere were right all the same.</details>
# <details><summary>30 % of the weights are in the wrong place</summary>No: it counts links, made of weights by some rule, and it counts
# missing ones as well as wrong ones. Another rule gives another rate.</details>
# <details><summary>Found links and gold links differ by 30 %, and one must look where</summary>Yes: half of the difference were words that
# correspond to nothing, and words for which one link is not enough.</details>

# %% [markdown]
# ## Summary
#
# - Attention is a soft dictionary: compare, normalize, aggregate. All of it has a gradient.
# - The mask stands before the softmax, True = may be attended to, and a row without any True is 0.
# - Scores: dot, scaled dot, general, concat, location. They must be able to reach a size of a few units: $\sqrt{H}$ does it for numbers of
#   variance 1. Too large, and weights are all or nothing; too small, and they are all alike.
# - With attention far less of the quality is lost with length: the one vector is no bottleneck where all of them can be looked at.
# - An attention map can be marked: alignment error rate. It shows what the decoder uses, which is not always what corresponds.
# - IBM Model 1 aligns by counting which words occur together, without order and context, and did it a little better than our maps. It is
#   the yardstick for every map.
# - A softmax over the wrong axis raises no error and still trains. Test the sums.
#
# **What this lesson can't do.** The decoder looks at all source tokens at once, but encoder and decoder themselves still go one step
# after another: step 30 waits for 29 others, in training too. And if attention can look anywhere, what is the recurrence for?
# Lesson **06 Transformer** leaves it out.
#
# **Further reading.** Bahdanau, Cho, Bengio (2015), *Neural Machine Translation by Jointly Learning to Align and Translate*, ICLR,
# arXiv:1409.0473. Luong, Pham, Manning (2015), *Effective Approaches to Attention-based Neural Machine Translation*, EMNLP,
# arXiv:1508.04025. Vaswani and others (2017), *Attention Is All You Need*, arXiv:1706.03762, section 3.2.1: why $\sqrt{H}$. Och, Ney
# (2003), *A Systematic Comparison of Various Statistical Alignment Models*, Computational Linguistics 29. Brown, Della Pietra, Della Pietra,
# Mercer (1993), *The Mathematics of Statistical Machine Translation: Parameter Estimation*, Computational Linguistics 19: Model 1 and four more.
# Dempster, Laird, Rubin (1977), *Maximum Likelihood from Incomplete Data via the EM Algorithm*, JRSS B 39. See, Liu, Manning (2017),
# *Get To The Point: Summarization with Pointer-Generator Networks*, ACL, arXiv:1704.04368: coverage. Koehn, Knowles (2017), *Six
# Challenges for Neural Machine Translation*, arXiv:1706.03872: attention that is not alignment.
