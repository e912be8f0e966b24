"""Waiting for a change: the look that finds it, and what ends a wait in vain."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from fakeseam.core.notifier import ChangeNotifier

LONG = 60  # of real time: longer than any of these takes


@pytest.fixture
def found():
    """What there is to be found: the runtime of these tests."""
    return []


@pytest.fixture
def notifier(found):
    return ChangeNotifier(lambda: nullcontext(found), lambda: None, None)


@pytest.fixture
def waiting(notifier):
    """Waits in another thread; returns the future once a look was in vain."""
    with ThreadPoolExecutor(1) as threads:

        def waiting():
            has_looked = threading.Event()

            def look(found):
                try:
                    return found[-1] if found else None
                finally:
                    has_looked.set()

            future = threads.submit(notifier.wait_until, look, LONG)
            assert has_looked.wait(LONG)
            return future

        yield waiting


def test_what_is_there_already_is_returned_at_once(notifier, found):
    found.append("webview")

    assert notifier.wait_until(lambda found: found[-1], LONG) == "webview"


def test_a_change_leads_to_another_look(notifier, found, waiting):
    future = waiting()
    found.append("webview")
    notifier.notify()

    assert future.result(LONG) == "webview"


def test_a_change_during_the_look_is_not_missed(notifier, found):
    def look(found):
        if found:
            return found[-1]
        found.append("webview")
        notifier.notify()
        return None

    assert notifier.wait_until(look, LONG) == "webview"


def test_after_the_timeout_nothing_is_returned(notifier):
    assert notifier.wait_until(lambda found: None, 0) is None


@pytest.mark.parametrize("end", ["close", "release_waiters"])
def test_a_wait_is_ended(notifier, waiting, end):
    future = waiting()
    getattr(notifier, end)()

    assert future.result(LONG) is None


def test_only_closing_ends_later_waits_too(notifier, found, waiting):
    notifier.release_waiters()
    future = waiting()
    found.append("webview")
    notifier.notify()
    assert future.result(LONG) == "webview"

    notifier.close()

    assert notifier.wait_until(lambda found: None, LONG) is None
