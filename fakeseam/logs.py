"""``fake.requests`` and ``fake.events``: what happened, as sequences to look at and assert on."""

from __future__ import annotations

from abc import abstractmethod
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast, overload

from .api.call import World
from .api.events import show
from .api.tables import EVENTS
from .control.asserting import TIMEOUT_S
from .core.store import Kind
from .core.table import MADE
from .errors import MisuseError
from .journal import LoggedRequest

if TYPE_CHECKING:
    from .fake import FakeSeam
    from .types import Event

__all__ = ["EventLog", "Log", "RequestLog", "TableLog"]

T = TypeVar("T")

# How many of the latest are shown for all of them.
LATEST = 3


class Log(Sequence[T]):
    """What happened so far, oldest first; it grows as more happens. A slice is a list."""

    name: ClassVar[str]

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    @abstractmethod
    def _kept(self, world: World) -> Sequence[Any]:
        """What stands for each of them, in order."""

    @abstractmethod
    def _made(self, world: World, kept: Any) -> T:
        """What a test gets to see of one."""

    def _told(self, one: T) -> str:
        """What is said of one in few words."""
        return str(one)

    def __len__(self) -> int:
        return self._fake.look(lambda world: len(self._kept(world)))

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> list[T]: ...

    def __getitem__(self, place: int | slice) -> T | list[T]:
        """The one at a place, -1 for the latest; a slice is a list."""
        if isinstance(place, slice):
            return self._fake.look(
                lambda world: [self._made(world, kept) for kept in self._part(world, place)]
            )
        if not isinstance(place, int):
            raise MisuseError(
                f"{self.name}[{place!r}]: a place is a whole number or a slice; filter() looks"
                " for what it was"
            )
        return self._fake.look(lambda world: self._made(world, self._at(world, place)))

    def __iter__(self) -> Iterator[T]:
        return iter(self[:])

    def __reversed__(self) -> Iterator[T]:
        return reversed(self[:])

    def __repr__(self) -> str:
        count, latest = len(self), self[-LATEST:]
        if not count:
            return f"<{self.name}: none>"
        more = "..., " if count > len(latest) else ""
        return f"<{self.name}: {count}: {more}{', '.join(map(self._told, latest))}>"

    def _part(self, world: World, place: slice) -> Sequence[Any]:
        kept = self._kept(world)
        return tuple(kept)[place] if isinstance(kept, deque) else kept[place]

    def _at(self, world: World, place: int) -> Any:
        kept = self._kept(world)
        try:
            return kept[place]
        except IndexError:
            raise IndexError(f"{self.name}[{place}]: there are {len(kept)}") from None

    def _pull(self, lever: str, **params: object) -> dict[str, Any]:
        """Pull a lever; what it says is raised here, so that the report ends with the test."""
        __tracebackhide__ = True
        try:
            return self._fake.pull(f"{self.name}/{lever}", **params)
        except (AssertionError, MisuseError) as failed:
            said = type(failed)(str(failed))
        raise said


class RequestLog(Log[LoggedRequest]):
    """The app's requests: those that are kept, at most ``journal_size``.

    A route is a path, or a method and a path. Of ``params`` each has to be among the request's
    parameters, with this value; a mapping has to be equal.
    """

    name = "requests"

    def _kept(self, world: World) -> Sequence[LoggedRequest]:
        return world.journal.requests

    def _made(self, world: World, kept: LoggedRequest) -> LoggedRequest:
        return kept

    def filter(self, route: str | None = None, **params: object) -> list[LoggedRequest]:
        """The requests of a route that had these parameters."""
        found = self._pull("filter", route=route, params=params)["requests"]
        return [LoggedRequest.of(one) for one in found]

    def assert_called(
        self, route: str, *, times: int | None = None, **params: object
    ) -> LoggedRequest:
        """The first such request. Raises ``AssertionError``, showing what is nearest, if there
        is none, or if there are not as many as ``times``."""
        __tracebackhide__ = True
        body = self._pull("assert_called", route=route, params=params, times=times)
        return LoggedRequest.of(body["request"])

    def assert_not_called(self, route: str, **params: object) -> None:
        """Raises ``AssertionError``, showing it, if there is such a request."""
        __tracebackhide__ = True
        self._pull("assert_not_called", route=route, params=params)

    def wait_for(
        self, route: str, *, times: int = 1, timeout: float = TIMEOUT_S, **params: object
    ) -> LoggedRequest:
        """The ``times``th such request, as soon as it has come, by another thread.

        ``timeout`` is in seconds of real time; then it raises ``AssertionError``, as
        ``assert_called`` does.
        """
        __tracebackhide__ = True
        body = self._pull("wait_for", route=route, params=params, times=times, timeout=timeout)
        return LoggedRequest.of(body["request"])


class TableLog(Log[T]):
    """The records of a kind, in the order in which they came to be."""

    kind: ClassVar[Kind[Any]]

    def _kept(self, world: World) -> Sequence[Any]:
        return world.store.bucket(self.kind, MADE)

    def _made(self, world: World, kept: Any) -> T:
        *_, key = kept
        return self._shown(world.store.get(self.kind, key))

    @abstractmethod
    def _shown(self, record: Any) -> T:
        """What a test gets to see of a record."""


class EventLog(TableLog["Event"]):
    """Every event of the fake's workspaces, as Seam shows it.

    Each of ``fields`` has to be in the event, with this value; a mapping has to be equal.
    """

    name, kind = "events", EVENTS

    def _shown(self, record: Any) -> Event:
        return cast("Event", show(record))

    def _told(self, one: Event) -> str:
        return one["event_type"]

    def filter(self, event_type: str | None = None, **fields: object) -> list[Event]:
        """The events of a type that have these fields."""
        found = self._pull("filter", event_type=event_type, fields=fields)["events"]
        return cast("list[Event]", found)

    def assert_emitted(
        self, event_type: str, *, times: int | None = None, **fields: object
    ) -> Event:
        """The first such event. Raises ``AssertionError``, showing what is nearest, if there
        is none, or if there are not as many as ``times``."""
        __tracebackhide__ = True
        body = self._pull("assert_emitted", event_type=event_type, fields=fields, times=times)
        return cast("Event", body["event"])

    def assert_not_emitted(self, event_type: str, **fields: object) -> None:
        """Raises ``AssertionError``, showing it, if there is such an event."""
        __tracebackhide__ = True
        self._pull("assert_not_emitted", event_type=event_type, fields=fields)

    def wait_for(
        self, event_type: str, *, times: int = 1, timeout: float = TIMEOUT_S, **fields: object
    ) -> Event:
        """The ``times``th such event, as soon as another thread has caused it.

        ``timeout`` is in seconds of real time; then it raises ``AssertionError``, as
        ``assert_emitted`` does.
        """
        __tracebackhide__ = True
        sent = {"event_type": event_type, "fields": fields, "times": times, "timeout": timeout}
        return cast("Event", self._pull("wait_for", **sent)["event"])
