# %% [markdown]
# # 04a · seq2seq (시퀀스 투 시퀀스)
#
# **The question.** A sentence goes in, and another one comes out: in another language, of another length, in another order.
# 나는 차를 마셔 becomes *I drink tea*. The networks of lessons 02 and 03 give one answer at each step, or one at the end. How can
# they write a sentence?
#
# **What you will build**: two contexts, a step of the decoder, the likelihood of a translation, greedy decoding, BLEU.
# **What you will measure**: where a context looks, how good the translations are, what happens to long sentences, and to
# sentences that people wrote. Part b asks what training and search can do about it.
#
# | symbol | meaning | in other texts |
# |---|---|---|
# | B | batch: how many sentences at once | |
# | S | length of the source, the sentence that is read | L, T |
# | T | length of the target, the sentence that is written | L, T′ |
# | V | size of the vocabulary | |
# | E | size of a word's vector | N |
# | H | size of the state | M |
#
# About 100 minutes, of which the exercises take 55. Everything runs on a CPU, without a network connection.

# %% key="imports"
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from course_lib import decoding, explorers, metrics, plotting
from course_lib.batches import pad
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored, translation
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.corpus import short_pairs
from course_lib.experiments.models import recurrent_model
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS, UNK

torch.set_num_threads(1)  # with tensors as small as these a second thread makes it slower

# %% [markdown]
# ## 1 · One network reads, another writes
#
# The pairs are those of the course's corpus: Korean sentences, cut into morphemes, and their English translations. The
# sentence that is read is the **source** (원문), the one that is written is the **target** (번역문). `corpus.source` and
# `corpus.target` are the two vocabularies: `encode` makes ids of tokens, `decode` tokens of ids.

# %% key="pairs" tags=["nbval-check-output"]
corpus = bundled_corpus()
for pair in corpus.pairs["train"][:4]:
    print(f"{pair.source_text}\n  S = {len(pair.source):2}  {' '.join(pair.source)}")
    print(f"  T = {len(pair.target) + 1:2}  {' '.join(pair.target)} <eos>\n")
print(f"{len(corpus.source)} morphemes and {len(corpus.target)} English words, specials included")

# %% [markdown]
# Both lengths vary from pair to pair (variable length, 가변 길이), and the order differs. The morphemes of the source and the words of
# the target do not form pairs. So divide the work between two recurrent networks (Sutskever, Vinyals and Le 2014; Cho and others 2014).
#
# - The **encoder** (인코더) reads the source $X = x_1 \dots x_S$ and makes one vector of it: the **context vector** (문맥 벡터, also
#   컨텍스트 벡터) $\mathbf{c}$.
# - The **decoder** (디코더) starts from $\mathbf{c}$. It is a language model, as in lesson 02: it predicts each word of the target
#   $Y = y_1 \dots y_T$ from the words before it.
#
# Such a pair of networks is called **seq2seq**, sequence to sequence.
#
# ![](picture:encoder_decoder)
#
# In formulas, with $j$ for a place in the source and $t$ for one in the target:
#
# $$\mathbf{h}_j = f(x_j, \mathbf{h}_{j-1}) \qquad \mathbf{c} = q(\mathbf{h}_1, \dots, \mathbf{h}_S) \qquad
# \mathbf{s}_t = g(y_{t-1}, \mathbf{s}_{t-1}) \qquad \mathbf{s}_0 = \mathbf{c}$$
#
# $f$ and $g$ are recurrent cells with their embeddings, $\mathbf{h}_j$ the encoder's states, $\mathbf{s}_t$ the decoder's. From
# $\mathbf{s}_t$ a linear layer and a softmax make the probabilities of $y_t$.
#
# How likely is a whole sentence? If *i* has the probability 0.5, *drink* after it 0.8, *tea* after both 0.5, and the end after all
# three 0.9, then the sentence has the product, 0.5 · 0.8 · 0.5 · 0.9 = 0.18:
#
# $$p(Y \mid X) = \prod_{t=1}^{T} p(y_t \mid y_1 \dots y_{t-1}, \mathbf{c})$$
#
# The first word is predicted from `<sos>`, which is $y_0$. The last "word", $y_T$, is `<eos>`: without it the model could not say
# that the sentence is finished.
#
# **The same model does other work.** Summaries (문서 요약): it reads a long text and writes a short one. Speech recognition (음성
# 인식): it reads sound. Captions (이미지 캡션 생성): a network made for images reads an image, and the decoder writes what is to be
# seen (Vinyals and others 2015).
#
# <details><summary>Machine translation (기계 번역) before and after, in six lines</summary>
#
# - From 1954: people write dictionaries and rules.
# - From 1990: statistics. A program counts in translated texts which word, later which phrase, stands for which (Brown and others).
# - 1997: the first recurrent networks that translate, in very small worlds (Forcada and Ñeco; Castaño and Casacuberta).
# - 2013: a network makes a vector of a sentence, and a recurrent network writes from it (Kalchbrenner and Blunsom).
# - 2014: this lesson. Cho and others rate phrases with it for a statistical system; Sutskever and others translate with it alone.
# - 2015 and 2017: lessons 05 and 06. From 2016 on, large translation services use neural networks (Wu and others 2016).
# </details>
#
# ### Exercise 1 · Two contexts · difficulty 2 of 5 · 6 minutes
#
# Which function is $q$? Sutskever and others take the **last state** of the encoder. Any **function of all its states** is possible,
# too, if it gives one vector for every length: for example their mean. Of the states [1], [3] the last is [3], and the mean [2].
#
# Write `contexts(outputs, mask)`: from the encoder's outputs (B, S, H) and the mask (B, S), True at real tokens, the pair `last,
# mean`, each (B, H): the output at the last real token of each sentence, and the mean of its outputs over its real tokens.
# Padding stands behind the words, and must have no influence.


