"""State machines as tables: which transition a step returns, and which steps are refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from fakeseam.core.state_machine import ABSENT, StateMachine, Transition
from fakeseam.errors import IllegalTransition


def door():
    return StateMachine(
        "door",
        [
            Transition(ABSENT, "build", "open"),
            Transition("open", "close", "closed"),
            Transition("closed", "open", "open"),
            Transition("closed", "burn", ABSENT),
        ],
    )


def test_a_step_returns_the_row_of_its_state_and_trigger():
    row = door().step("open", "close")

    assert row == Transition("open", "close", "closed")


def test_a_row_of_a_subclass_is_returned_with_its_effects():
    @dataclass(frozen=True)
    class Loud(Transition):
        sound: str = ""

    machine = StateMachine("door", [Loud("open", "close", "closed", sound="bang")])

    assert machine.step("open", "close").sound == "bang"


def test_a_step_without_a_row_names_the_machine_state_trigger_and_the_legal_ones():
    with pytest.raises(IllegalTransition) as caught:
        door().step("closed", "build")

    assert str(caught.value) == (
        "door: no 'build' in 'closed'; legal here: ['burn', 'open']; nothing has changed"
    )


def test_a_refused_step_has_its_parts_as_attributes():
    with pytest.raises(IllegalTransition) as caught:
        door().step("closed", "close")

    refused = caught.value
    assert (refused.machine, refused.state, refused.trigger) == ("door", "closed", "close")
    assert refused.legal == ["burn", "open"]


def test_nothing_is_legal_in_an_unknown_state():
    with pytest.raises(IllegalTransition, match=r"legal here: \[\]; nothing has changed$"):
        door().step("ajar", "close")


def test_legal_triggers_are_in_the_order_of_the_table():
    assert door().legal("closed") == ["open", "burn"]


def test_states_are_in_the_order_in_which_the_table_names_them():
    assert door().states == ("absent", "open", "closed")


def test_two_rows_for_one_state_and_trigger_are_refused():
    rows = [Transition("open", "close", "closed"), Transition("open", "close", "locked")]

    with pytest.raises(ValueError, match="^door: two rows for one state and trigger$"):
        StateMachine("door", rows)


def test_the_same_row_twice_is_refused_too():
    rows = [Transition("open", "close", "closed"), Transition("open", "close", "closed")]

    with pytest.raises(ValueError, match="two rows"):
        StateMachine("door", rows)


def test_the_diagram_draws_absent_as_the_start_and_the_end():
    assert door().mermaid() == (
        "stateDiagram-v2\n"
        "    [*] --> open: build\n"
        "    open --> closed: close\n"
        "    closed --> open: open\n"
        "    closed --> [*]: burn"
    )
