"""The device providers as Seam lists them.

Source: the ``device_provider`` schema of Seam's OpenAPI; docs.seam.co
api/devices/list_device_providers.
"""

from __future__ import annotations

from typing import Any

from ..connect_webviews.login.providers import PROVIDER_CATEGORIES, PROVIDERS, Provider, image_url
from ..context import RequestContext
from .custom import catalog_of
from .types import DEVICE_FLAGS

__all__ = ["SHOWN_CATEGORIES", "list_providers"]

# Seam shows every category but this one.
SHOWN_CATEGORIES = tuple(name for name in PROVIDER_CATEGORIES if name != "internal_beta")


def list_providers(ctx: RequestContext, category: str | None) -> list[dict[str, Any]]:
    """Returns every brand, or those of a category.

    Unsourced: the order. Here it is that of the SDK's enum.
    """
    return [
        _show(ctx, provider)
        for provider in PROVIDERS.values()
        if category is None or provider.key in PROVIDER_CATEGORIES[category]
    ]


def _show(ctx: RequestContext, provider: Provider) -> dict[str, Any]:
    """Returns a brand with the flags that are true for any of its devices.

    Unsourced: that the flags of sandbox devices count, and only in sandbox workspaces.
    """
    flags: set[str] = set()
    for device in catalog_of(ctx, provider):
        flags.update(device.flags, device.sandbox_flags if ctx.workspace.is_sandbox else ())
    return {
        "device_provider_name": provider.key,
        "display_name": provider.display_name,
        "image_url": image_url(provider.key),
        "provider_categories": [
            name for name in SHOWN_CATEGORIES if provider.key in PROVIDER_CATEGORIES[name]
        ],
        **{flag: True for flag in DEVICE_FLAGS if flag in flags},
    }
