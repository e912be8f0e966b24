"""The control guard: hosts that may call the control API."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from functools import partial

import httpx
import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam
from tests.http.foreign_host import status_and_error

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
GOOD_HOSTS = [
    "localhost",
    "localhost:8080",
    "LOCALHOST:8080",
    "localhost.",
    "localhost.:8080",
    "app.localhost:8080",
    "127.0.0.1",
    "127.0.0.1:8080",
    "127.9.9.9:1",
    "[::1]",
    "[::1]:8080",
]
BAD_HOSTS = [
    "evil.example",
    "evil.example:8080",
    "fakeseam",
    "localhost.evil.example",
    "notlocalhost",
    "evil.example@localhost",
    "localhost@evil.example",
    "localhost, evil.example",
    "127.0.0.1.evil.example",
    "127.0.0.1.nip.io",
    "evil_name.example",
    "10.0.0.1",
    "0.0.0.0:8080",
    "[::]:8080",
    "[2001:db8::1]",
    "[::1",
    "localhost:80:80",
    "localhost:http",
    "localhost..",
    ":8080",
    "\u00e9vil.example",
]


@pytest.fixture
def status(fake):
    """``status_and_error`` of this test's fake."""
    return partial(status_and_error, fake)


def socket_status(port, head):
    """The status of the response to exactly these bytes."""
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.sendall(head)
        return int(connection.recv(65536).split()[1])


# The host


@pytest.mark.parametrize(("method", "path"), CONTROL_PATHS)
def test_every_control_path_refuses_a_foreign_host(status, method, path):
    result = status(method, path, "evil.example")

    assert result == (403, None if method == "HEAD" else "fakeseam_forbidden_host")


@pytest.mark.parametrize("host", GOOD_HOSTS)
def test_a_host_that_is_this_machine_is_allowed(status, host):
    assert status("POST", "/_fakeseam/connect_account", host)[0] == 200


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_a_host_that_is_not_this_machine_is_refused(status, host):
    result = status("POST", "/_fakeseam/connect_account", host)

    assert result == (403, "fakeseam_forbidden_host")


def test_a_refused_request_has_changed_nothing(status, fake):
    before = fake.snapshot()

    status("POST", "/_fakeseam/connect_account", "evil.example")

    assert fake.snapshot() == before


def test_the_error_has_the_usual_shape_and_names_the_ways_out(fake):
    response = Client(fake.wsgi_app).get("/_fakeseam/", headers={"Host": "evil.example"})

    error = response.get_json()["error"]
    assert response.get_json()["ok"] is False
    assert error["request_id"] == response.headers["seam-request-id"] == "request1"
    hints = "'evil.example'", "DNS rebinding", "localhost", "--host NAME", "--base-url", "base_url"
    for hint in hints:
        assert hint in error["message"]


@pytest.mark.parametrize("path", ["/health", "/connect_webviews/view", "/_fakery", "/favicon.ico"])
def test_other_paths_are_served_under_any_host(status, path):
    assert status("GET", path, "seam.test")[0] != 403


def test_the_api_is_served_under_any_host(fake):
    key = {"Authorization": f"Bearer {fake.api_key}"}

    assert status_and_error(fake, "GET", "/devices/list", "seam.test", headers=key)[0] == 200


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://seam.test", "seam.test"),
        ("https://seam.test:8080/x", "SEAM.test.:9090"),
        ("http://seam_fake:8000", "seam_fake:8000"),
        ("http://[2001:db8::1]:80", "[2001:db8::1]"),
    ],
)
def test_the_host_of_the_base_url_is_allowed(base_url, host):
    with FakeSeam(base_url=base_url) as fake:
        assert status_and_error(fake, "GET", "/_fakeseam/inspect", host)[0] == 200
        assert status_and_error(fake, "GET", "/_fakeseam/inspect", "evil.example")[0] == 403


def test_a_wildcard_address_as_base_url_allows_no_host():
    with FakeSeam(base_url="http://0.0.0.0") as fake:
        assert status_and_error(fake, "GET", "/_fakeseam/inspect", "evil.example")[0] == 403
        assert status_and_error(fake, "GET", "/_fakeseam/inspect", "0.0.0.0")[0] == 403


