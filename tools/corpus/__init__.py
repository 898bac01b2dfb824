"""The bundled corpus, made by a synchronous grammar. `python -m tools.corpus` writes it.

From the words to the files, each module using those before it:

    hangul, morphology   syllables; allomorphs, and the joiner that fuses them
    english              inflection, and from tokens to text
    lexicon, frames      nouns, people, places, times; predicate frames, what causes what, what follows what
    cast, facts          frames that belong to one subject; tables of facts
    trees                nodes with two yields, templates, alignments
    grammar              noun phrases, predicates, clauses
    sentences, knowledge sentence patterns
    generate             the pool, the held-out combinations, the splits
    questions            analogy questions
"""
