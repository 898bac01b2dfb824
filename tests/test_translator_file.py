"""Translators as files: what comes back translates as what was saved."""

import re
import unicodedata

import pytest
import torch

from course_lib import fast, tensor_file
from course_lib.beam import beam_search
from course_lib.bpe import BPE
from course_lib.datasets import load
from course_lib.models import MODELS
from course_lib.translator_file import Recipe, load_translator, mean_of_files, save_translator
from tests.translators import SMALL_MODELS

SENTENCES = ["저는 학교에 갔어요.", "비가 와요."]
TEXT = [text for pair in load("ko-en", "validation")[:300] for text in (pair.source_text, pair.target_text)]
SUBWORDS = BPE.learn(TEXT, 100, learn=fast.learn_merges)


def recipe(model="transformer", **options):
    options = {"source": "ko", "target": "en", "max_length": 12} | options
    return Recipe(model, SMALL_MODELS[model], SUBWORDS.merges, SUBWORDS.alphabet, **options)


def made(model="transformer", seed=1, **options):
    torch.manual_seed(seed)
    how = recipe(model, **options)
    return how, how.translator()


@pytest.mark.parametrize("model", MODELS)
def test_what_comes_back_translates_alike(tmp_path, model):
    how, translator = made(model)
    about = {"seed": 1, "figures": {"bleu": 1.5}}
    save_translator(tmp_path / "model", how, translator.model, about)
    found = load_translator(tmp_path / "model")
    assert found.recipe == how
    assert found.about == about
    assert not found.translator.model.training
    ours, theirs = (each.translate(SENTENCES) for each in (translator, found.translator))
    assert ours == theirs
    for name, tensor in translator.model.state_dict().items():
        assert torch.equal(found.translator.model.state_dict()[name], tensor), name


def test_a_matrix_with_two_names_is_written_once(tmp_path):
    how, translator = made()
    save_translator(tmp_path / "model", how, translator.model, {})
    weights = tensor_file.read(tmp_path / "model")["weights"]
    assert sum(tensor.numel() for tensor in weights.values()) == sum(p.numel() for p in translator.model.parameters())
    model = load_translator(tmp_path / "model").translator.model
    assert model.output.weight is model.target_embedding.weight is model.source_embedding.weight


def test_half_the_precision_is_half_the_file(tmp_path):
    how, translator = made()
    whole, half = tmp_path / "whole", tmp_path / "half"
    save_translator(whole, how, translator.model, {})
    save_translator(half, how, translator.model, {}, dtype=torch.float16)
    count = sum(parameter.numel() for parameter in translator.model.parameters())
    assert whole.stat().st_size - half.stat().st_size == pytest.approx(2 * count, rel=0.02)
    found = load_translator(half).translator.model.state_dict()
    for name, tensor in translator.model.state_dict().items():
        assert found[name].dtype == torch.float32
        torch.testing.assert_close(found[name], tensor, rtol=1e-3, atol=1e-6)


def test_texts_are_prepared_alike_in_every_form():
    how = recipe(lower=True)
    text = unicodedata.normalize("NFD", "  Männer 한국 ")
    assert how.prepared(text) == "männer 한국"
    assert how.tokens(text) == how.subwords.encode("männer 한국")
    assert recipe().prepared(" Ab ") == "Ab"
    translator = how.translator()
    assert translator.tokens("ABC") == how.tokens("abc")
    assert translator.detokenize(translator.tokens("ABC def.")) == "abc def."


def test_a_translation_is_one_line_whatever_bytes_the_model_says():
    tokens = ["▁a", "<0x0A>", "▁b", "<0x0D>", "<0x0A>", "c", "<0xE2>", "<0x80>", "<0xA8>", "d"]  # U+2028 breaks, too
    assert recipe().text(tokens) == "a  b c d"
    assert recipe().translator().detokenize(tokens) == recipe().text(tokens)


def test_candidates_are_what_beam_search_is_left_with():
    _, translator = made(max_length=4)
    found = translator.candidates(SENTENCES[0], beam=3, alpha=0.5)
    assert len(found) == 3
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    state = translator.start(SENTENCES[0])
    beams = beam_search(translator.model.eval().step, state, 4, beam=3, alpha=0.5)
    assert [each.log_p for each in found] == pytest.approx(beams.log_p[0].tolist())
    assert found[0].tokens == translator.target.decode(beams.best.ids[0])
    assert len(translator.candidates(SENTENCES[0], beam=1)) == 1
    with pytest.raises(ValueError, match="every sentence needs at least one token"):
        translator.candidates("")


def test_weights_are_averaged_name_by_name(tmp_path):
    paths = []
    for seed in (1, 2, 4):
        how, translator = made(seed=seed)
        paths.append(tmp_path / str(seed))
        save_translator(paths[-1], how, translator.model, {})
    each = [tensor_file.read(path)["weights"] for path in paths]
    found = mean_of_files(paths)
    assert found.keys() == each[0].keys()
    for name, tensor in found.items():
        torch.testing.assert_close(tensor, torch.stack([weights[name] for weights in each]).mean(0))
    with pytest.raises(ValueError, match="expected at least one file to average, got none"):
        mean_of_files([])
    how, translator = made("luong")
    save_translator(tmp_path / "other", how, translator.model, {})
    with pytest.raises(ValueError, match="other holds other weights than the files before it"):
        mean_of_files([paths[0], tmp_path / "other"])


def test_files_that_are_no_translators_are_refused(tmp_path):
    path = tmp_path / "model"
    with pytest.raises(FileNotFoundError, match="no file"):
        load_translator(path)
    for content in ("text", {"kind": "checkpoint"}, [1]):
        tensor_file.write(path, content)
        with pytest.raises(
            ValueError, match=re.escape(f"{path} is no translator: expected a file that `course train`")
        ):
            load_translator(path)
    how, translator = made()
    save_translator(path, how, translator.model, {})
    content = tensor_file.read(path)
    content["recipe"]["settings"]["L"] = 1
    tensor_file.write(path, content)
    with pytest.raises(ValueError, match="holds other weights than those of a transformer of its settings"):
        load_translator(path)
