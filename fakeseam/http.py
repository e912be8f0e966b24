"""The wire dialect without I/O: a request's bytes to parameters, an answer to bytes and headers.

Source: docs.seam.co (requests, errors), and what the SDKs send and read. The CORS headers and
the refusals of a body are those of @seamapi/fake-seam-connect.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from . import own_routes
from .api.auth import Credentials
from .core.endpoint import Endpoint
from .core.faults import GARBAGE
from .core.issues import Issue, invalid_input, type_name
from .core.query import decode_query, unknown_names
from .entrance import Asked
from .errors import ApiError, BrokenAnswer, LoginFailed, MisuseError
from .pages import page
from .wire import Request, Response, as_refusal, media_type

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["Request", "Response", "answer", "crash"]

JSON = "application/json"
# Unsourced: what Seam says to a body that is no JSON.
BROKEN_BODY = "Error while parsing input"
# Numbers beyond this many digits are infinite, as they are to JavaScript.
MAX_DIGITS = 308
# What a garbled answer holds: neither JSON nor text.
NO_ANSWER = b"\x00\xfa\xce\x5e\xa3 no answer of Seam's \xff\xfe"

_CORS_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS"
_CORS_HEADERS = (
    "x-csrf-token, x-requested-with, accept, accept-version, content-length, content-md5,"
    " content-type, date, x-api-version, seam-workspace, authorization, user-agent,"
    " seam-lts-version, seam-sdk-version, seam-sdk-name, seam-publishable-key,"
    " seam-client-session-token, client-session-token, seam-api-key, seam-user-identifier-key"
)


def answer(fake: FakeSeam, request: Request) -> Response:
    """What Seam would send. Only a bug of the fake's own is raised."""
    request_id = fake.request_id()
    try:
        own_routes.check(request, fake.names, fake.base_url)
    except ApiError as refusal:
        return _refused(fake, request, request_id, refusal)
    shown = page(fake, request, request_id)
    if shown is not None:
        shown.headers.update(_always(fake, request_id))
        return shown
    if request.method == "OPTIONS":
        return _response(fake, request, request_id, 200, None)
    asked = Asked(
        method="GET" if request.method == "HEAD" else request.method,
        path=request.path,
        credentials=_credentials(request.headers),
        read=lambda endpoint: _parameters(request, endpoint),
        base_url=fake.reached_at(request.address),
        request_id=request_id,
        wait=request.wait,
    )
    try:
        return _response(fake, request, request_id, 200, fake.enter(asked))
    except BrokenAnswer as broken:
        return _broken(fake, request, request_id, broken)
    except (ApiError, MisuseError, LoginFailed, AssertionError) as problem:
        return _refused(fake, request, request_id, as_refusal(problem))


def crash(fake: FakeSeam, request: Request, bug: BaseException) -> Response:
    """A 500 for a bug of the fake's own, in the shape of Seam's."""
    fake.note_crash(request.method, request.path, bug)
    message = f"fakeseam crashed, please report it: {bug!r}"
    refusal = ApiError(500, "internal_server_error", message)
    return _refused(fake, request, fake.request_id(), refusal)


# Reading


def _credentials(headers: Mapping[str, str]) -> Credentials:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    session = headers.get("seam-client-session-token", headers.get("client-session-token"))
    return Credentials(
        bearer=token.strip() or None if scheme.lower() == "bearer" else None,
        session=session,
        workspace_id=headers.get("seam-workspace"),
        publishable_key=headers.get("seam-publishable-key"),
        user_identifier_key=headers.get(
            "user-identifier-key", headers.get("seam-user-identifier-key")
        ),
    )


def _parameters(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    """Query and body together; where both have a name, the body wins.

    Names that the endpoint does not know are ignored by Seam, and noted by a strict fake.
    """
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="replace")
    query = {**unknown_names(pairs, endpoint.params), **decode_query(pairs, endpoint.params)}
    return {**query, **_body(request)}


def _body(request: Request) -> Mapping[str, Any]:
    if _has_a_type(request) and not _says_json(request):
        raise ApiError(
            400,
            "invalid_content_type",
            f'{request.method} requests must have Content-Type header with "{JSON}"',
        )
    if not request.body:
        return {}
    body = _json(request.body)
    if not isinstance(body, dict):
        raise invalid_input([Issue((), f"Expected object, received {type_name(body)}")])
    return body


def _has_a_type(request: Request) -> bool:
    """Whether it matters what the body says it is; for the fake's own routes an empty one's too.

    A page of another site may post those types alone that a form can have.
    """
    if request.method in ("GET", "HEAD", "DELETE"):
        return False
    return bool(request.body) or (own_routes.is_own(request.path) and media_type(request) != "")


def _says_json(request: Request) -> bool:
    """Whether the body's type says so; it need only be named there, as with Seam.

    The fake's own routes want it to be the type: a page of another site may send what calls
    itself ``text/plain; application/json``.
    """
    if own_routes.is_own(request.path):
        return media_type(request) == JSON
    return JSON in request.headers.get("content-type", "").lower()


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_no_json, parse_int=_integer)
    except (ValueError, RecursionError) as exc:
        error = ApiError(400, "invalid_input", BROKEN_BODY)
        error.validation_errors = {"_errors": [BROKEN_BODY]}
        raise error from exc


def _no_json(constant: str) -> Any:
    """``NaN`` and ``Infinity`` are Python's, not JSON's."""
    raise ValueError(constant)


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


# Writing


def _refused(
    fake: FakeSeam, request: Request, request_id: str, refusal: ApiError
) -> Response:
    refusal.request_id = request_id
    body = refusal.body or None
    response = _response(fake, request, request_id, refusal.status, body)
    response.headers.update(refusal.headers)
    return response


def _broken(
    fake: FakeSeam, request: Request, request_id: str, broken: BrokenAnswer
) -> Response:
    """The answer that had been sent, for an adapter to break; or one that is none."""
    if broken.kind == GARBAGE:
        response = _response(fake, request, request_id, 200, {})
        return replace(response, body=NO_ANSWER)
    if broken.refusal is not None:
        response = _refused(fake, request, request_id, broken.refusal)
    else:
        response = _response(fake, request, request_id, 200, broken.body or {"ok": True})
    return replace(response, broken=broken.kind)


def _response(
    fake: FakeSeam,
    request: Request,
    request_id: str,
    status: int,
    body: Mapping[str, Any] | None,
) -> Response:
    headers = _always(fake, request_id)
    # The fake's own routes are no part of Seam, so a page from elsewhere may not read them.
    if not own_routes.is_own(request.path):
        headers |= {
            "Access-Control-Allow-Origin": request.headers.get("origin", "*"),
            "Access-Control-Allow-Methods": _CORS_METHODS,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Headers": _CORS_HEADERS,
        }
    if body is None:
        return Response(status, headers, b"")
    headers["Content-Type"] = f"{JSON}; charset=utf-8"
    # Escaped to ASCII: a lone surrogate has no other form on the wire.
    return Response(status, headers, json.dumps(body, separators=(",", ":")).encode("ascii"))


def _always(fake: FakeSeam, request_id: str) -> dict[str, str]:
    return {
        "Date": formatdate(fake.clock.now.timestamp(), usegmt=True),
        "seam-request-id": request_id,
    }
