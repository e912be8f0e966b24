"""Receivers that fail in every way: each is a failed attempt, and nothing more."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest
import trustme

from fakeseam import FakeSeam
from fakeseam.webhooks import webhook_http

HANGS = (None, None, "no response within 0.2 s")


@pytest.fixture
def short_timeout(monkeypatch):
    monkeypatch.setattr(webhook_http, "WEBHOOK_TIMEOUT_S", 0.2)


@pytest.fixture
def attempt(fake, failure_hook, fail_login):
    """Delivers once to a URL; returns the result. The next attempt is scheduled."""

    def attempt(url):
        failure_hook(url)
        fail_login()
        fake.webhooks.settle()
        (delivery,) = fake.webhooks
        assert delivery.state == "waiting"
        (one,) = delivery.attempts
        assert one.at == "2026-01-01T12:00:00.000Z"
        return one.status, one.response_body, one.error

    return attempt


@pytest.fixture
def silent_port():
    """A port that accepts connections and never sends anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_an_attempt_has_five_seconds():
    assert webhook_http.WEBHOOK_TIMEOUT_S == 5.0


@pytest.mark.parametrize("status", [300, 400, 404, 410, 429, 500, 503, 999])
def test_a_status_other_than_success_is_a_failure(receiver, attempt, status):
    receiver.answers.append(status)

    assert attempt(receiver.url) == (status, "seen", None)


def test_a_redirect_is_not_followed(receiver, attempt):
    where = f"Location: {receiver.url}/elsewhere".encode()
    receiver.answers.append(b"HTTP/1.1 307 See\r\n" + where + b"\r\nContent-Length: 0\r\n\r\n")

    assert attempt(receiver.url) == (307, "", None)
    assert [one.path for one in receiver.got] == ["/hook"]


def test_a_long_response_is_stored_in_part(receiver, attempt):
    receiver.answers.append(b"HTTP/1.1 500 No\r\n\r\n" + b"x" * 100_000)

    assert attempt(receiver.url) == (500, "x" * 1000, None)


def test_invalid_utf_8_in_a_response_is_replaced(receiver, attempt):
    receiver.answers.append(b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n\xff!")

    assert attempt(receiver.url) == (500, "\ufffd!", None)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"", "RemoteDisconnected"),
        (b"this is no HTTP\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 abc\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", "LineTooLong"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "got more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "IncompleteRead"),
    ],
)
def test_an_invalid_response_is_a_failure(receiver, attempt, sent, expected):
    receiver.answers.append(sent)

    status, response, error = attempt(receiver.url)

    assert (status, response) == (None, None)
    assert expected in error


def test_a_refused_connection_is_a_failure(attempt):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    status, response, error = attempt(f"http://127.0.0.1:{port}/")

    assert (status, response) == (None, None)
    assert "Connection refused" in error


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:99999/", "Port out of range"),
        ("ftp://127.0.0.1/", "not ftp"),
        ("ws://localhost/", "not ws"),
    ],
)
def test_a_url_that_cannot_be_sent_to_is_a_failure(attempt, url, expected):
    status, response, error = attempt(url)

    assert (status, response) == (None, None)
    assert expected in error


def test_a_receiver_that_hangs_is_a_failure(short_timeout, receiver, attempt):
    receiver.answers.append(receiver.hang)

    assert attempt(receiver.url) == HANGS


def test_a_receiver_that_sends_single_bytes_has_the_same_time(short_timeout, receiver, attempt):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not receiver.release.wait(0.02):
            handler.wfile.write(b"A")
        return b""

    receiver.answers.append(drip)

    assert attempt(receiver.url) == HANGS


def test_a_receiver_that_never_ends_its_body_is_a_failure(short_timeout, receiver, attempt):
    def begin(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        return receiver.hang(handler) and b""

    receiver.answers.append(begin)

    assert attempt(receiver.url) == HANGS


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_receiver_that_sends_nothing_is_a_failure(short_timeout, silent_port, attempt, scheme):
    assert attempt(f"{scheme}://127.0.0.1:{silent_port}/") == HANGS


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_closing_does_not_wait_for_a_receiver_that_sends_nothing(silent_port, monkeypatch, scheme):
    monkeypatch.setattr(webhook_http, "WEBHOOK_TIMEOUT_S", 3600)
    connected = threading.Event()
    connect = socket.create_connection

    def connect_and_signal(*args, **how):
        connection = connect(*args, **how)
        connected.set()
        return connection

    monkeypatch.setattr(socket, "create_connection", connect_and_signal)
    with FakeSeam() as fake:
        fake.call("/webhooks/create", {"url": f"{scheme}://127.0.0.1:{silent_port}/"})
        fake.connect_account()
        assert connected.wait(30)

    assert [one for one in threading.enumerate() if one.name == "fakeseam-webhooks"] == []


def test_a_receiver_without_tls_is_a_failure(receiver, attempt):
    status, response, error = attempt(f"https://127.0.0.1:{receiver.port}/")

    assert (status, response) == (None, None)
    assert "SSL" in error


def test_an_untrusted_certificate_is_a_failure(receiver, attempt):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    receiver.socket = context.wrap_socket(
        receiver.socket, server_side=True, do_handshake_on_connect=False
    )

    status, response, error = attempt(f"https://127.0.0.1:{receiver.port}/")

    assert (status, response) == (None, None)
    assert "CERTIFICATE_VERIFY_FAILED" in error
    assert receiver.got == []
