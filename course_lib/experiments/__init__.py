"""The experiments behind the lessons' claims: each is a function of a seed, run small in a lesson and large once.

What a lesson has no time for (many seeds, long training) is a stored run in `data/runs/`, which `make runs` remakes.
"""

from course_lib.experiments.registry import experiment
from course_lib.experiments.stored_runs import Run, run, stored

__all__ = ["Run", "experiment", "run", "stored"]
