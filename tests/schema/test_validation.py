"""Validation issues, Seam's 400 with its tree of them, and the measures of JSON values."""

from __future__ import annotations

import pytest

from fakeseam.errors import MisuseError
from fakeseam.schema.validation import Issue, invalid_input, type_name, utf16_length

# The 400 and its tree


def test_the_only_issue_is_the_message():
    error = invalid_input([Issue(("a", "0"), "Invalid uuid")])

    assert (error.status, error.type) == (400, "invalid_input")
    assert error.message == 'Invalid uuid for "a.0"'
    assert error.validation_errors == {
        "_errors": [],
        "a": {"_errors": [], "0": {"_errors": ["Invalid uuid"]}},
    }


def test_several_issues_are_counted_and_listed():
    error = invalid_input(
        [Issue(("a",), "Required"), Issue(("b",), "Invalid uuid"), Issue((), "Whole")]
    )

    assert error.message == '3 Input Errors: a is required, Invalid uuid for "b", Whole'
    assert error.validation_errors == {
        "_errors": ["Whole"],
        "a": {"_errors": ["Required"]},
        "b": {"_errors": ["Invalid uuid"]},
    }


def test_two_issues_of_one_value_are_in_one_node():
    error = invalid_input([Issue(("a",), "Too long"), Issue(("a",), "Period")])

    assert error.validation_errors == {"_errors": [], "a": {"_errors": ["Too long", "Period"]}}


def test_a_union_has_one_message_and_the_issues_of_each_branch():
    branches = (Issue(("k",), "Expected string"), Issue(("k",), "Expected boolean"))
    issue = Issue(("k",), "Invalid input", branches).under(("m",))

    error = invalid_input([issue])

    assert error.message == 'Invalid input for "m.k"'
    assert error.validation_errors == {
        "_errors": [],
        "m": {"_errors": [], "k": {"_errors": ["Expected string", "Expected boolean"]}},
    }


# JSON values


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "null"),
        (True, "boolean"),
        (0, "number"),
        (0.5, "number"),
        (float("nan"), "nan"),
        ("", "string"),
        ([], "array"),
        ((), "array"),
        ({}, "object"),
    ],
)
def test_types_have_their_json_names(value, name):
    assert type_name(value) == name


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", 1j])
def test_a_value_that_json_cannot_hold_is_misuse(value):
    with pytest.raises(MisuseError, match="is not a JSON value: send text, numbers, lists"):
        type_name(value)


@pytest.mark.parametrize(
    ("value", "length"), [("", 0), ("abc", 3), ("é", 1), ("🙂", 2), ("\ud83d", 1), ("a🙂", 3)]
)
def test_length_counts_utf_16_units(value, length):
    assert utf16_length(value) == length
