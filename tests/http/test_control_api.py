"""The control API over HTTP: without a key, with Seam's names, and its errors for misuse."""

from __future__ import annotations

import json

import pytest

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def call_control(send):
    """Calls a control endpoint by its name, without credentials."""

    def call_control(endpoint, **params):
        return send("POST", f"/_fakeseam/{endpoint}", headers={}, json=params)

    return call_control


@pytest.fixture
def webview_id(fake):
    created = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    return created["connect_webview"]["connect_webview_id"]


def test_health_is_answered_without_a_key(send):
    response = send("GET", "/health", headers={})

    assert (response.status_code, response.get_json()) == (200, {"ok": True})


def test_a_health_probe_may_have_parameters(send):
    assert send("POST", "/health?probe=1", headers={}, json={}).status_code == 200


def test_a_webview_is_completed(call_control, fake, webview_id):
    response = call_control(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        provider="august",
        email="jane@example.com",
    )

    account = response.get_json()["connected_account"]
    assert account["user_identifier"] == {"email": "jane@example.com"}
    assert account["custom_metadata"] == {"user": "u1"}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_a_webview_is_failed(call_control, fake, webview_id):
    response = call_control("fail_connect_webview", connect_webview_id=webview_id)

    assert response.get_json() == {"redirect_url": None, "ok": True}
    found = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    assert found["connect_webview"]["status"] == "failed"


def test_a_failed_webview_returns_where_the_browser_goes(call_control, fake):
    created = fake.call(
        "/connect_webviews/create", {"custom_redirect_url": "https://app.test/done?x=1#top"}
    )
    webview_id = created["connect_webview"]["connect_webview_id"]

    response = call_control(
        "fail_connect_webview", connect_webview_id=webview_id, error_code="unknown_error"
    )

    assert response.get_json()["redirect_url"].startswith(
        f"https://app.test/done?x=1&connect_webview_id={webview_id}&error_code=unknown_error"
    )
    assert response.get_json()["redirect_url"].endswith("#top")


def test_an_account_is_connected(call_control, fake):
    response = call_control(
        "connect_account",
        provider="schlage",
        email="jane@example.com",
        custom_metadata={"user": "u1", "n": None},
        connected_account_id=NOBODY,
    )

    account = response.get_json()["connected_account"]
    assert account["connected_account_id"] == NOBODY
    assert account["custom_metadata"] == {"user": "u1"}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_an_account_is_disconnected(call_control, fake):
    account_id = fake.connect_account()["connected_account_id"]

    response = call_control("disconnect_account", connected_account_id=account_id)

    assert response.get_json() == {"ok": True}
    fake.events.assert_emitted("connected_account.disconnected", connected_account_id=account_id)


def test_reauthorization_of_an_account_is_requested(call_control, fake):
    account_id = fake.connect_account()["connected_account_id"]

    response = call_control("request_reauthorization", connected_account_id=account_id)

    assert response.get_json() == {"ok": True}
    fake.events.assert_emitted("connected_account.reauthorization_requested")


def test_a_workspace_is_created_with_a_key_for_it(call_control, fake):
    response = call_control("create_workspace", name="Elsewhere", is_sandbox=False)
    created = response.get_json()["workspace"]

    found = fake.call("/workspaces/get", token=created["api_key"])["workspace"]
    assert (found["workspace_id"], found["name"]) == (created["workspace_id"], "Elsewhere")
    assert found["is_sandbox"] is False


def test_a_client_session_is_created(call_control, fake):
    token = call_control("create_client_session", user_identifier_key="jane").get_json()["token"]

    created = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    listed = fake.call("/connect_webviews/list", {"user_identifier_key": "jane"})
    assert listed["connect_webviews"] == [created]


def test_a_personal_access_token_is_created(call_control, fake):
    token = call_control("create_personal_access_token").get_json()["token"]

    found = fake.call("/workspaces/get", token=token, workspace_id=fake.workspace_id)

    assert found["workspace"]["workspace_id"] == fake.workspace_id


def test_the_clock_is_moved(call_control, fake):
    response = call_control("clock/advance", seconds=90)

    assert response.get_json() == {"now": "2026-01-01T12:01:30.000Z", "ok": True}
    assert fake.clock.now.isoformat() == "2026-01-01T12:01:30+00:00"


def test_a_fault_is_added(call_control, send):
    call_control("faults/add", route="GET /connect_webviews/list", status=503, times=2)

    statuses = [send("GET", "/connect_webviews/list").status_code for _ in range(3)]

    assert statuses == [503, 503, 200]


def test_faults_are_cleared(call_control, send):
    call_control("faults/add", route="GET /connect_webviews/list", status=503, times=2)

    call_control("faults/clear")

    assert send("GET", "/connect_webviews/list").status_code == 200


def test_the_endpoint_of_the_official_fake_completes_a_webview(send, fake, webview_id):
    response = send(
        "POST",
        "/_fake/complete_connect_webview",
        headers={},
        json={"connect_webview_id": webview_id},
    )

    assert (response.status_code, response.get_json()) == (200, {"ok": True})
    found = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    assert found["connect_webview"]["status"] == "authorized"


