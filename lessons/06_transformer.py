# %% [markdown]
# # 06 · Transformer (트랜스포머)
#
# **The question.** A recurrent network reads word after word: step 20 waits for step 19. In lesson 05, attention stood beside
# it as a help. Can a network read all words **at once**, in parallel (병렬), with attention alone? What does it lose by that, and
# how does it get it back?
#
# **What you will build**: attention with many heads, positions, masks, layer normalization, an encoder layer and a decoder
# layer, and from these a Transformer that translates; a learning rate with a warm-up, and smoothed labels.
# **What you will measure**: what $1/\sqrt{d_k}$ is for, what is lost without positions, what breaks when a layer lacks one of
# its parts, where single heads look, what time it takes, and, at the end, **every model of this course on the same ladder**.
#
# | symbol | meaning | in other texts |
# |---|---|---|
# | B | batch: how many sentences at once | |
# | S | length of the source, or of whatever is looked up | |
# | T | length of the target, or of whatever asks | |
# | V | size of the vocabulary | |
# | D | model width: numbers per word, from the first layer to the last | $d_{model}$, hidden dimension |
# | N | heads | h |
# | $d_k$ | width of a head, D / N; in code `d_k` | |
# | H | hidden units of the feed-forward network | $d_{ff}$ |
# | L | layers | N |
#
# About 190 minutes, of which the exercises take 101. Sections 1 to 5 make one sitting of about 90 minutes, sections 6 to 14
# another. Everything runs on a CPU, without a network connection.

# %% key="imports"
import math
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import attention, explorers, plotting, transformer
from course_lib.attention import masked_softmax
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import ladder, speed, stored
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.models import recurrent_model, transformer_model
from course_lib.experiments.random_words import SelfAttention, learn, neighbours, turned
from course_lib.experiments.scaling import score_spread
from course_lib.masks import padding_mask
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS
from course_lib.transformer import word_embedding

torch.set_num_threads(1)  # small tensors: a second thread only gets in the way

# %% [markdown]
# ## The whole model in one picture
#
# Read it from the bottom to the top. It is an encoder and a decoder again, as in lesson 04, but nothing in it is recurrent:
#
# ![](picture:transformer)
#
# **The encoder**, on the left. Each source word becomes a vector, and a vector for its position is added. Then come L layers.
# In each, every word looks at all words of the sentence (self-attention), and a small network works on what it found
# (feed-forward). What comes out is the **memory** (메모리; in other texts Z): **one vector for each word**. The encoder of lesson
# 04 pressed a sentence into one vector; this one does not compress it. (Nor did the convolutional translator of Gehring and
# others, 2017.)
#
# **The decoder**, on the right. It begins with `<sos>` and the words so far. In each layer a word looks at itself and the words
# before it (masked self-attention), and then at the memory (cross-attention: that is lesson 05). At the top, at each place,
# stand the probabilities of the next word. In training the true words are known (teacher forcing), so all places are computed
# at once. In use one word comes after the other.
#
# No state goes from word to word: what a recurrent network carries along, attention fetches. The sections build the boxes:
# attention (1 to 3), positions (4), masks (5), the rest of a layer (6).
#
# ## 1 · Every word asks every word
#
# In lesson 05 a query was compared with all keys, the scores became weights, and the answer was the weighted sum of the values.
# There the decoder asked, and the source was looked up. In **self-attention** (셀프 어텐션) a sentence looks itself up: each word
# makes a query, a key and a value of itself, and asks all words of its own sentence.
#
# First in numbers: three words, each a vector of two numbers, which serves here as query, key and value at once.

# %% key="by_hand" tags=["nbval-check-output"]
sentence = ["hot", "tea", "helps"]
x = torch.tensor([[2.0, 0.0], [0.0, 2.0], [2.0, 2.0]])
scores = x @ x.T  # (3, 3): row t, what word t says to each word
weights = (scores / math.sqrt(2)).softmax(-1)  # each row sums to 1; section 2 says why √2
found = weights @ x  # (3, 2): the weighted sums of the rows of x
for t, word in enumerate(sentence):
    row = " ".join(f"{weight:.2f}" for weight in weights[t])
    print(f"{word:<6} scores {scores[t].tolist()}   weights {row}   finds {found[t].numpy().round(2)}")

# %% [markdown]
# *hot* has the score 4 with itself and with *helps*, and 0 with *tea*. So it finds nearly the mean of [2, 0] and [2, 2]. All of
# it is two products of matrices (Vaswani and others 2017, eq. 1):
#
# $$\text{attend}(\mathbf{Q}, \mathbf{K}, \mathbf{V}) = \operatorname{softmax}\!\left(\frac{\mathbf{Q}\mathbf{K}^\top}{\sqrt{d_k}}\right)\mathbf{V}
# \qquad\qquad \mathbf{Q}\,(T, d_k)\quad \mathbf{K}\,(S, d_k)\quad \mathbf{V}\,(S, d_k)$$
#
# The rows of **Q**, **K** and **V** are queries, keys and values, all of width $d_k$. ($\top$ turns rows into columns. The
# plain V is the size of the vocabulary.) Nothing waits for anything: the T questions are the rows of one product. And from any
# word to any other it is one step, for the gradient too; in a recurrent network it is as many steps as there are words between
# them.
#
# One look-up gives one mean. But a word may need several things: its verb, its particle, the word before. So a Transformer
# looks up N times side by side, each time with vectors of width $d_k$ = D / N. Each look-up is a **head** (헤드), all together
# are **multi-head attention** (멀티 헤드 어텐션):
#
# ![](picture:heads)
#
# Heads know nothing of each other. For the product they are only so many more sentences: one dimension more, (B, N, T, $d_k$).
# Section 3 makes them; in exercise 1 they are given.
#
# ### Exercise 1 · Attention for all heads at once · difficulty 3 of 5 · 10 minutes
#
# Write `attend_heads(query, key, value, mask=None)`: `query` (B, N, T, $d_k$), `key` and `value` (B, N, S, $d_k$). Return the
# pair `(context, weights)`, (B, N, T, $d_k$) and (B, N, T, S).
#
# - Scores are **scaled** dot products: divided by $\sqrt{d_k}$ ($d_k$ is the last dimension of the query).
# - `mask` is boolean, **True where attention may go**, the same for all heads: (B, S), where all queries of a sentence share
#   it, or (B, T, S), where each has its own. None: everywhere. Weights are exactly 0 where it is False, and sum to 1 over S.
# - Every query may look somewhere; rows without any True do not occur.


# %% key="attend_heads" exercise="06.attend_heads"
def attend_heads(query, key, value, mask=None):
    # Your code here: scores (B, N, T, S), the mask with a dimension for the heads, softmax, context.
    raise NotImplementedError


# %% key="check_attend_heads" tags=["exercise-check"]
check("06.attend_heads", attend_heads)

# %% [markdown]
# **The same in `torch`** is `scaled_dot_product_attention`, whose boolean mask has our meaning: True attends. And it is
# `attend` of lesson 05, if each head is taken for a sentence.

# %% key="torch_attention" tags=["nbval-check-output"]
query, key, value = (torch.randn(2, 3, n, 4) for n in (5, 6, 6))  # B 2, N 3, T 5, S 6, d_k 4
mask = padding_mask([6, 4])  # (B, S)
context, weights = attend_heads(query, key, value, mask)
flat = [x.flatten(0, 1) for x in (query, key, value)]  # (B N, T, d_k): a sentence for each head
of_05, _ = attention.attend(*flat, mask.repeat_interleave(3, dim=0), attention.Dot(scaled=True))
theirs = F.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None])
print("as in lesson 05:       ", torch.allclose(context.flatten(0, 1), of_05, atol=1e-6))
print("as in torch:           ", torch.allclose(context, theirs, atol=1e-6))
print("weights sum to 1:      ", torch.allclose(weights.sum(-1), torch.ones(2, 3, 5)))
print("weight on the padding: ", weights[1, :, :, 4:].max().item())

# %% [markdown]
# ## 2 · What is $1/\sqrt{d_k}$ for?
#
# Take one query and ten keys of random numbers, with mean 0 and variance 1. A score is a sum of $d_k$ products. Each product
# has variance 1, so the sum has variance $d_k$. With $d_k$ = 64 the standard deviation is 8, and nearly all scores lie between
# −16 and 16. $e^{16}$ is nine million: the softmax gives nearly everything to one key.
#
# The same ten scores, unscaled, divided by $\sqrt{d_k}$, and divided by $d_k$:

# %% key="scale_picture" folded=true
scale_explorer = explorers.Scale(d_k=64)
axes = scale_explorer.picture(
    power=[0, 0.5, 1], title="One query, ten keys: unscaled it has decided before training began"
)

# %% key="scale_explorer"
scale_explorer.widget()

