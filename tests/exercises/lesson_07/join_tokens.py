"""Answers to exercise 07.join_tokens."""

import re

from course_lib.bpe import BYTES, join_tokens
from tests.exercises.answers import right, wrong


def with_the_space_in_front(tokens):
    whole = b""
    for token in tokens:
        whole += bytes([BYTES.index(token)]) if token in BYTES else token.replace("▁", " ").encode()
    return whole.decode("utf-8", "replace")


@right
def all_bytes_at_the_end(tokens):
    return with_the_space_in_front(tokens).removeprefix(" ")


@right
def byte_by_its_number(tokens):
    parts = []
    for token in tokens:
        if token.startswith("<0x") and token.endswith(">") and len(token) == 6:
            parts.append(bytes([int(token[3:5], 16)]))
        else:
            parts.append(token.encode("utf-8").replace("▁".encode(), b" "))
    text = b"".join(parts).decode("utf-8", errors="replace")
    return text[1:] if text.startswith(" ") else text


@wrong(says="take it off again")
def space_in_front_kept(tokens):
    return with_the_space_in_front(tokens)


@wrong(says="take one off, in front", obeyed={".strip()": ".removeprefix(' ')"})
def stripped(tokens):
    return with_the_space_in_front(tokens).strip()


@wrong(says="all spaces in front are taken off; take off one", obeyed={".lstrip(' ')": ".removeprefix(' ')"})
def stripped_in_front(tokens):
    return with_the_space_in_front(tokens).lstrip(" ")


@wrong(says="the sign ▁ is left as it is")
def sign_kept(tokens):
    whole = b"".join(bytes([BYTES.index(t)]) if t in BYTES else t.encode() for t in tokens)
    return whole.decode("utf-8", "replace").removeprefix("▁")


@wrong(
    says="`''.join`; ▁ is the space", obeyed={"' '.join": "''.join", ".replace('▁', '').strip()": ".replace('▁', ' ')"}
)
def spaces_between_all(tokens):
    return " ".join(tokens).replace("▁", "").strip()


@wrong(says="the bytes are left as they are written")
def bytes_forgotten(tokens):
    return "".join(tokens).replace("▁", " ").removeprefix(" ")


@wrong(says="decode them at the end")
def each_byte_alone(tokens):
    return "".join(chr(BYTES.index(t)) if t in BYTES else t.replace("▁", " ") for t in tokens).removeprefix(" ")


@wrong(says="bytes are left out; they stand for a character")
def bytes_dropped(tokens):
    return "".join(t for t in tokens if t not in BYTES).replace("▁", " ").removeprefix(" ")


@wrong(says="expected a string")
def a_list(tokens):
    return [token.replace("▁", " ") for token in tokens]


@wrong(says="must not raise", obeyed={".decode()": ".decode('utf-8', 'replace')"})
def strict(tokens):
    whole = b"".join(bytes([BYTES.index(t)]) if t in BYTES else t.replace("▁", " ").encode() for t in tokens)
    return whole.decode().removeprefix(" ")


@wrong(says="belong together")
def byte_by_byte_decoded(tokens):
    text = "".join(bytes([BYTES.index(t)]).decode() if t in BYTES else t.replace("▁", " ") for t in tokens)
    return text.removeprefix(" ")


@wrong(says="even where it is no space", obeyed={"[1:]": ".removeprefix(' ')"})
def first_character_cut(tokens):
    return with_the_space_in_front(tokens)[1:]


@wrong(says="bytes that are no character are left out")
def bytes_that_are_no_character_left_out(tokens):
    return join_tokens(tokens).replace("\ufffd", "")


@wrong(says="the sign ▁ is taken out")
def sign_taken_out(tokens):
    return with_the_space_in_front(tokens).replace(" ", "")


@wrong(says="decode them at the end")
def each_byte_decoded_alone(tokens):
    parts = (bytes([BYTES.index(t)]).decode("utf-8", "replace") if t in BYTES else t.replace("▁", " ") for t in tokens)
    return "".join(parts).removeprefix(" ")


@wrong(says="`bytes(n)` is n zeros", obeyed={"bytes(BYTES.index(t))": "bytes([BYTES.index(t)])"})
def bytes_without_brackets(tokens):
    whole = b"".join(bytes(BYTES.index(t)) if t in BYTES else t.replace("▁", " ").encode() for t in tokens)
    return whole.decode("utf-8", "replace").removeprefix(" ")


@wrong(says="a ▁ of the text")
def spaces_made_at_the_end(tokens):
    whole = b"".join(bytes([BYTES.index(t)]) if t in BYTES else t.encode() for t in tokens)
    return whole.decode("utf-8", "replace").replace("▁", " ").removeprefix(" ")


@wrong(says="only a whole token is a byte")
def bytes_found_in_the_joined_text(tokens):
    return join_tokens(re.split(r"(<0x[0-9A-F]{2}>)", "".join(tokens)))


