"""The command line as users run it: in processes, with a server that is stopped in time."""

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
from uuid import uuid4

import pytest

from fakeseam.cli.main import main

TIMEOUT_S = 60
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
READY = re.compile(r"fakeseam ready at (http://127\.0\.0\.1:(\d+)) with key (seam_\w+)\n")


def environment(**more):
    """No variable of Seam's, and output buffered as Python does by default."""
    own = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("SEAM_") and name != "PYTHONUNBUFFERED"
    }
    return {**own, **more}


@dataclass
class Serving:
    """A running ``fakeseam serve``, and the line that it printed when it was ready."""

    process: subprocess.Popen
    line: str
    errors: Path

    @property
    def port(self):
        return int(READY.fullmatch(self.line)[2])

    @property
    def url(self):
        return READY.fullmatch(self.line)[1]

    @property
    def key(self):
        return READY.fullmatch(self.line)[3]

    def call(self, path, params=None, method="POST", key=None):
        """The status and the body of the response, to the main fake's key or another one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT_S)
        authorization = f"Bearer {key or self.key}"
        headers = {"Authorization": authorization, "Content-Type": "application/json"}
        try:
            connection.request(method, path, json.dumps(params or {}), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read())
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
def run_main(tmp_path, monkeypatch, capfd):
    """Runs a command that ends with a message, in this process; returns what ``command`` does.

    Undoes what would otherwise end with the process: handlers, ``sys.path``, loaded modules.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [*sys.path])
    handlers = {number: signal.getsignal(number) for number in SIGNALS}

    def run(*arguments):
        # A server that starts after all is stopped.
        timer = threading.Timer(TIMEOUT_S, os.kill, [os.getpid(), signal.SIGTERM])
        timer.start()
        try:
            code = main([*map(str, arguments)])
        except SystemExit as end:  # of argparse
            code = end.code
        finally:
            timer.cancel()
            timer.join()
        return subprocess.CompletedProcess(arguments, code, *capfd.readouterr())

    yield run
    for number, handler in handlers.items():
        signal.signal(number, handler)
    for name, module in [*sys.modules.items()]:
        if (getattr(module, "__file__", None) or "").startswith(os.fspath(tmp_path)):
            del sys.modules[name]


@contextlib.contextmanager
def processes(folder):
    """Yields ``start``, a function; at the end kills what it started and still runs."""
    running = []

    def start(*arguments, program=("-m", "fakeseam"), stderr=subprocess.PIPE):
        """Starts ``fakeseam`` in the folder with pipes to it."""
        process = subprocess.Popen(
            [sys.executable, *program, *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            cwd=folder,
            env=environment(),
            start_new_session=True,
        )
        # A process that neither prints nor ends would be waited for without end.
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
def start(tmp_path):
    """Starts ``fakeseam`` in ``tmp_path`` with pipes to it; at the end kills what still runs."""
    with processes(tmp_path) as start:
        yield start


def begin_in(folder, start, *arguments):
    """Starts ``fakeseam serve``; returns a function that waits until it is ready."""
    errors = folder / f"stderr-{len(list(folder.glob('stderr-*')))}.txt"
    with errors.open("w") as stderr:
        process = start("serve", *arguments, stderr=stderr)
    return lambda: Serving(process, process.stdout.readline(), errors)


@pytest.fixture
def begin(start, tmp_path):
    """Starts ``fakeseam serve``; returns a function that waits until it is ready."""
    return lambda *arguments: begin_in(tmp_path, start, *arguments)


@pytest.fixture
def serve(begin):
    """Starts ``fakeseam serve``; returns when it is ready."""
    return lambda *arguments: begin(*arguments)()


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    """A running ``fakeseam serve``, for all tests of a module that only send it requests."""
    folder = tmp_path_factory.mktemp("serving")
    with processes(folder) as start:
        yield begin_in(folder, start)()


@pytest.fixture
def logged(serving):
    """Returns the lines that ``serving`` has logged during this test.

    A thread of its own writes them, in order: a last request's line comes after all others.
    """

    def lines(mark):
        serving.call(mark)
        while f"POST {mark} 404 " not in (text := serving.errors.read_text()):
            assert serving.process.poll() is None
            threading.Event().wait(0.001)
        return text.splitlines()

    name = uuid4().hex
    before = len(lines(f"/begin_{name}"))
    return lambda: lines(f"/end_{name}")[before:-1]
