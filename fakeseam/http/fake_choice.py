"""Which of a server's fakes a request is for.

The API key decides, for the control API too. A login page has no key: its webview decides. So
does any other token that a fake has made, such as that of a client session.
"""

from __future__ import annotations

from collections.abc import Callable

from ..api.auth import holds_token, unauthorized
from ..api.connect_webviews.record import WEBVIEWS
from ..control import CONTROL_PREFIX
from ..core.store import Store
from ..runtime.engine import Engine
from .control_guard import check_access
from .fake_pool import KEY_PREFIX, FakePool
from .handle_request import credentials_in
from .pages import FORMS, INSPECTION, LOGIN, page_name
from .pages.named_fakes import fake_in_query
from .pages.rendering import entries
from .wire import Request

__all__ = ["choose"]


def choose(pool: FakePool, request: Request) -> Engine:
    """Returns the engine of the fake that a request is for, by default the main one.

    The first request with a key ``seam_fake_NAME`` makes its fake. Raises a 403 for a control
    request that a web site may have sent, a 401 for one with a token of no fake, and
    ``MisuseError`` for a key that names no fake, and where no fake can be made.
    """
    main = pool.main._engine
    credentials = credentials_in(request.headers)
    check_access(request, credentials, main.server_address)  # before a fake is made
    token = credentials.token
    if token is not None and token.startswith(KEY_PREFIX):
        return _of_key(pool, token)
    page = page_name(request)
    if page in (INSPECTION, FORMS):
        return pool.find(fake_in_query(request) or "") or main
    if page == LOGIN:
        webview_id = entries(request).get("connect_webview_id", "")
        return _first(pool, lambda store: store.get(WEBVIEWS, webview_id) is not None) or main
    if token == main.api_key:  # as mostly
        return main
    found = token and _first(pool, lambda store: holds_token(store, token))
    if not found and request.path.startswith(CONTROL_PREFIX) and _names_a_fake(request):
        raise unauthorized(
            "No fake of this server has this token. A control call without an Authorization goes"
            " to the main fake; with `Authorization: Bearer seam_fake_NAME` to that one's."
        )
    return found or main


def _names_a_fake(request: Request) -> bool:
    """Returns whether a request has credentials, be they malformed."""
    return "authorization" in request.headers or credentials_in(request.headers).token is not None


def _of_key(pool: FakePool, key: str) -> Engine:
    """Returns the engine of the fake of a key, which may be the main one's, by a dump."""
    name, main = key.removeprefix(KEY_PREFIX), pool.main._engine
    found = pool.find(name)
    if found is None and main.api_key == key:
        return main
    return found or pool.get(name)


def _first(pool: FakePool, condition: Callable[[Store], bool]) -> Engine | None:
    """Returns the first engine whose store meets a condition, or None."""
    return next((engine for engine in pool.engines() if _holds(engine, condition)), None)


def _holds(engine: Engine, condition: Callable[[Store], bool]) -> bool:
    return engine.read_runtime(lambda runtime: condition(runtime.store))
