"""The command line as people use it: processes of their own, a server that is stopped in time."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

TIMEOUT_S = 60
READY = re.compile(r"fakeseam ready at (http://127\.0\.0\.1:(\d+)) with key (seam_\w+)\n")


def environment(**more):
    """Nothing of Seam's, and output buffered as Python does by default."""
    own = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("SEAM_") and name != "PYTHONUNBUFFERED"
    }
    return {**own, **more}


@dataclass
class Serving:
    """A running ``fakeseam serve``, and what it said when it was ready."""

    process: subprocess.Popen
    said: str
    errors: Path

    @property
    def port(self):
        return int(READY.fullmatch(self.said)[2])

    @property
    def url(self):
        return READY.fullmatch(self.said)[1]

    @property
    def key(self):
        return READY.fullmatch(self.said)[3]

    def call(self, path, params=None, method="POST"):
        """The answer's status and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(params or {}), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def stop(self, signal_number):
        """The exit code, and what else was printed on standard output."""
        self.process.send_signal(signal_number)
        rest, _ = self.process.communicate(timeout=TIMEOUT_S)
        return self.process.returncode, rest


@pytest.fixture
def command(tmp_path):
    """Runs ``fakeseam`` to its end in ``tmp_path``; returns the completed process."""

    def run(*arguments, environ=None, **options):
        return subprocess.run(
            [sys.executable, "-m", "fakeseam", *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
            env=environment(**(environ or {})),
            timeout=TIMEOUT_S,
            **options,
        )

    return run


@pytest.fixture
def start(tmp_path):
    """Starts ``fakeseam`` in ``tmp_path`` with pipes to it; what still runs is killed."""
    running = []

    def start(*arguments, program=("-m", "fakeseam"), stderr=subprocess.PIPE):
        process = subprocess.Popen(
            [sys.executable, *program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            cwd=tmp_path,
            env=environment(),
            start_new_session=True,
        )
        # A process that neither speaks nor ends would be waited for without an end.
        timer = threading.Timer(TIMEOUT_S, kill_all, [process])
        timer.start()
        running.append((process, timer))
        return process

    yield start
    for process, timer in running:
        timer.cancel()
        timer.join()
        kill_all(process)
        process.communicate()


def kill_all(process):
    """The process and what it started: a command left behind would hold the pipes open."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def begin(start, tmp_path):
    """Starts ``fakeseam serve``; returns a function that waits until it has said it is ready."""

    def begin(*arguments):
        errors = tmp_path / f"stderr-{len(list(tmp_path.glob('stderr-*')))}.txt"
        with errors.open("w") as stderr:
            process = start("serve", *arguments, stderr=stderr)
        return lambda: Serving(process, process.stdout.readline(), errors)

    return begin


@pytest.fixture
def serve(begin):
    """Starts ``fakeseam serve``; returns once it has said that it is ready."""
    return lambda *arguments: begin(*arguments)()
