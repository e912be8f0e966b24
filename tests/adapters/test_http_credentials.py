"""Who asks: credentials in every header that carries them, and what refuses them."""

from __future__ import annotations

from datetime import timedelta

import pytest

UNAUTHORIZED = "Missing or invalid authentication"


@pytest.fixture
def error(ask):
    """The status, type and message that a read with these headers gets."""

    def error(headers, path="/connect_webviews/list"):
        answer = ask("POST", path, headers=headers)
        found = answer.get_json()["error"]
        return answer.status_code, found["type"], found["message"]

    return error


@pytest.fixture
def session(fake):
    return fake.create_client_session("jane")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_letter_case_of_bearer_does_not_matter(ask, fake, scheme):
    answer = ask(
        "GET", "/connect_webviews/list", headers={"Authorization": f"{scheme} {fake.api_key}"}
    )

    assert answer.status_code == 200


def test_no_credentials_are_unauthorized(error):
    assert error({}) == (401, "unauthorized", UNAUTHORIZED)


@pytest.mark.parametrize("value", ["Basic c2VhbTp4", "Bearer", "Bearer ", "", "seam_test1_x"])
def test_a_header_without_a_bearer_token_is_no_credential(error, value):
    assert error({"Authorization": value}) == (401, "unauthorized", UNAUTHORIZED)


@pytest.mark.parametrize("token", ["seam_test1234_unknown", "junk", "eyJhbGciOiJIUzI1NiJ9.e30.x"])
def test_an_unknown_key_is_named_so(error, token):
    assert error({"Authorization": f"Bearer {token}"}) == (
        401,
        "unauthorized",
        "API Key not found",
    )


@pytest.mark.parametrize("name", ["seam-api-key", "x-api-key"])
def test_a_key_in_another_header_is_no_credential(error, fake, name):
    assert error({name: fake.api_key}) == (401, "unauthorized", UNAUTHORIZED)


def test_a_publishable_key_reads_nothing(error, fake):
    key = fake.call("/workspaces/get")["workspace"]["publishable_key"]

    assert error({"seam-publishable-key": key}) == (401, "unauthorized", UNAUTHORIZED)


# Personal access tokens


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


def test_an_access_token_comes_with_a_workspace(ask, fake, token):
    answer = ask(
        "GET",
        "/workspaces/get",
        headers={"Authorization": f"Bearer {token}", "seam-workspace": fake.workspace_id},
    )

    assert answer.get_json()["workspace"]["workspace_id"] == fake.workspace_id


def test_an_access_token_without_a_workspace_is_unauthorized(error, token):
    assert error({"Authorization": f"Bearer {token}"})[:2] == (401, "unauthorized")


@pytest.mark.parametrize("workspace", ["11111111-2222-4333-8444-555555555555", "none", ""])
def test_an_access_token_with_an_unknown_workspace_is_unauthorized(error, token, workspace):
    headers = {"Authorization": f"Bearer {token}", "seam-workspace": workspace}

    assert error(headers) == (401, "unauthorized", "Access token not found")


def test_an_unknown_access_token_is_unauthorized(error, fake):
    headers = {"Authorization": "Bearer seam_at1x_y", "seam-workspace": fake.workspace_id}

    assert error(headers) == (401, "unauthorized", "Access token not found")


def test_a_key_acts_in_its_own_workspace_whatever_is_named(ask, fake):
    elsewhere = fake.create_workspace("Elsewhere")

    answer = ask(
        "GET",
        "/workspaces/get",
        headers={
            "Authorization": f"Bearer {fake.api_key}",
            "seam-workspace": elsewhere.workspace_id,
        },
    )

    assert answer.get_json()["workspace"]["workspace_id"] == fake.workspace_id


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
def test_a_session_token_is_taken_from(ask, session, headers):
    answer = ask("POST", "/connect_webviews/create", headers=headers(session))

    assert answer.status_code == 200


def test_a_session_sees_the_webviews_it_makes_and_no_other(ask, fake, session):
    fake.call("/connect_webviews/create")
    headers = {"seam-client-session-token": session}
    made = ask("POST", "/connect_webviews/create", headers=headers).get_json()

    listed = ask("GET", "/connect_webviews/list", headers=headers).get_json()

    assert listed["connect_webviews"] == [made["connect_webview"]]


def test_a_session_sees_the_account_of_its_webview(ask, fake, session):
    headers = {"seam-client-session-token": session}
    made = ask("POST", "/connect_webviews/create", headers=headers).get_json()
    account = fake.complete_connect_webview(made["connect_webview"])
    account_id = account["connected_account_id"]

    answer = ask(
        "GET", f"/connected_accounts/get?connected_account_id={account_id}", headers=headers
    )

    assert answer.get_json()["connected_account"] == account


@pytest.mark.parametrize("name", ["seam-client-session-token", "client-session-token"])
@pytest.mark.parametrize("value", ["junk", "", "seam_test1234_unknown"])
def test_a_session_header_of_another_shape_is_malformed(error, name, value):
    assert error({name: value}) == (
        400,
        "invalid_client_session_token",
        "Invalid client session token",
    )


def test_a_malformed_session_header_beside_a_useless_bearer_is_malformed(error):
    headers = {"Authorization": "Bearer junk", "client-session-token": "junk"}

    assert error(headers)[1] == "invalid_client_session_token"


def test_a_valid_bearer_beats_a_malformed_session_header(ask, fake):
    answer = ask(
        "GET",
        "/connect_webviews/list",
        headers={"Authorization": f"Bearer {fake.api_key}", "client-session-token": "junk"},
    )

    assert answer.status_code == 200


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
        "unauthorized",
        UNAUTHORIZED,
    )


def test_the_session_of_a_customer_sees_what_is_the_customers(ask, fake):
    account = fake.connect_account(customer_key="north")
    fake.connect_account(customer_key="south")
    token = fake.create_client_session(customer_key="north")

    answer = ask("GET", "/connected_accounts/list", headers={"client-session-token": token})

    assert answer.get_json()["connected_accounts"] == [account]
