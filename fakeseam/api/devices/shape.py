"""A device as Seam shows it, whether it is online, and which callers may see it.

Source: the ``device`` schema of Seam's OpenAPI; docs.seam.co core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from ...core.frozen import thaw
from ...core.shown import Shown
from ..connect_webviews.login.providers import (
    PROVIDER_CATEGORIES,
    PROVIDERS,
    image_url,
    manufacturer_name,
)
from ..connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..context import RequestContext
from ..customers.keys import is_visible
from ..error_codes import BRIDGE_DISCONNECTED, OFFLINE, PASSED_TO_DEVICES
from ..spaces.members import spaces_of
from .record import Device

__all__ = [
    "account_of",
    "display_name",
    "errors",
    "is_online",
    "show",
    "shown",
    "shown_unmanaged",
    "visible",
    "warnings",
]

# The properties that an unmanaged device shows.
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
# The properties that Seam does not send while the device is offline: docs.seam.co.
UNKNOWN_OFFLINE = ("locked", "battery", "battery_level")
# Members that only managed devices have.
MANAGED_ONLY = ("nickname", "space_ids", "device_manufacturer", "device_provider")


def show(ctx: RequestContext, device: Device) -> dict[str, Any]:
    """Returns the device with its own and its account's errors.

    Of its flags it shows those that are true, and those that a test has given as false.
    """
    return _show(device, account_of(ctx, device), *spaces_of(ctx, device.device_id))


def shown(ctx: RequestContext, device: Device) -> Shown:
    """Returns the same, made once for each version of what it shows."""
    account, spaces = account_of(ctx, device), spaces_of(ctx, device.device_id)
    return ctx.store.shown.get(_show, device, account, *spaces)


def _show(device: Device, account: ConnectedAccount, *space_ids: str) -> dict[str, Any]:
    result = {
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
        "space_ids": list(space_ids),
        "errors": errors(device, account),
        "warnings": warnings(device, account),
        "device_manufacturer": {
            "display_name": manufacturer_name(device.manufacturer),
            "manufacturer": device.manufacturer,
        },
        "device_provider": dict(_provider(device.provider)),
        **dict.fromkeys(device.flags, True),
        **dict.fromkeys(device.false_flags, False),
    }
    if device.nickname is not None:
        result["nickname"] = device.nickname
    if device.location is not None:
        result["location"] = dict(device.location)
    return result


def shown_unmanaged(ctx: RequestContext, device: Device) -> Shown:
    """Returns an unmanaged device, which has fewer members and properties; made once, too."""
    return ctx.store.shown.get(_show_unmanaged, device, account_of(ctx, device))


def _show_unmanaged(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    managed = _show(device, account)
    result = {name: value for name, value in managed.items() if name not in MANAGED_ONLY}
    properties = managed["properties"]
    result["properties"] = {
        name: properties[name] for name in UNMANAGED_PROPERTIES if name in properties
    }
    return result


def display_name(device: Device) -> str:
    """Returns the nickname, or the provider's name for a device without one."""
    return device.nickname or device.name


def is_online(device: Device, account: ConnectedAccount) -> bool:
    """Returns whether the device is online: neither it nor its account has an ``OFFLINE`` error.

    Unsourced: that devices of a disconnected account are offline; an old sample shows one so.
    Unsourced: which other errors make a device offline; here, those that mean no connection.
    """
    found = account.errors + device.errors
    return not found or OFFLINE.isdisjoint([error["error_code"] for error in found])


def errors(device: Device, account: ConnectedAccount) -> list[dict[str, Any]]:
    """Returns copies of the account's errors, then the device's own."""
    return [*map(_copied, account.errors), *thaw(device.errors)]


def _copied(error: Mapping[str, Any]) -> dict[str, Any]:
    """Returns an account's error as its devices show it. A bridge's error keeps its form."""
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
    """Returns the device's warnings, after those of its account that devices can have too.

    A code that the device has itself is not repeated.
    """
    if not account.warnings:
        return list(thaw(device.warnings))
    own = {warning["warning_code"] for warning in device.warnings}
    copied = [
        {name: warning[name] for name in ("warning_code", "message", "created_at")}
        for warning in account.warnings
        if warning["warning_code"] in PASSED_TO_DEVICES - own
    ]
    return [*copied, *thaw(device.warnings)]


def visible(ctx: RequestContext, device: Device) -> bool:
    """Returns whether the caller may see the device.

    A client session sees the devices of its own accounts.
    """
    session = ctx.session
    listed = session is not None and device.connected_account_id in session.connected_account_ids
    return is_visible(ctx, device.customer_key, listed=listed)


def account_of(ctx: RequestContext, device: Device) -> ConnectedAccount:
    """Returns the device's account. A device never outlives its account."""
    account = ctx.store.get(ACCOUNTS, device.connected_account_id)
    if account is None:
        raise RuntimeError(f"device {device.device_id} has no account")
    return account


def _properties(device: Device, account: ConnectedAccount) -> dict[str, Any]:
    """Returns the derived properties, with the device's own merged into them."""
    online = is_online(device, account)
    properties: dict[str, Any] = {
        "online": online,
        "name": display_name(device),
        "appearance": {"name": device.name},
        "model": {
            "display_name": device.model,
            "manufacturer_display_name": manufacturer_name(device.manufacturer),
        },
        "manufacturer": device.manufacturer,
    }
    if device.backup_access_code_pool_enabled is not None:
        properties["backup_access_code_pool_enabled"] = device.backup_access_code_pool_enabled
    for name, value in thaw(device.properties).items():
        if name in UNKNOWN_OFFLINE and not online:
            continue
        derived = properties.get(name)
        if isinstance(derived, dict) and isinstance(value, dict):
            value = {**derived, **value}
        properties[name] = value
    return properties


@cache
def _provider(provider: str) -> Mapping[str, str]:
    return {
        "device_provider_name": provider,
        "display_name": PROVIDERS[provider].display_name,
        "provider_category": _category(provider),
        "image_url": image_url(provider),
    }


def _category(provider: str) -> str:
    """Returns the narrowest category of a brand.

    Unsourced: which of its categories a device shows.
    """
    names = [name for name, members in PROVIDER_CATEGORIES.items() if provider in members]
    narrow = [name for name in names if name not in ("stable", "internal_beta")]
    return (narrow or names)[0]
