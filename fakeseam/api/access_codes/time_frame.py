"""The times of access codes: how they are read, and which time frames are accepted.

Source: docs.seam.co api/access_codes, for the rules. Unsourced: the texts about ``ends_at``;
Seam publishes the rules without its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...core.clock import format_timestamp, to_ms
from ...errors import ApiError
from ...schema.checks import SchemaCheck, matches, schema_of
from ...schema.params import text
from ...schema.validation import Issue, invalid_input

__all__ = [
    "ONGOING",
    "TimeFrame",
    "frame_after_update",
    "frame_of_new",
    "time_text",
    "to_timestamp",
]

UNPARSABLE = "Must be parsable date string if defined"
HALF_A_PAIR = "Both starts_at and ends_at must be provided if one is"
TIME_BOUND_WITHOUT_TIMES = "'time_bound' Access codes must include both starts_at and ends_at"
# Unsourced: that Seam refuses this contradiction, and the words.
ONGOING_WITH_TIMES = "'ongoing' Access codes must not include starts_at or ends_at"
ENDED = "ends_at must be in the future"
ENDS_BEFORE_START = "ends_at must be after starts_at"


class TimeFrame(NamedTuple):
    """When a code is valid: both times as ``to_timestamp`` returns them, or none."""

    starts_at: str | None
    ends_at: str | None

    @property
    def is_time_bound(self) -> bool:
        return self.ends_at is not None


ONGOING = TimeFrame(None, None)


# A date, or a date and a time; without an offset it is UTC.
# Unsourced: which other forms Seam reads as a time. A form that only Python or only JavaScript
# reads is refused.
_HOUR, _MINUTE = r"([01]\d|2[0-3])", r"[0-5]\d"
_TIME = rf"{_HOUR}:{_MINUTE}(:{_MINUTE}(\.\d+)?)?"
_OFFSET = rf"(Z|[+-]{_HOUR}:?{_MINUTE})"
_FORM = matches(rf"\d{{4}}-\d\d-\d\d([T ]{_TIME}{_OFFSET}?)?", UNPARSABLE)


def _is_time(value: str) -> str | None:
    """Returns an issue for a day or time that does not exist, or that has no UTC form.

    The years 1 to 9999 in UTC have one: the fake has no other times.
    """
    if _FORM(value) is not None:
        return UNPARSABLE
    try:
        ms = to_ms(value)
    except ValueError:
        return UNPARSABLE
    return None if to_ms(format_timestamp(ms)) == ms else UNPARSABLE


def time_text() -> Any:
    """Declares a time as ISO 8601 text with any offset; kept as text."""
    return text(checks=(SchemaCheck(_is_time, schema_of(_FORM)),))


def to_timestamp(time: str) -> str:
    """Returns a time that ``time_text`` accepts as Seam shows it: UTC, in milliseconds."""
    return format_timestamp(to_ms(time))


def frame_of_new(sent: Mapping[str, Any], now: str) -> TimeFrame:
    """Returns the time frame of a new code from the parameters that the caller sent.

    Raises Seam's 400 for one time without the other, or for a frame that is over or reversed.
    """
    return _changed(ONGOING, _sent_times(sent), now)


def frame_after_update(before: TimeFrame, sent: Mapping[str, Any], now: str) -> TimeFrame:
    """Returns the time frame of a code after an update with these parameters.

    One time alone moves a time-bound code; both make an ongoing code time-bound; the type
    ``ongoing`` removes both. Raises Seam's 400 for one time alone of an ongoing code, for a type
    that contradicts the times, or for a frame that is over or reversed.

    Unsourced: that one time alone is accepted; Seam's OpenAPI leaves both optional.
    """
    times = _sent_times(sent)
    code_type = sent.get("type")
    if code_type == "ongoing":
        if times != ONGOING:
            raise _root_error(ONGOING_WITH_TIMES)
        return ONGOING
    if code_type == "time_bound" and not before.is_time_bound and None in times:
        raise _root_error(TIME_BOUND_WITHOUT_TIMES)
    return _changed(before, times, now)


def _sent_times(sent: Mapping[str, Any]) -> TimeFrame:
    starts_at, ends_at = sent.get("starts_at"), sent.get("ends_at")
    return TimeFrame(
        None if starts_at is None else to_timestamp(starts_at),
        None if ends_at is None else to_timestamp(ends_at),
    )


def _changed(before: TimeFrame, times: TimeFrame, now: str) -> TimeFrame:
    """Returns the frame with these times in the place of its own; None leaves one as it is."""
    if times == ONGOING:
        return before
    starts_at, ends_at = times.starts_at or before.starts_at, times.ends_at or before.ends_at
    if starts_at is None or ends_at is None:
        raise _root_error(HALF_A_PAIR)
    # Texts of one format and one time zone are in the order of their times.
    if ends_at <= now:
        raise invalid_input([Issue(("ends_at",), ENDED)])
    if ends_at <= starts_at:
        raise invalid_input([Issue(("ends_at",), ENDS_BEFORE_START)])
    return TimeFrame(starts_at, ends_at)


def _root_error(message: str) -> ApiError:
    """Returns a 400 about the parameters together."""
    return invalid_input([Issue((), message)])
