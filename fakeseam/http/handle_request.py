"""Seam's HTTP dialect without I/O: request bytes to parameters, results to response bytes.

Source: docs.seam.co (requests, errors), and what the SDKs send and read. The CORS headers and
the errors for a body are those of @seamapi/fake-seam-connect.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from email.utils import formatdate
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from .. import api, control
from ..api.auth import Credentials
from ..core.fault_plan import GARBAGE, RESET, TIMEOUT, TRUNCATED
from ..core.shown import to_text
from ..errors import ApiError, BrokenResponse, LoginFailed, MisuseError
from ..runtime.engine import Engine
from ..runtime.request_dispatcher import ApiRequest
from ..schema.param_types import Param
from ..schema.query import decode_with_unknown, reject_constant
from ..schema.validation import Issue, invalid_input, type_name
from . import control_guard
from .pages import page
from .wire import (
    MAX_BODY_BYTES,
    CallError,
    Request,
    Response,
    media_type,
    to_api_error,
)

__all__ = [
    "Request",
    "Response",
    "crash_response",
    "credentials_in",
    "handle_request",
    "handle_request_async",
    "refuse",
]

# What a call raises where there is no result.
_REFUSALS = (BrokenResponse, ApiError, MisuseError, LoginFailed, AssertionError)

JSON = "application/json"
# Unsourced: Seam's message for a body that is not JSON.
BROKEN_BODY = "Error while parsing input"
# Unsourced: how Seam refuses a body that is too long.
TOO_LARGE = ("payload_too_large", f"The body has more than {MAX_BODY_BYTES} bytes")
# Integers of more digits than this become infinite, as in JavaScript.
MAX_DIGITS = 308
# The body of a garbled response: neither JSON nor text.
GARBAGE_BODY = b"\x00\xfa\xce\x5e\xa3 no answer of Seam's \xff\xfe"

_CORS_METHODS = "GET, POST, PUT, PATCH, DELETE, OPTIONS"
_CORS_HEADERS = (
    "x-csrf-token, x-requested-with, accept, accept-version, content-length, content-md5,"
    " content-type, date, x-api-version, seam-workspace, authorization, user-agent,"
    " seam-lts-version, seam-sdk-version, seam-sdk-name, seam-publishable-key,"
    " seam-client-session-token, client-session-token, seam-api-key, seam-user-identifier-key"
)


def handle_request(engine: Engine, request: Request) -> Response:
    """Returns the response that Seam would send. Raises only for a bug of fakeseam's own."""
    call = _prepare(engine, request)
    if isinstance(call, Response):
        return call
    try:
        response = _response(engine, request, call.request_id, 200, engine.dispatch(call))
    except _REFUSALS as refusal:
        response = _refused(engine, request, call.request_id, refusal)
    return _with_work(engine, request, response)


async def handle_request_async(engine: Engine, request: Request) -> Response:
    """Does the same, and awaits asynchronous senders of webhooks."""
    call = _prepare(engine, request)
    if isinstance(call, Response):
        return call
    try:
        return _response(engine, request, call.request_id, 200, await engine.dispatch_async(call))
    except _REFUSALS as refusal:
        return _refused(engine, request, call.request_id, refusal)


def _with_work(engine: Engine, request: Request, response: Response) -> Response:
    """Returns the response with the work that is due after it: a served fake does that at once.

    An app may only wait for the webhook. In process the next call does it.
    """
    if request.address is None or not engine.webhook_dispatcher.has_due_work():
        return response
    return response._replace(afterwards=engine.webhook_dispatcher.run_due)


def _prepare(engine: Engine, request: Request) -> ApiRequest | Response:
    """Returns the API request, or the response of the pages and of what is not allowed."""
    request_id, credentials = engine.next_request_id(), credentials_in(request.headers)
    try:
        control_guard.check_access(request, credentials, engine.server_address)
    except ApiError as error:
        return _error_response(engine, request, request_id, error)
    if len(request.body) > MAX_BODY_BYTES and not control_guard.is_guarded(request.path):
        return _error_response(engine, request, request_id, ApiError(413, *TOO_LARGE))
    page_response = page(engine, request, request_id)
    if page_response is not None:
        page_response.headers.update(_common_headers(engine, request_id))
        return page_response
    if request.method == "OPTIONS":
        return _options_response(engine, request, request_id)
    return ApiRequest(
        method="GET" if request.method == "HEAD" else request.method,
        path=request.path,
        credentials=credentials,
        read_params=lambda params: _parameters(request, params),
        base_url=engine.base_url_for(request.address),
        request_id=request_id,
        sleep=request.sleep,
        stray=request.stray,
    )


def _options_response(engine: Engine, request: Request, request_id: str) -> Response:
    """Returns what a browser asks for before a request of another origin; 200 at any path."""
    response = _response(engine, request, request_id, 200, None)
    endpoint = api.endpoint_at(request.path) or control.endpoint_at(request.path)
    if endpoint is not None:
        response.headers["Allow"] = endpoint.allow
    return response


