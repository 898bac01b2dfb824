"""The tail of rare words: each a word of its own that nothing else in the grammar has."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

import tools.corpus
from tools.corpus.english import plural
from tools.corpus.lexicon import rare
from tools.corpus.lexicon.adjectives import ALL_ADJECTIVES
from tools.corpus.lexicon.nouns import ALL_NOUNS, GENDERED
from tools.corpus.lexicon.people import KIN, NAMES

PACKAGE = Path(tools.corpus.__file__).parent
PEOPLE = (*rare.RARE_NAMES, *rare.RARE_PEOPLE)
HEADS = {
    "ko": [*(n.head for n in rare.RARE_NOUNS), *(p.ko for p in PEOPLE), *(p.ko for p in rare.RARE_PLACES)],
    "en": [
        *(n.en.split()[-1] for n in rare.RARE_NOUNS),
        *(p.en.lower().split()[-1] for p in PEOPLE),
        *(p.at.removesuffix(" Island").lower().split()[-1] for p in rare.RARE_PLACES),
    ],
}
COMPOUNDS = {  # heads that another word has as well: a compound whose first word is rare
    *("melon", "root", "shoot", "oil", "dog", "pan", "heels", "clip", "cooker", "screen"),
    *("top", "hoop", "pistol", "york", "kong", "conductor", "attendant", "guard", "choy", "goreng"),
}


def words_of_the_grammar() -> dict[str, set[str]]:
    """The words in the strings of every module but rare.py, without its docstrings, as they are or plural."""
    found: dict[str, set[str]] = {"ko": set(), "en": set()}
    for path in PACKAGE.rglob("*.py"):
        if path.name in ("rare.py", "english.py", "paraphrase.py"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(n, clean=False) for n in ast.walk(tree) if isinstance(n, ast.Module | ast.FunctionDef)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value not in docs:
                found["ko"].update(re.findall("[가-힣]+", node.value))
                found["en"].update(word.lower() for word in re.findall("[A-Za-z]+", node.value))
    return found


def test_no_rare_word_occurs_elsewhere():
    grammar = words_of_the_grammar()
    assert not sorted(set(HEADS["ko"]) & grammar["ko"] - set(GENDERED))
    forms = {head: {head, plural(head)} for head in HEADS["en"] if head not in COMPOUNDS}
    assert not sorted(head for head, found in forms.items() if found & grammar["en"])


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_rare_word_stands_once(language):
    counts = Counter(head for head in HEADS[language] if head not in COMPOUNDS)
    assert [head for head, count in counts.items() if count > 1] == []


def test_the_numbers():
    assert len(rare.RARE_NOUNS) >= 300
    assert (len(rare.RARE_NAMES), len(rare.RARE_PLACES)) == (60, 40)
    assert len(rare.RARE_PEOPLE) >= 30


def test_the_categories_are_those_of_the_other_nouns():
    known = {category for noun in ALL_NOUNS for category in noun.categories}
    assert set(rare.RARE) <= known
    assert all(category in noun.categories for category, nouns in rare.RARE.items() for noun in nouns)


def test_names_are_of_nobody_else():
    assert not {p.ko for p in PEOPLE} & {p.ko for p in (*KIN, *NAMES)}
    assert {p.gender for p in rare.RARE_NAMES} == {"m", "f"}


def test_adjectives_are_said_of_nouns_that_there_are():
    known = {noun.ko for noun in ALL_NOUNS} | {category for noun in ALL_NOUNS for category in noun.categories}
    for adjective in ALL_ADJECTIVES:
        assert adjective.said_of | adjective.not_said_of <= known, adjective
        assert any(adjective.fits(noun) for noun in ALL_NOUNS)
