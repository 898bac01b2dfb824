# %% [markdown]
# # 02a · RNN: recurrent networks (순환 신경망)
#
# **The question.** The classifier of lesson 01 took the mean of the word vectors, and a mean does not know which word
# came first. How can a network read a sentence word after word, and remember what it has read? And can a network that
# has read many sentences write one?
#
# **What you will build**: a recurrent cell and its loop over time; the loss of a language model; the loop in which it
# writes sentences. **What you will measure**: how well the network predicts the next word, compared with counting; what
# it loses when the words are shuffled; how many of its own sentences are new. Part b asks how far back its memory
# reaches.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sequences at once |
# | T | steps: length of the longest sequence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding, the input of one step |
# | H | size of the hidden state |
#
# About 85 minutes, of which the exercises take 33. Everything runs on a CPU, without a network connection.

# %% key="imports"
import textwrap

import numpy as np
import torch
import torch.nn.functional as F

from course_lib import datasets, embeddings, fast, metrics, plotting, rnn, text, training
from course_lib.batches import padded_batches
from course_lib.decoding import sample
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import stored
from course_lib.experiments.ngrams import ngram_nll
from course_lib.language_model import LanguageModel, next_word_nll, unigram_nll
from course_lib.rnn import hidden
from course_lib.statistics import t_interval
from course_lib.text import EOS, PAD, SOS

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# ## 1 · Order matters
#
# *The dog saw the cat*, and *the cat saw the dog*: the same words, another meaning. The mean of their vectors is the
# same, so no layer that reads it can tell who saw whom.

# %% key="order" tags=["nbval-check-output"]
words = {word: torch.randn(4, generator=torch.Generator().manual_seed(i))
         for i, word in enumerate(["the", "dog", "saw", "cat"])}  # fmt: skip
one = torch.stack([words[w] for w in ["the", "dog", "saw", "the", "cat"]])  # (T, E)
other = torch.stack([words[w] for w in ["the", "cat", "saw", "the", "dog"]])
print("the mean is the same:", torch.allclose(one.mean(0), other.mean(0)))

# %% [markdown]
# ## 2 · A cell
#
# Read one word at a time, and keep a **hidden state** (은닉 상태) $\mathbf{h}_t$: H numbers, a summary of all that was
# read up to step $t$. A **cell** (셀) makes the new state from the new word $\mathbf{x}_t$ and the old state (Elman
# 1990). The picture shows one step, with the shapes of a batch on the arrows:
#
# ![](picture:rnn_cell)
#
# $$\mathbf{h}_t = \tanh(\mathbf{W}_{xh}\,\mathbf{x}_t + \mathbf{W}_{hh}\,\mathbf{h}_{t-1} + \mathbf{b})$$
#
# The first letter of a weight says what it reads, the second what it makes: $\mathbf{W}_{xh}$, (H, E), reads the input
# and makes a state; $\mathbf{W}_{hh}$, (H, H), reads the old state. The bias is (H,). The hyperbolic tangent (하이퍼볼릭
# 탄젠트), tanh, is a curve like the sigmoid, but from -1 to 1, with tanh(0) = 0.
#
# ### Exercise 1 · One step · difficulty 1 of 5 · 5 minutes
#
# Write `rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh)` for a batch: `x` (B, E) and `h` (B, H); the answer is the
# new state, (B, H).
#
# - The names are torch's: `weight_ih` is $\mathbf{W}_{xh}$ ("i" is the input), and $\mathbf{b}$ is the sum of two biases.
# - In the formula $\mathbf{x}_t$ is a column. In a batch the sequences are rows, and the product is
#   $\mathbf{X}\mathbf{W}^\top$, as in lesson 00: `F.linear(x, weight, bias)` is `x @ weight.T + bias`.
# - For tanh take `torch.tanh`, whose value and gradient hold for large sums, too.


# %% key="rnn_step" exercise="02.rnn_step"
def rnn_step(x, h, weight_ih, weight_hh, bias_ih, bias_hh):
    # Your code here: the part of the input plus the part of the state, through tanh, (B, H).
    raise NotImplementedError


# %% key="check_rnn_step" tags=["exercise-check"]
check("02.rnn_step", rnn_step)

# %% [markdown]
# Weights and step together make a module. Like `torch.nn.RNNCell` it starts with random numbers between $-1/\sqrt{H}$
# and $1/\sqrt{H}$, all equally likely. Remember this range: in part b it tells how fast a
# gradient vanishes.


