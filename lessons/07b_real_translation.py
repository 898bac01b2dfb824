# %% [markdown]
# # 07b · Real translation (실전 번역)
#
# **The question.** Part a made tokens of a string, and a string of tokens. A real sentence may be long, somebody waits for the answer, and one wants to know how good
# it is. What is still missing between your Transformer and a command that translates what one types?
#
# **What you will build**: the step of a key–value cache, a softmax in one pass, and a diagnosis of what a translator does wrong.
# **What you will measure**: what the cache and the one pass save, and what a BLEU score says without its signature.
#
# | symbol | meaning |
# |---|---|
# | B | batch: how many sentences at once |
# | S | length of the source |
# | T | length of the target |
# | D | model width |
# | N | heads |
# | $d_k$ | width of a head, D / N |
#
# About 85 minutes, of which the exercises take 33. Everything runs on a CPU, without a network connection.

# %% key="imports"
import time
from collections import Counter
from functools import partial

import numpy as np
import torch
from sacrebleu.metrics import BLEU

from course_lib import bundled, datasets, metrics, plotting, transformer
from course_lib.batches import pad
from course_lib.exercises import check, hint, solution  # hint and solution are yours to call
from course_lib.experiments import multi30k
from course_lib.experiments.memory import peak_bytes
from course_lib.models import SIZES, build
from course_lib.text import SOS
from course_lib.translator_file import load_translator
from course_lib.translator_training import translations

torch.set_num_threads(1)  # these tensors are so small that a second thread only gets in the way

# %% [markdown]
# The course brings a translator along, a Transformer that `course train` made of the bundled corpus (`data/models`). On the command line: `course translate "저는 학교에
# 갔어요."` This part begins with its merges (byte-pair encoding, part a), its vocabulary, and 64 sentences of about the same length:

# %% key="course_translator"
corpus = datasets.load("ko-en")
loaded = load_translator(bundled.translator_file())
vocabulary = loaded.translator.source
cut = [vocabulary.encode(loaded.recipe.tokens(pair.source_text)) for pair in corpus["train"]]
source = pad([ids for ids in cut if 7 <= len(ids) <= 9][:64])  # (B, S)
print(f"{len(vocabulary):,} tokens; a batch {tuple(source.shape)}")

# %% [markdown]
# ## 5 · Decoding: nothing twice
#
# In lesson 06 each new word was computed together with all words before it. But the triangular mask keeps those from seeing the new one, so what was
# computed for them does not change. A step reads the word that was said last, and needs of those before it only their **keys and values**, in each layer. They are kept: the **key–value cache** (KV 캐시).
#
# ![](picture:key_value_cache)
#
# ### Exercise 7 · One step with a cache · difficulty 2 of 5 · 8 minutes
#
# Write `attend_further(attention, x, key, value)`: the self-attention of a new word, x (B, 1, D), which looks at the words before it **and at itself**. `key` and
# `value` (B, N, words before, d_k) are those of the words before; with the first word there are none, and the third dimension is 0. Return three: the output
# (B, 1, D), and keys and values of all words so far (B, N, words before + 1, d_k).
#
# - `attention.keys_values(x)` gives keys and values of x, the pair (B, N, 1, d_k) each.
# - `attention.look_up(x, key, value)` lets x ask among keys and values, with the output projection: the pair of output and weights.


# %% key="attend_further" exercise="07.attend_further"
def attend_further(attention, x, key, value):
    ### BEGIN SOLUTION: the new word's key and value behind the others; then look up
    new_key, new_value = attention.keys_values(x)
    key, value = torch.cat([key, new_key], dim=2), torch.cat([value, new_value], dim=2)
    return attention.look_up(x, key, value)[0], key, value
    ### END SOLUTION


# %% key="check_attend_further" tags=["exercise-check"]
check("07.attend_further", attend_further)

# %% [markdown]
# A decoder with your step, around the layers of a model of the size that `course train --size small` trains. (It is not trained: what it says does not matter for the
# time.) Against it, a decoder that computes everything anew at each word. Both say 50 words for each of 64 sentences, always the likeliest one. **Predict
# first**: how many times as fast is the one with the cache? (About 8 seconds.) The folded cell holds the decoder without a cache, the sentences and the clock.

