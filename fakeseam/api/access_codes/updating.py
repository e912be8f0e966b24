"""Changing and deleting a code: Seam shows it at once, the device follows in a step.

Source: docs.seam.co api/access_codes/update and delete. Unsourced: the words about offline codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ...core.record_types import replace
from ...errors import ApiError
from ..context import RequestContext
from ..devices import steps
from ..devices.record import Device
from . import transitions
from .creation import check_new_pin
from .errors import without
from .lifecycle import ACCESS_CODE
from .mutations import added, changes_between
from .record import ACCESS_CODES, AccessCode
from .schedule import begin
from .time_frame import TimeFrame, frame_after_update

__all__ = [
    "change",
    "check_modifiable",
    "delete",
    "frame_fields",
    "unmanage",
    "unmanage_codes_of",
    "wanted_fields",
]


def check_modifiable(code: AccessCode) -> None:
    """Raises Seam's 400 for an offline code, which nobody can change or delete."""
    if code.is_offline:
        raise ApiError(
            400,
            "cannot_modify_offline_access_code",
            "Offline access codes cannot be modified or deleted",
            data={"access_code_id": code.access_code_id},
        )


def change(ctx: RequestContext, code: AccessCode, /, **fields: Any) -> bool:
    """Gives a code new values. Returns whether any value that Seam shows differs.

    A change of what its device does not have of it is not one of the device's.
    """
    after = replace(code, **fields)
    changes = list(changes_between(code, after))
    device = transitions.device_of(ctx, code)
    if not changes:
        if after != code:
            transitions.put(ctx, after, device)
        return after != code
    mutations = code.mutations
    if ACCESS_CODE.step(code.state, "update").step is not None:
        for one in changes:
            mutations = added(
                ctx, mutations, one["mutation_code"], **{"from": one["from"], "to": one["to"]}
            )
    code = transitions.apply(
        ctx, code, "update", changes=changes, mutations=mutations, **fields
    )
    begin(ctx, code, device)
    return True


def wanted_fields(ctx: RequestContext, code: AccessCode, device: Device) -> dict[str, Any]:
    """Returns the fields of a code after the update that the request asks for.

    Raises Seam's error for times or a PIN that the code cannot have. Of two names of the flag the
    newer wins. Unsourced: that a code with another PIN leaves its group.
    """
    sent, fields = ctx.params, frame_fields(ctx, code)
    fields["name"] = sent.get("name", code.name)
    allowed = "is_external_modification_allowed"
    older = sent.get("allow_external_modification", code.is_external_modification_allowed)
    fields[allowed] = sent.get(allowed, older)
    if sent.get("code", code.code) != code.code:
        frame = TimeFrame(fields["starts_at"], fields["ends_at"])
        check_new_pin(ctx, device, sent["code"], fields["name"], frame, of=code)
        fields |= {"code": sent["code"], "common_code_key": None}
    return fields


def frame_fields(ctx: RequestContext, code: AccessCode) -> dict[str, Any]:
    """Returns the times of a code after the update that the request asks for."""
    before = TimeFrame(code.starts_at, code.ends_at)
    frame = frame_after_update(before, ctx.params, ctx.now())
    return {"starts_at": frame.starts_at, "ends_at": frame.ends_at}


def delete(ctx: RequestContext, code: AccessCode) -> None:
    """Deletes a code: at once, or after a step that removes it from its device.

    Its pulled backup goes with it. Unsourced: that it does.
    """
    transitions.apply(ctx, code, "delete")
    backup = ctx.store.get(ACCESS_CODES, code.pulled_backup_access_code_id or "")
    if backup is not None:
        delete(ctx, backup)


def unmanage(ctx: RequestContext, code: AccessCode) -> None:
    """Makes a managed code an unmanaged one, which Seam leaves as it is on the device."""
    names = {one["error_code"] for one in code.errors}
    names |= {one["warning_code"] for one in code.warnings}
    held, names_held = code.held or {}, ("code", "name", "starts_at", "ends_at")
    fields = {name: held.get(name, getattr(code, name)) for name in names_held}
    transitions.apply(
        ctx, without(code, *names), "unmanage", common_code_key=None, **fields
    )


def unmanage_codes_of(ctx: RequestContext, device: Device) -> None:
    """Makes the codes of a device unmanaged that Seam stops to manage; its backups vanish."""
    index = ("device_id", device.workspace_id, device.device_id)
    steps.cancel(ctx, device.device_id)
    for code in _managed(ctx.store.find(ACCESS_CODES, index)):
        if code.is_backup:
            transitions.remove(ctx, code)
        else:
            unmanage(ctx, code)


def _managed(codes: Iterable[AccessCode]) -> list[AccessCode]:
    return [code for code in codes if "unmanage" in ACCESS_CODE.legal(code.state)]
