"""Making a code: what is asked of its device and its PIN, and what is stored.

Source: docs.seam.co api/access_codes/create, and the guides to offline and backup access codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...core.state_machine import ABSENT
from ...errors import ApiError
from ...schema.validation import Issue, invalid_input
from ..context import RequestContext
from ..devices.capable import find_managed, not_supported
from ..devices.record import Device
from ..devices.shape import account_of, errors, is_online
from ..error_codes import OFFLINE
from ..lifecycle import DEVICE_DISCONNECTED
from ..rate_limits import count_request
from . import pins, transitions
from .moments import ACTIVE, LATER, PRELOADED, place
from .new_pins import is_managed_pin, new_pin, other_pins, rules_of
from .offline import offline_frame
from .record import ACCESS_CODES, AccessCode
from .time_frame import ONGOING, TimeFrame, frame_of_new

__all__ = [
    "NO_PIN_LEFT",
    "Wanted",
    "check_new_pin",
    "check_online",
    "create_code",
    "find_code_device",
    "pin_for",
    "wanted_of",
]

# Unsourced: the words of the refusals below.
NO_OWN_PIN = "The provider of this device assigns the code"
NO_OWN_OFFLINE_PIN = "An offline access code is assigned by the device"
ONE_TIME_IS_OFFLINE = "Only offline access codes can be one-time use"
NO_PIN_LEFT = "The device has no code left"

# How a code begins that belongs at a place.
_TRIGGERS = {ACTIVE: "create", PRELOADED: "create_soon", LATER: "create_later"}

# Seam's message, for the pool of backup codes.
NO_POOL_FOR_ONGOING = "Cannot use the backup pool for ongoing codes"


@dataclass(frozen=True)
class Wanted:
    """What a request wants of a new code."""

    name: str | None
    code: str | None
    frame: TimeFrame
    preferred_length: float | None
    common_code_key: str | None
    is_external_modification_allowed: bool
    prefers_native_scheduling: bool
    uses_backup_pool: bool
    is_offline: bool
    is_one_time_use: bool
    max_time_rounding: str | None
    attempts_offline_device: bool


def wanted_of(ctx: RequestContext, sent: Mapping[str, Any]) -> Wanted:
    """Returns what a request wants. Raises Seam's 400 for times that no code can have.

    Of two names of one parameter the newer wins.
    """
    is_offline = sent.get("is_offline_access_code", sent.get("use_offline_access_code", False))
    is_one_time = sent.get("is_one_time_use", False)
    if is_one_time and not is_offline:
        raise invalid_input([Issue(("is_one_time_use",), ONE_TIME_IS_OFFLINE)])
    if is_offline and "code" in sent:
        raise invalid_input([Issue(("code",), NO_OWN_OFFLINE_PIN)])
    rounding = sent.get("max_time_rounding")
    if is_offline:
        frame = offline_frame(sent, ctx.now(), is_one_time=is_one_time)
    else:
        frame = frame_of_new(sent, ctx.now())
    uses_pool = sent.get("use_backup_access_code_pool", False)
    if uses_pool and frame == ONGOING:
        raise invalid_input([Issue((), NO_POOL_FOR_ONGOING)])
    older = sent.get("allow_external_modification", False)
    return Wanted(
        name=sent.get("name"),
        code=sent.get("code"),
        frame=frame,
        preferred_length=sent.get("preferred_code_length"),
        common_code_key=sent.get("common_code_key"),
        is_external_modification_allowed=sent.get("is_external_modification_allowed", older),
        prefers_native_scheduling=sent.get("prefer_native_scheduling", True),
        uses_backup_pool=uses_pool,
        is_offline=is_offline,
        is_one_time_use=is_one_time,
        max_time_rounding=rounding,
        attempts_offline_device=sent.get("attempt_for_offline_device", True),
    )


def find_code_device(ctx: RequestContext, device_id: str, wanted: Wanted) -> Device:
    """Returns the device, if it takes such codes. Raises Seam's error if it does not."""
    device = find_managed(ctx, device_id)
    kind = "offline" if wanted.is_offline else "online"
    if f"can_program_{kind}_access_codes" not in device.flags:
        raise not_supported(device)
    if wanted.uses_backup_pool and not device.properties.get("supports_backup_access_code_pool"):
        raise not_supported(device)
    if not wanted.attempts_offline_device:
        check_online(ctx, device)
    return device


