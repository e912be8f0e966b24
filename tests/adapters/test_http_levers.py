"""The levers over HTTP: without a key, by Seam's names, and what they answer to misuse."""

from __future__ import annotations

import pytest

NOBODY = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def pull(ask):
    """A lever by its name, without any credential."""

    def pull(lever, **params):
        return ask("POST", f"/_fakeseam/{lever}", headers={}, json=params)

    return pull


@pytest.fixture
def webview_id(fake):
    made = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    return made["connect_webview"]["connect_webview_id"]


def test_health_is_answered_without_a_key(ask):
    answer = ask("GET", "/health", headers={})

    assert (answer.status_code, answer.get_json()) == (200, {"ok": True})


def test_a_webview_is_completed(pull, fake, webview_id):
    answer = pull(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        provider="august",
        email="jane@example.com",
    )

    account = answer.get_json()["connected_account"]
    assert account["user_identifier"] == {"email": "jane@example.com"}
    assert account["custom_metadata"] == {"user": "u1"}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_a_webview_is_failed(pull, fake, webview_id):
    answer = pull("fail_connect_webview", connect_webview_id=webview_id)

    assert answer.get_json() == {"redirect_url": None, "ok": True}
    shown = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    assert shown["connect_webview"]["status"] == "failed"


def test_a_failed_webview_tells_where_the_browser_goes(pull, fake):
    made = fake.call(
        "/connect_webviews/create", {"custom_redirect_url": "https://app.test/done?x=1#top"}
    )
    webview_id = made["connect_webview"]["connect_webview_id"]

    answer = pull(
        "fail_connect_webview", connect_webview_id=webview_id, error_code="unknown_error"
    )

    assert answer.get_json()["redirect_url"].startswith(
        f"https://app.test/done?x=1&connect_webview_id={webview_id}&error_code=unknown_error"
    )
    assert answer.get_json()["redirect_url"].endswith("#top")


def test_an_account_is_connected(pull, fake):
    answer = pull(
        "connect_account",
        provider="schlage",
        email="jane@example.com",
        custom_metadata={"user": "u1", "n": None},
        connected_account_id=NOBODY,
    )

    account = answer.get_json()["connected_account"]
    assert account["connected_account_id"] == NOBODY
    assert account["custom_metadata"] == {"user": "u1"}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]


def test_an_account_is_disconnected(pull, fake):
    account_id = fake.connect_account()["connected_account_id"]

    answer = pull("disconnect_account", connected_account_id=account_id)

    assert answer.get_json() == {"ok": True}
    fake.events.assert_emitted("connected_account.disconnected", connected_account_id=account_id)


def test_an_account_is_asked_to_be_authorized_again(pull, fake):
    account_id = fake.connect_account()["connected_account_id"]

    answer = pull("request_reauthorization", connected_account_id=account_id)

    assert answer.get_json() == {"ok": True}
    fake.events.assert_emitted("connected_account.reauthorization_requested")


def test_a_workspace_is_made_with_a_key_that_opens_it(pull, fake):
    made = pull("create_workspace", name="Elsewhere", is_sandbox=False).get_json()["workspace"]

    shown = fake.call("/workspaces/get", token=made["api_key"])["workspace"]
    assert (shown["workspace_id"], shown["name"]) == (made["workspace_id"], "Elsewhere")
    assert shown["is_sandbox"] is False


def test_a_client_session_is_made(pull, fake):
    token = pull("create_client_session", user_identifier_key="jane").get_json()["token"]

    made = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    listed = fake.call("/connect_webviews/list", {"user_identifier_key": "jane"})
    assert listed["connect_webviews"] == [made]


def test_a_personal_access_token_is_made(pull, fake):
    token = pull("create_personal_access_token").get_json()["token"]

    shown = fake.call("/workspaces/get", token=token, workspace_id=fake.workspace_id)

    assert shown["workspace"]["workspace_id"] == fake.workspace_id