# %% key="contexts" exercise="04.contexts"
def contexts(outputs, mask):
    # Your code here: count the real tokens; pick the last; sum the real ones and divide.
    raise NotImplementedError


# %% key="check_contexts" tags=["exercise-check"]
check("04.contexts", contexts)

# %% [markdown]
# **The same in `torch.nn`.** The library's `Encoder` is an embedding, a recurrent layer and a mask. `nn.LSTM` on packed sequences
# (lesson 03), with the same weights, ends in the same state.

# %% key="torch_encoder" tags=["nbval-check-output"]


def agree(ours, others, atol=1e-6):
    return all(torch.allclose(a, b, atol=atol) for a, b in zip(ours, others, strict=True))


torch.manual_seed(0)
small = recurrent_model("LSTM", E=8, H=16)
encoder = small.encoder
source = pad([corpus.source.encode(pair.source) for pair in corpus.pairs["test"][:5]])  # (5, S)
encoded = encoder(source)
last, _ = contexts(encoded.outputs, encoded.mask)

layer = nn.LSTM(8, 16, batch_first=True)
weights = encoder.recurrent.state_dict().items()  # "cells.l0.weight_ih", ...
layer.load_state_dict({f"{name.split('.')[-1]}_l0": p for name, p in weights})
lengths = (source != PAD).sum(1)
vectors = encoder.embedding(source)
packed = pack_padded_sequence(vectors, lengths, batch_first=True, enforce_sorted=False)
_, (h, _) = layer(packed)
print("last state equal to nn.LSTM, packed:", agree([last], [h[0]]))

# %% [markdown]
# The decoder's first state is the context. The state of an LSTM is a pair, h and the cell state; so there the context is a pair,
# too: the last two of the encoder. (In code such a pair is `(h, c)`. In the formulas of this lesson $\mathbf{c}$ is the context.)
#
# ### Exercise 2 · One step of the decoder · difficulty 2 of 5 · 6 minutes
#
# Write `decoder_step(tokens, state, embedding, cell, output)`: from the words before, ids (B,), and the state of the step before to
# the logits of the next word, (B, V), and the new state.
#
# - `embedding` makes vectors (B, E) of ids, `cell(x, state)` is a cell that returns its new state, `output` is a linear layer from h
#   to V numbers.
# - The state of an LSTM is the tuple `(h, c)`, that of a GRU is h alone. Your step should serve both: `isinstance(state, tuple)`
#   tells them apart.


# %% key="decoder_step" exercise="04.decoder_step"
def decoder_step(tokens, state, embedding, cell, output):
    # Your code here: look up, step, and the logits from the new h; return `logits, state`.
    raise NotImplementedError


# %% key="check_decoder_step" tags=["exercise-check"]
check("04.decoder_step", decoder_step)

# %% [markdown]
# **The same in `torch.nn`.** In training the true words are known, so no step has to wait for the word of another one: the whole
# target goes through `nn.LSTM` in one call, and then through the linear layer. Your function, step by step, gives the same.

# %% key="torch_decoder" tags=["nbval-check-output"]
decoder = small.decoder
target = pad(
    [corpus.target.encode(pair.target, sos=True, eos=True) for pair in corpus.pairs["test"][:5]]
)
state, steps = encoded.state, []
for tokens in target[:, :-1].T:  # (B,) for each step
    logits, state = decoder_step(tokens, state, decoder.embedding, decoder.cell, decoder.output)
    steps.append(logits)
by_steps = torch.stack(steps, dim=1)  # (B, T, V)

layer.load_state_dict({f"{name}_l0": p for name, p in decoder.cell.state_dict().items()})
first = [s[None] for s in encoded.state]  # (1, B, H): torch wants an axis for the layers
outputs, _ = layer(decoder.embedding(target[:, :-1]), tuple(first))
print("equal to nn.LSTM and nn.Linear:", agree([by_steps], [decoder.output(outputs)], atol=1e-5))

