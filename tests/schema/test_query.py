"""Query strings: text, booleans, numbers, lists and records, with and without ``_strict``."""

from __future__ import annotations

import pytest

from fakeseam.errors import ApiError
from fakeseam.schema.param_types import Param, QueryText
from fakeseam.schema.params import array, boolean, enum, integer, record, text, uuid
from fakeseam.schema.query import decode_query, decode_with_unknown

PARAMS = {
    "search": text(),
    "kind": enum("a", "b"),
    "flag": boolean(),
    "limit": integer(),
    "ids": array(uuid()),
    "has": record(),
}
STRICT = ("_strict", "true")


def strict(*pairs):
    return decode_query([*pairs, STRICT], PARAMS)


def lenient(*pairs):
    return decode_query(pairs, PARAMS)


def both(*pairs):
    one, other = strict(*pairs), lenient(*pairs)
    assert one == other
    return one


def error_of(*pairs):
    with pytest.raises(ApiError) as caught:
        decode_query(pairs, PARAMS)
    return caught.value


def message_of_both(*pairs):
    """The message of Seam's 400, which is the same with and without ``_strict=true``."""
    errors = [error_of(*pairs), error_of(*pairs, STRICT)]
    assert all(one.validation_errors == {"_errors": []} for one in errors)
    assert {(one.status, one.type) for one in errors} == {(400, "invalid_input")}
    (message,) = {one.message for one in errors}
    return message


def test_nothing_sent_is_nothing_parsed():
    assert both() == {}


def test_unknown_names_and_strict_itself_are_ignored():
    assert both(("unknown", "1"), ("unknown", "2"), ("search[]", "x"), ("search.x", "y")) == {}


def test_only_true_makes_the_parser_strict():
    for value in ("false", "", "True", "1"):
        assert decode_query([("flag", "yes"), ("_strict", value)], PARAMS) == {"flag": True}


# Text


@pytest.mark.parametrize("value", ["a", " padded ", "true", "5", "a,b", "\t"])
def test_text_is_kept_verbatim(value):
    assert both(("search", value)) == {"search": value}


def test_empty_text_is_null():
    assert both(("search", ""), ("kind", "")) == {"search": None, "kind": None}


# Booleans


def test_a_boolean_is_true_or_false():
    assert both(("flag", "true")) == {"flag": True}
    assert both(("flag", "false")) == {"flag": False}


@pytest.mark.parametrize("value", ["True", "TRUE", "yes", "Yes", "YES", "1", " true ", " 1\t"])
def test_other_words_for_true_are_accepted_leniently_and_stay_text_strictly(value):
    assert lenient(("flag", value)) == {"flag": True}
    assert strict(("flag", value)) == {"flag": value}


@pytest.mark.parametrize("value", ["False", "FALSE", "no", "No", "NO", "0", " false "])
def test_other_words_for_false_are_accepted_leniently_and_stay_text_strictly(value):
    assert lenient(("flag", value)) == {"flag": False}
    assert strict(("flag", value)) == {"flag": value}


@pytest.mark.parametrize("value", ["tRUE", "y", "on", "2", "truefalse"])
def test_other_text_for_a_boolean_stays_text(value):
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
def test_a_number_is_parsed_as_in_javascript(value, expected):
    assert both(("limit", value)) == {"limit": expected}


@pytest.mark.parametrize(
    "value", ["two", "1_000", "1,000", "0x", "-0x10", "1e", "nan", "inf", "٣", "2px", "--2"]
)
def test_other_text_for_a_number_stays_text(value):
    assert both(("limit", value)) == {"limit": value}


@pytest.mark.parametrize("value", [" 2", "2 ", "\t2"])
def test_a_padded_number_is_parsed_leniently_and_stays_text_strictly(value):
    assert lenient(("limit", value)) == {"limit": 2}
    assert strict(("limit", value)) == {"limit": value}


def test_an_empty_number_is_null():
    assert both(("limit", "")) == {"limit": None}


def test_a_blank_number_is_null_leniently_and_stays_text_strictly():
    assert lenient(("limit", "  ")) == {"limit": None}
    assert strict(("limit", "  ")) == {"limit": "  "}


