"""The control context: everything that one fake runs on, for the control API alone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from ..api.context import RequestContext
from ..api.rules import Rules
from ..core.clock import Clock
from ..core.fault_plan import FaultPlan
from ..core.ids import Ids
from ..core.notifier import ChangeNotifier
from ..core.store import Store
from ..core.undo_log import UndoLog
from .answer_plan import AnswerPlan
from .journal import Journal

__all__ = [
    "AfterCommit",
    "ControlCaller",
    "ControlContext",
    "NamedFakes",
    "Runtime",
    "StateControl",
    "WaitsFor",
    "WebhookControl",
]

T = TypeVar("T")

# What ends the wait of a delivery that has fallen due: ``webhooks.settle``, the test's thread
# using its fake, or the receiver's response.
WaitsFor = Literal["settle", "thread", "response"]


class WebhookControl(Protocol):
    """The webhook dispatcher, as the control API uses it. Call it without the lock."""

    def advance(self, by: int) -> None:
        """Moves the clock by milliseconds, and makes what falls due on the way."""

    async def advance_async(self, by: int) -> None:
        """Does the same, and awaits asynchronous senders."""

    def settle(self) -> None:
        """Returns when no attempt is in flight."""

    async def settle_async(self) -> None:
        """Does the same, and awaits asynchronous senders."""

    def waits_for(self, message_id: str) -> WaitsFor:
        """Returns what a delivery waits for whose attempt is queued or at its receiver."""

    def make_attempts(self) -> None:
        """Makes every attempt that has fallen due."""

    def allow(self, host: str) -> None:
        """Sends deliveries for this host over HTTP from now on."""

    def discard_in_flight(self) -> None:
        """Discards in-flight attempts after the store was restored; under the lock."""

    def discard_undone(self) -> None:
        """Discards queued attempts of deliveries that a failed load had caused; under the lock."""


class StateControl(Protocol):
    """Saves and replaces a fake's state. Call it without the lock.

    ``restore_saved``, ``load`` and ``reset`` return the first workspace's id and API key.
    """

    def save_snapshot(self) -> str:
        """Saves a snapshot of the state; returns its id."""

    def restore_saved(self, snapshot_id: str) -> Mapping[str, str]:
        """Replaces the state by that of a saved snapshot."""

    def to_dump(self) -> Mapping[str, Any]:
        """Returns the state as the JSON of a dump."""

    def load(self, source: Mapping[str, Any]) -> Mapping[str, str]:
        """Loads a dump, or runs the steps of a seed file."""

    def reset(self, **given: Any) -> Mapping[str, str]:
        """Replaces the state by that of a new fake."""

    def assert_nothing_unexpected(self) -> None:
        """Raises ``AssertionError`` if a strict fake has strict violations."""

    def check_api_key(self, key: str) -> None:
        """Raises ``MisuseError`` for a key of another fake of the server."""

    def close_named(self) -> None:
        """Closes a named fake of a server. Raises ``MisuseError`` for any other fake."""


class NamedFakes(Protocol):
    """The named fakes of the server that a fake is on: one for each key ``seam_fake_NAME``."""

    def names(self) -> list[str]:
        """Returns their names, in the order in which they were made."""

    def check_api_key(self, name: str | None, key: str) -> None:
        """Raises ``MisuseError`` if a key would lead to another fake than that of a name."""

    def end(self, name: str) -> None:
        """Closes a fake, and frees its name. Does nothing if there is none of this name."""


@dataclass(frozen=True)
class AfterCommit:
    """A handler's result that ``run`` computes after the commit, without the lock.

    ``run_async`` is for a caller that awaits it, where ``run`` would block its event loop.
    """

    run: Callable[[], Any]
    run_async: Callable[[], Awaitable[Any]] | None = None


@dataclass(frozen=True)
class Runtime:
    """What one fake runs on. Only the store is rolled back when a request fails.

    ``undo_log`` records what a load does. ``state`` replaces this runtime by another one, and
    ``notifier`` waits for changes in the current one: use them without the lock.
    """

    store: Store
    clock: Clock
    ids: Ids
    rules: Rules
    faults: FaultPlan
    answers: AnswerPlan
    webhooks: WebhookControl
    journal: Journal
    undo_log: UndoLog
    state: StateControl
    notifier: ChangeNotifier[Runtime]


@dataclass(slots=True, kw_only=True)
class ControlContext(RequestContext):
    """The first argument of every control endpoint: a request context, and the runtime."""

    runtime: Runtime


class ControlCaller(Protocol):
    """The engine, as the Python objects use it that call the control API for a test."""

    @property
    def runtime(self) -> Runtime:
        """The current runtime."""

    def call_control(self, name: str, /, **params: object) -> dict[str, Any]:
        """Calls a control endpoint by its name below ``/_fakeseam/``; None is left out."""

    async def call_control_async(self, name: str, /, **params: object) -> dict[str, Any]:
        """Does the same, and awaits asynchronous senders."""

    def awaiting(self) -> AbstractAsyncContextManager[None]:
        """Awaits asynchronous senders before and after the plain calls inside."""

    def touch(self) -> None:
        """Hands over what waits for the test's thread, if that is the caller's."""

    def read_runtime(self, look: Callable[[Runtime], T]) -> T:
        """Returns what ``look`` reads from the runtime, under its lock."""
