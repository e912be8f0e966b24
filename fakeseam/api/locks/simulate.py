"""/locks/simulate: what somebody does at the keypad of an August lock.

Source: docs.seam.co api/locks/simulate. Unsourced: the words of the refusal.
"""

from __future__ import annotations

from typing import Any

from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import text, uuid
from ..action_attempts import attempts
from ..action_attempts.shape import show as show_attempt
from ..auth import BACKEND
from ..context import RequestContext
from ..devices.capable import find_managed
from ..devices.record import Device
from ..workspaces.endpoints import require_sandbox

__all__ = ["namespace"]

namespace = Namespace("/locks/simulate")

SIMULATED_TYPE = "august_lock"


@namespace.endpoint("POST", callers=BACKEND, response_key="action_attempt")
def keypad_code_entry(
    ctx: RequestContext, *, device_id: str = uuid(required=True), code: str = text(required=True)
) -> dict[str, Any]:
    """Enters a code at the keypad. That it opens nothing is no failure of the simulation."""
    device = _find(ctx, device_id, "keypad code entry")
    attempt = attempts.request(
        ctx, "SIMULATE_KEYPAD_CODE_ENTRY", device=device, action="enter_code", code=code
    )
    return show_attempt(ctx, attempt)


@namespace.endpoint("POST", callers=BACKEND, response_key="action_attempt")
def manual_lock_via_keypad(
    ctx: RequestContext, *, device_id: str = uuid(required=True)
) -> dict[str, Any]:
    """Locks the door at the keypad."""
    device = _find(ctx, device_id, "manual lock via keypad")
    attempt = attempts.request(
        ctx, "SIMULATE_MANUAL_LOCK_VIA_KEYPAD", device=device, action="lock_by_hand"
    )
    return show_attempt(ctx, attempt)


def _find(ctx: RequestContext, device_id: str, what: str) -> Device:
    """Returns the device, if this can be simulated at it."""
    require_sandbox(ctx)
    device = find_managed(ctx, device_id)
    if device.device_type != SIMULATED_TYPE:
        raise ApiError(
            400,
            "device_type_not_supported",
            f'Device type "{device.device_type}" is not supported for simulating {what}',
            data={"device_id": device_id},
        )
    return device
