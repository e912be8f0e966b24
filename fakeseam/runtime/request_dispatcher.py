"""The request dispatcher: every way into the fake leads here, and nowhere else.

It finds the endpoint and the caller, validates the parameters, and runs the handler inside a
transaction: a request that is refused or fails changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, NamedTuple

from .. import control
from ..api.auth import CONTROL, Credentials, find_caller, identify
from ..api.context import Caller, RequestContext
from ..control import CONTROL_PREFIX, control_name, is_control_path
from ..control.answer_plan import Answer, AppRequest
from ..control.context import AfterCommit, ControlContext, Runtime
from ..control.journal import MAX_PATH, LoggedRequest, abridged
from ..core.clock import format_timestamp
from ..core.fault_plan import Fault, ids_in
from ..core.frozen import thaw
from ..core.lock import NonReentrantLock
from ..core.store import Change
from ..errors import ApiError, IllegalTransition, MisuseError, is_outcome
from ..schema.endpoint import Endpoint
from ..schema.param_types import Param
from ..schema.params import INVALID_UUID
from .endpoint_lookup import NOT_IMPLEMENTED, answered_endpoint, find_endpoint
from .fault_injection import inject

__all__ = ["ApiRequest", "RequestDispatcher"]

__tracebackhide__ = is_outcome

UUID_ADVICE = "an id is a UUID, but by the rule lenient_ids any text is one"

# A request's parameters, or why they cannot be read.
Given = Mapping[str, Any] | ApiError


class ApiRequest(NamedTuple):
    """An API request before its endpoint is known.

    ``read_params`` returns what was sent, read as the given parameters declare, or raises
    ``ApiError``.
    ``sleep(seconds)`` delays the response in real time; None moves the fake's clock instead.
    ``stray`` is what sent it, in words, if that began before the running test.
    """

    method: str
    path: str
    credentials: Credentials
    read_params: Callable[[Mapping[str, Param]], Mapping[str, Any]]
    base_url: str
    request_id: str
    sleep: Callable[[float], None] | None = None
    stray: str | None = None


class RequestDispatcher:
    """Dispatches requests one at a time."""

    def __init__(self, runtime: Runtime, lock: NonReentrantLock) -> None:
        self._runtime = runtime
        self._journal = runtime.journal
        self._lock = lock

    def dispatch(self, api_request: ApiRequest) -> dict[str, Any]:
        """Runs a request; returns the body that Seam would send, with records as ``Shown``.

        Raises ``ApiError`` as Seam refuses, ``MisuseError`` for a wrong call of a control
        endpoint, ``LoginFailed`` after a failed login, ``AssertionError`` for an assertion that
        does not hold, ``BrokenResponse`` where a fault breaks the response.
        """
        try:
            endpoint, outcome, fault = self._start(api_request)
            if isinstance(outcome, AfterCommit):
                outcome = outcome.run()
            return self._finish(api_request, endpoint, outcome, fault)
        except ApiError as refusal:
            refusal.request_id = api_request.request_id
            raise

    async def dispatch_async(self, api_request: ApiRequest) -> dict[str, Any]:
        """Does the same, and awaits what a control endpoint waits for."""
        try:
            endpoint, outcome, fault = self._start(api_request)
            if isinstance(outcome, AfterCommit):
                outcome = await outcome.run_async() if outcome.run_async else outcome.run()
            return self._finish(api_request, endpoint, outcome, fault)
        except ApiError as refusal:
            refusal.request_id = api_request.request_id
            raise

    def _start(self, api_request: ApiRequest) -> tuple[Endpoint, Any, Fault | None]:
        """Runs the handler; returns its endpoint, its result or refusal, and the fault that hits.

        Raises the error for a path without an endpoint, unless the test answers it.
        """
        answer = self._runtime.answers.find(api_request.method, api_request.path)
        if answer is not None:
            return self._start_answered(api_request, answer)
        endpoint = find_endpoint(api_request.path)
        if isinstance(endpoint, ApiError):
            raise self._refuse_path(api_request, endpoint)
        given, runtime = _read(api_request, endpoint.params), self._runtime
        with self._lock:
            fault = _match_fault(runtime, endpoint, api_request, given)
            outcome, changes = self._execute(runtime, endpoint, api_request, given, fault)
            self._log(endpoint, api_request, given, outcome, fault, changes)
        return endpoint, outcome, fault

    def _start_answered(
        self, api_request: ApiRequest, answer: Answer
    ) -> tuple[Endpoint, Any, Fault | None]:
        """Does the same for a request that the test answers, by a function outside the lock."""
        endpoint = answered_endpoint(api_request.method, api_request.path)
        given = _read(api_request, {})
        with self.locked() as runtime:
            fault = _match_fault(runtime, endpoint, api_request, given)
            outcome, _ = self._execute(runtime, endpoint, api_request, given, fault)
        if isinstance(outcome, AppRequest):
            outcome = answer.respond(outcome)
        with self.locked():
            self._log(endpoint, api_request, given, outcome, fault, ())
            if isinstance(outcome, MisuseError):
                self._journal.record_misuse(str(outcome))
        return endpoint, outcome, fault

    def _finish(
        self, api_request: ApiRequest, endpoint: Endpoint, outcome: Any, fault: Fault | None
    ) -> dict[str, Any]:
        """Returns the body, or raises the error in its place; without the lock."""
        result = _resolve_outcome(endpoint, outcome)
        if fault is not None:
            result = inject(self._runtime, fault, result, api_request.sleep)
        if isinstance(result, Exception):
            raise result
        return result

    @contextmanager
    def locked(self) -> Iterator[Runtime]:
        """Yields the runtime while no request runs."""
        with self._lock:
            yield self._runtime

    def _execute(
        self,
        runtime: Runtime,
        endpoint: Endpoint,
        api_request: ApiRequest,
        given: Given,
        fault: Fault | None,
    ) -> tuple[Any, Sequence[Change]]:
        """Returns the handler's result or refusal, and its changes.

        A fault that prevents the handler leaves no result.
        """
        if fault is not None and fault.prevents:
            return None, ()
        try:
            with runtime.store.transaction() as transaction:
                result = self._run(runtime, endpoint, api_request, given)
            runtime.undo_log.push(transaction.undo)
            return result, transaction.changes
        except (ApiError, MisuseError) as refusal:
            return refusal, ()
        except Exception as bug:
            if endpoint.owner.is_seams:  # a test may give a control endpoint anything
                self._journal.record_crash(api_request.method, api_request.path, bug)
            crash = ApiError(500, "internal_server_error")
            self._log(endpoint, api_request, given, crash, fault, ())
            raise

    def _run(
        self, runtime: Runtime, endpoint: Endpoint, api_request: ApiRequest, given: Given
    ) -> Any:
        """Runs the handler. Refuses in Seam's order: caller, method, parameters, handler."""
        caller = _identify(runtime, endpoint, api_request)
        if api_request.method not in endpoint.methods:
            message = f"only {','.join(endpoint.methods)} accepted"
            headers = {"Allow": endpoint.allow}
            raise ApiError(405, "method_not_allowed", message, headers=headers)
        try:
            if isinstance(given, ApiError):
                raise given
            self._check_names(endpoint, given)
            values = endpoint.parse(given, lenient_ids=runtime.rules.lenient_ids)
            params = {name: values[name] for name in endpoint.params if name in given}
            if endpoint.is_answered:
                params = _copy(given)
            ctx = _context(runtime, endpoint, api_request, caller, params)
            return endpoint.handler(ctx, **values)
        except (ApiError, IllegalTransition) as exc:
            misuse = _as_misuse(endpoint, exc)
            if misuse is None:
                raise
            raise misuse from exc

    def _check_names(self, endpoint: Endpoint, given: Mapping[str, Any]) -> None:
        """Records names in a request of the app that have no effect: strict mode reports them.
        Raises ``MisuseError`` for one in a control call."""
        if endpoint.owner.is_seams:
            self._journal.record_unknown_names(endpoint.path, endpoint.unknown(given))
            self._journal.record_inert_names(endpoint.path, endpoint.inert_in(given))
        elif endpoint.owner.mistakes_are_misuse:
            _check_control_names(endpoint, given)

    # The journal

    def _refuse_path(self, api_request: ApiRequest, refusal: ApiError) -> Exception:
        """Logs a request of the app that no endpoint answers; a control path is a test's.

        Returns the refusal, or the error of a fault that hits the request.
        """
        if is_control_path(api_request.path):
            return refusal
        given, is_documented = _read(api_request, {}), refusal.type == NOT_IMPLEMENTED
        with self.locked() as runtime:
            fault = _match_path(runtime, api_request, given) if is_documented else None
            if not is_documented:
                self._journal.record_unknown_path(api_request.method, api_request.path)
            elif fault is None or fault.is_only_late:
                self._journal.record_not_implemented(api_request.method, api_request.path)
            self._log_request(runtime, api_request, given, refusal, fault, ())
        if fault is None:
            return refusal
        result = inject(self._runtime, fault, refusal, api_request.sleep)
        return result if isinstance(result, Exception) else refusal

    def _log(
        self,
        endpoint: Endpoint,
        api_request: ApiRequest,
        given: Given,
        outcome: Any,
        fault: Fault | None,
        changes: Sequence[Change],
    ) -> None:
        """Logs control calls to the timeline only, and skips read-only ones."""
        if endpoint.owner.is_seams:
            self._log_request(self._runtime, api_request, given, outcome, fault, changes)
        elif changes or "GET" not in endpoint.methods:
            summary = _summary(api_request.path, given)
            if isinstance(outcome, (ApiError, MisuseError)):
                summary += f" refused: {outcome}"
            self._journal.record_timeline(_now(self._runtime), summary, changes)

    def _log_request(
        self,
        runtime: Runtime,
        api_request: ApiRequest,
        given: Given,
        outcome: Any,
        fault: Fault | None,
        changes: Sequence[Change],
    ) -> None:
        refusal = outcome if isinstance(outcome, ApiError) else None
        status = 200 if refusal is None else refusal.status
        request = LoggedRequest(
            api_request.method,
            api_request.path[:MAX_PATH],
            status if fault is None else fault.status_after(status),
            api_request.request_id,
            format_timestamp(runtime.clock.ms()),
            None if refusal is None else refusal.type,
            None if fault is None else str(fault),
            {} if isinstance(given, ApiError) else abridged(given),
        )
        self._journal.record_request(request)
        what: LoggedRequest | str = request
        if api_request.stray is not None:
            self._journal.record_stray(api_request.method, api_request.path, api_request.stray)
            what = f"{request} (by {api_request.stray})"
        self._journal.record_timeline(request.at, what, changes)


