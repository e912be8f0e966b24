"""Credentials in every header that can have them, and the errors of invalid ones."""

from __future__ import annotations

from datetime import timedelta

import pytest

UNAUTHORIZED = "Missing or invalid authentication"
CREATE = "/client_sessions/create"
GET_OR_CREATE = "/client_sessions/get_or_create"


@pytest.fixture
def error(send):
    """The status, type and message of the error that a request with these headers gets."""

    def error(headers, path="/connect_webviews/list", method="POST", **sent):
        response = send(method, path, headers=headers, **sent)
        found = response.get_json()["error"]
        return response.status_code, found["type"], found["message"]

    return error


@pytest.fixture
def session(fake):
    return fake.create_client_session("jane")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_letter_case_of_bearer_does_not_matter(send, fake, scheme):
    response = send(
        "GET", "/connect_webviews/list", headers={"Authorization": f"{scheme} {fake.api_key}"}
    )

    assert response.status_code == 200


def test_no_credentials_are_unauthorized(error):
    assert error({}) == (401, "unauthorized", UNAUTHORIZED)


@pytest.mark.parametrize("value", ["Basic c2VhbTp4", "Bearer", "Bearer ", "", "seam_test1_x"])
def test_a_header_without_a_bearer_token_is_not_a_credential(error, value):
    assert error({"Authorization": value}) == (401, "unauthorized", UNAUTHORIZED)


@pytest.mark.parametrize("token", ["seam_test1234_unknown", "junk", "eyJhbGciOiJIUzI1NiJ9.e30.x"])
def test_an_unknown_key_has_its_own_message(error, token):
    assert error({"Authorization": f"Bearer {token}"}) == (
        401,
        "unauthorized",
        "API Key not found",
    )


@pytest.mark.parametrize("name", ["seam-api-key", "x-api-key"])
def test_a_key_in_another_header_is_not_a_credential(error, fake, name):
    assert error({name: fake.api_key}) == (401, "unauthorized", UNAUTHORIZED)


def test_a_publishable_key_reads_nothing(error, fake):
    key = fake.call("/workspaces/get")["workspace"]["publishable_key"]

    assert error({"seam-publishable-key": key}) == (401, "unauthorized", UNAUTHORIZED)


# Personal access tokens


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


def test_an_access_token_is_sent_with_a_workspace(send, fake, token):
    response = send(
        "GET",
        "/workspaces/get",
        headers={"Authorization": f"Bearer {token}", "seam-workspace": fake.workspace_id},
    )

    assert response.get_json()["workspace"]["workspace_id"] == fake.workspace_id


def test_an_access_token_without_a_workspace_is_unauthorized(error, token):
    assert error({"Authorization": f"Bearer {token}"})[:2] == (401, "unauthorized")


@pytest.mark.parametrize("workspace", ["11111111-2222-4333-8444-555555555555", "none", ""])
def test_an_access_token_with_an_unknown_workspace_is_unauthorized(error, token, workspace):
    headers = {"Authorization": f"Bearer {token}", "seam-workspace": workspace}

    assert error(headers) == (401, "unauthorized", "Access token not found")


def test_an_unknown_access_token_is_unauthorized(error, fake):
    headers = {"Authorization": "Bearer seam_at1x_y", "seam-workspace": fake.workspace_id}

    assert error(headers) == (401, "unauthorized", "Access token not found")


def test_a_key_acts_in_its_own_workspace_whatever_is_named(send, fake):
    elsewhere = fake.create_workspace("Elsewhere")

    response = send(
        "GET",
        "/workspaces/get",
        headers={
            "Authorization": f"Bearer {fake.api_key}",
            "seam-workspace": elsewhere.workspace_id,
        },
    )

    assert response.get_json()["workspace"]["workspace_id"] == fake.workspace_id


# Client sessions


