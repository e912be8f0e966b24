"""/client_sessions: creating them, for which user, and their shape."""

from __future__ import annotations

import pytest

CREATE = "/client_sessions/create"
GET_OR_CREATE = "/client_sessions/get_or_create"
LIST = "/client_sessions/list"
UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
OTHER_UNKNOWN = "4a2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def make(fake):
    def make(path=CREATE, how="POST", **params):
        return fake.call(path, params, method=how)["client_session"]

    return make


def test_a_session_has_exactly_these_members(fake, make):
    session = make()

    assert {**session, "client_session_id": "", "token": ""} == {
        "client_session_id": "",
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "expires_at": "2027-01-01T00:00:00.000Z",
        "token": "",
        "user_identifier_key": None,
        "device_count": 0,
        "connected_account_ids": [],
        "connect_webview_ids": [],
        "user_identity_ids": [],
    }
    assert session["token"].startswith("seam_cst1")


def test_a_session_shows_what_it_was_made_with(make, ids):
    session = make(
        user_identifier_key="u1",
        connect_webview_ids=[ids.webview, ids.webview],
        connected_account_ids=[ids.account],
        user_identity_id=ids.identity,
        customer_key="c1",
        expires_at="2026-03-01T12:00:00+02:00",
    )

    assert session["user_identifier_key"] == "u1"
    assert session["connect_webview_ids"] == [ids.webview, ids.webview]
    assert session["connected_account_ids"] == [ids.account]
    assert session["user_identity_id"] == ids.identity
    assert session["user_identity_ids"] == [ids.identity]
    assert session["customer_key"] == "c1"
    assert session["expires_at"] == "2026-03-01T10:00:00.000Z"


def test_the_devices_of_its_accounts_are_counted(fake, make, login):
    fake.connect_account(provider="august")
    account_id = login()["connected_account_id"]

    session = make(connected_account_ids=[account_id, account_id])

    assert session["device_count"] == 1


@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE, "/client_sessions/grant_access"])
def test_the_old_name_of_the_identity_is_understood(make, ids, path):
    session_id = make()["client_session_id"]
    sent = {"client_session_id": session_id} if path.endswith("grant_access") else {}

    session = make(path, user_identity_ids=[ids.identity], **sent)

    assert session["user_identity_id"] == ids.identity
    assert session["user_identity_ids"] == [ids.identity]


def test_the_new_name_of_the_identity_comes_first(make, ids):
    session = make(user_identity_id=ids.identity, user_identity_ids=[ids.other_identity])

    assert session["user_identity_ids"] == [ids.identity]


@pytest.mark.parametrize("identity_ids", [[], [UNKNOWN, OTHER_UNKNOWN]])
@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
def test_there_is_exactly_one_identity(refuse, path, identity_ids):
    refusal = refuse(path, {"user_identity_ids": identity_ids})

    assert refusal.message == (
        'Array must contain exactly 1 element(s) for "user_identity_ids"'
    )


@pytest.mark.parametrize(
    "sent, customer",
    [
        ({"customer_id": "c9"}, "c9"),
        ({"customer_id": "c9", "customer_key": "c1"}, "c1"),
        ({"customer_id": ""}, None),
    ],
)
def test_a_customers_id_stands_for_its_key(make, sent, customer):
    assert make(**sent).get("customer_key") == customer


@pytest.mark.parametrize(
    "name, value, message",
    [
        ("user_identifier_key", "", "String must contain at least 1 character(s)"),
        ("customer_key", "", "String must contain at least 1 character(s)"),
        ("user_identity_id", "no uuid", "Invalid uuid"),
        ("expires_at", "tomorrow", "Invalid datetime"),
        ("expires_at", "2027-01-01", "Invalid datetime"),
        ("expires_at", "2027-01-01T00:00:00", "Invalid datetime"),
        ("expires_at", "2027-13-01T00:00:00Z", "Invalid datetime"),
        ("user_identifier_key", None, "Expected string, received null"),
        ("connect_webview_ids", None, "Expected array, received null"),
        ("expires_at", None, "Expected string, received null"),
    ],
)
def test_what_is_wrong_is_named(fake, refuse, name, value, message):
    refusal = refuse(CREATE, {name: value})

    assert (refusal.status, refusal.type) == (400, "invalid_input")
    assert refusal.message == f'{message} for "{name}"'
    assert fake.call(LIST)["client_sessions"] == []


# The same user again


def test_a_second_session_of_a_user_is_refused(fake, make, refuse):
    session = make(user_identifier_key="u1")

    refusal = refuse(CREATE, {"user_identifier_key": "u1", "customer_key": "c1"})

    assert (refusal.status, refusal.type, refusal.message) == (
        400,
        "client_session_token_already_exists",
        "A client session token already exists for this user, try using"
        " /client_session_tokens/get_or_create",
    )
    assert fake.call(LIST)["client_sessions"] == [session]


