"""One step of a code through its table: what is stored, scheduled and emitted.

Source: docs.seam.co api/events and the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ...core.state_machine import ABSENT
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..devices import steps
from ..devices.events import entries_of
from ..devices.record import DEVICES, Device
from ..devices.shape import account_of
from ..events.emit import brief, emit
from ..events.types import REQUIRED_FIELDS
from .errors import with_error, without
from .lifecycle import ACCESS_CODE, CHANGES, CodeTransition
from .moments import next_moment, scheduled_at
from .mutations import CHANGE_EVENTS, added, changed_properties, requested
from .record import ACCESS_CODES, CODE_MOMENTS, AccessCode, CodeMoment
from .shape import errors, warnings

__all__ = ["apply", "device_of", "emit_code_event", "emit_deleted", "put", "remove", "schedule"]

Changes = Sequence[Mapping[str, Any]]


def apply(
    ctx: RequestContext,
    code: AccessCode,
    trigger: str,
    /,
    *,
    changes: Changes = (),
    members: Mapping[str, Any] | None = None,
    **fields: Any,
) -> AccessCode:
    """Steps the code's state machine; stores the code with new ``fields``, and emits the events.

    ``changes`` are what an update changes: ``mutation_code``, ``from`` and ``to``. A step that is
    done emits those of the pending mutations. ``members`` are those of the error or warning that
    the row raises. Returns the code after the row, also if it is gone.
    """
    row, device = ACCESS_CODE.step(code.state, trigger), device_of(ctx, code)
    pending = [one for one in code.mutations if "from" in one]
    after = without(replace(code, state=row.to, **freeze(fields)), *row.clears)
    after = replace(after, mutations=freeze(_mutations(ctx, after, device, row)))
    for name in row.raises:
        after = with_error(ctx, after, name, members=members)
    if row.cancels:
        steps.cancel(ctx, code.access_code_id)
    if row.to == ABSENT:
        remove(ctx, code)
    else:
        put(ctx, after, device)
    if row.step is not None:
        steps.request(ctx, row.step, code.access_code_id, device)
    for event_type in row.emits:
        if event_type == CHANGES:
            _emit_changes(ctx, after, pending)
        else:
            more = _payload(event_type, changes or pending, row)
            emit_code_event(ctx, event_type, after, **more)
    return after


def _mutations(
    ctx: RequestContext, code: AccessCode, device: Device, row: CodeTransition
) -> tuple[Mapping[str, Any], ...]:
    mutations = () if row.settles else code.mutations
    if row.mutation is None:
        return mutations
    more = {}
    if row.mutation == "deferring_creation":
        more["scheduled_at"] = scheduled_at(code, device)
    return added(ctx, mutations, row.mutation, **more)


def _payload(event_type: str, changes: Changes, row: CodeTransition) -> dict[str, Any]:
    """Returns the fields of an event that its code does not have."""
    if event_type == "access_code.changed":
        return {"changed_properties": changed_properties(changes)}
    if event_type == "access_code.mutations_requested":
        asked = [{"mutation_code": row.mutation}] if row.mutation else requested(changes)
        return {"requested_mutations": asked}
    return {}


def _emit_changes(ctx: RequestContext, code: AccessCode, changes: Changes) -> None:
    """Emits that a code has changed, and an event for each kind of change; nothing without any."""
    if not changes:
        return
    emit_code_event(
        ctx, "access_code.changed", code, changed_properties=changed_properties(changes)
    )
    by_code = {one["mutation_code"]: one for one in changes}
    for mutation_code, (event_type, description) in CHANGE_EVENTS.items():
        if mutation_code in by_code:
            values = {name: by_code[mutation_code][name] for name in ("from", "to")}
            emit_code_event(ctx, event_type, code, description=description, **values)


def emit_code_event(
    ctx: RequestContext, event_type: str, code: AccessCode, **more: Any
) -> None:
    """Emits an event of a code, with the current metadata of its device and account."""
    device = device_of(ctx, code)
    account, required = account_of(ctx, device), REQUIRED_FIELDS[event_type]
    if "code" in required:
        more["code"] = code.code
    if "access_code_errors" in required:
        more |= _issues(code, device, account)
    emit(
        ctx,
        event_type,
        owner=device.customer_key,  # the payload does not say whose it is
        access_code_id=code.access_code_id,
        device_id=device.device_id,
        connected_account_id=account.connected_account_id,
        device_custom_metadata=device.custom_metadata,
        connected_account_custom_metadata=account.custom_metadata,
        **more,
    )


def _issues(code: AccessCode, device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the errors and warnings of the code, its device and its account."""
    return {
        "access_code_errors": brief(errors(code, device, account), "error_code"),
        "access_code_warnings": brief(warnings(code, device), "warning_code"),
        **entries_of(device, account),
    }


def emit_deleted(ctx: RequestContext, code: AccessCode) -> None:
    """Emits the event of a code that is deleted with its device or account.

    A backup that was not pulled vanishes.
    """
    if not (code.is_backup and code.ends_at is None):
        for event_type in ACCESS_CODE.step(code.state, "device_deleted").emits:
            emit_code_event(ctx, event_type, code)


def device_of(ctx: RequestContext, code: AccessCode) -> Device:
    """Returns the code's device. A code never outlives its device."""
    device = ctx.store.get(DEVICES, code.device_id)
    if device is None:
        raise RuntimeError(f"access code {code.access_code_id} has no device")
    return device


def put(ctx: RequestContext, code: AccessCode, device: Device) -> None:
    """Stores a code, and schedules its next moment."""
    ctx.store.put(ACCESS_CODES, code)
    schedule(ctx, code, device)


def schedule(ctx: RequestContext, code: AccessCode, device: Device) -> None:
    """Schedules the next moment at which time changes the code, in place of an earlier one."""
    due, key = next_moment(code, device, ctx.now()), code.access_code_id
    before = ctx.store.get(CODE_MOMENTS, key)
    if before is not None and before.created_at != due:
        ctx.store.delete(CODE_MOMENTS, key)
    if due is not None and (before is None or before.created_at != due):
        ctx.store.put(CODE_MOMENTS, CodeMoment(key, code.workspace_id, due))


def remove(ctx: RequestContext, code: AccessCode) -> None:
    """Removes a code from the store, with what was scheduled for it; without events."""
    key = code.access_code_id
    steps.cancel(ctx, key)
    if ctx.store.get(CODE_MOMENTS, key) is not None:
        ctx.store.delete(CODE_MOMENTS, key)
    ctx.store.delete(ACCESS_CODES, key)
