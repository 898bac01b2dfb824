"""torch, torchtext and numpy, which must fit each other."""

from collections.abc import Mapping

from course_lib.learner.health import packages
from course_lib.learner.health.children import Step, Tried
from course_lib.learner.health.finding import Finding, fine, odd, wrong
from course_lib.learner.health.mending import remake

FITS = {"0.18": "2.3", "0.17": "2.2"}  # torchtext, which is no longer developed -> the torch that it was built for
COMPUTES = "torch computes"


def steps() -> list[Step]:
    """A little work for torch, with numpy."""
    return [Step(COMPUTES, "torch_computes", needs=("import torch", "import numpy"))]


def look(tried: Mapping[str, Tried]) -> list[Finding]:
    """Whether they fit by their versions, and whether torch computes."""
    torch, torchtext, numpy = (packages.version(name) for name in packages.PAIR)
    if not torch:
        return []  # told with what is missing
    return [*_fitting(torch, torchtext, tried), *_computing(numpy, tried)]


def _fitting(torch: str, torchtext: str, tried: Mapping[str, Tried]) -> list[Finding]:
    wanted = packages.tested()
    anew = remake(*wanted.values())
    minor = ".".join(torch.split(".")[:2])
    if torchtext:
        built_for = FITS.get(".".join(torchtext.split(".")[:2]))
        if built_for == minor:
            return [fine("torch", f"torch {torch} and torchtext {torchtext} fit each other.")]
        for_it = f"is for torch {built_for}" if built_for else "is not one that the course knows"
        found = f"torchtext {torchtext} {for_it}, and torch {torch} is installed."
        loads = "import torchtext" in tried and not tried["import torchtext"].error
        return [(odd if loads else wrong)("torch", found, *anew)]
    if "torchtext" in wanted:
        found = f"torch {torch} is here without torchtext: the lessons leave out their comparison with it."
        pair = f"The course is tested with {wanted['torch']} and {wanted['torchtext']}; nothing else needs them."
        return [odd("torch", found, pair)]
    return [fine("torch", f"torch {torch}; torchtext has no build for this Python, and none is needed.")]


def _computing(numpy: str, tried: Mapping[str, Tried]) -> list[Finding]:
    done = tried.get(COMPUTES)
    if done is None:
        return []
    if done.error:
        found = f"torch is loaded, and does not work with numpy {numpy}: {done.error}"
        return [wrong("torch at work", found, *remake(*packages.tested().values()))]
    gpu = f"; GPU: {done.value}" if done.value else ", without a GPU (none is needed)"
    return [fine("torch at work", f"It computes, with numpy {numpy}{gpu}.")]
