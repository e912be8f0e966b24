"""The page at ``/_fakeseam/``: its contents, its headers, and that all of it is text."""

from __future__ import annotations

import re

import pytest
from werkzeug.test import Client

from fakeseam import ApiError, BrokenResponse, FakeSeam
from tests.http.pages.inspected_page import page_of

HOSTILE = "<img src=x onerror=alert(1)>"
EVIL = "</script><img src=x onerror=alert(1)>"
RTL = "\u05e9\u05dc\u05d5\u05dd \u202egnp.exe"
LONG = "x" * 500
ODD = {"evil": EVIL, "rtl": RTL, "long": LONG, 'a"b\'<i>': "&amp;"}


@pytest.fixture
def read(fake):
    return lambda query="": page_of(fake, query)


def furnish(fake):
    """Creates one of everything, with hostile names."""
    fake.call("/webhooks/create", {"url": "https://app.example.com/hooks?x=<b>"})
    account = fake.connect_account(
        "august",
        "jane@example.com",
        ODD,
        customer_key=f"customer {EVIL}",
        devices=[{"name": f"Door {EVIL}", "custom_metadata": ODD}],
    )
    device = fake.call("/devices/list")["devices"][0]
    sent = {"device_id": device["device_id"], "name": f"Guest {EVIL}"}
    fake.call("/access_codes/create", sent)
    fake.add_account_error(account, "bridge_disconnected", f"error {EVIL}")
    fake.disconnect_account(account)
    fake.call("/connect_webviews/create", {"custom_metadata": ODD, "custom_redirect_url": EVIL})
    with pytest.raises(ApiError):
        fake.call(f"/nowhere/{EVIL}")
    return account


def test_an_empty_fake_has_a_text_in_each_section(read):
    page = read()

    assert page.texts("h1") == ["What this fake holds"]
    assert page.texts("h2") == [
        "Workspaces",
        "Webviews",
        "Accounts",
        "Devices",
        "Access codes",
        "Events",
        "Deliveries",
        "Requests",
    ]
    texts = page.texts("p", **{"class": "empty"})
    assert [text.partition(".")[0] for text in texts] == [
        "No webview yet",
        "No account yet",
        "No device yet",
        "No access code yet",
        "No event yet",
        "No delivery yet",
        "No request yet",
    ]
    assert "fake.connect_account()" in page.text


def test_the_header_shows_the_time_the_seed_and_strictness():
    with FakeSeam(seed=7, now="2026-01-01T12:00:00Z", strict=True) as fake:
        assert page_of(fake).texts("dd")[:3] == ["2026-01-01 12:00:00.000", "7", "yes"]


def test_a_workspace_shows_its_key_and_its_contents(fake, read):
    fake.connect_account()

    page = read("?show=workspaces")

    assert {fake.api_key, fake.workspace_id} <= set(page.texts("code"))
    assert {"connect webviews: 1", "connected accounts: 1", "devices: 2"} <= set(page.texts("li"))


def test_a_webview_can_be_opened_completed_and_failed(fake, read):
    webview = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    webview = webview["connect_webview"]
    webview_id = webview["connect_webview_id"]

    page = read("?show=webviews")

    (link,) = page.all("a", **{"aria-label": f"Open webview {webview_id}"})
    assert link["href"] == webview["url"].replace("http://fakeseam", "http://localhost")
    assert f"Complete webview {webview_id}" in page.buttons
    assert f"Fail webview {webview_id}" in page.buttons
    assert "user" in page.texts("dt") and "u1" in page.texts("dd")


def test_a_used_webview_names_its_account_and_has_no_buttons(fake, read):
    fake.connect_account("august", "jane@example.com")

    page = read("?show=webviews")

    assert "jane@example.com" in page.texts("a")
    assert not [name for name in page.buttons if "webview" in name]


def test_an_account_can_be_disconnected_and_then_reconnected(fake, read):
    account = fake.connect_account("august", "jane@example.com", {"user": "u1", "vip": True})
    before = read("?show=accounts")
    fake.disconnect_account(account)

    after = read("?show=accounts")

    assert "Disconnect jane@example.com, August" in before.buttons
    assert "Reconnect jane@example.com, August" not in before.buttons
    assert "Disconnect jane@example.com, August" not in after.buttons
    assert "Reconnect jane@example.com, August" in after.buttons
    assert "account_disconnected" in after.texts("span")
    assert [text for text in after.texts("dd") if text in ("u1", "true")] == ["u1", "true"]


def test_devices_events_and_requests_are_shown(fake, read):
    fake.connect_account("august", "jane@example.com", devices=[{"name": "Cellar"}])
    fake.call("/devices/list")

    assert "Cellar" in read("?show=devices").texts("bdi")
    events = read("?show=events").texts("strong")
    assert events[-1] == "connect_webview.login_succeeded"
    assert len(events) == len(fake.events)
    assert "POST /devices/list" in read("?show=requests").texts("bdi")


