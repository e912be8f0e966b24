"""/devices: what a login brings, managed devices only; unmanaged ones are /devices/unmanaged.

Source: docs.seam.co api/devices and core-concepts/devices.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.endpoint import Namespace, Paged
from ..core.params import array, date_text, enum, integer, text, uuid
from ..errors import ApiError
from .auth import EVERYONE
from .call import Call
from .device_object import display_name, show, visible
from .device_types import CAPABILITY_FLAGS, DEVICE_TYPES, MANUFACTURERS
from .listing import by_metadata, contains, list_page, of_user, page_cursor, search_text
from .metadata import custom_metadata_has as custom_metadata_has_param
from .metadata import matches, wanted
from .records import Device
from .tables import DEVICES, WEBVIEWS

__all__ = ["namespace"]

namespace = Namespace("/devices")

DEFAULT_LIMIT = 500
# A search finds a device by the beginning of its id only from this length on.
SHORTEST_ID_PREFIX = 4


def _needs_something(sent: Mapping[str, Any]) -> str | None:
    if "device_id" in sent or "name" in sent:
        return None
    return "Either 'device_id' or 'name' is required"


@namespace.endpoint("GET POST", callers=EVERYONE, answer="device", checks=[_needs_something])
def get(
    call: Call, *, device_id: str | None = uuid(), name: str | None = text(minimum=1)
) -> dict[str, Any]:
    """One managed device: by id, by its display name, or by both.

    Unsourced: that a name has to be equal, and that the oldest of several is meant.
    """
    device = _by_id(call, device_id) if device_id is not None else _by_name(call, str(name))
    if device is None or not device.is_managed:
        raise ApiError(404, "device_not_found", "Device not found")
    if name is not None and display_name(device) != name:
        raise ApiError(404, "device_not_found", "Device not found")
    if not visible(call, device):
        raise ApiError(401, "unauthorized", "Not authorized to view this device")
    return show(call, device)


@namespace.endpoint(
    "GET POST",
    callers=EVERYONE,
    answer="devices",
    partly="space_id and unstable_location_id find nothing, as there are no spaces",
)
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
    created_before: str | None = date_text(),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """The managed devices that meet every filter, oldest first."""
    has = wanted(custom_metadata_has)
    workspace_id = call.workspace_id
    within: list[Hashable] = [("state", workspace_id, "managed"), *by_metadata(workspace_id, has)]
    for index, value in (
        ("account", connected_account_id),
        ("type", device_type),
        ("manufacturer", manufacturer),
        ("customer", customer_key),
    ):
        if value is not None:
            within.append((index, workspace_id, value))
    return list_page(
        call,
        DEVICES,
        show,
        within=within,
        only=_only(call),
        where=lambda device: visible(call, device)
        and matches(device.custom_metadata, has)
        and _meets(call, device),
        limit=limit,
        page_cursor=page_cursor,
    )


def _only(call: Call) -> set[str] | None:
    """The devices that the filters by other things' ids leave, or None for no such filter."""
    sent = call.sent
    chosen: list[set[str]] = []
    if "device_ids" in sent:
        chosen.append(set(sent["device_ids"]))
    if "connected_account_ids" in sent:
        chosen.append(_of_accounts(call, sent["connected_account_ids"]))
    if "connect_webview_id" in sent:
        webview = call.store.get(WEBVIEWS, sent["connect_webview_id"])
        inside = webview is not None and webview.workspace_id == call.workspace_id
        account_id = webview.connected_account_id if webview is not None and inside else None
        chosen.append(_of_accounts(call, filter(None, [account_id])))
    if "user_identifier_key" in sent:
        accounts = of_user(call, sent["user_identifier_key"], "connected_account_ids")
        chosen.append(_of_accounts(call, accounts))
    if call.session is not None and call.session.customer_key is None:
        chosen.append(_of_accounts(call, call.session.connected_account_ids))
    if "space_id" in sent or sent.get("unstable_location_id") is not None:
        chosen.append(set())  # neither spaces nor locations are modelled: no device is in one
    return set.intersection(*chosen) if chosen else None


def _of_accounts(call: Call, account_ids: Iterable[str]) -> set[str]:
    return {
        device.device_id
        for account_id in account_ids
        for device in call.store.find(DEVICES, ("account", call.workspace_id, account_id))
    }


def _meets(call: Call, device: Device) -> bool:
    """The filters that no index helps with."""
    sent = call.sent
    flags = set(device.flags)
    return (
        ("device_types" not in sent or device.device_type in sent["device_types"])
        and ("created_before" not in sent or _made_before(device, sent["created_before"]))
        and flags.issuperset(sent.get("include_if", ()))
        and flags.isdisjoint(sent.get("exclude_if", ()))
        and ("search" not in sent or _contains(device, sent["search"]))
    )


def _made_before(device: Device, moment: str) -> bool:
    return device.created_at < stamp(to_ms(moment, up=True))


def _contains(device: Device, search: str) -> bool:
    by_id = len(search) >= SHORTEST_ID_PREFIX and device.device_id.startswith(search.lower())
    texts = (device.connected_account_id, display_name(device))
    return by_id or contains(search, texts, device.custom_metadata)


def _by_id(call: Call, device_id: str) -> Device | None:
    device = call.store.get(DEVICES, device_id)
    return device if device and device.workspace_id == call.workspace_id else None


def _by_name(call: Call, name: str) -> Device | None:
    """The oldest with this name, among those that the caller may see if there are any."""
    named = call.store.find(DEVICES, ("name", call.workspace_id, name))
    found = [device for device in named if device.is_managed]
    return next((device for device in found if visible(call, device)), next(iter(found), None))
