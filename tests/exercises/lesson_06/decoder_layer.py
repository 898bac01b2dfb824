"""Answers to exercise 06.decoder_layer."""

from course_lib import transformer
from course_lib.masks import causal_mask
from course_lib.transformer import LayerNorm, MultiHeadAttention
from tests.exercises.answers import right, wrong
from tests.exercises.lesson_06.encoder_layer import TwoBranches
from tests.exercises.lesson_06.shared import Encoder


class Decoder(Encoder):
    def __init__(self, D, N, H, norm_first=True):
        super().__init__(D, N, H, norm_first)
        self.multihead_attn = MultiHeadAttention(D, N)
        self.norm3 = LayerNorm(D)

    def cross(self, x, memory, mask):
        return self.multihead_attn(x, memory, mask)[0]

    def around(self, x, norm, sublayer):
        return x + sublayer(norm(x)) if self.norm_first else norm(x + sublayer(x))


@right
class ThreeSublayers(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@right
class WrittenOut(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            y = self.norm2(x)
            x = x + self.multihead_attn(y, memory, source_mask)[0]
            y = self.norm3(x)
            return x + self.feed_forward(y)
        x = self.norm1(self.self_attn(x, x, mask)[0] + x)
        x = self.norm2(self.multihead_attn(x, memory, source_mask)[0] + x)
        return self.norm3(self.feed_forward(x) + x)


@right
class UponTheReference(transformer.DecoderLayer):
    def forward(self, x, memory, mask, source_mask):
        wide = source_mask[:, None].expand(-1, x.shape[1], -1)
        return super().forward(x, memory, mask, wide)


@wrong(says="every word sees those after it")
class CausalMaskForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, None, source_mask)


@wrong(says="padding of the source is looked at")
class SourceMaskForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, None)


@wrong(says="two masks are interchanged")
class MasksInterchanged(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, source_mask, mask)


