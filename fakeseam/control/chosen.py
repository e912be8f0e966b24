"""The ids and tokens that a test chooses for what it makes: refused if taken or malformed.

A malformed id is refused by the type of its parameter, as any id is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ..api.auth import ACCESS_TOKEN, API_KEY, PREFIXES, PUBLISHABLE_KEY, SESSION, holds_token
from ..api.connected_accounts.record import ACCOUNTS, SCHEDULED_SYNCS, ConnectedAccount
from ..api.devices.record import DEVICES
from ..api.record_fields import SCHEDULED
from ..core.record_types import RecordType
from ..errors import MisuseError
from .context import ControlContext
from .lookup import noun_of

__all__ = ["check_account_id", "check_device_ids", "check_id", "check_token"]

_TOKENS = {
    API_KEY: "an API key",
    ACCESS_TOKEN: "a personal access token",
    SESSION: "a client session's token",
    PUBLISHABLE_KEY: "a publishable key",
}


def check_id(ctx: ControlContext, record_type: RecordType[Any], chosen: str | None) -> None:
    """Raises ``MisuseError`` for the id of another record, in any workspace."""
    if chosen == "":
        raise MisuseError(f"{record_type.key}='': an id is not empty")
    if chosen is not None and ctx.store.get(record_type, chosen) is not None:
        raise _taken(f"{record_type.key}={chosen!r}", noun_of(record_type))


def check_account_id(
    ctx: ControlContext, before: ConnectedAccount | None, chosen: str | None
) -> None:
    """Raises ``MisuseError`` for the id of another account, or if the login's account has another.

    ``before`` is the account that an earlier login created.
    """
    if before is None:
        check_id(ctx, ACCOUNTS, chosen)
    elif chosen not in (None, before.connected_account_id):
        raise MisuseError(
            f"this login already has the account {before.connected_account_id!r}, "
            f"so it cannot get the id {chosen!r}"
        )


def check_device_ids(
    ctx: ControlContext,
    before: ConnectedAccount | None,
    devices: Sequence[Mapping[str, Any]] | None,
) -> None:
    """Raises ``MisuseError`` for the id of another device, or if the device has another id.

    ``before`` is the account that an earlier login created.
    """
    chosen = {one["device_id"]: one["name"] for one in devices or () if "device_id" in one}
    if not chosen:
        return
    own = {} if before is None else _device_ids(ctx, before)
    for device_id, name in chosen.items():
        if own.get(name, device_id) != device_id:
            raise MisuseError(
                f"the device {name!r} already has the id {own[name]!r}, so it cannot get the id"
                f" {device_id!r}"
            )
        if name not in own:
            check_id(ctx, DEVICES, device_id)
    for sync in ctx.store.find(SCHEDULED_SYNCS, SCHEDULED):  # it imports its devices later
        account = ctx.store.get(ACCOUNTS, sync.connected_account_id)
        for device in (account.custom_devices if account else None) or ():
            device_id = device.get("device_id")
            is_same = account == before and device["name"] == chosen.get(device_id)
            if device_id in chosen and not is_same:
                raise _taken(f"device_id={device_id!r}", "device")


def _device_ids(ctx: ControlContext, account: ConnectedAccount) -> dict[str, str]:
    """Returns the ids of an account's devices by their names at the provider."""
    index = ("connected_account_id", account.workspace_id, account.connected_account_id)
    return {device.name: device.device_id for device in ctx.store.find(DEVICES, index)}


def check_token(ctx: ControlContext, name: str, kind: str, token: str | None) -> None:
    """Raises ``MisuseError`` for a token that is malformed, of another kind, or taken."""
    if token is None:
        return
    for other, prefix in PREFIXES.items():
        if kind == API_KEY != other and token.startswith(prefix):
            raise MisuseError(f"{name}={token!r}: {prefix}... is another kind of credential")
    if not token.startswith(PREFIXES[kind]):
        raise MisuseError(f"{name}={token!r}: {_TOKENS[kind]} starts with {PREFIXES[kind]!r}")
    if token in PREFIXES.values():
        raise MisuseError(f"{name}={token!r}: give a token that goes on after its prefix")
    if not re.fullmatch("[!-~]+", token):
        raise MisuseError(
            f"{name}={token!r}: a header carries it, so it has only ASCII characters, no space"
        )
    if holds_token(ctx.store, token):
        raise _taken(f"{name}={token!r}", "credential")


def _taken(chosen: str, noun: str) -> MisuseError:
    return MisuseError(f"{chosen} is taken by another {noun}; choose another one")
