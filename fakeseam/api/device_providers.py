"""The brands as Seam lists them.

Source: the ``device_provider`` schema of Seam's OpenAPI; docs.seam.co
api/devices/list_device_providers.
"""

from __future__ import annotations

from typing import Any

from .call import Call
from .device_types import DEVICE_FLAGS
from .own_devices import catalogue
from .providers import PROVIDER_CATEGORIES, PROVIDERS, Provider, image_url

__all__ = ["SHOWN_CATEGORIES", "list_providers"]

# One category is none that anybody is shown.
SHOWN_CATEGORIES = tuple(name for name in PROVIDER_CATEGORIES if name != "internal_beta")


def list_providers(call: Call, category: str | None) -> list[dict[str, Any]]:
    """Every brand, or those of a category.

    Unsourced: the order, which is that of Seam's own list of them.
    """
    return [
        _show(call, provider)
        for provider in PROVIDERS.values()
        if category is None or provider.key in PROVIDER_CATEGORIES[category]
    ]


def _show(call: Call, provider: Provider) -> dict[str, Any]:
    """A brand, with the flags that are true of one of the devices that it could bring.

    Unsourced: that sandbox devices count, and in sandbox workspaces alone.
    """
    flags: set[str] = set()
    for device in catalogue(call, provider):
        flags.update(device.flags, device.sandbox_flags if call.workspace.is_sandbox else ())
    return {
        "device_provider_name": provider.key,
        "display_name": provider.display_name,
        "image_url": image_url(provider.key),
        "provider_categories": [
            name for name in SHOWN_CATEGORIES if provider.key in PROVIDER_CATEGORIES[name]
        ],
        **{flag: True for flag in DEVICE_FLAGS if flag in flags},
    }
