"""Signing in at a webview's page: at once, and after failures."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import BOTH, expect_heading, fill_in, press, sign_in, start

pytestmark = pytest.mark.parametrize(**BOTH)

REGION = "Continue", {"Region": "Others"}
AUGUST = "Submit", {"Email": "jane@example.com", "Password": "1234"}
METHOD = "Continue", {"Send the code by": "Email"}
CODE = "Submit and Continue", {"Verification code": "123456"}
CONNECTED = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.added",
    "device.connected",
    "device.connected",
    "connected_account.completed_first_sync",
]


@pytest.fixture
def webview(seam):
    return seam.connect_webviews.create(
        accepted_providers=["august", "yale", "schlage"], custom_metadata={"user": "u1"}
    )


@pytest.fixture
def again(seam, webview):
    """The current state of the webview."""
    return lambda: seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)


def test_a_login_with_a_region_and_a_code_connects_the_account(page, seam, webview, again):
    start(page, webview, "August")
    expect_heading(page, "Where is your device?")
    fill_in(page, *REGION)
    expect_heading(page, "Sign in to August")
    fill_in(page, *AUGUST)
    expect_heading(page, "How do you want to get your code?")
    fill_in(page, *METHOD)
    expect_heading(page, "Enter your verification code")
    assert again().status == "pending"
    fill_in(page, *CODE)
    expect_heading(page, "Your devices are connected")

    (account,) = seam.connected_accounts.list()
    assert account.account_type == "august"
    assert account.user_identifier.email == "jane@example.com"
    assert account.custom_metadata == {"user": "u1"}
    assert again().status == "authorized"
    assert again().connected_account_id == account.connected_account_id
    assert again().selected_provider == "august"
    assert {device.connected_account_id for device in seam.devices.list()} == {
        account.connected_account_id
    }


def test_the_events_are_those_of_any_login(page, webview, event_types):
    sign_in(page, webview, "August", REGION, AUGUST, METHOD, CODE)
    expect_heading(page, "Your devices are connected")

    assert event_types() == CONNECTED


def test_a_wrong_password_can_be_corrected(page, seam, webview, again, event_types):
    start(page, webview, "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "wrong"})
    expect(page.get_by_role("alert")).to_contain_text("What was entered is not correct")
    assert again().status == "failed"
    assert event_types() == ["connect_webview.login_failed"]

    # The email is still filled in, the password has to be typed again.
    expect(page.get_by_label("Email", exact=True)).to_have_value("jane@example.com")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    fill_in(page, "Submit", {"Password": "1234"})
    expect_heading(page, "Your devices are connected")

    assert again().status == "authorized"
    assert event_types() == ["connect_webview.login_failed", *CONNECTED]
    assert len(seam.connected_accounts.list()) == 1


def test_a_wrong_code_can_be_corrected(page, webview, again, event_types):
    sign_in(page, webview, "Yale", AUGUST)
    fill_in(page, "Submit and Continue", {"Verification code": "000000"})
    expect(page.get_by_role("alert")).to_contain_text("The verification code is not correct")
    expect_heading(page, "Enter your verification code")
    assert again().status == "failed"

    fill_in(page, *CODE)
    expect_heading(page, "Your devices are connected")

    assert again().status == "authorized"
    assert event_types() == ["connect_webview.login_failed", *CONNECTED]


def test_a_locked_account_is_an_error_at_the_fields(page, seam, webview, again, event_types):
    start(page, webview, "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "locked"})
    expect(page.get_by_role("alert")).to_contain_text(
        "This account is locked; unlock it with the provider first"
    )

    expect_heading(page, "Sign in to Schlage")
    assert again().status == "failed"
    assert event_types() == ["connect_webview.login_failed"]
    assert seam.connected_accounts.list() == []


def test_a_provider_that_is_down_can_be_tried_again(page, webview, again, event_types):
    start(page, webview, "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "down"})
    expect_heading(page, "The provider cannot be reached")
    assert again().status == "failed"
    assert event_types() == ["connect_webview.login_failed"]

    page.get_by_role("link", name="Try again", exact=True).click()
    press(page, "Continue")
    press(page, "Schlage")
    fill_in(page, *AUGUST)
    expect_heading(page, "Your devices are connected")

    assert again().status == "authorized"
    assert event_types() == ["connect_webview.login_failed", *CONNECTED]


def test_an_empty_field_is_required_and_changes_nothing(page, webview, again, event_types):
    start(page, webview, "Schlage")
    fill_in(page, "Submit", {"Email": "   ", "Password": "1234"})

    expect_heading(page, "Sign in to Schlage")
    assert again().status == "pending"
    assert event_types() == []


def test_a_brand_is_found_by_a_part_of_its_name(page, webview):
    page.goto(webview.url)
    press(page, "Continue")
    page.get_by_label("Search", exact=True).fill("AUG")
    press(page, "Search")

    expect(page.get_by_role("button", name="August", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Yale", exact=True)).to_have_count(0)


def test_an_unknown_brand_is_not_found(page, webview):
    page.goto(webview.url)
    press(page, "Continue")
    page.get_by_label("Search", exact=True).fill("no such brand")
    press(page, "Search")

    expect_heading(page, "Choose your brand")
    expect(page.get_by_role("button", name="August", exact=True)).to_have_count(0)
