"""Who may call the fake's own routes over HTTP: from which page, and with which body."""

from __future__ import annotations

import json
from functools import partial

import httpx
import pytest
from asking import asked
from werkzeug.test import Client

from fakeseam import FakeSeam, control

FORM = "application/x-www-form-urlencoded"
OWN = [
    ("GET", "/_fakeseam/"),
    ("GET", "/_fakeseam"),
    ("GET", "/_fakeseam/inspect"),
    ("HEAD", "/_fakeseam/webhooks/deliveries"),
    ("OPTIONS", "/_fakeseam/reset"),
    ("POST", "/_fakeseam/connect_account"),
    ("POST", "/_fakeseam/nowhere"),
    ("POST", "/_fake/complete_connect_webview"),
]
BAD_ORIGINS = [
    "null",
    "",
    "http://evil.example",
    "https://localhost",
    "http://localhost:8080",
    "http://localhost.evil.example",
    "http://127.0.0.1",
    "http://localhost@evil.example",
    "http://user@localhost",
    "file://localhost",
    "localhost",
    "http://localhost, http://evil.example",
    "http://localhost:x",
    "http://[",
]


@pytest.fixture
def status(fake):
    """``asked`` of this test's fake."""
    return partial(asked, fake)


@pytest.mark.parametrize("origin", BAD_ORIGINS)
@pytest.mark.parametrize("path", ["/_fakeseam/connect_account", "/_fake/complete_connect_webview"])
def test_a_page_of_another_origin_pulls_no_lever(status, fake, path, origin):
    before = fake.snapshot()

    for sent in ({"json": {}}, {"data": "a=b", "content_type": FORM}, {}):
        said = status("POST", path, headers={"Origin": origin}, **sent)
        assert said == (403, "fakeseam_forbidden_origin")
    assert fake.snapshot() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_browser_that_says_it_comes_from_another_site_is_refused(status, method, site):
    said = status(method, "/_fakeseam/reset", headers={"Sec-Fetch-Site": site})

    assert said == (403, "fakeseam_forbidden_origin")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://localhost"},
        {"Origin": "http://localhost:80"},
        {"Origin": "HTTP://LocalHost"},
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_everybody_else_pulls_levers(status, headers):
    assert status("POST", "/_fakeseam/connect_account", headers=headers, json={})[0] == 200


def test_the_port_is_part_of_the_origin(status):
    origin = {"Origin": "http://127.0.0.1:8080"}

    assert status("POST", "/_fakeseam/reset", "127.0.0.1:8080", headers=origin)[0] == 200
    assert status("POST", "/_fakeseam/reset", "127.0.0.1:8081", headers=origin)[0] == 403


def test_the_base_url_is_an_origin_of_its_own_behind_a_proxy():
    with FakeSeam(base_url="https://seam.test") as fake:
        for origin, expected in {"https://seam.test": 200, "https://evil.test": 403}.items():
            headers = {"Origin": origin}
            said = asked(fake, "POST", "/_fakeseam/reset", "seam.test", headers=headers)
            assert said[0] == expected


def test_a_page_elsewhere_may_ask_but_not_read(fake):
    headers = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = Client(fake.wsgi_app).get("/_fakeseam/inspect", headers=headers)

    assert answer.status_code == 200
    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("method", "path"), OWN)
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_no_own_route_has_headers_for_other_origins(fake, method, path, host):
    headers = {"Origin": "http://localhost", "Host": host}
    answer = Client(fake.wsgi_app).open(path, method=method, headers=headers)

    assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "content_type",
    [FORM, "text/plain", "multipart/form-data; boundary=x", "text/plain; application/json", ""],
)
def test_a_body_that_is_neither_json_nor_an_own_form_is_refused(fake, content_type):
    before = fake.snapshot()

    answer = Client(fake.wsgi_app).post(
        "/_fakeseam/connect_account", data=b"{}", content_type=content_type
    )

    assert answer.status_code == 400
    assert "requests must have Content-Type header with" in answer.text
    assert fake.snapshot() == before


def test_json_may_say_its_charset(fake):
    answer = Client(fake.wsgi_app).post(
        "/_fakeseam/connect_account", data=b"{}", content_type="Application/JSON; charset=utf-8"
    )

    assert answer.status_code == 200


def test_in_process_a_page_of_another_origin_is_refused_too(fake):
    with httpx.Client(transport=fake.transport(), base_url="http://app.test") as client:
        for origin, expected in {"http://app.test": 200, "http://evil.test": 403}.items():
            answer = client.post("/_fakeseam/reset", json={}, headers={"Origin": origin})
            assert answer.status_code == expected


# Reading changes nothing


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_own_route_changes_anything_by_being_read(fake, method):
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    webview, _ = fake.call("/connect_webviews/create")["connect_webview"], fake.connect_account()
    before, now = fake.snapshot(), fake.clock.now
    params = {"connect_webview_id": webview["connect_webview_id"], "seconds": 5}

    paths = [lever.path for lever in control.levers() if lever.path.startswith("/_fake")]
    for path in [*paths, "/_fakeseam/", "/_fakeseam"]:
        Client(fake.wsgi_app).open(path, method=method, query_string=params)
        Client(fake.wsgi_app).open(path, method=method, data=json.dumps(params))

    assert (fake.snapshot(), fake.clock.now) == (before, now)


def test_a_browser_at_the_page_has_no_reason_to_ask_for_an_icon(fake):
    page = Client(fake.wsgi_app).get("/_fakeseam/")

    assert '<link rel="icon" href="data:,">' in page.text
    assert "img-src data:;" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize("query", ["", "?seconds=5"])
def test_a_body_of_a_forms_type_is_refused_even_if_it_is_empty(fake, kind, query):
    now = fake.clock.now
    path = f"/_fakeseam/clock/advance{query}" if query else "/_fakeseam/reset"

    answer = Client(fake.wsgi_app).post(path, content_type=kind)

    assert "application/json" in answer.get_json()["error"]["message"]
    assert (answer.status_code, fake.clock.now) == (400, now)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_address_of_the_server_leads_to_the_page(method):
    with FakeSeam(strict=True) as fake:
        answer = Client(fake.wsgi_app).open("/", method=method)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/_fakeseam/")


def test_nothing_else_is_there(fake):
    assert Client(fake.wsgi_app).post("/", json={}).status_code == 404
