"""The environment in which an app's own ``Seam()`` uses a fake: variables, httpx, a listener."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import TYPE_CHECKING

from ..http.environment import ENDPOINT_VAR, SetVariables, variables_for
from .interception import SEAM_HTTP_URL, SEAM_URL, Interception

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["NO_LISTENER_URL", "environment", "interception_for"]

# The URL of a fake that only httpx in this process reaches, as no socket may be opened.
NO_LISTENER_URL = "http://fakeseam"


@contextmanager
def environment(fake: FakeSeam) -> Iterator[str]:
    """Makes the app use a fake, and yields the fake's URL; ``FakeSeam.environment`` says more."""
    with ExitStack() as stack:
        server_url = fake._engine.server_url or stack.enter_context(_listener(fake))
        stack.enter_context(interception_for(lambda: fake, server_url))
        url = server_url or NO_LISTENER_URL
        stack.enter_context(fake._state.keeping_api_key())
        stack.callback(SetVariables(variables_for(url, fake.api_key, os.environ)).restore)
        yield url


def interception_for(
    current: Callable[[], FakeSeam | None],
    server_url: str | None,
    stray: Callable[[], str | None] = lambda: None,
) -> Interception:
    """Returns an interception of an app's requests to Seam, wherever the app expects Seam.

    That is the URL of the fake's server, Seam's own, and the one that ``SEAM_ENDPOINT`` names
    before it is set. Without a server the fake has a URL that only this process reaches.
    ``stray`` is as ``Interception`` takes it.
    """
    elsewhere = [SEAM_URL, SEAM_HTTP_URL, os.environ.get(ENDPOINT_VAR, "")]
    if server_url is None:
        return Interception(current, unserved=[NO_LISTENER_URL, *elsewhere], stray=stray)
    return Interception(current, served=[server_url], unserved=elsewhere, stray=stray)


@contextmanager
def _listener(fake: FakeSeam) -> Iterator[str | None]:
    """Serves a fake, and yields the URL. Yields None where sockets are forbidden."""
    from ..http.shared_server import SharedServer

    try:
        server = SharedServer(lambda: fake)
    except Exception:  # what forbids sockets raises errors of its own
        yield None
        return
    with closing(server):
        fake._engine.set_server_url(server.url)
        try:
            yield server.url
        finally:
            fake._engine.set_server_url(None)
            fake._engine.notifier.release_waiters()  # or the server would wait for their requests
