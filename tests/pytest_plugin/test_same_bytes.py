"""The same test leaves the same bytes: in any order, on any worker, with any hash seed."""

from __future__ import annotations

import pytest

# Each test writes its dump, and its deliveries, requests and events, to files of its own name.
TESTS = '''
import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from fakeseam import ApiError
from fakeseam.errors import BrokenResponse

pytestmark = pytest.mark.fakeseam(now="2026-01-01T00:00:00Z")


@pytest.fixture
def delivered(fakeseam):
    lines = []

    def receive(delivery):
        lines.append(json.dumps([fakeseam.clock.now.isoformat(), delivery.url, delivery.headers,
                                 delivery.body]))
        return 500 if len(lines) % 3 == 1 else 200

    fakeseam.webhooks.deliver_to(receive)
    return lines


@pytest.fixture(autouse=True)
def keep(request, fakeseam, delivered):
    yield
    folder = Path(os.environ["WRITE_TO"])
    fakeseam.dump(folder / f"{request.node.name}.dump")
    lines = [*delivered, *(json.dumps(one.to_json()) for one in fakeseam.requests),
            *map(json.dumps, fakeseam.events)]
    (folder / f"{request.node.name}.log").write_text("\\n".join(lines))


def hotel(fake):
    fake.call("/webhooks/create", {"url": "https://app.test/all"})
    sent = {"url": "https://app.test/one", "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)


@pytest.mark.fakeseam(load=hotel)
@pytest.mark.parametrize("number", range(4))
def test_story(fakeseam, number):
    metadata = dict.fromkeys("badc", str(number))
    account = fakeseam.connect_account(email="jane@example.com", custom_metadata=metadata)
    fakeseam.disconnect_account(account)
    fakeseam.reconnect_account(account)
    fakeseam.create_client_session("u1", connected_account_ids=[account["connected_account_id"]])
    fakeseam.call("/connect_webviews/create", {"custom_metadata": metadata})
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
    fakeseam.faults.add("/connect_webviews/create", status=503, probability=0.5)
    fakeseam.faults.add("/connect_webviews/list", kind="reset", probability=0.5)
    for _ in range(40):
        for what in ("create", "list"):
            try:
                fakeseam.call(f"/connect_webviews/{what}")
            except (ApiError, BrokenResponse):
                pass


def test_threads(fakeseam_env, fakeseam_server):
    """Over a socket, by a client of its own."""
    request = Request(fakeseam_server.url + "/connect_webviews/create", method="POST",
                      headers={"Authorization": f"Bearer {fakeseam_env.api_key}"})
    for _ in range(3):
        urlopen(request).close()
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


def test_a_test_leaves_the_same_bytes_serially_and_in_random_order_on_two_workers(
    pytester, bytes_of
):
    pytester.makepyfile(test_it=TESTS)

    serially = bytes_of("serially", hashseed="0")
    workers = bytes_of("workers", "-p", "randomly", "-n", "2", "--dist=load", hashseed="random")

    assert sorted(workers) == sorted(serially)
    assert [name for name in serially if workers[name] != serially[name]] == []
    # What has been compared: something else for every test, and something in each.
    assert len(set(serially.values())) == len(serially) == 2 * 7
    assert 8 < serially["test_chance.log"].count(b'"status": 503') < 32
    assert 8 < serially["test_chance.log"].count(b'"status": null') < 32
    assert serially["test_story[0].log"].count(b"svix-signature") > 10
