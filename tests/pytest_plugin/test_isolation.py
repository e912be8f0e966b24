"""A canary: each test finds a fake without a trace of the tests before it."""

from __future__ import annotations

import pytest

TESTS = 6

# Looks for what is left at the start of each test, then leaves one of every kind.
CANARY = """
import threading

import pytest
from fakeseam import ApiError

LISTS = ("webhooks", "client_sessions", "spaces", "user_identities")

def fault_hits(fake):
    try:
        fake.call("/connect_webviews/list")
    except ApiError:
        return True
    return False

def traces(fake):
    '''The kinds of what a test left behind; none in a new fake.'''
    state = fake.call("/_fakeseam/inspect")["inspection"]
    found = {
        "timeline": fake.timeline(),
        "requests": len(fake.requests),
        "clock": fake.clock.now.year - 2026,
        "workspaces": state["counts"].pop("workspaces") - 1,
        "strict_violations": state["strict_violations"],
        "threads": [one for one in threading.enumerate() if one.name == "fakeseam-webhooks"],
        **{kind: count for kind, count in state["counts"].items() if kind != "requests"},
        **{kind: fake.call(f"/{kind}/list")[kind] for kind in LISTS},
        "faults": fault_hits(fake),
    }
    account = fake.connect_account()
    (device, *_) = fake.call("/devices/list")["devices"]
    found["provider_override"] = device["display_name"] == "Planted"
    account_id = account["connected_account_id"]
    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})
    return {kind for kind, left in found.items() if left}

def plant(fake):
    fake.webhooks.deliver_to(lambda delivery: 500)
    fake.webhooks.allow("example.com")
    fake.call("/webhooks/create", {"url": "https://example.com/seam", "colour": "red"})
    fake.call("/spaces/create", {"name": "Cellar"})
    fake.call("/user_identities/create")
    fake.create_workspace("Second")
    fake.create_client_session("jane")
    fake.set_provider_devices("august", [{"name": "Planted"}])
    fake.connect_account(email="jane@example.com")
    fake.call("/connect_webviews/create")
    fake.clock.advance(366 * 24 * 3600)
    fake.faults.add("/connect_webviews/list", status=503, times=9)

EVERY_KIND = {
    "timeline", "requests", "clock", "workspaces", "strict_violations", "webviews", "accounts",
    "devices", "events", "deliveries", "webhooks", "client_sessions", "spaces", "user_identities",
    "faults", "provider_override",
}

@pytest.mark.fakeseam(now="2026-01-01T00:00:00Z")
@pytest.mark.parametrize("number", range(TESTS))
def test_it(fakeseam, number):
    assert traces(fakeseam) == set()
    plant(fakeseam)
    assert traces(fakeseam) == EVERY_KIND
"""
SHARED = """
from fakeseam import FakeSeam

SHARED = FakeSeam(now="2026-01-01T00:00:00Z")

@pytest.fixture
def fakeseam():
    return SHARED
"""


@pytest.mark.parametrize(
    ("env", "how"),
    [
        ("", ("-p", "randomly")),
        ("session", ("-p", "randomly")),
        ("session", ("-n", "2", "--dist", "each")),
    ],
    ids=str,
)
def test_no_test_finds_a_trace_of_another(write, ini, run_alone, how, env):
    ini(f"fakeseam_env = {env}")
    write(f"TESTS = {TESTS}", CANARY)

    result = run_alone(*how)

    result.assert_outcomes(passed=TESTS * (2 if "each" in how else 1))


def test_the_canary_fails_where_tests_share_a_fake(write, run_alone):
    write(f"TESTS = {TESTS}", CANARY, SHARED)

    run_alone().assert_outcomes(passed=1, failed=TESTS - 1)


def test_variables_are_as_they_were_after_each_test(write, run):
    write(
        """
        import os

        import pytest

        BEFORE = dict(os.environ)

        @pytest.mark.parametrize("number", range(3))
        def test_it(number, request):
            kept = {name: text for name, text in os.environ.items() if "PYTEST" not in name}
            assert kept.items() <= BEFORE.items()
            fake = request.getfixturevalue("fakeseam_env")
            assert os.environ["SEAM_API_KEY"] == fake.api_key
        """
    )

    run().assert_outcomes(passed=3)


def test_fakes_in_threads_do_not_mix(write, run):
    write(
        """
        import threading

        from fakeseam import FakeSeam

        def story(now, dumps, place):
            with FakeSeam(seed=7, now=now) as fake:
                for number in range(20):
                    account = fake.connect_account(custom_metadata={"n": str(number)})
                    fake.disconnect_account(account)
                    fake.clock.advance(60)
                dumps[place] = fake.call("/_fakeseam/inspect", {"show": "events"})

        def test_it():
            dumps = [None] * 4
            threads = [
                threading.Thread(target=story, args=("2026-01-01", dumps, place))
                for place in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert dumps[0]["inspection"]["counts"]["events"] > 100
            assert dumps == [dumps[0]] * 4
        """
    )

    run().assert_outcomes(passed=1)
