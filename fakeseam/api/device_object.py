"""A device as Seam shows it: what it is, whether it can be reached, and who may see it.

Source: the ``device`` schema of Seam's OpenAPI; docs.seam.co core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..core.frozen import thaw
from .call import Call
from .customer_keys import sees
from .providers import PROVIDER_CATEGORIES, PROVIDERS, image_url
from .records import ConnectedAccount, Device
from .space_members import spaces_of
from .tables import ACCOUNTS
from .trouble_codes import BRIDGE_DISCONNECTED, OFFLINE, TAKES_ALONG

__all__ = [
    "account_of",
    "display_name",
    "errors",
    "is_online",
    "show",
    "show_unmanaged",
    "visible",
    "warnings",
]

# What of its properties an unmanaged device shows.
UNMANAGED_PROPERTIES = (
    "name",
    "online",
    "manufacturer",
    "image_url",
    "image_alt_text",
    "battery",
    "battery_level",
    "accessory_keypad",
    "model",
    "online_access_codes_enabled",
    "offline_access_codes_enabled",
)
# Members that only managed devices have.
MANAGED_ONLY = ("nickname", "space_ids", "device_manufacturer", "device_provider")


def show(call: Call, device: Device) -> dict[str, Any]:
    """The device with its account's errors beside its own; capability flags only if true."""
    account = account_of(call, device)
    brand = PROVIDERS[device.provider].display_name
    shown = {
        "device_id": device.device_id,
        "device_type": device.device_type,
        "workspace_id": device.workspace_id,
        "connected_account_id": device.connected_account_id,
        "created_at": device.created_at,
        "display_name": display_name(device),
        "capabilities_supported": list(device.capabilities_supported),
        "properties": _properties(device, account),
        "is_managed": device.is_managed,
        "custom_metadata": dict(device.custom_metadata),
        "space_ids": spaces_of(call, device.device_id),
        "errors": errors(device, account),
        "warnings": warnings(device, account),
        "device_manufacturer": {"display_name": brand, "manufacturer": device.manufacturer},
        "device_provider": {
            "device_provider_name": device.provider,
            "display_name": brand,
            "provider_category": _category(device.provider),
            "image_url": image_url(device.provider),
        },
        **dict.fromkeys(device.flags, True),
    }
    if device.nickname is not None:
        shown["nickname"] = device.nickname
    if device.location is not None:
        shown["location"] = dict(device.location)
    return shown


def show_unmanaged(call: Call, device: Device) -> dict[str, Any]:
    """An unmanaged device, of which Seam tells less."""
    shown = show(call, device)
    kept = {name: it for name, it in shown.items() if name not in MANAGED_ONLY}
    properties = shown["properties"]
    kept["properties"] = {
        name: properties[name] for name in UNMANAGED_PROPERTIES if name in properties
    }
    return kept


def display_name(device: Device) -> str:
    """The name that was given to it, else the provider's."""
    return device.nickname or device.name


def is_online(device: Device, account: ConnectedAccount) -> bool:
    """Whether it can be reached: none of its errors, nor its account's, holds it off line.

    Unsourced: that devices of a disconnected account are offline; an old sample shows one.
    And which other errors take a device off line: those that say that it cannot be reached.
    """
    codes = {error["error_code"] for error in (*account.errors, *device.errors)}
    return codes.isdisjoint(OFFLINE)


def errors(device: Device, account: ConnectedAccount) -> list[dict[str, Any]]:
    """Its own errors, after a copy of its account's."""
    return [*map(_copied, account.errors), *thaw(device.errors)]


def _copied(error: Mapping[str, Any]) -> dict[str, Any]:
    """An account's error as its devices show it; a bridge's has no other form there."""
    if error["error_code"] == BRIDGE_DISCONNECTED:
        return dict(error)
    return {
        "error_code": error["error_code"],
        "message": error["message"],
        "created_at": error["created_at"],
        "is_connected_account_error": True,
        "is_device_error": False,
    }


def warnings(device: Device, account: ConnectedAccount) -> list[dict[str, Any]]:
    """Its own warnings, after a copy of those of its account's that devices know too."""
    own = {warning["warning_code"] for warning in device.warnings}
    copied = [
        {name: warning[name] for name in ("warning_code", "message", "created_at")}
        for warning in account.warnings
        if warning["warning_code"] in TAKES_ALONG - own
    ]
    return [*copied, *thaw(device.warnings)]


def visible(call: Call, device: Device) -> bool:
    """Whether the caller may see it: a client session sees the devices of its own accounts."""
    session = call.session
    listed = session is not None and device.connected_account_id in session.connected_account_ids
    return sees(call, device.customer_key, listed=listed)


def account_of(call: Call, device: Device) -> ConnectedAccount:
    """The account it came with; a device never outlives its account."""
    account = call.store.get(ACCOUNTS, device.connected_account_id)
    if account is None:
        raise RuntimeError(f"device {device.device_id} has no account")
    return account


def _properties(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """The usual properties, and those of its own merged into them."""
    properties: dict[str, Any] = {
        "online": is_online(device, account),
        "name": display_name(device),
        "appearance": {"name": device.name},
        "model": {
            "display_name": device.model,
            "manufacturer_display_name": PROVIDERS[device.provider].display_name,
        },
        "manufacturer": device.manufacturer,
    }
    if "lock" in device.capabilities_supported:
        properties["locked"] = True  # Unsourced: how a sandbox lock starts
    if device.backup_access_code_pool_enabled is not None:
        properties["backup_access_code_pool_enabled"] = device.backup_access_code_pool_enabled
    for name, value in thaw(device.properties).items():
        usual = properties.get(name)
        if isinstance(usual, dict) and isinstance(value, dict):
            value = {**usual, **value}
        properties[name] = value
    return properties


def _category(provider: str) -> str:
    """Unsourced: which of a brand's categories a device names; the narrowest is taken."""
    names = [name for name, members in PROVIDER_CATEGORIES.items() if provider in members]
    narrow = [name for name in names if name not in ("stable", "internal_beta")]
    return (narrow or names)[0]