# %% [markdown]
# Why is it bad to decide at once? Where one weight is nearly 1 and the others nearly 0, small changes of the scores change
# nothing: the softmax's derivative is nearly 0, and where it is 0, nothing is learned.
#
# **Predict first**: how much of the derivative is left at $d_k$ = 512, without the scale? And what happens if one divides by
# $d_k$ itself, as some texts write? The figure shows the variance of the scores and the size of the derivative:

# %% key="scale" folded=true
WIDTHS = (4, 8, 16, 32, 64, 128, 256, 512)
SCALES = {"unscaled": 0.0, "divided by √d_k": 0.5, "divided by d_k": 1.0}
spread = {
    name: [[score_spread(seed, d_k, d_k**-power) for d_k in WIDTHS] for seed in range(5)]
    for name, power in SCALES.items()
}


def of(what):
    """The figure by scale: (seeds, widths) each."""
    return {name: [[each[what] for each in run] for run in runs] for name, runs in spread.items()}


figure, axes = plotting.figure(1, 2, size=(12, 4.4))
variance = {name: np.mean(runs, axis=0) for name, runs in of("variance").items()}
gradient = {name: np.mean(runs, axis=0) for name, runs in of("gradient").items()}
plotting.curve(
    WIDTHS, of("variance"), log="xy", xlabel="d_k", ylabel="variance of the scores", ax=axes[0],
    title=f"Variance at d_k = 512: {variance['unscaled'][-1]:.0f} unscaled, "
    f"{variance['divided by √d_k'][-1]:.2f} divided by √d_k",
)  # fmt: skip
plotting.curve(
    WIDTHS, of("gradient"), log="x", xlabel="d_k", ylabel="norm of the softmax's derivative", ax=axes[1],
    title=f"Unscaled, the derivative falls from {gradient['unscaled'][0]:.2f} to "
    f"{gradient['unscaled'][-1]:.2f}; divided by √d_k it stays",
)  # fmt: skip
assert np.allclose(variance["unscaled"] / WIDTHS, 1, atol=0.15)
assert np.allclose(variance["divided by √d_k"], 1, atol=0.15)
assert gradient["unscaled"][-1] < 0.25 * gradient["unscaled"][0]
scaled = gradient["divided by √d_k"]
assert scaled.min() > 0.9 * scaled.max()
assert variance["divided by d_k"][-1] < 0.01  # scores that hardly differ: a plain mean of all values

# %% [markdown]
# Less than a quarter of it is left. Divided by $d_k$, the derivative is fine, but the scores hardly differ: every query gets
# nearly the mean of all values, and the choice is lost. $\sqrt{d_k}$ keeps both. (Trained queries and keys are not random. But
# training begins with random ones, and it begins only if a gradient comes through.)
#
# ## 3 · Many heads
#
# Each head has three matrices of its own. X asks, Y is looked up; in self-attention both are the same:
#
# $$\text{head}_n = \text{attend}(\mathbf{X}\mathbf{W}_n^{Q\top},\ \mathbf{Y}\mathbf{W}_n^{K\top},\ \mathbf{Y}\mathbf{W}_n^{V\top}) \qquad\qquad
# \text{output} = [\text{head}_1; \dots; \text{head}_N]\,\mathbf{W}^{O\top}$$
#
# Rows are words and a matrix is (out, in), so it is $\mathbf{X}\mathbf{W}^\top$, as in lesson 00; $\mathbf{W}_n^Q$ is ($d_k$,
# D). The matrices of all heads stand one below the other in one matrix (D, D). So one product makes the queries of all heads,
# (B, T, D), and then they are handed out: the cuts in the picture. Last, $\mathbf{W}^O$ mixes what the heads found.
#
# ### Exercise 2 · Split into heads · difficulty 2 of 5 · 6 minutes
#
# Write `split_heads(x, N)`: (B, T, D) to (B, N, T, $d_k$), $d_k$ = D / N. Head 0 gets the first $d_k$ numbers of every
# position, head 1 the next $d_k$, and so on.


# %% key="split_heads" exercise="06.split_heads"
def split_heads(x, N):
    # Your code here: cut the last dimension into N pieces, then bring the heads before the positions.
    raise NotImplementedError


# %% key="check_split_heads" tags=["exercise-check"]
check("06.split_heads", split_heads)

# %% [markdown]
# ### Exercise 3 · Multi-head attention · difficulty 4 of 5 · 15 minutes
#
# Write `multi_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None)`: x (B, T, D) asks, y (B, S, D) is
# looked up. Return `(output, weights)`, (B, T, D) and (B, N, T, S).
#
# - `in_proj_weight` (3D, D) holds three matrices, one below the other, **query, key, value**; `in_proj_bias` (3D,) likewise. A
#   layer is `x @ W.T + b`, or `F.linear(x, W, b)`. (Names and layout are those of `nn.MultiheadAttention`.)
# - Split each into heads, attend, then put the heads side by side again, (B, T, D): undo what `split_heads` did.
# - Last, the output projection with `out_weight` (D, D) and `out_bias` (D,). Hand the mask on as it is.


# %% key="multi_head" exercise="06.multi_head"
def multi_head(x, y, N, in_proj_weight, in_proj_bias, out_weight, out_bias, mask=None):
    # Your code here: project, split, attend, merge, project.
    raise NotImplementedError


# %% key="check_multi_head" tags=["exercise-check"]
check("06.multi_head", multi_head)


# %% [markdown]
# The library's class holds the parameters; the computation is yours.


# %% key="module"
class MultiHeadAttention(transformer.MultiHeadAttention):
    def forward(self, x, y, mask=None):
        out = self.out_proj
        weights = self.in_proj_weight, self.in_proj_bias, out.weight, out.bias
        return multi_head(x, y, self.N, *weights, mask)


# %% [markdown]
# **The same in `torch.nn`** is `nn.MultiheadAttention`, with the same parameters. But in its masks **True hides**: the same
# library has two meanings of a boolean mask, and section 13 shows what comes of that. The folded cell compares:

# %% key="torch_multi_head" folded=true tags=["nbval-check-output"]
mine, theirs = MultiHeadAttention(8, 2), nn.MultiheadAttention(8, 2, batch_first=True)
mine.load_state_dict(theirs.state_dict())
x, y, mask = torch.randn(2, 3, 8), torch.randn(2, 5, 8), padding_mask([5, 3])
ours = mine(x, y, mask)
others = theirs(x, y, y, key_padding_mask=~mask, average_attn_weights=False)
print("output equal:   ", torch.allclose(ours[0], others[0], atol=1e-6))
print("weights equal:  ", torch.allclose(ours[1], others[1], atol=1e-6))
mine_grad = torch.autograd.grad(ours[0].square().sum(), list(mine.parameters()))
their_grad = torch.autograd.grad(others[0].square().sum(), list(theirs.parameters()))
print("gradients equal:", all(map(lambda a, b: torch.allclose(a, b, atol=1e-4), mine_grad, their_grad)))
print("parameters:     ", sum(p.numel() for p in mine.parameters()), "with N = 2,", end=" ")
print(sum(p.numel() for p in MultiHeadAttention(8, 4).parameters()), "with N = 4")

# %% [markdown]
# **What are several heads for?** A task on sentences of eight random words: name, for each word, the word before it and the
# word behind it. `learn` trains your attention, between an embedding with positions and a linear layer. One head or two have
# the same number of parameters. **Predict first**: how many answers are right with one head? (About 3 seconds.)


# %% key="one_or_two_heads"
def look_up(N):
    return SelfAttention(MultiHeadAttention(32, N))


for N in (1, 2):
    right = [learn(partial(look_up, N), neighbours, seed).right for seed in (0, 1)]
    print(f"{N} head{'s'[: N - 1]}: {right[0]:.0%} and {right[1]:.0%} right, with two seeds")
    assert max(right) < 0.65 if N == 1 else min(right) > 0.95

# %% [markdown]
# One head must look at both words at once. It finds their mean, and the mean does not say which came first: about half of the
# answers are right. With two heads, nearly all. What heads are worth in translation is not measured in this course; in the
# paper one head was 0.9 BLEU behind the best number of heads (section 6.2).
#
# ## 4 · What is lost: the order
#
# **Predict first**: shuffle the words of a sentence before self-attention. What becomes of the outputs?

# %% key="order_blind" tags=["nbval-check-output"]
blind = MultiHeadAttention(16, 4)
x = torch.randn(1, 7, 16)  # seven words
shuffled = torch.randperm(7, generator=torch.Generator().manual_seed(1))
before, after = blind(x, x)[0], blind(x[:, shuffled], x[:, shuffled])[0]
print("order:", shuffled.tolist())
print("the same outputs, in the new order:", torch.allclose(before[:, shuffled], after, atol=1e-6))
print("their mean is the same:            ", torch.allclose(before.mean(1), after.mean(1), atol=1e-6))

