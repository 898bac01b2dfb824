# %% [markdown]
# # 01b · What vectors know (벡터가 아는 것)
#
# **The question.** Part a gave each word a vector, learned from text alone. Is *cat* closer to *dog* than to *Tuesday* among
# these vectors, though nobody has told them? And what are they good for?
#
# **What you will build**: nearest neighbours, analogies, a reader for vectors files, and a small classifier.
# **What you will measure**: what the vectors know before and after training, and when pretrained vectors help.
#
# | symbol | meaning |
# |---|---|
# | B | batch (배치): how many sentences, or pairs, at once |
# | T | length of the longest sentence in the batch |
# | V | size of the vocabulary |
# | E | size of an embedding: how many numbers a word gets |
# | M | negative samples for each pair |
# | C | classes |
#
# About 80 minutes, of which the exercises take 30. Everything runs on a CPU, without a network.

# %% key="imports"
import numpy as np
import torch
import torch.nn.functional as F

from course_lib import bundled, datasets, explorers, plotting, skipgram, text, vectors
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.statistics import spearman

torch.set_num_threads(1)  # a second thread gains nothing here, and loses much on a busy machine

# %% key="part_a"
# What you built in part a, as the course has it:
from course_lib.batches import encode_batch
from course_lib.text import build_vocab

# %% [markdown]
# The vectors of part a, trained once more in the same way (about 20 seconds). For Korean set `LANGUAGE = "ko"`.
#
# As a reminder: **skip-gram** learns to tell the words that stand near a word, its **context**, from M drawn words, the
# **negatives**. `<pad>` (id 0) fills short rows up, `<sos>` and `<eos>` mark the beginning and the end, `<unk>` stands for
# words that the vocabulary lacks. Sections and exercises are numbered on from part a.

# %% key="train"
LANGUAGE = "en"

corpus = datasets.load("ko-en")


def side(pair):
    """The tokens of the side that this lesson reads."""
    return pair.target if LANGUAGE == "en" else pair.source


sentences = [side(pair) for pair in corpus["train"]]
tokens = build_vocab(sentences, min_freq=2)
stoi = {token: i for i, token in enumerate(tokens)}  # string to index
encoded = [[stoi.get(token, stoi["<unk>"]) for token in sentence] for sentence in sentences]
# The moments at which the vectors are copied: the start, two early ones, the end of each epoch.
MOMENTS = (0, 1 / 64, 1 / 24, *(epoch / 8 for epoch in range(1, 9)))


def train(seed):
    return skipgram.train_skipgram(
        encoded, text.Vocab(tokens), E=64, window=5, M=5, epochs=8, batch_size=8192, lr=0.02,
        threshold=1e-3, seed=seed, snapshots=MOMENTS,
    )  # fmt: skip


run = train(seed=0)
words, index = run.vectors.tokens, run.vectors.index  # the four specials are left out
before, after = run.snapshots[0].weight, run.snapshots[-1].weight
print(f"{len(words)} words with {after.shape[1]} numbers each")

# %% [markdown]
# ## 5 · What do the vectors know?
#
# Near means here: a large **cosine** (코사인 유사도). It is the inner product of two vectors, after both are scaled to length
# 1: it is 1 for the same direction, 0 for a right angle, −1 for opposite directions.
#
# $$\cos(\mathbf{x}, \mathbf{y}) = \frac{\mathbf{x} \cdot \mathbf{y}}{\lVert\mathbf{x}\rVert\,\lVert\mathbf{y}\rVert}$$
#
# ### Exercise 7 · Nearest neighbours (최근접 이웃) · difficulty 2 of 5 · 8 minutes
#
# Write `nearest(weight, word, k)`: the ids of the k words with the largest cosine to the word with id `word`, a LongTensor
# of shape (k,), the nearest first.
#
# The word itself is not its own neighbour. A row may be all zeros (`<pad>` often is): its cosine counts as 0, not NaN.
#
# $\lVert\mathbf{x}\rVert$ is the length of $\mathbf{x}$, the root of the sum of its squares. `weight.norm(dim=1,
# keepdim=True)` gives the lengths of all rows, (V, 1). `.clamp(min=1e-12)` raises smaller numbers to that value, so
# that nothing is divided by 0. `cosine.topk(k).indices` are the places of the k largest.


