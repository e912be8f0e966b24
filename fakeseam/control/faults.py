"""/_fakeseam/faults: failures that a test injects into requests to Seam."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..api import endpoint_at, nearest_namespaces, nearest_paths
from ..api.documented import DOCUMENTED_PATHS
from ..core.fault_plan import AFTER, ANYTHING, BEFORE, BELOW, KINDS, TIMEOUT, Fault, FaultCounter
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import enum, integer, number, text
from .context import ControlContext
from .lookup import endpoints_hint, get_workspace
from .request_log import METHODS

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/faults", Owner.CONTROL)

# In seconds: one day. A timer cannot wait for many years.
MAX_LATENCY_S = 86_400
# Unsourced: what Seam sends when it is down; a proxy in front of it answers 503.
OUTAGE_STATUS = 503


@namespace.endpoint("POST", response_key="fault")
def add(
    ctx: ControlContext,
    *,
    route: str | None = text(),
    resource: str | None = text(minimum=1),
    workspace_id: str | None = text(),
    status: int | None = integer(),
    times: int | None = integer(),
    after: int = integer(default=0, minimum=0),
    probability: float | None = number(),
    latency: float | None = number(minimum=0),
    retry_after: int | None = integer(minimum=0),
    when: str | None = enum(BEFORE, AFTER),
    kind: str | None = enum(*KINDS),
) -> dict[str, Any]:
    """Makes requests fail, get a broken response or a late one; see ``docs/faults.md``.

    ``route`` is a path, a method and a path, a path that ends in ``/*``, or ``*``. ``resource``
    is an id that a request has among its parameters; ``workspace_id`` is that of its caller.
    ``latency`` and ``retry_after`` are in seconds. ``probability`` is more than 0 and at most 1.
    """
    if route is None and resource is None:
        raise MisuseError(
            "faults.add() needs a route ('/devices/list', 'POST /devices/*', '*')"
            " or a resource id."
        )
    if probability is not None and not 0 < probability <= 1:
        raise MisuseError(f"probability={probability:g}: it must be more than 0 and at most 1")
    if times is None and probability is None:
        times = 1
    method, path = _split(ANYTHING if route is None else route)
    fault = Fault(
        method,
        path,
        resource,
        workspace_id,
        status,
        kind,
        when or BEFORE,
        latency or 0.0,
        retry_after,
        times,
        after,
        1.0 if probability is None else probability,
    )
    return _add(ctx, fault)


@namespace.endpoint("POST", response_key="fault")
def outage(
    ctx: ControlContext,
    *,
    route: str = text(default=ANYTHING),
    workspace_id: str | None = text(),
    status: int | None = integer(),
    kind: str | None = enum(*KINDS),
    retry_after: int | None = integer(minimum=0),
) -> dict[str, Any]:
    """Makes every request fail, by default with a 503, until the fault is removed.

    ``route`` and ``workspace_id`` say which requests, as in faults/add.
    """
    if status is None and kind is None:
        status = OUTAGE_STATUS
    method, path = _split(route)
    fault = Fault(
        method,
        path,
        workspace_id=workspace_id,
        status=status,
        kind=kind,
        retry_after=retry_after,
        times=None,
    )
    return _add(ctx, fault)


def _add(ctx: ControlContext, fault: Fault) -> dict[str, Any]:
    """Adds a fault. Raises ``MisuseError`` for one that can never happen."""
    _check_route(ctx, fault.method, fault.path)
    _check_effect(fault)
    if fault.workspace_id is not None:
        get_workspace(ctx, fault.workspace_id)
    return ctx.runtime.faults.add(fault).to_json()


@namespace.endpoint("GET POST", response_key="fault")
def get(ctx: ControlContext, *, fault_id: int = integer(required=True)) -> dict[str, Any]:
    """Returns a fault, with the number of requests that it has hit as ``hits``."""
    return _get_counter(ctx, fault_id).to_json()


@namespace.endpoint("GET POST", response_key="faults")
def list_(ctx: ControlContext) -> list[dict[str, Any]]:
    """Returns every fault that was added, oldest first, including those that are over."""
    return [counter.to_json() for counter in ctx.runtime.faults]


@namespace.endpoint("POST", response_key="fault")
def remove(ctx: ControlContext, *, fault_id: int = integer(required=True)) -> dict[str, Any]:
    """Ends a fault: it hits no more requests."""
    counter = _get_counter(ctx, fault_id)
    ctx.runtime.faults.remove(counter)
    return counter.to_json()


@namespace.endpoint("POST")
def clear(ctx: ControlContext) -> None:
    """Ends every fault that was added so far."""
    ctx.runtime.faults.clear()


def _get_counter(ctx: ControlContext, fault_id: int) -> FaultCounter:
    counter = ctx.runtime.faults.find(fault_id)
    if counter is None:
        raise MisuseError(
            f"no fault {fault_id} here; faults/list shows those that were added since the fake"
            " was created or reset"
        )
    return counter


def _split(route: str) -> tuple[str | None, str]:
    method, _, path = route.rpartition(" ")
    return method.upper() or None, path


def _check_route(ctx: ControlContext, method: str | None, path: str) -> None:
    """Raises ``MisuseError`` unless a path of Seam's, or one that the test answers, matches."""
    answered = [answer.path for answer in ctx.runtime.answers]
    matches = [one for one in (*DOCUMENTED_PATHS, *answered) if Fault(None, path).is_for("", one)]
    if not matches or (ANYTHING in path and path != ANYTHING and not path.endswith(BELOW)):
        hint = endpoints_hint(_nearest(path))
        raise MisuseError(f"no endpoint matches {path!r}; {hint}")
    methods = sorted({name for one in matches for name in _methods(one)})
    if method is not None and method not in methods:
        raise MisuseError(f"{path} takes no {method!r}, only {', '.join(methods)}")


def _methods(path: str) -> Sequence[str]:
    """Returns the methods of a path: any, if fakeseam does not implement it."""
    endpoint = endpoint_at(path)
    return METHODS if endpoint is None else endpoint.methods


def _nearest(path: str) -> list[str]:
    if ANYTHING not in path:
        return nearest_paths(path)
    return [f"{namespace}{BELOW}" for namespace in nearest_namespaces(path.rstrip(ANYTHING))]


def _check_effect(fault: Fault) -> None:
    status, kind = fault.status, fault.kind
    latency, retry_after = fault.latency, fault.retry_after
    if status is None and kind is None and not latency:
        raise MisuseError(
            "faults.add() needs a status (an HTTP error), a kind"
            f" ({', '.join(KINDS)}) or a latency in seconds."
        )
    if status is not None and kind is not None:
        raise MisuseError(f"status={status} and kind={kind!r} exclude each other: add two faults")
    if status is not None and not 400 <= status <= 599:
        raise MisuseError(f"status={status}: a fault is an HTTP error, 400 to 599")
    if retry_after is not None and status is None:
        raise MisuseError(f"retry_after={retry_after} needs a status: add one, such as status=429")
    if latency and kind == TIMEOUT:
        raise MisuseError(
            f"latency={latency:g} and kind={kind!r} exclude each other: no response ever comes"
        )
    if latency and latency > MAX_LATENCY_S:
        raise MisuseError(
            f"latency={latency:g}: the longest is {MAX_LATENCY_S} s, one day; use kind={TIMEOUT!r}"
            " for a response that never comes"
        )
