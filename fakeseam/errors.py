"""Whose mistake it was: the code under test, the test itself, or nobody's.

``ApiError`` is Seam refusing the code under test. ``MisuseError`` tells the author of a
test what to do instead. ``LoginFailed`` is an outcome. ``IllegalTransition`` is neutral:
where a test pulled a lever, the entrance turns it into a ``MisuseError``; Seam's own
endpoints have a row for whatever can be asked of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

__all__ = ["ApiError", "BrokenAnswer", "IllegalTransition", "LoginFailed", "MisuseError"]


class ApiError(Exception):
    """A request refused as Seam would refuse it.

    ``status`` is the HTTP status, ``type`` and ``message`` are Seam's. An empty ``type``
    stands for an answer without a JSON body, as from a proxy in front of Seam.
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
        said = f" {self.type}: {self.message}" if self.type else " (empty body)"
        return f"{self.status}{said}"

    @property
    def body(self) -> dict[str, object]:
        """The JSON body Seam would send, or ``{}`` where it would send none."""
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
    """The test asked fakeseam for something that makes no sense; the text says what to do."""


class BrokenAnswer(ConnectionError):
    """A fault broke the connection, or the answer on it; ``kind`` says how.

    This is what ``fake.call`` raises; over HTTP and in the SDK the answer is really broken.
    ``refusal`` or ``body`` is what Seam had answered, if the call was carried out before.
    """

    def __init__(
        self,
        kind: str,
        body: Mapping[str, object] | None = None,
        refusal: ApiError | None = None,
    ) -> None:
        super().__init__(kind)
        self.kind = kind
        self.body = body
        self.refusal = refusal

    def __str__(self) -> str:
        return f"a planned fault: {self.kind}"


class LoginFailed(Exception):
    """The pretend user did not get in: an outcome to assert on, not a mistake.

    ``redirect_url`` is where Seam's page would have sent the browser, or None.
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
        said = f"{machine}: no {trigger!r} in {state!r}; legal here: {self.legal}"
        super().__init__(f"{said}; nothing has changed")