# %% [markdown]
# They are the same, only shuffled like the words. *The dog bit the man* and *the man bit the dog* are one **bag of words** (백
# 오브 워즈) to it. A recurrent network reads in order; here the order must be put into the words. A vector for each position is
# added to each word's embedding, the **positional encoding** (위치 인코딩, 포지셔널 인코딩).
#
# Its vectors may be **learned**, a row of parameters for each position (Gehring and others 2017). Or they are **sinusoidal**
# (사인·코사인 함수), computed from sines and cosines (Vaswani and others 2017, section 3.5). These are the hands of clocks:
#
# ![](picture:positions)
#
# The first hand turns by 1 radian at each position, the last hardly at all. All together tell the position, as the hands of a
# clock tell the time. Clock i fills the columns 2i and 2i + 1 of the table, i = 0 to D/2 − 1:
#
# $$P_{t,\,2i} = \sin\!\left(t / 10000^{2i/D}\right) \qquad\qquad P_{t,\,2i+1} = \cos\!\left(t / 10000^{2i/D}\right)$$
#
# ### Exercise 4 · Sinusoidal positions · difficulty 3 of 5 · 10 minutes
#
# Write `sinusoidal_positions(T, D)`: the table of the positions 0 to T − 1, a float tensor (T, D). D is even.


# %% key="positions" exercise="06.positions"
def sinusoidal_positions(T, D):
    # Your code here: all angles at once (T, D / 2); sines in the even columns, cosines in the odd ones.
    raise NotImplementedError


# %% key="check_positions" tags=["exercise-check"]
check("06.positions", sinusoidal_positions)

# %% [markdown]
# To go 7 positions on is to turn each hand by a fixed angle, wherever one starts. And with positions the shuffled sentence is
# another one:

# %% key="rotation" tags=["nbval-check-output"]
table = sinusoidal_positions(100, 32)
hand = table[:, 6:8]  # clock i = 3 of D = 32: (100, 2)
angle = 7 / 10000 ** (6 / 32)  # how far it turns in 7 positions
turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
print("one turn moves every position by 7:", torch.allclose(hand[:-7] @ turn, hand[7:], atol=1e-4))
x = torch.randn(1, 7, 16)
places = sinusoidal_positions(7, 16)
before = blind(x + places, x + places)[0]
after = blind(x[:, shuffled] + places, x[:, shuffled] + places)[0]
print("the shuffled sentence is the same: ", torch.allclose(before[:, shuffled], after, atol=1e-2))

# %% [markdown]
# The whole table, a row for each position, and beside it how alike position 20 is to every other:

# %% key="positions_picture" folded=true
positions_explorer = explorers.Positions(T=60, D=64)
axes = positions_explorer.picture(
    title="A clock with 32 hands: near positions are alike, and likeness depends on the distance",
)
assert torch.allclose(table[20] @ table[25], table[60] @ table[65], atol=1e-3)

# %% key="positions_explorer"
positions_explorer.widget()

# %% [markdown]
# Words are multiplied by $\sqrt{D}$ before positions are added (section 3.4 of the paper). Their rows start with a length of
# about 1, a row of positions has the length $\sqrt{D/2}$, and the word should not be lost beside its place.
#
# ### Exercise 5 · Words and positions · difficulty 1 of 5 · 5 minutes
#
# Write `embed(ids, weight, positions)`: ids (B, T), `weight` (V, D) with a row for each word, `positions` with a row (D,) for
# each position and at least T of them: `sinusoidal_positions`, or a table of parameters that is learned. Return $\sqrt{D}$
# times the words, plus their positions, (B, T, D).


# %% key="embed" exercise="06.embed"
def embed(ids, weight, positions):
    # Your code here: the rows of the words, scaled by the root of D, plus the first T rows of positions.
    raise NotImplementedError


# %% key="check_embed" tags=["exercise-check"]
check("06.embed", embed)

# %% key="lengths" tags=["nbval-check-output"]
words = word_embedding(5000, 64, torch.Generator().manual_seed(0)).weight  # (V, D)
ids = torch.arange(4, 1004)[None]  # (1, T)
places = sinusoidal_positions(1000, 64)
scaled = embed(ids, words, places) - places
for name, rows in (("a word", words[ids]), ("a word times √D", scaled), ("a position", places)):
    print(f"length of {name:<16}{rows.norm(dim=-1).mean():.1f}")

# %% [markdown]
# ## 5 · Who may look where: masks
#
# Two things must not be looked at. **Padding**, as in lesson 05. And in the decoder **the future**: in training the whole
# target is there at once, and a word that could see the next one would only have to copy it. The **causal mask** (인과 마스크, also
# 룩어헤드 마스크, look-ahead mask) is a triangle: row t, which predicts word t + 1, sees the columns 0 to t.
#
# ![](picture:masks)
#
# Rows of padding ask, too. What they find is never used: the loss counts real words alone.
#
# ### Exercise 6 · The decoder's mask · difficulty 3 of 5 · 8 minutes
#
# Write `target_mask(ids)`: from target ids (B, T) the boolean mask (B, T, T). `mask[b, t, s]` is True where word t of sentence
# b may look at word s: s is not after t, **and** `ids[b, s]` is not padding (id 0). Our padding stands at the end, but go by
# the ids and not by the length: the check also puts padding in the middle.


# %% key="target_mask" exercise="06.target_mask"
def target_mask(ids):
    # Your code here: a lower triangle (T, T), and real words as columns (B, 1, T).
    raise NotImplementedError


# %% key="check_target_mask" tags=["exercise-check"]
check("06.target_mask", target_mask)

# %% [markdown]
# Both masks of one sentence, and the two together:

# %% key="masks_picture" folded=true
ids = torch.tensor([[SOS, 9, 8, 7, 6, 5, 4, 3], [SOS, 9, 8, 7, 6, PAD, PAD, PAD]])
masks_explorer = explorers.Masks(T=8)
axes = masks_explorer.picture(
    length=5, title="A sentence of 5 words in a batch of length 8: dark may be looked at"
)
shown = np.asarray(axes[0, 2].images[0].get_array())
assert (shown == target_mask(ids)[1].numpy()).all()

# %% key="masks_explorer"
masks_explorer.widget()

# %% [markdown]
# ## 6 · What else a layer needs
#
# An encoder layer has more parts than attention. Each is easiest to understand by what breaks without it.
#
# ![](picture:encoder_layer)
#
# The green line is x, a vector for each word. Two parts add something to it: self-attention and a feed-forward network.
#
# ### Without the feed-forward network: nothing new
#
# What a look-up finds is a weighted mean of the values. In each column it lies between the smallest and the largest value:

# %% key="inside" tags=["nbval-check-output"]
query, key, value = (torch.randn(1, 2, 6, 4) for _ in range(3))  # B 1, N 2, T 6, d_k 4
found, _ = attend_heads(query, key, value)
low, high = value.amin(2, keepdim=True), value.amax(2, keepdim=True)
print("all that was found lies between the values:", bool(((low <= found) & (found <= high)).all()))

# %% [markdown]
# So attention chooses and mixes, but it computes nothing new from what it found. That is left to a small **feed-forward
# network** (피드포워드 신경망): two linear layers with a ReLU between them, like the shallow network of lesson 00, which learned XOR.
# It is the same for all positions, and sees each position by itself (position-wise, 포지션 와이즈). The paper gives no reason for it,
# and what it is worth in translation is not measured in this course.
#
# ### Exercise 7 · The feed-forward network · difficulty 1 of 5 · 4 minutes
#
# Write `feed_forward(x, weight1, bias1, weight2, bias2)`: a linear layer, ReLU (max(0, ·)), a linear layer, (B, T, D) to (B, T,
# D). `weight1` (H, D), `bias1` (H,), `weight2` (D, H), `bias2` (D,).


# %% key="feed_forward" exercise="06.feed_forward"
def feed_forward(x, weight1, bias1, weight2, bias2):
    # Your code here: dense, ReLU, dense.
    raise NotImplementedError


# %% key="check_feed_forward" tags=["exercise-check"]
check("06.feed_forward", feed_forward)

# %% [markdown]
# ### Without the residual connection: no gradient
#
# Now stack many layers. In the library's `EncoderLayer` one method says how a part is joined to x. Here are two layers that
# leave something out, and `stack`, which makes L of a kind:


# %% key="taken_out"
class Bare(transformer.EncoderLayer):  # neither sum nor norm: a part replaces x
    def residual(self, x, norm, part):
        return part(x)


class Summed(transformer.EncoderLayer):  # the sum, without the norm
    def residual(self, x, norm, part):
        return x + part(x)


