"""The differences between what a test wanted and what was found: by field, in lines of text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.frozen import thaw
from ..schema.param_types import QueryText

__all__ = ["MISSING", "Comparison", "Difference", "as_text", "compare", "cut"]

MISSING: Any = type("Missing", (), {"__repr__": lambda self: "MISSING"})()

# The number of characters of a value that are shown, and of those around the difference.
WIDTH = 100
AROUND = 40
# The number of differences that are shown.
MAX_DIFFERENCES = 20


@dataclass(frozen=True)
class Difference:
    """A value that is not as wanted; ``MISSING`` on the side that has no value."""

    path: str
    wanted: Any
    found: Any

    def lines(self, label: str) -> list[str]:
        """Returns the wanted value and the value found, in the entry with this label."""
        if self.found is MISSING:
            return [f"- {self.path}: {cut(as_text(self.wanted))}  (wanted, not in {label})"]
        if self.wanted is MISSING:
            return [f"+ {self.path}: {cut(as_text(self.found))}  ({label}, not wanted)"]
        wanted, found = as_text(self.wanted), as_text(self.found)
        at = _first_difference(wanted, found)
        minus, plus = f"- {self.path}: {cut(wanted, at)}", f"+ {self.path}: {cut(found, at)}"
        width = max(len(minus), len(plus))
        return [f"{minus:<{width}}  (wanted)", f"{plus:<{width}}  ({label})"]


@dataclass
class Comparison:
    """The number of single values that are equal, and the differences."""

    equal: int = 0
    differences: list[Difference] = field(default_factory=list)

    def lines(self, label: str) -> list[str]:
        lines = [line for one in self.differences[:MAX_DIFFERENCES] for line in one.lines(label)]
        left_out = len(self.differences) - MAX_DIFFERENCES
        return [*lines, f"... and {left_out} more differences"] if left_out > 0 else lines


def compare(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> Comparison:
    """Compares the wanted fields with those found; ignores all other fields.

    Inside a field everything counts: a mapping has to be equal.
    """
    comparison = Comparison()
    for name, value in wanted.items():
        _compare(value, found.get(name, MISSING), _member("", name), comparison)
    return comparison


def _compare(wanted: Any, found: Any, path: str, comparison: Comparison) -> None:
    if wanted is MISSING or found is MISSING:
        comparison.differences.append(Difference(path, wanted, found))
    elif isinstance(wanted, Mapping) and isinstance(found, Mapping):
        comparison.equal += not wanted and not found
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            wanted_member, found_member = wanted.get(name, MISSING), found.get(name, MISSING)
            _compare(wanted_member, found_member, _member(path, name), comparison)
    elif isinstance(wanted, (list, tuple)) and isinstance(found, (list, tuple)):
        comparison.equal += not wanted and not found
        for number, (one, other) in enumerate(_pairs(wanted, found)):
            _compare(one, other, f"{path}.{number}", comparison)
    elif _is_same(wanted, found):
        comparison.equal += 1
    else:
        comparison.differences.append(Difference(path, wanted, found))


def _pairs(wanted: Sequence[Any], found: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Yields the items in pairs; ``MISSING`` for an item that the shorter one does not have."""
    for number in range(max(len(wanted), len(found))):
        yield (
            wanted[number] if number < len(wanted) else MISSING,
            found[number] if number < len(found) else MISSING,
        )


def _is_same(wanted: Any, found: Any) -> bool:
    """Compares as JSON: ``true`` is not 1. Text of a query equals a value that is written so."""
    for text, other in ((wanted, found), (found, wanted)):
        if isinstance(text, QueryText) and isinstance(other, (bool, int, float)):
            return str(text) == json.dumps(other)
    numbers = isinstance(wanted, (int, float)) and isinstance(found, (int, float))
    if numbers and isinstance(wanted, bool) != isinstance(found, bool):
        return False
    return bool(wanted == found)


# Text


def as_text(value: Any) -> str:
    """Returns the value as JSON on one line; its ``repr`` if it cannot be JSON."""
    try:
        text = json.dumps(thaw(value), ensure_ascii=False)
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        text = json.dumps(thaw(value))
    except (TypeError, ValueError):
        text = repr(value)
    return text


def cut(text: str, at: int = 0) -> str:
    """Shortens a long text: keeps both ends and the characters around ``at``."""
    if len(text) <= WIDTH:
        return text
    ends = WIDTH - AROUND
    half, length = AROUND // 2, len(text)
    kept = [(0, ends // 2), (at - half, at + half), (length - ends // 2, length)]
    shortened, done = "", 0
    for begin, end in sorted(kept):
        begin, end = max(begin, done), min(end, length)
        if end <= begin:
            continue
        shortened += ("..." if begin > done else "") + text[begin:end]
        done = end
    return shortened


def _first_difference(one: str, other: str) -> int:
    """Returns the index at which two texts begin to differ."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _member(path: str, name: object) -> str:
    """Returns the path to a member; a name that is not one word is in brackets."""
    if isinstance(name, str) and re.fullmatch(r"[\w-]+", name):
        return f"{path}.{name}" if path else name
    return f"{path}[{as_text(name)}]"
