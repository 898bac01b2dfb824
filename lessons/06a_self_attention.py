# %% [markdown]
# # 06a · Self-attention (셀프 어텐션)
#
# **The question.** A recurrent network reads word after word: step 20 waits for step 19. In lesson 05, attention stood beside
# it as a help. Can a network read all words **at once**, in parallel (병렬), with attention alone? What does it lose by that, and
# how does it get it back?
#
# **What you will build**: attention with many heads, positions, masks. Part b builds layers of them, and the Transformer.
# **What you will measure**: what $1/\sqrt{d_k}$ is for, what two heads can do that one can't, what is lost without positions.
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
# | L | layers | N |
#
# About 100 minutes, of which the exercises take 54. Everything runs on a CPU, without a network connection.

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
from course_lib.experiments.random_words import SelfAttention, learn, neighbours
from course_lib.experiments.scaling import score_spread
from course_lib.masks import padding_mask
from course_lib.text import PAD, SOS
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
# 04 pressed a sentence into one vector; this one does not compress it.
#
# **The decoder**, on the right. It begins with `<sos>` and the words so far. In each layer a word looks at itself and the words
# before it (masked self-attention), and then at the memory (cross-attention: that is lesson 05). At the top, at each place,
# stand the probabilities of the next word. In training the true words are known (teacher forcing), so all places are computed
# at once. In use one word comes after the other.
#
# No state goes from word to word: what a recurrent network carries along, attention fetches. The sections build the
# boxes: attention (1 to 3), positions (4), masks (5); and in part b the rest of a layer (6). A box **norm** is a layer
# normalization (part b), not the length of a vector, which lesson 02 calls norm. The last **linear** makes the V
# logits.
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
# The rows of **Q**, **K** and **V** are queries, keys and values, all of width $d_k$. ($\top$ turns rows into columns.
# The plain V is the size of the vocabulary.) Nothing waits for anything: the T questions are the rows of one product.
# And from any word to any other it is one step, for the gradient too; in a recurrent network it is as many steps as the
# words are apart.
#
# One look-up gives one mean. But a word may need several things: its verb, its particle, the word before. So a Transformer
# looks up N times side by side, each time with vectors of width $d_k$ = D / N. Each look-up is a **head** (헤드), all together
# are **multi-head attention** (멀티 헤드 어텐션):
#
# ![](picture:heads)
#
# Heads know nothing of each other. For the product each head counts as one more sentence: one dimension more, (B, N, T,
# $d_k$). Section 3 makes them; in exercise 1 they are given. In the picture head 1 gets the columns 1 to 4 of queries,
# keys and values, head 2 the columns 5 to 8, head 3 the columns 9 to 12. (The arrows are drawn to head 1 only.)
#
# ### Exercise 1 · Attention for all heads at once · difficulty 3 of 5 · 10 minutes
#
# Write `attend_heads(query, key, value, mask=None)`: `query` (B, N, T, $d_k$), `key` and `value` (B, N, S, $d_k$). Return the
# pair `(context, weights)`, (B, N, T, $d_k$) and (B, N, T, S).
#
# - Scores are **scaled** dot products: divided by $\sqrt{d_k}$ ($d_k$ is the last dimension of the query).
# - `mask` is boolean, **True where attention may go**, the same for all heads: (B, S), where all queries of a sentence share
#   it, or (B, T, S), where each has its own. None: everywhere. Weights are exactly 0 where it is False, and sum to 1 over S.
# - Every query may look somewhere; rows without any True do not occur. You may use `masked_softmax` of lesson 05, which
#   is imported, where there is a mask: it takes no None.
# - `key.transpose(-2, -1)` exchanges the last two dimensions. `mask.dim()` is the number of dimensions. A (B, T, S)
#   mask must become (B, 1, T, S), with a dimension of size 1 for the heads; a (B, S) mask (B, 1, 1, S), with one for
#   the heads and one for the queries. `None` in the index makes such a dimension.


# %% key="attend_heads" exercise="06.attend_heads"
def attend_heads(query, key, value, mask=None):
    # Your code here: scores (B, N, T, S), the mask as (B, 1, T, S) or (B, 1, 1, S), softmax, context.
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
# A softmax has a derivative of each weight by each score: $a_i (1 - a_i)$ by its own score, $-a_i a_j$ by another. The
# figures show one number for all of them, the root of the sum of their squares: ten equal weights have 0.30, one weight
# of 1 has 0. (The second figure takes 16 keys: 16 equal weights have 0.24.)
#
# **Predict first**: how much of the derivative is left at $d_k$ = 512, without the scale? And what happens if one
# divides by $d_k$ itself, as some texts write? The figure shows the variance of the scores and the size of the
# derivative:

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


