"""Control calls by forms of the inspection page: their effects and redirects."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam

FORM = "application/x-www-form-urlencoded"
PAGE = "http://localhost/_fakeseam/"


@pytest.fixture
def press(fake):
    """Posts a form of the page at ``referer`` to a control endpoint."""

    def press(endpoint, referer=PAGE, **entries):
        return posted(fake, endpoint, referer, urlencode(entries).encode())

    return press


def posted(fake, endpoint, referer, body):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    if referer is not None:
        headers["Referer"] = referer
    return Client(fake.wsgi_app).post(
        f"/_fakeseam/{endpoint}", data=body, content_type=FORM, headers=headers
    )


@pytest.fixture
def webview_id(fake):
    return fake.call("/connect_webviews/create")["connect_webview"]["connect_webview_id"]


def status_of(fake, webview_id):
    found = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    return found["connect_webview"]["status"]


def test_a_webview_is_completed(press, fake, webview_id):
    response = press(
        "complete_connect_webview", connect_webview_id=webview_id, email="jane@example.com"
    )

    assert response.status_code == 303
    assert response.headers["Location"] == "/_fakeseam/?done=complete_connect_webview"
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["user_identifier"] == {"email": "jane@example.com"}


def test_a_blank_entry_is_left_out(press, fake, webview_id):
    response = press("complete_connect_webview", connect_webview_id=webview_id, email="")

    assert response.status_code == 303
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["user_identifier"] == {"email": "user1@example.com"}


def test_a_webview_is_failed(press, fake, webview_id):
    response = press("fail_connect_webview", connect_webview_id=webview_id)

    assert response.headers["Location"] == "/_fakeseam/?done=fail_connect_webview"
    assert status_of(fake, webview_id) == "failed"


def test_an_account_is_disconnected_and_connected_again(press, fake):
    account = fake.connect_account(custom_metadata={"user": "u1"})
    account_id = account["connected_account_id"]

    assert press("disconnect_account", connected_account_id=account_id).status_code == 303
    (broken,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert press("reconnect_account", connected_account_id=account_id).status_code == 303
    (again,) = fake.call("/connected_accounts/list")["connected_accounts"]

    assert [error["error_code"] for error in broken["errors"]] == ["account_disconnected"]
    assert again == account


@pytest.mark.parametrize("seconds", ["90", "9e1", " 90 "])
def test_a_number_is_read_from_its_text(press, fake, seconds):
    response = press("clock/advance", seconds=seconds)

    assert response.headers["Location"] == "/_fakeseam/?done=clock%2Fadvance"
    assert fake.clock.now.isoformat() == "2026-01-01T12:01:30+00:00"


def test_a_boolean_and_metadata_are_read_as_in_a_query(press, fake):
    sent = {"automatically_manage_new_devices": "false", "custom_metadata.user": "u1"}

    press("connect_account", **sent)

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["automatically_manage_new_devices"] is False
    assert account["custom_metadata"] == {"user": "u1"}


def test_a_form_without_any_entry_resets(press, fake):
    fake.connect_account()

    response = press("reset", "http://localhost/_fakeseam/?show=accounts&page=2")

    assert response.headers["Location"] == "/_fakeseam/?done=reset"
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{PAGE}?show=accounts&page=2", "?show=accounts&page=2&done=clock%2Fadvance"),
        (f"{PAGE}?show=events&done=reset", "?show=events&done=clock%2Fadvance"),
        (f"{PAGE}?search=%C3%A9%26%22", "?search=%C3%A9%26%22&done=clock%2Fadvance"),
        ("http://localhost:80/_fakeseam/?show=events", "?show=events&done=clock%2Fadvance"),
        ("http://localhost:81/_fakeseam/?show=events", "?done=clock%2Fadvance"),
        ("https://localhost/_fakeseam/?show=events", "?done=clock%2Fadvance"),
        ("http://evil.example/_fakeseam/?show=events", "?done=clock%2Fadvance"),
        ("http://localhost/_fakeseam/../?show=events", "?done=clock%2Fadvance"),
        ("http://localhost/elsewhere?show=events", "?done=clock%2Fadvance"),
        ("http://[", "?done=clock%2Fadvance"),
        (None, "?done=clock%2Fadvance"),
    ],
)
def test_the_browser_returns_to_the_page_of_the_form(press, referer, back):
    response = press("clock/advance", referer, seconds=1)

    assert (response.status_code, response.data) == (303, b"")
    assert response.headers["Location"] == f"/_fakeseam/{back}"


def test_the_browser_returns_to_a_page_behind_a_proxy():
    with FakeSeam(base_url="https://seam.test") as fake:
        headers = {
            "Host": "seam.test",
            "Origin": "https://seam.test",
            "Referer": "https://seam.test/_fakeseam/?show=events",
        }
        response = Client(fake.wsgi_app).post(
            "/_fakeseam/clock/advance", data=b"seconds=1", content_type=FORM, headers=headers
        )

    assert response.headers["Location"] == "/_fakeseam/?show=events&done=clock%2Fadvance"


# Errors


@pytest.mark.parametrize(
    ("endpoint", "entries", "status", "expected"),
    [
        ("clock/advance", {"seconds": "soon"}, 400, "seconds"),
        ("clock/advance", {"seconds": "-1"}, 400, "seconds"),
        ("clock/advance", {}, 400, "seconds is required"),
        ("clock/advance", {"seconds": "1", "minutes": "1"}, 400, "no parameter &#39;minutes&#39;"),
        ("disconnect_account", {"connected_account_id": "<b>x</b>"}, 400, "Invalid uuid"),
        ("inspect", {"show": "<b>"}, 400, "&lt;b&gt;"),
        ("no_such_endpoint", {}, 404, "/_fakeseam/no_such_endpoint"),
    ],
)
def test_an_error_is_a_page_with_a_link_back(press, fake, endpoint, entries, status, expected):
    before = fake.snapshot()

    response = press(endpoint, f"{PAGE}?show=events", **entries)

    assert response.status_code == status
    assert response.content_type == "text/html; charset=utf-8"
    assert 'role="alert"' in response.text
    assert expected in response.text
    assert '<a href="/_fakeseam/?show=events">' in response.text
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert fake.snapshot() == before


def test_a_login_that_fails_is_shown_on_a_page(press, fake, webview_id):
    response = press(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        email="jane@example.com",
        password="wrong",
        provider="august",
    )

    assert response.status_code == 400
    assert "What was entered is not correct" in response.text
    assert status_of(fake, webview_id) == "failed"


def test_the_message_on_an_error_page_is_text(press):
    response = press("connect_account", provider="</script><img src=x onerror=alert(1)>\u202e")

    assert "<img" not in response.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in response.text


def test_invalid_utf_8_in_a_form_is_read_as_some_text(fake):
    response = posted(fake, "create_workspace", PAGE, b"name=%ff%fe\xff")

    assert response.status_code == 303


def test_a_read_only_control_call_may_come_from_a_form(press):
    assert press("webhooks/deliveries").headers["Location"] == (
        "/_fakeseam/?done=webhooks%2Fdeliveries"
    )


def test_json_from_the_same_origin_gets_json(fake):
    response = Client(fake.wsgi_app).post(
        "/_fakeseam/clock/advance", json={"seconds": 90}, headers={"Origin": "http://localhost"}
    )

    assert response.get_json() == {"now": "2026-01-01T12:01:30.000Z", "ok": True}


def test_a_form_sent_to_an_api_endpoint_is_refused(fake):
    response = Client(fake.wsgi_app).post(
        "/connect_webviews/create",
        data=b"a=b",
        content_type=FORM,
        headers={"Origin": "http://localhost", "Authorization": f"Bearer {fake.api_key}"},
    )

    assert response.get_json()["error"]["type"] == "invalid_content_type"


def test_the_endpoint_of_the_official_fake_may_be_called_by_a_form(fake, webview_id):
    response = Client(fake.wsgi_app).post(
        "/_fake/complete_connect_webview",
        data={"connect_webview_id": webview_id},
        headers={"Origin": "http://localhost"},
    )

    assert response.headers["Location"] == "/_fakeseam/?done=complete_connect_webview"
    assert status_of(fake, webview_id) == "authorized"
