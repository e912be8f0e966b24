"""The one entrance: every way into the fake leads here, and nowhere else.

It finds the endpoint and who asks, checks the parameters, and runs the handler inside a
transaction: a call that is refused or fails leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from . import api, control
from .api.auth import LEVER, Credentials, identify
from .api.call import Afterwards, Call, World
from .api.documented import DOCUMENTED_PATHS
from .control.faults import fault_error
from .core.endpoint import Endpoint
from .errors import ApiError, IllegalTransition, LoginFailed, MisuseError
from .lock import PlainLock

__all__ = ["Asked", "Entrance"]

NO_SUCH_PATH = "not_found"
NOT_MODELLED = "fakeseam_not_modelled"
# The fake's own levers: whatever is wrong with a call there is the test's mistake.
LEVER_PATHS = "/_fakeseam/"


@dataclass(frozen=True)
class Asked:
    """A request as it came in. ``read`` gives its parameters once the endpoint is known."""

    method: str
    path: str
    credentials: Credentials
    read: Callable[[Endpoint], Mapping[str, Any]]
    base_url: str
    request_id: str


class Entrance:
    """Lets requests in one at a time."""

    def __init__(self, world: World, lock: PlainLock) -> None:
        self._world = world
        self._journal = world.journal
        self._lock = lock

    def enter(self, asked: Asked) -> dict[str, Any]:
        """Carry a request out; returns the body that Seam would send, fresh.

        Raises ``ApiError`` as Seam refuses, ``MisuseError`` for a lever pulled wrongly,
        ``LoginFailed`` after a login that failed.
        """
        try:
            body = self._carry_out(asked)
        except ApiError as refusal:
            refusal.request_id = asked.request_id
            self._note(asked, refusal)
            raise
        self._note(asked, None)
        return body

    def _note(self, asked: Asked, refusal: ApiError | None) -> None:
        """Write a request of the app's down; what a test does with levers is none."""
        if control.endpoint_at(asked.path) is not None:
            return
        if refusal is not None and refusal.type == NO_SUCH_PATH:
            self._journal.note_unknown_path(asked.method, asked.path)
        if refusal is not None and refusal.type == NOT_MODELLED:
            self._journal.note_not_modelled(asked.method, asked.path)
        status = 200 if refusal is None else refusal.status
        self._journal.note(asked.method, asked.path, status, asked.request_id)

    @contextmanager
    def alone(self) -> Iterator[World]:
        """The world, with nobody else in it."""
        with self._lock:
            yield self._world

    def _carry_out(self, asked: Asked) -> dict[str, Any]:
        endpoint = _find(asked.path)
        with self.alone() as world:
            fault = world.faults.take(asked.method, asked.path)
            if fault is not None:
                raise fault_error(fault)
            with world.store.transaction():
                result = self._run(world, endpoint, asked)
        # An outcome, not an error: raising inside the transaction would have undone it.
        if isinstance(result, LoginFailed):
            raise result
        if isinstance(result, Afterwards):
            result = result.work()
        return endpoint.wrap(result)

    def _run(self, world: World, endpoint: Endpoint, asked: Asked) -> Any:
        """In the order in which Seam refuses: who asks, how, with what, for what."""
        caller = identify(world, asked.credentials, endpoint.callers)
        if asked.method not in endpoint.methods:
            raise ApiError(
                405, "method_not_allowed", f"only {','.join(endpoint.methods)} accepted"
            )
        with _blame(endpoint):
            given = asked.read(endpoint)
            if endpoint.path.startswith(LEVER_PATHS):
                _check_names(given, endpoint)
            if LEVER not in endpoint.callers:
                self._journal.note_unknown(asked.path, endpoint.unknown(given))
            values = endpoint.read(given, lenient_ids=world.rules.lenient_ids)
            sent = {name: values[name] for name in endpoint.params if name in given}
            call = Call(world, caller, asked.base_url, asked.path, sent, asked.method)
            return endpoint.handler(call, **values)


def _find(path: str) -> Endpoint:
    endpoint = api.endpoint_at(path) or control.endpoint_at(path)
    if endpoint is not None:
        return endpoint
    if path in DOCUMENTED_PATHS:
        raise _not_modelled(path, f"near it is {', '.join(api.nearest(path))}")
    # Unsourced: what Seam says to a path that it does not know.
    own = [lever.path for lever in control.levers() if lever.path.startswith(LEVER_PATHS)]
    paths = own if path.startswith(LEVER_PATHS) else DOCUMENTED_PATHS
    near = get_close_matches(path, paths, n=1, cutoff=0.0)
    raise ApiError(404, NO_SUCH_PATH, f"No endpoint {path}; the nearest path is {near[0]}")


def _not_modelled(path: str, instead: str) -> ApiError:
    return ApiError(
        501,
        NOT_MODELLED,
        f"Seam has {path}, but fakeseam does not model it; {instead}",
        data={"path": path},
    )


def _check_names(given: Mapping[str, Any], endpoint: Endpoint) -> None:
    """A test's own slip of the pen is told; Seam ignores what it does not know."""
    for name in given:
        if name not in endpoint.params:
            known = ", ".join(endpoint.params) or "none"
            raise MisuseError(f"{endpoint.name}: no parameter {name!r}; there are: {known}")


@contextmanager
def _blame(endpoint: Endpoint) -> Iterator[None]:
    """A lever is pulled by a test: whatever is wrong with that is the test's mistake."""
    try:
        yield
    except (ApiError, IllegalTransition) as exc:
        known = isinstance(exc, ApiError) and not endpoint.path.startswith(LEVER_PATHS)
        if known or LEVER not in endpoint.callers:
            raise
        raise MisuseError(f"{endpoint.name}: {_explained(exc)}") from exc


def _explained(exc: ApiError | IllegalTransition) -> str:
    if isinstance(exc, ApiError):
        return exc.message
    advice = control.ADVICE.get((exc.machine, exc.state))
    return f"{exc}; {advice}" if advice else str(exc)
