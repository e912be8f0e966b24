"""The properties of an imported device that are not derived from its state.

Source: the ``properties`` of the ``device`` schema of Seam's OpenAPI, for the names and types.
Unsourced: the values, as Seam publishes no sandbox inventory. Those that differ between devices
are made from the device's id, so the same seed gives the same ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..connect_webviews.login.providers import SandboxDevice, image_url
from .provider_metadata import Facts, provider_metadata

__all__ = [
    "BATTERY_LEVEL",
    "battery_status",
    "sandbox_properties",
    "to_celsius",
    "to_fahrenheit",
]

BATTERY_LEVEL = 0.9
TEMPERATURE_FAHRENHEIT = 70.0
HEATING_SET_POINT_FAHRENHEIT = 68.0
RELATIVE_HUMIDITY = 0.4
NOISE_LEVEL_DECIBELS = 35.0
CODE_LENGTHS = (4, 5, 6, 7, 8)
MAX_ACTIVE_CODES = 100

# Unsourced: where one status ends; a level from this one up has the status.
_BATTERY_STATUSES = ((0.95, "full"), (0.3, "good"), (0.1, "low"))
_LOWEST_STATUS = "critical"

# Devices with a battery. Unsourced: which; here a lock on a door, and sensors.
_WITH_BATTERY = ("_lock", "_sensor", "four_suites_door", "dormakaba_oracode_door")
_ON_A_CABLE = (
    "brivo_access_point butterflymx_panel avigilon_alta_entry two_n_intercom controlbyweb_device"
).split()


def sandbox_properties(
    device: SandboxDevice, device_id: str, provider: str, now: str
) -> dict[str, Any]:
    """Returns the properties of a new device: the given ones, and defaults for the others.

    An object that is given is merged into the default one. A level of the battery or a
    temperature that is given in one form is shown in the other form, too.
    """
    given = _in_every_form(device.properties)
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
        **_power(device.device_type),
        **_lock(device),
        **_thermostat(device),
        **_noise(device),
        **provider_metadata(facts),
    }
    return {**defaults, **{name: _merged(defaults.get(name), given[name]) for name in given}}


def battery_status(level: float) -> str:
    """Returns Seam's word for the level of a battery, from 0 to 1."""
    statuses = (status for least, status in _BATTERY_STATUSES if level >= least)
    return next(statuses, _LOWEST_STATUS)


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
        level = battery.get("level", level)
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


def _power(device_type: str) -> dict[str, Any]:
    if device_type.endswith(_WITH_BATTERY):
        battery = {"level": BATTERY_LEVEL, "status": battery_status(BATTERY_LEVEL)}
        return {"battery_level": BATTERY_LEVEL, "battery": battery}
    return {"has_direct_power": True} if device_type in _ON_A_CABLE else {}


def _lock(device: SandboxDevice) -> dict[str, Any]:
    if "can_program_online_access_codes" not in device.flags:
        return {}
    return {
        "supported_code_lengths": list(CODE_LENGTHS),
        "max_active_codes_supported": MAX_ACTIVE_CODES,
        "code_constraints": [],
    }


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
