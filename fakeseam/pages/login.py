"""The page at a webview's ``url``, as HTML. What it does is in ``fakeseam.control.login_page``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..api.auth import Credentials
from ..entrance import Asked
from ..errors import ApiError, MisuseError
from ..wire import FORM, Request, Response, as_refusal, media_type
from .inputs import inputs
from .look import initials, look_of, tone
from .rendering import entries, html, see_other

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["answer"]

# The entries that are not the user's: which webview it is, and where on the page one is.
_OWN = ("connect_webview_id", "auth_token", "step", "provider", "search", "since")


def answer(fake: FakeSeam, request: Request, request_id: str) -> Response:
    """The page, or the redirect at its end. Needs no key: the URL has a token in it."""
    if request.method == "POST" and media_type(request) != FORM:
        return _unavailable(ApiError(415, "", f"This page takes forms, posted as {FORM}."))
    given = entries(request)
    params: dict[str, Any] = {name: given.pop(name) for name in _OWN if name in given}
    asked = Asked(
        method="GET" if request.method == "HEAD" else request.method,
        path=request.path,
        credentials=Credentials(),
        read=lambda _: {**params, "typed": given},
        base_url=fake.reached_at(request.address),
        request_id=request_id,
    )
    try:
        pane = fake.enter(asked)["pane"]
    except (ApiError, MisuseError) as problem:
        return _unavailable(as_refusal(problem))
    return _shown(pane, is_framed=request.headers.get("sec-fetch-dest") in ("iframe", "frame"))


def _shown(pane: Mapping[str, Any], *, is_framed: bool) -> Response:
    """A frame stays where it is, so that its page can tell the parent; it goes on from there."""
    redirect = pane.get("redirect", {"url": None})
    if redirect["url"] is not None and not is_framed:
        return see_other(redirect["url"])
    look = {"look": look_of(pane["customization"]), "initials": initials, "tone": tone}
    facts = {"inputs": inputs(pane) if "fields" in pane else [], "is_framed": is_framed}
    return html(
        f"{pane['name']}.html",
        {**pane, **look, **facts},
        status=pane["status"],
        leads_on=pane["webview"]["leads_on"],
    )


def _unavailable(refusal: ApiError) -> Response:
    """One page for whatever there is nothing to show of."""
    response = html("unavailable.html", {"refusal": refusal}, status=refusal.status)
    if refusal.status == 405:
        response.headers["Allow"] = "GET, HEAD, POST"
    return response