# %% key="cell"
class RNNCell(torch.nn.Module):
    def __init__(self, E, H, generator=None):
        super().__init__()

        def start(*shape):
            values = torch.empty(shape).uniform_(-(H**-0.5), H**-0.5, generator=generator)
            return torch.nn.Parameter(values)

        self.weight_ih, self.weight_hh = start(H, E), start(H, H)
        self.bias_ih, self.bias_hh = start(H), start(H)

    def forward(self, x, h=None):
        if h is None:  # before the first step nothing is remembered
            h = torch.zeros(len(x), len(self.bias_hh))
        return rnn_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


# %% [markdown]
# **The same in `torch.nn`.** The names are those of `torch.nn.RNNCell`, so its weights can be loaded into ours.

# %% key="torch_cell" tags=["nbval-check-output"]
theirs = torch.nn.RNNCell(3, 5)
mine = RNNCell(3, 5)
mine.load_state_dict(theirs.state_dict())
x, h = torch.randn(2, 3), torch.randn(2, 5)
print("step equal:", torch.allclose(mine(x, h), theirs(x, h), atol=1e-6))

# %% [markdown]
# ## 3 · The layer: one cell, again and again
#
# A **recurrent layer** (순환 층) runs the cell over all steps. Drawn as T copies of the cell in a row, it is said to be
# **unrolled** (펼친):
#
# ![](picture:rnn_unrolled)
#
# This is a deep network, T layers deep, with one difference: all layers share the same weights.
#
# ### Exercise 2 · Unroll · difficulty 2 of 5 · 8 minutes
#
# Write `unroll(cell, x, state=None)`: for `x` (B, T, E) and the state before the first step, (B, H), return two things:
#
# - the outputs, (B, T, H): `outputs[:, t]` is the state after step t;
# - the last state, (B, H).
#
# `cell(x_t, state)` takes one step of all sequences, `x_t` (B, E), and returns the new state; None is for zeros.
# `torch.stack(outputs, dim=1)` makes one tensor (B, T, H) of a list of T tensors (B, H). (The solution collects
# `hidden(state)`. Here this is the state itself; of a pair, as in lesson 03, it is the first.)


# %% key="unroll" exercise="02.unroll"
def unroll(cell, x, state=None):
    # Your code here: hand the state from step to step, and collect it.
    raise NotImplementedError


# %% key="check_unroll" tags=["exercise-check"]
check("02.unroll", unroll)

# %% [markdown]
# **The same in `torch.nn`.** `torch.nn.RNN` is this loop in one call. (It may have several layers. So it calls its weights
# `weight_ih_l0`, and its last state is (layers, B, H).)

# %% key="torch_rnn" tags=["nbval-check-output"]
layer = torch.nn.RNN(3, 5, batch_first=True)
mine = RNNCell(3, 5)
mine.load_state_dict({name.removesuffix("_l0"): value for name, value in layer.state_dict().items()})
x, first = torch.randn(2, 7, 3), torch.randn(2, 5)

outputs, last = unroll(mine, x, first)
their_outputs, their_last = layer(x, first[None])
outputs.square().sum().backward()  # any loss will do, to compare the gradients
their_outputs.square().sum().backward()
print("outputs equal:   ", torch.allclose(outputs, their_outputs, atol=1e-6))
print("last state equal:", torch.allclose(last, their_last[0], atol=1e-6))
print("gradients equal: ", torch.allclose(mine.weight_hh.grad, layer.weight_hh_l0.grad, atol=1e-5))

# %% [markdown]
# The two sentences of section 1 now end in different states. The number of weights does not depend on their length.

# %% key="order_again" tags=["nbval-check-output"]
cell = RNNCell(4, 8, torch.Generator().manual_seed(0))
_, after_one = unroll(cell, one[None], torch.zeros(1, 8))
_, after_other = unroll(cell, other[None], torch.zeros(1, 8))
print("the last state is the same:", torch.allclose(after_one, after_other, atol=1e-3))
print("weights and biases:", sum(p.numel() for p in cell.parameters()))