@wrong(says="wherever it stands", obeyed={".replace(' ', '', 1)": ".removeprefix(' ')"})
def first_space_anywhere(tokens):
    return with_the_space_in_front(tokens).replace(" ", "", 1)


@wrong(
    says="has no first character",
    obeyed={"text[1:] if text[0] == ' ' else text": "text.removeprefix(' ')"},
)
def no_tokens_not_thought_of(tokens):
    text = with_the_space_in_front(tokens)
    return text[1:] if text[0] == " " else text


@wrong(says="byte 0 is taken for none")
def zero_is_false(tokens):
    number = {token: i for i, token in enumerate(BYTES)}
    parts = [bytes([number[t]]) if number.get(t) else t.replace("▁", " ").encode() for t in tokens]
    return b"".join(parts).decode("utf-8", "replace").removeprefix(" ")


@wrong(says="several spaces become one")
def spaces_made_one_and_letters_of_bytes(tokens):
    text = "".join(chr(BYTES.index(t)) if t in BYTES else t.replace("▁", " ") for t in tokens)
    return re.sub(" +", " ", text).removeprefix(" ")


@wrong(says="the byte <0x20> is one, too")
def space_taken_off_the_first_token(tokens):
    tokens = list(tokens)
    if tokens and tokens[0].startswith("▁"):
        tokens[0] = tokens[0][1:]
    return with_the_space_in_front(tokens)


@wrong(says="the underscore _ becomes a space")
def underscore_taken_for_the_sign(tokens):
    whole = b""
    for token in tokens:
        if token in BYTES:
            whole += bytes([BYTES.index(token)])
        else:
            whole += token.replace("▁", " ").replace("_", " ").encode()
    return whole.decode("utf-8", "replace").removeprefix(" ")


@wrong(says="make bytes of every token, `.encode()`", obeyed={"t.replace('▁', ' ')": "t.replace('▁', ' ').encode()"})
def strings_among_the_bytes(tokens):
    parts = [bytes([BYTES.index(t)]) if t in BYTES else t.replace("▁", " ") for t in tokens]
    return b"".join(parts).decode("utf-8", "replace").removeprefix(" ")


@wrong(says="make bytes of every token, `.encode()`")
def bytes_behind_a_string(tokens):
    text = ""
    for t in tokens:
        text += bytes([BYTES.index(t)]) if t in BYTES else t.replace("▁", " ")
    return text.removeprefix(" ")


@wrong(says="ask `token in BYTES` before `index`")
def index_of_every_token(tokens):
    return b"".join(bytes([BYTES.index(t)]) for t in tokens).decode("utf-8", "replace").removeprefix(" ")


@wrong(
    says="`str(...)` writes bytes as code; `.decode('utf-8', 'replace')`",
    obeyed={"str(b''.join(parts))": "b''.join(parts).decode('utf-8', 'replace')"},
)
def bytes_as_python_writes_them(tokens):
    parts = [bytes([BYTES.index(t)]) if t in BYTES else t.replace("▁", " ").encode() for t in tokens]
    return str(b"".join(parts)).removeprefix(" ")


@wrong(
    says="a line break in front is taken off",
    obeyed={"text[1:] if text[:1].isspace() else text": "text.removeprefix(' ')"},
)
def line_break_in_front_lost(tokens):
    text = with_the_space_in_front(tokens)
    return text[1:] if text[:1].isspace() else text


@wrong(says="Not every token that begins with <0x", obeyed={"token.startswith('<0x')": "token in BYTES"})
def each_beginning_of_a_byte(tokens):
    parts = []
    for token in tokens:
        if token.startswith("<0x"):
            parts.append(bytes([int(token[3:5], 16)]))
        else:
            parts.append(token.replace("▁", " ").encode())
    return b"".join(parts).decode("utf-8", "replace").removeprefix(" ")


@wrong(says="not every token that begins with <0x", obeyed={"token.startswith('<0x')": "token in BYTES"})
def each_beginning_of_a_byte_without_its_ends(tokens):
    parts = [
        bytes([int(token[1:-1], 16)]) if token.startswith("<0x") else token.replace("▁", " ").encode()
        for token in tokens
    ]
    return b"".join(parts).decode("utf-8", "replace").removeprefix(" ")


@wrong(says="read as Latin-1")
def latin_1(tokens):
    parts = [bytes([BYTES.index(t)]) if t in BYTES else t.replace("▁", " ").encode() for t in tokens]
    return b"".join(parts).decode("latin-1").removeprefix(" ")


@wrong(says="the bytes stand behind all else")
def bytes_at_the_end_of_the_text(tokens):
    text = "".join(token.replace("▁", " ") for token in tokens if token not in BYTES)
    whole = bytes(BYTES.index(token) for token in tokens if token in BYTES)
    return (text + whole.decode("utf-8", "replace")).removeprefix(" ")
