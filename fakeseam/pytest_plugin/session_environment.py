"""The one server of a test process, and the environment variables by which an app finds it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ..http.environment import API_KEY_VAR, CONFLICTING_VARS, ENDPOINT_VAR
from ..http.shared_server import SharedServer

if TYPE_CHECKING:
    import pytest

    from ..fake import FakeSeam

__all__ = ["Listener", "SessionEnvironment"]

# With ini fakeseam_env = session an app reads its key before the first test.
SESSION_KEY = "seam_testsess_fakeseamfakeseamfakeseam"


class SessionEnvironment:
    """The environment variables from before collection to the end of the session.

    ``item`` is the current test. The server passes requests on to the fake of that test.
    """

    api_key = SESSION_KEY

    def __init__(self) -> None:
        self.item: pytest.Item | None = None
        self.shared_server = SharedServer(self._current_fake)
        names = (ENDPOINT_VAR, API_KEY_VAR, *CONFLICTING_VARS)
        self._before = {name: os.environ.pop(name, None) for name in names}
        os.environ |= {ENDPOINT_VAR: self.shared_server.url, API_KEY_VAR: SESSION_KEY}

    def close(self) -> None:
        """Restores the variables, and closes the server."""
        for name, value in self._before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        self.shared_server.close()

    def _current_fake(self) -> FakeSeam | None:
        """Returns the current test's fake, made now if the test has none yet.

        Returns None between tests.
        """
        from .fakes import fake_of

        item = self.item
        return None if item is None else fake_of(item)


class Listener:
    """The server of the process: the session environment's server, or else a new one.

    ``fake`` is the fake that a new server serves.
    """

    def __init__(self, session: SessionEnvironment | None) -> None:
        self.fake: FakeSeam | None = None
        self._is_owner = session is None
        self.shared_server = session.shared_server if session else SharedServer(lambda: self.fake)

    def close(self) -> None:
        """Closes the server, unless the session environment owns it."""
        if self._is_owner:
            self.shared_server.close()
