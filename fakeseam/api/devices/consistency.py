"""Whether a custom device fits together: provider, type, manufacturer, abilities, properties.

Unsourced: which combinations Seam has. Here a provider brings devices of its own types only, and
a device can have what devices of its kind have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...errors import MisuseError
from ..connect_webviews.login.providers import (
    PROVIDERS,
    Provider,
    SandboxDevice,
    manufacturer_name,
)
from .property_values import wrong_values
from .provider_metadata import METADATA_NAMES, METADATA_OF_TYPE
from .types import DEVICE_TYPES

__all__ = ["ONLINE_CODES", "check_devices", "fitting_flags", "lacks_keypad", "similar_device"]

ONLINE_CODES = "can_program_online_access_codes"

# The capability that a device needs for a flag. Flags that are missing need none.
_CAPABILITY_OF_FLAG = {
    "can_remotely_lock": "lock",
    "can_remotely_unlock": "lock",
    "can_configure_auto_lock": "lock",
    "can_unlock_with_code": "access_code",
    "can_program_online_access_codes": "access_code",
    "can_program_offline_access_codes": "access_code",
    "can_hvac_heat": "thermostat",
    "can_hvac_cool": "thermostat",
    "can_hvac_heat_cool": "thermostat",
    "can_turn_off_hvac": "thermostat",
    "can_run_thermostat_programs": "thermostat",
    "can_program_thermostat_programs_as_weekday_weekend": "thermostat",
    "can_program_thermostat_programs_as_different_each_day": "thermostat",
    "can_program_thermostat_programs_as_same_each_day": "thermostat",
    "can_activate_weekly_program": "thermostat",
}

# The kinds of devices, by the word that a webview accepts them by, and their capabilities.
_KINDS: Mapping[str, tuple[str, ...]] = {
    "lock": ("access_code", "lock", "battery"),
    "thermostat": ("thermostat", "battery"),
    "noise_sensor": ("noise_detection", "battery"),
    "camera": ("battery",),
    "speaker": ("battery",),
}

# The flag and the properties that only one kind of device has.
_KIND_OF_FLAG = {"can_stream_live_video": "camera"}
_PROPERTIES_OF_KIND = {
    "lock": """
        locked door_open auto_lock_enabled auto_lock_delay_seconds keypad_battery
        accessory_keypad supported_code_lengths max_active_codes_supported code_constraints
        has_native_entry_events backup_access_code_pool_enabled supports_backup_access_code_pool
        online_access_codes_enabled offline_access_codes_enabled supports_offline_access_codes
        online_time_frame_options offline_time_frame_options
    """.split(),
    "thermostat": """
        is_heating is_cooling is_fan_running current_climate_setting default_climate_setting
        available_hvac_mode_settings available_fan_mode_settings available_climate_presets
        available_climate_preset_modes active_thermostat_schedule active_thermostat_schedule_id
        fallback_climate_preset_key fan_mode_setting is_temporary_manual_override_active
        temperature_threshold thermostat_daily_programs thermostat_weekly_program
        min_cooling_set_point_celsius min_cooling_set_point_fahrenheit
        max_cooling_set_point_celsius max_cooling_set_point_fahrenheit
        min_heating_set_point_celsius min_heating_set_point_fahrenheit
        max_heating_set_point_celsius max_heating_set_point_fahrenheit
    """.split(),
    "noise_sensor": ["noise_level_decibels", "currently_triggering_noise_threshold_ids"],
}
_KIND_OF_PROPERTY = {
    name: kind for kind, names in _PROPERTIES_OF_KIND.items() for name in names
}

# The capability that a device needs for a property. Properties that are missing need none.
_CAPABILITY_OF_PROPERTY = {
    "locked": "lock",
    "auto_lock_enabled": "lock",
    "auto_lock_delay_seconds": "lock",
    "supported_code_lengths": "access_code",
    "max_active_codes_supported": "access_code",
    "code_constraints": "access_code",
    "supports_backup_access_code_pool": "access_code",
    "backup_access_code_pool_enabled": "access_code",
}

# Manufacturers of Seam's enum that make no devices, such as calendars.
_NO_MAKERS = ("ical", "lodgify", "hostaway", "guesty", "acuity_scheduling", "slack")


def _kind(device: SandboxDevice) -> str:
    return next(kind for kind in _KINDS if kind in device.accepted_by)


def _kinds_of_makers() -> dict[str, set[str]]:
    kinds: dict[str, set[str]] = {}
    for provider in PROVIDERS.values():
        for device in provider.devices:
            kinds.setdefault(device.manufacturer, set()).add(_kind(device))
    return kinds


# The kinds that a manufacturer makes. One that is missing may make any.
_KINDS_OF_MAKER = _kinds_of_makers()
_PROVIDERS_OF_TYPE = {
    device_type: [
        provider.key
        for provider in PROVIDERS.values()
        if any(device.device_type == device_type for device in provider.devices)
    ]
    for device_type in DEVICE_TYPES
}


def check_devices(provider: Provider, devices: Sequence[Mapping[str, Any]]) -> None:
    """Raises ``MisuseError`` for the first custom device that contradicts itself or its brand."""
    for place, device in enumerate(devices):
        contradiction = next(_contradictions(provider, device), None)
        if contradiction is not None:
            raise MisuseError(f"devices.{place} ({device['name']!r}): {contradiction}")


def fitting_flags(flags: Iterable[str], capabilities: Iterable[str]) -> tuple[str, ...]:
    """Returns the flags that a device with these capabilities can have."""
    known = {None, *capabilities}
    return tuple(flag for flag in flags if _CAPABILITY_OF_FLAG.get(flag) in known)


def lacks_keypad(device: Mapping[str, Any]) -> bool:
    """Returns whether a custom device is an August lock without the keypad that codes need.

    Source: docs.seam.co, the August guide.
    """
    metadata = device.get("properties", {}).get("august_metadata")
    return isinstance(metadata, Mapping) and metadata.get("has_keypad") is False


def similar_device(provider: Provider, description: Mapping[str, Any]) -> SandboxDevice | None:
    """Returns the provider's first device of the same type, or else of the same capabilities.

    A description that fits none gets the first one, or None at a provider without devices or
    without that type.
    """
    if "device_type" in description:
        device_type = description["device_type"]
        same_type = (one for one in provider.devices if one.device_type == device_type)
        return next(same_type, None)
    capabilities = set(description.get("capabilities_supported", ()))
    same_kind = (
        one for one in provider.devices if capabilities.intersection(one.capabilities_supported)
    )
    return next(same_kind, next(iter(provider.devices), None))


def _contradictions(provider: Provider, device: Mapping[str, Any]) -> Iterator[str]:
    similar = similar_device(provider, device)
    if similar is None:
        yield _no_such_device(provider, device)
        return
    kind, device_type = _kind(similar), similar.device_type
    manufacturer = device.get("manufacturer", similar.manufacturer)
    if manufacturer in _NO_MAKERS or kind not in _KINDS_OF_MAKER.get(manufacturer, {kind}):
        yield f"manufacturer {manufacturer!r} makes no {device_type}; leave it out"
    capabilities = device.get("capabilities_supported", similar.capabilities_supported)
    for capability in capabilities:
        if capability not in _KINDS[kind]:
            yield (
                f"a device of type {device_type} has no capability {capability!r}, only"
                f" {', '.join(_KINDS[kind])}; give another device_type"
            )
    yield from _wrong_flags(device, kind, device_type, capabilities)
    yield from _wrong_model(device.get("properties", {}), manufacturer)
    yield from _wrong_properties(device.get("properties", {}), kind, device_type, capabilities)
    yield from wrong_values(device.get("properties", {}))
    yield from _wrong_keypad(device)


def _no_such_device(provider: Provider, device: Mapping[str, Any]) -> str:
    types = list(dict.fromkeys(one.device_type for one in provider.devices))
    brand = provider.display_name
    if not types:
        return f"accounts of {brand} have no devices; connect one of another provider"
    device_type = device["device_type"]
    others = _PROVIDERS_OF_TYPE[device_type]
    # A phone belongs to a user identity: docs.seam.co, mobile access.
    instead = f"connect an account with provider={others[0]!r}" if others else "leave it out"
    return f"accounts of {brand} have no {device_type}, only {', '.join(types)}; {instead}"


def _wrong_flags(
    device: Mapping[str, Any], kind: str, device_type: str, capabilities: Sequence[str]
) -> Iterator[str]:
    for flag, capability in _CAPABILITY_OF_FLAG.items():
        if flag in device and capability not in capabilities:
            yield (
                f"{flag} needs {capability!r} in capabilities_supported; add it, or leave the flag"
                " out"
            )
    for flag, only in _KIND_OF_FLAG.items():
        if flag in device and only != kind:
            yield f"{flag} is for a {only}, not for a device of type {device_type}"


def _wrong_properties(
    properties: Mapping[str, Any], kind: str, device_type: str, capabilities: Sequence[str]
) -> Iterator[str]:
    own_metadata = METADATA_OF_TYPE.get(device_type)
    for name in properties:
        if name in METADATA_NAMES and name != own_metadata:
            yield f"properties.{name} belongs to another brand; {device_type} has {own_metadata}"
        only = _KIND_OF_PROPERTY.get(name, kind)
        if only != kind:
            noun = only.replace("_", " ")
            yield f"properties.{name} is for a {noun}, not for a device of type {device_type}"
        needed = _CAPABILITY_OF_PROPERTY.get(name)
        if needed is not None and needed not in capabilities:
            yield (
                f"properties.{name} needs {needed!r} in capabilities_supported; add it, or leave"
                " the property out"
            )
    if properties.get("has_direct_power") and not {"battery", "battery_level"}.isdisjoint(
        properties
    ):
        yield "a device with properties.has_direct_power has no battery; give one of them"


def _wrong_keypad(device: Mapping[str, Any]) -> Iterator[str]:
    if lacks_keypad(device) and device.get(ONLINE_CODES):
        yield (
            f"{ONLINE_CODES} needs a keypad, but properties.august_metadata.has_keypad is false;"
            " leave the flag out"
        )


def _wrong_model(properties: Mapping[str, Any], manufacturer: str) -> Iterator[str]:
    model = properties.get("model")
    given = model.get("manufacturer_display_name") if isinstance(model, Mapping) else None
    if given not in (None, manufacturer_name(manufacturer)):
        yield (
            f"properties.model.manufacturer_display_name {given!r} is not that of manufacturer"
            f" {manufacturer!r}; give manufacturer, and leave it out"
        )
