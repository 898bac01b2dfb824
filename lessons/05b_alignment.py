# %% [markdown]
# # 05b · Alignment (정렬)
#
# **The question.** In part a the decoder learned to look back. Where does it look? A picture of its weights looks convincing. Can it be
# graded, right or wrong, like an exam? And does it matter how a query is compared with a key?
#
# **What you will build**: the alignment error rate, and IBM Model 1, which aligns words by counting. **What you will
# measure**: how often attention looks where a translator would look, what each score function costs and gives, and how
# much attention source tokens with and without a counterpart get.
#
# | symbol | meaning |
# |---|---|
# | S, j | length of the source; a position in it |
# | T, t | length of the target; a position in it |
# | H | hidden units: the size of the decoder's state, and of what is compared |
# | $a_{tj}$ | the weight of source token j at step t |
# | $\mathbf{s}_t$ | the decoder's state at step t |
#
# About 90 minutes, of which the exercises take 18. Everything runs on a CPU, without a network connection.

# %% key="imports"
import math
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F

from course_lib import attention, explorers, fast, metrics, plotting, word_alignment
from course_lib.batches import pad
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import alignment, attention_probe, stored, translation
from course_lib.experiments.corpus import corpus as bundled_corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.scores import MODELS, SHOWN, stored_maps
from course_lib.statistics import t_interval

torch.set_num_threads(1)  # small tensors: a second thread only gets in the way

# %% [markdown]
# A translator such as that of part a, section 6, here made of the library's parts: Luong's decoder with the score *general*, 1,200
# updates. (About a minute. Read on meanwhile.) Sections and exercises are numbered on from part a. As there, the split `long` holds
# sentences longer than any in training, and `human` what people wrote.

# %% key="train"
translator, seconds = translation.trained(
    partial(recurrent_model, attention="general"), 0, **alignment.LIVE
)
model, corpus, scores_run = translator.model, bundled_corpus(), stored("05.scores")
test = corpus.pairs["test"]
said = translator.translate([pair.source for pair in test]).tokens
bleu = metrics.sacrebleu(hypotheses=said, references=[pair.target for pair in test])
print(f"{seconds:.0f} s of processor time; BLEU {bleu:.1f} on test")

# %% [markdown]
# ## 8 · Does it look where it should?
#
# An attention map looks convincing: each row is a target word, each column a source token. For these maps the model is
# told the words of the corpus's translation, one after another, as in training (teacher forcing). So the rows are the
# words to which the gold links belong. Ours can be graded, like an exam. The corpus has a **word alignment** (단어 정렬):
# for each pair, which source tokens are translated by which target tokens. A link is **sure** (확실) where everybody
# would draw it, or only **possible** (가능) where one may and need not. These gold links (the right answers) are the
# frames in the map; a possible one would be dashed; this sentence has none.

# %% key="map" folded=true
shown = [test[i] for i in SHOWN]
pair = shown[1]
closely = attention_probe.probe(translator, pair)
print(pair.source_text, "|", pair.target_text)
points = closely.weights.argmax(1).tolist()  # for each target token a source token
linked = {t for _, t in pair.alignment}
right = [(j, t) in pair.alignment for t, j in enumerate(points)]
records = {"general, trained here": [(closely.scores, closely.likeness)]}
axes = explorers.Attention([pair], records).picture(
    word=None,
    title=f"{sum(right)} of the {len(linked)} words that have a sure link look at one",
)
assert sum(right) > len(linked) / 2

# %% [markdown]
# To grade many maps one needs a number. **By hand**: 고양이 가 자 아요, *the cat sleeps*. Sure are 고양이–cat and 자–sleeps;
# 아요–sleeps is possible. A model found four links: these three, and 가–the. Two found links are sure, three are possible
# (each sure link is possible, too). Below the line stand the 4 found links and the 2 sure ones. The error is $1 - (2 +
# 3) / (4 + 2) = 1/6$: the wrong link 가–the costs something, the possible one costs nothing. If only sure links were
# allowed, it would be $1 - (2 + 2) / (4 + 2) = 1/3$.
#
# This is the **alignment error rate** (정렬 오류율; Och and Ney 2003). With the letters of the paper, $A$ the found links, $S$ the sure and
# $P$ the possible ones (here $S$ is a set, not the length of the source):
#
# $$\mathrm{AER} = 1 - \frac{|A \cap S| + |A \cap P|}{|A| + |S|}$$
#
# 0: all sure links found, and nothing wrong. 1: nothing right. Where all gold links are sure, $P = S$.
#
# ### Exercise 10 · Alignment error rate · difficulty 2 of 5 · 6 minutes
#
# Write `alignment_error_rate(links, sure, possible)`: three lists with an entry per sentence pair; each entry is a list of links
# `(j, t)`, a source and a target position. Sum the counts over **all** pairs, then divide once. A link that is listed twice counts once;
# links of different pairs are different links; a pair may have none.