def stack(kind, L):
    torch.manual_seed(0)
    layers = nn.Sequential(*(kind(32, 4, 64) for _ in range(L)))  # D 32, N 4, H 64
    for weight in layers.parameters():
        if weight.dim() == 2:
            nn.init.xavier_uniform_(weight)
    return layers


# %% [markdown]
# How much of the gradient of one number at the top arrives at x? **Predict first**: what becomes of it over 16 layers, if each
# part replaces x?

# %% key="without_residual"
x = torch.randn(1, 10, 32, generator=torch.Generator().manual_seed(0), requires_grad=True)


def arrives(kind, L):
    (gradient,) = torch.autograd.grad(stack(kind, L)(x)[0, -1, 0], x)
    return gradient.norm().item()


for L in (1, 4, 16):
    print(f"{L:2} layers: replaced {arrives(Bare, L):.0e}   added {arrives(Summed, L):.0e}")
assert arrives(Bare, 16) < 1e-4 * arrives(Bare, 1)
assert arrives(Summed, 16) > arrives(Summed, 1)

# %% [markdown]
# It vanishes, as in a recurrent network. The cure is that of the LSTM, too: a **residual connection** (잔차 연결; He and others
# 2016). What a part finds is *added* to x and does not replace it. So the gradient has a way back on which nothing stands.
#
# ### Without the norm: numbers that grow
#
# But now the gradient grows with every layer, and so do the numbers: each part reads a larger sum than the one before it, so it
# adds more. Here are the size of x (the root of its mean square, 1 at first) after L layers, and the gradient again:

# %% key="without_norm"
whole = transformer.EncoderLayer  # the sum and the norm
for L in (1, 4, 16):
    sizes = [stack(kind, L)(x).square().mean().sqrt().item() for kind in (Summed, whole)]
    gradients = [arrives(kind, L) for kind in (Summed, whole)]
    print(f"{L:2} layers: without the norm {sizes[0]:6.1f}, gradient {gradients[0]:.0e};", end=" ")
    print(f"with it {sizes[1]:4.1f}, gradient {gradients[1]:.0e}")
assert sizes[0] > 30 > 6 > sizes[1]
assert gradients[0] > 1000 > 30 > gradients[1] > 0.3

# %% [markdown]
# So in front of each part stands a **layer normalization** (층 정규화; Ba, Kiros, Hinton 2016). It brings the vector that the part
# *reads* to mean 0 and variance 1, word by word, however large x is. By hand: (1, 3, 5, 7) has the mean 4 and the variance (9 +
# 1 + 1 + 9) / 4 = 5. Minus the mean, divided by √5, it is (−1.34, −0.45, 0.45, 1.34). Two learned vectors, weight and bias,
# scale and shift it:
#
# $$\text{norm}(\mathbf{x}) = \frac{\mathbf{x} - \text{mean}}{\sqrt{\text{variance} + \epsilon}} \odot \mathbf{weight} + \mathbf{bias} \qquad
# \text{mean} = \frac{1}{D}\sum_i x_i \qquad \text{variance} = \frac{1}{D}\sum_i (x_i - \text{mean})^2$$
#
# ### Exercise 8 · Layer normalization · difficulty 2 of 5 · 7 minutes
#
# Write `layer_norm(x, weight, bias, eps=1e-5)`: x (..., D), `weight` and `bias` (D,). Each vector is normalized by itself, over
# its D numbers. The variance is divided by **D**, and `eps` stands **inside** the root. (Both are often done otherwise, and no
# shape tells.)


# %% key="layer_norm" exercise="06.layer_norm"
def layer_norm(x, weight, bias, eps=1e-5):
    # Your code here: mean and variance over the last dimension, then scale and shift.
    raise NotImplementedError


# %% key="check_layer_norm" tags=["exercise-check"]
check("06.layer_norm", layer_norm)


# %% key="given_norm"
class LayerNorm(transformer.LayerNorm):  # the library's parameters, with your function
    def forward(self, x):
        return layer_norm(x, self.weight, self.bias)


# %% [markdown]
# ### Dropout
#
# One box is left, **dropout** (드롭아웃). In training, each number that a part adds to x becomes 0 with the probability p; in the
# paper p = 0.1 (section 5.4). So no number can rely on a single other one, and sentences are harder to learn by heart. The
# others are divided by 1 − p, so that their mean does not change. In use (`model.eval()`) nothing is dropped. It takes two
# lines:


# %% key="dropout" tags=["nbval-check-output"]
def dropout(x, p):
    kept = torch.rand_like(x) >= p
    return x * kept / (1 - p)


ones = torch.ones(1000, 1000)
for name, y in (("by hand", dropout(ones, 0.1)), ("in torch", F.dropout(ones, 0.1))):
    zeros = (y == 0).float().mean()
    print(f"{name:<9} {zeros:.2f} are 0, the others {y.max():.2f}; mean {y.mean():.2f}")

# %% [markdown]
# The library's layers have it, yours need none: the trainings of this lesson are short.
#
# ### Exercise 9 · The encoder layer · difficulty 3 of 5 · 12 minutes
#
# Now the layer. There are two places for the norm. **Pre-norm** (Pre-LN; Xiong and others 2020) is the one above, $\mathbf{x} +
# \text{part}(\text{norm}(\mathbf{x}))$. The paper's is **post-norm** (Post-LN), $\text{norm}(\mathbf{x} +
# \text{part}(\mathbf{x}))$:
#
# ![](picture:pre_post_norm)
#
# Write the method `forward(self, x, mask=None)` of `EncoderLayer`: x (B, S, D), mask (B, S); return the new x alone.
#
# - First part: self-attention, with `self.norm1`. `self.self_attn(x, y, mask)` returns output **and** weights.
# - Second part: `self.feed_forward`, with `self.norm2`. Each part has its residual connection.
# - `self.norm_first`: True for pre-norm, False for post-norm.


# %% key="encoder_layer" exercise="06.encoder_layer"
class EncoderLayer(nn.Module):
    def __init__(self, D, N, H, *, norm_first=True):
        super().__init__()
        self.self_attn = MultiHeadAttention(D, N)
        self.linear1, self.linear2 = nn.Linear(D, H), nn.Linear(H, D)
        self.norm1, self.norm2 = LayerNorm(D), LayerNorm(D)
        self.norm_first = norm_first

    def feed_forward(self, x):
        one, two = self.linear1, self.linear2
        return feed_forward(x, one.weight, one.bias, two.weight, two.bias)

    def forward(self, x, mask=None):
        ### BEGIN SOLUTION: attention, then the feed-forward network; the norm before or after each
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        return self.norm2(x + self.feed_forward(x))
        ### END SOLUTION


# %% key="check_encoder_layer" tags=["exercise-check"]
check("06.encoder_layer", EncoderLayer)

# %% [markdown]
# ### Exercise 10 · The decoder layer · difficulty 3 of 5 · 12 minutes
#
# The decoder layer has a third part between those two, **cross-attention** (크로스 어텐션). It is lesson 05: the words so far ask,
# and the memory, which the encoder made of the source, is looked up.
#
# ![](picture:decoder_layer)
#
# Write the method `forward(self, x, memory, mask, source_mask)` of `DecoderLayer`: x (B, T, D) are the words so far, `memory`
# is (B, S, D).
#
# - Masked self-attention with `mask` (B, T, T) and `self.norm1`; cross-attention with `source_mask` (B, S) and `self.norm2`;
#   the feed-forward network with `self.norm3`. (The cross-attention is called `multihead_attn`; that is torch's name for it.)
# - Each with its residual connection, pre-norm or post-norm. The memory is not normalized here: the encoder did that at its
#   end.


# %% key="decoder_layer" exercise="06.decoder_layer"
class DecoderLayer(EncoderLayer):
    def __init__(self, D, N, H, *, norm_first=True):
        super().__init__(D, N, H, norm_first=norm_first)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = LayerNorm(D)

    def forward(self, x, memory, mask, source_mask):
        ### BEGIN SOLUTION: self-attention, cross-attention, feed-forward; the norm before or after each
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.multihead_attn(self.norm2(x), memory, source_mask)[0]
            return x + self.feed_forward(self.norm3(x))
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        x = self.norm2(x + self.multihead_attn(x, memory, source_mask)[0])
        return self.norm3(x + self.feed_forward(x))
        ### END SOLUTION


# %% key="check_decoder_layer" tags=["exercise-check"]
check("06.decoder_layer", DecoderLayer)

# %% [markdown]
# **The same in `torch.nn`**: both layers, both places of the norm, with padding and the causal mask. The parameters have the
# same names, so the weights load directly; the masks are inverted for `torch.nn`. The folded cell compares:

