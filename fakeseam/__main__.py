"""The command line: ``fakeseam serve``, ``exec``, ``endpoints``, ``states`` and ``logins``."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .environment import ENDPOINT, KEY, OTHERS
from .errors import MisuseError

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except MisuseError as misuse:
        print(f"fakeseam: {misuse}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a list has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("fakeseam", description="Seam (seam.co) in memory, for tests")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    serve = commands.add_parser("serve", help="answer as Seam does, until stopped")
    serve.set_defaults(run=_serve)
    serve.add_argument("--host", default="127.0.0.1", help="default %(default)s")
    serve.add_argument("--port", type=int, default=0, help="0, the default, is any free one")
    serve.add_argument("--ready-file", type=Path, help="written with the URL once it answers")
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
    return parser


def _fake_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--load", type=Path, metavar="FILE", help="start with what a dump holds")
    parser.add_argument(
        "--rule", action="append", default=[], metavar="NAME=VALUE", help="set a switch"
    )


@contextmanager
def _fake(options: argparse.Namespace) -> Iterator[FakeSeam]:
    from .api.rules import Rules
    from .fake import FakeSeam

    pairs = dict(rule.partition("=")[::2] for rule in options.rule)
    with FakeSeam(base_url=options.base_url, **Rules.from_text(pairs)) as fake:
        if options.load is not None:
            fake.load(options.load)
        yield fake


def _serve(options: argparse.Namespace) -> int:
    from .server import Server, listen
    from .wsgi import RequestLines

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _fake(options) as fake:
        app = fake.wsgi_app if options.quiet else RequestLines(fake.wsgi_app, sys.stderr)
        with Server(app, listen(options.host, options.port)) as server:
            fake.served_at(server.url, options.host)
            if options.ready_file is not None:
                _write_whole(options.ready_file, f"{server.url}\n")
            print(f"fakeseam ready at {server.url} with key {fake.api_key}", flush=True)
            stop.wait()
            fake.close()  # else a request that waits for something would be waited for
    return 0


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
    """The exit code of a command, which gets the signals that are meant to stop this."""
    started: list[subprocess.Popen[bytes]] = []
    told: list[int] = []

    def stop(number: int, frame: object) -> None:
        told.append(number)
        for child in started:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        child = subprocess.Popen(command, env=environment)
    except OSError as exc:
        print(f"fakeseam: cannot run {command[0]!r}: {exc.strerror}", file=sys.stderr)
        return 127
    started.append(child)
    if told:  # while it was being started
        child.terminate()
    while True:
        try:
            code = child.wait()
        except KeyboardInterrupt:
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


def _write_whole(path: Path, text: str) -> None:
    """A reader that waits for the file never sees half of it."""
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        half.write_text(text)
        half.replace(path)
    except OSError as exc:
        raise MisuseError(f"cannot write {str(path)!r}: {exc.strerror}") from exc


if __name__ == "__main__":
    sys.exit(main())
