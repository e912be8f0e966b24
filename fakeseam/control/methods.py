"""The control methods of ``FakeSeam``: each one calls the control endpoint of its name."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from ..errors import is_outcome
from .answer_plan import AnswerFunction
from .answers import AnswerHandle, add_function
from .arguments import (
    copy_of_body,
    event_value,
    id_of,
    ids_of,
    refuse_none,
    to_list,
    to_timestamp,
    workspace_id_of,
)
from .code_methods import CodeMethods
from .context import ControlCaller
from .handles import Workspace
from .lock_methods import LockMethods
from .timeline import timeline_text

if TYPE_CHECKING:
    from seam.seam import AsyncSeam, Seam

    from ..types import ConnectedAccount, ConnectWebview, Event

__all__ = ["ControlMethods"]

__tracebackhide__ = is_outcome


class ControlMethods(LockMethods, CodeMethods):
    """What a test does in place of the app's user, the provider and Seam's console."""

    _engine: ControlCaller

    @abstractmethod
    def client(self, token: str | None = None, workspace: object = None) -> Seam:
        """Returns the official SDK; a workspace needs it."""

    @abstractmethod
    def async_client(self, token: str | None = None, workspace: object = None) -> AsyncSeam:
        """Returns the official asynchronous SDK; a workspace needs it."""

    @abstractmethod
    def snapshot(self) -> Any:
        """Returns the state as a value."""

    @abstractmethod
    def restore(self, snapshot: Any) -> None:
        """Replaces the state by a snapshot's."""

    @abstractmethod
    def dump(self, path: str | os.PathLike[str]) -> None:
        """Writes the state to a JSON file."""

    @abstractmethod
    def load(self, source: Any) -> None:
        """Loads a file, a function, or a list of these."""

    @abstractmethod
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
        """Makes the fake as new."""

    # The user at a webview

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
        connected_account_id: str | None = None,
    ) -> ConnectedAccount:
        """Signs in at a webview, by default as a new user at its first provider.

        ``webview`` is an id, an object that has one, or a URL with one in its query, such as
        the webview's ``url``. Returns the account as the API shows it; ``webview_redirect_url``
        returns where the browser went. Credentials are checked only if ``password``, ``code`` or
        ``extras`` (a brand's own fields, such as ``api_key``) are given; docs/login-page.md lists
        those that fail on purpose, and ``slow`` signs in at once. Each of ``devices`` has a
        ``name``, and any other property that a device shows; its ``device_id`` becomes its id.
        They replace the provider's usual devices; the first usual device of a kind gives the
        properties that are left out. A given ``connected_account_id`` becomes the account's id.
        Raises ``LoginFailed`` if the login fails, ``MisuseError`` for a used webview, or for an
        id that is taken or malformed.
        """
        body = self._engine.call_control(
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
            devices=to_list(devices),
            connected_account_id=connected_account_id,
        )
        return cast("ConnectedAccount", body["connected_account"])

    def fail_connect_webview(
        self, webview: object, error_code: str | None = None, provider: str | None = None
    ) -> str | None:
        """Fails a login at a webview; returns where its page would send the browser."""
        body = self._engine.call_control(
            "fail_connect_webview",
            connect_webview_id=id_of(webview, "connect_webview_id"),
            error_code=error_code,
            provider=provider,
        )
        return cast("str | None", body["redirect_url"])

    def webview_redirect_url(self, webview: object) -> str | None:
        """Returns where the page of a webview sent the browser after a successful login.

        ``webview`` as in ``complete_connect_webview``. Returns None if the page redirects
        nowhere; raises ``MisuseError`` if no login has succeeded.
        """
        body = self._engine.call_control(
            "webview_redirect_url", connect_webview_id=id_of(webview, "connect_webview_id")
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
        connect_webview_id: str | None = None,
    ) -> ConnectedAccount:
        """Creates a webview and completes it at once, by default at ``august``.

        A given ``connected_account_id`` becomes the account's id, a ``connect_webview_id`` the
        webview's; raises ``MisuseError`` if it is taken or malformed. ``devices`` as in
        ``complete_connect_webview``.
        """
        refuse_none(automatically_manage_new_devices=automatically_manage_new_devices)
        body = self._engine.call_control(
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
            workspace_id=workspace_id_of(workspace_id),
            devices=to_list(devices),
            connect_webview_id=connect_webview_id,
        )
        return cast("ConnectedAccount", body["connected_account"])

    def reconnect_account(
        self,
        account: object,
        custom_metadata: Mapping[str, str | bool | None] | None = None,
        *,
        connect_webview_id: str | None = None,
    ) -> ConnectedAccount:
        """Signs the account's user in again, at a new webview; returns the account.

        The webview has this metadata, by default the account's own. By Seam's rule it replaces
        the account's metadata. A given ``connect_webview_id`` becomes the webview's id; raises
        ``MisuseError`` if it is taken or malformed.
        """
        body = self._engine.call_control(
            "reconnect_account",
            connected_account_id=id_of(account, "connected_account_id"),
            custom_metadata=custom_metadata,
            connect_webview_id=connect_webview_id,
        )
        return cast("ConnectedAccount", body["connected_account"])

    # The provider

    def disconnect_account(self, account: object) -> None:
        """Disconnects the account, as its provider does; only a login at a webview repairs it."""
        self._call_account("disconnect_account", account)

    def request_reauthorization(self, account: object) -> None:
        """Asks for the account to be authorized again; it goes on working until then."""
        self._call_account("request_reauthorization", account)

    def sync_account(self, account: object) -> None:
        """Looks for the account's devices again; runs a deferred first sync."""
        self._call_account("sync_account", account)

    def set_provider_devices(
        self, provider: str, devices: Iterable[Mapping[str, object]] | None = None
    ) -> None:
        """Sets the devices of every later login at a provider; None sets the usual ones."""
        self._engine.call_control(
            "set_provider_devices", provider=provider, devices=to_list(devices)
        )

    # Errors and warnings

    def add_account_error(
        self, /, account: object, error_code: str, message: str | None = None, **members: object
    ) -> None:
        """Adds an error to the account, and so to its devices; changes one with the same code.

        ``members`` are those of the code, such as ``salto_ks_metadata``.
        """
        self._edit_account("add_account_error", account, error_code, message, members)

    def add_account_warning(
        self, /, account: object, warning_code: str, message: str | None = None, **members: object
    ) -> None:
        """Adds a warning to the account; as ``add_account_error``."""
        self._edit_account("add_account_warning", account, warning_code, message, members)

    def clear_account_error(self, account: object, error_code: str) -> None:
        """Removes an error from the account; does nothing without such an error."""
        self._edit_account("clear_account_error", account, error_code)

    def clear_account_warning(self, account: object, warning_code: str) -> None:
        """Removes a warning from the account; does nothing without such a warning."""
        self._edit_account("clear_account_warning", account, warning_code)

    def add_device_error(
        self, /, device: object, error_code: str, message: str | None = None, **members: object
    ) -> None:
        """Adds an error to the device; emits the events of an error that happens by itself."""
        self._edit_device("add_device_error", device, error_code, message, members)

    def add_device_warning(
        self, /, device: object, warning_code: str, message: str | None = None, **members: object
    ) -> None:
        """Adds a warning to the device; ``members`` are those of its code."""
        self._edit_device("add_device_warning", device, warning_code, message, members)

    def clear_device_error(self, device: object, error_code: str) -> None:
        """Removes an error from the device; does nothing without such an error."""
        self._edit_device("clear_device_error", device, error_code)

    def clear_device_warning(self, device: object, warning_code: str) -> None:
        """Removes a warning from the device; does nothing without such a warning."""
        self._edit_device("clear_device_warning", device, warning_code)

    def create_connect_webview(
        self,
        connect_webview_id: str | None = None,
        /,
        *,
        workspace_id: str | None = None,
        **params: object,
    ) -> ConnectWebview:
        """Creates a webview as the app would, with the parameters of ``/connect_webviews/create``.

        A given ``connect_webview_id`` becomes its id; raises ``MisuseError`` if it is taken or
        malformed, and for wrong parameters.
        """
        body = self._engine.call_control(
            "create_connect_webview",
            connect_webview_id=connect_webview_id,
            params=params,
            workspace_id=workspace_id_of(workspace_id),
        )
        return cast("ConnectWebview", body["connect_webview"])

    # Credentials

    def create_workspace(
        self,
        name: str | None = None,
        is_sandbox: bool = True,
        *,
        connect_partner_name: str | None = None,
        workspace_id: str | None = None,
        api_key: str | None = None,
        publishable_key: str | None = None,
    ) -> Workspace:
        """Creates another workspace, with an API key of its own.

        Raises ``MisuseError`` for a given id or key that is taken or malformed.
        """
        refuse_none(is_sandbox=is_sandbox)
        workspace = self._engine.call_control(
            "create_workspace",
            name=name,
            is_sandbox=is_sandbox,
            connect_partner_name=connect_partner_name,
            workspace_id=workspace_id,
            api_key=api_key,
            publishable_key=publishable_key,
        )["workspace"]
        return Workspace(self, workspace["workspace_id"], workspace["api_key"])

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
        client_session_id: str | None = None,
        token: str | None = None,
    ) -> str:
        """Creates a client session, which sees what it is given and what it creates.

        Returns its token, which expires after a year by default; a time in the past is allowed.
        Raises ``MisuseError`` for a given id or token that is taken or malformed; a token starts
        with ``seam_cst``.
        """
        body = self._engine.call_control(
            "create_client_session",
            user_identifier_key=user_identifier_key,
            connect_webview_ids=ids_of(connect_webview_ids),
            connected_account_ids=ids_of(connected_account_ids),
            customer_key=customer_key,
            user_identity_id=user_identity_id,
            expires_at=to_timestamp(expires_at),
            workspace_id=workspace_id_of(workspace_id),
            client_session_id=client_session_id,
            token=token,
        )
        return str(body["token"])

    def create_personal_access_token(self, token: str | None = None) -> str:
        """Creates a token for every workspace of this fake, to be sent with a workspace's id.

        Without a workspace's id it lists the workspaces and creates new ones. Raises
        ``MisuseError`` for a given token that is taken or malformed; it starts with ``seam_at``.
        """
        body = self._engine.call_control("create_personal_access_token", token=token)
        return str(body["token"])

    # Events

    def emit(
        self, event_type: str, /, *, workspace_id: str | None = None, **fields: object
    ) -> Event:
        """Emits an event of any type that Seam documents, as if it had happened; returns it.

        Nothing else changes: ``device.low_battery`` leaves the device's battery as it is. The
        value of a field that ends in ``_id`` is an id, or an object that has one. Ids and metadata
        that are left out are those of the account, device, webview or space that is named, or of
        the workspace's only one. The event is listed, signed and sent as all others are. Raises
        ``MisuseError`` for an unknown type or field, a wrong value, and for one that is missing
        and that the fake cannot know.
        """
        given = {name: event_value(name, value) for name, value in fields.items()}
        body = self._engine.call_control(
            "emit",
            event_type=event_type,
            fields=given,
            workspace_id=workspace_id_of(workspace_id),
        )
        return cast("Event", body["event"])

    # Endpoints that fakeseam does not implement

    def answer(
        self, route: str, answer: Mapping[str, object] | AnswerFunction
    ) -> AnswerHandle:
        """Answers the app's requests to an endpoint that fakeseam does not wholly implement.

        ``route`` is a path, or a method and a path; an answer for POST is for the other methods
        too, as Seam takes POST everywhere. ``answer`` is the JSON body that Seam would send, with
        its response key, or a function of an ``AppRequest`` that returns it. The function may call
        this fake, and raise an ``ApiError`` to refuse. The answer given last is used. Returns a
        handle that removes it, by ``remove()`` or at the end of a ``with`` block. Raises
        ``MisuseError`` for an endpoint that fakeseam implements.
        """
        if callable(answer):
            self._engine.touch()
            return AnswerHandle(self._engine, add_function(self._engine.runtime, route, answer))
        body = self._engine.call_control("answer", route=route, body=copy_of_body(answer))
        return AnswerHandle(self._engine, body["answer"]["answer_id"])

    # What happened

    def timeline(self) -> str:
        """Returns requests, control calls and webhook attempts as lines, with their changes.

        At most the last 1,000 of them; calls that only read are left out.
        """
        return timeline_text(self._engine.call_control("timeline")["timeline"])

    # Arguments that several methods share

    def _call_account(self, name: str, account: object) -> None:
        account_id = id_of(account, "connected_account_id")
        self._engine.call_control(name, connected_account_id=account_id)

    def _edit_account(
        self,
        name: str,
        account: object,
        code: str,
        message: str | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        params = {"connected_account_id": id_of(account, "connected_account_id")}
        self._edit(name, params, code, message, members)

    def _edit_device(
        self,
        name: str,
        device: object,
        code: str,
        message: str | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        self._edit(name, {"device_id": id_of(device, "device_id")}, code, message, members)

    def _edit(
        self,
        name: str,
        params: Mapping[str, str],
        code: str,
        message: str | None,
        members: Mapping[str, object] | None,
    ) -> None:
        code_param = "error_code" if name.endswith("_error") else "warning_code"
        given = {**params, code_param: code, "message": message}
        self._engine.call_control(name, **given, members=members or None)
