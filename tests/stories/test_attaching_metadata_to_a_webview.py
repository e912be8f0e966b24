"""What Seam's page "Attaching Custom Metadata to the Connect Webview" promises, in its order."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

PAYLOAD = {"your_app_user_id": "xxxx"}


@pytest.fixture
def webview(seam):
    return seam.connect_webviews.create(provider_category="stable", custom_metadata=PAYLOAD)


def test_a_webview_stores_the_metadata_as_it_was_sent(webview):
    assert webview.custom_metadata == {"your_app_user_id": "xxxx"}


def test_a_fresh_webview_is_pending_in_the_keys_workspace(fake, webview):
    assert (webview.status, webview.workspace_id) == ("pending", fake.workspace_id)


def test_the_url_holds_the_webviews_own_id(webview):
    query = parse_qs(urlsplit(webview.url).query)

    assert query["connect_webview_id"] == [webview.connect_webview_id]


def test_the_url_holds_an_auth_token_after_the_id(webview):
    parts = urlsplit(webview.url)

    assert parts.path == "/connect_webviews/view"
    assert list(parse_qs(parts.query)) == ["connect_webview_id", "auth_token"]
    assert len(parse_qs(parts.query)["auth_token"][0]) in (32, 33)


def test_the_url_stays_the_same_for_the_life_of_the_webview(fake, seam, webview):
    fake.complete_connect_webview(webview)

    assert seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id).url == (
        webview.url
    )


def test_the_response_holds_the_webview_and_ok(seam):
    body = seam.client.post(
        "/connect_webviews/create",
        json={"provider_category": "stable", "custom_metadata": PAYLOAD},
    )

    assert body.keys() == {"connect_webview", "ok"}
    assert body["ok"] is True
    assert body["connect_webview"]["custom_metadata"] == PAYLOAD


def test_a_webview_without_metadata_has_an_empty_set(seam):
    webview = seam.connect_webviews.create(provider_category="stable")

    assert webview.custom_metadata == {}


def test_a_blank_webview_gives_its_new_account_an_empty_set(fake, seam):
    webview = seam.connect_webviews.create(provider_category="stable")

    account = fake.complete_connect_webview(webview)

    assert account["custom_metadata"] == {}


def test_a_completed_webview_has_the_id_of_its_account(fake, seam, webview):
    account = fake.complete_connect_webview(webview)

    found = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)
    assert found.connected_account_id == account["connected_account_id"]


def test_the_new_account_has_the_webviews_metadata(fake, seam, webview):
    fake.complete_connect_webview(webview)
    used = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)

    account = seam.connected_accounts.get(connected_account_id=used.connected_account_id)

    assert account.custom_metadata == {"your_app_user_id": "xxxx"}


def test_the_new_account_holds_what_the_user_signed_in_with(fake, seam, webview):
    made = fake.complete_connect_webview(webview, provider="august", email="jane@example.com")

    account = seam.connected_accounts.get(connected_account_id=made["connected_account_id"])
    assert account.account_type == "august"
    assert account.account_type_display_name == "August"
    assert account.user_identifier.email == "jane@example.com"


def test_there_is_no_account_before_the_user_has_signed_in(seam, webview):
    assert webview.connected_account_id is None
    assert seam.connected_accounts.list() == []


def test_a_webview_for_an_existing_account_replaces_its_metadata(fake, seam, webview):
    account = fake.connect_account(
        "august", "jane@example.com", custom_metadata={"old": "1", "your_app_user_id": "0"}
    )

    fake.complete_connect_webview(webview, provider="august", email="jane@example.com")

    found = seam.connected_accounts.get(connected_account_id=account["connected_account_id"])
    assert found.custom_metadata == {"your_app_user_id": "xxxx"}


def test_webviews_can_be_found_by_their_metadata(seam, webview):
    seam.connect_webviews.create(custom_metadata={"your_app_user_id": "yyyy"})

    found = seam.connect_webviews.list(custom_metadata_has={"your_app_user_id": "xxxx"})

    assert [one.connect_webview_id for one in found] == [webview.connect_webview_id]


def test_accounts_can_be_found_by_the_metadata_of_their_webview(fake, seam, webview):
    fake.connect_account(custom_metadata={"your_app_user_id": "yyyy"})
    account = fake.complete_connect_webview(webview)

    found = seam.connected_accounts.list(custom_metadata_has={"your_app_user_id": "xxxx"})

    assert [one.connected_account_id for one in found] == [account["connected_account_id"]]


def test_the_metadata_of_a_webview_never_changes_after_its_creation(fake, seam, webview):
    account = fake.complete_connect_webview(webview)
    seam.connected_accounts.update(
        connected_account_id=account["connected_account_id"], custom_metadata={"later": "1"}
    )

    found = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)

    assert found.custom_metadata == {"your_app_user_id": "xxxx"}


def test_a_deleted_webview_leaves_its_account_and_the_metadata(fake, seam, webview):
    account = fake.complete_connect_webview(webview)

    seam.connect_webviews.delete(connect_webview_id=webview.connect_webview_id)

    found = seam.connected_accounts.get(connected_account_id=account["connected_account_id"])
    assert found.custom_metadata == {"your_app_user_id": "xxxx"}
