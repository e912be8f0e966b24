"""``fakeseam serve`` in bad conditions: stopped amid a request, or without a reader."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sys
import threading
from contextlib import closing

import pytest

STOPS = [signal.SIGTERM, signal.SIGINT]
LINE = re.compile(r"[!-~]+ [!-~]+ (\d{3}|---) \d+\.\d+ ms (request\d+|-)")


@pytest.fixture
def silent():
    """A receiver of webhooks that never responds."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def send_a_webhook_to(serving, silent):
    """Returns the connection, once the delivery is in flight."""
    serving.call("/webhooks/create", {"url": f"http://127.0.0.1:{silent.getsockname()[1]}/"})
    serving.call("/_fakeseam/connect_account")
    connection, _ = silent.accept()
    return connection


def clean(serving, stopped):
    return stopped == (0, "") and "Traceback" not in serving.errors.read_text()


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_it_while_a_webhook_is_being_sent(serve, silent, number):
    serving = serve()
    with send_a_webhook_to(serving, silent):
        stopped = serving.stop(number)

    assert clean(serving, stopped)


@pytest.mark.parametrize("number", STOPS)
def test_a_signal_stops_it_in_the_middle_of_a_request(serve, number):
    serving = serve()
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(b"POST /health HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf of ")
        serving.call("/health")

        stopped = serving.stop(number)

    assert clean(serving, stopped)


def test_signals_after_the_first_one_change_nothing(serve, silent):
    serving = serve()
    with send_a_webhook_to(serving, silent):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            serving.process.send_signal(number)

        stopped = serving.stop(signal.SIGINT)

    assert clean(serving, stopped)


def test_signals_at_the_moment_of_the_line_are_not_lost(serve):
    for _ in range(5):
        serving = serve()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
            serving.process.send_signal(number)

        assert clean(serving, serving.stop(signal.SIGINT))


# Without a reader


def health_of(url):
    connection = http.client.HTTPConnection(url.removeprefix("http://").strip())
    with closing(connection):
        connection.request("GET", "/health")
        return connection.getresponse().status


def test_it_goes_on_when_the_reader_stops_after_the_line(start):
    """As in ``fakeseam serve 2>&1 | head -1``."""
    reading, writing = os.pipe()
    process = start("serve", stderr=writing)
    os.close(writing)
    url = re.search(r"http://[\d.:]+", process.stdout.readline())[0]
    os.close(reading)
    process.stdout.close()

    assert [health_of(url) for _ in range(3)] == [200, 200, 200]
    process.stdout = open(os.devnull)
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 0


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_it_serves_without_a_place_to_print_to(start, tmp_path, closed):
    os.mkfifo(tmp_path / "url")
    # The shell waits for the ready file, as a script does.
    script = f"""
        {sys.executable} -m fakeseam serve --ready-file ready {closed} &
        until [ -e ready ]; do kill -0 $! || exit 9; done
        cat ready >url
        wait $!
    """
    process = start("-c", f"import os; os.execvp('sh', ['sh', '-c', {script!r}])", program=())
    url = (tmp_path / "url").read_text()

    assert health_of(url) == 200
    os.killpg(process.pid, signal.SIGTERM)
    printed, errors = process.communicate()
    assert "GET /health" not in printed
    assert "Traceback" not in errors


# A line for each request, even a hostile one


@pytest.mark.parametrize(
    "method", [b"G\x1b[31MT", b"\xffGET", b"G\rT", b"(GET)", b"GET\x85"], ids=repr
)
def test_a_hostile_method_cannot_break_the_line(serving, logged, method):
    with socket.create_connection(("127.0.0.1", serving.port)) as connection:
        connection.sendall(method + b" /health HTTP/1.0\r\n\r\n")
        while connection.recv(1000):
            pass
    serving.call("/health", method="GET")

    lines = logged()
    assert all(LINE.fullmatch(line) for line in lines), lines
    assert lines[-1].startswith("GET /health 200 ")
    assert len(lines) <= 2


def test_concurrent_requests_have_a_line_each(serving, logged):
    threads = [
        threading.Thread(target=lambda: [serving.call("/health") for _ in range(25)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    lines = logged()
    assert len(lines) == 100
    assert all(LINE.fullmatch(line) for line in lines)
