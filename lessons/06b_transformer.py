# %% [markdown]
# # 06b · Transformer (트랜스포머)
#
# **The question.** Part a built attention for many heads, positions and masks. What else does a layer need, what breaks without
# it, and what does a whole model of such layers reach, beside all the others of this course?
#
# **What you will build**: the feed-forward network, layer normalization, an encoder layer and a decoder layer, and from these a
# Transformer that translates; a learning rate with a warm-up, and smoothed labels.
# **What you will measure**: what breaks when a layer lacks one of its parts, where single heads look, what time it takes, and,
# at the end, **every model of this course on the same data** (section 12).
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
# About 100 minutes, of which the exercises take 47. The end of section 7 is a good place for a break. Everything runs
# on a CPU, without a network connection.

# %% key="imports"
import math
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from course_lib import explorers, plotting, transformer
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import ladder, speed, stored
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.models import recurrent_model, transformer_model
from course_lib.experiments.random_words import learn, turned
from course_lib.masks import padding_mask
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS
from course_lib.transformer import word_embedding

torch.set_num_threads(1)  # small tensors: a second thread only gets in the way

# %% key="part_a"
# What you built in part a, as the course has it: it computes the same. (In lesson 07 `course train` takes your own.)
from course_lib.transformer import (
    MultiHeadAttention,
    attend_heads,
    embed,
    sinusoidal_positions,
    target_mask,
)

# %% [markdown]
# ## The whole model again
#
# Part a built the pink boxes, the positions and the masks. This part builds what is left, and puts them together:
#
# ![](picture:transformer)
#
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
# It is the same for all positions, and sees each position by itself (position-wise, 포지션 와이즈). The paper of the Transformer (Vaswani and others
# 2017, from here on "the paper") gives no reason for it, and what it is worth in translation is not measured in this course.
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
# So in front of each part stands a **layer normalization** (층 정규화; Ba, Kiros, Hinton 2016), in pictures and code
# **norm** for short. (`gradient.norm()` is something else: the length of lesson 02.) It brings the vector that the part
# *reads* to mean 0 and variance 1, word by word, however large x is. By hand: (1, 3, 5, 7) has the mean 4 and the
# variance (9 + 1 + 1 + 9) / 4 = 5. Minus the mean, divided by √5, it is (−1.34, −0.45, 0.45, 1.34). Two learned
# vectors, weight and bias, scale and shift it:
#
# $$\text{norm}(\mathbf{x}) = \frac{\mathbf{x} - \text{mean}}{\sqrt{\text{variance} + \epsilon}} \odot \mathbf{weight} + \mathbf{bias} \qquad
# \text{mean} = \frac{1}{D}\sum_i x_i \qquad \text{variance} = \frac{1}{D}\sum_i (x_i - \text{mean})^2$$
#
# ### Exercise 8 · Layer normalization · difficulty 2 of 5 · 7 minutes
#
# Write `layer_norm(x, weight, bias, eps=1e-5)`: x (..., D), `weight` and `bias` (D,). Each vector is normalized by
# itself, over its D numbers. The variance is divided by **D**, and `eps` stands **inside** the root. (`x.var()` of
# torch divides by D − 1, and some programs add `eps` outside the root. The shape stays the same then; only the numbers
# show the mistake.) `eps`, the ε of the formula, is so small a number that it matters only where all numbers of a
# vector are equal: nothing is divided by 0.


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
# paper p = 0.1 (Srivastava and others 2014; Vaswani and others 2017, section 5.4). So no number can rely on a single other one, and sentences are harder to learn by heart. The
# others are divided by 1 − p, so that the mean of all does not change. In use (`model.eval()`) nothing is dropped. It takes two
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
# - First part: self-attention, with `self.norm1`. `self.self_attn(x, y, mask)`: x asks, y is looked up, and in
#   self-attention both are the same tensor, with pre-norm the normalized one. It returns output **and** weights.
# - Second part: `self.feed_forward`, with `self.norm2`. Each part has its residual connection.
# - `self.norm_first`: True for pre-norm, False for post-norm. In masks True means "may be looked at", as in part a.


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
# root of the step (equation 3 of the paper). This is the **warm-up** (웜업, 워밍업):
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
# **What breaks without it?** Four layers of yours, post-norm as in the paper, learn to reverse sentences of eight random
# words. In the first training the rate is your `warmup_rate` with 150 steps. In the second it begins at its highest value, and falls from step 150 on in
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
# At this rate post-norm learns hardly anything without a warm-up, and pre-norm learns without one. (At a lower rate
# post-norm may learn, too.) The models of this course are pre-norm.
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
# With pre-norm it shrinks, and here that is **nothing bad**. A vanishing gradient shrinks on its way to what lies
# further away, which then learns nothing. Here we look at one layer only, the top one, in deeper and deeper stacks.
# With pre-norm a norm stands at the end of the stack (section 8). It divides by the size of the sum of all parts, which
# is large in a deep stack. So one layer has a small share in the result, and the first steps change it gently.
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
    print(f"  p = {p:<6}  plain {plain:.5f}  smoothed {smooth:.5f}")

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
# It is the picture at the top, and nothing in it is new. At the end of encoder and decoder stands one norm
# (with pre-norm nothing else bounds the sum).
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
# **Now train it.** Korean to English, sentences of at most 8 tokens, 400 updates. Beside your Transformer of two layers
# stands the LSTM with general attention of lesson 05. Both have fewer than 650,000 parameters and see the same batches.
# `ladder.evaluate_rung` is the training loop of lesson 04, and measures at the end. **Predict first**: which of the two
# translates better after 400 updates? (About 45 seconds. A *rung* is one step of a ladder: here one model, see section
# 12.)

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
# Each head of the cross-attention makes an alignment of its own, and the corpus has gold ones. Here are the eight heads
# of your model, four in each layer, with the **alignment error rate** (정렬 오류율) of lesson 05 (0: all sure links were
# found and nothing else; 1: nothing right); each target token is linked with the source token of its largest weight.
# **Predict first**: do all heads align?

