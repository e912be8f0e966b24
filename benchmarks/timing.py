"""Measures units of work against each other, in turns, so that a drifting machine hits all alike.

A unit is a function without arguments; the first line of its docstring says what one call does.
"""

from __future__ import annotations

import gc
import inspect
import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

__all__ = ["Effort", "FULL", "QUICK", "Row", "Table", "Unit", "compare", "describe", "interleave"]

Unit = Callable[[], object]


@dataclass(frozen=True)
class Effort:
    """How long a run measures, and with how many connected accounts."""

    rounds: int
    turn_s: float  # how long one unit has its turn in a round
    served_rounds: int
    served_sizes: tuple[int, ...]
    sizes: tuple[int, ...]  # of the stores in process


SIZES = (10, 1_000, 10_000)
FULL = Effort(rounds=25, turn_s=0.03, served_rounds=5, served_sizes=SIZES, sizes=SIZES)
QUICK = Effort(rounds=3, turn_s=0.01, served_rounds=1, served_sizes=(10,), sizes=(10, 100))


@dataclass(frozen=True)
class Row:
    """What was measured, and its ratio in each round; ``figures`` are this run's own."""

    what: str
    ratios: list[float]
    figures: str = ""
    column: str = "ratio"

    @property
    def median(self) -> float:
        return statistics.median(self.ratios)

    @property
    def quartiles(self) -> tuple[float, float]:
        if len(self.ratios) == 1:
            return self.ratios[0], self.ratios[0]
        first, _, third = statistics.quantiles(self.ratios, n=4, method="inclusive")
        return first, third


@dataclass(frozen=True)
class Table:
    """Rows with one way to read them, which ``note`` says."""

    title: str
    note: str
    rows: list[Row] = field(default_factory=list)


def compare(pairs: Iterable[tuple[Unit, Unit]], effort: Effort) -> list[Row]:
    """Returns a row for each pair of a unit and its floor, all measured in turns."""
    pairs = list(pairs)
    seconds = interleave(dict.fromkeys(unit for pair in pairs for unit in pair), effort)
    rows = []
    for unit, floor in pairs:
        ratios = [mine / one for mine, one in zip(seconds[unit], seconds[floor], strict=True)]
        figures = f"1.00: {describe(floor)}, {_format(statistics.median(seconds[floor]))}"
        rows.append(Row(describe(unit), ratios, figures))
    return rows


def interleave(units: Iterable[Unit], effort: Effort) -> dict[Unit, list[float]]:
    """Returns how many seconds one call of each unit took, in each round."""
    gc.freeze()  # what was made before is not looked through at each collection
    turns = {unit: _calls_in_a_turn(unit, effort.turn_s) for unit in units}
    seconds: dict[Unit, list[float]] = {unit: [] for unit in turns}
    for _ in range(effort.rounds):
        for unit, calls in turns.items():
            seconds[unit].append(_time(unit, calls) / calls)
    gc.unfreeze()
    return seconds


def describe(unit: Unit) -> str:
    """Returns the first line of a unit's docstring, without its full stop."""
    return (inspect.getdoc(unit) or "").partition("\n")[0].rstrip(".")


def _format(seconds: float) -> str:
    return f"{seconds * 1e6:,.0f} µs" if seconds < 0.01 else f"{seconds * 1e3:,.0f} ms"


def _calls_in_a_turn(unit: Unit, turn_s: float) -> int:
    unit()  # the first call may import something
    quickest = min(_time(unit, 1) for _ in range(3))
    return max(1, round(turn_s / max(quickest, 1e-7)))


def _time(unit: Unit, calls: int) -> float:
    gc.collect()  # the garbage of one unit costs no other
    began = time.perf_counter()
    for _ in range(calls):
        unit()
    return time.perf_counter() - began
