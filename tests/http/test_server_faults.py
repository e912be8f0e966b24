"""Faults on a plain socket, on other WSGI servers and in the access log; many held requests."""

from __future__ import annotations

import io
import re
import resource
import socket
import struct
import threading
import time
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from freezegun import freeze_time
from werkzeug.test import EnvironBuilder, run_wsgi_app

from fakeseam import FakeSeam
from fakeseam.core.fault_plan import KINDS
from fakeseam.http.access_log import AccessLog
from fakeseam.http.app import App
from fakeseam.http.server import Server, listen
from fakeseam.http.shared_server import SharedServer

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
LIST = "/connect_webviews/list"
# Seconds of real time: that nothing is sent shows only after some waiting.
A_LITTLE = 0.05
HELD = 40
SILENCE = [{"kind": "timeout"}, {"latency": 3600}]


@pytest.fixture(params=["serve", "shared server"])
def port(request, fake):
    """The port of the fake's own server, or of the server of a pytest session."""
    if request.param == "serve":
        with fake.serve() as server:
            yield server.port
        return
    server = SharedServer(lambda: fake)
    yield server.port
    server.close()


@contextmanager
def open_request(fake, port, method="GET", path=LIST):
    """Yields a socket on which a request was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Authorization: Bearer {fake.api_key}\r\n\r\n".encode()
        )
        yield connection


def read_all(connection):
    """All bytes until the server closes the connection."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


def test_a_reset_is_a_reset_without_a_byte(fake, port):
    fake.faults.add(LIST, kind="reset", when="after")

    with open_request(fake, port) as connection, pytest.raises(ConnectionResetError):
        connection.recv(1)


def test_a_reset_of_a_kept_connection_comes_after_the_response_before_it(fake, port):
    fake.faults.add(LIST, kind="reset", after=1)

    with open_request(fake, port) as connection:
        received = b""
        while not received.endswith(b'"ok":true}'):
            received += connection.recv(65536)
        assert received.startswith(b"HTTP/1.1 200 OK")
        connection.sendall(b"GET /connect_webviews/list HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_a_timeout_is_an_open_connection_that_sends_nothing(fake, port):
    fake.faults.add(LIST, kind="timeout")

    with open_request(fake, port) as connection:
        connection.settimeout(A_LITTLE)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_garbage_is_a_complete_response_whose_body_is_not_json(fake, port):
    fake.faults.add(LIST, kind="garbage", when="after")

    response = httpx.get(f"http://127.0.0.1:{port}{LIST}")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert int(response.headers["Content-Length"]) == len(response.content) > 0
    with pytest.raises(ValueError):
        response.json()


def test_a_truncated_response_has_half_of_the_body(fake, port):
    fake.faults.add(LIST, kind="truncated", when="after")
    body = '{"connect_webviews":[],"pagination":{'

    with open_request(fake, port) as connection:
        head, _, half = read_all(connection).decode().partition("\r\n\r\n")

    assert head.startswith("HTTP/1.1 200 OK")
    length = int(re.search(r"Content-Length: (\d+)", head)[1])
    assert len(half) == length // 2
    assert half.startswith(body)


def test_a_truncated_error_has_its_own_status(fake, port):
    fake.faults.add("/connect_webviews/get", kind="truncated", when="after")

    with open_request(fake, port, path="/connect_webviews/get") as connection:
        response = read_all(connection)

    assert response.startswith(b"HTTP/1.1 400 ")


def test_a_late_response_is_late_in_real_time_and_not_on_the_fakes_clock(fake, port):
    fake.faults.add(LIST, latency=A_LITTLE)
    began = time.perf_counter()

    with open_request(fake, port) as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")

    assert time.perf_counter() - began >= A_LITTLE
    assert fake.clock.now == NOON


def test_real_time_passes_although_time_is_frozen(fake, port):
    fake.faults.add(LIST, latency=A_LITTLE)
    began = time.perf_counter()

    with freeze_time(NOON), open_request(fake, port) as connection:
        assert connection.recv(65536).startswith(b"HTTP/1.1 200 OK")

    assert time.perf_counter() - began >= A_LITTLE


def test_a_client_that_closes_its_side_after_the_request_gets_the_response(fake, port):
    with open_request(fake, port) as connection:
        connection.shutdown(socket.SHUT_WR)

        assert read_all(connection).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_connection_gets_a_response(fake, port, kind):
    fake.faults.add(LIST, kind=kind)

    with open_request(fake, port):
        assert httpx.get(f"http://127.0.0.1:{port}/health").json() == {"ok": True}


# Other WSGI servers, whose connection fakeseam cannot reach


@pytest.mark.parametrize(
    ("kind", "error"), [("reset", ConnectionResetError), ("timeout", TimeoutError)]
)
def test_another_wsgi_server_gets_the_error(fake, send, kind, error):
    fake.faults.add(LIST, kind=kind)

    with pytest.raises(error, match="an injected fault"):
        send("GET", LIST)


def test_another_wsgi_server_gets_the_error_through_httpx_too(fake):
    fake.faults.add(LIST, kind="reset")
    transport = httpx.WSGITransport(app=fake.wsgi_app)

    with httpx.Client(transport=transport, base_url="http://localhost") as client:
        with pytest.raises(ConnectionResetError):
            client.get(LIST)


def test_another_wsgi_server_gets_half_of_the_body(fake):
    fake.faults.add(LIST, kind="truncated")
    environ = EnvironBuilder(LIST).get_environ()

    chunks, status, headers = run_wsgi_app(fake.wsgi_app, environ)

    assert (b"".join(chunks), status) == (b'{"ok"', "200 OK")
    assert headers["Content-Length"] == "11"


def test_another_wsgi_server_is_late_on_the_fakes_clock(fake, send):
    fake.faults.add(LIST, latency=30)

    assert send("GET", LIST).status_code == 200
    assert fake.clock.now == NOON + timedelta(seconds=30)


# The access log


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ({"kind": "reset"}, "---"),
        ({"kind": "timeout"}, "---"),
        ({"kind": "garbage"}, "200"),
        ({"kind": "truncated"}, "200"),
        ({"status": 503}, "503"),
        ({"latency": 0.001}, "200"),
    ],
)
def test_the_access_log_has_the_status_that_was_sent(fake, how, status):
    fake.faults.add(LIST, **how)
    lines = Lines()

    with Server(AccessLog(App(fake._engine), lines), listen()) as server:
        with open_request(fake, server.port) as connection:
            connection.settimeout(A_LITTLE if how == {"kind": "timeout"} else 20)
            try:
                connection.recv(1)
            except (ConnectionResetError, TimeoutError):
                connection.close()
        assert lines.written.wait(20)

    line = rf"GET {LIST} {status} \d+\.\d ms request2\n"  # the first request added the fault
    assert re.fullmatch(line, lines.getvalue())


