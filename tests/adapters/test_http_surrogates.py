"""Half a character: JSON can say it and UTF-8 cannot. It is kept or refused, never a crash."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fakeseam import FakeSeam

HALF = "\ud83d"
METADATA = {f"key {HALF}": f"value {HALF}"}
CREATE = {
    "custom_metadata": METADATA,
    "custom_redirect_url": f"https://app.test/{HALF}?x={HALF}#{HALF}",
    "customer_key": HALF,
}


@pytest.fixture
def webview(ask):
    return ask("POST", "/connect_webviews/create", json=CREATE).get_json()["connect_webview"]


@pytest.fixture
def account(fake, webview):
    return fake.complete_connect_webview(webview)


def test_it_is_kept_in_metadata_and_urls(webview):
    assert {name: webview[name] for name in CREATE} == CREATE


def test_it_is_copied_to_the_account(account):
    assert account["custom_metadata"] == METADATA


@pytest.mark.parametrize("kind", ["connect_webviews", "connected_accounts"])
def test_it_is_listed(ask, account, kind):
    listed = ask("POST", f"/{kind}/list", json={"custom_metadata_has": METADATA}).get_json()

    assert [one["custom_metadata"] for one in listed[kind]] == [METADATA]


def test_it_is_told_in_events(ask, account):
    listed = ask("GET", "/events/list?since=2000-01-01").get_json()

    assert {json.dumps(one["connected_account_custom_metadata"]) for one in listed["events"]} == {
        json.dumps(METADATA)
    }


def test_it_is_updated(ask, account):
    answer = ask(
        "POST",
        "/connected_accounts/update",
        json={
            "connected_account_id": account["connected_account_id"],
            "custom_metadata": {"new": HALF},
            "display_name": HALF,
        },
    )

    updated = answer.get_json()["connected_account"]
    assert (updated["custom_metadata"], updated["display_name"]) == ({"new": HALF}, HALF)


def test_it_is_dumped_and_loaded(fake, account, tmp_path):
    fake.dump(tmp_path / "state.json")

    with FakeSeam() as other:
        other.load(tmp_path / "state.json")

        assert other.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_a_search_for_it_leads_to_a_next_page(ask, webview):
    ask("POST", "/connect_webviews/create", json=CREATE)

    answer = ask("POST", "/connect_webviews/list", json={"search": HALF, "limit": 1})

    url = answer.get_json()["pagination"]["next_page_url"]
    assert parse_qs(urlsplit(url).query)["search"] == ["\ufffd"]


def test_a_filter_for_it_goes_on_by_cursor(ask, webview):
    ask("POST", "/connect_webviews/create", json=CREATE)
    wanted = {"custom_metadata_has": METADATA, "limit": 1}
    first = ask("POST", "/connect_webviews/list", json=wanted).get_json()
    cursor = first["pagination"]["next_page_cursor"]

    second = ask("POST", "/connect_webviews/list", json={**wanted, "page_cursor": cursor})

    assert len(second.get_json()["connect_webviews"]) == 1


def test_it_leads_the_browser_somewhere(fake, webview):
    url = fake.fail_connect_webview(webview)

    assert url.startswith(f"https://app.test/{HALF}?x={HALF}&connect_webview_id=")


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/connect_webviews/create", {"accepted_providers": [HALF]}),
        ("/connect_webviews/get", {"connect_webview_id": HALF}),
        ("/connect_webviews/list", {"page_cursor": HALF}),
        ("/connected_accounts/get", {"email": f"{HALF}@example.com"}),
        ("/events/list", {"since": HALF}),
        ("/_fakeseam/connect_account", {"provider": HALF}),
        ("/_fakeseam/create_workspace", {"api_key": HALF}),
        ("/_fakeseam/faults/add", {"route": HALF, "status": 503}),
    ],
)
def test_where_it_makes_no_sense_it_is_refused(ask, path, params):
    assert ask("POST", path, json=params).status_code == 400


@pytest.mark.parametrize(
    "params",
    [{"email": f"{HALF}@example.com"}, {"customer_key": HALF}, {"username": HALF}],
)
def test_an_account_can_be_connected_with_it(ask, fake, params, tmp_path):
    answer = ask("POST", "/_fakeseam/connect_account", json=params)

    fake.dump(tmp_path / "state.json")
    assert answer.status_code == 200


@pytest.mark.parametrize("length", [40, 41])
def test_it_counts_as_one_character_of_a_key(ask, length):
    answer = ask(
        "POST", "/connect_webviews/create", json={"custom_metadata": {HALF * length: "x"}}
    )

    assert answer.status_code == (200 if length == 40 else 400)
