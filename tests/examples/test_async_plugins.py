"""``fake.aio`` under the plugins that run asynchronous tests, each in a process of its own.

The receiver is that of ``tests/control/test_aio.py``: its pool belongs to one event loop, on which
it uses ``AsyncSeam``.
"""

from __future__ import annotations

import pytest

from tests.examples.example_runs import ROOT

TESTS = """
import pytest

from tests.control.test_aio import CALLS, URL, App, Things

{beginning}

@pytest.fixture
def things(fakeseam, tmp_path):
    return Things(fakeseam, tmp_path)


@{fixture}
async def app(fakeseam, things):
    app = App(fakeseam)
    fakeseam.call("/webhooks/create", {{"url": URL}})
    fakeseam.webhooks.deliver_to(app.receive)
    return app


def with_rules(name):
    return pytest.param(name, marks=pytest.mark.fakeseam(defer_sync=name == "sync_account"))


@pytest.mark.parametrize("name", [with_rules(name) for name in CALLS])
async def test_each_form_awaits_the_receiver(name, fakeseam, things, app):
    before = len(fakeseam.events)
    await CALLS[name](fakeseam.aio, things)
    assert app.got == [one["event_type"] for one in fakeseam.events[before:]]
    fakeseam.webhooks.assert_all_delivered()


async def test_what_takes_time_awaits_the_receiver_too(fakeseam, app):
    with fakeseam.webhooks.deliver_to(lambda delivery: 503):
        await fakeseam.aio.connect_account("minut")
    await fakeseam.aio.clock.advance(5)
    await fakeseam.aio.webhooks.settle()
    assert "device.added" in app.got
    await fakeseam.aio.events.wait_for("device.added")
    await fakeseam.aio.webhooks.wait_for("device.added")
    await fakeseam.aio.requests.wait_for("/devices/list")
    fakeseam.webhooks.assert_all_delivered()
"""
PYTEST_ASYNCIO = {
    "beginning": "import pytest_asyncio\npytestmark = pytest.mark.asyncio",
    "fixture": "pytest_asyncio.fixture",
}
ANYIO = {
    "beginning": """pytestmark = pytest.mark.anyio
anyio_backend = pytest.fixture(lambda: "asyncio")""",
    "fixture": "pytest.fixture",
}
STRICT = "asyncio_mode = strict\nasyncio_default_fixture_loop_scope = function"


@pytest.mark.parametrize(
    ("texts", "other", "options"),
    [(PYTEST_ASYNCIO, "anyio", STRICT), (ANYIO, "asyncio", "")],
    ids=["pytest-asyncio", "anyio"],
)
def test_every_form_awaits_a_receiver_of_the_tests_loop(
    pytester, monkeypatch, texts, other, options
):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeini(f"[pytest]\nfilterwarnings = error\n{options}")
    pytester.makepyfile(TESTS.format(**texts))

    unused = (other, "cacheprovider", "django", "hypothesispytest", "randomly", "sybil")
    result = pytester.runpytest_subprocess(*(f"-pno:{name}" for name in unused))

    result.assert_outcomes(passed=44)
