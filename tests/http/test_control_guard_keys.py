"""The control guard: pages of other sites may not use an API key or an access token."""

from __future__ import annotations

import httpx
import pytest

from fakeseam import FakeSeam
from fakeseam.http.fake_pool import FakePool, NamedFake

LIST = "/connect_webviews/list"
EVIL = "https://evil.example"
FOREIGN = [EVIL, "null", "http://localhost.evil.example", "http://127.0.0.1.nip.io", "file://", ""]
OWN = ["http://localhost:3000", "https://app.localhost", "http://127.0.0.1:5173", "http://[::1]"]


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def get(server):
    """Sends a GET with a bearer token and an Origin; returns the status and the error's type."""

    def get(token, origin, path=LIST, **headers):
        sent = {"Authorization": f"Bearer {token}", "Origin": origin, **headers}
        response = httpx.get(server.url + path, headers=sent)
        return response.status_code, response.json().get("error", {}).get("type")

    return get


@pytest.mark.parametrize("origin", FOREIGN)
def test_a_page_of_another_site_cannot_use_an_api_key(fake, get, origin):
    assert get(fake.api_key, origin) == (403, "fakeseam_forbidden_origin")
    assert list(fake.requests) == []


def test_a_page_of_another_site_cannot_use_an_access_token(fake, get):
    token = fake.create_personal_access_token()
    workspace = {"Seam-Workspace": fake.workspace_id}

    assert get(token, EVIL, **workspace) == (403, "fakeseam_forbidden_origin")


def test_a_page_of_another_site_learns_nothing_about_keys(fake, get):
    assert get("seam_wrong", EVIL) == get(fake.api_key, EVIL)


@pytest.mark.parametrize("origin", OWN)
def test_a_page_of_this_machine_may_use_an_api_key(fake, get, origin):
    assert get(fake.api_key, origin) == (200, None)


def test_a_page_at_the_fakes_own_address_may_use_an_api_key(fake, get, server):
    assert get(fake.api_key, server.url) == (200, None)


def test_a_page_at_the_base_url_may_use_an_api_key():
    with FakeSeam(base_url="https://seam.test/fake") as fake, fake.serve() as server:
        headers = {"Authorization": f"Bearer {fake.api_key}", "Origin": "https://seam.test"}

        assert httpx.get(server.url + LIST, headers=headers).status_code == 200


def test_a_page_of_any_site_may_use_a_client_session(fake, get):
    assert get(fake.create_client_session(), EVIL, "/devices/list") == (200, None)


def test_a_page_of_any_site_may_use_a_publishable_key(fake, server):
    workspace = fake.call("/workspaces/get")["workspace"]
    fake.call("/workspaces/update", {"is_publishable_key_auth_enabled": True})
    headers = {"seam-publishable-key": workspace["publishable_key"], "Origin": EVIL}
    headers["user-identifier-key"] = "u1"

    response = httpx.post(
        f"{server.url}/client_sessions/get_or_create", headers=headers, json={}
    )

    assert response.status_code == 200


def test_a_page_of_another_site_makes_no_named_fake():
    with FakeSeam() as main:
        pool = FakePool(main, NamedFake)
        with pool.serve() as server:
            headers = {"Authorization": "Bearer seam_fake_x", "Origin": EVIL}
            assert httpx.get(server.url + LIST, headers=headers).status_code == 403
            assert pool.names() == []


def test_the_refusal_says_what_a_browser_uses(fake, server):
    headers = {"Authorization": f"Bearer {fake.api_key}", "Origin": EVIL}

    message = httpx.get(server.url + LIST, headers=headers).json()["error"]["message"]

    assert message.startswith("Web pages from 'https://evil.example' may not use an API key")
    assert "client session token or a publishable key" in message


def test_a_request_without_an_origin_is_no_page(fake, server):
    headers = {"Authorization": f"Bearer {fake.api_key}"}

    assert httpx.get(server.url + LIST, headers=headers).status_code == 200


def test_in_process_any_origin_is_allowed(fake):
    headers = {"Authorization": f"Bearer {fake.api_key}", "Origin": EVIL}

    with httpx.Client(transport=fake.transport(), headers=headers) as client:
        assert client.get(f"https://connect.getseam.com{LIST}").status_code == 200