# %% [markdown]
# ## 4 · A language model (언어 모델)
#
# Which word comes next? A **language model** gives a probability to each word of the vocabulary. Ours has three parts: the
# embeddings of lesson 01, the recurrent layer, and a linear layer that makes V logits of the state after each word. The
# softmax makes probabilities of them.
#
# Such a model also knows the probability of a whole sentence: *i like tea* has $p(\text{i}) \cdot p(\text{like} \mid
# \text{i}) \cdot p(\text{tea} \mid \text{i like})$, where the bar means "given the words". In general (the chain rule of
# probability, 확률의 연쇄 법칙):
#
# $$p(w_1 \dots w_T) = \prod_{t=1}^{T} p(w_t \mid w_1 \dots w_{t-1})$$
#
# Nobody has to label anything: the target of each step is the next word of the text itself.
#
# ### Exercise 3 · The loss of a language model · difficulty 3 of 5 · 10 minutes
#
# Write `next_word_loss(model, ids)`: one number, the mean cross-entropy of all words that are to be predicted.
#
# - `ids` (B, T + 1): rows of `<sos>` ... `<eos>`, filled up at the end with `<pad>`, which is id 0.
# - `logits, state = model(inputs)`, called once, with all T steps: for inputs (B, T) logits (B, T, V); `logits[:, t]`
#   are about the word after `inputs[:, t]`.
# - Each word but the first is a target, `<eos>` too; `<pad>` never is. Every real target counts the same.
# - `F.cross_entropy` takes logits (n, V) and targets (n,). With a mask `real`, (B, T), `logits[real]` is (n, V) and
#   `targets[real]` is (n,): only the places where it is True.
#
# For the row `<sos> i like tea <eos> <pad>` the inputs are `<sos> i like tea <eos>`, and the targets, one to the left,
# `i like tea <eos> <pad>`. Four of them count.


# %% key="next_word_loss" exercise="02.next_word_loss"
def next_word_loss(model, ids):
    # Your code here: shift by one, leave out the padding, take the mean.
    raise NotImplementedError


# %% key="check_next_word_loss" tags=["exercise-check"]
check("02.next_word_loss", next_word_loss)

# %% [markdown]
# The padding stands at the end, so the state of a real word has not read it. With your `unroll` the *last* state
# of a padded row would have (lesson 03 comes back to this); the library's `LanguageModel` skips padding.
#
# **The data**: the English side of the corpus, or with `LANGUAGE = "ko"` the Korean one. **Validation** (검증) sentences
# are kept out of training: on them we measure what the model makes of sentences that it has not seen.

# %% key="corpus"
LANGUAGE = "en"

corpus = datasets.load("ko-en")


def side(pair):
    """The tokens of the side that this lesson reads."""
    return pair.target if LANGUAGE == "en" else pair.source


sentences = [side(pair) for pair in corpus["train"]]
vocab = text.Vocab.build(sentences, min_freq=2)
V = len(vocab)
train_rows = [vocab.encode(sentence, sos=True, eos=True) for sentence in sentences]
validation_rows = [vocab.encode(side(pair), sos=True, eos=True) for pair in corpus["validation"]]
validation = padded_batches(validation_rows, 200)  # padded batches of rows of similar length
print(f"V = {V}; {len(train_rows):,} sentences to train on, {len(validation_rows):,} to validate")

# %% [markdown]
# **Perplexity** (퍼플렉시티) is $e$ to the power of the mean loss. With perplexity 10 a model is as unsure as if it had to
# choose between 10 equally likely words; guessing among all words has the perplexity V.
#
# Compare with models that only count. An **n-gram** (엔그램) is n words in a row; an n-gram model counts how often a word
# came after the n - 1 words before it:
#
# - **unigram** (유니그램), n = 1: how frequent is the word, whatever came before?
# - **bigram** (바이그램), n = 2: how frequent is it after the one word before it? Where that pair is rare, the unigram
#   helps out.
#
# **Predict first**: what perplexity does each reach?

# %% key="baselines"
counts = torch.bincount(torch.tensor([i for row in train_rows for i in row[1:]]), minlength=V)
unigram = metrics.perplexity(unigram_nll(counts, ids[:, 1:]) for ids in validation)
# strength: the opinion of the unigram counts as much as so many observations
bigram = metrics.perplexity([ngram_nll(2, train_rows, validation_rows, V, strength=10.0)])
print(f"guessing {V}, unigram {unigram:.1f}, bigram {bigram:.1f}")
assert bigram < 0.1 * unigram < 0.05 * V

# %% [markdown]
# The unigram model still chooses between about 230 words, the bigram model between 18.
#
# **Training.** The loss is yours. The cell and its loop are the library's, which compute the same but save time: all T
# steps go to torch at once. The folded cell compares them.

