"""Answers to exercise 07.join_tokens."""

from answers import right, wrong

from course_lib.bpe import BYTES, join_tokens


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


@wrong(says="all spaces around are taken off", obeyed={".strip()": ".removeprefix(' ')"})
def stripped(tokens):
    return with_the_space_in_front(tokens).strip()


@wrong(says="all spaces in front are taken off", obeyed={".lstrip(' ')": ".removeprefix(' ')"})
def stripped_in_front(tokens):
    return with_the_space_in_front(tokens).lstrip(" ")


@wrong(says="the sign ▁ is left as it is")
def sign_kept(tokens):
    whole = b"".join(bytes([BYTES.index(t)]) if t in BYTES else t.encode() for t in tokens)
    return whole.decode("utf-8", "replace").removeprefix("▁")


@wrong(says="joined without", obeyed={"' '.join": "''.join"})
def spaces_between_all(tokens):
    return " ".join(tokens).replace("▁", "").strip()


@wrong(says="the bytes are left as they are written")
def bytes_forgotten(tokens):
    return "".join(tokens).replace("▁", " ").removeprefix(" ")


@wrong(
    says="a character of its own",
    obeyed={"chr(BYTES.index(t))": "bytes([BYTES.index(t)]).decode('utf-8')"},
)
def each_byte_alone(tokens):
    return "".join(chr(BYTES.index(t)) if t in BYTES else t.replace("▁", " ") for t in tokens).removeprefix(" ")


@wrong(says="the bytes are left out")
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


@wrong(says=None)
def bytes_that_are_no_character_left_out(tokens):
    return join_tokens(tokens).replace("\ufffd", "")
