"""The bundled corpus, made by a synchronous grammar. `python -m tools.corpus` writes it.

From the words to the files, each module using those before it:

    tables, draw         readers for tables; random choices that are the same everywhere
    hangul, morphology   syllables; allomorphs, and the joiner that fuses them
    english              inflection, and from tokens to text
    trees                nodes with two yields, templates, alignments
    lexicon/             nouns, adjectives, people, places, times, countries, professions, animals
    frames/              predicate frames, what causes what, what follows what, what belongs to a role
    grammar/             noun phrases, predicates, clauses
    sentences/           patterns of one, two, three and four clauses
    knowledge/           patterns that say how things are, and their tables of facts
    patterns             all patterns, and how often each is drawn
    generate             the pool, the held-out combinations, the splits
    analogies            analogy questions

To change what is said, change a row of a table (`frames/topics/`, `lexicon/`, `knowledge/facts.py`,
`knowledge/amounts.py`); to change how it is said, a function of `grammar/` or `sentences/`; to change how often,
`patterns.py`. Each changes the draws, and with them all five files.
"""
