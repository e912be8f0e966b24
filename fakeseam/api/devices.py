"""/devices: what a login brings, managed devices only; unmanaged ones are /devices/unmanaged.

Source: docs.seam.co api/devices and core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ..core.endpoint import Namespace, Paged
from ..core.frozen import freeze, thaw
from ..core.params import array, boolean, datetime_text, enum, integer, shape, text, uuid
from ..errors import ApiError
from .auth import BACKEND, EVERYONE, SESSION
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
from .device_object import account_of, display_name, show
from .device_providers import SHOWN_CATEGORIES, list_providers
from .device_types import CAPABILITY_FLAGS, DEVICE_TYPES, MANUFACTURERS
from .lifecycle import DEVICE
from .listing import page_cursor, search_text
from .metadata import UPDATE
from .metadata import custom_metadata as custom_metadata_param
from .metadata import custom_metadata_has as custom_metadata_has_param
from .records import Device
from .tables import DEVICES
from .time_zones import TIME_ZONES

__all__ = ["namespace"]

namespace = Namespace("/devices")

DEFAULT_LIMIT = 500
# Where a device shows the time zone that was reported for it: in these properties, if it is of
# this provider. Schlage's have no place for one.
TIME_ZONE_PROPERTIES = {"omnitec": "omnitec_metadata", "ultraloq": "ultraloq_metadata"}


@namespace.endpoint("GET POST", callers=EVERYONE, answer="device", checks=[needs_something])
def get(
    call: Call, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> dict[str, Any]:
    """One managed device: by id, by its display name, or by both.

    Unsourced: that a name has to be equal, and that the oldest of several is meant.
    """
    if device_id is not None:
        device = by_id(call, device_id)
    else:
        device = by_name(call, str(name), "managed")
    if device is None:
        raise not_found()
    check_sight(call, device)
    if not device.is_managed or name not in (None, display_name(device)):
        raise not_found()
    return show(call, device)


@namespace.endpoint("GET POST", callers=EVERYONE, answer="devices")
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
    """The managed devices that meet every filter, oldest first."""
    return list_devices(call, show, "managed", limit, page_cursor)


@namespace.endpoint("PATCH POST", callers=EVERYONE)
def update(
    call: Call,
    *,
    device_id: str = uuid(required=True),
    name: str | None = text(nullable=True),
    properties: Mapping[str, Any] | None = shape(name=text(nullable=True)),
    custom_metadata: Mapping[str, Any] | None = custom_metadata_param(),
    is_managed: bool = boolean(default=True),
    backup_access_code_pool_enabled: bool | None = boolean(),
) -> None:
    """Change what was sent, leave the rest; the metadata that is sent replaces all of it.

    Unsourced: that the metadata is replaced here as an account's is, by the same switch; that
    null and "" give a device its provider's name back; that ``name`` beats ``properties.name``.
    """
    device = _found(call, device_id)
    check_sight(call, device)
    if not device.is_managed:
        raise ApiError(
            400,
            "device_unmanaged",
            "Device is unmanaged. Use /devices/unmanaged/update",
            data={"device_id": device_id},
        )
    row = DEVICE.step(device.state, "manage" if is_managed else "unmanage")
    before, device = device, replace(device, state=row.to)
    for sent in (properties or {}, call.sent):
        if "name" in sent:
            device = replace(device, nickname=sent["name"] or None)
    if custom_metadata is not None:
        kept = UPDATE(device.custom_metadata, custom_metadata, call.rules)
        device = replace(device, custom_metadata=kept)
    if backup_access_code_pool_enabled is not None:
        device = replace(device, backup_access_code_pool_enabled=backup_access_code_pool_enabled)
    call.store.put(DEVICES, device)
    account, shown = account_of(call, device), display_name(device)
    if shown != display_name(before):
        announce(call, "device.name_changed", device, account, device_name=shown)
    for announcement in row.announce:
        announce(call, announcement, device, account)


@namespace.endpoint("GET POST", callers=BACKEND | {SESSION}, answer="device_providers")
def list_device_providers(
    call: Call, *, provider_category: str | None = enum(*SHOWN_CATEGORIES)
) -> list[dict[str, Any]]:
    """The brands that can be connected, or those of a category."""
    return list_providers(call, provider_category)


def _time_zone() -> Any:
    return shape(time_zone=enum(*TIME_ZONES, required=True))


@namespace.endpoint(
    "POST", callers=BACKEND, partly="schlage_metadata is taken and shown nowhere"
)
def report_provider_metadata(
    call: Call,
    *,
    devices: Sequence[Mapping[str, Any]] = array(
        shape(
            device_id=uuid(required=True),
            omnitec_metadata=_time_zone(),
            schlage_metadata=_time_zone(),
            ultraloq_metadata=_time_zone(),
        ),
        required=True,
        minimum=1,
    ),
) -> None:
    """Tell what the provider does not: the time zones of locks.

    Unsourced: that another brand's metadata says nothing of a device.
    """
    for reported in devices:
        device = _found(call, reported["device_id"])
        name = TIME_ZONE_PROPERTIES.get(device.provider)
        if name is not None and name in reported:
            properties = thaw(device.properties)
            properties[name] = {**properties.get(name, {}), **reported[name]}
            call.store.put(DEVICES, replace(device, properties=freeze(properties)))


def _found(call: Call, device_id: str) -> Device:
    device = by_id(call, device_id)
    if device is None:
        raise not_found({"device_id": device_id})
    return device
