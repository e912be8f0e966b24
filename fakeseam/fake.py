"""``FakeSeam``: the object that a test holds. Everything goes through its one entrance.

The doors to the adapters import them inside the function, so that a test that never opens
a door never pays for it.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from operator import methodcaller
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from .api.auth import LEVER, Credentials
from .api.call import Call, Caller, World
from .api.integrity import check
from .api.records import ApiKey
from .api.tables import API_KEYS, KINDS, WORKSPACES
from .api.rules import Rules
from .control.timeline import as_text
from .core.clock import Clock
from .core.faults import FaultPlan
from .core.ids import Ids
from .core.store import Store
from .delivery import Postman
from .due import DueWork
from .dumps import with_schema, write_dump
from .entrance import Asked, Entrance
from .errors import ApiError, BrokenAnswer, LoginFailed, MisuseError
from .fault_handles import Faults
from .handles import (
    FakeClock,
    Snapshot,
    Workspace,
    check_base_url,
    check_journal_size,
    id_of,
    ids_of,
    listed,
    written,
)
from .inbox import Inbox
from .journal import JOURNAL_SIZE, Journal
from .keeping import Keeping
from .lock import PlainLock
from .logs import EventLog, RequestLog
from .lookout import Lookout
from .routes import Routes
from .seeds import Dump, Loadable
from .seeds import read as read_seeds

if TYPE_CHECKING:
    import httpx
    from seam.seam import AsyncSeam, Seam

    from .server import Server
    from .types import Body, ConnectedAccount
    from .wsgi import WsgiApp

__all__ = ["FakeSeam", "Faults", "Snapshot", "Workspace"]

T = TypeVar("T")

# What a test did wrong, or provoked, is shown by pytest at the test's own line.
_OUTCOMES = (ApiError, BrokenAnswer, LoginFailed, MisuseError)
__tracebackhide__ = methodcaller("errisinstance", _OUTCOMES)

# What addresses begin with when nothing is listening and nobody said otherwise.
NO_ADDRESS = "http://fakeseam"


class FakeSeam:
    """One isolated Seam in memory, with a sandbox workspace and an API key to it.

    ``seed`` makes ids and tokens repeatable; ``now`` (a datetime or ISO text) makes time
    stand there; ``base_url`` is what URLs in answers begin with; ``strict`` makes leaving
    ``with`` fail if the app asked for something that Seam or fakeseam does not have;
    ``journal_size`` is how many requests are kept. The last four are switches, told in
    ``fakeseam.api.rules``. Raises ``MisuseError`` for arguments that make no sense.
    """

    def __init__(
        self,
        seed: int = 0,
        now: datetime | str | None = None,
        strict: bool = False,
        base_url: str | None = None,
        api_key: str | None = None,
        workspace_id: str | None = None,
        *,
        journal_size: int = JOURNAL_SIZE,
        blank_metadata_on_reconnect: Literal["clear", "keep"] = "clear",
        metadata_update: Literal["replace", "merge"] = "replace",
        defer_sync: bool = False,
        lenient_ids: bool = False,
    ) -> None:
        _check_seed(seed)
        if base_url is not None:
            check_base_url(base_url)
        check_journal_size(journal_size)
        _check_strict(strict)
        self.seed: int = seed
        self.strict = strict
        self.base_url = None if base_url is None else base_url.rstrip("/")
        self.rules = Rules(blank_metadata_on_reconnect, metadata_update, defer_sync, lenient_ids)
        # time.time is looked up at each call, so that freezegun and time-machine are obeyed.
        self._time = Clock(now, source=lambda: time.time())
        self.clock = FakeClock(self, self._time)
        self.webhooks = Inbox(self)
        self.routes = Routes()
        self.events = EventLog(self)
        self.requests = RequestLog(self)
        self.faults = Faults(self)
        self._keeping = Keeping(self)
        # What a reset goes back to.
        self._given = (seed, api_key, workspace_id)
        self._given_rules = (strict, self.rules, self._time.position())
        self._journal_size = journal_size
        self._lookout = Lookout(lambda: self._entrance.alone())
        self._url: str | None = None
        self._bound_name: str | None = None
        self._begin()

    def _begin(self) -> None:
        """A world with one workspace in it, and nothing asked yet."""
        _, api_key, workspace_id = self._given
        store = Store(KINDS)
        # By an entrance of its own: a fake that is reset may be called in the meantime.
        _, _, entrance = self._engine(store)
        given = {"api_key": api_key, "workspace_id": workspace_id}
        asked = _pulled("create_workspace", given, NO_ADDRESS, "request0")
        made = entrance.enter(asked)["workspace"]
        self.postman, self._world, self._entrance = self._engine(store)
        self._request_numbers = itertools.count(1)
        self.workspace_id: str = made["workspace_id"]
        self.api_key: str = made["api_key"]

    def _engine(self, store: Store) -> tuple[Postman, World, Entrance]:
        """What stands around a store. There are no faults yet."""
        lock = PlainLock()
        ids = Ids(self.seed)
        journal = Journal(self._journal_size, self._lookout.ring)
        due = DueWork(lambda: world)
        postman = Postman(store, self._time, lock, self.routes, due)
        # Faults with a probability draw from a stream of their own.
        faults = FaultPlan(lambda fault_id, met: ids.chance(fault_id, "fault", met))
        world = World(
            store,
            self._time,
            ids,
            self.rules,
            faults,
            postman,
            journal,
            self._keeping,
            self._lookout,
        )
        return postman, world, Entrance(world, lock)

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
        if exc is None:
            self.assert_nothing_unexpected()

    # What the app does

    def call(
        self,
        path: str,
        params: Mapping[str, object] | None = None,
        *,
        method: str = "POST",
        token: str | None = None,
        workspace_id: str | None = None,
    ) -> Body:
        """One API call with plain values; returns the body Seam would send, fresh.

        As ``api_key``, or as the key of ``workspace_id``, unless a token of any kind is
        given, a publishable key among them; an access token needs a ``workspace_id`` for all
        but listing and making workspaces. Raises ``ApiError`` as Seam would refuse.
        """
        if not isinstance(path, str) or not isinstance(params or {}, Mapping):
            raise MisuseError(
                "fake.call takes a path and a dict of parameters, as in"
                f" fake.call('/devices/list', {{'limit': 1}}), not {path!r} and {params!r}"
            )
        token = self._token(token, workspace_id or self.workspace_id)
        asked = Asked(
            method.upper(),
            path,
            Credentials.of_token(token, workspace_id),
            lambda _: params or {},
            self.address,
            self.request_id(),
        )
        return cast("Body", self.enter(asked))

    def enter(self, asked: Asked) -> dict[str, Any]:
        """Where every way in ends; the adapters call it.

        What has fallen due comes first, what the request causes to be delivered last.
        """
        self.postman.run_due()
        try:
            return self._entrance.enter(asked)
        except _OUTCOMES as outcome:
            raise outcome.with_traceback(None) from None
        finally:
            self.postman.run_due()

    def note_crash(self, method: str, path: str, bug: BaseException) -> None:
        """A bug of the fake's own was answered with a 500; a strict fake tells it again."""
        self._world.journal.note_crash(method, path, bug)

    def request_id(self) -> str:
        """The id of the next request; every answer over HTTP carries one."""
        return f"request{next(self._request_numbers)}"

    @property
    def address(self) -> str:
        """What URLs in answers begin with: ``base_url``, else the running server's, else
        ``http://fakeseam``."""
        if self.base_url is not None:
            return self.base_url
        return self._url or NO_ADDRESS

    def reached_at(self, address: str | None) -> str:
        """What URLs in an answer begin with, to a request that came to ``address``, if any."""
        return self.base_url or address or self.address

    def client(self, token: str | None = None, workspace: object = None) -> Seam:
        """The official ``seam.Seam`` without a socket, its retries kept (extra ``sdk``).

        As ``api_key`` unless another key or a personal access token is given; the latter
        acts in ``workspace`` (an id, or anything that carries one), by default the first.
        """
        from .sdk import client

        workspace_id = self._workspace_id(workspace)
        return client(self, self._token(token, workspace_id), workspace_id)

    def async_client(self, token: str | None = None, workspace: object = None) -> AsyncSeam:
        """The official ``seam.AsyncSeam``, as ``client``."""
        from .sdk import async_client

        workspace_id = self._workspace_id(workspace)
        return async_client(self, self._token(token, workspace_id), workspace_id)

    def transport(self) -> httpx.BaseTransport:
        """An httpx transport into this fake, for a client of your own.

        So too for the SDK's other clients: ``seam.SeamWithoutWorkspace(token,
        httpx_options={"transport": fake.transport()})``.
        """
        from .sdk import Transport

        return Transport(self)

    def async_transport(self) -> httpx.AsyncBaseTransport:
        """The same for ``httpx.AsyncClient``."""
        from .sdk import AsyncTransport

        return AsyncTransport(self)

    @property
    def wsgi_app(self) -> WsgiApp:
        """The fake as a WSGI application."""
        from .wsgi import WsgiApp

        return WsgiApp(self)

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[Server]:
        """A live server in a thread, answering when this returns: ``.url``, ``.port``."""
        from .server import Server, listen

        if self._url is not None:
            raise MisuseError(f"this fake is already served, at {self._url}: use that")
        with Server(self.wsgi_app, listen(host, port)) as server:
            self.served_at(server.url, host)
            try:
                yield server
            finally:
                self.served_at(None)
                self._lookout.let_go()  # else the server would wait for whoever waits

    def served_at(self, url: str | None, name: str | None = None) -> None:
        """Where a server answers for this fake, and the host that it was told to listen at.

        URLs in answers in process begin with the one; the fake's own routes go by both.
        """
        self._url, self._bound_name = url, name

    @property
    def names(self) -> list[str]:
        """The addresses and hosts that this fake goes by, beside the loopback's."""
        return [one for one in (self._url, self._bound_name) if one is not None]

    # What the user and the provider do

    def complete_connect_webview(
        self,
        webview: object,
        provider: str | None = None,
        email: str | None = None,
        *,
        username: str | None = None,
        phone: str | None = None,
        api_url: str | None = None,
        site: str | None = None,
        password: str | None = None,
        code: str | None = None,
        extras: Mapping[str, str] | None = None,
        devices: Iterable[Mapping[str, object]] | None = None,
    ) -> ConnectedAccount:
        """Sign in at a webview: as somebody new at its first provider, unless told otherwise.

        ``webview`` is an id or anything that carries one. Returns the account as the API
        shows it. Credentials are judged only if ``password``, ``code`` or ``extras`` (a
        brand's own fields, such as ``api_key``) are given; those that fail on purpose are in
        docs/login-page.md, and ``slow`` signs in at once. Each of ``devices`` has a ``name``,
        and whatever else a device shows; they come in place of the provider's usual ones,
        whose first of a kind lends them what they lack. Raises ``LoginFailed`` when the login
        does not succeed, ``MisuseError`` for a used webview.
        """
        body = self.pull(
            "complete_connect_webview",
            connect_webview_id=id_of(webview, "connect_webview_id"),
            provider=provider,
            email=email,
            username=username,
            phone=phone,
            api_url=api_url,
            site=site,
            password=password,
            code=code,
            extras=extras,
            devices=listed(devices),
        )
        return cast("ConnectedAccount", body["connected_account"])

    def fail_connect_webview(
        self, webview: object, error_code: str | None = None, provider: str | None = None
    ) -> str | None:
        """A login at a webview fails; returns where its page would send the browser."""
        body = self.pull(
            "fail_connect_webview",
            connect_webview_id=id_of(webview, "connect_webview_id"),
            error_code=error_code,
            provider=provider,
        )
        return cast("str | None", body["redirect_url"])

    def connect_account(
        self,
        provider: str | None = None,
        email: str | None = None,
        custom_metadata: Mapping[str, str | bool | None] | None = None,
        connected_account_id: str | None = None,
        *,
        username: str | None = None,
        phone: str | None = None,
        api_url: str | None = None,
        site: str | None = None,
        customer_key: str | None = None,
        automatically_manage_new_devices: bool = True,
        workspace_id: str | None = None,
        devices: Iterable[Mapping[str, object]] | None = None,
    ) -> ConnectedAccount:
        """A webview made and completed at once, at ``august`` unless told otherwise.

        A ``connected_account_id`` is kept, so tests with ids written down keep them; one that
        is taken or malformed is a ``MisuseError``. ``devices`` as in
        ``complete_connect_webview``.
        """
        body = self.pull(
            "connect_account",
            provider=provider,
            email=email,
            custom_metadata=custom_metadata,
            connected_account_id=connected_account_id,
            username=username,
            phone=phone,
            api_url=api_url,
            site=site,
            customer_key=customer_key,
            automatically_manage_new_devices=automatically_manage_new_devices,
            workspace_id=workspace_id,
            devices=listed(devices),
        )
        return cast("ConnectedAccount", body["connected_account"])

    def set_provider_devices(
        self, provider: str, devices: Iterable[Mapping[str, object]] | None = None
    ) -> None:
        """What every later login at a provider brings; without ``devices`` the usual ones."""
        self.pull("set_provider_devices", provider=provider, devices=listed(devices))

    def sync_account(self, account: object) -> None:
        """Look for the account's devices again; carries out a first sync that was deferred."""
        account_id = id_of(account, "connected_account_id")
        self.pull("sync_account", connected_account_id=account_id)

    def disconnect_account(self, account: object) -> None:
        """The provider breaks the account; only a login at a new webview mends it."""
        account_id = id_of(account, "connected_account_id")
        self.pull("disconnect_account", connected_account_id=account_id)

    def reconnect_account(
        self,
        account: object,
        custom_metadata: Mapping[str, str | bool | None] | None = None,
    ) -> ConnectedAccount:
        """The account's user signs in again, at a new webview; returns the account.

        The webview carries this metadata, by default the account's own; by Seam's rule it
        replaces that of the account.
        """
        body = self.pull(
            "reconnect_account",
            connected_account_id=id_of(account, "connected_account_id"),
            custom_metadata=custom_metadata,
        )
        return cast("ConnectedAccount", body["connected_account"])

    def request_reauthorization(self, account: object) -> None:
        """The provider wants the account authorised again; until then it goes on working."""
        account_id = id_of(account, "connected_account_id")
        self.pull("request_reauthorization", connected_account_id=account_id)

    def add_account_error(
        self, account: object, error_code: str, message: str | None = None, **members: object
    ) -> None:
        """The account, and so its devices, has this error; ``members`` are those of its code,
        such as ``salto_ks_metadata``. One that is there already is changed."""
        self._strike("add_account_error", account, error_code, message, members)

    def add_account_warning(
        self, account: object, warning_code: str, message: str | None = None, **members: object
    ) -> None:
        """The account has this warning; as ``add_account_error``."""
        self._strike("add_account_warning", account, warning_code, message, members)

    def clear_account_error(self, account: object, error_code: str) -> None:
        """The account has this error no more; nothing happens if it had not."""
        self._strike("clear_account_error", account, error_code)

    def clear_account_warning(self, account: object, warning_code: str) -> None:
        """The account has this warning no more; nothing happens if it had not."""
        self._strike("clear_account_warning", account, warning_code)

    def add_device_error(
        self, device: object, error_code: str, message: str | None = None, **members: object
    ) -> None:
        """The device has this error, announced as if it had come about by itself."""
        self._strike("add_device_error", device, error_code, message, members)

    def add_device_warning(
        self, device: object, warning_code: str, message: str | None = None, **members: object
    ) -> None:
        """The device has this warning; ``members`` are those of its code."""
        self._strike("add_device_warning", device, warning_code, message, members)

    def clear_device_error(self, device: object, error_code: str) -> None:
        """The device has this error no more; nothing happens if it had not."""
        self._strike("clear_device_error", device, error_code)

    def clear_device_warning(self, device: object, warning_code: str) -> None:
        """The device has this warning no more; nothing happens if it had not."""
        self._strike("clear_device_warning", device, warning_code)

    def _strike(
        self,
        lever: str,
        thing: object,
        code: str,
        message: str | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        """Pull one of the eight levers above, whose names say what each of them takes."""
        _, subject, kind = lever.split("_")
        key = "connected_account_id" if subject == "account" else "device_id"
        params = {key: id_of(thing, key), f"{kind}_code": code, "message": message}
        self.pull(lever, **params, members=members or None)

    # Who may ask

    def create_workspace(
        self,
        name: str | None = None,
        is_sandbox: bool = True,
        *,
        connect_partner_name: str | None = None,
        api_key: str | None = None,
    ) -> Workspace:
        """A second workspace, with a key of its own."""
        made = self.pull(
            "create_workspace",
            name=name,
            is_sandbox=is_sandbox,
            connect_partner_name=connect_partner_name,
            api_key=api_key,
        )["workspace"]
        return Workspace(self, made["workspace_id"], made["api_key"])

    def create_client_session(
        self,
        user_identifier_key: str | None = None,
        *,
        connect_webview_ids: Iterable[str] = (),
        connected_account_ids: Iterable[str] = (),
        customer_key: str | None = None,
        user_identity_id: str | None = None,
        expires_at: datetime | str | None = None,
        workspace_id: str | None = None,
    ) -> str:
        """The token of a new client session, which sees what it is given and what it makes.

        It expires after a year unless told otherwise; a time that has passed is allowed.
        """
        return str(
            self.pull(
                "create_client_session",
                user_identifier_key=user_identifier_key,
                connect_webview_ids=ids_of(connect_webview_ids),
                connected_account_ids=ids_of(connected_account_ids),
                customer_key=customer_key,
                user_identity_id=user_identity_id,
                expires_at=written(expires_at),
                workspace_id=workspace_id,
            )["token"]
        )

    def create_personal_access_token(self) -> str:
        """A token for every workspace of this fake, to be sent with a workspace's id.

        Without one it lists the workspaces and makes new ones.
        """
        return str(self.pull("create_personal_access_token")["token"])

    # State

    def timeline(self) -> str:
        """What happened, on lines: calls, levers, webhook attempts; what each changed.

        At most the last 1,000, and without what only looked.
        """
        return as_text(self.pull("timeline")["timeline"])

    def snapshot(self) -> Snapshot:
        """All that Seam would know, as a value; faults and the journal are no part of it."""
        with self._entrance.alone() as world:
            return Snapshot(world.store.snapshot(), self.seed, self.api_key, self.workspace_id)

    def restore(self, snapshot: Snapshot) -> None:
        """Know again exactly what a snapshot knew, its key included; time does not go back."""
        if not isinstance(snapshot, Snapshot):
            raise MisuseError(f"restore takes what fake.snapshot() returned, not {snapshot!r}")
        with self._entrance.alone() as world:
            world.store.restore(snapshot.store)
            self.postman.forget()
            world.ids.seed = self.seed = snapshot.seed
            self.api_key, self.workspace_id = snapshot.api_key, snapshot.workspace_id
        self._lookout.ring()

    def dump(self, path: str | os.PathLike[str]) -> None:
        """Write all that Seam would know to a JSON file."""
        write_dump(path, self.dumped())

    def dumped(self) -> dict[str, Any]:
        """What the file of a dump holds."""
        with self._entrance.alone() as world:
            own = {"seed": self.seed, "workspace_id": self.workspace_id, "api_key": self.api_key}
            return with_schema({**own, "store": world.store.dump()})

    def load(self, source: Loadable) -> None:
        """Load a file, or a function that is called with this fake, or several of these.

        What ``dump`` wrote takes the place of everything, its seed included; its key is the key
        now, unless this fake was given one of its own. A seed file's steps, and what a function
        does, come on top; ``docs/state.md`` tells how one is written. All or nothing: raises
        ``MisuseError`` for a file that is none, or a step that is refused, and the fake is as
        it was. None of it is a request of the app's.
        """
        sources = read_seeds(source)
        put_back, journal = self._kept(), self._world.journal
        before, journal.is_setting_up = journal.is_setting_up, True
        try:
            for one in sources:
                one.carry_out(self)
        except BaseException:
            put_back()
            raise
        finally:
            journal.is_setting_up = before

    def take_up(self, dump: Dump) -> None:
        """Know what a dump knew; for ``load``, which has looked at its schema."""
        store, state = Store(KINDS), dump.state
        try:
            store.load(state["store"])
            seed, key, workspace = state["seed"], state["api_key"], state["workspace_id"]
            _check_seed(seed)
            if store.get(WORKSPACES, workspace) is None or store.get(API_KEYS, key) is None:
                raise ValueError("its workspace or key is missing")
            world = replace(self._world, store=store)
            check(Call(world, Caller(LEVER), self.address, "/", {}))
        except Exception as exc:
            raise MisuseError(f"{dump.name} is a damaged dump: {exc!r}") from exc
        _, given_key, _ = self._given
        if given_key is not None and store.get(API_KEYS, given_key) is None:
            store.put(API_KEYS, ApiKey(given_key, store.all(API_KEYS)[0].created_at, workspace))
        self.restore(Snapshot(store.snapshot(), seed, given_key or key, workspace))

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
    ) -> None:
        """As new: the same seed, the same first ids, the clock where it began.

        What is given is taken in place of what this fake was made with, until the next reset.
        Where deliveries go is forgotten too, and so are snapshots that went by an id.
        """
        if self._world.journal.is_setting_up:
            raise MisuseError("what is loaded adds to the fake: call reset() before load()")
        given_strict, rules, begun_at = self._given_rules
        switches: dict[str, Any] = {
            "blank_metadata_on_reconnect": blank_metadata_on_reconnect,
            "metadata_update": metadata_update,
            "defer_sync": defer_sync,
            "lenient_ids": lenient_ids,
        }
        rules = replace(rules, **{name: it for name, it in switches.items() if it is not None})
        if now is not None:
            begun_at = Clock(now, source=time.time).position()
        if seed is not None:
            _check_seed(seed)
        self.postman.close()
        self._keeping.forget()
        self.routes = Routes()
        self._time.put(begun_at)
        self.seed = self._given[0] if seed is None else seed
        self.rules, self.strict = rules, given_strict if strict is None else strict
        self._begin()
        self._lookout.ring()

    def close(self) -> None:
        """The end: nothing is delivered any more, nobody waits, and no thread runs on."""
        self.postman.close()
        self._lookout.close()
        self._keeping.forget()

    def assert_nothing_unexpected(self) -> None:
        """When ``strict``, raises ``AssertionError`` listing what the app should not have
        asked for: unknown parameters and paths, endpoints that are not modelled."""
        if self.strict and self._world.journal.complaints:
            listed = "".join(f"\n  {complaint}" for complaint in self._world.journal.complaints)
            raise AssertionError(f"strict: the app asked for what it should not have:{listed}")

    # Inside

    def _kept(self) -> Callable[[], None]:
        """What puts this fake back to where it is now, its clock, faults and routes included."""
        before, world = self.snapshot(), self._world
        position, faults = self._time.position(), world.faults.position()
        complaints, strict = dict(world.journal.complaints), self.strict
        senders, allowed = list(self.routes.senders), set(self.routes.allowed)

        def put_back() -> None:
            self.restore(before)
            self.strict = strict
            self.routes.senders, self.routes.allowed = senders, allowed
            with self._entrance.alone():
                self._time.put(position)
                world.faults.put(faults)
                world.journal.complaints = complaints

        return put_back

    def _workspace_id(self, workspace: object) -> str:
        return self.workspace_id if workspace is None else id_of(workspace, "workspace_id")

    def _token(self, token: str | None, workspace_id: str) -> str:
        """What was given, else the key of the workspace."""
        if token is not None or workspace_id == self.workspace_id:
            return self.api_key if token is None else token
        with self._entrance.alone() as world:
            key = world.store.first(API_KEYS, ("workspace", workspace_id))
        if key is None:
            raise MisuseError(f"no workspace {workspace_id!r} here; create_workspace() makes one")
        return key.token

    def pull(self, lever: str, **params: object) -> dict[str, Any]:
        """Call a lever by its name under ``/_fakeseam/``; None stands for a parameter that is
        not sent."""
        return self.enter(_pulled(lever, params, self.address, self.request_id()))

    @property
    def fault_plan(self) -> FaultPlan:
        """The faults since this fake was made or reset; handles on them hold on to it."""
        return self._world.faults

    def look(self, at: Callable[[World], T]) -> T:
        """What can be seen of the world at this moment; ``events`` and the like call it."""
        return self._lookout.look(at)


def _check_seed(seed: object) -> None:
    if not isinstance(seed, int) or isinstance(seed, bool):
        raise MisuseError(f"seed={seed!r}: a seed is an int")


def _check_strict(strict: object) -> None:
    if not isinstance(strict, bool):
        raise MisuseError(f"strict={strict!r}: True or False")


def _pulled(
    lever: str, params: Mapping[str, object], address: str, request_id: str
) -> Asked:
    """A request for a lever; None stands for a parameter that is not sent."""
    sent = {name: value for name, value in params.items() if value is not None}
    path = f"/_fakeseam/{lever}"
    return Asked("POST", path, Credentials(), lambda _: sent, address, request_id)
