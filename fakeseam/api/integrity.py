"""Whether records that were loaded from a file fit together."""

from __future__ import annotations

from . import (
    action_attempts,
    client_session_object,
    connect_webviews,
    connected_accounts,
    device_object,
    events,
    workspaces,
)
from .call import Call
from .lifecycle import ACCOUNT, WEBVIEW
from .tables import (
    ACCOUNTS,
    ACTION_ATTEMPTS,
    API_KEYS,
    DEVICES,
    EVENTS,
    SESSIONS,
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
        connected_accounts.show(_inside(call, account.workspace_id), account)
    for device in call.store.all(DEVICES):
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


def _inside(call: Call, workspace_id: str) -> Call:
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise KeyError(workspace_id)
    return call.inside(workspace)
