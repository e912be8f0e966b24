"""Sandbox logins: which users, passwords, codes and other entries are accepted."""

from __future__ import annotations

import pytest

from fakeseam import LoginFailed
from fakeseam.api.connect_webviews.login.providers import PROVIDERS
from fakeseam.api.connect_webviews.login.sandbox import credentials_error


def login_error(key, *, identifier=None, password=None, code=None, **extras):
    return credentials_error(
        PROVIDERS[key], identifier=identifier, password=password, code=code, extras=extras
    )


@pytest.mark.parametrize(
    "identifier", ["jane@example.com", "Frodo+1@EXAMPLE.com", " sam@example.com ", "jane"]
)
def test_anyone_at_example_com_may_log_in(identifier):
    assert login_error("august", identifier=identifier, password="1234", code="123456") is None


@pytest.mark.parametrize(
    "identifier",
    [
        None,
        "",
        "john",
        "Jane",
        "@example.com",
        "jane@example.org",
        "jane@sub.example.com",
        "jane@example.com.org",
        "jane@examplexcom",
        "a@b@example.com",
    ],
)
def test_anyone_else_is_refused(identifier):
    assert login_error("august", identifier=identifier, password="1234") == "invalid_credentials"
    assert login_error("visionline", identifier=identifier) == "invalid_credentials"


def test_a_wrong_password_is_refused():
    error = login_error("schlage", identifier="jane@example.com", password="12345")

    assert error == "invalid_credentials"


def test_an_empty_password_is_a_wrong_one():
    error = login_error("schlage", identifier="jane@example.com", password="")

    assert error == "invalid_credentials"


def test_a_password_that_was_not_requested_is_not_missing():
    assert login_error("schlage", identifier="jane@example.com") is None


def test_a_wrong_code_differs_from_wrong_credentials():
    error = login_error("yale", identifier="jane@example.com", password="1234", code="000000")

    assert error == "invalid_two_factor_code"


def test_wrong_credentials_are_found_before_a_wrong_code():
    error = login_error("yale", identifier="jane@example.com", password="no", code="000000")

    assert error == "invalid_credentials"


@pytest.mark.parametrize("key", ["lockly", "dormakaba_oracode"])
def test_a_password_is_ignored_where_the_login_has_none(key):
    assert login_error(key, identifier="jane@example.com", password="whatever") is None


@pytest.mark.parametrize("key", ["hotek", "latch"])
def test_hotek_and_latch_need_no_identifier(key):
    assert login_error(key) is None
    assert login_error(key, identifier="someone@else.org", password="whatever") is None


@pytest.mark.parametrize(
    ("key", "extras"),
    [
        ("august", {"region": "North America", "two_factor_method": "Email"}),
        ("august", {"region": "Others"}),
        ("brivo", {"api_key": "1234"}),
        ("wyze", {"api_key_id": "ABC123ABC", "api_key": "ABC123ABC"}),
        (
            "lockly",
            {
                "team_id": "1234",
                "client_id": "1234",
                "access_key_id": "1234",
                "access_key_secret": "1234",
                "token_id": "1234",
                "token_secret": "1234",
            },
        ),
        ("pti", {"site_key": "1234", "site_code": "1234"}),
        ("visionline", {"site": "Any Hotel", "uuid": "1", "system_id": "1"}),
        (
            "assa_abloy_vostio",
            {"client_id": "1234", "user_pool_id": "1234", "ble_uuid": "1", "system_id": "1"},
        ),
        (
            "dormakaba_ambiance",
            {
                "api_username": "jane",
                "api_password": "1234",
                "client_id": "ABC123ABC",
                "client_secret": "ABC123ABC",
            },
        ),
        ("dormakaba_community", {"api_username": "jane", "client_secret": "ABC123ABC"}),
        ("salto_space", {"bridge_token": "a1b2c3"}),
        ("schlage", {"api_key": "no such field on this page"}),
    ],
)
def test_the_documented_extra_fields_are_accepted(key, extras):
    assert login_error(key, identifier="jane@example.com", **extras) is None


@pytest.mark.parametrize(
    ("key", "extras"),
    [
        ("august", {"region": "Mars"}),
        ("brivo", {"api_key": "12345"}),
        ("wyze", {"api_key_id": "ABC123ABC", "api_key": "1234"}),
        ("lockly", {"token_secret": "ABC123ABC"}),
        ("pti", {"site_code": "9"}),
        ("visionline", {"system_id": "2"}),
        ("assa_abloy_vostio", {"user_pool_id": "1"}),
        ("dormakaba_ambiance", {"client_id": "1234"}),
        ("dormakaba_community", {"api_password": "ABC123ABC"}),
        ("salto_space", {"bridge_token": "12345"}),
    ],
)
def test_a_wrong_extra_field_is_refused(key, extras):
    error = login_error(key, identifier="jane@example.com", **extras)

    assert error == "invalid_credentials"


def test_a_blank_extra_field_is_ignored():
    assert login_error("brivo", identifier="jane@example.com", api_key="") is None


def test_an_api_key_of_a_provider_is_checked_only_if_it_is_given(fake):
    sent = {"accepted_providers": ["brivo"]}
    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    with pytest.raises(LoginFailed, match="invalid_credentials"):
        fake.complete_connect_webview(
            webview, email="jane@example.com", extras={"api_key": "wrong"}
        )
    account = fake.complete_connect_webview(
        webview, email="jane@example.com", password="1234", extras={"api_key": "1234"}
    )

    assert account["account_type"] == "brivo"