# %% [markdown]
# ## 2 · How likely is a translation?
#
# At step $t$ the decoder is told $y_{t-1}$ and has to say $y_t$. So the target is used twice, shifted by one: what is told is
# `target[:, :-1]`, what is to be said is `target[:, 1:]`.
#
# | told | `<sos>` | i | drink | tea | . |
# |---|---|---|---|---|---|
# | to be said | i | drink | tea | . | `<eos>` |
#
# A product of many numbers below 1 soon becomes too small for a computer. The logarithm makes a sum of it, and a mask takes the
# padding out. The logarithm is the natural one; its unit is called **nat**.
#
# $$\log p(Y \mid X) = \sum_{t \text{ real}} \log p(y_t \mid y_1 \dots y_{t-1}, \mathbf{c})$$
#
# ### Exercise 3 · The likelihood of a batch of translations · difficulty 3 of 5 · 10 minutes
#
# Write `log_likelihood(logits, target)`: for the logits of all steps (B, T, V) and the target (B, T + 1), that is `<sos>`, the
# words, `<eos>`, padding, the number $\log p(Y \mid X)$ of each sentence, (B,).
#
# - `logits[:, t]` are about the word after `target[:, t]`.
# - `<eos>` counts, padding (`PAD`) does not.
# - It must stay finite for large logits: `logits.log_softmax(-1)` is the logarithm of the softmax, (B, T, V), and does.
# - To pick each word's own number: `log_p.gather(-1, words[:, :, None])` is (B, T, 1), and `[:, :, 0]` takes off the
#   last dimension. A loop over the steps, with the index of lesson 00, is right, too.


# %% key="log_likelihood" exercise="04.log_likelihood"
def log_likelihood(logits, target):
    # Your code here: shift, log-softmax, pick the words' own numbers, mask, sum over the steps.
    raise NotImplementedError


# %% key="check_log_likelihood" tags=["exercise-check"]
check("04.log_likelihood", log_likelihood)

# %% [markdown]
# **The objective** (목적 함수). Training looks for the parameters $\theta$ that make the translations of the corpus most likely:
# **maximum likelihood** (최대 가능도). Usually it is written as a mean over sentences, here the B of a batch:
#
# $$\max_\theta \; \frac{1}{B} \sum_{b=1}^{B} \log p_\theta\big(Y^{(b)} \mid X^{(b)}\big)$$
#
# In practice the mean is over the words. Take two sentences, of 2 and of 8 words, with log p = -4 and -6. The mean per sentence is
# -10 / 2 = -5, the mean per word -10 / 10 = -1. Both divide the same sum, so for these sentences the same parameters are best. But
# the mean per word does not grow with the length, so a batch of long sentences counts no more than one of short ones. And exp of
# minus this mean is the perplexity.
#
# **The same in torch.** `F.cross_entropy` with `ignore_index` gives the mean per real word, with the sign turned: the loss.

# %% key="torch_loss" tags=["nbval-check-output"]


def loss_of(model, batch):
    """The loss for training, with your likelihood: the mean of -log p over the real words."""
    source, target = batch
    logits = model(source, target[:, :-1])  # (B, T, V), every step told the true word before it
    return -log_likelihood(logits, target).sum() / (target[:, 1:] != PAD).sum()


ours = loss_of(small, (source, target))
theirs = F.cross_entropy(by_steps.flatten(0, 1), target[:, 1:].flatten(), ignore_index=PAD)
print("equal to F.cross_entropy:", torch.allclose(ours, theirs, atol=1e-5))
print(f"nats per word {ours:.1f}, per sentence {-log_likelihood(by_steps, target).mean():.0f}")
print(f"a model that knows nothing: about log V = {math.log(len(corpus.target)):.1f} per word")

# %% [markdown]
# ## 3 · Training
#
# In training every step is told the true word before it, and not what the model would have said. This is called **teacher
# forcing** (교사 강요; Williams and Zipser 1989). All inputs are known beforehand, and a wrong word early in the sentence does not
# spoil what can be learned from the rest. Part b, section 8, measures what it brings.
#
# Here is a model with your loss, trained for about a minute: an LSTM with H = 192, sentences of up to 10 morphemes, the source
# read **from its end to its beginning** (part b, section 7, measures what that is worth). An *update* is one step of the optimizer.

# %% key="train"
SHORT = short_pairs("train")
torch.manual_seed(0)
model = recurrent_model("LSTM", E=128, H=192)
translator = corpus.translator(model, reverse_source=True)
losses = []


def watched(model, batch):
    loss = loss_of(model, batch)
    losses.append(loss.item())
    return loss


UPDATES = 1000
seconds = translation.train(translator, SHORT, 0, updates=UPDATES, lr=0.01, batch_size=32, loss=watched)
model.eval()
print(f"{len(SHORT):,} pairs, {UPDATES} updates, {seconds:.0f} s of processor time")

