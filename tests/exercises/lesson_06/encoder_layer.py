"""Answers to exercise 06.encoder_layer."""

import torch

from tests.exercises.answers import right, wrong
from tests.exercises.lesson_06.shared import Encoder


@right
class WithoutTwoBranches(Encoder):
    def forward(self, x, mask=None):
        first, last = (1, 0) if self.norm_first else (0, 1)

        def around(x, norm, sublayer):
            x = x + sublayer(norm(x) if first else x)
            return norm(x) if last else x

        x = around(x, self.norm1, lambda z: self.attend(z, mask))
        return around(x, self.norm2, self.feed_forward)


@right
class TwoBranches(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.feed_forward(self.norm2(x))
        else:
            x = self.norm1(x + self.attend(x, mask))
            x = self.norm2(x + self.feed_forward(x))
        return x


@right
class ByTheLibrary(Encoder):
    def forward(self, x, mask=None):
        from course_lib.transformer import EncoderLayer

        D, N, H = x.shape[-1], self.self_attn.N, self.linear1.out_features
        layer = EncoderLayer(D, N, H, dropout=0, norm_first=self.norm_first)
        return torch.func.functional_call(layer, dict(self.named_parameters()), (x, mask))


@wrong(says="both residual connections are missing")
class NoResiduals(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return self.feed_forward(self.norm2(self.attend(self.norm1(x), mask)))
        return self.norm2(self.feed_forward(self.norm1(self.attend(x, mask))))


@wrong(says="around attention is missing")
class FirstResidualForgotten(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong(says="where `norm_first` is False the norm should come after")
class AlwaysPreNorm(Encoder):
    def forward(self, x, mask=None):
        x = x + self.attend(self.norm1(x), mask)
        return x + self.feed_forward(self.norm2(x))


@wrong(says="where `norm_first` is True the norm should come before")
class AlwaysPostNorm(Encoder):
    def forward(self, x, mask=None):
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong(says="normalized x is added instead of x")
class NormInTheWay(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = self.norm1(x)
            x = x + self.attend(x, mask)
            x = self.norm2(x)
            return x + self.feed_forward(x)
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong(says="only the queries are normalized")
class KeysNotNormalized(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.self_attn(self.norm1(x), x, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong(says="the mask is not handed", obeyed={"forward(self, x)": "forward(self, x, mask)"})
class MaskForgotten(Encoder):
    def forward(self, x, mask=None):
        return WithoutTwoBranches.forward(self, x)


@wrong(says="`norm1` is used twice")
class OneNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm1(x))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm1(x + self.feed_forward(x))


@wrong(says="feed-forward network is missing")
class AttentionAlone(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return x + self.attend(self.norm1(x), mask)
        return self.norm1(x + self.attend(x, mask))


@wrong(says="take `[0]`", obeyed={"self.self_attn(x, x, mask)": "self.self_attn(x, x, mask)[0]"})
class PairNotUnpacked(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = self.norm1(x + self.self_attn(x, x, mask))
        return self.norm2(x + self.feed_forward(x))


@wrong(
    says="got a tuple",
    obeyed={
        "return (WithoutTwoBranches.forward(self, x, mask), None)": "return WithoutTwoBranches.forward(self, x, mask)"
    },
)
class WeightsToo(Encoder):
    def forward(self, x, mask=None):
        return WithoutTwoBranches.forward(self, x, mask), None


@wrong(says="both parts look at the same x")
class SideBySide(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return x + self.attend(self.norm1(x), mask) + self.feed_forward(self.norm2(x))
        return self.norm2(self.norm1(x + self.attend(x, mask) + self.feed_forward(x)))


@wrong(says="from before attention")
class SecondSumFromTheBeginning(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = x + self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm2(y))
        y = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.feed_forward(y))


@wrong(says="around the part's result alone")
class NormOfThePart(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = x + self.norm1(self.attend(x, mask))
        return x + self.norm2(self.feed_forward(x))


@wrong(says="norm after the last sum")
class NormOnBothSides(Encoder):
    def forward(self, x, mask=None):
        x = TwoBranches.forward(self, x, mask)
        return self.norm2(x) if self.norm_first else x


@wrong(
    says="the ReLU is missing",
    obeyed={
        "self.linear2(self.linear1(self.norm2(x)))": "self.feed_forward(self.norm2(x))",
        "self.linear2(self.linear1(x))": "self.feed_forward(x)",
    },
)
class LinearLayersAlone(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            return x + self.linear2(self.linear1(self.norm2(x)))
        x = self.norm1(x + self.attend(x, mask))
        return self.norm2(x + self.linear2(self.linear1(x)))


@wrong(
    says="it makes keys and values of y itself", obeyed={"self.self_attn(y, y, y, mask)": "self.self_attn(y, y, mask)"}
)
class ThreeInputsAsInTorch(Encoder):
    def forward(self, x, mask=None):
        if not self.norm_first:
            return TwoBranches.forward(self, x, mask)
        y = self.norm1(x)
        x = x + self.self_attn(y, y, y, mask)[0]
        return x + self.feed_forward(self.norm2(x))


@wrong(
    says="changes its input",
    obeyed={
        "x += self.attend(self.norm1(x), mask)": "x = x + self.attend(self.norm1(x), mask)",
        "x += self.feed_forward(self.norm2(x))": "x = x + self.feed_forward(self.norm2(x))",
    },
)
class SummedInPlace(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x += self.attend(self.norm1(x), mask)
            x += self.feed_forward(self.norm2(x))
            return x
        return TwoBranches.forward(self, x, mask)


@wrong(says="the mask is inverted")
class MaskInverted(Encoder):
    def forward(self, x, mask=None):
        return WithoutTwoBranches.forward(self, x, None if mask is None else ~mask)


@wrong(says="attention should come first")
class AttentionLast(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.feed_forward(self.norm2(x))
            return x + self.attend(self.norm1(x), mask)
        x = self.norm2(x + self.feed_forward(x))
        return self.norm1(x + self.attend(x, mask))


@wrong(says="the mask is not handed")
class MaskForgottenInPostNorm(Encoder):
    def forward(self, x, mask=None):
        return TwoBranches.forward(self, x, mask if self.norm_first else None)


@wrong(says="right in some cases, but not in this one: the mask is inverted")
class MaskInvertedInPostNorm(Encoder):
    def forward(self, x, mask=None):
        return TwoBranches.forward(self, x, mask if self.norm_first or mask is None else ~mask)


@wrong(says="the gradient with respect to")
class ResidualWayDetached(Encoder):
    def forward(self, x, mask=None):
        if not self.norm_first:
            return TwoBranches.forward(self, x, mask)
        y = self.norm1(x)
        x = x.detach() + self.self_attn(y, y, mask)[0]
        return x + self.feed_forward(self.norm2(x))


@wrong(says="the gradient with respect to", obeyed={"x.detach()": "x"})
class ResidualWayDetachedInPostNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = self.norm1(x + self.self_attn(x, x, mask)[0])
        return self.norm2(x.detach() + self.feed_forward(x))


@wrong(says="right in some cases, but not in this one: `norm1` and `norm2` are interchanged")
class NormsInterchangedInPostNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = self.norm2(x + self.attend(x, mask))
        return self.norm1(x + self.feed_forward(x))


@wrong(says="it should take the sum of the first")
class SecondSumFromTheBeginningInPostNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        return self.norm2(x + self.feed_forward(self.norm1(x + self.attend(x, mask))))


@wrong(says="`norm_first` is read the other way round")
class TheOtherWayRound(Encoder):
    def forward(self, x, mask=None):
        return (AlwaysPostNorm if self.norm_first else AlwaysPreNorm).forward(self, x, mask)


@wrong(says="two mistakes at once: 1. the residual connection around attention is missing")
class OneNormAndOneResidual(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = self.attend(self.norm1(x), mask)
            return x + self.feed_forward(self.norm1(x))
        x = self.norm1(self.attend(x, mask))
        return self.norm1(x + self.feed_forward(x))


@wrong(says="or its result is not kept")
class ResultNotKept(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x + self.feed_forward(self.norm2(x))
        else:
            x = self.norm1(x + self.attend(x, mask))
            x = self.norm2(x + self.feed_forward(x))
        return x


@wrong(says="where `norm_first` is True, `norm2` is missing")
class SecondNormForgottenInPreNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            return x + self.feed_forward(x)
        return TwoBranches.forward(self, x, mask)


@wrong(says="is reached by `self.`", obeyed={" norm1(x)": " self.norm1(x)"})
class NormWithoutSelf(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            y = norm1(x)  # noqa: F821
            x = x + self.self_attn(y, y, mask)[0]
            return x + self.feed_forward(self.norm2(x))
        return TwoBranches.forward(self, x, mask)


@right
class MaskOfEveryQuery(Encoder):
    def forward(self, x, mask=None):
        wide = None if mask is None else mask.unsqueeze(1).expand(len(x), x.shape[1], x.shape[1])
        return TwoBranches.forward(self, x, wide)


@wrong(says="does it keep something of the first call")
class KeepsItsFirstMask(Encoder):
    def forward(self, x, mask=None):
        if not hasattr(self, "kept"):
            self.kept = mask
        return TwoBranches.forward(self, x, self.kept)


@wrong(says="around the feed-forward network it is pre-norm in any case")
class SecondPartPreNorm(Encoder):
    def forward(self, x, mask=None):
        x = x + self.attend(self.norm1(x), mask) if self.norm_first else self.norm1(x + self.attend(x, mask))
        return x + self.feed_forward(self.norm2(x))


@wrong(says="the queries of self-attention are not normalized")
class QueriesNotNormalized(Encoder):
    def forward(self, x, mask=None):
        if not self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = x + self.self_attn(x, self.norm1(x), mask)[0]
        return x + self.feed_forward(self.norm2(x))


@wrong(says="the part is added after the norm")
class AddedAfterTheNorm(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return TwoBranches.forward(self, x, mask)
        x = self.norm1(x) + self.attend(x, mask)
        return self.norm2(x) + self.feed_forward(x)


@wrong(says="attention adds the dimensions", obeyed={"mask[:, None]": "mask"})
class MaskOfThreeDimensions(Encoder):
    def forward(self, x, mask=None):
        return TwoBranches.forward(self, x, mask if mask is None else mask[:, None])


@wrong(says="attention is missing")
class NormWithoutAttention(Encoder):
    def forward(self, x, mask=None):
        if self.norm_first:
            return x + self.feed_forward(self.norm2(x))
        x = self.norm1(x)
        return self.norm2(x + self.feed_forward(x))
