"""A host connects an account, sees it disconnected, and reconnects it."""

from __future__ import annotations

from app import seam
from conftest import Browser, webview_at
from flask import Flask
from flask.testing import FlaskClient

from fakeseam import FakeSeam


def test_connecting_opens_a_webview_with_the_users_id(
    ann: FlaskClient, fakeseam: FakeSeam
) -> None:
    response = ann.post("/connect")

    assert response.status_code == 303
    webview = seam.connect_webviews.get(connect_webview_id=webview_at(response.location))
    assert response.location == webview.url
    assert webview.custom_metadata == {"user_id": "ann"}
    assert webview.custom_redirect_url == "http://localhost/accounts"


def test_a_second_click_opens_the_same_webview(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    first, second = ann.post("/connect"), ann.post("/connect")

    assert second.location == first.location
    fakeseam.requests.assert_called("/connect_webviews/create", times=1)


def test_an_account_is_listed_after_its_login(
    ann: FlaskClient, browser: Browser, fakeseam: FakeSeam
) -> None:
    webview = webview_at(ann.post("/connect").location)
    assert "None yet" in ann.get("/accounts").text

    fakeseam.complete_connect_webview(webview, provider="august", email="ann@example.com")

    assert "August, ann@example.com" in ann.get("/accounts").text
    assert "Reconnect" not in ann.get("/accounts").text
    assert "None yet" in browser("bob").get("/accounts").text


def test_a_failed_login_is_shown(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    webview = webview_at(ann.post("/connect").location)

    fakeseam.fail_connect_webview(webview)

    assert "The login did not work. Please try again." in ann.get("/accounts").text
    assert webview_at(ann.post("/connect").location) != webview


def test_a_disconnected_account_can_be_reconnected(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    account = fakeseam.connect_account(
        provider="yale", email="ann@example.com", custom_metadata={"user_id": "ann"}
    )
    account_id = account["connected_account_id"]

    fakeseam.disconnect_account(account)
    page = ann.get("/accounts").text
    assert "Yale has signed ann@example.com out." in page
    assert f'action="/accounts/{account_id}/reconnect"' in page

    webview = webview_at(ann.post(f"/accounts/{account_id}/reconnect").location)
    again = fakeseam.complete_connect_webview(webview, provider="yale", email="ann@example.com")
    assert again["connected_account_id"] == account_id
    assert again["custom_metadata"] == {"user_id": "ann"}
    assert f"/accounts/{account_id}/reconnect" not in ann.get("/accounts").text


def test_a_user_cannot_reconnect_another_users_account(
    browser: Browser, fakeseam: FakeSeam
) -> None:
    account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})

    response = browser("bob").post(f"/accounts/{account['connected_account_id']}/reconnect")

    assert response.status_code == 404
    fakeseam.requests.assert_not_called("/connect_webviews/create")


def test_an_account_belongs_to_the_user_who_signed_in_last(
    ann: FlaskClient, browser: Browser, fakeseam: FakeSeam
) -> None:
    bob = browser("bob")
    for user in (ann, bob):
        webview = webview_at(user.post("/connect").location)
        fakeseam.complete_connect_webview(webview, email="family@example.com")

    assert "None yet" in ann.get("/accounts").text
    assert "family@example.com" in bob.get("/accounts").text


def test_a_deleted_account_is_no_longer_listed(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    assert "August" in ann.get("/accounts").text

    seam.connected_accounts.delete(connected_account_id=account["connected_account_id"])

    assert "None yet" in ann.get("/accounts").text


def test_the_accounts_need_a_signed_in_user(app: Flask) -> None:
    assert app.test_client().get("/accounts").status_code == 401
