"""State over a socket: as a test in another language saves and restores it."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from pathlib import Path

import pytest
from seam import Seam

from fakeseam import FakeSeam


@pytest.fixture
def served():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake, fake.serve() as server:
        yield fake, server


@pytest.fixture
def post(served):
    """Calls a control endpoint; returns the body of the response."""

    def post(endpoint, body=None):
        request = urllib.request.Request(
            f"{served[1].url}/_fakeseam/{endpoint}",
            data=json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)

    return post


def curl(*arguments):
    done = subprocess.run(["curl", "-s", *arguments], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def emails(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [account["user_identifier"]["email"] for account in accounts]


def test_a_snapshot_is_restored_between_tests(served, post):
    fake, server = served
    snapshot_id = post("snapshot")["snapshot_id"]
    with Seam(fake.api_key, endpoint=server.url) as seam:
        for number in range(3):
            fake.connect_account(email=f"{number}@example.com")
            assert len(seam.connected_accounts.list()) == 1
            post("restore", {"snapshot_id": snapshot_id})

    assert emails(fake) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="runs curl, which is missing")
def test_a_file_can_be_the_body(served, tmp_path):
    fake, server = served
    hotel = tmp_path / "hotel.json"
    hotel.write_text(
        '{"fakeseam_seed": 1, "steps": [{"connect_account": {"email": "jane@example.com"}}]}'
    )
    FakeSeam(seed=5).dump(tmp_path / "state.json")
    json_type = ("-H", "content-type: application/json")

    for name in ("state.json", "hotel.json"):
        sent = ("--data-binary", f"@{tmp_path / name}")
        response = curl(f"{server.url}/_fakeseam/load", *json_type, *sent)

    assert emails(fake) == ["jane@example.com"]
    assert response["workspace"]["api_key"] == FakeSeam(seed=5).api_key == fake.api_key


def test_what_was_dumped_is_loaded_again(served, post):
    fake, _ = served
    fake.connect_account(email="jane@example.com")
    dumped = post("dump")["dump"]
    post("reset", {"defer_sync": True})
    assert emails(fake) == []

    post("load", dumped)

    assert emails(fake) == ["jane@example.com"]


def test_urls_point_to_the_server_after_each_change_of_state(served, post):
    fake, server = served
    snapshot_id, dumped = post("snapshot")["snapshot_id"], post("dump")["dump"]

    for endpoint, body in (
        ("restore", {"snapshot_id": snapshot_id}), ("load", dumped), ("reset", {"seed": 5})
    ):
        key = post(endpoint, body)["workspace"]["api_key"]
        with Seam(key, endpoint=server.url) as seam:
            webview = seam.connect_webviews.create()
        assert webview.url.startswith(f"{server.url}/connect_webviews/view?")
        with urllib.request.urlopen(webview.url) as page:
            assert page.status == 200


def test_deliveries_reach_the_receiver_after_each_change_of_state(served, post, receiver):
    fake, _ = served
    sent = {"url": receiver.url, "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)
    snapshot_id, dumped = post("snapshot")["snapshot_id"], post("dump")["dump"]

    for endpoint, body in (("restore", {"snapshot_id": snapshot_id}), ("load", dumped)):
        post(endpoint, body)
        fake.connect_account()
        post("webhooks/settle")

    assert len(receiver.got) == 2


def status_and_type(response):
    return response.status_code, response.get_json()["error"]["type"]


def test_strict_violations_are_an_error_that_lists_them(fake, send):
    send("POST", "/_fakeseam/reset", headers={}, json={"strict": True})
    send("POST", "/thermostats/list")

    response = send("GET", "/_fakeseam/assert_nothing_unexpected", headers={})

    assert status_and_type(response) == (400, "fakeseam_assertion_failed")
    message = response.get_json()["error"]["message"]
    assert "POST /thermostats/list: not implemented by fakeseam" in message
    send("POST", "/_fakeseam/reset", headers={})


def test_misuse_is_an_error(send):
    restore = ("restore", {"snapshot_id": "x"})
    for endpoint, body in (restore, ("load", {}), ("reset", {"seed": 0.5})):
        assert status_and_type(send("POST", f"/_fakeseam/{endpoint}", headers={}, json=body)) == (
            400, "fakeseam_misuse"
        )


def test_only_read_only_control_calls_may_be_gets(send):
    for endpoint in ("dump", "clock/now", "assert_nothing_unexpected"):
        assert send("GET", f"/_fakeseam/{endpoint}", headers={}).status_code == 200
    for endpoint in ("snapshot", "restore", "load", "reset"):
        assert send("GET", f"/_fakeseam/{endpoint}", headers={}).status_code == 405


def test_a_dump_over_http_is_the_file(fake, send, tmp_path):
    fake.connect_account()
    path = Path(tmp_path, "state.json")

    dumped = send("GET", "/_fakeseam/dump", headers={}).get_json()["dump"]
    path.write_text(json.dumps(dumped))
    other = FakeSeam()
    other.load(path)

    assert other.snapshot() == fake.snapshot()
