# %% [markdown]
# # 04 · seq2seq (시퀀스 투 시퀀스)
#
# **The question.** A sentence goes in, and another one comes out: in another language, of another length, in another order.
# 나는 차를 마셔 becomes *I drink tea*. The networks of lessons 02 and 03 give one answer at each step, or one at the end. How can
# they write a sentence?
#
# **What you will build**: two contexts, a step of the decoder, the likelihood of a translation, greedy decoding, BLEU, teacher
# forcing with a ratio and a schedule, and a step of beam search.
# **What you will measure**: where a context looks, what happens to long sentences, what it is worth to read the source
# backwards, how far apart the two perplexities of one model are, what teacher forcing brings, and what a wider beam finds.
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
# About 150 minutes, of which the exercises take 82. Sections 1 to 6 make one sitting of about 90 minutes, sections 7 to 12 another.
# Everything runs on a CPU, without a network connection.

# %% key="imports"
import math

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence

from course_lib import decoding, explorers, metrics, plotting, scheduled_sampling, seq2seq
from course_lib.batches import pad, pair_batches
from course_lib.beam import beam_decode, beam_search
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored, translation
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.corpus import short_pairs
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.parts import PARTS
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS, UNK

torch.set_num_threads(1)  # with tensors as small as these a second thread makes it slower

# %% [markdown]
# ## 1 · One network reads, another writes
#
# The pairs are those of the course's corpus: Korean sentences, cut into morphemes, and their English translations. The sentence
# that is read is the **source** (원문), the one that is written is the **target** (번역문).

# %% key="pairs" tags=["nbval-check-output"]
corpus = bundled_corpus()
for pair in corpus.pairs["train"][:4]:
    print(f"{pair.source_text}\n  S = {len(pair.source):2}  {' '.join(pair.source)}")
    print(f"  T = {len(pair.target):2}  {' '.join(pair.target)}\n")
print(f"{len(corpus.source)} morphemes and {len(corpus.target)} English words, specials included")

# %% [markdown]
# Both lengths vary from pair to pair (variable length, 가변 길이), and the order differs. At no step of the source is a certain word
# of the target due. So divide the work between two recurrent networks (Sutskever, Vinyals and Le 2014; Cho and others 2014).
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
# Which function is $q$? Sutskever and others take the **last state** of the encoder. Any **function of all its states** will do as
# well, if it gives one vector for every length: for example their mean. Of the states [1], [3] the last is [3], and the mean [2].
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
# - It must stay finite for large logits.


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
# the mean per word does not grow with the length, so a batch of long sentences counts no more than one of short ones. And exp of it,
# with the sign turned, is the perplexity.
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
# spoil what can be learned from the rest. Section 8 measures what it brings.
#
# Here is a model with your loss, trained for about a minute: an LSTM with H = 192, sentences of up to 10 morphemes, the source
# read **from its end to its beginning** (section 7 measures what that is worth). An *update* is one step of the optimizer.

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
print(f"{len(SHORT):,} pairs, {UPDATES} updates, {seconds:.0f} s of the processor")

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
# **Where does a context look?** Replace one morpheme of a sentence by `<unk>`, and measure how far the last state and the mean move,
# as a share of the vector's length. **Predict first**: which place moves the last state most, which the mean? Before training, and
# after it?


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
figure, axes = plotting.figure(1, 2, size=(12, 4.2))
for ax, (when, (of_last, of_mean)) in zip(axes, looks.items(), strict=True):
    plotting.curve(
        np.arange(1, 11),
        {"last state": of_last, "mean": of_mean},
        title=f"{when} training: what was read first moves the last state by {of_last[0]:.0%}, "
        f"what was read last by {of_last[-1]:.0%}",
        xlabel="place of the morpheme, in the order of reading",
        ylabel="how far the context moves",
        ax=ax,
    )
    ax.set_ylim(bottom=0)
for of_last, of_mean in looks.values():
    assert of_last.argmax() == 9, "the last state: most by what was read last"
    assert of_mean[0] > of_mean[-1], "the mean: more by what was read first"
assert looks["Before"][0, 0] < 0.05 < 0.15 < looks["After"][0, 0]
assert looks["Before"][1].min() > 0.3 * looks["Before"][1].max()

# %% [markdown]
# **Answer.** The last state moves most with what was read last, before training and after it. Before, the first morphemes hardly
# reach it; training teaches the gates to keep them. The mean does the opposite: it moves most with what was read first, because a
# morpheme changes all states that follow. Before training it weighs most places alike.
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
# Write a sentence of your own, in morphemes, with spaces or + between them. The model knows only the words of the corpus.

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
# keeps them out. A story should vary. A translation should be right, so the likeliest sentence is the better choice.
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
# Write `bleu(hypotheses, references)`, for two lists of as many lists of tokens, with your `ngram_matches`: a number from 0 to 100.
# If the matches of some n are 0, return 0.0. (`sacrebleu`, the program with which papers report BLEU, smooths this case; without it
# both agree.)


# %% key="bleu" exercise="04.bleu"
def bleu(hypotheses, references):
    # Your code here: four precisions over all sentences, their geometric mean, the penalty.
    raise NotImplementedError


# %% key="check_bleu" tags=["exercise-check"]
check("04.bleu", bleu)

