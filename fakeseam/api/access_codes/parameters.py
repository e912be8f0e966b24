"""The parameters that several endpoints of access codes share.

Source: Seam's OpenAPI. Unsourced: the text about a PIN that is not all digits.
"""

from __future__ import annotations

from typing import Any

from ...schema.checks import matches
from ...schema.params import text
from .pins import MAX_PIN_LENGTH, MIN_PIN_LENGTH

__all__ = ["MAX_TIME_ROUNDINGS", "pin_text"]

MAX_TIME_ROUNDINGS = ("1hour", "1day", "1h", "1d")


def pin_text(*, required: bool = False, maximum: int = MAX_PIN_LENGTH) -> Any:
    """Declares a PIN of a caller: digits only."""
    return text(
        required=required,
        minimum=MIN_PIN_LENGTH,
        maximum=maximum,
        checks=(matches(r"\d*", "Must only contain digits"),),
    )
