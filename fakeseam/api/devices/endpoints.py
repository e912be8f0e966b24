"""/devices: the managed devices. The unmanaged ones are at /devices/unmanaged.

Source: docs.seam.co api/devices and core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.frozen import freeze, thaw
from ...core.record_types import replace
from ...core.shown import Shown
from ...schema.endpoint import Namespace, Paged
from ...schema.params import array, boolean, datetime_text, enum, integer, json_object, text, uuid
from ..access_codes import backup_pool
from ..access_codes.updating import unmanage_codes_of
from ..auth import BACKEND, EVERYONE, SESSION
from ..context import RequestContext
from ..lifecycle import DEVICE
from ..listing import page_cursor, search_text
from ..metadata import UPDATE
from ..metadata import custom_metadata as custom_metadata_param
from ..metadata import custom_metadata_has as custom_metadata_has_param
from .capable import find_managed
from .events import emit_device_event
from .filters import by_id, by_name, check_id_or_name, check_visible, find, list_devices, not_found
from .providers import SHOWN_CATEGORIES, list_providers
from .record import DEVICES
from .shape import account_of, display_name, shown
from .time_zones import TIME_ZONES
from .types import CAPABILITY_FLAGS, DEVICE_TYPES, MANUFACTURERS

__all__ = ["namespace"]

namespace = Namespace("/devices")

DEFAULT_LIMIT = 500
# The property that shows a reported time zone, by provider. Schlage's devices have none.
TIME_ZONE_PROPERTIES = {"omnitec": "omnitec_metadata", "ultraloq": "ultraloq_metadata"}


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="device", checks=[check_id_or_name])
def get(
    ctx: RequestContext, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> Shown:
    """Returns one managed device, by id, by its display name, or by both.

    Unsourced: that a name must be equal, and that the oldest of several devices is returned.
    """
    if device_id is not None:
        device = by_id(ctx, device_id)
    else:
        device = by_name(ctx, str(name), "managed")
    if device is None:
        raise not_found()
    check_visible(ctx, device)
    if not device.is_managed or name not in (None, display_name(device)):
        raise not_found()
    return shown(ctx, device)


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="devices")
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
    user_identifier_key: str | None = text(minimum=1),
    custom_metadata_has: Mapping[str, Any] | None = custom_metadata_has_param(),
    space_id: str | None = uuid(),
    unstable_location_id: str | None = uuid(nullable=True),
    include_if: list[str] | None = array(enum(*CAPABILITY_FLAGS)),
    exclude_if: list[str] | None = array(enum(*CAPABILITY_FLAGS)),
    created_before: str | None = datetime_text(),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the managed devices that meet every filter, oldest first."""
    return list_devices(ctx, shown, "managed", limit, page_cursor)


@namespace.endpoint("PATCH POST", callers=EVERYONE)
def update(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    name: str | None = text(nullable=True),
    properties: Mapping[str, Any] | None = json_object(name=text(nullable=True)),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    is_managed: bool = boolean(default=True),
    backup_access_code_pool_enabled: bool | None = boolean(),
) -> None:
    """Changes only what is sent. Metadata that is sent replaces all of the device's metadata.

    Unsourced: that the rule ``metadata_update`` applies here as it does to accounts; that null
    and "" restore the provider's name; that ``name`` has precedence over ``properties.name``.
    """
    device = find_managed(ctx, device_id)
    row = DEVICE.step(device.state, "manage" if is_managed else "unmanage")
    before, device = device, replace(device, state=row.to)
    for sent in (properties or {}, ctx.params):
        if "name" in sent:
            device = replace(device, nickname=sent["name"] or None)
    if custom_metadata is not None:
        metadata = UPDATE(device.custom_metadata, custom_metadata, ctx.rules)
        device = replace(device, custom_metadata=metadata)
    ctx.store.put(DEVICES, device)
    if backup_access_code_pool_enabled is not None:
        turn = backup_pool.enable if backup_access_code_pool_enabled else backup_pool.disable
        device = turn(ctx, device)
    account, new_name = account_of(ctx, device), display_name(device)
    if new_name != display_name(before):
        emit_device_event(ctx, "device.name_changed", device, account, device_name=new_name)
    for event_type in row.emits:
        emit_device_event(ctx, event_type, device, account)
    if not is_managed:
        unmanage_codes_of(ctx, device)


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, response_key="device_providers")
def list_device_providers(
    ctx: RequestContext, *, provider_category: str | None = enum(*SHOWN_CATEGORIES)
) -> list[dict[str, Any]]:
    """Returns the brands that can be connected, or those of a category."""
    return list_providers(ctx, provider_category)


def _time_zone() -> Any:
    return json_object(time_zone=enum(*TIME_ZONES, required=True))


@namespace.endpoint(
    "POST",
    callers=BACKEND,
    partial_note="schlage_metadata is accepted, but not shown",
    inert=("devices.schlage_metadata",),
)
def report_provider_metadata(
    ctx: RequestContext,
    *,
    devices: Sequence[Mapping[str, Any]] = array(
        json_object(
            device_id=uuid(required=True),
            omnitec_metadata=_time_zone(),
            schlage_metadata=_time_zone(),
            ultraloq_metadata=_time_zone(),
        ),
        required=True,
        minimum=1,
    ),
) -> None:
    """Sets the time zones of locks, where the provider does not report them.

    Unsourced: that the metadata of another brand does not change a device.
    """
    for reported in devices:
        device = find(ctx, reported["device_id"])
        name = TIME_ZONE_PROPERTIES.get(device.provider)
        if name is not None and name in reported:
            properties = thaw(device.properties)
            properties[name] = {**properties.get(name, {}), **reported[name]}
            ctx.store.put(DEVICES, replace(device, properties=freeze(properties)))
