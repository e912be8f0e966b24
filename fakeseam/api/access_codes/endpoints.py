"""/access_codes: PINs that Seam sets on locks, for good or for a time.

Source: docs.seam.co api/access_codes, and the guides to access codes.
"""

from __future__ import annotations

from typing import Any

from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged, Parts
from ...schema.params import array, boolean, enum, integer, number, text, uuid
from ...schema.validation import Issue, invalid_input
from ..action_attempts import attempts
from ..action_attempts.record import ACTION_ATTEMPTS
from ..action_attempts.shape import show as show_attempt
from ..auth import BACKEND, EVERYONE, SESSION
from ..context import RequestContext
from ..devices import constraints, steps
from ..devices.capable import find_capable
from ..listing import page_cursor, search_text
from ..rate_limits import count_request
from . import backup_pool, lookup
from .creation import (
    NO_PIN_LEFT,
    check_online,
    create_code,
    find_code_device,
    pin_for,
    wanted_of,
)
from .lifecycle import ACCESS_CODE
from .lookup import check_filter, check_one
from .multiple import RANDOM, THROW, create_shared
from .new_pins import new_pin
from .offline import check_offline
from .parameters import MAX_TIME_ROUNDINGS, pin_text
from .record import ACCESS_CODES, AccessCode
from .shape import show, shown
from .time_frame import time_text
from .updating import (
    change,
    check_modifiable,
    delete,
    frame_fields,
    unmanage,
    wanted_fields,
)

__all__ = ["namespace"]

namespace = Namespace("/access_codes")

DEFAULT_LIMIT = 55000
NO_GRANTS = "access grants and access methods are not implemented: no code is of one"


@namespace.endpoint("POST", callers=EVERYONE, response_key=("access_code", "action_attempt"))
def create(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    name: str | None = text(),
    code: str | None = pin_text(),
    starts_at: str | None = time_text(),
    ends_at: str | None = time_text(),
    preferred_code_length: float | None = number(),
    common_code_key: str | None = text(minimum=1),
    is_external_modification_allowed: bool | None = boolean(),
    allow_external_modification: bool | None = boolean(),
    prefer_native_scheduling: bool | None = boolean(),
    use_backup_access_code_pool: bool | None = boolean(),
    is_offline_access_code: bool | None = boolean(),
    use_offline_access_code: bool | None = boolean(),
    is_one_time_use: bool | None = boolean(),
    max_time_rounding: str | None = enum(*MAX_TIME_ROUNDINGS),
    attempt_for_offline_device: bool | None = boolean(),
    sync: bool = boolean(default=False),
) -> Parts:
    """Makes a code; its device gets it in a step, now or closer to its start."""
    wanted = wanted_of(ctx, ctx.params)
    device = find_code_device(ctx, device_id, wanted)
    if wanted.is_offline:
        check_offline(
            device,
            wanted.frame,
            is_one_time=wanted.is_one_time_use,
            max_time_rounding=max_time_rounding,
        )
    pin = pin_for(ctx, device, wanted)
    if wanted.uses_backup_pool and not device.backup_access_code_pool_enabled:
        device = backup_pool.enable(ctx, device)
    made = create_code(ctx, device, wanted, pin)
    attempt = attempts.request(
        ctx, "CREATE_ACCESS_CODE", device=device, access_code_id=made.access_code_id
    )
    return Parts([*_finished(ctx, made, attempt.action_attempt_id, sync)])


