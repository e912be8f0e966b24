"""Types of parameters: how a value is read, and every fault in it found at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from ..errors import MisuseError
from .checks import Check, merged, schema_of
from .frozen import thaw
from .issues import Faults, Issue, type_name

__all__ = [
    "Array",
    "Boolean",
    "Fraction",
    "Number",
    "Param",
    "QueryText",
    "Record",
    "Shape",
    "Uuid",
    "object_schema",
    "plain",
]


class QueryText(str):
    """Text from a query string, where every value is text and a boolean cannot be told."""


def plain(value: str) -> str:
    """The text of a text, without what its class adds: an enum's word, a query's mark."""
    return str.__str__(value)


@dataclass(frozen=True)
class Param:
    """What one parameter may hold.

    ``query`` is how its text is read from a query string. A parameter that was not sent
    reaches the handler as ``default``.
    """

    query: ClassVar[str] = "string"
    expects: ClassVar[str] = "string"
    json_type: ClassVar[str | None] = None  # the word of JSON Schema, where it is another

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

    def unknown(self, value: Any, name: str) -> list[str]:
        """The members of a value that are not declared, and so ignored, as dotted names."""
        return []

    def schema(self) -> dict[str, Any]:
        """What ``read`` takes, as JSON Schema 2020-12; it may be looser, never stricter."""
        schema = merged([self._own_schema(), *map(schema_of, self.checks)])
        if self.nullable:
            schema["type"] = [schema["type"], "null"]
            if "enum" in schema:
                schema["enum"] = [*schema["enum"], None]
        return schema if self.default is None else {**schema, "default": thaw(self.default)}

    def _own_schema(self) -> dict[str, Any]:
        """What is asked for beside the checks."""
        return {"type": self.json_type or self.expects}

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
    json_type = "integer"
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

    def _own_schema(self) -> dict[str, Any]:
        return {**super()._own_schema(), "minimum": self.minimum}


def _at_least(minimum: int) -> str:
    if minimum == 1:
        return "Number must be greater than 0"
    return f"Number must be greater than or equal to {minimum}"


@dataclass(frozen=True)
class Fraction(Param):
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

    def unknown(self, value: Any, name: str) -> list[str]:
        items = value if isinstance(value, (list, tuple)) else ()
        found = (self.item.unknown(item, f"{name}.{n}") for n, item in enumerate(items))
        return [one for names in found for one in names]


@dataclass(frozen=True)
class Record(Param):
    """An object whose keys are the caller's own.

    ``values`` is what each value has to be, ``entries`` finds whatever else is wrong, and
    ``entries_schema`` is the same in JSON Schema.
    """

    query = "record"
    expects = "object"
    entries: Callable[[Mapping[str, Any]], list[Issue]] = lambda pairs: []
    entries_schema: Mapping[str, Any] = field(default_factory=dict)
    values: Param | None = None

    def _value(self, value: Any, path: tuple[str, ...]) -> Any:
        return value if self.values is None else self.values.read(value, path)

    def _own_schema(self) -> dict[str, Any]:
        values = {} if self.values is None else {"additionalProperties": self.values.schema()}
        return merged([super()._own_schema(), values, self.entries_schema])

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        pairs = super().read(value, path)
        if pairs is None:
            return None
        for key in pairs:
            if not isinstance(key, str):
                raise MisuseError(f"{'.'.join(path)}: the key {key!r} is not text")
        issues = [issue.under(path) for issue in self.entries(pairs)]
        read = {}
        for key, value in pairs.items():
            try:
                read[plain(key)] = self._value(value, (*path, key))
            except Faults as faults:
                issues += faults.issues
        if issues:
            raise Faults(issues)
        return read


def object_schema(members: Mapping[str, Param], *, is_closed: bool) -> dict[str, Any]:
    """An object with these members, as JSON Schema; a closed one has no others."""
    schema: dict[str, Any] = {"type": "object"}
    if members:
        schema["properties"] = {name: member.schema() for name, member in members.items()}
    required = [name for name, member in members.items() if member.required]
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False} if is_closed else schema


@dataclass(frozen=True)
class Shape(Param):
    """An object with declared members; others are ignored, or refused if it is closed.

    Read as what was sent of it.
    """

    query = "shape"
    expects = "object"
    members: Mapping[str, Param] = field(default_factory=dict)
    is_closed: bool = False

    def _own_schema(self) -> dict[str, Any]:
        return super()._own_schema() | object_schema(self.members, is_closed=self.is_closed)

    def lenient(self) -> Param:
        return replace(self, members={key: it.lenient() for key, it in self.members.items()})

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        given = super().read(value, path)
        if given is None:
            return None
        read: dict[str, Any] = {}
        issues = self._closed_issues(given, path) if self.is_closed else []
        for name, member in self.members.items():
            try:
                if name in given:
                    read[name] = member.read(given[name], (*path, name))
                elif member.required:
                    raise Faults([Issue((*path, name), "Required")], fatal=True)
            except Faults as faults:
                issues += faults.issues
        if issues:
            raise Faults(issues)
        return read

    def unknown(self, value: Any, name: str) -> list[str]:
        if not isinstance(value, Mapping):
            return []
        found = [f"{name}.{key}" for key in value if key not in self.members]
        for key, member in self.members.items():
            found += member.unknown(value.get(key), f"{name}.{key}")
        return found

    def _closed_issues(self, given: Mapping[str, Any], path: tuple[str, ...]) -> list[Issue]:
        known = ", ".join(self.members)
        return [
            Issue((*path, str(key)), f"No such member; there are {known}")
            for key in given
            if key not in self.members
        ]


@dataclass(frozen=True)
class Uuid(Param):
    """Its own type, because a fake may be told to let any text pass as an id.

    Unsourced: that letter case does not count, as in UUIDs it does not.
    """

    is_text: bool = False

    def lenient(self) -> Param:
        return replace(self, checks=(), is_text=True)

    def read(self, value: Any, path: tuple[str, ...]) -> Any:
        read = super().read(value, path)
        return read if read is None or self.is_text else read.lower()