# %% [markdown]
# The loss, each point the mean of 20 updates:

# %% key="training_figure" folded=true
smooth = np.array(losses).reshape(-1, 20).mean(1)  # 20 updates at a time
ax = plotting.curve(
    20 * np.arange(1, len(smooth) + 1),
    smooth,
    title=f"On the sentences it learns from, the loss falls from {smooth[0]:.1f} to {smooth[-1]:.2f} "
    f"nats per word, a perplexity of {math.exp(smooth[-1]):.1f}",
    xlabel="updates",
    ylabel="loss, nats per word",
)
assert smooth[-1] < 1.2

# %% [markdown]
# **Where does a context look?** Replace one morpheme of a sentence by `<unk>`, and measure how far the last state and
# the mean move, as a share of the vector's length. **Predict first**: which place moves the last state most, which the
# mean? Places are counted in the order of reading; the source is read from its end, so place 1 is the full stop or
# question mark. Before training, and after it?


# %% key="where_contexts_look"
def both_contexts(encoder, source):
    encoded = encoder(source)
    return torch.stack(contexts(encoded.outputs, encoded.mask))  # (2, B, H): last, mean


@torch.no_grad()
def moves(encoder, source):
    """How far last state and mean move if the morpheme at each place is replaced: (2, S)."""
    true, moved = both_contexts(encoder, source), []
    for j in range(source.shape[1]):
        changed = source.clone()
        changed[:, j] = UNK
        distance = (both_contexts(encoder, changed) - true).norm(dim=-1)  # (2, B)
        moved.append((distance / true.norm(dim=-1)).mean(1))
    return torch.stack(moved, dim=1)


torch.manual_seed(0)
untrained = recurrent_model("LSTM", E=128, H=192)  # the same model, before its training
of_ten = [pair.source for pair in short_pairs("test") if len(pair.source) == 10]
ten = pad([corpus.source.encode(tokens)[::-1] for tokens in of_ten])  # (B, 10), as they are read
looks = {"Before": moves(untrained.encoder, ten), "After": moves(model.encoder, ten)}

# %% [markdown]
# The figure shows both contexts, before training and after it.

# %% key="where_contexts_look_figure" folded=true
figure, axes = plotting.figure(1, 2, size=(9.6, 4.6), sharey=True)
for ax, (when, (of_last, of_mean)) in zip(axes, looks.items(), strict=True):
    plotting.curve(
        np.arange(1, 11),
        {"last state": of_last, "mean": of_mean},
        title=f"{when} training: what was read first moves the last state by {of_last[0]:.0%}, "
        f"what was read last by {of_last[-1]:.0%}",
        xlabel="place of the morpheme, in the order of reading",
        ylabel="how far the context moves" if when == "Before" else "",
        ax=ax,
    )
    ax.set_ylim(bottom=0)
for of_last, of_mean in looks.values():
    assert of_last.argmax() == 9, "the last state: most by what was read last"
    assert of_mean[0] > of_mean[-1], "the mean: more by what was read first"
assert looks["Before"][0, 0] < 0.05 < 0.15 < looks["After"][0, 0]
assert looks["Before"][1].min() > 0.3 * looks["Before"][1].max()

# %% [markdown]
# **Answer.** The last state moves most with what was read last, before training and after it. Before, the morphemes
# that were read first hardly reach it; after training they do. We believe that the gates have learned to keep them. The
# mean does the opposite: after training it moves most with what was read first. One reason: a morpheme changes all
# states that follow. Before training it weighs most places alike.
#
# ## 4 · Decoding
#
# A trained model gives probabilities. To make a sentence of them, without knowing the true one, is called **decoding** (디코딩). It
# is the model's **inference** (추론), its use after training. Now the model is autoregressive (lesson 02): each step is told the word
# that the model itself said before.
#
# ![](picture:free_running)
#
# **Greedy decoding** (그리디 디코딩, also 탐욕 탐색) always says the likeliest word.
#
# All ways of decoding use the model through one function, `step(tokens, state)`, which gives the logits (B, V) and the next state. So
# they work with every model of this course.
#
# ### Exercise 4 · Greedy decoding · difficulty 3 of 5 · 15 minutes
#
# Write `greedy(step, state, B, max_length)`: ids (B, T).
#
# - Every sentence begins with `SOS`, which is told to the first step and is no part of the result.
# - A row ends with `EOS`, which stays in it; behind it stands `PAD`.
# - Stop when all sentences have ended, or after `max_length` words. T is the number of steps that were made.
# - `torch.full((B,), SOS)` holds the same id B times. A tensor of B bools can remember which sentences have ended.


# %% key="greedy" exercise="04.greedy"
def greedy(step, state, B, max_length):
    # Your code here: step, the likeliest words, padding for who has ended, until all have.
    raise NotImplementedError


