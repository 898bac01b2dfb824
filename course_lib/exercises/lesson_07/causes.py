"""Exercise 07.causes: what ten translations of the course's own translator have wrong, and which two have nothing."""

from typing import Any

from course_lib.exercises.kit import Exercise, Outcome, Trial

CAUSES = ("fair", "left out", "repeated", "word", "form", "who", "invented")


def causes() -> list[str]:
    """The cause of each row of the lesson's table."""
    one_to_five = ["fair", "who", "form", "left out", "word"]
    return [*one_to_five, "repeated", "invented", "fair", "left out", "word"]


_LOOK = (
    "compare the parts of the two English sentences, whatever their order",
    "할머니께서 is who did it; who does it in the translation?",
    "no word is missing, and each is the right one; say it aloud",
    "go through the source word by word: which has nothing in the translation?",
    "친구, and what stands in its place",
    "the brother's dinner is missing, but something stands in its place: what?",
    "look the last word up in a dictionary",
    "would you be given the same in a restaurant?",
    "why did they stay at home? Does the translation say so?",
    "드시다 is to eat or to drink; which is it with juice?",
)


def examine(trial: Trial) -> None:
    for _ in range(2):  # the second time, too
        _examine(trial, trial.call())


def _examine(trial: Trial, got: Any) -> None:
    strings = isinstance(got, list) and all(isinstance(each, str) for each in got)
    trial.require(strings, "return a list of strings, one for each row", outcome=Outcome.TYPE, got=got)
    wanted = causes()
    count = f"there are {len(wanted)} rows; {len(got)} causes came"
    trial.require(len(got) == len(wanted), count, outcome=Outcome.SHAPE, got=got)
    for row, cause in enumerate(got, start=1):
        trial.require(cause in CAUSES, f"row {row}: {cause!r} is none of {', '.join(CAUSES)}", got=got)
    trial.require(len(set(got)) > 1, f"every row has {got[0]!r}; read them one by one", got=got)
    for row, (cause, right, look) in enumerate(zip(got, wanted, _LOOK, strict=True), start=1):
        trial.require(cause == right, f"row {row} is not {cause!r}: {look}", got=got)


EXERCISE = Exercise(id="07.causes", reference=causes, difficulty=2, minutes=10, examine=examine,
    mistakes=(), hints=(
        "Read the source first, then the translation, and the reference last.",
        "Two rows have nothing wrong.",
        "Row 7: a word is made of pieces, and nobody checks that the whole is one. Rows 4 and 9: something of the "
        "source is missing."), explanation="""
Two of the ten are good translations: BLEU compares with one way to say a thing. Most of the others are wrong in one
word and read well: who did not know the source would believe them. That is why a translator is not judged by how
fluent it sounds, and such a table (Vilar and others 2006) says more of what to mend than any score.""")  # fmt: skip
