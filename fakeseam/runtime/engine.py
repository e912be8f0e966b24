"""The engine of one fake: it runs the requests. A reset replaces its runtime.

``FakeSeam`` and the ways into it (SDK, WSGI, server, pages) share one engine.
"""

from __future__ import annotations

import datetime as datetime_module
import itertools
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from ..api.auth import Credentials
from ..api.record_types import RECORD_TYPES
from ..api.rules import Rules
from ..control import CONTROL_PREFIX
from ..control.aio import AWAITABLE
from ..control.answer_plan import AnswerPlan
from ..control.context import NamedFakes, Runtime, StateControl
from ..control.journal import Journal
from ..core.clock import Clock
from ..core.fault_plan import FaultPlan
from ..core.ids import Ids
from ..core.lock import NonReentrantLock
from ..core.notifier import ChangeNotifier
from ..core.process import HomeProcess
from ..core.shown import plain
from ..core.store import Store
from ..core.undo_log import UndoLog
from ..errors import OUTCOMES, is_outcome
from ..webhooks.delivery_targets import DeliveryTargets
from ..webhooks.owner_thread import OwnerThread
from ..webhooks.webhook_dispatcher import WebhookDispatcher
from .request_dispatcher import ApiRequest, RequestDispatcher
from .scheduler import Scheduler

__all__ = ["Engine", "FirstWorkspace", "ServerAddress"]

T = TypeVar("T")

__tracebackhide__ = is_outcome

# The base URL while no server runs and none is given.
NO_SERVER = "http://fakeseam"

# The id of every request of a load: only those of the app are counted.
LOAD_REQUEST_ID = "request0"


class FirstWorkspace(NamedTuple):
    """The id and the API key of a fake's first workspace."""

    workspace_id: str
    api_key: str


class ServerAddress(NamedTuple):
    """The URL of a running server and the host that it listens at, or None; the base URL."""

    server_url: str | None
    server_host: str | None
    base_url: str | None


