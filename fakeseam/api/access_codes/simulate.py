"""/access_codes/simulate: what somebody does at a sandbox device outside of Seam.

Source: docs.seam.co api/access_codes/simulate.
"""

from __future__ import annotations

from typing import Any

from ...errors import ApiError
from ...schema.endpoint import Namespace
from ...schema.params import text, uuid
from ..auth import BACKEND, SESSION
from ..context import RequestContext
from ..devices.capable import find_capable
from ..workspaces.endpoints import require_sandbox
from .parameters import pin_text
from .shape import show
from .unmanaged_codes import create_unmanaged

__all__ = ["namespace"]

namespace = Namespace("/access_codes/simulate")

# Only an August lock can be simulated so, and only with short PINs.
SIMULATED_TYPE = "august_lock"
LONGEST_SIMULATED_PIN = 8


@namespace.endpoint("POST", callers=BACKEND | {SESSION}, response_key="access_code")
def create_unmanaged_access_code(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    name: str = text(required=True),
    code: str = pin_text(required=True, maximum=LONGEST_SIMULATED_PIN),
) -> dict[str, Any]:
    """Sets a code on an August lock as its owner does in the maker's app."""
    require_sandbox(ctx)
    device = find_capable(ctx, device_id, "can_program_online_access_codes")
    if device.device_type != SIMULATED_TYPE:
        raise ApiError(
            400,
            "device_type_not_supported",
            f'Device type "{device.device_type}" is not supported for simulating creation of'
            " unmanaged codes",
        )
    return show(ctx, create_unmanaged(ctx, device, code, name))
