"""Faults as a plain socket sees them, what other WSGI servers get of them, and their lines."""

from __future__ import annotations

import io
import re
import socket
import threading
import time
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone

import httpx
import pytest
from freezegun import freeze_time
from werkzeug.test import EnvironBuilder, run_wsgi_app

from fakeseam.server import Server, listen
from fakeseam.switchboard import Switchboard
from fakeseam.wsgi import RequestLines

NOON = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
LIST = "/connect_webviews/list"
KINDS = ["reset", "timeout", "garbage", "truncated"]
# In seconds, of real time: that nothing comes can only be seen by waiting a little.
A_LITTLE = 0.05


@pytest.fixture(params=["serve", "switchboard"])
def port(request, fake):
    """Where the fake answers: by a server of its own, or as pytest's session has it."""
    if request.param == "serve":
        with fake.serve() as server:
            yield server.port
        return
    board = Switchboard(lambda: fake)
    yield board.port
    board.close()


@contextmanager
def asking(fake, port, method="GET", path=LIST):
    """A socket on which a request was sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as asked:
        asked.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Authorization: Bearer {fake.api_key}\r\n\r\n".encode()
        )
        yield asked


def everything(asked):
    """All that comes until the server closes."""
    return b"".join(iter(lambda: asked.recv(65536), b""))


def test_a_reset_is_a_reset_without_a_byte(fake, port):
    fake.faults.add(LIST, kind="reset", when="after")

    with asking(fake, port) as asked, pytest.raises(ConnectionResetError):
        asked.recv(1)


def test_a_reset_of_a_kept_connection_comes_after_the_answer_before_it(fake, port):
    fake.faults.add(LIST, kind="reset", after=1)

    with asking(fake, port) as asked:
        told = b""
        while not told.endswith(b'"ok":true}'):
            told += asked.recv(65536)
        assert told.startswith(b"HTTP/1.1 200 OK")
        asked.sendall(b"GET /connect_webviews/list HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            asked.recv(1)


def test_silence_is_an_open_connection_on_which_nothing_comes(fake, port):
    fake.faults.add(LIST, kind="timeout")

    with asking(fake, port) as asked:
        asked.settimeout(A_LITTLE)
        with pytest.raises(TimeoutError):
            asked.recv(1)


def test_garbage_is_a_whole_answer_whose_body_is_no_json(fake, port):
    fake.faults.add(LIST, kind="garbage", when="after")

    answer = httpx.get(f"http://127.0.0.1:{port}{LIST}")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert int(answer.headers["Content-Length"]) == len(answer.content) > 0
    with pytest.raises(ValueError):
        answer.json()


def test_of_a_truncated_answer_half_of_the_body_comes(fake, port):
    fake.faults.add(LIST, kind="truncated", when="after")
    body = '{"connect_webviews":[],"pagination":{'

    with asking(fake, port) as asked:
        head, _, half = everything(asked).decode().partition("\r\n\r\n")

    assert head.startswith("HTTP/1.1 200 OK")
    length = int(re.search(r"Content-Length: (\d+)", head)[1])
    assert len(half) == length // 2
    assert half.startswith(body)


def test_a_truncated_refusal_has_its_own_status(fake, port):
    fake.faults.add("/connect_webviews/get", kind="truncated", when="after")

    with asking(fake, port, path="/connect_webviews/get") as asked:
        answer = everything(asked)

    assert answer.startswith(b"HTTP/1.1 400 ")


def test_a_late_answer_is_late_in_real_time_and_not_on_the_fakes_clock(fake, port):
    fake.faults.add(LIST, latency=A_LITTLE)
    began = time.perf_counter()

    with asking(fake, port) as asked:
        assert asked.recv(65536).startswith(b"HTTP/1.1 200 OK")

    assert time.perf_counter() - began >= A_LITTLE
    assert fake.clock.now == NOON


def test_real_time_passes_although_time_is_frozen(fake, port):
    fake.faults.add(LIST, latency=A_LITTLE)
    began = time.perf_counter()

    with freeze_time(NOON), asking(fake, port) as asked:
        assert asked.recv(65536).startswith(b"HTTP/1.1 200 OK")

    assert time.perf_counter() - began >= A_LITTLE


def test_a_client_that_ends_its_side_having_asked_gets_its_answer(fake, port):
    with asking(fake, port) as asked:
        asked.shutdown(socket.SHUT_WR)

        assert everything(asked).startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_connection_is_answered(fake, port, kind):
    fake.faults.add(LIST, kind=kind)

    with asking(fake, port):
        assert httpx.get(f"http://127.0.0.1:{port}/health").json() == {"ok": True}


# Other WSGI servers, which have no handle on the connection


@pytest.mark.parametrize(
    ("kind", "error"), [("reset", ConnectionResetError), ("timeout", TimeoutError)]
)
def test_another_wsgi_server_gets_the_error(fake, ask, kind, error):
    fake.faults.add(LIST, kind=kind)

    with pytest.raises(error, match="a planned fault"):
        ask("GET", LIST)


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


def test_another_wsgi_server_is_late_on_the_fakes_clock(fake, ask):
    fake.faults.add(LIST, latency=30)

    assert ask("GET", LIST).status_code == 200
    assert fake.clock.now == NOON + timedelta(seconds=30)


# The line a request


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
def test_a_line_tells_what_was_answered(fake, how, status):
    fake.faults.add(LIST, **how)
    lines = Lines()

    with Server(RequestLines(fake.wsgi_app, lines), listen()) as server:
        with asking(fake, server.port) as asked:
            asked.settimeout(A_LITTLE if how == {"kind": "timeout"} else 20)
            try:
                asked.recv(1)
            except (ConnectionResetError, TimeoutError):
                asked.close()
        assert lines.written.wait(20)

    line = rf"GET {LIST} {status} \d+\.\d ms request2\n"  # the first has added the fault
    assert re.fullmatch(line, lines.getvalue())


class Lines(io.StringIO):
    """Tells when a line was written."""

    def __init__(self):
        super().__init__()
        self.written = threading.Event()

    def flush(self):
        self.written.set()
