"""What tests of explorers look at."""

import io

import numpy as np
from matplotlib import image


def parts(explorer, player: bool = True):
    """The controls, with the button that plays or without, the picture and the text of an explorer."""
    row, picture, text = explorer.children
    return [control for control in row.children if player or type(control).__name__ != "Play"], picture, text


def pixels(png: bytes) -> np.ndarray:
    return image.imread(io.BytesIO(png), format="png")
