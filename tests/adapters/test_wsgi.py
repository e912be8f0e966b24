"""The WSGI application: the addresses in its answers, and a bug of the fake's own."""

from __future__ import annotations

import pytest
from werkzeug.test import Client, EnvironBuilder, run_wsgi_app

from fakeseam import FakeSeam

VIEW = "/connect_webviews/view?connect_webview_id="


@pytest.fixture
def break_lists(monkeypatch):
    """Listing webviews runs into a bug."""

    def bug(*args, **kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr("fakeseam.api.connect_webviews.list_page", bug)


def webview_url(ask, **sent):
    answer = ask("POST", "/connect_webviews/create", **sent)
    return answer.get_json()["connect_webview"]["url"]


@pytest.mark.parametrize(
    "address", ["http://seam.test", "http://seam.test:8080", "https://seam.test"]
)
def test_the_url_of_a_webview_begins_with_the_address_that_was_asked(ask, address):
    assert webview_url(ask, base_url=address).startswith(f"{address}{VIEW}")


def test_the_url_of_a_webview_follows_whoever_asks(ask):
    created = webview_url(ask, base_url="http://one.test")

    listed = ask("GET", "/connect_webviews/list", base_url="http://two.test").get_json()

    assert listed["connect_webviews"][0]["url"] == created.replace("one.test", "two.test")


def test_the_url_of_the_next_page_begins_with_the_address_that_was_asked(ask):
    for _ in range(2):
        ask("POST", "/connect_webviews/create")

    answer = ask("GET", "/connect_webviews/list?limit=1", base_url="http://seam.test")

    url = answer.get_json()["pagination"]["next_page_url"]
    assert url.startswith("http://seam.test/connect_webviews/list?limit=1&page_cursor=")


@pytest.mark.parametrize("base_url", ["https://public.test", "https://public.test/"])
def test_a_base_url_is_what_every_address_begins_with(base_url):
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


def test_a_base_url_goes_for_calls_in_process_too():
    with FakeSeam(base_url="https://public.test") as fake:
        made = fake.call("/connect_webviews/create")["connect_webview"]

    assert made["url"].startswith(f"https://public.test{VIEW}")


def test_an_address_that_nobody_knows_is_named_for_the_fake(fake):
    made = fake.call("/connect_webviews/create")["connect_webview"]

    assert made["url"].startswith(f"http://fakeseam{VIEW}")


def test_a_webview_made_in_process_has_the_address_that_is_asked_later(ask, fake):
    fake.call("/connect_webviews/create")

    listed = ask("GET", "/connect_webviews/list", base_url="http://seam.test").get_json()

    assert listed["connect_webviews"][0]["url"].startswith(f"http://seam.test{VIEW}")


def test_the_application_and_calls_share_one_state(ask, fake):
    made = ask("POST", "/connect_webviews/create", base_url="http://fakeseam").get_json()

    assert fake.call("/connect_webviews/list")["connect_webviews"] == [made["connect_webview"]]


def test_a_fake_hands_out_its_application_as_often_as_asked(fake):
    for _ in range(2):
        Client(fake.wsgi_app).post("/_fakeseam/connect_account")

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 2


def test_the_body_of_an_answer_is_bytes_of_its_length(fake):
    environ = EnvironBuilder("/health").get_environ()

    body, status, headers = run_wsgi_app(fake.wsgi_app, environ)

    assert (b"".join(body), status) == (b'{"ok":true}', "200 OK")
    assert headers["Content-Length"] == "11"


@pytest.mark.usefixtures("break_lists")
def test_a_bug_is_answered_in_seams_shape(ask):
    answer = ask("GET", "/connect_webviews/list")

    assert answer.status_code == 500
    assert answer.headers["seam-request-id"].startswith("request")
    assert answer.get_json()["ok"] is False
    assert answer.get_json()["error"]["type"] == "internal_server_error"
    assert "RuntimeError('a bug')" in answer.get_json()["error"]["message"]


@pytest.mark.usefixtures("break_lists")
def test_a_bug_shows_where_it_is(ask, capsys):
    ask("GET", "/connect_webviews/list")

    assert "RuntimeError: a bug" in capsys.readouterr().err


@pytest.mark.usefixtures("break_lists")
def test_a_bug_does_not_stop_the_next_request(ask):
    ask("GET", "/connect_webviews/list")

    assert ask("POST", "/connect_webviews/create").status_code == 200


def test_a_bug_in_the_middle_leaves_nothing_behind(ask, fake, monkeypatch):
    made = ask("POST", "/connect_webviews/create").get_json()["connect_webview"]

    def bug(*args, **kwargs):
        raise RuntimeError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr("fakeseam.api.sync.emit", bug)
        sent = {"connect_webview_id": made["connect_webview_id"]}
        answer = ask("POST", "/_fakeseam/complete_connect_webview", json=sent)

    assert answer.status_code == 500
    assert len(fake.events) == 0
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []
    shown = fake.call("/connect_webviews/list")["connect_webviews"]
    assert [one["status"] for one in shown] == ["pending"]
