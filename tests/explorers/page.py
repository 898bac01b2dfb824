"""What tests of explorers look at."""

import io

import numpy as np
from matplotlib import image
from matplotlib import pyplot as plt


class Page:
    """The widget of an explorer, as it stands on a page."""

    def __init__(self, explorer):
        row, self.picture, self.words = explorer.widget().children
        self.row = row.children
        self.player = next((each for each in self.row if type(each).__name__ == "Play"), None)
        self.controls = dict(
            zip(explorer.controls, [each for each in self.row if each is not self.player], strict=True)
        )

    @property
    def png(self) -> bytes:
        return self.picture.value

    @property
    def text(self) -> str:
        return self.words.value

    def set(self, **values) -> str:
        """Move controls, one after the other; the text that then stands under the picture."""
        for name, value in values.items():
            self.controls[name].value = value
        return self.text

    def range(self, name: str) -> tuple:
        return self.controls[name].min, self.controls[name].max


def pixels(png: bytes) -> np.ndarray:
    return image.imread(io.BytesIO(png), format="png")


def picture(explorer, title: str = "제목", **values) -> np.ndarray:
    """The Axes of an explorer's picture, drawn and closed."""
    axes = explorer.picture(title=title, **values)
    axes.flat[0].figure.canvas.draw()
    plt.close("all")
    return axes


def titles(axes: np.ndarray) -> list[str]:
    return [ax.get_title(loc="left").replace("\n", " ") for ax in axes.flat]
