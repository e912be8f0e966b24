"""The control guard: web pages and bodies that may call the control API."""

from __future__ import annotations

import json
from functools import partial

import httpx
import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam, control
from tests.http.foreign_host import status_and_error

FORM = "application/x-www-form-urlencoded"
CONTROL_PATHS = [
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
    """``status_and_error`` of this test's fake."""
    return partial(status_and_error, fake)


@pytest.mark.parametrize("origin", BAD_ORIGINS)
@pytest.mark.parametrize("path", ["/_fakeseam/connect_account", "/_fake/complete_connect_webview"])
def test_a_page_of_another_origin_cannot_call_the_control_api(status, fake, path, origin):
    before = fake.snapshot()

    for sent in ({"json": {}}, {"data": "a=b", "content_type": FORM}, {}):
        result = status("POST", path, headers={"Origin": origin}, **sent)
        assert result == (403, "fakeseam_forbidden_origin")
    assert fake.snapshot() == before


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_browser_on_a_page_of_another_site_is_refused(status, method, site):
    result = status(method, "/_fakeseam/reset", headers={"Sec-Fetch-Site": site})

    assert result == (403, "fakeseam_forbidden_origin")


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
def test_every_other_client_may_call_the_control_api(status, headers):
    assert status("POST", "/_fakeseam/connect_account", headers=headers, json={})[0] == 200


def test_the_port_is_part_of_the_origin(status):
    origin = {"Origin": "http://127.0.0.1:8080"}

    assert status("POST", "/_fakeseam/reset", "127.0.0.1:8080", headers=origin)[0] == 200
    assert status("POST", "/_fakeseam/reset", "127.0.0.1:8081", headers=origin)[0] == 403


def test_the_base_url_is_an_origin_of_its_own_behind_a_proxy():
    with FakeSeam(base_url="https://seam.test") as fake:
        for origin, expected in {"https://seam.test": 200, "https://evil.test": 403}.items():
            headers = {"Origin": origin}
            status, _ = status_and_error(
                fake, "POST", "/_fakeseam/reset", "seam.test", headers=headers
            )
            assert status == expected


def test_a_page_of_another_origin_may_send_a_get_but_not_read_it(fake):
    headers = {"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"}
    response = Client(fake.wsgi_app).get("/_fakeseam/inspect", headers=headers)

    assert response.status_code == 200
    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(("method", "path"), CONTROL_PATHS)
@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_no_control_path_has_headers_for_other_origins(fake, method, path, host):
    headers = {"Origin": "http://localhost", "Host": host}
    response = Client(fake.wsgi_app).open(path, method=method, headers=headers)

    assert not [name for name, _ in response.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    "content_type",
    [FORM, "text/plain", "multipart/form-data; boundary=x", "text/plain; application/json", ""],
)
def test_a_body_that_is_neither_json_nor_a_form_of_the_page_is_refused(fake, content_type):
    before = fake.snapshot()

    response = Client(fake.wsgi_app).post(
        "/_fakeseam/connect_account", data=b"{}", content_type=content_type
    )

    assert response.status_code == 400
    assert "requests must have Content-Type header with" in response.text
    assert fake.snapshot() == before


def test_json_may_declare_its_charset(fake):
    response = Client(fake.wsgi_app).post(
        "/_fakeseam/connect_account", data=b"{}", content_type="Application/JSON; charset=utf-8"
    )

    assert response.status_code == 200


def test_in_process_a_page_of_another_origin_is_refused_too(fake):
    with httpx.Client(transport=fake.transport(), base_url="http://app.test") as client:
        for origin, expected in {"http://app.test": 200, "http://evil.test": 403}.items():
            response = client.post("/_fakeseam/reset", json={}, headers={"Origin": origin})
            assert response.status_code == expected


# A GET changes nothing


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_no_control_path_changes_anything_by_a_get(fake, method):
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    webview, _ = fake.call("/connect_webviews/create")["connect_webview"], fake.connect_account()
    before, now = fake.snapshot(), fake.clock.now
    params = {"connect_webview_id": webview["connect_webview_id"], "seconds": 5}

    paths = [one.path for one in control.control_endpoints() if one.path.startswith("/_fake")]
    for path in [*paths, "/_fakeseam/", "/_fakeseam"]:
        Client(fake.wsgi_app).open(path, method=method, query_string=params)
        Client(fake.wsgi_app).open(path, method=method, data=json.dumps(params))

    assert (fake.snapshot(), fake.clock.now) == (before, now)


def test_a_browser_at_the_page_does_not_request_an_icon(fake):
    page = Client(fake.wsgi_app).get("/_fakeseam/")

    assert '<link rel="icon" href="data:,">' in page.text
    assert "img-src data:;" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
@pytest.mark.parametrize("query", ["", "?seconds=5"])
def test_an_empty_body_of_a_forms_type_is_refused(fake, kind, query):
    now = fake.clock.now
    path = f"/_fakeseam/clock/advance{query}" if query else "/_fakeseam/reset"

    response = Client(fake.wsgi_app).post(path, content_type=kind)

    assert "application/json" in response.get_json()["error"]["message"]
    assert (response.status_code, fake.clock.now) == (400, now)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_address_of_the_server_redirects_to_the_page(method):
    with FakeSeam(strict=True) as fake:
        response = Client(fake.wsgi_app).open("/", method=method)

    assert (response.status_code, response.headers["Location"]) == (303, "/_fakeseam/")


def test_only_a_get_of_the_root_redirects(fake):
    assert Client(fake.wsgi_app).post("/", json={}).status_code == 404