# %% key="heads"
errors = ladder.attention_errors(translator, short["test"])
print(f"alignment error rate over {len(short['test'])} sentences")
for layer, by_head in enumerate(errors["heads"], start=1):
    print(f"layer {layer}, heads 1 to 4: ", *(f"{error:.2f}" for error in by_head))
print(f"the mean weights of the top layer's heads: {errors['alignment error']:.2f}")
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
# four tables of weights. In the larger model of section 12 (D = 128, all sentences) it is the same: the best head of the top
# layer errs by 0.52, the mean of their weights by 0.44. IBM Model 1 of lesson 05, which only counts, errs by 0.33.
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
    for k, other in ((1, "learned ones"), (2, "no positions")):
        gap = t_interval(on[split][:, 0] - on[split][:, k])
        print(f"on {split}, sinusoidal positions minus {other}: {gap}")
        assert gap.low > 0 if split == "test" else gap.high < 0
assert lost.min() > 8
assert none > 75

# %% [markdown]
# **Within the lengths of training, computed positions win** by two or three points. (Vaswani and others, with more data, found
# nearly identical results.) **On `long` it is the other way round**: all three lose, but the model with sines loses most and
# ends on average 5 or 6 points behind the others, and behind them with every seed. It has learned to rely on positions, we believe, and meets some that it
# has never seen. As the model without positions loses, too, unseen positions are not all that makes long sentences hard.
#
# <details><summary>Why is so much left without positions, where the encoder sees a bag of words?</summary>
#
# We see three reasons, none of them tested here. In Korean, **particles** (조사) say who does what to whom: *개가 사람을* and *사람을 개가*
# mean the same. (But that a particle stands beside its noun, a bag does not tell.) The decoder does know an order: its triangle
# lets each word see itself and the words before it. And the corpus is made by a grammar, which leaves few ways to say a thing. With other languages we
# would expect a greater loss.
# </details>
#
# ## 11 · Time against length
#
# The Transformer's promise was speed. But it computes T² scores, where a recurrent network does T steps. Here is the time of
# one training step (8 sentences, of 8 to 256 tokens) of three translators of similar width. The recurrent ones come twice: as
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
# Your machine drew the figure; five runs on one processor core, where this was written, gave the following. Against
# loops the Transformer is the fastest from 32 tokens to 128; at 8 the looped RNN is ahead, and at 256 both need about
# the same time, since T² grows faster than T. With the loop in one kernel the recurrent ones win: the RNN at all
# lengths, the LSTM with attention from 64 tokens on. So the Transformer does not do less work. But nothing in it waits:
# a GPU can compute thousands of positions at the same time, but it cannot compute step 2 before step 1. There, the
# paper says, lies its advantage; this course has no GPU to measure it on.
#
# ## 12 · The ladder: all models of this course
#
# The same 20,000 pairs of sentences, the same batches, the same metric. First every model gets **the same number of updates**,
# 1,500, nearly five times through the corpus; then **the same processor time**, a minute. Learning rates were chosen on the
# validation sentences with another seed. There are four splits to test on: test; `long`, longer than any sentence of training;
# `novel`, words of training in combinations that it never shows; `human`, sentences written one by one, by no grammar.
#
# **Predict first**: who is on top with equal updates, and with equal seconds? And on `long`? The stored run on test and `long`,
# three seeds (all tables: `course ladder` in a terminal; `course ladder --run` makes them again). Section 11 of lesson 05b has
# other figures after 1,500 updates: a batch had 32 pairs there, here it has 64, and the learning rate was another.

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
# - **With equal updates the great step is attention**, on every split of the grammar, and general attention leads on
#   each of them. In a minute the means say the same, but with concat and with Bahdanau's form one seed of three is no
#   better than the LSTM.
# - **On test the Transformer stands with the best**: with equal updates it has 84 and general attention 85, which three
#   seeds can't tell apart. In a minute of one core it is behind. No model makes 1,500 updates then; the Transformer
#   makes fewer than 510, and one of its updates takes 1.2 times as long as one with general attention.
# - **On sentences longer than any in training it does not**: it has 64 there, general attention 79. Unseen positions alone
#   can't be the reason, as section 10 saw. The weakness is known (Variš and Bojar 2021).
# - **In your comparison of section 8 the Transformer led.** Which model is better depends on data, size, budget, and what is
#   asked afterwards. On `human` none can translate: only other data would change that.
# - **One training says little.** The same model, dot, has between 74 and 81 with equal updates and between 32 and 61 after a
#   minute, by seed alone. So a claim needs several seeds and an interval.
#
# All of it holds for this corpus, these sizes and these budgets.