@wrong(says="cross-attention looks at x")
class LooksAtItselfTwice(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross(z, z, None))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="`self_attn` is used for the source too")
class OneAttentionForBoth(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.self_attn(z, memory, source_mask)[0])
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="here cross-attention comes first")
class CrossFirst(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="cross-attention is missing")
class AnEncoderLayer(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        return self.around(x, self.norm2, self.feed_forward)


@wrong(says="the norms are interchanged")
class NormsInterchanged(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm3, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm2, self.feed_forward)


@wrong(says="around cross-attention is missing")
class CrossReplaces(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        if self.norm_first:
            x = self.cross(self.norm2(x), memory, source_mask)
        else:
            x = self.norm2(self.cross(x, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="the memory is normalized")
class MemoryNormalized(Decoder):
    def forward(self, x, memory, mask, source_mask):
        memory = self.norm2(memory) if self.norm_first else memory
        return ThreeSublayers.forward(self, x, memory, mask, source_mask)


@wrong(says="where `norm_first` is False the norm should come after")
class PreNormAlone(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = x + self.attend(self.norm1(x), mask)
        x = x + self.cross(self.norm2(x), memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong(says="`mask` is inverted")
class WordsMaskInverted(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, ~mask, source_mask)


@wrong(says="`source_mask` is inverted")
class SourceMaskInverted(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, ~source_mask)


@wrong(says="a triangle stands in for `mask`")
class TriangleOfItsOwn(Decoder):
    def forward(self, x, memory, mask, source_mask):
        triangle = causal_mask(x.shape[1]).expand(len(x), -1, -1)
        return ThreeSublayers.forward(self, x, memory, triangle, source_mask)


@wrong(says="only the queries of self-attention are normalized")
class KeysOfWordsNotNormalized(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not self.norm_first:
            return ThreeSublayers.forward(self, x, memory, mask, source_mask)
        x = x + self.self_attn(self.norm1(x), x, mask)[0]
        x = x + self.cross(self.norm2(x), memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong(
    says="cross-attention gets x without its norm",
    obeyed={"self.cross(x, memory, source_mask)": "self.cross(self.norm2(x), memory, source_mask)"},
)
class SecondNormForgotten(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not self.norm_first:
            return ThreeSublayers.forward(self, x, memory, mask, source_mask)
        x = x + self.attend(self.norm1(x), mask)
        x = x + self.cross(x, memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong(says="cross-attention comes last, with `norm3`")
class UponTheEncoderLayer(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = TwoBranches.forward(self, x, mask)
        return self.around(x, self.norm3, lambda z: self.cross(z, memory, source_mask))


@wrong(says="the masks are inverted")
class MasksInverted(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, ~mask, ~source_mask)


@wrong(says="self-attention is missing")
class NoSelfAttention(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="no norm is used")
class NoNorm(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = x + self.attend(x, mask)
        x = x + self.cross(x, memory, source_mask)
        return x + self.feed_forward(x)


@wrong(says="right in some cases, but not in this one: `source_mask` is not used")
class SourceMaskForgottenInPostNorm(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, source_mask if self.norm_first else None)


@wrong(says="no gradient reaches `memory`")
class MemoryDetached(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory.detach(), mask, source_mask)


@wrong(says="two mistakes at once: 1. `source_mask` is not used")
class CrossFirstWithoutItsMask(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return CrossFirst.forward(self, x, memory, mask, None)


@wrong(says="in cross-attention the memory asks")
class MemoryAsks(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross(memory, z, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="the last row of `mask` stands in for all")
class LastRowOfTheMask(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask[:, -1]))
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="from before self-attention", obeyed={"multihead_attn(y,": "multihead_attn(self.norm2(x),"})
class QueryOfSelfAttention(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            y = self.norm1(x)
            x = x + self.self_attn(y, y, mask)[0]
            x = x + self.multihead_attn(y, memory, source_mask)[0]
            return x + self.feed_forward(self.norm3(x))
        return WrittenOut.forward(self, x, memory, mask, source_mask)


@wrong(says="`mask` is used for the source, too")
class OneMaskForBoth(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask, mask)


@wrong(says="or its result is not kept")
class LastResultNotKept(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            x = x + self.attend(self.norm1(x), mask)
            x = x + self.cross(self.norm2(x), memory, source_mask)
            x + self.feed_forward(self.norm3(x))
        else:
            x = WrittenOut.forward(self, x, memory, mask, source_mask)
        return x


@wrong(says="Attention gives two things", obeyed={"memory, source_mask)": "memory, source_mask)[0]"})
class PairOfCrossAttention(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.multihead_attn(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="The cross-attention is called", obeyed={"self.cross_attn": "self.multihead_attn"})
class AnotherName(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.around(x, self.norm2, lambda z: self.cross_attn(z, memory, source_mask)[0])
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="does it keep something of the first call")
class KeepsItsFirstMemory(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not hasattr(self, "kept"):
            self.kept = memory
        return ThreeSublayers.forward(self, x, self.kept, mask, source_mask)


@wrong(says="around cross-attention it is post-norm in any case")
class CrossPostNorm(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = self.norm2(x + self.cross(x, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="the feed-forward network runs twice")
class AllOfTheEncoderLayer(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = TwoBranches.forward(self, x, mask)
        x = self.around(x, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="where `norm_first` is False, `norm2` is missing")
class SecondNormForgottenInPostNorm(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            return WrittenOut.forward(self, x, memory, mask, source_mask)
        x = self.norm1(x + self.attend(x, mask))
        x = x + self.cross(x, memory, source_mask)
        return self.norm3(x + self.feed_forward(x))


@wrong(says="from before self-attention", obeyed={"self.norm2(before)": "self.norm2(x)"})
class QueryFromBefore(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if not self.norm_first:
            return WrittenOut.forward(self, x, memory, mask, source_mask)
        before = x
        x = x + self.attend(self.norm1(x), mask)
        x = x + self.cross(self.norm2(before), memory, source_mask)
        return x + self.feed_forward(self.norm3(x))


@wrong(says="each sum takes the x of the beginning")
class SumsFromTheBeginning(Decoder):
    def forward(self, x, memory, mask, source_mask):
        def around(z, norm, part):
            return x + part(norm(z)) if self.norm_first else norm(x + part(z))

        z = around(x, self.norm1, lambda z: self.attend(z, mask))
        z = around(z, self.norm2, lambda z: self.cross(z, memory, source_mask))
        return around(z, self.norm3, self.feed_forward)


@wrong(says="around the part's result alone")
class NormOfThePart(Decoder):
    def forward(self, x, memory, mask, source_mask):
        if self.norm_first:
            return WrittenOut.forward(self, x, memory, mask, source_mask)
        x = x + self.norm1(self.attend(x, mask))
        x = x + self.norm2(self.cross(x, memory, source_mask))
        return x + self.norm3(self.feed_forward(x))


@wrong(says="cross-attention is missing")
class NormWithoutCrossAttention(Decoder):
    def forward(self, x, memory, mask, source_mask):
        x = self.around(x, self.norm1, lambda z: self.attend(z, mask))
        x = x if self.norm_first else self.norm2(x)
        return self.around(x, self.norm3, self.feed_forward)


@wrong(says="`mask` is cut to a triangle")
class MaskCutToATriangle(Decoder):
    def forward(self, x, memory, mask, source_mask):
        return ThreeSublayers.forward(self, x, memory, mask.tril(), source_mask)
