"""The pytest plugin: a fresh fake for each test that asks for one.

Imported at every start of pytest, so it loads the standard library only; a fixture imports
what it needs when it is used.
"""

from __future__ import annotations

import inspect
import os
import threading
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from .environment import ENDPOINT, KEY, OTHERS

if TYPE_CHECKING:
    from seam.seam import AsyncSeam, Seam

    from .fake import FakeSeam
    from .switchboard import Switchboard

__all__ = [
    "fakeseam",
    "fakeseam_async_client",
    "fakeseam_client",
    "fakeseam_env",
    "fakeseam_server",
]

MARKER = """\
fakeseam(seed=..., now=..., strict=..., load=..., <rules>): what this test's FakeSeam is made \
with; load= is what fake.load() takes, files beside the test's own"""

# With ini fakeseam_env = session an app reads its key before there is any test.
SESSION_KEY = "seam_testsess_fakeseamfakeseamfakeseam"

_FAKE = pytest.StashKey["FakeSeam"]()
# The same when the test is over, for the report of its end.
_ENDED = pytest.StashKey["FakeSeam"]()
_SESSION = pytest.StashKey["_SessionEnv"]()
_MAKING = threading.Lock()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fakeseam")
    group.addoption(
        "--fakeseam-seed",
        type=int,
        default=0,
        help="other ids in every fake; a test's seed is made of this and of its node id",
    )
    parser.addini(
        "fakeseam_env",
        "'session' sets SEAM_ENDPOINT and SEAM_API_KEY before test modules are imported",
        default="",
    )
    parser.addini(
        "fakeseam_strict",
        "fail tests whose app asks for what Seam or fakeseam does not have",
        type="bool",
        default=False,
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """A conftest.py may import the app at its top: the variables are set before that."""
    _set_for_the_session(early_config)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    _set_for_the_session(config)


def _set_for_the_session(config: pytest.Config) -> None:
    """Obey the ini file, once: a plugin that was named by a conftest.py comes late."""
    mode = config.getini("fakeseam_env")
    if mode not in ("", "session"):
        raise pytest.UsageError(f"fakeseam_env = {mode}: the only value is 'session'")
    if mode == "session" and _SESSION not in config.stash:
        config.stash[_SESSION] = _SessionEnv()
        # Without a conftest.py that can be imported there is nothing to unconfigure.
        config.add_cleanup(lambda: pytest_unconfigure(config))


def pytest_unconfigure(config: pytest.Config) -> None:
    session = config.stash.get(_SESSION, None)
    if session is not None:
        del config.stash[_SESSION]
        session.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    session = item.config.stash.get(_SESSION, None)
    if session is None:
        return (yield)
    session.item = item
    try:
        return (yield)
    finally:
        session.item = None


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """A marker is obeyed before an app can call, so that its mistakes are the test's."""
    if _SESSION in item.config.stash and item.get_closest_marker("fakeseam"):
        _fake_of(item)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """What a fixture of a wider scope makes would be gone in the second test: no test is
    running for it."""
    session = request.config.stash.get(_SESSION, None)
    if session is None or fixturedef.scope == "function":
        return (yield)
    item, session.item = session.item, None
    try:
        return (yield)
    finally:
        session.item = item


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, None, None]:
    """After every fixture is gone, so is the fake; a strict one has the last word."""
    try:
        yield
    finally:
        session = item.config.stash.get(_SESSION, None)
        if session is not None:
            session.item = None
        _finish(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that failed shows what its fake has been through."""
    report = yield
    fake = item.stash.get(_FAKE, item.stash.get(_ENDED, None))
    if fake is not None and report.failed:
        from .pytest_report import sections

        report.sections += sections(fake, item, call)
    if call.when == "teardown" and _ENDED in item.stash:
        del item.stash[_ENDED]
    return report


@pytest.fixture
def fakeseam(request: pytest.FixtureRequest) -> FakeSeam:
    """A ``FakeSeam`` of this test alone; the marker ``fakeseam`` says what it is made with."""
    return _fake_of(request.node)


@pytest.fixture
def fakeseam_client(fakeseam: FakeSeam) -> Iterator[Seam]:
    """The official ``Seam``, without a socket, with this test's key."""
    with fakeseam.client() as client:
        yield client


@pytest.fixture
def fakeseam_async_client(fakeseam: FakeSeam) -> AsyncSeam:
    """The official ``AsyncSeam``, without a socket, with this test's key."""
    return fakeseam.async_client()


@pytest.fixture
def fakeseam_server(fakeseam: FakeSeam, _fakeseam_listener: _Listener) -> Iterator[Switchboard]:
    """This test's fake over HTTP: ``.url``, ``.port``. One listener serves test after test."""
    _fakeseam_listener.fake = fakeseam
    fakeseam.served_at(_fakeseam_listener.switchboard.url)
    yield _fakeseam_listener.switchboard
    _fakeseam_listener.fake = None


@pytest.fixture
def fakeseam_env(
    fakeseam: FakeSeam, fakeseam_server: Switchboard, monkeypatch: pytest.MonkeyPatch
) -> FakeSeam:
    """This test's fake, with ``SEAM_ENDPOINT`` and ``SEAM_API_KEY`` set to it, so that an app
    that calls ``Seam()`` itself talks to it unchanged."""
    monkeypatch.setenv(ENDPOINT, fakeseam_server.url)
    monkeypatch.setenv(KEY, fakeseam.api_key)
    for name in OTHERS:
        monkeypatch.delenv(name, raising=False)
    return fakeseam


@pytest.fixture(scope="session")
def _fakeseam_listener(pytestconfig: pytest.Config) -> Iterator[_Listener]:
    listener = _Listener(pytestconfig.stash.get(_SESSION, None))
    yield listener
    listener.close()


class _Listener:
    """The worker's one listener; with ``fakeseam_env = session`` it is there already."""

    def __init__(self, session: _SessionEnv | None) -> None:
        from .switchboard import Switchboard

        self.fake: FakeSeam | None = None
        self._owned = session is None
        self.switchboard = session.switchboard if session else Switchboard(lambda: self.fake)

    def close(self) -> None:
        if self._owned:
            self.switchboard.close()


class _SessionEnv:
    """The environment set from before collection to the end: the key means the running test."""

    def __init__(self) -> None:
        from .switchboard import Switchboard

        self.item: pytest.Item | None = None
        self.switchboard = Switchboard(self._current)
        self._before = {name: os.environ.pop(name, None) for name in (ENDPOINT, KEY, *OTHERS)}
        os.environ |= {ENDPOINT: self.switchboard.url, KEY: SESSION_KEY}

    def close(self) -> None:
        for name, value in self._before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        self.switchboard.close()

    def _current(self) -> FakeSeam | None:
        """The running test's fake, made now if the test has not asked for it."""
        item = self.item
        return None if item is None else _fake_of(item)


def _fake_of(item: pytest.Item) -> FakeSeam:
    with _MAKING:
        if _FAKE in item.stash:
            return item.stash[_FAKE]
        from .pytest_options import options_of

        options = options_of(item)
        load = options.pop("load", None)
        fake = item.stash[_FAKE] = _make(item, options)
    if load is not None:  # by now the app may call: what is loaded may be a function
        from .seeds import beside

        fake.load(beside(item.path.parent, load))
    return fake


def _finish(item: pytest.Item) -> None:
    fake = item.stash.get(_FAKE, None)
    if fake is not None:
        del item.stash[_FAKE]
        item.stash[_ENDED] = fake
        fake.close()
        fake.assert_nothing_unexpected()


def _make(item: pytest.Item, options: dict[str, Any]) -> FakeSeam:
    from .fake import FakeSeam

    session = item.config.stash.get(_SESSION, None)
    if session is not None:
        if options.setdefault("api_key", SESSION_KEY) != SESSION_KEY:
            raise pytest.UsageError(
                "the marker fakeseam: leave api_key out with fakeseam_env = session, which has set"
                f" SEAM_API_KEY to {SESSION_KEY} before there was a test"
            )
    try:
        fake = FakeSeam(**options)
    except TypeError as exc:
        known = [name for name in inspect.signature(FakeSeam).parameters if name != "base_url"]
        raise pytest.UsageError(
            f"the marker fakeseam: {exc} (it takes {', '.join([*known, 'load'])})"
        ) from None
    if session is not None:
        fake.served_at(session.switchboard.url)
    return fake
