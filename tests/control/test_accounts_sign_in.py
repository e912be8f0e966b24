"""Signing in at a webview and failing at one: what is refused, and where the browser goes."""

from __future__ import annotations

from typing import get_args

import pytest

from fakeseam import FakeSeam, MisuseError
from fakeseam.api.connect_webviews.login.provider_catalog import Login
from fakeseam.control.accounts import _NEW_ENTRIES

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def webview(fake):
    sent = {"accepted_providers": ["august", "google_nest"]}
    return fake.call("/connect_webviews/create", sent)["connect_webview"]


def test_control_methods_work_in_production_with_any_credentials(fake):
    production = fake.create_workspace(is_sandbox=False)
    webview = fake.call("/connect_webviews/create", token=production.api_key)["connect_webview"]

    account = fake.complete_connect_webview(
        webview, email="jane@company.com", password="hunter2", code="000000"
    )
    fake.disconnect_account(account)

    sent = {"connected_account_id": account["connected_account_id"]}
    got = fake.call("/connected_accounts/get", sent, token=production.api_key)
    assert got["connected_account"]["errors"][0]["error_code"] == "account_disconnected"


@pytest.mark.parametrize("method", ["complete_connect_webview", "fail_connect_webview"])
def test_a_used_webview_is_named_with_what_can_still_be_done_with_it(
    fake, misuse, webview, method
):
    fake.complete_connect_webview(webview)

    message = misuse(method, webview)

    assert "in 'authorized'; legal here: ['delete']; nothing has changed" in message
    assert method in message


@pytest.mark.parametrize("typed", [{"email": "jane@example.com"}, {"password": "wrong"}])
def test_a_used_webview_stays_used_for_every_login(fake, misuse, webview, typed):
    fake.complete_connect_webview(webview, email="jane@example.com")

    assert "legal here: ['delete']" in misuse("complete_connect_webview", webview, **typed)


@pytest.mark.parametrize("method", ["complete_connect_webview", "fail_connect_webview"])
def test_an_unknown_webview_is_named(misuse, method):
    message = misuse(method, UNKNOWN)

    assert message == f"no connect webview '{UNKNOWN}' here (deleted, or never created)"


def test_a_deleted_webview_is_unknown(fake, misuse, webview):
    fake.call("/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]})

    assert "deleted" in misuse("complete_connect_webview", webview)


def test_a_malformed_id_is_named(misuse):
    message = misuse("complete_connect_webview", "my-webview")

    assert message == (
        'complete_connect_webview: Invalid uuid for "connect_webview_id"; an id is a UUID, but by'
        " the rule lenient_ids any text is one"
    )


@pytest.mark.parametrize("value", [None, 5, {}, {"connect_webview_id": None}, object()])
def test_an_object_without_an_id_is_misuse(misuse, value):
    message = misuse("complete_connect_webview", value)

    assert message == f"Expected a connect_webview_id, or an object that has one, not {value!r}."


def test_an_account_is_no_webview(fake, misuse):
    account = fake.connect_account()

    assert misuse("complete_connect_webview", account).startswith(
        "Expected a connect_webview_id, or an object that has one, not {"
    )


@pytest.mark.parametrize("method", ["complete_connect_webview", "fail_connect_webview"])
def test_a_provider_that_is_not_accepted_is_refused_with_the_accepted_ones(
    misuse, webview, method
):
    message = misuse(method, webview, provider="yale")

    assert message == "this webview does not accept 'yale', only august, nest"


@pytest.mark.parametrize("method", ["complete_connect_webview", "fail_connect_webview"])
def test_an_unknown_provider_is_refused_with_the_nearest_ones(misuse, webview, method):
    message = misuse(method, webview, provider="agust")

    assert message.startswith("no provider 'agust'; nearest: august")


@pytest.mark.parametrize("accepted", [[], ["slack", "hid_cm"]])
def test_a_webview_without_providers_cannot_be_completed(fake, misuse, accepted):
    sent = {"accepted_providers": accepted}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    message = misuse("complete_connect_webview", webview)

    assert message == "this webview accepts no provider; create one with accepted_providers"


def test_an_unknown_error_is_refused_with_the_known_ones(misuse, webview):
    message = misuse("fail_connect_webview", webview, "no_such_error")

    assert message == (
        "error_code='no_such_error': choose one of invalid_credentials, invalid_two_factor_code,"
        " account_locked, provider_unavailable,"
        " account_already_associated_with_customer, connect_webview_already_used, unknown_error"
    )


def test_a_webview_waiting_for_its_devices_cannot_be_completed_again():
    fake = FakeSeam(now="2026-01-01T00:00:00Z", defer_sync=True)
    webview = fake.call("/connect_webviews/create", {"wait_for_device_creation": True})
    fake.complete_connect_webview(webview["connect_webview"], email="jane@example.com")
    before = fake.snapshot()

    with pytest.raises(MisuseError, match="nothing has changed"):
        fake.complete_connect_webview(webview["connect_webview"], email="jane@example.com")

    assert fake.snapshot() == before


def test_every_kind_of_login_has_an_entry_for_a_new_user():
    assert _NEW_ENTRIES.keys() == set(get_args(Login))


# Where the browser goes, and what a test has in hand


@pytest.fixture
def redirecting(fake):
    sent = {"custom_redirect_url": "https://app.example/done?a=1#top"}
    return fake.call("/connect_webviews/create", sent)["connect_webview"]


def test_the_url_of_a_webview_stands_for_it(fake, redirecting):
    fake.fail_connect_webview(redirecting["url"])
    fake.complete_connect_webview(redirecting["url"])

    webview_id = redirecting["connect_webview_id"]
    assert fake.webview_redirect_url(redirecting["url"]) == (
        f"https://app.example/done?a=1&connect_webview_id={webview_id}#top"
    )


def test_the_url_that_an_app_gets_stands_for_the_webview(fake, redirecting):
    failed = fake.fail_connect_webview(redirecting)

    fake.complete_connect_webview(failed)

    landed = fake.webview_redirect_url(failed)
    assert fake.webview_redirect_url(landed) == landed


def test_a_url_without_a_webviews_id_is_refused(fake):
    with pytest.raises(MisuseError, match="connect_webview_id"):
        fake.complete_connect_webview("https://app.example/done?x=1")


@pytest.mark.parametrize("given", [None, "not a url", "javascript:alert(1)"])
def test_a_webview_that_redirects_nowhere_has_no_redirect_url(fake, given):
    sent = {} if given is None else {"custom_redirect_url": given}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]
    fake.complete_connect_webview(webview)

    assert fake.webview_redirect_url(webview) is None


def test_a_webview_without_a_successful_login_says_why_it_has_redirected_nowhere():
    fake = FakeSeam(defer_sync=True)
    sent = {"custom_redirect_url": "https://app.example", "wait_for_device_creation": True}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    with pytest.raises(MisuseError, match="it is pending; complete it first"):
        fake.webview_redirect_url(webview)
    fake.fail_connect_webview(webview)
    with pytest.raises(MisuseError, match="LoginFailed.redirect_url"):
        fake.webview_redirect_url(webview)
    account = fake.complete_connect_webview(webview)
    with pytest.raises(MisuseError, match="waits for the account's devices"):
        fake.webview_redirect_url(webview)
    fake.sync_account(account)
    assert fake.webview_redirect_url(webview).startswith("https://app.example?connect_webview_id=")


def test_reading_where_the_browser_went_is_no_entry_of_the_timeline(fake, redirecting):
    fake.complete_connect_webview(redirecting)
    before = fake.timeline()

    fake.webview_redirect_url(redirecting)

    assert fake.timeline() == before
