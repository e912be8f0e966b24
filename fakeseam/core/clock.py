"""The fake's time: milliseconds since 1970, UTC, fixed by the test or read from a source."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import lru_cache

from ..errors import MisuseError, is_outcome
from .undo_log import UndoLog

__all__ = ["Clock", "format_timestamp", "to_ms"]

__tracebackhide__ = is_outcome

ClockPosition = tuple["int | None", int, bool]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MS = timedelta(milliseconds=1)

# The ends of Python's calendar, the years 1 and 9999.
_FIRST_MS = (datetime.min.replace(tzinfo=timezone.utc) - _EPOCH) // _MS
_LAST_MS = (datetime.max.replace(tzinfo=timezone.utc) - _EPOCH) // _MS


def format_timestamp(ms: int) -> str:
    """Returns ISO 8601, UTC, in milliseconds: what Seam puts in ``created_at``.

    A time outside Python's calendar becomes the nearest one inside.
    """
    seconds, rest = divmod(min(max(ms, _FIRST_MS), _LAST_MS), 1000)
    return f"{_format_second(seconds)}.{rest:03}Z"


@lru_cache(maxsize=16)  # a request formats times of the same second
def _format_second(seconds: int) -> str:
    return (_EPOCH + timedelta(seconds=seconds)).replace(tzinfo=None).isoformat()


def to_ms(moment: datetime | str, *, up: bool = False) -> int:
    """Returns whole milliseconds since 1970, rounded down unless ``up``.

    A naive time counts as UTC. Raises ``ValueError`` for text that is not ISO 8601.
    """
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=timezone.utc)
    since = moment - _EPOCH
    return -(-since // _MS) if up else since // _MS


class Clock:
    """A clock fixed at ``now``, or following ``source``; ``advance`` moves it forward.

    ``source`` returns seconds since 1970 and is called at every reading. ``receivers_source``
    does the same for receivers, which may read another time than ``source``; None if they do not.
    A load's moves are recorded in ``undo_log``.
    """

    def __init__(
        self,
        now: datetime | str | None,
        *,
        source: Callable[[], float],
        receivers_source: Callable[[], float] | None = None,
        undo_log: UndoLog | None = None,
    ) -> None:
        self._source = source
        self._receivers_source = receivers_source or source
        self._undo_log = undo_log or UndoLog()
        self._fixed = None if now is None else _parse_now(now)
        self._advanced = 0
        self._signs_by_source = False

    @property
    def now(self) -> datetime:
        """The fake's time, in UTC."""
        return _EPOCH + timedelta(milliseconds=self.ms())

    def ms(self) -> int:
        """Returns the fake's time in milliseconds since 1970."""
        base = math.floor(self._source() * 1000) if self._fixed is None else self._fixed
        return base + self._advanced

    def signing_ms(self) -> int:
        """Returns the time by which webhooks are signed, in milliseconds: the receivers' time.

        That is ``receivers_ms``. A fixed clock signs by its own time, with advances, unless it was
        asked to ``sign_by_source``.
        """
        if self._fixed is not None and not self._signs_by_source:
            return self.ms()
        return self.receivers_ms()

    def sign_by_source(self, value: bool) -> None:
        """Lets a fixed clock sign by the receivers' time, or by its own again."""
        before, self._signs_by_source = self._signs_by_source, value
        self._undo_log.push(lambda: setattr(self, "_signs_by_source", before))

    def receivers_ms(self) -> int:
        """Returns the time that receivers read, in milliseconds, without advances."""
        return math.floor(self._receivers_source() * 1000)

    def advance(self, by: timedelta | float) -> None:
        """Moves the clock forward by a timedelta or by seconds, without waiting.

        Raises ``MisuseError`` as ``span`` does.
        """
        self._move(self.span(by))

    def move_to(self, ms: int) -> None:
        """Moves the clock forward to this moment; does nothing if that has passed."""
        self._move(max(0, ms - self.ms()))

    def _move(self, by: int) -> None:
        self._advanced += by
        self._undo_log.push(lambda: setattr(self, "_advanced", self._advanced - by))

    def as_of(self, ms: int) -> Clock:
        """Returns a clock stopped at this moment; its ``signing_ms`` is still this clock's."""
        return _StoppedClock(self, ms)

    def span(self, by: timedelta | float) -> int:
        """Returns a timedelta or seconds in milliseconds.

        Raises ``MisuseError`` for another type, or for a span that is negative, not finite, or
        ends past the year 9999.
        """
        if not isinstance(by, (timedelta, int, float)) or isinstance(by, bool):
            raise MisuseError(f"clock.advance takes a timedelta or seconds, not {by!r}")
        delta = by if isinstance(by, timedelta) else _seconds(by)
        if delta < timedelta(0):
            raise MisuseError(f"clock.advance cannot go back: {by!r}; make a FakeSeam(now=...)")
        if self.ms() + delta // _MS > _LAST_MS:
            raise MisuseError(f"clock.advance({by!r}) leads past the year 9999")
        return delta // _MS

    def position(self) -> ClockPosition:
        """Returns where the clock is fixed, or None, how far it was advanced, and how it signs."""
        return self._fixed, self._advanced, self._signs_by_source

    def set_position(self, position: ClockPosition) -> None:
        """Restores a position that was read earlier."""
        self._fixed, self._advanced, self._signs_by_source = position


class _StoppedClock(Clock):
    """A clock that has stopped, while the clock it was made from goes on."""

    def __init__(self, clock: Clock, ms: int) -> None:
        super().__init__(_EPOCH + timedelta(milliseconds=ms), source=clock._source)
        self._original = clock

    def signing_ms(self) -> int:
        return self._original.signing_ms()


def _parse_now(now: datetime | str) -> int:
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