# %% [markdown]
# **The same in sacrebleu.** Your BLEU of the translations above, and that of the program. Below them stands its signature: how the
# figure was made. What is a good BLEU? That depends on the language, the texts and the tokens; so compare figures only on the
# same test set, made in the same way.

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
# between 1–7 and 16–23 morphemes, which training did show.
#
# We believe in two causes. The first is the **bottleneck** (병목): all that the decoder learns of the source must pass through one
# vector. The second is distance: the gradient goes back from a word of the target to a word of the source through every step between
# them, and shrinks on the way (lesson 02). Long sentences are harder in other ways, too, so this run proves neither. The next lesson
# takes the bottleneck away, and measures the gradient.
#
# Here is a long sentence, and what the small model above makes of it, which never saw more than 10 morphemes:

# %% key="long_sentence"
longer = corpus.pairs["long"][0]
print(longer.source_text)
print("corpus:", " ".join(longer.target))
print("model: ", " ".join(translate([longer.source])[0]))

# %% [markdown]
# **Outside the world of the grammar.** All of `train`, `test` and `long` was made by one grammar, of two thousand words. The part
# `human` holds 300 pairs that were written one by one: messages, shops, a diary. They are as long as those of `test`. **Predict
# first**: what BLEU do the three models of this section have there? Below the figures stand a few of these pairs.

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
print(f"\n{len(familiar)} sentences of human hold no unknown word. Three of them, and the small model:")
for pair in sorted(familiar, key=lambda pair: len(pair.source))[:3]:
    words = translate([pair.source])[0]
    mark = "✓" if words == pair.target else "✗"
    print(f"{pair.source_text}\n    {' '.join(pair.target)}\n  {mark} {' '.join(words)}")
assert run.array("bleu", "human").max() < 5
assert run.array("bleu", "test").min() > 60
assert touched["human"] > 0.8

# %% [markdown]
# **Answer.** Next to nothing. In nine of ten sentences a word is unknown. But sentences whose words the model knows go wrong, too,
# because people say things in ways that the grammar does not have. BLEU 63 on `test` says that the model has learned *this grammar*;
# it says little about Korean. Every system should have such a test. From here on each table of results shows `human`, too.
#
# ## 7 · The source reversed
#
# Sutskever, Vinyals and Le (2014) read the source backwards, and their BLEU rose from 25.9 to 30.6. Why? Count the steps from
# reading a word to saying its translation, for 나 는 차 를 마시 어 . and *i drink tea .*:
#
# | steps from ... to ... | 나 → i | 마시 → drink | 차 → tea | . → . | mean |
# |---|---|---|---|---|---|
# | source as it stands | 7 | 4 | 7 | 4 | 5.5 |
# | source reversed | 1 | 6 | 5 | 10 | 5.5 |
#
# The mean stays the same, but one link is now very short. The gradient of *i* reaches 나 in one step. They believe that training
# finds such links first, and the others after them. Their languages, English and French, have a similar order. Korean has its verb
# at the end. **Predict first**: does reversing help here? The figure compares the two, with six seeds.

# %% key="reversing_figure" folded=true
run = stored("04.reversing")
print(run)
orders = ("as it stands", "reversed")
gain = t_interval(run.array("reversed") - run.array("as it stands"))
ax = plotting.bars(
    orders,
    np.array([run.array(name) for name in orders]).T,
    title=f"After {run.settings['updates']} updates, reading the source backwards is worth "
    f"{gain.mean:.0f} points of BLEU [{gain.low:.0f}, {gain.high:.0f}]",
    ylabel="BLEU",
    limits=(0, 100),
    digits=0,
)
for name in orders:
    also = {split: run.array("all", name, split).mean() for split in ("test, two references", "human")}
    print(f"{name:>12}:", "; ".join(f"{split} {bleu:.1f}" for split, bleu in also.items()))
assert gain.low > 0
assert (run.array("reversed") > run.array("as it stands")).all()

# %% [markdown]
# **Answer.** It does, with each of the six seeds. We believe that it helps because the subject or the topic stands first in both
# languages; no run here tests that. And it is the gain of a short training. How much of it is left after a long one, this run does
# not say.
#
# ## 8 · Teacher-forced and free-running
#
# In training each step is told the truth. In use it is told what it said itself. After one wrong word it goes on from a place that
# training never showed: **exposure bias** (노출 편향). So there are two perplexities, and they must be kept apart:
#
# - **teacher-forced**: of each true word after the *true* words before it. It is exp of the loss;
# - **free-running** (자기회귀 방식, 자유 실행): of each true word after the model's *own* words before it.
#
# **Predict first**: which of the two is larger for the model of section 3, on new sentences, and by how much?

# %% key="two_perplexities"
for name, value in translator.perplexities(test).items():
    print(f"{name:>15}: {value:6.2f}")
batches = list(pair_batches(translator.encode(test), 100, shuffle=False))
with torch.no_grad():
    forced = metrics.perplexity(seq2seq.teacher_forced_nll(model, *batch) for batch in batches)
    free = metrics.perplexity(scheduled_sampling.free_running_nll(model, *batch) for batch in batches)
assert free > 4 * forced

