"""/_fakeseam: the devices that a provider's logins import, and the sync that imports them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.connect_webviews.login.providers import PROVIDERS
from ..api.connected_accounts.sync import sync_account as sync
from ..api.devices.consistency import check_devices
from ..api.devices.custom import devices_param
from ..api.devices.record import PROVIDER_OVERRIDES, ProviderOverride
from ..api.lifecycle import ACCOUNT
from ..core.frozen import freeze
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import text, uuid
from .context import ControlContext
from .lookup import get_account, get_provider_key

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)


@namespace.endpoint("POST")
def set_provider_devices(
    ctx: ControlContext,
    *,
    provider: str = text(required=True),
    devices: list[Mapping[str, Any]] | None = devices_param(),
) -> None:
    """Sets the devices of every later login and sync at a provider; by default the usual ones."""
    key = get_provider_key(provider)
    if any("device_id" in one for one in devices or ()):
        raise MisuseError(
            "set_provider_devices: each login imports these devices, so none of them can have a"
            " device_id; choose it in the devices of complete_connect_webview or connect_account"
        )
    if devices is not None:
        check_devices(PROVIDERS[key], devices)
        ctx.store.put(PROVIDER_OVERRIDES, ProviderOverride(key, ctx.now(), freeze(devices)))
    elif ctx.store.get(PROVIDER_OVERRIDES, key) is not None:
        ctx.store.delete(PROVIDER_OVERRIDES, key)


@namespace.endpoint("POST")
def sync_account(ctx: ControlContext, *, connected_account_id: str = uuid(required=True)) -> None:
    """Looks for an account's devices again; runs a deferred first sync."""
    account, ctx = get_account(ctx, connected_account_id)
    if not ACCOUNT.step(account.state, "sync").syncs:
        raise MisuseError(
            "the account is disconnected, so it cannot be synced: reconnect it first,"
            " by a login at a new webview"
        )
    sync(ctx, account)
