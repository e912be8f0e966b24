"""The environment of an app in a test process: one server, variables, and httpx answered here."""

from __future__ import annotations

import os
import socket
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import MisuseError
from ..http.environment import API_KEY_VAR, SetVariables, variables_for
from ..http.shared_server import SharedServer
from ..sdk.environment import interception_for
from .strays import Strays

if TYPE_CHECKING:
    import pytest

    from ..fake import FakeSeam

__all__ = ["Listener", "SessionEnvironment"]

# With ini fakeseam_env = session an app reads its key before the first test.
SESSION_KEY = "seam_testsess_fakeseamfakeseamfakeseam"


class SessionEnvironment:
    """The environment of the app from before collection to the end of the session.

    ``item`` is the current test. Requests get to the fake of that test.
    """

    api_key = SESSION_KEY

    def __init__(self) -> None:
        self.item: pytest.Item | None = None
        self.thread = threading.current_thread()  # in which pytest runs the tests
        self.strays = Strays()
        self.shared_server = SharedServer(self._current_fake)
        url = self.shared_server.url
        self._interception = interception_for(self._current_fake, url, self.strays.sender)
        self._interception.start()
        self._variables = SetVariables(variables_for(url, SESSION_KEY, os.environ))
        self._key_in_use = SESSION_KEY

    def use_key(self, api_key: str) -> None:
        """Sets ``SEAM_API_KEY`` for a test whose marker has a key of its own, or back again."""
        if api_key != self._key_in_use:
            os.environ[API_KEY_VAR] = self._key_in_use = api_key

    def close(self) -> None:
        """Restores the variables and httpx, and closes the server."""
        self._variables.restore()
        self._interception.close()
        self.shared_server.close()

    def _current_fake(self) -> FakeSeam | None:
        """Returns the current test's fake, made now if the test has none yet.

        Returns None between tests.
        """
        from .fakes import fake_of

        item = self.item
        return None if item is None else fake_of(item)


class Listener:
    """The server of the process: the session environment's server, or else a new one."""

    def __init__(self, session: SessionEnvironment | None) -> None:
        self._session = session
        self._fake: FakeSeam | None = None
        self._own: SharedServer | None = None

    def stray(self) -> str | None:
        """Returns what sends the current request, in words, if it is not the running test."""
        return None if self._session is None else self._session.strays.sender()

    @property
    def shared_server(self) -> SharedServer:
        """The server; a new one is made at the first use.

        Raises ``MisuseError`` where sockets are forbidden.
        """
        if self._session is not None:
            return self._session.shared_server
        if self._own is None:
            try:
                self._own = SharedServer(lambda: self._fake)
            except Exception as exc:  # what forbids sockets raises errors of its own
                raise MisuseError(
                    f"fakeseam_server needs a socket, which this test may not open: {exc!r}. Use"
                    " fakeseam_env: httpx, and so the official SDK, needs none there"
                ) from None
        return self._own

    def url_if_allowed(self) -> str | None:
        """Returns the server's URL, or None where sockets are forbidden."""
        if self._session is not None:
            return self.shared_server.url
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")  # pytest-socket warns of the attempt, too
                socket.socket().close()  # an earlier test may have been allowed to open the server
            return self.shared_server.url
        except Exception:
            return None

    @contextmanager
    def serving(self, fake: FakeSeam) -> Iterator[SharedServer]:
        """Yields the server, which serves this fake meanwhile."""
        server = self.shared_server
        before, self._fake = self._fake, fake
        fake._engine.set_server_url(server.url)
        try:
            yield server
        finally:
            self._fake = before

    def close(self) -> None:
        """Closes the server, unless the session environment owns it."""
        if self._own is not None:
            self._own.close()