# %% key="torch_layers" folded=true tags=["nbval-check-output"]
x, memory = torch.randn(2, 4, 8), torch.randn(2, 5, 8)
words, source_mask = torch.tensor([[SOS, 5, 6, 7], [SOS, 8, PAD, PAD]]), padding_mask([5, 3])
mask, real = target_mask(words), words != PAD
for norm_first in (True, False):
    options = {"dropout": 0, "batch_first": True, "norm_first": norm_first}
    encoder, theirs = (
        EncoderLayer(8, 2, 12, norm_first=norm_first),
        nn.TransformerEncoderLayer(8, 2, 12, **options),
    )
    encoder.load_state_dict(theirs.state_dict())
    ours, others = encoder(memory, source_mask), theirs(memory, src_key_padding_mask=~source_mask)
    same = torch.allclose(ours[source_mask], others[source_mask], atol=1e-5)
    decoder, theirs = (
        DecoderLayer(8, 2, 12, norm_first=norm_first),
        nn.TransformerDecoderLayer(8, 2, 12, **options),
    )
    decoder.load_state_dict(theirs.state_dict())
    ours = decoder(x, memory, mask, source_mask)
    hidden = ~mask.repeat_interleave(2, dim=0)  # (B N, T, T)
    others = theirs(x, memory, tgt_mask=hidden, memory_key_padding_mask=~source_mask)
    also = torch.allclose(ours[real], others[real], atol=1e-5)
    print(f"norm_first={norm_first!s:<5}  encoder layer equal: {same}, decoder layer equal: {also}")

# %% [markdown]
# ## 7 · How it is trained: the warm-up, and smoothed labels
#
# The paper does not train at one learning rate. The rate rises for `warmup` steps in equal amounts, and then falls with the
# root of the step (eq. 3). This is the **warm-up** (웜업, 워밍업):
#
# $$\text{rate} = D^{-0.5} \cdot \min(\text{step}^{-0.5},\ \text{step} \cdot \text{warmup}^{-1.5})$$
#
# With D = 512 and the paper's 4,000 steps it is highest at step 4,000, with 0.0007.
#
# ### Exercise 11 · The warm-up · difficulty 1 of 5 · 4 minutes
#
# Write `warmup_rate(step, D, warmup)`: the learning rate at a step, counted from 1; a number.


# %% key="warmup_rate" exercise="06.warmup_rate"
def warmup_rate(step, D, warmup):
    # Your code here: the smaller of two curves.
    raise NotImplementedError


# %% key="check_warmup_rate" tags=["exercise-check"]
check("06.warmup_rate", warmup_rate)

# %% [markdown]
# **What breaks without it?** Four layers of yours, post-norm as in the paper, learn to turn sentences of eight random words
# round. Once the rate is your `warmup_rate` with 150 steps. Once it begins at its highest value, and falls from step 150 on in
# the same way. **Predict first**: which one learns it? (About 10 seconds. Guessing among the 20 words has the loss log 20 =
# 3.0.)


# %% key="without_warmup"
def four_layers():
    return nn.Sequential(*(EncoderLayer(32, 4, 64, norm_first=False) for _ in range(4)))


rates = {
    "with the warm-up": lambda step: warmup_rate(step, 32, 150),
    "without it": lambda step: warmup_rate(max(step, 150), 32, 150),
}
last = {}
for name, rate in rates.items():
    losses = learn(four_layers, turned, seed=0, steps=300, rate=rate).losses
    last[name] = np.mean(losses[-20:])
    print(f"{name:<17} loss of the last 20 steps {last[name]:.2f}")
assert last["with the warm-up"] < 0.5 < 2 < last["without it"]

# %% [markdown]
# One training says little. The stored run has five seeds, and pre-norm beside post-norm:

# %% key="warmup_figure" folded=true
run = stored("06.warmup")
print(run)
kinds = list(run.figures[0])
losses = {kind: run.array(kind) for kind in kinds}  # (seeds, steps / 10) each
end = {kind: runs[:, -2:].mean(1) for kind, runs in losses.items()}
ax = plotting.curve(
    np.arange(5, run.settings["steps"], run.settings["every"]), losses, xlabel="step", ylabel="loss",
    title=f"Post-norm ends at {end[kinds[0]].mean():.2f} with a warm-up and at {end[kinds[1]].mean():.2f} "
    f"without; pre-norm needs none, {end[kinds[2]].mean():.2f}",
)  # fmt: skip
ax.set_ylim(bottom=0)
assert end["post-norm, with a warm-up"].max() < 1 < 2 < end["post-norm, without"].min()
assert end["pre-norm, without"].max() < 0.5

# %% [markdown]
# At this rate post-norm learns nothing without a warm-up, and pre-norm learns without one. (At a lower rate post-norm may
# learn, too.) The models of this course are pre-norm.
#
# **Why?** Xiong and others (2020) look at the first step. How large is the gradient of the **top** layer's own weights, in a
# stack that is not trained yet? The figure shows it for stacks of 1 to 16 of your layers, with a classifier on top:

# %% key="depths" folded=true
DEPTHS = (1, 2, 4, 8, 16)


def top_gradient(L, norm_first, seed, D=32):
    torch.manual_seed(seed)
    layers = [EncoderLayer(D, 4, 2 * D, norm_first=norm_first) for _ in range(L)]
    for layer in layers:
        nn.init.xavier_uniform_(layer.linear1.weight)
        nn.init.xavier_uniform_(layer.linear2.weight)
    x, output = torch.randn(8, 10, D), nn.Linear(D, 50)
    for layer in layers:
        x = layer(x)
    if norm_first:
        x = LayerNorm(D)(x)  # once at the end: nothing else bounds the sum
    loss = F.cross_entropy(output(x).flatten(0, 1), torch.randint(50, (80,)))
    return torch.autograd.grad(loss, layers[-1].linear2.weight)[0].norm().item()


norms = {
    name: np.array([[top_gradient(L, first, seed) for L in DEPTHS] for seed in range(5)])
    for name, first in (("pre-norm", True), ("post-norm", False))
}
pre, post = (runs.mean(0) for runs in norms.values())
ax = plotting.curve(
    DEPTHS, norms, log="x", xlabel="layers L", ylabel="gradient norm at the top layer",
    title=f"From 1 to 16 layers the top layer's gradient falls to {pre[-1] / pre[0]:.0%} with pre-norm, "
    f"and goes to {post[-1] / post[0]:.0%} with post-norm",
)  # fmt: skip
ax.set_ylim(bottom=0)
assert pre[-1] < 0.7 * pre[0]
assert post[-1] > 0.9 * post[0]

# %% [markdown]
# With pre-norm it shrinks, and here that is **nothing bad**. A vanishing gradient shrinks on its way to what lies further away,
# which then learns nothing. Here we look at one layer only, the top one, in deeper and deeper stacks. With pre-norm its part is
# one of many in a sum: each layer has a small share in the result, and the first steps change it gently.
#
# With post-norm the top layer gets the full gradient in any depth. Together with a full rate, they say, the first steps are
# then too large, and the warm-up makes them small. (The gradient is measured here; that it is the reason is their explanation.)
#
# ### Smoothed labels
#
# The usual loss reaches 0 only with a probability of 1 for the true word, and that takes a logit of infinity. **Label
# smoothing** (레이블 스무딩; Szegedy and others 2016) takes a share ε away from the true word and spreads it over **all** V words,
# the true one included:
#
# $$\text{loss} = -(1 - \epsilon)\,\log p_{\text{target}} \;-\; \epsilon \cdot \frac{1}{V}\sum_{v} \log p_v$$
#
# ### Exercise 12 · Smoothed labels · difficulty 2 of 5 · 8 minutes
#
# Write `smoothed_nll(logits, targets, smoothing)`: logits (n, V), ids (n,), ε between 0 and 1; a loss for each row, (n,). It
# must hold for large logits: begin with `log_softmax`.


# %% key="smoothed_nll" exercise="06.smoothed_nll"
def smoothed_nll(logits, targets, smoothing):
    # Your code here: log-probabilities; that of the target, and the mean of all.
    raise NotImplementedError


# %% key="check_smoothed_nll" tags=["exercise-check"]
check("06.smoothed_nll", smoothed_nll)

# %% [markdown]
# Fifty words, and a model that gives the true word the probability p and all others the same. Its loss, plain and with ε = 0.1:

# %% key="smoothing" tags=["nbval-check-output"]
logits, targets = torch.randn(6, 50), torch.randint(50, (6,))
theirs = F.cross_entropy(logits, targets, reduction="none", label_smoothing=0.1)
print("equal to torch:", torch.allclose(smoothed_nll(logits, targets, 0.1), theirs, atol=1e-6))
for p in (0.5, 0.9, 0.902, 0.99, 0.9999):
    row = torch.full((1, 50), (1 - p) / 49).index_fill(1, torch.tensor([0]), p).log()
    plain, smooth = (smoothed_nll(row, torch.tensor([0]), e).item() for e in (0.0, 0.1))
    print(f"  p = {p:<6}  plain {plain:.3f}  smoothed {smooth:.3f}")

