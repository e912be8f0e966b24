"""/devices/simulate: what happens to a device at its provider, in sandbox workspaces.

Source: docs.seam.co api/devices/simulate. What each does is a row of the device's table.
"""

from __future__ import annotations

from ..core.endpoint import Namespace
from ..core.params import boolean, uuid
from ..errors import ApiError
from .auth import BACKEND_OR_CUSTOMER
from .call import Call
from .device_filters import by_id, check_sight, not_found
from .device_troubles import simulate
from .lifecycle import DEVICE
from .workspaces import require_sandbox

__all__ = ["namespace"]

namespace = Namespace("/devices/simulate")

# Unsourced: how Seam refuses a device that lacks the flag, or is unmanaged.
NOT_SUPPORTED_TYPE = "device_simulation_not_supported"
NOT_SUPPORTED_MESSAGE = "This device does not support this simulation"


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect(call: Call, *, device_id: str = uuid(required=True)) -> None:
    """The device loses its connection."""
    _simulate(call, device_id, "simulate_disconnect")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def connect(call: Call, *, device_id: str = uuid(required=True)) -> None:
    """The device has its connection back, if nothing else keeps it off line."""
    _simulate(call, device_id, "simulate_connect")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def remove(call: Call, *, device_id: str = uuid(required=True)) -> None:
    """The device is removed from its account; Seam still shows it, with an error."""
    _simulate(call, device_id, "simulate_remove")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect_from_hub(call: Call, *, device_id: str = uuid(required=True)) -> None:
    """The device's hub loses its connection."""
    _simulate(call, device_id, "simulate_disconnect_from_hub")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def connect_to_hub(call: Call, *, device_id: str = uuid(required=True)) -> None:
    """The device's hub has its connection back."""
    _simulate(call, device_id, "simulate_connect_to_hub")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def paid_subscription(
    call: Call, *, device_id: str = uuid(required=True), is_expired: bool = boolean(required=True)
) -> None:
    """The subscription that the device needs has expired, or is paid again."""
    trigger = "simulate_expired_subscription" if is_expired else "simulate_paid_subscription"
    _simulate(call, device_id, trigger)


def _simulate(call: Call, device_id: str, trigger: str) -> None:
    require_sandbox(call)
    device = by_id(call, device_id)
    if device is None:
        raise not_found({"device_id": device_id})
    check_sight(call, device)
    is_possible = trigger in DEVICE.legal(device.state)
    if not is_possible or DEVICE.step(device.state, trigger).needs not in device.flags:
        raise ApiError(
            400, NOT_SUPPORTED_TYPE, NOT_SUPPORTED_MESSAGE, data={"device_id": device_id}
        )
    simulate(call, device, trigger)
