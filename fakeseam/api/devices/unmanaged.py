"""/devices/unmanaged: devices that Seam knows, but does not control.

Source: docs.seam.co api/devices/unmanaged and core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.record_types import replace
from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, datetime_text, enum, integer, text, true_only, uuid
from ..auth import BACKEND, BACKEND_OR_CUSTOMER, SESSION
from ..context import RequestContext
from ..lifecycle import DEVICE
from ..listing import page_cursor, search_text
from ..metadata import UPDATE
from ..metadata import custom_metadata as custom_metadata_param
from .events import emit_device_event
from .filters import by_id, by_name, check_id_or_name, check_visible, find, list_devices
from .record import DEVICES
from .shape import account_of, display_name, shown_unmanaged
from .types import CAPABILITY_FLAGS, DEVICE_TYPES, MANUFACTURERS

__all__ = ["namespace"]

namespace = Namespace("/devices/unmanaged")

DEFAULT_LIMIT = 22900


@namespace.endpoint(
    "GET POST", callers=BACKEND | {SESSION}, response_key="device", checks=[check_id_or_name]
)
def get(
    ctx: RequestContext, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> Shown:
    """Returns one unmanaged device, by id, by its display name, or by both.

    Unsourced: that a name that only managed devices have is refused like a managed id.
    """
    if device_id is not None:
        device = by_id(ctx, device_id)
    else:
        device = by_name(ctx, str(name), "unmanaged") or by_name(ctx, str(name), "managed")
    if device is None:
        raise _not_found(ctx, "device not found")
    check_visible(ctx, device)
    if name not in (None, display_name(device)):
        raise _not_found(ctx, "device not found")
    if device.is_managed:
        raise _not_found(
            ctx, "This device is managed. Convert it to a unmanaged device with /devices/update."
        )
    return shown_unmanaged(ctx, device)


@namespace.endpoint("GET POST", callers=BACKEND_OR_CUSTOMER, response_key="devices")
def list_(
    ctx: RequestContext,
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
    """Returns the unmanaged devices that meet every filter, oldest first."""
    return list_devices(ctx, shown_unmanaged, "unmanaged", limit, page_cursor)


@namespace.endpoint("PATCH POST", callers=BACKEND)
def update(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    is_managed: bool | None = true_only(),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
) -> None:
    """Makes the device managed, and replaces its metadata, as far as these are sent.

    Unsourced: that the rule ``metadata_update`` applies here as it does to accounts.
    """
    device = find(ctx, device_id)
    if device.is_managed:
        raise ApiError(
            400,
            "device_managed",
            "Device is managed. Use /devices/update",
            data={"device_id": device_id},
        )
    if custom_metadata is not None:
        metadata = UPDATE(device.custom_metadata, custom_metadata, ctx.rules)
        device = ctx.store.put(DEVICES, replace(device, custom_metadata=metadata))
    if is_managed:
        row = DEVICE.step(device.state, "manage")
        device = ctx.store.put(DEVICES, replace(device, state=row.to))
        for event_type in row.emits:
            emit_device_event(ctx, event_type, device, account_of(ctx, device))


def _not_found(ctx: RequestContext, message: str) -> ApiError:
    """Returns Seam's 404 with the parameters of the request."""
    return ApiError(404, "device_not_found", message, data=dict(ctx.params))
