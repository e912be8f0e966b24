"""Logins that fail: the webview fails, nothing else changes, the browser is redirected."""

from __future__ import annotations

import pytest

from fakeseam import LoginFailed


@pytest.fixture
def create(fake):
    def create(**params):
        sent = {"accepted_providers": ["august", "yale"], **params}
        return fake.call("/connect_webviews/create", sent)["connect_webview"]

    return create


def shown(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]


def failed(fake, webview, **login):
    with pytest.raises(LoginFailed) as caught:
        fake.complete_connect_webview(webview, **login)
    return caught.value


# The control method


def test_a_failed_webview_says_so_and_nothing_else(fake, create):
    webview = create(custom_metadata={"a": "1"})

    fake.fail_connect_webview(webview)

    assert shown(fake, webview) == {**webview, "status": "failed"}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_a_failure_is_one_event_that_names_the_webview_alone(fake, create):
    webview = create(customer_key="c1")

    fake.fail_connect_webview(webview)

    (event,) = fake.events
    assert event["event_type"] == "connect_webview.login_failed"
    assert event["connect_webview_id"] == webview["connect_webview_id"]
    assert set(event) == {
        "event_id",
        "event_type",
        "workspace_id",
        "created_at",
        "occurred_at",
        "event_description",
        "connect_webview_id",
    }


def test_every_attempt_is_an_event(fake, create):
    webview = create()

    fake.fail_connect_webview(webview)
    fake.fail_connect_webview(webview)

    assert len(fake.events.filter("connect_webview.login_failed")) == 2
    assert shown(fake, webview)["status"] == "failed"


def test_the_provider_that_was_picked_is_shown(fake, create):
    webview = create(accepted_providers=["google_nest", "yale"])

    fake.fail_connect_webview(webview, provider="google_nest")

    assert shown(fake, webview)["selected_provider"] == "nest"


# Where the browser goes


def parameters(webview):
    return (
        f"connect_webview_id={webview['connect_webview_id']}&error_code=invalid_credentials"
        "&error_message="
    )


def test_a_failure_leads_to_the_failure_url(fake, create):
    webview = create(
        custom_redirect_url="https://app.example/done",
        custom_redirect_failure_url="https://app.example/failed",
    )

    url = fake.fail_connect_webview(webview)

    assert url.startswith("https://app.example/failed?" + parameters(webview))


def test_a_failure_leads_to_the_other_url_where_there_is_no_failure_url(fake, create):
    webview = create(custom_redirect_url="https://app.example/done")

    assert fake.fail_connect_webview(webview).startswith("https://app.example/done?")


def test_a_failure_leads_nowhere_without_a_url(fake, create):
    assert fake.fail_connect_webview(create()) is None


@pytest.mark.parametrize(
    ("given", "begins", "ends"),
    [
        ("https://a.example?x=1", "https://a.example?x=1&", ""),
        ("https://a.example/p?x=1&y=2#top", "https://a.example/p?x=1&y=2&", "#top"),
        ("https://a.example#top", "https://a.example?", "#top"),
        ("https://a.example/?", "https://a.example/?", ""),
        ("https://a.example/?x=1&", "https://a.example/?x=1&", ""),
        ("https://a.example/#/route?x=1", "https://a.example/?", "#/route?x=1"),
        ("app://done", "app://done?", ""),
    ],
)
def test_the_urls_own_query_and_fragment_are_kept(fake, create, given, begins, ends):
    webview = create(custom_redirect_failure_url=given)

    url = fake.fail_connect_webview(webview)

    assert url.startswith(begins + parameters(webview))
    assert url.endswith(ends)
    assert url.count("#") == given.count("#")


@pytest.mark.parametrize(
    "error_code",
    [
        "invalid_credentials",
        "invalid_two_factor_code",
        "account_already_associated_with_customer",
        "connect_webview_already_used",
        "unknown_error",
    ],
)
def test_the_error_is_in_the_redirect_url(fake, create, error_code):
    webview = create(custom_redirect_url="https://app.example")

    url = fake.fail_connect_webview(webview, error_code)

    assert f"&error_code={error_code}&error_message=" in url
    assert " " not in url