# %% key="without_cache" folded=true
LENGTH = 50
torch.manual_seed(0)
wide = build("transformer", SIZES["small"]["transformer"], words=len(vocabulary)).eval()


def likeliest(logits):  # no <eos>, so that all go on to the end
    return logits[:, 4:].argmax(-1, keepdim=True) + 4


def anew(model):
    memory, mask = model.encode(source)
    inputs = torch.full((len(source), 1), SOS)
    for _ in range(LENGTH):
        features = model.decode(memory, mask, inputs)[:, -1]
        inputs = torch.cat([inputs, likeliest(model.output(features))], dim=1)
    return inputs


def timed(decode):
    start = time.process_time()
    with torch.no_grad():
        words = decode(wide)
    return words, time.process_time() - start


# %% key="cache"
def with_cache(model):
    memory, mask = model.encode(source)
    of_source = [layer.multihead_attn.keys_values(memory) for layer in model.decoder]  # once
    kept = [(key[:, :, :0], value[:, :, :0]) for key, value in of_source]  # of no words yet
    inputs = torch.full((len(source), 1), SOS)
    for t in range(LENGTH):
        x = model.embed(model.target_embedding, model.target_positions, inputs[:, -1:], t)  # one word
        for i, layer in enumerate(model.decoder):
            found, key, value = attend_further(layer.self_attn, layer.norm1(x), *kept[i])
            kept[i] = key, value
            x = x + found
            x = x + layer.multihead_attn.look_up(layer.norm2(x), *of_source[i], mask)[0]
            x = x + layer.feed_forward(layer.norm3(x))
        inputs = torch.cat([inputs, likeliest(model.output(model.decoder_norm(x[:, -1])))], dim=1)
    return inputs


(slow, slow_seconds), (quick, quick_seconds) = timed(anew), timed(with_cache)
print(
    f"the same words: {(slow == quick).float().mean():.0%}; {slow_seconds / quick_seconds:.1f} times as fast"
)
assert (slow == quick).float().mean() > 0.99

# %% [markdown]
# The words are the same, and a step costs the work of one word instead of that of all. What still grows with the length is the look-up, and the memory: for each
# layer and word a key and a value of D numbers.
#
# ## 6 · The softmax in one pass
#
# Attention needs T times S scores s, then m, the largest of each query's, then the sum of $e^{s - m}$, then the
# weighted mean of the values. With 8,000 words on both sides the scores alone are 64 million numbers for each head, in
# memory at once. Must they be?
#
# Take the keys in blocks. After some blocks we hold three things for each query. m is the **largest** score so far. l
# is the **sum** of $e^{s - m}$ over all scores s so far. The **context** $\mathbf{c}$ is the sum of $e^{s -
# m}\,\mathbf{v}$ over their values; it is not divided by anything yet. Let m′ be the larger of m and the largest score
# of the next block. What was summed so far used m instead of m′; one factor, $e^{m - m'}$, corrects it:
#
# $$e^{s - m'} = e^{s - m}\, e^{m - m'} \qquad\qquad
# l' = l\, e^{m - m'} + \sum_{\text{block}} e^{s - m'} \qquad
# \mathbf{c}' = \mathbf{c}\, e^{m - m'} + \sum_{\text{block}} e^{s - m'}\, \mathbf{v}$$
#
# After the last block $\mathbf{c} / l$ is the weighted mean of the values, with the weights of the softmax (Milakov, Gimelshein 2018). Kernels such as FlashAttention (Dao and others 2022) are built on it.
#
# ### Exercise 8 · The softmax, block by block · difficulty 4 of 5 · 15 minutes
#
# Write `online_softmax(scores, values, state)`. The block has n keys: `scores` is (..., T, n), `values` (..., n, d_k).
# `state` is the triple (m, l, c): m and l are (..., T, 1), c is (..., T, d_k). Return the next state. Before the first
# block m is −∞, and l and c are 0.
#
# A score of −∞ hides a key. Where a query has seen nothing but such keys, m′ is −∞, too, and −∞ − (−∞) is nan: there,
# l′ and c′ must be 0, and no gradient may become nan.
#
# Useful: `scores.max(-1, keepdim=True).values`; `torch.maximum(a, b)`, the larger of two tensors, place by place;
# `x.isinf()`, True at ±∞; `x.masked_fill(where, 0)`.


