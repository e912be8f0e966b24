"""A child made by ``os.fork``, as a test needs it."""

from __future__ import annotations

import os
import select
import signal
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

__all__ = ["a_child", "forks", "in_child"]

HANGS_S = 20

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")


def in_child(function: Callable[[], object]) -> str:
    """Returns what a function returns or raises in a child, as text.

    Fails if the child does not end: it hangs on a lock.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # this process has threads
        child = os.fork()
    if child == 0:
        try:
            result = str(function())
        except BaseException as exc:
            result = f"{type(exc).__name__}: {exc}"
        finally:
            with suppress(BaseException):
                os.write(writing, result.encode())
            os._exit(0)
    os.close(writing)
    try:
        if not select.select([reading], [], [], HANGS_S)[0]:
            os.kill(child, signal.SIGKILL)
            pytest.fail("the child hangs")
        return os.read(reading, 65536).decode()
    finally:
        os.waitpid(child, 0)
        os.close(reading)


@contextmanager
def a_child() -> Iterator[None]:
    """A child lives meanwhile, and does nothing."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)
    try:
        yield
    finally:
        os.close(reading)
        os.close(writing)
        os.waitpid(child, 0)
