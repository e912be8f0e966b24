"""A pytest plugin that fails a test which leaves something behind: -p canary.

It checks the fake of the fixtures before the test uses it. After all fixtures of a test have ended
it checks the fakes that are still open, a new fake, the environment and the threads.
"""

from __future__ import annotations

import gc
import os
import re
import sys
import threading
import weakref

import pytest

from fakeseam import FakeSeam

# The threads of the shared server, which serves all tests.
SERVING = re.compile(r"fakeseam-(server|connection)")
# How long a thread may take to end on a busy machine.
ENDING_S = 5
PYTESTS_OWN = "PYTEST_"

_BEFORE = pytest.StashKey()
_fakes = weakref.WeakSet()
_make = FakeSeam.__init__


def _make_and_remember(fake, *args, **options):
    _make(fake, *args, **options)
    _fakes.add(fake)


def pytest_configure():
    FakeSeam.__init__ = _make_and_remember


def pytest_unconfigure():
    FakeSeam.__init__ = _make


def pytest_collection_finish():
    gc.collect()
    gc.freeze()  # the modules imported by now are not searched after each test


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item):
    item.stash[_BEFORE] = environment(), set(threading.enumerate())
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef, request):
    made = yield
    if isinstance(made, FakeSeam) and fixturedef.argname == "fakeseam":
        found = traces(made)
        if found:
            pytest.fail(f"canary: {request.node.nodeid} got {made}: {found}", pytrace=False)
    return made


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item):
    """Runs as the outermost wrapper: after the yield the fixtures of the test have ended."""
    result = yield
    variables, threads = item.stash[_BEFORE]
    gc.collect()  # drops fakes that are unreachable
    left = {str(fake): traces(fake) for fake in _fakes if not is_closed(fake)}
    left["a new fake"] = traces(FakeSeam())
    left["the environment"] = environment() ^ variables
    left["threads"] = [one.name for one in set(threading.enumerate()) - threads if stays(one)]
    found = "".join(f"\n  {where}: {what}" for where, what in left.items() if what)
    if found:
        pytest.fail(f"canary: {item.nodeid} has left behind{found}", pytrace=False)
    return result


def traces(fake):
    """What a fake has and a new one does not, by kind."""
    runtime = fake._engine.runtime
    found = {
        "requests": [str(request) for request in fake.requests],
        "faults": [str(counter.fault) for counter in runtime.faults],
        "strict_violations": list(runtime.journal.strict_violations),
        "senders": fake._engine.delivery_targets.bindings,
        "hosts": sorted(fake._engine.delivery_targets.allowed_hosts),
        **records(fake),
    }
    return {kind: left for kind, left in found.items() if left}


def records(fake):
    """The number of records of each type, without those that every fake begins with."""
    tables = fake._engine.runtime.store.dump()["tables"]
    counts = {name: len(table["records"]) for name, table in tables.items()}
    return {name: count for name, count in counts.items() if count != BEGINNING.get(name, 0)}


def is_closed(fake):
    return fake._engine.webhook_dispatcher._is_closed


def stays(thread):
    """Whether it goes on running, unlike the workers of a closed event loop."""
    if not SERVING.fullmatch(thread.name) and thread not in djangos_own():
        thread.join(ENDING_S)
        return thread.is_alive()
    return False


def djangos_own():
    """asgiref's one thread for synchronous code under asyncio: it lasts as long as the process."""
    asgiref = sys.modules.get("asgiref.sync")
    return () if asgiref is None else asgiref.SyncToAsync.single_thread_executor._threads


def environment():
    return {one for one in os.environ.items() if not one[0].startswith(PYTESTS_OWN)}


BEGINNING = {}
BEGINNING = records(FakeSeam())