# %% key="fast_is_the_same" tags=["nbval-check-output"] folded=true
cell = rnn.RNNCell(3, 5)
x, first = torch.randn(2, 7, 3), torch.zeros(2, 5)
same = torch.allclose(unroll(cell, x, first)[0], fast.masked_unroll(cell, x, first)[0], atol=1e-6)
print("your loop and the fast one agree:", same)

# %% [markdown]
# `training.fit` does for each batch what lesson 00 did: the loss, its gradient, one step of the optimizer, here Adam.
# Three epochs are three times through all the sentences. It takes about a minute.

# %% key="train"
E, H = 64, 128
torch.manual_seed(0)
generator = torch.Generator().manual_seed(0)
cell = rnn.RNNCell(E, H, generator=generator)
model = LanguageModel(embeddings.Embedding(V, E), cell, unroll=fast.masked_unroll)


def validate(model):
    return {"perplexity": metrics.perplexity(next_word_nll(model, ids) for ids in validation)}


untrained = validate(model)["perplexity"]
history = training.fit(
    model,
    lambda: padded_batches(train_rows, 64, generator=generator),  # the batches of an epoch
    next_word_loss,
    torch.optim.Adam(model.parameters(), lr=3e-3),
    epochs=3,
    clip=1.0,  # part b, section 7, says what this is
    evaluate=validate,
)
by_epoch = ", ".join(f"{line['perplexity']:.1f}" for line in history)
print(f"perplexity {untrained:.0f} before training; after each epoch {by_epoch}")

# %% [markdown]
# Before training the model is about as unsure as guessing. The figure sets the trained one beside the counts; lower is
# better.

# %% key="perplexity_figure" folded=true
reached = history[-1]["perplexity"]
ax = plotting.bars(
    ["unigram", "bigram", "RNN"],
    [unigram, bigram, reached],
    title=f"The RNN hesitates between {reached:.1f} words, the bigram model between {bigram:.1f}, "
    f"the unigram model between {unigram:.0f}",
    ylabel="perplexity on validation sentences",
    digits=1,
)
assert 0.9 * V < untrained < 1.2 * V
assert reached < 0.1 * unigram
assert reached < 0.8 * bigram

# %% [markdown]
# Is this luck of one seed? And what do models reach that count longer pieces? A **stored run** is an experiment that takes
# longer than a lesson may; it was done before, and the lesson reads its results. This one has five seeds, six epochs, both
# languages, and n-gram models up to n = 5. (Their one free number was chosen on the validation sentences, in their favour.)
#
# Behind a mean stands, here and from now on, its 95 % confidence interval (신뢰 구간): [8.7, 9.1] says between which bounds
# the mean over very many seeds is expected. The folded cell prints the table.

# %% key="stored_perplexity" folded=true
run = stored("02.language_model")
print(run)
for language in ("en", "ko"):
    by_seed = run.array(language, "perplexity")[:, -1]  # after the last epoch
    grams = {n: run.array(language, f"{n}-gram")[0] for n in range(1, 6)}
    print(f"{language}: RNN {t_interval(by_seed)},",
          ", ".join(f"{n}-gram {value:.1f}" for n, value in grams.items()))  # fmt: skip
    assert t_interval(by_seed).high < min(grams.values())
    assert by_seed.mean() < 0.05 * grams[1]

# %% [markdown]
# The big step is from no word before to one: from 230 to 18. After six epochs the RNN is better than the best n-gram
# model, by about a seventh in English. (A grammar made these short sentences; other text may give another distance.)
#
# Does the network use the order? Shuffle the words of each validation sentence. **Predict first**: what happens to the
# unigram model, and to the RNN?

# %% key="shuffled"
g = torch.Generator().manual_seed(0)
shuffled_rows = []
for row in validation_rows:
    inner = torch.tensor(row[1:-1])
    shuffled_rows.append([SOS, *inner[torch.randperm(len(inner), generator=g)].tolist(), EOS])
shuffled = padded_batches(shuffled_rows, 200)
unigram_shuffled = metrics.perplexity(unigram_nll(counts, ids[:, 1:]) for ids in shuffled)
rnn_shuffled = metrics.perplexity(next_word_nll(model, ids) for ids in shuffled)
print(f"unigram: {unigram:.1f} in order, {unigram_shuffled:.1f} shuffled")
print(f"RNN:     {reached:.1f} in order, {rnn_shuffled:,.0f} shuffled")
assert abs(unigram_shuffled - unigram) < 0.01 * unigram
assert rnn_shuffled > 20 * reached
assert LANGUAGE != "en" or rnn_shuffled > V

