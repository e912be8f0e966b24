"""The options of commands that make fakes."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..http.fake_pool import FakePool

__all__ = ["add_fake_options", "open_fakes"]


def add_fake_options(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say how a fake begins."""
    parser.add_argument(
        "--seed",
        type=int,
        metavar="INT",
        help="make the same ids, tokens and key each time; by default they are random, unless"
        " --api-key or --now is given",
    )
    parser.add_argument("--api-key", metavar="KEY", help="the key of the main fake")
    parser.add_argument("--now", metavar="TIME", help="stop the clock at an ISO 8601 time")
    parser.add_argument(
        "--strict",
        action="store_true",
        help="at the end, list what the app did that Seam or fakeseam does not support, and fail",
    )
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
    from ..errors import MisuseError
    from ..http.fake_pool import KEY_PREFIX, FakePool, NamedFake
    from ..state.seed_files import from_text

    pairs = dict(rule.partition("=")[::2] for rule in options.rule)
    arguments: dict[str, Any] = {
        "seed": _seed(options),
        "now": options.now,
        "strict": options.strict,
        "base_url": options.base_url,
        **Rules.from_text(pairs),
    }
    sys.path.insert(0, os.getcwd())  # module:function is looked up here first

    def load(fake: FakeSeam) -> FakeSeam:
        fake.load([from_text(one) for one in options.load])
        return fake

    if (options.api_key or "").startswith(KEY_PREFIX):
        raise MisuseError(f"--api-key {options.api_key}: {KEY_PREFIX}NAME is the key of a worker")
    pool = FakePool(
        FakeSeam(api_key=options.api_key, **arguments),
        lambda name: load(NamedFake(name, **arguments)),
    )
    try:
        load(pool.main)
        yield pool
    finally:
        pool.close()


def _seed(options: argparse.Namespace) -> int:
    """Returns the given seed, or a random one.

    A key that is the same in every run is one that any web page knows.
    """
    if options.seed is not None:
        return int(options.seed)
    is_repeatable = options.api_key is not None or options.now is not None
    return 0 if is_repeatable else secrets.randbelow(2**31)