# %% key="check_greedy" tags=["exercise-check"]
check("04.greedy", greedy)

# %% [markdown]
# Now translate, with the encoder, your step and your greedy decoding:


# %% key="translate"
def step(tokens, state):
    return decoder_step(
        tokens, state, model.decoder.embedding, model.decoder.cell, model.decoder.output
    )


def read(sentences):
    """The decoder's first state for a list of lists of morphemes."""
    source = pad([corpus.source.encode(tokens)[::-1] for tokens in sentences])  # reversed
    return model.encoder(source).state


@torch.no_grad()
def translate(sentences, max_length=40):
    ids = greedy(step, read(sentences), len(sentences), max_length)
    return [corpus.target.decode(row) for row in ids]


test = short_pairs("test")
found = translate([pair.source for pair in test])

# %% [markdown]
# The first eight sentences. Where the translation is another one (✗), that of the corpus stands below it:

# %% key="translations" folded=true
for pair, words in list(zip(test, found, strict=True))[:8]:
    mark = "✓" if words == pair.target else "✗"
    print(f"{pair.source_text}  ({' '.join(pair.source)})")
    print(
        f"  {mark} {' '.join(words)}"
        + ("" if words == pair.target else f"\n    {' '.join(pair.target)}")
    )
exact = np.mean([words == pair.target for pair, words in zip(test, found, strict=True)])
print(f"\n{exact:.0%} of {len(test)} new sentences are translated exactly as in the corpus")
assert exact > 0.1

# %% [markdown]
# If your checks are right, your code is not the reason for so many ✗. The small loss was that of sentences it learns
# from; these are new. With 8,000 short pairs it has learned much by heart (overfitting, lesson 00). The models of
# section 6 learn from all pairs, and do better.
#
# Write a sentence of your own, in morphemes, with spaces or + between them. The model knows only the words of the
# corpus.

# %% key="own_sentence"
SENTENCE = "나 는 커피 를 마시 었 어 ."

own = explorers.morphemes(SENTENCE)
unknown = [token for token in own if corpus.source[token] == UNK]
print("translation:", " ".join(translate([own])[0]))
print("not in the vocabulary, read as <unk>:", ", ".join(unknown) if unknown else "none")

# %% [markdown]
# **A sentence alone, and the same sentence in a batch**, must give the same translation. In a batch the short ones are padded; if the
# encoder forgot the mask, this test would show it.

# %% key="batch_of_one"
some = [pair.source for pair in test[:40]]
together = list(read(some))  # h and c, (40, H) each
one_by_one = [torch.cat(parts) for parts in zip(*(read([tokens]) for tokens in some), strict=True)]
difference = max((a - b).abs().max().item() for a, b in zip(together, one_by_one, strict=True))
same = np.mean([translate([tokens]) == [words] for tokens, words in zip(some, found[:40], strict=True)])
print(f"largest difference of a state: {difference:.0e}; translations that are the same: {same:.0%}")
assert difference < 1e-4
assert same == 1

# %% [markdown]
# **Sampling** (샘플링) draws each word at random, by its probability, with a temperature, as in lesson 02. **Top-k** sampling
# (Top-k 샘플링) draws only among the k likeliest words (Fan, Lewis and Dauphin 2018). **Predict first**: the same sentence eight
# times, with temperature 0.3, 1 and 2. How many different translations?

# %% key="sampling"
pair = test[3]
print(pair.source_text, "–", " ".join(pair.target))
state = decoding.select(read([pair.source]), torch.zeros(8, dtype=torch.long))  # 8 times the same
different = {}
for name, options in {
    "temperature 0.3": {"temperature": 0.3},
    "temperature 1": {"temperature": 1.0},
    "temperature 2": {"temperature": 2.0},
    "temperature 2, top-k 3": {"temperature": 2.0, "top_k": 3},
}.items():
    generator = torch.Generator().manual_seed(1)
    drawn = decoding.sample(step, state, 20, generator=generator, **options)
    texts = [" ".join(corpus.target.decode(row)) for row in drawn.ids]
    different[name] = len(set(texts))
    print(f"\n{name}: {len(set(texts))} different of {len(texts)}")
    print("\n".join(f"  {text}" for text in texts[:3]))
assert different["temperature 0.3"] <= different["temperature 1"] <= different["temperature 2"]

