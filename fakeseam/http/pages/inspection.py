"""The inspection page at ``/_fakeseam/``: the result of ``control.inspect_state`` as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...api.auth import Credentials
from ...api.locks.keypad import REASONS
from ...control import endpoint_at
from ...core.json_text import to_json
from ...errors import ApiError, MisuseError
from ...runtime.engine import Engine
from ...runtime.request_dispatcher import ApiRequest
from ...schema.query import decode_query
from ..wire import Request, Response, to_api_error
from .named_fakes import FAKE, check_fake, url_of
from .rendering import entries, html, see_other

__all__ = ["HOME", "error_page", "respond"]

HOME = "/_fakeseam/"
INSPECT = "/_fakeseam/inspect"

# What the page shows after one of its buttons was pressed.
_DONE = {
    "clock/advance": "The clock was advanced.",
    "complete_connect_webview": "A user signed in at the webview.",
    "disconnect_account": "The provider disconnected the account.",
    "enter_code": "A code was entered at the keypad.",
    "fail_connect_webview": "A login at the webview failed.",
    "hold_device": "The device does nothing until it is released.",
    "reconnect_account": "The account is connected again.",
    "release_device": "The device goes on.",
    "remove_access_code": "The code was removed from its device, outside of Seam.",
    "reset": "The fake was reset.",
    "turn_lock": "Somebody turned the lock by hand.",
}
# What it shows of an outcome, after that.
_OUTCOMES = {
    "unlocked": "The lock unlocked.",
    **{code: f"The lock denied it: {message}" for code, message in REASONS.items()},
}


def respond(engine: Engine, request: Request, request_id: str) -> Response:
    """Returns the page; changes nothing."""
    if request.path != HOME:
        return see_other(f"{HOME}?{request.query}" if request.query else HOME)
    if request.method not in ("GET", "HEAD"):
        error = ApiError(405, "", "This page only responds to GET.", headers=_ALLOW)
        return error_page(error)
    try:
        check_fake(engine, request)
    except ApiError as error:
        return error_page(error)
    query = {name: value for name, value in entries(request).items() if value}
    query.pop(FAKE, None)
    done, outcome = query.pop("done", ""), query.pop("outcome", "")
    api_request = ApiRequest(
        method="GET",
        path=INSPECT,
        credentials=Credentials(),
        read_params=lambda params: decode_query(list(query.items()), params),
        base_url=engine.base_url_for(request.address),
        request_id=request_id,
    )
    try:
        inspection = engine.dispatch(api_request)["inspection"]
    except (ApiError, MisuseError) as exc:
        return error_page(to_api_error(exc), engine.name)
    names = [] if engine.named_fakes is None else engine.named_fakes.names()
    variables = {
        **inspection,
        "is_strict": engine.strict,
        "done": _done_message(done, outcome),
        "at": lambda **changes: _at(engine.name, inspection, changes),
        "control": lambda name: url_of(engine.name, HOME + name),
        "home": url_of(engine.name, HOME),
        "fake": engine.name,
        # The main fake has no name.
        "fakes": [(name, url_of(name, HOME)) for name in (None, *names)] if names else [],
        "pretty": _pretty,
    }
    return html("inspection.html", variables, framing="'none'")


def error_page(error: ApiError, fake: str | None = None, back: str | None = None) -> Response:
    """Returns a page with the error's message and a link back, to the page of a fake."""
    home = url_of(fake, HOME)
    variables = {"error": error, "home": home, "back": back or home}
    response = html("inspection_error.html", variables, status=error.status, framing="'none'")
    response.headers.update(error.headers)
    return response


_ALLOW = {"Allow": "GET, HEAD"}


def _done_message(name: str, outcome: str) -> str | None:
    """Returns a sentence for the control endpoint of this name, or None for any other text.

    A link from elsewhere could have any text there.
    """
    if endpoint_at(HOME + name) is None:
        return None
    message = _DONE.get(name, f"Done: {name}.")
    return f"{message} {_OUTCOMES[outcome]}" if outcome in _OUTCOMES else message


def _at(name: str | None, inspection: Mapping[str, Any], changes: Mapping[str, Any]) -> str:
    """Returns a link to this page with some of its query changed, and at its first page."""
    kept = {name: inspection[name] for name in ("show", "search", "workspace_id")}
    query = {name: value for name, value in {**kept, **changes}.items() if value}
    if query.get("show") == "overview":
        del query["show"]
    return url_of(name, HOME, query.items())


def _pretty(value: Any) -> str:
    return to_json(value, indent=2, ensure_ascii=False)
