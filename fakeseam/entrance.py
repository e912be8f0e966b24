"""The one entrance: every way into the fake leads here, and nowhere else.

It finds the endpoint and who asks, checks the parameters, and runs the handler inside a
transaction: a call that is refused or fails leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from . import api, control
from .api.auth import LEVER, Credentials, identify
from .api.call import Afterwards, Call, World
from .api.documented import DOCUMENTED_PATHS
from .control import LEVER_PATHS
from .control.faults import fault_error
from .core.clock import stamp
from .core.endpoint import Endpoint
from .core.faults import Fault, ids_in
from .core.frozen import thaw
from .core.store import Change
from .errors import ApiError, IllegalTransition, MisuseError
from .journal import LoggedRequest
from .lock import PlainLock

__all__ = ["Asked", "Entrance"]

NO_SUCH_PATH = "not_found"
NOT_MODELLED = "fakeseam_not_modelled"

# How the parameters of a request are read that leads nowhere: as they are written.
_NOWHERE = Endpoint("", (), frozenset(), {}, None, (), (), None, handler=lambda call: None)

# A request's parameters, or why they cannot be read.
Given = Mapping[str, Any] | ApiError


@dataclass(frozen=True)
class Asked:
    """A request as it came in. ``read`` gives its parameters once the endpoint is known.

    ``wait`` lets seconds pass for whoever asks; None stands for the fake's clock.
    """

    method: str
    path: str
    credentials: Credentials
    read: Callable[[Endpoint], Mapping[str, Any]]
    base_url: str
    request_id: str
    wait: Callable[[float], None] | None = None


class Entrance:
    """Lets requests in one at a time."""

    def __init__(self, world: World, lock: PlainLock) -> None:
        self._world = world
        self._journal = world.journal
        self._lock = lock

    def enter(self, asked: Asked) -> dict[str, Any]:
        """Carry a request out; returns the body that Seam would send, fresh.

        Raises ``ApiError`` as Seam refuses, ``MisuseError`` for a lever pulled wrongly,
        ``LoginFailed`` after a login that failed, ``AssertionError`` where what a test says of
        what happened is not so, ``BrokenAnswer`` where a fault breaks the answer.
        """
        try:
            return self._enter(asked)
        except ApiError as refusal:
            refusal.request_id = asked.request_id
            raise

    def _enter(self, asked: Asked) -> dict[str, Any]:
        endpoint = _find(asked.path)
        if isinstance(endpoint, ApiError):
            self._note_lost(asked, endpoint)
            raise endpoint
        given = _given(asked, endpoint)
        with self.alone() as world:
            fault = _fault_for(world, asked, given)
            outcome, changes = self._carried_out(world, endpoint, asked, given, fault)
            self._note(endpoint, asked, given, outcome, fault, changes)
        body = self._answered(endpoint, outcome)
        if fault is not None and fault.latency:
            # The call was carried out at once: webhooks do not wait for its answer.
            world.post.run_due()
            (asked.wait or world.clock.advance)(fault.latency)
        if fault is not None and not fault.is_only_late:
            raise fault_error(fault, body)
        if isinstance(body, Exception):
            raise body
        return body

    @contextmanager
    def alone(self) -> Iterator[World]:
        """The world, with nobody else in it."""
        with self._lock:
            yield self._world

    def _carried_out(
        self, world: World, endpoint: Endpoint, asked: Asked, given: Given, fault: Fault | None
    ) -> tuple[Any, Sequence[Change]]:
        """What the handler answered or refused, and what it changed; nothing, if prevented."""
        if fault is not None and fault.prevents:
            return None, ()
        try:
            with world.store.transaction() as changes:
                result = self._run(world, endpoint, asked, given)
            return result, changes
        except (ApiError, MisuseError) as refusal:
            return refusal, ()
        except Exception as bug:
            if LEVER not in endpoint.callers:  # a test may give a lever whatever it likes
                self._journal.note_crash(asked.method, asked.path, bug)
            crash = ApiError(500, "internal_server_error")
            self._note(endpoint, asked, given, crash, fault, ())
            raise

    def _answered(self, endpoint: Endpoint, outcome: Any) -> dict[str, Any] | Exception:
        """The body that Seam would send, or what is to be raised in place of one.

        A login that failed is an outcome: raising inside the transaction would have undone it.
        So is an assertion that fails: raised there, it would pass for a crash.
        """
        if isinstance(outcome, Afterwards):
            outcome = outcome.work()
        if isinstance(outcome, Exception):
            return outcome
        return endpoint.wrap(outcome)

    # Writing down what happened

    def _note_lost(self, asked: Asked, refusal: ApiError) -> None:
        """A request went nowhere. One for the fake's own routes is a test's slip of the pen."""
        if asked.path.startswith(LEVER_PATHS):
            return
        if refusal.type == NOT_MODELLED:
            self._journal.note_not_modelled(asked.method, asked.path)
        else:
            self._journal.note_unknown_path(asked.method, asked.path)
        given = _given(asked, _NOWHERE)
        params = {} if isinstance(given, ApiError) else given
        with self.alone() as world:
            self._note_request(world, asked, params, refusal, None, ())

    def _note(
        self,
        endpoint: Endpoint,
        asked: Asked,
        given: Given,
        outcome: Any,
        fault: Fault | None,
        changes: Sequence[Change],
    ) -> None:
        """What a test does with levers is no request of the app's, and looking no happening."""
        world, params = self._world, {} if isinstance(given, ApiError) else given
        if control.endpoint_at(asked.path) is None:
            self._note_request(world, asked, params, outcome, fault, changes)
        elif changes or "GET" not in endpoint.methods:
            told = ", ".join(f"{name}={_told(value)}" for name, value in params.items())
            line = f"{asked.path.removeprefix(LEVER_PATHS)}({told})"
            if isinstance(outcome, (ApiError, MisuseError)):
                line += f" refused: {outcome}"
            self._journal.note_happening(stamp(world.clock.ms()), line, changes)

    def _note_request(
        self,
        world: World,
        asked: Asked,
        params: Mapping[str, Any],
        outcome: Any,
        fault: Fault | None,
        changes: Sequence[Change],
    ) -> None:
        refusal = outcome if isinstance(outcome, ApiError) else None
        status = 200 if refusal is None else refusal.status
        request = LoggedRequest(
            asked.method,
            asked.path,
            status if fault is None else fault.status_after(status),
            asked.request_id,
            stamp(world.clock.ms()),
            None if refusal is None else refusal.type,
            None if fault is None else str(fault),
            _copy(params),
        )
        self._journal.note(request)
        self._journal.note_happening(request.at, str(request), changes)

    def _run(self, world: World, endpoint: Endpoint, asked: Asked, given: Given) -> Any:
        """In the order in which Seam refuses: who asks, how, with what, for what."""
        caller = identify(world, asked.credentials, endpoint.callers)
        if asked.method not in endpoint.methods:
            raise ApiError(
                405, "method_not_allowed", f"only {','.join(endpoint.methods)} accepted"
            )
        with _blame(endpoint):
            if isinstance(given, ApiError):
                raise given
            if endpoint.path.startswith(LEVER_PATHS):
                _check_names(given, endpoint)
            if LEVER not in endpoint.callers:
                self._journal.note_unknown(asked.path, endpoint.unknown(given))
            values = endpoint.read(given, lenient_ids=world.rules.lenient_ids)
            sent = {name: values[name] for name in endpoint.params if name in given}
            call = Call(world, caller, asked.base_url, asked.path, sent, asked.method)
            return endpoint.handler(call, **values)


