"""The functions with which endpoints declare their parameters.

The bounds and formats are the zod checks that Seam's OpenAPI is made from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .checks import (
    Check,
    bounds,
    count_at_least,
    count_at_most,
    count_is,
    is_at_least,
    is_at_most,
    is_base64,
    is_date,
    is_datetime,
    is_finite,
    is_one_of,
    is_positive,
    is_true,
    is_url,
    is_whole,
    matches,
)
from .param_types import Array, Boolean, FiniteNumber, Integer, MapParam, ObjectParam, Param, Uuid
from .validation import Issue

__all__ = [
    "array",
    "base64_text",
    "boolean",
    "strict_object",
    "date_text",
    "datetime_text",
    "email",
    "enum",
    "integer",
    "number",
    "record",
    "json_object",
    "text",
    "true_only",
    "url",
    "uuid",
]

INVALID_UUID = "Invalid uuid"

_HEX = "[0-9a-fA-F]"
_UUID = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
_EMAIL = r"(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-zA-Z0-9][a-zA-Z0-9-]*\.)+[a-zA-Z]{2,}"


def text(
    *,
    required: bool = False,
    nullable: bool = False,
    minimum: int = 0,
    maximum: int | None = None,
    default: Any = None,
    pattern: str | None = None,
    checks: tuple[Check, ...] = (),
) -> Any:
    """Declares text, kept verbatim; the bounds count characters as JavaScript does."""
    checks = (*bounds(minimum, maximum), *checks)
    if pattern is not None:
        checks = (*checks, matches(pattern, "Invalid"))
    return Param(required=required, nullable=nullable, default=default, checks=checks)


def uuid(*, required: bool = False, nullable: bool = False) -> Any:
    """Declares an id of Seam's."""
    check = matches(_UUID, INVALID_UUID, format="uuid")
    return Uuid(required=required, nullable=nullable, checks=(check,))


def email(*, required: bool = False, nullable: bool = False) -> Any:
    check = matches(_EMAIL, "Invalid email", format="email")
    return Param(required=required, nullable=nullable, checks=(check,))


def url(*, required: bool = False) -> Any:
    """Declares an absolute URL, kept verbatim."""
    return Param(required=required, checks=(is_url,))


def enum(
    *values: str, required: bool = False, nullable: bool = False, default: str | None = None
) -> Any:
    """Declares one of these words."""
    checks = (is_one_of(values),)
    return Param(required=required, nullable=nullable, default=default, checks=checks)


def boolean(*, required: bool = False, default: bool | None = None) -> Any:
    return Boolean(required=required, default=default)


def true_only() -> Any:
    """Declares a boolean that may only be true."""
    return Boolean(checks=(is_true,))


def number(
    *,
    required: bool = False,
    nullable: bool = False,
    minimum: float | None = None,
    maximum: float | None = None,
) -> Any:
    """Declares a finite number, at least ``minimum`` and at most ``maximum``."""
    checks: tuple[Check, ...] = (is_finite,)
    if minimum is not None:
        checks = (*checks, is_at_least(minimum))
    if maximum is not None:
        checks = (*checks, is_at_most(maximum))
    return FiniteNumber(required=required, nullable=nullable, checks=checks)


def integer(*, default: int | None = None, minimum: int = 1, required: bool = False) -> Any:
    bound = is_positive if minimum == 1 else is_at_least(minimum)
    return Integer(default=default, required=required, checks=(is_whole, bound))


def array(
    item: Any,
    *,
    required: bool = False,
    exactly: int | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
    default: Any = None,
    checks: tuple[Check, ...] = (),
) -> Any:
    """Declares a list of values of one type."""
    counts: tuple[Check, ...] = ()
    if exactly is not None:
        counts = (count_is(exactly),)
    if minimum is not None:
        counts = (*counts, count_at_least(minimum))
    if maximum is not None:
        counts = (*counts, count_at_most(maximum))
    return Array(required=required, item=item, default=default, checks=counts + checks)


def record(
    entries: Callable[[Mapping[str, Any]], list[Issue]] = lambda pairs: [],
    *,
    required: bool = False,
    nullable: bool = False,
    values: Any = None,
    entries_schema: Mapping[str, Any] | None = None,
) -> Any:
    """Declares an object with the caller's own keys.

    ``values`` is the type of each value. ``entries`` returns the object's other issues, and
    ``entries_schema`` is its JSON Schema.
    """
    return MapParam(
        required=required,
        nullable=nullable,
        entries=entries,
        entries_schema=entries_schema or {},
        values=values,
    )


def json_object(*, required: bool = False, nullable: bool = False, **members: Any) -> Any:
    """Declares an object with these members; others are ignored."""
    return ObjectParam(required=required, nullable=nullable, members=members)


def strict_object(*, required: bool = False, **members: Any) -> Any:
    """Declares an object with these members; others are refused, so that typos are reported."""
    return ObjectParam(required=required, members=members, is_closed=True)


def base64_text(*, nullable: bool = False) -> Any:
    return Param(nullable=nullable, checks=(is_base64,))


def datetime_text(*, required: bool = False) -> Any:
    """Declares a time as in zod's ``datetime``, to the second and with a zone; kept as text.

    Unsourced: that a zone may be an offset.
    """
    return Param(required=required, checks=(is_datetime,))


def date_text(*, error: str, required: bool = False) -> Any:
    """Declares ISO 8601 text; kept as text.

    Unsourced: which other forms Seam reads as a time.
    """
    return Param(required=required, checks=(is_date(error),))