# %% [markdown]
# ## What went wrong?
#
# At the end of part a, a mask had the wrong meaning, and words saw the future. What does such a leak do to a translator? Yours
# once more, with one layer and 200 updates, and beside it one whose mask hides padding alone. **Predict first**: which one has the better perplexity, given the true words, and which one the better
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
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A decoder without a causal mask reaches a training loss of almost zero. How well does it translate?**
#
# <details><summary>Very well</summary>No: it has learned to copy the next word, which it won't be shown.</details>
# <details><summary>Badly</summary>Yes: what it relies on in training is missing in decoding.</details>
# <details><summary>As well as with the mask</summary>No: the mask is what makes the task of training the task of decoding.</details>

# %% [markdown]
# **2. Layer normalization with the variance divided by D − 1, D = 4: how large is the error of the result?**
#
# <details><summary>About 13 %</summary>Yes: the result is smaller by the factor √(3/4) = 0.87, and the learned weight may hide it, until weights are loaded
# from elsewhere.</details>
# <details><summary>25 %</summary>No: that is the error of the variance; its root counts.</details>
# <details><summary>None, the weight makes up for it</summary>Only if it is trained with it. Weights that were trained elsewhere come out wrong.</details>

# %% [markdown]
# **3. A text says: "the residual connection multiplies x by what the part found". What would a gradient find on its way back?**
#
# <details><summary>A way on which nothing stands, as before</summary>No: that is what a sum gives. A product multiplies by the
# other factor.</details>
# <details><summary>A factor at every layer, as in a recurrent network</summary>Yes: and over many layers a product of factors
# vanishes or explodes. In a sum x goes on as it is.</details>
# <details><summary>Nothing: a product has no derivative</summary>No: the derivative of a product by x is the other factor, and
# more where that depends on x.</details>

# %% [markdown]
# **4. A decoder with a key–value cache says its words one by one. Why are the keys of earlier words still right when a later
# word comes?**
#
# <details><summary>They are not quite, but nearly</summary>No: they are equal.</details>
# <details><summary>Earlier words may not look at later ones, so nothing in them changes</summary>Yes: the causal mask hides the
# later word from them, in each layer. In an encoder, where all see all, it would not be so.</details>
# <details><summary>Because positions are added</summary>No: positions say where a word stands. That nothing changes is the
# mask's doing.</details>
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
# Learning for Image Recognition*, CVPR. Xiong, Yang, He, Zheng, Zheng, Xing, Zhang, Lan, Wang, Liu (2020), *On Layer Normalization in the Transformer
# Architecture*, ICML. Szegedy, Vanhoucke, Ioffe, Shlens, Wojna (2016), *Rethinking the Inception Architecture for Computer
# Vision*, CVPR. Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), *Dropout: A Simple Way to Prevent Neural
# Networks from Overfitting*, JMLR. Press, Wolf (2017), *Using the Output Embedding to Improve Language Models*, EACL. Sennrich,
# Haddow, Birch (2016), *Neural Machine Translation of Rare Words with Subword Units*, ACL. Variš, Bojar (2021), *Sequence
# Length is a Domain: Length-based Overfitting in Transformer Models*, EMNLP.