# %% key="nearest" exercise="01.nearest"
def nearest(weight, word, k):
    # Your code here: rows of length 1, their products with the word's row; leave out the word.
    raise NotImplementedError


# %% key="check_nearest" tags=["exercise-check"]
check("01.nearest", nearest)

# %% key="use_nearest"
probes = ["coffee", "brother", "seoul"] if LANGUAGE == "en" else ["커피", "형", "서울"]
for word in probes:
    for name, weight in (("before", before), ("after", after)):
        found = ", ".join(words[i] for i in nearest(weight, index[word], k=8).tolist())
        print(f"{word:>8} {name:>7}: {found}")

if LANGUAGE == "en":
    of_coffee = {words[i] for i in nearest(after, index["coffee"], k=20).tolist()}
    assert {"tea", "drank"} <= of_coffee
    assert words[nearest(after, index["brother"], k=1)] == "sister"
    to_cat = F.normalize(after, dim=1) @ F.normalize(after[index["cat"]], dim=0)  # (V,)
    dog, tuesday = to_cat[index["dog"]], to_cat[index["tuesday"]]
    print(f"cosine of cat with dog {dog:.2f}, with tuesday {tuesday:.2f}")
    assert dog > tuesday + 0.05

# %% [markdown]
# **Two kinds of neighbours.** *tea* can stand where *coffee* stands, *sister* where *brother* stands: they fit into the same
# gaps. But *drank* stands **beside** *coffee*. It comes near as well, because two words of one sentence lie in the windows
# of the same words: they have contexts in common too. Nobody told the vectors, but *cat* is closer to *dog* than to
# *Tuesday*.
#
# ### Exercise 8 · Analogies (유추) · difficulty 2 of 5 · 8 minutes
#
# *man is to woman as brother is to …?* The idea: the step from *man* to *woman*, $\mathbf{b} - \mathbf{a}$, is also the step
# from *brother* to *sister*. So start at *brother* and add this step: $\mathbf{b} - \mathbf{a} + \mathbf{c}$. The figure shows it with
# invented vectors of two numbers, a parallelogram (평행사변형).

# %% key="parallelogram" folded=true
invented = {"man": (1, 0), "woman": (1, 2), "brother": (3, 1), "sister": (3, 3)}
a, b, c, d = invented.values()
assert tuple(b[i] - a[i] + c[i] for i in range(2)) == d
ax = plotting.points(
    list(invented.values()), list(invented), xlabel="first number", ylabel="second number",
    title="woman − man + brother = sister (invented numbers)",
)  # fmt: skip
for start, end in ((a, b), (c, d)):
    ax.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": plotting.BLUE})
for start, end in ((a, c), (b, d)):
    ax.plot(*zip(start, end, strict=True), ":", color=plotting.GREY)

# %% [markdown]
# Write `analogy(weight, a, b, c)`: the id d (an int) that completes "a is to b as c is to d". Scale all rows to length 1:
# $\mathbf{a}$, $\mathbf{b}$ and $\mathbf{c}$ are the scaled rows of the ids a, b and c. Take the row with the largest cosine to
# $\mathbf{b} - \mathbf{a} + \mathbf{c}$, these three ids left out (Mikolov, Yih and Zweig 2013; Levy and Goldberg 2014 call
# it 3CosAdd). Again a row may be all zeros.


# %% key="analogy" exercise="01.analogy"
def analogy(weight, a, b, c):
    # Your code here: the row nearest to row b - row a + row c, with these three left out.
    raise NotImplementedError


# %% key="check_analogy" tags=["exercise-check"]
check("01.analogy", analogy)

# %% [markdown]
# `data/analogies.tsv` asks questions of several categories, all with words of the corpus. Guessing would answer about one
# in V of them. Training is random, so one run proves little: it is repeated with two other seeds
# (about 40 seconds).

# %% key="analogy_accuracy"
questions = bundled.read_analogies(LANGUAGE)


def answered(weight, question):
    """Is the question (a, b, c, d, category) answered right? Not where a word has no vector."""
    a, b, c, d = (index.get(word) for word in question[:4])
    return None not in (a, b, c, d) and analogy(weight, a, b, c) == d


def accuracy(weight, category=None):
    """The share of the questions, of one category or of all, that are answered right."""
    asked = [question for question in questions if category in (None, question.category)]
    return float(np.mean([answered(weight, question) for question in asked]))


