"""Finding devices: the filters of the lists, and the two ways to ask for one.

Source: docs.seam.co api/devices and api/devices/unmanaged.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.endpoint import Paged
from ..errors import ApiError
from .call import Call
from .device_object import display_name, visible
from .listing import by_metadata, contains, list_page, of_user
from .metadata import matches, wanted
from .records import Device
from .space_members import devices_in
from .tables import DEVICES, WEBVIEWS

__all__ = ["by_id", "by_name", "check_sight", "list_devices", "needs_something", "not_found"]

# A search finds a device by the beginning of its id only from this length on.
SHORTEST_ID_PREFIX = 4


def needs_something(sent: Mapping[str, Any]) -> str | None:
    """Asking for one device takes an id or a name."""
    if "device_id" in sent or "name" in sent:
        return None
    return "Either 'device_id' or 'name' is required"


def by_id(call: Call, device_id: str) -> Device | None:
    """The device of this workspace."""
    device = call.store.get(DEVICES, device_id)
    return device if device and device.workspace_id == call.workspace_id else None


def by_name(call: Call, name: str, state: str) -> Device | None:
    """The oldest with this name, among those that the caller may see if there are any."""
    named = call.store.find(DEVICES, ("name", call.workspace_id, name))
    found = [device for device in named if device.state == state]
    return next((device for device in found if visible(call, device)), next(iter(found), None))


def not_found(data: Mapping[str, Any] | None = None) -> ApiError:
    return ApiError(404, "device_not_found", "Device not found", data=data)


def check_sight(call: Call, device: Device) -> None:
    """Raises for a device that the session may not see."""
    if not visible(call, device):
        raise ApiError(401, "unauthorized", "Not authorized to view this device")


def list_devices(
    call: Call,
    show: Callable[[Call, Device], dict[str, Any]],
    state: str,
    limit: int,
    page_cursor: str | None,
) -> Paged:
    """The devices in this state that meet every filter that was sent, oldest first."""
    has = wanted(call.sent.get("custom_metadata_has"))
    workspace_id = call.workspace_id
    within: list[Hashable] = [("state", workspace_id, state), *by_metadata(workspace_id, has)]
    for index, name in (
        ("account", "connected_account_id"),
        ("type", "device_type"),
        ("manufacturer", "manufacturer"),
        ("customer", "customer_key"),
    ):
        if name in call.sent:
            within.append((index, workspace_id, call.sent[name]))
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
    for name in ("space_id", "unstable_location_id"):  # the old name of the same
        if sent.get(name) is not None:
            chosen.append(devices_in(call, sent[name]))
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
    place = (device.location or {}).get("location_name")
    texts = (device.connected_account_id, display_name(device), place)
    return by_id or contains(search, texts, device.custom_metadata)
