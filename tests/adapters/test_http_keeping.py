"""State over a socket: as a suite in another language takes it down and puts it back."""

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
    """A lever, and what it answered."""

    def post(lever, body=None):
        asked = urllib.request.Request(
            f"{served[1].url}/_fakeseam/{lever}",
            data=json.dumps(body or {}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    return post


def curl(*arguments):
    done = subprocess.run(["curl", "-s", *arguments], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def emails(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [account["user_identifier"]["email"] for account in accounts]


def test_a_story_is_put_back_in_between(served, post):
    fake, server = served
    snapshot_id = post("snapshot")["snapshot_id"]
    with Seam(fake.api_key, endpoint=server.url) as seam:
        for number in range(3):
            fake.connect_account(email=f"{number}@example.com")
            assert len(seam.connected_accounts.list()) == 1
            post("restore", {"snapshot_id": snapshot_id})

    assert emails(fake) == []


@pytest.mark.skipif(shutil.which("curl") is None, reason="runs curl, which is missing")
def test_a_file_is_the_body(served, tmp_path):
    fake, server = served
    hotel = tmp_path / "hotel.json"
    hotel.write_text(
        '{"fakeseam_seed": 1, "steps": [{"connect_account": {"email": "jane@example.com"}}]}'
    )
    FakeSeam(seed=5).dump(tmp_path / "state.json")
    json_type = ("-H", "content-type: application/json")

    for name in ("state.json", "hotel.json"):
        sent = ("--data-binary", f"@{tmp_path / name}")
        answer = curl(f"{server.url}/_fakeseam/load", *json_type, *sent)

    assert emails(fake) == ["jane@example.com"]
    assert answer["workspace"]["api_key"] == FakeSeam(seed=5).api_key == fake.api_key


def test_what_was_dumped_is_loaded_again(served, post):
    fake, _ = served
    fake.connect_account(email="jane@example.com")
    dumped = post("dump")["dump"]
    post("reset", {"defer_sync": True})
    assert emails(fake) == []

    post("load", dumped)

    assert emails(fake) == ["jane@example.com"]


def test_urls_still_lead_to_the_server_after_each(served, post):
    fake, server = served
    snapshot_id, dumped = post("snapshot")["snapshot_id"], post("dump")["dump"]

    for lever, body in (
        ("restore", {"snapshot_id": snapshot_id}), ("load", dumped), ("reset", {"seed": 5})
    ):
        key = post(lever, body)["workspace"]["api_key"]
        with Seam(key, endpoint=server.url) as seam:
            made = seam.connect_webviews.create()
        assert made.url.startswith(f"{server.url}/connect_webviews/view?")
        with urllib.request.urlopen(made.url) as page:
            assert page.status == 200


def test_deliveries_still_go_where_they_went_after_each(served, post, receiver):
    fake, _ = served
    sent = {"url": receiver.url, "event_types": ["connected_account.created"]}
    fake.call("/webhooks/create", sent)
    snapshot_id, dumped = post("snapshot")["snapshot_id"], post("dump")["dump"]

    for lever, body in (("restore", {"snapshot_id": snapshot_id}), ("load", dumped)):
        post(lever, body)
        fake.connect_account()
        post("webhooks/settle")

    assert len(receiver.got) == 2


def refusal(answer):
    return answer.status_code, answer.get_json()["error"]["type"]


def test_what_a_strict_fake_finds_is_a_refusal_with_a_list(fake, ask):
    ask("POST", "/_fakeseam/reset", headers={}, json={"strict": True})
    ask("POST", "/locks/list")

    answer = ask("GET", "/_fakeseam/assert_nothing_unexpected", headers={})

    assert refusal(answer) == (400, "fakeseam_assertion_failed")
    told = answer.get_json()["error"]["message"]
    assert "POST /locks/list: not modelled by fakeseam" in told
    ask("POST", "/_fakeseam/reset", headers={})


def test_misuse_is_a_refusal(ask):
    for lever, body in (("restore", {"snapshot_id": "x"}), ("load", {}), ("reset", {"seed": 0.5})):
        assert refusal(ask("POST", f"/_fakeseam/{lever}", headers={}, json=body)) == (
            400, "fakeseam_misuse"
        )


def test_only_what_looks_may_be_got(ask):
    for lever in ("dump", "clock/now", "assert_nothing_unexpected"):
        assert ask("GET", f"/_fakeseam/{lever}", headers={}).status_code == 200
    for lever in ("snapshot", "restore", "load", "reset"):
        assert ask("GET", f"/_fakeseam/{lever}", headers={}).status_code == 405


def test_a_dump_over_http_is_the_file(fake, ask, tmp_path):
    fake.connect_account()
    path = Path(tmp_path, "state.json")

    dumped = ask("GET", "/_fakeseam/dump", headers={}).get_json()["dump"]
    path.write_text(json.dumps(dumped))
    other = FakeSeam()
    other.load(path)

    assert other.snapshot() == fake.snapshot()