runs = [after, *(train(seed).vectors.weight for seed in (1, 2))]

# %% [markdown]
# The table has one question of each category as an example, and the share of its questions that are answered right: before
# training, and after it, the lowest and the highest of the three runs.

# %% key="analogy_table" folded=true
categories = list(dict.fromkeys(question.category for question in questions))
print(f"{'category':<12}{'an example':<46}{'questions':>9}{'before':>8}{'after':>14}")
for category in categories:
    asked = [question for question in questions if question.category == category]
    a, b, c, d = asked[0][:4]
    shares = [accuracy(weight, category) for weight in runs]
    print(
        f"{category:<12}{f'{a} : {b} = {c} : {d}':<46}{len(asked):>9}{accuracy(before, category):>8.2f}"
        f"{min(shares):>6.2f} to {max(shares):.2f}"
    )
accuracies = [accuracy(weight) for weight in runs]
print(
    f"{'all':<58}{len(questions):>9}{accuracy(before):>8.2f}{min(accuracies):>6.2f} to {max(accuracies):.2f}"
)
assert accuracy(before) < 0.1
assert 0.4 <= min(accuracies) <= max(accuracies) <= 0.7, accuracies
if LANGUAGE == "en":
    assert max(accuracy(weight, "material") for weight in runs) < 0.3
    assert min(accuracy(weight, "young") for weight in runs) > 0.4

# %% [markdown]
# About half of the answers are exactly right, out of all words of the vocabulary each time; of *young* more than half,
# of *material* hardly any. So the steps are there, but they are less regular than in the drawing.
#
# **Another test.** `data/word-pairs.tsv` gives pairs of words a similarity from 0 to 10, set by hand. The **rank
# correlation** (순위 상관, here Spearman's) compares the order of these numbers with the order of the cosines: 1 is the same
# order, 0 is no relation. The folded cell prints it.

# %% key="word_pairs" folded=true
pairs_known = [
    pair for pair in bundled.read_word_pairs(LANGUAGE) if pair.a in index and pair.b in index
]
given = [pair.score for pair in pairs_known]


def correlation(weight):
    unit = F.normalize(weight, dim=1)
    cosines = [float(unit[index[pair.a]] @ unit[index[pair.b]]) for pair in pairs_known]
    return spearman(cosines, given)


correlations = [correlation(weight) for weight in runs]
print(
    f"{len(pairs_known)} pairs: before {correlation(before):.2f}, after",
    *(f"{value:.2f}" for value in correlations),
)
assert min(correlations) > 0.3 > abs(correlation(before)), correlations

# %% [markdown]
# ## 6 · Watch it happen
#
# 64 numbers can't be drawn. **Principal component analysis** (PCA, 주성분 분석) looks for the two directions in which the
# words lie furthest apart, and draws each word by its two coordinates there. All three maps use the two directions of
# the trained vectors. The percentage at an axis is its share of the spread of the words. So a map shows only a part of
# the distances; the numbers below use all 64.
#
# The map shows twenty words of five kinds: people, food and drink, places, past verbs, times. **Predict first**: which kind
# comes together first? The folded cell prints the mean cosine of two words of one kind and of two kinds.

# %% key="groups" folded=true
GROUPS = {
    "en": {
        "people": ["brother", "sister", "father", "mother"],
        "food and drink": ["coffee", "tea", "bread", "rice"],
        "places": ["school", "library", "hospital", "market"],
        "past verbs": ["went", "bought", "ate", "drank"],
        "times": ["morning", "evening", "yesterday", "tomorrow"],
    },
    "ko": {
        "사람": ["형", "누나", "아버지", "어머니"],
        "음식과 음료": ["커피", "녹차", "빵", "밥"],
        "장소": ["학교", "도서관", "병원", "시장"],
        "동사": ["가", "사", "먹", "마시"],
        "시간": ["아침", "저녁", "어제", "내일"],
    },
}[LANGUAGE]
shown = [word for group in GROUPS.values() for word in group]
kinds = [kind for kind, group in GROUPS.items() for _ in group]
itself = torch.eye(len(shown), dtype=torch.bool)
same = torch.tensor([[a == b for b in kinds] for a in kinds]) & ~itself


def cosines_of_shown(weight):
    unit = F.normalize(weight[[index[word] for word in shown]], dim=1)
    return unit @ unit.T


