"""The rules: choices where Seam's documentation is silent or can be read in two ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from ..errors import MisuseError

__all__ = ["Rules"]

# The values of each rule that has some to choose from.
_CHOICES: dict[str, tuple[Any, ...]] = {
    "blank_metadata_on_reconnect": ("clear", "keep"),
    "metadata_update": ("replace", "merge"),
    "defer_sync": (False, True),
    "lenient_ids": (False, True),
    "expired_access_codes": ("remove", "keep"),
    "rate_limits": (False, True),
}
# The rules that take a number of seconds, from 0 up.
_SECONDS = ("device_delay",)
# A delay may not lead past the end of Python's calendar.
MAX_DELAY_S = 366 * 86400


@dataclass(frozen=True)
class Rules:
    """The rules of one fake.

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
    - ``device_delay``: how many seconds of the fake's clock pass before a device does what it is
      asked to. Unsourced: how long Seam's sandbox takes. By default a device does it right before
      the next call, so an app that does not wait is caught, and one that does costs no time.
    - ``expired_access_codes``: whether a time-bound code leaves Seam at its end. Unsourced: the
      guide says so, and that this is to change; the newest SDK has a label for expired codes.
    - ``rate_limits``: whether Seam's published limits of requests per device and minute hold. A
      test makes many codes in a second, so they are off by default.
    """

    blank_metadata_on_reconnect: Literal["clear", "keep"] = "clear"
    metadata_update: Literal["replace", "merge"] = "replace"
    defer_sync: bool = False
    lenient_ids: bool = False
    device_delay: float = 0
    expired_access_codes: Literal["remove", "keep"] = "remove"
    rate_limits: bool = False

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value not in choices or isinstance(value, bool) != isinstance(choices[0], bool):
                words = " or ".join(map(repr, choices))
                raise MisuseError(f"{name}={value!r}: choose {words}")
        for name in _SECONDS:
            _check_seconds(name, getattr(self, name))

    @classmethod
    def from_text(cls, pairs: Mapping[str, str]) -> dict[str, Any]:
        """Returns the values of rules given as text, as on a command line.

        Raises ``MisuseError`` for an unknown name or value.
        """
        values: dict[str, Any] = {}
        for name, text in pairs.items():
            if name in _SECONDS:
                values[name] = _seconds(name, text)
                continue
            if name not in _CHOICES:
                choices = ", ".join(field.name for field in fields(cls))
                raise MisuseError(f"There is no rule {name!r}. Choose one of {choices}.")
            words = {str(choice).lower(): choice for choice in _CHOICES[name]}
            if text.lower() not in words:
                raise MisuseError(f"{name}={text}: choose one of {', '.join(words)}")
            values[name] = words[text.lower()]
        return values


def _check_seconds(name: str, value: Any) -> None:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not 0 <= value <= MAX_DELAY_S:
        raise MisuseError(f"{name}={value!r}: give seconds from 0 to {MAX_DELAY_S}")


def _seconds(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise MisuseError(f"{name}={text}: give a number of seconds") from None