# Lists


def test_a_repeated_name_is_a_list():
    assert both(("ids", "a"), ("ids", "b")) == {"ids": ["a", "b"]}


def test_a_single_value_is_a_list_of_one():
    assert both(("ids", "a")) == {"ids": ["a"]}


def test_a_single_empty_value_is_the_empty_list():
    assert both(("ids", "")) == {"ids": []}


def test_a_comma_separates_leniently_and_is_kept_strictly():
    assert lenient(("ids", "a,b")) == {"ids": ["a", "b"]}
    assert strict(("ids", "a,b")) == {"ids": ["a,b"]}
    assert strict(("ids", "a,b"), ("ids", "c")) == {"ids": ["a,b", "c"]}


def test_brackets_are_accepted_leniently():
    assert lenient(("ids[]", "a"), ("ids[]", "b")) == {"ids": ["a", "b"]}
    assert lenient(("ids[]", "a")) == {"ids": ["a"]}
    assert lenient(("ids[0]", "a"), ("ids[1]", "b")) == {"ids": ["a", "b"]}


@pytest.mark.parametrize("name", ["ids[]", "ids[0]"])
def test_brackets_are_refused_strictly(name):
    error = error_of((name, "a"), STRICT)

    assert (error.status, error.type) == (400, "invalid_input")
    assert error.message == (
        "Could not parse parameter: 'ids' uses the bracket array format, which is never output"
        " by the serializer and only parsed when strict is false"
    )
    assert error.validation_errors == {"_errors": []}


def test_an_empty_value_among_others_is_refused():
    for more in ((), (STRICT,)):
        error = error_of(("ids", "a"), ("ids", ""), *more)

        assert error.message.startswith("Could not parse parameter: 'ids' ")
        assert error.validation_errors == {"_errors": []}


@pytest.mark.parametrize(
    "pairs",
    [
        [("ids", "a"), ("ids[]", "b")],
        [("ids", "a"), ("ids[0]", "b")],
        [("ids", "a,b"), ("ids", "c")],
        [("ids[]", "a,b")],
        [("ids[]", "a,b"), ("ids[]", "c")],
        [("ids[]", "a"), ("ids[]", "")],
        [("ids", "a,,b")],
        [("ids", "a,")],
    ],
)
def test_mixed_list_formats_are_refused_even_leniently(pairs):
    error = error_of(*pairs)

    assert (error.status, error.type) == (400, "invalid_input")
    assert error.message.startswith("Could not parse parameter: 'ids")


@pytest.mark.parametrize("name", ["search", "kind", "flag", "limit"])
def test_a_repeated_name_that_is_not_a_list_is_refused(name):
    for more in ((), (STRICT,)):
        error = error_of((name, "a"), (name, "a"), *more)

        assert error.message == (
            f"Could not parse parameter: '{name}' has repeated values but is not an array"
            " parameter"
        )
        assert error.validation_errors == {"_errors": []}


# Records: objects with the caller's own keys, as ``custom_metadata_has``


def test_a_dotted_name_is_a_key():
    assert both(("has.a", "x y"), ("has.b", "z")) == {"has": {"a": "x y", "b": "z"}}


@pytest.mark.parametrize("value", ["true", "false", "5", "null", " padded ", "a,b", '{"a":1}'])
def test_a_value_of_a_record_is_marked_as_query_text(value):
    parsed = both(("has.k", value))["has"]

    assert parsed == {"k": value}
    assert type(parsed["k"]) is QueryText


def test_a_key_in_brackets_is_a_key_leniently():
    parsed = lenient(("has[a]", "x y"), ("has[b]", "true"), ("has[n]", ""))["has"]

    assert parsed == {"a": "x y", "b": "true", "n": None}
    assert type(parsed["b"]) is QueryText


def test_a_key_in_brackets_is_refused_strictly():
    error = error_of(("has[a]", "x"), STRICT)

    assert (error.status, error.type) == (400, "invalid_input")
    assert error.message == (
        "Could not parse parameter: 'has' uses the bracket record format, which is never output"
        " by the serializer and only parsed when strict is false"
    )