def _given(asked: Asked, endpoint: Endpoint) -> Given:
    """The parameters, or why they cannot be read; Seam looks at who asks before it says so."""
    try:
        return asked.read(endpoint)
    except ApiError as refusal:
        return refusal


def _fault_for(world: World, asked: Asked, given: Given) -> Fault | None:
    """The fault that hits this request; what is the fake's own is never hit."""
    if control.endpoint_at(asked.path) is not None:
        return None
    return world.faults.take(asked.method, asked.path, lambda: ids_in(given))


def _copy(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as they are now; none of those that hold themselves."""
    try:
        return dict(thaw(params))
    except RecursionError:
        return {}


def _told(value: Any) -> str:
    """A parameter of a lever on a line: in full if it is a word or a number."""
    return repr(value) if isinstance(value, (str, int, float, bool)) else "..."


def _find(path: str) -> Endpoint | ApiError:
    """The endpoint, or why there is none."""
    endpoint = api.endpoint_at(path) or control.endpoint_at(path)
    if endpoint is not None:
        return endpoint
    if path in DOCUMENTED_PATHS:
        return _not_modelled(path, f"near it is {', '.join(api.nearest(path))}")
    # Unsourced: what Seam says to a path that it does not know.
    own = [lever.path for lever in control.levers() if lever.path.startswith(LEVER_PATHS)]
    paths = own if path.startswith(LEVER_PATHS) else DOCUMENTED_PATHS
    near = get_close_matches(path, paths, n=1, cutoff=0.0)
    return ApiError(404, NO_SUCH_PATH, f"No endpoint {path}; the nearest path is {near[0]}")


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
            raise MisuseError(f"{_name(endpoint)}: no parameter {name!r}; there are: {known}")


@contextmanager
def _blame(endpoint: Endpoint) -> Iterator[None]:
    """A lever is pulled by a test: whatever is wrong with that is the test's mistake."""
    try:
        yield
    except (ApiError, IllegalTransition) as exc:
        known = isinstance(exc, ApiError) and not endpoint.path.startswith(LEVER_PATHS)
        if known or LEVER not in endpoint.callers:
            raise
        raise MisuseError(f"{_name(endpoint)}: {_explained(exc)}") from exc


def _name(lever: Endpoint) -> str:
    """As Python has it: ``faults.add`` for ``/_fakeseam/faults/add``."""
    return lever.path.removeprefix(LEVER_PATHS).replace("/", ".")


def _explained(exc: ApiError | IllegalTransition) -> str:
    if isinstance(exc, ApiError):
        return exc.message
    advice = control.ADVICE.get((exc.machine, exc.state))
    return f"{exc}; {advice}" if advice else str(exc)