def _read(api_request: ApiRequest, params: Mapping[str, Param]) -> Given:
    """Returns the parameters, or why they cannot be read: Seam checks the caller first."""
    try:
        return api_request.read_params(params)
    except ApiError as refusal:
        return refusal


def _match_fault(
    runtime: Runtime, endpoint: Endpoint, api_request: ApiRequest, given: Given
) -> Fault | None:
    """Returns the fault that hits this request; faults hit requests to Seam's endpoints only."""
    return _match_path(runtime, api_request, given) if endpoint.owner.is_seams else None


def _match_path(runtime: Runtime, api_request: ApiRequest, given: Given) -> Fault | None:
    return runtime.faults.consume(
        api_request.method,
        api_request.path,
        lambda: ids_in(given),
        lambda: _workspace_id(runtime, api_request),
    )


def _workspace_id(runtime: Runtime, api_request: ApiRequest) -> str | None:
    """Returns the workspace that a request's credentials lead to, or None."""
    try:
        caller = find_caller(runtime.store, _now(runtime), api_request.credentials)
    except ApiError:
        return None
    return None if caller.workspace is None else caller.workspace.workspace_id


def _now(runtime: Runtime) -> str:
    return format_timestamp(runtime.clock.ms())


def _identify(runtime: Runtime, endpoint: Endpoint, api_request: ApiRequest) -> Caller:
    if not endpoint.owner.is_seams:
        return Caller(CONTROL)
    return identify(runtime.store, _now(runtime), api_request.credentials, endpoint.callers)


