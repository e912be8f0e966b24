"""State machines as tables: a row is what one trigger does in one state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from ..errors import IllegalTransition

__all__ = ["ABSENT", "StateMachine", "Transition"]

# "absent" is a state, so that creating, reconnecting and deleting are rows of one table
# instead of three places in the code.
ABSENT = "absent"


@dataclass(frozen=True)
class Transition:
    """A row: ``state``, the trigger ``on``, the next state ``to``. Subclasses add effects."""

    state: str
    on: str
    to: str

    @property
    def label(self) -> str:
        """The text at the row's arrow in a diagram."""
        return self.on


Row = TypeVar("Row", bound=Transition)


class StateMachine(Generic[Row]):
    """A table of transitions, with at most one row for each state and trigger."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name = name
        self.rows = tuple(rows)
        self._row = {(row.state, row.on): row for row in self.rows}
        if len(self._row) != len(self.rows):
            raise ValueError(f"{name}: two rows for one state and trigger")

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order the table first names it."""
        return tuple(dict.fromkeys(name for row in self.rows for name in (row.state, row.to)))

    def step(self, state: str, trigger: str) -> Row:
        """Returns the row of a trigger. Raises ``IllegalTransition`` if there is none."""
        row = self._row.get((state, trigger))
        if row is None:
            raise IllegalTransition(self.name, state, trigger, self.legal(state))
        return row

    def legal(self, state: str) -> list[str]:
        """Returns the triggers that have a row in this state."""
        return [row.on for row in self.rows if row.state == state]

    def mermaid(self) -> str:
        """Returns the table as a Mermaid state diagram; ``absent`` is Mermaid's ``[*]``."""
        lines = [f"    {_node(row.state)} --> {_node(row.to)}: {row.label}" for row in self.rows]
        return "\n".join(["stateDiagram-v2", *_unique(lines)])


def _node(state: str) -> str:
    return "[*]" if state == ABSENT else state


def _unique(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))
