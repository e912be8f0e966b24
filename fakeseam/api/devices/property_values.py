"""Whether the properties of a custom device have values that Seam's devices can have.

Source: the ``properties`` of the ``device`` schema of Seam's OpenAPI, for the types and limits;
docs.seam.co api/locks/configure_auto_lock, for the delay; api/access_codes, for code lengths.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from math import isclose
from typing import Any

from .sandbox_properties import BATTERY_STATUSES, to_celsius
from .types import CODE_CONSTRAINTS, NAME_CONSTRAINTS

__all__ = ["wrong_values"]

# How far two forms of one value may differ, as apps round them.
_CELSIUS_TOLERANCE = 0.6
_LEVEL_TOLERANCE = 0.01

# Unsourced: the longest code of any lock. The OpenAPI lets apps report lengths up to it.
LONGEST_CODE = 20
AUTO_LOCK_DELAY_SECONDS = (1, 60)


def wrong_values(properties: Mapping[str, Any]) -> Iterator[str]:
    """Yields what is wrong with the values, as sentences that name the property."""
    for name, (is_right, expected) in _EXPECTED.items():
        if name in properties and not is_right(properties[name]):
            yield f"properties.{name} is {expected}, not {properties[name]!r}"
            return
    model = properties.get("model")
    for name in _MODEL_BOOLEANS:
        if isinstance(model, Mapping) and not isinstance(model.get(name, True), bool):
            yield f"properties.model.{name} is true or false, not {model[name]!r}"
    if properties.get("auto_lock_enabled") and "auto_lock_delay_seconds" not in properties:
        yield "properties.auto_lock_enabled needs properties.auto_lock_delay_seconds; give it, too"
    yield from _wrong_constraints(properties.get("code_constraints", ()))
    yield from _wrong_battery(properties)
    yield from _wrong_temperatures("properties", properties)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_boolean(value: Any) -> bool:
    return isinstance(value, bool)


def _is_count(value: Any) -> bool:
    return _is_whole(value) and bool(value >= 0)


def _are_lengths(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        _is_whole(one) and 1 <= one <= LONGEST_CODE for one in value
    )


def _are_objects(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(one, Mapping) for one in value)


def _is_delay(value: Any) -> bool:
    shortest, longest = AUTO_LOCK_DELAY_SECONDS
    return _is_number(value) and bool(shortest <= value <= longest)


def _is_level(value: Any) -> bool:
    return _is_number(value) and bool(0 <= value <= 1)


def _has_level(value: Any) -> bool:
    return isinstance(value, Mapping) and _is_level(value.get("level"))


def _is_keypad(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and isinstance(value.get("is_connected"), bool)
        and ("battery" not in value or _has_level(value["battery"]))
    )


_BOOLEANS = """
    locked door_open auto_lock_enabled has_direct_power has_native_entry_events
    supports_backup_access_code_pool backup_access_code_pool_enabled
    online_access_codes_enabled offline_access_codes_enabled supports_offline_access_codes
""".split()
_MODEL_BOOLEANS = """
    has_built_in_keypad can_connect_accessory_keypad accessory_keypad_supported
    offline_access_codes_supported online_access_codes_supported
""".split()

# What each property has to be: a function that says whether a value is that, and the words.
_EXPECTED: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    **{name: (_is_boolean, "true or false") for name in _BOOLEANS},
    "supported_code_lengths": (_are_lengths, f"a list of whole numbers from 1 to {LONGEST_CODE}"),
    "max_active_codes_supported": (_is_count, "a whole number, 0 or more"),
    "code_constraints": (_are_objects, "a list of objects with constraint_type"),
    "auto_lock_delay_seconds": (
        _is_delay,
        "a number from {} to {}".format(*AUTO_LOCK_DELAY_SECONDS),
    ),
    "keypad_battery": (_has_level, "an object with a level from 0 to 1"),
    "accessory_keypad": (
        _is_keypad,
        "an object with is_connected, and with battery: an object with a level from 0 to 1",
    ),
}


def _wrong_constraints(constraints: Any) -> Iterator[str]:
    for place, constraint in enumerate(constraints):
        where = f"properties.code_constraints.{place}"
        kind = constraint.get("constraint_type")
        if kind not in CODE_CONSTRAINTS:
            known = ", ".join(CODE_CONSTRAINTS)
            yield f"{where}.constraint_type {kind!r} is unknown; give one of {known}"
            continue
        limits = ("min_length", "max_length") if kind in NAME_CONSTRAINTS else ()
        for name, value in constraint.items():
            if name in limits and not _is_count(value):
                yield f"{where}.{name} is a whole number, 0 or more, not {value!r}"
            elif name not in ("constraint_type", *limits):
                yield f"{where}: {kind} has no {name!r}; leave it out"


def _wrong_battery(properties: Mapping[str, Any]) -> Iterator[str]:
    battery = properties.get("battery", {})
    if not isinstance(battery, Mapping):
        yield "properties.battery is an object with level and status"
        return
    given = {}
    if "battery_level" in properties:
        given["properties.battery_level"] = properties["battery_level"]
    if "level" in battery:
        given["properties.battery.level"] = battery["level"]
    for name, level in given.items():
        if not _is_level(level):
            yield f"{name} is a number from 0 to 1, not {level!r}"
            return
    if given and not isclose(min(given.values()), max(given.values()), abs_tol=_LEVEL_TOLERANCE):
        yield f"{' and '.join(given)} are not equal; give one of them"
    status = battery.get("status", BATTERY_STATUSES[0])
    if status not in BATTERY_STATUSES:
        yield f"properties.battery.status is {', '.join(BATTERY_STATUSES)}, not {status!r}"


def _wrong_temperatures(where: str, properties: Mapping[str, Any]) -> Iterator[str]:
    """Yields what is wrong with temperatures, those of members such as a climate setting too."""
    for name, value in properties.items():
        base, _, unit = str(name).rpartition("_")
        if isinstance(value, Mapping):
            yield from _wrong_temperatures(f"{where}.{name}", value)
        elif unit not in ("celsius", "fahrenheit") or value is None:
            continue
        elif not _is_number(value):
            yield f"{where}.{base}_celsius and {base}_fahrenheit are numbers"
        elif unit == "celsius":
            other: Any = properties.get(f"{base}_fahrenheit")
            if _is_number(other) and not isclose(
                value, to_celsius(other), abs_tol=_CELSIUS_TOLERANCE
            ):
                yield f"{where}.{name} {value} is not {base}_fahrenheit {other}; give one of them"
