"""A server whose parent never reads its log, and signals at random moments."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from urllib.request import Request, urlopen

import pytest

SECONDS = float(os.environ.get("FAKESEAM_STRESS_SECONDS", "60"))
CLIENTS = 8
# Their lines fill the 64 KB of a pipe several times.
REQUESTS = 5000
# How long a call may take while the log is full, and the process after a signal, in seconds.
PATIENCE = 10


class Serving:
    """``fakeseam serve`` with a standard error that nobody reads."""

    def __init__(self):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "fakeseam", "serve"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        words = self.process.stdout.readline().split()
        self.url, self.key = words[3], words[-1]

    def call(self, path, params=None):
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        request = Request(self.url + path, json.dumps(params or {}).encode(), headers)
        with urlopen(request, timeout=PATIENCE) as response:
            return json.load(response)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()


@pytest.fixture
def serve():
    started = []

    def serve():
        started.append(Serving())
        return started[-1]

    yield serve
    for one in started:
        one.end()


def call_until(serving, end, counts, errors):
    """Makes a client's thread, which calls the server until ``end`` is set."""

    def run():
        while not end.is_set():
            try:
                serving.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
                counts.append(1)
            except Exception as exc:
                if not end.is_set():
                    errors.append(exc)
                return

    return threading.Thread(target=run)


def test_a_log_that_nobody_reads_stops_no_answer_and_no_signal(serve):
    serving, end, counts, errors = serve(), threading.Event(), [], []
    clients = [call_until(serving, end, counts, errors) for _ in range(CLIENTS)]
    for client in clients:
        client.start()

    while len(counts) < REQUESTS and not errors:
        end.wait(0.1)
    end.set()
    for client in clients:
        client.join()

    assert errors == []
    serving.process.send_signal(signal.SIGTERM)
    assert serving.process.wait(PATIENCE) == 0


def test_a_signal_at_any_moment_ends_the_process(serve):
    chance, stop_at = random.Random(1), time.monotonic() + SECONDS
    while time.monotonic() < stop_at:
        serving, end, counts, errors = serve(), threading.Event(), [], []
        clients = [call_until(serving, end, counts, errors) for _ in range(CLIENTS)]
        for client in clients:
            client.start()

        end.wait(chance.random() * 2)
        end.set()
        serving.process.send_signal(chance.choice([signal.SIGTERM, signal.SIGINT]))

        assert serving.process.wait(PATIENCE) in (0, 130, 143, -signal.SIGINT, -signal.SIGTERM)
        for client in clients:
            client.join()
        assert errors == []
