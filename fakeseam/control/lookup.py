"""Finding the record of an id in any workspace, with the context in that workspace."""

from __future__ import annotations

from difflib import get_close_matches

from ..api.connect_webviews.login.providers import ACCEPTED_PROVIDER_KEYS, PROVIDERS, canonical
from ..api.connect_webviews.record import WEBVIEWS, ConnectWebview
from ..api.connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..api.devices.record import DEVICES, Device
from ..api.workspaces.record import WORKSPACES, Workspace
from ..errors import MisuseError
from .context import ControlContext

__all__ = ["get_account", "get_device", "get_provider_key", "get_webview", "get_workspace"]


def get_webview(
    ctx: ControlContext, connect_webview_id: str
) -> tuple[ConnectWebview, ControlContext]:
    webview = ctx.store.get(WEBVIEWS, connect_webview_id)
    if webview is None:
        raise MisuseError(
            f"no connect webview {connect_webview_id!r} here (deleted, or never created)"
        )
    return webview, ctx.in_workspace(get_workspace(ctx, webview.workspace_id))


def get_account(
    ctx: ControlContext, connected_account_id: str
) -> tuple[ConnectedAccount, ControlContext]:
    account = ctx.store.get(ACCOUNTS, connected_account_id)
    if account is None:
        raise MisuseError(
            f"no connected account {connected_account_id!r} here (deleted, or never connected)"
        )
    return account, ctx.in_workspace(get_workspace(ctx, account.workspace_id))


def get_device(ctx: ControlContext, device_id: str) -> tuple[Device, ControlContext]:
    device = ctx.store.get(DEVICES, device_id)
    if device is None:
        raise MisuseError(f"no device {device_id!r} here (deleted, or never imported)")
    return device, ctx.in_workspace(get_workspace(ctx, device.workspace_id))


def get_provider_key(provider: str) -> str:
    """Returns the key of the provider with this name, which may be an alias."""
    key = canonical(provider) if provider in ACCEPTED_PROVIDER_KEYS else None
    if key is None:
        near = get_close_matches(provider, PROVIDERS, n=3, cutoff=0.5) or list(PROVIDERS)[:3]
        raise MisuseError(f"no provider {provider!r}; nearest: {', '.join(near)}")
    return key


def get_workspace(ctx: ControlContext, workspace_id: str | None) -> Workspace:
    """Returns the workspace, by default the fake's first one."""
    if workspace_id is None:
        return ctx.store.all(WORKSPACES)[0]
    workspace = ctx.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise MisuseError(
            f"This fake has no workspace {workspace_id!r}. Create one with create_workspace()."
        )
    return workspace
