"""Parameter types: what a request may hold, and every fault of it reported at once.

The bounds and formats are the checks of zod that Seam's OpenAPI is made from.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar

from ..errors import MisuseError
from .issues import Faults, Issue, type_name, utf16_length

__all__ = [
    "Param",
    "QueryText",
    "array",
    "base64_text",
    "boolean",
    "date_text",
    "enum",
    "integer",
    "plain",
    "record",
    "text",
    "uuid",
    "email",
]

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_EMAIL = re.compile(
    r"(?!\.)(?!.*\.\.)[\w'+.-]*[\w+-]@(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}", re.IGNORECASE | re.ASCII
)


class QueryText(str):
    """Text from a query string, where every value is text and a boolean cannot be told."""


def plain(value: str) -> str:
    """The text of a text, without what its class adds: an enum's word, a query's mark."""
    return str.__str__(value)


Check = Callable[[Any], "str | None"]


@dataclass(frozen=True)
class Param:
    """What one parameter may hold.

    ``query`` is how its text is read from a query string. A parameter that was not sent
    reaches the handler as ``default``.
    """

    query: ClassVar[str] = "string"
    expects: ClassVar[str] = "string"

    required: bool = False
    nullable: bool = False
    default: Any = None
    checks: tuple[Check, ...] = ()

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        """The value in the handler's terms; raises ``Faults`` naming every fault in it."""
        if value is None and self.nullable:
            return None
        received = type_name(value)
        if received != self.expects:
            wrong = Issue(path, f"Expected {self.expects}, received {received}")
            raise Faults([wrong], fatal=True)
        issues = self.issues_of(value, path)
        if issues:
            raise Faults(issues)
        return plain(value) if isinstance(value, str) else value

    def lenient(self) -> Param:
        """The same, with any text taken for an id."""
        return self

    def issues_of(self, value: Any, path: tuple[str, ...]) -> list[Issue]:
        """The faults that the declared checks find in a value of the right type."""
        return [Issue(path, text) for check in self.checks if (text := check(value)) is not None]


@dataclass(frozen=True)
class Boolean(Param):
    query = "boolean"
    expects = "boolean"


@dataclass(frozen=True)
class Number(Param):
    """A number that counts something.

    Unsourced: that it has to be whole where Seam declares a plain number; one list says so.
    """

    query = "number"
    expects = "number"
    minimum: int = 1

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        number = super().read(value, path)
        if number is None:
            return None
        faults = []
        if number != number // 1 or number in (float("inf"), float("-inf")):
            faults.append(Issue(path, "Expected integer, received float"))
        if number <= 0 if self.minimum == 1 else number < self.minimum:
            faults.append(Issue(path, _at_least(self.minimum)))
        if faults:
            raise Faults(faults)
        return int(number)


def _at_least(minimum: int) -> str:
    if minimum == 1:
        return "Number must be greater than 0"
    return f"Number must be greater than or equal to {minimum}"


@dataclass(frozen=True)
class Array(Param):
    query = "array"
    expects = "array"
    item: Param = field(default_factory=Param)

    def lenient(self) -> Param:
        return replace(self, item=self.item.lenient())

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        if type_name(value) != "array":
            return super().read(value, path)
        read, issues = [], self.issues_of(value, path)
        for number, item in enumerate(value):
            try:
                read.append(self.item.read(item, (*path, str(number))))
            except Faults as faults:
                issues += faults.issues
        if issues:
            raise Faults(issues)
        return read


@dataclass(frozen=True)
class Record(Param):
    """An object whose keys are the caller's own; ``entries`` finds the faults in them."""

    query = "record"
    expects = "object"
    entries: Callable[[Mapping[str, Any]], list[Issue]] = lambda pairs: []

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        pairs = super().read(value, path)
        if pairs is None:
            return None
        for key in pairs:
            if not isinstance(key, str):
                raise MisuseError(f"{'.'.join(path)}: the key {key!r} is not text")
        issues = [issue.under(path) for issue in self.entries(pairs)]
        if issues:
            raise Faults(issues)
        return {plain(key): value for key, value in pairs.items()}


