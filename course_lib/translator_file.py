"""Translators as files: what one is made from, its weights, and how it came about, in one file (`tensor_file`).

    subwords = BPE.learn(texts, 8000)
    recipe = Recipe("transformer", SIZES["small"]["transformer"], subwords.merges, subwords.alphabet, "de", "en")
    save_translator(path, recipe, recipe.translator().model, {"seed": 1})
    loaded = load_translator(path)
    loaded.translator.translate([loaded.recipe.tokens("Zwei Hunde spielen im Schnee.")])

The file is all that is needed to translate: no vocabulary, no list of merges, and no configuration beside it.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from course_lib import tensor_file
from course_lib.bpe import BPE, Pair
from course_lib.models import Settings, build
from course_lib.text import Vocab
from course_lib.translator import Translator

KIND = "translator"


@dataclass(frozen=True)
class Recipe:
    """All that a translator is but its weights.

    Attributes:
        model, settings: see `models.build`.
        merges, alphabet: those of the subwords, of both languages together.
        source, target: the languages, by the names that their files have.
        lower: whether everything is read and said in small letters.
        max_length: the most tokens of a translation, `<eos>` counted.
    """

    model: str
    settings: Settings
    merges: Sequence[Pair]
    alphabet: Sequence[str]
    source: str
    target: str
    lower: bool = False
    max_length: int = 100
    subwords: BPE = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "subwords", BPE(self.merges, self.alphabet))  # the field of a frozen dataclass

    def prepared(self, text: str) -> str:
        """A text as the model is to read or to say it: composed (NFC), without space around it, perhaps lowered."""
        text = unicodedata.normalize("NFC", text.strip())
        return text.lower() if self.lower else text

    def tokens(self, text: str) -> list[str]:
        """The tokens of a text, prepared."""
        return self.subwords.encode(self.prepared(text))

    def text(self, tokens: Iterable[str]) -> str:
        """The text of a translation, in one line: a model may say the byte of a line break, and lines stay aligned."""
        return " ".join(self.subwords.decode(tokens).splitlines())

    def translator(self, make: Callable[..., nn.Module] = build) -> Translator:
        """A translator of this kind with new weights, drawn from the global generator; `make` is called as `build`."""
        words = Vocab(self.subwords.vocabulary)
        return Translator(
            *(make(self.model, self.settings, words=len(words)), words, words),
            tokenize=self.tokens,
            detokenize=self.text,
            max_length=self.max_length,
        )


class Loaded(NamedTuple):
    """What a file of a translator holds.

    Attributes:
        recipe: what it is made from.
        translator: ready to translate.
        about: how it came about, by name: seed, versions, data, figures.
    """

    recipe: Recipe
    translator: Translator
    about: dict[str, Any]


def save_translator(
    path: Path | str, recipe: Recipe, model: nn.Module, about: Mapping[str, Any], *, dtype: torch.dtype | None = None
) -> None:
    """Write a translator; a break leaves the file before whole.

    Args:
        dtype: of the weights, `torch.float16` for half the size; None: as they are.

    Raises:
        TypeError, OSError: as `tensor_file.write`.
    """
    made = {each.name: getattr(recipe, each.name) for each in fields(recipe) if each.init}
    weights = {name: tensor.to(dtype or tensor.dtype) for name, tensor in _untied(model).items()}
    tensor_file.write(path, {"kind": KIND, "recipe": made, "weights": weights, "about": dict(about)})


def _untied(model: nn.Module) -> dict[str, Tensor]:
    """The weights of a model, each matrix once, whatever its names."""
    found: dict[int, str] = {}
    state: dict[str, Tensor] = model.state_dict()
    return {name: tensor for name, tensor in state.items() if found.setdefault(tensor.data_ptr(), name) == name}


def load_translator(path: Path | str) -> Loaded:
    """Read what `save_translator` wrote; the weights in float32.

    Raises:
        FileNotFoundError: no such file.
        ValueError: a file that is damaged, of a newer version, or no translator.
    """
    content = tensor_file.read(path)
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise ValueError(f"{path} is no translator: expected a file that `course train` wrote")
    recipe = Recipe(**content["recipe"])
    translator = recipe.translator()
    there = {name: tensor.shape for name, tensor in content["weights"].items()}
    if there != {name: tensor.shape for name, tensor in _untied(translator.model).items()}:
        raise ValueError(f"{path} holds other weights than those of a {recipe.model} of its settings")
    translator.model.load_state_dict(content["weights"], strict=False)  # of tied ones, one name is there
    translator.model.eval()
    return Loaded(recipe, translator, content["about"])


def mean_weights(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of several weights of one model, name by name.

    Averaging the last checkpoints does for a model what a smaller learning rate at the end would do
    (Vaswani et al. 2017, section 6.1; Junczys-Dowmunt, Dwojak, Sennrich 2016, arXiv:1605.04809).
    """
    return {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}


def mean_of_files(paths: Iterable[Path | str]) -> dict[str, Tensor]:
    """`mean_weights` of several translators of one training, in float32.

    Raises:
        ValueError: no files, or weights that differ in name or shape.
    """
    states: list[dict[str, Tensor]] = []
    for path in paths:
        states.append(tensor_file.read(path)["weights"])
        if {n: t.shape for n, t in states[-1].items()} != {n: t.shape for n, t in states[0].items()}:
            raise ValueError(f"{path} holds other weights than the files before it")
    if not states:
        raise ValueError("expected at least one file to average, got none")
    doubles = [{name: tensor.double() for name, tensor in state.items()} for state in states]
    return {name: tensor.float() for name, tensor in mean_weights(doubles).items()}
