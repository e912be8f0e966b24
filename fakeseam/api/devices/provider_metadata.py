"""The metadata of its brand that an imported device has, such as ``august_metadata``.

Source: the ``properties`` of the ``device`` schema of Seam's OpenAPI, for the names and types.
Unsourced: the values. Members that repeat another property, such as ``locked_state``, are left
out: they could contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .types import DEVICE_TYPES

__all__ = ["METADATA_NAMES", "METADATA_OF_TYPE", "Facts", "provider_metadata"]

SITE = "My House"
TIME_ZONE = "America/Los_Angeles"


@dataclass(frozen=True)
class Facts:
    """What is known of a new device. What the brand gives is made from the device's id."""

    device_id: str
    name: str
    model: str
    device_type: str
    imported_at: str
    given_serial_number: str | None = None

    @property
    def serial_number(self) -> str:
        return self.given_serial_number or self.id("serial", 12)

    def id(self, of: str = "device", length: int = 24) -> str:
        """Returns an id that the provider could have given."""
        return self._digest(of)[:length].upper()

    def number(self, of: str = "device") -> int:
        """Returns a number that the provider could have given."""
        return int(self._digest(of)[:8], 16) % 9_000_000 + 1_000_000

    def named(self, **more: Any) -> dict[str, Any]:
        return {"device_id": self.id(), "device_name": self.name, **more}

    def _digest(self, of: str) -> str:
        return sha256(f"{of} of {self.device_id}".encode()).hexdigest()


def provider_metadata(facts: Facts) -> dict[str, Any]:
    """Returns the brand's metadata under its name; ``{}`` for a type that has none."""
    name = METADATA_OF_TYPE.get(facts.device_type)
    return {} if name is None else {name: _MADE_BY[name](facts)}


def _site(facts: Facts) -> dict[str, Any]:
    return {"site_name": SITE, "site_id": facts.number("site")}


def _salto_ks(facts: Facts) -> dict[str, Any]:
    return {
        "lock_id": facts.id(),
        "lock_type": "door",
        "model": facts.model,
        "customer_reference": facts.name,
        "site_id": facts.id("site"),
        "site_name": SITE,
    }


def _minut(facts: Facts) -> dict[str, Any]:
    values = {  # in degrees Celsius, percent and hectopascals
        "temperature": 21.0,
        "humidity": 40.0,
        "pressure": 1013.0,
    }
    latest = {name: {"time": facts.imported_at, "value": value} for name, value in values.items()}
    return facts.named(latest_sensor_values=latest)


