"""The width of a beam is chosen, a sentence typed, and the tree follows."""

import itertools

import pytest

from course_lib.beam import beam_search
from course_lib.explorers.beam import best_path
from course_lib.explorers.translation import MAX_LENGTH
from course_lib.text import PAD, SOS
from tests.explorers import cases
from tests.explorers.cases import PAIRS, TARGET
from tests.explorers.page import Page, picture


def test_the_tree_is_that_of_the_search_and_its_path_the_best_sentence():
    explorer = cases.beam()
    ax = picture(explorer, beam=2)[0, 0]
    step, state = explorer.translator.model.step, explorer.translator.start(PAIRS[0].source)
    found = beam_search(step, state, MAX_LENGTH, beam=2, alpha=1.0, tree=True)
    nodes = found.trees[0]
    assert [text.get_text().split("\n")[0] for text in ax.texts] == [TARGET.tokens[node.token] for node in nodes]
    path = best_path(nodes, found.ids[0, 0].tolist())
    words = [i for i in found.ids[0, 0].tolist() if i != PAD]
    assert [nodes[place].token for place in path] == [SOS, *words]
    assert all(nodes[b].parent == a for a, b in itertools.pairwise(path))
    strong = [line.get_linewidth() > 2 for line in ax.lines]
    assert sum(strong) == len(words)


def test_a_wider_beam_and_another_sentence():
    page = Page(cases.beam())
    assert page.text.count("“") == 1
    assert "Greedy decoding says the same as the best." in page.text
    normalized = page.set(beam=3)
    assert normalized.split("Greedy")[0].count("“") == 3
    assert page.set(alpha=0) != normalized
    assert "Not in the vocabulary, read as &lt;unk&gt;: 토끼." in page.set(sentence="토끼 가")
    assert "The sentence is empty" in page.set(sentence="")


def test_a_beam_that_is_too_wide_is_refused():
    with pytest.raises(ValueError, match="beam must be from 1 to 5, got 6"):
        cases.beam(beam=6)
