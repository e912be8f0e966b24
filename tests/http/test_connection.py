"""Connections: what a client of HTTP may do, and how a fault holds one."""

from __future__ import annotations

import os
import resource
import socket
import sys
import threading
from contextlib import ExitStack, contextmanager

import pytest

from fakeseam.http.connection import Connection
from fakeseam.http.server import Server, listen
from fakeseam.http.wire import NO_TEST

LIST = "/connect_webviews/list"
A_LITTLE = 0.05
WHILE = 0.5  # seconds of real time, in which a server could do the wrong thing


@contextmanager
def connected(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        yield connection


def request(fake, method, path, body=b"", padding=0):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {fake.api_key}\r\nContent-Length: {len(body)}\r\n"
        f"X-Padding: {'x' * padding}\r\n\r\n"
    ).encode() + body


def test_after_a_late_response_a_client_may_close_its_side_after_a_request(
    fake,
):
    fake.faults.add(LIST, latency=A_LITTLE)
    # The second response waits for an event that does not come; no fault holds it.
    body = b'{"event_type":"device.added","timeout":%g}' % WHILE

    with fake.serve() as server, connected(server) as connection:
        connection.sendall(request(fake, "GET", LIST))
        received = b""
        while not received.endswith(b'"ok":true}'):
            received += connection.recv(65536)
        connection.sendall(request(fake, "POST", "/_fakeseam/events/wait_for", body))
        connection.shutdown(socket.SHUT_WR)
        response = b"".join(iter(lambda: connection.recv(65536), b""))

    assert response.startswith(b"HTTP/1.1 400 ")
    assert b"device.added was not emitted within" in response


def test_a_client_that_never_stops_sending_is_not_read_without_limit(fake):
    """The kernel blocks it when its buffers are full: 64 MiB are more than they hold."""
    fake.faults.add(LIST, kind="timeout")
    one = request(fake, "GET", LIST, padding=65_536)
    sent = 0
    with fake.serve() as server, connected(server) as connection:
        connection.settimeout(WHILE)
        try:
            for _ in range(1024):
                connection.sendall(one)
                sent += 1
        except TimeoutError:
            pass

    assert 0 < sent < 1024


# The socket


def test_a_second_response_does_not_wait_for_the_first_to_be_confirmed():
    with listen() as listening, socket.create_connection(listening.getsockname()) as client:
        accepted, _ = listening.accept()
        found = []

        def respond(request):
            found.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            return NO_TEST

        client.sendall(b"GET / HTTP/1.0\r\n\r\n")
        Connection(accepted, respond, threading.Event()).run()

    assert found != [] and 0 not in found


def test_a_default_timeout_of_sockets_does_not_end_an_idle_connection(fake):
    with fake.serve() as server, connected(server) as connection:
        socket.setdefaulttimeout(A_LITTLE)
        try:
            connection.sendall(request(fake, "GET", "/health"))
            assert read_until(connection, b'{"ok":true}')
        finally:
            socket.setdefaulttimeout(None)
        threading.Event().wait(4 * A_LITTLE)
        connection.sendall(request(fake, "GET", "/health"))
        assert read_until(connection, b'{"ok":true}')


@pytest.mark.parametrize("free", [0, 1])
def test_the_first_connection_may_come_when_hardly_a_file_can_be_opened(fake, monkeypatch, free):
    monkeypatch.delitem(sys.modules, "fakeseam.http.connection")
    with fake.serve() as server, socket.socket() as connection:
        connection.settimeout(20)
        next_file = os.dup(connection.fileno())
        os.close(next_file)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (next_file + free, hard))
        try:
            connection.connect(("127.0.0.1", server.port))
            threading.Event().wait(4 * A_LITTLE)
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        connection.sendall(request(fake, "GET", "/health"))
        assert read_until(connection, b'{"ok":true}').startswith(b"HTTP/1.1 200 OK")


# What a client of HTTP may do