def contrast(weight):
    """The mean cosine of two words of one kind, and of two words of different kinds."""
    cosine = cosines_of_shown(weight)
    means = [cosine[pairs].mean().item() for pairs in (same, ~same & ~itself)]
    return [round(mean, 2) + 0.0 for mean in means]  # + 0.0: no -0.0


same_kind, other_kind = contrast(after)
print(f"before: {contrast(before)[0]:.2f} within a kind, {contrast(before)[1]:.2f} between kinds")
print(f"after:  {same_kind:.2f} within a kind, {other_kind:.2f} between kinds")

# %% [markdown]
# The figure compares three moments. In the explorer below it you can move through the whole training, and choose the word
# whose neighbours are shown.

# %% key="training_picture" folded=true
analogies = [tuple(question[:4]) for question in questions]
training_explorer = explorers.SkipgramTraining(run.snapshots, words, shown, kinds, analogies)
axes = training_explorer.picture(
    title=f"Words of one kind find each other: mean cosine {same_kind:.2f} within a kind, {other_kind:.2f} between kinds; "
    f"before training {contrast(before)[0]:.2f} and {contrast(before)[1]:.2f}",
)
assert abs(contrast(before)[0] - contrast(before)[1]) < 0.05
assert same_kind > other_kind + 0.1

# %% key="training_explorer"
training_explorer.widget()

# %% [markdown]
# The folded cell prints how far each kind stands apart: the mean cosine of its words with each other, minus that with the
# words of the other kinds.


# %% key="kinds_early" folded=true
def apart(weight, kind):
    """The mean cosine of words of this kind with each other, minus that with the words of the other kinds."""
    cosine, mine = cosines_of_shown(weight), torch.tensor([its == kind for its in kinds])
    return (cosine[mine][same[mine]].mean() - cosine[mine][:, ~mine].mean()).item()


for epoch, number in ((0, 0), (1, 3), (2, 4), (8, -1)):
    weight = run.snapshots[number].weight
    shares = (f"{kind} {apart(weight, kind):.2f}" for kind in GROUPS)
    print("before training:" if epoch == 0 else f"after epoch {epoch}:  ", ", ".join(shares))
    if epoch == 2 and LANGUAGE == "en":
        order = sorted(GROUPS, key=lambda kind: -apart(weight, kind))
        assert order[:2] == ["people", "times"], order
        assert apart(weight, "people") > apart(weight, "past verbs") + 0.15
assert all(apart(after, kind) > 0.02 for kind in GROUPS)

# %% [markdown]
# **Answer.** People, then times. After the first epoch little can be seen: no kind stands apart by more than 0.13.
# After the second, people and times are far apart from the rest; the other three kinds stay behind to the end. We
# believe this is why: in many sentences of this corpus *brother* could stand for *sister*, or *yesterday* for
# *tomorrow*, and nothing else would change. *ate* and *went* stand among different words.
#
# ## 7 · Vectors in a file
#
# Trained vectors are shared as text: one line for each word, the word and then its numbers, all separated by spaces. This
# is the format of GloVe (Pennington, Socher and Manning 2014). Vectors that somebody else has trained are called
# **pretrained** (사전 훈련된). Usually they come from far more text than you have.
#
# ### Exercise 9 · Read a vectors file · difficulty 1 of 5 · 6 minutes
#
# Write `parse_vectors(lines)`: for a list of lines such as `"cat 0.1 -0.2 3\n"`, return two things: the list of the words,
# and a float32 tensor with one row for each line, in the order of the lines.


# %% key="parse_vectors" exercise="01.parse_vectors"
def parse_vectors(lines):
    # Your code here: split each line into the word and its numbers.
    raise NotImplementedError


# %% key="check_parse_vectors" tags=["exercise-check"]
check("01.parse_vectors", parse_vectors)

# %% [markdown]
# The course brings such a file. It was trained on the same sentences, with 50 numbers for each word, 10 negatives and 10
# epochs. It has more words than our vocabulary, because it also holds those that are seen only once.

# %% key="use_parse_vectors"
vectors_file = bundled.data_folder() / "vectors" / f"ko-en.{LANGUAGE}.vec"
file_words, pretrained = parse_vectors(
    vectors_file.read_text(encoding="utf-8").splitlines(keepends=True)
)
by_library = vectors.read_vectors(vectors_file)
assert file_words == by_library.tokens
assert torch.equal(pretrained, by_library.weight)
print(f"{len(file_words)} words with {pretrained.shape[1]} numbers each, as the library reads them")

