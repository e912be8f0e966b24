"""Injecting a fault: the error that the app gets instead of the response.

``http.wsgi`` and ``sdk`` then break the connection as ``BrokenResponse.kind`` says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ..api.rate_limits import RATE_LIMITED
from ..control.context import Runtime
from ..core.fault_plan import Fault
from ..core.shown import plain
from ..errors import ApiError, BrokenResponse

__all__ = ["inject"]

# The statuses that Seam itself sends, with their type and message. Any other status has no body of
# Seam's, as if a proxy sent it: @seamapi/fake-seam-connect simulates an outage like this.
_SEAMS_OWN = {429: ("rate_limited", RATE_LIMITED), 500: ("internal_server_error", "Fault")}


def inject(
    runtime: Runtime,
    fault: Fault,
    outcome: dict[str, Any] | Exception,
    sleep: Callable[[float], None] | None,
) -> dict[str, Any] | Exception:
    """Delays the response, then returns the fault's error; or the outcome, if the fault has none.

    ``sleep`` delays the client's response in real time; None moves the fake's clock instead.
    """
    if fault.latency:
        # The handler has run already: webhooks do not wait for its response.
        runtime.webhooks.make_attempts()
        (sleep or runtime.clock.advance)(fault.latency)
    return outcome if fault.is_only_late else _error(fault, outcome)


def _error(fault: Fault, outcome: Mapping[str, Any] | Exception) -> Exception:
    if fault.status is None:
        refusal = outcome if isinstance(outcome, ApiError) else None
        body = plain(outcome) if isinstance(outcome, Mapping) and not fault.prevents else None
        return BrokenResponse(str(fault.kind), body, refusal)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    type_, message = _SEAMS_OWN.get(fault.status, ("", ""))
    return ApiError(fault.status, type_, message, headers=headers)
