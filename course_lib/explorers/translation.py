"""What explorers of translations share: a sentence that is typed in morphemes."""

import unicodedata

from course_lib.translator import Translator

MAX_LENGTH = 40  # words of a translation that is shown
EMPTY = "The sentence is empty: type at least one morpheme."


def morphemes(text: str) -> list[str]:
    """The morphemes of a sentence as it is typed here, with spaces or plus signs between them."""
    return unicodedata.normalize("NFC", text).replace("+", " ").split()  # macOS types Hangul letter by letter


def check_sentence(text: str) -> None:
    """Refuse a sentence without morphemes with a ValueError."""
    if not morphemes(text):
        raise ValueError(EMPTY)


def unknown_words(translator: Translator, text: str) -> str:
    """Which morphemes of a sentence the translator does not know, as a sentence to append."""
    unknown = translator.unknown(morphemes(text))
    return f" Not in the vocabulary, read as <unk>: {', '.join(unknown)}." if unknown else ""
