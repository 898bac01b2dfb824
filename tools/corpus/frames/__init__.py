"""Predicate frames: what can be said.

topics/     the rows, a table for each topic, and what their columns and options mean
frame       the rows read: `Frame`, `FRAMES`, `BY_KEY`
causes/     what is the cause of what, and in which constructions one may say so
groups      frames that follow one another, or that one asks for, offers, goes out for
recurrence  how often an act is done, and how far away in time it is spoken of
roles       frames that belong to one subject: a profession, an animal, a king
"""