# %% key="online_softmax" exercise="07.online_softmax"
def online_softmax(scores, values, state):
    # Your code here: the new maximum; what was summed before, corrected; the block.
    raise NotImplementedError


# %% key="check_online_softmax" tags=["exercise-check"]
check("07.online_softmax", online_softmax)


# %% key="memory"
def in_blocks(query, key, value, block=128):
    largest = query.new_full((*query.shape[:-1], 1), -torch.inf)
    state = largest, torch.zeros_like(largest), torch.zeros_like(query)
    for start in range(0, key.shape[2], block):
        here = slice(start, start + block)
        scores = query @ key[:, :, here].mT / query.shape[-1] ** 0.5  # (B, N, T, block)
        state = online_softmax(scores, value[:, :, here], state)
    _, total, context = state
    return context / total


# %% key="memory_figure" folded=true
LONG = (256, 512, 1024, 2048, 4096)
ways = {
    "all scores at once": lambda x: transformer.attend_heads(x, x, x)[0],
    "in blocks": lambda x: in_blocks(x, x, x),
}
megabytes = {name: [] for name in ways}
with torch.no_grad():
    for T in LONG:
        x = torch.randn(1, 1, T, 16, generator=torch.Generator().manual_seed(T))  # B 1, N 1, d_k 16
        assert torch.allclose(*(attend(x) for attend in ways.values()), atol=1e-5)
        for name, attend in ways.items():
            megabytes[name].append(peak_bytes(partial(attend, x)) / 2**20)
ratio = {name: values[-1] / values[-2] for name, values in megabytes.items()}
plotting.curve(
    LONG, megabytes, log="xy", xlabel="words T = S", ylabel="megabytes of tensors, at most",
    title=f"Twice the length takes {ratio['all scores at once']:.1f} times the memory at once, "
    f"{ratio['in blocks']:.1f} times in blocks",
)  # fmt: skip
assert 3.5 < ratio["all scores at once"] <= 4.1
assert 1.9 < ratio["in blocks"] < 2.2

# %% [markdown]
# ## 7 · What a BLEU score says, and what it does not
#
# Here the course's translator translates 200 sentences of the test split. **One** set of translations, **one** set of
# references, but in four forms: the text as it is, the text in small letters, the subwords as tokens, the characters as
# tokens. **Predict first**: which of the four BLEU scores is the highest?

# %% key="fine_print" folded=true
pairs = corpus["test"][:200]
found = translations(loaded.recipe, loaded.translator, [pair.source_text for pair in pairs])
wanted = [pair.target_text for pair in pairs]


def in_tokens(sentences):
    return [loaded.recipe.tokens(text) for text in sentences]


forms = {
    "as it is": (found, wanted),
    "in small letters": ([text.lower() for text in found], [text.lower() for text in wanted]),
    "of subwords": (in_tokens(found), in_tokens(wanted)),
    "of characters": ([list(text) for text in found], [list(text) for text in wanted]),
}
bleu = {}
for name, (hypotheses, references) in forms.items():
    bleu[name] = metrics.sacrebleu(hypotheses=hypotheses, references=references)
    print(
        f"{name:<17}{bleu[name]:5.1f}   {metrics.bleu_signature(hypotheses=hypotheses, references=references)}"
    )
interval = metrics.bleu_interval(hypotheses=found, references=wanted)
print(f"other sentences of the same kind: {interval.low:.1f} to {interval.high:.1f}")
assert bleu["of characters"] > bleu["as it is"] + 5
assert bleu["in small letters"] >= bleu["as it is"]

