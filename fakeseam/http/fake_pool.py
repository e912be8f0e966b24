"""The fakes of one server: a main one, and a named one for each key ``seam_fake_NAME``.

The workers of a parallel test suite share the server. Each has a key of its own, and so a fake
with its own state, clock, faults and logs.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..api.workspaces.record import API_KEYS
from ..errors import ApiError, MisuseError
from ..fake import FakeSeam
from ..runtime.engine import Engine
from .server import Server, listen

if TYPE_CHECKING:
    from .app import App, Log
    from .wsgi import WsgiApp

__all__ = ["KEY_PREFIX", "MAX_FAKES", "FakePool", "NamedFake"]

# An API key that begins so names its fake. Seam's SDKs take any key that begins with "seam_".
KEY_PREFIX = "seam_fake_"
# More than the workers of any suite. A new fake takes 25 kilobytes and no thread. The limit is for
# a suite that makes a name for each test and ends none of its fakes.
MAX_FAKES = 1000
# What a key, a link and a line of a log may have as it is.
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
# What JavaScript and Python make of a variable that is not set: all workers would get one name.
_UNSET = ("undefined", "null", "NaN", "None")


class NamedFake(FakeSeam):
    """A fake with the key ``seam_fake_NAME``. The name is hashed into its ids and tokens.

    ``options`` are those of ``FakeSeam``.
    """

    def __init__(self, name: str, **options: Any) -> None:
        self._name = name
        super().__init__(api_key=f"{KEY_PREFIX}{name}", **options)


class FakePool:
    """The fakes of one server.

    ``main`` is the fake whose key the server shows. ``make`` makes the fake of a name.
    """

    def __init__(self, main: FakeSeam, make: Callable[[str], FakeSeam]) -> None:
        self.main = main
        self._make = make
        self._making = threading.Lock()
        # Replaced and never changed, so that no reader needs the lock.
        self._fakes: Mapping[str, FakeSeam] = {}
        self._is_closed = False
        self._strict_reports: list[str] = []
        main._engine.named_fakes = self

    # The fakes

    def names(self) -> list[str]:
        """Returns the names of the named fakes, in the order in which they were made."""
        return list(self._fakes)

    def engines(self) -> Iterator[Engine]:
        """Yields the engines of all fakes, the main one first."""
        yield self.main._engine
        for fake in self._fakes.values():
            yield fake._engine

    def find(self, name: str) -> Engine | None:
        """Returns the engine of a named fake, or None if there is none."""
        fake = self._fakes.get(name)
        return None if fake is None else fake._engine

    def get(self, name: str) -> Engine:
        """Returns the engine of a named fake, which is made if there is none.

        Raises ``MisuseError`` for what is no name, and where no fake can be made. With Seam's 401
        the SDK would not show the reason.
        """
        return self.find(name) or self._add(name)

    def _add(self, name: str) -> Engine:
        if _NAME.fullmatch(name) is None:
            raise MisuseError(
                f"The API key {KEY_PREFIX + name!r} names no fake. After {KEY_PREFIX} it has 1 to"
                " 64 letters, digits, _ or -."
            )
        if name.endswith(_UNSET):
            raise MisuseError(
                f"The API key {KEY_PREFIX + name!r} names no fake: the worker's number in it is"
                " not set."
            )
        with self._making:
            fake = self._fakes.get(name)
            if fake is None:
                self._check_room()
                fake = self._make_loaded(name)
                self._fakes = {**self._fakes, name: fake}
        return fake._engine

    def _check_room(self) -> None:
        if self._is_closed:
            raise ApiError(503, "fakeseam_stopping", "This server is stopping.")
        if len(self._fakes) >= MAX_FAKES:
            raise MisuseError(
                f"This server has {MAX_FAKES} named fakes, its limit. Use a key again, or end a"
                " fake with POST /_fakeseam/close and its key as the bearer token."
            )

    def _make_loaded(self, name: str) -> FakeSeam:
        try:
            fake = self._make(name)
        except MisuseError:
            raise
        except Exception as exc:  # of a function that --load names
            raise MisuseError(f"The fake {name!r} could not be loaded: {exc!r}") from exc
        engine, main = fake._engine, self.main._engine
        engine.named_fakes = self
        engine.set_server_url(main.server_url, main.server_host)
        engine.owner.set(threading.main_thread())  # a thread of the server may wait for its own
        return fake

    def check_api_key(self, name: str | None, key: str) -> None:
        """Raises ``MisuseError`` if a key would lead to another fake than that of a name, or the
        main one for None.

        Looks without the other fakes' locks, which another thread of the server may hold.
        """
        if key.startswith(KEY_PREFIX) and key != f"{KEY_PREFIX}{name}":
            raise MisuseError(f"api_key={key!r} names a fake of its own on this server")
        for engine in self.engines():
            if engine.name != name and engine.runtime.store.get(API_KEYS, key) is not None:
                raise MisuseError(
                    f"api_key={key!r} opens a workspace of another fake of this server, and a"
                    " request leads to one of them. Leave it out, or give each worker its own"
                )

    def end(self, name: str) -> None:
        """Closes a fake, and frees its name. Does nothing if there is none of this name."""
        with self._making:
            fake = self._fakes.get(name)
            self._fakes = {one: kept for one, kept in self._fakes.items() if one != name}
        if fake is not None:
            self._close(fake)

    def close(self) -> None:
        """Closes every fake, so that no request waits any more, and makes no other."""
        with self._making:
            if self._is_closed:
                return
            self._is_closed = True
        for fake in (self.main, *self._fakes.values()):
            self._close(fake)

    def _close(self, fake: FakeSeam) -> None:
        fake.close()
        report = fake._state.strict_report()
        if report:
            name = fake._engine.name
            of_it = "" if name is None else f" (of the key {KEY_PREFIX}{name})"
            self._strict_reports.append(f"fakeseam{of_it}: {report}")

    def strict_report(self) -> str:
        """Returns the strict violations of the fakes that were closed; empty if there are none."""
        return "".join(self._strict_reports)

    # The server

    @property
    def app(self) -> App:
        """The fakes as one function from requests to responses."""
        from .app import App
        from .fake_choice import choose

        return App(self.main._engine, lambda request: choose(self, request))

    @property
    def wsgi_app(self) -> WsgiApp:
        """The fakes as one WSGI application."""
        from .wsgi import WsgiApp

        return WsgiApp(self.app)

    @contextmanager
    def serve(
        self, host: str = "127.0.0.1", port: int = 0, log: Log | None = None
    ) -> Iterator[Server]:
        """Runs a server in a thread, and yields it when it accepts requests at its ``url``.

        ``log`` gets a line for each response. Resets and loads keep the main fake's key, which the
        server has shown. The fakes are closed before the server stops.
        """
        from .access_log import AccessLog

        respond = self.app if log is None else AccessLog(self.app, log)
        with self.main._state.keeping_api_key(), Server(respond, listen(host, port)) as server:
            self.main._engine.set_server_url(server.url, host)
            try:
                yield server
            finally:
                self.close()  # ends the control calls that wait: the server waits for them
