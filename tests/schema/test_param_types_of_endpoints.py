"""Parameters that are missing, of another type, out of bounds or not in an enum."""

from __future__ import annotations

import enum
import json

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def assert_invalid(refusal, message, tree):
    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert refusal.message == message
    assert refusal.validation_errors == {"_errors": [], **tree}


REQUIRED = [
    ("/connect_webviews/get", "connect_webview_id"),
    ("/connect_webviews/delete", "connect_webview_id"),
    ("/connected_accounts/update", "connected_account_id"),
    ("/connected_accounts/delete", "connected_account_id"),
    ("/connected_accounts/sync", "connected_account_id"),
    ("/connected_accounts/simulate/disconnect", "connected_account_id"),
]


@pytest.mark.parametrize(("path", "name"), REQUIRED)
def test_a_missing_id_is_required(refuse, path, name):
    assert_invalid(refuse(path), f"{name} is required", {name: {"_errors": ["Required"]}})


@pytest.mark.parametrize(("path", "name"), REQUIRED)
def test_an_id_of_null_is_not_a_missing_one(refuse, path, name):
    words = "Expected string, received null"

    assert_invalid(
        refuse(path, {name: None}), f'{words} for "{name}"', {name: {"_errors": [words]}}
    )


IDS = [*REQUIRED, ("/connected_accounts/get", "connected_account_id")]
IDS += [("/devices/get", "device_id"), ("/events/get", "event_id")]


@pytest.mark.parametrize(("path", "name"), IDS)
def test_a_malformed_id_is_an_invalid_uuid(refuse, path, name):
    assert_invalid(
        refuse(path, {name: "unknown"}),
        f'Invalid uuid for "{name}"',
        {name: {"_errors": ["Invalid uuid"]}},
    )


@pytest.mark.parametrize(
    ("path", "params", "words", "name"),
    [
        (
            "/connect_webviews/create",
            {"automatically_manage_new_devices": "true"},
            "Expected boolean, received string",
            "automatically_manage_new_devices",
        ),
        (
            "/connect_webviews/create",
            {"accepted_providers": "august"},
            "Expected array, received string",
            "accepted_providers",
        ),
        (
            "/connect_webviews/create",
            {"custom_redirect_url": None},
            "Expected string, received null",
            "custom_redirect_url",
        ),
        (
            "/connect_webviews/create",
            {"customer_key": ""},
            "String must contain at least 1 character(s)",
            "customer_key",
        ),
        (
            "/devices/list",
            {"device_ids": 4242},
            "Expected array, received number",
            "device_ids",
        ),
        (
            "/connected_accounts/update",
            {"connected_account_id": UNKNOWN, "display_name": ""},
            "String must contain at least 1 character(s)",
            "display_name",
        ),
        (
            "/connected_accounts/update",
            {"connected_account_id": UNKNOWN, "display_name": "x" * 256},
            "String must contain at most 255 character(s)",
            "display_name",
        ),
        (
            "/connect_webviews/list",
            {"search": ""},
            "String must contain at least 1 character(s)",
            "search",
        ),
        ("/connected_accounts/list", {"limit": "2"}, "Expected number, received string", "limit"),
        ("/connected_accounts/list", {"limit": None}, "Expected number, received null", "limit"),
    ],
)
def test_a_wrong_value_is_named(refuse, path, params, words, name):
    assert_invalid(
        refuse(path, params), f'{words} for "{name}"', {name: {"_errors": [words]}}
    )


LISTS = ["/connect_webviews/list", "/connected_accounts/list", "/devices/list"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (0, "Number must be greater than 0"),
        (-5, "Number must be greater than 0"),
        (1.5, "Expected integer, received float"),
        (0.5, "Expected integer, received float"),
    ],
)
def test_a_limit_is_whole_and_above_zero(refuse, path, limit, words):
    assert_invalid(
        refuse(path, {"limit": limit}), f'{words} for "limit"', {"limit": {"_errors": [words]}}
    )


@pytest.mark.parametrize("path", [*LISTS, "/events/list"])
def test_a_limit_may_be_larger_than_anything(fake, path):
    params = {"limit": 10**20}
    if path == "/events/list":
        params |= {"since": "2026-01-01", "unstable_offset": 1}

    assert fake.call(path, params)["ok"] is True


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("cursor", ["!", "abc", "not base64"])
def test_a_cursor_is_base64(refuse, path, cursor):
    assert_invalid(
        refuse(path, {"page_cursor": cursor}),
        'Invalid base64 for "page_cursor"',
        {"page_cursor": {"_errors": ["Invalid base64"]}},
    )


@pytest.mark.parametrize("path", LISTS)
def test_base64_that_is_no_cursor_is_refused(refuse, path):
    refusal = refuse(path, {"page_cursor": "WyJhIl0="})

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert list(refusal.validation_errors) == ["_errors", "page_cursor"]


@pytest.mark.parametrize("path", LISTS)
def test_a_cursor_of_null_is_the_first_page(fake, path):
    assert fake.call(path, {"page_cursor": None}) == fake.call(path)