def check_online(ctx: RequestContext, device: Device) -> None:
    """Raises Seam's error for an offline device, which an app does not want to try.

    Unsourced: how Seam refuses it.
    """
    account = account_of(ctx, device)
    if is_online(device, account):
        return
    found = errors(device, account)
    cause = next((one for one in found if one["error_code"] in OFFLINE), None)
    message = cause["message"] if cause is not None else "The device is offline."
    raise ApiError(400, DEVICE_DISCONNECTED, message, data={"device_id": device.device_id})


def check_new_pin(
    ctx: RequestContext,
    device: Device,
    pin: str,
    name: str | None,
    frame: TimeFrame,
    *,
    of: AccessCode | None = None,
) -> None:
    """Raises Seam's error for a PIN that the device does not take, or that another code has.

    ``of`` is the code that is to have it, if that exists. An unmanaged code with this PIN is no
    reason to refuse it: the device will.
    """
    rules = rules_of(device)
    if rules.assigns_pin:
        raise invalid_input([Issue(("code",), NO_OWN_PIN)])
    found = pins.problem(pin, rules, other_pins(ctx, device, of))
    if found is not None:
        raise invalid_input([Issue(("code",), found)])
    if is_managed_pin(ctx, device, pin, of):
        raise _duplicate(pin, name, frame)


def _duplicate(pin: str, name: str | None, frame: TimeFrame) -> ApiError:
    """Returns Seam's 409 for a PIN that another managed code of the device has.

    Unsourced: how it writes a code without a name.
    """
    message = f"Cannot set duplicate access code {pin}"
    if name is not None:
        message += f" named {name}"
    if frame.is_time_bound:
        message += f" for period {frame.starts_at}-{frame.ends_at}"
    return ApiError(409, "duplicate_access_code", message)


def create_code(
    ctx: RequestContext, device: Device, wanted: Wanted, pin: str | None
) -> AccessCode:
    """Stores a new code with this PIN, and asks the device for its first step.

    None stands for a PIN that the provider assigns.
    """
    count_request(ctx, device, "create_access_code")
    code = AccessCode(
        access_code_id=ctx.new_key(ACCESS_CODES),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        device_id=device.device_id,
        state=ABSENT,
        name=wanted.name,
        code=pin,
        starts_at=wanted.frame.starts_at,
        ends_at=wanted.frame.ends_at,
        common_code_key=wanted.common_code_key,
        is_external_modification_allowed=wanted.is_external_modification_allowed,
        prefers_native_scheduling=wanted.prefers_native_scheduling,
        is_offline=wanted.is_offline,
        is_one_time_use=wanted.is_one_time_use,
    )
    if wanted.is_offline:
        return transitions.apply(ctx, code, "create_offline")
    return transitions.apply(ctx, code, _TRIGGERS[place(code, device, ctx.now())])


def pin_for(ctx: RequestContext, device: Device, wanted: Wanted) -> str | None:
    """Returns the PIN of a new code: the wanted one, that of its group, or a new one.

    Returns None if the provider assigns it. Raises Seam's error for a PIN that is not possible.
    """
    pin = wanted.code
    if wanted.common_code_key is not None:
        pin = _pin_of_group(ctx, wanted.common_code_key, pin)
    if pin is not None:
        check_new_pin(ctx, device, pin, wanted.name, wanted.frame)
        return pin
    if wanted.is_offline or rules_of(device).assigns_pin:
        return None
    pin = new_pin(ctx, device, preferred_length=wanted.preferred_length)
    if pin is None:
        raise invalid_input([Issue(("device_id",), NO_PIN_LEFT)])
    return pin


def _pin_of_group(ctx: RequestContext, common_code_key: str, pin: str | None) -> str | None:
    """Returns the PIN that the codes of a key share; the given one if there is none yet.

    Unsourced: that Seam refuses another PIN than the group's, and the words.
    """
    index = ("common_code_key", ctx.workspace_id, common_code_key)
    group = ctx.store.first(ACCESS_CODES, index)
    if group is None or group.code is None:
        return pin
    if pin not in (None, group.code):
        message = f"The codes of common_code_key {common_code_key!r} have another code"
        raise invalid_input([Issue(("code",), message)])
    return group.code
