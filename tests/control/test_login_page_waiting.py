"""The page waits for a slow provider, and for the first sync."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam
from tests.control.login_browser import Browser, pane_of

SLOW = {"email": "jane@example.com", "password": "slow"}
JANE = {"email": "jane@example.com", "password": "1234"}
KEYS = ("team_id", "client_id", "access_key_id", "access_key_secret", "token_id", "token_secret")


# A slow provider


def test_a_slow_provider_lets_in_after_thirty_seconds_of_the_fakes_clock(
    fake, browse, shown, event_types
):
    page = browse(custom_metadata={"user": "u1"})
    before = fake.snapshot()

    page.walk("minut", SLOW)
    for _ in range(3):
        assert (page["name"], page["status"], page["reason"]) == ("waiting", 200, "provider")
        assert (page["seconds"], page["provider"]["key"]) == (30, "minut")
        page.check_again()
    fake.clock.advance(29.999)
    page.check_again()

    assert page["name"] == "waiting"
    assert fake.snapshot() == before
    fake.clock.advance(0.001)
    page.check_again()
    assert page["name"] == "success"
    assert shown(page.webview)["status"] == "authorized"
    assert event_types()[0] == "connect_webview.login_succeeded"


@pytest.mark.parametrize(
    ("provider", "steps"),
    [
        ("yale", [SLOW, {"code": "123456"}]),
        ("brivo", [{**JANE, "api_key": "slow"}]),
        ("lockly", [{"email": "jane@example.com", **{key: "slow" for key in KEYS}}]),
        ("hotek", [{"site": "S", "tcp_port": "slow"}]),
        (
            "visionline",
            [
                {"pairing_code": "1"},
                {"site": "S", "username": "jane", "password": "1234"},
                {"uuid": "slow", "system_id": ""},
            ],
        ),
    ],
)
def test_the_word_counts_in_any_secret_field(fake, browse, provider, steps):
    page = browse()

    page.walk(provider, *steps)

    assert page["name"] == "waiting"
    fake.clock.advance(30)
    assert page.check_again()["name"] == "success"


def test_a_wrong_code_is_shown_before_the_wait(browse, event_types):
    page = browse()

    page.walk("yale", SLOW, {"code": "1"})

    assert (page["step"]["name"], page["error"]["code"]) == ("code", "invalid_two_factor_code")
    assert event_types() == ["connect_webview.login_failed"]
    assert page.submit(code="123456")["name"] == "waiting"


def test_only_what_the_brand_has_fields_for_is_carried_through_the_wait(browse):
    page = browse()
    typed = {**SLOW, "api_key": "1234", "site": "S", "evil": "x"}

    pane = pane_of(
        page.fake, page.webview, "POST", provider="minut", step="account", typed=typed
    )

    assert (pane["name"], pane["earlier"]) == ("waiting", SLOW)


@pytest.mark.parametrize("since", ["", "soon", "0", "\x00", "2026-13-01", "\ud800", "x" * 9999])
def test_an_invalid_time_begins_the_wait_again(browse, since):
    page = browse()
    page.walk("minut", SLOW)
    began = page["since"]

    page.pane["since"] = since
    page.check_again()

    assert (page["name"], page["since"]) == ("waiting", began)


@pytest.mark.parametrize("since", ["9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59"])
def test_a_wait_that_begins_in_the_future_has_not_begun(browse, since):
    page = browse()
    page.walk("minut", SLOW)

    page.pane["since"] = since

    assert page.check_again()["name"] == "waiting"


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+23:59", "2025-12-31", "20251231T2359"])
def test_a_wait_that_began_long_ago_is_over(browse, since):
    page = browse()
    page.walk("minut", SLOW)

    page.pane["since"] = since

    assert page.check_again()["name"] == "success"


def test_a_webview_that_was_used_meanwhile_is_used(fake, browse):
    page = browse()
    page.walk("minut", SLOW)
    fake.complete_connect_webview(page.webview)
    fake.clock.advance(30)

    page.check_again()

    assert (page["name"], page["error"]["code"]) == ("failed", "connect_webview_already_used")


def test_the_control_method_does_not_wait(fake, browse):
    account = fake.complete_connect_webview(
        browse().webview, "minut", "jane@example.com", password="slow"
    )

    assert account["user_identifier"] == {"email": "jane@example.com"}


# Devices


@pytest.mark.parametrize(
    ("wait", "defer", "name"),
    [
        (False, False, "success"),
        (True, False, "success"),
        (False, True, "success"),
        (True, True, "waiting"),
    ],
)
def test_the_page_waits_for_devices_that_are_deferred(wait, defer, name):
    fake = FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=defer)
    sent = {"wait_for_device_creation": wait}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
    page = Browser(fake, webview)

    page.walk("minut", JANE)

    assert (page["name"], page["status"]) == (name, 200)
    event_types = [event["event_type"] for event in fake.events]
    order = ["connect_webview.login_succeeded", "connected_account.completed_first_sync"]
    expected = {(False, False): order, (True, False): order[::-1], (False, True): order[:1]}
    assert [one for one in event_types if one in order] == expected.get((wait, defer), [])


@pytest.fixture
def deferred():
    """A browser that waits for devices, with a redirect URL."""
    fake = FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True)
    sent = {"wait_for_device_creation": True, "custom_redirect_url": "https://app.example"}
    page = Browser(fake, fake.call("/connect_webviews/create", sent)["connect_webview"])
    page.walk("minut", JANE)
    return page


def test_a_page_that_waits_for_devices_shows_the_end(deferred):
    fake, webview_id = deferred.fake, deferred.webview["connect_webview_id"]
    before = fake.snapshot()
    assert deferred["reason"] == "devices"
    assert deferred.check_again()["name"] == "waiting"
    assert deferred.open()["name"] == "waiting"
    assert fake.snapshot() == before

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    fake.sync_account(account)
    synced = fake.snapshot()
    deferred.check_again()

    assert deferred["name"] == "success"
    assert deferred["redirect"]["url"] == f"https://app.example?connect_webview_id={webview_id}"
    assert deferred["event"] == list(fake.events)[-1]
    assert deferred["event"]["event_type"] == "connect_webview.login_succeeded"
    assert fake.snapshot() == synced


def test_no_other_user_signs_in_during_the_first_sync(deferred):
    fake = deferred.fake
    before = fake.snapshot()

    for method in ("GET", "POST"):
        pane = pane_of(
            fake, deferred.webview, method, provider="minut", step="account", typed=JANE
        )
        assert (pane["name"], pane["reason"]) == ("waiting", "devices")
    assert fake.snapshot() == before


def test_a_page_that_waits_for_devices_shows_that_the_account_is_gone(deferred):
    fake = deferred.fake
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/delete", sent)
    gone = fake.snapshot()

    deferred.check_again()

    assert (deferred["name"], deferred["error"]["code"]) == ("failed", "unknown_error")
    assert "&error_code=unknown_error&" in deferred["redirect"]["url"]
    assert deferred["event"]["event_type"] == "connect_webview.login_failed"
    assert fake.snapshot() == gone
    assert deferred.open()["name"] == "introduction"
    assert deferred.walk("minut", JANE)["name"] == "waiting"
