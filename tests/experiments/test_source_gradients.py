"""The gradient that arrives at the source."""

import pytest
import torch

from course_lib.experiments.corpus import corpus
from course_lib.experiments.source_gradients import MODELS, by_distance, source_gradients


def test_gradients_are_those_of_one_word_at_one_token():
    """By hand: a small change of one embedding, and what it does to log p."""
    torch.manual_seed(0)
    translator = corpus().translator(MODELS["attention (general)"]().double())
    short, longer = corpus().pairs["test"][0], corpus().pairs["test"][1]
    alone, together = source_gradients(translator, [short]), source_gradients(translator, [short, longer])
    model, S = translator.model, len(short.source)
    for word in alone:
        torch.testing.assert_close(together[word][0, :S], alone[word][0], rtol=1e-6, atol=0.0)
        assert together[word][0, S:].abs().sum() == 0, "padding"
    ((source, target),) = translator.encode([short])
    source, target = torch.tensor([source]), torch.tensor([target])
    places = {"first": 0, "last": len(short.target) - 1}

    def log_p(x):
        hook = model.encoder.embedding.register_forward_hook(lambda module, given, embedded: x)
        logits = model(source, target[:, :-1]).log_softmax(-1)[0]
        hook.remove()
        return {word: logits[t, target[0, 1 + t]].item() for word, t in places.items()}

    with torch.no_grad():
        x, size = model.encoder.embedding(source), 1e-4
        slopes = {word: [] for word in alone}
        for e in range(x.shape[-1]):
            change = torch.zeros_like(x)
            change[0, 1, e] = size
            up, down = log_p(x + change), log_p(x - change)
            for word in alone:
                slopes[word].append((up[word] - down[word]) / (2 * size))
    for word, norms in alone.items():
        assert norms[0, 1].item() == pytest.approx(torch.tensor(slopes[word]).norm().item(), rel=1e-4)


def test_by_distance_gives_each_seed_and_leaves_the_random_numbers_alone():
    state = torch.get_rng_state()
    found = by_distance((0, 1), furthest=20, most=3)
    assert torch.equal(torch.get_rng_state(), state)
    assert found.keys() == MODELS.keys()
    for words in found.values():
        assert {word: (len(runs), len(runs[0])) for word, runs in words.items()} == {"first": (2, 20), "last": (2, 20)}
    plain, attention = found["no attention"]["last"][0], found["attention (general)"]["last"][0]
    assert plain == sorted(plain, reverse=True), "the further, the less"
    assert plain[-1] < 1e-6 * attention[-1]
    both = found["no attention, both directions"]["last"][0]
    assert both[-1] > 100 * plain[-1], "the other direction begins there"
    assert found["no attention"]["last"][1] != pytest.approx(plain)
