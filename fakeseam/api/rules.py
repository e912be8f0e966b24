"""The four rules: choices where Seam's documentation is silent or can be read in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import MisuseError

__all__ = ["Rules"]

# The values of each rule.
_CHOICES = {
    "blank_metadata_on_reconnect": ("clear", "keep"),
    "metadata_update": ("replace", "merge"),
    "defer_sync": (False, True),
    "lenient_ids": (False, True),
}


@dataclass(frozen=True)
class Rules:
    """The four rules of one fake.

    - ``blank_metadata_on_reconnect``: whether a reconnection by a webview without metadata clears
      the account's. Unsourced: by one page of Seam's any metadata is replaced, and a blank
      property is stored as ``{}``. Another mentions only webviews that have metadata. The default
      clears, because an app that copes with clearing copes with both.
    - ``metadata_update``: whether an update replaces all metadata or merges into it. Unsourced: by
      the API reference the whole object is replaced; the guide mentions changing or adding.
    - ``defer_sync``: whether a login's devices come later. Unsourced: how long a first sync takes.
      By default it takes no time. A deferred one takes ten minutes of the fake's clock, or until
      ``/connected_accounts/sync``.
    - ``lenient_ids``: whether any text is accepted as an id; it is then not found. Unsourced: the
      OpenAPI declares ids as UUIDs, but the tests of Seam's own SDK use others.
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
    def from_text(cls, pairs: Mapping[str, str]) -> dict[str, Any]:
        """Returns the values of rules given as text, as on a command line.

        Raises ``MisuseError`` for an unknown name or value.
        """
        values: dict[str, Any] = {}
        for name, text in pairs.items():
            if name not in _CHOICES:
                choices = ", ".join(_CHOICES)
                raise MisuseError(f"There is no rule {name!r}. Choose one of {choices}.")
            words = {str(choice).lower(): choice for choice in _CHOICES[name]}
            if text.lower() not in words:
                raise MisuseError(f"{name}={text}: choose one of {', '.join(words)}")
            values[name] = words[text.lower()]
        return values