# %% [markdown]
# The unigram model does not notice. The RNN is now worse than guessing: it was sure of an order that is gone.
#
# ## 5 · Let it write
#
# Draw the next word from the model's probabilities, let the model read it, draw again: it writes a sentence. A model that
# reads its own output is called **autoregressive** (자기회귀). The **temperature** (온도) divides the logits before the
# softmax: below 1 the likely words get likelier, above 1 the unlikely ones.
#
# ### Exercise 4 · Generate · difficulty 3 of 5 · 10 minutes
#
# Write `generate(step, max_length, temperature)`: a list of ids.
#
# - `logits, state = step(word, state)` reads one word (an int) and gives the logits of the next, (V,), and the new state.
#   Begin with the word `SOS` (id 2) and the state None.
# - Draw the next word at random: `p = F.softmax(logits / temperature, dim=-1)` are its probabilities, and
#   `torch.multinomial(p, 1).item()` draws. It is the word that the next step reads.
# - Stop when `EOS` (id 3) is drawn, which is not part of the list, or when the list holds `max_length` words.


# %% key="generate" exercise="02.generate"
def generate(step, max_length, temperature):
    # Your code here: step, draw, append, and again.
    raise NotImplementedError


# %% key="check_generate" tags=["exercise-check"]
check("02.generate", generate)


# %% key="use_generate"
@torch.no_grad()
def step(word, state):
    logits, state = model(torch.tensor([[word]]), state)
    return logits[0, -1], state


torch.manual_seed(1)
known = {tuple(sentence) for sentence in sentences}
for temperature in (0.5, 1.0, 2.0):
    print(f"temperature {temperature}")
    for _ in range(5):
        said = vocab.decode(generate(step, 20, temperature))
        line = " ".join(said) + ("  (in the training text)" if tuple(said) in known else "")
        print(textwrap.fill(line, 90, initial_indent="    ", subsequent_indent="        "))

# %% [markdown]
# How much of it is new, and how many different words are there? The folded cell counts, for 200 sentences at each
# temperature. (The library's `sample` does what yours does, for many sentences at once.)

# %% key="variety" folded=true
zeros = torch.zeros(200, H)  # the states of 200 sentences, before their first word
variety = {}
for temperature in (0.5, 1.0, 2.0):
    g = torch.Generator().manual_seed(0)
    said = sample(model.step, zeros, 30, temperature=temperature, generator=g)
    rows = [tuple(vocab.decode(row)) for row in said.ids]
    words_used = len({word for row in rows for word in row})
    variety[temperature] = words_used, np.mean([row in known for row in rows])
    print(f"temperature {temperature}: {words_used} different words, "
          f"{variety[temperature][1]:.0%} of the sentences stand in the training text")  # fmt: skip
assert variety[0.5][0] < variety[1.0][0] < variety[2.0][0]
assert variety[0.5][1] > variety[2.0][1]
assert LANGUAGE != "en" or variety[1.0][1] < 0.2 < variety[0.5][1] < 0.5

# %% [markdown]
# The lower the temperature, the more sentences are copies from the training text (in English, about a third at 0.5). A high
# one finds more words, and loses the grammar.

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a published model of sentences: the repository timbmg/Sentence-VAE (issue 15, opened in May 2019), where
# the network that reads has several layers or two directions. torch's recurrent layers give the last state as
# (layers, B, H), also with `batch_first=True`, and a linear layer wants one row per sentence, (B, layers * H). So the
# state is given that shape. Training runs, no error is raised, the loss falls.
#
# Here is the same in a few lines of our own, with three sentences. What is wrong?

# %% key="bug" tags=["nbval-check-output"]
torch.manual_seed(0)
encoder = torch.nn.RNN(3, 4, num_layers=2, batch_first=True)
sentence, second, third = torch.randn(3, 1, 5, 3).unbind(0)  # (1, T, E) each


def summary(batch):
    _, last = encoder(batch)  # (layers, B, H)
    return last.view(len(batch), -1)  # (B, layers * H)


alone = summary(sentence)[0]
first = summary(torch.cat([sentence, second, third]))[0]
changed = summary(torch.cat([sentence, third, second]))[0]
print("alone, and first of three: the same?", torch.allclose(alone, first))
print("first of three, the other two interchanged: the same?", torch.allclose(first, changed))

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# `view` reads on, element by element, and the elements stand as (layers, B, H): first the first layer's states of all three
# sentences, then the second layer's. So row 0 holds the first layer's states of sentence 0 **and sentence 1**, and nothing
# of the second layer. With a batch of one it happens to be right, so a trial with a single sentence finds nothing.
#
# The cure: bring the batch to the front, then flatten: `last.transpose(0, 1).flatten(1)`. And two tests: a sentence
# gets the same result alone and in a batch (lesson 01); the gradient of row b reaches sentence b alone.
# </details>
#
# The folded cell holds the cure, and two tests of it.


