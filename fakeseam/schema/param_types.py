"""Parameter types: each parses a value, and finds all of its validation issues at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from ..core.frozen import thaw
from ..errors import MisuseError
from .checks import Check, merged, schema_of
from .validation import Issue, ValidationError, type_name

__all__ = [
    "Array",
    "Boolean",
    "FiniteNumber",
    "Integer",
    "Param",
    "QueryText",
    "MapParam",
    "ObjectParam",
    "Uuid",
    "object_schema",
    "plain",
]


class QueryText(str):
    """Text from a query string, where booleans are text too."""


def plain(value: str) -> str:
    """Returns plain ``str`` for a subclass, such as an enum member or ``QueryText``."""
    return str.__str__(value)


@dataclass(frozen=True)
class Param:
    """One parameter's type and checks.

    ``query`` selects how its text is read from a query string. A parameter that was not sent
    reaches the handler as ``default``.
    """

    query: ClassVar[str] = "string"
    expects: ClassVar[str] = "string"
    json_type: ClassVar[str | None] = None  # JSON Schema's type, if it is not ``expects``

    required: bool = False
    nullable: bool = False
    default: Any = None
    checks: tuple[Check, ...] = ()

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        """Returns the value that the handler gets.

        Raises ``ValidationError`` with all of the value's issues.
        """
        if value is None and self.nullable:
            return None
        received = type_name(value)
        if received != self.expects:
            issue = Issue(path, f"Expected {self.expects}, received {received}")
            raise ValidationError([issue], is_wrong_type=True)
        issues = self.issues_of(value, path)
        if issues:
            raise ValidationError(issues)
        return plain(value) if isinstance(value, str) else value

    def lenient(self) -> Param:
        """Returns the same type, but one that accepts any text as an id."""
        return self

    def unknown(self, value: Any, name: str) -> list[str]:
        """Returns the undeclared members of a value as dotted names; Seam ignores them."""
        return []

    def schema(self) -> dict[str, Any]:
        """Returns what ``parse`` accepts, as JSON Schema 2020-12; never stricter than that."""
        schema = merged([self._own_schema(), *map(schema_of, self.checks)])
        if self.nullable:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        return schema if self.default is None else {**schema, "default": thaw(self.default)}

    def _own_schema(self) -> dict[str, Any]:
        """Returns the schema of the type alone, without the checks."""
        return {"type": self.json_type or self.expects}

    def issues_of(self, value: Any, path: tuple[str, ...]) -> list[Issue]:
        """Returns the issues that the declared checks find in a value of the right type."""
        return [Issue(path, text) for check in self.checks if (text := check(value)) is not None]


@dataclass(frozen=True)
class Boolean(Param):
    query = "boolean"
    expects = "boolean"


@dataclass(frozen=True)
class Integer(Param):
    """A whole number.

    Unsourced: that Seam refuses fractions where it declares a plain number; one list says so.
    """

    query = "number"
    expects = "number"
    json_type = "integer"

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        number = super().parse(value, path)
        return None if number is None else int(number)


@dataclass(frozen=True)
class FiniteNumber(Param):
    """Any finite number."""

    query = "number"
    expects = "number"


@dataclass(frozen=True)
class Array(Param):
    query = "array"
    expects = "array"
    item: Param = field(default_factory=Param)

    def _own_schema(self) -> dict[str, Any]:
        return {**super()._own_schema(), "items": self.item.schema()}

    def lenient(self) -> Param:
        return replace(self, item=self.item.lenient())

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        if type_name(value) != "array":
            return super().parse(value, path)
        parsed, issues = [], self.issues_of(value, path)
        for number, item in enumerate(value):
            try:
                parsed.append(self.item.parse(item, (*path, str(number))))
            except ValidationError as error:
                issues += error.issues
        if issues:
            raise ValidationError(issues)
        return parsed

    def unknown(self, value: Any, name: str) -> list[str]:
        items = value if isinstance(value, (list, tuple)) else ()
        unknown = (self.item.unknown(item, f"{name}.{n}") for n, item in enumerate(items))
        return [one for names in unknown for one in names]


@dataclass(frozen=True)
class MapParam(Param):
    """An object whose keys are the caller's own.

    ``values`` is the type of each value. ``entries`` returns the other issues of the object, and
    ``entries_schema`` is its JSON Schema.
    """

    query = "record"
    expects = "object"
    entries: Callable[[Mapping[str, Any]], list[Issue]] = lambda pairs: []
    entries_schema: Mapping[str, Any] = field(default_factory=dict)
    values: Param | None = None

    def _parse_value(self, value: Any, path: tuple[str, ...]) -> Any:
        return value if self.values is None else self.values.parse(value, path)

    def _own_schema(self) -> dict[str, Any]:
        values = {} if self.values is None else {"additionalProperties": self.values.schema()}
        return merged([super()._own_schema(), values, self.entries_schema])

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        pairs = super().parse(value, path)
        if pairs is None:
            return None
        for key in pairs:
            if not isinstance(key, str):
                raise MisuseError(f"{'.'.join(path)}: the key {key!r} is not text")
        issues = [issue.under(path) for issue in self.entries(pairs)]
        parsed = {}
        for key, value in pairs.items():
            try:
                parsed[plain(key)] = self._parse_value(value, (*path, key))
            except ValidationError as error:
                issues += error.issues
        if issues:
            raise ValidationError(issues)
        return parsed


def object_schema(members: Mapping[str, Param], *, is_closed: bool) -> dict[str, Any]:
    """Returns the JSON Schema of an object; a closed one has only these members."""
    schema: dict[str, Any] = {"type": "object"}
    if members:
        schema["properties"] = {name: member.schema() for name, member in members.items()}
    required = [name for name, member in members.items() if member.required]
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False} if is_closed else schema


@dataclass(frozen=True)
class ObjectParam(Param):
    """An object with declared members; others are ignored, or refused if it is closed.

    The handler gets only the members that were sent.
    """

    query = "shape"
    expects = "object"
    members: Mapping[str, Param] = field(default_factory=dict)
    is_closed: bool = False

    def _own_schema(self) -> dict[str, Any]:
        return super()._own_schema() | object_schema(self.members, is_closed=self.is_closed)

    def lenient(self) -> Param:
        members = {name: member.lenient() for name, member in self.members.items()}
        return replace(self, members=members)

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        sent = super().parse(value, path)
        if sent is None:
            return None
        parsed: dict[str, Any] = {}
        issues = self._closed_issues(sent, path) if self.is_closed else []
        for name, member in self.members.items():
            try:
                if name in sent:
                    parsed[name] = member.parse(sent[name], (*path, name))
                elif member.required:
                    issues.append(Issue((*path, name), "Required"))
            except ValidationError as error:
                issues += error.issues
        if issues:
            raise ValidationError(issues)
        return parsed

    def unknown(self, value: Any, name: str) -> list[str]:
        if not isinstance(value, Mapping):
            return []
        names = [f"{name}.{key}" for key in value if key not in self.members]
        for key, member in self.members.items():
            names += member.unknown(value.get(key), f"{name}.{key}")
        return names

    def _closed_issues(self, sent: Mapping[str, Any], path: tuple[str, ...]) -> list[Issue]:
        """Returns an issue for each undeclared member."""
        known = ", ".join(self.members)
        return [
            Issue((*path, str(key)), f"No such member; there are {known}")
            for key in sent
            if key not in self.members
        ]


@dataclass(frozen=True)
class Uuid(Param):
    """An id. By the rule ``lenient_ids`` any text is one.

    Unsourced: that letter case does not matter, as it does not in UUIDs.
    """

    def lenient(self) -> Param:
        return Param(self.required, self.nullable, self.default)

    def parse(self, value: Any, path: tuple[str, ...]) -> Any:
        parsed = super().parse(value, path)
        return None if parsed is None else parsed.lower()
