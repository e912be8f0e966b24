"""Checks that the fields of a record from a file have the types of their annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .clock import to_ms

__all__ = ["check_field_types"]

T = TypeVar("T")


def check_field_types(record: T) -> T:
    """Returns the record. Raises ``TypeError`` or ``ValueError`` for a field of another type."""
    record_class: Any = type(record)
    for name, annotation in _annotations(record_class).items():
        value = getattr(record, name)
        if not _fits(value, annotation):
            raise TypeError(f"{record_class.__name__}.{name} cannot be {value!r}")
    to_ms(getattr(record, "created_at"))
    return record


@cache
def _annotations(record_class: Any) -> dict[str, Any]:
    hints = get_type_hints(record_class)
    return {field.name: hints[field.name] for field in fields(record_class)}


def _fits(value: Any, annotation: Any) -> bool:
    """Returns whether a JSON value has the annotated type, at every depth."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in (Any, object):
        return True
    if origin in (Union, UnionType):
        return any(_fits(value, option) for option in arguments)
    if origin is tuple:  # tuple[X, ...]
        return isinstance(value, tuple) and all(_fits(item, arguments[0]) for item in value)
    if origin is Mapping:
        key_type, item_type = arguments
        return isinstance(value, Mapping) and all(
            _fits(key, key_type) and _fits(value[key], item_type) for key in value
        )
    if annotation is float:
        return type(value) in (int, float)
    return type(value) is annotation or (annotation is type(None) and value is None)
