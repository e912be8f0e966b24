"""The journal: the request log, the timeline, and strict violations."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from ..core.frozen import thaw
from ..core.store import Change
from ..core.undo_log import UndoLog

__all__ = [
    "MAX_DEPTH",
    "REQUEST_LOG_SIZE",
    "Journal",
    "LoggedRequest",
    "TimelineEntry",
    "abridged",
    "printable",
    "shortened",
]

# The default number of requests that are kept, and the number of entries of the timeline.
REQUEST_LOG_SIZE = 1000
# About how many characters of one request's parameters are kept: 1,000 requests of an app that
# sends what it should not still fit into memory.
MAX_LOGGED = 100_000
# How deep the parameters of a request are kept. A reader may have less of the stack left than the
# request had.
MAX_DEPTH = 100
TOO_DEEP = "... (nested too deeply)"
# How many unknown names of one request are strict violations, and how long a path is kept.
MAX_NAMES = 100
MAX_PATH = 1000
# How many different tracebacks of receivers are kept: the first ones.
RECEIVER_ERRORS = 5
# The number of lines that a failed assertion shows, and of characters in any line.
MAX_LINES = 50
MAX_COLUMNS = 1000


def abridged(params: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a copy of a request's parameters of about ``MAX_LOGGED`` characters at most.

    Text is cut and members are left out where that is too little, and what is nested deeper than
    ``MAX_DEPTH``. The copy says so.
    """
    return dict(_Abridging(MAX_LOGGED).copy(params, MAX_DEPTH))


class _Abridging:
    """Copies values until it has copied ``room`` characters."""

    def __init__(self, room: int) -> None:
        self._room = room

    def copy(self, value: Any, depth: int) -> Any:
        if isinstance(value, str):
            return self._copy_text(value)
        self._room -= 8  # brackets, a number, or a word
        if not isinstance(value, (Mapping, list, tuple)):
            return value
        if depth == 0:
            return TOO_DEEP
        if isinstance(value, Mapping):
            return self._copy_members(value, depth - 1)
        return self._copy_items(value, depth - 1)

    def _copy_text(self, text: str) -> str:
        kept, self._room = text[: max(self._room, 0)], self._room - len(text)
        left_out = len(text) - len(kept)
        return f"{kept}... ({left_out} characters more)" if left_out else text

    def _copy_members(self, members: Mapping[Any, Any], depth: int) -> dict[Any, Any]:
        copied: dict[Any, Any] = {}
        for name, value in members.items():
            if self._room <= 0:
                copied["..."] = f"{len(members) - len(copied)} more left out"
                break
            kept_name = self._copy_text(name) if isinstance(name, str) else name
            copied[kept_name] = self.copy(value, depth)
        return copied

    def _copy_items(self, items: Sequence[Any], depth: int) -> list[Any]:
        copied: list[Any] = []
        for item in items:
            if self._room <= 0:
                copied.append(f"... ({len(items) - len(copied)} more left out)")
                break
            copied.append(self.copy(item, depth))
        return copied