# %% [markdown]
# The smoothed loss is least at 1 − ε + ε/V = 0.902, and grows again for a model that is surer than that. It makes the
# perplexity worse and often BLEU better, the paper says.
#
# In the short training of the next section the Transformer's rate rises, too, over the first tenth of the updates; nothing is
# smoothed. `course train` (lesson 07) uses both, with functions of the course that equal yours: ε = 0.1, and 400 updates of
# warm-up.
#
# ## 8 · The whole model, from your parts
#
# It is the picture at the top of this lesson, and nothing in it is new. At the end of encoder and decoder stands one norm
# (pre-norm needs it).
#
# The layers **do not share parameters**: `nn.ModuleList` holds L different ones. Within a layer all positions use the same
# matrices, as all steps of a recurrent network do. (In the paper the output layer shares its matrix with the target's
# embedding, **weight tying** (가중치 공유; Press and Wolf 2017), which saves V · D parameters. The models of this lesson don't.)
#
# The folded cell holds what training and decoding ask of every translator of this course.


# %% key="translating" folded=true
class Translating(nn.Module):
    def features(self, source, inputs):  # training: all steps at once; None: no attention weights
        return self.decode(*self.encode(source), inputs), None

    def start(self, source):  # decoding: one step after the other
        return *self.encode(source), source.new_empty(len(source), 0)

    def step(self, tokens, state):
        memory, source_mask, before = state
        inputs = torch.cat([before, tokens[:, None]], dim=1)  # all words so far, again
        features = self.decode(memory, source_mask, inputs)
        return self.output(features[:, -1]), (memory, source_mask, inputs)


# %% key="translator"
class OwnTransformer(Translating):
    def __init__(self, V_source, V, D=64, N=4, H=128, L=2):
        super().__init__()
        self.source_embedding = word_embedding(V_source, D)  # rows of length 1
        self.target_embedding = word_embedding(V, D)
        self.positions = sinusoidal_positions(200, D)  # for up to 200 tokens; not learned
        self.encoder = nn.ModuleList(EncoderLayer(D, N, H) for _ in range(L))
        self.decoder = nn.ModuleList(DecoderLayer(D, N, H) for _ in range(L))
        self.encoder_norm, self.decoder_norm = LayerNorm(D), LayerNorm(D)
        self.output, self.mask = nn.Linear(D, V), target_mask

    def encode(self, source):  # ids (B, S) -> memory (B, S, D), mask (B, S)
        x, mask = embed(source, self.source_embedding.weight, self.positions), source != PAD
        for layer in self.encoder:
            x = layer(x, mask)
        return self.encoder_norm(x), mask

    def decode(self, memory, source_mask, inputs):  # and ids (B, T) -> (B, T, D)
        x, mask = embed(inputs, self.target_embedding.weight, self.positions), self.mask(inputs)
        for layer in self.decoder:
            x = layer(x, memory, mask, source_mask)
        return self.decoder_norm(x)

    def forward(self, source, inputs):  # (B, S), (B, T) -> logits (B, T, V)
        return self.output(self.decode(*self.encode(source), inputs))


# %% [markdown]
# Two tests that every Transformer should pass. Change a word of the target: no logit before it may change. Change the amount of
# padding: nothing may change. And a number to look at before any training: a model that knows nothing yet guesses among V
# words, so its loss is about log V, with smoothed labels or without.

# %% key="causality" tags=["nbval-check-output"]
torch.manual_seed(0)
model = OwnTransformer(30, 30)
source = torch.tensor([[5, 6, 7, 8]])
inputs = torch.tensor([[SOS, 9, 10, 11, 12]])
changed = inputs.clone()
changed[0, 3] = 20  # word 3 is another
with torch.no_grad():
    logits = model(source, inputs)  # (1, T, V)
    difference = (logits - model(source, changed)).abs().amax(-1)[0]  # (T,)
    padded = model(F.pad(source, (0, 3)), F.pad(inputs, (0, 2)))[:, :5]
print("logits that change:", [t for t in range(5) if difference[t] > 1e-6])
print("more padding changes nothing:", torch.allclose(padded, logits, atol=1e-5))
targets = torch.tensor([9, 10, 11, 12, EOS])
losses = [smoothed_nll(logits[0], targets, smoothing).mean().item() for smoothing in (0.0, 0.1)]
print("before training the loss is about log V:", [abs(loss - math.log(30)) < 1 for loss in losses])

# %% [markdown]
# **Now train it.** Korean to English, sentences of at most 8 tokens, 400 updates. Beside your Transformer of two layers stands
# the LSTM with general attention of lesson 05. Both have less than 650,000 parameters and see the same batches.
# `ladder.evaluate_rung` is the training loop of lesson 04, and measures at the end. **Predict first**: which of the two says
# more after 400 updates? (About 35 seconds.)

# %% key="live_ladder"
data = bundled_corpus()
short = {
    split: [pair for pair in data.pairs[split] if max(len(pair.source), len(pair.target)) <= 8]
    for split in ("train", "test")
}
MAKERS = {
    "LSTM, general": partial(recurrent_model, "LSTM", "general", E=64, H=96),
    "Transformer": partial(OwnTransformer, len(data.source), len(data.target)),
}
translators, live = {}, {}
on_short = {"train_pairs": short["train"], "tests": {"test": short["test"]}}
for name, make in MAKERS.items():
    translators[name], found = ladder.evaluate_rung(name, make, seed=0, updates=400, **on_short)
    live[name] = found
    print(
        f"{name:<15}{found['parameters']:>8,} parameters, {found['seconds']:4.1f} s, BLEU "
        f"{found['test']['bleu']:4.1f}, perplexity {found['teacher-forced']:5.2f}"
    )
assert live["Transformer"]["test"]["bleu"] > live["LSTM, general"]["test"]["bleu"] + 5
assert all(found["parameters"] < 650_000 for found in live.values())

# %% key="live_translations"
sentences = short["test"][:5]
said = translators["Transformer"].translate([pair.source for pair in sentences]).tokens
for pair, tokens in zip(sentences, said, strict=True):
    print(
        f"{pair.source_text}\n   reference:   {' '.join(pair.target)}\n   Transformer: {' '.join(tokens)}"
    )

# %% [markdown]
# After 400 updates your Transformer is clearly ahead; section 12 shows when it is not.
#
# In decoding, your model computes all words so far again at each word. That is not needed: earlier words can't see later ones,
# so what was computed for them never changes. Lesson 07 keeps it, in a **key–value cache**. The library's `Transformer` has
# one, and its parameters have your names, so your weights load into it:

# %% key="library_model"
cached = transformer_model(D=64, N=4, H=128, L=2, dropout=0.0)
cached.load_state_dict(translators["Transformer"].model.state_dict())
translator = data.translator(cached)
again = translator.translate([pair.source for pair in sentences]).tokens
print("both translate the five sentences alike:", again == said)
assert again == said

# %% [markdown]
# ## 9 · Where the heads look
#
# Each head of the cross-attention makes an alignment of its own, and the corpus has gold ones. Here are the eight heads of your
# model, four in each layer, with the **alignment error rate** (정렬 오류율) of lesson 05; each target token is linked with the
# source token of its largest weight. **Predict first**: do all heads align?

# %% key="heads"
errors = ladder.attention_errors(translator, short["test"])
print(f"alignment error rate over {len(short['test'])} sentences")
for layer, by_head in enumerate(errors["heads"], start=1):
    print(f"layer {layer}, heads 1 to 4: ", *(f"{error:.2f}" for error in by_head))
print(f"mean of the top layer's heads: {errors['alignment error']:.2f}")
assert errors["alignment error"] < min(map(min, errors["heads"])) < max(by_head)

# %% [markdown]
# The four heads of the top layer over one sentence. Gold links are outlined, and above each head stands its error in this
# sentence:

# %% key="heads_figure" folded=true
some = short["test"][:40]
found = translator.translate([pair.source for pair in some]).tokens
right = [pair for pair, tokens in zip(some, found, strict=True) if tokens == pair.target]
pair = max(right, key=lambda pair: len(pair.target))  # the longest that it translates rightly
of_pair = explorers.Heads(translator, [pair])
here = [of_pair.error(0, "cross", 2, head) for head in (1, 2, 3, 4)]
axes = of_pair.picture(
    head=[1, 2, 3, 4], layer=2,
    title=f"In one sentence the four heads look at different words: their errors go from {min(here):.2f} to "
    f"{max(here):.2f}",
)  # fmt: skip

# %% key="heads_explorer"
heads_explorer = explorers.Heads(translator, short["test"][:30])
heads_explorer.widget()

