"""Pages for a browser: the login page at a webview's ``url``, and the inspection page.

The OpenAPI document of the control API is here too: it is neither a page nor a result of Seam's.

The HTML needs no build step and loads nothing. Jinja is imported with the first page.
"""

from __future__ import annotations

from importlib import import_module

from ...runtime.engine import Engine
from ..control_guard import is_control_form
from ..wire import Request, Response

__all__ = ["FORMS", "INSPECTION", "LOGIN", "PAGES", "page", "page_name"]

# The modules of the pages.
LOGIN = "login"
INSPECTION = "inspection"

# The module that responds at each path.
PAGES = {
    "/connect_webviews/view": LOGIN,
    "/_fakeseam": INSPECTION,
    "/_fakeseam/": INSPECTION,
    "/_fakeseam/openapi.json": "openapi",
}
# The module that responds to a form that is posted to the control API.
FORMS = "control_forms"


def page(engine: Engine, request: Request, request_id: str) -> Response | None:
    """Returns the page at a request's path, or the response to a form of the inspection page.

    Returns None for every other request.
    """
    name = page_name(request)
    if name is None:
        return None
    response: Response = import_module(f".{name}", __name__).respond(engine, request, request_id)
    return response


def page_name(request: Request) -> str | None:
    """Returns the name of the module that responds to a request; None if no page does."""
    if request.path == "/" and request.method in ("GET", "HEAD"):
        return INSPECTION  # for a user who opens the server's URL
    return PAGES.get(request.path) or (FORMS if is_control_form(request) else None)