def test_the_clock_is_moved(pull, fake):
    answer = pull("clock/advance", seconds=90)

    assert answer.get_json() == {"now": "2026-01-01T12:01:30.000Z", "ok": True}
    assert fake.clock.now.isoformat() == "2026-01-01T12:01:30+00:00"


def test_a_fault_is_added(pull, ask):
    pull("faults/add", route="GET /connect_webviews/list", status=503, times=2)

    statuses = [ask("GET", "/connect_webviews/list").status_code for _ in range(3)]

    assert statuses == [503, 503, 200]


def test_faults_are_forgotten(pull, ask):
    pull("faults/add", route="GET /connect_webviews/list", status=503, times=2)

    pull("faults/clear")

    assert ask("GET", "/connect_webviews/list").status_code == 200


def test_the_route_of_the_official_fake_completes_a_webview(ask, fake, webview_id):
    answer = ask(
        "POST",
        "/_fake/complete_connect_webview",
        headers={},
        json={"connect_webview_id": webview_id},
    )

    assert (answer.status_code, answer.get_json()) == (200, {"ok": True})
    shown = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    assert shown["connect_webview"]["status"] == "authorized"


def test_the_route_of_the_official_fake_connects_somebody_new_each_time(ask, fake):
    for _ in range(2):
        made = fake.call("/connect_webviews/create")["connect_webview"]
        ask(
            "POST",
            "/_fake/complete_connect_webview",
            headers={},
            json={"connect_webview_id": made["connect_webview_id"]},
        )

    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    assert len({account["user_identifier"]["email"] for account in accounts}) == 2


@pytest.mark.parametrize(
    ("lever", "params", "said"),
    [
        ("complete_connect_webview", {"connect_webview_id": NOBODY}, NOBODY),
        ("complete_connect_webview", {}, "connect_webview_id is required"),
        ("complete_connect_webview", {"connect_webview_id": "x"}, "Invalid uuid"),
        ("fail_connect_webview", {"connect_webview_id": NOBODY}, NOBODY),
        ("connect_account", {"provider": "agust"}, "august"),
        ("connect_account", {"custom_metadata": {"n": 1}}, "custom_metadata.n"),
        ("connect_account", {"connected_account_id": "x"}, "Invalid uuid"),
        ("connect_account", {"workspace_id": NOBODY}, NOBODY),
        ("disconnect_account", {"connected_account_id": NOBODY}, NOBODY),
        ("request_reauthorization", {"connected_account_id": NOBODY}, NOBODY),
        ("create_workspace", {"api_key": "key"}, "seam_"),
        ("clock/advance", {"seconds": -1}, "seconds"),
        ("faults/add", {"route": "/nowhere", "status": 503}, "/nowhere"),
        ("faults/add", {"route": "/connect_webviews/list", "status": 200}, "200"),
    ],
)
def test_misuse_says_what_is_wrong(pull, lever, params, said):
    answer = pull(lever, **params)

    assert answer.status_code == 400
    assert answer.get_json()["error"]["type"] == "fakeseam_misuse"
    assert said in answer.get_json()["error"]["message"]


def test_completing_a_webview_twice_is_misuse(pull, fake, webview_id):
    fake.complete_connect_webview(webview_id)

    answer = pull("complete_connect_webview", connect_webview_id=webview_id)

    assert answer.get_json()["error"]["type"] == "fakeseam_misuse"


def test_a_login_that_fails_says_why(pull, webview_id):
    answer = pull(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        provider="august",
        email="jane@example.com",
        password="wrong",
    )

    error = answer.get_json()["error"]
    assert (answer.status_code, error["type"]) == (400, "fakeseam_login_failed")
    assert error["data"] == {"error_code": "invalid_credentials", "redirect_url": None}


def test_a_lever_is_no_get(ask):
    assert ask("GET", "/_fakeseam/create_workspace", headers={}).status_code == 405


def test_an_unknown_lever_is_not_found(pull):
    assert pull("complete_webview").status_code == 404
