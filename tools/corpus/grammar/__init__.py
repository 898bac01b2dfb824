"""The synchronous grammar: noun phrases, predicates and clauses, each with both its yields.

A clause is drawn first as a bundle of choices (`Clause`: subject, predicate, tense, modality, adjuncts) and then
realised; both realisations use the same leaves, and that is what aligns them.

context         what one sentence keeps to: its speech level, its speaker, its words
subjects        pronouns and people, with agreement, and their particles
relatives       relative clauses about things
nouns           noun phrases of things
slots           templates with nouns drawn for their slots
persons         who else a sentence may be about
clause          the bundle of choices
korean_clause, english_clause   its two realisations
times, adjuncts what a clause may be extended with
"""