# %% [markdown]
# **Answer.** The free-running one, many times as large. It is no likelihood of the sentence. After one word too many all true words
# stand at other places and cost much, even where the translation is good. So give a perplexity with the name of its kind, and
# compare it only with others of the same kind.
#
# Can training show the model its own mistakes? **Scheduled sampling** (스케줄드 샘플링; Bengio and others 2015) throws a coin
# for every word of every sentence. With probability $\epsilon$, the **teacher forcing ratio** (교사 강요 비율), the step is told the
# true word before it, else the model's own.
#
# ### Exercise 7 · What the next step is told · difficulty 2 of 5 · 5 minutes
#
# Write `next_inputs(truth, logits, ratio, coins)`: the ids (B,) that are told to the next step.
#
# - `truth` (B,): the true words; `logits` (B, V): what the step before gave, whose likeliest word is the model's own.
# - `coins` (B,): numbers drawn evenly from 0 (inclusive) to 1 (exclusive). Where a coin is below `ratio`, the truth is told. So a
#   ratio of 1 is teacher forcing, and a ratio of 0 is free running.


# %% key="next_inputs" exercise="04.next_inputs"
def next_inputs(truth, logits, ratio, coins):
    # Your code here: the model's own words; then one or the other, by each coin.
    raise NotImplementedError


# %% key="check_next_inputs" tags=["exercise-check"]
check("04.next_inputs", next_inputs)

# %% [markdown]
# With it both perplexities, and all between them, are one loop:


# %% key="scheduled_loop"
@torch.no_grad()
def perplexity_with(ratio):
    nll = []
    for source, target in batches:
        state, tokens = model.encoder(source).state, target[:, 0]
        for t in range(1, target.shape[1]):
            logits, state = step(tokens, state)
            real = target[:, t] != PAD
            nll.append(F.cross_entropy(logits[real], target[real, t], reduction="none"))
            tokens = next_inputs(target[:, t], logits, ratio, torch.rand(len(target)))
    return metrics.perplexity(nll)


torch.manual_seed(0)
ratios = (1.0, 0.75, 0.5, 0.25, 0.0)
values = [perplexity_with(ratio) for ratio in ratios]
print("  ".join(f"ratio {ratio:g}: {value:.2f}" for ratio, value in zip(ratios, values, strict=True)))
assert math.isclose(values[0], forced, rel_tol=1e-3)
assert math.isclose(values[-1], free, rel_tol=1e-3)

# %% [markdown]
# **What does teacher forcing bring?** The stored run trains two small models on sentences of up to 6 morphemes, 300 updates each, with
# five seeds. One is always told the truth (ratio 1), the other never (ratio 0). **Predict first**: which translates better? Which
# free-running perplexity is lower? Which training is faster? The table has the means.

# %% key="teacher_forcing_table" folded=true
run = stored("04.teacher_forcing")
print(run)
kinds = ("bleu", "teacher-forced", "free-running", "seconds")
told, never = ({kind: run.array(ratio, kind) for kind in kinds} for ratio in (1.0, 0.0))
print(f"\n{'mean over seeds':<26} always told  never told")
for kind in kinds:
    name = {"bleu": "BLEU", "seconds": "seconds of the processor"}.get(kind, f"{kind} perplexity")
    print(f"{name:<26} {told[kind].mean():11.1f} {never[kind].mean():11.1f}")
slower = t_interval(never["seconds"] / told["seconds"])
print(f"\nnever told takes {slower} times as long")
assert (told["bleu"] > never["bleu"]).all()
assert (never["teacher-forced"] > 2 * told["teacher-forced"]).all()
assert (never["free-running"] < told["free-running"]).all()
assert slower.low > 1
assert (abs(never["free-running"] / never["teacher-forced"] - 1) < 0.2).all()

# %% [markdown]
# **Answer.** With the truth it translates better, with every seed: on average 14 points of BLEU against 6 after as many updates. Never
# told, it has the lower free-running perplexity all the same, 21 against 92. So that figure does not measure quality. And never
# telling takes 1.5 times as long, since every step has to wait for the word of the step before.
#
# We believe that at first a model says nonsense, and that little can be learned from being told it. Later its own words are worth
# showing. So scheduled sampling begins with a ratio near 1, which falls with the number $i$ of the update, in one of three ways:
#
# - **linear** (선형): $\epsilon_i = \max(0, 1 - s\,i)$, with a slope $s$;
# - **exponential** (지수): $\epsilon_i = k^i$ with $k < 1$;
# - **inverse sigmoid** (역시그모이드): $\epsilon_i = \dfrac{k}{k + e^{\,i/k}}$ with $k \ge 1$.
#
# ### Exercise 8 · The inverse sigmoid schedule · difficulty 1 of 5 · 4 minutes
#
# Write `inverse_sigmoid(i, k)`, a number. It must not overflow: where $i/k$ is large, the answer is 0.


# %% key="inverse_sigmoid" exercise="04.inverse_sigmoid"
def inverse_sigmoid(i, k):
    # Your code here: the formula, with an exponent that stays below 709.
    raise NotImplementedError


# %% key="check_inverse_sigmoid" tags=["exercise-check"]
check("04.inverse_sigmoid", inverse_sigmoid)

# %% [markdown]
# The three schedules (스케줄), with the settings of the next run:

