"""/_fakeseam: what a provider's logins bring, and the sync that brings it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.auth import LEVER
from ..api.call import Call
from ..api.lifecycle import ACCOUNT
from ..api.own_devices import devices_param
from ..api.own_records import Catalogue
from ..api.sync import sync_account as carry_out
from ..api.tables import CATALOGUES
from ..core.endpoint import Namespace
from ..core.frozen import freeze
from ..core.params import text, uuid
from ..errors import MisuseError
from .finding import account_of, provider_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})


@namespace.endpoint("POST", callers=_ANYONE)
def set_provider_devices(
    call: Call,
    *,
    provider: str = text(required=True),
    devices: list[Mapping[str, Any]] | None = devices_param(),
) -> None:
    """What every later login and sync at a provider brings; by default the usual devices again."""
    key = provider_of(provider)
    if devices is not None:
        call.store.put(CATALOGUES, Catalogue(key, call.now(), freeze(devices)))
    elif call.store.get(CATALOGUES, key) is not None:
        call.store.delete(CATALOGUES, key)


@namespace.endpoint("POST", callers=_ANYONE)
def sync_account(call: Call, *, connected_account_id: str = uuid(required=True)) -> None:
    """Look for the account's devices again; carries out a first sync that was deferred."""
    account, inside = account_of(call, connected_account_id)
    if not ACCOUNT.step(account.state, "sync").syncs:
        raise MisuseError(
            "the account is disconnected, so nobody can look into it: reconnect it first, "
            "by a login at a new webview"
        )
    carry_out(inside, account)
