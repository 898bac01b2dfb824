"""Answers to exercise 01.encode_batch."""

import torch
import torch.nn.functional as F
from torch.nn.utils.rnn import pad_sequence

from tests.exercises.answers import right, wrong


@right
def filling_a_matrix_of_padding(sentences, stoi):
    T = max(len(sentence) for sentence in sentences) + 2
    batch = torch.full((len(sentences), T), stoi["<pad>"])
    for b, sentence in enumerate(sentences):
        ids = [stoi["<sos>"]] + [stoi.get(token, stoi["<unk>"]) for token in sentence] + [stoi["<eos>"]]
        batch[b, : len(ids)] = torch.tensor(ids)
    return batch


@right
def by_pad_sequence(sentences, stoi):
    rows = []
    for sentence in sentences:
        tokens = ["<sos>", *sentence, "<eos>"]
        rows.append(torch.tensor([stoi[token] if token in stoi else stoi["<unk>"] for token in tokens]))
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@right
def padding_the_tokens_first(sentences, stoi):
    longest = max(map(len, sentences))
    tokens = [["<sos>", *s, "<eos>"] + ["<pad>"] * (longest - len(s)) for s in sentences]
    return torch.LongTensor([[stoi.get(token, stoi["<unk>"]) for token in row] for row in tokens])


@wrong(says="`<eos>` is missing")
def without_eos(sentences, stoi):
    rows = [[stoi["<sos>"]] + [stoi.get(t, stoi["<unk>"]) for t in s] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="`<sos>` is missing")
