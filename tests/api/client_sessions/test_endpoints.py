"""/client_sessions: finding, granting access, revoking and deleting."""

from __future__ import annotations

import pytest

CREATE = "/client_sessions/create"
GET = "/client_sessions/get"
LIST = "/client_sessions/list"
GRANT = "/client_sessions/grant_access"
REVOKE = "/client_sessions/revoke"
DELETE = "/client_sessions/delete"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
NOT_FOUND = (404, "client_session_not_found", "Could not find client session")


@pytest.fixture
def make(fake):
    def make(**params):
        return fake.call(CREATE, params)["client_session"]

    return make


@pytest.fixture
def foreign(fake):
    """A session of another workspace."""
    token = fake.create_workspace().api_key
    return fake.call(CREATE, {"user_identifier_key": "foreign"}, token=token)["client_session"]


@pytest.fixture
def refused(refuse):
    def refused(path, params=None, **how):
        refusal = refuse(path, params, **how)
        return refusal.status, refusal.type, refusal.message

    return refused


def by_id(session):
    return {"client_session_id": session["client_session_id"]}


# get


def test_a_session_is_found_by_its_id_its_user_or_both(fake, make):
    make(user_identifier_key="u0")
    session = make(user_identifier_key="u1")
    user = {"user_identifier_key": "u1"}

    for sent in (by_id(session), user, {**by_id(session), **user}):
        assert fake.call(GET, sent)["client_session"] == session


@pytest.mark.parametrize(
    "sent",
    [{}, {"client_session_id": UNKNOWN}, {"user_identifier_key": "nobody"}],
    ids=["nothing", "id", "user"],
)
def test_an_unknown_session_is_not_found(make, refused, sent):
    make()
    make(user_identifier_key="u1")

    assert refused(GET, sent) == NOT_FOUND


def test_an_id_and_a_user_that_do_not_belong_together_find_nothing(make, refused):
    session = make(user_identifier_key="u1")

    assert refused(GET, {**by_id(session), "user_identifier_key": "u2"}) == NOT_FOUND


def test_another_workspaces_session_is_not_found(foreign, refused):
    assert refused(GET, by_id(foreign)) == NOT_FOUND
    assert refused(GET, {"user_identifier_key": "foreign"}) == NOT_FOUND
    for path in (GRANT, REVOKE, DELETE):
        assert refused(path, by_id(foreign)) == NOT_FOUND


@pytest.mark.parametrize("path", [GET, REVOKE, DELETE])
def test_an_id_is_a_uuid(refused, path):
    assert refused(path, {"client_session_id": "no uuid"})[2] == (
        'Invalid uuid for "client_session_id"'
    )


def test_a_sessions_own_token_gets_itself(fake, make):
    make(user_identifier_key="u0")
    session = make(user_identifier_key="u1")

    assert fake.call(GET, token=session["token"])["client_session"] == session


@pytest.mark.parametrize("name", ["client_session_id", "user_identifier_key"])
def test_a_sessions_own_token_is_sent_without_an_id_or_user(make, refused, name):
    session = make(user_identifier_key="u1")

    assert refused(GET, {name: session[name]}, token=session["token"]) == (
        400,
        "invalid_options",
        "Cannot send client_session_id or user_identifier_key params when using a client"
        " session token",
    )


def test_a_customers_session_does_not_get_itself(make, refused):
    session = make(customer_key="c1")

    assert refused(GET, token=session["token"])[0] == 401


# list


@pytest.fixture
def three(make, ids):
    """Sessions: with everything, with two webviews, and with nothing."""
    return [
        make(
            user_identifier_key="u1",
            connect_webview_ids=[ids.webview],
            user_identity_id=ids.identity,
        ),
        make(connect_webview_ids=[ids.webview, ids.other_webview]),
        make(),
    ]


@pytest.mark.parametrize(
    "sent, places",
    [
        ({}, [0, 1, 2]),
        ({"user_identifier_key": "u1"}, [0]),
        ({"user_identifier_key": "nobody"}, []),
        ({"connect_webview_id": "webview"}, [0, 1]),
        ({"connect_webview_id": "other_webview"}, [1]),
        ({"connect_webview_id": "unknown"}, []),
        ({"connect_webview_id": None}, [2]),
        ({"user_identity_id": "identity"}, [0]),
        ({"user_identity_id": None}, [1, 2]),
        ({"user_identity_id": "no uuid"}, []),
        ({"user_identity_id": None, "connect_webview_id": None}, [2]),
        ({"user_identity_id": None, "connect_webview_id": "webview"}, [1]),
        ({"without_user_identifier_key": True}, [1, 2]),
        ({"without_user_identifier_key": False}, [0, 1, 2]),
        ({"without_user_identifier_key": True, "user_identifier_key": "u1"}, []),
        ({"client_session_id": "no uuid"}, []),
    ],
)
def test_a_list_keeps_what_meets_every_filter(fake, three, foreign, ids, sent, places):
    named = {name: getattr(ids, str(value), value) for name, value in sent.items()}

    assert fake.call(LIST, named) == {
        "client_sessions": [three[place] for place in places],
        "ok": True,
    }


