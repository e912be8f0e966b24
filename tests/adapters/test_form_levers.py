"""Levers pulled by forms of the fake's own page: what is done, and where the browser goes then."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam

FORM = "application/x-www-form-urlencoded"
PAGE = "http://localhost/_fakeseam/"


@pytest.fixture
def press(fake):
    """Post a form of the page at ``referer`` to a lever."""

    def press(lever, referer=PAGE, **entries):
        return posted(fake, lever, referer, urlencode(entries).encode())

    return press


def posted(fake, lever, referer, body):
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    if referer is not None:
        headers["Referer"] = referer
    return Client(fake.wsgi_app).post(
        f"/_fakeseam/{lever}", data=body, content_type=FORM, headers=headers
    )


@pytest.fixture
def webview_id(fake):
    return fake.call("/connect_webviews/create")["connect_webview"]["connect_webview_id"]


def status_of(fake, webview_id):
    shown = fake.call("/connect_webviews/get", {"connect_webview_id": webview_id})
    return shown["connect_webview"]["status"]


def test_a_webview_is_completed(press, fake, webview_id):
    answer = press(
        "complete_connect_webview", connect_webview_id=webview_id, email="jane@example.com"
    )

    assert answer.status_code == 303
    assert answer.headers["Location"] == "/_fakeseam/?done=complete_connect_webview"
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["user_identifier"] == {"email": "jane@example.com"}


def test_an_entry_that_is_left_blank_is_left_out(press, fake, webview_id):
    answer = press("complete_connect_webview", connect_webview_id=webview_id, email="")

    assert answer.status_code == 303
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["user_identifier"] == {"email": "user1@example.com"}


def test_a_webview_is_failed(press, fake, webview_id):
    answer = press("fail_connect_webview", connect_webview_id=webview_id)

    assert answer.headers["Location"] == "/_fakeseam/?done=fail_connect_webview"
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
    answer = press("clock/advance", seconds=seconds)

    assert answer.headers["Location"] == "/_fakeseam/?done=clock%2Fadvance"
    assert fake.clock.now.isoformat() == "2026-01-01T12:01:30+00:00"


def test_a_boolean_and_metadata_are_read_as_in_a_query(press, fake):
    sent = {"automatically_manage_new_devices": "false", "custom_metadata.user": "u1"}

    press("connect_account", **sent)

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["automatically_manage_new_devices"] is False
    assert account["custom_metadata"] == {"user": "u1"}


def test_a_form_without_any_entry_resets(press, fake):
    fake.connect_account()

    answer = press("reset", "http://localhost/_fakeseam/?show=accounts&page=2")

    assert answer.headers["Location"] == "/_fakeseam/?done=reset"
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
def test_the_browser_goes_back_to_the_page_that_the_form_was_on(press, referer, back):
    answer = press("clock/advance", referer, seconds=1)

    assert (answer.status_code, answer.data) == (303, b"")
    assert answer.headers["Location"] == f"/_fakeseam/{back}"


def test_a_page_behind_a_proxy_is_gone_back_to():
    with FakeSeam(base_url="https://seam.test") as fake:
        headers = {
            "Host": "seam.test",
            "Origin": "https://seam.test",
            "Referer": "https://seam.test/_fakeseam/?show=events",
        }
        answer = Client(fake.wsgi_app).post(
            "/_fakeseam/clock/advance", data=b"seconds=1", content_type=FORM, headers=headers
        )

    assert answer.headers["Location"] == "/_fakeseam/?show=events&done=clock%2Fadvance"


# What does not work


@pytest.mark.parametrize(
    ("lever", "entries", "status", "said"),
    [
        ("clock/advance", {"seconds": "soon"}, 400, "seconds"),
        ("clock/advance", {"seconds": "-1"}, 400, "seconds"),
        ("clock/advance", {}, 400, "seconds is required"),
        ("clock/advance", {"seconds": "1", "minutes": "1"}, 400, "no parameter &#39;minutes&#39;"),
        ("disconnect_account", {"connected_account_id": "<b>x</b>"}, 400, "Invalid uuid"),
        ("inspect", {"show": "<b>"}, 400, "&lt;b&gt;"),
        ("no_such_lever", {}, 404, "/_fakeseam/no_such_lever"),
    ],
)
def test_an_error_has_a_page_with_a_way_back(press, fake, lever, entries, status, said):
    before = fake.snapshot()

    answer = press(lever, f"{PAGE}?show=events", **entries)

    assert answer.status_code == status
    assert answer.content_type == "text/html; charset=utf-8"
    assert 'role="alert"' in answer.text
    assert said in answer.text
    assert '<a href="/_fakeseam/?show=events">' in answer.text
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert fake.snapshot() == before


def test_a_login_that_fails_says_so(press, fake, webview_id):
    answer = press(
        "complete_connect_webview",
        connect_webview_id=webview_id,
        email="jane@example.com",
        password="wrong",
        provider="august",
    )

    assert answer.status_code == 400
    assert "What was entered is not correct" in answer.text
    assert status_of(fake, webview_id) == "failed"


def test_a_page_of_an_error_shows_what_was_said_as_text(press):
    answer = press("connect_account", provider="</script><img src=x onerror=alert(1)>\u202e")

    assert "<img" not in answer.text
    assert "&lt;img src=x onerror=alert(1)&gt;" in answer.text


def test_bytes_that_are_no_text_are_read_all_the_same(fake):
    answer = posted(fake, "create_workspace", PAGE, b"name=%ff%fe\xff")

    assert answer.status_code == 303


def test_a_lever_that_only_reads_answers_a_form_too(press):
    assert press("webhooks/deliveries").headers["Location"] == (
        "/_fakeseam/?done=webhooks%2Fdeliveries"
    )


def test_json_from_the_own_origin_is_answered_with_json(fake):
    answer = Client(fake.wsgi_app).post(
        "/_fakeseam/clock/advance", json={"seconds": 90}, headers={"Origin": "http://localhost"}
    )

    assert answer.get_json() == {"now": "2026-01-01T12:01:30.000Z", "ok": True}


def test_a_form_for_one_of_seams_endpoints_is_no_form_of_the_page(fake):
    answer = Client(fake.wsgi_app).post(
        "/connect_webviews/create",
        data=b"a=b",
        content_type=FORM,
        headers={"Origin": "http://localhost", "Authorization": f"Bearer {fake.api_key}"},
    )

    assert answer.get_json()["error"]["type"] == "invalid_content_type"


def test_the_one_lever_elsewhere_is_pulled_by_a_form_too(fake, webview_id):
    answer = Client(fake.wsgi_app).post(
        "/_fake/complete_connect_webview",
        data={"connect_webview_id": webview_id},
        headers={"Origin": "http://localhost"},
    )

    assert answer.headers["Location"] == "/_fakeseam/?done=complete_connect_webview"
    assert status_of(fake, webview_id) == "authorized"
