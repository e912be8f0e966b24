"""The lock: it is free after an error, and a thread waits for it."""

from __future__ import annotations

import threading

import pytest

from fakeseam.core.lock import NonReentrantLock
from tests.forks import forks, in_child


def test_the_lock_is_free_after_an_error_in_it():
    lock = NonReentrantLock()
    with pytest.raises(ZeroDivisionError), lock:
        1 / 0

    with lock:
        pass


def test_another_thread_waits_for_its_turn():
    lock, order, started = NonReentrantLock(), [], threading.Event()

    def other():
        started.set()
        with lock:
            order.append("other")

    with lock:
        thread = threading.Thread(target=other)
        thread.start()
        started.wait(10)
        order.append("first")
    thread.join(10)

    assert order == ["first", "other"]


@forks
def test_a_child_is_refused_although_a_thread_held_the_lock_that_it_does_not_have():
    lock = NonReentrantLock()
    with lock:
        assert in_child(lock.__enter__).startswith("MisuseError: This fake lives in the parent")