# %% [markdown]
# **Answer.** That of characters, by far. (A word in another form shares most of its characters with the right one; we
# believe that this is why.) The four scores belong to the same translations. The signature does not tell all four
# apart: the first two share one, because sacreBLEU cannot know that the text was written in small letters before
# (sacreBLEU can make the letters small itself; then its signature says `case:lc`), and so do the last two, because with
# `tok:none` it cannot know what the tokens are. So report the score of the plain text, with its **signature**: how many
# references, whether case counts, which tokens (`13a`: sacreBLEU cuts the *text* itself, the same for everybody), how
# zeros are smoothed, and the version (Post 2018). Scores with different signatures cannot be compared; nor can scores
# of different test sets, or of text that was changed before sacreBLEU saw it. And the interval says how far the choice
# of the test sentences alone would move it (Koehn 2004).

# %% [markdown]
# ## 8 · Ten translations
#
# A score says how much is wrong, but not what. So read the translations. Here are ten sentences of the test split, and what the course's translator makes of them:
#
# | | Korean | reference | translation |
# |---|---|---|---|
# | 1 | 저는 시험이 있을 때 항상 도서관에 가요. | I always go to the library when I have an exam. | When I have an exam, I always go to the library. |
# | 2 | 그저께 할머니께서 가게에서 옷을 입어 보셨어요. | My grandmother tried on the clothes at the store the day before yesterday. | The day before yesterday, I tried on the clothes at the store. |
# | 3 | 저는 음악을 듣는 것을 좋아합니다. | I like listening to music. | I like listen to music. |
# | 4 | 저는 프랑스 친구에게 프랑스어를 배우고 있어요. | I'm learning French from a French friend. | I'm learning French from a friend. |
# | 5 | 지훈 씨는 친구가 많아요. | Jihoon has a lot of friends. | Jihoon has a lot of books. |
# | 6 | 얼마 전에 오빠는 저녁을 준비하고 제 남편은 빨래를 했습니다. | Not long ago, my older brother prepared dinner, and my husband did the laundry. | Not long ago, my older brother did the laundry, and my husband did the laundry. |
# | 7 | 내가 대추를 살게. | I'll buy jujubes. | I'll buy a blbes. |
# | 8 | 김치찌개 한 그릇 주세요. | Please give me a bowl of kimchi stew. | A bowl of kimchi stew, please. |
# | 9 | 우리는 날씨가 너무 나빠서 여행을 가는 대신에 집에서 여행 책을 읽었어요. | We read travel books at home instead of going on a trip because the weather was very bad. | We read a book at home instead of going on a trip. |
# | 10 | 할머니께서는 목이 마르실 때 항상 시원한 주스를 드십니다. | When my grandmother is thirsty, she always drinks some cold juice. | When my grandmother is thirsty, she always eats some cold juice. |
#
# ### Exercise 9 · What is wrong? · difficulty 2 of 5 · 10 minutes
#
# Write `causes()`: a list of ten strings, the cause of each row, in order. (After the error types of Vilar and others 2006.)
#
# - `"fair"`: nothing is wrong; it is another way to say the same.
# - `"left out"`: something of the source is missing. `"repeated"`: something is said twice instead.
# - `"word"`: an English word that means something else. `"invented"`: a string that is no English word.
# - `"form"`: the right word in a wrong form. `"who"`: the translation names another person as the one who does it.
#
# Where two causes fit, give the more exact one.


# %% key="causes" exercise="07.causes"
def causes():
    # Your code here: ten of "fair", "left out", "repeated", "word", "invented", "form", "who".
    raise NotImplementedError


# %% key="check_causes" tags=["exercise-check"]
check("07.causes", causes)

# %% [markdown]
# What would BLEU have said? **Predict first**: does it put the two fair ones above the wrong ones?

# %% key="bleu_of_rows" folded=true
TEN = (
    "저는 시험이 있을 때", "그저께 할머니께서", "저는 음악을 듣는", "저는 프랑스 친구", "지훈 씨는 친구가",
    "얼마 전에 오빠는", "내가 대추를", "김치찌개 한", "우리는 날씨가 너무", "할머니께서는 목이 마르실",
)  # fmt: skip
rows = [next(pair for pair in corpus["test"] if pair.source_text.startswith(start)) for start in TEN]
said = translations(loaded.recipe, loaded.translator, [pair.source_text for pair in rows])
of_row = [
    metrics.sacrebleu(hypotheses=[text], references=[pair.target_text])
    for pair, text in zip(rows, said, strict=True)
]
for place in np.argsort(of_row)[::-1]:
    print(f"{of_row[place]:5.1f}  {causes()[place]:<9} {said[place]}")
