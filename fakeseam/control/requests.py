"""/_fakeseam/requests: what the app has asked for, looked through and asserted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from .. import api
from ..api.auth import LEVER
from ..api.call import Afterwards, Call, World
from ..api.documented import DOCUMENTED_PATHS
from ..core.endpoint import Namespace
from ..core.params import record, text
from ..errors import MisuseError
from ..journal import LoggedRequest
from . import endpoint_at
from .asserting import (
    Outcome,
    Past,
    Wanted,
    asserted,
    asserted_not,
    looked_for,
    times_param,
    timeout_param,
    waited_for,
)

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/requests")

_ANYONE = frozenset({LEVER})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Requests(Past[LoggedRequest]):
    """The journal, as far back as it goes."""

    noun = ("request", "requests")
    verb = "called"

    def all(self, world: World) -> Sequence[LoggedRequest]:
        return tuple(world.journal.requests)

    def kind(self, world: World, thing: LoggedRequest) -> Mapping[str, Any]:
        return {"method": thing.method, "path": thing.path}

    def fields(self, world: World, thing: LoggedRequest) -> Mapping[str, Any]:
        return thing.params

    def show(self, thing: LoggedRequest) -> dict[str, Any]:
        return thing.shown()

    def label(self, world: World, thing: LoggedRequest) -> str:
        return thing.request_id

    def line(self, thing: LoggedRequest) -> str:
        return str(thing)

    def unsure(self, world: World) -> str:
        count = world.journal.forgotten
        if not count:
            return ""
        gone = f"the first {count} requests are" if count > 1 else "the first request is"
        return f"{gone} no longer kept; FakeSeam(journal_size=...) keeps more"

    def hints(
        self,
        world: World,
        wanted: Wanted,
        found: Sequence[LoggedRequest],
        nearest: LoggedRequest | None,
    ) -> list[str]:
        if endpoint_at(wanted.kind["path"]) is not None:
            return ["that route is the fake's own: who asks there is the test, not the app"]
        if not world.journal.requests:
            return ["does the app ask this fake? fake.client() and fakeseam_env see to that"]
        return []


_REQUESTS = Requests()


@namespace.endpoint("GET POST", callers=_ANYONE, answer="requests")
def filter_(
    call: Call,
    *,
    route: str | None = text(),
    params: Mapping[str, Any] | None = record(),
) -> list[dict[str, Any]]:
    """The requests of a route that had these parameters, oldest first.

    A route is a path, or a method and a path.
    """
    return looked_for(_REQUESTS, call, _wanted(call, route, params))


@namespace.endpoint("GET POST", callers=_ANYONE, answer="request")
def assert_called(
    call: Call,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
    times: int | None = times_param(),
) -> Outcome:
    """The first such request; fails if there is none, or not as many as ``times``."""
    return asserted(_REQUESTS, call, _claimed(call, route, params), times)


@namespace.endpoint("GET POST", callers=_ANYONE)
def assert_not_called(
    call: Call,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
) -> AssertionError | None:
    """Fails if there was such a request."""
    return asserted_not(_REQUESTS, call, _claimed(call, route, params))


@namespace.endpoint("POST", callers=_ANYONE, answer="request")
def wait_for(
    call: Call,
    *,
    route: str = text(required=True),
    params: Mapping[str, Any] | None = record(),
    times: int = times_param(default=1),
    timeout: float | None = timeout_param(),
) -> Afterwards:
    """The ``times``th such request, as soon as it is there; fails after ``timeout`` seconds."""
    return waited_for(_REQUESTS, call, _claimed(call, route, params), times, timeout)


def _claimed(call: Call, route: str, params: Mapping[str, Any] | None) -> Wanted:
    """What an assertion is about."""
    wanted = _wanted(call, route, params)
    _check_against(call.world, wanted.kind, wanted.fields)
    return wanted


def _wanted(call: Call, route: str | None, params: Mapping[str, Any] | None) -> Wanted:
    if route is None:
        return Wanted("anything", {}, params or {})
    method, _, path = route.rpartition(" ")
    kind = {"method": method.upper(), "path": path} if method else {"path": path}
    _check(call.world, kind)
    return Wanted(" ".join(kind.values()), kind, params or {})


def _check(world: World, kind: Mapping[str, str]) -> None:
    """An assertion on what cannot be called is a slip of the pen, unless it was called."""
    method, path = kind.get("method", METHODS[0]), kind["path"]
    if method not in METHODS:
        raise MisuseError(f"no method {method!r}: a route is a path, or a method and a path")
    known = path in DOCUMENTED_PATHS or path in world.journal.unknown_paths
    if not known and endpoint_at(path) is None:
        near = get_close_matches(path, DOCUMENTED_PATHS, n=3, cutoff=0.4) or DOCUMENTED_PATHS[:3]
        raise MisuseError(f"no endpoint {path!r}, nor was it called; nearest: {', '.join(near)}")


def _check_against(world: World, kind: Mapping[str, Any], params: Mapping[str, Any]) -> None:
    """So is one on what the endpoint does not take: that it did not come would prove nothing."""
    endpoint = api.endpoint_at(kind["path"])
    if endpoint is None or world.journal.forgotten:  # it may have come before the edge
        return
    came = [one for one in world.journal.requests if one.path == endpoint.path]
    method = kind.get("method", endpoint.methods[0])
    if method not in endpoint.methods and method not in {one.method for one in came}:
        raise MisuseError(f"{endpoint.path} takes no {method}, only {', '.join(endpoint.methods)}")
    known = {*endpoint.params, *(name for one in came for name in one.params)}
    for name in params:
        if name not in known:
            near = get_close_matches(name, known, n=3, cutoff=0.5) or sorted(known)[:3]
            advice = f"nearest: {', '.join(near)}" if near else "it takes none"
            said = f"{endpoint.path} has no parameter {name!r}, nor was it sent"
            raise MisuseError(f"{said}; {advice}")
