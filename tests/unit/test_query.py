"""Query strings: texts, booleans, numbers and lists, with and without ``_strict=true``."""

from __future__ import annotations

import pytest

from fakeseam.core.params import array, boolean, enum, integer, text, uuid
from fakeseam.core.query import decode_query
from fakeseam.errors import ApiError

PARAMS = {
    "search": text(),
    "kind": enum("a", "b"),
    "flag": boolean(),
    "limit": integer(),
    "ids": array(uuid()),
}
STRICT = ("_strict", "true")


def strict(*pairs):
    return decode_query([*pairs, STRICT], PARAMS)


def generous(*pairs):
    return decode_query(pairs, PARAMS)


def both(*pairs):
    one, other = strict(*pairs), generous(*pairs)
    assert one == other
    return one


def refusal(*pairs):
    with pytest.raises(ApiError) as caught:
        decode_query(pairs, PARAMS)
    return caught.value


def test_nothing_sent_is_nothing_read():
    assert both() == {}


def test_unknown_names_and_strict_itself_are_no_parameters():
    assert both(("unknown", "1"), ("unknown", "2"), ("search[]", "x"), ("search.x", "y")) == {}


def test_anything_but_true_does_not_ask_for_strictness():
    for value in ("false", "", "True", "1"):
        assert decode_query([("flag", "yes"), ("_strict", value)], PARAMS) == {"flag": True}


# Text


@pytest.mark.parametrize("value", ["a", " padded ", "true", "5", "a,b", "\t"])
def test_text_is_verbatim(value):
    assert both(("search", value)) == {"search": value}


def test_empty_text_is_null():
    assert both(("search", ""), ("kind", "")) == {"search": None, "kind": None}


# Booleans


def test_a_boolean_is_true_or_false():
    assert both(("flag", "true")) == {"flag": True}
    assert both(("flag", "false")) == {"flag": False}


@pytest.mark.parametrize("value", ["True", "TRUE", "yes", "Yes", "YES", "1", " true ", " 1\t"])
def test_other_words_for_true_are_taken_generously_and_stay_text_strictly(value):
    assert generous(("flag", value)) == {"flag": True}
    assert strict(("flag", value)) == {"flag": value}


@pytest.mark.parametrize("value", ["False", "FALSE", "no", "No", "NO", "0", " false "])
def test_other_words_for_false_are_taken_generously_and_stay_text_strictly(value):
    assert generous(("flag", value)) == {"flag": False}
    assert strict(("flag", value)) == {"flag": value}


@pytest.mark.parametrize("value", ["tRUE", "y", "on", "2", "truefalse"])
def test_what_is_no_boolean_stays_text(value):
    assert both(("flag", value)) == {"flag": value}


def test_an_empty_boolean_is_null():
    assert both(("flag", "")) == {"flag": None}


# Numbers


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2", 2),
        ("0", 0),
        ("-3", -3),
        ("+3", 3),
        ("0.5", 0.5),
        (".5", 0.5),
        ("5.", 5),
        ("2.0", 2),
        ("1e3", 1000),
        ("007", 7),
        ("0x10", 16),
        ("0b11", 3),
        ("0o17", 15),
    ],
)
def test_a_number_is_what_javascript_reads(value, expected):
    assert both(("limit", value)) == {"limit": expected}


@pytest.mark.parametrize(
    "value", ["two", "1_000", "1,000", "0x", "-0x10", "1e", "nan", "inf", "٣", "2px", "--2"]
)
def test_what_is_no_number_stays_text(value):
    assert both(("limit", value)) == {"limit": value}


@pytest.mark.parametrize("value", [" 2", "2 ", "\t2"])
def test_a_padded_number_is_read_generously_and_stays_text_strictly(value):
    assert generous(("limit", value)) == {"limit": 2}
    assert strict(("limit", value)) == {"limit": value}


def test_an_empty_number_is_null():
    assert both(("limit", "")) == {"limit": None}


def test_a_blank_number_is_null_generously_and_stays_text_strictly():
    assert generous(("limit", "  ")) == {"limit": None}
    assert strict(("limit", "  ")) == {"limit": "  "}


# Lists


def test_a_repeated_name_is_a_list():
    assert both(("ids", "a"), ("ids", "b")) == {"ids": ["a", "b"]}


def test_a_single_value_is_a_list_of_one():
    assert both(("ids", "a")) == {"ids": ["a"]}


def test_a_single_empty_value_is_the_empty_list():
    assert both(("ids", "")) == {"ids": []}


def test_a_comma_separates_generously_and_is_kept_strictly():
    assert generous(("ids", "a,b")) == {"ids": ["a", "b"]}
    assert strict(("ids", "a,b")) == {"ids": ["a,b"]}
    assert strict(("ids", "a,b"), ("ids", "c")) == {"ids": ["a,b", "c"]}


def test_brackets_are_taken_generously():
    assert generous(("ids[]", "a"), ("ids[]", "b")) == {"ids": ["a", "b"]}
    assert generous(("ids[]", "a")) == {"ids": ["a"]}


def test_brackets_are_refused_strictly():
    refused = refusal(("ids[]", "a"), STRICT)

    assert (refused.status, refused.type) == (400, "invalid_input")
    assert refused.message == (
        "Could not parse parameter: 'ids' uses the bracket array format, which is never output"
        " by the serializer and only parsed when strict is false"
    )
    assert refused.validation_errors == {"_errors": []}


def test_an_empty_value_beside_others_is_refused():
    for more in ((), (STRICT,)):
        refused = refusal(("ids", "a"), ("ids", ""), *more)

        assert refused.message.startswith("Could not parse parameter: 'ids' ")
        assert refused.validation_errors == {"_errors": []}


@pytest.mark.parametrize(
    "pairs",
    [
        [("ids", "a"), ("ids[]", "b")],
        [("ids", "a,b"), ("ids", "c")],
        [("ids[]", "a,b")],
        [("ids[]", "a,b"), ("ids[]", "c")],
        [("ids[]", "a"), ("ids[]", "")],
        [("ids", "a,,b")],
        [("ids", "a,")],
    ],
)
def test_mixed_ways_to_write_a_list_are_refused_generously(pairs):
    refused = refusal(*pairs)

    assert (refused.status, refused.type) == (400, "invalid_input")
    assert refused.message.startswith("Could not parse parameter: 'ids")


@pytest.mark.parametrize("name", ["search", "kind", "flag", "limit"])
def test_a_repeated_name_that_is_no_list_is_refused(name):
    for more in ((), (STRICT,)):
        refused = refusal((name, "a"), (name, "a"), *more)

        assert refused.message == (
            f"Could not parse parameter: '{name}' has repeated values but is not an array"
            " parameter"
        )
        assert refused.validation_errors == {"_errors": []}
