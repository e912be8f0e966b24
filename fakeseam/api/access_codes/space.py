"""The space of a device for codes: how much is left, and who was waiting for it.

Source: docs.seam.co, access codes (troubleshooting). Unsourced: that a code is tried again as soon
as what was in its way is gone.
"""

from __future__ import annotations

import sys

from ..context import RequestContext
from ..devices import errors as device_errors
from ..devices import steps
from ..devices.record import DEVICES, Device
from .record import ACCESS_CODES

__all__ = [
    "DUPLICATE",
    "FULL",
    "retry_blocked",
    "space_freed",
    "space_of",
    "warn_that_full",
]

# The errors of a code without space and of one whose PIN is taken, and the device's warning.
FULL = "no_space_for_access_code_on_device"
DUPLICATE = "duplicate_code_on_device"
DEVICE_IS_FULL = "max_access_codes_reached"


def space_of(ctx: RequestContext, device: Device) -> int:
    """Returns how many more codes the device takes; without a limit, very many."""
    limit: int = device.properties.get("max_active_codes_supported", sys.maxsize)
    return limit - len(ctx.store.bucket(ACCESS_CODES, ("held", device.device_id)))


def warn_that_full(ctx: RequestContext, device: Device) -> None:
    """Adds the device's warning that it takes no further codes, with both counts."""
    stored = ctx.store.get(DEVICES, device.device_id) or device
    held = len(ctx.store.bucket(ACCESS_CODES, ("held", device.device_id)))
    limit = device.properties["max_active_codes_supported"]
    counts = {"active_access_code_count": held, "max_active_access_code_count": limit}
    device_errors.add_warning(ctx, stored, DEVICE_IS_FULL, None, counts)


def retry_blocked(ctx: RequestContext, device: Device, freed: set[str]) -> None:
    """Tries the codes again that an unmanaged code with one of these PINs has blocked."""
    for code in ctx.store.find(ACCESS_CODES, ("error", device.device_id, DUPLICATE)):
        if code.code in freed:
            steps.request(ctx, "program", code.access_code_id, device)


def space_freed(ctx: RequestContext, device: Device) -> None:
    """Clears the warning of a full device that has space again, and tries its codes again."""
    found = ctx.store.get(DEVICES, device.device_id)
    if found is None or not any(
        one["warning_code"] == DEVICE_IS_FULL for one in found.warnings
    ):
        return
    if space_of(ctx, found) > 0:
        device_errors.clear_warning(ctx, found, DEVICE_IS_FULL)
        for code in ctx.store.find(ACCESS_CODES, ("error", device.device_id, FULL)):
            steps.request(ctx, "program", code.access_code_id, found)
