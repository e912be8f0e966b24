"""Webviews that allow no more logins, and visitors without a valid token."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import expect_heading, fill_in, start

USED = "This Connect Webview has already been used"
NOT_AVAILABLE = "This page is not available"
JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}


@pytest.fixture
def state(seam, event_types):
    """The webviews, accounts and events that the app can read."""

    def state():
        webviews = [(one.connect_webview_id, one.status) for one in seam.connect_webviews.list()]
        accounts = [one.connected_account_id for one in seam.connected_accounts.list()]
        return webviews, accounts, event_types()

    return state


def test_a_used_webview_shows_that_and_changes_nothing(page, fake, seam, state):
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    fake.complete_connect_webview(webview)
    before = state()
    response = page.goto(webview.url)

    assert response.status == 400
    expect_heading(page, USED)
    expect(page.get_by_role("textbox")).to_have_count(0)
    expect(page.get_by_role("link", name="Try again")).to_have_count(0)
    assert state() == before


def test_a_used_webview_opens_the_failure_url_and_changes_nothing(
    page, fake, seam, app, state
):
    webview = seam.connect_webviews.create(
        accepted_providers=["schlage"],
        custom_redirect_url=f"{app.url}/elsewhere",
        custom_redirect_failure_url=f"{app.url}/back",
    )
    fake.complete_connect_webview(webview)
    before = state()
    page.goto(webview.url)
    expect_heading(page, "Back in the app")

    params = {
        "connect_webview_id": webview.connect_webview_id,
        "error_code": "connect_webview_already_used",
        "error_message": USED,
    }
    assert app.visits == [(f"{app.url}/back", params)]
    assert state() == before


def test_a_form_opened_before_the_webview_was_used_signs_no_user_in(page, fake, seam, state):
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    start(page, webview, "Schlage")
    fake.complete_connect_webview(webview, email="joe@example.com")
    before = state()
    fill_in(page, *JANE)

    expect_heading(page, USED)
    assert state() == before


def test_a_deleted_webview_is_not_available(page, seam):
    webview = seam.connect_webviews.create()
    seam.connect_webviews.delete(connect_webview_id=webview.connect_webview_id)

    assert page.goto(webview.url).status == 404
    expect_heading(page, NOT_AVAILABLE)


def test_a_webview_deleted_during_the_login_signs_no_user_in(page, seam):
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    start(page, webview, "Schlage")
    seam.connect_webviews.delete(connect_webview_id=webview.connect_webview_id)
    fill_in(page, *JANE)

    expect_heading(page, NOT_AVAILABLE)
    assert seam.connected_accounts.list() == []


@pytest.mark.parametrize("token", ["", "auth_token=", "auth_token=wrong"])
def test_without_its_token_a_webview_is_not_available(page, seam, token):
    webview = seam.connect_webviews.create()
    address = webview.url.partition("auth_token=")[0]

    assert page.goto(address + token).status == 404
    expect_heading(page, NOT_AVAILABLE)
    expect(page.get_by_role("button")).to_have_count(0)
