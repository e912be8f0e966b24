"""Requests and responses as bytes and headers, without I/O."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ..errors import ApiError, LoginFailed, MisuseError

__all__ = [
    "FORM",
    "MAX_BODY_BYTES",
    "NO_TEST",
    "CallError",
    "Request",
    "Response",
    "address_of",
    "media_type",
    "to_api_error",
]

# The media type of a form that a browser posts.
FORM = "application/x-www-form-urlencoded"

# The longest body of a request to Seam. Unsourced: no request of an app comes near it. The control
# API takes longer ones: a dump may be large.
MAX_BODY_BYTES = 10 * 2**20

# The characters of a Host header: a name or an address, and a port.
_HOST = re.compile(r"[A-Za-z0-9._~-]+(:[0-9]*)?|\[[0-9A-Fa-f:.]+\](:[0-9]*)?", re.ASCII)

# What a call can raise in place of a result.
CallError = ApiError | MisuseError | LoginFailed | AssertionError


class Request(NamedTuple):
    """An HTTP request: ``query`` is not decoded, header names are in lower case.

    ``address`` is the scheme and host that it came to: empty if the host is unknown, None in
    process. ``sleep(seconds)`` delays the response in real time; None moves the fake's clock
    instead. ``stray`` is what sent it, in words, if that began before the running test. One that
    ``is_tls`` is no HTTP: its client spoke TLS.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    address: str | None = None
    sleep: Callable[[float], None] | None = None
    stray: str | None = None
    is_tls: bool = False


class Response(NamedTuple):
    """An HTTP response. ``fault_kind`` is how an adapter must break it, None if it must not.

    It is one of the kinds in ``core.fault_plan`` except ``GARBAGE``, which needs no breaking.
    ``afterwards`` is what a server does when it has sent the response, None for nothing.
    """

    status: int
    headers: dict[str, str]
    body: bytes
    fault_kind: str | None = None
    afterwards: Callable[[], None] | None = None


# The response while no test runs whose fake could give it.
NO_TEST = Response(
    401,
    {
        "Content-Type": "application/json; charset=utf-8",
        "seam-request-id": "request0",
        "Access-Control-Allow-Origin": "*",
    },
    b'{"error": {"type": "unauthorized", "message": "no test is running"}, "ok": false}',
)


def address_of(host: str | None) -> str:
    """Returns the ``address`` of a request over plain HTTP with this header Host, or none."""
    if host is None or _HOST.fullmatch(host) is None:
        return ""
    return f"http://{host.removesuffix(':80')}"


def media_type(request: Request) -> str:
    """Returns the media type in Content-Type, in lower case; empty if there is none."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def to_api_error(error: CallError) -> ApiError:
    """Returns an error as a client sees it; all but ``ApiError`` get a type of the fake's own."""
    if isinstance(error, ApiError):
        return error
    if isinstance(error, MisuseError):
        return ApiError(400, "fakeseam_misuse", str(error))
    if isinstance(error, AssertionError):
        return ApiError(400, "fakeseam_assertion_failed", str(error))
    data = {"error_code": error.error_code, "redirect_url": error.redirect_url}
    return ApiError(400, "fakeseam_login_failed", error.message, data=data)
