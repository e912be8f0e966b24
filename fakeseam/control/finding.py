"""What a lever is given the id of, found in whichever workspace it is."""

from __future__ import annotations

from ..api.call import Call
from ..api.records import ConnectedAccount, ConnectWebview, Workspace
from ..api.tables import ACCOUNTS, WEBVIEWS, WORKSPACES
from ..errors import MisuseError

__all__ = ["account_of", "webview_of", "workspace_of"]


def webview_of(call: Call, connect_webview_id: str) -> tuple[ConnectWebview, Call]:
    webview = call.store.get(WEBVIEWS, connect_webview_id)
    if webview is None:
        raise MisuseError(f"no connect webview {connect_webview_id!r} here (deleted, or not made)")
    return webview, call.inside(workspace_of(call, webview.workspace_id))


def account_of(call: Call, connected_account_id: str) -> tuple[ConnectedAccount, Call]:
    account = call.store.get(ACCOUNTS, connected_account_id)
    if account is None:
        raise MisuseError(
            f"no connected account {connected_account_id!r} here (deleted, or never connected)"
        )
    return account, call.inside(workspace_of(call, account.workspace_id))


def workspace_of(call: Call, workspace_id: str | None) -> Workspace:
    """The workspace, by default the fake's first."""
    if workspace_id is None:
        return call.store.all(WORKSPACES)[0]
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise MisuseError(f"no workspace {workspace_id!r} here; make one with create_workspace()")
    return workspace
