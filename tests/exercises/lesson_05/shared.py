"""What the answers to several exercises of lesson 05 share."""

from tests.exercises.lesson_05.attend import with_the_library


def look(h, key, value, mask, score):
    context, weights = with_the_library(h[:, None], key, value, mask, score)
    return context[:, 0], weights[:, 0]
