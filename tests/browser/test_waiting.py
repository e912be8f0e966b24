"""A slow login: the page waits by the fake's clock."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import BOTH, expect_heading, press, sign_in

pytestmark = pytest.mark.parametrize(**BOTH)

SLOW = "Submit", {"Email": "jane@example.com", "Password": "slow"}
JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}


@pytest.fixture
def status(seam):
    """The statuses of all webviews."""
    return lambda: [webview.status for webview in seam.connect_webviews.list()]


def test_a_slow_provider_accepts_the_login_after_thirty_seconds(page, fake, seam, status):
    sign_in(page, seam.connect_webviews.create(accepted_providers=["schlage"]), "Schlage", SLOW)
    expect_heading(page, "One moment")
    fake.clock.advance(29)
    press(page, "Check again")
    expect_heading(page, "One moment")
    assert (status(), seam.connected_accounts.list()) == (["pending"], [])

    fake.clock.advance(1)
    press(page, "Check again")
    expect_heading(page, "Your devices are connected")

    assert status() == ["authorized"]
    assert len(seam.connected_accounts.list()) == 1


def test_a_slow_provider_opens_the_redirect_url_at_the_end(page, fake, seam, app):
    webview = seam.connect_webviews.create(
        accepted_providers=["schlage"], custom_redirect_url=f"{app.url}/back"
    )
    sign_in(page, webview, "Schlage", SLOW)
    expect_heading(page, "One moment")
    fake.clock.advance(30)
    press(page, "Check again")
    expect_heading(page, "Back in the app")

    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]


@pytest.mark.parametrize("rules", [{"defer_sync": True}])
def test_a_user_who_waits_for_devices_sees_the_sync_on_the_page(page, fake, seam, status):
    webview = seam.connect_webviews.create(
        accepted_providers=["schlage"], wait_for_device_creation=True
    )
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "One moment")
    press(page, "Check again")
    expect_heading(page, "One moment")
    (account,) = seam.connected_accounts.list()
    assert (status(), seam.devices.list()) == (["pending"], [])

    fake.sync_account(account)
    press(page, "Check again")
    expect_heading(page, "Your devices are connected")

    assert status() == ["authorized"]
    assert len(seam.devices.list()) == 2


@pytest.mark.parametrize("rules", [{"defer_sync": True}])
def test_a_user_who_waited_for_devices_gets_to_the_app(page, fake, seam, app):
    webview = seam.connect_webviews.create(
        accepted_providers=["schlage"],
        wait_for_device_creation=True,
        custom_redirect_url=f"{app.url}/back",
    )
    sign_in(page, webview, "Schlage", JANE)
    expect(page.get_by_role("button", name="Check again")).to_be_visible()
    assert app.visits == []

    fake.sync_account(seam.connected_accounts.list()[0])
    press(page, "Check again")
    expect_heading(page, "Back in the app")

    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]
