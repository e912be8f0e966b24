"""/devices/simulate: changes of a sandbox device at its provider.

Each endpoint is a row of the device's table. Source: docs.seam.co api/devices/simulate.
"""

from __future__ import annotations

from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import boolean, uuid
from ..auth import BACKEND_OR_CUSTOMER
from ..context import RequestContext
from ..lifecycle import DEVICE
from ..workspaces.endpoints import require_sandbox
from .errors import simulate
from .filters import check_visible, find

__all__ = ["namespace"]

namespace = Namespace("/devices/simulate")

# Unsourced: Seam's error for a device that lacks the flag or is unmanaged.
NOT_SUPPORTED_TYPE = "device_simulation_not_supported"
NOT_SUPPORTED_MESSAGE = "This device does not support this simulation"


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect(ctx: RequestContext, *, device_id: str = uuid(required=True)) -> None:
    """Disconnects the device."""
    _simulate(ctx, device_id, "simulate_disconnect")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def connect(ctx: RequestContext, *, device_id: str = uuid(required=True)) -> None:
    """Connects the device again. It stays offline while another error disconnects it."""
    _simulate(ctx, device_id, "simulate_connect")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def remove(ctx: RequestContext, *, device_id: str = uuid(required=True)) -> None:
    """Removes the device from its account. Seam still shows it, with an error."""
    _simulate(ctx, device_id, "simulate_remove")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def disconnect_from_hub(ctx: RequestContext, *, device_id: str = uuid(required=True)) -> None:
    """Disconnects the device's hub."""
    _simulate(ctx, device_id, "simulate_disconnect_from_hub")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def connect_to_hub(ctx: RequestContext, *, device_id: str = uuid(required=True)) -> None:
    """Connects the device's hub again."""
    _simulate(ctx, device_id, "simulate_connect_to_hub")


@namespace.endpoint("POST", callers=BACKEND_OR_CUSTOMER)
def paid_subscription(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    is_expired: bool = boolean(required=True),
) -> None:
    """Marks the subscription that the device needs as expired, or as paid again."""
    trigger = "simulate_expired_subscription" if is_expired else "simulate_paid_subscription"
    _simulate(ctx, device_id, trigger)


def _simulate(ctx: RequestContext, device_id: str, trigger: str) -> None:
    require_sandbox(ctx)
    device = find(ctx, device_id)
    check_visible(ctx, device)
    is_possible = trigger in DEVICE.legal(device.state)
    if not is_possible or DEVICE.step(device.state, trigger).needs not in device.flags:
        raise ApiError(
            400, NOT_SUPPORTED_TYPE, NOT_SUPPORTED_MESSAGE, data={"device_id": device_id}
        )
    simulate(ctx, device, trigger)
