"""The outcomes of a login at the page, by what is typed: one row for each."""

from __future__ import annotations

import pytest

from tests.control.login_browser import Browser

SUCCEEDED = [
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
FAILED = ["connect_webview.login_failed"]
MESSAGES = {
    "invalid_credentials": "What was entered is not correct",
    "invalid_two_factor_code": "The verification code is not correct",
    "account_locked": "This account is locked; unlock it with the provider first",
    "provider_unavailable": "The provider cannot be reached",
}

YALE = {"email": "jane@example.com", "password": "1234"}
KEYS = ("team_id", "client_id", "access_key_id", "access_key_secret", "token_id", "token_secret")
LOCKLY = {"email": "jane@example.com", **{key: "1234" for key in KEYS}}
VOSTIO = {
    "site": "S",
    "username": "jane",
    "password": "1234",
    "client_id": "1234",
    "user_pool_id": "1234",
}
SALTO = {"site": "S", "username": "jane", "password": "1234"}
PAIRED = {"bridge_token": "123456", "server_url": "http://192.168.1.101:8100"}

# The brand, earlier entries, the last entry, the error, and the step that shows it.
WRONG = "invalid_credentials"
LOCKED, DOWN = "account_locked", "provider_unavailable"
NEXT_TO_THE_FIELDS = [
    ("yale", [], {**YALE, "password": "wrong"}, WRONG, "account"),
    ("yale", [], {**YALE, "password": "12345"}, WRONG, "account"),
    ("yale", [], {**YALE, "password": " 1234"}, WRONG, "account"),
    ("yale", [], {**YALE, "password": "Locked"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "jane@company.com"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "john"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "jane@example.com.evil.org"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "@example.com"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "a@b@example.com"}, WRONG, "account"),
    ("yale", [], {**YALE, "email": "jane@company.com", "password": "locked"}, WRONG, "account"),
    ("yale", [], {**YALE, "password": "locked"}, LOCKED, "account"),
    ("yale", [YALE], {"code": "000000"}, "invalid_two_factor_code", "code"),
    ("yale", [YALE], {"code": "locked"}, "invalid_two_factor_code", "code"),
    ("yale", [YALE], {"code": "slow"}, "invalid_two_factor_code", "code"),
    ("brivo", [], {**YALE, "api_key": "wrong"}, WRONG, "account"),
    ("brivo", [], {**YALE, "api_key": "locked"}, LOCKED, "account"),
    ("lockly", [], {**LOCKLY, "email": "jane@company.com"}, WRONG, "account"),
    ("lockly", [], {**LOCKLY, "token_secret": "wrong"}, WRONG, "account"),
    ("lockly", [], {**LOCKLY, "token_id": "locked"}, LOCKED, "account"),
    ("lockly", [], {**LOCKLY, "token_id": "locked", "team_id": "wrong"}, LOCKED, "account"),
    ("assa_abloy_vostio", [], {**VOSTIO, "username": "john"}, WRONG, "account"),
    ("assa_abloy_vostio", [], {**VOSTIO, "username": "Jane"}, WRONG, "account"),
    ("assa_abloy_vostio", [], {**VOSTIO, "password": "wrong"}, WRONG, "account"),
    ("assa_abloy_vostio", [], {**VOSTIO, "password": "locked"}, LOCKED, "account"),
    ("assa_abloy_vostio", [VOSTIO], {"ble_uuid": "2", "system_id": ""}, WRONG, "mobile_keys"),
    ("salto_space", [{**PAIRED, "bridge_token": "12345"}], SALTO, WRONG, "pairing"),
    ("hotek", [], {"site": "S", "tcp_port": "http"}, WRONG, "account"),
    ("hotek", [], {"site": "S", "tcp_port": "locked"}, LOCKED, "account"),
    ("dormakaba_oracode", [], {"site": "S", "username": "x", "time_zone": "Z"}, WRONG, "account"),
]
THE_END = [
    ("yale", [], {**YALE, "password": "down"}),
    ("lockly", [], {**LOCKLY, "access_key_id": "down"}),
    ("assa_abloy_vostio", [], {**VOSTIO, "password": "down"}),
    ("salto_space", [{**PAIRED, "bridge_token": "down"}], SALTO),
    ("hotek", [], {"site": "S", "tcp_port": "down"}),
]
# Entries that succeed, for each step.
GOOD = {
    "yale": [YALE, {"code": "123456"}],
    "brivo": [{**YALE, "api_key": "1234"}],
    "lockly": [LOCKLY],
    "assa_abloy_vostio": [VOSTIO, {"ble_uuid": "", "system_id": "1"}],
    "salto_space": [PAIRED, SALTO],
    "hotek": [{"site": "S", "tcp_port": "80"}],
    "dormakaba_oracode": [{"site": "S", "username": "jane", "time_zone": "Z"}],
}


def ids(rows):
    return [f"{row[0]}-{number}" for number, row in enumerate(rows)]


def accounts(fake):
    return fake.call("/connected_accounts/list")["connected_accounts"]


@pytest.mark.parametrize(
    ("provider", "before", "typed", "error_code", "step"),
    NEXT_TO_THE_FIELDS,
    ids=ids(NEXT_TO_THE_FIELDS),
)
def test_a_failed_login_is_shown_next_to_the_fields_and_can_be_tried_again(
    browse, shown, event_types, fake, provider, before, typed, error_code, step
):
    page = browse(
        accepted_providers=["minut", provider],
        custom_metadata={"user": "u1"},
        custom_redirect_url="https://app.example",
    )

    page.walk(provider, *before, typed)

    assert (page["name"], page["status"]) == ("login", 400)
    assert page["step"]["name"] == step
    assert page["error"]["code"] == error_code
    assert page["error"]["message"] == MESSAGES[error_code]
    assert page["field_errors"] == {}
    assert event_types() == FAILED
    assert list(fake.events)[0]["connect_webview_id"] == page.webview["connect_webview_id"]
    changed = {"status": "failed", "selected_provider": provider}
    assert shown(page.webview) == {**page.webview, **changed}
    assert accounts(fake) == []

    left = GOOD[provider][-(page["steps"] - page["place"] + 1):]
    for again in left:
        page.submit(**again)

    assert page["name"] == "success"
    assert event_types()[:2] == [*FAILED, "connect_webview.login_succeeded"]
    after = shown(page.webview)
    assert (after["status"], after["login_successful"]) == ("authorized", True)
    assert [one["custom_metadata"] for one in accounts(fake)] == [{"user": "u1"}]


@pytest.mark.parametrize(("provider", "before", "typed"), THE_END, ids=ids(THE_END))
def test_a_provider_that_is_down_ends_the_visit_and_another_one_may_succeed(
    browse, shown, event_types, fake, provider, before, typed
):
    page = browse(accepted_providers=["minut", provider])

    page.walk(provider, *before, typed)

    assert (page["name"], page["status"]) == ("failed", 400)
    assert page["error"]["code"] == "provider_unavailable"
    assert page["error"]["message"] == MESSAGES["provider_unavailable"]
    assert page["redirect"]["url"] is None
    assert event_types() == FAILED
    assert page["event"] == list(fake.events)[0]
    changed = {"status": "failed", "selected_provider": provider}
    assert shown(page.webview) == {**page.webview, **changed}

    assert page.open()["name"] == "introduction"
    assert page.walk(provider, *GOOD[provider])["name"] == "success"
    assert shown(page.webview)["status"] == "authorized"


def test_a_page_that_ends_a_second_time_shows_the_latest_event(browse, fake):
    page = browse()
    page.walk("minut", {**YALE, "password": "down"})
    first = page["event"]

    page.walk("minut", {**YALE, "password": "down"})

    assert list(fake.events) == [first, page["event"]]
    assert first["event_id"] != page["event"]["event_id"]


@pytest.mark.parametrize("provider", sorted(GOOD))
def test_a_login_that_succeeds_emits_its_events_once_in_order(
    browse, event_types, fake, shown, provider
):
    page = browse(accepted_providers=[provider])

    page.walk(provider, *GOOD[provider])

    assert (page["name"], page["status"], page["error"]) == ("success", 200, None)
    without_devices = [name for name in SUCCEEDED if not name.startswith("device.")]
    assert event_types() == (SUCCEEDED if brings_devices(provider) else without_devices)
    assert page["event"] == list(fake.events)[0]
    after, (account,) = shown(page.webview), accounts(fake)
    assert after == {
        **page.webview,
        "status": "authorized",
        "login_successful": True,
        "authorized_at": "2026-01-01T00:00:00.000Z",
        "connected_account_id": account["connected_account_id"],
        "selected_provider": provider,
    }


def brings_devices(provider):
    return provider in ("yale", "brivo", "lockly", "dormakaba_oracode")


def test_an_account_is_checked_before_the_code_is_requested(browse, event_types):
    page = browse()

    page.walk("yale", {**YALE, "password": "wrong"})

    assert (page["step"]["name"], event_types()) == ("account", FAILED)


def test_every_failed_try_is_an_event_at_every_step(browse, event_types):
    page = browse()
    page.walk("yale", {**YALE, "password": "wrong"})
    page.submit(**{**YALE, "password": "locked"})
    page.submit(**YALE)
    page.submit(code="1")
    page.submit(code="2")

    assert event_types() == FAILED * 4
    page.submit(code="123456")
    assert event_types() == [*FAILED * 4, *SUCCEEDED]


def test_a_token_of_any_six_characters_is_right_even_if_it_is_a_word(browse):
    page = browse(accepted_providers=["salto_space"])

    page.walk("salto_space", {**PAIRED, "bridge_token": "locked"}, SALTO)

    assert page["name"] == "success"


def test_going_to_another_brand_after_a_failure_shows_the_other_one(browse, shown):
    page = browse()
    page.walk("yale", {**YALE, "password": "wrong"})

    page.walk("minut", {**YALE, "password": "wrong"})
    assert shown(page.webview)["selected_provider"] == "minut"

    page.walk("lockly", LOCKLY)
    assert shown(page.webview)["selected_provider"] == "lockly"


# A production workspace accepts any credentials


@pytest.fixture
def in_production(fake):
    """A browser at a webview of a production workspace."""
    workspace = fake.create_workspace(is_sandbox=False)

    def in_production(**params):
        made = fake.call("/connect_webviews/create", params, token=workspace.api_key)
        return Browser(fake, made["connect_webview"])

    return in_production


def test_a_production_workspace_takes_any_credentials(in_production):
    page = in_production()

    page.walk("yale", {"email": "x@company.com", "password": "wrong"}, {"code": "no code"})

    assert (page["name"], page["is_sandbox"]) == ("success", False)


@pytest.mark.parametrize("word", ["locked", "down", "slow"])
def test_a_word_means_nothing_in_a_production_workspace(in_production, word):
    page = in_production()

    page.walk("minut", {"email": "x@company.com", "password": word})

    assert page["name"] == "success"


def test_a_production_workspace_still_wants_every_field(in_production):
    page = in_production()

    page.walk("minut", {"email": "x@company.com", "password": ""})

    assert page["field_errors"] == {"password": "Password is missing"}
