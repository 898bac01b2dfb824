"""Answers to exercise 03.lstm_cell."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from tests.exercises.answers import right, wrong
from tests.exercises.lesson_03.lstm_step import as_in_the_equations, gate_by_gate, order_of_another_library
from tests.exercises.lesson_03.shared import parts


@right
class AsTheTextSays(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.H = H
        bound = H**-0.5
        self.weight_ih = nn.Parameter(torch.empty(4 * H, E).uniform_(-bound, bound))
        self.weight_hh = nn.Parameter(torch.empty(4 * H, H).uniform_(-bound, bound))
        self.bias_ih = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))
        self.bias_hh = nn.Parameter(torch.empty(4 * H).uniform_(-bound, bound))

    def forward(self, x, state=None):
        if state is None:
            state = x.new_zeros(len(x), self.H), x.new_zeros(len(x), self.H)
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@right
class InALoop(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        shapes = {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H), "bias_ih": (4 * H,), "bias_hh": (4 * H,)}
        for name, shape in shapes.items():
            self.register_parameter(name, nn.Parameter((2 * torch.rand(shape) - 1) / math.sqrt(H)))

    def forward(self, x, state=None):
        h, c = state or [torch.zeros(x.shape[0], self.weight_hh.shape[1], dtype=x.dtype) for _ in range(2)]
        return gate_by_gate(x, (h, c), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@right
class AllAtOnceAfterwards(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.weight_ih, self.weight_hh = nn.Parameter(torch.empty(4 * H, E)), nn.Parameter(torch.empty(4 * H, H))
        self.bias_ih, self.bias_hh = nn.Parameter(torch.empty(4 * H)), nn.Parameter(torch.empty(4 * H))
        for p in self.parameters():
            nn.init.uniform_(p, -1 / H**0.5, 1 / H**0.5)

    def forward(self, x, state=None):
        if state is None:
            h = torch.zeros(len(x), self.weight_hh.size(1)).to(x)
            state = (h, torch.zeros_like(h))
        return as_in_the_equations(x, state, *self.parameters())


class Cell(nn.Module):
    """What the wrong ones share."""

    def __init__(self, E, H):
        super().__init__()
        self.H = H
        for name, shape in {"weight_ih": (4 * H, E), "weight_hh": (4 * H, H)}.items():
            setattr(self, name, self.draw(H, *shape))
        self.bias_ih, self.bias_hh = self.draw(H, 4 * H), self.draw(H, 4 * H)

    def draw(self, H, *shape):
        return nn.Parameter(torch.empty(shape).uniform_(-1, 1) / math.sqrt(H))

    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong(
    says="`weight_ih` is a plain tensor",
    obeyed={"super().draw(H, *shape).detach()": "nn.Parameter(super().draw(H, *shape).detach())"},
)
class PlainTensors(Cell):
    def draw(self, H, *shape):
        return super().draw(H, *shape).detach()


@wrong(says="there is no parameter `weight_ih`")
class NamesOfItsOwn(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        self.W = nn.Parameter(torch.rand(4 * H, E))
        self.U = nn.Parameter(torch.rand(4 * H, H))
        self.b = nn.Parameter(torch.rand(4 * H))

    def forward(self, x, state=None):
        return state


@wrong(says="it is transposed")
class TransposedWeights(Cell):
    def draw(self, H, *shape):
        return super().draw(H, *shape[::-1])


@wrong(says="got (4, 2): it needs the rows of all four gates")
class OneGateOnly(Cell):
    def draw(self, H, *shape):
        return super().draw(H, H, *shape[1:])


@wrong(says="starts at zero")
class StartsAtZero(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.zeros(shape))


@wrong(says="positive numbers alone")
class StartsPositive(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.rand(shape) / math.sqrt(H))


@wrong(says="that is 1/H")
class RootForgotten(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.empty(shape).uniform_(-1 / H, 1 / H))


@wrong(says="should lie between -1/sqrt(H)")
class StartsNormal(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.randn(shape))


@wrong(says="keep no state in the cell")
class RemembersByItself(Cell):
    def forward(self, x, state=None):
        if state is None:
            state = getattr(self, "last", None) or (x.new_zeros(len(x), self.H),) * 2
            if len(state[0]) != len(x) or state[0].dtype != x.dtype:
                state = (x.new_zeros(len(x), self.H),) * 2
        self.last = tuple(s.detach() for s in super().forward(x, state))
        return super().forward(x, state)


@wrong(says="not used: zeros only where `state` is None")
class AlwaysFromZeros(Cell):
    def forward(self, x, state=None):
        return super().forward(x)


@wrong(says="`forward` needs `state=None`", obeyed={"self, x, state)": "self, x, state=None)"})
class StateRequired(Cell):
    def forward(self, x, state):
        return super().forward(x, state)


@wrong(
    says="make it a pair: `zeros",
    obeyed={
        "h, c = state": "if state is None:\n"
        "            zeros = x.new_zeros(len(x), self.H)\n            state = (zeros, zeros)\n"
        "        h, c = state"
    },
)
class NoneNotHandled(Cell):
    def forward(self, x, state=None):
        h, c = state
        return super().forward(x, (h, c))


@wrong(
    says="`super().__init__()` comes first", obeyed={"self.weight_ih =": "super().__init__()\n        self.weight_ih ="}
)
class WithoutSuper(nn.Module):
    def __init__(self, E, H):
        self.weight_ih = nn.Parameter(torch.rand(4 * H, E))


@wrong(says="Write the method `forward", obeyed={"foward": "forward"})
class ForwardMisspelt(nn.Module):
    def __init__(self, E, H):
        super().__init__()
        for name, p in Cell(E, H).named_parameters():
            self.register_parameter(name, p)

    def foward(self, x, state=None):
        state = (x.new_zeros(len(x), self.weight_hh.shape[1]),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong(says="should make a module", obeyed={"class NoModule:": "class NoModule(nn.Module):"})
class NoModule:
    def __init__(self, E, H):
        self.weight_ih = torch.rand(4 * H, E)


@wrong(says="in the order i, f, o, g")
class OtherOrder(Cell):
    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return order_of_another_library(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong(says="in the order i, f, o, g", obeyed={"i, f, o, g =": "i, f, g, o ="})
class OtherOrderWrittenOut(Cell):
    def forward(self, x, state=None):
        h, c = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        i, f, o, g = parts(x, (h, c), self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c


@wrong(says="its result is detached")
class WithoutGradients(Cell):
    @torch.no_grad()
    def forward(self, x, state=None):
        return super().forward(x, state)


@right
class WithABufferOfItsOwn(Cell):
    def __init__(self, E, H):
        super().__init__(E, H)
        self.register_buffer("zero", torch.zeros(H))

    def forward(self, x, state=None):
        zeros = self.zero.expand(len(x), -1)
        return super().forward(x, (zeros, zeros) if state is None else state)


@wrong(says="no gradient reaches the h of `state`", obeyed={".detach()": ""})
class StateDetached(Cell):
    def forward(self, x, state=None):
        return super().forward(x, None if state is None else tuple(each.detach() for each in state))


@wrong(says="without a state it returns None for h and c")
class NothingWithoutAState(Cell):
    def forward(self, x, state=None):
        return (None, None) if state is None else super().forward(x, state)


@wrong(says="does not start from h = 0 and c = 0")
class StartsFromOnes(Cell):
    def forward(self, x, state=None):
        return super().forward(x, (x.new_ones(len(x), self.H),) * 2 if state is None else state)


@wrong(
    says="The state is a pair",
    obeyed={
        "return super": "zeros = x.new_zeros(len(x), self.H)\n        return super",
        "forward(x, x.new_zeros(len(x), self.H)": "forward(x, (zeros, zeros)",
    },
)
class OneTensorOfZeros(Cell):
    def forward(self, x, state=None):
        return super().forward(x, x.new_zeros(len(x), self.H) if state is None else state)


@wrong(says="sets the seed")
class EqualCells(Cell):
    def __init__(self, E, H, **options):
        torch.manual_seed(0)
        super().__init__(E, H, **options)


@wrong(says="h and c should be zeros (B, H) each", obeyed={"torch.zeros_like(x)": "x.new_zeros(len(x), self.H)"})
class ZerosLikeX(Cell):
    def forward(self, x, state=None):
        zeros = torch.zeros_like(x)
        return super().forward(x, (zeros, zeros) if state is None else state)


@wrong(says="of another batch size", obeyed={"if self.zeros is None:": "if True:"})
class ZerosKept(Cell):
    zeros = None

    def forward(self, x, state=None):
        if self.zeros is None:
            self.zeros = x.new_zeros(len(x), self.H)
        return super().forward(x, (self.zeros, self.zeros) if state is None else state)


@wrong(says="starts from something else each time")
class StartsByChance(Cell):
    def forward(self, x, state=None):
        return super().forward(x, torch.randn(2, len(x), self.H).unbind() if state is None else state)


@wrong(says="the c of the state that is handed in is not used")
class OnlyHOfTheState(Cell):
    def forward(self, x, state=None):
        zeros = x.new_zeros(len(x), self.H)
        return super().forward(x, (zeros if state is None else state[0], zeros))


@wrong(says="`bias_ih` is added twice")
class OneBiasTwice(Cell):
    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_ih)


@wrong(says="two mistakes at once: 1. `state` is (h, c)")
class CellFirstThroughout(Cell):
    def forward(self, x, state=None):
        return super().forward(x, None if state is None else state[::-1])[::-1]


@wrong(
    says="`super().__init__()` should come first",
    obeyed={"self.weight_ih =": "super().__init__()\n        self.weight_ih ="},
)
class ModuleWithoutSuper(nn.Module):
    def __init__(self, E, H):
        self.weight_ih = torch.rand(4 * H, E)


@wrong(says="no copy of it, and no `.data`", obeyed={".data": ""})
class ThroughData(Cell):
    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih.data, self.weight_hh.data, self.bias_ih, self.bias_hh)


@wrong(
    says="loaded weights have no effect",
    obeyed={"self.joined.to(x.dtype)": "torch.cat([self.weight_ih, self.weight_hh], dim=1)"},
)
class WeightsJoinedOnce(Cell):
    def __init__(self, E, H):
        super().__init__(E, H)
        self.joined = torch.cat([self.weight_ih, self.weight_hh], dim=1).detach()

    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(len(x), self.weight_hh.shape[1])
            state = (zeros, zeros)
        h, c = state
        sums = F.linear(torch.cat([x, h], dim=1), self.joined.to(x.dtype), self.bias_ih + self.bias_hh)
        i, f, g, o = sums.chunk(4, dim=-1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        return o.sigmoid() * c.tanh(), c


@wrong(says="`bias_hh` is missing: add both biases")
class ZeroBiasNotAdded(Cell):
    def draw(self, H, *shape):
        return nn.Parameter(torch.zeros(shape)) if len(shape) == 1 else super().draw(H, *shape)

    def forward(self, x, state=None):
        state = (x.new_zeros(len(x), self.H),) * 2 if state is None else state
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, 0 * self.bias_hh)


@wrong(
    says="`self.weight_hh.shape[1]`",
    obeyed={"x.new_zeros(len(x), H)": "x.new_zeros(len(x), self.weight_hh.shape[1])"},
)
class HOutsideOfInit(AsTheTextSays):
    def forward(self, x, state=None):
        if state is None:
            zeros = x.new_zeros(len(x), H)  # noqa: F821 - the learner's mistake
            state = zeros, zeros
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong(
    says="Zeros must have the dtype of x",
    obeyed={"torch.zeros(len(x), self.H)": "x.new_zeros(len(x), self.H)"},
)
class ZerosOfOneDtype(AsTheTextSays):
    def forward(self, x, state=None):
        if state is None:
            zeros = torch.zeros(len(x), self.H)
            state = zeros, zeros
        return as_in_the_equations(x, state, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)


@wrong(says="the h of the state stands for its c, too")
class HTwice(AsTheTextSays):
    def forward(self, x, state=None):
        return super().forward(x, state and (state[0], state[0]))


@wrong(says="the step is taken twice")
class TwoSteps(AsTheTextSays):
    def forward(self, x, state=None):
        return super().forward(x, super().forward(x, state))


@wrong(says="are weights drawn anew")
class AWeightOfEachCall(AsTheTextSays):
    def forward(self, x, state=None):
        state = state or (x.new_zeros(len(x), self.H),) * 2
        drawn = torch.randn_like(self.weight_ih)
        return as_in_the_equations(x, state, drawn, self.weight_hh, self.bias_ih, self.bias_hh)