@namespace.endpoint("POST PUT", callers=EVERYONE, response_key="access_codes")
def create_multiple(
    ctx: RequestContext,
    *,
    device_ids: list[str] = array(uuid(), required=True),
    behavior_when_code_cannot_be_shared: str = enum(THROW, RANDOM, default=THROW),
    name: str | None = text(),
    code: str | None = pin_text(),
    starts_at: str | None = time_text(),
    ends_at: str | None = time_text(),
    preferred_code_length: float | None = number(),
    is_external_modification_allowed: bool | None = boolean(),
    allow_external_modification: bool | None = boolean(),
    prefer_native_scheduling: bool | None = boolean(),
    use_backup_access_code_pool: bool | None = boolean(),
    attempt_for_offline_device: bool | None = boolean(),
) -> list[dict[str, Any]]:
    """Makes a code on each of the devices, all with one PIN."""
    wanted = wanted_of(ctx, ctx.params)
    made = create_shared(ctx, device_ids, wanted, behavior_when_code_cannot_be_shared)
    if wanted.uses_backup_pool:
        for one in made:
            device = find_code_device(ctx, one.device_id, wanted)
            if not device.backup_access_code_pool_enabled:
                backup_pool.enable(ctx, device)
    return [show(ctx, one) for one in made]


@namespace.endpoint(
    "GET POST", callers=EVERYONE, response_key="access_code", checks=[check_one]
)
def get(
    ctx: RequestContext,
    *,
    access_code_id: str | None = uuid(),
    device_id: str | None = uuid(),
    code: str | None = text(minimum=1),
) -> Shown:
    """Returns one managed code, by its id, or by its device and PIN."""
    return shown(ctx, lookup.find_by_pin_or_id(ctx))


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    response_key="access_codes",
    checks=[check_filter],
    partial_note=NO_GRANTS,
)
def list_(
    ctx: RequestContext,
    *,
    access_code_ids: list[str] | None = array(uuid()),
    device_id: str | None = uuid(),
    access_method_id: str | None = uuid(),
    access_grant_id: str | None = uuid(),
    access_grant_key: str | None = text(minimum=1),
    customer_key: str | None = text(minimum=1),
    user_identifier_key: str | None = text(minimum=1),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the managed codes that meet every filter, oldest first; backups are left out."""
    return lookup.list_codes(ctx, "managed", limit, page_cursor)


@namespace.endpoint("PATCH POST PUT", callers=EVERYONE, response_key="action_attempt")
def update(
    ctx: RequestContext,
    *,
    access_code_id: str = uuid(required=True),
    device_id: str | None = uuid(),
    name: str | None = text(),
    code: str | None = pin_text(),
    starts_at: str | None = time_text(),
    ends_at: str | None = time_text(),
    type: str | None = enum("ongoing", "time_bound"),
    is_managed: bool | None = boolean(),
    is_external_modification_allowed: bool | None = boolean(),
    allow_external_modification: bool | None = boolean(),
    attempt_for_offline_device: bool | None = boolean(),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Changes only what is sent. The device follows in a step.

    Unsourced: that one time alone moves that end of a time-bound code.
    """
    found = _find_active(ctx, access_code_id, device_id)
    device = find_capable(ctx, found.device_id, "can_program_online_access_codes")
    if attempt_for_offline_device is False:
        check_online(ctx, device)
    count_request(ctx, device, "update_access_code")
    is_changed = change(ctx, found, **wanted_fields(ctx, found, device))
    if is_managed is False:
        unmanage(ctx, _stored(ctx, found))
    attempt = attempts.request(
        ctx,
        "UPDATE_ACCESS_CODE",
        device=device,
        access_code_id=found.access_code_id if is_changed else None,
    )
    *_, shown_attempt = _finished(ctx, found, attempt.action_attempt_id, sync)
    return shown_attempt


@namespace.endpoint("PATCH POST", callers=EVERYONE)
def update_multiple(
    ctx: RequestContext,
    *,
    common_code_key: str = text(required=True, minimum=1),
    name: str | None = text(),
    starts_at: str | None = time_text(),
    ends_at: str | None = time_text(),
) -> None:
    """Changes the name and the times of all codes of a key."""
    index = ("common_code_key", ctx.workspace_id, common_code_key)
    found = [
        lookup.find(ctx, code.access_code_id)
        for code in ctx.store.find(ACCESS_CODES, index)
        if "update" in ACCESS_CODE.legal(code.state)
    ]
    if not found:
        raise lookup.not_found(ctx, lookup.NOT_FOUND)
    for code in found:
        fields = frame_fields(ctx, code)
        change(ctx, code, name=code.name if name is None else name, **fields)


@namespace.endpoint("DELETE POST", callers=EVERYONE, response_key="action_attempt")
def delete_(
    ctx: RequestContext,
    *,
    access_code_id: str = uuid(required=True),
    device_id: str | None = uuid(),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Deletes a code: at once if its device does not have it, else after a step."""
    found = lookup.find(ctx, access_code_id, device_id=device_id)
    check_modifiable(found)
    device = find_capable(ctx, found.device_id, "can_program_online_access_codes")
    count_request(ctx, device, "delete_access_code")
    delete(ctx, found)
    attempt = attempts.request(ctx, "DELETE_ACCESS_CODE", device=device)
    *_, shown_attempt = _finished(ctx, found, attempt.action_attempt_id, sync)
    return shown_attempt


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, response_key="generated_code")
def generate_code(
    ctx: RequestContext, *, device_id: str = uuid(required=True)
) -> dict[str, Any]:
    """Returns a PIN that the device would take; reserves nothing."""
    device = find_capable(ctx, device_id, "can_program_online_access_codes")
    generated = new_pin(ctx, device)
    if generated is None:
        raise invalid_input([Issue(("device_id",), NO_PIN_LEFT)])
    return {"device_id": device.device_id, "code": generated}


@namespace.endpoint(
    "POST", callers=EVERYONE, response_key=("access_code", "backup_access_code")
)
def pull_backup_access_code(
    ctx: RequestContext, *, access_code_id: str = uuid(required=True)
) -> Parts:
    """Lets a backup open the device until the end of the code; works offline, too."""
    found = lookup.find(ctx, access_code_id, message=lookup.NOT_FOUND_BY_ID)
    if found.ends_at is None:
        message = "Backups can only be used for time_bound access codes."
        raise ApiError(400, "access_code_not_time_bound", message)
    is_active = "update" in ACCESS_CODE.legal(found.state)
    backup = backup_pool.pull(ctx, found) if is_active else None
    if backup is None:
        raise ApiError(
            404,
            "backup_access_code_not_found",
            "Backup access code not found",
            data={"access_code_id": access_code_id},
        )
    return Parts([show(ctx, _stored(ctx, found)), show(ctx, backup)])


@namespace.endpoint("POST", callers=BACKEND | {SESSION})
def report_device_constraints(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    supported_code_lengths: list[int] | None = array(
        constraints.code_length(), minimum=1
    ),
    min_code_length: int | None = constraints.code_length(),
    max_code_length: int | None = constraints.code_length(),
) -> None:
    """Sets the lengths of the PINs that a SmartThings lock takes, which does not report them."""
    constraints.report(
        ctx, device_id, supported_code_lengths, min_code_length, max_code_length
    )


def _find_active(ctx: RequestContext, access_code_id: str, device_id: str | None) -> AccessCode:
    """Returns a code that can be changed: an active or upcoming one."""
    found = lookup.find(ctx, access_code_id, device_id=device_id)
    check_modifiable(found)
    if "update" not in ACCESS_CODE.legal(found.state):
        raise lookup.not_found(ctx, lookup.NOT_FOUND)
    return found


def _stored(ctx: RequestContext, code: AccessCode) -> AccessCode:
    """Returns the code as it is stored now."""
    stored = ctx.store.get(ACCESS_CODES, code.access_code_id)
    return code if stored is None else stored


def _finished(
    ctx: RequestContext, code: AccessCode, action_attempt_id: str, sync: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the code and the attempt as Seam shows them; with ``sync`` their steps are done."""
    if sync:
        steps.run_now(ctx, code.access_code_id)
        steps.run_now(ctx, action_attempt_id)
    attempt = ctx.store.get(ACTION_ATTEMPTS, action_attempt_id)
    if attempt is None:
        raise RuntimeError(f"there is no action attempt {action_attempt_id}")
    return show(ctx, _stored(ctx, code)), show_attempt(ctx, attempt)