class Lines(io.StringIO):
    """Sets ``written`` when a line was written."""

    def __init__(self):
        super().__init__()
        self.written = threading.Event()

    def flush(self):
        self.written.set()


# Many requests held at the same time


@pytest.fixture
def hold(fake):
    """``hold(server)`` sends requests that a fault holds; returns their sockets."""
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
            wait_until(lambda: len(fake.requests) == count)
            return sockets

        yield hold


def wait_until(is_true):
    """Polls until the condition is true."""
    for _ in range(10_000):
        if is_true():
            return
        threading.Event().wait(0.001)
    raise AssertionError("the condition never became true")


@pytest.mark.parametrize("how", SILENCE)
def test_other_requests_get_responses_while_forty_are_held(fake, hold, how):
    fake.faults.add(LIST, probability=1, **how)
    with fake.serve() as server:
        hold(server)

        assert httpx.get(f"{server.url}/health").json() == {"ok": True}
        assert httpx.post(f"{server.url}/_fakeseam/faults/clear").json() == {"ok": True}
        response = httpx.get(
            f"{server.url}{LIST}", headers={"Authorization": f"Bearer {fake.api_key}"}
        )
        assert response.json()["connect_webviews"] == []


@pytest.mark.parametrize("how", SILENCE)
def test_a_server_stops_at_once_and_leaves_no_thread(fake, hold, how):
    before = threading.active_count()
    fake.faults.add(LIST, probability=1, **how)

    with fake.serve() as server:
        hold(server)
        assert threading.active_count() == before + HELD + 1
        stopping = time.perf_counter()

    # Much longer than it takes, but shorter than the second that the server waits for a thread.
    assert time.perf_counter() - stopping < 0.8
    assert threading.active_count() == before


@pytest.mark.parametrize("how", SILENCE)
def test_the_thread_of_a_client_that_disconnects_is_freed(fake, hold, how):
    fake.faults.add(LIST, probability=1, **how)
    with fake.serve() as server:
        for one in hold(server):
            one.close()

        wait_until(lambda: connection_threads() == 0)


@pytest.mark.parametrize("how", SILENCE)
def test_a_client_that_resets_a_held_connection_is_no_crash(fake, hold, capsys, how):
    fake.faults.add(LIST, **how)
    with fake.serve() as server:
        (one,) = hold(server, 1)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        one.close()
        wait_until(lambda: connection_threads() == 0)

    assert capsys.readouterr().err == ""


def test_a_request_is_held_although_the_process_may_open_no_more_files(fake):
    key = {"Authorization": f"Bearer {fake.api_key}"}
    with fake.serve() as server, httpx.Client(base_url=server.url, headers=key) as client:
        assert client.get(LIST).status_code == 200  # opens the connection
        fake.faults.add(LIST, latency=A_LITTLE)
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
        try:
            assert client.get(LIST).status_code == 200
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_request_behind_a_held_one_on_its_connection_gets_a_response(fake, hold):
    fake.faults.add(LIST, latency=0.02)
    with fake.serve() as server:
        (one,) = hold(server, 1)
        one.sendall(b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")

        received = b""
        while not received.endswith(b'{"ok":true}'):
            received += one.recv(65536)

    assert received.count(b"HTTP/1.1 200 OK") == 2


def test_two_servers_hold_requests_independently():
    with FakeSeam() as one, FakeSeam() as other, one.serve() as here, other.serve() as elsewhere:
        one.faults.add("*", kind="timeout", probability=1)

        assert httpx.get(f"{elsewhere.url}{LIST}").status_code == 401
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{here.url}{LIST}", timeout=0.02)


def connection_threads():
    return sum(thread.name == "fakeseam-connection" for thread in threading.enumerate())
