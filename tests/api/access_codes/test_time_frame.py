"""Time frames: which times are read, and which frames a new or an updated code may have."""

from __future__ import annotations

import pytest

from fakeseam.api.access_codes.time_frame import (
    TimeFrame,
    frame_after_update,
    frame_of_new,
    time_text,
    to_timestamp,
)
from fakeseam.errors import ApiError
from fakeseam.schema.validation import ValidationError

NOW = "2026-01-01T12:00:00.000Z"
MAY_1, MAY_2 = "2026-05-01T00:00:00.000Z", "2026-05-02T00:00:00.000Z"
MAY_3, MAY_4 = "2026-05-03T00:00:00.000Z", "2026-05-04T00:00:00.000Z"
ONGOING, STAY = TimeFrame(None, None), TimeFrame(MAY_2, MAY_3)

HALF_A_PAIR = "Both starts_at and ends_at must be provided if one is"


def refusal(call, *arguments):
    """Returns the validation errors of Seam's 400 that the call raises."""
    with pytest.raises(ApiError) as caught:
        call(*arguments)
    assert (caught.value.status, caught.value.type) == (400, "invalid_input")
    return caught.value.validation_errors


def at_root(text):
    return {"_errors": [text]}


def at_ends_at(text):
    return {"_errors": [], "ends_at": {"_errors": [text]}}


# Times


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2026-01-01", "2026-01-01T00:00:00.000Z"),
        ("2026-01-01T10:00", "2026-01-01T10:00:00.000Z"),
        ("2026-01-01 10:00:00", "2026-01-01T10:00:00.000Z"),
        ("2026-01-01T10:00:00Z", "2026-01-01T10:00:00.000Z"),
        ("2026-01-01T10:00:00+02:00", "2026-01-01T08:00:00.000Z"),
        ("2026-01-01T10:00:00.5-0300", "2026-01-01T13:00:00.500Z"),
        ("2026-01-01T10:00:00.1239Z", "2026-01-01T10:00:00.123Z"),
        ("2026-01-01T10:00:00.123456789Z", "2026-01-01T10:00:00.123Z"),
        ("2025-12-31T23:30:00-01:00", "2026-01-01T00:30:00.000Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"),
        ("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z"),
    ],
)
def test_a_time_with_any_offset_is_shown_in_utc_with_milliseconds(sent, shown):
    assert time_text().parse(sent, ("starts_at",)) == sent
    assert to_timestamp(sent) == shown


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "tomorrow",
        "2026-13-01",
        "2026-02-30",
        "2026-01-01T24:00:00Z",
        "2026-01-01T10:60:00Z",
        "2026-01-01T10:00:60Z",
        "2026-01-01T10:00:00+02:60",
        "2026-01-01T10:00:00+02",
        "2026-01-01T10:00:00+25:00",
        "2026-01-01T10:00:00+24:00",
        "2026-W01-1",
        "20260101",
        "1767225600000",
        "2026-01-01x10:00",
        "2026-01-01\x0010:00",
        "2026-01-01\ud80010:00",
        "2026-01-01\n",
        "\N{ARABIC-INDIC DIGIT TWO}026-01-01",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "+010000-01-01T00:00:00Z",
    ],
)
def test_text_that_is_no_time_is_refused(sent):
    with pytest.raises(ValidationError) as caught:
        time_text().parse(sent, ("starts_at",))

    (issue,) = caught.value.issues
    assert issue.message == 'Must be parsable date string if defined for "starts_at"'


# A new code


@pytest.mark.parametrize("sent", [{}, {"starts_at": None, "ends_at": None}])
def test_a_new_code_without_times_is_ongoing(sent):
    frame = frame_of_new(sent, NOW)

    assert frame == ONGOING
    assert not frame.is_time_bound


def test_a_new_code_with_both_times_is_time_bound():
    frame = frame_of_new({"starts_at": "2026-05-02T02:00+02:00", "ends_at": "2026-05-03"}, NOW)

    assert frame == STAY
    assert frame.is_time_bound


