"""What a lever is given the id of, found in whichever workspace it is."""

from __future__ import annotations

from difflib import get_close_matches

from ..api.call import Call
from ..api.providers import ACCEPTED_PROVIDER_KEYS, PROVIDERS, canonical
from ..api.records import ConnectedAccount, ConnectWebview, Device, Workspace
from ..api.tables import ACCOUNTS, DEVICES, WEBVIEWS, WORKSPACES
from ..errors import MisuseError

__all__ = ["account_of", "device_of", "provider_of", "webview_of", "workspace_of"]


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


def device_of(call: Call, device_id: str) -> tuple[Device, Call]:
    device = call.store.get(DEVICES, device_id)
    if device is None:
        raise MisuseError(f"no device {device_id!r} here (gone with its account, or never found)")
    return device, call.inside(workspace_of(call, device.workspace_id))


def provider_of(provider: str) -> str:
    """The key of the provider that goes by this name."""
    key = canonical(provider) if provider in ACCEPTED_PROVIDER_KEYS else None
    if key is None:
        near = get_close_matches(provider, PROVIDERS, n=3, cutoff=0.5) or list(PROVIDERS)[:3]
        raise MisuseError(f"no provider {provider!r}; nearest: {', '.join(near)}")
    return key


def workspace_of(call: Call, workspace_id: str | None) -> Workspace:
    """The workspace, by default the fake's first."""
    if workspace_id is None:
        return call.store.all(WORKSPACES)[0]
    workspace = call.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise MisuseError(f"no workspace {workspace_id!r} here; make one with create_workspace()")
    return workspace
