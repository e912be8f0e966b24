"""/devices/unmanaged: devices that Seam knows of and does not control.

Source: docs.seam.co api/devices/unmanaged and core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.params import array, datetime_text, enum, integer, text, true_only, uuid
from ..errors import ApiError
from .auth import BACKEND, BACKEND_OR_CUSTOMER, SESSION
from .call import Call
from .device_events import announce
from .device_filters import (
    by_id,
    by_name,
    check_sight,
    list_devices,
    needs_something,
    not_found,
)
from .device_object import account_of, display_name, show_unmanaged
from .device_types import CAPABILITY_FLAGS, DEVICE_TYPES, MANUFACTURERS
from .lifecycle import DEVICE
from .listing import page_cursor, search_text
from .metadata import UPDATE
from .metadata import custom_metadata as custom_metadata_param
from .tables import DEVICES

__all__ = ["namespace"]

namespace = Namespace("/devices/unmanaged")

DEFAULT_LIMIT = 22900


@namespace.endpoint(
    "GET POST", callers=BACKEND | {SESSION}, answer="device", checks=[needs_something]
)
def get(
    call: Call, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> dict[str, Any]:
    """One unmanaged device: by id, by its display name, or by both.

    Unsourced: that a name which only managed devices have is answered as a managed id is.
    """
    if device_id is not None:
        device = by_id(call, device_id)
    else:
        device = by_name(call, str(name), "unmanaged") or by_name(call, str(name), "managed")
    if device is None:
        raise _not_found(call, "device not found")
    check_sight(call, device)
    if name not in (None, display_name(device)):
        raise _not_found(call, "device not found")
    if device.is_managed:
        raise _not_found(
            call, "This device is managed. Convert it to a unmanaged device with /devices/update."
        )
    return show_unmanaged(call, device)


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, answer="devices")
def list_(
    call: Call,
    *,
    connected_account_id: str | None = uuid(),
    connected_account_ids: list[str] | None = array(uuid()),
    connect_webview_id: str | None = uuid(),
    device_type: str | None = enum(*DEVICE_TYPES),
    device_types: list[str] | None = array(enum(*DEVICE_TYPES)),
    manufacturer: str | None = enum(*MANUFACTURERS),
    device_ids: list[str] | None = array(uuid()),
    customer_key: str | None = text(minimum=1),
    include_if: list[str] | None = array(enum(*CAPABILITY_FLAGS)),
    exclude_if: list[str] | None = array(enum(*CAPABILITY_FLAGS)),
    created_before: str | None = datetime_text(),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The unmanaged devices that meet every filter, oldest first."""
    return list_devices(call, show_unmanaged, "unmanaged", limit, page_cursor)


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    call: Call,
    *,
    device_id: str = uuid(required=True),
    is_managed: bool | None = true_only(),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
) -> None:
    """Manage the device, or change its metadata: what is sent replaces all of it.

    Unsourced: that it does so here as it does for accounts, by the same switch.
    """
    device = by_id(call, device_id)
    if device is None:
        raise not_found({"device_id": device_id})
    if device.is_managed:
        raise ApiError(
            400,
            "device_managed",
            "Device is managed. Use /devices/update",
            data={"device_id": device_id},
        )
    if custom_metadata is not None:
        kept = UPDATE(device.custom_metadata, custom_metadata, call.rules)
        device = call.store.put(DEVICES, replace(device, custom_metadata=kept))
    if is_managed:
        row = DEVICE.step(device.state, "manage")
        device = call.store.put(DEVICES, replace(device, state=row.to))
        for announcement in row.announce:
            announce(call, announcement, device, account_of(call, device))


def _not_found(call: Call, message: str) -> ApiError:
    """The 404, with what was asked for."""
    return ApiError(404, "device_not_found", message, data=dict(call.sent))
