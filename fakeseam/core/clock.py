"""Time as the fake sees it: milliseconds since 1970, UTC, moved by hand or by a source."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from ..errors import MisuseError

__all__ = ["Clock", "stamp", "to_ms"]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MS = timedelta(milliseconds=1)

# The ends of Python's calendar, the years 1 and 9999.
_FIRST_MS = (datetime.min.replace(tzinfo=timezone.utc) - _EPOCH) // _MS
_LAST_MS = (datetime.max.replace(tzinfo=timezone.utc) - _EPOCH) // _MS


def stamp(ms: int) -> str:
    """ISO 8601, UTC, millisecond precision: what Seam puts in ``created_at``.

    A time outside of the calendar becomes the nearest one inside.
    """
    moment = _EPOCH + timedelta(milliseconds=min(max(ms, _FIRST_MS), _LAST_MS))
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_ms(moment: datetime | str, *, up: bool = False) -> int:
    """Whole milliseconds since 1970 of a datetime or ISO text, rounded down unless ``up``.

    A naive time is taken as UTC. ``ValueError`` for text that is no time.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    since = moment - _EPOCH
    return -(-since // _MS) if up else since // _MS


class Clock:
    """``now`` stands where it was put, or follows ``source``; ``advance`` moves it on.

    ``source`` returns seconds since 1970 and is asked at every reading.
    """

    def __init__(self, now: datetime | str | None, *, source: Callable[[], float]) -> None:
        self._source = source
        self._fixed = None if now is None else _given(now)
        self._advanced = 0

    @property
    def now(self) -> datetime:
        """The fake's time, with UTC as its time zone."""
        return _EPOCH + timedelta(milliseconds=self.ms())

    def ms(self) -> int:
        """The fake's time in milliseconds since 1970."""
        base = math.floor(self._source() * 1000) if self._fixed is None else self._fixed
        return base + self._advanced

    def outside(self) -> int:
        """What a clock beside this one shows, in milliseconds: the source, without advances.

        A clock that was put somewhere is the only one there is.
        """
        return self.ms() if self._fixed is not None else math.floor(self._source() * 1000)

    def advance(self, by: timedelta | float) -> None:
        """Move time on by a timedelta or by seconds, without waiting."""
        self._advanced += self.span(by)

    def move_to(self, ms: int) -> None:
        """Move time on to this moment; does nothing if that has passed."""
        self._advanced += max(0, ms - self.ms())

    def as_of(self, ms: int) -> Clock:
        """This clock as it stood at a moment; the one beside it is where it is now."""
        return _Stood(self, ms)

    def span(self, by: timedelta | float) -> int:
        """A timedelta or seconds as milliseconds; ``MisuseError`` for what cannot pass."""
        if not isinstance(by, (timedelta, int, float)) or isinstance(by, bool):
            raise MisuseError(f"clock.advance takes a timedelta or seconds, not {by!r}")
        delta = by if isinstance(by, timedelta) else _seconds(by)
        if delta < timedelta(0):
            raise MisuseError(f"clock.advance cannot go back: {by!r}; make a FakeSeam(now=...)")
        if self.ms() + delta // _MS > _LAST_MS:
            raise MisuseError(f"clock.advance({by!r}) leads past the year 9999")
        return delta // _MS

    def position(self) -> tuple[int | None, int]:
        """Where the clock was put and how far it was advanced, for a snapshot."""
        return self._fixed, self._advanced

    def put(self, position: tuple[int | None, int]) -> None:
        """Take up a position read earlier."""
        self._fixed, self._advanced = position


class _Stood(Clock):
    """A clock that stands, beside another one that does not."""

    def __init__(self, clock: Clock, ms: int) -> None:
        super().__init__(None, source=lambda: clock.outside() / 1000)
        self._at, self._beside = ms, clock

    def ms(self) -> int:
        return self._at

    def outside(self) -> int:
        return self._beside.outside()


def _given(now: datetime | str) -> int:
    try:
        return to_ms(now)
    except (AttributeError, TypeError, ValueError) as exc:
        raise MisuseError(
            f"now= takes a datetime or ISO text such as '2026-01-01T12:00:00Z', not {now!r}"
        ) from exc


def _seconds(by: float) -> timedelta:
    try:
        return timedelta(seconds=by)
    except (ValueError, OverflowError) as exc:
        raise MisuseError(f"clock.advance takes a finite number of seconds, not {by!r}") from exc