# %% key="alignment_error_rate" exercise="05.alignment_error_rate"
def alignment_error_rate(links, sure, possible):
    # Your code here: found links that are sure or possible, divided by found and sure ones.
    raise NotImplementedError


# %% key="check_alignment_error_rate" tags=["exercise-check"]
check("05.alignment_error_rate", alignment_error_rate)

# %% key="aer_by_hand" tags=["nbval-check-output"]
links, sure = [[(0, 1), (2, 2), (3, 2), (1, 0)]], [[(0, 1), (2, 2)]]
possible = [[(0, 1), (2, 2), (3, 2)]]
for allowed in (possible, sure):
    print(f"{alignment_error_rate(links, sure, allowed):.3f}")

# %% [markdown]
# ## 9 · The same by counting: IBM Model 1
#
# Is an error of 0.3 good? One needs something to compare with. Words were aligned long before there was attention, by **counting**
# which words occur together. Take three pairs: *das Haus – the house*, *das Buch – the book*, *ein Buch – a book*. Which word belongs to
# *das*? *the* stands beside it twice, *house* and *book* only once.
#
# **IBM Model 1** (IBM 모델 1; Brown and others 1993) makes a method of this. It assumes that each target word $y$ was made by one source
# word $x$, and that each source word is as likely to have made it as any other, wherever they stand. With $t(y \mid x)$, the
# probability that $x$ makes $y$ (a table; this $t$ is no position), and $S$ source words:
#
# $$p(\text{target} \mid \text{source}) = \prod_{y} \frac{1}{S} \sum_{x} t(y \mid x)$$
#
# If we knew who made whom, we would count and have $t$. If we knew $t$, we could say who made whom. **Expectation-maximization** (기댓값
# 최대화, EM) begins with a $t$ that knows nothing, and does both in turn:
#
# 1. **Expectation**: each $y$ counts as 1, and is divided among all $x$ of its source, in proportion to $t$:
#    $\;t(y \mid x) \,/ \sum_{x'} t(y \mid x')$.
# 2. **Maximization**: add up these shares over the whole corpus, and divide by all that $x$ was credited with:
#    $\;t(y \mid x) = \mathrm{count}(x, y) \,/ \sum_{y'} \mathrm{count}(x, y')$.
#
# **By hand**, with the three pairs. At first each $t$ is 1/4, and every word gets half of every word of its pair. *das* is credited with
# ½ *the* twice, with ½ *house* and ½ *book*: $t(\text{the} \mid \text{das}) = 1/2$, the others 1/4. In round 2, *das* gets a half of
# the first *the* (its rival *Haus* has 1/2, too) and two thirds of the second (its rival *Buch* has 1/4). So it is credited with
# $1/2 + 2/3$ of *the*, with 1/3 of *house* and 1/3 of *book*, and $t(\text{the} \mid \text{das}) = 7/11$. **Predict first**: where does
# it end?
#
# One thing more: every source begins with an **empty word** (빈 단어, NULL), for words such as *the* that nothing in Korean stands for.
#
# ### Exercise 11 · IBM Model 1 · difficulty 4 of 5 · 12 minutes
#
# Write `ibm_model_1(pairs, rounds)`: `pairs` is a list of `(source, target)`, two lists of words; the empty word, if there is one, stands
# among the source already. Begin with the same $t$ for all: 1 / the number of different target words. After so many rounds, at least one, return $t$ as
# a dictionary, `t[x, y]`, with an entry for every $x$ and $y$ that stand in one pair somewhere. A word that stands twice counts twice.