# %% key="bug_cured" tags=["nbval-check-output"] folded=true
def cured_summary(batch):
    _, last = encoder(batch)
    return last.transpose(0, 1).flatten(1)


def sentences_reached(summarize):
    """Which sentences does the gradient of row 0 reach?"""
    batch = torch.cat([sentence, second, third]).requires_grad_()
    (gradient,) = torch.autograd.grad(summarize(batch)[0].sum(), batch)
    return gradient.abs().sum((1, 2)).nonzero().flatten().tolist()


in_batch = cured_summary(torch.cat([sentence, second, third]))[0]
same = torch.allclose(cured_summary(sentence)[0], in_batch, atol=1e-6)
print("cured, alone and first of three: the same?", same)
print("the gradient of row 0 reaches sentences", sentences_reached(summary), "with view,",
      sentences_reached(cured_summary), "cured")  # fmt: skip

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. E = 64, H = 128. How many weights and biases has the cell, and how many more for sentences of 100 words instead of
# 10?**
#
# <details><summary>24,832, and ten times as many</summary>No: the number is right, but the same weights serve every step. The
# unrolled network is deeper, not larger.</details>
# <details><summary>24,832, and no more</summary>Yes: 128 × 64 + 128 × 128 + 2 × 128, shared by all steps.</details>
# <details><summary>24,576, and no more</summary>No: these are the weights alone. There are two biases of 128 as
# well.</details>

# %% [markdown]
# **2. A batch has two sentences, one of 3 targets and one of 9. The mean loss of a word is 4 in the first and 2 in the
# second. What does `next_word_loss` return?**
#
# <details><summary>3</summary>No: that is the mean of the two means. In it a word of the short sentence counts three
# times as much as a word of the long one.</details>
# <details><summary>2.5</summary>Yes: (3 · 4 + 9 · 2) / 12. Every real target counts the same.</details>
# <details><summary>1.67</summary>No: that is the sum, 30, divided by all 18 places. Six of them are padding.</details>

# %% [markdown]
# **3. After one epoch your language model has a perplexity of 1.02 on validation sentences. What do you think?**
#
# <details><summary>The corpus is easy</summary>No: then it would know every next word almost surely. Nobody can know whether
# <i>i like</i> goes on with tea or with coffee.</details>
# <details><summary>It has learned the sentences by heart</summary>No: it would still hesitate over validation sentences, which
# it has not seen.</details>
# <details><summary>The target is probably not shifted</summary>Yes: a model that is asked for the word it has just read needs
# no language, only a copy. What is too good to be true deserves the first look.</details>

# %% [markdown]
# **4. At temperature 1 one word has the probability 0.4 and another one 0.2. How many times as likely as the second is
# the first at temperature 0.5?**
#
# <details><summary>Twice: the temperature changes both in the same way</summary>No: both logits are divided by the same
# number, so their <i>difference</i> is divided, too, and the ratio of the probabilities is exp of that
# difference.</details>
# <details><summary>1.4 times</summary>No: that is √2, the ratio at temperature 2.</details>
# <details><summary>4 times</summary>Yes: the logits differ by ln 2. Divided by 0.5 they differ by 2 ln 2, and
# exp(2 ln 2) = 4.</details>

# %% [markdown]
# ## Summary
#
# - A cell makes a new state from an input and the old state; a layer is the loop, with one set of weights for all steps.
# - A language model predicts each word from those before it. Shift by one, leave the padding out, and compare with
#   counting: in the stored run, after six epochs, the RNN is better than every n-gram model up to n = 5.
# - It writes a sentence by reading its own words. A low temperature copies more sentences from the training text; a high
#   one finds more words, and loses the grammar.
# - `view` does not transpose. A sentence must get the same result alone and in a batch.
#
# **Next**: part b follows the gradient back through time. How fast does it shrink, what if it grows, and at what
# distance does learning fail?
#
# **Further reading.**
#
# - Elman (1990), *Finding Structure in Time*, Cognitive Science 14.
# - Mikolov, Karafiát, Burget, Černocký, Khudanpur (2010), *Recurrent Neural Network Based Language Model*, Interspeech.
