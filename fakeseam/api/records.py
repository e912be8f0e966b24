"""What the fake keeps: one frozen record a thing. Where they are kept is ``tables.py``.

A record holds no address, nothing derived, and nothing that anybody could change in place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "AccessToken",
    "ActionAttempt",
    "ApiKey",
    "Attempt",
    "ClientSession",
    "ConnectWebview",
    "ConnectedAccount",
    "Customer",
    "Delivery",
    "Device",
    "DueAttempt",
    "Event",
    "Space",
    "UserIdentity",
    "Webhook",
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
    is_suspended: bool
    is_publishable_key_auth_enabled: bool
    organization_id: str | None
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
    user_identity_id: str | None
    customer_key: str | None
    connect_webview_ids: tuple[str, ...]
    connected_account_ids: tuple[str, ...]
    is_revoked: bool


@dataclass(frozen=True)
class ConnectWebview:
    """``state`` is a state of the webview's table; ``capabilities_given`` tells a list that was
    asked for from one worked out; ``syncing_account_id`` is whose first sync it waits for.
    ``inviter`` and ``customization`` are the workspace's when it was made."""

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
    inviter: str
    customization: Metadata


@dataclass(frozen=True)
class ConnectedAccount:
    """``state`` is a state of the account's table; ``identifier`` and ``site`` make a later login
    the same account; ``unsynced`` is what its next sync has to announce. ``own_devices`` are
    those that a test gave it, None where the provider's catalogue decides."""

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
    own_devices: tuple[Mapping[str, Any], ...] | None


@dataclass(frozen=True)
class Device:
    """``name`` is the provider's own name for it, and what a later login finds it by.

    ``state`` is a state of the device's table. Errors and warnings are the device's own; its
    account's are added when it is shown. ``properties`` are those beside the usual ones.
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
    properties: Mapping[str, Any]
    location: Mapping[str, str] | None
    custom_metadata: Metadata
    customer_key: str | None
    state: str
    backup_access_code_pool_enabled: bool | None
    announced_online: bool
    errors: tuple[Trouble, ...]
    warnings: tuple[Trouble, ...]

    @property
    def is_managed(self) -> bool:
        return self.state == "managed"


@dataclass(frozen=True)
class Event:
    """``payload`` is everything beside the id, the type, the workspace and the moment;
    ``owner`` the customer it is about, where the payload has no place for that."""

    event_id: str
    workspace_id: str
    created_at: str
    event_type: str
    payload: Mapping[str, Any]
    owner: str | None


@dataclass(frozen=True)
class Webhook:
    webhook_id: str
    workspace_id: str
    created_at: str
    url: str
    event_types: tuple[str, ...]
    secret: str


@dataclass(frozen=True)
class Delivery:
    """One event on its way to one webhook.

    ``state`` is a state of the delivery's table; ``url``, ``secret`` and ``body`` are as they
    were when the event happened, ``signed_at`` is that moment in seconds since 1970, by the
    receivers' clock. ``attempts`` are the fields of an ``Attempt`` each.
    """

    message_id: str
    workspace_id: str
    created_at: str
    webhook_id: str
    event_id: str
    url: str
    secret: str
    body: str
    signed_at: int
    state: str
    attempts: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Attempt:
    """One try to deliver: when, and what the receiver answered or what went wrong.

    ``at`` is by the fake's clock, ``signed_at`` is what ``svix-timestamp`` said.
    """

    at: str
    signed_at: int
    status: int | None
    answer: str | None
    error: str | None

    @property
    def succeeded(self) -> bool:
        """Unsourced: Seam does not say what counts; Svix, which it uses, takes any 2xx."""
        return self.status is not None and 200 <= self.status <= 299


@dataclass(frozen=True)
class DueAttempt:
    """A delivery's next attempt; ``created_at`` is the moment at which it falls due.

    ``is_taken`` while the attempt is under way.
    """

    message_id: str
    created_at: str
    is_taken: bool


@dataclass(frozen=True)
class UserIdentity:
    user_identity_id: str
    workspace_id: str
    created_at: str
    user_identity_key: str | None
    email_address: str | None
    phone_number: str | None
    full_name: str | None
    customer_key: str | None


@dataclass(frozen=True)
class Space:
    space_id: str
    workspace_id: str
    created_at: str
    name: str
    space_key: str | None
    parent_space_id: str | None
    customer_key: str | None
    customer_data: Mapping[str, str]
    geolocation: Mapping[str, float] | None
    connected_account_ids: tuple[str, ...]
    device_ids: tuple[str, ...]


@dataclass(frozen=True)
class Customer:
    """Seam shows no id of a customer: ``customer_id`` is the store's."""

    customer_id: str
    workspace_id: str
    created_at: str
    customer_key: str


@dataclass(frozen=True)
class ActionAttempt:
    action_attempt_id: str
    workspace_id: str
    created_at: str
    action_type: str
    status: str
    result: Mapping[str, Any]
    device_id: str | None


def metadata_text(value: str | bool) -> str:
    """How a metadata value is written in a query: booleans as ``true`` and ``false``."""
    return ("true" if value else "false") if isinstance(value, bool) else value
