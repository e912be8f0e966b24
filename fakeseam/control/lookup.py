"""Finding the record of an id in any workspace, with the context in that workspace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from ..api.access_codes.record import ACCESS_CODES, AccessCode
from ..api.action_attempts.record import ACTION_ATTEMPTS, ActionAttempt
from ..api.connect_webviews.login.providers import ACCEPTED_PROVIDER_KEYS, PROVIDERS, canonical
from ..api.connect_webviews.record import WEBVIEWS, ConnectWebview
from ..api.connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..api.devices.record import DEVICES, Device
from ..api.workspaces.record import WORKSPACES, Workspace
from ..core.nearest import nearest
from ..core.record_types import RecordType
from ..errors import MisuseError
from .context import ControlContext

__all__ = [
    "check_ids",
    "endpoints_hint",
    "get_access_code",
    "get_account",
    "get_attempt",
    "get_device",
    "get_provider_key",
    "get_webview",
    "get_workspace",
    "noun_of",
]

T = TypeVar("T")


def get_webview(
    ctx: ControlContext, connect_webview_id: str
) -> tuple[ConnectWebview, ControlContext]:
    return _get(ctx, WEBVIEWS, connect_webview_id, "created")


def get_account(
    ctx: ControlContext, connected_account_id: str
) -> tuple[ConnectedAccount, ControlContext]:
    return _get(ctx, ACCOUNTS, connected_account_id, "connected")


def get_device(ctx: ControlContext, device_id: str) -> tuple[Device, ControlContext]:
    return _get(ctx, DEVICES, device_id, "imported")


def get_access_code(
    ctx: ControlContext, access_code_id: str
) -> tuple[AccessCode, ControlContext]:
    return _get(ctx, ACCESS_CODES, access_code_id, "created")


def get_attempt(
    ctx: ControlContext, action_attempt_id: str
) -> tuple[ActionAttempt, ControlContext]:
    return _get(ctx, ACTION_ATTEMPTS, action_attempt_id, "requested")


def _get(
    ctx: ControlContext, record_type: RecordType[T], key: str, made: str
) -> tuple[T, ControlContext]:
    record: Any = ctx.store.get(record_type, key)
    if record is None:
        raise MisuseError(f"no {noun_of(record_type)} {key!r} here (deleted, or never {made})")
    return record, ctx.in_workspace(get_workspace(ctx, record.workspace_id))


def check_ids(ctx: ControlContext, record_type: RecordType[Any], ids: Iterable[str]) -> None:
    """Raises ``MisuseError`` for an id that is no such record's of the context's workspace."""
    for one in ids:
        if ctx.get(record_type, one) is None:
            raise MisuseError(
                f"no {noun_of(record_type)} {one!r} in workspace {ctx.workspace_id!r} (deleted,"
                " of another workspace, or never made)"
            )


def noun_of(record_type: RecordType[Any]) -> str:
    """Returns what a record of the type is called in a message."""
    return str(record_type.noun).replace("_", " ")


def get_provider_key(provider: str) -> str:
    """Returns the key of the provider with this name, which may be an alias."""
    key = canonical(provider) if provider in ACCEPTED_PROVIDER_KEYS else None
    if key is None:
        near = ", ".join(nearest(provider, PROVIDERS))
        raise MisuseError(f"no provider {provider!r}; nearest: {near}")
    return key


def endpoints_hint(near: Sequence[str]) -> str:
    """Returns what to do about an endpoint that does not exist; ``near`` are those like it."""
    if near:
        return f"nearest: {', '.join(near)}"
    return "`fakeseam endpoints` lists those that there are"


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
