"""Answers to exercise 00.first."""

import torch

from tests.exercises.answers import right, wrong


@right
def added_to_itself(x):
    return x + x


@right
def by_torch_mul(x):
    return torch.mul(x, 2)


@right
def copied_and_then_changed(x):
    y = x.clone()
    y *= 2
    return y


@wrong(says="it adds 2")
def adds_two(x):
    return x + 2


@wrong(says="squares")
def squares(x):
    return x**2


@wrong(says="`**` is the power", obeyed={"2 ** x": "2 * x"})
def two_to_the_power(x):
    return 2**x


@wrong(says="`x` as it came")
def returns_its_input(x):
    return x


@wrong(says="`x` in place", obeyed={"x *= 2": "x = x * 2"})
def doubles_in_place(x):
    x *= 2
    return x


@wrong(says="returns None")
def prints_the_double(x):
    print(2 * x)


@wrong(says="repeats the elements")
def list_habits(x):
    return torch.cat([x, x])


@wrong(says="got a list")
def a_list_of_numbers(x):
    return [2 * value for value in x.tolist()]


@wrong(says="the same as for another `x`")
def the_example_hard_coded(x):
    return torch.tensor([2.0, 4.0, 6.0])


@wrong(says="the tensor is called `x`")
def another_name(x):
    return 2 * numbers  # noqa: F821 - that it does not exist is the mistake


@wrong(says="only the first element")
def first_element_only(x):
    y = x.clone()
    y[0] = 2 * y[0]
    return y


@wrong(says="Keep the parameters")
def without_a_parameter():
    return 2


@wrong(says="adds the elements up")
def doubled_sum(x):
    return 2 * x.sum()


@wrong(says="ndarray")
def as_a_numpy_array(x):
    return 2 * x.detach().numpy()


@wrong(says="`2 * x` keeps it", obeyed={"2.0 * x": "2 * x"})
def always_float(x):
    return 2.0 * x


@wrong(says="halved, or doubled twice")
def doubled_twice(x):
    y = x + x
    return y + y


@wrong(says="digits are lost")
def through_float32(x):
    return (2 * x.float()).to(x.dtype)


@wrong(says="itself, not a copy")
def zeros_given_back(x):
    return x if not x.any() else 2 * x


@wrong(says="without dimensions: stay with torch")
def there_and_back_through_numpy(x):
    return torch.from_numpy(x.numpy() * 2)


@wrong(says="fractions are cut off")
def through_whole_numbers(x):
    return (x.long() * 2).to(x.dtype)


@wrong(says="the result is flattened")
def flattened(x):
    return x.flatten() * 2


@wrong(says="the method `double`")
def the_method_of_that_name(x):
    return x.double()


@wrong(says="dimensions of size 1 are lost")
def squeezed(x):
    return (2 * x).squeeze()


@wrong(says="the sign is lost")
def absolute_and_at_least_one_dimension(x):
    return torch.atleast_1d(x.abs() * 2)


@wrong(says="Use .reshape(...) instead")
def viewed_as_one_row(x):
    return (2 * x.clone().view(-1)).view(x.shape)


@wrong(says="fractions are cut off")
def doubled_then_cut(x):
    return (2 * x).int().to(x.dtype)


@wrong(says="tripled")
def added_twice(x):
    return x + x + x


@wrong(says="the sign is turned")
def turned_to_minus(x):
    return -(x + x)


@wrong(says="repeats the elements")
def each_element_repeated(x):
    return x.repeat_interleave(2, dim=-1)


@wrong(says="the last element is not doubled")
def last_one_left_out(x):
    result = x.clone()
    result[:-1] *= 2
    return result


@wrong(
    says="any number of dimensions",
    obeyed={"torch.stack([2 * row for row in x])": "2 * x"},
)
def row_by_row(x):
    return torch.stack([2 * row for row in x])


@wrong(says="torch.float64: `2 * x` keeps it", obeyed={"(2 * x).double()": "2 * x"})
def always_in_float64(x):
    return (2 * x).double()
