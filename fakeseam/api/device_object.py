"""A device as Seam shows it: what it is, whether it can be reached, and who may see it.

Source: the ``device`` schema of Seam's OpenAPI; docs.seam.co core-concepts/devices.
"""

from __future__ import annotations

from typing import Any

from ..core.frozen import thaw
from .call import Call
from .lifecycle import DISCONNECTED
from .providers import PROVIDER_CATEGORIES, PROVIDERS, image_url
from .records import ConnectedAccount, Device
from .tables import ACCOUNTS

__all__ = ["account_of", "display_name", "errors", "is_online", "show", "visible"]


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
        "space_ids": [],
        "errors": errors(device, account),
        "warnings": thaw(device.warnings),
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
    return shown


def display_name(device: Device) -> str:
    """The name that was given to it, else the provider's."""
    return device.nickname or device.name


def is_online(device: Device, account: ConnectedAccount) -> bool:
    """Whether it can be reached: nothing is wrong with it, and its account is connected.

    Unsourced: that devices of a disconnected account are offline; an old sample shows one.
    """
    codes = {error["error_code"] for error in account.errors}
    return not device.errors and DISCONNECTED not in codes


def errors(device: Device, account: ConnectedAccount) -> list[dict[str, Any]]:
    """Its own errors, after a copy of its account's."""
    copied = [
        {
            "error_code": error["error_code"],
            "message": error["message"],
            "created_at": error["created_at"],
            "is_connected_account_error": True,
            "is_device_error": False,
        }
        for error in account.errors
    ]
    return [*copied, *thaw(device.errors)]


def visible(call: Call, device: Device) -> bool:
    """Whether the caller may see it: a client session sees the devices of its own accounts."""
    session = call.session
    if session is None or device.connected_account_id in session.connected_account_ids:
        return True
    return session.customer_key is not None and device.customer_key == session.customer_key


def account_of(call: Call, device: Device) -> ConnectedAccount:
    """The account it came with; a device never outlives its account."""
    account = call.store.get(ACCOUNTS, device.connected_account_id)
    if account is None:
        raise RuntimeError(f"device {device.device_id} has no account")
    return account


def _properties(device: Device, account: ConnectedAccount) -> dict[str, Any]:
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
    return properties


def _category(provider: str) -> str:
    """Unsourced: which of a brand's categories a device names; the narrowest is taken."""
    names = [name for name, members in PROVIDER_CATEGORIES.items() if provider in members]
    narrow = [name for name in names if name not in ("stable", "internal_beta")]
    return (narrow or names)[0]
