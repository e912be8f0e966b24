"""The threads of a server: one more when all are busy, up to a limit, and none at the end."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fakeseam.http.thread_pool import KEPT_THREADS, MAX_THREADS, ThreadPool


class Work:
    """A task that ends when ``end`` is set."""

    def __init__(self):
        self.began, self.end = threading.Event(), threading.Event()

    def service(self):
        self.began.set()
        self.end.wait(20)


@pytest.fixture
def threads():
    threads = ThreadPool()
    yield threads
    assert threads.shutdown(20)
    assert running() == 0


def running():
    return sum(thread.name == "fakeseam-request" for thread in threading.enumerate())


def wait_until_idle_threads_ended():
    for _ in range(10_000):
        if running() == KEPT_THREADS:
            return
        threading.Event().wait(0.001)
    raise AssertionError(f"{running()} threads are left")


def works(threads, count):
    """Adds this many tasks."""
    added = [Work() for _ in range(count)]
    for work in added:
        threads.add_task(work)
    return added


def all_began(added):
    return all(work.began.wait(20) for work in added)


def test_there_are_as_many_threads_as_tasks_up_to_a_limit(threads):
    added = works(threads, MAX_THREADS + 5)

    assert all_began(added[:MAX_THREADS])
    assert running() == MAX_THREADS == 200
    assert not any(work.began.is_set() for work in added[MAX_THREADS:])

    for work in added:
        work.end.set()
    assert all_began(added)


def test_a_task_starts_while_all_others_are_held(threads):
    held = works(threads, 20)
    assert all_began(held)

    (quick,) = works(threads, 1)

    assert quick.began.wait(20)
    for work in (*held, quick):
        work.end.set()


def test_idle_threads_end(threads):
    added = works(threads, 30)
    assert all_began(added)

    for work in added:
        work.end.set()

    wait_until_idle_threads_ended()


def test_a_task_that_fails_is_printed_and_the_others_run(threads, capsys):
    class Failing:
        def service(self):
            raise ZeroDivisionError

    threads.add_task(Failing())
    (work,) = works(threads, 1)
    work.end.set()

    assert all_began([work])
    assert threads.shutdown(20)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_tasks_that_many_threads_add_all_run(threads):
    added = [Work() for _ in range(300)]
    for work in added:
        work.end.set()

    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(threads.add_task, added))

    assert all_began(added)


def test_shutdown_stops_waiting_for_a_task_that_does_not_end(threads):
    (stuck,) = works(threads, 1)
    assert all_began([stuck])

    assert threads.shutdown(0.01) is False

    stuck.end.set()
    assert threads.shutdown(20) is True


def test_a_task_added_after_shutdown_does_not_run():
    threads = ThreadPool()
    assert threads.shutdown() is True

    (late,) = works(threads, 1)

    assert threads.shutdown(20) is True
    assert not late.began.is_set()


# After many tasks: threads that have ended are not counted


@pytest.fixture
def crowd(threads):
    """Holds this many tasks at the same time; returns whether all of them began."""

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


def test_after_the_maximum_was_held_it_can_be_held_again(crowd):
    assert crowd(MAX_THREADS)
    wait_until_idle_threads_ended()

    assert crowd(MAX_THREADS)


def test_after_several_groups_of_tasks_there_are_threads_for_another(crowd):
    for _ in range(4):
        assert crowd(30)
        wait_until_idle_threads_ended()

    assert crowd(30)