def test_an_unknown_enum_value_is_refused_with_the_known_ones(refuse):
    words = (
        "Invalid enum value. Expected 'none' | 'single' | 'multiple', received 'several'"
    )

    assert_invalid(
        refuse("/connect_webviews/create", {"device_selection_mode": "several"}),
        f'{words} for "device_selection_mode"',
        {"device_selection_mode": {"_errors": [words]}},
    )


def test_the_categories_are_listed_in_their_order(refuse):
    words = (
        "Invalid enum value. Expected 'stable' | 'consumer_smartlocks' | 'beta' | 'thermostats'"
        " | 'noise_sensors' | 'access_control_systems' | 'cameras' | 'connectors' |"
        " 'internal_beta', received 'locks'"
    )

    assert refuse("/connect_webviews/create", {"provider_category": "locks"}).message == (
        f'{words} for "provider_category"'
    )


@pytest.mark.parametrize("provider", ["foo", "hubitat", "seam_bridge", "August", ""])
def test_an_unknown_provider_is_named_with_its_place(refuse, provider):
    refusal = refuse("/connect_webviews/create", {"accepted_providers": ["august", provider]})

    assert refusal.message.startswith("Invalid enum value. Expected 'hotek' | ")
    assert refusal.message.endswith(f", received '{provider}' for \"accepted_providers.1\"")
    node = refusal.validation_errors["accepted_providers"]
    assert list(node) == ["_errors", "1"]


def test_capabilities_are_singular(refuse):
    words = (
        "Invalid enum value. Expected 'lock' | 'thermostat' | 'noise_sensor' | 'access_control'"
        " | 'camera' | 'speaker', received 'locks'"
    )

    refusal = refuse("/connect_webviews/create", {"accepted_capabilities": ["locks"]})

    assert refusal.message == f'{words} for "accepted_capabilities.0"'


def test_several_issues_are_counted(refuse):
    refusal = refuse(
        "/connect_webviews/create",
        {"accepted_providers": 5, "wait_for_device_creation": 1, "customer_key": ""},
    )

    assert_invalid(
        refusal,
        '3 Input Errors: Expected array, received number for "accepted_providers", '
        'Expected boolean, received number for "wait_for_device_creation", '
        'String must contain at least 1 character(s) for "customer_key"',
        {
            "accepted_providers": {"_errors": ["Expected array, received number"]},
            "wait_for_device_creation": {"_errors": ["Expected boolean, received number"]},
            "customer_key": {"_errors": ["String must contain at least 1 character(s)"]},
        },
    )


def test_unknown_parameters_are_ignored(fake):
    body = fake.call("/connect_webviews/create", {"customer_id": 5, "color": "red"})

    assert "color" not in body["connect_webview"]


def test_an_id_in_a_list_is_checked_like_any_other(refuse):
    assert_invalid(
        refuse("/devices/list", {"device_ids": [UNKNOWN, "x"]}),
        'Invalid uuid for "device_ids.1"',
        {"device_ids": {"_errors": [], "1": {"_errors": ["Invalid uuid"]}}},
    )


def test_an_id_in_capitals_is_the_same_id(fake):
    fake.connect_account("minut")
    device_id = fake.call("/devices/list")["devices"][0]["device_id"]

    sent = {"device_id": device_id.upper()}
    assert fake.call("/devices/get", sent)["device"]["device_id"] == device_id
    listed = fake.call("/devices/list", {"device_ids": [device_id.upper()]})["devices"]
    assert [one["device_id"] for one in listed] == [device_id]


# Parameters that depend on each other


def test_a_device_is_requested_by_id_or_name(refuse):
    words = "Either 'device_id' or 'name' is required"
    refusal = refuse("/devices/get")

    assert (refusal.message, refusal.validation_errors) == (words, {"_errors": [words]})


def test_an_event_is_requested_by_something(refuse):
    words = "An argument for event_id, event_type, or device_id is required"
    refusal = refuse("/events/get")

    assert (refusal.message, refusal.validation_errors) == (words, {"_errors": [words]})


def test_an_account_is_requested_by_id_or_email(refuse):
    assert_invalid(
        refuse("/connected_accounts/get"),
        "Invalid input",
        {
            "connected_account_id": {"_errors": ["Required"]},
            "email": {"_errors": ["Required"]},
        },
    )


def test_a_bad_email_is_the_issue_where_no_id_was_sent(refuse):
    assert refuse("/connected_accounts/get", {"email": "jane"}).message == (
        'Invalid email for "email"'
    )


def test_a_bad_id_is_reported_before_a_bad_email(refuse):
    sent = {"connected_account_id": "x", "email": "jane"}

    assert refuse("/connected_accounts/get", sent).message == (
        'Invalid uuid for "connected_account_id"'
    )


class Role(str, enum.Enum):
    ADMIN = "admin"


def test_a_member_of_an_enum_of_texts_is_stored_as_its_text(fake):
    sent = {"custom_metadata": {Role.ADMIN: Role.ADMIN}, "customer_key": Role.ADMIN}

    webview = fake.call("/connect_webviews/create", sent)["connect_webview"]

    assert json.dumps(webview["custom_metadata"]) == '{"admin": "admin"}'
    assert type(webview["customer_key"]) is str
    has = {"custom_metadata_has": {"admin": Role.ADMIN}}
    assert len(fake.call("/connect_webviews/list", has)["connect_webviews"]) == 1