@pytest.mark.parametrize("name", ["has[a][b]", "has[a][]", "has[]", "has[a.b]"])
def test_a_key_within_a_key_in_brackets_is_refused(name):
    assert error_of((name, "v")).message == (
        f"Could not parse parameter: '{name}' is nested inside a record parameter, but a record"
        " value type may not be an object, array, or record"
    )


def test_both_ways_to_write_a_key_are_refused_together():
    assert error_of(("has.a", "x"), ("has[b]", "y")).message == (
        "Could not parse parameter: 'has' mixes the nested and bracket record formats"
    )
    assert error_of(("has", "x"), ("has[b]", "y")).message == (
        "Could not parse parameter: 'has' conflicts with the nested parameter 'has[b]'"
    )


@pytest.mark.parametrize(
    "name", ["ids[a]", "has[a", "hasty[a]", "search[]", "search[a]", "limit.x", "unknown"]
)
def test_a_name_that_stands_for_nothing_is_kept_as_unknown(name):
    assert decode_with_unknown([(name, "x")], PARAMS) == {name: "x"}


@pytest.mark.parametrize("name", ["ids[]", "ids[3]", "has.a", "has[a]"])
def test_an_item_or_a_key_is_known(name):
    assert name not in decode_with_unknown([(name, "x")], PARAMS)


def test_an_empty_value_of_a_record_is_null():
    assert both(("has.k", "")) == {"has": {"k": None}}


def test_a_blank_value_of_a_record_is_null_leniently_and_text_strictly():
    assert lenient(("has.k", "  ")) == {"has": {"k": None}}
    assert strict(("has.k", "  ")) == {"has": {"k": "  "}}


def test_an_empty_record_is_null():
    assert both(("has", "")) == {"has": None}


def test_a_blank_record_is_null_leniently_and_text_strictly():
    assert lenient(("has", "  ")) == {"has": None}
    assert strict(("has", "  ")) == {"has": "  "}


def test_text_in_place_of_a_record_stays_text():
    assert both(("has", "text")) == {"has": "text"}


def test_an_object_in_json_is_parsed_leniently_and_stays_text_strictly():
    sent = '{"k": "v", "b": true, "n": null}'

    assert lenient(("has", sent)) == {"has": {"k": "v", "b": True, "n": None}}
    assert strict(("has", sent)) == {"has": sent}


def test_values_of_an_object_in_json_keep_their_types():
    parsed = lenient(("has", '{"k": "v"}'))["has"]

    assert type(parsed["k"]) is str


@pytest.mark.parametrize("value", ["[1]", '"text"', "5", "{broken", "[" * 100_000])
def test_other_json_stays_text(value):
    assert both(("has", value)) == {"has": value}


def test_a_key_of_a_record_may_be_empty():
    assert both(("has.", "v")) == {"has": {"": "v"}}


def test_a_record_together_with_its_key_is_refused():
    assert message_of_both(("has", ""), ("has.k", "v")) == (
        "Could not parse parameter: 'has' conflicts with the nested parameter 'has.k'"
    )


def test_a_key_within_a_key_is_refused():
    assert message_of_both(("has.a.b", "v")) == (
        "Could not parse parameter: 'has.a.b' is nested inside a record parameter, but a record"
        " value type may not be an object, array, or record"
    )


def test_a_repeated_record_is_refused():
    assert message_of_both(("has", "a"), ("has", "b")) == (
        "Could not parse parameter: 'has' has repeated values but is not an array parameter"
    )


def test_a_repeated_key_is_refused():
    assert message_of_both(("has.k", "a"), ("has.k", "b")) == (
        "Could not parse parameter: 'has.k' has repeated values but is not an array parameter"
    )


# Unknown types


def test_an_unknown_way_to_parse_a_query_is_an_error():
    class Color(Param):
        query = "color"

    with pytest.raises(ValueError, match="^unknown way to read a query: 'color'$"):
        decode_query([("shade", "red")], {"shade": Color()})