# %% [markdown]
# torchtext has a reader too. The folded cell compares, where torchtext is installed.

# %% key="torchtext_vectors" folded=true
if text.torchtext_or_none() is None:
    print("torchtext is not installed here: its reader is left out.")
else:
    import contextlib
    import io
    import tempfile

    from torchtext.vocab import Vectors

    with (
        tempfile.TemporaryDirectory() as cache,
        contextlib.redirect_stderr(io.StringIO()),
    ):  # it keeps a copy, and a bar
        theirs = Vectors(str(vectors_file), cache=cache)
    assert theirs.itos == file_words
    assert torch.equal(theirs.vectors, pretrained)
    print("torchtext reads the same.")

# %% [markdown]
# ## 8 · When do pretrained vectors help?
#
# The task: tell the topic of a sentence. The model is the simplest there is: the mean of the word vectors, then a linear
# layer (선형 층) with a softmax. The mean must not count the padding. What says where real words are is called a **mask**
# (마스크): True at a word, False at padding.
#
# ### Exercise 10 · The mean of the words that are there · difficulty 3 of 5 · 8 minutes
#
# Write `masked_mean(vectors, ids)`: for vectors (B, T, E) and ids (B, T), where id 0 is padding, the mean over all
# places of a sentence whose id is not 0, (B, E). `<sos>`, `<eos>` and `<unk>` count like words. A row of padding alone
# gives zeros, not NaN: `count.clamp(min=1)` makes 1 of a count of 0, so that nothing is divided by 0.


# %% key="masked_mean" exercise="01.masked_mean"
from course_lib.text import PAD  # 0, the id of <pad>


def masked_mean(vectors, ids):
    # Your code here: sum over the real words, divide by how many there are.
    raise NotImplementedError


# %% key="check_masked_mean" tags=["exercise-check"]
check("01.masked_mean", masked_mean)


# %% key="topic_model"
def topic_logits(ids, weight, linear):
    """Sentences (B, T) -> vectors (B, T, E) -> their mean (B, E) -> logits of the topics (B, C)."""
    return linear(masked_mean(weight[ids], ids))


# %% [markdown]
# Three ways to begin, everything else equal:
#
# - **from scratch**: random vectors, trained with the task;
# - **pretrained**: vectors from the file, trained further with the task;
# - **frozen** (동결): vectors from the file, never changed. Only the linear layer is trained.
#
# The vectors in the file saw all 20,000 sentences, and no topic. Each sentence has its topic as a label, but we use only few
# labels: each way is tried with 40, 160 and 640 labelled sentences, and with five seeds; each seed draws other sentences.
# The folded cell trains. **Predict first**: which way wins with 40 sentences, and which with 640?

# %% key="classifier" folded=true
topics = sorted({pair.topic for pair in corpus["train"]})
C = len(topics)
print(f"{C} topics: {', '.join(topics)}")
assert C == 8
start_weight, found = vectors.align_vectors(
    text.Vocab(tokens),
    vectors.Vectors(file_words, pretrained),
    generator=torch.Generator().manual_seed(0),
)
assert found.float().mean() > 0.99  # nearly the whole vocabulary has a pretrained vector
spread = pretrained.std()  # vectors from scratch begin as long as the pretrained ones are
test_ids = encode_batch([side(pair) for pair in corpus["test"]], stoi)
test_labels = torch.tensor([topics.index(pair.topic) for pair in corpus["test"]])