# %% [markdown]
# **Answer.** The higher the temperature, the more of them. At 2 unlikely words come in, and there is hardly a sentence left; top-k
# keeps them out. A story should vary. A translation should be right, so likely words are the safer choice.
#
# ## 5 · BLEU: how good is a translation?
#
# "Exactly as in the corpus" is too strict: one other word, and nothing counts. **BLEU** (블루; Papineni and others 2002) counts
# which pieces of the translation, here called the **hypothesis** (가설), stand in the **reference** (참조 번역). The pieces are n-grams
# (lesson 02): single words, pairs, triples and fours. An example:
#
# | the cat sat on mat (reference: the cat sat on the mat) | n = 1 | n = 2 | n = 3 | n = 4 |
# |---|---|---|---|---|
# | n-grams of the hypothesis | 5 | 4 | 3 | 2 |
# | of these in the reference | 5 | 3 | 2 | 1 |
#
# The share is the **precision** (정밀도) $p_n$, here 1, 3/4, 2/3, 1/2. Each n-gram counts at most as often as it occurs in the
# reference; this is called **clipping** (another one than that of gradients).
#
# ### Exercise 5 · Clipped matches · difficulty 2 of 5 · 8 minutes
#
# Write `ngram_matches(hypothesis, reference, n)`, for two lists of tokens: the pair `matches, total`. The total is the number of n-grams
# of the hypothesis, 0 if it is shorter than n; the matches are those that stand in the reference, each counted at most as often as
# there. For "the the the the" and "the cat sat", n = 1: `(1, 4)`.

# %% key="ngram_matches" exercise="04.ngram_matches"
from collections import Counter


def ngram_matches(hypothesis, reference, n):
    # Your code here: count the n-grams on both sides; of each the smaller count.
    raise NotImplementedError


# %% key="check_ngram_matches" tags=["exercise-check"]
check("04.ngram_matches", ngram_matches)

# %% [markdown]
# BLEU takes the **geometric mean** (기하 평균) of the four precisions, the fourth root of their product: in the example
# $\sqrt[4]{1 \cdot 3/4 \cdot 2/3 \cdot 1/2} = \sqrt[4]{1/4} = 0.707$.
#
# Precision alone is easily raised: say little, and only what is certain. So there is a penalty for short translations (**brevity
# penalty**, 짧은 문장에 대한 페널티, BP). It compares the number of words of all hypotheses, in the paper $c$, with that of the references, $r$. In
# the example $c = 5$, $r = 6$, and the penalty is $e^{1 - 6/5} = 0.819$. So BLEU is 100 · 0.819 · 0.707 = 57.9.
#
# $$\text{BLEU} = 100 \cdot \mathrm{BP} \cdot \exp\Big(\frac{1}{4}\sum_{n=1}^{4} \ln p_n\Big) \qquad
# \mathrm{BP} = \begin{cases}1 & c \ge r\\ e^{\,1 - r/c} & c < r\end{cases}$$
#
# BLEU belongs to a whole **corpus**: matches and totals are first summed over all sentences, and then divided. It is not a mean of
# sentences.
#
# ### Exercise 6 · BLEU of a corpus · difficulty 3 of 5 · 10 minutes
#
# Write `bleu(hypotheses, references)`, for two lists of equal length, each of lists of tokens, with your `ngram_matches`: a number from 0 to 100.
# If the matches of some n are 0, return 0.0. (`sacrebleu`, the program with which papers report BLEU, smooths this case; without it
# both agree.)


# %% key="bleu" exercise="04.bleu"
def bleu(hypotheses, references):
    # Your code here: four precisions over all sentences, their geometric mean, the penalty.
    raise NotImplementedError


# %% key="check_bleu" tags=["exercise-check"]
check("04.bleu", bleu)

# %% [markdown]
# **The same in sacrebleu.** Your BLEU of the translations above, and that of the program. Below them stands its
# signature, which says how the number was computed (`nrefs`: how many references; `tok`: how it cuts tokens, here not
# at all; `smooth`: what it does where nothing matches). What is a good BLEU? That depends on the language, the texts
# and the tokens; so compare numbers only on the same test set, computed in the same way.

# %% key="sacrebleu"
references = [pair.target for pair in test]
mine = bleu(found, references)
theirs = metrics.sacrebleu(hypotheses=found, references=references)
print(
    f"yours {mine:.2f}, sacrebleu {theirs:.2f}; of the references themselves {bleu(references, references):.0f}"
)
print(metrics.bleu_signature(hypotheses=found, references=references))
assert abs(mine - theirs) < 1e-6
assert mine > 30

# %% [markdown]
# **Several references.** A sentence has more than one good translation, and BLEU with one reference punishes all the others. With
# several, an n-gram counts at most as often as in the reference that has it most often, and $r$ adds up those lengths that are
# closest to the hypotheses (Papineni and others 2002).

# %% key="several_references"
several = [pair.translations for pair in test]
more = metrics.sacrebleu(hypotheses=found, references=several)
print(
    f"{sum(map(len, several)) / len(test):.0f} references for each: {more:.2f}, with one {theirs:.2f}"
)
assert abs(more - metrics.multi_bleu(found, several)) < 1e-6
assert more >= theirs - 1e-6

