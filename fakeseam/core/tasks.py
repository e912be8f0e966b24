"""The asynchronous task that the caller is part of: asyncio's, trio's, or none.

Neither library is imported for that: whose task runs has been imported by the test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["in_thread", "is_asyncio_task", "is_task"]

T = TypeVar("T")


def is_task() -> bool:
    """Returns whether the caller is part of a task, which could await something."""
    return is_asyncio_task() or _trio() is not None


def is_asyncio_task() -> bool:
    """Returns whether the caller is part of a task that asyncio runs.

    Playwright's synchronous pages run a loop, too, but their caller is no task of it and cannot
    await anything.
    """
    asyncio = sys.modules.get("asyncio")
    if asyncio is None or asyncio._get_running_loop() is None:
        return False
    return asyncio.current_task() is not None


async def in_thread(function: Callable[..., T], *args: object) -> T:
    """Returns what a function returns in another thread, while the caller's loop goes on.

    A task that is cancelled does not wait for the function.
    """
    trio = _trio()
    if trio is not None:
        result: T = await trio.to_thread.run_sync(function, *args, abandon_on_cancel=True)
        return result
    import asyncio

    return await asyncio.to_thread(function, *args)


def _trio() -> Any:
    """Returns the module trio in a task that it runs, else None."""
    trio = sys.modules.get("trio")
    is_trio_task = getattr(getattr(trio, "lowlevel", None), "in_trio_task", None)
    return trio if is_trio_task is not None and is_trio_task() else None
