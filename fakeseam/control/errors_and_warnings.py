"""/_fakeseam: adding and clearing errors and warnings of accounts and devices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.connected_accounts import errors as account_errors
from ..api.devices import errors as device_errors
from ..api.error_codes import (
    ACCOUNT_ERRORS,
    ACCOUNT_WARNINGS,
    DEVICE_ERRORS,
    DEVICE_WARNINGS,
    CodeTable,
)
from ..api.lifecycle import DISCONNECTED, REAUTHORIZE
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import record, text, uuid
from .context import ControlContext
from .lookup import get_account, get_device

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)


# The codes that another control call adds or clears, because it changes more than the entry.
_ADDED_BY = {
    DISCONNECTED: "disconnect_account()",
    REAUTHORIZE: "request_reauthorization()",
}
_CLEARED_BY = dict.fromkeys(_ADDED_BY, "a login at a new webview")
_OF_ACCOUNT = {
    code: "add_account_error() and clear_account_error(): the account's devices show its errors"
    for code in ACCOUNT_ERRORS.codes
} | {DISCONNECTED: "disconnect_account(): the account's devices show its errors"}


@namespace.endpoint("POST")
def add_account_error(
    ctx: ControlContext,
    *,
    connected_account_id: str = uuid(required=True),
    error_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds an error to an account, and so to its devices; ``members`` are those of its code."""
    account, ctx = get_account(ctx, connected_account_id)
    _check(ACCOUNT_ERRORS, error_code, _ADDED_BY)
    account_errors.add(ctx, account, ACCOUNT_ERRORS, error_code, message, members or {})


@namespace.endpoint("POST")
def add_account_warning(
    ctx: ControlContext,
    *,
    connected_account_id: str = uuid(required=True),
    warning_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds a warning to an account; ``members`` are those of its code."""
    account, ctx = get_account(ctx, connected_account_id)
    _check(ACCOUNT_WARNINGS, warning_code, _ADDED_BY)
    account_errors.add(ctx, account, ACCOUNT_WARNINGS, warning_code, message, members or {})


@namespace.endpoint("POST")
def clear_account_error(
    ctx: ControlContext,
    *,
    connected_account_id: str = uuid(required=True),
    error_code: str = text(required=True),
) -> None:
    """Removes an error from an account; does nothing without such an error."""
    account, ctx = get_account(ctx, connected_account_id)
    _check(ACCOUNT_ERRORS, error_code, _CLEARED_BY)
    account_errors.clear(ctx, account, ACCOUNT_ERRORS, error_code)


@namespace.endpoint("POST")
def clear_account_warning(
    ctx: ControlContext,
    *,
    connected_account_id: str = uuid(required=True),
    warning_code: str = text(required=True),
) -> None:
    """Removes a warning from an account; does nothing without such a warning."""
    account, ctx = get_account(ctx, connected_account_id)
    _check(ACCOUNT_WARNINGS, warning_code, _CLEARED_BY)
    account_errors.clear(ctx, account, ACCOUNT_WARNINGS, warning_code)


@namespace.endpoint("POST")
def add_device_error(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    error_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds an error to a device; emits the events of an error that happens by itself."""
    device, ctx = get_device(ctx, device_id)
    _check(DEVICE_ERRORS, error_code, _OF_ACCOUNT)
    device_errors.add_error(ctx, device, error_code, message, members or {})


@namespace.endpoint("POST")
def add_device_warning(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    warning_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds a warning to a device; ``members`` are those of its code."""
    device, ctx = get_device(ctx, device_id)
    _check(DEVICE_WARNINGS, warning_code, {})
    device_errors.add_warning(ctx, device, warning_code, message, members or {})


@namespace.endpoint("POST")
def clear_device_error(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    error_code: str = text(required=True),
) -> None:
    """Removes an error from a device; does nothing without such an error."""
    device, ctx = get_device(ctx, device_id)
    _check(DEVICE_ERRORS, error_code, _OF_ACCOUNT)
    device_errors.clear_error(ctx, device, error_code)


@namespace.endpoint("POST")
def clear_device_warning(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    warning_code: str = text(required=True),
) -> None:
    """Removes a warning from a device; does nothing without such a warning."""
    device, ctx = get_device(ctx, device_id)
    _check(DEVICE_WARNINGS, warning_code, {})
    device_errors.clear_warning(ctx, device, warning_code)


def _check(table: CodeTable, code: str, handled_by: Mapping[str, str]) -> None:
    """Raises ``MisuseError`` for a code that Seam does not have, or that another call handles."""
    if code in handled_by:
        raise MisuseError(f"{table.name}={code!r}: use {handled_by[code]}")
    if code not in table.codes:
        choices = ", ".join(one for one in table.codes if one not in handled_by)
        raise MisuseError(f"{table.name}={code!r}: choose one of {choices}")
