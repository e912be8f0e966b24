"""The log of a server is written by a thread: an answer never waits for its reader."""

from __future__ import annotations

import io
import os
import re
from contextlib import suppress

import httpx
import pytest

from fakeseam.http import access_log
from fakeseam.http.access_log import AccessLog, LogWriter
from fakeseam.http.app import App
from fakeseam.http.server import Server, listen
from fakeseam.http.wire import Request


@pytest.fixture
def pipe():
    """The reading end of a pipe, and a stream that writes to it."""
    reader, writer = os.pipe()
    with open(reader, encoding="utf-8") as reading, open(writer, "w", encoding="utf-8") as writing:
        yield reading, writing


def test_lines_come_in_order_and_complete(pipe):
    reading, writing = pipe
    with LogWriter(writing) as log:
        for number in range(500):
            log.write(f"line {number} ä\n")
    writing.close()

    assert reading.read().splitlines() == [f"line {number} ä" for number in range(500)]


def test_a_pipe_that_nobody_reads_stops_no_writer_and_no_end(pipe, monkeypatch):
    monkeypatch.setattr(access_log, "GRACE_S", 0.01)
    _, writing = pipe
    with LogWriter(writing) as log:
        for _ in range(2000):
            log.write("x" * 100 + "\n")  # three times what a pipe holds


def test_lines_that_are_dropped_are_counted_once_when_the_pipe_is_read_again(pipe, monkeypatch):
    monkeypatch.setattr(access_log, "MAX_WAITING", 10_000)
    reading, writing = pipe
    line = "x" * 1000
    log = LogWriter(writing)
    for _ in range(500):
        log.write(f"{line}\n")

    kept = 0
    while (read := reading.readline().rstrip("\n")) == line:
        kept += 1
    log.write("the last one\n")
    log.close()
    writing.close()

    missing = re.fullmatch(r"fakeseam: (\d+) lines are missing here: nobody read .*", read)
    assert kept + int(missing[1]) == 500
    assert reading.read() == "the last one\n"


def test_a_pipe_without_a_reader_costs_the_lines_only(pipe):
    reading, writing = pipe
    reading.close()
    with LogWriter(writing) as log:
        for _ in range(100):
            log.write("line\n")


def test_a_pipe_that_does_not_block_gets_every_line(pipe):
    reading, writing = pipe
    os.set_blocking(writing.fileno(), False)
    log = LogWriter(writing)
    for number in range(3000):
        log.write(f"{number:0100}\n")

    read = [reading.readline() for _ in range(3000)]
    log.close()

    assert [int(line) for line in read] == [*range(3000)]


def test_the_traceback_of_a_crash_is_in_the_log(fake, monkeypatch, capsys):
    def crash(*_):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("fakeseam.http.app.handle_request", crash)
    lines = io.StringIO()

    AccessLog(App(fake._engine), lines)(Request("GET", "/x", "", {}, b""))

    assert "ZeroDivisionError: a bug" in lines.getvalue()
    assert "GET /x 500 " in lines.getvalue()
    assert capsys.readouterr().err == ""


def test_a_server_answers_while_its_log_is_full(fake, pipe, monkeypatch):
    """A response that waited would never come."""
    monkeypatch.setattr(access_log, "GRACE_S", 0.01)
    _, writing = pipe
    os.set_blocking(writing.fileno(), False)
    with suppress(BlockingIOError):
        while True:
            os.write(writing.fileno(), b"x" * 1000)
    os.set_blocking(writing.fileno(), True)
    with (
        LogWriter(writing) as log,
        Server(AccessLog(App(fake._engine), log), listen()) as server,
        httpx.Client(base_url=server.url) as client,
    ):
        statuses = {client.get(f"/health?{number}").status_code for number in range(10)}

    assert statuses == {200}
