"""Threads and tasks that outlive their test: which of them sends a request in a later test."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, WeakSet

if TYPE_CHECKING:
    import asyncio

__all__ = ["Strays"]

BEFORE_THE_FIRST = "from before the first test"
# The packages whose threads serve any test: pools, servers, and the fake's own.
_SERVING_THREADS = ("anyio", "concurrent", "fakeseam", "multiprocessing", "socketserver")
# The packages whose tasks run test after test.
_RUNNERS = ("anyio", "pytest_asyncio")


class Strays:
    """The threads and tasks that began before the running test, and the tests they came from.

    Not known are threads of pools and servers, those of fixtures for several tests, which may all
    do the running test's work, and the tasks of an event loop in which no request was made.
    """

    def __init__(self) -> None:
        self._threads: WeakKeyDictionary[threading.Thread, str] = WeakKeyDictionary()
        self._shared: WeakSet[threading.Thread] = WeakSet()
        self._tasks: WeakKeyDictionary[asyncio.Task[Any], str] = WeakKeyDictionary()
        self._loops: WeakSet[asyncio.AbstractEventLoop] = WeakSet()
        self._has_begun = False

    def test_begins(self) -> None:
        """Notes the threads that are alive before the first test."""
        if not self._has_begun:
            self._has_begun = True
            self._note_threads(BEFORE_THE_FIRST)

    def test_ended(self, node_id: str) -> None:
        """Notes that threads and tasks that began since the last test came from this one."""
        self._note_threads(f"of {node_id}")
        for task in self._live_tasks():
            if not _belongs_to(_RUNNERS, _module_of(task)):
                self._tasks.setdefault(task, f"of {node_id}")

    @contextmanager
    def shared(self) -> Iterator[None]:
        """Leaves out the threads that begin meanwhile: several tests use them."""
        before = set(threading.enumerate())
        try:
            yield
        finally:
            self._shared.update(set(threading.enumerate()) - before)

    def sender(self) -> str | None:
        """Returns what runs this code if that began before the running test, else None."""
        task = _current_task()
        if task is not None:
            self._loops.add(task.get_loop())
            if task in self._tasks:
                return f"a task {self._tasks[task]}"
        thread = threading.current_thread()
        return f"a thread {self._threads[thread]}" if thread in self._threads else None

    def _note_threads(self, origin: str) -> None:
        own = (threading.current_thread(), threading.main_thread())
        for thread in threading.enumerate():
            if thread not in own and thread not in self._shared and not _serves(thread):
                self._threads.setdefault(thread, origin)

    def _live_tasks(self) -> Iterator[asyncio.Task[Any]]:
        import asyncio

        for loop in tuple(self._loops):
            if not loop.is_closed():
                yield from asyncio.all_tasks(loop)


def _current_task() -> asyncio.Task[Any] | None:
    if "asyncio" not in sys.modules:
        return None
    import asyncio

    try:
        return asyncio.current_task()
    except RuntimeError:  # no event loop runs in this thread
        return None


def _serves(thread: threading.Thread) -> bool:
    makers = (type(thread), getattr(thread, "_target", None))
    modules = [getattr(maker, "__module__", None) for maker in makers]
    return any(_belongs_to(_SERVING_THREADS, module) for module in modules if module)


def _module_of(task: asyncio.Task[Any]) -> str:
    frame = getattr(task.get_coro(), "cr_frame", None)
    return "" if frame is None else str(frame.f_globals.get("__name__", ""))


def _belongs_to(packages: Iterable[str], module: str) -> bool:
    return module.partition(".")[0] in packages
