"""Rows of several acts that belong together (시장에 가서 사과를 사 - go to the market and buy apples), topic by topic.

The columns and options are those of `frames/topics/`; besides, on the English side:

    ^buy5       a further verb that takes the form of the first: went ... and bought, going ... and buying
    %get2       the finite verb of a subordinate clause, said of the subject: as soon as he got home, if they have time
    PRO         the subject's pronoun
"""

import importlib

from ..frame import TOPICS, Frame, read_frame

RICH: tuple[Frame, ...] = tuple(
    read_frame(line, topic)
    for topic in TOPICS
    for line in importlib.import_module(f"{__name__}.{topic}").ROWS.strip().splitlines()
)