# %% key="schedules_figure" folded=true
run = stored("04.perplexity")
print(run)
U, settings = run.settings["updates"], run.settings["schedules"]
updates = np.arange(0, U + 1, 10)
k = settings["inverse sigmoid"]["k"]
waits = k * math.log(k / 9)  # until the ratio is 0.9
ax = plotting.curve(
    updates,
    {
        "linear": [scheduled_sampling.linear(i, **settings["linear"]) for i in updates],
        "exponential": [scheduled_sampling.exponential(i, **settings["exponential"]) for i in updates],
        "inverse sigmoid": [inverse_sigmoid(i, k) for i in updates],
    },
    title=f"The inverse sigmoid waits longest, and then falls fastest: it is above 0.9 for "
    f"{waits:.0f} updates (k = {k:g})",
    xlabel="updates",
    ylabel="ratio of teacher forcing",
)
assert abs(inverse_sigmoid(waits, k) - 0.9) < 1e-6
assert scheduled_sampling.linear(waits, **settings["linear"]) < 0.9
assert scheduled_sampling.exponential(waits, **settings["exponential"]) < 0.9

# %% [markdown]
# The stored run trains four models, 700 updates each: one with pure teacher forcing, three with the schedules above; and all
# that with three seeds. **Predict first**: which perplexity gets better, which gets worse, and what about BLEU? The figure shows the
# perplexities on the left, BLEU on the right.

# %% key="perplexity_figure" folded=true
names = list(run.figures[0])
kinds = ("teacher-forced", "free-running")
perplexity = {kind: {name: run.array(name, kind) for name in names} for kind in kinds}
bleus = {name: run.array(name, "bleu") for name in names}
pure, *scheduled = names
gain = {name: t_interval(bleus[name] - bleus[pure]) for name in scheduled}
for name in scheduled:
    print(f"{name}, against pure teacher forcing: BLEU {gain[name]}")
    for kind in kinds:
        factors = perplexity[kind][name] / perplexity[kind][pure]
        print(f"  {kind} perplexity, seed by seed, times {', '.join(f'{f:.2f}' for f in factors)}")


def means(kind):
    """The mean of pure teacher forcing, and the range of the schedules' means."""
    of = [perplexity[kind][name].mean() for name in names]
    return f"from {of[0]:.1f} to {min(of[1:]):.1f}–{max(of[1:]):.1f}"


figure, axes = plotting.figure(1, 2, size=(13, 4.6))
ax = plotting.bars(
    names,
    {kind: np.array(list(perplexity[kind].values())).T for kind in kinds},
    title=f"With each schedule the free-running perplexity falls, {means('free-running')}; "
    f"the teacher-forced one rises, {means('teacher-forced')}",
    ylabel="perplexity of the true words",
    ax=axes[0],
)
ax = plotting.bars(
    names,
    np.array(list(bleus.values())).T,
    title="BLEU: no difference can be shown after so short a training; the seeds differ by more",
    ylabel="BLEU",
    limits=(0, 100),
    digits=0,
    ax=axes[1],
)
for name in scheduled:
    assert (perplexity["teacher-forced"][name] > perplexity["teacher-forced"][pure]).all()
    assert (perplexity["free-running"][name] < 0.3 * perplexity["free-running"][pure]).all()
print("BLEU on human:", "; ".join(f"{name} {run.array(name, 'human').mean():.1f}" for name in names))
assert all(gain[name].low < 0 < gain[name].high for name in scheduled)

# %% [markdown]
# **Answer.** With every schedule and every seed the free-running perplexity falls, to between 0.07 and 0.19 of what it was, and the
# teacher-forced one rises, by 17 to 55 %. In BLEU no difference can be shown: with pure teacher forcing alone the three seeds differ
# by 14 points. So the gap between the two perplexities can be made far smaller without a better translation: it does not measure
# quality. (Bengio and others 2015 found gains in other tasks, captions among them.)
#
# **The same, step by step.** On the left each step is told the true words, on the right the model's own. The example is the first
# sentence of `test` in which one wrong word leads to others. The arrow marks the true word.


# %% key="decoding_picture" folded=true
def slip(pair, words):
    """The first step at which the translation differs from the corpus, or None."""
    both = zip([*pair.target, "<eos>"], [*words, "<eos>"], strict=False)
    return next((t for t, (a, b) in enumerate(both) if a != b), None)


def after_slip(pair, t):
    """The probability of the true word after step t, if the truth is told, and if not."""
    both = decoding_explorer.steps(pair.source, pair.target), decoding_explorer.steps(pair.source)
    return [steps.log_p[t + 1, corpus.target[pair.target[t + 1]]].exp().item() for steps in both]


decoding_explorer = explorers.Decoding(translator, test[:12])
slips = [(pair, words, slip(pair, words)) for pair, words in zip(test, found, strict=True)]
long_enough = [
    (pair, t) for pair, words, t in slips if t and 2 <= t < min(len(pair.target) - 2, len(words) - 1)
]
pair, at = next(
    (pair, t) for pair, t in long_enough if after_slip(pair, t)[0] > 0.5 > 10 * after_slip(pair, t)[1]
)
decoding_explorer = explorers.Decoding(translator, [pair, *test[:12]], step=at + 1)
if_told, if_not = after_slip(pair, at)
axes = decoding_explorer.picture(
    step=[at + 1, at + 2],
    title=f"One wrong word, at step {at + 1}. After it the true word “{pair.target[at + 1]}” has "
    f"p = {if_told:.2f} if the truth is told, {if_not:.2f} if not",
)

