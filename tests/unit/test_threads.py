"""The threads of a server: one more when all are busy, up to a bound, and none at the end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fakeseam.threads import KEPT_THREADS, MOST_THREADS, Threads


class Work:
    """A task that ends when it is told to."""

    def __init__(self):
        self.began, self.end = threading.Event(), threading.Event()

    def service(self):
        self.began.set()
        self.end.wait(20)


@pytest.fixture
def threads():
    threads = Threads()
    yield threads
    assert threads.end(20)
    assert running() == 0


def running():
    return sum(thread.name == "fakeseam-request" for thread in threading.enumerate())


def works(threads, count):
    """So many tasks, added."""
    added = [Work() for _ in range(count)]
    for work in added:
        threads.add_task(work)
    return added


def all_began(added):
    return all(work.began.wait(20) for work in added)


def test_there_are_as_many_threads_as_tasks_up_to_a_bound(threads):
    added = works(threads, MOST_THREADS + 5)

    assert all_began(added[:MOST_THREADS])
    assert running() == MOST_THREADS == 200
    assert not any(work.began.is_set() for work in added[MOST_THREADS:])

    for work in added:
        work.end.set()
    assert all_began(added)


def test_a_task_is_begun_while_all_others_are_held(threads):
    held = works(threads, 20)
    assert all_began(held)

    (quick,) = works(threads, 1)

    assert quick.began.wait(20)
    for work in (*held, quick):
        work.end.set()


def test_threads_that_have_nothing_more_to_do_end(threads):
    added = works(threads, 30)
    assert all_began(added)

    for work in added:
        work.end.set()

    for _ in range(10_000):
        if running() == KEPT_THREADS:
            return
        threading.Event().wait(0.001)
    raise AssertionError(f"{running()} threads are left")


def test_a_task_that_fails_is_told_and_the_others_are_done(threads, capsys):
    class Failing:
        def service(self):
            raise ZeroDivisionError

    threads.add_task(Failing())
    (work,) = works(threads, 1)
    work.end.set()

    assert all_began([work])
    assert threads.end(20)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_tasks_that_many_threads_add_are_all_done(threads):
    added = [Work() for _ in range(300)]
    for work in added:
        work.end.set()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(threads.add_task, added))

    assert all_began(added)


def test_waiting_for_one_that_does_not_end_is_given_up(threads):
    (stuck,) = works(threads, 1)
    assert all_began([stuck])

    assert threads.end(0.01) is False

    stuck.end.set()
    assert threads.end(20) is True


def test_what_has_not_begun_at_the_end_is_left_undone():
    threads = Threads()
    assert threads.end() is True

    (late,) = works(threads, 1)

    assert threads.end(20) is True
    assert not late.began.is_set()
