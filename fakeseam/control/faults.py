"""/_fakeseam/faults: requests that fail as they would with something broken in between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api import endpoint_at, nearest
from ..api.auth import LEVER
from ..api.call import Call
from ..core.endpoint import Namespace
from ..core.faults import Fault
from ..core.params import integer, text
from ..errors import ApiError, BrokenAnswer, MisuseError

__all__ = ["fault_error", "namespace"]

namespace = Namespace("/_fakeseam/faults")


@namespace.endpoint("POST", callers=frozenset({LEVER}))
def add(
    call: Call,
    *,
    route: str = text(required=True),
    status: int = integer(required=True),
    times: int = integer(default=1),
    retry_after: int | None = integer(minimum=0),
) -> None:
    """Let the next ``times`` requests of a route fail with ``status``, before Seam sees them.

    A route is a path, or a method and a path. ``retry_after`` is in seconds.
    """
    method, path = _route(route)
    _check(method, path)
    if not 400 <= status <= 599:
        raise MisuseError(f"status={status}: a fault is an HTTP error, 400 to 599")
    fault = Fault(method, path, status=status, times=times, retry_after=retry_after)
    call.world.faults.add(fault)


@namespace.endpoint("POST", callers=frozenset({LEVER}))
def clear(call: Call) -> None:
    """Forget every fault that has not happened."""
    call.world.faults.clear()


def fault_error(fault: Fault, outcome: Mapping[str, Any] | Exception) -> Exception:
    """What the request gets in place of its outcome.

    Unsourced: the words of 429; Seam documents limits for access codes and locks alone. Any
    other status but 500 comes as from a proxy, without a body of Seam's: that is how
    @seamapi/fake-seam-connect plays an outage.
    """
    if fault.status is None:
        refusal = outcome if isinstance(outcome, ApiError) else None
        body = outcome if isinstance(outcome, Mapping) and not fault.prevents else None
        return BrokenAnswer(str(fault.kind), body, refusal)
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    known = {429: ("rate_limited", "Rate limited"), 500: ("internal_server_error", "Fault")}
    type_, message = known.get(fault.status, ("", ""))
    return ApiError(fault.status, type_, message, headers=headers)


def _route(route: str) -> tuple[str | None, str]:
    method, _, path = route.rpartition(" ")
    return method.upper() or None, path


def _check(method: str | None, path: str) -> None:
    endpoint = endpoint_at(path)
    if endpoint is None:
        raise MisuseError(f"no endpoint {path!r} to break; nearest: {', '.join(nearest(path))}")
    if method is not None and method not in endpoint.methods:
        raise MisuseError(f"{path} takes no {method!r}, only {', '.join(endpoint.methods)}")
