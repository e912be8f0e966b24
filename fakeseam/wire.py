"""A request as it came and a response as it goes: bytes and headers, no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from .errors import ApiError, LoginFailed, MisuseError

__all__ = [
    "CONNECTION",
    "FORM",
    "Connection",
    "Problem",
    "Request",
    "Response",
    "as_refusal",
    "media_type",
]

# Where a server of ours tells a WSGI application of the connection that it answers on.
CONNECTION = "fakeseam.connection"

# How a browser posts a form.
FORM = "application/x-www-form-urlencoded"

# What a call can end in, beside an answer.
Problem = ApiError | MisuseError | LoginFailed | AssertionError


class Connection(Protocol):
    """What a WSGI server does not let an application do, and a fault needs."""

    def reset(self) -> None:
        """Have it end by a TCP reset, once the application raises."""

    def wait(self, seconds: float | None) -> None:
        """Let real seconds pass, or None without end; less if the client or the server goes."""


@dataclass(frozen=True)
class Request:
    """A request as it came: ``query`` undecoded, header names in lower case.

    ``address`` is the scheme and host that it came to, empty where the host cannot be told,
    None in process. ``wait`` lets seconds pass for whoever asks, as a slow answer does; None
    stands for the fake's clock.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    address: str | None = None
    wait: Callable[[float], None] | None = None


@dataclass(frozen=True)
class Response:
    """``broken`` is how a fault breaks it on its way, a kind of ``core.faults``."""

    status: int
    headers: dict[str, str]
    body: bytes
    broken: str | None = None


def media_type(request: Request) -> str:
    """What the body says it is, in lower case and without parameters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def as_refusal(problem: Problem) -> ApiError:
    """How a problem looks from outside; all but Seam's are the fake's own words."""
    if isinstance(problem, ApiError):
        return problem
    if isinstance(problem, MisuseError):
        return ApiError(400, "fakeseam_misuse", str(problem))
    if isinstance(problem, AssertionError):
        return ApiError(400, "fakeseam_assertion_failed", str(problem))
    data = {"error_code": problem.error_code, "redirect_url": problem.redirect_url}
    return ApiError(400, "fakeseam_login_failed", problem.message, data=data)
