"""The undo log records the steps of the thread that loads, and of no other."""

from __future__ import annotations

import threading

import pytest

from fakeseam.core.undo_log import UndoLog


@pytest.fixture
def log():
    return UndoLog()


def in_thread(call):
    """Runs a function in another thread, and waits for it."""
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()


def test_steps_are_undone_the_last_one_first(log):
    undone = []
    with log.recording() as recording:
        for step in ("a", "b", "c"):
            log.push(lambda step=step: undone.append(step))

    recording.undo()
    recording.undo()

    assert undone == ["c", "b", "a"]


def test_nothing_is_recorded_outside_a_load(log):
    log.push(pytest.fail)
    with log.recording() as recording:
        pass
    log.push(pytest.fail)

    assert recording.steps == []
    assert not log.is_recording


def test_the_steps_of_another_thread_are_not_recorded(log):
    seen = []
    with log.recording() as recording:
        in_thread(lambda: seen.append(log.is_recording))
        in_thread(lambda: log.push(pytest.fail))
        assert log.is_recording

    assert seen == [False]
    assert recording.steps == []


def test_a_load_inside_another_one_adds_to_it(log):
    undone = []
    with log.recording() as outer:
        log.push(lambda: undone.append("outer"))
        with log.recording():
            log.push(lambda: undone.append("inner"))

    outer.undo()

    assert undone == ["inner", "outer"]


def test_an_inner_load_that_was_undone_leaves_the_outer_one_its_own_steps(log):
    undone = []
    with log.recording() as outer:
        log.push(lambda: undone.append("outer"))
        with log.recording() as inner:
            log.push(lambda: undone.append("inner"))
            inner.undo()
        assert undone == ["inner"]

    outer.undo()

    assert undone == ["inner", "outer"]


def test_a_replaced_state_takes_the_steps_of_other_threads_along(log):
    with log.recording() as recording:
        log.push(pytest.fail)
        in_thread(log.replaced)

        assert recording.steps == []
        assert not recording.is_split


def test_a_load_that_goes_on_in_a_replaced_state_is_split(log):
    with log.recording() as recording:
        in_thread(log.replaced)
        log.push(lambda: None)

        assert recording.is_split


def test_a_thread_that_replaces_the_state_keeps_its_own_steps(log):
    with log.recording() as recording:
        log.push(lambda: None)
        log.replaced()

        assert len(recording.steps) == 1
        assert not recording.was_replaced
