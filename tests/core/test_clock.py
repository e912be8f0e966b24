"""The clock: fixed or following a source, advanced by the test, in whole milliseconds."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from fakeseam.core.clock import Clock, format_timestamp, to_ms
from fakeseam.errors import MisuseError


def never():
    raise AssertionError("a fixed clock does not read its source")


def test_a_timestamp_has_milliseconds_and_ends_in_z():
    assert format_timestamp(0) == "1970-01-01T00:00:00.000Z"
    assert format_timestamp(1767225600123) == "2026-01-01T00:00:00.123Z"
    assert format_timestamp(-1) == "1969-12-31T23:59:59.999Z"


def test_a_time_outside_the_calendar_becomes_the_nearest_one_inside():
    assert format_timestamp(10**18) == "9999-12-31T23:59:59.999Z"
    assert format_timestamp(-(10**18)) == "0001-01-01T00:00:00.000Z"


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-01T00:00:00Z", 1767225600000),
        ("2026-01-01T00:00:00.123Z", 1767225600123),
        ("2026-01-01T00:00:00.123999Z", 1767225600123),
        ("2026-01-01T02:00:00+02:00", 1767225600000),
        ("2026-01-01T00:00:00", 1767225600000),
        ("2026-01-01", 1767225600000),
        ("1969-12-31T23:59:59.9999Z", -1),
    ],
)
def test_text_is_read_as_whole_milliseconds_rounded_down(moment, expected):
    assert to_ms(moment) == expected


def test_rounding_up_takes_the_next_millisecond_only_if_there_is_more():
    assert to_ms("2026-01-01T00:00:00.123Z", up=True) == 1767225600123
    assert to_ms("2026-01-01T00:00:00.123001Z", up=True) == 1767225600124


def test_a_datetime_may_be_in_any_zone_and_without_one_is_utc():
    west = timezone(timedelta(hours=-5))

    assert to_ms(datetime(2025, 12, 31, 19, tzinfo=west)) == 1767225600000
    assert to_ms(datetime(2026, 1, 1)) == 1767225600000


def test_text_that_is_not_a_time_is_a_value_error():
    with pytest.raises(ValueError):
        to_ms("tomorrow")


def test_a_given_now_is_fixed():
    clock = Clock("2026-01-01T00:00:00Z", source=never)

    assert clock.now == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert clock.ms() == clock.ms() == 1767225600000


def test_a_given_now_is_cut_to_milliseconds():
    clock = Clock(datetime(2026, 1, 1, 0, 0, 0, 999999), source=never)

    assert clock.ms() == 1767225600999


def test_advance_takes_seconds_or_a_timedelta():
    clock = Clock("2026-01-01T00:00:00Z", source=never)

    clock.advance(1.5)
    clock.advance(timedelta(minutes=1))

    assert clock.now == datetime(2026, 1, 1, 0, 1, 1, 500000, tzinfo=timezone.utc)


def test_advance_by_nothing_is_allowed():
    clock = Clock("2026-01-01T00:00:00Z", source=never)

    clock.advance(0)

    assert clock.ms() == 1767225600000


def test_without_now_the_source_is_read_every_time():
    wall = iter([1767225600.0, 1767225601.25])
    clock = Clock(None, source=lambda: next(wall))

    assert (clock.ms(), clock.ms()) == (1767225600000, 1767225601250)


def test_a_source_may_go_backwards():
    wall = iter([1767225600.0, 1767225500.0])
    clock = Clock(None, source=lambda: next(wall))

    assert clock.ms() - clock.ms() == 100_000


def test_an_advance_is_added_to_the_source():
    wall = [1767225600.0]
    clock = Clock(None, source=lambda: wall[0])
    clock.advance(10)

    wall[0] += 5

    assert clock.ms() == 1767225615000


@pytest.mark.parametrize("thousandth", [1, 122, 123, 333, 499, 999])
def test_no_millisecond_is_lost_to_floating_point(thousandth):
    wall = (1767225600000 + thousandth) / 1000
    clock = Clock(None, source=lambda: wall)

    assert clock.ms() == 1767225600000 + thousandth


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (-1, "cannot go back: -1; make a FakeSeam"),
        (timedelta(seconds=-1), "cannot go back"),
        ("5", "takes a timedelta or seconds, not '5'"),
        (True, "takes a timedelta or seconds, not True"),
        (None, "takes a timedelta or seconds, not None"),
        (float("nan"), "takes a finite number of seconds, not nan"),
        (float("inf"), "takes a finite number of seconds, not inf"),
    ],
)
def test_an_impossible_advance_is_refused_and_moves_nothing(by, words):
    clock = Clock("2026-01-01T00:00:00Z", source=never)

    with pytest.raises(MisuseError, match=words):
        clock.advance(by)

    assert clock.ms() == 1767225600000


@pytest.mark.parametrize("now", ["yesterday", "", 5, 1767225600.0, date(2026, 1, 1), True])
def test_a_now_that_is_not_a_time_is_refused(now):
    with pytest.raises(MisuseError, match="now= takes a datetime or ISO text such as"):
        Clock(now, source=never)


def test_a_position_of_the_clock_can_be_restored():
    clock = Clock("2026-01-01T00:00:00Z", source=never)
    clock.advance(10)
    position = clock.position()
    clock.advance(10)

    clock.set_position(position)

    assert clock.ms() == 1767225610000
