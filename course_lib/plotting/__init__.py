"""Figures: arrays in, matplotlib Axes out.

Every drawing function takes anything that `numpy.asarray` takes (torch tensors too), draws on `ax` if one is
handed in and on a new figure otherwise, and returns the Axes. Titles state the finding. Colours are those of
Okabe and Ito (2008, *Color Universal Design*), which colour-blind readers can tell apart, and no figure relies
on colour alone. Hangul is drawn with NanumGothic, glyph by glyph, wherever the text font has none.

    charts      curve            lines, with an interval over runs
                bars             bars, with an interval over runs
    matrices    heatmap          a matrix, gold links outlined
                matrix_product   rows picked out by one-hot vectors
    planes      points           labelled words in the plane
                plane            what a classifier says of each point, those of a `lattice`
    trees       tree             a search: what was kept, pruned, chosen
    projection  pca              vectors in the plane, and names for its axes: `component_labels`
    theme       style, figure    the look of all of them, a new figure, its `headline`; the colours
"""

from course_lib.plotting.charts import bars, curve
from course_lib.plotting.matrices import heatmap, matrix_product
from course_lib.plotting.planes import lattice, plane, points
from course_lib.plotting.projection import Basis, component_labels, pca
from course_lib.plotting.theme import (
    BLACK,
    BLUE,
    GOLD,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALETTE,
    PURPLE,
    SKY,
    VERMILION,
    YELLOW,
    figure,
    headline,
    style,
)
from course_lib.plotting.trees import tree

__all__ = [
    "BLACK",
    "BLUE",
    "GOLD",
    "GREEN",
    "GREY",
    "INK",
    "ORANGE",
    "PALETTE",
    "PURPLE",
    "SKY",
    "VERMILION",
    "YELLOW",
    "Basis",
    "bars",
    "component_labels",
    "curve",
    "figure",
    "headline",
    "heatmap",
    "lattice",
    "matrix_product",
    "pca",
    "plane",
    "points",
    "style",
    "tree",
]
