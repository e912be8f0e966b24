"""Checks of a value that has the right type: each gives the fault in zod's words, or None.

A check says in JSON Schema, too, what it asks for, as far as that has words for it.
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

from .issues import utf16_length

__all__ = [
    "Check",
    "Described",
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
class Described:
    """A check, and the same as JSON Schema 2020-12; the schema may be looser, never stricter."""

    find: Check
    schema: Mapping[str, Any]

    def __call__(self, value: Any) -> str | None:
        return self.find(value)


def schema_of(check: Check) -> Mapping[str, Any]:
    """What a check asks for, as JSON Schema; nothing where it does not say."""
    return check.schema if isinstance(check, Described) else {}


def merged(schemas: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One schema that asks for all that these do."""
    whole: dict[str, Any] = {}
    for one in schemas:
        if whole.keys().isdisjoint(one):
            whole.update(one)
        else:
            whole.setdefault("allOf", []).append(dict(one))
    return whole


# Text


def bounds(minimum: int, maximum: int | None) -> tuple[Check, ...]:
    """Bounds of a length, in UTF-16 units, as JavaScript counts.

    JSON Schema counts whole characters, of which one may be two units.
    """

    def too_short(value: str) -> str | None:
        short = utf16_length(value) < minimum
        return f"String must contain at least {minimum} character(s)" if short else None

    def too_long(value: str) -> str | None:
        long = maximum is not None and utf16_length(value) > maximum
        return f"String must contain at most {maximum} character(s)" if long else None

    least = {} if minimum == 0 else {"minLength": -(-minimum // 2)}
    most = {} if maximum is None else {"maxLength": maximum}
    return (Described(too_short, least), Described(too_long, most))


def matches(pattern: str, error: str, **more: Any) -> Check:
    """The whole text has to be of this pattern; ``more`` is said beside it, as its format.

    The pattern is JavaScript's as well: it has no flags, and ``\\w`` and ``\\d`` are ASCII.
    """
    compiled = re.compile(pattern, re.ASCII)
    return Described(
        lambda value: None if compiled.fullmatch(value) else error,
        {"pattern": f"^(?:{pattern})$", **more},
    )


def has_a(pattern: str, error: str) -> Check:
    """Some part of the text has to be of this pattern."""
    compiled = re.compile(pattern)
    return Described(
        lambda value: None if compiled.search(value) else error, {"pattern": pattern}
    )


def is_one_of(words: Sequence[str]) -> Check:
    expected = " | ".join(f"'{word}'" for word in words)

    def check(value: str) -> str | None:
        if value in words:
            return None
        return f"Invalid enum value. Expected {expected}, received '{value}'"

    return Described(check, {"enum": list(words)})


def _is_url(value: str) -> str | None:
    """What JavaScript's ``new URL`` takes, by and large: a scheme and something behind it."""
    scheme, colon, rest = value.strip().partition(":")
    known = re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme, re.IGNORECASE) is not None
    web = scheme.lower() in ("http", "https", "ws", "wss", "ftp")
    try:
        host = urlsplit(value.strip()).hostname if web else rest
    except ValueError:
        host = None
    return None if known and colon and host and " " not in str(host) else "Invalid url"


is_url = Described(_is_url, {"format": "uri"})


def _is_base64(value: str) -> str | None:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return "Invalid base64"
    return None


is_base64 = Described(_is_base64, {"contentEncoding": "base64"})


def is_date(error: str) -> Check:
    """ISO 8601, as Python reads it; no format of JSON Schema's is as wide."""

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
# A moment to the second, with its zone.
is_datetime = Described(
    lambda value: _DATETIME(value) or is_date(_INVALID_DATETIME)(value), schema_of(_DATETIME)
)


# Lists


def count_is(exactly: int) -> Check:
    error = f"Array must contain exactly {exactly} element(s)"
    return Described(
        lambda items: None if len(items) == exactly else error,
        {"minItems": exactly, "maxItems": exactly},
    )


def count_at_least(minimum: int) -> Check:
    error = f"Array must contain at least {minimum} element(s)"
    return Described(
        lambda items: None if len(items) >= minimum else error, {"minItems": minimum}
    )


def count_at_most(maximum: int) -> Check:
    error = f"Array must contain at most {maximum} element(s)"
    return Described(
        lambda items: None if len(items) <= maximum else error, {"maxItems": maximum}
    )


# Numbers and flags


def is_at_least(minimum: float) -> Check:
    error = f"Number must be greater than or equal to {minimum:g}"
    return Described(lambda value: None if value >= minimum else error, {"minimum": minimum})


def is_at_most(maximum: float) -> Check:
    error = f"Number must be less than or equal to {maximum:g}"
    return Described(lambda value: None if value <= maximum else error, {"maximum": maximum})


def is_finite(value: float) -> str | None:
    try:
        finite = math.isfinite(value)
    except OverflowError:  # a whole number that JavaScript would read as infinity
        finite = False
    return None if finite else "Number must be finite"


is_true = Described(
    lambda value: None if value else "Invalid literal value, expected true", {"const": True}
)
