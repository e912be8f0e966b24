"""The exceptions, by who made the mistake: the app, the test, or neither.

``ApiError`` is Seam's refusal of a request of the app. ``MisuseError`` is a mistake in a test.
``BrokenResponse`` and ``LoginFailed`` are results that a test provokes. ``IllegalTransition`` is
neutral: for a control call the request dispatcher raises it as a ``MisuseError``. Seam's own
endpoints never raise it, as the tables have a row for each of their triggers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import methodcaller

__all__ = [
    "ApiError",
    "BrokenResponse",
    "IllegalTransition",
    "LoginFailed",
    "MisuseError",
    "OUTCOMES",
    "is_outcome",
]


class ApiError(Exception):
    """A request that is refused as Seam refuses it.

    ``status`` is the HTTP status, ``type`` and ``message`` are Seam's. An empty ``type`` stands
    for a response without a JSON body, as from a proxy in front of Seam.
    """

    def __init__(
        self,
        status: int,
        type: str,
        message: str = "",
        *,
        data: Mapping[str, object] | None = None,
        validation_errors: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, type, message)
        self.status = status
        self.type = type
        self.message = message
        self.data: dict[str, object] | None = None if data is None else dict(data)
        self.validation_errors: dict[str, object] | None = (
            None if validation_errors is None else dict(validation_errors)
        )
        self.headers = dict(headers or {})
        self.request_id: str | None = None

    def __str__(self) -> str:
        reason = f"{self.type}: {self.message}" if self.type else "(empty body)"
        return f"{self.status} {reason}"

    @property
    def body(self) -> dict[str, object]:
        """The JSON body that Seam would send, or ``{}`` if it would send none."""
        if not self.type:
            return {}
        error: dict[str, object] = {"type": self.type, "message": self.message}
        if self.data is not None:
            error["data"] = self.data
        if self.validation_errors is not None:
            error["validation_errors"] = self.validation_errors
        if self.request_id is not None:
            error["request_id"] = self.request_id
        return {"error": error, "ok": False}


class MisuseError(Exception):
    """A mistake in how a test uses fakeseam; the text says what to do instead."""


class BrokenResponse(ConnectionError):
    """A connection or response that a fault broke; ``kind`` is the fault's.

    ``fake.call`` raises it; over HTTP and in the SDK the response is really broken. ``error`` or
    ``body`` is Seam's response if the handler ran before the fault.
    """

    def __init__(
        self,
        kind: str,
        body: Mapping[str, object] | None = None,
        error: ApiError | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.body = body
        self.error = error

    def __str__(self) -> str:
        return f"an injected fault: {self.kind}"


class LoginFailed(Exception):
    """A failed login at a webview: an outcome to assert on, not a mistake.

    ``redirect_url`` is where Seam's page would send the browser, or None.
    """

    def __init__(self, error_code: str, message: str, *, redirect_url: str | None = None) -> None:
        super().__init__(error_code, message)
        self.error_code = error_code
        self.message = message
        self.redirect_url = redirect_url

    def __str__(self) -> str:
        return f"{self.error_code}: {self.message}"


class IllegalTransition(Exception):
    """A state machine has no row for this trigger in this state; nothing has changed."""

    def __init__(self, machine: str, state: str, trigger: str, legal: Iterable[str]) -> None:
        self.machine, self.state, self.trigger = machine, state, trigger
        self.legal = sorted(legal)
        message = f"{machine}: no {trigger!r} in {state!r}; legal here: {self.legal}"
        super().__init__(f"{message}; nothing has changed")


# What a test did wrong, provoked, or asserted in vain.
OUTCOMES = (ApiError, BrokenResponse, LoginFailed, MisuseError, AssertionError)
# The ``__tracebackhide__`` of the modules that a test calls: pytest shows an outcome at the test's
# own line.
is_outcome = methodcaller("errisinstance", OUTCOMES)
