"""How fast does a trained Transformer translate, beside one sentence at a time without a cache, and beside CTranslate2?

    python -m tools.bench_translate [MODEL] [--json FILE] [--rounds N] [--threads N]

MODEL is what `course train` made; the course's own translator where none is named. The sentences are those of the
bundled corpus's test set, so a model of other languages says nothing of use, but no less of it. CTranslate2 is a
library that does nothing but decode Transformers, in C++; it gets the same weights, and all compute in float32. What
is said is compared: the ways are the same model. All in one run and in turn. Prints a table; exits with status 1 if a
figure misses its goal.
"""

import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import ctranslate2
import torch
from ctranslate2.specs import TransformerSpec
from torch import Tensor

from course_lib import bundled, datasets
from course_lib.beam import beam_decode
from course_lib.decoding import NEVER
from course_lib.modes import evaluating
from course_lib.text import EOS, SOS
from course_lib.transformer import MultiHeadAttention, Transformer
from course_lib.transformer.positions import sinusoidal_positions
from course_lib.translator import Translator
from course_lib.translator_file import load_translator
from tools import benchmark
from tools.benchmark import Goal

SENTENCES, ALONE = 1000, 50  # all of them; those that are translated one at a time without a cache
BEAM = 5
LEAST_TO_ALONE = 30.0  # greedy, sentences per second
LEAST_TO_CTRANSLATE2 = 0.5
LEAST_SAME = 0.99  # of the sentences: where two words are as likely, rounding decides

Lines = list[list[str]]

# --- the same weights elsewhere -----------------------------------------------------------------------------------


def converted(translator: Translator, folder: Path) -> None:
    """Write the model in the form of CTranslate2: fixed positions, pre-norm layers."""
    model = translator.model
    assert isinstance(model, Transformer)
    N = model.decoder[0].self_attn.N
    spec = TransformerSpec.from_config(len(model.encoder), N, pre_norm=True)
    positions = sinusoidal_positions(512, model.output.in_features).numpy()
    for side, embeddings, words in (
        (spec.encoder, spec.encoder.embeddings[0], model.source_embedding),
        (spec.decoder, spec.decoder.embeddings, model.target_embedding),
    ):
        embeddings.weight = words.weight.detach().numpy()
        side.position_encodings.encodings = positions
    for side, layers, norm in (
        (spec.encoder, model.encoder, model.encoder_norm),
        (spec.decoder, model.decoder, model.decoder_norm),
    ):
        _same(side.layer_norm, norm.weight, norm.bias, "gamma", "beta")
        for there, layer in zip(side.layer, layers, strict=True):
            norms = [layer.norm1, layer.norm2]
            _self_attention(there.self_attention, layer.self_attn)
            parts = [there.self_attention, there.ffn]
            if side is spec.decoder:
                _cross_attention(there.attention, layer.multihead_attn)
                norms, parts = [*norms, layer.norm3], [there.self_attention, there.attention, there.ffn]
            for part, each in zip(parts, norms, strict=True):
                _same(part.layer_norm, each.weight, each.bias, "gamma", "beta")
            _same(there.ffn.linear_0, layer.linear1.weight, layer.linear1.bias)
            _same(there.ffn.linear_1, layer.linear2.weight, layer.linear2.bias)
    _same(spec.decoder.projection, model.output.weight, model.output.bias)
    spec.register_source_vocabulary(translator.source.tokens)
    spec.register_target_vocabulary(translator.target.tokens)
    unk, start, end = (translator.target.tokens[i] for i in (NEVER[1], SOS, EOS))
    spec.config.unk_token, spec.config.bos_token, spec.config.eos_token = unk, start, end
    spec.config.decoder_start_token = start
    spec.validate()
    spec.save(str(folder))


def _same(there: object, weight: Tensor, bias: Tensor, weights: str = "weight", biases: str = "bias") -> None:
    setattr(there, weights, weight.detach().numpy())
    setattr(there, biases, bias.detach().numpy())


def _self_attention(there: object, ours: MultiHeadAttention) -> None:
    _same(there.linear[0], ours.in_proj_weight, ours.in_proj_bias)
    _same(there.linear[1], ours.out_proj.weight, ours.out_proj.bias)