@pytest.mark.parametrize(
    "headers",
    [
        lambda token: {"seam-client-session-token": token},
        lambda token: {"client-session-token": token},
        lambda token: {"Authorization": f"Bearer {token}"},
        lambda token: {"Authorization": f"Bearer {token}", "client-session-token": token},
    ],
    ids=["its header", "its other header", "bearer", "bearer and header"],
)
def test_a_session_token_is_taken_from(send, session, headers):
    response = send("POST", "/connect_webviews/create", headers=headers(session))

    assert response.status_code == 200


def test_a_session_sees_the_webviews_it_makes_and_no_other(send, fake, session):
    fake.call("/connect_webviews/create")
    headers = {"seam-client-session-token": session}
    created = send("POST", "/connect_webviews/create", headers=headers).get_json()

    listed = send("GET", "/connect_webviews/list", headers=headers).get_json()

    assert listed["connect_webviews"] == [created["connect_webview"]]


def test_a_session_sees_the_account_of_its_webview(send, fake, session):
    headers = {"seam-client-session-token": session}
    created = send("POST", "/connect_webviews/create", headers=headers).get_json()
    account = fake.complete_connect_webview(created["connect_webview"])
    account_id = account["connected_account_id"]

    response = send(
        "GET", f"/connected_accounts/get?connected_account_id={account_id}", headers=headers
    )

    assert response.get_json()["connected_account"] == account


@pytest.mark.parametrize("name", ["seam-client-session-token", "client-session-token"])
@pytest.mark.parametrize("value", ["junk", "", "seam_test1234_unknown"])
def test_a_session_header_of_another_shape_is_malformed(error, name, value):
    assert error({name: value}) == (
        400,
        "invalid_client_session_token",
        "Invalid client session token",
    )


def test_a_malformed_session_header_with_an_invalid_bearer_is_malformed(error):
    headers = {"Authorization": "Bearer junk", "client-session-token": "junk"}

    assert error(headers)[1] == "invalid_client_session_token"


def test_a_valid_bearer_beats_a_malformed_session_header(send, fake):
    response = send(
        "GET",
        "/connect_webviews/list",
        headers={"Authorization": f"Bearer {fake.api_key}", "client-session-token": "junk"},
    )

    assert response.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"client-session-token": "seam_cst1x_y"}, {"Authorization": "Bearer seam_cst1x_y"}],
    ids=["header", "bearer"],
)
def test_an_unknown_session_is_unauthorized(error, headers):
    assert error(headers) == (
        401,
        "client_session_not_found",
        "Unauthorized (client session not found)",
    )


def test_a_session_expires(error, fake, session):
    fake.clock.advance(timedelta(days=365))

    assert error({"client-session-token": session}) == (
        401,
        "client_session_expired",
        "Unauthorized (client session expired)",
    )


@pytest.mark.parametrize(
    "path",
    [
        "/connect_webviews/delete",
        "/connected_accounts/list",
        "/connected_accounts/update",
        "/connected_accounts/delete",
        "/connected_accounts/sync",
        "/connected_accounts/simulate/disconnect",
        "/workspaces/reset_sandbox",
    ],
)
def test_a_session_may_not_call(error, session, path):
    assert error({"client-session-token": session}, path) == (
        401,
        "client_session_token_used_for_api_key",
        "A client session token was used instead of an API key",
    )


def test_the_session_of_a_customer_sees_what_is_the_customers(send, fake):
    account = fake.connect_account(customer_key="north")
    fake.connect_account(customer_key="south")
    token = fake.create_client_session(customer_key="north")

    response = send("GET", "/connected_accounts/list", headers={"client-session-token": token})

    assert response.get_json()["connected_accounts"] == [account]


# Publishable keys


@pytest.fixture
def key(fake):
    return fake.call("/workspaces/get")["workspace"]["publishable_key"]