@dataclass(frozen=True)
class LoggedRequest:
    """A request of the app and its result.

    ``status`` is None if a fault left no response. ``error`` is the type of Seam's error.
    ``fault`` describes the fault that hit the request. ``at`` is the fake's time.
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
        """Its parameters as they were sent, query and body together; a fresh copy.

        Of more than ``MAX_LOGGED`` characters the rest is left out.
        """
        return dict(thaw(self._params))

    def __str__(self) -> str:
        note = f" ({self.fault})" if self.fault else f" ({self.error})" if self.error else ""
        return printable(f"{self.status or '---'} {self.method} {self.path}{note}")

    def to_json(self) -> dict[str, Any]:
        """Returns the request as JSON."""
        fields = {name: value for name, value in vars(self).items() if not name.startswith("_")}
        return {**fields, "params": self.params}

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> LoggedRequest:
        """Returns the request that ``to_json`` made the JSON of."""
        fields = {name: value for name, value in body.items() if name != "params"}
        return cls(**fields, _params=body["params"])


class TimelineEntry(NamedTuple):
    """A request, control call or delivery attempt, with its changes; text is made when read."""

    at: str
    what: LoggedRequest | str
    changes: Sequence[Change]


class Journal:
    """The request log, the timeline and the strict violations of one fake.

    ``dropped_count`` is the number of requests that are no longer kept. ``unknown_paths`` are
    the paths that were called and do not exist. ``receiver_errors`` are tracebacks of webhook
    receivers, with the deliveries that met each one. Every timeline entry calls ``notify``.
    Requests of a load are not logged, as ``undo_log`` knows them: the test sends them, not the
    app.
    """

    def __init__(self, size: int, notify: Callable[[], None], undo_log: UndoLog) -> None:
        self.notify = notify
        self._undo_log = undo_log
        self.unknown_paths: set[str] = set()
        self.requests: deque[LoggedRequest] = deque(maxlen=size)
        self.dropped_count = 0
        self.timeline: deque[TimelineEntry] = deque(maxlen=REQUEST_LOG_SIZE)
        self.strict_violations: dict[str, None] = {}
        self.receiver_errors: dict[str, list[str]] = {}

    def record_request(self, request: LoggedRequest) -> None:
        """Adds a request to the request log; drops the oldest one if the log is full."""
        if self._undo_log.is_recording:
            return
        self.dropped_count += len(self.requests) == self.requests.maxlen
        self.requests.append(request)

    def record_timeline(
        self, at: str, what: LoggedRequest | str, changes: Sequence[Change]
    ) -> None:
        """Adds an entry to the timeline, and notifies the waiting threads."""
        self.timeline.append(TimelineEntry(at, what, tuple(changes)))
        self.notify()

    def record_not_implemented(self, method: str, path: str) -> None:
        """Records a request to an endpoint that fakeseam does not implement."""
        self._record_violation(f"{method} {path}: not implemented by fakeseam")

    def record_unknown_path(self, method: str, path: str) -> None:
        """Records a request to a path that Seam does not have."""
        self.unknown_paths.add(path[:MAX_PATH])
        self._record_violation(f"{method} {path}: no such endpoint")

    def record_unknown_names(self, path: str, names: Iterable[str]) -> None:
        """Records the parameters of a request that Seam does not know and ignores."""
        for name in islice(names, MAX_NAMES):
            self._record_violation(f"{path}: unknown parameter {name!r}")

    def record_inert_names(self, path: str, names: Iterable[str]) -> None:
        """Records the parameters of a request that have an effect at Seam's only."""
        for name in names:
            self._record_violation(f"{path}: {name!r} has no effect: not implemented by fakeseam")

    def record_stray(self, method: str, path: str, stray: str) -> None:
        """Records a request of a thread or task that began before the running test."""
        self._record_violation(f"{method} {path}: sent by {stray}, not by this test")

    def record_crash(self, method: str, path: str, bug: BaseException) -> None:
        """Records a request that raised an exception by a bug in fakeseam."""
        self._record_violation(f"{method} {path}: crashed, a bug in fakeseam: {bug!r}")

    def record_receiver_error(self, where: str, error: str, traceback: str) -> None:
        """Records an exception of a webhook receiver: what it got, ``repr`` and traceback."""
        if traceback in self.receiver_errors or len(self.receiver_errors) < RECEIVER_ERRORS:
            self.receiver_errors.setdefault(traceback, []).append(printable(where))
        self._record_violation(f"the receiver of {where} raised {error}")

    def record_misuse(self, message: str) -> None:
        """Records a mistake of the test that the app may have got as a response."""
        self._record_violation(message)

    def record_undelivered(self, count: int) -> None:
        """Records that deliveries waited for their sender until the fake was closed."""
        deliveries = "1 delivery" if count == 1 else f"{count} deliveries"
        self._record_violation(
            f"{deliveries} waited for a sender until the end: call fake.webhooks.settle()"
        )

    def _record_violation(self, line: str) -> None:
        """Records each violation once, in the order of the first."""
        violation = printable(line)
        if violation not in self.strict_violations:
            self.strict_violations[violation] = None
            self._undo_log.push(lambda: self.strict_violations.pop(violation, None))


def printable(line: str) -> str:
    """Returns the text as one line: escapes line breaks and shortens it to ``MAX_COLUMNS``."""
    if len(line) <= MAX_COLUMNS and line.isprintable():
        return line
    escaped = "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode()
        for one in line[:MAX_COLUMNS]
    )
    left_out = len(line) - MAX_COLUMNS
    return f"{escaped}... ({left_out} characters more)" if left_out > 0 else escaped


def shortened(lines: list[str]) -> str:
    """Returns the last ``MAX_LINES`` lines, and the number of lines before them."""
    left_out = len(lines) - MAX_LINES
    head = [f"  ... {left_out} before these"] if left_out > 0 else []
    return "\n".join([*head, *map(printable, lines[-MAX_LINES:])])