def _cross_attention(there: object, ours: MultiHeadAttention) -> None:
    D = ours.out_proj.in_features
    _same(there.linear[0], ours.in_proj_weight[:D], ours.in_proj_bias[:D])
    _same(there.linear[1], ours.in_proj_weight[D:], ours.in_proj_bias[D:])
    _same(there.linear[2], ours.out_proj.weight, ours.out_proj.bias)


# --- the ways -----------------------------------------------------------------------------------------------------


def alone(translator: Translator, sentences: Lines) -> Lines:
    """One sentence after the other, all words so far computed again for each further word."""
    model, said = translator.model, []
    with evaluating(model):
        for sentence in sentences:
            source, ids = torch.tensor([translator.encode_source(sentence)]), [SOS]
            while len(ids) <= translator.max_length and ids[-1] != EOS:
                scores = model(source, torch.tensor([ids]))[0, -1]
                scores[list(NEVER)] = -torch.inf
                ids.append(int(scores.argmax()))
            said.append(translator.target.decode(ids))
    return said


def ways(translator: Translator, folder: Path, threads: int, sentences: Lines) -> dict[str, Callable[[], Lines]]:
    converted(translator, folder)
    fast = ctranslate2.Translator(str(folder), compute_type="float32", intra_threads=threads)
    never = [[translator.target.tokens[i]] for i in NEVER]
    theirs = {"max_batch_size": 100, "max_decoding_length": translator.max_length, "suppress_sequences": never}

    def by_ctranslate2(beam: int) -> Lines:
        return [found.hypotheses[0] for found in fast.translate_batch(sentences, beam_size=beam, **theirs)]

    beam = partial(beam_decode, beam=BEAM)
    return {
        "greedy, batches of 100": lambda: translator.translate(sentences).tokens,
        f"beam of {BEAM}, batches of 100": lambda: translator.translate(sentences, decode=beam).tokens,
        "greedy, one at a time, no cache": lambda: alone(translator, sentences[:ALONE]),
        "CTranslate2, greedy": lambda: by_ctranslate2(1),
        f"CTranslate2, beam of {BEAM}": lambda: by_ctranslate2(BEAM),
    }


def alike(one: Lines, other: Lines) -> float:
    """The share of sentences, of those that both have, of which both say the same."""
    same = [a == b for a, b in zip(one, other, strict=False)]
    return sum(same) / len(same)


def main() -> int:
    parser = benchmark.parser(__doc__, rounds=3)
    parser.add_argument("model", nargs="?", type=Path, default=bundled.translator_file())
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    translator = load_translator(arguments.model).translator
    sentences = [translator.tokens(pair.source_text) for pair in datasets.load("ko-en", "test")][:SENTENCES]
    with tempfile.TemporaryDirectory() as folder, torch.no_grad():
        made = ways(translator, Path(folder), arguments.threads, sentences)
        said = {name: way() for name, way in made.items()}
        seconds = benchmark.best_seconds(made, arguments.rounds, warm_up=False)
    speed = {name: len(said[name]) / value for name, value in seconds.items()}
    greedy, beam, singly, theirs, their_beam = made

    print(f"{'decoding':<34}{'sentences/s':>12}{'ratio':>8}")
    for name, value in speed.items():
        print(f"{name:<34}{value:>12,.0f}{value / speed[singly]:>8.1f}")
    goals = {
        "greedy in batches to one at a time": Goal(speed[greedy] / speed[singly], "at least", LEAST_TO_ALONE),
        "greedy to CTranslate2": Goal(speed[greedy] / speed[theirs], "at least", LEAST_TO_CTRANSLATE2),
        "beam to CTranslate2": Goal(speed[beam] / speed[their_beam], "at least", LEAST_TO_CTRANSLATE2),
        "said alike, one at a time": Goal(alike(said[greedy], said[singly]), "at least", LEAST_SAME),
        "said alike, CTranslate2": Goal(alike(said[greedy], said[theirs]), "at least", LEAST_SAME),
    }
    return benchmark.report(goals, {"sentences/s": speed}, arguments.json)


if __name__ == "__main__":
    sys.exit(main())
