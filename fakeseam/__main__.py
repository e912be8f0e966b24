"""The command line: ``fakeseam serve`` and ``exec``, and the lists that other commands print."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from .environment import ENDPOINT, KEY, OTHERS
from .errors import MisuseError
from .ready_file import forget, told

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["main"]

_BEGINNING = """\
to begin with:
  fakeseam exec -- npm test    run tests that read SEAM_ENDPOINT and SEAM_API_KEY
  fakeseam serve --port 4000   or let them ask at http://127.0.0.1:4000, with the key it prints

fakeseam COMMAND --help says more about each.
"""
STOPS = (signal.SIGINT, signal.SIGTERM)
# A signal that comes just before Python waits is heard of after that: at most so much later.
SIGNAL_S = 1.0
# Told to `fakeseam exec`, and passed on to its command; not every system has both.
_PASSED_ON = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who started this, as by >&-
            setattr(sys, name, open(os.devnull, "w"))
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return _about(parser, options) if options.run is None else int(options.run(options))
    except MisuseError as misuse:
        print(f"fakeseam: {misuse}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # the reader of a list has seen enough
        return 0
    finally:
        _let_go(sys.stdout)
        _let_go(sys.stderr)


def _let_go(stream: TextIO) -> None:
    """What nobody reads any more is no trouble at the end: Python would fail for it."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "fakeseam",
        description="Seam (seam.co) in memory, for tests.",
        epilog=_BEGINNING,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=None)
    parser.add_argument("--version", action="store_true", help="say which fakeseam this is")
    commands = parser.add_subparsers(metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer as Seam does, until stopped")
    serve.set_defaults(run=_serve)
    serve.add_argument("--host", default="127.0.0.1", help="default %(default)s")
    serve.add_argument("--port", type=int, default=0, help="0, the default, is any free one")
    serve.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="holds the URL as long as it answers"
    )
    serve.add_argument("--base-url", metavar="URL", help="what URLs in answers begin with")
    serve.add_argument("--quiet", action="store_true", help="no line a request on stderr")
    _fake_options(serve)

    execute = commands.add_parser("exec", help="run a command against a fresh fake")
    execute.set_defaults(run=_exec, base_url=None)
    _fake_options(execute)
    execute.add_argument("command", nargs=argparse.REMAINDER, metavar="-- CMD")

    endpoints = commands.add_parser("endpoints", help="list what is modelled and what is not")
    endpoints.set_defaults(run=_endpoints)
    states = commands.add_parser("states", help="print the state machines as Mermaid")
    states.set_defaults(run=_states)
    logins = commands.add_parser("logins", help="print what to type into the login page")
    logins.set_defaults(run=_logins)
    levers = commands.add_parser("levers", help="print what a test can do over HTTP")
    levers.set_defaults(run=_levers)
    return parser


def _fake_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--load",
        action="append",
        default=[],
        metavar="FILE",
        help="start with a dump, a seed file, or what module:function makes; more than once",
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a switch, as in metadata_update=merge; may be given again",
    )


@contextmanager
def _fake(options: argparse.Namespace) -> Iterator[FakeSeam]:
    from .api.rules import Rules
    from .fake import FakeSeam
    from .seeds import from_text

    pairs = dict(rule.partition("=")[::2] for rule in options.rule)
    with FakeSeam(base_url=options.base_url, **Rules.from_text(pairs)) as fake:
        sys.path.insert(0, os.getcwd())  # where module:function is looked for first
        fake.load([from_text(one) for one in options.load])
        yield fake


def _serve(options: argparse.Namespace) -> int:
    from .server import Server, listen
    from .wsgi import RequestLines

    if options.ready_file is not None:
        forget(options.ready_file)
    with _stop_asked_for() as wait, _fake(options) as fake:
        app = fake.wsgi_app if options.quiet else RequestLines(fake.wsgi_app, sys.stderr)
        with Server(app, listen(options.host, options.port)) as server:
            fake.served_at(server.url, options.host)
            with told(options.ready_file, f"{server.url}\n"):
                _say(f"fakeseam ready at {server.url} with key {fake.api_key}")
                wait()
            fake.close()  # else a request that waits for something would be waited for
    return 0


@contextmanager
def _stop_asked_for() -> Iterator[Callable[[], object]]:
    """Gives a function that returns once a signal has asked to stop; further ones are ignored.

    Python writes to a socket of its own for each signal, at once. Its handlers run later, when
    the main thread goes on, which it may never do while it waits for a lock: a signal that comes
    just before that would be lost, and one that sets an Event could find it locked.
    """
    heard, told = socket.socketpair()
    with heard, told:
        told.setblocking(False)
        for number in STOPS:
            signal.signal(number, lambda *_: None)
        signal.set_wakeup_fd(told.fileno(), warn_on_full_buffer=False)
        try:
            yield lambda: heard.recv(1)
        finally:
            signal.set_wakeup_fd(-1)
            for number in STOPS:  # Python itself would give up its handlers at its end
                signal.signal(number, signal.SIG_IGN)


def _say(line: str) -> None:
    """One line for whoever started this; that nobody reads it is no reason not to serve."""
    with suppress(BrokenPipeError):
        print(line, flush=True)


def _exec(options: argparse.Namespace) -> int:
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        raise MisuseError("exec needs a command: fakeseam exec -- pytest tests")
    with _fake(options) as fake, fake.serve() as server:
        environment = {
            **{name: value for name, value in os.environ.items() if name not in OTHERS},
            ENDPOINT: server.url,
            KEY: fake.api_key,
        }
        return _run(command, environment)


def _run(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """The exit code of a command, which gets the signals that are meant to stop this.

    Where it could not be run, or a signal ended it, the code is what a shell would give.
    """
    started: list[subprocess.Popen[bytes]] = []
    told: list[int] = []

    def stop(number: int, frame: object) -> None:
        told.append(number)
        for child in started:
            child.send_signal(number)

    for number in _PASSED_ON:
        signal.signal(number, stop)
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as exc:
        print(f"fakeseam: cannot run {command[0]!r}: {exc.strerror}", file=sys.stderr)
        return 127 if isinstance(exc, FileNotFoundError) else 126
    started.append(child)
    for number in told:  # while it was being started
        child.send_signal(number)
    while True:
        try:
            code = child.wait(timeout=SIGNAL_S)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            continue  # the terminal has told the command too
        return code if code >= 0 else 128 - code


def _endpoints(options: argparse.Namespace) -> int:
    from .api import coverage

    rows = coverage()
    for path, how, note in rows:
        print(f"{how:<12}  {path}{f'  ({note})' if note else ''}")
    counted = Counter(how for _, how, _ in rows)
    print(", ".join(f"{counted[how]} {how}" for how in ("modelled", "partly", "not modelled")))
    return 0


def _states(options: argparse.Namespace) -> int:
    from .api.lifecycle import MACHINES

    for machine in MACHINES:
        print(f"%% {machine.name}\n{machine.mermaid()}\n")
    return 0


def _logins(options: argparse.Namespace) -> int:
    from .api.login_tables import brands_table, outcomes_table

    print(f"{outcomes_table()}\n\n{brands_table()}")
    return 0


def _levers(options: argparse.Namespace) -> int:
    from .control.description import levers_table

    print(levers_table())
    return 0


def _about(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """No command was given."""
    if options.version:
        from .version import own_version

        print(f"fakeseam {own_version()}")
        return 0
    parser.print_help(sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