# %% [markdown]
# No head aligns well: nobody told them to align, nor to divide the work. None aligns as well as the mean of the top layer's
# four. In the ladder's larger model (D = 128, all sentences) it is the same: the best head of the top layer errs by 0.52, their
# mean by 0.44. IBM Model 1 of lesson 05, which only counts, errs by 0.33.
#
# A head with a poor alignment need not be a poor head: to choose the form of a verb, one must look elsewhere than at the verb.
# So a picture of attention shows where a model looks, and not why.
#
# ## 10 · Computed, learned, or no positions
#
# In training no source is longer than 24 tokens; in the split `long` all are longer. A learned position that was never trained
# is a row of noise. A sine exists for every position, but the model has never seen it either. **Predict first**: which is
# better on test, and which on `long`? And what is left without any positions? A stored run:

# %% key="positions_run" folded=true
run = stored("06.positions")
print(run)
kinds = ("sinusoidal", "learned", "none")
on = {split: np.array([run.array(kind, split) for kind in kinds]).T for split in ("test", "long")}
sines, table, none = on["test"].mean(0)
lost = (on["test"] - on["long"]).mean(0)
plotting.bars(
    kinds, on, ylabel="BLEU", digits=0, limits=(0, 100),
    title=f"On test sinusoidal positions have BLEU {sines:.0f}, learned ones {table:.0f}, no positions "
    f"{none:.0f}; on long each loses {lost.min():.0f} to {lost.max():.0f} points",
)  # fmt: skip
for split in ("test", "long"):
    for k, kind in ((1, "learned"), (2, "none")):
        gap = t_interval(on[split][:, 0] - on[split][:, k])
        print(f"on {split:<4}, sinusoidal minus {kind:<7}: {gap}")
        assert gap.low > 0 if split == "test" else gap.high < 0
assert lost.min() > 8
assert none > 75

# %% [markdown]
# **Within the lengths of training, computed positions win** by two or three points. (Vaswani and others, with more data, found
# nearly identical results.) **On `long` it is the other way round**: all three lose, but the model with sines loses most and
# ends 5 or 6 points behind the others, with every seed. It has learned to rely on positions, we believe, and meets some that it
# has never seen. As the model without positions loses, too, unseen positions are not all that makes long sentences hard.
#
# <details><summary>Why is so much left without positions, where the encoder sees a bag of words?</summary>
#
# We see three reasons, none of them tested here. In Korean, **particles** (조사) say who does what to whom: *개가 사람을* and *사람을 개가*
# mean the same. (But that a particle stands beside its noun, a bag does not tell.) The decoder does know an order: its triangle
# lets word t see t words. And the corpus is made by a grammar, which leaves few ways to say a thing. With other languages we
# would expect a greater loss.
# </details>
#
# ## 11 · Time against length
#
# The Transformer's promise was speed. But it computes T² scores, where a recurrent network does T steps. Here is the time of
# one training step (8 sentences, of 8 to 256 tokens) of three translators of like width. The recurrent ones come twice: as
# loops in Python, and with the loop in one kernel, a single call of compiled code. **Predict first**: for which lengths is the
# Transformer the fastest?

# %% key="times" folded=true
LENGTHS = (8, 16, 32, 64, 128, 256)
times = speed.length_times(LENGTHS)
to_rnn, to_kernel = (
    np.array(times["Transformer"]) / times[name] for name in ("RNN", speed.KERNEL.format("RNN"))
)
crosses = speed.crossing(LENGTHS, to_rnn)
where = f"overtakes a looped RNN at about {crosses:.0f} tokens" if crosses else "does not cross the RNN"
ax = plotting.curve(
    LENGTHS, {name: 1000 * np.array(values) for name, values in times.items()}, log="xy",
    xlabel="tokens", ylabel="milliseconds of one training step",
    title=f"The Transformer {where}; at 64 it takes {to_kernel[3]:.1f} times as long as one in one kernel",
)  # fmt: skip

# %% [markdown]
# Your machine drew the figure; five runs on one processor core, where this was written, gave the following. Against loops the
# Transformer is the fastest from 32 tokens to 128; at 8 the looped RNN is ahead, and at 256 it is level again, since T² grows
# faster than T. With the loop in one kernel the recurrent ones win: the RNN at all lengths, the LSTM with attention from
# 64 tokens on. So the Transformer does not do less work. But nothing in it waits: a GPU can compute thousands of positions at the same time, and not step 2 before step 1.
# There, the paper says, lies its advantage; this course has no GPU to measure it on.
#
# ## 12 · The ladder: all models of this course
#
# The same 20,000 pairs of sentences, the same batches, the same metric. Once every model gets **the same number of updates**,
# 1,500, nearly five times through the corpus; once **the same processor time**, a minute. Learning rates were chosen on the
# validation sentences with another seed. There are four splits to test on: test; `long`, longer than any sentence of training;
# `novel`, words of training in combinations that it never shows; `human`, sentences written one by one, by no grammar.
#
# **Predict first**: who is on top with equal updates, and with equal seconds? And on `long`? The stored run on test and `long`,
# three seeds (all tables: `course ladder` in a terminal; `course ladder --run` makes them again):

# %% key="ladder_figure" folded=true
run = stored("06.ladder")
print(run)
rungs = list(run.figures[0])
figure, axes = plotting.figure(2, 1, size=(10, 9))
amounts = {
    "updates": f"{run.settings['updates']:,} updates",
    "seconds": f"{run.settings['seconds']:g} seconds",
}
for ax, (budget, amount) in zip(axes, amounts.items(), strict=True):
    bleu = {
        split: np.array([run.array(name, budget, split, "bleu") for name in rungs]).T
        for split in ("test", "long")
    }
    mean = {split: dict(zip(rungs, values.mean(0), strict=True)) for split, values in bleu.items()}
    top = max(rungs, key=mean["test"].get)
    plotting.bars(
        rungs, bleu, ylabel="BLEU", digits=0, limits=(0, 100), ax=ax,
        title=f"{amount} each: on test {top} has {mean['test'][top]:.0f}, the Transformer "
        f"{mean['test']['Transformer']:.0f}; on long {mean['long'][top]:.0f} and {mean['long']['Transformer']:.0f}",
    )  # fmt: skip

# %% [markdown]
# How far is general attention ahead of the Transformer with the same seeds, what does attention add, and how far are seeds
# apart?

# %% key="ladder_findings" folded=true
on = {
    (budget, split): {name: run.array(name, budget, split, "bleu") for name in rungs}
    for budget in ladder.BUDGETS
    for split in ladder.SPLITS
}
attentive = [name for name in rungs if name not in ("RNN", "LSTM")]
ahead = {key: t_interval(scores["LSTM, general"] - scores["Transformer"]) for key, scores in on.items()}
for (budget, split), lead in ahead.items():
    scores = {name: values.mean() for name, values in on[budget, split].items()}
    with_attention = [scores[name] for name in attentive]
    if split in ("test", "long"):
        print(f"equal {budget}, {split}: general minus Transformer {lead}; LSTM without attention "
              f"{scores['LSTM']:.0f}, all with attention {min(with_attention):.0f} to "
              f"{max(with_attention):.0f}")  # fmt: skip
    if split != "human":
        assert max(attentive, key=scores.get) == "LSTM, general"
        assert scores["LSTM"] + (20 if budget == "updates" else 0) < min(with_attention)
    else:
        assert max(with_attention) < 5
for budget in ladder.BUDGETS:
    by_seed = on[budget, "test"]["LSTM, dot"].round().astype(int)
    print(f"equal {budget}, test: dot attention, seed by seed:", *by_seed)
assert ahead["updates", "test"].low < 0 < ahead["updates", "test"].high
assert min(ahead[key].low for key in on if key[1] == "long" or key == ("seconds", "test")) > 0

# %% [markdown]
# - **The great step is attention**, under either budget and on every split of the grammar. General attention leads on each of
#   them.
# - **On test the Transformer stands with the best**: with equal updates it has 84 and general attention 85, which three seeds
#   can't tell apart. In a minute of one core it is behind; each model makes a few hundred updates only, and an update of the
#   Transformer takes 1.2 times as long as one with general attention.
# - **On sentences longer than any in training it does not**: it has 64 there, general attention 79. Unseen positions alone
#   can't be the reason, as section 10 saw. The weakness is known (Variš and Bojar 2021).
# - **In your comparison of section 8 the Transformer led.** Which model is better depends on data, size, budget, and what is
#   asked afterwards. On `human` none can translate: only other data would change that.
# - **One training says little.** The same model, dot, has between 74 and 81 with equal updates and between 32 and 61 after a
#   minute, by seed alone. So a claim needs several seeds and an interval.
#
# All of it holds for this corpus, these sizes and these budgets.
#
# ## 13 · What went wrong?
#
# A real bug, in the notebooks of a widely read book on language models (rasbt/LLMs-from-scratch, issue 1061, August 2026): a
# notebook that compares ways to compute causal attention. One of them hands a mask to `scaled_dot_product_attention`. Here is
# the same in a few lines of our own. All shapes fit, nothing is raised, and it is as fast as the others. Look at the weights,
# and say what is wrong.

