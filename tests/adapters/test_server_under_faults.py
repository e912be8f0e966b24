"""A server that holds many requests: others are answered, and it stops at once."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack

import httpx
import pytest

from fakeseam import FakeSeam
from fakeseam.threads import KEPT_THREADS

LIST = "/connect_webviews/list"
HELD = 40
SILENCE = [{"kind": "timeout"}, {"latency": 3600}]


@pytest.fixture
def hold(fake):
    """``hold(server)`` has so many requests wait; gives the sockets on which they do."""
    with ExitStack() as stack:

        def hold(server, count=HELD):
            sockets = [
                stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 20))
                for _ in range(count)
            ]
            for one in sockets:
                one.sendall(
                    f"GET {LIST} HTTP/1.1\r\nHost: {server.host}:{server.port}\r\n"
                    f"Authorization: Bearer {fake.api_key}\r\n\r\n".encode()
                )
            until(lambda: len(fake.requests) == count)
            return sockets

        yield hold


def until(happens):
    """Return when it has; nothing tells, so look again and again."""
    for _ in range(10_000):
        if happens():
            return
        threading.Event().wait(0.001)
    raise AssertionError("it never happens")


@pytest.mark.parametrize("how", SILENCE)
def test_others_are_answered_while_forty_requests_are_held(fake, hold, how):
    fake.faults.add(LIST, probability=1, **how)
    with fake.serve() as server:
        hold(server)

        assert httpx.get(f"{server.url}/health").json() == {"ok": True}
        assert httpx.post(f"{server.url}/_fakeseam/faults/clear").json() == {"ok": True}
        answer = httpx.get(
            f"{server.url}{LIST}", headers={"Authorization": f"Bearer {fake.api_key}"}
        )
        assert answer.json()["connect_webviews"] == []


@pytest.mark.parametrize("how", SILENCE)
def test_a_server_stops_at_once_and_leaves_no_thread(fake, hold, how):
    before = threading.active_count()
    fake.faults.add(LIST, probability=1, **how)

    with fake.serve() as server:
        hold(server)
        assert threading.active_count() == before + HELD + 1
        stopping = time.perf_counter()

    # Many times what it takes, and less than the second that a stuck thread is waited for.
    assert time.perf_counter() - stopping < 0.8
    assert threading.active_count() == before


@pytest.mark.parametrize("how", SILENCE)
def test_a_client_that_goes_away_gives_its_thread_back(fake, hold, how):
    fake.faults.add(LIST, probability=1, **how)
    with fake.serve() as server:
        for one in hold(server):
            one.close()

        until(lambda: request_threads() <= KEPT_THREADS)


def test_a_client_is_served_on_when_another_request_waits_behind_one_that_is_held(fake, hold):
    fake.faults.add(LIST, latency=0.02)
    with fake.serve() as server:
        (one,) = hold(server, 1)
        one.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

        told = b""
        while not told.endswith(b'{"ok":true}'):
            told += one.recv(65536)

    assert told.count(b"HTTP/1.1 200 OK") == 2


def test_two_servers_hold_apart():
    with FakeSeam() as one, FakeSeam() as other, one.serve() as here, other.serve() as there:
        one.faults.add("*", kind="timeout", probability=1)

        assert httpx.get(f"{there.url}{LIST}").status_code == 401
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{here.url}{LIST}", timeout=0.02)


def request_threads():
    return sum(thread.name == "fakeseam-request" for thread in threading.enumerate())