seen = Counter(token for pair in corpus["train"] for token in pair.source)
print(f"in training 대추 occurs {seen['대추']} times, 친구 {seen['친구']:,} times")
fair = [score for score, cause in zip(of_row, causes(), strict=True) if cause == "fair"]
assert max(fair) < max(of_row)

# %% [markdown]
# One fair translation stands ninth of ten, below translations that are wrong; and one that turns friends into books stands third. BLEU counts n-grams, each as much as another; it
# does not know whether a wrong one changes the meaning. Over many sentences that evens out, and scores of a whole test set are good for comparing systems. For a single
# sentence they are not.
#
# And the invented word? *대추* occurs once in training, so the model has hardly seen which pieces make up its English word, and puts together pieces that form no
# word. A model of words that leaves out such rare ones could at best have said `<unk>`, which shows that something is missing.

# %% [markdown]
# ## 9 · Your own model, as a command
#
# What you built in lesson 06 can be trained on text and kept in a file. This is for after the lesson (`20m` means 20
# minutes of training). In a terminal, in the folder of the course:
#
#     course train --model work/06b_transformer.ipynb --budget 20m --out runs/mine
#     course translate runs/mine "저는 학교에 갔어요."
#     course evaluate runs/mine
#
# `course train` reads the notebook, and 06a beside it, checks your parts once more (what is not right yet is named, and the course's own stands in), and trains your `OwnTransformer` on
# subwords, in batches by tokens. Ctrl-C stops it; the same command with `--resume` goes on. The file that it leaves holds the weights as numbers and everything
# else as text: the merges, the sizes, the seed, the versions, a checksum. It runs no code when it is read, and your weights fit the library's Transformer,
# which decodes them with a cache.
#
# And real sentences? `course data get multi30k` fetches 29,000 pairs of German and English sentences, descriptions of
# pictures that people wrote, and `--data`, `--source` and `--target` take those, or yours. What the command reached
# there with the library's models was measured on one core of an ordinary processor (`docs/results.md` has all of it).
# It is BLEU of text in small letters; the scores of others that stand below it are of tokens. So by section 7 they
# cannot be compared exactly: a difference of a point or two says nothing.

# %% key="multi30k" folded=true
print(f"{'test_2016_flickr, beam of 5':<56}{'updates':>13}{'seeds':>7}{'BLEU':>7}")
for row in multi30k.ROWS:
    scores = [run["tests"]["test_2016_flickr"]["beam"]["bleu"] for run in multi30k.stored()[row.name]]
    if scores:
        print(f"{row.title:<56}{row.updates:>13,}{len(scores):>7}{np.mean(scores):>7.1f}")
print("published by others")
for score, what, _ in multi30k.PUBLISHED:
    print(f"{what:<76}{score:>7.1f}")

# %% [markdown]
# ## What went wrong?
#
# A real bug, from a widely used library that compares language models: huggingface/lighteval, issue 1112 (January
# 2026). Each sentence may have several references, so they were collected as `references[sentence][number]`, and handed
# to sacreBLEU, for its scores chrF and TER. No exception is raised. Here is the same mistake with BLEU. What is wrong?

# %% key="bug" tags=["nbval-check-output"]
said = [
    "The weather is nice today.",
    "My little sister went to school.",
    "They ate four apples in the park.",
]
true = [
    "The weather is nice today.",
    "My younger sister drank some milk.",
    "We did not buy any flowers.",
]
score = BLEU().corpus_score(said, [[reference] for reference in true])
print(f"BLEU {score.score:.0f}, over {score.sys_len} tokens")
score = BLEU().corpus_score(said[::-1], [[reference] for reference in true[::-1]])
print(f"in another order: BLEU {score.score:.0f}, over {score.sys_len} tokens")

# %% [markdown]
# <details><summary>What is wrong here?</summary>
#
# A score of 100, and only the first sentence is right. sacreBLEU wants the references the other way round,
# `references[number][sentence]`: here that is one list of three. What it got are three lists of one sentence each: it
# takes them for three references of the **first** sentence, and ignores the other two translations without a message
# (mjpost/sacrebleu, issue 220). The number of tokens shows the error: it is 6, and the three translations have 21.
#
# Two cheap tests find such a thing. Put the sentences, each with its reference, into another order: the score must not change. And make the **last** of several good translations worse: it must fall.
# </details>

