"""The threads of a server after a crowd has gone: those that ended are not counted any more."""

from __future__ import annotations

import threading

import pytest

from fakeseam.threads import KEPT_THREADS, MOST_THREADS, Threads


@pytest.fixture
def threads():
    threads = Threads()
    yield threads
    assert threads.end(20)


@pytest.fixture
def crowd(threads):
    """So many tasks, held at the same time; gives whether all began, once they have ended."""

    def crowd(count):
        began = [threading.Event() for _ in range(count)]
        release = threading.Event()

        class Held:
            def __init__(self, began):
                self.began = began

            def service(self):
                self.began.set()
                release.wait(20)

        for one in began:
            threads.add_task(Held(one))
        all_began = all(one.wait(2) for one in began)
        release.set()
        return all_began

    return crowd


def running():
    return sum(thread.name == "fakeseam-request" for thread in threading.enumerate())


def until_the_rest_is_kept():
    for _ in range(10_000):
        if running() == KEPT_THREADS:
            return
        threading.Event().wait(0.001)
    raise AssertionError(f"{running()} threads are left")


def test_after_a_crowd_as_many_may_be_held_again(crowd):
    assert crowd(MOST_THREADS)
    until_the_rest_is_kept()

    assert crowd(MOST_THREADS)


def test_after_several_small_crowds_there_are_threads_for_another(crowd):
    for _ in range(4):
        assert crowd(30)
        until_the_rest_is_kept()

    assert crowd(30)
