"""A webview that waits for its account's first sync, and what becomes of it."""

import pytest

from fakeseam import FakeSeam, MisuseError


@pytest.fixture
def fake():
    return FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True)


@pytest.fixture
def waiting(fake):
    """A webview whose login is done, and the account whose sync it waits for."""
    webview = fake.call("/connect_webviews/create", {"wait_for_device_creation": True})
    account = fake.complete_connect_webview(webview["connect_webview"])
    return webview["connect_webview"]["connect_webview_id"], account["connected_account_id"]


def shown(fake, webview_id):
    sent = {"connect_webview_id": webview_id}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]


def test_it_is_pending_until_the_sync(fake, waiting):
    webview_id, _ = waiting

    webview = shown(fake, webview_id)

    assert (webview["status"], webview["connected_account_id"]) == ("pending", None)
    fake.events.assert_not_emitted("connect_webview.login_succeeded")


def test_it_is_authorized_by_the_sync(fake, waiting):
    webview_id, account_id = waiting

    fake.call("/connected_accounts/sync", {"connected_account_id": account_id})

    webview = shown(fake, webview_id)
    assert (webview["status"], webview["connected_account_id"]) == ("authorized", account_id)
    assert list(fake.events)[-1]["event_type"] == "connect_webview.login_succeeded"


def test_nobody_else_can_log_in_meanwhile(fake, waiting):
    webview_id, _ = waiting

    with pytest.raises(MisuseError, match="call /connected_accounts/sync"):
        fake.complete_connect_webview(webview_id)


def test_it_has_failed_when_the_account_is_deleted_before(fake, waiting):
    webview_id, account_id = waiting

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    assert shown(fake, webview_id)["status"] == "failed"
    fake.events.assert_emitted("connect_webview.login_failed", connect_webview_id=webview_id)


def test_it_can_be_tried_again_then(fake, waiting):
    webview_id, account_id = waiting
    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    again = fake.complete_connect_webview(webview_id)
    fake.call("/connected_accounts/sync", {"connected_account_id": again["connected_account_id"]})

    assert shown(fake, webview_id)["status"] == "authorized"
    assert again["connected_account_id"] != account_id