# %% [markdown]
# **Predict first**, then step through: how sure is the model at the first word of a sentence, in the middle, at the end? Type a
# sentence in morphemes; leave the truth empty, or type it, too.

# %% key="decoding_explorer"
decoding_explorer.widget()

# %% [markdown]
# For all new sentences, the probability of the word that greedy decoding says:

# %% key="how_sure" folded=true
sure = []


def watched_step(tokens, state):
    logits, state = step(tokens, state)
    sure.append(logits.softmax(-1).amax(-1))  # (B,)
    return logits, state


with torch.no_grad():
    ids = greedy(watched_step, read([pair.source for pair in test]), len(test), 40)
sure = torch.stack(sure, dim=1)  # (B, T)
means = [sure[ids[:, t] != PAD, t].mean().item() for t in range(6)]
at_end = sure[ids == EOS].mean().item()
print(
    "  ".join(f"word {t}: {mean:.2f}" for t, mean in enumerate(means, start=1)), f" <eos>: {at_end:.3f}"
)
assert at_end > means[0] > min(means[2:])

# %% [markdown]
# **Answer.** It is quite sure at the first word, less and less towards the middle, and almost certain at `<eos>`: after the full stop
# nothing else can come.
#
# ## 9 · Beam search
#
# The likeliest next word need not lead to the likeliest sentence. All sentences can't be tried: with V = 2,000 there are four
# million of two words. **Beam search** (빔 서치, also 빔 탐색) keeps a few of the best beginnings, here called hypotheses. It extends
# each of them by every word, and again keeps the best of all. How many it keeps is the width of the **beam** (빔); a width of 1 is
# greedy decoding. In the picture the width is 2:
#
# ![](picture:beam_search)
#
# Every further word makes log p smaller, so short sentences have an advantage. **Length normalization** (길이 정규화) ranks by
#
# $$\text{score}(Y) = \frac{\log p(Y \mid X)}{|Y|^{\alpha}}$$
#
# where $|Y|$ counts the words, `<eos>` included. With $\alpha = 0$ it is log p itself, with $\alpha = 1$ the mean per word. (Wu and others
# 2016 have a variant of it.)
#
# ### Exercise 9 · One step of beam search · difficulty 4 of 5 · 18 minutes
#
# Write `beam_step(hypotheses, next_log_p, beam, alpha)`, for one sentence: from the hypotheses of one step to those of the next.
#
# - `hypotheses`: a list of tuples `(words, log_p)`: ids without `SOS`, and a number. The first list is `[([], 0.0)]`.
# - `next_log_p`: a row (V,) for each hypothesis, the log-probabilities of the next words after it.
# - A hypothesis whose last word is `EOS` has ended: it stays as it is and goes on competing.
# - Return the `beam` best candidates of all, the best first, as tuples of the same form (fewer if there are no more). Rank them by
#   the score above, with the candidate's own length; but hand on log p, not the score.


# %% key="beam_step" exercise="04.beam_step"
def beam_step(hypotheses, next_log_p, beam, alpha):
    # Your code here: all candidates in one list, sorted by their score, the best of them.
    raise NotImplementedError


# %% key="check_beam_step" tags=["exercise-check"]
check("04.beam_step", beam_step)

# %% [markdown]
# The search around it, for one sentence. It reads every hypothesis again at each step, which is simple and slow. The library's
# `beam_search` carries the states along, for all sentences and hypotheses together. The folded cell compares the two.


# %% key="beam_search"
@torch.no_grad()
def my_beam_search(tokens, beam, alpha, max_length=20):
    hypotheses = [([], 0.0)]
    while len(hypotheses[0][0]) < max_length and not all(w and w[-1] == EOS for w, _ in hypotheses):
        rows = []
        for words, _ in hypotheses:
            state = read([tokens])
            for word in [SOS, *words]:
                logits, state = step(torch.tensor([word]), state)
            rows.append(logits[0].log_softmax(-1))
        next_log_p = torch.stack(rows)
        next_log_p[:, [PAD, UNK, SOS]] = -math.inf  # no sentence holds them
        hypotheses = beam_step(hypotheses, next_log_p, beam, alpha)
    return hypotheses


# %% key="beam_search_compared" folded=true
equal = []
for each in test[:6]:
    mine = my_beam_search(each.source, beam=3, alpha=1.0)
    theirs = beam_search(step, read([each.source]), 20, beam=3, alpha=1.0)
    for (words, log_p), ids, other in zip(mine, theirs.ids[0], theirs.log_p[0], strict=True):
        equal.append(words == ids[ids != PAD].tolist() and math.isclose(log_p, other, abs_tol=1e-3))
print(f"{len(equal)} hypotheses, the same both ways: {np.mean(equal):.0%}")
assert np.mean(equal) > 0.9  # two that are equally good may change places
one = beam_decode(step, read([p.source for p in test]), 40, beam=1)
# A beam of 1 is greedy; but yours may say <unk>, which the library forbids: no sentence holds it.
pairs_of_words = zip([corpus.target.decode(row) for row in one.ids], found, strict=True)
assert all(ours == yours for ours, yours in pairs_of_words if "<unk>" not in yours)

