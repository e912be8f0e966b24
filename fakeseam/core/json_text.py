"""JSON text as responses have it: ASCII, without the numbers that JSON does not have."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

__all__ = ["to_compact_json", "to_json"]

# A lone surrogate has no form outside ASCII.
_ENCODE = json.JSONEncoder(allow_nan=False, separators=(",", ":")).encode


def to_compact_json(value: Any) -> str:
    """Returns JSON without spaces, as ``to_json``."""
    try:
        return _ENCODE(value)
    except ValueError:
        return _ENCODE(_named_numbers(value))


def to_json(value: Any, **layout: Any) -> str:
    """Returns JSON in the layout that ``json.dumps`` takes.

    An app may have sent ``1e400``, and what shows its request has Python's infinity then, which
    JSON does not have: it becomes the text ``"Infinity"``.
    """
    try:
        return json.dumps(value, allow_nan=False, **layout)
    except ValueError:
        return json.dumps(_named_numbers(value), allow_nan=False, **layout)


def _named_numbers(value: Any) -> Any:
    """Returns a copy with JavaScript's name for each number that JSON does not have."""
    if isinstance(value, Mapping):
        return {name: _named_numbers(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_named_numbers(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value
