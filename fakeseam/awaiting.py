"""What a sender promised, waited for where nothing can be awaited."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Awaitable
from contextvars import copy_context
from typing import Any

__all__ = ["finished"]


def finished(answer: Any) -> Any:
    """What a sender's promise comes to, if it returned one."""
    if not inspect.isawaitable(answer):
        return answer
    # A loop that runs in this thread cannot be waited in, and one that only belongs to it must
    # be left alone: another thread has its own.
    results: list[Any] = []
    context = copy_context()

    def run() -> None:
        try:
            results.append(context.run(asyncio.run, _awaiting(answer)))
        except BaseException as exc:
            results.append(exc)

    thread = threading.Thread(target=run, name="fakeseam-sender", daemon=True)
    thread.start()
    thread.join()
    if isinstance(results[0], BaseException):
        raise results[0]
    return results[0]


async def _awaiting(answer: Awaitable[Any]) -> Any:
    return await answer
