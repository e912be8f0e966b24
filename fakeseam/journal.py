"""What happened, as it is kept: requests, the timeline, and what should not have been."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .core.frozen import thaw
from .core.store import Change

__all__ = ["JOURNAL_SIZE", "Happening", "Journal", "LoggedRequest", "legible", "shortened"]

# How many requests are kept unless a test wants more, and how many lines of the timeline.
JOURNAL_SIZE = 1000
# How much of what happened a failed assertion shows, and how much of a line anything does.
MOST_LINES = 50
MOST_COLUMNS = 1000


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
        return legible(f"{self.status or '---'} {self.method} {self.path}{told}")

    def shown(self) -> dict[str, Any]:
        """As JSON."""
        told = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return {**told, "params": self.params}

    @classmethod
    def of(cls, shown: Mapping[str, Any]) -> LoggedRequest:
        """What was shown as JSON."""
        told = {name: value for name, value in shown.items() if name != "params"}
        return cls(**told, _params=shown["params"])


@dataclass(frozen=True)
class Happening:
    """A line of the timeline: a request, a lever, an attempt to deliver; what it changed."""

    at: str
    what: str
    changes: Sequence[Change]


class Journal:
    """The latest requests, what happened, and what the app asked for and should not have.

    ``forgotten`` counts the requests that are no longer kept; ``unknown_paths`` are all that
    were ever called and are none. ``ring`` is called whenever something has happened. Requests
    that come while the fake ``is_setting_up``, by what a test loads, are none of the app's.
    """

    def __init__(self, size: int, ring: Callable[[], None]) -> None:
        self.ring = ring
        self.unknown_paths: set[str] = set()
        self.requests: deque[LoggedRequest] = deque(maxlen=size)
        self.forgotten = 0
        self.happenings: deque[Happening] = deque(maxlen=JOURNAL_SIZE)
        self.complaints: dict[str, None] = {}
        self.is_setting_up = False

    def note(self, request: LoggedRequest) -> None:
        """A request has been answered."""
        if self.is_setting_up:
            return
        self.forgotten += len(self.requests) == self.requests.maxlen
        self.requests.append(request)

    def note_happening(self, at: str, what: str, changes: Sequence[Change]) -> None:
        """Something has happened, and changed what is kept."""
        self.happenings.append(Happening(at, what, tuple(changes)))
        self.ring()

    def note_not_modelled(self, method: str, path: str) -> None:
        """A request went to an endpoint that only Seam has."""
        self._complain(f"{method} {path}: not modelled by fakeseam")

    def note_unknown_path(self, method: str, path: str) -> None:
        """A request went to a path that Seam does not have."""
        self.unknown_paths.add(path)
        self._complain(f"{method} {path}: no such endpoint")

    def note_unknown(self, path: str, names: Iterable[str]) -> None:
        """A request had parameters that Seam does not know, and ignores."""
        for name in names:
            self._complain(f"{path}: unknown parameter {name!r}")

    def note_crash(self, method: str, path: str, bug: BaseException) -> None:
        """A request met a bug of the fake's own."""
        self._complain(f"{method} {path}: crashed, a bug of fakeseam: {bug!r}")

    def _complain(self, line: str) -> None:
        """Each complaint once, in the order of the first."""
        self.complaints[legible(line)] = None


def legible(line: str) -> str:
    """A line that stays one and is not endless, whatever an app put into a path or a URL."""
    shown = "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in line[:MOST_COLUMNS]
    )
    left_out = len(line) - MOST_COLUMNS
    return f"{shown}... ({left_out} characters more)" if left_out > 0 else shown


def shortened(lines: list[str]) -> str:
    """The last lines of a list that may be long."""
    left_out = len(lines) - MOST_LINES
    head = [f"  ... {left_out} before these"] if left_out > 0 else []
    return "\n".join([*head, *map(legible, lines[-MOST_LINES:])])