def without_sos(sentences, stoi):
    rows = [[stoi.get(t, stoi["<unk>"]) for t in s] + [stoi["<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="`<sos>` and `<eos>` are missing")
def without_sos_and_eos(sentences, stoi):
    rows = [torch.tensor([stoi.get(t, stoi["<unk>"]) for t in s]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="interchanged")
def sos_and_eos_interchanged(sentences, stoi):
    rows = [torch.tensor([stoi["<eos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<sos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="on the left")
def padded_on_the_left(sentences, stoi):
    rows = [[stoi["<sos>"]] + [stoi.get(t, stoi["<unk>"]) for t in s] + [stoi["<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([[stoi["<pad>"]] * (T - len(row)) + row for row in rows])


@wrong(says="`<eos>` comes after the padding")
def eos_after_the_padding(sentences, stoi):
    longest = max(map(len, sentences))
    tokens = [["<sos>", *s] + ["<pad>"] * (longest - len(s)) + ["<eos>"] for s in sentences]
    return torch.tensor([[stoi.get(t, stoi["<unk>"]) for t in row] for row in tokens])


@wrong(says="was dropped")
def unknown_words_left_out(sentences, stoi):
    rows = [torch.tensor([stoi["<sos>"], *(stoi[t] for t in s if t in stoi), stoi["<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="became `<pad>`")
def unknown_words_become_padding(sentences, stoi):
    rows = [torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<pad>"]) for t in s), stoi["<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="becomes `<unk>`")
def key_error_at_unknown_words(sentences, stoi):
    rows = [torch.tensor([stoi[t] for t in ["<sos>", *s, "<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="fill all up to T")
def rows_not_padded(sentences, stoi):
    return torch.tensor([[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences])


@wrong(says="got a list")
def list_of_lists(sentences, stoi):
    T = max(map(len, sentences))
    return [
        [stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] + [stoi["<pad>"]] * (T - len(s))
        for s in sentences
    ]


@wrong(says="got a list")
def list_of_tensors(sentences, stoi):
    return [torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]) for s in sentences]


@wrong(says="`batch_first=True`", obeyed={"pad_sequence(rows, ": "pad_sequence(rows, batch_first=True, "})
def pad_sequence_without_batch_first(sentences, stoi):
    rows = [torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]) for s in sentences]
    return pad_sequence(rows, padding_value=stoi["<pad>"])


@wrong(says="float32")
def written_into_zeros(sentences, stoi):
    batch = torch.zeros(len(sentences), max(map(len, sentences)) + 2)
    for b, s in enumerate(sentences):
        for t, token in enumerate(["<sos>", *s, "<eos>"]):
            batch[b, t] = stoi.get(token, stoi["<unk>"])
    return batch


@wrong(says="int32")
def int32_ids(sentences, stoi):
    rows = [
        torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]], dtype=torch.int32)
        for s in sentences
    ]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="cut to the shortest")
def cut_to_the_shortest(sentences, stoi):
    rows = [[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences]
    T = min(map(len, rows))
    return torch.tensor([row[:T] for row in rows])


@wrong(says="two places more")
def no_room_for_sos_and_eos(sentences, stoi):
    T = max(map(len, sentences))
    rows = [[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences]
    return torch.tensor([(row + [0] * T)[:T] for row in rows])


@wrong(says="wider than its longest row")
def always_seven_long(sentences, stoi):
    rows = [[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences]
    return torch.tensor([(row + [0] * 7)[:7] for row in rows])


@wrong(says="filled up with `<eos>`")
def filled_up_with_eos(sentences, stoi):
    rows = [torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<eos>"])


@wrong(
    says="in place",
    obeyed={
        "for sentence in sentences:\n        sentence.insert(0, '<sos>')\n        sentence.append('<eos>')": (
            "sentences = [['<sos>', *sentence, '<eos>'] for sentence in sentences]"
        )
    },
)
def specials_inserted_into_the_sentences(sentences, stoi):
    for sentence in sentences:
        sentence.insert(0, "<sos>")
        sentence.append("<eos>")
    rows = [torch.tensor([stoi.get(t, stoi["<unk>"]) for t in s]) for s in sentences]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="`stoi` in place")
def unknown_words_added_to_stoi(sentences, stoi):
    rows = [
        torch.tensor([stoi["<sos>"], *(stoi.setdefault(t, len(stoi)) for t in s), stoi["<eos>"]]) for s in sentences
    ]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="returns None")
def batch_not_returned(sentences, stoi):
    rows = [torch.tensor([stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]) for s in sentences]
    batch = pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"])


@wrong(says="another `sentences`")
def the_shown_batch_hard_coded(sentences, stoi):
    return torch.tensor([[2, 4, 5, 3, 0, 0, 0], [2, 8, 6, 7, 9, 4, 3]])


@wrong(says="a special has a fixed id")
def special_ids_as_numbers(sentences, stoi):
    rows = [[2, *(stoi.get(t, 1) for t in s), 3] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [0] * (T - len(row)) for row in rows])


@wrong(says="take the ids from `stoi`")
def padded_with_zeros(sentences, stoi):
    rows = [torch.tensor([stoi.get(t, stoi["<unk>"]) for t in ["<sos>", *s, "<eos>"]]) for s in sentences]
    return pad_sequence(rows, batch_first=True)


@wrong(says="counts as unknown", obeyed={"stoi.get(t) or stoi['<unk>']": "stoi.get(t, stoi['<unk>'])"})
def an_id_of_zero_taken_for_none(sentences, stoi):
    rows = [[stoi.get(t) or stoi["<unk>"] for t in ["<sos>", *s, "<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="lower-cased")
def words_in_small_letters(sentences, stoi):
    return wanted([[t.lower() for t in s] for s in sentences], stoi)


@wrong(says="empty sentences are left out")
def empty_sentences_left_out(sentences, stoi):
    return wanted([s for s in sentences if s], stoi)


@wrong(says="sentences are cut")
def cut_at_fifty_words(sentences, stoi):
    return wanted([s[:50] for s in sentences], stoi)


def wanted(sentences, stoi):
    rows = [[stoi.get(t, stoi["<unk>"]) for t in ["<sos>", *s, "<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="fill all up to T")
def rows_of_unequal_length_stacked(sentences, stoi):
    return torch.stack([torch.tensor([stoi.get(t, stoi["<unk>"]) for t in ["<sos>", *s, "<eos>"]]) for s in sentences])


@wrong(says="sorted by length")
def longest_sentence_first(sentences, stoi):
    return wanted(sorted(sentences, key=len, reverse=True), stoi)


@wrong(says="leave out `squeeze`", obeyed={".squeeze()": ""})
def one_sentence_squeezed(sentences, stoi):
    return wanted(sentences, stoi).squeeze()


@wrong(says="an empty sentence became a row of padding")
def nothing_around_nothing(sentences, stoi):
    rows = [
        torch.tensor([stoi.get(t, stoi["<unk>"]) for t in ["<sos>", *s, "<eos>"]][: 99 * len(s)]) for s in sentences
    ]
    return pad_sequence(rows, batch_first=True, padding_value=stoi["<pad>"]).long()


@wrong(says="two mistakes at once: 1. `<sos>` is missing")
def without_sos_and_padded_on_the_left(sentences, stoi):
    rows = [[stoi.get(t, stoi["<unk>"]) for t in [*s, "<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([[stoi["<pad>"]] * (T - len(row)) + row for row in rows])


@wrong(
    says="the id 0 became that of `<pad>`",
    obeyed={
        "torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)": (
            "torch.full((len(rows), max(map(len, rows))), stoi['<pad>'])"
        ),
        "ids[ids == 0] = stoi['<pad>']": "pass",
    },
)
def zeros_replaced_by_padding_at_the_end(sentences, stoi):
    rows = [[stoi["<sos>"], *(stoi.get(w, stoi["<unk>"]) for w in s), stoi["<eos>"]] for s in sentences]
    ids = torch.zeros(len(rows), max(map(len, rows)), dtype=torch.long)
    for i, row in enumerate(rows):
        ids[i, : len(row)] = torch.tensor(row)
    ids[ids == 0] = stoi["<pad>"]
    return ids


@wrong(says="last one in the alphabet", obeyed={"max(sentences)": "max(sentences, key=len)"})
def as_long_as_the_last_in_the_alphabet(sentences, stoi):
    T = len(max(sentences)) + 2
    rows = [torch.tensor([stoi["<sos>"], *(stoi.get(w, stoi["<unk>"]) for w in s), stoi["<eos>"]]) for s in sentences]
    return torch.stack([F.pad(row, (0, T - len(row)), value=stoi["<pad>"]) for row in rows])


@wrong(says="`<sos>` and `<eos>` included")
def filled_to_the_longest_sentence(sentences, stoi):
    T = max(map(len, sentences))
    rows = [[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences]
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="`<sos>` and `<eos>` included")
def filled_to_the_first_row(sentences, stoi):
    rows = [[stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]] for s in sentences]
    return torch.tensor([row + [stoi["<pad>"]] * (len(rows[0]) - len(row)) for row in rows])


@wrong(says="`<sos>` and `<eos>` included")
def written_into_a_table_too_narrow(sentences, stoi):
    batch = torch.full((len(sentences), max(map(len, sentences))), stoi["<pad>"])
    for b, s in enumerate(sentences):
        row = [stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]
        batch[b, : len(row)] = torch.tensor(row)
    return batch


@wrong(says="A string is left among the ids", obeyed={"stoi.get(t, '<unk>')": "stoi.get(t, stoi['<unk>'])"})
def the_string_unk(sentences, stoi):
    rows = [[stoi["<sos>"], *(stoi.get(t, "<unk>") for t in s), stoi["<eos>"]] for s in sentences]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])


@wrong(says="only one row comes back")
def the_last_row_alone(sentences, stoi):
    for s in sentences:
        row = [stoi["<sos>"], *(stoi.get(t, stoi["<unk>"]) for t in s), stoi["<eos>"]]
    return torch.tensor(row)


@wrong(says="with an id below 4")
def small_ids_unknown(sentences, stoi):
    unknown = stoi["<unk>"]
    rows = [[stoi.get(token, unknown) for token in sentence] for sentence in sentences]
    rows = [[stoi["<sos>"], *(id if id >= 4 else unknown for id in row), stoi["<eos>"]] for row in rows]
    T = max(map(len, rows))
    return torch.tensor([row + [stoi["<pad>"]] * (T - len(row)) for row in rows])
