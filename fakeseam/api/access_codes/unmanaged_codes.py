"""Making an unmanaged code: it is on its device, and Seam has found it there."""

from __future__ import annotations

from ...core.state_machine import ABSENT
from ..context import RequestContext
from ..devices.record import Device
from . import transitions
from .moments import held_as
from .record import ACCESS_CODES, AccessCode

__all__ = ["create_unmanaged"]


def create_unmanaged(
    ctx: RequestContext, device: Device, pin: str, name: str | None
) -> AccessCode:
    """Stores and returns an ongoing code that somebody has set on the device.

    Unsourced: that the device takes it in any case, also a PIN that a managed code has.
    """
    code = AccessCode(
        access_code_id=ctx.new_key(ACCESS_CODES),
        workspace_id=ctx.workspace_id,
        created_at=ctx.now(),
        device_id=device.device_id,
        state=ABSENT,
        name=name,
        code=pin,
        starts_at=None,
        ends_at=None,
    )
    return transitions.apply(ctx, code, "create_unmanaged", held=held_as(code))
