"""Whose task the caller is part of: asyncio's, trio's, or nobody's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading

import pytest
import trio

from fakeseam.core.tasks import in_thread, is_asyncio_task, is_task


def both():
    return is_task(), is_asyncio_task()


async def both_in_a_task():
    return both()


def test_outside_a_task_there_is_none():
    assert both() == (False, False)


def test_a_callback_of_a_loop_is_no_task():
    seen = []

    async def story():
        asyncio.get_running_loop().call_soon(lambda: seen.append(both()))
        await asyncio.sleep(0)

    asyncio.run(story())
    assert seen == [(False, False)]


def test_a_task_is_asyncios_or_trios():
    assert asyncio.run(both_in_a_task()) == (True, True)
    assert trio.run(both_in_a_task) == (True, False)


@pytest.mark.parametrize("run", [asyncio.run, lambda coroutine: trio.run(lambda: coroutine)])
def test_a_function_runs_in_another_thread(run):
    async def story():
        given, thread = await in_thread(lambda given: (given, threading.current_thread()), 5)
        assert (given, thread is threading.current_thread()) == (5, False)
        assert await in_thread(is_task) is False

    run(story())


def test_neither_library_is_imported():
    script = (
        "import sys; from fakeseam.core.tasks import is_task; assert not is_task();"
        " print({'asyncio', 'trio'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.stdout.strip() == "set()"