def test_the_user_is_in_the_body(send, key):
    response = send(
        "POST",
        GET_OR_CREATE,
        headers={"seam-publishable-key": key},
        json={"user_identifier_key": "u1"},
    )

    assert response.status_code == 200
    assert response.get_json()["client_session"]["user_identifier_key"] == "u1"


@pytest.mark.parametrize("name", ["user-identifier-key", "seam-user-identifier-key"])
@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
def test_the_user_may_be_in_a_header(send, key, path, name):
    response = send("POST", path, headers={"seam-publishable-key": key, name: "u1"})

    assert response.get_json()["client_session"]["user_identifier_key"] == "u1"


def test_the_user_in_the_body_comes_first(send, key):
    response = send(
        "PUT",
        CREATE,
        headers={"seam-publishable-key": key, "user-identifier-key": "u2"},
        json={"user_identifier_key": "u1"},
    )

    assert response.get_json()["client_session"]["user_identifier_key"] == "u1"


def test_the_users_header_is_ignored_with_an_api_key(send, fake):
    headers = {"Authorization": f"Bearer {fake.api_key}", "user-identifier-key": "u1"}

    response = send("POST", CREATE, headers=headers)

    assert response.get_json()["client_session"]["user_identifier_key"] is None


def test_an_api_key_beats_a_publishable_key(send, fake):
    headers = {"Authorization": f"Bearer {fake.api_key}", "seam-publishable-key": "seam_pk1_x"}
    webview = fake.call("/connect_webviews/create")["connect_webview"]["connect_webview_id"]

    response = send("POST", CREATE, headers=headers, json={"connect_webview_ids": [webview]})

    assert response.get_json()["client_session"]["connect_webview_ids"] == [webview]


def test_a_session_beats_a_publishable_key(error, fake, key):
    headers = {
        "client-session-token": fake.create_client_session(),
        "seam-publishable-key": key,
    }

    refusal = error(headers, CREATE)

    assert refusal[:2] == (401, "client_session_token_used_for_api_key")


def test_a_publishable_key_is_not_a_bearer_token(error, key):
    assert error({"Authorization": f"Bearer {key}"}, CREATE) == (
        401,
        "unauthorized",
        "API Key not found",
    )


@pytest.mark.parametrize("value", ["", "nonsense", "seam_pk1unknown_x"])
def test_an_unknown_publishable_key_finds_no_workspace(error, value):
    assert error({"seam-publishable-key": value}, CREATE) == (
        401,
        "workspace_not_found",
        "Cannot find workspace associated with this publishable_key",
    )


# The order of the checks: the key, the method, the parameters, the rest


def test_an_unknown_key_is_refused_before_a_wrong_method(error):
    assert error({"seam-publishable-key": "seam_pk1_x"}, CREATE, "GET")[0] == 401


def test_a_wrong_method_is_refused_before_wrong_parameters(error, key):
    found = error({"seam-publishable-key": key}, CREATE, "DELETE", json={"expires_at": 7})

    assert found == (405, "method_not_allowed", "only POST,PUT accepted")


def test_wrong_parameters_are_refused_before_a_missing_user(error, key):
    found = error({"seam-publishable-key": key}, CREATE, json={"expires_at": 7})

    assert found == (
        400,
        "invalid_input",
        'Expected string, received number for "expires_at"',
    )


def test_a_missing_user_is_refused_before_what_may_not_be_given(error, key):
    sent = {"connect_webview_ids": ["w"]}

    assert error({"seam-publishable-key": key}, CREATE, json=sent) == (
        401,
        "publishable_key_requires_user_identifier_key",
        "user_identifier_key is required with publishable_key",
    )


@pytest.mark.parametrize("query, found", [("connect_webview_id=", 1), ("connect_webview_id=w", 0)])
def test_an_empty_webview_id_in_a_query_finds_sessions_without_one(send, query, found):
    send("POST", CREATE)

    response = send("GET", f"/client_sessions/list?{query}&_strict=true")

    assert len(response.get_json()["client_sessions"]) == found