# %% [markdown]
# ## 6 · The bottleneck
#
# The encoder makes the same number of numbers from every sentence, of 5 morphemes or of 33: h and the cell state, H each. **Predict
# first**: three models with H = 192 are trained on all 20,000 pairs, of up to 24 morphemes, and tested on sentences of 5 to 33. What
# happens to BLEU as the sentences get longer? The figure has four groups of lengths.

# %% key="bottleneck_figure" folded=true
run = stored("04.bottleneck")
print(run)
BINS = ("1-7", "8-15", "16-23", "long")
by_length = {name: run.array("bleu", name) for name in BINS}
fall = t_interval(by_length["1-7"] - by_length["long"])
within = t_interval(by_length["1-7"] - by_length["16-23"])  # of lengths that training showed
ax = plotting.bars(
    ["1–7", "8–15", "16–23", "25–33"],
    np.array(list(by_length.values())).T,
    title=f"One vector for every length: BLEU falls from {by_length['1-7'].mean():.0f} to "
    f"{by_length['long'].mean():.0f}, by {fall.mean:.0f} points [{fall.low:.0f}, {fall.high:.0f}]",
    xlabel="morphemes of the source (in training: at most 24)",
    ylabel="BLEU",
    limits=(0, 100),
    digits=0,
)
wholes = [name for name in run.figures[0]["bleu"] if name.startswith(("test", "human"))]
print("; ".join(f"{name}: {run.array('bleu', name).mean():.1f}" for name in wholes))
assert by_length["1-7"].mean() >= 70
assert fall.low >= 10
assert within.low > 0

# %% [markdown]
# **Answer.** It falls. Training never showed the longest sentences, and part of the fall may come from that. But 13 points of it lie
# between 1–7 and 16–23 morphemes, which training did show. (Of 24 morphemes `test` has six sentences, too few
# for a bar.)
#
# We believe in two causes. The first is the **bottleneck** (병목): all that the decoder learns of the source must pass through one
# vector. The second is distance: the gradient goes back from a word of the target to a word of the source through every step between
# them, and shrinks on the way (less than in lesson 02, but still). Long sentences are harder in other ways, too, so this run proves neither. The next lesson
# takes the bottleneck away, and measures the gradient.
#
# Here is a long sentence, and what the model of section 3 makes of it, which never saw more than 10 morphemes:

# %% key="long_sentence"
longer = corpus.pairs["long"][0]
print(longer.source_text)
print("corpus:", " ".join(longer.target))
print("model: ", " ".join(translate([longer.source])[0]))

# %% [markdown]
# **Outside the world of the grammar.** All of `train`, `test` and `long` was made by one grammar, of two thousand
# words. The part `human` holds 300 pairs that were written one by one: messages, shops, a diary. They are a little
# longer than those of `test`. **Predict first**: what BLEU do the three models of this section have there? Below the
# numbers stand a few of these pairs.

# %% key="human" folded=true
human = corpus.pairs["human"]
unknown = {  # for each sentence, of each morpheme, whether it is <unk>
    name: [[corpus.source[token] == UNK for token in pair.source] for pair in corpus.pairs[name]]
    for name in ("test", "human")
}
touched = {name: np.mean([any(of) for of in sentences]) for name, sentences in unknown.items()}
for name, sentences in unknown.items():
    print(
        f"{name}: BLEU {run.array('bleu', name).mean():.1f}; {np.mean([lost for of in sentences for lost in of]):.1%} of the morphemes "
        f"are <unk>, in {touched[name]:.0%} of the sentences at least one"
    )
familiar = [pair for pair, of in zip(human, unknown["human"], strict=True) if not any(of)]
print(f"\n{len(familiar)} sentences of human hold no unknown word. Three, and the model of section 3:")
for pair in sorted(familiar, key=lambda pair: len(pair.source))[:3]:
    words = translate([pair.source])[0]
    mark = "✓" if words == pair.target else "✗"
    print(f"{pair.source_text}\n    {' '.join(pair.target)}\n  {mark} {' '.join(words)}")
assert run.array("bleu", "human").max() < 5
assert run.array("bleu", "test").min() > 60
assert touched["human"] > 0.8

