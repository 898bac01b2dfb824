"""Explorers: a drawing that depends on a few values, with two faces. In a lesson:

    neuron_explorer = explorers.Neuron(x, labels)
    neuron_explorer.picture(b=[0.0, -4.0], title="...")    the drawing at a few values, for readers without a kernel
    neuron_explorer.widget()                               controls above the drawing: move one, and it follows

Each is described once, in a file of its own; what they share stands in `explorer`, `controls`, `plane`, `translation`.
"""

from course_lib.explorers.attention import Attention
from course_lib.explorers.beam import Beam
from course_lib.explorers.decoding import Decoding
from course_lib.explorers.dictionary import Dictionary
from course_lib.explorers.explorer import Explorer
from course_lib.explorers.gates import Gates
from course_lib.explorers.heads import Heads
from course_lib.explorers.learning import Learning
from course_lib.explorers.masks import Masks
from course_lib.explorers.memory import Memory
from course_lib.explorers.merges import Merges
from course_lib.explorers.neuron import Neuron
from course_lib.explorers.positions import Positions
from course_lib.explorers.scale import Scale
from course_lib.explorers.sentence import Sentence
from course_lib.explorers.skipgram_training import SkipgramTraining
from course_lib.explorers.translation import morphemes

__all__ = [
    "Attention", "Beam", "Decoding", "Dictionary", "Explorer", "Gates", "Heads", "Learning", "Masks", "Memory",
    "Merges", "Neuron", "Positions", "Scale", "Sentence", "SkipgramTraining", "morphemes",
]  # fmt: skip
