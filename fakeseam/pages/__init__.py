"""Pages for a browser: the login at a webview's ``url``, and the window into the fake.

Beside them the one answer that is neither a page nor Seam's: the levers' description.

HTML without a build step, a script or anything loaded from elsewhere; Jinja is imported when a
page is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ..own_routes import is_form
from ..wire import Request, Response

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["PAGES", "page"]

# Which module answers for which path.
PAGES = {
    "/connect_webviews/view": "login",
    "/_fakeseam": "inspection",
    "/_fakeseam/": "inspection",
    "/_fakeseam/openapi.json": "openapi",
}
# And which for a form that is posted to a lever.
FORMS = "lever_forms"


def page(fake: FakeSeam, request: Request, request_id: str) -> Response | None:
    """The page at the path of a request, or what a form leads to; None where there is none."""
    name = PAGES.get(request.path) or (FORMS if is_form(request) else None)
    if request.path == "/" and request.method in ("GET", "HEAD"):
        name = "inspection"  # what somebody sees who opens the URL that the server told
    if name is None:
        return None
    response: Response = import_module(f".{name}", __name__).answer(fake, request, request_id)
    return response