# %% [markdown]
# **Answer.** Next to nothing. In nine of ten sentences a word is unknown. But sentences whose words the model knows go
# wrong, too. We believe that people say things in ways that the grammar does not have. (Three sentences do not prove
# it.) BLEU 63 on `test` says that the model has learned *this grammar*; it says little about Korean. Every system
# should have such a test. Most results of part b show `human`, too.

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a tutorial on translation that very many people learned from (bentrevett/pytorch-seq2seq, issue 62 of its
# repository). A function translates the test set and hands two lists of sentences to a BLEU function. Here is the same, with
# your translations and your `bleu`. Nothing is raised, and the score looks plausible. What is wrong?


# %% key="bug"
def evaluate(translations, corpus_sentences):
    return bleu(corpus_sentences, translations)


wrong = evaluate(found, references)
print(f"BLEU {wrong:.2f}")
assert wrong != mine

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# Hypotheses and references are swapped. The matches are the same in both directions, but now they are divided by the n-grams of
# the reference. So precision has become **recall** (재현율): the share of the reference that was said. And the penalty falls on
# translations that are too long. Where both sides have about the same length, as here, the score changes only a little.
#
# The cure: give both by name. The library's `sacrebleu` accepts them in no other way. The test that finds it is a case computed by
# hand, such as the cat of section 5.
# </details>

# %% key="bug_cured"
cat = [["the", "cat", "sat", "on", "mat"]], [["the", "cat", "sat", "on", "the", "mat"]]
print(f"the cat: 57.9 by hand, right {bleu(*cat):.1f}, swapped {evaluate(*cat):.1f}")
print(f"the translations: right {mine:.2f}, swapped {wrong:.2f}")

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. The reference is *i drink tea*. What is the decoder told in training, and what is it to say?**
#
# <details><summary>Told: i drink tea. To be said: i drink tea</summary>No: then each step is told the word that it is to say, and it
# learns only to copy. The loss falls to 0, and the translations are nonsense.</details>
# <details><summary>Told: &lt;sos&gt; i drink tea. To be said: i drink tea &lt;eos&gt;</summary>Yes: shifted by one. In code
# <code>target[:, :-1]</code> and <code>target[:, 1:]</code>.</details>
# <details><summary>Told: &lt;sos&gt; i drink tea &lt;eos&gt;. To be said: the same</summary>No: the step that is told &lt;eos&gt; has nothing
# left to say, and the first one would have to say &lt;sos&gt;.</details>

# %% [markdown]
# **2. The mask is forgotten in the encoder, and padding is read like words. Who notices?**
#
# <details><summary>The loss: it becomes nan</summary>No: padding has a vector like any word, and everything stays finite.</details>
# <details><summary>The shapes</summary>No: they are those of the longest sentence either way.</details>
# <details><summary>Nobody, until a sentence is translated alone</summary>Yes: alone it has no padding, in the batch it has, and its context
# is another one. It is the test of section 4.</details>

# %% [markdown]
# **3. Why not simply make H larger, against the bottleneck?**
#
# <details><summary>A larger vector holds no more than a small one</summary>No: more numbers can hold more.</details>
# <details><summary>It can help, and a longer sentence is too long again</summary>Yes: the size is fixed, the length has no limit. And the
# recurrent weights grow with the square of H, for short sentences, too.</details>
# <details><summary>Because H must equal E</summary>No: nothing asks for that.</details>

# %% [markdown]
# **4. A system says the first half of each reference, word for word, and then stops. (All have an even number of words, at least
# eight.) What is its BLEU?**
#
# <details><summary>100: all that it says is right</summary>No: all four precisions are 1, but precision is not all.</details>
# <details><summary>50: half of it is there</summary>No: BLEU does not ask what share of the reference was said.</details>
# <details><summary>37</summary>Yes: all precisions are 1, and the penalty is exp(1 − r/c) = exp(1 − 2) = 0.37.</details>
#
# ## Summary
#
# - An encoder makes a vector of a sentence, a decoder makes a sentence of a vector: $p(Y \mid X) = \prod_t p(y_t \mid
#   y_1 \dots y_{t-1}, \mathbf{c})$, trained by maximum likelihood, shifted by one, masked.
# - The last state moves most with what was read last; after training, with the rest, too.
# - Greedy decoding and sampling use one function, `step(tokens, state)`.
# - BLEU is the geometric mean of four clipped precisions, times a penalty for short translations, over a whole corpus.
# - A score holds for the world that the test set is from: 63 on `test`, 2 on sentences that people wrote.
#
# **Next**: part b reads the source backwards, looks at what the model says after its own mistakes, and searches for better
# translations than the greedy ones.
#
# **Further reading.** Sutskever, Vinyals, Le (2014), *Sequence to Sequence Learning with Neural Networks*, arXiv:1409.3215. Cho, van
# Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), *Learning Phrase Representations using RNN Encoder-Decoder for
# Statistical Machine Translation*, arXiv:1406.1078. Williams, Zipser (1989), *A Learning Algorithm for Continually Running Fully
# Recurrent Neural Networks*, Neural Computation 1. Papineni, Roukos, Ward, Zhu (2002), *BLEU: a Method for Automatic Evaluation of
# Machine Translation*, ACL. Post (2018), *A Call for Clarity in Reporting BLEU Scores*, arXiv:1804.08771. Fan, Lewis, Dauphin (2018),
# *Hierarchical Neural Story Generation*, arXiv:1805.04833. Vinyals, Toshev, Bengio, Erhan (2015), *Show and Tell: A Neural Image
# Caption Generator*, arXiv:1411.4555.
