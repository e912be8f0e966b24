"""Read-only JSON values, and plain copies of them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["freeze", "thaw"]

_PLAIN = frozenset({str, int, float, bool, type(None)})
_MAPPINGS = frozenset({dict, MappingProxyType})


def freeze(value: Any) -> Any:
    """Returns the value with tuples for lists and read-only mappings for dicts, at every depth."""
    kind = type(value)
    if kind in _PLAIN:  # most of a record, and asking for an abstract class is slow
        return value
    if kind is MappingProxyType:  # only this function makes them
        return value
    if isinstance(value, Mapping):
        return MappingProxyType(
            {
                key: item if type(item) in _PLAIN else freeze(item)
                for key, item in value.items()
            }
        )
    if isinstance(value, (list, tuple)):
        return tuple(freeze(item) for item in value)
    return value


def thaw(value: Any) -> Any:
    """Returns a fresh copy with plain dicts and lists, at every depth."""
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _MAPPINGS or isinstance(value, Mapping):
        return {
            key: item if type(item) in _PLAIN else thaw(item) for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [thaw(item) for item in value]
    return value
