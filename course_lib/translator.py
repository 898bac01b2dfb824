"""A translator (lessons 04 to 07): a trained model with all that it takes to use it, and to measure it.

    translator = Translator(model, corpus.source, corpus.target, reverse_source=True)
    translator.translate([["나", "는", "가", "ㄴ다"]]).tokens
    translator.bleu(corpus.pairs["test"])

The vocabularies are those that the model was made with, and go where the model goes: so no model is ever scored with
the words of another.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from course_lib import metrics
from course_lib.attention import attention_weights
from course_lib.batches import bucketed_batches, encode_pairs, pad, pair_batches
from course_lib.beam import beam_search
from course_lib.datasets import Pair
from course_lib.decoding import Decoded, greedy_search
from course_lib.modes import evaluating
from course_lib.progress_bar import ProgressBar
from course_lib.scheduled_sampling import free_running_nll
from course_lib.seq2seq import teacher_forced_nll
from course_lib.text import UNK, Vocab

Sentence = str | Sequence[str]  # a text, or its tokens
Decode = Callable[..., Decoded]  # decode(step, state, max_length)
Tokenize = Callable[[str], list[str]]


class Translations(NamedTuple):
    """Translations, in the order of the sentences.

    Attributes:
        tokens: for each sentence its tokens.
        cut: for each sentence, whether it was cut at the largest length.
    """

    tokens: list[list[str]]
    cut: list[bool]


class Candidate(NamedTuple):
    """One of several translations of a sentence: its tokens, its log-probability, and what it was ranked by."""

    tokens: list[str]
    log_p: float
    score: float


class Translator:
    """A model, both vocabularies, how a text becomes tokens, and the direction of reading.

    Attributes:
        model: with `start`, `step`, `features` and `output`: `seq2seq.TranslationModel`.
        source, target: the vocabularies that it was made with.
        tokenize: from a sentence of the source as it is typed to its tokens.
        detokenize: from the tokens of a translation to the sentence as people write it.
        reverse_source: whether the model reads the source from its end to its beginning.
        max_length: the most words of a translation, `<eos>` counted.
    """

    def __init__(
        self,
        model: nn.Module,
        source: Vocab,
        target: Vocab,
        *,
        tokenize: Tokenize = str.split,
        detokenize: Callable[[Sequence[str]], str] = " ".join,
        reverse_source: bool = False,
        max_length: int = 60,
    ):
        """Put together what belongs together.

        Raises:
            ValueError: a model that says another number of words than the vocabulary of the target has, or
                `max_length` below 1.
        """
        words = getattr(getattr(model, "output", None), "out_features", len(target))
        if words != len(target):
            raise ValueError(f"the model says {words} words, the vocabulary of the target has {len(target)}")
        if max_length < 1:
            raise ValueError(f"max_length must be at least 1, got {max_length}")
        self.model = model
        self.source = source
        self.target = target
        self.tokenize = tokenize
        self.detokenize = detokenize
        self.reverse_source = reverse_source
        self.max_length = max_length

    def __repr__(self) -> str:
        way = "from its end" if self.reverse_source else "from its beginning"
        return (
            f"Translator({type(self.model).__name__}, source V={len(self.source)} read {way}, "
            f"target V={len(self.target)})"
        )

    @property
    def attends(self) -> bool:
        """Has the model attention, whose weights `align` gives?"""
        with evaluating(self.model):
            word = self._padded([[UNK]])
            return self._has_heads or self.model.features(word, word)[1] is not None

    @property
    def _has_heads(self) -> bool:
        """Has it heads, whose weights are asked for in a call of their own, as a Transformer?"""
        return hasattr(self.model, "weights")

    # --- sentences and ids ----------------------------------------------------------------------------------

    def tokens(self, sentence: Sentence) -> list[str]:
        """The tokens of a sentence of the source: a text is tokenized, a list of tokens is one already."""
        return self.tokenize(sentence) if isinstance(sentence, str) else list(sentence)

    def unknown(self, sentence: Sentence) -> list[str]:
        """The tokens of a sentence that the vocabulary of the source does not hold: they are read as `<unk>`."""
        return [token for token in self.tokens(sentence) if self.source[token] == UNK]

    def encode_source(self, sentence: Sentence) -> list[int]:
        """The ids of a sentence, in the order in which the model reads them."""
        return self.source.encode(self.tokens(sentence))[:: -1 if self.reverse_source else 1]

    def encode(self, pairs: Sequence[Pair]) -> list[tuple[list[int], list[int]]]:
        """The ids of pairs for training: see `batches.encode_pairs`."""
        return encode_pairs(pairs, self.source, self.target, reverse_source=self.reverse_source)

    def start(self, sentence: Sentence) -> Any:
        """The model's state before the first word, for one sentence: a batch of one.

        Raises:
            ValueError: a sentence without tokens.
        """
        with torch.no_grad():
            return self.model.start(self._padded(self._encoded([sentence])))

    def _encoded(self, sentences: Sequence[Sentence]) -> list[list[int]]:
        sources = [self.encode_source(sentence) for sentence in sentences]
        for i, ids in enumerate(sources):
            if not ids:
                raise ValueError(f"every sentence needs at least one token, got none in sentence {i}")
        return sources

    def _padded(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """Rows of ids as one batch, on the model's device."""
        return pad(rows).to(next((parameter.device for parameter in self.model.parameters()), None))

    # --- what it does -----------------------------------------------------------------------------------------

    def translate(
        self, sentences: Sequence[Sentence], *, decode: Decode = greedy_search, batch_size: int = 100
    ) -> Translations:
        """Translate sentences, in batches of like length.

        Args:
            sentences: texts, or lists of tokens.
            decode: called as decode(model.step, state, max_length): `decoding.greedy_search`, or
                `partial(beam.beam_decode, beam=5)`.

        Raises:
            ValueError: a sentence without tokens.
        """
        sources = self._encoded(sentences)
        found: list[list[str]] = [[] for _ in sources]
        cut = [False] * len(sources)
        with evaluating(self.model), ProgressBar("translating", total=len(sources), unit="sentence") as bar:
            for batch in bucketed_batches([len(ids) for ids in sources], batch_size, shuffle=False):
                state = self.model.start(self._padded([sources[i] for i in batch]))
                decoded = decode(self.model.step, state, self.max_length)
                for i, row, too_long in zip(batch, decoded.ids.tolist(), decoded.cut.tolist(), strict=True):
                    found[i], cut[i] = self.target.decode(row), too_long
                bar.update(len(batch))
        return Translations(found, cut)

    def candidates(self, sentence: Sentence, *, beam: int = 5, alpha: float = 1.0) -> list[Candidate]:
        """The translations of one sentence that beam search is left with, the best first: see `beam.beam_search`.

        Raises:
            ValueError: a sentence without tokens; and as `beam.beam_search`.
        """
        with evaluating(self.model):
            state = self.model.start(self._padded(self._encoded([sentence])))
            beams = beam_search(self.model.step, state, self.max_length, beam=beam, alpha=alpha)
        rows = zip(beams.ids[0].tolist(), beams.log_p[0].tolist(), beams.score[0].tolist(), strict=True)
        return [Candidate(self.target.decode(row), log_p, score) for row, log_p, score in rows if score > -math.inf]

    def align(self, pairs: Sequence[Pair], *, batch_size: int = 100) -> list[Tensor]:
        """The attention weights behind given translations: for each pair (T, S), a row per target token, no `<eos>`.

        The model is told the translation, word by word, so that its weights can be held against the gold alignment:
        `metrics.links_from_weights`. Columns are in the order of the sentence, whichever way the model reads it.

        Raises:
            ValueError: a model without attention, a sentence without tokens.
        """
        sources = self._encoded([pair.source for pair in pairs])
        targets = [self.target.encode(pair.target, sos=True, eos=True) for pair in pairs]
        found: list[Tensor] = [torch.empty(0)] * len(sources)
        with evaluating(self.model):
            for batch in bucketed_batches([len(ids) for ids in sources], batch_size, shuffle=False):
                source, target = (self._padded([side[i] for i in batch]) for side in (sources, targets))
                if self._has_heads:  # of all heads the mean over those of the top layer
                    found_here = self.model.weights(source, target[:, :-1]).cross[-1].mean(1)  # (B, T, S)
                else:
                    found_here = attention_weights(self.model, source, target)
                for i, row in zip(batch, found_here, strict=True):
                    weights = row[: len(pairs[i].target), : len(sources[i])]
                    found[i] = weights.flip(1) if self.reverse_source else weights
        return found

    def align_heads(self, pairs: Sequence[Pair], *, batch_size: int = 100) -> list[Tensor]:
        """As `align`, of every head of every decoder layer: (L, N, T, S) for each pair.

        Empty for a model without heads, such as one with the attention of lesson 05.
        """
        if not self._has_heads:
            return []
        encoded = self.encode(pairs)
        found: list[Tensor] = [torch.empty(0)] * len(pairs)
        with evaluating(self.model):
            for batch in bucketed_batches([len(source) for source, _ in encoded], batch_size, shuffle=False):
                source, target = (self._padded([encoded[i][side] for i in batch]) for side in (0, 1))
                weights = torch.stack(self.model.weights(source, target[:, :-1]).cross, dim=1)  # (B, L, N, T, S)
                for row, i in zip(weights, batch, strict=True):
                    row = row[:, :, : len(pairs[i].target), : len(pairs[i].source)]  # without the row of <eos>
                    found[i] = row.flip(-1) if self.reverse_source else row
        return found

    # --- how good it is ---------------------------------------------------------------------------------------

    def perplexity(self, pairs: Sequence[Pair], *, free_running: bool = False, batch_size: int = 200) -> float:
        """The perplexity of given translations: each word after the true ones, or after the model's own."""
        nll = free_running_nll if free_running else teacher_forced_nll
        with evaluating(self.model):
            batches = pair_batches(self.encode(pairs), batch_size, shuffle=False)
            return metrics.perplexity(nll(self.model, *batch) for batch in batches)

    def perplexities(self, pairs: Sequence[Pair]) -> dict[str, float]:
        """Both of them, "teacher-forced" and "free-running"."""
        return {
            "teacher-forced": self.perplexity(pairs),
            "free-running": self.perplexity(pairs, free_running=True),
        }

    def bleu(self, pairs: Sequence[Pair], *, several: bool = False, **options: Any) -> float:
        """BLEU of its translations of the sources; `options` are those of `translate`.

        Args:
            several: hold them against all references of each pair, not against its target alone.
        """
        found = self.translate([pair.source for pair in pairs], **options).tokens
        references = [pair.translations if several else pair.target for pair in pairs]
        return metrics.sacrebleu(hypotheses=found, references=references)
