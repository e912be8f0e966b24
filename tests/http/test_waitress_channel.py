"""Connections that a fault has held: they work afterwards, and are read within limits."""

from __future__ import annotations

import socket
from contextlib import contextmanager

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

    assert response.startswith(b"HTTP/1.1 400 BAD REQUEST")
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
