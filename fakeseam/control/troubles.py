"""/_fakeseam: things go wrong with accounts and devices, and right again; devices of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api import device_troubles, troubles
from ..api.auth import LEVER
from ..api.call import Call
from ..api.lifecycle import DISCONNECTED, REAUTHORIZE
from ..api.trouble_codes import (
    ACCOUNT_ERRORS,
    ACCOUNT_WARNINGS,
    DEVICE_ERRORS,
    DEVICE_WARNINGS,
    Vocabulary,
)
from ..core.endpoint import Namespace
from ..core.params import record, text, uuid
from ..errors import MisuseError
from .finding import account_of, device_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam")

_ANYONE = frozenset({LEVER})

# What has a lever of its own, because more happens then than that an entry comes or goes.
_COMES_BY = {
    DISCONNECTED: "disconnect_account()",
    REAUTHORIZE: "request_reauthorization()",
}
_GOES_BY = dict.fromkeys(_COMES_BY, "a login at a new webview")
_OF_ACCOUNT = {
    code: "add_account_error() and clear_account_error(): the account's devices show its errors"
    for code in ACCOUNT_ERRORS.codes
} | {DISCONNECTED: "disconnect_account(): the account's devices show its errors"}


@namespace.endpoint("POST", callers=_ANYONE)
def add_account_error(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    error_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """The account, and so its devices, has this error; ``members`` are those of its code."""
    account, inside = account_of(call, connected_account_id)
    _check(ACCOUNT_ERRORS, error_code, members, _COMES_BY)
    troubles.add(inside, account, ACCOUNT_ERRORS, error_code, message, members or {})


@namespace.endpoint("POST", callers=_ANYONE)
def add_account_warning(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    warning_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """The account has this warning; ``members`` are those of its code."""
    account, inside = account_of(call, connected_account_id)
    _check(ACCOUNT_WARNINGS, warning_code, members, _COMES_BY)
    troubles.add(inside, account, ACCOUNT_WARNINGS, warning_code, message, members or {})


@namespace.endpoint("POST", callers=_ANYONE)
def clear_account_error(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    error_code: str = text(required=True),
) -> None:
    """The account has this error no more; nothing happens if it had not."""
    account, inside = account_of(call, connected_account_id)
    _check(ACCOUNT_ERRORS, error_code, None, _GOES_BY)
    troubles.clear(inside, account, ACCOUNT_ERRORS, error_code)


@namespace.endpoint("POST", callers=_ANYONE)
def clear_account_warning(
    call: Call,
    *,
    connected_account_id: str = uuid(required=True),
    warning_code: str = text(required=True),
) -> None:
    """The account has this warning no more; nothing happens if it had not."""
    account, inside = account_of(call, connected_account_id)
    _check(ACCOUNT_WARNINGS, warning_code, None, _GOES_BY)
    troubles.clear(inside, account, ACCOUNT_WARNINGS, warning_code)


@namespace.endpoint("POST", callers=_ANYONE)
def add_device_error(
    call: Call,
    *,
    device_id: str = uuid(required=True),
    error_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """The device has this error, announced as if it had come about by itself."""
    device, inside = device_of(call, device_id)
    _check(DEVICE_ERRORS, error_code, members, _OF_ACCOUNT)
    device_troubles.add_error(inside, device, error_code, message, members or {})


@namespace.endpoint("POST", callers=_ANYONE)
def add_device_warning(
    call: Call,
    *,
    device_id: str = uuid(required=True),
    warning_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """The device has this warning; ``members`` are those of its code."""
    device, inside = device_of(call, device_id)
    _check(DEVICE_WARNINGS, warning_code, members, {})
    device_troubles.add_warning(inside, device, warning_code, message, members or {})


@namespace.endpoint("POST", callers=_ANYONE)
def clear_device_error(
    call: Call, *, device_id: str = uuid(required=True), error_code: str = text(required=True)
) -> None:
    """The device has this error no more; nothing happens if it had not."""
    device, inside = device_of(call, device_id)
    _check(DEVICE_ERRORS, error_code, None, _OF_ACCOUNT)
    device_troubles.clear_error(inside, device, error_code)


@namespace.endpoint("POST", callers=_ANYONE)
def clear_device_warning(
    call: Call, *, device_id: str = uuid(required=True), warning_code: str = text(required=True)
) -> None:
    """The device has this warning no more; nothing happens if it had not."""
    device, inside = device_of(call, device_id)
    _check(DEVICE_WARNINGS, warning_code, None, {})
    device_troubles.clear_warning(inside, device, warning_code)


def _check(
    kind: Vocabulary, code: str, members: Mapping[str, Any] | None, elsewhere: Mapping[str, str]
) -> None:
    """Only codes that Seam knows of, and only with their own members."""
    if code in elsewhere:
        raise MisuseError(f"{kind.name}={code!r}: use {elsewhere[code]}")
    if code not in kind.codes:
        choices = ", ".join(one for one in kind.codes if one not in elsewhere)
        raise MisuseError(f"{kind.name}={code!r}: choose one of {choices}")
