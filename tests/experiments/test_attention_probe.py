"""What attention does at each step of a given translation."""

import pytest
import torch

from course_lib.experiments.attention_probe import likeness_by_distance, next_word_accuracy, probe, score_spread
from course_lib.experiments.corpus import corpus
from course_lib.experiments.models import recurrent_model
from course_lib.experiments.scores import MODELS


@pytest.mark.parametrize("name", ["general", "dot", "concat, Bahdanau", "location"])
def test_a_probe_sees_the_weights_and_the_scores_behind_them(name):
    torch.manual_seed(0)
    translator = corpus().translator(MODELS[name]())
    of = corpus().pairs["test"][0]
    closely = probe(translator, of)
    (expected,) = translator.align([of])
    torch.testing.assert_close(closely.weights, expected)
    torch.testing.assert_close(closely.scores.softmax(-1), expected)
    assert closely.likeness.shape == expected.shape
    assert closely.likeness.abs().max() <= 1 + 1e-5
    assert translator.model.training, "the mode is as before"


def test_a_model_that_says_everything_right_is_right_everywhere():
    class Oracle(torch.nn.Module):
        """Says the next word of the pair; looks at source token 0 always."""

        def features(self, source, inputs):
            V = len(corpus().target)
            ahead = torch.cat([inputs[:, 1:], self.last], dim=1)
            return torch.nn.functional.one_hot(ahead, V).float(), torch.eye(source.shape[1])[:1].expand(
                1, inputs.shape[1], -1
            )

        def output(self, features):
            return features

    data = corpus()
    of = data.pairs["test"][0]
    model = Oracle()
    model.last = torch.tensor([[data.target[of.target[-1]]]])
    found = next_word_accuracy(data.translator(model), [of])
    assert set(found.values()) == {1.0}
    model.last = torch.tensor([[0]])
    assert min(next_word_accuracy(data.translator(model), [of]).values()) < 1


def test_likeness_by_distance_of_words_that_are_alike():
    torch.manual_seed(0)
    model = recurrent_model(attention="dot", E=8, H=8)
    with torch.no_grad():
        model.encoder.embedding.weight.fill_(1)
    found = likeness_by_distance(corpus().translator(model), corpus().pairs["test"][:3], most=2)
    assert found["words"] == pytest.approx([1, 1])
    assert all(-1 <= value <= 1 for value in found["states"])


def test_the_spread_of_scores_by_hand():
    spread = score_spread([torch.tensor([[0.0, 2.0], [5.0, 5.0]]), torch.tensor([[1.0, 1.0, 4.0]])])
    assert spread == pytest.approx((1 + 0 + 2**0.5) / 3)