# %% [markdown]
# A sentence that greedy decoding gets wrong and a beam of 3 gets right. In each column stand the three hypotheses that are kept, with
# their scores; below them, in grey, the best of those that are dropped.

# %% key="beam_picture" folded=true
beamed = beam_decode(step, read([p.source for p in test]), 40, beam=3)
others = [corpus.target.decode(row) for row in beamed.ids]
corrected = [
    pair
    for pair, greedily, other in zip(test, found, others, strict=True)
    if other == pair.target != greedily and len(other) <= 8
]
pair = corrected[0]
greedily = " ".join(translate([pair.source])[0])
beam_explorer = explorers.Beam(translator, " ".join(pair.source), beam=3, alpha=1.0)
axes = beam_explorer.picture(
    title=f"{pair.source_text} Greedy: “{greedily}”. A beam of 3 keeps another beginning and finds "
    f"“{' '.join(pair.target)}”",
)
print(f"of up to 8 words, {len(corrected)} sentences are right with a beam of 3 and wrong without")
assert len(corrected) > 0

# %% [markdown]
# **Predict first**: set alpha to 0, then to 1.5. Does the sentence that is found get longer? With a beam of 5, do the five differ much?

# %% key="beam_explorer"
beam_explorer.widget()

# %% [markdown]
# The same questions for 100 sentences:

# %% key="beam_answers" folded=true
hundred = read([pair.source for pair in test[:100]])
words_found = {}
for alpha in (0.0, 1.0, 1.5):
    five = beam_search(step, hundred, 40, beam=5, alpha=alpha)
    words_found[alpha] = (five.best.ids != PAD).sum(1).double().mean().item()
print("; ".join(f"alpha {alpha:g}: {words:.2f} words" for alpha, words in words_found.items()))
alike = (five.ids[:, :, 0] == five.ids[:, :1, 0]).all(1).double().mean().item()
print(f"all five hypotheses begin with the same word in {alike:.0%} of the sentences")
assert words_found[0.0] < words_found[1.0] < words_found[1.5]
assert alike > 0.7

# %% [markdown]
# **Answer.** Yes: the larger alpha is, the longer are the sentences, on average. And no: in most sentences all five begin with the same
# word, and differ only later.
#
# A wider beam finds likelier sentences. **Predict first**: are they better ones? And are they as long as the references? The stored run
# asks the three models of section 6, on all of `test`; the figure shows BLEU, log p and length.

# %% key="beam_figure" folded=true
run = stored("04.bottleneck")
print(run)
beams, alphas = run.settings["beams"], run.settings["alphas"]
found_by = {
    f"alpha {alpha:g}": {
        what: np.array([run.array("beam", alpha, beam, what) for beam in beams]).T
        for what in ("bleu", "log_p", "length")
    }
    for alpha in alphas
}
figure, axes = plotting.figure(1, 3, size=(13.5, 4.4))
plain, normal = found_by["alpha 0"], found_by["alpha 1"]
better = t_interval(normal["bleu"][:, -1] - normal["bleu"][:, 0])
shorter = plain["length"].mean(0)
titles = {
    "bleu": f"With alpha 1, a beam of {beams[-1]} is worth {better.mean:.1f} points of BLEU "
    f"[{better.low:.1f}, {better.high:.1f}]",
    "log_p": "With every width, likelier sentences are found",
    "length": f"With alpha 0 they get shorter: {shorter[0]:.3f} times as many words as the references, "
    f"then {shorter[-1]:.3f}",
}
for ax, (what, title) in zip(axes, titles.items(), strict=True):
    plotting.curve(
        np.array(beams),
        {name: values[what] for name, values in found_by.items()},
        title=title,
        xlabel="width of the beam",
        ylabel={
            "bleu": "BLEU",
            "log_p": "log p, nats per sentence",
            "length": "length / references' length",
        }[what],
        log="x",
        ax=ax,
    )
for values in found_by.values():
    assert (np.diff(values["log_p"], axis=1) > 0).all()
assert shorter[-1] < shorter[0] < 1.01
assert abs(normal["length"].mean(0) - 1).max() < 0.01
assert better.low > 1
of_normalizing = t_interval(normal["bleu"][:, -1] - plain["bleu"][:, -1])
assert of_normalizing.low < 0 < of_normalizing.high

# %% [markdown]
# **Answer.** They are better: two hypotheses instead of one are worth 2.6 points with alpha = 1, five are worth 4.0, and ten little
# more than five. With alpha = 0 the wider beams lose two words in a hundred, with alpha = 1 they don't; in BLEU the two can't be told
# apart here.
#
# But likelier need not mean better. Stahlberg and Byrne (2019) searched without a limit: for more than half of their sentences the
# likeliest translation of all was the empty one.
#
# ## 10 · Other parts
#
# Each part of encoder and decoder can be exchanged:
#
# - **the cell**: any cell of lesson 03;
# - **the context**: the mean of all states;
# - **the place where it is read**: at every step of the decoder, beside the word (Cho and others 2014), and not only in its first state;
# - **the direction**: the encoder can read in both directions.
#
# A context that is not the state of such a cell needs a **bridge** (브리지), a linear layer that makes the decoder's first state from it
# (after Bahdanau, Cho and Bengio 2015, appendix A.2.2):
#
# $$\mathbf{s}_0 = \tanh(\mathbf{W}\,\mathbf{c} + \mathbf{b})$$
#
# Here, too, $\mathbf{c}$ is the context. An LSTM needs a first cell state besides: a second layer makes it, without the tanh. In the
# list below the last three have a bridge. The last column says whether the gradient reaches every part.

