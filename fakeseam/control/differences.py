"""How what happened differs from what a test wanted: field by field, in lines to read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.frozen import thaw
from ..core.param_types import QueryText

__all__ = ["MISSING", "Comparison", "Difference", "as_text", "compare", "cut"]

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()

# How many characters of a value are shown, and how many of these around where it differs.
WIDTH = 100
AROUND = 40
# How many differences are shown.
MOST = 20


@dataclass(frozen=True)
class Difference:
    """A value that is not as wanted; ``MISSING`` on either side where there is none."""

    path: str
    wanted: Any
    found: Any

    def lines(self, label: str) -> list[str]:
        """What was wanted, and what the thing of this label has."""
        if self.found is MISSING:
            return [f"- {self.path}: {cut(as_text(self.wanted))}  (wanted, not in {label})"]
        if self.wanted is MISSING:
            return [f"+ {self.path}: {cut(as_text(self.found))}  ({label}, not wanted)"]
        wanted, found = as_text(self.wanted), as_text(self.found)
        at = _parting(wanted, found)
        shown = [f"- {self.path}: {cut(wanted, at)}", f"+ {self.path}: {cut(found, at)}"]
        width = max(map(len, shown))
        return [f"{shown[0]:<{width}}  (wanted)", f"{shown[1]:<{width}}  ({label})"]


@dataclass
class Comparison:
    """How many single values are equal, and what differs."""

    equal: int = 0
    differences: list[Difference] = field(default_factory=list)

    def lines(self, label: str) -> list[str]:
        shown = [line for one in self.differences[:MOST] for line in one.lines(label)]
        left_out = len(self.differences) - MOST
        return [*shown, f"... and {left_out} more differences"] if left_out > 0 else shown


def compare(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Comparison:
    """The fields that are wanted with those that were found; others do not matter.

    What is inside of a field does: a mapping has to be equal.
    """
    outcome = Comparison()
    for name, value in wanted.items():
        _compare(value, found.get(name, MISSING), _member("", name), outcome)
    return outcome


def _compare(wanted: Any, found: Any, path: str, outcome: Comparison) -> None:
    if wanted is MISSING or found is MISSING:
        outcome.differences.append(Difference(path, wanted, found))
    elif isinstance(wanted, Mapping) and isinstance(found, Mapping):
        outcome.equal += not wanted and not found
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            inside = _member(path, name)
            _compare(wanted.get(name, MISSING), found.get(name, MISSING), inside, outcome)
    elif isinstance(wanted, (list, tuple)) and isinstance(found, (list, tuple)):
        outcome.equal += not wanted and not found
        for number, (one, other) in enumerate(_pairs(wanted, found)):
            _compare(one, other, f"{path}.{number}", outcome)
    elif _is_same(wanted, found):
        outcome.equal += 1
    else:
        outcome.differences.append(Difference(path, wanted, found))


def _pairs(wanted: Sequence[Any], found: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Side by side; ``MISSING`` beside what is in the longer one alone."""
    for number in range(max(len(wanted), len(found))):
        yield (
            wanted[number] if number < len(wanted) else MISSING,
            found[number] if number < len(found) else MISSING,
        )


def _is_same(wanted: Any, found: Any) -> bool:
    """As JSON: ``true`` is not 1. Text of a query may stand for any value that is so written."""
    for text, other in ((wanted, found), (found, wanted)):
        if isinstance(text, QueryText) and isinstance(other, (bool, int, float)):
            return str(text) == json.dumps(other)
    numbers = isinstance(wanted, (int, float)) and isinstance(found, (int, float))
    if numbers and isinstance(wanted, bool) != isinstance(found, bool):
        return False
    return bool(wanted == found)


# Writing


def as_text(value: Any) -> str:
    """As JSON where it is JSON, on one line."""
    try:
        text = json.dumps(thaw(value), ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(thaw(value))
    except (TypeError, ValueError):
        text = repr(value)
    return text


def cut(text: str, at: int = 0) -> str:
    """A text without most of its middle, if it is long; what stands at ``at`` is kept."""
    if len(text) <= WIDTH:
        return text
    ends = WIDTH - AROUND
    half, end_of = AROUND // 2, len(text)
    kept = [(0, ends // 2), (at - half, at + half), (end_of - ends // 2, end_of)]
    shown, done = "", 0
    for begin, end in sorted(kept):
        begin, end = max(begin, done), min(end, len(text))
        if end <= begin:
            continue
        shown += ("..." if begin > done else "") + text[begin:end]
        done = end
    return shown


def _parting(one: str, other: str) -> int:
    """Where two texts begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _member(path: str, name: object) -> str:
    """The path to a member; its name in brackets where a dot would mislead."""
    if isinstance(name, str) and re.fullmatch(r"[\w-]+", name):
        return f"{path}.{name}" if path else name
    return f"{path}[{as_text(name)}]"
