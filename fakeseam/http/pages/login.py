"""The login page at a webview's ``url``, as HTML; ``control.login_page`` decides what it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...api.auth import Credentials
from ...errors import ApiError, MisuseError
from ...runtime.engine import Engine
from ...runtime.request_dispatcher import ApiRequest
from ..wire import FORM, Request, Response, media_type, to_api_error
from .inputs import inputs
from .rendering import entries, html, see_other
from .theme import initials, theme_for, tone

__all__ = ["respond"]

# The entries that are not the user's: the webview, and the place on its page.
_PAGE_ENTRIES = ("connect_webview_id", "auth_token", "step", "provider", "search", "since")


def respond(engine: Engine, request: Request, request_id: str) -> Response:
    """Returns the page, or the redirect at its end. Needs no key: the URL has a token in it."""
    if request.method == "POST" and media_type(request) != FORM:
        return _unavailable(ApiError(415, "", f"This page takes forms, posted as {FORM}."))
    typed = entries(request)
    params: dict[str, Any] = {name: typed.pop(name) for name in _PAGE_ENTRIES if name in typed}
    api_request = ApiRequest(
        method="GET" if request.method == "HEAD" else request.method,
        path=request.path,
        credentials=Credentials(),
        read_params=lambda _: {**params, "typed": typed},
        base_url=engine.base_url_for(request.address),
        request_id=request_id,
    )
    try:
        pane = engine.dispatch(api_request)["pane"]
    except (ApiError, MisuseError) as error:
        return _unavailable(to_api_error(error))
    return _render(pane, is_framed=request.headers.get("sec-fetch-dest") in ("iframe", "frame"))


def _render(pane: Mapping[str, Any], *, is_framed: bool) -> Response:
    """Returns the pane's page, or a redirect if the pane has one.

    In a frame the page comes first: it posts its event to the parent, then follows the redirect.
    """
    redirect = pane.get("redirect", {"url": None})
    if redirect["url"] is not None and not is_framed:
        return see_other(redirect["url"])
    look = {"look": theme_for(pane["customization"]), "initials": initials, "tone": tone}
    form = {"inputs": inputs(pane) if "fields" in pane else [], "is_framed": is_framed}
    return html(
        f"{pane['name']}.html",
        {**pane, **look, **form},
        status=pane["status"],
        leads_on=pane["webview"]["leads_on"],
    )


def _unavailable(error: ApiError) -> Response:
    """Returns the page for every error."""
    response = html("unavailable.html", {"error": error}, status=error.status)
    if error.status == 405:
        response.headers["Allow"] = "GET, HEAD, POST"
    return response
