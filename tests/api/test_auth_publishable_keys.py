"""A publishable key creates or gets the empty session of one user, and opens nothing else."""

from __future__ import annotations

import pytest

CREATE = "/client_sessions/create"
GET_OR_CREATE = "/client_sessions/get_or_create"
USER = {"user_identifier_key": "u1"}


@pytest.fixture
def key(fake):
    return fake.call("/workspaces/get")["workspace"]["publishable_key"]


@pytest.fixture
def refused(fake, refuse):
    def refused(path, params, token):
        before = fake.snapshot()
        refusal = refuse(path, params, token=token)
        assert fake.snapshot() == before
        return refusal.status, refusal.type, refusal.message

    return refused


@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
def test_it_makes_an_empty_session(fake, key, path):
    session = fake.call(path, USER, token=key)["client_session"]

    assert session["workspace_id"] == fake.workspace_id
    assert session["user_identifier_key"] == "u1"
    assert (session["connected_account_ids"], session["connect_webview_ids"]) == ([], [])
    assert fake.call("/devices/list", token=session["token"])["devices"] == []


def test_it_gets_the_session_that_the_user_has(fake, key):
    webview = fake.call("/connect_webviews/create")["connect_webview"]
    sees = {"connect_webview_ids": [webview["connect_webview_id"]]}
    session = fake.call(CREATE, {**USER, **sees})["client_session"]

    assert fake.call(GET_OR_CREATE, USER, token=key)["client_session"] == session
    assert fake.call(CREATE, USER, token=key, method="PUT")["client_session"] == session


def test_it_makes_no_second_session_of_a_user(fake, key, refused):
    fake.call(CREATE, USER)

    assert refused(CREATE, USER, key)[:2] == (400, "client_session_token_already_exists")


def test_it_opens_its_own_workspace(fake):
    other = fake.create_workspace()
    key = fake.call("/workspaces/get", token=other.api_key)["workspace"]["publishable_key"]

    session = fake.call(GET_OR_CREATE, USER, token=key)["client_session"]

    assert session["workspace_id"] == other.workspace_id


@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
@pytest.mark.parametrize("params", [{}, {"user_identifier_key": "  "}])
def test_it_needs_a_user(key, refused, path, params):
    assert refused(path, params, key) == (
        401,
        "publishable_key_requires_user_identifier_key",
        "user_identifier_key is required with publishable_key",
    )


@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
@pytest.mark.parametrize(
    "params",
    [
        {"connect_webview_ids": ["w"]},
        {"connected_account_ids": []},
        {"user_identity_id": "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"},
        {"user_identity_ids": ["3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"]},
    ],
)
def test_it_may_give_nothing_to_see(key, refused, path, params):
    assert refused(path, {**USER, **params}, key) == (
        403,
        "publishable_keys_must_create_empty_client_sessions",
        "You cannot specify connect_webview_ids or connected_account_ids when using a"
        " publishable key",
    )


@pytest.mark.parametrize("name", ["customer_key", "customer_id"])
def test_it_may_name_no_customer(key, refused, name):
    assert refused(CREATE, {**USER, name: "c1"}, key)[0] == 403


def test_it_may_say_when_the_session_ends(fake, key):
    sent = {**USER, "expires_at": "2026-02-01T00:00:00Z"}

    session = fake.call(GET_OR_CREATE, sent, token=key)["client_session"]

    assert session["expires_at"] == "2026-02-01T00:00:00.000Z"


@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
def test_an_unknown_key_belongs_to_no_workspace(refused, path):
    assert refused(path, USER, "seam_pk1unknown_key") == (
        401,
        "workspace_not_found",
        "Cannot find workspace associated with this publishable_key",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/client_sessions/get",
        "/client_sessions/list",
        "/client_sessions/grant_access",
        "/client_sessions/revoke",
        "/client_sessions/delete",
        "/workspaces/list",
        "/devices/list",
    ],
)
def test_it_opens_nothing_else(key, refused, path):
    assert refused(path, USER, key) == (
        401,
        "unauthorized",
        "Missing or invalid authentication",
    )


def test_a_workspace_can_do_without_publishable_keys(fake, key, refused):
    fake.call("/workspaces/update", {"is_publishable_key_auth_enabled": False})
    assert refused(GET_OR_CREATE, USER, key)[:2] == (401, "unauthorized")

    fake.call("/workspaces/update", {"is_publishable_key_auth_enabled": True})

    assert fake.call(GET_OR_CREATE, USER, token=key)["ok"] is True


def test_it_goes_on_working_after_a_reset(fake, key):
    fake.call(GET_OR_CREATE, USER, token=key)

    fake.call("/workspaces/reset_sandbox")

    assert fake.call("/client_sessions/list")["client_sessions"] == []
    assert fake.call(GET_OR_CREATE, USER, token=key)["ok"] is True
