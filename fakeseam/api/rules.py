"""The four switches for rules on which Seam's documents are silent or can be read two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from ..errors import MisuseError

__all__ = ["Rules"]

_CHOICES = {
    "blank_metadata_on_reconnect": ("clear", "keep"),
    "metadata_update": ("replace", "merge"),
    "defer_sync": (False, True),
    "lenient_ids": (False, True),
}


@dataclass(frozen=True)
class Rules:
    """One fake's choice for each switch; the first of each pair is the default.

    - ``blank_metadata_on_reconnect``: Unsourced: one page says that any metadata is replaced
      and a blank property stored as ``{}``, another speaks only of webviews that have some.
      The default clears, because an app that survives that survives both.
    - ``metadata_update``: Unsourced: the API reference says that the whole object is
      replaced, the guide speaks of changing or adding.
    - ``defer_sync``: Unsourced: how long a first sync takes. By default none of the time;
      when deferred, ten minutes of the fake's clock, or until ``/connected_accounts/sync``.
    - ``lenient_ids``: Unsourced: the OpenAPI declares ids as UUIDs, Seam's own SDK tests use
      others. Lenient lets any text pass as an id, which is then simply not found.
    """

    blank_metadata_on_reconnect: Literal["clear", "keep"] = "clear"
    metadata_update: Literal["replace", "merge"] = "replace"
    defer_sync: bool = False
    lenient_ids: bool = False

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value not in choices or isinstance(value, bool) != isinstance(choices[0], bool):
                words = " or ".join(map(repr, choices))
                raise MisuseError(f"{name}={value!r}: choose {words}")

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the switches."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def from_text(cls, pairs: Mapping[str, str]) -> dict[str, Any]:
        """Switches as typed on a command line: ``NAME=VALUE`` with plain words."""
        values: dict[str, Any] = {}
        for name, text in pairs.items():
            if name not in _CHOICES:
                raise MisuseError(f"no rule {name!r}; there are {', '.join(_CHOICES)}")
            words = {str(choice).lower(): choice for choice in _CHOICES[name]}
            if text.lower() not in words:
                raise MisuseError(f"{name}={text}: choose one of {', '.join(words)}")
            values[name] = words[text.lower()]
        return values
