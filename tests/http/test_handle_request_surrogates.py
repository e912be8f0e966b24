"""A lone surrogate, which UTF-8 cannot encode: it is stored or refused, never a crash."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from fakeseam import FakeSeam

SURROGATE = "\ud83d"
METADATA = {f"key {SURROGATE}": f"value {SURROGATE}"}
CREATE = {
    "custom_metadata": METADATA,
    "custom_redirect_url": f"https://app.test/{SURROGATE}?x={SURROGATE}#{SURROGATE}",
    "customer_key": SURROGATE,
}


@pytest.fixture
def webview(send):
    return send("POST", "/connect_webviews/create", json=CREATE).get_json()["connect_webview"]


@pytest.fixture
def account(fake, webview):
    return fake.complete_connect_webview(webview)


def test_it_is_stored_in_metadata_and_urls(webview):
    assert {name: webview[name] for name in CREATE} == CREATE


def test_it_is_copied_to_the_account(account):
    assert account["custom_metadata"] == METADATA


@pytest.mark.parametrize("kind", ["connect_webviews", "connected_accounts"])
def test_it_is_listed(send, account, kind):
    listed = send("POST", f"/{kind}/list", json={"custom_metadata_has": METADATA}).get_json()

    assert [one["custom_metadata"] for one in listed[kind]] == [METADATA]


def test_it_is_in_events(send, account):
    listed = send("GET", "/events/list?since=2000-01-01").get_json()

    assert {json.dumps(one["connected_account_custom_metadata"]) for one in listed["events"]} == {
        json.dumps(METADATA)
    }


def test_it_is_updated(send, account):
    response = send(
        "POST",
        "/connected_accounts/update",
        json={
            "connected_account_id": account["connected_account_id"],
            "custom_metadata": {"new": SURROGATE},
            "display_name": SURROGATE,
        },
    )

    updated = response.get_json()["connected_account"]
    assert (updated["custom_metadata"], updated["display_name"]) == ({"new": SURROGATE}, SURROGATE)


def test_it_is_dumped_and_loaded(fake, account, tmp_path):
    fake.dump(tmp_path / "state.json")

    with FakeSeam() as other:
        other.load(tmp_path / "state.json")

        assert other.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_a_search_for_it_leads_to_a_next_page(send, webview):
    send("POST", "/connect_webviews/create", json=CREATE)

    response = send("POST", "/connect_webviews/list", json={"search": SURROGATE, "limit": 1})

    url = response.get_json()["pagination"]["next_page_url"]
    assert parse_qs(urlsplit(url).query)["search"] == ["\ufffd"]


def test_a_filter_for_it_continues_by_cursor(send, webview):
    send("POST", "/connect_webviews/create", json=CREATE)
    params = {"custom_metadata_has": METADATA, "limit": 1}
    first = send("POST", "/connect_webviews/list", json=params).get_json()
    cursor = first["pagination"]["next_page_cursor"]

    second = send("POST", "/connect_webviews/list", json={**params, "page_cursor": cursor})

    assert len(second.get_json()["connect_webviews"]) == 1


def test_a_redirect_url_with_it_is_followed(fake, webview):
    url = fake.fail_connect_webview(webview)

    assert url.startswith(f"https://app.test/{SURROGATE}?x={SURROGATE}&connect_webview_id=")


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/connect_webviews/create", {"accepted_providers": [SURROGATE]}),
        ("/connect_webviews/get", {"connect_webview_id": SURROGATE}),
        ("/connect_webviews/list", {"page_cursor": SURROGATE}),
        ("/connected_accounts/get", {"email": f"{SURROGATE}@example.com"}),
        ("/events/list", {"since": SURROGATE}),
        ("/_fakeseam/connect_account", {"provider": SURROGATE}),
        ("/_fakeseam/create_workspace", {"api_key": SURROGATE}),
        ("/_fakeseam/faults/add", {"route": SURROGATE, "status": 503}),
    ],
)
def test_parameters_that_cannot_have_it_refuse_it(send, path, params):
    assert send("POST", path, json=params).status_code == 400


@pytest.mark.parametrize(
    "params",
    [{"email": f"{SURROGATE}@example.com"}, {"customer_key": SURROGATE}, {"username": SURROGATE}],
)
def test_an_account_can_be_connected_with_it(send, fake, params, tmp_path):
    response = send("POST", "/_fakeseam/connect_account", json=params)

    fake.dump(tmp_path / "state.json")
    assert response.status_code == 200


@pytest.mark.parametrize("length", [40, 41])
def test_it_counts_as_one_character_of_a_key(send, length):
    response = send(
        "POST", "/connect_webviews/create", json={"custom_metadata": {SURROGATE * length: "x"}}
    )

    assert response.status_code == (200 if length == 40 else 400)
