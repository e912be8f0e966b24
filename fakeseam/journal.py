"""What happened, to look at and to assert on: the requests that came, the events they caused."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .core.frozen import thaw
from .core.store import Change

if TYPE_CHECKING:
    from .types import Event

__all__ = ["EventLog", "Happening", "Journal", "LoggedRequest", "RequestLog", "shortened"]

# How many requests are kept unless a test wants more, and how many lines of the timeline.
JOURNAL_SIZE = 1000
# How much of what happened a failed assertion shows.
MOST_LINES = 50


@dataclass(frozen=True)
class LoggedRequest:
    """One request of the app's: what it asked, and what became of it.

    ``status`` is None where a fault left no answer, ``error`` is Seam's type of a refusal,
    ``fault`` what a fault did. ``at`` is by the fake's clock.
    """

    method: str
    path: str
    status: int | None
    request_id: str
    at: str
    error: str | None
    fault: str | None
    _params: Mapping[str, Any]

    @property
    def params(self) -> dict[str, Any]:
        """Its parameters as they came, query and body together; a fresh copy."""
        return dict(thaw(self._params))

    def __str__(self) -> str:
        told = f" ({self.fault})" if self.fault else f" ({self.error})" if self.error else ""
        return f"{self.status or '---'} {self.method} {self.path}{told}"

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        told = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return {**told, "params": self.params}


@dataclass(frozen=True)
class Happening:
    """A line of the timeline: a request, a lever, an attempt to deliver; what it changed."""

    at: str
    what: str
    changes: Sequence[Change]


class Journal:
    """The latest requests, what happened, and what the app asked for and should not have.

    ``forgotten`` counts the requests that are no longer kept.
    """

    def __init__(self, size: int = JOURNAL_SIZE) -> None:
        self.requests: deque[LoggedRequest] = deque(maxlen=size)
        self.forgotten = 0
        self.happenings: deque[Happening] = deque(maxlen=JOURNAL_SIZE)
        self.complaints: dict[str, None] = {}

    def note(self, request: LoggedRequest) -> None:
        """A request has been answered."""
        self.forgotten += len(self.requests) == self.requests.maxlen
        self.requests.append(request)

    def note_happening(self, at: str, what: str, changes: Sequence[Change]) -> None:
        """Something has happened, and changed what is kept."""
        self.happenings.append(Happening(at, what, tuple(changes)))

    def note_not_modelled(self, method: str, path: str) -> None:
        """A request went to an endpoint that only Seam has."""
        self.complaints[f"{method} {path}: not modelled by fakeseam"] = None

    def note_unknown_path(self, method: str, path: str) -> None:
        """A request went to a path that Seam does not have."""
        self.complaints[f"{method} {path}: no such endpoint"] = None

    def note_unknown(self, path: str, names: Iterable[str]) -> None:
        """A request had parameters that Seam does not know, and ignores."""
        for name in names:
            self.complaints[f"{path}: unknown parameter {name!r}"] = None

    def note_crash(self, method: str, path: str, bug: BaseException) -> None:
        """A request met a bug of the fake's own."""
        self.complaints[f"{method} {path}: crashed, a bug of fakeseam: {bug!r}"] = None


class RequestLog:
    """The requests that came in, oldest first; at most the last 1,000."""

    def __init__(self, journal: Callable[[], Journal]) -> None:
        self._journal = journal

    def __iter__(self) -> Iterator[LoggedRequest]:
        return iter(tuple(self._journal().requests))

    def __len__(self) -> int:
        return len(self._journal().requests)

    def filter(self, route: str) -> list[LoggedRequest]:
        """The requests for a route: a path, or a method and a path."""
        method, _, path = route.rpartition(" ")
        return [one for one in self if one.path == path and method in ("", one.method)]

    def assert_called(self, route: str, *, times: int | None = None) -> None:
        """Raises ``AssertionError``, showing what was called, unless the route was."""
        count = len(self.filter(route))
        if count == 0 if times is None else count != times:
            wanted = "" if times is None else f" {times} times"
            raise AssertionError(
                f"{route} was not called{wanted}, but {count} times; the requests:\n"
                + _lines(map(str, self))
            )

    def assert_not_called(self, route: str) -> None:
        """Raises ``AssertionError`` if the route was called."""
        self.assert_called(route, times=0)


class EventLog:
    """Every event of the fake's workspaces, oldest first, as Seam shows it."""

    def __init__(
        self, read: Callable[[], list[Event]], check: Callable[[str], None] = lambda name: None
    ) -> None:
        self._read = read
        self._check = check

    def __iter__(self) -> Iterator[Event]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def filter(self, event_type: str | None = None, **fields: object) -> list[Event]:
        """The events of a type whose fields are these."""
        if event_type is not None:
            self._check(event_type)
            fields["event_type"] = event_type
        return [event for event in self if _has(event, fields)]

    def assert_emitted(self, event_type: str, **fields: object) -> Event:
        """The first such event; raises ``AssertionError``, showing all of them, without one."""
        found = self.filter(event_type, **fields)
        if not found:
            raise AssertionError(
                f"no {event_type} with {fields}; the events:\n" + _lines(map(str, self))
            )
        return found[0]

    def assert_not_emitted(self, event_type: str, **fields: object) -> None:
        """Raises ``AssertionError``, showing it, if there is such an event."""
        found = self.filter(event_type, **fields)
        if found:
            raise AssertionError(f"{event_type} was emitted:\n" + _lines(map(str, found)))


def _has(event: Mapping[str, object], fields: Mapping[str, object]) -> bool:
    return all(name in event and event[name] == value for name, value in fields.items())


def _lines(things: Iterable[str]) -> str:
    return shortened([f"  {thing}" for thing in things]) or "  (none)"


def shortened(lines: list[str]) -> str:
    """The last lines of a list that may be long."""
    left_out = len(lines) - MOST_LINES
    head = [f"  ... {left_out} before these"] if left_out > 0 else []
    return "\n".join([*head, *lines[-MOST_LINES:]])
