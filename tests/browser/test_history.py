"""The browser's own buttons, Back and Reload: they change nothing in the fake."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import BOTH, expect_heading, fill_in, start

pytestmark = pytest.mark.parametrize(**BOTH)

WRONG = "Submit", {"Email": "jane@example.com", "Password": "wrong"}
JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}
CODE = "Submit and Continue", {"Verification code": "123456"}


def test_going_back_from_the_code_after_a_wrong_password_shows_the_form_again(
    page, seam, event_types
):
    webview = seam.connect_webviews.create(accepted_providers=["yale"])
    start(page, webview, "Yale")
    fill_in(page, *WRONG)
    expect(page.get_by_role("alert")).to_contain_text("What was entered is not correct")
    fill_in(page, *JANE)
    expect_heading(page, "Enter your verification code")
    page.go_back()

    expect_heading(page, "Sign in to Yale")
    expect(page.get_by_label("Email", exact=True)).to_have_value("jane@example.com")
    assert event_types() == ["connect_webview.login_failed"]
    fill_in(page, *JANE)
    fill_in(page, *CODE)
    expect_heading(page, "Your devices are connected")


def test_reloading_the_end_of_a_login_is_a_used_webview_and_changes_nothing(
    page, seam, event_types
):
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    start(page, webview, "Schlage")
    fill_in(page, *JANE)
    expect_heading(page, "Your devices are connected")
    accounts, before = seam.connected_accounts.list(), event_types()
    page.reload()

    expect_heading(page, "This Connect Webview has already been used")
    assert event_types() == before
    assert seam.connected_accounts.list() == accounts
