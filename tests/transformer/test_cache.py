"""Step by step with the cache, and all at once: the same values."""

import pytest
import torch
from torch import nn
from torch.testing import assert_close

from course_lib import decoding
from course_lib.beam import beam_search
from course_lib.masks import causal_mask, padding_mask
from course_lib.text import PAD, SOS
from course_lib.transformer import DecoderLayer, decode_further, first_cache
from tests.transformer.beside_torch import KERNELS
from tests.transformer.small_model import SOURCE, TARGET, model

INPUTS = TARGET[:, :-1]


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("parts", [(1, 1, 1, 1), (2, 2), (4,)])
def test_a_layer_says_the_same_in_parts(kernels, norm_first, parts):
    torch.manual_seed(0)
    attend, norm = KERNELS[kernels]
    layer = DecoderLayer(8, 2, 16, norm_first=norm_first, norm=norm)
    for each in (layer.norm1, layer.norm2, layer.norm3):  # new ones are all alike
        nn.init.normal_(each.weight)
        nn.init.normal_(each.bias)
    x, memory, source_mask = torch.randn(2, 4, 8), torch.randn(2, 5, 8), padding_mask([5, 3])
    causal = causal_mask(4).expand(2, -1, -1)
    whole = layer(x, memory, causal, source_mask, attend=attend)
    cache, found, before = first_cache(layer, memory), [], 0
    for T in parts:
        after = before + T
        mask = causal[:, before:after, :after]
        y, cache = decode_further(layer, x[:, before:after], cache, mask, source_mask, attend=attend)
        assert cache.key.shape == cache.value.shape == (2, 2, after, 4)
        found.append(y)
        before = after
    assert_close(torch.cat(found, dim=1), whole, atol=1e-6, rtol=1e-5)
    unmasked, _ = decode_further(layer, x, first_cache(layer, memory), causal, None, attend=attend)
    assert not torch.allclose(unmasked, whole, atol=1e-3)  # the mask of the source is used


@pytest.mark.parametrize("kernels", KERNELS)
@pytest.mark.parametrize("norm_first", [False, True])
@pytest.mark.parametrize("learned", [False, True])
def test_steps_with_the_cache_equal_all_at_once(kernels, norm_first, learned):
    transformer = model(norm_first, kernels, learned)
    whole, weights = transformer.features(SOURCE, INPUTS)
    whole = transformer.output(whole)
    state, real = transformer.start(SOURCE), INPUTS != PAD
    for t in range(INPUTS.shape[1]):
        logits, state = transformer.step(INPUTS[:, t], state)
        assert_close(logits[real[:, t]], whole[:, t][real[:, t]], atol=1e-6, rtol=1e-5)
        if weights is None:
            assert state.weights is None
        else:
            assert_close(state.weights[real[:, t]], weights[:, t][real[:, t]], atol=1e-6, rtol=1e-5)
    assert state.layers[0].key.shape == (2, 2, INPUTS.shape[1], 4)
    half, state = transformer.further(INPUTS[:, :2], transformer.start(SOURCE))
    rest, _ = transformer.further(INPUTS[:, 2:], state)
    assert_close(transformer.output(torch.cat([half, rest], dim=1))[real], whole[real], atol=1e-6, rtol=1e-5)


def test_decoding_serves_it_without_knowing_it():
    transformer = model(seed=3).eval()
    greedy = decoding.greedy_search(transformer.step, transformer.start(SOURCE), 8, observe=lambda state: state.weights)
    assert greedy.observed.shape == (2, greedy.ids.shape[1], 5)
    alone = decoding.greedy_search(transformer.step, transformer.start(SOURCE[1:, :3]), 8)
    T = alone.ids.shape[1]
    assert greedy.ids[1, :T].tolist() == alone.ids[0].tolist()
    beams = beam_search(transformer.step, transformer.start(SOURCE), 8, beam=3)
    for k in range(3):  # the log-probability of a hypothesis is what the model says of it as a whole
        for b in range(2):
            ids = beams.ids[b, k][beams.ids[b, k] != PAD]
            source = SOURCE[b : b + 1][:, SOURCE[b] != PAD]
            target = torch.cat([torch.tensor([SOS]), ids]).unsqueeze(0)
            logits = transformer(source, target[:, :-1])[0]
            logits = logits.log_softmax(-1)
            assert_close(logits.gather(1, ids.unsqueeze(1)).sum(), beams.log_p[b, k], atol=1e-4, rtol=1e-4)
