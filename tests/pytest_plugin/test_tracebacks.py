"""The failures of others: no line of fakeseam's plugin is in their tracebacks."""

from __future__ import annotations

import pytest

FAILING = """
import pytest

@pytest.fixture
def failing_setup(fakeseam_env):
    raise RuntimeError("set up")

@pytest.fixture
def failing_teardown(fakeseam_env):
    yield
    raise RuntimeError("torn down")

@pytest.fixture(scope="module")
def failing_for_many():
    raise RuntimeError("set up for many")

def test_setup(failing_setup): pass
def test_teardown(failing_teardown): pass
def test_setup_for_many(failing_for_many): pass
def test_body(fakeseam_env): raise RuntimeError("body")
"""


@pytest.mark.parametrize("mode", ["", "session"])
@pytest.mark.parametrize("style", ["auto", "long", "short", "line", "native", "no"])
def test_it_has_no_line_of_ours_in_any_style(write, ini, run, style, mode):
    ini(f"fakeseam_env = {mode}")
    write(FAILING)

    result = run(f"--tb={style}")

    result.assert_outcomes(passed=1, failed=1, errors=3)
    result.stdout.no_fnmatch_line("*fakeseam/pytest_plugin*")


def test_an_error_at_import_has_none_either(write, ini, run):
    ini("fakeseam_env = session")
    write("raise RuntimeError('at import')")

    result = run("--tb=native")

    result.assert_outcomes(errors=1)
    result.stdout.no_fnmatch_line("*fakeseam/pytest_plugin*")


MISTAKES = """
import asyncio
import pytest
from fakeseam import FakeSeam

async def receive(delivery):
    return 200

def without_a_status(fake):
    fake.call("/webhooks/create", {"url": "https://app.test"})
    fake.webhooks.deliver_to(lambda delivery: None)
    fake.connect_account()

def not_delivered(fake):
    fake.call("/webhooks/create", {"url": "https://app.test"})
    fake.connect_account()
    fake.webhooks.assert_all_delivered()

async def plain_in_a_loop(fake):
    fake.webhooks.deliver_to(receive)
    fake.connect_account()

async def awaited_result(fake):
    async def receive(delivery):
        return "yes"

    fake.call("/webhooks/create", {"url": "https://app.test"})
    fake.webhooks.deliver_to(receive)
    await fake.aio.connect_account()

async def awaited(fake):
    await fake.aio.events.wait_for("device.added", timeout=0)

MISTAKES = {
    "a sender": lambda fake: fake.webhooks.deliver_to(5),
    "a choice": lambda fake: fake.webhooks.deliver_to(print, when="later"),
    "a sender's result": without_a_status,
    "a clock": lambda fake: fake.webhooks.sign_by("moon"),
    "a time": lambda fake: fake.clock.advance(-1),
    "a fault": lambda fake: fake.faults.add("/nowhere", status=500),
    "an index": lambda fake: fake.events["device.added"],
    "an account": lambda fake: fake.disconnect_account(None),
    "a snapshot": lambda fake: fake.restore(5),
    "an argument": lambda fake: FakeSeam(seed="one"),
    "sent": lambda fake: fake.webhooks.assert_sent("device.added"),
    "delivered": not_delivered,
    "a plain call": lambda fake: asyncio.run(plain_in_a_loop(fake)),
    "an awaited sender's result": lambda fake: asyncio.run(awaited_result(fake)),
    "an awaited one": lambda fake: asyncio.run(awaited(fake)),
}

@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake(fakeseam, mistake):
    MISTAKES[mistake](fakeseam)
"""


def test_the_report_of_a_mistake_ends_at_the_line_of_the_test(write, run):
    write(MISTAKES)

    result = run("--tb=short")

    result.assert_outcomes(failed=15)
    result.stdout.no_re_match_line(r".*fakeseam/[a-z_/]+\.py:\d+: in")
    result.stdout.no_re_match_line(r".*contextlib\.py:\d+: in")
