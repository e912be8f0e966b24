"""/_fakeseam: what people do to access codes in the maker's app, and errors of codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.access_codes import errors as code_errors
from ..api.access_codes import outside, transitions
from ..api.access_codes.errors import CODE_ERRORS, CODE_WARNINGS
from ..api.access_codes.new_pins import is_managed_pin
from ..api.access_codes.parameters import pin_text
from ..api.access_codes.shape import show
from ..api.access_codes.time_frame import time_text, to_timestamp
from ..api.access_codes.unmanaged_codes import create_unmanaged
from ..api.error_codes import CodeTable
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import record, text, uuid
from .context import ControlContext
from .lookup import get_access_code, get_device

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)


@namespace.endpoint("POST", response_key="access_code")
def create_unmanaged_access_code(
    ctx: ControlContext,
    *,
    device_id: str = uuid(required=True),
    code: str = pin_text(required=True),
    name: str | None = text(),
) -> dict[str, Any]:
    """Sets a code on a device of any brand, as its owner does; Seam finds it there."""
    device, ctx = get_device(ctx, device_id)
    if "access_code" not in device.capabilities_supported:
        raise MisuseError(f"device {device_id!r} takes no access codes: choose a lock that does")
    return show(ctx, create_unmanaged(ctx, device, code, name))


@namespace.endpoint("POST")
def change_access_code(
    ctx: ControlContext,
    *,
    access_code_id: str = uuid(required=True),
    code: str | None = pin_text(),
    name: str | None = text(),
    starts_at: str | None = time_text(),
    ends_at: str | None = time_text(),
) -> None:
    """Changes a code on its device, as somebody does in the maker's app.

    Seam sets its own values again in the next step, or honors the new ones if the code allows it.
    """
    found, ctx = get_access_code(ctx, access_code_id)
    _check_held(found.held, access_code_id)
    fields = {field: ctx.params[field] for field in ("code", "name") if field in ctx.params}
    for field in ("starts_at", "ends_at"):
        if field in ctx.params:
            fields[field] = to_timestamp(ctx.params[field])
    if not fields:
        raise MisuseError("change_access_code() needs a code, name, starts_at or ends_at")
    times = [fields.get(name, getattr(found, name)) for name in ("starts_at", "ends_at")]
    if times.count(None) == 1:
        raise MisuseError("change_access_code(): a code has both times or none; give both")
    if None not in times and str(times[1]) <= str(times[0]):
        raise MisuseError("change_access_code(): ends_at must be after starts_at")
    is_honored = found.is_managed and found.is_external_modification_allowed
    pin = fields.get("code")
    if pin and is_honored and is_managed_pin(ctx, transitions.device_of(ctx, found), pin, found):
        raise MisuseError(
            f"code={pin!r} is the PIN of another code of the device: choose one that is free"
        )
    outside.modify(ctx, found, fields)


@namespace.endpoint("POST")
def remove_access_code(ctx: ControlContext, *, access_code_id: str = uuid(required=True)) -> None:
    """Removes a code from its device, as somebody does in the maker's app.

    Seam sets it again in the next step, or leaves it unset if the code allows it.
    """
    found, ctx = get_access_code(ctx, access_code_id)
    _check_held(found.held, access_code_id)
    outside.remove(ctx, found)


def _check_held(held: Mapping[str, Any] | None, access_code_id: str) -> None:
    if held is None:
        raise MisuseError(
            f"the device does not have access code {access_code_id!r}: wait until it is set"
        )


@namespace.endpoint("POST")
def add_access_code_error(
    ctx: ControlContext,
    *,
    access_code_id: str = uuid(required=True),
    error_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds an error to a code, and nothing else; ``members`` are those of its code."""
    _add(ctx, access_code_id, CODE_ERRORS, error_code, message, members)


@namespace.endpoint("POST")
def add_access_code_warning(
    ctx: ControlContext,
    *,
    access_code_id: str = uuid(required=True),
    warning_code: str = text(required=True),
    message: str | None = text(minimum=1),
    members: Mapping[str, Any] | None = record(),
) -> None:
    """Adds a warning to a code, and nothing else; ``members`` are those of its code."""
    _add(ctx, access_code_id, CODE_WARNINGS, warning_code, message, members)


@namespace.endpoint("POST")
def clear_access_code_error(
    ctx: ControlContext,
    *,
    access_code_id: str = uuid(required=True),
    error_code: str = text(required=True),
) -> None:
    """Removes an error from a code; does nothing without such an error."""
    _clear(ctx, access_code_id, CODE_ERRORS, error_code)


@namespace.endpoint("POST")
def clear_access_code_warning(
    ctx: ControlContext,
    *,
    access_code_id: str = uuid(required=True),
    warning_code: str = text(required=True),
) -> None:
    """Removes a warning from a code; does nothing without such a warning."""
    _clear(ctx, access_code_id, CODE_WARNINGS, warning_code)


def _add(
    ctx: ControlContext,
    access_code_id: str,
    table: CodeTable,
    name: str,
    message: str | None,
    members: Mapping[str, Any] | None,
) -> None:
    found, ctx = get_access_code(ctx, access_code_id)
    _check_name(table, name)
    changed = code_errors.with_error(ctx, found, name, message, members)
    transitions.put(ctx, changed, transitions.device_of(ctx, found))


def _clear(ctx: ControlContext, access_code_id: str, table: CodeTable, name: str) -> None:
    found, ctx = get_access_code(ctx, access_code_id)
    _check_name(table, name)
    changed = code_errors.without(found, name)
    transitions.put(ctx, changed, transitions.device_of(ctx, found))


def _check_name(table: CodeTable, name: str) -> None:
    if name not in table.codes:
        raise MisuseError(f"{table.name}={name!r}: choose one of {', '.join(table.codes)}")
