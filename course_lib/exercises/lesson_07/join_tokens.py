"""Exercise 07.join_tokens: spaces, the one in front, and characters that are written as bytes."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from course_lib.bpe import BYTES, SPACE, join_tokens
from course_lib.exercises.kit import Chance, Exercise, Function, Mistake, Outcome, Trial, drawn, with_parts


def _byte(token: str) -> bytes:
    return bytes([BYTES.index(token)])


def _text(whole: bytes) -> str:
    return whole.decode("utf-8", "replace")


@with_parts
def _with(
    tokens: Sequence[str],
    *,
    given: Function = list,
    byte: Function = _byte,
    other: Function = lambda token: token.replace(SPACE, " ").encode(),
    decoded: Function = _text,
    begun: Function = lambda text: text.removeprefix(" "),
) -> str:
    """Other tokens, another byte of a token, other bytes of the rest, another decoding, another beginning."""
    return str(begun(decoded(b"".join(byte(token) if token in BYTES else other(token) for token in given(tokens)))))


def _without_last_bytes(tokens: Sequence[str]) -> Sequence[str]:
    return tokens[: max((i for i, token in enumerate(tokens, 1) if token not in BYTES), default=0)]


MISTAKES: tuple[Mistake, ...] = (
    ("the first space was put in front by `encode`; take it off again", _with(begun=str)),
    ("all spaces around are taken off; take one off, in front: `.removeprefix(' ')`",
     _with(begun=str.strip), _with(begun=lambda text: text.strip(" "))),
    ("all spaces in front are taken off; take off one: `.removeprefix(' ')`",
     _with(begun=str.lstrip), _with(begun=lambda text: text.lstrip(" "))),
    ("the space at the end is taken off, too; it belongs to the text",
     *[_with(begun=lambda text, which=which: text.removeprefix(" ").rstrip(which)) for which in (" ", None)]),
    ("several spaces become one; each ▁ is a space", _with(decoded=lambda whole: re.sub(" +", " ", _text(whole)))),
    ("a line break in front is taken off, too; take off a space alone: `.removeprefix(' ')`",
     _with(begun=lambda text: text[1:] if text[:1].isspace() else text)),
    ("the first character is cut off, even where it is no space: `.removeprefix(' ')`",
     _with(begun=lambda text: text[1:])),
    ("the first space is taken off wherever it stands; take off only one in front: `.removeprefix(' ')`",
     _with(begun=lambda text: text.replace(" ", "", 1))),
    ("the sign ▁ is left as it is; it is a space",
     _with(other=str.encode), _with(other=str.encode, begun=lambda text: text.removeprefix(SPACE))),
    ("the sign ▁ is taken out; it is a space", _with(other=lambda token: token.replace(SPACE, "").encode())),
    ("the underscore _ becomes a space; only ▁ is one", _with(other=lambda token: re.sub("[▁_]", " ", token).encode())),
    ("the space in front is taken off only where it is a ▁; the byte <0x20> is one, too: decode, then take it off",
     _with(given=lambda tokens: ["".join(tokens[:1]).removeprefix(SPACE), *tokens[1:]], begun=str)),
    ("only a ▁ at the start of a token becomes a space; each one does",
     _with(other=lambda token: token.replace(SPACE, " ", token.startswith(SPACE)).encode())),
    ("a ▁ that came as bytes is a ▁ of the text: make spaces in the tokens, not in the whole text",
     _with(decoded=lambda whole: _text(whole).replace(SPACE, " "))),
    ("there is a space between all tokens: join them with nothing between, `''.join`; ▁ is the space",
     lambda t: " ".join(t).replace(SPACE, "").strip(), lambda t: " ".join(t).replace(SPACE, " ").strip(),
     lambda t: join_tokens([" ".join(t)])),
    ("the bytes are left as they are written; together they are a character", _with(byte=str.encode)),
    ("each byte is made a character of its own: collect all bytes first, then decode them at the end",
     _with(byte=lambda token: chr(BYTES.index(token)).encode()),
     _with(byte=lambda token: _text(_byte(token)).encode())),
    ("bytes are left out; they stand for a character, or become � where they are none",
     _with(byte=lambda token: b"")),
    ("bytes that are no character are left out; they become �",
     _with(decoded=lambda whole: whole.decode("utf-8", "ignore"))),
    ("`str(...)` writes bytes as code; `.decode('utf-8', 'replace')` makes a text of them", _with(decoded=str)),
    ("the bytes are read as Latin-1, where each one is a character; they are UTF-8",
     _with(decoded=lambda whole: whole.decode("latin-1"))),
    ("the bytes stand behind all else; each belongs in its place",
     _with(given=lambda tokens: sorted(tokens, key=BYTES.__contains__))),
    ("not every token that begins with <0x is a byte: ask `token in BYTES`",
     _with(given=lambda tokens: [BYTES[0] if token == "<0x" else token for token in tokens])),
    ("bytes at the end are lost: decode what is left behind the last token", _with(given=_without_last_bytes)),
    ("byte 0 is taken for none: ask `token in BYTES`",
     _with(byte=lambda token: _byte(token).strip(b"\0") or token.encode())),
    ("it should be `bytes([n])`, with brackets: `bytes(n)` is n zeros",
     _with(byte=lambda token: bytes(BYTES.index(token)))),
    ("letters that look like a byte when joined are read as one; only a whole token is a byte",
     _with(given=lambda tokens: re.split("(<0x[0-9A-F]{2}>)", "".join(tokens)))),
    ("the text is composed (NFC); leave its characters as they are",
     _with(decoded=lambda whole: normalize("NFC", _text(whole)))),
)  # fmt: skip
ADVICE = (
    ("invalid continuation byte", "Bytes that are no character must not raise: `.decode('utf-8', 'replace')`."),
    ("unexpected end of data", "A character's bytes belong together: collect all bytes, and decode them at the end."),
    ("invalid start byte", "Bytes that are no character must not raise: `.decode('utf-8', 'replace')`."),
    ("string index", "No tokens give an empty text, which has no first character: `.removeprefix(' ')`."),
    ("not in tuple", "Most tokens stand for no byte: ask `token in BYTES` before `index`."),
    *((sign, "Bytes and strings don't mix: make bytes of every token, `.encode()`, and decode them at the end.")
      for sign in ("bytes-like", '"bytes") to str', "bytes found", "concat str to bytes")),
    ("with base 16: ''", "Not every token that begins with <0x is a byte: ask `token in BYTES`."),
    ("invalid literal for int", "A byte's number has base 16: `int('E2', 16)`, or `BYTES.index(token)`."),
)  # fmt: skip


def _draw(chance: Chance) -> list[str]:
    """Pieces of words, characters in bytes (the sign for a space, too), single bytes that are none, letters that look
    like a byte, characters in two parts."""
    pieces = [SPACE, f"{SPACE}a", "b", "B.", "가", f"{SPACE}나", f"{SPACE}{SPACE}", "7", "e\u0301", "\u1112\u1161"]
    pieces.append("<0x")
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
        ["▁a", "▁", "▁b"], ["▁a", "\n", "b", "▁"], ["▁", "<0x3C>", "0", "x"], ["▁naïve", "<0x0A>"],
        ["▁a_b", "_", "▁_"], ["<0x20>", "a"], ["\n", "a"], ["▁", "<0x", "b"],
    ]  # fmt: skip
    for tokens in (*cases, *drawn(_draw)):
        got = trial.call(tokens)
        trial.require(not isinstance(got, bytes), "decode the bytes: `.decode('utf-8', 'replace')`",
                      outcome=Outcome.TYPE, got=got)  # fmt: skip
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
