"""Exercise 07.join_tokens: spaces, the one in front, and characters that are written as bytes."""

from collections.abc import Sequence

from course_lib.bpe import BYTES, SPACE, join_tokens
from course_lib.exercises.kit import Chance, Exercise, Mistake, Outcome, Trial, drawn


def _each_byte(tokens: Sequence[str]) -> str:
    return join_tokens([chr(BYTES.index(token)) if token in BYTES else token for token in tokens])


MISTAKES: tuple[Mistake, ...] = (
    ("the first space was put in front by `encode`; take it off again", lambda t: " " + join_tokens(t)),
    ("all spaces around are taken off; the one in front alone was put there: `.removeprefix(' ')`",
     lambda t: join_tokens(t).strip()),
    ("all spaces in front are taken off; one alone was put there: `.removeprefix(' ')`",
     lambda t: join_tokens(t).lstrip()),
    ("the first character is cut off, even where it is no space: `.removeprefix(' ')`",
     lambda t: (" " + join_tokens(t))[1:] if t and t[0].startswith(SPACE) else join_tokens(t)[1:]),
    ("the sign ▁ is left as it is; it is a space", lambda t: join_tokens(t).replace(" ", SPACE),
     lambda t: (" " + join_tokens(t)).replace(" ", SPACE)),
    ("there is a space between all tokens; what belongs to one word is joined without: `''.join`",
     lambda t: " ".join(t).replace(SPACE, "").strip(), lambda t: " ".join(t).replace(SPACE, " ").strip(),
     lambda t: join_tokens([" ".join(t)])),
    ("the bytes are left as they are written; together they are a character",
     lambda t: "".join(t).replace(SPACE, " ").removeprefix(" ")),
    ("each byte is made a character of its own; they are one together: `bytes([...]).decode('utf-8')`", _each_byte),
    ("the bytes are left out; together they are a character", lambda t: join_tokens([x for x in t if x not in BYTES])),
)  # fmt: skip
ADVICE = (
    ("invalid continuation byte", "Bytes that are no character must not raise: `.decode('utf-8', 'replace')`."),
    ("unexpected end of data", "A character's bytes belong together: collect all bytes, and decode them at the end."),
    ("invalid start byte", "Bytes that are no character must not raise: `.decode('utf-8', 'replace')`."),
    ("invalid literal for int", "A byte's number has base 16: `int('E2', 16)`, or `BYTES.index(token)`."),
)


def _draw(chance: Chance) -> list[str]:
    """Pieces of words, characters in bytes (the sign for a space, too), single bytes that are none, letters that look
    like a byte, characters in two parts."""
    pieces = [SPACE, f"{SPACE}a", "b", "B.", "가", f"{SPACE}나", f"{SPACE}{SPACE}", "7", "e\u0301", "\u1112\u1161"]
    found: list[str] = []
    for _ in range(chance.n(0)):
        some = chance.choice([*pieces, *pieces, "bytes", "byte", "letters"])
        whole = [BYTES[byte] for byte in chance.choice(f"é한😀<{SPACE}\0").encode()]
        found += {"bytes": whole, "byte": [chance.choice(BYTES)], "letters": [*"<0x41>"]}.get(some, [some])
    return found


def examine(trial: Trial) -> None:
    han, smile = ([f"<0x{byte:02X}>" for byte in character.encode()] for character in "한😀")
    cases = [
        ["▁Two", "▁dog", "s"], ["▁", "a"], ["▁▁", "▁a", "▁"], ["▁저는", "▁학교", "에", "▁가", "요", "."], [], ["▁"],
        ["▁", *han, "국"], ["▁a", *smile, "▁b"], ["▁", *han, *han], ["▁x", "<0xED>", "▁y"], ["b", "▁c"],
        ["▁", *"<0x41>"], ["▁", "<0x00>", "a"], ["a", *(f"<0x{byte:02X}>" for byte in "▁".encode()), "b"],
        ["▁a", "\n", "b", "▁"], ["▁", "<0x3C>", "0", "x"], ["▁naïve", "<0x0A>"],
    ]  # fmt: skip
    for tokens in (*cases, *drawn(_draw)):
        got = trial.call(tokens)
        trial.require(not isinstance(got, bytes), "decode the bytes: `.decode('utf-8', 'replace')`",
                      outcome=Outcome.DTYPE, got=got)  # fmt: skip
        trial.compare(got, join_tokens(tokens), inputs=(tokens,))


EXERCISE = Exercise(id="07.join_tokens", reference=join_tokens, difficulty=2, minutes=8, examine=examine,
    own_form="the library's also brings back half a pair of surrogates, which is no character",
    mistakes=MISTAKES, advice=ADVICE, hints=(
        "A character may be spread over several tokens. So make bytes of everything, and decode them at the end.",
        "A token of `BYTES` is `bytes([BYTES.index(token)])`; any other `token.replace('▁', ' ').encode()`.",
        "`b''.join(parts).decode('utf-8', 'replace').removeprefix(' ')`."), explanation="""
Nothing is guessed: no rule where a space belongs, no list of exceptions. What was a space is written ▁, and what no
token stands for is written in bytes, so the text comes back whatever it was. A model may say bytes that are no
character; `replace` shows them as �, and the rest is read.""")  # fmt: skip