def _refused(engine: Engine, request: Request, request_id: str, refusal: Any) -> Response:
    if isinstance(refusal, BrokenResponse):
        return _broken_response(engine, request, request_id, refusal)
    return _error_response(engine, request, request_id, to_api_error(refusal))


def refuse(engine: Engine, request: Request, error: CallError) -> Response:
    """Returns the response to a request that reaches no fake."""
    return _error_response(engine, request, engine.next_request_id(), to_api_error(error))


def crash_response(engine: Engine, request: Request, bug: BaseException) -> Response:
    """Returns a 500 for a bug of fakeseam's own, in the shape of Seam's 500."""
    engine.record_crash(request.method, request.path, bug)
    message = f"fakeseam crashed, please report it: {bug!r}"
    error = ApiError(500, "internal_server_error", message)
    return _error_response(engine, request, engine.next_request_id(), error)


# Reading


def credentials_in(headers: Mapping[str, str]) -> Credentials:
    """Returns the credentials in the headers of a request."""
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


def _parameters(request: Request, params: Mapping[str, Param]) -> Mapping[str, Any]:
    """Returns the parameters of query and body; the body wins where both have a name.

    Seam ignores names that the endpoint does not know. A strict fake reports them.
    """
    if not request.query:
        return _body(request)
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="replace")
    return {**decode_with_unknown(pairs, params), **_body(request)}


def _body(request: Request) -> Mapping[str, Any]:
    if _needs_json_type(request) and not _has_json_type(request):
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


def _needs_json_type(request: Request) -> bool:
    """Returns whether the Content-Type is checked. For guarded paths it is even without a body.

    Otherwise a page of another site could post to them with one of the types of a form.
    """
    if request.method in ("GET", "HEAD", "DELETE"):
        return False
    is_guarded = control_guard.is_guarded(request.path)
    return bool(request.body) or (is_guarded and media_type(request) != "")


def _has_json_type(request: Request) -> bool:
    """Returns whether the Content-Type names JSON anywhere, which is enough for Seam.

    For guarded paths it must be the type: a page of another site may send
    ``text/plain; application/json``.
    """
    if control_guard.is_guarded(request.path):
        return media_type(request) == JSON
    return JSON in request.headers.get("content-type", "").lower()


def _json(body: bytes) -> Any:
    try:
        return _DECODER.decode(body.decode())
    except (ValueError, RecursionError) as exc:
        error = ApiError(400, "invalid_input", BROKEN_BODY)
        error.validation_errors = {"_errors": [BROKEN_BODY]}
        raise error from exc


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= MAX_DIGITS else float(digits)


_DECODER = json.JSONDecoder(parse_constant=reject_constant, parse_int=_integer)


# Writing


def _error_response(
    engine: Engine, request: Request, request_id: str, error: ApiError
) -> Response:
    error.request_id = request_id
    response = _response(engine, request, request_id, error.status, error.body or None)
    response.headers.update(error.headers)
    return response


def _broken_response(
    engine: Engine, request: Request, request_id: str, broken: BrokenResponse
) -> Response:
    """Returns the response that an adapter must break, or a garbled one, which is complete."""
    if broken.kind == GARBAGE:
        response = _response(engine, request, request_id, 200, {})
        return response._replace(body=GARBAGE_BODY)
    if broken.kind not in (RESET, TIMEOUT, TRUNCATED):
        raise RuntimeError(f"no response for the fault kind {broken.kind!r}")
    if broken.error is not None:
        response = _error_response(engine, request, request_id, broken.error)
    else:
        response = _response(engine, request, request_id, 200, broken.body or {"ok": True})
    return response._replace(fault_kind=broken.kind)


def _response(
    engine: Engine,
    request: Request,
    request_id: str,
    status: int,
    body: Mapping[str, Any] | None,
) -> Response:
    headers = _common_headers(engine, request_id)
    origin = request.headers.get("origin")  # which a browser sends where it needs an answer
    # Guarded paths get no CORS headers: a page of another site may not read their responses.
    if origin is not None and not control_guard.is_guarded(request.path):
        headers |= {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Allow-Methods": _CORS_METHODS,
            "Access-Control-Allow-Credentials": "true",
            "Access-Control-Allow-Headers": _CORS_HEADERS,
        }
    if body is None:
        return Response(status, headers, b"")
    headers["Content-Type"] = f"{JSON}; charset=utf-8"
    return Response(status, headers, to_text(body).encode("ascii"))


def _common_headers(engine: Engine, request_id: str) -> dict[str, str]:
    return {"Date": _date(engine.clock.ms() // 1000), "seam-request-id": request_id}


@lru_cache(maxsize=16)
def _date(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)
