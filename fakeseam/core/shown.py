"""What is shown of records, made once for each version of them and written as JSON once.

A record never changes: a change puts another one in its place. So what is shown of the same
records is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .frozen import thaw
from .json_text import to_compact_json

__all__ = ["Shown", "ShownRecords", "plain", "to_text"]

# How many are kept: as many as a page of a list may have. One takes some kilobytes.
MAX_SHOWN = 1000


class Shown:
    """A JSON object that many responses show. Nobody changes it: ``plain`` returns a copy."""

    __slots__ = ("_text", "value")

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value
        self._text: str | None = None

    @property
    def text(self) -> str:
        """It as compact JSON."""
        if self._text is None:
            self._text = to_compact_json(self.value)
        return self._text


class ShownRecords:
    """What was shown lately of the records of one store."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], tuple[tuple[Any, ...], Shown]] = {}

    def get(self, show: Callable[..., dict[str, Any]], *given: Any) -> Shown:
        """Returns what ``show`` returns for records and texts; it may read nothing else."""
        key = (show, *[one if type(one) is str else id(one) for one in given])
        found = self._made.get(key)
        if found is None:
            if len(self._made) >= MAX_SHOWN:
                self._made.clear()
            # Kept with the records: another one could get the id of one that is gone.
            found = self._made[key] = (given, Shown(show(*given)))
        return found[1]


def plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an envelope with a fresh copy of each ``Shown``, alone or in a list."""
    return {name: _plain(value) for name, value in body.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, Shown):
        return thaw(value.value)
    if isinstance(value, list):
        return [thaw(one.value) if isinstance(one, Shown) else one for one in value]
    return value


def to_text(body: Mapping[str, Any]) -> str:
    """Returns an envelope as compact JSON: what it shows first, then the others, one at least."""
    texts = {name: text for name, value in body.items() if (text := _text_of(value)) is not None}
    if not texts:
        return to_compact_json(body)
    others = {name: value for name, value in body.items() if name not in texts}
    members = [f"{to_compact_json(name)}:{text}" for name, text in texts.items()]
    return "{" + ",".join(members) + "," + to_compact_json(others)[1:]


def _text_of(value: Any) -> str | None:
    """Returns the text of a ``Shown``, or of a list of them; None for any other value."""
    if isinstance(value, Shown):
        return value.text
    if isinstance(value, list) and value and isinstance(value[0], Shown):
        return "[" + ",".join([one.text for one in value]) + "]"
    return None
