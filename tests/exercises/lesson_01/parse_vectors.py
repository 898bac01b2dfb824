"""Answers to exercise 01.parse_vectors."""

import ast
import csv
import re

import numpy as np
import torch
import torch.nn.functional as F

from course_lib.vectors import parse_vectors
from tests.exercises.answers import right, wrong


@right
def line_by_line_into_a_matrix(lines):
    E = len(lines[0].split()) - 1
    tokens = []
    weight = torch.zeros(len(lines), E)
    for i, line in enumerate(lines):
        parts = line.rstrip().split(" ")
        tokens.append(parts[0])
        weight[i] = torch.tensor([float(x) for x in parts[1:]])
    return tokens, weight


@right
def zipped(lines):
    tokens, *columns = zip(*(line.split() for line in lines), strict=True)
    return list(tokens), torch.stack([torch.tensor(list(map(float, column))) for column in columns], dim=1)


@right
def numpy_reads_the_numbers(lines):
    tokens = [line.split(maxsplit=1)[0] for line in lines]
    numbers = [np.array(line.split()[1:], dtype=np.float32) for line in lines]
    return [tokens, torch.from_numpy(np.stack(numbers))]


@right
def stacked_rows(lines):
    pairs = [line.partition(" ") for line in lines]
    return [token for token, _, _ in pairs], torch.stack([torch.Tensor([*map(float, r.split())]) for _, _, r in pairs])


@wrong(says="no header")
def first_line_skipped(lines):
    pieces = [line.split() for line in lines[1:]]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="last line is missing")
def last_line_forgotten(lines):
    tokens, rows = [], []
    for i in range(len(lines) - 1):
        token, *values = lines[i].split()
        tokens.append(token)
        rows.append([float(v) for v in values])
    return tokens, torch.tensor(rows)


@wrong(says="still strings", obeyed={"p[1:] for p": "[float(piece) for piece in p[1:]] for p"})
def numbers_left_as_strings(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([p[1:] for p in pieces])


@wrong(says="first piece is the word")
def the_word_taken_for_a_number(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p] for p in pieces])


@wrong(says="token, *values", obeyed={"token, values": "token, *values"})
def unpacked_without_a_star(lines):
    tokens, rows = [], []
    for line in lines:
        token, values = line.split()
        tokens.append(token)
        rows.append(float(values))
    return tokens, torch.tensor(rows)


@wrong(says="first letter", obeyed={"line[0]": "line.split()[0]"})
def first_letter_instead_of_first_piece(lines):
    return [line[0] for line in lines], torch.tensor([[float(x) for x in line.split()[1:]] for line in lines])


@wrong(says="last number of each line is missing")
def last_number_cut_off_with_the_line_break(lines):
    pieces = [line.split()[:-1] for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="first number of each line is missing")
def numbers_from_the_second_on(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[2:]] for p in pieces])


@wrong(says="E is not always 3")
def always_three_numbers(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:4]] for p in pieces])


@wrong(says="last character of a line")
def last_digit_cut_off_as_if_it_were_a_line_break(lines):
    pieces = [line[:-1].split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="transposed")
def one_column_per_word(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces]).T


@wrong(says="one long row")
def one_long_row_of_numbers(lines):
    tokens, numbers = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        numbers.extend(float(v) for v in values)
    return tokens, torch.tensor(numbers)


@wrong(says="float64", obeyed={"dtype=float))": "dtype=float)).float()"})
def doubles_from_numpy(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.from_numpy(np.array([p[1:] for p in pieces], dtype=float))


@wrong(says="ndarray")
def numpy_array(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], np.array([p[1:] for p in pieces], dtype=np.float32)


@wrong(says="`list(...)` makes one of it")
def words_as_a_tuple(lines):
    tokens, rows = zip(*[(line.split()[0], [float(x) for x in line.split()[1:]]) for line in lines], strict=True)
    return tokens, torch.tensor(rows)


@wrong(says="list of lists")
def weight_as_a_list_of_lists(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], [[float(x) for x in p[1:]] for p in pieces]


@wrong(says="torch.stack")
def weight_as_a_list_of_tensors(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], [torch.tensor([float(x) for x in p[1:]]) for p in pieces]


@wrong(says="weight comes first")
def weight_before_tokens(lines):
    pieces = [line.split() for line in lines]
    return torch.tensor([[float(x) for x in p[1:]] for p in pieces]), [p[0] for p in pieces]


@wrong(says="return tokens, weight")
def weight_alone(lines):
    return torch.tensor([[float(x) for x in line.split()[1:]] for line in lines])


@wrong(says="dict")
def a_dict_from_word_to_vector(lines):
    return {line.split()[0]: torch.tensor([float(x) for x in line.split()[1:]]) for line in lines}


@wrong(says="return tokens, weight")
def one_pair_per_line(lines):
    return [(line.split()[0], torch.tensor([float(x) for x in line.split()[1:]])) for line in lines]


@wrong(says="lower-cased")
def words_lower_cased(lines):
    pieces = [line.lower().split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="is dropped")
def what_is_not_a_word_left_out(lines):
    pieces = [line.split() for line in lines if line.split()[0].isalpha()]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="words are sorted")
def words_sorted(lines):
    pieces = [line.split() for line in lines]
    return sorted(p[0] for p in pieces), torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="scaled to length 1")
def vectors_scaled_to_length_one(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], F.normalize(torch.tensor([[float(x) for x in p[1:]] for p in pieces]), dim=1)


@wrong(says="`lines` in place")
def pops_its_input(lines):
    tokens, rows = [], []
    while lines:
        token, *values = lines.pop(0).split()
        tokens.append(token)
        rows.append([float(v) for v in values])
    return tokens, torch.tensor(rows)


