"""What `torchrun` starts in the tests of several processes: `gradients FILE`, or `course ...` with a small model."""

import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from course_lib import cli, models, tensor_file
from course_lib.models import build
from course_lib.processes import ALONE, leave, team
from course_lib.transformer.optimization import smoothed_loss
from tests.translators import SMALL_MODELS

SIZES = (5, 2, 1, 4)  # rows of the batches; one row for two processes, too


def batches():
    """Sentences of all lengths, padded."""
    draw = torch.Generator().manual_seed(1)
    for rows in SIZES:
        source = torch.randint(4, 12, (rows, 6), generator=draw)
        target = torch.randint(4, 12, (rows, 7), generator=draw)
        target[:, 0] = 2
        for row in range(rows):
            source[row, 1 + int(torch.randint(5, (), generator=draw)) :] = 0
            target[row, 2 + int(torch.randint(5, (), generator=draw)) :] = 0
        yield source, target


def gradients(name, workers=ALONE):
    """The losses of the batches, and the gradients of each, in double precision."""
    torch.manual_seed(2)
    model = build(name, SMALL_MODELS[name], words=12).double()
    loss = workers.shared(model, smoothed_loss(0.1), torch.Generator().manual_seed(3))
    found = []
    for batch in batches():
        model.zero_grad()
        value = loss(model, batch)
        value.backward()
        found.append({"loss": value.detach(), **{n: p.grad.clone() for n, p in model.named_parameters()}})
    return found


def main(arguments):
    if arguments[0] == "gradients":
        with team() as workers:
            found = {name: gradients(name, workers) for name in SMALL_MODELS}
            if workers.first:
                tensor_file.write(arguments[1], found)
        leave(0)
    models.SIZES["tiny"] = SMALL_MODELS
    return cli.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
