"""The options of commands that make a fake."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..fake import FakeSeam

__all__ = ["add_fake_options", "open_fake"]


def add_fake_options(parser: argparse.ArgumentParser) -> None:
    """Adds ``--load`` and ``--rule``."""
    parser.add_argument(
        "--load",
        action="append",
        default=[],
        metavar="FILE",
        help="start with a dump, a seed file or module:function; may be repeated",
    )
    parser.add_argument(
        "--rule",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="set a rule, such as metadata_update=merge; may be repeated",
    )


@contextmanager
def open_fake(options: argparse.Namespace) -> Iterator[FakeSeam]:
    """Yields the fake that the options describe; closes it at the end."""
    from ..api.rules import Rules
    from ..fake import FakeSeam
    from ..state.seed_files import from_text

    pairs = dict(rule.partition("=")[::2] for rule in options.rule)
    with FakeSeam(base_url=options.base_url, **Rules.from_text(pairs)) as fake:
        sys.path.insert(0, os.getcwd())  # module:function is looked up here first
        fake.load([from_text(one) for one in options.load])
        yield fake