# %% key="parts" tags=["nbval-check-output"] folded=true
for name, make in PARTS.items():
    torch.manual_seed(0)
    other = make(E=16, H=32)
    loss = seq2seq.translation_loss(other, (source, target))
    loss.backward()
    reached = all(p.grad is not None for p in other.parameters())
    size = sum(
        p.numel() for part in (other.encoder.recurrent, other.decoder.cell) for p in part.parameters()
    )
    print(f"{name:<28} recurrent parameters {size:6,}, every parameter has a gradient: {reached}")

# %% [markdown]
# **Predict first**: which of them is best after 400 updates, on short sentences? And what about the mean, in which all states have the
# same part? The figure has three seeds of each.

# %% key="parts_figure" folded=true
run = stored("04.parts")
print(run)
names = list(run.figures[0])
by_part = {name: run.array(name, "bleu") for name in names}
lead = {name: t_interval(by_part[name] - by_part["LSTM"]) for name in names if name != "LSTM"}
for name, interval in lead.items():
    print(
        f"{name:<28} against the LSTM: {interval.mean:+5.1f} [{interval.low:+.1f}, {interval.high:+.1f}]"
    )
ax = plotting.bars(
    names,
    np.array([by_part[name] for name in names]).T,
    title=f"After {run.settings['updates']} updates the GRU leads the LSTM by {lead['GRU'].mean:.0f} points, with every "
    "seed; the mean of all states is behind all others",
    ylabel=f"BLEU after {run.settings['updates']} updates",
    limits=(0, 100),
    horizontal=True,
    digits=0,
)
assert all((by_part["GRU"] > by_part[name]).all() for name in names if name != "GRU")
mean = by_part["LSTM, mean of all states"]
assert all(mean.max() < by_part[name].min() for name in names if name != "LSTM, mean of all states")
for name in names:
    others = {split: run.array(name, split).mean() for split in ("bleu, two references", "human")}
    print(
        f"{name:<28} two references {others['bleu, two references']:4.1f}, human {others['human']:.1f}"
    )
assert all(interval.low < 0 < interval.high for interval in lead.values())

# %% [markdown]
# **Answer.** The GRU learns fastest, with every seed, and with fewer parameters than the LSTM. The mean is behind all others, with
# every seed, too. We believe that a mean loses which word came when; but its bridge is new as well, and this run does not tell the two
# apart.
#
# No interval of a difference to the LSTM excludes 0, because the LSTM itself has 17, 22 and 7 with its three seeds. And 400 updates are
# few for two thousand words: where each of them ends after long training, this run does not say.
#
# ## 11 · What went wrong?
#
# A real bug, from a small seq2seq model that many people learned from: keon/seq2seq, issue 8 of its repository (August 2018),
# corrected in pull request 9. The evaluation looks harmless: evaluation mode, no gradients, and the mean loss on the test set. The
# model's forward function is `forward(self, src, trg, teacher_forcing_ratio=0.5)`. Here is the same with our model. Run it, and say
# what is wrong before you open the answer. (A hint: it was called twice.)


# %% key="bug"
def forward(model, source, target, teacher_forcing_ratio=0.5):
    return scheduled_sampling.scheduled_nll(model, source, target, ratio=teacher_forcing_ratio)


def evaluate(model, batches):
    model.eval()
    with torch.no_grad():
        return metrics.perplexity(forward(model, source, target) for source, target in batches)


torch.manual_seed(0)
first, second = evaluate(model, batches), evaluate(model, batches)
print(f"test perplexity: {first:.3f}, and once more: {second:.3f}")
assert first != second

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# `model.eval()` does not change the ratio. (It turns off **dropout**, 드롭아웃, which in training sets some numbers to 0 at random;
# lesson 06 builds it.) So the default, 0.5, is used: half of the steps are told the true word before them, on the *test* set.
# The figure looks far better than what the model does in use, where nobody knows the truth. And it is different every time, because
# coins are thrown. (With a default of 1, as in many other programs, nobody would notice.)
#
# The cure: give the ratio where you evaluate, and its name beside the figure: teacher-forced for 1, free-running for 0. And to judge
# translations, decode: then the target is not used.
# </details>

# %% key="bug_cured"
with torch.no_grad():
    for name, ratio in (("teacher-forced", 1.0), ("free-running", 0.0)):
        nll = [forward(model, *batch, teacher_forcing_ratio=ratio) for batch in batches]
        print(f"{name} perplexity: {metrics.perplexity(nll):.2f}")
assert forced < min(first, second) < max(first, second) < free

# %% [markdown]
# ## 12 · Quiz
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
# **2. A paper's model has perplexity 1.3, yours 6.5, and your translations are better. How can that be?**
#
# <details><summary>It can't</summary>No: it can, if the two are different figures.</details>
# <details><summary>Theirs is teacher-forced, yours free-running</summary>Yes: in section 8 one and the same model had two figures far
# apart. A perplexity without the name of its kind says nothing.</details>
# <details><summary>Perplexity has nothing to do with translation</summary>No: teacher-forced, on the same data, with the same
# vocabulary, lower is better, and BLEU usually follows.</details>

