"""A translator: model, vocabularies and direction together."""

# --- from sentences to sentences ----------------------------------------------------------------------------


class Pair(NamedTuple):
    source: list
    target: list


@pytest.mark.parametrize("reverse_source", [False, True])
def test_translate_a_little_language(reverse_source):
    """Numbers to letters, word by word: learnt in seconds, and every sentence comes back in its place."""
    letters = dict(zip("12345", "abcde", strict=True))
    sources = [list(map(str, row)) for row in torch.randint(1, 6, (150, 3), generator=seeded()).tolist()]
    sources += [row[:1] for row in sources[:20]] + [row[:2] for row in sources[20:60]]
    pairs = [Pair(row, [letters[w] for w in row]) for row in sources]
    source_vocab, target_vocab = Vocab.build(p.source for p in pairs), Vocab.build(p.target for p in pairs)
    torch.manual_seed(0)
    encoder = Encoder(Embedding(len(source_vocab), 8, PAD), Recurrent(GRUCell, 8, 16, bidirectional=True))
    cell = GRUCell(8, 32)
    decoder = LuongDecoder(Embedding(len(target_vocab), 8, PAD), cell, Dot(), 32, Bridge(32, cell))
    model = Seq2Seq(encoder, decoder)
    data = encode_pairs(pairs, source_vocab, target_vocab, reverse_source)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    epochs, steps = 40, -(-len(data) // 32)  # steps of an epoch
    fit(
        model, lambda: pair_batches(data, 32, generator=seeded()), translation_loss, optimizer, epochs, clip=1.0,
        schedule=lambda step: 1 - (step - 1) / (epochs * steps),
    )  # fmt: skip

    options = {"source_vocab": source_vocab, "target_vocab": target_vocab, "reverse_source": reverse_source}
    model.train()
    found = translate(model, sources, max_length=10, batch_size=7, **options)
    right = [a == p.target for a, p in zip(found.tokens, pairs, strict=True)]
    assert sum(right) / len(right) > 0.95
    assert not any(found.cut)
    assert model.training, "the mode is put back"
    wide = translate(model, sources, max_length=10, decode=lambda *a: beam_search(*a[:2], 3, a[2]).best, **options)
    assert sum(a == p.target for a, p in zip(wide.tokens, pairs, strict=True)) >= 0.95 * len(pairs)
    short = translate(model, sources[:2], max_length=2, **options)
    assert short.cut == [True, True]
    assert [len(tokens) for tokens in short.tokens] == [2, 2]
    assert len(translate(model, [["9", "1"]], max_length=5, **options).tokens) == 1, "an unknown word is <unk>"
    with pytest.raises(ValueError, match="at least one token, got none in sentence 1"):
        translate(model, [["1"], []], max_length=5, **options)
    assert translate(model, [], max_length=5, **options).tokens == []

    weights = align(model, pairs, batch_size=7, **options)
    assert model.training
    assert [tuple(w.shape) for w in weights] == [(len(p.target), len(p.source)) for p in pairs]
    assert torch.allclose(torch.stack([w.sum() for w in weights]), torch.tensor([float(len(p.target)) for p in pairs]))
    hits = torch.cat([w.argmax(1) == torch.arange(len(w)) for w in weights]).float().mean()
    assert hits > 0.6, "word t is said from word t, in the order of the sentence"
    with pytest.raises(ValueError, match="got none in sentence 0"):
        align(model, [Pair([], ["a"])], **options)
