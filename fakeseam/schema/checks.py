"""Checks of a value that has the right type: each returns an issue's text, or None.

The texts are zod's. A check has a JSON Schema too, where JSON Schema can express it.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .validation import utf16_length

__all__ = [
    "Check",
    "SchemaCheck",
    "bounds",
    "count_at_least",
    "count_at_most",
    "count_is",
    "has_a",
    "is_at_least",
    "is_at_most",
    "is_base64",
    "is_date",
    "is_datetime",
    "is_finite",
    "is_one_of",
    "is_true",
    "is_url",
    "matches",
    "merged",
    "schema_of",
]

Check = Callable[[Any], "str | None"]


@dataclass(frozen=True)
class SchemaCheck:
    """A check with its JSON Schema 2020-12; the schema may be looser, never stricter."""

    check: Check
    schema: Mapping[str, Any]

    def __call__(self, value: Any) -> str | None:
        return self.check(value)


def schema_of(check: Check) -> Mapping[str, Any]:
    """Returns the JSON Schema of a check, empty if it has none."""
    return check.schema if isinstance(check, SchemaCheck) else {}


def merged(schemas: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Returns one schema that requires all that these require."""
    combined: dict[str, Any] = {}
    for schema in schemas:
        if combined.keys().isdisjoint(schema):
            combined.update(schema)
        else:
            combined.setdefault("allOf", []).append(dict(schema))
    return combined


# Text


def bounds(minimum: int, maximum: int | None) -> tuple[Check, ...]:
    """Returns checks of a length in UTF-16 units, as JavaScript counts.

    JSON Schema counts whole characters, which may be two units each.
    """

    def too_short(value: str) -> str | None:
        short = utf16_length(value) < minimum
        return f"String must contain at least {minimum} character(s)" if short else None

    def too_long(value: str) -> str | None:
        long = maximum is not None and utf16_length(value) > maximum
        return f"String must contain at most {maximum} character(s)" if long else None

    least = [SchemaCheck(too_short, {"minLength": -(-minimum // 2)})] if minimum else []
    most = [] if maximum is None else [SchemaCheck(too_long, {"maxLength": maximum})]
    return (*least, *most)


def matches(pattern: str, error: str, **more: Any) -> Check:
    """Returns a check that the whole text matches; ``more`` joins its schema, as a format does.

    JavaScript reads the pattern in the same way: no flags, and ``\\w`` and ``\\d`` are ASCII.
    """
    compiled = re.compile(pattern, re.ASCII)
    return SchemaCheck(
        lambda value: None if compiled.fullmatch(value) else error,
        {"pattern": f"^(?:{pattern})$", **more},
    )


def has_a(pattern: str, error: str) -> Check:
    """Returns a check that some part of the text matches."""
    compiled = re.compile(pattern)
    return SchemaCheck(
        lambda value: None if compiled.search(value) else error, {"pattern": pattern}
    )


def is_one_of(words: Sequence[str]) -> Check:
    """Returns a check that the text is one of these words."""
    expected = " | ".join(f"'{word}'" for word in words)

    def check(value: str) -> str | None:
        if value in words:
            return None
        return f"Invalid enum value. Expected {expected}, received '{value}'"

    return SchemaCheck(check, {"enum": list(words)})


def _is_url(value: str) -> str | None:
    """Accepts about what JavaScript's ``new URL`` accepts: a scheme and something after it."""
    scheme, colon, rest = value.strip().partition(":")
    is_scheme = re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme, re.IGNORECASE) is not None
    has_host = scheme.lower() in ("http", "https", "ws", "wss", "ftp")
    try:
        host = urlsplit(value.strip()).hostname if has_host else rest
    except ValueError:
        host = None
    return None if is_scheme and colon and host and " " not in str(host) else "Invalid url"


is_url = SchemaCheck(_is_url, {"format": "uri"})


def _is_base64(value: str) -> str | None:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return "Invalid base64"
    return None


is_base64 = SchemaCheck(_is_base64, {"contentEncoding": "base64"})


def is_date(error: str) -> Check:
    """Returns a check for ISO 8601 as Python reads it; no JSON Schema format is as wide."""

    def check(value: str) -> str | None:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return error
        return None

    return check


_INVALID_DATETIME = "Invalid datetime"
_DATETIME = matches(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)",
    _INVALID_DATETIME,
    format="date-time",
)
# A date and a time to the second, with a time zone.
is_datetime = SchemaCheck(
    lambda value: _DATETIME(value) or is_date(_INVALID_DATETIME)(value), schema_of(_DATETIME)
)


# Lists


def count_is(exactly: int) -> Check:
    error = f"Array must contain exactly {exactly} element(s)"
    return SchemaCheck(
        lambda items: None if len(items) == exactly else error,
        {"minItems": exactly, "maxItems": exactly},
    )


def count_at_least(minimum: int) -> Check:
    error = f"Array must contain at least {minimum} element(s)"
    return SchemaCheck(
        lambda items: None if len(items) >= minimum else error, {"minItems": minimum}
    )


def count_at_most(maximum: int) -> Check:
    error = f"Array must contain at most {maximum} element(s)"
    return SchemaCheck(
        lambda items: None if len(items) <= maximum else error, {"maxItems": maximum}
    )


# Numbers and flags


def is_at_least(minimum: float) -> Check:
    error = f"Number must be greater than or equal to {minimum:g}"
    return SchemaCheck(lambda value: None if value >= minimum else error, {"minimum": minimum})


def is_whole(value: float) -> str | None:
    return None if value == value // 1 else "Expected integer, received float"


is_positive = SchemaCheck(
    lambda value: None if value > 0 else "Number must be greater than 0", {"minimum": 1}
)


def is_at_most(maximum: float) -> Check:
    error = f"Number must be less than or equal to {maximum:g}"
    return SchemaCheck(lambda value: None if value <= maximum else error, {"maximum": maximum})


def is_finite(value: float) -> str | None:
    try:
        finite = math.isfinite(value)
    except OverflowError:  # an integer that JavaScript would read as infinity
        finite = False
    return None if finite else "Number must be finite"


is_true = SchemaCheck(
    lambda value: None if value else "Invalid literal value, expected true", {"const": True}
)