class Engine:
    """Runs requests, control calls and deliveries on one runtime.

    A reset replaces ``runtime`` and its dispatchers, a restored snapshot the contents of its
    store. Both replace ``first_workspace`` too, under the lock: what is read inside ``locked``
    belongs together. ``name`` is that of a named fake of a server, or None; ``named_fakes`` are
    all of that server, None if it has one fake only.
    """

    first_workspace: FirstWorkspace

    def __init__(
        self,
        *,
        name: str | None,
        now: datetime | str | None,
        strict: bool,
        base_url: str | None,
        request_log_size: int,
        state: StateControl,
    ) -> None:
        self.name = name
        self.named_fakes: NamedFakes | None = None
        self.process = HomeProcess()
        self._strict = strict
        self.base_url = None if base_url is None else base_url.rstrip("/")
        self.undo_log = UndoLog()
        # time.time is looked up at each call, so that freezegun and time-machine are obeyed.
        self.clock = Clock(
            now,
            source=lambda: time.time(),
            receivers_source=_receivers_time,
            undo_log=self.undo_log,
        )
        self.notifier: ChangeNotifier[Runtime] = ChangeNotifier(
            self.locked,
            lambda: self.webhook_dispatcher.run_due(),
            lambda: self.webhook_dispatcher.run_due_async(),
        )
        self.owner = OwnerThread()
        self._state = state
        self._request_log_size = request_log_size
        self._server_url: str | None = None
        self._server_host: str | None = None

    def start(
        self, seed: int, rules: Rules, *, api_key: str | None, workspace_id: str | None
    ) -> None:
        """Makes a runtime with one workspace and nothing else. It replaces the one before.

        Call it under the lock of the one before.
        """
        ids, targets = Ids(seed, self.name), DeliveryTargets(self.undo_log)
        webhook_dispatcher, runtime, dispatcher = self._assemble(ids, rules, targets)
        given = {"api_key": api_key, "workspace_id": workspace_id}
        request = _control_request("create_workspace", given, NO_SERVER, LOAD_REQUEST_ID)
        workspace = dispatcher.dispatch(request)["workspace"]
        runtime.journal.timeline.clear()  # the timeline begins with the test's first call
        self.first_workspace = FirstWorkspace(workspace["workspace_id"], workspace["api_key"])
        self._request_numbers = itertools.count(1)
        self.webhook_dispatcher, self.delivery_targets = webhook_dispatcher, targets
        self.runtime = runtime
        # Last: it has the lock that other threads take next, and all else must be there then.
        self.request_dispatcher = dispatcher

    def _assemble(
        self, ids: Ids, rules: Rules, targets: DeliveryTargets
    ) -> tuple[WebhookDispatcher, Runtime, RequestDispatcher]:
        """Returns the parts of a runtime with an empty store, without any injected faults."""
        lock, store = NonReentrantLock(), Store(RECORD_TYPES)
        journal = Journal(self._request_log_size, self.notifier.notify, self.undo_log)
        scheduler = Scheduler(lambda: runtime)
        webhook_dispatcher = WebhookDispatcher(
            store, self.clock, lock, targets, scheduler, journal, self.owner
        )
        # Faults with a probability draw from a stream of their own.
        faults = FaultPlan(
            lambda fault_id, matched: ids.chance(fault_id, "fault", matched), self.undo_log
        )
        runtime = Runtime(
            store,
            self.clock,
            ids,
            rules,
            faults,
            AnswerPlan(self.undo_log),
            webhook_dispatcher,
            journal,
            self.undo_log,
            self._state,
            self.notifier,
        )
        return webhook_dispatcher, runtime, RequestDispatcher(runtime, lock)

    @contextmanager
    def locked(self) -> Iterator[Runtime]:
        """Yields the current runtime under its lock: no request runs, and nothing replaces it."""
        while True:
            with self.request_dispatcher.locked() as runtime:
                if runtime is self.runtime:  # else a reset has replaced it meanwhile
                    yield runtime
                    return

    # What it is

    @property
    def seed(self) -> int:
        """The seed of its ids and tokens."""
        return self.runtime.ids.seed

    @property
    def rules(self) -> Rules:
        """The choices where Seam's documents are silent."""
        return self.runtime.rules

    @property
    def workspace_id(self) -> str:
        """The id of the first workspace."""
        return self.first_workspace.workspace_id

    @property
    def api_key(self) -> str:
        """The API key of the first workspace."""
        return self.first_workspace.api_key

    @property
    def strict(self) -> bool:
        """Whether strict violations are reported."""
        return self._strict

    @strict.setter
    def strict(self, strict: bool) -> None:
        before, self._strict = self._strict, strict
        self.undo_log.push(lambda: setattr(self, "_strict", before))

    def close(self) -> None:
        """Stops deliveries and threads, and ends every wait; a child has none to stop."""
        if not self.process.is_current:
            return
        self.webhook_dispatcher.record_undelivered()
        self.webhook_dispatcher.close()
        self.notifier.close()

    # Requests

    def dispatch(self, api_request: ApiRequest) -> dict[str, Any]:
        """Runs what has fallen due, then the request, then the deliveries that it caused.

        Steps at a device that it asked for are due at once, and run before the next request.
        Returns the body, in which records may be ``Shown``.
        """
        self.process.check()
        try:
            self.webhook_dispatcher.run_due()
            try:
                return self.request_dispatcher.dispatch(api_request)
            finally:
                self.webhook_dispatcher.make_attempts()
        except OUTCOMES as outcome:
            raise outcome.with_traceback(None) from None

    async def dispatch_async(self, api_request: ApiRequest) -> dict[str, Any]:
        """Does the same, and awaits asynchronous senders."""
        self.process.check()
        try:
            await self.webhook_dispatcher.run_due_async()
            try:
                return await self.request_dispatcher.dispatch_async(api_request)
            finally:
                await self.webhook_dispatcher.make_attempts_async()
        except OUTCOMES as outcome:
            raise outcome.with_traceback(None) from None

    def call_control(self, name: str, /, **params: object) -> dict[str, Any]:
        """Calls a control endpoint by its name below ``/_fakeseam/``.

        A parameter of None is left out. Returns the envelope.
        """
        self.touch(name)
        return plain(self.dispatch(self._control_request(name, params)))

    async def call_control_async(self, name: str, /, **params: object) -> dict[str, Any]:
        """Does the same, and awaits asynchronous senders."""
        self.owner.take_over()
        return plain(await self.dispatch_async(self._control_request(name, params)))

    def _control_request(self, name: str, params: Mapping[str, object]) -> ApiRequest:
        return _control_request(name, params, self.address, self.next_request_id())

    def touch(self, name: str = "") -> None:
        """Does due work, and hands over what waits for the test's thread: the test uses its fake.

        Raises ``MisuseError`` if a sender has to be awaited, and the caller does not: before
        anything is done if ``name``, a control endpoint's, has an awaitable form.
        """
        self.process.check()
        if name in AWAITABLE:
            self.webhook_dispatcher.refuse_plain(name.replace("/", "."))
        self.webhook_dispatcher.catch_up()
        if name != "timeline":  # which shows what waits
            self.webhook_dispatcher.refuse_leftovers()

    @asynccontextmanager
    async def awaiting(self) -> AsyncIterator[None]:
        """Awaits what is due before the plain calls inside, and their deliveries after them."""
        self.process.check()
        self.owner.take_over()
        await self.webhook_dispatcher.run_due_async()
        try:
            with self.webhook_dispatcher.awaited():
                yield
        finally:
            await self.webhook_dispatcher.make_attempts_async()

    def read_runtime(self, look: Callable[[Runtime], T]) -> T:
        """Returns what ``look`` reads from the runtime, under its lock."""
        return self.notifier.read(look)

    def next_request_id(self) -> str:
        """Returns the id of the next request; every response over HTTP carries one."""
        if self.undo_log.is_recording:
            return LOAD_REQUEST_ID
        return f"request{next(self._request_numbers)}"

    def record_crash(self, method: str, path: str, bug: BaseException) -> None:
        """Records a bug of fakeseam's own as a strict violation."""
        self.runtime.journal.record_crash(method, path, bug)

    # URLs

    @property
    def address(self) -> str:
        """What URLs in responses begin with: ``base_url``, else the running server's URL."""
        return self.base_url or self._server_url or NO_SERVER

    @property
    def server_url(self) -> str | None:
        """The URL of the running server, or None."""
        return self._server_url

    @property
    def server_address(self) -> ServerAddress:
        """Where the fake is served, for the control guard."""
        return ServerAddress(self._server_url, self._server_host, self.base_url)

    @property
    def server_host(self) -> str | None:
        """The host that the running server listens at, or None if that is unknown."""
        return self._server_host

    def set_server_url(self, url: str | None, host: str | None = None) -> None:
        """Sets the URL of the server that runs for this fake, and the host that it listens at."""
        self._server_url, self._server_host = url, host

    def base_url_for(self, address: str | None) -> str:
        """Returns what URLs begin with in the response to a request to ``address``."""
        return self.base_url or address or self.address


def _receivers_time() -> float:
    """Returns the time that Seam's verifier reads, in seconds since 1970.

    freezegun's ``tz_offset`` moves ``datetime.now(timezone.utc)`` and leaves ``time.time()``. It
    replaces the class in its module, which a name imported from there may miss.
    """
    return datetime_module.datetime.now(datetime_module.timezone.utc).timestamp()


def _control_request(
    name: str, params: Mapping[str, object], base_url: str, request_id: str
) -> ApiRequest:
    given = {param: value for param, value in params.items() if value is not None}
    return ApiRequest(
        "POST", f"{CONTROL_PREFIX}{name}", Credentials(), lambda _: given, base_url, request_id
    )