_MADE_BY: Mapping[str, Callable[[Facts], dict[str, Any]]] = {
    "akiles_metadata": lambda one: {
        "gadget_id": one.id(),
        "gadget_name": one.name,
        "product_name": one.model,
    },
    "aqara_metadata": lambda one: {
        "did": one.id(),
        "device_name": one.name,
        "model": one.model,
        "firmware_version": None,
        "position_id": None,
        "time_zone": None,
    },
    # A sample of docs.seam.co has these, for a Yale lock too.
    "august_metadata": lambda one: {
        "lock_id": one.id(length=32),
        "lock_name": one.name,
        "house_id": one.id("house"),
        "house_name": SITE,
        "has_keypad": True,
        "model": one.model,
    },
    "avigilon_alta_metadata": lambda one: {
        "entry_name": one.name,
        "entry_relays_total_count": 1,
        "org_name": SITE,
        **_site(one),
        "zone_id": one.number("zone"),
        "zone_name": one.name,
    },
    "brivo_metadata": lambda one: {"device_name": one.name, "activation_enabled": True},
    "controlbyweb_metadata": lambda one: one.named(relay_name=one.name),
    "dormakaba_oracode_metadata": lambda one: {
        "device_id": one.id(),
        "door_id": one.number("door"),
        "door_name": one.name,
        "door_is_wireless": True,
        "iana_timezone": TIME_ZONE,
        "predefined_time_slots": [],
        **_site(one),
    },
    "ecobee_metadata": lambda one: {"ecobee_device_id": one.id(), "device_name": one.name},
    "four_suites_metadata": lambda one: {
        "device_id": one.number(),
        "device_name": one.name,
        "reclose_delay_in_seconds": 5,
    },
    "genie_metadata": lambda one: {"device_name": one.name, "door_name": one.name},
    "honeywell_resideo_metadata": lambda one: {
        "honeywell_resideo_device_id": one.id(),
        "device_name": one.name,
    },
    "igloo_metadata": lambda one: {
        "device_id": one.id(),
        "bridge_id": one.id("bridge"),
        "model": one.model,
    },
    "igloohome_metadata": lambda one: one.named(
        bridge_id=one.id("bridge"),
        bridge_name=SITE,
        is_accessory_keypad_linked_to_bridge=False,
    ),
    "keynest_metadata": lambda one: {
        "key_id": one.id(),
        "fob_id": one.number("fob"),
        "device_name": one.name,
        "has_photo": False,
        "is_quadient_locker": False,
    },
    "kisi_metadata": lambda one: {
        "lock_id": one.number(),
        "lock_name": one.name,
        "place_name": SITE,
        "description": None,
    },
    "korelock_metadata": lambda one: one.named(
        serial_number=one.serial_number, location_id=None, wifi_signal_strength=0.8
    ),
    "kwikset_metadata": lambda one: one.named(model_number=one.model),
    "lockly_metadata": lambda one: one.named(model=one.model),
    "minut_metadata": _minut,
    "nest_metadata": lambda one: {
        "nest_device_id": one.id(),
        "nest_structure_id": one.id("structure"),
        "structure_name": SITE,
        "device_name": one.name,
        "device_custom_name": one.name,
        "display_name": one.name,
    },
    "noiseaware_metadata": lambda one: one.named(device_model="indoor"),
    "nuki_metadata": lambda one: one.named(keypad_paired=True, keypad_2_paired=False),
    "omnitec_metadata": lambda one: {
        "lock_id": one.number(),
        "lock_name": one.name,
        "lock_alias": one.name,
        "has_gateway": True,
        "time_zone": None,
    },
    "ring_metadata": lambda one: one.named(),
    "salto_ks_metadata": _salto_ks,
    "schlage_metadata": lambda one: one.named(model=one.model),
    "sensi_metadata": lambda one: one.named(
        product_type=one.model, dual_setpoints_not_supported=True
    ),
    "smartthings_metadata": lambda one: one.named(location_id=one.id("location"), model=one.model),
    "tado_metadata": lambda one: {"device_type": one.model, "serial_no": one.serial_number},
    "tedee_metadata": lambda one: {
        "device_id": one.number(),
        "device_name": one.name,
        "device_model": one.model,
        "serial_number": one.serial_number,
        "bridge_id": one.number("bridge"),
        "bridge_name": SITE,
    },
    "ttlock_metadata": lambda one: {
        "lock_id": one.number(),
        "lock_alias": one.name,
        "has_gateway": True,
        "timezone_raw_offset_ms": None,
        "wireless_keypads": [],
    },
    "two_n_metadata": lambda one: {"device_id": one.number(), "device_name": one.name},
    "ultraloq_metadata": lambda one: one.named(device_type=one.model, time_zone=None),
    "wyze_metadata": lambda one: one.named(
        device_info_model=one.model,
        product_model=one.model,
        product_name=one.model,
        product_type="Lock",
    ),
    "yacan_metadata": lambda one: one.named(
        device_type=one.model, serial_number=one.serial_number
    ),
}
METADATA_NAMES = tuple(_MADE_BY)

# The types whose metadata is not named after the beginning of the type.
_OTHER_NAMES = {
    "keyincode_lock": "korelock_metadata",
    "salto_lock": "salto_ks_metadata",
    "yale_lock": "august_metadata",
}
# The name of the metadata of a type of device. Types that are missing have none.
METADATA_OF_TYPE: Mapping[str, str] = {
    device_type: name
    for device_type in DEVICE_TYPES
    for name in METADATA_NAMES
    if device_type.startswith(name.replace("metadata", ""))
} | _OTHER_NAMES
