"""``fakeseam.wsgi:app``: the fakes of a server of the user's own, such as gunicorn.

The app is made when it is first read. The key ``seam_fake_NAME`` makes the fake NAME, as with
``fakeseam serve``. Its state is in the memory of one process: with two, each would have fakes of
its own, and requests would reach the one or the other.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

__all__ = ["app"]

if TYPE_CHECKING:
    from .http.wsgi import WsgiApp

    app: WsgiApp
else:

    def __getattr__(name: str) -> object:
        if name != "app":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = _app()
        return globals()[name]


def _app() -> WsgiApp:
    from .fake import FakeSeam
    from .http.fake_pool import FakePool, NamedFake

    seed = secrets.randbelow(2**31)  # a key that is always the same is one that web pages know
    return FakePool(FakeSeam(seed), lambda name: NamedFake(name, seed=seed)).wsgi_app