figure, axes = plotting.figure(1, 2, size=(9.6, 4.6))
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
# Less than a quarter of it is left. Divided by $d_k$, the softmax's derivative is fine, but the scores hardly differ:
# every query gets nearly the mean of all values, and the choice is lost. $\sqrt{d_k}$ keeps both. (Trained queries and
# keys are not random. But training begins with random ones, and it begins only if a gradient comes through.)
#
# ## 3 · Many heads
#
# Each head has three matrices of its own. X asks, Y is looked up; in self-attention both are the same:
#
# $$\text{head}_n = \text{attend}(\mathbf{X}\mathbf{W}_n^{Q\top},\ \mathbf{Y}\mathbf{W}_n^{K\top},\ \mathbf{Y}\mathbf{W}_n^{V\top}) \qquad\qquad
# \text{output} = [\text{head}_1; \dots; \text{head}_N]\,\mathbf{W}^{O\top}$$
#
# Rows are words and a matrix is (out, in), so it is $\mathbf{X}\mathbf{W}^\top$, as in lesson 00; $\mathbf{W}_n^Q$ is
# ($d_k$, D). The matrices of all heads stand one below the other in one matrix (D, D). So one product makes the queries
# of all heads, (B, T, D), and then each head gets its $d_k$ columns. Last, $\mathbf{W}^O$ mixes what the heads found.
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
# The course's class holds the parameters; the computation is yours.


# %% key="module"
class MultiHeadAttention(transformer.MultiHeadAttention):
    def forward(self, x, y, mask=None):
        out = self.out_proj
        weights = self.in_proj_weight, self.in_proj_bias, out.weight, out.bias
        return multi_head(x, y, self.N, *weights, mask)


# %% [markdown]
# **The same in `torch.nn`** is `nn.MultiheadAttention`, with the same parameters. But in its masks **True hides**: the same
# library has two meanings of a boolean mask; the end of this lesson shows what comes of that. The folded cell compares:

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
# One head must look at both words at once. It finds their mean, and the mean does not say which came first: about half
# of the answers are right. With two heads, nearly all. What heads are worth in translation is not measured in this
# course; in the paper of the Transformer (Vaswani and others 2017; from here on "the paper") one head was 0.9 BLEU
# behind the best number of heads (section 6.2).
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
# The first hand turns by 1 radian at each position (57 degrees; a full turn is 2π = 6.28 radians), the last hardly at
# all. All together tell the position, as the hands of a clock tell the time. Clock i fills the columns 2i and 2i + 1 of
# the table, i = 0 to D/2 − 1:
#
# $$P_{t,\,2i} = \sin\!\left(t / 10000^{2i/D}\right) \qquad\qquad P_{t,\,2i+1} = \cos\!\left(t / 10000^{2i/D}\right)$$
#
# ### Exercise 4 · Sinusoidal positions · difficulty 3 of 5 · 10 minutes
#
# Write `sinusoidal_positions(T, D)`: the table of the positions 0 to T − 1, a float tensor (T, D). D is even.
# `torch.sin` takes radians. Of `table = torch.zeros(T, D)`, `table[:, 0::2]` are the even columns, `table[:, 1::2]` the
# odd ones, and both can be assigned to; `torch.arange(0, D, 2)` is 2i for all clocks.


# %% key="positions" exercise="06.positions"
def sinusoidal_positions(T, D):
    # Your code here: all angles at once (T, D / 2); sines in the even columns, cosines in the odd ones.
    raise NotImplementedError


# %% key="check_positions" tags=["exercise-check"]
check("06.positions", sinusoidal_positions)

# %% [markdown]
# From any position to the one 7 places later a hand turns by the same angle. So "7 places later" is the same matrix
# everywhere, and a linear layer can learn it. And with positions the shuffled sentence is another one:

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
# Words are multiplied by $\sqrt{D}$ before positions are added (section 3.4 of the paper). Their rows start with a
# length of about 1, a row of positions has the length $\sqrt{D/2}$ (each of its D/2 pairs has $\sin^2 + \cos^2 = 1$),
# and the word should not be lost beside its place.
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
# Write `target_mask(ids)`: from target ids (B, T) the boolean mask (B, T, T). `mask[b, t, s]` is True where word t of
# sentence b may look at word s: s is not after t, **and** `ids[b, s]` is not padding (id 0). Our padding stands at the
# end, but go by the ids and not by the length: the check also puts padding in the middle. `torch.ones(T, T,
# dtype=torch.bool).tril()` is True on and below the diagonal, and `&` joins two boolean tensors.


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
# ## What went wrong?
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
# In training, such a model is shown the word that it must predict; in decoding there is no future to look at. A loss
# that is too good is a symptom: part b trains a model that sees the future. The test that finds it at once stands there
# in section 8: **change a future word, and no earlier logit may change.**
#
# The cure: one meaning throughout (here: True attends), a name that says it, and the inversion at the border to a library that
# has the other.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
weights = F.scaled_dot_product_attention(q, k, v, attn_mask=~hidden)[0, 0]
for t in range(T):
    print(f"word {t} looks at", weights[t].nonzero().flatten().tolist())

# %% [markdown]
# ## Quiz
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
#
# ## Summary
#
# - In **self-attention** each word asks all words of its own sentence, all at once: two products of matrices and a softmax.
# - Scores are divided by $\sqrt{d_k}$, so that the softmax can learn.
# - **Heads** look for several things side by side, at no cost in parameters.
# - Attention sees no order. **Positions**, added to the words, bring it back.
# - A **mask** says who may look where; True means "may be looked at" here, and libraries do not agree.
#
# **Next**: part b makes layers of these, stacks them, and trains the whole Transformer.
#
# **Further reading.** Vaswani, Shazeer, Parmar, Uszkoreit, Jones, Gomez, Kaiser, Polosukhin (2017), *Attention Is All You
# Need*, NeurIPS. Gehring, Auli, Grangier, Yarats, Dauphin (2017), *Convolutional Sequence to Sequence Learning*, ICML.