@wrong(says="inside the loop")
def returns_in_the_first_round(lines):
    tokens, rows = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        rows.append([float(v) for v in values])
        return tokens, torch.tensor(rows)


@wrong(says="returns None")
def tokens_and_weight_not_returned(lines):
    pieces = [line.split() for line in lines]
    tokens = [p[0] for p in pieces]
    weight = torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="lower-cased")
def in_small_letters(lines):
    tokens, weight = parse_vectors(lines)
    return [token.lower() for token in tokens], weight


@wrong(says="numbers are rounded")
def rounded_to_two_places(lines):
    tokens, weight = parse_vectors(lines)
    return tokens, weight.round(decimals=2)


@wrong(says="`float` takes one piece at a time", obeyed={"float(values)": "[float(piece) for piece in values]"})
def float_of_a_list(lines):
    tokens, rows = [], []
    for line in lines:
        token, *values = line.split()
        tokens.append(token)
        rows.append(float(values))
    return tokens, torch.tensor(rows)


@wrong(says="collect in lists, not in a dict")
def collected_in_a_dict(lines):
    table = {}
    for line in lines:
        token, *values = line.split()
        table[token] = [float(value) for value in values]
    return list(table), torch.tensor(list(table.values()))


@wrong(says="taken for a header")
def a_number_taken_for_a_header(lines):
    return parse_vectors(lines[1:] if lines[0].split()[0].isdigit() else lines)


@wrong(
    says="equally many",
    obeyed={"re.findall('-?\\\\d+\\\\.\\\\d+', line)": "line.split()[1:]"},
)
def numbers_found_by_their_point(lines):
    rows = [[float(x) for x in re.findall(r"-?\d+\.\d+", line)] for line in lines]
    return [line.split()[0] for line in lines], torch.tensor(rows)


@wrong(says="two mistakes at once: 1. the words are sorted")
def words_sorted_and_minus_signs_stripped(lines):
    numbers = [[float(x.strip("-")) for x in line.split()[1:]] for line in lines]
    return sorted(line.split()[0] for line in lines), torch.tensor(numbers)


@wrong(says="with # in front")
def lines_with_a_hash_are_comments(lines):
    pieces = [line.split() for line in lines if not line.startswith("#")]
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(
    says="taken out of the numbers too",
    obeyed={"line.replace(word, '').split()": "line.split()[1:]"},
)
def word_replaced_by_nothing(lines):
    words, rows = [], []
    for line in lines:
        word = line.split()[0]
        words.append(word)
        rows.append([float(x) for x in line.replace(word, "").split()])
    return words, torch.tensor(rows, dtype=torch.float32)


@wrong(
    says="the beginning of a quotation",
    obeyed={"list(csv.reader(lines, delimiter=' '))": "[line.split() for line in lines]"},
)
def through_a_reader_of_csv(lines):
    pieces = list(csv.reader(lines, delimiter=" "))
    return [p[0] for p in pieces], torch.tensor([[float(x) for x in p[1:]] for p in pieces])


@wrong(says="torch.int64: whole numbers")
def whole_numbers_stay_whole(lines):
    pieces = [line.split() for line in lines]
    return [p[0] for p in pieces], torch.tensor([[ast.literal_eval(x) for x in p[1:]] for p in pieces])


@wrong(says="taken apart into letters", obeyed={"words += pieces[0]": "words.append(pieces[0])"})
def word_added_by_its_letters(lines):
    words, rows = [], []
    for line in lines:
        pieces = line.split()
        words += pieces[0]
        rows.append([float(piece) for piece in pieces[1:]])
    return words, torch.tensor(rows)


@wrong(says="`lines` is a list: go through it")
def all_lines_split_at_once(lines):
    words, *values = lines.split()
    return words, torch.tensor(values)


@wrong(says="`map` makes no list", obeyed={"map(float, line.split()[1:])": "list(map(float, line.split()[1:]))"})
def a_map_for_a_list(lines):
    return [line.split()[0] for line in lines], torch.tensor([map(float, line.split()[1:]) for line in lines])


@wrong(says="with digits or signs in it is dropped")
def words_in_brackets_skipped(lines):
    return parse_vectors([line for line in lines if not line.startswith("<")])


@wrong(says="signs are stripped")
def signs_stripped(lines):
    words, weight = parse_vectors(lines)
    return [word.strip(".,!?'-") for word in words], weight


@wrong(says="a line of two pieces is no header")
def lines_of_two_pieces_skipped(lines):
    pieces = [line.split() for line in lines]
    pieces = [each for each in pieces if len(each) > 2]
    return [word for word, *_ in pieces], torch.tensor([[float(x) for x in each[1:]] for each in pieces])


@wrong(says="a line with the numbers of an earlier one")
def the_same_numbers_once(lines):
    words, rows = [], []
    for line in lines:
        word, *values = line.split()
        row = [float(value) for value in values]
        if row not in rows:
            words.append(word)
            rows.append(row)
    return words, torch.tensor(rows)


@wrong(says="a line that stands twice")
def the_same_line_once(lines):
    return parse_vectors(list(dict.fromkeys(lines)))


@wrong(says="in the reverse order")
def inserted_at_the_front(lines):
    words, rows = [], []
    for line in lines:
        word, *values = line.split()
        words.insert(0, word)
        rows.insert(0, [float(value) for value in values])
    return words, torch.tensor(rows)


@wrong(says="the numbers of the last line")
def one_list_for_all(lines):
    words, rows, row = [], [], []
    for line in lines:
        word, *values = line.split()
        row[:] = [float(value) for value in values]
        words.append(word)
        rows.append(row)
    return words, torch.tensor(rows)