def test_the_endpoint_of_the_official_fake_connects_a_new_user_each_time(send, fake):
    for _ in range(2):
        created = fake.call("/connect_webviews/create")["connect_webview"]
        send(
            "POST",
            "/_fake/complete_connect_webview",
            headers={},
            json={"connect_webview_id": created["connect_webview_id"]},
        )

    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    assert len({account["user_identifier"]["email"] for account in accounts}) == 2


def test_the_endpoint_of_the_official_fake_keeps_its_404(send):
    response = send(
        "POST",
        "/_fake/complete_connect_webview",
        headers={},
        json={"connect_webview_id": NOBODY},
    )

    assert response.status_code == 404
    assert response.get_json()["error"]["type"] == "connect_webview_not_found"


@pytest.mark.parametrize(
    ("endpoint", "params", "expected"),
    [
        ("complete_connect_webview", {"connect_webview_id": NOBODY}, NOBODY),
        ("complete_connect_webview", {}, "connect_webview_id is required"),
        ("complete_connect_webview", {"connect_webview_id": "x"}, "Invalid uuid"),
        ("fail_connect_webview", {"connect_webview_id": NOBODY}, NOBODY),
        ("connect_account", {"provider": "agust"}, "august"),
        ("connect_account", {"custom_metadata": {"n": 1}}, "custom_metadata.n"),
        ("connect_account", {"connected_account_id": "x"}, "Invalid uuid"),
        ("connect_account", {"workspace_id": NOBODY}, NOBODY),
        ("connect_account", {"emial": "jane@example.com"}, "no parameter 'emial'"),
        ("connect_account", {"emial": "jane@example.com"}, "email"),
        ("disconnect_account", {"connected_account_id": NOBODY}, NOBODY),
        ("request_reauthorization", {"connected_account_id": NOBODY}, NOBODY),
        ("create_workspace", {"api_key": "key"}, "seam_"),
        ("clock/advance", {"seconds": -1}, "seconds"),
        ("faults/add", {"route": "/nowhere", "status": 503}, "/nowhere"),
        ("faults/add", {"route": "/connect_webviews/list", "status": 200}, "200"),
    ],
)
def test_the_message_of_misuse_names_what_is_wrong(call_control, endpoint, params, expected):
    response = call_control(endpoint, **params)

    assert response.status_code == 400
    assert response.get_json()["error"]["type"] == "fakeseam_misuse"
    assert expected in response.get_json()["error"]["message"]


def test_completing_a_webview_twice_is_misuse(call_control, fake, webview_id):
    fake.complete_connect_webview(webview_id)

    response = call_control("complete_connect_webview", connect_webview_id=webview_id)

    assert response.get_json()["error"]["type"] == "fakeseam_misuse"


def test_a_login_that_fails_has_its_error_code(call_control, webview_id):
    response = call_control(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        provider="august",
        email="jane@example.com",
        password="wrong",
    )

    error = response.get_json()["error"]
    assert (response.status_code, error["type"]) == (400, "fakeseam_login_failed")
    assert error["data"] == {"error_code": "invalid_credentials", "redirect_url": None}


def test_a_control_call_that_changes_state_cannot_be_a_get(send):
    assert send("GET", "/_fakeseam/create_workspace", headers={}).status_code == 405


def test_an_unknown_control_endpoint_is_not_found(call_control):
    assert call_control("complete_webview").status_code == 404


# JSON has no infinity, and a request may have sent one


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("1e400", "Infinity"),
        ("-1e400", "-Infinity"),
        ("1" * 400, "Infinity"),
        ("[1e400, 1.5]", ["Infinity", 1.5]),
        ('{"a": 1e400}', {"a": "Infinity"}),
    ],
)
@pytest.mark.parametrize("path", ["/connect_webviews/create", "/nowhere", "/thermostats/cool"])
def test_a_number_that_json_does_not_have_is_answered_as_text(send, path, sent, shown):
    send("POST", path, data=f'{{"odd": {sent}}}', content_type="application/json")

    filtered = strict_json(send("GET", "/_fakeseam/requests/filter").data)
    called = strict_json(send("GET", f"/_fakeseam/requests/assert_called?route={path}").data)
    inspected = strict_json(send("GET", "/_fakeseam/inspect").data)
    (row,) = inspected["inspection"]["sections"]["requests"]["rows"]
    for request in (*filtered["requests"], called["request"], row):
        assert request["params"] == {"odd": shown}


def test_not_a_number_in_a_call_of_the_test_is_answered_as_text(send, fake):
    fake.call("/connect_webviews/create", {"odd": float("nan")})

    body = strict_json(send("GET", "/_fakeseam/requests/filter").data)

    assert body["requests"][0]["params"] == {"odd": "NaN"}


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_a_query_with_a_number_that_json_does_not_have_is_text(send, fake, constant):
    query = {"custom_metadata_has": f'{{"a":{constant}}}'}
    send("GET", "/connected_accounts/list", query_string=query)

    body = strict_json(send("GET", "/_fakeseam/requests/filter").data)

    assert body["requests"][0]["params"] == query


def strict_json(data):
    def refuse(constant):
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(data, parse_constant=refuse)
