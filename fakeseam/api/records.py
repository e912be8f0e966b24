"""What the fake keeps: one frozen record a thing, and the indexes it is found by.

A record holds no address, nothing derived, and nothing that anybody could change in place.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..core.store import Kind

__all__ = [
    "ACCESS_TOKENS",
    "ACCOUNTS",
    "API_KEYS",
    "DEVICES",
    "EVENTS",
    "KINDS",
    "SESSIONS",
    "STAMPS",
    "WEBVIEWS",
    "WORKSPACES",
    "AccessToken",
    "ApiKey",
    "ClientSession",
    "ConnectWebview",
    "ConnectedAccount",
    "Device",
    "Event",
    "EventStamp",
    "Workspace",
    "metadata_text",
]

Metadata = Mapping[str, "str | bool"]
Trouble = Mapping[str, Any]


@dataclass(frozen=True)
class Workspace:
    """``ordinal`` counts the workspaces of one fake; ids inside are hashed from it."""

    workspace_id: str
    created_at: str
    ordinal: int
    name: str
    connect_partner_name: str | None
    is_sandbox: bool
    publishable_key: str
    connect_webview_customization: Metadata


@dataclass(frozen=True)
class ApiKey:
    token: str
    created_at: str
    workspace_id: str


@dataclass(frozen=True)
class AccessToken:
    """A personal access token: good for every workspace of the fake."""

    token: str
    created_at: str


@dataclass(frozen=True)
class ClientSession:
    client_session_id: str
    workspace_id: str
    created_at: str
    expires_at: str
    token: str
    user_identifier_key: str | None
    customer_key: str | None
    connect_webview_ids: tuple[str, ...]
    connected_account_ids: tuple[str, ...]
    is_revoked: bool


@dataclass(frozen=True)
class ConnectWebview:
    """``state`` is a state of the webview's table; ``capabilities_given`` tells a list that
    was asked for from one that was worked out; ``syncing_account_id`` is the account whose
    first sync it waits for."""

    connect_webview_id: str
    workspace_id: str
    created_at: str
    auth_token: str
    state: str
    custom_metadata: Metadata
    accepted_providers: tuple[str, ...]
    accepted_capabilities: tuple[str, ...]
    capabilities_given: bool
    automatically_manage_new_devices: bool
    wait_for_device_creation: bool
    device_selection_mode: str
    custom_redirect_url: str | None
    custom_redirect_failure_url: str | None
    customer_key: str | None
    authorized_at: str | None
    connected_account_id: str | None
    selected_provider: str | None
    syncing_account_id: str | None


@dataclass(frozen=True)
class ConnectedAccount:
    """``state`` is a state of the account's table; ``identifier`` and ``site`` are what makes
    a later login the same account; ``unsynced`` is what its next sync has to announce."""

    connected_account_id: str
    workspace_id: str
    created_at: str
    state: str
    provider: str
    identifier: str
    site: str
    user_identifier: Mapping[str, str]
    display_name: str | None
    custom_metadata: Metadata
    automatically_manage_new_devices: bool
    accepted_capabilities: tuple[str, ...]
    capabilities_given: bool
    customer_key: str | None
    errors: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]
    unsynced: tuple[str, ...]


@dataclass(frozen=True)
class Device:
    """``name`` is the provider's own name for it, and what a later login finds it by.

    Errors are the device's own; its account's are added when it is shown.
    ``announced_online`` is what the last event said of its connection.
    """

    device_id: str
    workspace_id: str
    connected_account_id: str
    created_at: str
    provider: str
    name: str
    nickname: str | None
    device_type: str
    manufacturer: str
    model: str
    capabilities_supported: tuple[str, ...]
    flags: tuple[str, ...]
    custom_metadata: Metadata
    customer_key: str | None
    is_managed: bool
    announced_online: bool
    errors: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]


@dataclass(frozen=True)
class Event:
    """``payload`` is everything beside the id, the type, the workspace and the moment."""

    event_id: str
    workspace_id: str
    created_at: str
    event_type: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class EventStamp:
    """A workspace's last reading of the clock and last event stamp, in milliseconds."""

    workspace_id: str
    created_at: str
    reading: int
    stamped: int


