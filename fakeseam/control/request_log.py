"""/_fakeseam/requests: searching the request log, and asserting on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .. import api
from ..api.documented import DOCUMENTED_PATHS
from ..core.nearest import nearest
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.params import record, text
from . import endpoint_at
from .assertions import (
    AssertionResult,
    Criteria,
    History,
    assert_not_occurred,
    assert_occurred,
    find_matches,
    timeout_param,
    times_param,
    wait_for_match,
)
from .context import AfterCommit, ControlContext, Runtime
from .journal import LoggedRequest
from .lookup import endpoints_hint

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/requests", Owner.CONTROL)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Requests(History[LoggedRequest]):
    """The requests that the journal still holds."""

    noun = ("request", "requests")
    verb = "called"

    def all(self, runtime: Runtime) -> Sequence[LoggedRequest]:
        return tuple(runtime.journal.requests)

    def kind(self, runtime: Runtime, entry: LoggedRequest) -> Mapping[str, Any]:
        return {"method": entry.method, "path": entry.path}

    def fields(self, runtime: Runtime, entry: LoggedRequest) -> Mapping[str, Any]:
        return entry.params

    def show(self, entry: LoggedRequest) -> dict[str, Any]:
        return entry.to_json()

    def label(self, runtime: Runtime, entry: LoggedRequest) -> str:
        return entry.request_id

    def line(self, entry: LoggedRequest) -> str:
        return str(entry)

    def incomplete_reason(self, runtime: Runtime) -> str:
        count = runtime.journal.dropped_count
        if not count:
            return ""
        dropped = f"the first {count} requests were" if count > 1 else "the first request was"
        return f"{dropped} dropped. Increase FakeSeam(request_log_size=...)."

    def hints(
        self,
        runtime: Runtime,
        criteria: Criteria,
        matches: Sequence[LoggedRequest],
        nearest: LoggedRequest | None,
    ) -> list[str]:
        if endpoint_at(criteria.kind["path"]) is not None:
            return ["this endpoint is the fake's own; the request log holds requests to Seam only"]
        if not runtime.journal.requests:
            return ["does the app use this fake? Connect it by fake.client() or fakeseam_env"]
        return []


_REQUESTS = Requests()


@namespace.endpoint("GET POST", response_key="requests")
def filter_(
    ctx: ControlContext,
    *,
    route: str | None = text(),
    params: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """Returns the requests to a route that had these parameters, oldest first.

    A route is a path, or a method and a path.
    """
    return find_matches(_REQUESTS, ctx, _criteria(ctx, route, params))


@namespace.endpoint("GET POST", response_key="request")
def assert_called(
    ctx: ControlContext,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> AssertionResult:
    """Returns the first such request; fails if there is none, or not as many as ``times``."""
    return assert_occurred(_REQUESTS, ctx, _checked_criteria(ctx, route, params), times)


@namespace.endpoint("GET POST")
def assert_not_called(
    ctx: ControlContext,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there is such a request."""
    return assert_not_occurred(_REQUESTS, ctx, _checked_criteria(ctx, route, params))


@namespace.endpoint("POST", response_key="request")
def wait_for(
    ctx: ControlContext,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> AfterCommit:
    """Returns the ``times``th such request as soon as it exists; fails after ``timeout`` seconds.

    ``timeout`` is in real time, 5 seconds by default.
    """
    return wait_for_match(_REQUESTS, ctx, _checked_criteria(ctx, route, params), times, timeout)


def _checked_criteria(
    ctx: ControlContext, route: str, params: Mapping[str, Any] | None
) -> Criteria:
    """Returns the criteria of an assertion, whose parameters the endpoint must have."""
    criteria = _criteria(ctx, route, params)
    _check_params(ctx.runtime, criteria.kind, criteria.fields)
    return criteria


def _criteria(
    ctx: ControlContext, route: str | None, params: Mapping[str, Any] | None
) -> Criteria:
    if route is None:
        return Criteria("anything", {}, params or {})
    method, _, path = route.rpartition(" ")
    kind = {"method": method.upper(), "path": path} if method else {"path": path}
    _check_route(ctx.runtime, kind)
    return Criteria(" ".join(kind.values()), kind, params or {})


def _check_route(runtime: Runtime, kind: Mapping[str, str]) -> None:
    """Raises ``MisuseError`` for a path that does not exist and was not called: a typing error."""
    method, path = kind.get("method", METHODS[0]), kind["path"]
    if method not in METHODS:
        raise MisuseError(f"no method {method!r}: a route is a path, or a method and a path")
    answered = {answer.path for answer in runtime.answers}
    known = path in DOCUMENTED_PATHS or path in runtime.journal.unknown_paths | answered
    if not known and endpoint_at(path) is None:
        hint = endpoints_hint(api.nearest_paths(path))
        raise MisuseError(f"no endpoint {path!r}, nor was it called; {hint}")


def _check_params(runtime: Runtime, kind: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    """Raises ``MisuseError`` for a method or parameter that the endpoint does not have.

    An assertion that it was not sent would prove nothing. If it was sent, there is no error.
    """
    endpoint = api.endpoint_at(kind["path"])
    if endpoint is None or runtime.journal.dropped_count:  # it may have been sent, and dropped
        return
    sent = [one for one in runtime.journal.requests if one.path == endpoint.path]
    method = kind.get("method", endpoint.methods[0])
    if method not in endpoint.methods and method not in {one.method for one in sent}:
        raise MisuseError(f"{endpoint.path} takes no {method}, only {', '.join(endpoint.methods)}")
    known = {*endpoint.params, *(name for one in sent for name in one.params)}
    for name in params:
        if name not in known:
            near = nearest(name, sorted(known))
            advice = f"nearest: {', '.join(near)}" if near else "it takes none"
            raise MisuseError(
                f"{endpoint.path} has no parameter {name!r}, nor was it sent; {advice}"
            )
