"""The pictures by name: each is a function that draws one, with the description for whoever does not see it."""

from collections.abc import Callable

from tools.pictures.canvas import Picture

Draw = Callable[[], Picture]
PICTURES: dict[str, tuple[str, Draw]] = {}


def picture(description: str) -> Callable[[Draw], Draw]:
    """Register a function that draws a picture, under its own name.

    Raises:
        ValueError: a second one of that name.
    """

    def register(draw: Draw) -> Draw:
        name = draw.__name__
        if name in PICTURES:
            raise ValueError(f"there is a picture {name!r} already")
        PICTURES[name] = description, draw
        return draw

    return register