@pytest.mark.parametrize(
    ("bound", "url", "host"),
    [
        ("seam.test", "http://10.1.2.3:8000", "seam.test:8000"),
        ("seam.test", "http://10.1.2.3:8000", "10.1.2.3:8000"),
        ("Seam_Fake", "http://10.1.2.3:8000", "seam_fake"),
        ("2001:db8::1", "http://[2001:db8::1]:8000", "[2001:DB8::1]:8000"),
    ],
)
def test_the_host_that_a_server_is_bound_to_is_allowed(fake, bound, url, host):
    fake._engine.set_server_url(url, bound)

    assert status_and_error(fake, "GET", "/_fakeseam/inspect", host)[0] == 200
    assert status_and_error(fake, "GET", "/_fakeseam/inspect", "evil.example")[0] == 403


def test_a_host_is_refused_after_its_server_has_stopped(fake):
    fake._engine.set_server_url("http://10.1.2.3:8000", "seam.test")
    fake._engine.set_server_url(None)

    assert status_and_error(fake, "GET", "/_fakeseam/inspect", "seam.test")[0] == 403


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", 200),
        ("localhost", 200),
        ("10.1.2.3", 200),
        ("[2001:db8::1]", 200),
        ("0.0.0.0", 403),
        ("x.test", 403),
        ("10.1.2.3.nip.io", 403),
    ],
)
def test_a_server_at_every_address_is_allowed_by_number_and_as_this_machine(fake, host, expected):
    with fake.serve(host="0.0.0.0") as server:
        head = f"GET /_fakeseam/inspect HTTP/1.1\r\nHost: {host}:{server.port}\r\n\r\n"

        assert socket_status(server.port, head.encode()) == expected


def test_a_request_without_a_host_is_allowed(fake):
    with fake.serve() as server:
        assert socket_status(server.port, b"GET /_fakeseam/inspect HTTP/1.0\r\n\r\n") == 200


def test_a_request_with_two_hosts_is_refused(fake):
    head = b"GET /_fakeseam/ HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n"
    with fake.serve() as server:
        assert socket_status(server.port, head) in (400, 403)


def test_a_bound_host_is_allowed_over_a_socket(fake):
    with fake.serve(host="localhost") as server:
        connection = http.client.HTTPConnection("localhost", server.port)
        with closing(connection):
            connection.request("GET", "/_fakeseam/inspect")
            assert connection.getresponse().status == 200


def test_any_host_is_allowed_in_process(fake):
    with httpx.Client(transport=fake.transport(), base_url="https://whatever.test") as client:
        assert client.post("/_fakeseam/connect_account", json={}).status_code == 200


# Seam's endpoints


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", 401), ("127.0.0.1", 401), ("[::1]", 401), ("evil.example", 403)],
)
@pytest.mark.parametrize("path", ["/devices/list", "/nowhere"])
def test_a_server_for_this_machine_answers_under_its_names_only(fake, path, host, expected):
    with fake.serve() as server:
        head = f"GET {path} HTTP/1.1\r\nHost: {host}:{server.port}\r\n\r\n"

        unknown = {401: 404}.get(expected, expected) if path == "/nowhere" else expected
        assert socket_status(server.port, head.encode()) == unknown


def test_a_server_for_this_machine_answers_under_the_host_of_its_base_url():
    with FakeSeam(base_url="http://seam.test:8080") as fake, fake.serve() as server:
        head = b"GET /devices/list HTTP/1.1\r\nHost: seam.test:8080\r\n\r\n"

        assert socket_status(server.port, head) == 401


def test_a_server_at_every_address_answers_seams_paths_under_any_host(fake):
    with fake.serve(host="0.0.0.0") as server:
        head = b"GET /devices/list HTTP/1.1\r\nHost: seam\r\n\r\n"

        assert socket_status(server.port, head) == 401


def test_an_application_in_another_server_answers_seams_paths_under_any_host(fake):
    assert status_and_error(fake, "GET", "/devices/list", "seam.example")[0] == 401
