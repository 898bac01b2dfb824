"""What the tests of all kinds of figures share."""

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg

mpl.use("Agg")

ABOUT = {"title": "Vectors of like words are alike", "xlabel": "word", "ylabel": "cosine"}
BARS = {"title": "A finding", "ylabel": "accuracy"}


def render(ax) -> np.ndarray:
    """The pixels (height, width, 4) of the figure."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba()).copy()


def texts(ax) -> list[str]:
    return [text.get_text() for text in ax.texts]


def title_of(ax) -> str:
    return ax.get_title(loc="left")


def legend_of(ax) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]
