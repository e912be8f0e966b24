"""Whether a record that was read from a file holds what its annotations say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .clock import to_ms

__all__ = ["fitting"]

T = TypeVar("T")


def fitting(record: T) -> T:
    """The record itself. ``TypeError`` or ``ValueError`` for a field that is something else."""
    kind: Any = type(record)
    for name, wanted in _fields(kind).items():
        value = getattr(record, name)
        if not _fits(value, wanted):
            raise TypeError(f"{kind.__name__}.{name} cannot be {value!r}")
    to_ms(getattr(record, "created_at"))
    return record


@cache
def _fields(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fits(value: Any, wanted: Any) -> bool:
    """JSON's values against what records are annotated with, all the way down."""
    origin, inner = get_origin(wanted), get_args(wanted)
    if wanted in (Any, object):
        return True
    if origin in (Union, UnionType):
        return any(_fits(value, one) for one in inner)
    if origin is tuple:  # tuple[X, ...]
        return isinstance(value, tuple) and all(_fits(item, inner[0]) for item in value)
    if origin is Mapping:
        key, item = inner
        return isinstance(value, Mapping) and all(
            _fits(one, key) and _fits(value[one], item) for one in value
        )
    if wanted is float:
        return type(value) in (int, float)
    return type(value) is wanted or (wanted is type(None) and value is None)
