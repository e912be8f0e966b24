"""Finding the managed device of an action, and refusing what it cannot do."""

from __future__ import annotations

from ...errors import ApiError
from ..context import RequestContext
from .filters import check_visible, find
from .record import Device

__all__ = ["find_capable", "find_managed", "not_supported"]


def find_managed(ctx: RequestContext, device_id: str) -> Device:
    """Returns the managed device. Raises Seam's 404, 401, or 400 for one that is none."""
    device = find(ctx, device_id)
    check_visible(ctx, device)
    if not device.is_managed:
        raise ApiError(
            400,
            "device_unmanaged",
            "Device is unmanaged. Use /devices/unmanaged/update",
            data={"device_id": device_id},
        )
    return device


def find_capable(ctx: RequestContext, device_id: str, flag: str) -> Device:
    """Returns the managed device that has a flag. Raises Seam's error for any other one."""
    device = find_managed(ctx, device_id)
    if flag not in device.flags:
        raise not_supported(device)
    return device


def not_supported(device: Device) -> ApiError:
    """Returns the error for a device that cannot do it. Unsourced: the type and the words."""
    return ApiError(
        400,
        "device_not_supported",
        "This device does not support this action",
        data={"device_id": device.device_id},
    )
