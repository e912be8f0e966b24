"""Connections of a server that were held by a fault: as before afterwards, read within bounds."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager

LIST = "/connect_webviews/list"
A_LITTLE = 0.05
WHILE = 0.5  # of real time, for a server to do what it should not


@contextmanager
def connected(server):
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as asked:
        yield asked


def request(fake, method, path, body=b"", padding=0):
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {fake.api_key}\r\nContent-Length: {len(body)}\r\n"
        f"X-Padding: {'x' * padding}\r\n\r\n"
    ).encode() + body


def test_after_a_late_answer_a_client_may_end_its_side_having_asked(fake, hook, create):
    fake.faults.add(LIST, latency=A_LITTLE)
    hook("https://app.example.com/hooks")
    seen = []
    # The second answer waits for a receiver, which takes a while; no fault is planned for it.
    fake.webhooks.deliver_to(lambda one: seen.append(one) or threading.Event().wait(WHILE) or 200)
    body = b'{"connect_webview_id":"%s"}' % create()["connect_webview_id"].encode()

    with fake.serve() as server, connected(server) as asked:
        asked.sendall(request(fake, "GET", LIST))
        told = b""
        while not told.endswith(b'"ok":true}'):
            told += asked.recv(65536)
        asked.sendall(request(fake, "POST", "/_fakeseam/fail_connect_webview", body))
        asked.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: asked.recv(65536), b""))

    assert len(seen) == 1
    assert answer.startswith(b"HTTP/1.1 200 OK")


def test_of_a_client_that_asks_on_without_end_not_everything_is_read(fake):
    """It is held up by the kernel, whose buffers are finite: 64 MiB are more than they hold."""
    fake.faults.add(LIST, kind="timeout")
    one = request(fake, "GET", LIST, padding=65_536)
    sent = 0
    with fake.serve() as server, connected(server) as asked:
        asked.settimeout(WHILE)
        try:
            for _ in range(1024):
                asked.sendall(one)
                sent += 1
        except TimeoutError:
            pass

    assert 0 < sent < 1024