def text(
    *,
    required: bool = False,
    nullable: bool = False,
    minimum: int = 0,
    maximum: int | None = None,
    default: Any = None,
    checks: tuple[Check, ...] = (),
) -> Any:
    """Text, taken verbatim; the bounds count characters as JavaScript does."""
    bounds = _bounds(minimum, maximum)
    return Param(required=required, nullable=nullable, default=default, checks=bounds + checks)


def uuid(*, required: bool = False, nullable: bool = False) -> Any:
    """An id of Seam's."""
    return Uuid(required=required, nullable=nullable, checks=(_matches(_UUID, "Invalid uuid"),))


@dataclass(frozen=True)
class Uuid(Param):
    """Its own type, because a fake may be told to let any text pass as an id."""

    def lenient(self) -> Param:
        return replace(self, checks=())


def email(*, required: bool = False) -> Any:
    return Param(required=required, checks=(_matches(_EMAIL, "Invalid email"),))


def enum(*values: str, required: bool = False, nullable: bool = False) -> Any:
    """One of these words."""
    expected = " | ".join(f"'{value}'" for value in values)

    def check(value: str) -> str | None:
        if value in values:
            return None
        return f"Invalid enum value. Expected {expected}, received '{value}'"

    return Param(required=required, nullable=nullable, checks=(check,))


def boolean(*, required: bool = False, default: bool | None = None) -> Any:
    return Boolean(required=required, default=default)


def integer(*, default: int | None = None, minimum: int = 1, required: bool = False) -> Any:
    return Number(default=default, minimum=minimum, required=required)


def array(
    item: Any,
    *,
    required: bool = False,
    exactly: int | None = None,
    maximum: int | None = None,
    checks: tuple[Check, ...] = (),
) -> Any:
    """A list of values of one type."""
    counts: tuple[Check, ...] = ()
    if exactly is not None:
        counts = (_count_is(exactly),)
    if maximum is not None:
        counts = (_count_at_most(maximum),)
    return Array(required=required, item=item, checks=counts + checks)


def record(
    entries: Callable[[Mapping[str, Any]], list[Issue]] = lambda pairs: [],
    *,
    required: bool = False,
) -> Any:
    """An object with the caller's own keys."""
    return Record(required=required, entries=entries)


def base64_text(*, nullable: bool = False) -> Any:
    return Param(nullable=nullable, checks=(_is_base64,))


def date_text(*, error: str = "Invalid datetime", required: bool = False) -> Any:
    """ISO 8601 text; kept as text.

    Unsourced: which other forms Seam reads as a time.
    """

    def check(value: str) -> str | None:
        try:
            datetime.fromisoformat(value)
        except ValueError:
            return error
        return None

    return Param(required=required, checks=(check,))


def _bounds(minimum: int, maximum: int | None) -> tuple[Check, ...]:
    def too_short(value: str) -> str | None:
        short = utf16_length(value) < minimum
        return f"String must contain at least {minimum} character(s)" if short else None

    def too_long(value: str) -> str | None:
        long = maximum is not None and utf16_length(value) > maximum
        return f"String must contain at most {maximum} character(s)" if long else None

    return (too_short, too_long)


def _matches(pattern: re.Pattern[str], error: str) -> Check:
    return lambda value: None if pattern.fullmatch(value) else error


def _count_is(exactly: int) -> Check:
    error = f"Array must contain exactly {exactly} element(s)"
    return lambda items: None if len(items) == exactly else error


def _count_at_most(maximum: int) -> Check:
    error = f"Array must contain at most {maximum} element(s)"
    return lambda items: None if len(items) <= maximum else error


def _is_base64(value: str) -> str | None:
    try:
        base64.b64decode(value, validate=True)
    except ValueError:
        return "Invalid base64"
    return None