# %% key="ibm_model_1" exercise="05.ibm_model_1"
def ibm_model_1(pairs, rounds):
    # Your code here: share out each y among its source, add up, divide; so many times.
    raise NotImplementedError


# %% key="check_ibm_model_1" tags=["exercise-check"]
check("05.ibm_model_1", ibm_model_1)

# %% key="model_1_by_hand"
books = [("das Haus", "the house"), ("das Buch", "the book"), ("ein Buch", "a book")]
books = [(source.split(), target.split()) for source, target in books]
rounds = range(1, 21)
by_round = {n: ibm_model_1(books, n) for n in rounds}

# %% [markdown]
# What *das* makes, round by round:

# %% key="model_1_figure" folded=true
ax = plotting.curve(
    rounds,
    {f"t({y} | das)": [t["das", y] for t in by_round.values()] for y in ("the", "house", "book")},
    title="das stands in two pairs, the too: after two rounds t(the | das) is "
    f"{by_round[2]['das', 'the']:.2f}, after twenty {by_round[20]['das', 'the']:.2f}",
    xlabel="rounds",
    ylabel="probability",
)
likelihoods = [word_alignment.log_likelihood(t, books) for t in by_round.values()]
assert math.isclose(by_round[2]["das", "the"], 7 / 11)
assert by_round[20]["das", "the"] > 0.9
assert likelihoods == sorted(likelihoods), "each round makes the corpus likelier"

# %% [markdown]
# It ends at 1: *das* makes *the*. Nobody said what *das* means. *the* stands beside it twice, and that was enough; then *house* had to
# belong to *Haus*, for *the* was taken. Each round makes the corpus more likely, or leaves it as it was (Dempster, Laird and Rubin 1977).
#
# **The same with arrays.** Your function goes word by word, which is slow for a whole corpus. The library's `fast.ibm_model_1` counts all
# meetings at once and gives the same numbers. Eight rounds through 20,000 pairs, and what the words of one sentence make:

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
# Such a table is a dictionary that nobody wrote. The empty word stands in every pair, so it is credited with what
# stands in very many pairs: *the*, and the full stop. The share of $y$ that goes to each $x$ is a row of weights with
# the sum 1, just like attention:
#
# | | IBM Model 1 | attention |
# |---|---|---|
# | score of $x$ for $y$ | $\ln t(y \mid x)$, a number for each two words | made from states, which know the sentence |
# | knows the word $y$ | yes: it is given | no: it asks before $y$ is said |
# | order, neighbours | none: the same word at two places gets the same share | yes |
# | learns | to explain which words occur together | to say the next word |
# | translates | word for word, in no order | yes |
#
# The second line is a great advantage for Model 1 in *aligning*. The third line as a test: shuffle the source, and every word keeps
# the share that it had.

# %% key="model_1_order" tags=["nbval-check-output"]
order = torch.randperm(len(pair.source), generator=torch.Generator().manual_seed(0)).tolist()
shuffled = pair._replace(source=[pair.source[j] for j in order])
before, after = word_alignment.align(table, [pair, shuffled])
print("the same shares in another order:", torch.allclose(before[:, order], after))

# %% [markdown]
# ## 10 · Attention and counting, marked
#
# Weights are no links yet. Three ways to make links of them, with thresholds chosen on `validation`:
#
# - **largest**: each target word with the source token of its largest weight;
# - **threshold**: wherever a weight is large enough. A word can have several links, or none;
# - **mutual**: wherever $a_{tj} \cdot a_{tj} / \sum_{t'} a_{t'j}$ is large enough: the weight, times the share of *all*
#   attention on this source token that comes from this word. Both sides must agree. A weight of 0.8 on a token that
#   gets 1.0 from all words together has 0.8 · 0.8 / 1.0 = 0.64; a weight of 0.2 on it has 0.2 · 0.2 / 1.0 = 0.04.
#
# Your own model first:

# %% key="aer_live"
validation = corpus.pairs["validation"]
weights = translator.align(test)  # (T, S) for each pair
chosen_on = translator.align(validation), validation
errors = alignment.alignment_errors(chosen_on, (weights, test))
largest = [metrics.links_from_weights(matrix) for matrix in weights]
sure, possible = zip(*(pair.gold() for pair in test), strict=True)
assert math.isclose(alignment_error_rate(largest, sure, possible), errors["largest"], abs_tol=1e-9)
ways = ["largest", "threshold", "mutual"]
print("the model trained here:", ", ".join(f"{way} {errors[way]:.2f}" for way in ways))

