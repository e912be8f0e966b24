"""Waiting for an asynchronous sender where nothing can be awaited."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable
from contextvars import copy_context
from typing import Any

__all__ = ["run_awaitable"]


def run_awaitable(result: Any) -> Any:
    """Returns a sender's result; runs it first if it is awaitable."""
    if not inspect.isawaitable(result):
        return result
    # A new thread runs it, in an event loop of its own. In this thread asyncio.run would fail if a
    # loop is running, and would unset a loop that is set but not running.
    results: list[Any] = []
    context = copy_context()

    def run() -> None:
        try:
            results.append(context.run(asyncio.run, _await(result)))
        except BaseException as exc:
            results.append(exc)

    thread = threading.Thread(target=run, name="fakeseam-sender", daemon=True)
    thread.start()
    thread.join()
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]


async def _await(awaitable: Awaitable[Any]) -> Any:
    return await awaitable
