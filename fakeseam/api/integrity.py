"""Whether records that were loaded from a file fit together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.store import Kind
from . import (
    action_attempts,
    client_session_object,
    connect_webviews,
    connected_accounts,
    device_object,
    events,
    own_devices,
    space_object,
    user_identities,
    webhooks,
    workspaces,
)
from .call import Call
from .deliveries import WebhookDelivery, signing_key
from .lifecycle import ACCOUNT, DELIVERY, DEVICE, WEBVIEW
from .providers import PROVIDERS
from .records import Space
from .tables import (
    ACCOUNTS,
    ACTION_ATTEMPTS,
    API_KEYS,
    CATALOGUES,
    CUSTOMERS,
    DELIVERIES,
    DEVICES,
    DUE,
    DUE_SYNCS,
    EVENTS,
    SESSIONS,
    SPACES,
    USER_IDENTITIES,
    WEBHOOKS,
    WEBVIEWS,
    WORKSPACES,
)

__all__ = ["check"]

# What is in a workspace, and how it is shown there.
_SHOWN: tuple[tuple[Kind[Any], Callable[[Call, Any], object]], ...] = (
    (WEBVIEWS, connect_webviews.show),
    (ACCOUNTS, connected_accounts.show),
    (ACCOUNTS, own_devices.brought),
    (DEVICES, device_object.show),
    (EVENTS, lambda call, event: events.show(event)),
    (API_KEYS, lambda call, key: key),
    (SESSIONS, client_session_object.show),
    (ACTION_ATTEMPTS, action_attempts.show),
    (SPACES, space_object.show),
    (USER_IDENTITIES, lambda call, identity: user_identities.show(identity)),
    (CUSTOMERS, lambda call, customer: customer),
    (WEBHOOKS, lambda call, webhook: (webhooks.show(webhook), signing_key(webhook.secret))),
    (DELIVERIES, lambda call, delivery: WebhookDelivery.of(delivery)),
)
# What has a state, and the table that knows it.
_STATES: tuple[tuple[Kind[Any], tuple[str, ...]], ...] = (
    (WEBVIEWS, WEBVIEW.states),
    (ACCOUNTS, ACCOUNT.states),
    (DEVICES, DEVICE.states),
    (DELIVERIES, DELIVERY.states),
)


def check(call: Call) -> None:
    """Show everything once: whatever refers to nothing, or has a state that is none, raises.

    The exception is that of the part that does not fit: ``KeyError``, ``TypeError`` and such.
    """
    for kind, states in _STATES:
        for record in call.store.all(kind):
            states.index(record.state)
    for workspace in call.store.all(WORKSPACES):
        workspaces.show(call, workspace)
    for kind, show in _SHOWN:
        for record in call.store.all(kind):
            show(_inside(call, record.workspace_id), record)
    for space in call.store.all(SPACES):
        _check_members(call, space)
    for account in call.store.all(ACCOUNTS):
        own_devices.check_kept(account.own_devices)
    for catalogue in call.store.all(CATALOGUES):
        own_devices.check_kept(catalogue.devices)
        own_devices.catalogue(call, PROVIDERS[catalogue.provider])
    for due in call.store.all(DUE):
        call.store.position(DELIVERIES, due.message_id)
    for sync in call.store.all(DUE_SYNCS):
        call.store.position(ACCOUNTS, sync.connected_account_id)
        _inside(call, sync.workspace_id)


def _check_members(call: Call, space: Space) -> None:
    for device_id in space.device_ids:
        call.store.position(DEVICES, device_id)
    for account_id in space.connected_account_ids:
        call.store.position(ACCOUNTS, account_id)


def _inside(call: Call, workspace_id: str) -> Call:
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise KeyError(workspace_id)
    return call.inside(workspace)
