"""Pairs and corpora: turning round, splits, holding out."""

import pytest

from course_lib.sentence_pairs import Pair, ParallelCorpus


def test_a_pair_and_a_corpus_turn_round():
    pair = Pair(["a", "b"], ["x", "y"], "ab", "xy", [(0, 1), (1, 0), (1, 1)], "food")
    assert pair.reversed() == Pair(["x", "y"], ["a", "b"], "xy", "ab", [(0, 1), (1, 0), (1, 1)], "food")
    assert Pair(["a"], ["x"], "a", "x").reversed() == Pair(["x"], ["a"], "x", "a")
    assert pair.reversed().reversed() == pair
    more = pair._replace(possible=[(0, 0), (0, 1), (1, 0), (1, 1)], references=(["x", "z"],)).reversed()
    assert more == Pair(["x", "y"], ["a", "b"], "xy", "ab", [(0, 1), (1, 0), (1, 1)], "food", more.possible)
    assert pair._replace(possible=[(0, 1), (1, 0), (1, 1), (1, 2)]).reversed().possible[-1] == (2, 1), "turned, sorted"
    assert more.references == (), "they translate the source, not the target"
    assert more.translations == (["a", "b"],)
    assert pair._replace(references=(["x"], ["y"])).translations == (["x", "y"], ["x"], ["y"])


def test_the_gold_alignment_of_a_pair():
    pair = Pair(["a", "b"], ["x", "y"], "ab", "xy", [(0, 1)])
    assert pair.gold() == ([(0, 1)], [(0, 1)])
    assert pair._replace(possible=[(0, 1), (1, 1)]).gold() == ([(0, 1)], [(0, 1), (1, 1)])
    assert pair._replace(alignment=[], possible=[]).gold() == ([], [])
    with pytest.raises(ValueError, match="the gold alignment of 'ab' is not known"):
        pair._replace(alignment=None).gold()
    corpus = ParallelCorpus({"train": [pair]}, "ko", "en").reversed()
    assert (corpus.source, corpus.target, corpus.train) == ("en", "ko", [pair.reversed()])


def _numbered(n):
    return ParallelCorpus({"train": [Pair([str(i)], [str(i)], str(i), str(i)) for i in range(n)]})


def test_hold_out():
    corpus = _numbered(100)
    held = corpus.hold_out(validation=10, test=20)
    assert {name: len(held[name]) for name in held} == {"train": 70, "validation": 10, "test": 20}
    assert sorted((pair for name in held for pair in held[name]), key=lambda p: int(p.source_text)) == corpus.train
    assert held.train == sorted(held.train, key=lambda p: int(p.source_text)), "in the order of the file"
    assert held.splits == corpus.hold_out(10, 20, seed=0).splits
    assert held.splits != corpus.hold_out(10, 20, seed=1).splits
    assert list(corpus) == ["train"]
    assert list(corpus.hold_out(0, 20)) == ["train", "test"]


def test_hold_out_never_parts_pairs_that_share_a_sentence():
    # 0-1-2 share a source, 2-3 a target, and so on: chains of four, then single ones.
    texts = [(f"s{i // 3}", f"t{(i + 1) // 3}") for i in range(300)]
    corpus = ParallelCorpus({"train": [Pair([s], [t], s, t) for s, t in texts]})
    with pytest.raises(ValueError, match=r"cannot hold out 1 \+ 1 of 300 pairs and train on the rest"):
        corpus.hold_out(1, 1)  # one chain links all of them
    texts = [(f"s{i // 3}", f"t{i // 6}") for i in range(300)]
    corpus = ParallelCorpus({"train": [Pair([s], [t], s, t) for s, t in texts]})
    held = corpus.hold_out(20, 20)
    assert [len(held[name]) for name in held] == [252, 24, 24]
    for side in ("source_text", "target_text"):
        sets = [{getattr(pair, side) for pair in held[name]} for name in held]
        assert not sets[0] & sets[1]
        assert not sets[0] & sets[2]
        assert not sets[1] & sets[2]


def test_hold_out_leaves_something_to_train_on():
    with pytest.raises(ValueError, match=r"cannot hold out 5 \+ 5 of 10 pairs and train on the rest"):
        _numbered(10).hold_out(5, 5)
    with pytest.raises(ValueError, match="cannot hold out 9"):
        _numbered(10).hold_out(9, 5)
    held = _numbered(10).hold_out(2, 2)
    with pytest.raises(ValueError, match="there is a split 'validation' already, of 2 pairs"):
        held.hold_out(1, 0)