# %% [markdown]
# Links are made of Model 1's weights in the same three ways. And a classical improvement for both: train a second model
# from English to Korean, transpose its maps, and take the mean of **both directions** (Och and Ney 2003 joined the
# links of two directions). In the maps of the second model each Korean token, endings too, has a row of its own. The
# dotted line, *chance*, are weights that know nothing, 1/S everywhere. **Predict first**: who aligns better, a network
# that has learned to translate, or a table of words?

# %% key="aer_figure" folded=true
alignment_run = stored("05.alignment")
print(alignment_run)
measured = {  # (runs, ways): from Korean to English in three ways, both directions in two
    name: np.array(
        [alignment_run.array(*of, "forward", way) for way in ways]
        + [alignment_run.array(*of, "both", way) for way in ways[1:]]
    ).T
    for name, of in {"attention": (), "IBM Model 1": ("model 1",)}.items()
}
level = alignment_run.array("uniform").mean()
one, other = (values.mean(0) for values in measured.values())
ax = plotting.bars(
    [*ways, "both directions, threshold", "both directions, mutual"],
    measured,
    title=f"Alignment error by the largest weight: attention {one[0]:.2f}, IBM Model 1 {other[0]:.2f}; "
    f"at best, with both directions, {min(one[3:]):.2f} and {min(other[3:]):.2f}",
    ylabel="alignment error rate on test",
    chance=level,
    limits=(0, 1),
    horizontal=True,
)
counted = translation.alignment_error(word_alignment.align(table, test), test)
assert math.isclose(counted, other[0], abs_tol=1e-4), "the table above is the stored run's"
for where, of in (("test", ()), ("human", ("human",))):
    network, by_counts = (
        alignment_run.array(*of, *which, "forward", "largest").mean() for which in ((), ("model 1",))
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
# The table of words wins, by a little: each way and with every seed, though it was counted in seconds. On those pairs of `human` whose
# links were drawn by hand it wins by far. It was made for this question, and it knows the word whose counterpart it seeks. So nobody
# should train a network *in order to* align these sentences. But only attention makes a sentence of the words.
#
# Where does attention differ from the gold links? Three reasons, each counted in this model's largest weights. One
# difference is one link, a wrong one or a missing one; so a word that looks elsewhere usually makes two.

# %% key="where" folded=true
where = alignment.differences(weights, test)
share = alignment.difference_shares(where)
likeness = attention_probe.likeness_by_distance(translator, test[:300])
print(f"1. {1 - where['linked']:.0%} of the English tokens have no sure link (the, a, of, ...),")
print(f"   but their weights sum to 1 too: {share['null']:.0%} of all differences")
print(f"2. {where['missed']:.0%} of the sure links are a word's second (가 and 았: went) or third,")
print(f"   and one largest weight is one link: {share['second']:.0%} of all differences")
print(f"3. {1 - where['right']:.0%} of the words that have a link look elsewhere: ", end="")
print(f"{share['misplaced']:.0%} of all differences")
print(f"   of those, {where['distance']['1']:.0%} look one token beside it")
states, words = ([f"{c:.2f}" for c in likeness[of][:3]] for of in ("states", "words"))
print("cosine of the encoder's outputs 1, 2, 3 tokens apart:", *states)
print("and of the words' own embeddings:                    ", *words)
assert min(share.values()) > 0.2
assert 0.4 < share["null"] + share["second"] < 0.65, "about half"
assert where["right"] > 0.65
assert where["distance"]["1"] > 0.3
assert likeness["states"][0] > 0.25 > 0.1 > abs(likeness["words"][0])

# %% [markdown]
# The first two, about half of all differences, are no faults of the model. It has to look somewhere, and nobody asks it to look at all
# that corresponds. The third reason is the **blur** of the encoder: a state of a bidirectional network knows its neighbours. A decoder
# that wants the verb may look at the ending behind it, and finds much of the verb there. The map shows what the decoder *uses*; the gold
# links show what *corresponds*.
#
# Why are mutual links better? A word without a counterpart has to look at some token. But the token's own translation looks at it more,
# so the share is small. If this is the reason, fewer of the words without a counterpart should get a link, and the sure links should
# still be found:

# %% key="why_mutual" folded=true
by_way = {"largest": largest}
for way, change in (("threshold", lambda matrix: matrix), ("mutual", metrics.mutual)):
    by_way[way] = [metrics.links_from_weights(change(m), errors[f"{way} at"]) for m in weights]
shares = {way: alignment.link_shares(links, test) for way, links in by_way.items()}
print("share of words without a counterpart that have a link, and of sure links that are found")
for way, each in shares.items():
    print(f"{way:>10} {each['null']:8.0%} {each['gold']:8.0%}")
assert shares["mutual"]["null"] < shares["threshold"]["null"]
assert shares["mutual"]["gold"] > shares["threshold"]["gold"] - 0.05

# %% [markdown]
# So it is. Does it hurt the translation if attention looks elsewhere? **Predict first**: how often is the next word
# right if the largest weight is on a gold link, and how often if it isn't? (As before, the model is told the true
# words; asked is whether its likeliest next word is the true one.)

# %% key="said_right" folded=true
said = attention_probe.next_word_accuracy(translator, test[:300])
ax = plotting.bars(
    ["on a gold link", "elsewhere", "the word has none"],
    list(said.values()),
    title=f"Where attention looks elsewhere, {said['elsewhere']:.0%} of the words are still right",
    ylabel="share of words that are right",
    xlabel="where the largest weight is",
    limits=(0, 1),
)
assert said["gold"] > said["elsewhere"] > 0.75

# %% [markdown]
# A little less often, but still in most cases. The other weights, the state, and the word before know enough.
#
# ## 11 · Score functions side by side
#
# A stored run trains each score function with three seeds and 1,500 updates: six kinds in Luong's form, and concat in Bahdanau's.
# (The formulas stand in part a, section 3, the forms in section 5; *general* is divided by $\sqrt{H}$, as in section 6.)
# *Not scaled* is `general` as Luong and others wrote it, without $\sqrt{H}$. **Predict first**: which one is the slowest? And does
# $\sqrt{H}$ help here? (The dashed line is IBM Model 1.)

# %% key="scores_figure" folded=true
kinds = scores_run.settings["names"]
figure, ((above, spare), (left, right)) = plotting.figure(2, 2, size=(9.6, 8.4), sharey=True)
spare.remove()
above.set_subplotspec(above.get_gridspec()[0, :])  # as wide as the two below it
bleu = {of: np.array([scores_run.array(name, of) for name in kinds]).T for of in ("test", "long")}
aer = np.array([scores_run.array(name, "alignment error", "threshold") for name in kinds]).T
step = 1000 * np.array([scores_run.array(name, "step") for name in kinds]).T
on_test = bleu["test"].mean(0)
best, slowest = kinds[aer.mean(0).argmin()], kinds[step.mean(0).argmax()]
plotting.bars(
    kinds, bleu, title=f"BLEU on test from {on_test.min():.0f} to {on_test.max():.0f}",
    ylabel="BLEU", horizontal=True, limits=(0, 100), digits=0, ax=above,
)  # fmt: skip
plotting.bars(
    kinds, aer, title=f"{best} aligns best",
    ylabel="alignment error rate, threshold", horizontal=True, limits=(0, 1), ax=left,
)  # fmt: skip
left.axvline(other[1], color=plotting.BLACK, linestyle="--")
plotting.bars(
    kinds, step, title=f"Slowest: {slowest}",
    ylabel="milliseconds for a training step", horizontal=True, digits=0, ax=right,
)  # fmt: skip
size = {name: int(scores_run.array(name, "parameters")[0]) for name in kinds}
print("parameters:", ", ".join(f"{name} {n:,}" for name, n in size.items()))
assert slowest == "concat, Bahdanau"
assert best == "general"
assert (aer[:, kinds.index("scaled dot")] > aer[:, kinds.index("dot")]).all()
assert kinds[bleu["test"].mean(0).argmin()] == "general, not scaled"

# %% [markdown]
# **General** aligns best, with every seed: W learns which number of the query belongs to which number of the key. **Concat** comes near
# with two of three seeds; with the third it never found where to look, and stayed at BLEU 37. **Bahdanau's form** is the slowest, for it
# attends step by step.
#
# **The surprise.** Part a, section 3, said that dividing by $\sqrt{H}$ helps. But *scaled dot* aligns worse than *dot*, with every seed. What is
# different here? There the numbers had variance 1. So look at the numbers that are compared here, and at the scores of a query.
# (The standard deviation, 표준편차, is the root of the variance: the typical distance from the mean.)

# %% key="score_sizes" folded=true
with torch.no_grad():
    encoded = model.encoder(pad([corpus.source.encode(p.source) for p in shown]))
    numbers = encoded.outputs[encoded.mask].std().item()
print(f"standard deviation of a number in your encoder's outputs: {numbers:.2f}\n")
maps = stored_maps(scores_run)  # of one seed: for each score function the scores in six sentences
spread, top = {}, {}
print(f"{'deviation of the scores':>23} {'untrained':>10} {'trained':>8}   largest weight")
for name in ("dot", "scaled dot", "general", "general, not scaled"):
    torch.manual_seed(0)
    fresh = corpus.translator(MODELS[name]())
    untrained = [attention_probe.probe(fresh, each).scores for each in shown]
    trained = [scores for scores, _ in maps[name]]
    spread[name] = attention_probe.score_spread(untrained), attention_probe.score_spread(trained)
    top[name] = scores_run.array(name, "where", "largest", "linked").mean()
    print(f"{name:>23} {spread[name][0]:10.2f} {spread[name][1]:8.2f} {top[name]:16.2f}")
assert numbers < 0.7
assert max(spread["scaled dot"][0], spread["general"][0]) < 0.05
assert spread["scaled dot"][1] < 1 < spread["general"][1] < 5 < spread["general, not scaled"][1]
assert top["scaled dot"] < 0.2 < 0.6 < top["general"]

# %% [markdown]
# The states of an LSTM lie between -1 and 1, and most of them are far smaller. Their products are small already. Divided by $\sqrt{H}$, the
# scores of a query are so alike that the softmax hardly chooses: the largest weight of *scaled dot* is 0.16 on average. It looks at the
# whole sentence at once.
#
# Why doesn't training make the scores larger? *General* begins just as small, but its W can grow. *Scaled dot* has
# nothing but the states, and these cannot exceed 1. Take a query that is equal to its key, among 15 tokens whose other
# scores are 0:


# %% key="best_weight" tags=["nbval-check-output"]
def best_weight(size, H=192, S=15):
    """The weight of a key equal to the query, both with numbers of this size, by scaled dot."""
    score = H * size**2 / math.sqrt(H)
    return math.exp(score) / (math.exp(score) + S - 1)


for size in (0.45, 1.0):
    print(f"numbers of size {size:.2f}: {best_weight(size):.2f}")

# %% [markdown]
# Numbers of size 0.45 were measured above in the *general* model. If query and key are equal and have this size, the
# key gets little more than half of the weight; near 1 it would get all. And no real query is equal to a key.
#
# **The rule** is not "divide by $\sqrt{H}$", but: *the scores of a query should lie a few units apart*. Much nearer,
# and all weights are alike. Much further, and they are all or nothing. In the Transformer of lesson 06 a normalization
# gives the numbers variance 1 before queries and keys are made of them, and we believe that this is why the root is
# right there.
#
# That the size of the numbers is the *whole* reason is what we believe; nobody has tried it here. The test would be *scaled dot* on
# normalized numbers:
#
# <details><summary>Try it (two minutes of training)</summary>
#
# ```python
# class NormalizedDot(attention.Dot):
#     def project(self, key):
#         return F.layer_norm(key, key.shape[-1:])  # each vector: mean 0, variance 1
#
#     def compare(self, query, key):
#         return super().compare(F.layer_norm(query, query.shape[-1:]), key)
#
# def normalized():
#     model = recurrent_model(attention="scaled dot")
#     model.decoder.score = NormalizedDot(scaled=True)
#     return model
#
# tried, _ = translation.trained(normalized, 20, **alignment.BUDGET)
# print(alignment.alignment_errors((tried.align(validation), validation), (tried.align(test), test)))
# ```
# </details>
#
# <details><summary>Two more kinds: location, and general without the root</summary>
#
# **Location** never looks at a word. It can only know from what was said so far where the next piece may stand. For short sentences that
# is enough surprisingly often. On `long` it needs positions that no training sentence has, and keeps little more than half of the
# BLEU that it has with the shortest sentences.
#
# **General, not scaled** has the same parameters as general. At this learning rate its scores end far apart: all or nothing. Where such a
# weight is wrong, hardly any gradient says so, for the derivative of a softmax has the factor $a_j (1 - a_j)$. That, we believe, is why
# it learns least.
# </details>
#
# ### Is Bahdanau's form late by a step?
#
# Its query $\mathbf{s}_{t-1}$ has not read the word $y_{t-1}$ when it asks about $y_t$. So its maps could be shifted:
# row t would point to what belongs to another word. Compare row t with the gold links of the word before, of its own,
# and of the word after. **Predict first**: where is its error least? (The table uses the two seeds with which concat
# found where to look. In brackets stands the 95 % interval of the mean.)

# %% key="shift" folded=true
shifts = {"t - 1": "-1", "t": "+0", "t + 1": "+1"}
forms = ("concat", "concat, Bahdanau")
aligned = scores_run.array("concat", "alignment error", "threshold") < 0.6
print(f"{'row t and the links of word':>30}", *(f"{name:>20}" for name in shifts))
error = {  # (shift, form): (seeds,)
    (shift, name): scores_run.array(name, "shift", shift)[aligned]
    for name in forms
    for shift in shifts.values()
}
for name in forms:
    print(f"{name:>30}", *(f"{t_interval(error[key, name])!s:>20}" for key in shifts.values()))
cost, late = (
    t_interval(sign * (error[shift, forms[1]] - error[shift, forms[0]]))
    for sign, shift in ((1, "+0"), (-1, "-1"))
)
print(f"\nBahdanau's form has {cost} more alignment error, with the same score function;")
print(f"held against the links of the word before, {late} less")
assert cost.low > 0
assert late.low > 0
assert error["+0", forms[1]].max() < error["+1", forms[1]].min()

# %% [markdown]
# It is not shifted as a whole: row t still fits word t best. But it fits word t less than in Luong's form, and the word *before* a
# little more: a part of it is late. We believe that this is because the query has read no further than $y_{t-2}$, and so has to serve
# several words that may come. It translates nonetheless: the word is said from the state, the context *and* the word before.
#
# ## 12 · Has everything been said? Coverage
#
# Nothing in attention keeps count. See, Liu and Manning (2017) add the weights of all earlier steps: the **coverage**
# (커버리지) of each source token. Their models read it, and get a larger loss if they look again where they looked before.
# Here we only measure it, while the model is told the translations of the corpus. If attention counted words, a source
# token with a counterpart would get about 1 in all, and a token without one about 0.

# %% key="coverage"
total = {True: [], False: []}  # has the token a sure link?
for matrix, pair in zip(weights, test, strict=True):
    before_last = attention.coverage(matrix[None])[0, -1]  # (S,), before the last word
    content = {j for j, _ in pair.alignment}
    for j, amount in enumerate((before_last + matrix[-1]).tolist()):
        total[j in content].append(amount)

# %% key="coverage_figure" folded=true
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
# The picture shows one sentence with six score functions. Below it, in the explorer, choose a sentence, a score
# function and a target word: on the left stands the map with its gold links, on the right the scores of the chosen
# word, its weights, and what its context is like: the cosine with each of the encoder's outputs. *general, trained
# here* is the model above; the others are from the stored run.
#
# **Predict first**: where does the word *the* look, in those sentences of the explorer that have one? In whose maps can one see that
# positions are looked at, and not words? And why is a context like the outputs beside it too, though all the weight is on one token?
# (Answers below.)

# %% key="explorer_picture" folded=true
seen = {"general, trained here": []}
for each in shown:
    close = attention_probe.probe(translator, each)
    seen["general, trained here"].append((close.scores, close.likeness))
seen |= maps
which = 0
six = ("general", "scaled dot", "location", "concat", "concat, Bahdanau", "general, not scaled")
print(shown[which].source_text, "|", shown[which].target_text)
of_this = {
    name: alignment_error_rate(
        [metrics.links_from_weights(seen[name][which][0].softmax(-1))],
        *([links] for links in shown[which].gold()),
    )
    for name in six
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
# <details><summary>Answers</summary>
#
# *the* has no counterpart, but its weights sum to 1, too. In the stored map of *general* it looks at 가격, its noun, in *to ask the price*;
# in *The scientist prepared an experiment yesterday* it looks at 어제, with which it has nothing to do.
#
# Positions are looked at in the maps of *location*: the weights lie in soft bands over neighbouring tokens, and the largest is 0.27 on
# average. And a context is like the outputs beside it because those outputs are like each other: the blur of section 10.
# </details>

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. An attention map has an alignment error rate of 0.30. What may one conclude?**
#
# <details><summary>30 % of the translations are wrong</summary>No: most words whose attention looked elsewhere were right all the same.</details>
# <details><summary>30 % of the weights are in the wrong place</summary>No: it counts links, made of weights by some rule, and it counts
# missing ones as well as wrong ones. Another rule gives another rate.</details>
# <details><summary>Found links and gold links differ by 30 %, and one must look where</summary>Yes: half of the difference were words that
# correspond to nothing, and words for which one link is not enough.</details>

# %% [markdown]
# **2. Four links are sure, none is only possible. A model finds one link, and it is a sure one. What is its alignment error rate?**
#
# <details><summary>0: what it found is right</summary>No: what it did not find counts, too.</details>
# <details><summary>0.6</summary>Yes: 1 − (1 + 1) / (1 + 4). Saying little does not help.</details>
# <details><summary>0.75: three of four are missing</summary>No: that would be the share of missing links alone; the rate weighs found and
# missing ones together.</details>

# %% [markdown]
# **3. The words of every English sentence are shuffled. What does IBM Model 1 learn from such pairs?**
#
# <details><summary>The same as before</summary>Yes: it only counts which words occur in one pair. Order plays no part in it.</details>
# <details><summary>Nothing: its sentences make no sense</summary>No: the words of a pair are still the same words.</details>
# <details><summary>Something worse, since positions are lost</summary>No: it never used them. (Model 2 does.)</details>

# %% [markdown]
# **4. The scores of a query differ by less than 0.1 from each other. What does its attention find?**
#
# <details><summary>The best key, as the largest score is the largest</summary>No: a softmax of nearly equal scores gives nearly equal
# weights.</details>
# <details><summary>About the mean of all values</summary>Yes: e<sup>0.1</sup> is 1.1, so no weight is far from any other. Something must make
# the scores larger: a weight as in *general*, or a scale that is learned.</details>
# <details><summary>0</summary>No: the weights sum to 1, whatever the scores are.</details>

# %% [markdown]
# ## Summary
#
# - An attention map can be graded: alignment error rate. It shows what the decoder uses, which is not always what corresponds.
# - IBM Model 1 aligns by counting which words occur together, without order and context, and did it a little better than our maps.
# - The scores of a query should lie a few units apart: $\sqrt{H}$ does it for numbers of variance 1. Too far apart, and weights are all or
#   nothing; too near, and they are all alike. With a poor score function much is lost: *scaled dot* and *location* keep no more of
#   their BLEU on `long` than the model without attention (part a, section 7).
#
# **What this lesson can't do.** The decoder looks at all source tokens at once, but encoder and decoder themselves still go one step
# after another: step 30 waits for 29 others, in training too. And if attention can look anywhere, what is the recurrence for?
# Lesson **06 Transformer** leaves it out.
#
# **Further reading.** Och, Ney (2003), *A Systematic Comparison of Various Statistical Alignment Models*, Computational Linguistics 29.
# Brown, Della Pietra, Della Pietra, Mercer (1993), *The Mathematics of Statistical Machine Translation: Parameter Estimation*,
# Computational Linguistics 19: Model 1 and four more. Dempster, Laird, Rubin (1977), *Maximum Likelihood from Incomplete Data via the EM
# Algorithm*, JRSS B 39. See, Liu, Manning (2017), *Get To The Point: Summarization with Pointer-Generator Networks*, ACL,
# arXiv:1704.04368: coverage. Koehn, Knowles (2017), *Six Challenges for Neural Machine Translation*, arXiv:1706.03872: attention that is
# not alignment.