# %% key="bug" tags=["nbval-check-output"]
T = 4
hidden = torch.triu(torch.ones(T, T), diagonal=1).bool()  # True above the diagonal: the future
q, k = torch.randn(1, 1, T, 8), torch.randn(1, 1, T, 8)
v = torch.eye(T)[None, None]  # so that the output is the weights
weights = F.scaled_dot_product_attention(q, k, v, attn_mask=hidden)[0, 0]
for t in range(T - 1):
    print(f"word {t} looks at", weights[t].nonzero().flatten().tolist())

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# Word 0 looks at words 1, 2 and 3: at the future, and at nothing else. The mask is the one that `nn.MultiheadAttention` wants,
# True where something is *hidden*. `scaled_dot_product_attention` wants True where something may be *attended to*. The two
# stand in the same library with opposite meanings. (The last word may look nowhere; depending on the version of torch it gets
# nan or zeros.)
#
# In training, such a model is shown the word that it must predict; in decoding there is no future to look at. A loss that is
# too good is a symptom: see the run below. The test that finds it at once is the one of section 8: **change a future word, and
# no earlier logit may change.**
#
# The cure: one meaning throughout (here: True attends), a name that says it, and the inversion at the border to a library that
# has the other.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
weights = F.scaled_dot_product_attention(q, k, v, attn_mask=~hidden)[0, 0]
for t in range(T):
    print(f"word {t} looks at", weights[t].nonzero().flatten().tolist())

# %% [markdown]
# What does such a leak do to a translator? Yours once more, with one layer and 200 updates, and beside it one whose mask hides
# padding alone. **Predict first**: which one has the better perplexity, given the true words, and which one the better
# translations?


# %% key="leak"
def leaking(*sizes, **options):
    model = OwnTransformer(*sizes, **options)
    model.mask = lambda inputs: (inputs != PAD)[:, None].expand(-1, inputs.shape[1], -1)  # (B, T, T)
    return model


for name, kind in (("right mask", OwnTransformer), ("leaking mask", leaking)):
    make = partial(kind, len(data.source), len(data.target), L=1)
    _, found = ladder.evaluate_rung("Transformer", make, seed=0, updates=200, **on_short)
    live[name] = found
    print(
        f"{name:<13} perplexity, given the true words: {found['teacher-forced']:4.1f}; "
        f"on its own: {found['free-running']:6.1f}; BLEU {found['test']['bleu']:4.1f}"
    )
assert live["leaking mask"]["teacher-forced"] < 0.8 * live["right mask"]["teacher-forced"]
assert live["leaking mask"]["test"]["bleu"] < 0.5 * live["right mask"]["test"]["bleu"]

# %% [markdown]
# Given the true words the leaking model is the better one, for it can see the answer. On its own it can't, and translates
# hardly anything.

# %% [markdown]
# ## 14 · Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A text says: "the scores are divided by $d_k$". Queries and keys have $d_k$ = 64 independent numbers of variance 1. By
# what should one divide?**
#
# <details><summary>By 64, as the text says</summary>No: the text forgot the root. All scores would be nearly equal.</details>
# <details><summary>By 8</summary>Yes: 64 products of variance 1 add up to a variance of 64, so the standard deviation is its root, 8.</details>
# <details><summary>By nothing</summary>No: scores with a standard deviation of 8 let the softmax decide before anything is learned.</details>

# %% [markdown]
# **2. D = 512. One model has 8 heads, another 16. Which one's attention has more parameters?**
#
# <details><summary>The one with 16</summary>No: each head is only half as wide.</details>
# <details><summary>Neither: 4 × 512² + 4 × 512 each</summary>Yes, 1,050,624: the projections are (D, D) in all, however they are cut into heads.</details>
# <details><summary>The one with 8</summary>No: the heads are wider, but fewer.</details>

# %% [markdown]
# **3. A text says: "the weights of a query lie between 0 and 1, and their sum is 0". What is wrong?**
#
# <details><summary>Nothing</summary>No: numbers from 0 to 1 have the sum 0 only if all of them are 0.</details>
# <details><summary>The sum: it is 1</summary>Yes: the softmax divides by the sum of all. With a mask, too: the weights that are left sum to 1.</details>
# <details><summary>The sum: it is $d_k$</summary>No: the width of a head has nothing to do with it.</details>

# %% [markdown]
# **4. Some code keeps a sentence in a column: x is (T, B, D), and its table of positions is (T, 1, D). Now x is (B, T, D), as
# in this course, but the line is still `x + table[:x.shape[0]]`. What happens?**
#
# <details><summary>An error: the shapes do not fit</summary>No: (B, 1, D) broadcasts against (B, T, D).</details>
# <details><summary>Every word gets its position</summary>No: the slice took as many rows as there are sentences.</details>
# <details><summary>All words of sentence b get the position b</summary>Yes. Within a sentence nothing tells the words' order, and the result depends
# on the sentence's place in the batch. It is reported of songyangco/GETNext (issue 2). The test that finds it: compute one
# sentence
# alone, and compare with its row in the batch.</details>

# %% [markdown]
# **5. A decoder without a causal mask reaches a training loss of almost zero. How well does it translate?**
#
# <details><summary>Very well</summary>No: it has learned to copy the next word, which it won't be shown.</details>
# <details><summary>Badly</summary>Yes: what it relies on in training is missing in decoding.</details>
# <details><summary>As well as with the mask</summary>No: the mask is what makes the task of training the task of decoding.</details>

# %% [markdown]
# **6. Layer normalization with the variance divided by D − 1, D = 4: how large is the error of the result?**
#
# <details><summary>About 13 %</summary>Yes: the result is smaller by the factor √(3/4) = 0.87, and the learned weight may hide it, until weights are loaded
# from elsewhere.</details>
# <details><summary>25 %</summary>No: that is the error of the variance; its root counts.</details>
# <details><summary>None, the weight makes up for it</summary>Only if it is trained with it. Weights that were trained elsewhere come out wrong.</details>
#
# ## Summary: the whole path
#
# - **00–01** A word became a number, the number a vector, and vectors of words that are used alike came to lie side by side.
# - **02** A recurrent cell read vectors in order and kept a state. Its gradient vanished with distance.
# - **03** The LSTM laid a conveyor through time, with gates beside it. What was written long ago could stay.
# - **04** Two of them translated: one read, one wrote. All of the source had to pass through one vector.
# - **05** Attention opened that bottleneck: a soft dictionary over all states of the source, and an alignment that can be
#   marked right or wrong.
# - **06** Then the recurrence went. Every word asks every word, many heads at once; order comes back as positions, depth is
#   made possible by residual connections and norms, and a triangle keeps the future out.
#
# What to remember of this lesson: scores are divided by $\sqrt{d_k}$ so that the softmax can learn. Without positions there is
# no order. A mask has one meaning, and a test that shows its direction. And a claim that one model is better than another needs
# the same data, a budget, several seeds, and an interval.
#
# **What this lesson can't do.** Its corpus is small, and made by a grammar. On real text many words are rare, sentences are
# long, and the vocabulary is better made of pieces of words (Sennrich, Haddow, Birch 2016). The last lesson makes a translator
# of text that way, and `course train` trains your `OwnTransformer` on sentences of your own.
#
# **Further reading.** Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser, Polosukhin (2017), *Attention Is All You
# Need*, NeurIPS. Ba, Kiros, Hinton (2016), *Layer Normalization*, arXiv:1607.06450. He, Zhang, Ren, Sun (2016), *Deep Residual
# Learning for Image Recognition*, CVPR. Gehring, Auli, Grangier, Yarats, Dauphin (2017), *Convolutional Sequence to Sequence
# Learning*, ICML. Xiong, Yang, He, Zheng, Zheng, Xing, Zhang, Lan, Wang, Liu (2020), *On Layer Normalization in the Transformer
# Architecture*, ICML. Szegedy, Vanhoucke, Ioffe, Shlens, Wojna (2016), *Rethinking the Inception Architecture for Computer
# Vision*, CVPR. Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), *Dropout: A Simple Way to Prevent Neural
# Networks from Overfitting*, JMLR. Press, Wolf (2017), *Using the Output Embedding to Improve Language Models*, EACL. Sennrich,
# Haddow, Birch (2016), *Neural Machine Translation of Rare Words with Subword Units*, ACL. Variš, Bojar (2021), *Sequence
# Length is a Domain: Length-based Overfitting in Transformer Models*, EMNLP.
