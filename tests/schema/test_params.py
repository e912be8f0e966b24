"""Parameter types: what each accepts, and the exact text of each validation issue."""

from __future__ import annotations

import pytest

from fakeseam.schema.params import (
    array,
    base64_text,
    boolean,
    date_text,
    datetime_text,
    email,
    enum,
    integer,
    record,
    text,
    uuid,
)
from fakeseam.schema.validation import ValidationError

UUID = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def messages(param, value):
    with pytest.raises(ValidationError) as caught:
        param.parse(value, ("p",))
    return [issue.message for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("param", "expected"),
    [
        (text(), "string"),
        (uuid(), "string"),
        (email(), "string"),
        (enum("a"), "string"),
        (base64_text(), "string"),
        (date_text(error="No."), "string"),
        (boolean(), "boolean"),
        (integer(), "number"),
        (array(text()), "array"),
        (record(), "object"),
    ],
)
def test_null_is_refused_by_every_type(param, expected):
    assert messages(param, None) == [f'Expected {expected}, received null for "p"']


@pytest.mark.parametrize(
    "param", [text(nullable=True), uuid(nullable=True), base64_text(nullable=True)]
)
def test_null_is_accepted_where_it_is_declared(param):
    assert param.parse(None, ("p",)) is None


@pytest.mark.parametrize(
    ("param", "value", "expected"),
    [
        (text(), 5, "Expected string, received number"),
        (text(), True, "Expected string, received boolean"),
        (boolean(), "true", "Expected boolean, received string"),
        (boolean(), 1, "Expected boolean, received number"),
        (integer(), "2", "Expected number, received string"),
        (integer(), True, "Expected number, received boolean"),
        (integer(), float("nan"), "Expected number, received nan"),
        (array(text()), 4242, "Expected array, received number"),
        (array(text()), {}, "Expected array, received object"),
        (record(), [], "Expected object, received array"),
        (record(), "{}", "Expected object, received string"),
    ],
)
def test_a_wrong_type_is_named_with_the_right_one(param, value, expected):
    assert messages(param, value) == [f'{expected} for "p"']


@pytest.mark.parametrize("value", ["", " padded ", "ünïcode", "\ud83d", "x" * 10_000])
def test_text_is_kept_verbatim(value):
    assert text().parse(value, ("p",)) == value


def test_text_has_bounds():
    param = text(minimum=1, maximum=3)

    assert param.parse("abc", ("p",)) == "abc"
    assert messages(param, "") == ['String must contain at least 1 character(s) for "p"']
    assert messages(param, "abcd") == ['String must contain at most 3 character(s) for "p"']


def test_a_bound_of_text_counts_utf_16_units():
    param = text(maximum=40)

    assert param.parse("🙂" * 20, ("p",)) == "🙂" * 20
    assert messages(param, "🙂" * 21) == ['String must contain at most 40 character(s) for "p"']


@pytest.mark.parametrize("value", [UUID, "00000000-0000-0000-0000-000000000000"])
def test_an_id_is_a_uuid(value):
    assert uuid().parse(value, ("p",)) == value


def test_letter_case_of_a_uuid_does_not_count():
    assert uuid().parse(UUID.upper(), ("p",)) == UUID


def test_letter_case_counts_where_any_text_is_an_id():
    assert uuid().lenient().parse("Device1", ("p",)) == "Device1"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "unknown",
        UUID[:-1],
        UUID + "0",
        UUID + "\n",
        " " + UUID,
        UUID.replace("-", ""),
        "{" + UUID + "}",
        UUID.replace("3", "g"),
    ],
)
def test_other_text_is_an_invalid_uuid(value):
    assert messages(uuid(), value) == ['Invalid uuid for "p"']


@pytest.mark.parametrize(
    "value", ["jane@example.com", "JANE@EXAMPLE.COM", "a.b+c_d-e'f@sub.example.co"]
)
def test_an_email_address_is_accepted(value):
    assert email().parse(value, ("p",)) == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        "jane",
        "@example.com",
        "jane@",
        "jane@example",
        ".jane@example.com",
        "jane.@example.com",
        "ja..ne@example.com",
        "jane@example.com\n",
        "jane@-example.com",
        "jäne@example.com",
        "jane doe@example.com",
    ],
)
def test_other_text_is_an_invalid_email(value):
    assert messages(email(), value) == ['Invalid email for "p"']


def test_an_enum_lists_its_values_in_their_order():
    param = enum("august", "yale")

    assert param.parse("yale", ("p",)) == "yale"
    assert messages(param, "foo") == [
        "Invalid enum value. Expected 'august' | 'yale', received 'foo' for \"p\""
    ]


def test_an_enum_is_case_sensitive():
    assert messages(enum("august"), "August") == [
        "Invalid enum value. Expected 'august', received 'August' for \"p\""
    ]


@pytest.mark.parametrize("value", [1, 500, 2.0, 10**20])
def test_an_integer_is_above_zero(value):
    number = integer().parse(value, ("p",))

    assert number == value
    assert type(number) is int


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, ["Number must be greater than 0"]),
        (-1, ["Number must be greater than 0"]),
        (1.5, ["Expected integer, received float"]),
        (0.5, ["Expected integer, received float"]),
        (float("inf"), ["Expected integer, received float"]),
        (-0.5, ["Expected integer, received float", "Number must be greater than 0"]),
    ],
)
def test_each_issue_of_an_integer_is_reported(value, expected):
    assert messages(integer(), value) == [f'{one} for "p"' for one in expected]


def test_an_integer_may_begin_at_zero():
    assert integer(minimum=0).parse(0, ("p",)) == 0
    assert messages(integer(minimum=0), -1) == [
        'Number must be greater than or equal to 0 for "p"'
    ]


@pytest.mark.parametrize("value", ["", "+/+/", "YWJj", "YQ==", "WyJhIl0="])
def test_base64_is_accepted(value):
    assert base64_text().parse(value, ("p",)) == value


@pytest.mark.parametrize("value", ["abc", "a b=", "YQ=", "ä===", "YW-_", "not base64!"])
def test_other_text_is_invalid_base64(value):
    assert messages(base64_text(), value) == ['Invalid base64 for "p"']


@pytest.mark.parametrize(
    "value", ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123+02:00", "2026-01-01"]
)
def test_a_date_is_kept_as_text(value):
    assert date_text(error="No.").parse(value, ("p",)) == value


@pytest.mark.parametrize("value", ["", "yesterday", "2026-13-01", "2026-01-01T25:00:00Z"])
def test_other_text_is_not_a_date(value):
    assert messages(date_text(error="No."), value) == ['No. for "p"']


@pytest.mark.parametrize(
    "value",
    ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123456+02:00", "2026-01-01T00:00:00+0200"],
)
def test_a_time_with_its_zone_is_kept_as_text(value):
    assert datetime_text().parse(value, ("p",)) == value


@pytest.mark.parametrize(
    "value",
    ["", "2026-01-01", "2026-01-01T00:00Z", "2026-01-01T00:00:00", "2026-02-30T00:00:00Z"],
)
def test_other_text_is_an_invalid_datetime(value):
    assert messages(datetime_text(), value) == ['Invalid datetime for "p"']