@contextmanager
def serving(fake):
    """Yields a connection to a server of the fake."""
    with fake.serve() as server, connected(server) as connection:
        yield connection


def read_all(connection):
    return b"".join(iter(lambda: connection.recv(65536), b""))


def read_until(connection, end):
    received = b""
    while not received.endswith(end):
        received += connection.recv(65536)
    return received


def test_a_client_that_waits_for_a_100_gets_it_and_then_the_response(fake):
    sent = request(fake, "POST", "/connect_webviews/create", b"{}")
    head = sent[:-2].replace(b"Host", b"Expect: 100-continue\r\nHost")
    with serving(fake) as connection:
        connection.sendall(head)
        assert read_until(connection, b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"{}")
        assert read_until(connection, b'"ok":true}').startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_response_to_head_has_the_length_and_no_body(fake):
    with serving(fake) as connection:
        connection.sendall(request(fake, "HEAD", LIST) + request(fake, "GET", "/health"))
        received = read_until(connection, b'"ok":true}')

    assert received.count(b'"ok":true') == 1
    assert received.count(b"HTTP/1.1 200 OK") == 2
    assert received.count(b"Content-Length: 1") == 2


def test_requests_that_come_together_are_answered_in_order(fake):
    paths = ["/health", LIST, "/nowhere", "/health"]
    with serving(fake) as connection:
        connection.sendall(b"".join(request(fake, "GET", path) for path in paths))
        connection.shutdown(socket.SHUT_WR)
        received = read_all(connection).decode()

    statuses = [part[:3] for part in received.split("HTTP/1.1 ")[1:]]
    assert statuses == ["200", "200", "404", "200"]


@pytest.mark.parametrize(
    ("version", "asked", "answered"),
    [
        ("1.1", "close", "HTTP/1.1 200 OK"),
        ("1.0", "", "HTTP/1.0 200 OK"),
    ],
)
def test_the_connection_ends_after_the_response_if_the_client_asks(fake, version, asked, answered):
    with serving(fake) as connection:
        connection.sendall(f"GET /health HTTP/{version}\r\nConnection: {asked}\r\n\r\n".encode())
        received = read_all(connection).decode()

    assert received.startswith(f"{answered}\r\n")
    assert "\r\nConnection: close\r\n" in received


def test_a_client_of_http_1_0_may_keep_the_connection(fake):
    with serving(fake) as connection:
        for _ in range(2):
            connection.sendall(b"GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            received = read_until(connection, b'{"ok":true}')
            assert b"\r\nConnection: keep-alive\r\n" in received


def test_a_client_that_sends_no_http_reads_why(fake):
    with serving(fake) as connection:
        connection.sendall(b"hello\r\n" + b"x" * 100_000)
        received = read_all(connection)

    assert received.startswith(b"HTTP/1.0 400 Bad Request\r\n")
    assert b"\r\n\r\nThis is no HTTP request: " in received


def test_a_head_without_end_is_refused(fake):
    with serving(fake) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 300_000)
        received = read_all(connection)

    assert received.startswith(b"HTTP/1.0 431 Request Header Fields Too Large\r\n")


def test_two_thousand_idle_connections_keep_no_request_waiting(fake):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 4200:
        pytest.skip("this process may open too few files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 4200), hard))
    try:
        with fake.serve() as server, ExitStack() as idle:
            for _ in range(2000):
                idle.enter_context(connected(server))
            with connected(server) as connection:
                connection.sendall(request(fake, "GET", "/health"))
                assert read_until(connection, b'{"ok":true}').startswith(b"HTTP/1.1 200 OK")
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_what_ends_a_program_ends_one_connection_only(capsys):
    def respond(request):
        raise SystemExit("no more")

    with Server(respond, listen()) as server:
        for _ in range(2):
            with connected(server) as connection:
                connection.sendall(b"GET / HTTP/1.1\r\n\r\n")
                assert read_all(connection) == b""

    assert capsys.readouterr().err.count("SystemExit: no more") == 2
