"""Query strings: objects with the caller's own keys, as ``custom_metadata_has``."""

from __future__ import annotations

import pytest

from fakeseam.core.param_types import QueryText
from fakeseam.core.params import record
from fakeseam.core.query import decode_query
from fakeseam.errors import ApiError

PARAMS = {"has": record()}
STRICT = ("_strict", "true")


def strict(*pairs):
    return decode_query([*pairs, STRICT], PARAMS)


def generous(*pairs):
    return decode_query(pairs, PARAMS)


def both(*pairs):
    one, other = strict(*pairs), generous(*pairs)
    assert one == other
    return one


def refusals(*pairs):
    found = []
    for more in ((), (STRICT,)):
        with pytest.raises(ApiError) as caught:
            decode_query([*pairs, *more], PARAMS)
        found.append(caught.value)
    assert all(one.validation_errors == {"_errors": []} for one in found)
    assert {(one.status, one.type) for one in found} == {(400, "invalid_input")}
    (message,) = {one.message for one in found}
    return message


def test_a_dotted_name_is_a_key():
    assert both(("has.a", "x y"), ("has.b", "z")) == {"has": {"a": "x y", "b": "z"}}


@pytest.mark.parametrize("value", ["true", "false", "5", "null", " padded ", "a,b", '{"a":1}'])
def test_a_value_is_always_text_and_marked_as_such(value):
    read = both(("has.k", value))["has"]

    assert read == {"k": value}
    assert type(read["k"]) is QueryText


def test_an_empty_value_is_null():
    assert both(("has.k", "")) == {"has": {"k": None}}


def test_a_blank_value_is_null_generously_and_text_strictly():
    assert generous(("has.k", "  ")) == {"has": {"k": None}}
    assert strict(("has.k", "  ")) == {"has": {"k": "  "}}


def test_an_empty_record_is_null():
    assert both(("has", "")) == {"has": None}


def test_a_blank_record_is_null_generously_and_text_strictly():
    assert generous(("has", "  ")) == {"has": None}
    assert strict(("has", "  ")) == {"has": "  "}


def test_text_in_place_of_a_record_stays_text():
    assert both(("has", "text")) == {"has": "text"}


def test_an_object_in_json_is_read_generously_and_stays_text_strictly():
    sent = '{"k": "v", "b": true, "n": null}'

    assert generous(("has", sent)) == {"has": {"k": "v", "b": True, "n": None}}
    assert strict(("has", sent)) == {"has": sent}


def test_values_of_an_object_in_json_keep_their_types():
    read = generous(("has", '{"k": "v"}'))["has"]

    assert type(read["k"]) is str


@pytest.mark.parametrize("value", ["[1]", '"text"', "5", "{broken", "[" * 100_000])
def test_other_json_stays_text(value):
    assert both(("has", value)) == {"has": value}


def test_a_key_may_be_empty():
    assert both(("has.", "v")) == {"has": {"": "v"}}


def test_a_record_and_its_key_at_once_are_refused():
    assert refusals(("has", ""), ("has.k", "v")) == (
        "Could not parse parameter: 'has' conflicts with the nested parameter 'has.k'"
    )


def test_a_key_within_a_key_is_refused():
    assert refusals(("has.a.b", "v")) == (
        "Could not parse parameter: 'has.a.b' is nested inside a record parameter, but a record"
        " value type may not be an object, array, or record"
    )


def test_a_repeated_record_is_refused():
    assert refusals(("has", "a"), ("has", "b")) == (
        "Could not parse parameter: 'has' has repeated values but is not an array parameter"
    )


def test_a_repeated_key_is_refused():
    assert refusals(("has.k", "a"), ("has.k", "b")) == (
        "Could not parse parameter: 'has.k' has repeated values but is not an array parameter"
    )