def test_a_delivery_shows_every_signature_and_attempt(fake, read, failure_hook):
    failure_hook("https://app.example.com/hooks")
    answers = iter([503, 200])
    fake.webhooks.deliver_to(lambda delivery: next(answers))
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    fake.clock.advance(5)

    page = read("?show=deliveries")

    (sent,) = fake.webhooks
    assert {sent.message_id, sent.headers["svix-signature"], "1767268805", "1767268800"} <= set(
        page.texts("dd")
    )
    assert sent.body in page.texts("pre")
    assert {"delivered", "503", "200"} <= set(page.texts("span"))


def test_strict_violations_are_listed(fake, read):
    fake.call("/devices/list", {"limt": 1})

    assert "/devices/list: unknown parameter 'limt'" in read("?show=requests").texts("li")


# Text is text


@pytest.mark.parametrize(
    "query",
    ["", "?show=webviews", "?show=accounts", "?show=devices", "?show=events", "?show=deliveries",
     "?show=requests", "?show=accounts&search=%3C%2Fscript%3E"],
)  # fmt: skip
def test_all_texts_of_an_app_are_shown_as_text(fake, read, query):
    furnish(fake)

    page = read(query)

    assert not page.all("img") and not page.all("script") and not page.all("i")
    assert EVIL in page.text


def test_the_response_of_a_receiver_is_shown_as_text(
    fake, read, failure_hook, fail_login, receiver
):
    receiver.answers.append(f"HTTP/1.1 500 No\r\n\r\n{HOSTILE}".encode())
    failure_hook(receiver.url)
    fail_login()
    fake.webhooks.settle()

    page = read("?show=deliveries")

    assert page.all("img") == []
    assert HOSTILE in page.texts("bdi")


def test_an_exception_of_a_sender_is_shown_as_text(fake, read, failure_hook, fail_login):
    def fail(delivery):
        raise RuntimeError(HOSTILE)

    failure_hook("https://app.example.com/hooks")
    fake.webhooks.deliver_to(fail)
    fail_login()

    page = read("?show=deliveries")

    assert page.all("img") == []
    assert f"RuntimeError('{HOSTILE}')" in page.texts("bdi")


def test_metadata_is_isolated_from_the_direction_of_the_text(fake, read):
    furnish(fake)

    isolated = [one["text"] for one in read("?show=accounts").all("bdi")]

    assert {*ODD, *ODD.values()} <= set(isolated)


def test_a_lone_surrogate_is_shown_in_some_way(fake, read):
    fake.connect_account("august", "jane@example.com", {"half": "\ud83d!"})

    for show in ("accounts", "events", "webviews", "deliveries"):
        assert "half" in read(f"?show={show}").text or show == "deliveries"


def test_nothing_is_loaded_from_anywhere(fake, read):
    furnish(fake)

    page = read()

    assert not [one for one in page.elements if one["tag"] in ("img", "iframe", "script")]
    assert [one["href"] for one in page.elements if one["tag"] == "link"] == ["data:,"]
    assert not [one for one in page.elements if "src" in one or "style" in one]
    assert not re.search(r"url\(|@import", page.all("style")[0]["text"])
    for link in page.all("a"):
        assert link["href"].startswith(("/_fakeseam/", "#", "http://localhost/connect_webviews/"))
    assert {form["action"] for form in page.all("form")} >= {"/_fakeseam/reset"}
    assert all(form["action"].startswith("/_fakeseam/") for form in page.all("form"))


def test_a_page_cannot_be_framed_or_cached_and_runs_no_scripts(send):
    headers = send("GET", "/_fakeseam/", headers={}).headers

    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", policy["style-src"])
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["seam-request-id"] == "request1"


@pytest.mark.parametrize(
    "value", ["null", "5", "[1]", '{"a": [null]}', "1e400", "[" * 300 + "]" * 300]
)
@pytest.mark.parametrize("query", ["", "?search=x", "?show=requests"])
def test_a_refused_request_is_shown_whatever_it_sent(fake, value, query):
    client = Client(fake.wsgi_app)
    body = f'{{"custom_metadata": {value}, "x": "x"}}'
    client.post("/connect_webviews/create", data=body, content_type="application/json")

    response = client.get(f"/_fakeseam/{query}")

    assert response.status_code == 200
    assert "&#34;x&#34;: &#34;x&#34;" in response.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["reset", "timeout"])
def test_a_request_without_a_response_is_shown_with_its_fault(fake, kind):
    fake.faults.add("/devices/list", kind=kind)
    with pytest.raises(BrokenResponse):
        fake.call("/devices/list")

    text = Client(fake.wsgi_app).get("/_fakeseam/").get_data(as_text=True)

    assert "no response" in text
    assert f"fault: {kind}" in text
