"""Which fake of a server an inspection page shows: the ``fake`` of its query, and of its links."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from ...errors import ApiError
from ...runtime.engine import Engine
from ..wire import Request

__all__ = ["FAKE", "check_fake", "fake_in_query", "url_of"]

# The name of a named fake in the query of a page or of a form; without it they are the main
# fake's.
FAKE = "fake"


def fake_in_query(request: Request) -> str | None:
    """Returns the name of the fake that a page or form is for, or None for the main fake."""
    return dict(parse_qsl(request.query, errors="replace")).get(FAKE)


def check_fake(engine: Engine, request: Request) -> None:
    """Raises a 404 if the page or form is for a fake that the server does not have any more."""
    name = fake_in_query(request)
    if name is not None and name != engine.name:
        raise ApiError(404, "", f"There is no fake {name!r} on this server. It may have ended.")


def url_of(name: str | None, path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """Returns a path with a query, and with the name of the fake in it."""
    named = [] if name is None else [(FAKE, name)]
    pairs = [*named, *query]
    return f"{path}?{urlencode(pairs, errors='replace')}" if pairs else path
