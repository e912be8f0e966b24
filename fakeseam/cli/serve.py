"""``fakeseam serve``: fakes over HTTP, until a signal stops them."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from .fake_options import open_fakes
from .ready_file import remove_stale, write_ready_file

__all__ = ["serve"]

STOPS = (signal.SIGINT, signal.SIGTERM)
# How many seconds of real time a server has to stop after a signal. It needs far less, unless a
# function that --load names does not return.
STOP_S = 5.0
WARNING = "every machine that reaches port {} can control this fake"


def serve(options: argparse.Namespace) -> int:
    """Serves fakes until a signal; returns the exit code."""
    from ..http.access_log import LogWriter

    if options.ready_file is not None:
        remove_stale(options.ready_file)
    with _stop_signal() as wait, LogWriter(sys.stderr) as log, open_fakes(options) as fakes:
        requests_log = None if options.quiet else log
        with fakes.serve(options.host, options.port, requests_log) as server:
            if not server.is_loopback:
                log.write(f"fakeseam: {WARNING.format(server.port)}\n")
            with write_ready_file(options.ready_file, f"{server.url}\n"):
                _print(f"fakeseam ready at {server.url} with key {fakes.main.api_key}")
                wait()
        report = fakes.strict_report()
        log.write(report)
    return 1 if report else 0


@contextmanager
def _stop_signal() -> Iterator[Callable[[], object]]:
    """Yields a function that returns after the first signal to stop; ignores further signals.

    ``STOP_S`` after it the process ends, even if a function of the user's does not return.

    Python writes each signal to a socket at once, but runs its handlers later, in the main
    thread. A main thread that waits for a lock may never run them: a signal just before the wait
    would be lost. A handler that sets an Event could find its lock taken.
    """
    reader, writer = socket.socketpair()
    stopped = threading.Event()
    watching = threading.Thread(target=_watch, args=(reader, stopped), daemon=True)
    watching.start()
    with writer:
        writer.setblocking(False)
        for number in STOPS:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield stopped.wait
        finally:
            signal.set_wakeup_fd(-1)
            for number in STOPS:  # Python removes its own handlers when it exits
                signal.signal(number, signal.SIG_IGN)


def _watch(signals: socket.socket, stopped: threading.Event) -> None:
    """Waits for a signal, then for the end of the process, which it forces at last."""
    with signals:  # open until the end, as further signals are written to it too
        numbers = signals.recv(1)
        if numbers:  # none come if the process ends for another reason
            stopped.set()
            threading.Event().wait(STOP_S)
            os._exit(128 + numbers[0])


def _print(line: str) -> None:
    """Prints one line; a closed pipe does not stop the server."""
    with suppress(BrokenPipeError):
        print(line, flush=True)
