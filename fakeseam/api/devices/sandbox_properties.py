"""The properties of an imported device that are not derived from its state.

Source: the ``properties`` of the ``device`` schema of Seam's OpenAPI, for the names and types.
Unsourced: the values, as Seam publishes no sandbox inventory. Those that differ between devices
are made from the device's id, so the same seed gives the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..connect_webviews.login.lock_catalog import LockFacts, lock_facts
from ..connect_webviews.login.providers import SandboxDevice, image_url
from .provider_metadata import Facts, provider_metadata

__all__ = [
    "BATTERY_LEVEL",
    "BATTERY_STATUSES",
    "battery_status",
    "sandbox_properties",
    "to_celsius",
    "to_fahrenheit",
]

BATTERY_LEVEL = 1.0
TEMPERATURE_FAHRENHEIT = 70.0
HEATING_SET_POINT_FAHRENHEIT = 68.0
RELATIVE_HUMIDITY = 0.4
NOISE_LEVEL_DECIBELS = 35.0

# Unsourced: where one status ends; a level from this one up has the status. All of Seam's samples
# fit: 0.48 and 0.65 are good, 0.86 and 1 are full.
_STATUS_FROM = ((0.75, "full"), (0.3, "good"), (0.1, "low"), (0, "critical"))
BATTERY_STATUSES = tuple(status for _, status in _STATUS_FROM)

# Devices with a battery, unless they have direct power. Unsourced: which; here a lock on a door,
# and sensors.
_WITH_BATTERY = ("_lock", "_sensor", "four_suites_door", "dormakaba_oracode_door")


def sandbox_properties(
    device: SandboxDevice, device_id: str, provider: str, now: str
) -> dict[str, Any]:
    """Returns the properties of a new device: the given ones, and defaults for the others.

    An object that is given is merged into the default one. A level of the battery or a
    temperature that is given in one form is shown in the other form, too.
    """
    given = _in_every_form(device.properties)
    locks = lock_facts(provider)
    facts = Facts(
        device_id,
        device.name,
        device.model,
        device.device_type,
        now,
        given.get("serial_number"),
    )
    defaults = {
        "serial_number": facts.serial_number,
        "image_url": image_url(provider),  # Unsourced: that it is the brand's logo.
        "image_alt_text": device.model,
        **_power(device.device_type, given, locks),
        **_lock(device, locks),
        **_thermostat(device),
        **_noise(device),
        **provider_metadata(facts),
    }
    return {**defaults, **{name: _merged(defaults.get(name), given[name]) for name in given}}


def battery_status(level: float) -> str:
    """Returns Seam's word for the level of a battery, from 0 to 1."""
    return next(status for least, status in _STATUS_FROM if level >= least)


def to_celsius(fahrenheit: float) -> float:
    return round((fahrenheit - 32) / 1.8, 2)


def to_fahrenheit(celsius: float) -> float:
    return round(celsius * 1.8 + 32, 2)


def _merged(default: Any, given: Any) -> Any:
    if isinstance(default, Mapping) and isinstance(given, Mapping):
        return {**default, **given}
    return given


def _in_every_form(given: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the given properties; what Seam shows in two forms is in both."""
    properties = dict(given)
    battery = given.get("battery")
    level = given.get("battery_level")
    if isinstance(battery, Mapping):
        level = battery.get("level", BATTERY_LEVEL if level is None else level)
    if isinstance(level, (int, float)):
        properties["battery_level"] = level
        properties["battery"] = {"level": level, "status": battery_status(level)}
        if isinstance(battery, Mapping):
            properties["battery"].update(battery)
    celsius, fahrenheit = (given.get(f"temperature_{unit}") for unit in ("celsius", "fahrenheit"))
    if isinstance(celsius, (int, float)) and fahrenheit is None:
        properties["temperature_fahrenheit"] = to_fahrenheit(celsius)
    if isinstance(fahrenheit, (int, float)) and celsius is None:
        properties["temperature_celsius"] = to_celsius(fahrenheit)
    return properties


# By what the device can do


def _power(device_type: str, given: Mapping[str, Any], locks: LockFacts) -> dict[str, Any]:
    """Returns that the device has direct power, or else its battery; one that is given decides."""
    if given.get("has_direct_power", locks.has_direct_power and "battery" not in given):
        return {"has_direct_power": True}
    if device_type.endswith(_WITH_BATTERY):
        battery = {"level": BATTERY_LEVEL, "status": battery_status(BATTERY_LEVEL)}
        return {"battery_level": BATTERY_LEVEL, "battery": battery}
    return {}


def _lock(device: SandboxDevice, locks: LockFacts) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    if "lock" in device.capabilities_supported:
        properties["locked"] = True  # Unsourced: that a sandbox lock is locked at first
    if "access_code" in device.capabilities_supported:
        properties["supported_code_lengths"] = list(locks.code_lengths)
        properties["max_active_codes_supported"] = locks.max_active_codes
        properties["code_constraints"] = [dict(one) for one in locks.code_constraints]
        properties["supports_backup_access_code_pool"] = locks.supports_backup_access_code_pool
        if locks.has_native_entry_events:
            properties["has_native_entry_events"] = True
    if properties:
        properties.update(locks.properties)
    return properties


def _thermostat(device: SandboxDevice) -> dict[str, Any]:
    if "thermostat" not in device.capabilities_supported:
        return {}
    modes = [
        mode
        for mode, flag in (
            ("cool", "can_hvac_cool"),
            ("heat", "can_hvac_heat"),
            ("heat_cool", "can_hvac_heat_cool"),
            ("off", "can_turn_off_hvac"),
        )
        if flag in device.flags
    ]
    climate: dict[str, Any] = {"hvac_mode_setting": "off", "fan_mode_setting": "auto"}
    if "heat" in modes:
        climate["hvac_mode_setting"] = "heat"
        climate["heating_set_point_fahrenheit"] = HEATING_SET_POINT_FAHRENHEIT
        climate["heating_set_point_celsius"] = to_celsius(HEATING_SET_POINT_FAHRENHEIT)
    return {
        "temperature_fahrenheit": TEMPERATURE_FAHRENHEIT,
        "temperature_celsius": to_celsius(TEMPERATURE_FAHRENHEIT),
        "relative_humidity": RELATIVE_HUMIDITY,
        "is_heating": False,
        "is_cooling": False,
        "is_fan_running": False,
        "available_hvac_mode_settings": modes,
        "available_fan_mode_settings": ["auto", "on"],
        "available_climate_presets": [],
        "current_climate_setting": climate,
    }


def _noise(device: SandboxDevice) -> dict[str, Any]:
    if "noise_detection" not in device.capabilities_supported:
        return {}
    return {
        "noise_level_decibels": NOISE_LEVEL_DECIBELS,
        "currently_triggering_noise_threshold_ids": [],
    }
