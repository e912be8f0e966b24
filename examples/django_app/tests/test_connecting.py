"""A landlord connects an account, sees it broken, and reconnects it."""

from __future__ import annotations

from accounts.models import Account
from accounts.seam_accounts import seam
from conftest import browser_of, metadata_of, webview_at
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from fakeseam import FakeSeam


def start(browser: Client, building: str = "Elm Street 1") -> str:
    """Returns the id of the webview that the browser is redirected to."""
    response = browser.post("/accounts/connect/", {"building": building})
    return webview_at(response.headers["Location"])


def test_connecting_opens_a_webview_with_the_landlords_id(browser: Client, ann: User) -> None:
    response = browser.post("/accounts/connect/", {"building": "Elm Street 1"})

    location = response.headers["Location"]
    webview = seam.connect_webviews.get(connect_webview_id=webview_at(location))
    assert location == webview.url
    assert webview.custom_metadata == {"landlord_id": str(ann.pk), "building": "Elm Street 1"}
    assert webview.custom_redirect_url == "http://testserver/accounts/connected/"


def test_an_account_is_listed_after_its_login(
    browser: Client, bob: User, fakeseam: FakeSeam
) -> None:
    webview = start(browser)

    fakeseam.complete_connect_webview(webview, provider="august", email="ann@example.com")

    assert "Elm Street 1: August, ann@example.com (working)" in page(browser, "accounts")
    assert "None yet" in page(browser_of(bob), "accounts")


def test_the_account_is_there_when_the_landlord_is_back_before_the_webhook(
    browser: Client, fakeseam: FakeSeam
) -> None:
    webview = start(browser)
    with fakeseam.webhooks.deliver_to(lambda delivery: 503):
        fakeseam.complete_connect_webview(webview, email="ann@example.com")
        assert "None yet" in page(browser, "accounts")

        params = {"connect_webview_id": webview}
        response = browser.get("/accounts/connected/", params, follow=True)

    assert "The account is connected." in response.text
    assert "ann@example.com (working)" in response.text


def test_a_failed_login_is_shown(browser: Client, fakeseam: FakeSeam) -> None:
    return_url = fakeseam.fail_connect_webview(start(browser))

    assert return_url is not None
    assert "The login did not work." in browser.get(return_url, follow=True).text


def test_a_landlord_cannot_come_back_from_another_ones_webview(
    browser: Client, bob: User
) -> None:
    webview = start(browser_of(bob))

    response = browser.get("/accounts/connected/", {"connect_webview_id": webview})

    assert response.status_code == 404


def test_the_pages_need_a_landlord_who_is_signed_in(client: Client) -> None:
    assert client.get("/accounts/").headers["Location"] == "/accounts/login/?next=/accounts/"


def test_a_broken_account_is_shown_until_it_is_reconnected(
    browser: Client, ann: User, fakeseam: FakeSeam
) -> None:
    account = fakeseam.connect_account(email="ann@example.com", custom_metadata=metadata_of(ann))
    assert "ann@example.com" not in page(browser, "broken")

    fakeseam.disconnect_account(account)
    assert "Elm Street 1: August, ann@example.com" in page(browser, "broken")

    response = browser.post(reverse("reconnect", args=[account["connected_account_id"]]))
    webview = webview_at(response.headers["Location"])
    again = fakeseam.complete_connect_webview(webview, provider="august", email="ann@example.com")

    assert again["connected_account_id"] == account["connected_account_id"]
    assert again["custom_metadata"] == metadata_of(ann)
    assert "ann@example.com" not in page(browser, "broken")
    assert "Elm Street 1: August, ann@example.com (working)" in page(browser, "accounts")


def test_an_account_belongs_to_the_landlord_who_signed_in_last(
    browser: Client, bob: User, fakeseam: FakeSeam
) -> None:
    for webview in (start(browser), start(browser_of(bob), "Oak Street 2")):
        fakeseam.complete_connect_webview(webview, email="family@example.com")

    assert "None yet" in page(browser, "accounts")
    assert "Oak Street 2: August, family@example.com" in page(browser_of(bob), "accounts")


def test_a_landlord_cannot_reconnect_or_remove_another_ones_account(
    browser: Client, bob: User, fakeseam: FakeSeam
) -> None:
    account = fakeseam.connect_account(custom_metadata=metadata_of(bob))

    for name in ("reconnect", "remove"):
        path = reverse(name, args=[account["connected_account_id"]])
        assert browser.post(path).status_code == 404

    fakeseam.requests.assert_not_called("/connect_webviews/create")
    assert Account.objects.filter(landlord=bob).exists()


def page(browser: Client, name: str) -> str:
    return browser.get(reverse(name)).text
