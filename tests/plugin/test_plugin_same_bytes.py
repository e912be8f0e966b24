"""The same test leaves the same bytes: in any order, on any worker, whatever Python hashes by."""

from __future__ import annotations

import pytest

# Each test writes its dump, and every delivery as it was handed over, to files of its own name.
TESTS = '''
import json
import os
from pathlib import Path

import pytest

from fakeseam import ApiError
from fakeseam.errors import BrokenAnswer

pytestmark = pytest.mark.fakeseam(now="2026-01-01T00:00:00Z")


@pytest.fixture
def handed(fakeseam):
    lines = []

    def receive(delivery):
        lines.append(json.dumps([fakeseam.clock.now.isoformat(), delivery.url, delivery.headers,
                                 delivery.body]))
        return 500 if len(lines) % 3 == 1 else 200

    fakeseam.webhooks.deliver_to(receive)
    return lines


@pytest.fixture(autouse=True)
def keep(request, fakeseam, handed):
    yield
    folder = Path(os.environ["WRITE_TO"])
    fakeseam.dump(folder / f"{request.node.name}.dump")
    told = [*handed, *(json.dumps(one.shown()) for one in fakeseam.requests),
            *map(json.dumps, fakeseam.events)]
    (folder / f"{request.node.name}.told").write_text("\\n".join(told))


def hotel(fake):
    fake.call("/webhooks/create", {"url": "https://app.test/all"})
    sent = {"url": "https://app.test/one", "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)


@pytest.mark.fakeseam(load=hotel)
@pytest.mark.parametrize("number", range(4))
def test_story(fakeseam, fakeseam_client, number):
    metadata = dict.fromkeys("badc", str(number))
    account = fakeseam.connect_account(email="jane@example.com", custom_metadata=metadata)
    fakeseam.disconnect_account(account)
    fakeseam.reconnect_account(account)
    fakeseam.create_client_session("u1", connected_account_ids=[account["connected_account_id"]])
    fakeseam_client.connect_webviews.create(custom_metadata=metadata)
    fakeseam.create_workspace()
    fakeseam.clock.advance(10_000)


@pytest.mark.fakeseam(load=hotel, defer_sync=True)
def test_deferred(fakeseam):
    for number in range(3):
        fakeseam.connect_account("minut", email=f"{number}@example.com")
        fakeseam.clock.advance(250)
    fakeseam.clock.advance(1000)


def test_chance(fakeseam):
    """Half of the requests fail, the same half each time."""
    world = fakeseam._world
    from fakeseam.core.faults import Fault
    world.faults.add(Fault(None, "/connect_webviews/create", status=503, times=None,
                           probability=0.5))
    world.faults.add(Fault(None, "/connect_webviews/list", kind="reset", times=None,
                           probability=0.5))
    for _ in range(40):
        for what in ("create", "list"):
            try:
                fakeseam.call(f"/connect_webviews/{what}")
            except (ApiError, BrokenAnswer):
                pass


def test_threads(fakeseam_env, fakeseam_server):
    """Over a socket, by a client of its own."""
    from seam import Seam

    with Seam() as seam:
        for _ in range(3):
            seam.connect_webviews.create()
'''


@pytest.fixture
def bytes_of(pytester, run_alone, monkeypatch):
    """Runs the tests with these arguments; returns every file that they have written."""

    def bytes_of(name, *arguments, hashseed):
        monkeypatch.setenv("PYTHONHASHSEED", hashseed)
        folder = pytester.mkdir(name)
        monkeypatch.setenv("WRITE_TO", str(folder))
        run_alone(*arguments).assert_outcomes(passed=7)
        return {path.name: path.read_bytes() for path in folder.iterdir()}

    return bytes_of


def test_a_test_leaves_the_same_bytes_serially_in_random_order_and_on_three_workers(
    pytester, bytes_of
):
    pytester.makepyfile(test_it=TESTS)

    serially = bytes_of("serially", hashseed="0")
    shuffled = bytes_of("shuffled", "-p", "randomly", "--randomly-seed=7", hashseed="1")
    workers = bytes_of("workers", "-p", "randomly", "-n", "3", "--dist=load", hashseed="random")

    for other in (shuffled, workers):
        assert sorted(other) == sorted(serially)
        assert [name for name in serially if other[name] != serially[name]] == []
    # What has been compared: something else for every test, and something in each.
    assert len(set(serially.values())) == len(serially) == 2 * 7
    assert 8 < serially["test_chance.told"].count(b'"status": 503') < 32
    assert 8 < serially["test_chance.told"].count(b'"status": null') < 32
    assert serially["test_story[0].told"].count(b"svix-signature") > 10
