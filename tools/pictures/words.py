"""Lessons 01 and 07: how words become vectors, and how they fall into pieces."""

from collections.abc import Sequence

from tools.pictures.canvas import EDGE, GREY, KINDS, SMALL, Picture, Point
from tools.pictures.registry import picture

LEARNED, MARK = KINDS["learned"][1], KINDS["mark"][1]
VOCABULARY = ("<pad>", "<unk>", "<sos>", "<eos>", "a", "cat", "dog")


@picture(
    "The word cat becomes a vector. The vocabulary is a list of 7 words with the ids 0 to 6, and cat has the id 5. The "
    "embedding table W has a row for each id: row 5 is the vector x of cat. Below, the same as a product: a one-hot "
    "row, which is 1 at place 5 and 0 elsewhere, times the table gives the same row."
)
def look_up() -> Picture:
    p = Picture(720, 484)
    chosen, step = VOCABULARY.index("cat"), 26
    for i, word in enumerate(VOCABULARY):
        kind = "mark" if i == chosen else "data"
        p.box(207, 64 + step * i, word, kind=kind, w=74, h=22, size=SMALL)
        p.box(265, 64 + step * i, str(i), kind=kind, w=34, h=22, size=SMALL)
    y = 64 + step * chosen
    _rows(p, 460, 64, step, chosen)
    given = p.box(70, y, "cat", kind="data", w=64)
    p.arrow(given.right, (166, y), colour=MARK)
    p.arrow((284, y), (416, y), label="id 5", colour=MARK)
    p.arrow((502, y), (602, y), label="row 5", colour=MARK)
    p.vector(646, y, 4, upright=False, cell=20, kind="mark")
    p.text(223, 28, "vocabulary")
    p.text(460, 28, "embedding table $W$")
    p.text(646, y - 28, "$x$")
    p.line((24, 256), (696, 256), colour=EDGE, wide=1)
    _as_product(p, 372, chosen)
    return p


def _as_product(p: Picture, y: float, chosen: int) -> None:
    p.lines(70, y, ("the same", "as a product"), size=SMALL, colour=GREY)
    for i in range(len(VOCABULARY)):
        x = 310 + 20 * (i - 3)
        p.vector(x, y, 1, cell=20, kind="mark" if i == chosen else "data")
        p.text(x, y, str(int(i == chosen)), size=SMALL, halo=False)
    p.text(400, y, "×", size=18)
    _rows(p, 460, y - 60, 20, chosen)
    p.text(552, y, "=", size=18)
    p.vector(646, y, 4, upright=False, cell=20, kind="mark")
    for x, name, shape in ((310, "one-hot $e_5$", "(1, V)"), (460, "$W$", "(V, E)"), (646, "$x$", "(1, E)")):
        p.text(x, y - (88 if x == 460 else 28), name)
        p.text(x, y + (88 if x == 460 else 28), shape, size=SMALL, colour=GREY)


def _rows(p: Picture, x: float, top: float, step: float, chosen: int) -> None:
    """The embedding table, a row for each word of the vocabulary."""
    for i in range(len(VOCABULARY)):
        p.vector(x, top + step * i, 4, upright=False, cell=20, kind="mark" if i == chosen else "learned")


@picture(
    "Skip-gram with negative sampling. In the sentence, i drank a cup of tea, cup is the centre, and the two words on "
    "each side of it are its context. The pair of cup and tea is real; umbrella and tuesday are drawn at random. The "
    "dot product of the centre's vector v c with each word's context vector u goes through a sigmoid, which should say "
    "1 for the real pair and 0 for the drawn ones. So training moves the vector of tea along v c, and the two others "
    "against it."
)
def skip_gram() -> Picture:
    p = Picture(740, 450)
    _window(p, 78)
    cup, centre = p.box(62, 236, "cup", kind="mark", w=56), p.vector(62, 306, 4, upright=False, kind="mark")
    p.arrow(cup.bottom, centre.top, colour=MARK)
    p.text(62, 328, "$v_c$")
    for y, word, letter, wanted, why in (
        (206, "tea", "o", "1", "real"),
        (306, "umbrella", "1", "0", "drawn"),
        (406, "tuesday", "2", "0", "drawn"),
    ):
        dot, squash = p.operation(332, y, "•"), p.operation(388, y, "σ")
        around = [] if y == centre.y else [(116, centre.y), (116, y)]
        p.arrow(centre.right, *around, dot.left, colour=MARK)
        p.box(182, y - 38, word, kind="data", w=84, h=30)
        vector = p.vector(268, y - 38, 4, upright=False, kind="learned")
        p.arrow((224, y - 38), vector.left)
        p.arrow(vector.right, (332, y - 38), dot.top)
        p.text(268, y - 60, f"$u_{letter}$")
        p.arrow(dot.right, squash.left)
        p.arrow(squash.right, (436, y))
        p.text(450, y, wanted, bold=True)
        p.text(450, y + 20, why, size=SMALL, colour=GREY)
    p.text(450, 180, "should be", size=SMALL, colour=GREY)
    _moves(p, (606, 318))
    return p


