"""A publishable key over HTTP: its header, the user's header, and what comes before it."""

from __future__ import annotations

import pytest

CREATE = "/client_sessions/create"
GET_OR_CREATE = "/client_sessions/get_or_create"


@pytest.fixture
def key(fake):
    return fake.call("/workspaces/get")["workspace"]["publishable_key"]


@pytest.fixture
def error(ask):
    def error(method, path, headers, **sent):
        answer = ask(method, path, headers=headers, **sent)
        found = answer.get_json()["error"]
        return answer.status_code, found["type"], found["message"]

    return error


def test_the_user_is_in_the_body(ask, key):
    answer = ask(
        "POST",
        GET_OR_CREATE,
        headers={"seam-publishable-key": key},
        json={"user_identifier_key": "u1"},
    )

    assert answer.status_code == 200
    assert answer.get_json()["client_session"]["user_identifier_key"] == "u1"


@pytest.mark.parametrize("name", ["user-identifier-key", "seam-user-identifier-key"])
@pytest.mark.parametrize("path", [CREATE, GET_OR_CREATE])
def test_the_user_may_be_in_a_header(ask, key, path, name):
    answer = ask("POST", path, headers={"seam-publishable-key": key, name: "u1"})

    assert answer.get_json()["client_session"]["user_identifier_key"] == "u1"


def test_the_user_in_the_body_comes_first(ask, key):
    answer = ask(
        "PUT",
        CREATE,
        headers={"seam-publishable-key": key, "user-identifier-key": "u2"},
        json={"user_identifier_key": "u1"},
    )

    assert answer.get_json()["client_session"]["user_identifier_key"] == "u1"


def test_the_users_header_says_nothing_beside_an_api_key(ask, fake):
    headers = {"Authorization": f"Bearer {fake.api_key}", "user-identifier-key": "u1"}

    answer = ask("POST", CREATE, headers=headers)

    assert answer.get_json()["client_session"]["user_identifier_key"] is None


def test_an_api_key_beats_a_publishable_key(ask, fake):
    headers = {"Authorization": f"Bearer {fake.api_key}", "seam-publishable-key": "seam_pk1_x"}

    answer = ask("POST", CREATE, headers=headers, json={"connect_webview_ids": ["w"]})

    assert answer.get_json()["client_session"]["connect_webview_ids"] == ["w"]


def test_a_session_beats_a_publishable_key(error, fake, key):
    headers = {
        "client-session-token": fake.create_client_session(),
        "seam-publishable-key": key,
    }

    assert error("POST", CREATE, headers)[:2] == (401, "unauthorized")


def test_a_publishable_key_is_no_bearer_token(error, key):
    assert error("POST", CREATE, {"Authorization": f"Bearer {key}"}) == (
        401,
        "unauthorized",
        "API Key not found",
    )


@pytest.mark.parametrize("value", ["", "nonsense", "seam_pk1unknown_x"])
def test_a_key_of_nobody_finds_no_workspace(error, value):
    assert error("POST", CREATE, {"seam-publishable-key": value}) == (
        401,
        "workspace_not_found",
        "Cannot find workspace associated with this publishable_key",
    )


# In the order in which they are refused: the key, the method, the parameters, the rest


def test_an_unknown_key_is_refused_before_a_wrong_method(error):
    assert error("GET", CREATE, {"seam-publishable-key": "seam_pk1_x"})[0] == 401


def test_a_wrong_method_is_refused_before_wrong_parameters(error, key):
    found = error("DELETE", CREATE, {"seam-publishable-key": key}, json={"expires_at": 7})

    assert found == (405, "method_not_allowed", "only POST,PUT accepted")


def test_wrong_parameters_are_refused_before_a_missing_user(error, key):
    found = error("POST", CREATE, {"seam-publishable-key": key}, json={"expires_at": 7})

    assert found == (
        400,
        "invalid_input",
        'Expected string, received number for "expires_at"',
    )


def test_a_missing_user_is_refused_before_what_may_not_be_given(error, key):
    sent = {"connect_webview_ids": ["w"]}

    assert error("POST", CREATE, {"seam-publishable-key": key}, json=sent) == (
        401,
        "publishable_key_requires_user_identifier_key",
        "user_identifier_key is required with publishable_key",
    )


@pytest.mark.parametrize("query, found", [("connect_webview_id=", 1), ("connect_webview_id=w", 0)])
def test_nothing_in_a_query_asks_for_sessions_without_a_webview(ask, query, found):
    ask("POST", CREATE)

    answer = ask("GET", f"/client_sessions/list?{query}&_strict=true")

    assert len(answer.get_json()["client_sessions"]) == found
