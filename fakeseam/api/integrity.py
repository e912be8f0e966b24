"""Whether records that were loaded from a file fit together."""

from __future__ import annotations

from . import (
    action_attempts,
    client_session_object,
    connect_webviews,
    connected_accounts,
    device_object,
    events,
    own_devices,
    space_object,
    workspaces,
)
from . import user_identities as identities
from .call import Call
from .lifecycle import ACCOUNT, DEVICE, WEBVIEW
from .providers import PROVIDERS
from .records import Space
from .tables import (
    ACCOUNTS,
    ACTION_ATTEMPTS,
    API_KEYS,
    CATALOGUES,
    CUSTOMERS,
    DEVICES,
    EVENTS,
    SESSIONS,
    SPACES,
    USER_IDENTITIES,
    WEBVIEWS,
    WORKSPACES,
)

__all__ = ["check"]


def check(call: Call) -> None:
    """Show everything once: whatever refers to nothing, or has a state that is none, raises.

    The exception is that of the part that does not fit: ``KeyError``, ``TypeError`` and such.
    """
    for webview in call.store.all(WEBVIEWS):
        WEBVIEW.states.index(webview.state)
        connect_webviews.show(_inside(call, webview.workspace_id), webview)
    for account in call.store.all(ACCOUNTS):
        ACCOUNT.states.index(account.state)
        inside = _inside(call, account.workspace_id)
        connected_accounts.show(inside, account)
        own_devices.brought(inside, account)
    for catalogue in call.store.all(CATALOGUES):
        own_devices.catalogue(call, PROVIDERS[catalogue.provider])
    for device in call.store.all(DEVICES):
        DEVICE.states.index(device.state)
        device_object.show(_inside(call, device.workspace_id), device)
    for event in call.store.all(EVENTS):
        events.show(event)
    for workspace in call.store.all(WORKSPACES):
        workspaces.show(call, workspace)
    for key in call.store.all(API_KEYS):
        _inside(call, key.workspace_id)
    for session in call.store.all(SESSIONS):
        client_session_object.show(_inside(call, session.workspace_id), session)
    for attempt in call.store.all(ACTION_ATTEMPTS):
        action_attempts.show(_inside(call, attempt.workspace_id), attempt)
    for space in call.store.all(SPACES):
        _check_members(call, space)
        space_object.show(_inside(call, space.workspace_id), space)
    for identity in call.store.all(USER_IDENTITIES):
        _inside(call, identity.workspace_id)
        identities.show(identity)
    for customer in call.store.all(CUSTOMERS):
        _inside(call, customer.workspace_id)


def _check_members(call: Call, space: Space) -> None:
    for device_id in space.device_ids:
        if call.store.get(DEVICES, device_id) is None:
            raise KeyError(device_id)
    for account_id in space.connected_account_ids:
        if call.store.get(ACCOUNTS, account_id) is None:
            raise KeyError(account_id)


def _inside(call: Call, workspace_id: str) -> Call:
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise KeyError(workspace_id)
    return call.inside(workspace)
