"""How many requests a device takes in a minute, by the rule ``rate_limits``.

Source: docs.seam.co, rate limits, for the figures. Unsourced: how the minutes are counted; here
they are those of the clock.
"""

from __future__ import annotations

from ...core.record_types import replace
from ...errors import ApiError
from ..context import RequestContext
from ..devices.record import Device
from .record import REQUEST_COUNTS, RequestCount

__all__ = ["LIMITS", "RATE_LIMITED", "count_request"]

# Unsourced: the message of a 429.
RATE_LIMITED = "Rate limited"
MINUTE_MS = 60_000
# The requests that a device takes in a minute.
LIMITS = {
    "create_access_code": 10,
    "update_access_code": 10,
    "delete_access_code": 20,
    "lock_door": 15,
    "unlock_door": 15,
}


def count_request(ctx: RequestContext, device: Device, kind: str) -> None:
    """Counts a request for a device. Raises Seam's 429 for one too many, if the rule is on."""
    if not ctx.rules.rate_limits:
        return
    key, minute = f"{device.device_id} {kind}", ctx.now()[:16]
    counted = ctx.store.get(REQUEST_COUNTS, key)
    if counted is None:
        counted = RequestCount(
            key, device.workspace_id, ctx.now(), device.device_id, minute, count=0
        )
    if counted.minute != minute:
        counted = replace(counted, minute=minute, count=0)
    if counted.count >= LIMITS[kind]:
        left = MINUTE_MS - ctx.clock.ms() % MINUTE_MS
        headers = {"Retry-After": str(-(-left // 1000))}
        raise ApiError(429, "rate_limited", RATE_LIMITED, headers=headers)
    ctx.store.put(REQUEST_COUNTS, replace(counted, count=counted.count + 1))
