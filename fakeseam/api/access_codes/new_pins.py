"""New PINs for a device: unlike every PIN that it has or is to have."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ..context import RequestContext
from ..devices.record import Device
from . import pins
from .record import ACCESS_CODES, AccessCode

__all__ = ["is_managed_pin", "is_taken", "new_pin", "new_shared_pin", "other_pins", "rules_of"]

# The bytes of one draw: more than the digits of a PIN need.
_DRAWN = 8


def rules_of(device: Device) -> pins.PinRules:
    """Returns which PINs the device takes."""
    return pins.PinRules.of(device.properties)


def is_taken(ctx: RequestContext, device: Device, pin: str) -> bool:
    """Returns whether a code of the device has this PIN, or had it and still is there."""
    return bool(ctx.store.bucket(ACCESS_CODES, ("pin", device.device_id, pin)))


def is_managed_pin(
    ctx: RequestContext, device: Device, pin: str, of: AccessCode | None = None
) -> bool:
    """Returns whether a managed code of the device but ``of`` has this PIN."""
    found = ctx.store.find(ACCESS_CODES, ("pin", device.device_id, pin))
    return any(
        code.is_managed and (of is None or code.access_code_id != of.access_code_id)
        for code in found
    )


def other_pins(
    ctx: RequestContext, device: Device, of: AccessCode | None = None
) -> Collection[str]:
    """Returns the PINs of the device's codes but ``of``; none if no rule of it asks for them."""
    if "unique_first_four_digits" not in rules_of(device).constraints:
        return ()
    codes = ctx.store.find(ACCESS_CODES, ("device_id", device.workspace_id, device.device_id))
    return {pin for code in codes if code is not of for pin in code.pins}


def new_pin(
    ctx: RequestContext, device: Device, *, preferred_length: float | None = None
) -> str | None:
    """Returns a PIN that the device takes and no code of it has; None if none is left."""
    return new_shared_pin(ctx, [device], rules_of(device), preferred_length=preferred_length)


def new_shared_pin(
    ctx: RequestContext,
    devices: Sequence[Device],
    rules: pins.PinRules,
    *,
    preferred_length: float | None = None,
) -> str | None:
    """Returns a PIN by these rules that no code of the devices has; None if none is left."""
    return pins.generate(
        rules,
        draw=lambda: int.from_bytes(ctx.new_secret("access_code_pin", _DRAWN), "big"),
        is_taken=lambda pin: any(is_taken(ctx, device, pin) for device in devices),
        others=[pin for device in devices for pin in other_pins(ctx, device)],
        preferred_length=preferred_length,
    )
