"""A pytest plugin that fails a test at whose end something of it is still there: -p canary.

Looks at what the fixtures hand out before a test has touched it, and at the end, after every
fixture is gone, at fakes that are still open, at a fake made then and there, at the environment
and at threads.
"""

from __future__ import annotations

import gc
import os
import re
import threading
import weakref

import pytest

from fakeseam import FakeSeam

# Of the listener that serves test after test; the last are waitress's own.
LISTENER = re.compile(r"fakeseam-(switchboard|server|request)|Thread-\d+ \(handler_thread\)")
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
    gc.freeze()  # what is imported by now is not looked through after each test


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
    """As the outermost: the fixtures of the test are gone when it goes on."""
    result = yield
    variables, threads = item.stash[_BEFORE]
    gc.collect()  # fakes that nobody can reach are gone
    left = {str(fake): traces(fake) for fake in _fakes if not is_closed(fake)}
    left["a new fake"] = traces(FakeSeam())
    left["the environment"] = environment() ^ variables
    left["threads"] = [one.name for one in set(threading.enumerate()) - threads if stays(one)]
    found = "".join(f"\n  {where}: {what}" for where, what in left.items() if what)
    if found:
        pytest.fail(f"canary: {item.nodeid} has left behind{found}", pytrace=False)
    return result


def traces(fake):
    """What a fake knows that a new one does not, by what it is."""
    world = fake._world
    found = {
        "requests": [str(request) for request in fake.requests],
        "faults": [str(planned.fault) for planned in world.faults],
        "complaints": list(world.journal.complaints),
        "senders": fake.routes.senders,
        "hosts": sorted(fake.routes.allowed),
        **records(fake),
    }
    return {kind: left for kind, left in found.items() if left}


def records(fake):
    """How many records there are of each kind, but for those that every fake begins with."""
    tables = fake._world.store.dump()["tables"]
    counts = {name: len(table["records"]) for name, table in tables.items()}
    return {name: count for name, count in counts.items() if count != BEGINNING.get(name, 0)}


def is_closed(fake):
    return fake.postman._is_closed


def stays(thread):
    """Whether it is not one that has been told to end, as the workers of a closed loop."""
    if not LISTENER.fullmatch(thread.name):
        thread.join(ENDING_S)
        return thread.is_alive()
    return False


def environment():
    return {one for one in os.environ.items() if not one[0].startswith(PYTESTS_OWN)}


BEGINNING = {}
BEGINNING = records(FakeSeam())
