# %% [markdown]
# # 04b · Training and search (학습과 탐색)
#
# **The question.** The translator of part a learns from true words and is used without them. It always says the likeliest next word.
# And each of its parts could be another one. Which of these choices matter, and how much?
#
# **What you will build**: teacher forcing with a ratio and a schedule, and a step of beam search.
# **What you will measure**: what it is worth to read the source backwards, how far apart the two perplexities of one model are, what
# teacher forcing brings, what a wider beam finds, and what other parts are worth.
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
# About 90 minutes, of which the exercises take 27. Everything runs on a CPU, without a network connection.

# %% key="imports"
import math

import numpy as np
import torch
import torch.nn.functional as F

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
# The model of part a, section 3, trained once more in the same way: an LSTM with H = 192, sentences of up to 10 morphemes, the source
# read from its end to its beginning. (About a minute. Read on meanwhile. The loss is the library's and not yours; the two are rounded
# differently, so BLEU is only about the same as in part a.)
#
# From part a you need: **greedy decoding** says the likeliest word at each step; $\log p(Y \mid X)$ is the sum over the words of a
# sentence, in nats; the perplexity is exp of minus its mean per word. `test` holds new sentences of the grammar, `human` 300 pairs that
# people wrote; with *two references* a translation may agree with either.

# %% key="train"
corpus = bundled_corpus()
torch.manual_seed(0)
model = recurrent_model("LSTM", E=128, H=192)
translator = corpus.translator(model, reverse_source=True)
translation.train(translator, short_pairs("train"), 0, updates=1000, lr=0.01, batch_size=32)
model.eval()

step = model.step  # (B,) and a state -> logits (B, V) and the next state, such as yours of part a


def read(sentences):
    """The decoder's first state for a list of lists of morphemes."""
    return model.start(pad([corpus.source.encode(tokens)[::-1] for tokens in sentences]))  # reversed


test = short_pairs("test")
found = translator.translate([pair.source for pair in test]).tokens  # greedy
print(f"BLEU {metrics.sacrebleu(hypotheses=found, references=[pair.target for pair in test]):.1f}")

# %% [markdown]
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
# - **free-running** (자기회귀 방식, 자유 실행): of each true word after the model's *own* words before it. Example: true is *my
#   sister studied japanese*, the model says *my sister spoke chinese*. At the fourth word p(*japanese*) is asked for,
#   but the model was told *my sister spoke*.
#
# **Predict first**: which of the two is larger for the model above, on new sentences, and by how much?

# %% key="two_perplexities"
for name, value in translator.perplexities(test).items():
    print(f"{name:>15}: {value:6.2f}")
batches = list(pair_batches(translator.encode(test), 100, shuffle=False))
with torch.no_grad():
    forced = metrics.perplexity(seq2seq.teacher_forced_nll(model, *batch) for batch in batches)
    free = metrics.perplexity(scheduled_sampling.free_running_nll(model, *batch) for batch in batches)
assert free > 4 * forced

# %% [markdown]
# **Answer.** The free-running one, many times as large. It is no likelihood of the sentence. If the model says one
# extra word early in the sentence, every later true word is one place away from where the model says it. Then each
# costs much, even where the translation is good. So give a perplexity with the name of its kind, and compare it only
# with others of the same kind.
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
# - `coins` (B,): numbers drawn evenly from 0 (inclusive) to 1 (exclusive). Where a coin is below `ratio`, the truth is
#   told. So a ratio of 1 is teacher forcing, and a ratio of 0 is free running. `torch.where(condition, a, b)` takes a
#   where the condition is True, else b, element by element.


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
        state, tokens = model.start(source), target[:, 0]
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
    name = {"bleu": "BLEU", "seconds": "seconds of processor time"}.get(kind, f"{kind} perplexity")
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
# Write `inverse_sigmoid(i, k)`, a number; `i` and `k` may have decimals. It must not overflow: where $i/k$ is above 700, the answer is 0.


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
    of = gain[name]
    print(f"{name}, against pure teacher forcing: BLEU {of.mean:+.1f} [{of.low:+.1f}, {of.high:+.1f}]")
    for kind in kinds:
        factors = perplexity[kind][name] / perplexity[kind][pure]
        print(f"  {kind} perplexity, seed by seed, times {', '.join(f'{f:.2f}' for f in factors)}")


def means(kind):
    """The mean of pure teacher forcing, and the range of the schedules' means."""
    of = [perplexity[kind][name].mean() for name in names]
    return f"from {of[0]:.1f} to {min(of[1:]):.1f}–{max(of[1:]):.1f}"