def _window(p: Picture, y: float) -> None:
    """The sentence, with a line from the centre to each word of its context."""
    words = [
        p.box(150 + 88 * i, y, word, kind="mark" if i == 3 else "data", w=72, h=32)
        for i, word in enumerate(("i", "drank", "a", "cup", "of", "tea"))
    ]
    for i in (1, 2, 4, 5):
        away = i - 3
        x, high = words[3].x + 9 * away, y - 10 - 20 * abs(away)
        colour = MARK if i == 5 else GREY
        p.arrow((x, y - 16), (x, high), (words[i].x, high), words[i].top, colour=colour)
    p.text(414, y + 30, "centre", size=SMALL, colour=MARK)
    p.text(590, y + 30, "context", size=SMALL, colour=MARK)


def _moves(p: Picture, origin: Point) -> None:
    """The vectors in a plane, and where a step moves those of the context: along the centre's, or against it."""
    x, y = origin
    p.arrow(origin, (x + 50, y - 120), colour=MARK, wide=2)
    p.text(x + 56, y - 134, "$v_c$", colour=MARK)
    for dx, dy, name, towards in ((96, -20, "$u_o$", 1), (-66, -80, "$u_1$", -1), (-92, 16, "$u_2$", -1)):
        tip = x + dx, y + dy
        p.arrow(origin, tip, colour=LEARNED)
        p.arrow(tip, (tip[0] + towards * 20, tip[1] - towards * 48), colour=MARK, dashed=True)
        p.text(x + 1.12 * dx, y + 1.12 * dy + 8 * towards, name, colour=LEARNED)
    p.lines(x, y + 90, ("the true context moves along v,", "the drawn words against it"), colour=MARK)


@picture(
    "Byte-pair encoding. On the left the words of the training text with their counts: low 5, lower 2, newest 6, "
    "widest 3. They begin as characters. The most frequent pair of neighbours is merged everywhere, again and again, "
    "and the merges are listed in their order: e and s, es and t, l and o, lo and w. On the right the word lowest, "
    "which was never seen: the same merges in the same order make two known pieces of it, low and est."
)
def byte_pair_merges() -> Picture:
    p = Picture(740, 390)
    for x, text in ((142, "training words"), (360, "merges, in order"), (590, "a word never seen")):
        p.text(x, 34, text, bold=True)
    _pieces_of_training(p, 84, ("l o w", "l o w e r", "n e w e s t", "w i d e s t"))
    p.arrow((142, 190), (142, 218), label="4 merges", side=1)
    _pieces_of_training(p, 234, ("low", "low e r", "n e w est", "w i d est"))
    for i, (merge, times, pieces) in enumerate(
        (
            ("", 0, "l o w e s t"),
            ("e + s", 9, "l o w es t"),
            ("es + t", 9, "l o w est"),
            ("l + o", 7, "lo w est"),
            ("lo + w", 7, "low est"),
        )
    ):
        y, made = 84 + 60 * i, merge.replace(" + ", "")
        _pieces(p, 482, y, pieces.split(), 36, made)
        if not i:
            p.text(360, y, "characters", size=SMALL, colour=GREY)
            continue
        p.text(288, y, f"{i}", colour=GREY)
        p.text(350, y, merge, bold=True)
        p.text(432, y, f"{times} times", size=SMALL, colour=GREY, anchor="end")
        p.arrow((590, y - 44), (590, y - 18))
    p.text(360, 362, "always the most frequent pair", size=SMALL, colour=GREY)
    p.text(590, 362, "two pieces that are known", size=SMALL, colour=MARK)
    return p


def _pieces_of_training(p: Picture, top: float, words: Sequence[str]) -> None:
    for i, (word, count) in enumerate(zip(words, (5, 2, 6, 3), strict=True)):
        p.text(52, top + 30 * i, f"{count} ×", colour=GREY, anchor="end")
        _pieces(p, 64, top + 30 * i, word.split(), 26)


def _pieces(p: Picture, left: float, y: float, pieces: Sequence[str], cell: float, made: str = "") -> None:
    """A word in pieces, each as wide as its characters; the one that was made last is marked."""
    for piece in pieces:
        kind = "mark" if piece == made else "learned" if len(piece) > 1 else "data"
        p.box(left + cell * len(piece) / 2, y, piece, kind=kind, w=cell * len(piece) - 4, h=24)
        left += cell * len(piece)
