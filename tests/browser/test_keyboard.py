"""A complete login with only Tab and Enter."""

from __future__ import annotations

import pytest

from tests.browser.walking import BOTH, expect_heading

# More than any page has tab stops.
MAX_TABS = 40


@pytest.fixture
def tab_to(page):
    """Presses Tab until an element has the focus, if it does not have it yet."""

    def tab_to(locator):
        locator.wait_for()
        for _ in range(MAX_TABS):
            if locator.evaluate("element => element === document.activeElement"):
                return
            page.keyboard.press("Tab")
        pytest.fail(f"Tab does not lead to {locator}")

    return tab_to


@pytest.mark.parametrize(**BOTH)
def test_tab_and_enter_are_enough_to_sign_in(page, seam, tab_to):
    webview = seam.connect_webviews.create(accepted_providers=["yale", "august"])
    page.goto(webview.url)
    tab_to(page.get_by_role("button", name="Continue", exact=True))
    page.keyboard.press("Enter")
    tab_to(page.get_by_label("Search", exact=True))
    page.keyboard.type("aug")
    page.keyboard.press("Enter")
    tab_to(page.get_by_role("button", name="August", exact=True))
    page.keyboard.press("Enter")

    tab_to(page.get_by_label("Region", exact=True))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    if page.get_by_label("Region", exact=True).count():  # Enter may have opened the list
        tab_to(page.get_by_role("button", name="Continue", exact=True))
        page.keyboard.press("Enter")

    tab_to(page.get_by_label("Email", exact=True))
    page.keyboard.type("jane@example.com")
    tab_to(page.get_by_label("Password", exact=True))
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    tab_to(page.get_by_label("Password", exact=True))
    page.keyboard.type("1234")
    page.keyboard.press("Enter")

    tab_to(page.get_by_role("button", name="Continue", exact=True))
    page.keyboard.press("Enter")
    tab_to(page.get_by_label("Verification code", exact=True))
    page.keyboard.type("123456")
    page.keyboard.press("Enter")

    expect_heading(page, "Your devices are connected")
    assert len(seam.connected_accounts.list()) == 1


def test_the_footer_opens_by_keyboard(page, seam, tab_to):
    page.goto(seam.connect_webviews.create(custom_metadata={"user": "u1"}).url)
    tab_to(page.get_by_text("About this webview", exact=True))
    page.keyboard.press("Enter")

    page.get_by_text("u1", exact=True).wait_for()