def classify(way, labelled, seed, steps=60):
    """Train a topic classifier on a few labelled sentences; its accuracy on these, and on the test sentences."""
    generator = torch.Generator().manual_seed(seed)
    drawn = torch.randperm(len(sentences), generator=generator)[:labelled].tolist()
    chosen = [corpus["train"][i] for i in drawn]
    ids = encode_batch([side(pair) for pair in chosen], stoi)
    labels = torch.tensor([topics.index(pair.topic) for pair in chosen])
    random = torch.randn(start_weight.shape, generator=generator) * spread
    weight = random if way == "scratch" else start_weight.clone()
    weight.requires_grad_(way != "frozen")
    linear = torch.nn.Linear(weight.shape[1], C)
    torch.nn.init.zeros_(linear.weight)
    torch.nn.init.zeros_(linear.bias)
    trained = [*linear.parameters(), *([weight] if way != "frozen" else [])]
    optimizer = torch.optim.Adam(trained, lr=0.02)
    for _ in range(steps):
        loss = F.cross_entropy(topic_logits(ids, weight, linear), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        guesses = [topic_logits(some, weight, linear).argmax(1) for some in (ids, test_ids)]
    right = [guess == asked for guess, asked in zip(guesses, (labels, test_labels), strict=True)]
    return [each.float().mean().item() for each in right]


WAYS, SIZES = ("scratch", "pretrained", "frozen"), (40, 160, 640)
results = {  # (seeds, sizes, 2): in training and in the test
    way: np.array([[classify(way, n, seed) for n in SIZES] for seed in range(5)]) for way in WAYS
}
in_training = {way: results[way][..., 0].mean(0) for way in WAYS}
in_test = {way: results[way][..., 1].mean(0) for way in WAYS}
print("accuracy with", ", ".join(map(str, SIZES)), "labelled sentences, the mean of five seeds")
for way in WAYS:
    shares = (" ".join(f"{share:.2f}" for share in where[way]) for where in (in_training, in_test))
    print(f"{way:>10}: in training {next(shares)}, in the test {next(shares)}")

# %% [markdown]
# The figure shows the accuracy in the test. A line is the mean of the five seeds, the band its 95 % interval. Guessing is
# right once in eight.

# %% key="classifier_figure" folded=true
plotting.curve(
    SIZES,
    {way: results[way][..., 1] for way in WAYS} | {"guessing": [1 / C] * len(SIZES)},
    title=f"With {SIZES[0]} labelled sentences frozen pretrained vectors give {in_test['frozen'][0]:.0%}, vectors from scratch "
    f"{in_test['scratch'][0]:.0%}; with {SIZES[-1]} the ones that were trained further lead with {in_test['pretrained'][-1]:.0%}",
    xlabel="labelled sentences",
    ylabel="accuracy on test sentences",
    log="x",
)
assert min(in_training[way][0] for way in WAYS) > 0.97
assert min(min(in_training[way]) for way in ("scratch", "pretrained")) > 0.99
assert in_training["frozen"][-1] < 0.8
assert in_test["frozen"][0] > in_test["scratch"][0] + 0.1
assert in_test["pretrained"][0] > in_test["scratch"][0] + 0.03
assert in_test["frozen"][0] > in_test["pretrained"][0]
assert in_test["pretrained"][-1] > in_test["frozen"][-1]

# %% [markdown]
# **Answer.** With 40 sentences frozen vectors win. All three ways learn the 40 sentences by heart, but a test sentence
# has words that none of the 40 has. We believe this is the reason: frozen, *coffee* still lies near *tea*, so what the
# layer has learned about *tea* holds for *coffee*. Trained further, only the words of the 40 sentences move, away from
# their old neighbours. With 640 sentences, pretrained vectors that may change lead by a little, too little to be sure
# with five seeds. The model with frozen ones then no longer fits even its training sentences.
#
# These are the two forms of machine learning of lesson 00. Frozen vectors are features that were given, and only the
# classifier learns. Trained further, the features are learned too: that is deep learning, and it needs more labels.

# %% [markdown]
# ## What went wrong?
#
# A real bug, in a tutorial that many people learned from: PyTorch's "NLP From Scratch: Translation with a Sequence to
# Sequence Network and Attention", as it stands since June 2023 (issue 2840 of its repository). There `<sos>` has id 0 and
# `<eos>` id 1. A batch is a table of **zeros** into which the ids of each sentence are written; no id means padding.
# Training runs, the loss falls, no error is raised.
#
# Here is the same in a few lines of our own, with the mean of our classifier. Look at the output, and say what is wrong
# before you open the answer.

# %% key="bug" tags=["nbval-check-output"]
buggy_tokens = ["<sos>", "<eos>", "i", "like", "tea", "my", "brother", "does", "n't"]
buggy = {token: i for i, token in enumerate(buggy_tokens)}
table = torch.linspace(-1, 1, 9)[:, None].expand(9, 2)  # one vector for each id


def buggy_batch(some):
    ids = torch.zeros(len(some), max(map(len, some)) + 2, dtype=torch.long)
    for row, sentence in enumerate(some):
        marked = ["<sos>", *sentence, "<eos>"]
        ids[row, : len(marked)] = torch.tensor([buggy[token] for token in marked])
    return ids


def buggy_mean(ids):
    return table[ids].mean(1)


short = ["i", "like", "tea"]
longer = ["my", "brother", "does", "n't", "like", "tea"]
alone = buggy_mean(buggy_batch([short]))[0]
beside = buggy_mean(buggy_batch([short, longer]))[0]
print("alone:          ", [round(value, 4) for value in alone.tolist()])
print("beside a longer:", [round(value, 4) for value in beside.tolist()])

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# The same sentence gets two different vectors, depending on the sentence beside it. The unused places of the table hold 0,
# and 0 is `<sos>`: the padding is read as three more words. The mask `ids != 0` can't hide it either: it would remove
# every real `<sos>` as well.
#
# The cure is an id that means padding and nothing else (`<pad>` = 0 in this course), and a mask wherever something is
# summed, averaged or, later, attended to. The test: **a sentence must get the same result alone and in a batch.**
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
cured = {token: i for i, token in enumerate(["<pad>", "<unk>", *buggy])}
cured_table = torch.cat([torch.zeros(2, 2), table])
for batch in ([short], [short, longer]):
    ids = encode_batch(batch, cured)
    print([round(value, 4) for value in masked_mean(cured_table[ids], ids)[0].tolist()])

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. *hot* and *cold* turn out to be near neighbours. Is this a failure of training?**
#
# <details><summary>Yes, opposites should be far apart</summary>No: skip-gram knows only which words fill the same gaps, and
# <i>the soup is ___</i> takes both. Nearness here means "used alike", not "means the same".</details>
# <details><summary>No: they occur in the same contexts, and that is all that skip-gram sees</summary>Yes: words that can
# replace each other come near, opposites included.</details>
# <details><summary>Yes, the window was too small</summary>No: in a larger window, too, opposites stand among the same
# words.</details>

# %% [markdown]
# **2. Half of your sentences are padded, and you take `vectors.mean(1)`. The vector of `<pad>` is zero. What happens?**
#
# <details><summary>Nothing: zeros do not count</summary>No: they do not count in the sum, but they do in the number that it
# is divided by.</details>
# <details><summary>The mean of a short sentence shrinks, the more the longer its neighbours in the batch are</summary>Yes:
# the sum is right, the division is by T. So the result depends on the batch, and no error says so.</details>
# <details><summary>The mean becomes NaN</summary>No: that happens only where a count of 0 divides, in a row of padding
# alone, and only if you divide by the number of real words.</details>

# %% [markdown]
# **3. What is the cosine of (3, 4) and (6, 8)?**
#
# <details><summary>50</summary>No: that is the inner product. Both are scaled to length 1 first.</details>
# <details><summary>1</summary>Yes: one is twice the other, so they have the same direction: 50 / (5 · 10).</details>
# <details><summary>0.5: one is half as long</summary>No: lengths play no part in a cosine.</details>

# %% [markdown]
# **4. The classifier has frozen vectors of E = 50 numbers, and C = 8 topics. How many numbers are trained?**
#
# <details><summary>400</summary>No: these are the weights, 50 · 8. The linear layer has a bias, too.</details>
# <details><summary>408</summary>Yes: 50 · 8 weights and 8 biases. With V words that are trained further it would be 50 · V
# more.</details>
# <details><summary>None: frozen means that nothing is trained</summary>No: the vectors are frozen, the linear layer is
# not.</details>
#
# ## Summary
#
# - Cosine finds neighbours; b - a + c answers analogies, with a, b and c left out.
# - Pretrained vectors help most where labels are few.
# - Padding needs an id of its own, and a mask. The same sentence must give the same result in every batch.
#
# **What this lesson can't do.** The mean forgets the order: *the dog saw the cat* and *the cat saw the dog* are one
# vector. And *bank* has one vector, whether it stands beside a river or holds your money. The next lesson, **02 RNN**,
# reads word after word and keeps a memory of what it has read.
#
# **Further reading.** Mikolov, Yih, Zweig (2013), *Linguistic Regularities in Continuous Space Word Representations*, NAACL.
# Pennington, Socher, Manning (2014), *GloVe: Global Vectors for Word Representation*, EMNLP. Levy, Goldberg (2014),
# *Linguistic Regularities in Sparse and Explicit Word Representations*, CoNLL.