def test_a_list_is_filtered_by_id(fake, three, foreign):
    assert fake.call(LIST, by_id(three[1]))["client_sessions"] == [three[1]]
    both = {**by_id(three[1]), "user_identifier_key": "u1"}
    assert fake.call(LIST, both)["client_sessions"] == []
    assert fake.call(LIST, by_id(foreign))["client_sessions"] == []


def test_after_its_webview_was_deleted_a_session_is_one_without(fake, make, create):
    webview = create()
    session = make(connect_webview_ids=[webview["connect_webview_id"]])
    fake.call(
        "/connect_webviews/delete", {"connect_webview_id": webview["connect_webview_id"]}
    )

    found = fake.call(LIST, {"connect_webview_id": None})["client_sessions"]

    assert found == [{**session, "connect_webview_ids": []}]


@pytest.mark.parametrize("name", ["client_session_id", "user_identifier_key"])
def test_only_two_filters_may_be_null(refused, name):
    assert refused(LIST, {name: None})[2] == f'Expected string, received null for "{name}"'


# grant_access


def test_access_is_granted_by_user_or_id(fake, make, ids):
    session = make(user_identifier_key="u1", connect_webview_ids=[ids.webview])
    both = [ids.webview, ids.other_webview]

    one = fake.call(GRANT, {"user_identifier_key": "u1", "connect_webview_ids": both})
    two = fake.call(
        GRANT,
        {
            **by_id(session),
            "connected_account_ids": [ids.account],
            "user_identity_id": ids.identity,
        },
        method="PATCH",
    )

    assert one["client_session"]["connect_webview_ids"] == both
    assert two["client_session"] == {
        **session,
        "connect_webview_ids": both,
        "connected_account_ids": [ids.account],
        "user_identity_id": ids.identity,
        "user_identity_ids": [ids.identity],
        "device_count": 2,
    }
    assert fake.call(GET, by_id(session))["client_session"] == two["client_session"]


def test_granting_needs_a_parameter(refused):
    assert refused(GRANT) == (400, "invalid_input", "At least one parameter is required")


def test_granting_without_a_known_session_finds_none(make, refused):
    make()

    assert refused(GRANT, {"connected_account_ids": ["a1"]}) == NOT_FOUND
    assert refused(GRANT, {"client_session_id": "no uuid"}) == NOT_FOUND
    assert refused(GRANT, {"user_identifier_key": "nobody"}) == NOT_FOUND


def test_a_users_key_sent_with_an_id_is_granted_too(fake, make):
    session = make()

    fake.call(GRANT, {**by_id(session), "user_identifier_key": "u1"})

    found = fake.call(GET, {"user_identifier_key": "u1"})["client_session"]
    assert found == {**session, "user_identifier_key": "u1"}


def test_two_sessions_do_not_get_the_same_user(fake, make, refused, ids):
    make(user_identifier_key="u1")
    session = make(user_identifier_key="u2")
    sent = {**by_id(session), "user_identifier_key": "u1", "connect_webview_ids": [ids.webview]}

    assert refused(GRANT, sent)[:2] == (400, "client_session_token_already_exists")
    assert fake.call(GET, by_id(session))["client_session"] == session


# revoke, delete


def test_a_revoked_session_opens_nothing_and_is_still_listed(fake, make, refused):
    session = make(user_identifier_key="u1")

    assert fake.call(REVOKE, by_id(session)) == {"ok": True}

    assert refused("/devices/list", token=session["token"]) == (
        401,
        "client_session_revoked",
        "Unauthorized (client session revoked)",
    )
    assert fake.call(LIST)["client_sessions"] == [session]
    assert len(fake.events) == 0
    assert fake.call(REVOKE, by_id(session)) == {"ok": True}


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_deleted_session_is_gone(fake, make, refused, method):
    session = make(user_identifier_key="u1")

    assert fake.call(DELETE, by_id(session), method=method) == {"ok": True}

    assert refused("/devices/list", token=session["token"]) == (
        401,
        "client_session_not_found",
        "Unauthorized (client session not found)",
    )
    assert fake.call(LIST)["client_sessions"] == []
    assert refused(GET, by_id(session)) == NOT_FOUND
    assert refused(DELETE, by_id(session)) == NOT_FOUND
    assert make(user_identifier_key="u1")["token"] != session["token"]


def test_a_deletion_emits_an_event(fake, make):
    session = make()

    fake.call(DELETE, by_id(session))

    event = fake.events.assert_emitted("client_session.deleted")
    assert {**event, "event_id": ""} == {
        "event_id": "",
        "event_type": "client_session.deleted",
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "occurred_at": "2026-01-01T00:00:00.000Z",
        "event_description": "A client session was deleted.",
        **by_id(session),
    }
