"""The tables of the store: one a kind of record, and the indexes each is found by."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from ..core.store import Kind
from ..core.table import MADE
from .own_records import Catalogue, DueSync, EventStamp
from .records import (
    AccessToken,
    ActionAttempt,
    ApiKey,
    ClientSession,
    ConnectedAccount,
    ConnectWebview,
    Customer,
    Delivery,
    Device,
    DueAttempt,
    Event,
    Metadata,
    Space,
    UserIdentity,
    Webhook,
    Workspace,
    metadata_text,
)

__all__ = [
    "ACCESS_TOKENS",
    "ACCOUNTS",
    "ACTION_ATTEMPTS",
    "API_KEYS",
    "CATALOGUES",
    "CUSTOMERS",
    "DELIVERIES",
    "DEVICES",
    "DUE",
    "DUE_SYNCS",
    "EVENTS",
    "EVENT_FIELDS",
    "KINDS",
    "SESSIONS",
    "SPACES",
    "STAMPS",
    "TAKEN",
    "USER_IDENTITIES",
    "WAITING",
    "WEBHOOKS",
    "WEBVIEWS",
    "WORKSPACES",
]

# The indexes of attempts that are due, and of those that are under way.
WAITING: Hashable = ("waiting",)
TAKEN: Hashable = ("taken",)

# The fields of events by which they are looked for.
EVENT_FIELDS = (
    "connected_account_id",
    "connect_webview_id",
    "device_id",
    "customer_key",
    "space_id",
)


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
    yield ("state", workspace_id, device.state)
    yield ("account", workspace_id, device.connected_account_id)
    if device.customer_key is not None:
        yield ("customer", workspace_id, device.customer_key)
    yield ("type", workspace_id, device.device_type)
    yield ("manufacturer", workspace_id, device.manufacturer)
    yield ("name", workspace_id, device.nickname or device.name)
    yield from _of_metadata(workspace_id, device.custom_metadata)


def _of_event(event: Event) -> Iterator[Hashable]:
    yield MADE
    yield ("workspace", event.workspace_id)
    yield ("event_type", event.workspace_id, event.event_type)
    if event.owner is not None:
        yield ("owner", event.workspace_id, event.owner)
    for name in EVENT_FIELDS:
        if name in event.payload:
            yield (name, event.workspace_id, event.payload[name])


def _of_session(session: ClientSession) -> Iterator[Hashable]:
    yield ("workspace", session.workspace_id)
    yield ("token", session.token)
    # None stands in these three for having none, which can be looked for too.
    yield ("user", session.workspace_id, session.user_identifier_key)
    yield ("user_identity", session.workspace_id, session.user_identity_id)
    for webview_id in session.connect_webview_ids or (None,):
        yield ("webview", session.workspace_id, webview_id)
    for account_id in session.connected_account_ids:
        yield ("account", session.workspace_id, account_id)


def _of_delivery(delivery: Delivery) -> Iterator[Hashable]:
    yield MADE
    yield ("event", delivery.event_id)
    yield ("workspace", delivery.workspace_id)
    yield ("state", delivery.webhook_id, delivery.state)


def _of_user_identity(identity: UserIdentity) -> Iterator[Hashable]:
    email = identity.email_address
    yield ("workspace", identity.workspace_id)
    for index, value in (
        ("key", identity.user_identity_key),
        ("email", None if email is None else email.lower()),
        ("phone", identity.phone_number),
        ("customer", identity.customer_key),
    ):
        if value is not None:
            yield (index, identity.workspace_id, value)


def _of_space(space: Space) -> Iterator[Hashable]:
    workspace_id = space.workspace_id
    yield ("workspace", workspace_id)
    for index, value in (
        ("key", space.space_key),
        ("customer", space.customer_key),
        ("parent", space.parent_space_id),
    ):
        if value is not None:
            yield (index, workspace_id, value)
    for account_id in space.connected_account_ids:
        yield ("account", workspace_id, account_id)
    for device_id in space.device_ids:
        yield ("device", workspace_id, device_id)


def _of_customer(customer: Customer) -> Iterator[Hashable]:
    yield ("workspace", customer.workspace_id)
    yield ("key", customer.workspace_id, customer.customer_key)


def _of_action_attempt(attempt: ActionAttempt) -> Iterator[Hashable]:
    yield ("workspace", attempt.workspace_id)
    yield ("device", attempt.workspace_id, attempt.device_id)


WORKSPACES = Kind(
    "workspaces",
    Workspace,
    "workspace_id",
    lambda workspace: [("publishable_key", workspace.publishable_key)],
)
API_KEYS = Kind("api_keys", ApiKey, "token", lambda key: [("workspace", key.workspace_id)])
ACCESS_TOKENS = Kind("access_tokens", AccessToken, "token", lambda token: ())
SESSIONS = Kind("client_sessions", ClientSession, "client_session_id", _of_session)
WEBVIEWS = Kind("connect_webviews", ConnectWebview, "connect_webview_id", _of_webview)
ACCOUNTS = Kind("connected_accounts", ConnectedAccount, "connected_account_id", _of_account)
DEVICES = Kind("devices", Device, "device_id", _of_device)
CATALOGUES = Kind("catalogues", Catalogue, "provider", lambda catalogue: ())
EVENTS = Kind("events", Event, "event_id", _of_event)
STAMPS = Kind("event_stamps", EventStamp, "workspace_id", lambda stamp: ())
WEBHOOKS = Kind(
    "webhooks", Webhook, "webhook_id", lambda webhook: [("workspace", webhook.workspace_id)]
)
DELIVERIES = Kind("deliveries", Delivery, "message_id", _of_delivery)
# Two buckets, each in the order in which its attempts fall due.
DUE = Kind(
    "due_attempts", DueAttempt, "message_id", lambda due: [TAKEN if due.is_taken else WAITING]
)
DUE_SYNCS = Kind(
    "due_syncs",
    DueSync,
    "connected_account_id",
    lambda due: [WAITING, ("workspace", due.workspace_id)],
)
USER_IDENTITIES = Kind(
    "user_identities", UserIdentity, "user_identity_id", _of_user_identity
)
SPACES = Kind("spaces", Space, "space_id", _of_space)
CUSTOMERS = Kind("customers", Customer, "customer_id", _of_customer)
ACTION_ATTEMPTS = Kind(
    "action_attempts", ActionAttempt, "action_attempt_id", _of_action_attempt
)

KINDS: tuple[Kind[Any], ...] = (
    WORKSPACES,
    API_KEYS,
    ACCESS_TOKENS,
    SESSIONS,
    WEBVIEWS,
    ACCOUNTS,
    DEVICES,
    CATALOGUES,
    EVENTS,
    STAMPS,
    WEBHOOKS,
    DELIVERIES,
    DUE,
    DUE_SYNCS,
    USER_IDENTITIES,
    SPACES,
    CUSTOMERS,
    ACTION_ATTEMPTS,
)
