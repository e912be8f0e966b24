"""Running what an asynchronous sender returns, in the context of its ``deliver_to``."""

from __future__ import annotations

from collections.abc import Awaitable, Coroutine, Generator
from contextvars import Context
from typing import Any

from ..core.tasks import is_asyncio_task

__all__ = ["await_in_context", "run_in_new_loop"]


async def await_in_context(awaitable: Awaitable[Any], context: Context) -> Any:
    """Returns the result, awaited on the running loop in a task with this context.

    Under trio the caller's task awaits it, each step in this context.
    """
    if not is_asyncio_task():
        return await _InContext(awaitable, context)
    import asyncio

    return await asyncio.get_running_loop().create_task(_coroutine(awaitable), context=context)


class _InContext:
    """An awaitable whose steps run in a context. The tasks that it starts inherit that."""

    def __init__(self, awaitable: Awaitable[Any], context: Context) -> None:
        self._awaitable, self._context = awaitable, context

    def __await__(self) -> Generator[Any, Any, Any]:
        run, steps = self._context.run, _coroutine(self._awaitable)
        try:
            yielded = run(steps.send, None)
            while True:
                try:
                    sent = yield yielded
                except BaseException as exc:
                    yielded = run(steps.throw, exc)
                else:
                    yielded = run(steps.send, sent)
        except StopIteration as stop:
            return stop.value


def run_in_new_loop(awaitable: Awaitable[Any], context: Context) -> Any:
    """Returns the result; a new loop in this thread runs it, as no loop runs here.

    ``asyncio.run`` would unset a loop that is set in this thread but not running.
    """
    import asyncio

    loop = asyncio.new_event_loop()
    outer = asyncio._get_running_loop()  # Playwright's, which the caller is no task of
    asyncio._set_running_loop(None)
    try:
        return loop.run_until_complete(loop.create_task(_coroutine(awaitable), context=context))
    finally:
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()
        asyncio._set_running_loop(outer)


def _coroutine(awaitable: Awaitable[Any]) -> Coroutine[Any, Any, Any]:
    """Returns a coroutine for a task: if that is cancelled before it starts, nothing is left."""
    if isinstance(awaitable, Coroutine):
        return awaitable

    async def wait() -> Any:
        return await awaitable

    return wait()
