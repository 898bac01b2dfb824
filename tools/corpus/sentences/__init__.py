"""Sentence patterns: how clauses become statements, questions, requests, and sentences of several clauses.

Tools:     endings, choice (of frames), subjects, clauses
Patterns:  statements, questions, requests      one clause
           sequences, reasons, qualities        two clauses
           speech                               what people think, say and answer
           chains                               three and four clauses
"""
