"""Codes of several devices that share one PIN.

Source: docs.seam.co api/access_codes/create_multiple and update_multiple. Unsourced: how Seam
refuses a PIN that the devices cannot share.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.record_types import replace
from ...errors import ApiError
from ...schema.validation import Issue, invalid_input
from ..context import RequestContext
from ..devices.record import Device
from . import pins
from .creation import NO_PIN_LEFT, Wanted, check_new_pin, create_code, find_code_device, pin_for
from .new_pins import new_shared_pin, rules_of
from .record import AccessCode

__all__ = ["RANDOM", "THROW", "create_shared"]

THROW = "throw"
RANDOM = "create_random_code"
# The beginning of the key that Seam gives to the codes that share a new PIN.
KEY_PREFIX = "auto_set_by_create_multiple_"


def create_shared(
    ctx: RequestContext, device_ids: Sequence[str], wanted: Wanted, behavior: str
) -> list[AccessCode]:
    """Makes a code for each device, with one PIN. Returns them in the order of the devices.

    A device that cannot share gets a PIN of its own, or Seam makes none, as ``behavior`` says.
    """
    devices = [find_code_device(ctx, one, wanted) for one in dict.fromkeys(device_ids)]
    if not devices:
        return []
    pin, sharing = _shared(ctx, devices, wanted, behavior)
    if wanted.code is None:
        key = f"{KEY_PREFIX}{ctx.new_id('common_code_key')}"
        wanted = replace(wanted, common_code_key=key)
    created = []
    for device in devices:
        own = pin if device in sharing else _own_pin(ctx, device, wanted)
        created.append(create_code(ctx, device, wanted, own))
    return created


def _shared(
    ctx: RequestContext, devices: Sequence[Device], wanted: Wanted, behavior: str
) -> tuple[str | None, Sequence[Device]]:
    """Returns the PIN to share, and the devices that can share it."""
    if wanted.code is not None:
        return wanted.code, _taking(ctx, devices, wanted, behavior)
    sharing = list(devices)
    rules = pins.shared_rules([rules_of(one) for one in sharing])
    if rules is None:
        if behavior == THROW:
            raise _cannot_share(devices)
        sharing, rules = _largest_sharing(devices)
    if rules is None:
        return None, ()
    pin = new_shared_pin(
        ctx, sharing, rules, preferred_length=wanted.preferred_length
    )
    if pin is None:
        raise invalid_input([Issue(("device_ids",), NO_PIN_LEFT)])
    return pin, sharing


def _taking(
    ctx: RequestContext, devices: Sequence[Device], wanted: Wanted, behavior: str
) -> list[Device]:
    """Returns the devices that take the wanted PIN; raises the first refusal if all have to."""
    taking = []
    for device in devices:
        try:
            check_new_pin(ctx, device, str(wanted.code), wanted.name, wanted.frame)
        except ApiError:
            if behavior == THROW:
                raise
        else:
            taking.append(device)
    return taking


def _largest_sharing(
    devices: Sequence[Device],
) -> tuple[list[Device], pins.PinRules | None]:
    """Returns the devices, from the first on, that can share a PIN, and its rules."""
    sharing: list[Device] = []
    rules = None
    for device in devices:
        common = pins.shared_rules([rules_of(one) for one in (*sharing, device)])
        if common is not None:
            sharing.append(device)
            rules = common
    return sharing, rules


def _own_pin(ctx: RequestContext, device: Device, wanted: Wanted) -> str | None:
    """Returns a PIN for a device that cannot share; None if its provider assigns it."""
    return pin_for(ctx, device, replace(wanted, code=None, common_code_key=None))


def _cannot_share(devices: Sequence[Device]) -> ApiError:
    return ApiError(
        400,
        "cannot_share_code",
        "The devices cannot share one access code",
        data={"device_ids": [device.device_id for device in devices]},
    )
