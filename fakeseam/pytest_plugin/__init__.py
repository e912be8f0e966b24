"""The pytest plugin: a new fake for each test that uses one of its fixtures.

pytest imports it at every start, so it loads the standard library only. The hooks and fixtures
import the rest when it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from ..errors import is_outcome

if TYPE_CHECKING:
    from pluggy import Result
    from seam.seam import AsyncSeam, Seam

    from ..fake import FakeSeam
    from ..http.shared_server import SharedServer
    from .session_environment import Listener, SessionEnvironment

__all__ = [
    "fakeseam",
    "fakeseam_async_client",
    "fakeseam_client",
    "fakeseam_env",
    "fakeseam_server",
]

__tracebackhide__ = is_outcome

MARKER = """\
fakeseam(seed=..., now=..., strict=..., load=..., <rules>): the arguments of this test's \
FakeSeam; load= is what fake.load() takes, with files in the test's own folder"""

FAKE: pytest.StashKey[FakeSeam] = pytest.StashKey()
# The fake after the end of its test, for the report of the teardown.
FINISHED: pytest.StashKey[FakeSeam] = pytest.StashKey()
SESSION: pytest.StashKey[SessionEnvironment] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("fakeseam")
    group.addoption(
        "--fakeseam-seed",
        type=int,
        default=0,
        help="other ids in every fake; a test's seed is made from this and its node id",
    )
    parser.addini(
        "fakeseam_env",
        "'session' makes the app's own Seam() use the running test's fake, also one that is made"
        " when test modules are imported; it sets SEAM_ENDPOINT and SEAM_API_KEY",
        default="",
    )
    parser.addini(
        "fakeseam_strict",
        "fail tests whose app uses something that Seam or fakeseam does not support",
        type="bool",
        default=False,
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Sets the session's variables before a conftest.py can import the app."""
    _start_session(early_config)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    _start_session(config)


def _start_session(config: pytest.Config) -> None:
    """Sets the session's variables once, if the ini file requires them.

    ``pytest_configure`` calls it again for a plugin that a conftest.py names: that is loaded late.
    """
    mode = config.getini("fakeseam_env")
    if mode not in ("", "session"):
        raise pytest.UsageError(f"fakeseam_env = {mode}: the only value is 'session'")
    if mode == "session" and SESSION not in config.stash:
        from .session_environment import SessionEnvironment

        config.stash[SESSION] = SessionEnvironment()
        # If a conftest.py cannot be imported, pytest does not call pytest_unconfigure.
        config.add_cleanup(lambda: pytest_unconfigure(config))


def pytest_unconfigure(config: pytest.Config) -> None:
    session = config.stash.get(SESSION, None)
    if session is not None:
        del config.stash[SESSION]
        session.close()


# The wrappers below are of pluggy's old style: an exception does not pass through them, so that
# no line of this file is in the traceback of another fixture or of a test.


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Result[object], None]:
    session = item.config.stash.get(SESSION, None)
    if session is None:
        yield
        return
    session.strays.test_begins()
    session.item = item
    yield
    session.item = None
    session.strays.test_ended(item.nodeid)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Makes a marked test's fake before an app can call it: a wrong marker fails the test."""
    if SESSION in item.config.stash and item.get_closest_marker("fakeseam"):
        from .fakes import fake_of

        fake_of(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call() -> None:
    """Lets the fake answer although a fixture of another library has replaced httpx's methods."""
    _refresh_interception()


def _refresh_interception() -> None:
    interception = sys.modules.get("fakeseam.sdk.interception")
    if interception is not None:
        interception.refresh()


@pytest.hookimpl(hookwrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, Result[object], None]:
    """Detaches the current test while a wider-scoped fixture is set up.

    The test's fake does not outlive the test.
    """
    session = request.config.stash.get(SESSION, None)
    if session is None or fixturedef.scope == "function":
        yield
        return
    item, session.item = session.item, None
    with session.strays.shared():
        yield
    session.item = item


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None, Result[object], None]:
    """Closes the fake after every fixture; a strict fake can fail the test here."""
    outcome = yield
    session = item.config.stash.get(SESSION, None)
    if session is not None:
        session.item = None
    _refresh_interception()
    if FAKE not in item.stash:
        return
    from .fakes import finish

    try:
        finish(item)
    except BaseException as failure:  # raised from here, pluggy would warn of it
        failure.__context__ = outcome.exception
        outcome.force_exception(failure)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, Result[pytest.TestReport], None]:
    """Adds the fake's timeline to the report of a failed test."""
    report = (yield).get_result()
    fake = item.stash.get(FAKE, item.stash.get(FINISHED, None))
    if fake is not None and report.failed:
        from .report import sections

        report.sections += sections(fake, item, call)
    if call.when == "teardown" and FINISHED in item.stash:
        del item.stash[FINISHED]


@pytest.fixture
def fakeseam(request: pytest.FixtureRequest) -> FakeSeam:
    """Provides a ``FakeSeam`` for this test alone; the marker ``fakeseam`` has its arguments."""
    from .fakes import fake_of

    return fake_of(request.node)


@pytest.fixture
def fakeseam_client(fakeseam: FakeSeam) -> Iterator[Seam]:
    """Provides the official ``Seam``, without a socket, with this test's key."""
    with fakeseam.client() as client:
        yield client


@pytest.fixture
def fakeseam_async_client(fakeseam: FakeSeam) -> AsyncSeam:
    """Provides the official ``AsyncSeam``, without a socket, with this test's key."""
    return fakeseam.async_client()


@pytest.fixture
def fakeseam_server(fakeseam: FakeSeam, _fakeseam_listener: Listener) -> Iterator[SharedServer]:
    """Serves this test's fake over HTTP: ``.url``, ``.port``. All tests share one server."""
    with _fakeseam_listener.serving(fakeseam) as server:
        yield server


@pytest.fixture
def fakeseam_env(
    fakeseam: FakeSeam, _fakeseam_listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeSeam]:
    """Makes the app's own ``Seam()`` use this test's fake: in process by httpx, else over HTTP.

    It sets ``SEAM_ENDPOINT`` and ``SEAM_API_KEY``. The app is unchanged.
    """
    from .app_environment import app_environment

    with app_environment(fakeseam, _fakeseam_listener, monkeypatch):
        yield fakeseam


@pytest.fixture(scope="session")
def _fakeseam_listener(pytestconfig: pytest.Config) -> Iterator[Listener]:
    from .session_environment import Listener

    listener = Listener(pytestconfig.stash.get(SESSION, None))
    yield listener
    listener.close()
