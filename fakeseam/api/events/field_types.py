"""The types of the fields of events. A field has one type wherever it occurs, but for a few.

Source: the event schemas of Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ...schema.checks import is_at_least, is_at_most, is_finite
from ...schema.param_types import FiniteNumber, Param
from ...schema.params import (
    array,
    boolean,
    datetime_text,
    enum,
    strict_object,
    number,
    record,
    text,
    url,
    uuid,
)
from ...schema.validation import Issue, type_name
from .types import EVENT_FIELDS

__all__ = ["LOCK_METHODS", "OF_EVERY_EVENT", "fields_of"]

Declare = Callable[..., Any]

# How a lock is locked or unlocked: the values of ``method``. The last is the SDK's alone.
LOCK_METHODS = ("keycode", "manual", "automatic", "unknown", "remote", "card", "mobile_key")


def _entries(code: str) -> Declare:
    """Returns the type of errors or warnings in an event: their time, message and code."""
    members = {"created_at": datetime_text(required=True), "message": text(required=True)}
    entry = strict_object(**members, **{code: text(required=True)})
    return partial(array, entry)


def _change(*names: str) -> Declare:
    """Returns the type of ``from`` and ``to``."""
    members = {name: text(required=True, nullable=True) for name in names}
    return partial(strict_object, **members)


def _fraction() -> Param:
    return FiniteNumber(checks=(is_finite, is_at_least(0), is_at_most(1)))


def _metadata_issues(pairs: Mapping[str, Any]) -> list[Issue]:
    return [
        Issue((name,), f"Expected string or boolean, received {type_name(value)}")
        for name, value in pairs.items()
        if not isinstance(value, (str, bool))
    ]


_UUIDS = partial(array, uuid())
_METADATA = partial(record, _metadata_issues)
_ERRORS, _WARNINGS = _entries("error_code"), _entries("warning_code")
_NULLABLE_NUMBER = partial(number, nullable=True)

_TYPES: dict[str, Declare] = {
    **dict.fromkeys(
        (
            *("access_code_id", "access_grant_id", "access_method_id", "acs_access_group_id"),
            *("acs_credential_id", "acs_encoder_id", "acs_entrance_id", "acs_system_id"),
            *("acs_user_id", "action_attempt_id", "client_session_id", "connect_webview_id"),
            *("connected_account_id", "device_id", "enrollment_automation_id"),
            *("noise_threshold_id", "space_id", "user_identity_id"),
        ),
        uuid,
    ),
    **dict.fromkeys(
        (
            *("access_grant_key", "action_type", "backup_access_code_id", "change_reason"),
            *("climate_preset_key", "code", "connected_account_type", "customer_key"),
            *("description", "device_name", "ends_at", "error_message", "noise_threshold_name"),
            *("space_key", "starts_at", "status"),
        ),
        text,
    ),
    **dict.fromkeys(
        (
            *("cooling_set_point_celsius", "cooling_set_point_fahrenheit"),
            *("desired_temperature_celsius", "desired_temperature_fahrenheit"),
            *("heating_set_point_celsius", "heating_set_point_fahrenheit"),
            *("noise_level_decibels", "noise_level_nrs"),
            *("temperature_celsius", "temperature_fahrenheit"),
        ),
        number,
    ),
    **dict.fromkeys(
        (
            *("lower_limit_celsius", "lower_limit_fahrenheit"),
            *("upper_limit_celsius", "upper_limit_fahrenheit"),
        ),
        _NULLABLE_NUMBER,
    ),
    **dict.fromkeys(
        (
            *("access_code_is_managed", "is_backup_code", "is_fallback_climate_preset"),
            *("is_via_bluetooth", "is_via_nfc"),
        ),
        boolean,
    ),
    **dict.fromkeys(
        ("access_grant_ids", "acs_entrance_ids", "device_ids", "missing_device_ids"), _UUIDS
    ),
    **dict.fromkeys(
        ("access_code_errors", "acs_system_errors", "connected_account_errors", "device_errors"),
        _ERRORS,
    ),
    **dict.fromkeys(
        (
            *("access_code_warnings", "acs_system_warnings", "connected_account_warnings"),
            "device_warnings",
        ),
        _WARNINGS,
    ),
    "access_grant_keys": partial(array, text()),
    "media_ids": partial(array, text()),
    "activation_reason": partial(enum, "motion_detected"),
    **dict.fromkeys(
        ("accessory_keypad_battery_level", "battery_level", "device_battery_level"), _fraction
    ),
    "battery_source": partial(enum, "lock", "accessory_keypad"),
    "battery_status": partial(enum, "critical", "low", "good", "full"),
    "changed_properties": partial(
        array,
        strict_object(
            **dict.fromkeys(("from", "to"), text(required=True, nullable=True)),
            property=text(required=True),
        ),
    ),
    "connected_account_custom_metadata": _METADATA,
    "device_custom_metadata": _METADATA,
    "error_code": partial(
        enum, "account_disconnected", "hub_disconnected", "device_disconnected"
    ),
    "fan_mode_setting": partial(enum, "auto", "on", "circulate"),
    "hvac_mode_setting": partial(enum, "off", "heat", "cool", "heat_cool", "eco"),
    "image_url": url,
    "method": partial(enum, *LOCK_METHODS),
    "minut_metadata": record,
    "motion_sub_type": partial(enum, "human", "vehicle", "package", "other"),
    "noiseaware_metadata": record,
    "reason": partial(
        strict_object,
        message=text(required=True),
        reason_code=enum(
            *("unknown_code", "expired_code", "blocklisted_code", "too_many_attempts"),
            *("blocked_by_privacy_mode", "credential_error"),
            required=True,
        ),
    ),
    "requested_mutations": partial(
        array,
        strict_object(
            **dict.fromkeys(("from", "to"), record()),
            mutation_code=enum(
                *("updating_name", "updating_code", "updating_time_frame", "deleting"),
                *("creating", "deferring_creation"),
                required=True,
            ),
        ),
    ),
    "thermostat_schedule_id": partial(uuid, nullable=True),
    "video_url": url,
}

# The fields whose type depends on the event.
_OF_TYPE: dict[tuple[str, str], Declare] = {
    ("access_code.deleted", "code"): partial(text, nullable=True),
    ("device.deleted", "device_name"): partial(text, nullable=True),
    ("thermostat.manually_adjusted", "method"): partial(enum, "seam", "external"),
    **{
        (f"access_code.{name}_changed", field): _change(*names)
        for name, names in {
            "name": ("name",),
            "code": ("code",),
            "time_frame": ("starts_at", "ends_at"),
        }.items()
        for field in ("from", "to")
    },
}

# Fields of every event that have a value of their own if they are not given.
OF_EVERY_EVENT: dict[str, Param] = {
    "occurred_at": datetime_text(),
    "event_description": text(minimum=1),
}


def fields_of(event_type: str) -> dict[str, Param]:
    """Returns the fields of an event type, with their types, besides those of every event."""
    fields = {}
    for name in EVENT_FIELDS[event_type].split():
        field = name.rstrip("*")
        declare = _OF_TYPE.get((event_type, field)) or _TYPES[field]
        fields[field] = replace(declare(), required=name.endswith("*"))
    return fields
