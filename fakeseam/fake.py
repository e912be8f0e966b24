"""``FakeSeam``: the object that a test holds. It makes, calls, serves and closes a fake.

The methods that open another way in import it inside the function, so that a test which does not
use it does not pay for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Literal, cast

from .api.auth import Credentials
from .api.rules import Rules
from .api.workspaces.record import API_KEYS
from .control.aio import Aio
from .control.arguments import (
    check_base_url,
    check_bool,
    check_json,
    check_request_log_size,
    check_text,
    id_of,
)
from .control.fault_handles import Faults
from .control.handles import FakeClock, Workspace
from .control.journal import REQUEST_LOG_SIZE
from .control.logs import EventLog, RequestLog
from .control.methods import ControlMethods
from .core.shown import plain
from .errors import ApiError, MisuseError, is_outcome
from .runtime.engine import Engine
from .runtime.request_dispatcher import ApiRequest
from .state.seed_files import Loadable
from .state.snapshots import Snapshot
from .state.state_manager import StateManager, check_seed
from .webhooks.webhook_log import WebhookLog

if TYPE_CHECKING:
    import httpx
    from seam.seam import AsyncSeam, Seam

    from .http.server import Server
    from .http.wsgi import WsgiApp
    from .types import Body

__all__ = ["FakeSeam", "Faults", "Snapshot", "Workspace"]

__tracebackhide__ = is_outcome


class FakeSeam(ControlMethods):
    """One isolated Seam in memory, with a sandbox workspace and an API key to it.

    ``seed`` makes ids and tokens repeatable. ``now``, a datetime or ISO text, stops the clock
    there. URLs in responses begin with ``base_url``. ``strict`` makes leaving ``with`` fail if
    the app used something that Seam or fakeseam does not support. ``request_log_size`` is how
    many requests are kept. The arguments after it are rules, described in
    ``fakeseam.api.rules``. Raises ``MisuseError`` for invalid arguments.
    """

    _engine: Engine
    # The name of a fake among several on one server.
    _name: str | None = None

    def __init__(
        self,
        seed: int = 0,
        now: datetime | str | None = None,
        strict: bool = False,
        base_url: str | None = None,
        api_key: str | None = None,
        workspace_id: str | None = None,
        *,
        request_log_size: int = REQUEST_LOG_SIZE,
        blank_metadata_on_reconnect: Literal["clear", "keep"] = "clear",
        metadata_update: Literal["replace", "merge"] = "replace",
        defer_sync: bool = False,
        lenient_ids: bool = False,
        device_delay: float = 0,
        expired_access_codes: Literal["remove", "keep"] = "remove",
        rate_limits: bool = False,
    ) -> None:
        check_seed(seed)
        if base_url is not None:
            check_base_url(base_url)
        check_request_log_size(request_log_size)
        check_bool("strict", strict)
        self._state = StateManager(
            self,
            name=self._name,
            seed=seed,
            now=now,
            strict=strict,
            base_url=base_url,
            api_key=api_key,
            workspace_id=workspace_id,
            request_log_size=request_log_size,
            rules=Rules(
                blank_metadata_on_reconnect,
                metadata_update,
                defer_sync,
                lenient_ids,
                device_delay,
                expired_access_codes,
                rate_limits,
            ),
        )
        self._engine = engine = self._state.engine
        self.clock: FakeClock = FakeClock(engine, engine.clock)
        self.events: EventLog = EventLog(engine)
        self.requests: RequestLog = RequestLog(engine)
        self.webhooks: WebhookLog = WebhookLog(engine)
        self.faults: Faults = Faults(engine)
        self.aio: Aio = Aio(self, engine, engine.clock)

    def __repr__(self) -> str:
        return f"<FakeSeam seed={self.seed} workspace_id={self.workspace_id}>"

    def __enter__(self) -> FakeSeam:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()
        if exc is None and self._engine.process.is_current:
            self.assert_nothing_unexpected()

    def close(self) -> None:
        """Stops deliveries and threads, and ends every wait."""
        self._state.close()

    # What it is

    @property
    def seed(self) -> int:
        """The seed of its ids and tokens."""
        return self._engine.seed

    @property
    def rules(self) -> Rules:
        """The choices where Seam's documents are silent."""
        return self._engine.rules

    @property
    def strict(self) -> bool:
        """Whether ``assert_nothing_unexpected`` reports strict violations."""
        return self._engine.strict

    @strict.setter
    def strict(self, strict: bool) -> None:
        check_bool("strict", strict)
        self._engine.strict = strict

    @property
    def api_key(self) -> str:
        """The API key of the first workspace."""
        return self._engine.api_key

    @property
    def workspace_id(self) -> str:
        """The id of the first workspace."""
        return self._engine.workspace_id

    @property
    def base_url(self) -> str | None:
        """The base URL that it was made with, without a slash at its end, or None."""
        return self._engine.base_url

    @property
    def address(self) -> str:
        """What URLs in responses begin with: ``base_url``, else the running server's URL, else
        ``http://fakeseam``."""
        return self._engine.address

    # Calling it

    def call(
        self,
        path: str,
        params: Mapping[str, object] | None = None,
        *,
        method: str = "POST",
        token: str | None = None,
        workspace_id: str | None = None,
    ) -> Body:
        """Makes one API call with plain values; returns a fresh copy of the body Seam would send.

        The credentials are the given token of any kind, such as a publishable key, else the key
        of ``workspace_id``, else ``api_key``. An access token needs a ``workspace_id`` except to
        list and create workspaces. Raises ``ApiError`` where Seam would send an error.
        """
        if not isinstance(path, str) or not isinstance({} if params is None else params, Mapping):
            raise MisuseError(
                "fake.call takes a path and a dict of parameters, as in"
                f" fake.call('/devices/list', {{'limit': 1}}), not {path!r} and {params!r}"
            )
        check_json(params or {})
        check_text("method", method, "give an HTTP method such as 'GET', or leave it out")
        if workspace_id is not None:
            check_text("workspace_id", workspace_id, "give a workspace's id, or leave it out")
        is_own_key = token is None and workspace_id is None
        while True:
            key = self.api_key if is_own_key else self._token(token, workspace_id or "")
            request = ApiRequest(
                method.upper(),
                path,
                Credentials.of_token(key, workspace_id),
                lambda _: params or {},
                self.address,
                self._engine.next_request_id(),
            )
            try:
                return cast("Body", plain(self._engine.dispatch(request)))
            except ApiError as refusal:
                # Another thread may have reset the fake since its key was read.
                if not is_own_key or refusal.status != 401 or key == self.api_key:
                    raise

    def client(self, token: str | None = None, workspace: object = None) -> Seam:
        """Returns the official ``seam.Seam`` without a socket, its retries kept (extra ``sdk``).

        Its key is ``api_key``, or the given key or personal access token. A token acts in
        ``workspace``, an id or an object that has one; by default in the first workspace.
        """
        from .sdk.clients import client

        self._engine.process.check()
        workspace_id = self._workspace_id(workspace)
        return client(self._engine, self._token(token, workspace_id), workspace_id)

    def async_client(self, token: str | None = None, workspace: object = None) -> AsyncSeam:
        """Returns the official ``seam.AsyncSeam``; as ``client``."""
        from .sdk.clients import async_client

        self._engine.process.check()
        workspace_id = self._workspace_id(workspace)
        token = self._token(token, workspace_id)
        return async_client(self._engine, token, workspace_id)

    def transport(self) -> httpx.BaseTransport:
        """Returns an httpx transport into this fake, for a client of your own.

        The SDK's other clients take it too: ``seam.SeamWithoutWorkspace(token,
        httpx_options={"transport": fake.transport()})``.
        """
        from .sdk.transports import Transport

        return Transport(self._engine)

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """Returns the same for ``httpx.AsyncClient``."""
        from .sdk.transports import AsyncTransport

        return AsyncTransport(self._engine)

    # Serving it

    @property
    def wsgi_app(self) -> WsgiApp:
        """The fake as a WSGI application."""
        from .http.app import App
        from .http.wsgi import WsgiApp

        return WsgiApp(App(self._engine))

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
        """Runs a server in a thread, and yields it when it accepts requests at its ``url``."""
        from .http.app import App
        from .http.server import Server, listen

        engine = self._engine
        engine.process.check()
        if engine.server_url is not None:
            raise MisuseError(f"this fake is already served, at {engine.server_url}: use that")
        with Server(App(engine), listen(host, port)) as server:
            engine.set_server_url(server.url, host)
            try:
                yield server
            finally:
                engine.set_server_url(None)
                engine.notifier.release_waiters()  # or the server would wait for their requests

    @contextmanager
    def environment(self) -> Iterator[str]:
        """Makes an app that calls ``Seam()`` itself use this fake; yields the fake's URL.

        Inside ``with``, ``SEAM_ENDPOINT`` and ``SEAM_API_KEY`` are those of this fake, and no
        proxy is used for it. httpx clients of this process are answered in the calling thread or
        task, without a socket: those for the fake's URL, for Seam's own, and for the URL that
        ``SEAM_ENDPOINT`` named before. Clients that were made before are too. Other clients and
        other processes reach the fake's URL over HTTP, unless sockets are forbidden. At the end
        everything is restored.
        """
        from .sdk.environment import environment

        self._engine.process.check()
        with environment(self) as url:
            yield url

    # Its state

    def snapshot(self) -> Snapshot:
        """Returns the state as a value, without the faults and the logs."""
        self._engine.touch("snapshot")
        return self._state.snapshot()

    def restore(self, snapshot: Snapshot) -> None:
        """Replaces the state by a snapshot's, its API key included; the clock does not go back."""
        self._engine.touch("restore")
        self._state.restore(snapshot)

    def dump(self, path: str | os.PathLike[str]) -> None:
        """Writes the state to a JSON file."""
        self._engine.touch("dump")
        self._state.write_dump(path)

    def load(self, source: Loadable) -> None:
        """Loads a file, a function that is called with this fake, or a list of these.

        A dump replaces the whole state, its seed included; its key becomes the API key, unless
        this fake was made with one. The steps of a seed file, and what a function does, add to
        the state; ``docs/state.md`` describes the file. All or nothing: raises ``MisuseError``
        for a file that is neither, or a step that is refused, and the state is as before, but
        for what other threads have done meanwhile. What this thread does in it counts as no
        request of the app.
        """
        self._engine.touch("load")
        self._state.load(source)

    def reset(
        self,
        *,
        seed: int | None = None,
        now: datetime | str | None = None,
        strict: bool | None = None,
        blank_metadata_on_reconnect: Literal["clear", "keep"] | None = None,
        metadata_update: Literal["replace", "merge"] | None = None,
        defer_sync: bool | None = None,
        lenient_ids: bool | None = None,
        device_delay: float | None = None,
        expired_access_codes: Literal["remove", "keep"] | None = None,
        rate_limits: bool | None = None,
    ) -> None:
        """Makes the fake as new: the same seed, the same first ids, the clock where it began.

        An argument that is given replaces that of the fake until the next reset. Senders,
        allowed hosts, and snapshots that have an id are discarded too.
        """
        self._engine.touch("reset")
        self._state.reset(
            seed=seed,
            now=now,
            strict=strict,
            blank_metadata_on_reconnect=blank_metadata_on_reconnect,
            metadata_update=metadata_update,
            defer_sync=defer_sync,
            lenient_ids=lenient_ids,
            device_delay=device_delay,
            expired_access_codes=expired_access_codes,
            rate_limits=rate_limits,
        )

    def assert_nothing_unexpected(self) -> None:
        """Raises ``AssertionError`` if ``strict`` and the app used something unsupported.

        That is an unknown parameter or path, or an endpoint that fakeseam does not implement. A
        webhook receiver that raised counts too, and a request of an earlier test's thread or
        task, where the pytest plugin knows it. So does a delivery that waited for its sender in
        vain.
        """
        if self._engine.process.is_current:
            self._engine.touch()
        self._state.assert_nothing_unexpected()

    # Credentials

    def _workspace_id(self, workspace: object) -> str:
        return self.workspace_id if workspace is None else id_of(workspace, "workspace_id")

    def _token(self, token: str | None, workspace_id: str) -> str:
        """Returns the given token, else the API key of the workspace."""
        if token is not None:
            check_text("token", token, "give a key or token as text, or leave it out")
            return token
        if workspace_id == self.workspace_id:
            return self.api_key
        index = ("workspace", workspace_id)
        key = self._engine.read_runtime(lambda runtime: runtime.store.first(API_KEYS, index))
        if key is None:
            raise MisuseError(
                f"This fake has no workspace {workspace_id!r}. Create one with create_workspace()."
            )
        return key.token
