"""Pages for a browser: the login at a webview's ``url``, and the window into the fake.

HTML without a build step, a script or anything loaded from elsewhere; Jinja is imported when a
page is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ..wire import Request, Response

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["PAGES", "page"]

# Which module answers for which path.
PAGES = {"/connect_webviews/view": "login"}


def page(fake: FakeSeam, request: Request, request_id: str) -> Response:
    """The page at the path of a request, which is one of ``PAGES``."""
    response: Response = import_module(f".{PAGES[request.path]}", __name__).answer(
        fake, request, request_id
    )
    return response
