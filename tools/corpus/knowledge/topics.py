"""The topics of things."""

from ..lexicon.nouns import Noun

_CATEGORIES = (
    ("food", {"fruit", "vegetable", "dish", "snack", "drink"}),
    ("nature", {"animal", "wild", "pet", "small", "nature", "flower", "plant"}),
    ("travel", {"ticket", "transport", "building"}),
    ("school", {"reading", "stationery", "problem", "show"}),
    ("shopping", {"clothes", "accessory", "footwear", "bag", "machine", "vehicle"}),
)


def topic_of(noun: Noun) -> str:
    """The topic that a thing belongs to when nothing else decides."""
    return next((topic for topic, categories in _CATEGORIES if noun.categories & categories), "home")
