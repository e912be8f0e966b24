"""``fakeseam exec``: a command whose environment names a server with fakes."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from ..errors import MisuseError
from ..http.environment import variables_for
from .fake_options import open_fakes

__all__ = ["exec_"]

# Python notices a signal that comes just before a wait only after it: at most this much later.
SIGNAL_S = 1.0
# Signals to `fakeseam exec` that are passed on to its command. Not every system has both.
_PASSED_ON = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def exec_(options: argparse.Namespace) -> int:
    """Runs a command against a server with new fakes; returns the command's exit code.

    With ``--strict`` it is 1 if the command succeeds and there are strict violations.
    """
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        raise MisuseError("exec needs a command: fakeseam exec -- pytest tests")
    with open_fakes(options) as fakes, fakes.serve() as server:
        variables = {**os.environ, **variables_for(server.url, fakes.main.api_key, os.environ)}
        code = _run(
            command, {name: value for name, value in variables.items() if value is not None}
        )
    report = fakes.strict_report()
    print(report, end="", file=sys.stderr)
    return code or (1 if report else 0)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Runs a command and passes signals on to it; returns its exit code.

    If it cannot be run, or a signal ends it, the exit code is that of a shell.
    """
    children: list[subprocess.Popen[bytes]] = []
    signals: list[int] = []

    def pass_on(number: int, frame: object) -> None:
        signals.append(number)
        for child in children:
            child.send_signal(number)

    for number in _PASSED_ON:
        signal.signal(number, pass_on)
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as exc:
        print(f"fakeseam: cannot run {command[0]!r}: {exc.strerror}", file=sys.stderr)
        return 127 if isinstance(exc, FileNotFoundError) else 126
    children.append(child)
    for number in signals:  # those that came while it was being started
        child.send_signal(number)
    while True:
        try:
            code = child.wait(timeout=SIGNAL_S)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            continue  # the terminal interrupts the command too
        return code if code >= 0 else 128 - code