def _context(
    runtime: Runtime,
    endpoint: Endpoint,
    api_request: ApiRequest,
    caller: Caller,
    params: Mapping[str, Any],
) -> RequestContext:
    """Returns what the handler may use: Seam's rules get no more than the request context."""
    make: Callable[..., RequestContext] = RequestContext
    if not endpoint.owner.is_seams:
        make = partial(ControlContext, runtime=runtime)
    return make(
        runtime.store,
        runtime.clock,
        runtime.ids,
        runtime.rules,
        caller,
        api_request.base_url,
        api_request.path,
        params,
        api_request.method,
    )


def _resolve_outcome(endpoint: Endpoint, outcome: Any) -> dict[str, Any] | Exception:
    """Returns the body that Seam would send, or the exception to raise in its place.

    A handler returns a failed login or assertion: raised inside the transaction, it would roll
    back the login, or pass for a crash.
    """
    return outcome if isinstance(outcome, Exception) else endpoint.wrap(outcome)


def _copy(params: Mapping[str, Any]) -> dict[str, Any]:
    """Returns a copy of the parameters; none of them if they contain themselves."""
    try:
        return dict(thaw(params))
    except RecursionError:
        return {}


def _summary(path: str, given: Given) -> str:
    """Returns a control call as a line of the timeline: words and numbers in full."""
    params = {} if isinstance(given, ApiError) else given
    values = ", ".join(
        f"{name}={value!r}" if isinstance(value, (str, int, float, bool)) else f"{name}=..."
        for name, value in params.items()
    )
    return f"{path.removeprefix(CONTROL_PREFIX)}({values})"


def _check_control_names(endpoint: Endpoint, given: Mapping[str, Any]) -> None:
    """Raises ``MisuseError`` for a name that is no parameter: the test meant another one."""
    for name in given:
        if name not in endpoint.params:
            valid = ", ".join(endpoint.params) or "none"
            raise MisuseError(
                f"{control_name(endpoint)}() has no parameter {name!r}. Valid parameters: {valid}"
            )


def _as_misuse(endpoint: Endpoint, exc: ApiError | IllegalTransition) -> MisuseError | None:
    """Returns a test's wrong control call as ``MisuseError``.

    Returns None for Seam's own refusals, also where an open endpoint answers for Seam.
    """
    is_seams = isinstance(exc, ApiError) and not endpoint.owner.mistakes_are_misuse
    if is_seams or endpoint.owner.is_seams:
        return None
    return MisuseError(f"{control_name(endpoint)}: {_explain(exc)}")


def _explain(exc: ApiError | IllegalTransition) -> str:
    if isinstance(exc, ApiError):
        return f"{exc.message}; {UUID_ADVICE}" if INVALID_UUID in exc.message else exc.message
    advice = control.ADVICE.get((exc.machine, exc.state))
    return f"{exc}; {advice}" if advice else str(exc)