def metadata_text(value: str | bool) -> str:
    """How a metadata value is written in a query: booleans as ``true`` and ``false``."""
    return ("true" if value else "false") if isinstance(value, bool) else value


def _of_metadata(workspace_id: str, metadata: Metadata) -> Iterator[Hashable]:
    for key, value in metadata.items():
        yield ("metadata", workspace_id, key, metadata_text(value))


def _of_webview(webview: ConnectWebview) -> Iterator[Hashable]:
    yield ("workspace", webview.workspace_id)
    if webview.customer_key is not None:
        yield ("customer", webview.workspace_id, webview.customer_key)
    if webview.syncing_account_id is not None:
        yield ("syncing", webview.workspace_id, webview.syncing_account_id)
    yield from _of_metadata(webview.workspace_id, webview.custom_metadata)


def _of_account(account: ConnectedAccount) -> Iterator[Hashable]:
    workspace_id = account.workspace_id
    yield ("workspace", workspace_id)
    if account.customer_key is not None:
        yield ("customer", workspace_id, account.customer_key)
    yield ("identity", workspace_id, account.provider, account.identifier, account.site)
    if "email" in account.user_identifier:
        yield ("email", workspace_id, account.user_identifier["email"].lower())
    yield from _of_metadata(workspace_id, account.custom_metadata)


def _of_device(device: Device) -> Iterator[Hashable]:
    workspace_id = device.workspace_id
    yield ("workspace", workspace_id)
    yield ("managed", workspace_id, device.is_managed)
    yield ("account", workspace_id, device.connected_account_id)
    if device.customer_key is not None:
        yield ("customer", workspace_id, device.customer_key)
    yield ("type", workspace_id, device.device_type)
    yield ("manufacturer", workspace_id, device.manufacturer)
    yield ("name", workspace_id, device.nickname or device.name)
    yield from _of_metadata(workspace_id, device.custom_metadata)


def _of_event(event: Event) -> Iterator[Hashable]:
    yield ("workspace", event.workspace_id)
    yield ("type", event.workspace_id, event.event_type)
    for name in ("connected_account_id", "connect_webview_id", "device_id", "customer_key"):
        if name in event.payload:
            yield (name, event.workspace_id, event.payload[name])


def _of_session(session: ClientSession) -> Iterator[Hashable]:
    yield ("workspace", session.workspace_id)
    yield ("token", session.token)
    if session.user_identifier_key is not None:
        yield ("user", session.workspace_id, session.user_identifier_key)
    for webview_id in session.connect_webview_ids:
        yield ("webview", session.workspace_id, webview_id)
    for account_id in session.connected_account_ids:
        yield ("account", session.workspace_id, account_id)


WORKSPACES = Kind("workspaces", Workspace, "workspace_id", lambda workspace: ())
API_KEYS = Kind("api_keys", ApiKey, "token", lambda key: [("workspace", key.workspace_id)])
ACCESS_TOKENS = Kind("access_tokens", AccessToken, "token", lambda token: ())
SESSIONS = Kind("client_sessions", ClientSession, "client_session_id", _of_session)
WEBVIEWS = Kind("connect_webviews", ConnectWebview, "connect_webview_id", _of_webview)
ACCOUNTS = Kind("connected_accounts", ConnectedAccount, "connected_account_id", _of_account)
DEVICES = Kind("devices", Device, "device_id", _of_device)
EVENTS = Kind("events", Event, "event_id", _of_event)
STAMPS = Kind("event_stamps", EventStamp, "workspace_id", lambda stamp: ())

KINDS: tuple[Kind[Any], ...] = (
    WORKSPACES,
    API_KEYS,
    ACCESS_TOKENS,
    SESSIONS,
    WEBVIEWS,
    ACCOUNTS,
    DEVICES,
    EVENTS,
    STAMPS,
)
