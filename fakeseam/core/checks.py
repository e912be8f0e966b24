"""Checks of a value that has the right type: each gives the fault in zod's words, or None."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from .issues import utf16_length

__all__ = [
    "Check",
    "bounds",
    "count_at_least",
    "count_at_most",
    "count_is",
    "is_at_least",
    "is_base64",
    "is_date",
    "is_datetime",
    "is_finite",
    "is_url",
    "matches",
]

Check = Callable[[Any], "str | None"]

_DATETIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)", re.ASCII
)


def bounds(minimum: int, maximum: int | None) -> tuple[Check, ...]:
    def too_short(value: str) -> str | None:
        short = utf16_length(value) < minimum
        return f"String must contain at least {minimum} character(s)" if short else None

    def too_long(value: str) -> str | None:
        long = maximum is not None and utf16_length(value) > maximum
        return f"String must contain at most {maximum} character(s)" if long else None

    return (too_short, too_long)


def matches(pattern: re.Pattern[str], error: str) -> Check:
    return lambda value: None if pattern.fullmatch(value) else error


def count_is(exactly: int) -> Check:
    error = f"Array must contain exactly {exactly} element(s)"
    return lambda items: None if len(items) == exactly else error


def count_at_least(minimum: int) -> Check:
    error = f"Array must contain at least {minimum} element(s)"
    return lambda items: None if len(items) >= minimum else error


def count_at_most(maximum: int) -> Check:
    error = f"Array must contain at most {maximum} element(s)"
    return lambda items: None if len(items) <= maximum else error


def is_url(value: str) -> str | None:
    """What JavaScript's ``new URL`` takes, by and large: a scheme and something behind it."""
    scheme, colon, rest = value.strip().partition(":")
    known = re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme, re.IGNORECASE) is not None
    web = scheme.lower() in ("http", "https", "ws", "wss", "ftp")
    try:
        host = urlsplit(value.strip()).hostname if web else rest
    except ValueError:
        host = None
    return None if known and colon and host and " " not in str(host) else "Invalid url"


def is_at_least(minimum: float) -> Check:
    error = f"Number must be greater than or equal to {minimum:g}"
    return lambda value: None if value >= minimum else error


def is_finite(value: float) -> str | None:
    try:
        finite = math.isfinite(value)
    except OverflowError:  # a whole number that JavaScript would read as infinity
        finite = False
    return None if finite else "Number must be finite"


def is_base64(value: str) -> str | None:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return "Invalid base64"
    return None


def is_date(error: str) -> Check:
    """ISO 8601, as Python reads it."""

    def check(value: str) -> str | None:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return error
        return None

    return check


def is_datetime(value: str) -> str | None:
    """A moment to the second, with its zone."""
    error = "Invalid datetime"
    return is_date(error)(value) if _DATETIME.fullmatch(value) else error
