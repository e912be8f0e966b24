"""The WSGI application: the URLs in its responses, a bug in fakeseam, an unknown fault kind."""

from __future__ import annotations

import pytest
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from fakeseam import FakeSeam
from fakeseam.http import app

VIEW = "/connect_webviews/view?connect_webview_id="


@pytest.fixture
def break_lists(monkeypatch):
    """Listing webviews raises a bug."""

    def bug(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr("fakeseam.api.connect_webviews.endpoints.list_page", bug)


def webview_url(send, **sent):
    response = send("POST", "/connect_webviews/create", **sent)
    return response.get_json()["connect_webview"]["url"]


@pytest.mark.parametrize(
    "address", ["http://seam.test", "http://seam.test:8080", "https://seam.test"]
)
def test_the_url_of_a_webview_begins_with_the_requested_address(send, address):
    assert webview_url(send, base_url=address).startswith(f"{address}{VIEW}")


def test_the_url_of_a_webview_depends_on_the_requested_address(send):
    created = webview_url(send, base_url="http://one.test")

    listed = send("GET", "/connect_webviews/list", base_url="http://two.test").get_json()

    assert listed["connect_webviews"][0]["url"] == created.replace("one.test", "two.test")


def test_the_url_of_the_next_page_begins_with_the_requested_address(send):
    for _ in range(2):
        send("POST", "/connect_webviews/create")

    response = send("GET", "/connect_webviews/list?limit=1", base_url="http://seam.test")

    url = response.get_json()["pagination"]["next_page_url"]
    assert url.startswith("http://seam.test/connect_webviews/list?limit=1&page_cursor=")


@pytest.mark.parametrize("base_url", ["https://public.test", "https://public.test/"])
def test_every_url_begins_with_the_base_url(base_url):
    with FakeSeam(base_url=base_url) as fake:
        headers = {"Authorization": f"Bearer {fake.api_key}"}
        client = Client(fake.wsgi_app)
        for _ in range(2):
            client.post("/connect_webviews/create", headers=headers)

        body = client.get("/connect_webviews/list?limit=1", headers=headers).get_json()

    assert body["connect_webviews"][0]["url"].startswith(f"https://public.test{VIEW}")
    assert body["pagination"]["next_page_url"].startswith(
        "https://public.test/connect_webviews/list?"
    )


def test_a_base_url_applies_to_calls_in_process():
    with FakeSeam(base_url="https://public.test") as fake:
        created = fake.call("/connect_webviews/create")["connect_webview"]

    assert created["url"].startswith(f"https://public.test{VIEW}")


def test_without_a_server_the_host_is_fakeseam(fake):
    created = fake.call("/connect_webviews/create")["connect_webview"]

    assert created["url"].startswith(f"http://fakeseam{VIEW}")


def test_a_webview_created_in_process_has_the_address_requested_later(send, fake):
    fake.call("/connect_webviews/create")

    listed = send("GET", "/connect_webviews/list", base_url="http://seam.test").get_json()

    assert listed["connect_webviews"][0]["url"].startswith(f"http://seam.test{VIEW}")


def test_the_application_and_calls_share_one_state(send, fake):
    created = send("POST", "/connect_webviews/create", base_url="http://fakeseam").get_json()

    assert fake.call("/connect_webviews/list")["connect_webviews"] == [created["connect_webview"]]


def test_a_fake_returns_its_application_repeatedly(fake):
    for _ in range(2):
        Client(fake.wsgi_app).post("/_fakeseam/connect_account")

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 2


def test_the_body_of_a_response_is_bytes_of_its_length(fake):
    environ = EnvironBuilder("/health").get_environ()

    body, status, headers = run_wsgi_app(fake.wsgi_app, environ)

    assert (b"".join(body), status) == (b'{"ok":true}', "200 OK")
    assert headers["Content-Length"] == "11"


@pytest.mark.usefixtures("break_lists")
def test_a_bug_is_an_error_of_seams_shape(send):
    response = send("GET", "/connect_webviews/list")

    assert response.status_code == 500
    assert response.headers["seam-request-id"].startswith("request")
    assert response.get_json()["ok"] is False
    assert response.get_json()["error"]["type"] == "internal_server_error"
    assert "RuntimeError('a bug')" in response.get_json()["error"]["message"]


@pytest.mark.usefixtures("break_lists")
def test_the_traceback_of_a_bug_is_printed(send, capsys):
    send("GET", "/connect_webviews/list")

    assert "RuntimeError: a bug" in capsys.readouterr().err


@pytest.mark.usefixtures("break_lists")
def test_a_bug_does_not_stop_the_next_request(send):
    send("GET", "/connect_webviews/list")

    assert send("POST", "/connect_webviews/create").status_code == 200


def test_a_bug_in_a_transaction_changes_nothing(send, fake, monkeypatch):
    created = send("POST", "/connect_webviews/create").get_json()["connect_webview"]

    def bug(*args, **kwargs):
        raise RuntimeError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr("fakeseam.api.connect_webviews.result.emit", bug)
        sent = {"connect_webview_id": created["connect_webview_id"]}
        response = send("POST", "/_fakeseam/complete_connect_webview", json=sent)

    assert response.status_code == 500
    assert len(fake.events) == 0
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []
    found = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [one["status"] for one in found] == ["pending"]


@pytest.mark.parametrize("kind", ["melted", "garbage"])
def test_an_unknown_fault_kind_cannot_break_a_response(fake, monkeypatch, kind):
    """A garbage response is complete: the application gets no fault kind for it."""
    handle = app.handle_request
    monkeypatch.setattr(
        app, "handle_request", lambda *given: handle(*given)._replace(fault_kind=kind)
    )

    with pytest.raises(RuntimeError, match=f"by the fault kind '{kind}'"):
        Client(fake.wsgi_app).post("/devices/list")


def test_a_receiver_that_ends_the_test_ends_it(send, fake):
    def receive(one):
        pytest.fail("no more")

    fake.call("/webhooks/create", {"url": "https://app.example.com/hooks"})
    fake.webhooks.deliver_to(receive)

    with pytest.raises(pytest.fail.Exception, match="no more"):
        send("POST", "/_fakeseam/connect_account", json={})
