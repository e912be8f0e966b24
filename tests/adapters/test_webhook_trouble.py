"""Receivers that are wrong in every way: each is a failed attempt, and no more."""

from __future__ import annotations

import socket
import ssl
import threading

import pytest
import trustme

from fakeseam import FakeSeam, posting

HANGS = (None, None, "no answer within 0.2 s")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(posting, "WEBHOOK_TIMEOUT_S", 0.2)


@pytest.fixture
def attempt(fake, hook, cause):
    """Deliver once to a URL; gives what became of it. The next attempt waits for its time."""

    def attempt(url):
        hook(url)
        cause()
        fake.webhooks.settle()
        (delivery,) = fake.webhooks
        assert delivery.state == "waiting"
        (one,) = delivery.attempts
        assert one.at == "2026-01-01T12:00:00.000Z"
        return one.status, one.answer, one.error

    return attempt


@pytest.fixture
def deaf():
    """A port at which connections are made and nothing is ever said."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_an_attempt_has_five_seconds():
    assert posting.WEBHOOK_TIMEOUT_S == 5.0


@pytest.mark.parametrize("status", [300, 400, 404, 410, 429, 500, 503, 999])
def test_a_status_that_is_no_success_is_a_failure(receiver, attempt, status):
    receiver.answers.append(status)

    assert attempt(receiver.url) == (status, "seen", None)


def test_a_redirect_is_not_followed(receiver, attempt):
    where = f"Location: {receiver.url}/elsewhere".encode()
    receiver.answers.append(b"HTTP/1.1 307 See\r\n" + where + b"\r\nContent-Length: 0\r\n\r\n")

    assert attempt(receiver.url) == (307, "", None)
    assert [one.path for one in receiver.got] == ["/hook"]


def test_a_long_answer_is_kept_in_part(receiver, attempt):
    receiver.answers.append(b"HTTP/1.1 500 No\r\n\r\n" + b"x" * 100_000)

    assert attempt(receiver.url) == (500, "x" * 1000, None)


def test_an_answer_that_is_no_text_is_kept_as_well_as_it_can_be(receiver, attempt):
    receiver.answers.append(b"HTTP/1.1 500 No\r\nContent-Length: 2\r\n\r\n\xff!")

    assert attempt(receiver.url) == (500, "\ufffd!", None)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "RemoteDisconnected"),
        (b"this is no HTTP\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 abc\r\n\r\n", "BadStatusLine"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"x" * 70_000 + b"\r\n\r\n", "LineTooLong"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "got more than 100 headers"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "IncompleteRead"),
    ],
)
def test_what_is_no_answer_is_a_failure(receiver, attempt, sent, said):
    receiver.answers.append(sent)

    status, answer, error = attempt(receiver.url)

    assert (status, answer) == (None, None)
    assert said in error


def test_a_refused_connection_is_a_failure(attempt):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    status, answer, error = attempt(f"http://127.0.0.1:{port}/")

    assert (status, answer) == (None, None)
    assert "Connection refused" in error


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:99999/", "Port out of range"),
        ("ftp://127.0.0.1/", "not ftp"),
        ("ws://localhost/", "not ws"),
    ],
)
def test_a_url_that_cannot_be_sent_to_is_a_failure(attempt, url, said):
    status, answer, error = attempt(url)

    assert (status, answer) == (None, None)
    assert said in error


def test_one_that_hangs_is_a_failure(impatient, receiver, attempt):
    receiver.answers.append(receiver.hang)

    assert attempt(receiver.url) == HANGS


def test_one_that_answers_a_byte_at_a_time_has_the_same_time(impatient, receiver, attempt):
    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        while not receiver.release.wait(0.02):
            handler.wfile.write(b"A")
        return b""

    receiver.answers.append(drip)

    assert attempt(receiver.url) == HANGS


def test_one_that_never_ends_its_body_is_a_failure(impatient, receiver, attempt):
    def begin(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        return receiver.hang(handler) and b""

    receiver.answers.append(begin)

    assert attempt(receiver.url) == HANGS


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_one_that_says_nothing_is_a_failure(impatient, deaf, attempt, scheme):
    assert attempt(f"{scheme}://127.0.0.1:{deaf}/") == HANGS


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_closing_does_not_wait_for_one_that_says_nothing(deaf, monkeypatch, scheme):
    monkeypatch.setattr(posting, "WEBHOOK_TIMEOUT_S", 3600)
    connected = threading.Event()
    connect = socket.create_connection

    def tell(*args, **how):
        made = connect(*args, **how)
        connected.set()
        return made

    monkeypatch.setattr(socket, "create_connection", tell)
    with FakeSeam() as fake:
        fake.call("/webhooks/create", {"url": f"{scheme}://127.0.0.1:{deaf}/"})
        fake.connect_account()
        assert connected.wait(30)

    assert [one for one in threading.enumerate() if one.name == "fakeseam-webhooks"] == []


def test_one_without_tls_is_a_failure(receiver, attempt):
    status, answer, error = attempt(f"https://127.0.0.1:{receiver.port}/")

    assert (status, answer) == (None, None)
    assert "SSL" in error


def test_a_certificate_that_nobody_vouches_for_is_a_failure(receiver, attempt):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    receiver.socket = context.wrap_socket(
        receiver.socket, server_side=True, do_handshake_on_connect=False
    )

    status, answer, error = attempt(f"https://127.0.0.1:{receiver.port}/")

    assert (status, answer) == (None, None)
    assert "CERTIFICATE_VERIFY_FAILED" in error
    assert receiver.got == []
