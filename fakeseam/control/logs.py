"""``fake.requests`` and ``fake.events``: logs as sequences, with assertions."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, overload

from ..api.events.record import EVENTS
from ..api.events.shape import to_json
from ..core.record_types import RecordType
from ..core.table import BY_INSERTION
from ..errors import MisuseError, is_outcome
from .arguments import refuse_none
from .assertions import TIMEOUT_S
from .context import ControlCaller, Runtime
from .journal import LoggedRequest

if TYPE_CHECKING:
    from ..types import Event

__all__ = ["EventLog", "Log", "RequestLog", "TableLog"]

__tracebackhide__ = is_outcome

R = TypeVar("R")
T = TypeVar("T")

# The number of items that the ``repr`` of a log shows: the latest.
LATEST = 3


class Log(Sequence[T]):
    """The entries so far, oldest first. New ones are added at the end; a slice is a list."""

    name: ClassVar[str]

    def __init__(self, engine: ControlCaller) -> None:
        self._engine = engine

    @abstractmethod
    def _items(self, runtime: Runtime) -> Sequence[Any]:
        """Returns a stored form of each item, in order."""

    @abstractmethod
    def _item(self, runtime: Runtime, stored: Any) -> T:
        """Returns the item that a test gets for a stored form."""

    def _label(self, item: T) -> str:
        """Returns an item in few words."""
        return str(item)

    def __len__(self) -> int:
        return self._read(lambda runtime: len(self._items(runtime)))

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> list[T]: ...

    def __getitem__(self, index: int | slice) -> T | list[T]:
        """Returns the item at an index, -1 for the latest; a list for a slice."""
        if isinstance(index, slice):
            return self._read(
                lambda runtime: [self._item(runtime, one) for one in self._slice(runtime, index)]
            )
        if not isinstance(index, int):
            raise MisuseError(
                f"{self.name}[{index!r}]: an index is an int or a slice; search with filter()"
            )
        return self._read(lambda runtime: self._item(runtime, self._at(runtime, index)))

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])

    def __reversed__(self) -> Iterator[T]:
        return reversed(self[:])

    def __repr__(self) -> str:
        count, latest = len(self), self[-LATEST:]
        if not count:
            return f"<{self.name}: none>"
        more = "..., " if count > len(latest) else ""
        return f"<{self.name}: {count}: {more}{', '.join(map(self._label, latest))}>"

    def _read(self, look: Callable[[Runtime], R]) -> R:
        """Returns what ``look`` reads, after the deliveries that waited for the test's thread."""
        self._engine.touch()
        return self._engine.read_runtime(look)

    def _slice(self, runtime: Runtime, index: slice) -> Sequence[Any]:
        items = self._items(runtime)
        return tuple(items)[index] if isinstance(items, deque) else items[index]

    def _at(self, runtime: Runtime, index: int) -> Any:
        items = self._items(runtime)
        try:
            return items[index]
        except IndexError:
            raise IndexError(f"{self.name}[{index}]: there are {len(items)}") from None

    def _call_control(self, name: str, **params: object) -> dict[str, Any]:
        return self._engine.call_control(f"{self.name}/{name}", **params)


class RequestLog(Log[LoggedRequest]):
    """The requests of the app; at most the last ``request_log_size`` are kept.

    A route is a path, or a method and a path. A request matches if it has each of ``params``
    with this value; a mapping has to be equal.
    """

    name = "requests"

    def _items(self, runtime: Runtime) -> Sequence[LoggedRequest]:
        return runtime.journal.requests

    def _item(self, runtime: Runtime, stored: LoggedRequest) -> LoggedRequest:
        return stored

    def filter(self, route: str | None = None, **params: object) -> list[LoggedRequest]:
        """Returns the requests to a route that had these parameters, oldest first."""
        body = self._call_control("filter", route=route, params=params)
        return [LoggedRequest.from_json(one) for one in body["requests"]]

    def assert_called(
        self, route: str, *, times: int | None = None, **params: object
    ) -> LoggedRequest:
        """Returns the first such request.

        Raises ``AssertionError``, which shows the nearest request, if there is none, or not as
        many as ``times``.
        """
        body = self._call_control("assert_called", route=route, params=params, times=times)
        return LoggedRequest.from_json(body["request"])

    def assert_not_called(self, route: str, **params: object) -> None:
        """Raises ``AssertionError``, which shows the request, if there is such a request."""
        self._call_control("assert_not_called", route=route, params=params)

    def wait_for(
        self, route: str, *, times: int = 1, timeout: float = TIMEOUT_S, **params: object
    ) -> LoggedRequest:
        """Returns the ``times``th such request as soon as another thread has sent it.

        Raises ``AssertionError``, as ``assert_called`` does, after ``timeout`` seconds of real
        time.
        """
        refuse_none(times=times, timeout=timeout)
        body = self._call_control(
            "wait_for", route=route, params=params, times=times, timeout=timeout
        )
        return LoggedRequest.from_json(body["request"])


class TableLog(Log[T]):
    """The records of one type, in the order of insertion."""

    record_type: ClassVar[RecordType[Any]]

    def _items(self, runtime: Runtime) -> Sequence[Any]:
        return runtime.store.bucket(self.record_type, BY_INSERTION)

    def _item(self, runtime: Runtime, stored: Any) -> T:
        *_, key = stored
        return self._convert(runtime.store.get(self.record_type, key))

    @abstractmethod
    def _convert(self, record: Any) -> T:
        """Returns the item that a test gets for a record."""


class EventLog(TableLog["Event"]):
    """The events of the fake's workspaces, as Seam shows them.

    An event matches if it has each of ``fields`` with this value; a mapping has to be equal.
    """

    name, record_type = "events", EVENTS

    def _convert(self, record: Any) -> Event:
        return cast("Event", to_json(record))

    def _label(self, item: Event) -> str:
        return item["event_type"]

    def filter(self, event_type: str | None = None, **fields: object) -> list[Event]:
        """Returns the events of a type that have these fields, oldest first."""
        body = self._call_control("filter", event_type=event_type, fields=fields)
        return cast("list[Event]", body["events"])

    def assert_emitted(
        self, event_type: str, *, times: int | None = None, **fields: object
    ) -> Event:
        """Returns the first such event.

        Raises ``AssertionError``, which shows the nearest event, if there is none, or not as
        many as ``times``.
        """
        body = self._call_control(
            "assert_emitted", event_type=event_type, fields=fields, times=times
        )
        return cast("Event", body["event"])

    def assert_not_emitted(self, event_type: str, **fields: object) -> None:
        """Raises ``AssertionError``, which shows the event, if there is such an event."""
        self._call_control("assert_not_emitted", event_type=event_type, fields=fields)

    def wait_for(
        self, event_type: str, *, times: int = 1, timeout: float = TIMEOUT_S, **fields: object
    ) -> Event:
        """Returns the ``times``th such event as soon as another thread has caused it.

        Raises ``AssertionError``, as ``assert_emitted`` does, after ``timeout`` seconds of real
        time.
        """
        refuse_none(times=times, timeout=timeout)
        params = {"event_type": event_type, "fields": fields, "times": times, "timeout": timeout}
        return cast("Event", self._call_control("wait_for", **params)["event"])