figure, axes = plotting.figure(1, 2, size=(9.6, 4.8), sharey=True)
ax = plotting.bars(
    names,
    {kind: np.array(list(perplexity[kind].values())).T for kind in kinds},
    title=f"Free-running perplexity falls, {means('free-running')}; "
    f"teacher-forced rises, {means('teacher-forced')}",
    ylabel="perplexity of the true words",
    limits=(0, math.inf),
    horizontal=True,
    digits=1,
    ax=axes[0],
)
ax = plotting.bars(
    names,
    np.array(list(bleus.values())).T,
    title="BLEU: after so short a training no difference can be shown",
    ylabel="BLEU",
    limits=(0, 100),
    horizontal=True,
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
# **The same, step by step.** On the left each step is told the true words, on the right the model's own. The example is
# the first sentence of `test` in which one wrong word leads to others, and the translation has as many words as the
# reference. (Where it has more or fewer, the true words only stand at other places.) An arrow marks the true word, if
# it is among the five likeliest.


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
equally_long = [each for each in slips if each[2] and len(each[1]) == len(each[0].target)]
pair, at = next(
    (pair, t)
    for pair, words, t in equally_long
    if 2 <= t < len(words) - 2 and words[t + 1] != pair.target[t + 1]
    if after_slip(pair, t)[0] > 0.5 > 10 * after_slip(pair, t)[1]
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
    ids = decoding.greedy(watched_step, read([pair.source for pair in test]), len(test), 40)
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
# The likeliest next word need not lead to the likeliest sentence. We can't try all sentences: with V = 2,000 there are four
# million of two words. **Beam search** (빔 서치, also 빔 탐색) keeps a few of the best beginnings, here called hypotheses. It extends
# each of them by every word, and again keeps the best of all; the others are **pruned** (가지치기). How many it keeps is the width of the **beam** (빔); a width of 1 is
# greedy decoding. In the picture the width is 2:
#
# ![](picture:beam_search)
#
# Every further word makes log p smaller, so short sentences have an advantage. **Length normalization** (길이 정규화) ranks by
#
# $$\text{score}(Y) = \frac{\log p(Y \mid X)}{|Y|^{\alpha}}$$
#
# where $|Y|$ counts the words, `<eos>` included. With $\alpha = 0$ it is log p itself, with $\alpha = 1$ the mean per
# word. The largest score is the best. Take 2 words with log p = −3, and 4 words with log p = −4: with $\alpha = 0$ the
# short one is ahead (−3 > −4), with $\alpha = 1$ the long one (−1 > −1.5). (Wu and others 2016 have a variant of it.)
#
# ### Exercise 9 · One step of beam search · difficulty 4 of 5 · 18 minutes
#
# Write `beam_step(hypotheses, next_log_p, beam, alpha)`, for one sentence: from the hypotheses of one step to those of the next.
#
# - `hypotheses`: a list of tuples `(words, log_p)`: ids without `SOS`, and a number. The first list is `[([], 0.0)]`.
# - `next_log_p`: a tensor with a row of V numbers for each hypothesis, the log-probabilities of the next words after it
#   (one that has ended has a row, too). `.tolist()` makes Python numbers of a row.
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
assert [corpus.target.decode(row) for row in one.ids] == found, "a beam of 1 is greedy"

# %% [markdown]
# A sentence that greedy decoding gets wrong and a beam of 3 gets right. In each column stand the three hypotheses that are kept, with
# their scores; below them, in grey, the best of those that are pruned.

# %% key="beam_picture" folded=true
beamed = beam_decode(step, read([p.source for p in test]), 40, beam=3)
others = [corpus.target.decode(row) for row in beamed.ids]
corrected = [
    pair
    for pair, greedily, other in zip(test, found, others, strict=True)
    if other == pair.target != greedily and len(other) <= 8
]
pair = corrected[0]
greedily = " ".join(found[test.index(pair)])
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
# asks the three models of part a, section 6, on all of `test`; the figure shows BLEU, log p and length.

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
figure, ((left, right), (below, spare)) = plotting.figure(2, 2, size=(9.6, 7.4))
spare.remove()
below.set_subplotspec(below.get_gridspec()[1, :])  # as wide as the two above it
plain, normal = found_by["alpha 0"], found_by["alpha 1"]
better = t_interval(normal["bleu"][:, -1] - normal["bleu"][:, 0])
shorter = plain["length"].mean(0)
titles = {
    "bleu": f"With alpha 1, a beam of {beams[-1]} is worth {better.mean:.1f} points of BLEU "
    f"[{better.low:.1f}, {better.high:.1f}]",
    "log_p": "With each wider beam, likelier sentences are found",
    "length": f"With alpha 0 they get shorter, from {shorter[0]:.3f} to {shorter[-1]:.3f} times "
    "the references' length",
}
for ax, (what, title) in zip((left, right, below), titles.items(), strict=True):
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
# A context that is not one state of the decoder's cell (a mean, or the two states of two directions) needs a **bridge** (브리지), a linear
# layer that makes the decoder's first state from it
# (after Bahdanau, Cho and Bengio 2015, appendix A.2.2):
#
# $$\mathbf{s}_0 = \tanh(\mathbf{W}\,\mathbf{c} + \mathbf{b})$$
#
# As in part a, $\mathbf{c}$ is the context, and not the cell state. An LSTM needs a first cell state besides: a second layer makes it, without the tanh. In the
# list below the last three have a bridge. The last column says whether the gradient reaches every part.

# %% key="parts" tags=["nbval-check-output"] folded=true
for name, make in PARTS.items():
    torch.manual_seed(0)
    other = make(E=16, H=32)
    loss = seq2seq.translation_loss(other, batches[0])
    loss.backward()
    reached = all(p.grad is not None for p in other.parameters())
    size = sum(
        p.numel() for part in (other.encoder.recurrent, other.decoder.cell) for p in part.parameters()
    )
    print(f"{name:<28} recurrent parameters {size:6,}, every parameter has a gradient: {reached}")

# %% [markdown]
# **Predict first**: which of them is best after 400 updates, on short sentences? And what about the mean, in which all states count
# equally? The figure has three seeds of each.

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
# **Answer.** The GRU learns fastest, with every seed, and with fewer parameters than the LSTM. The mean is behind all
# others, with every seed, too. We believe that a mean loses which word came when; but its bridge is new as well. (Two
# others have a bridge, too, and are about as good as the LSTM.)
#
# No interval of a difference to the LSTM excludes 0, because the LSTM itself has 17, 22 and 7 with its three seeds. And 400 updates are
# few for two thousand words: where each of them ends after long training, this run does not say.

# %% [markdown]
# ## What went wrong?
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
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A paper's model has perplexity 1.3, yours 6.5, and your translations are better. How can that be?**
#
# <details><summary>It can't</summary>No: it can, if the two are different figures.</details>
# <details><summary>Theirs is teacher-forced, yours free-running</summary>Yes: in section 8 one and the same model had two figures far
# apart. A perplexity without the name of its kind says nothing.</details>
# <details><summary>Perplexity has nothing to do with translation</summary>No: teacher-forced, on the same data, with the same
# vocabulary, lower is better, and BLEU usually follows.</details>

# %% [markdown]
# **2. Without length normalization the beam is made wider, from 1 to 100. What do you expect?**
#
# <details><summary>Likelier and shorter sentences</summary>Yes: a wider search finds more of what the score favours,
# and log p favours few words. Up to a width of 10 our BLEU did not fall; with much wider beams Koehn and Knowles (2017)
# saw it fall.</details> <details><summary>Better translations, only more slowly</summary>No: the search gets better,
# but it searches for log p, and log p is not quality.</details> <details><summary>The same sentences</summary>No: only
# where greedy decoding has found the likeliest sentence already.</details>

# %% [markdown]
# **3. With a ratio of 0 an update takes longer than with a ratio of 1, though the model is the same. Why?**
#
# <details><summary>It makes more mistakes, so there is more to correct</summary>No: each update computes one gradient, however large
# the loss is.</details>
# <details><summary>Each step must wait for the word of the step before</summary>Yes: with teacher forcing all inputs are known
# beforehand, and the output layer, for example, can work on all steps at once.</details>
# <details><summary>Its sentences are longer</summary>No: it makes as many steps as the target has words.</details>

# %% [markdown]
# **4. When does a beam of width 2 find another sentence than greedy decoding?**
#
# <details><summary>Always: it looks at more</summary>No: often the greedy sentence is the best of those, too.</details>
# <details><summary>Where a word that is less likely leads to a likelier sentence</summary>Yes: greedy decoding has dropped it by then, and
# can't go back.</details>
# <details><summary>Never, if the model is trained well</summary>No: the likeliest next word need not lead to the likeliest
# sentence, however good the probabilities are.</details>
#
# ## Summary
#
# - Reading the source backwards was worth 6 points of BLEU after 600 updates.
# - Teacher forcing tells every step the truth, and learns faster. What the model does in use is another situation, with another
#   perplexity: say which one it is.
# - A beam of 5 was worth 4 points of BLEU; length normalization keeps it from favouring short sentences.
# - Cell, context and bridge can be exchanged. After a short training the GRU was ahead of the LSTM, and the mean of all states behind.
#
# **What this lesson can't do.** From the shortest sentences to the longest BLEU falls by about 24 points (part a, section 6). All that is known
# of the source must pass through one vector, and the gradient must go back through every step. Why one vector only? The encoder made
# one for every word, and all but the last were thrown away. To look back at them, at each step at those that matter now, is called
# **attention** (어텐션): lesson **05**.
#
# **Further reading.** Sutskever, Vinyals, Le (2014), *Sequence to Sequence Learning with Neural Networks*, arXiv:1409.3215. Cho, van
# Merriënboer, Gulcehre, Bahdanau, Bougares, Schwenk, Bengio (2014), *Learning Phrase Representations using RNN Encoder-Decoder for
# Statistical Machine Translation*, arXiv:1406.1078. Bahdanau, Cho, Bengio (2015), *Neural Machine Translation by Jointly Learning to
# Align and Translate*, arXiv:1409.0473. Bengio, Vinyals, Jaitly, Shazeer (2015), *Scheduled Sampling for Sequence Prediction with
# Recurrent Neural Networks*, arXiv:1506.03099. Wu and others (2016), *Google's Neural Machine Translation System*, arXiv:1609.08144.
# Koehn, Knowles (2017), *Six Challenges for Neural Machine Translation*, arXiv:1706.03872. Stahlberg, Byrne (2019), *On NMT Search
# Errors and Model Errors: Cat Got Your Tongue?*, EMNLP.