# %% [markdown]
# **3. Hypotheses and references are swapped in the call of a BLEU function, as once in a widely used tutorial (bentrevett/pytorch-seq2seq,
# issue 62). What happens?**
#
# <details><summary>An error</summary>No: both are lists of sentences.</details>
# <details><summary>Nothing, it is symmetric</summary>No: the matches are the same, but they are divided by the n-grams of the other
# side.</details>
# <details><summary>Precision becomes recall, and the penalty falls on long hypotheses</summary>Yes: the matches are now divided by the
# reference's n-grams (recall, 재현율). The score changes a little and looks plausible. So the library's <code>sacrebleu</code> wants
# both by name.</details>

# %% [markdown]
# **4. Without length normalization the beam is made wider, from 1 to 100. What do you expect?**
#
# <details><summary>Likelier and shorter sentences</summary>Yes: a wider search finds more of what the score favours, and log p favours few
# words. Up to a width of 5 our BLEU rose; with much wider beams Koehn and Knowles (2017) saw it fall.</details>
# <details><summary>Better translations, only more slowly</summary>No: the search gets better, but it searches for log p, and log p is not
# quality.</details>
# <details><summary>The same sentences</summary>No: only where greedy decoding has found the likeliest sentence already.</details>

# %% [markdown]
# **5. The mask is forgotten in the encoder, and padding is read like words. Who notices?**
#
# <details><summary>The loss: it becomes nan</summary>No: padding has a vector like any word, and everything stays finite.</details>
# <details><summary>The shapes</summary>No: they are those of the longest sentence either way.</details>
# <details><summary>Nobody, until a sentence is translated alone</summary>Yes: alone it has no padding, in the batch it has, and its context
# is another one. It is the test of section 4.</details>

# %% [markdown]
# **6. Why not simply make H larger, against the bottleneck?**
#
# <details><summary>A larger vector holds no more than a small one</summary>No: more numbers can hold more.</details>
# <details><summary>It can help, and a longer sentence is too long again</summary>Yes: the size is fixed, the length has no limit. And the
# recurrent weights grow with the square of H, for short sentences, too.</details>
# <details><summary>Because H must equal E</summary>No: nothing asks for that.</details>
#
# ## Summary
#
# - An encoder makes a vector of a sentence, a decoder makes a sentence of a vector: $p(Y \mid X) = \prod_t p(y_t \mid y_{<t},
#   \mathbf{c})$, trained by maximum likelihood, shifted by one, masked.
# - The last state is mostly about what was read last; training teaches the cell to keep the rest.
# - Teacher forcing tells every step the truth, and learns faster. What the model does in use is another situation, with another
#   perplexity: say which one it is.
# - Greedy decoding, sampling and beam search use one function, `step(tokens, state)`. A beam of 5 was worth 4 points of BLEU; length
#   normalization keeps it from favouring short sentences.
# - BLEU is the geometric mean of four clipped precisions, times a penalty for short translations, over a whole corpus.
# - Reading the source backwards was worth 6 points of BLEU after 600 updates.
# - A score holds for the world that the test set is from: 63 on `test`, 2 on sentences that people wrote.
#
# **What this lesson can't do.** From the shortest sentences to the longest BLEU falls by about 24 points. All that is known of the
# source must pass through one vector, and the gradient must go back through every step. Why one vector only? The encoder made one
# for every word, and all but the last were thrown away. To look back at them, at each step at those that matter now, is called
# **attention** (어텐션): lesson **05**.
#
# **Further reading.** Sutskever, Vinyals, Le (2014), *Sequence to Sequence Learning with Neural Networks*, arXiv:1409.3215. Cho, van
# Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), *Learning Phrase Representations using RNN Encoder-Decoder for
# Statistical Machine Translation*, arXiv:1406.1078. Bahdanau, Cho, Bengio (2015), *Neural Machine Translation by Jointly Learning to
# Align and Translate*, arXiv:1409.0473. Williams, Zipser (1989), *A Learning Algorithm for Continually Running Fully Recurrent Neural
# Networks*, Neural Computation 1. Bengio, Vinyals, Jaitly, Shazeer (2015), *Scheduled Sampling for Sequence Prediction with Recurrent
# Neural Networks*, arXiv:1506.03099. Papineni, Roukos, Ward, Zhu (2002), *BLEU: a Method for Automatic Evaluation of Machine
# Translation*, ACL. Post (2018), *A Call for Clarity in Reporting BLEU Scores*, arXiv:1804.08771. Wu and others (2016), *Google's
# Neural Machine Translation System*, arXiv:1609.08144. Koehn, Knowles (2017), *Six Challenges for Neural Machine Translation*,
# arXiv:1706.03872. Fan, Lewis, Dauphin (2018), *Hierarchical Neural Story Generation*, arXiv:1805.04833. Stahlberg, Byrne (2019), *On
# NMT Search Errors and Model Errors: Cat Got Your Tongue?*, EMNLP. Vinyals, Toshev, Bengio, Erhan (2015), *Show and Tell: A Neural
# Image Caption Generator*, arXiv:1411.4555.
