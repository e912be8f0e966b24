"""/_fakeseam/faults: requests that fail as they would with something broken in between."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from ..api import NAMESPACES, modelled_endpoints, nearest
from ..api.auth import LEVER
from ..api.call import Call
from ..core.endpoint import Namespace
from ..core.faults import AFTER, ANYTHING, BEFORE, BELOW, KINDS, TIMEOUT, Fault, Tally
from ..core.params import enum, integer, number, text
from ..errors import ApiError, BrokenAnswer, MisuseError

__all__ = ["fault_error", "namespace"]

namespace = Namespace("/_fakeseam/faults")

_ANYONE = frozenset({LEVER})
# In seconds. No test means a longer one; a wait of many years is none that a system can keep.
LONGEST_LATENCY = 86_400


@namespace.endpoint("POST", callers=_ANYONE, answer="fault")
def add(
    call: Call,
    *,
    route: str | None = text(),
    resource: str | None = text(minimum=1),
    status: int | None = integer(),
    times: int | None = integer(),
    after: int = integer(default=0, minimum=0),
    probability: float | None = number(),
    latency: float | None = number(minimum=0),
    retry_after: int | None = integer(minimum=0),
    when: str | None = enum(BEFORE, AFTER),
    kind: str | None = enum(*KINDS),
) -> dict[str, Any]:
    """Let requests fail, come to a broken answer, or wait for one: ``docs/faults.md``.

    ``route`` is a path, a method and a path, a path that ends in ``/*``, or ``*``; ``resource``
    an id that a request has to name. ``latency`` and ``retry_after`` are in seconds.
    """
    if route is None and resource is None:
        raise MisuseError(
            "which requests? Give a route, as '/devices/list', 'POST /devices/*' or '*', or as a"
            " resource the id that they name"
        )
    method, path = _route(ANYTHING if route is None else route)
    _check_route(method, path)
    _check_what(status, kind, latency, retry_after)
    if probability is not None and not 0 < probability <= 1:
        raise MisuseError(
            f"probability={probability:g}: it is more than 0 and at most 1, which is always"
        )
    if times is None and probability is None:
        times = 1
    fault = Fault(
        method,
        path,
        resource,
        status,
        kind,
        when or BEFORE,
        latency or 0.0,
        retry_after,
        times,
        after,
        1.0 if probability is None else probability,
    )
    return call.world.faults.add(fault).shown()


@namespace.endpoint("GET POST", callers=_ANYONE, answer="fault")
def get(call: Call, *, fault_id: int = integer(required=True)) -> dict[str, Any]:
    """A fault, and how many requests it has struck."""
    return _planned(call, fault_id).shown()


@namespace.endpoint("GET POST", callers=_ANYONE, answer="faults")
def list_(call: Call) -> list[dict[str, Any]]:
    """Every fault that was added, the first one first, also those that are over."""
    return [tally.shown() for tally in call.world.faults]


@namespace.endpoint("POST", callers=_ANYONE, answer="fault")
def remove(call: Call, *, fault_id: int = integer(required=True)) -> dict[str, Any]:
    """Let a fault hit no more requests."""
    tally = _planned(call, fault_id)
    call.world.faults.remove(tally)
    return tally.shown()


@namespace.endpoint("POST", callers=_ANYONE)
def clear(call: Call) -> None:
    """Let no fault that was added so far hit any more requests."""
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


def _planned(call: Call, fault_id: int) -> Tally:
    tally = call.world.faults.find(fault_id)
    if tally is None:
        raise MisuseError(
            f"no fault {fault_id} here; faults/list tells those that were added since the fake"
            " was made or reset"
        )
    return tally


def _route(route: str) -> tuple[str | None, str]:
    method, _, path = route.rpartition(" ")
    return method.upper() or None, path


def _check_route(method: str | None, path: str) -> None:
    found = [one for one in modelled_endpoints() if Fault(None, path).is_for("", one.path)]
    if not found or (ANYTHING in path and path != ANYTHING and not path.endswith(BELOW)):
        raise MisuseError(f"no endpoint {path!r} to break; nearest: {', '.join(_nearest(path))}")
    methods = sorted({name for endpoint in found for name in endpoint.methods})
    if method is not None and method not in methods:
        raise MisuseError(f"{path} takes no {method!r}, only {', '.join(methods)}")


def _nearest(path: str) -> list[str]:
    if ANYTHING not in path:
        return nearest(path)
    below = [f"{name}{BELOW}" for name in NAMESPACES]
    return get_close_matches(path, below, n=3, cutoff=0.4) or [*below[:3], ANYTHING]


def _check_what(
    status: int | None, kind: str | None, latency: float | None, retry_after: int | None
) -> None:
    if status is None and kind is None and not latency:
        raise MisuseError(
            "what is to go wrong? Give a status (an HTTP error), a kind"
            f" ({', '.join(KINDS)}) or a latency in seconds"
        )
    if status is not None and kind is not None:
        raise MisuseError(f"status={status} and kind={kind!r}: it is either; add two faults")
    if status is not None and not 400 <= status <= 599:
        raise MisuseError(f"status={status}: a fault is an HTTP error, 400 to 599")
    if retry_after is not None and status is None:
        raise MisuseError(
            f"retry_after={retry_after} is told by an answer that has a status: give one too, as"
            " status=429"
        )
    if latency and kind == TIMEOUT:
        raise MisuseError(f"latency={latency:g}: by kind={kind!r} no answer ever comes; drop one")
    if latency and latency > LONGEST_LATENCY:
        raise MisuseError(
            f"latency={latency:g}: that is more than a day; kind={TIMEOUT!r} is for an answer"
            " that never comes"
        )