def test_put_returns_the_session_that_the_user_has(fake, make, ids):
    session = make(user_identifier_key="u1")

    again = make(how="PUT", user_identifier_key="u1", connect_webview_ids=[ids.webview])

    assert again == session
    assert fake.call(LIST)["client_sessions"] == [session]


def test_put_makes_a_session_where_the_user_has_none(make, ids):
    make(user_identifier_key="u1")

    session = make(how="PUT", user_identifier_key="u2", connect_webview_ids=[ids.webview])

    assert session["user_identifier_key"] == "u2"
    assert session["connect_webview_ids"] == [ids.webview]


def test_sessions_without_a_user_are_never_the_same(make):
    tokens = {make(path, how)["token"] for path, how in (
        (CREATE, "POST"), (CREATE, "POST"), (CREATE, "PUT"),
        (GET_OR_CREATE, "POST"), (GET_OR_CREATE, "POST"),
    )}

    assert len(tokens) == 5


def test_another_workspaces_user_is_another_user(fake, make):
    other = fake.create_workspace()
    make(user_identifier_key="u1")

    body = fake.call(CREATE, {"user_identifier_key": "u1"}, token=other.api_key)

    assert body["client_session"]["workspace_id"] == other.workspace_id


# get_or_create


def test_get_or_create_creates(make, ids):
    session = make(
        GET_OR_CREATE,
        user_identifier_key="u1",
        connect_webview_ids=[ids.webview],
        connected_account_ids=[ids.account],
        user_identity_id=ids.identity,
        expires_at="2026-02-01T00:00:00Z",
    )

    assert session["user_identifier_key"] == "u1"
    assert session["connect_webview_ids"] == [ids.webview]
    assert session["connected_account_ids"] == [ids.account]
    assert session["user_identity_id"] == ids.identity
    assert session["expires_at"] == "2026-02-01T00:00:00.000Z"


def test_get_or_create_gets(make, ids):
    session = make(
        user_identifier_key="u1", connect_webview_ids=[ids.webview], customer_key="c1"
    )

    assert make(GET_OR_CREATE, user_identifier_key="u1") == session


def test_get_or_create_adds_what_is_sent(make, ids):
    before = make(
        user_identifier_key="u1",
        connect_webview_ids=[ids.webview],
        user_identity_id=ids.identity,
    )

    after = make(
        GET_OR_CREATE,
        user_identifier_key="u1",
        connect_webview_ids=[ids.other_webview, ids.webview],
        connected_account_ids=[ids.account],
        user_identity_id=ids.other_identity,
        expires_at="2030-01-01T00:00:00Z",
    )

    assert after == {
        **before,
        "connect_webview_ids": [ids.webview, ids.other_webview],
        "connected_account_ids": [ids.account],
        "user_identity_id": ids.other_identity,
        "user_identity_ids": [ids.other_identity],
        "device_count": 2,
        "expires_at": "2030-01-01T00:00:00.000Z",
    }


def test_get_or_create_takes_no_customer(make):
    assert "customer_key" not in make(GET_OR_CREATE, user_identifier_key="u1", customer_key="c1")


def test_a_session_that_expired_is_valid_again_with_a_later_end(fake, make):
    token = make(user_identifier_key="u1", expires_at="2020-01-01T00:00:00Z")["token"]

    make(GET_OR_CREATE, user_identifier_key="u1", expires_at="2030-01-01T00:00:00Z")

    assert fake.call("/devices/list", token=token)["devices"] == []


@pytest.mark.parametrize(("path", "how"), [(GET_OR_CREATE, "POST"), (CREATE, "PUT")])
def test_an_expired_session_is_replaced_by_a_fresh_one(fake, make, path, how):
    expired = make(user_identifier_key="u1", expires_at="2026-01-02T00:00:00Z")
    fake.clock.advance(24 * 3600)

    fresh = make(path, how, user_identifier_key="u1")

    assert fresh["token"] != expired["token"]
    assert fresh["expires_at"] == "2027-01-02T00:00:00.000Z"
    assert fake.call("/devices/list", token=fresh["token"])["devices"] == []
    assert make(path, how, user_identifier_key="u1") == fresh
    assert fake.call(LIST)["client_sessions"] == [expired, fresh]


def test_a_users_session_is_the_one_that_has_not_expired(fake, make):
    make(user_identifier_key="u1", expires_at="2020-01-01T00:00:00Z")
    fresh = make(GET_OR_CREATE, user_identifier_key="u1")

    found = fake.call("/client_sessions/get", {"user_identifier_key": "u1"})

    assert found["client_session"] == fresh