# Refused credentials


@pytest.mark.parametrize(
    ("typed", "error_code"),
    [
        ({"password": "wrong"}, "invalid_credentials"),
        ({"password": "1234", "code": "000000"}, "invalid_two_factor_code"),
        ({"password": "wrong", "code": "000000"}, "invalid_credentials"),
        ({"email": "jane@company.com", "password": "1234"}, "invalid_credentials"),
    ],
)
def test_credentials_are_checked_where_they_are_given(fake, create, typed, error_code):
    webview = create(custom_redirect_url="https://app.example")

    failure = failed(fake, webview, **{"email": "jane@example.com", **typed})

    assert failure.error_code == error_code
    assert str(failure) == f"{error_code}: {failure.message}"
    assert f"&error_code={error_code}&" in failure.redirect_url
    assert shown(fake, webview)["status"] == "failed"
    assert shown(fake, webview)["selected_provider"] == "august"
    assert [event["event_type"] for event in fake.events] == ["connect_webview.login_failed"]


def test_the_right_credentials_are_let_in(fake, create):
    account = fake.complete_connect_webview(
        create(), email="jane@example.com", password="1234", code="123456"
    )

    assert account["user_identifier"] == {"email": "jane@example.com"}


def test_without_credentials_any_user_signs_in(fake, create):
    account = fake.complete_connect_webview(create(), email="jane@company.com")

    assert account["user_identifier"] == {"email": "jane@company.com"}


# The customer of an account


def test_a_webview_without_a_customer_leaves_the_account_its_own(fake, create):
    fake.connect_account(email="jane@example.com", customer_key="c1")

    account = fake.complete_connect_webview(create(), email="jane@example.com")

    assert account["customer_key"] == "c1"


def test_an_account_without_a_customer_takes_the_webviews(fake, create):
    fake.connect_account(email="jane@example.com")

    account = fake.complete_connect_webview(create(customer_key="c1"), email="jane@example.com")

    assert account["customer_key"] == "c1"
    assert len(fake.call("/devices/list", {"customer_key": "c1"})["devices"]) == 2


def test_the_same_customer_reconnects(fake, create):
    before = fake.connect_account(email="jane@example.com", customer_key="c1")
    fake.disconnect_account(before)

    again = fake.complete_connect_webview(create(customer_key="c1"), email="jane@example.com")

    assert again["connected_account_id"] == before["connected_account_id"]
    assert again["errors"] == []


@pytest.mark.parametrize("broken", [False, True])
def test_another_customer_is_refused_and_the_account_is_untouched(fake, create, broken):
    account = fake.connect_account(
        email="jane@example.com", customer_key="c1", custom_metadata={"a": "1"}
    )
    if broken:
        fake.disconnect_account(account)
    accounts = fake.call("/connected_accounts/list")
    devices = fake.call("/devices/list")
    events = len(fake.events)
    webview = create(
        customer_key="c2",
        custom_metadata={"b": "2"},
        custom_redirect_failure_url="https://app.example",
    )

    failure = failed(fake, webview, email="jane@example.com")

    assert failure.error_code == "account_already_associated_with_customer"
    assert "error_code=account_already_associated_with_customer" in failure.redirect_url
    assert fake.call("/connected_accounts/list") == accounts
    assert fake.call("/devices/list") == devices
    assert shown(fake, webview)["status"] == "failed"
    assert shown(fake, webview)["connected_account_id"] is None
    assert [event["event_type"] for event in fake.events][events:] == [
        "connect_webview.login_failed"
    ]


def test_another_customer_may_have_an_account_of_another_provider(fake, create):
    fake.connect_account(provider="yale", email="jane@example.com", customer_key="c1")

    account = fake.complete_connect_webview(create(customer_key="c2"), email="jane@example.com")

    assert account["customer_key"] == "c2"