# %% key="bug_cured" tags=["nbval-check-output"]
score = BLEU().corpus_score(said, [true])
print(f"BLEU {score.score:.0f}, over {score.sys_len} tokens")
score = BLEU().corpus_score(said[::-1], [true[::-1]])
print(f"in another order: BLEU {score.score:.0f}, over {score.sys_len} tokens")

# %% [markdown]
# ## Quiz
#
# Answer first, then open the line.

# %% [markdown]
# **1. A paper reports BLEU 34.2 of subwords, another 33.1 with the signature of sacreBLEU. Which system is better?**
#
# <details><summary>The first</summary>No: the two numbers measure different things.</details>
# <details><summary>That can't be said</summary>Yes: only scores of plain text, with the same signature and on the same test set, can be compared. And a difference of one point may lie within the interval.</details>
# <details><summary>The second, for subwords always add ten points</summary>No: there is no fixed difference between two forms.</details>

# %% [markdown]
# **2. A decoder has said 10 words and computes the 11th. Whose keys and values must be computed now, if there is a cache?**
#
# <details><summary>Those of `<sos>` and all 10 words</summary>No: that is what a decoder without a cache does.</details>
# <details><summary>Those of the word that was said last, in each layer</summary>Yes: all others are in the cache, and none of them has changed.</details>
# <details><summary>None: the cache has all of them</summary>No: the last word is new; its own must be computed once and put in.</details>

# %% [markdown]
# **3. Scores 1, 2, 5, 3 are read one by one, and m is the largest so far. By which factor is the sum corrected when 5 comes?**
#
# <details><summary>$e^{2-5}$ = 0.05</summary>Yes: what was summed used 2 in the place of 5.</details>
# <details><summary>$e^{5-2}$ = 20</summary>No: it is the other way round: $e^{s-2}$ must become $e^{s-5}$, which is smaller.</details>
# <details><summary>1: nothing needs correction</summary>No: the old terms were measured from 2, the new ones from 5.</details>

# %% [markdown]
# **4. Two translators have BLEU 40.1 [38.5, 41.7] and 40.6 [39.0, 42.2] on the same test set. What may one say?**
#
# <details><summary>The second is better</summary>No: with other sentences of the same kind it could be the other way round.</details>
# <details><summary>Nothing yet: the choice of sentences alone moves each score by more than their difference</summary>Yes. (Whether one is
# better on the *same* sentences, a paired test tells; and another seed of the training moves both again.)</details>
# <details><summary>Both are exactly as good</summary>No: that can't be shown either.</details>
#
# ## Summary
#
# - **Nothing twice**: keys and values stay as they are, so a decoder keeps them. **One pass**: what was summed with a smaller maximum is made right by one factor.
# - A **BLEU** score is a number with a signature and an interval. And ten translations that one has read say more about a translator than its score.
#
# That was the course: from a word as a number to a command that translates, and its central parts you have written yourself.
#
# **What this lesson can't do.** All of it runs on one machine, with models of a few million parameters. Larger ones are built of the same parts: more layers, more data, subwords of
# more text, attention in blocks on chips that do thousands of products at once. What changes with the size is not in these notebooks.
#
# **Further reading.** Vaswani and others (2017), *Attention Is All You Need*, NeurIPS. Milakov, Gimelshein (2018), *Online Normalizer Calculation for Softmax*,
# arXiv:1805.02867. Rabe, Staats (2021), *Self-Attention Does Not Need O(n²) Memory*, arXiv:2112.05682. Dao, Fu, Ermon, Rudra, Ré (2022), *FlashAttention*, NeurIPS. Post (2018), *A Call for
# Clarity in Reporting BLEU Scores*, WMT. Koehn (2004), *Statistical Significance Tests for Machine Translation Evaluation*, EMNLP. Vilar, Xu, D'Haro, Ney (2006), *Error Analysis of
# Statistical Machine Translation Output*, LREC.
