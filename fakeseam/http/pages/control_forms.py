"""Forms that the inspection page posts to the control API, and the redirect back to the page.

``http.control_guard`` decides which forms are allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from ...api.auth import Credentials
from ...errors import ApiError, LoginFailed, MisuseError
from ...runtime.engine import Engine
from ...runtime.request_dispatcher import ApiRequest
from ...schema.param_types import Param
from ...schema.query import decode_with_unknown
from ..control_guard import is_same_origin
from ..wire import Request, Response, to_api_error
from .inspection import HOME, error_page
from .named_fakes import FAKE, check_fake, url_of
from .rendering import see_other

__all__ = ["respond"]

# The control call after which nothing that the page showed is left.
RESET = "reset"


def respond(engine: Engine, request: Request, request_id: str) -> Response:
    """Runs the control call; returns a redirect back to the page, or a page with the error."""
    api_request = ApiRequest(
        method=request.method,
        path=request.path,
        credentials=Credentials(),
        read_params=lambda params: _entries(request, params),
        base_url=engine.base_url_for(request.address),
        request_id=request_id,
    )
    back = _page_of(engine, request)
    try:
        check_fake(engine, request)
        body = engine.dispatch(api_request)
    except (ApiError, MisuseError, LoginFailed, AssertionError) as exc:
        return error_page(to_api_error(exc), engine.name, url_of(engine.name, HOME, back))
    # The endpoint below /_fake/ has the name of one below /_fakeseam/, and does the same.
    name = request.path.removeprefix(HOME).removeprefix("/_fake/")
    shown = [] if name == RESET else back
    outcome = [("outcome", body["outcome"])] if "outcome" in body else []
    return see_other(url_of(engine.name, HOME, [*shown, ("done", name), *outcome]))


def _entries(request: Request, params: Mapping[str, Param]) -> dict[str, Any]:
    """Returns the entries as the endpoint's parameters, read as a query is; without blank ones."""
    body = request.body.decode("utf-8", "replace")
    pairs = parse_qsl(body, errors="replace")
    return decode_with_unknown(pairs, params)


def _page_of(engine: Engine, request: Request) -> list[tuple[str, str]]:
    """Returns the query of the inspection page that had the form, but for the fake's name.

    Empty if it is unknown.
    """
    referer = request.headers.get("referer", "")
    if not is_same_origin(request, referer, engine.base_url):
        return []
    parts = urlsplit(referer)
    if parts.path != HOME:
        return []
    pairs = parse_qsl(parts.query, errors="replace")
    return [pair for pair in pairs if pair[0] not in ("done", "outcome", FAKE)]
