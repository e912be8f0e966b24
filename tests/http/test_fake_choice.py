"""Which of a server's fakes a request is for: by its key, any other token, or its webview."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam
from fakeseam.http.fake_pool import FakePool, NamedFake

ONE, TWO = "seam_fake_1", "seam_fake_2"
JANE = {"provider": "minut", "step": "account", "email": "jane@example.com", "password": "1234"}


@pytest.fixture
def client(pool):
    return Client(pool.wsgi_app)


@pytest.fixture
def accounts_in(worker):
    """Returns how many accounts the fake of a key has."""

    def accounts_in(key):
        return len(worker(key)("/connected_accounts/list").get_json()["connected_accounts"])

    return accounts_in


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def listed(client, headers, noun="connected_accounts"):
    """The status and how many accounts a request with these headers finds."""
    response = client.post(f"/{noun}/list", json={}, headers=headers)
    return response.status_code, len(response.get_json().get(noun, ()))


# The key


def test_without_a_key_the_control_api_is_the_main_fakes(client, worker, pool):
    worker(ONE)("/devices/list")

    client.post("/_fakeseam/connect_account", json={})

    assert len(pool.main.call("/connected_accounts/list")["connected_accounts"]) == 1


@pytest.mark.parametrize("key", [None, "seam_unknown", "seam_fakes_1", "SEAM_FAKE_1"])
def test_a_key_of_another_form_makes_no_fake(worker, pool, key):
    assert worker(key)("/devices/list").status_code == 401
    assert pool.names() == []


@pytest.mark.parametrize("key", ["seam_unknown", "seam_fakes_1", "SEAM_FAKE_1"])
def test_a_control_call_with_a_token_of_no_fake_changes_none(worker, pool, key):
    response = worker(key)("/_fakeseam/connect_account")

    assert response.status_code == 401
    assert "No fake of this server has this token" in response.get_json()["error"]["message"]
    assert pool.main.call("/connected_accounts/list")["connected_accounts"] == []


@pytest.mark.parametrize("value", [ONE, f"Token {ONE}", "Bearer", "Bearer ", ""])
def test_a_control_call_whose_authorization_is_no_bearer_token_changes_none(client, pool, value):
    response = client.post("/_fakeseam/reset", json={}, headers={"Authorization": value})

    assert response.status_code == 401
    assert pool.names() == []


def test_the_key_of_the_main_fake_is_its_own_even_if_a_dump_made_it_look_like_another(worker):
    with FakeSeam(api_key=ONE) as fake:
        fake.connect_account()
        dump = fake._state.to_dump()
    with FakeSeam() as main:
        main._state.load(dump)
        pool = FakePool(main, NamedFake)

        send = Client(pool.wsgi_app)

        assert main.api_key == ONE
        assert listed(send, bearer(ONE)) == (200, 1)
        assert listed(send, bearer(TWO)) == (200, 0)
        assert pool.names() == ["2"]
        pool.close()


def test_a_query_of_the_control_api_names_no_fake(worker, pool):
    response = worker(None)("/_fakeseam/connect_account?fake=1")

    assert response.status_code == 400
    assert pool.main.call("/connected_accounts/list")["connected_accounts"] == []


# Other tokens


def test_a_personal_access_token_leads_to_the_fake_that_made_it(client, worker):
    one = worker(ONE)
    one("/_fakeseam/connect_account")
    token = one("/_fakeseam/create_personal_access_token").get_json()["token"]
    workspace = one("/workspaces/get").get_json()["workspace"]

    headers = {**bearer(token), "seam-workspace": workspace["workspace_id"]}

    assert listed(client, headers) == (200, 1)


@pytest.mark.parametrize(
    "header", ["seam-client-session-token", "client-session-token", "bearer"]
)
def test_a_client_session_leads_to_the_fake_that_made_it(client, worker, header):
    one = worker(ONE)
    webview = one("/connect_webviews/create").get_json()["connect_webview"]
    ids = [webview["connect_webview_id"]]
    created = one("/_fakeseam/create_client_session", connect_webview_ids=ids).get_json()

    headers = bearer(created["token"]) if header == "bearer" else {header: created["token"]}

    assert listed(client, headers, "connect_webviews") == (200, 1)


def test_an_expired_session_is_expired_and_not_unknown(client, worker):
    past = "2025-01-01T00:00:00Z"
    created = worker(ONE)("/_fakeseam/create_client_session", expires_at=past).get_json()

    headers = {"seam-client-session-token": created["token"]}
    response = client.post("/connected_accounts/list", json={}, headers=headers)

    assert response.get_json()["error"]["type"] == "client_session_expired"


def test_a_publishable_key_leads_to_the_fake_that_made_it(client, worker):
    workspace = worker(ONE)("/workspaces/get").get_json()["workspace"]

    headers = {
        "seam-publishable-key": workspace["publishable_key"],
        "user-identifier-key": "jane",
    }
    created = client.post("/client_sessions/get_or_create", json={}, headers=headers)

    session = created.get_json()["client_session"]
    assert (created.status_code, session["workspace_id"]) == (200, workspace["workspace_id"])


def test_the_key_of_a_second_workspace_leads_to_the_fake_that_made_it(client, worker):
    created = worker(ONE)("/_fakeseam/create_workspace", name="Second").get_json()["workspace"]

    response = client.post("/workspaces/get", json={}, headers=bearer(created["api_key"]))

    assert response.get_json()["workspace"]["workspace_id"] == created["workspace_id"]


def test_a_key_beats_a_session_of_another_fake(client, worker):
    session = worker(ONE)("/_fakeseam/create_client_session").get_json()["token"]
    worker(TWO)("/_fakeseam/connect_account")

    headers = {**bearer(TWO), "seam-client-session-token": session}

    assert listed(client, headers) == (200, 1)


def test_a_token_of_a_fake_that_has_ended_is_unknown(client, worker):
    one = worker(ONE)
    token = one("/_fakeseam/create_client_session").get_json()["token"]
    one("/_fakeseam/close")

    headers = {"seam-client-session-token": token}
    response = client.post("/connected_accounts/list", json={}, headers=headers)

    assert response.get_json()["error"]["type"] == "client_session_not_found"


# The login page


def test_a_user_signs_in_at_the_webview_of_each_fake(client, worker, accounts_in):
    for key in (ONE, TWO):
        created = worker(key)("/connect_webviews/create", accepted_providers=["minut"])
        url = urlsplit(created.get_json()["connect_webview"]["url"])
        own = dict(pair.split("=") for pair in url.query.split("&"))

        assert client.get(f"{url.path}?{url.query}").status_code == 200
        assert client.post(url.path, data={**own, **JANE}).status_code == 200

        assert accounts_in(key) == 1
    assert accounts_in(ONE) == 1


def test_the_page_of_a_webview_of_no_fake_is_a_404(client, worker):
    worker(ONE)("/connect_webviews/create")

    assert client.get("/connect_webviews/view?connect_webview_id=none").status_code == 404
    assert client.get("/connect_webviews/view").status_code == 404


# The control guard


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}], ids=str
)
def test_a_web_site_makes_no_fake_through_the_control_api(client, pool, headers):
    response = client.post("/_fakeseam/reset", json={}, headers={**bearer(ONE), **headers})

    assert response.status_code == 403
    assert response.get_json()["error"]["type"].startswith("fakeseam_forbidden_")
    assert pool.names() == []


def test_a_crash_is_a_violation_of_the_fake_that_the_request_was_for(worker, pool, monkeypatch):
    one, two = worker(ONE), worker(TWO)
    for each in (one, two):
        each("/_fakeseam/reset", strict=True)

    def crash():
        raise RuntimeError("a bug")

    monkeypatch.setattr(pool.find("1").webhook_dispatcher, "run_due", crash)
    assert one("/devices/list").status_code == 500
    monkeypatch.undo()

    nothing = "/_fakeseam/assert_nothing_unexpected"
    assert "a bug" in one(nothing).get_json()["error"]["message"]
    assert two(nothing).status_code == 200
