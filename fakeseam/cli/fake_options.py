"""The options of commands that make fakes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..http.fake_pool import FakePool

__all__ = ["add_fake_options", "open_fakes"]


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
def open_fakes(options: argparse.Namespace) -> Iterator[FakePool]:
    """Yields fakes as the options describe them; closes them at the end."""
    from ..api.rules import Rules
    from ..fake import FakeSeam
    from ..http.fake_pool import FakePool, NamedFake
    from ..state.seed_files import from_text

    pairs = dict(rule.partition("=")[::2] for rule in options.rule)
    arguments: dict[str, Any] = {"base_url": options.base_url, **Rules.from_text(pairs)}
    sys.path.insert(0, os.getcwd())  # module:function is looked up here first

    def load(fake: FakeSeam) -> FakeSeam:
        fake.load([from_text(one) for one in options.load])
        return fake

    with FakeSeam(**arguments) as main:
        load(main)
        pool = FakePool(main, lambda name: load(NamedFake(name, **arguments)))
        try:
            yield pool
        finally:
            pool.close()
