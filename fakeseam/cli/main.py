"""The command line: its parser, and the exit code of a command.

A command imports the rest of fakeseam when it runs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TextIO

from ..errors import MisuseError
from .fake_options import add_fake_options

__all__ = ["main"]

_GETTING_STARTED = """\
getting started:
  fakeseam exec -- npm test    run tests that read SEAM_ENDPOINT and SEAM_API_KEY
  fakeseam serve --port 4000   or serve a fake at http://127.0.0.1:4000, with the key it prints

fakeseam COMMAND --help shows the options of a command.
"""


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """A formatter whose left column is wide enough for the longest command.

    argparse makes it too narrow: it does not count the indentation of the commands.
    """

    def __init__(self, prog: str) -> None:
        super().__init__(prog)
        self._action_max_length = len("    control-api")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; returns its exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the parent process, for instance by >&-
            setattr(sys, name, open(os.devnull, "w"))
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return _no_command(parser, options) if options.run is None else options.run(options)
    except MisuseError as misuse:
        print(f"fakeseam: {misuse}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    except BrokenPipeError:  # the reader of a list has closed the pipe
        return 0
    finally:
        _flush(sys.stdout)
        _flush(sys.stderr)


def _flush(stream: TextIO) -> None:
    """Flushes the stream; redirects a closed pipe to devnull, so that Python exits cleanly."""
    try:
        stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "fakeseam",
        description="Seam (seam.co) in memory, for tests.",
        epilog=_GETTING_STARTED,
        formatter_class=_HelpFormatter,
    )
    parser.set_defaults(run=None)
    parser.add_argument("--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(metavar="COMMAND")

    serving = commands.add_parser("serve", help="serve a fake over HTTP until it is stopped")
    serving.set_defaults(run=_command("serve", "serve"))
    serving.add_argument("--host", default="127.0.0.1", help="default %(default)s")
    serving.add_argument("--port", type=int, default=0, help="0, the default, is any free port")
    serving.add_argument(
        "--ready-file", type=Path, metavar="FILE", help="file with the URL while the server runs"
    )
    serving.add_argument("--base-url", metavar="URL", help="what URLs in responses begin with")
    serving.add_argument("--quiet", action="store_true", help="do not log requests on stderr")
    add_fake_options(serving)

    executing = commands.add_parser("exec", help="run a command against a new fake")
    executing.set_defaults(run=_command("exec", "exec_"), base_url=None)
    add_fake_options(executing)
    executing.add_argument("command", nargs=argparse.REMAINDER, metavar="-- CMD")

    for name, summary in (
        ("endpoints", "list which of Seam's endpoints are implemented"),
        ("states", "print the state machines as Mermaid"),
        ("logins", "print what to type into the login page"),
        ("control-api", "list the control endpoints, which tests call over HTTP"),
    ):
        run = _command("lists", name.replace("-", "_"))
        commands.add_parser(name, help=summary).set_defaults(run=run)
    return parser


def _command(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    """Returns a function of this package, whose module is imported when it runs."""

    def run(options: argparse.Namespace) -> int:
        return int(getattr(import_module(f".{module}", __package__), function)(options))

    return run


def _no_command(parser: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    """Prints the version, or the help as a usage error."""
    if options.version:
        from ..control.version import own_version

        print(f"fakeseam {own_version()}")
        return 0
    parser.print_help(sys.stderr)
    return 2
