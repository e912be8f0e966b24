"""A form of the inspection page that pulls a lever, and the way back to the page.

Who may post one is decided in ``fakeseam.own_routes``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from ..api.auth import Credentials
from ..core.endpoint import Endpoint
from ..core.query import decode_query, unknown_names
from ..entrance import Asked
from ..errors import ApiError, LoginFailed, MisuseError
from ..own_routes import is_own_origin
from ..wire import Request, Response, as_refusal
from .inspection import HOME, problem
from .rendering import see_other

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["answer"]

# The lever after which nothing is left of what the page showed.
RESET = "reset"


def answer(fake: FakeSeam, request: Request, request_id: str) -> Response:
    """Do as the form says, and go back; an error has a page of its own."""
    asked = Asked(
        method=request.method,
        path=request.path,
        credentials=Credentials(),
        read=lambda endpoint: _entries(request, endpoint),
        base_url=fake.reached_at(request.address),
        request_id=request_id,
    )
    back = _page_of(fake, request)
    try:
        fake.enter(asked)
    except (ApiError, MisuseError, LoginFailed, AssertionError) as exc:
        return problem(as_refusal(exc), back=f"{HOME}?{urlencode(back)}" if back else HOME)
    # The one control route elsewhere has the name of a lever here, and does the same.
    name = request.path.removeprefix(HOME).removeprefix("/_fake/")
    return see_other(f"{HOME}?{urlencode([*([] if name == RESET else back), ('done', name)])}")


def _entries(request: Request, endpoint: Endpoint) -> dict[str, Any]:
    """What was filled in, by the declared types, as a query is read; blank means left alone."""
    body = request.body.decode("utf-8", "replace")
    pairs = parse_qsl(body, errors="replace")
    return {**unknown_names(pairs, endpoint.params), **decode_query(pairs, endpoint.params)}


def _page_of(fake: FakeSeam, request: Request) -> list[tuple[str, str]]:
    """The query of the inspection page that the form stood on, as far as that is known."""
    referer = request.headers.get("referer", "")
    if not is_own_origin(request, referer, fake.base_url):
        return []
    parts = urlsplit(referer)
    if parts.path != HOME:
        return []
    return [pair for pair in parse_qsl(parts.query, errors="replace") if pair[0] != "done"]
