"""Whether records that were loaded from a file fit together."""

from __future__ import annotations

from . import connect_webviews, connected_accounts, device_object, events
from .call import Call
from .lifecycle import ACCOUNT, WEBVIEW
from .tables import ACCOUNTS, DEVICES, EVENTS, WEBVIEWS, WORKSPACES

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


def _inside(call: Call, workspace_id: str) -> Call:
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise KeyError(workspace_id)
    return call.inside(workspace)
