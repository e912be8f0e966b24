"""Clients that speak TLS to the server, or send bodies without end."""

from __future__ import annotations

import json
import socket
import ssl

import httpx
import pytest
import seam as seam_sdk

from fakeseam import FakeSeam
from fakeseam.http.wire import MAX_BODY_BYTES

LIMIT = 10 * 2**20
CREATE = "/connect_webviews/create"


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def client(fake, server):
    headers = {"Authorization": f"Bearer {fake.api_key}", "Content-Type": "application/json"}
    with httpx.Client(base_url=server.url, headers=headers, timeout=60) as client:
        yield client


def body_of(size):
    """A JSON body of exactly this size."""
    empty = json.dumps({"custom_redirect_url": ""}).encode()
    return empty[:-2] + b"x" * (size - len(empty)) + empty[-2:]


# Bodies


def test_the_limit_is_ten_mebibytes():
    assert MAX_BODY_BYTES == LIMIT


def test_a_body_up_to_the_limit_is_taken(client):
    assert client.post(CREATE, content=body_of(LIMIT)).status_code == 200


@pytest.mark.parametrize("size", [LIMIT + 1, 2 * LIMIT])
def test_a_longer_body_is_refused_as_seam_refuses(fake, client, size):
    response = client.post(CREATE, content=body_of(size))

    assert response.status_code == 413
    assert response.json()["error"]["type"] == "payload_too_large"
    assert response.headers["seam-request-id"] == "request1"
    assert list(fake.requests) == []


def test_a_longer_body_in_chunks_is_refused_too(client):
    chunks = (b" " * 2**16 for _ in range(400))

    assert client.post(CREATE, content=chunks).status_code == 413


def test_the_connection_goes_on_after_a_body_that_was_too_long(client):
    assert client.post(CREATE, content=body_of(LIMIT + 1)).status_code == 413
    assert client.post(CREATE, json={}).status_code == 200


def test_a_longer_body_is_refused_in_process_too(fake):
    with httpx.Client(transport=fake.transport()) as client:
        response = client.post(f"http://x{CREATE}", content=body_of(LIMIT + 1))

    assert response.status_code == 413


def test_the_control_api_takes_a_dump_of_any_size(fake, client):
    fake.connect_account(custom_metadata={"user": "u1"})
    dump = fake.call("/_fakeseam/dump")["dump"]

    padded = json.dumps(dump).encode() + b" " * LIMIT

    assert client.post("/_fakeseam/load", content=padded).status_code == 200


# TLS


def test_a_client_that_speaks_tls_fails_at_once(server):
    context = ssl.create_default_context()
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        with pytest.raises(ssl.SSLError, match="(?i)wrong.version.number"):
            context.wrap_socket(connection, server_hostname="localhost")


def test_the_sdk_at_an_https_endpoint_fails_at_once(fake, server):
    endpoint = server.url.replace("http:", "https:")

    with seam_sdk.Seam(fake.api_key, endpoint=endpoint) as seam:
        with pytest.raises(httpx.ConnectError, match="(?i)wrong.version.number"):
            seam.connect_webviews.create()  # by POST, which the SDK tries once


def test_a_client_that_speaks_tls_fails_a_strict_test():
    with pytest.raises(AssertionError, match="spoke TLS .* check SEAM_ENDPOINT"):
        with FakeSeam(strict=True) as fake, fake.serve() as server:
            with pytest.raises(httpx.ConnectError):
                httpx.get(server.url.replace("http:", "https:"), verify=False)


def test_a_hello_in_pieces_is_refused_once(server):
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        connection.sendall(b"\x16")
        answer = connection.recv(100)
        connection.sendall(b"\x03\x01")

        assert answer.startswith(b"HTTP/1.0 400 ")


def test_a_later_byte_of_that_value_is_no_tls(server):
    with socket.create_connection((server.host, server.port), timeout=20) as connection:
        connection.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with connection.makefile("rb") as lines:
            assert b"".join(iter(lines.readline, b"\r\n")).startswith(b"HTTP/1.1 200 ")
            lines.read(len('{"ok":true}'))
        connection.sendall(b"\x16\x03\x01\r\n\r\n")
        assert connection.recv(1000).startswith(b"HTTP/1.0 400 ")
