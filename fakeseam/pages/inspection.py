"""The page at ``/_fakeseam/``, as HTML: what ``fakeseam.control.inspecting`` answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..api.auth import Credentials
from ..control import endpoint_at
from ..core.query import decode_query
from ..entrance import Asked
from ..errors import ApiError, MisuseError
from ..wire import Request, Response, as_refusal
from .rendering import entries, html, see_other

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["HOME", "answer", "problem"]

HOME = "/_fakeseam/"
INSPECT = "/_fakeseam/inspect"

# What the page says after one of its buttons was pressed.
_DONE = {
    "clock/advance": "Time has moved on.",
    "complete_connect_webview": "Somebody has signed in at the webview.",
    "disconnect_account": "The provider has disconnected the account.",
    "fail_connect_webview": "A login at the webview has failed.",
    "reconnect_account": "The account is connected again.",
    "reset": "The fake is as new.",
}


def answer(fake: FakeSeam, request: Request, request_id: str) -> Response:
    """The page; looking at it changes nothing."""
    if request.path != HOME:
        return see_other(f"{HOME}?{request.query}" if request.query else HOME)
    if request.method not in ("GET", "HEAD"):
        refusal = ApiError(405, "", "This page is only to be looked at.", headers=_ALLOW)
        return problem(refusal)
    given = {name: value for name, value in entries(request).items() if value}
    done = given.pop("done", "")
    asked = Asked(
        method="GET",
        path=INSPECT,
        credentials=Credentials(),
        read=lambda endpoint: decode_query(list(given.items()), endpoint.params),
        base_url=fake.reached_at(request.address),
        request_id=request_id,
    )
    try:
        inspection = fake.enter(asked)["inspection"]
    except (ApiError, MisuseError) as exc:
        return problem(as_refusal(exc))
    facts = {
        **inspection,
        "is_strict": fake.strict,
        "done": _said(done),
        "at": lambda **changes: _at(inspection, changes),
        "pretty": _pretty,
    }
    return html("inspection.html", facts, framing="'none'")


def problem(refusal: ApiError, back: str = HOME) -> Response:
    """What went wrong, and the way back."""
    facts = {"refusal": refusal, "back": back}
    response = html("inspection_problem.html", facts, status=refusal.status, framing="'none'")
    response.headers.update(refusal.headers)
    return response


_ALLOW = {"Allow": "GET, HEAD"}


def _said(done: str) -> str | None:
    """One of these sentences, or the name of a lever; whatever else a link says is left out."""
    if endpoint_at(HOME + done) is None:
        return None
    return _DONE.get(done, f"Done: {done}.")


def _at(inspection: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """A link to this page with some of what it shows changed; it begins with the first page."""
    kept = {name: inspection[name] for name in ("show", "search", "workspace_id")}
    query = {name: value for name, value in {**kept, **changes}.items() if value}
    if query.get("show") == "overview":
        del query["show"]
    return f"{HOME}?{urlencode(query, errors='replace')}" if query else HOME


def _pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