def test_a_new_code_may_have_started():
    started = "2025-12-01T00:00:00.000Z"

    assert frame_of_new({"starts_at": started, "ends_at": MAY_1}, NOW) == (started, MAY_1)


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_a_new_code_needs_both_times_or_none(name):
    assert refusal(frame_of_new, {name: MAY_1}, NOW) == at_root(HALF_A_PAIR)


@pytest.mark.parametrize("ends_at", [NOW, "2026-01-01T13:59:59+02:00"])
def test_a_new_code_must_not_have_ended(ends_at):
    sent = {"starts_at": "2025-01-01", "ends_at": ends_at}

    assert refusal(frame_of_new, sent, NOW) == at_ends_at("ends_at must be in the future")


@pytest.mark.parametrize("ends_at", [MAY_2, MAY_1])
def test_a_new_code_ends_after_it_starts(ends_at):
    sent = {"starts_at": MAY_2, "ends_at": ends_at}

    assert refusal(frame_of_new, sent, NOW) == at_ends_at("ends_at must be after starts_at")


# An update


@pytest.mark.parametrize("before", [ONGOING, STAY])
def test_an_update_without_times_leaves_the_frame_as_it_is(before):
    assert frame_after_update(before, {"starts_at": None, "type": None}, NOW) == before


@pytest.mark.parametrize("code_type", [None, "time_bound"])
@pytest.mark.parametrize(
    ("times", "after"),
    [
        ({}, (MAY_2, MAY_3)),
        ({"ends_at": MAY_4}, (MAY_2, MAY_4)),
        ({"starts_at": MAY_1}, (MAY_1, MAY_3)),
        ({"starts_at": MAY_3, "ends_at": MAY_4}, (MAY_3, MAY_4)),
    ],
)
def test_either_time_of_a_time_bound_code_may_be_updated(code_type, times, after):
    assert frame_after_update(STAY, {**times, "type": code_type}, NOW) == after


@pytest.mark.parametrize("code_type", [None, "time_bound"])
def test_both_times_make_an_ongoing_code_time_bound(code_type):
    sent = {"starts_at": MAY_2, "ends_at": MAY_3, "type": code_type}

    assert frame_after_update(ONGOING, sent, NOW) == STAY


@pytest.mark.parametrize("before", [ONGOING, STAY])
def test_the_type_ongoing_removes_both_times(before):
    assert frame_after_update(before, {"type": "ongoing"}, NOW) == ONGOING


@pytest.mark.parametrize("name", ["starts_at", "ends_at"])
def test_one_time_alone_does_not_make_an_ongoing_code_time_bound(name):
    assert refusal(frame_after_update, ONGOING, {name: MAY_1}, NOW) == at_root(HALF_A_PAIR)


@pytest.mark.parametrize("times", [{}, {"starts_at": MAY_1}, {"ends_at": MAY_1}])
def test_the_type_time_bound_needs_both_times_on_an_ongoing_code(times):
    sent = {"type": "time_bound", **times}

    assert refusal(frame_after_update, ONGOING, sent, NOW) == at_root(
        "'time_bound' Access codes must include both starts_at and ends_at"
    )


@pytest.mark.parametrize("before", [ONGOING, STAY])
@pytest.mark.parametrize(
    "times", [{"starts_at": MAY_1}, {"ends_at": MAY_4}, {"starts_at": MAY_1, "ends_at": MAY_4}]
)
def test_the_type_ongoing_contradicts_every_time(before, times):
    sent = {"type": "ongoing", **times}

    assert refusal(frame_after_update, before, sent, NOW) == at_root(
        "'ongoing' Access codes must not include starts_at or ends_at"
    )


@pytest.mark.parametrize("times", [{"ends_at": MAY_2}, {"ends_at": MAY_1}, {"starts_at": MAY_3}])
def test_an_updated_code_ends_after_it_starts(times):
    assert refusal(frame_after_update, STAY, times, NOW) == at_ends_at(
        "ends_at must be after starts_at"
    )


def test_an_updated_code_must_not_have_ended():
    assert refusal(frame_after_update, STAY, {"ends_at": "2025-12-31"}, NOW) == at_ends_at(
        "ends_at must be in the future"
    )
