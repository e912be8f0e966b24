"""Finding devices: one by its id or its name, and several by the filters of the lists.

Source: docs.seam.co api/devices and api/devices/unmanaged.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Paged
from ..connect_webviews.record import WEBVIEWS
from ..context import RequestContext
from ..listing import by_metadata, contains, list_page, of_user
from ..metadata import filter_pairs, matches
from ..spaces.members import devices_in
from .record import DEVICES, Device
from .shape import display_name, visible

__all__ = [
    "by_id",
    "by_name",
    "check_id_or_name",
    "check_visible",
    "find",
    "list_devices",
    "not_found",
]

# A search of this length or longer also finds a device by the beginning of its id.
SHORTEST_ID_PREFIX = 4


def check_id_or_name(sent: Mapping[str, Any]) -> str | None:
    """Returns what is wrong with a request for one device that has neither an id nor a name."""
    if "device_id" in sent or "name" in sent:
        return None
    return "Either 'device_id' or 'name' is required"


def by_id(ctx: RequestContext, device_id: str) -> Device | None:
    """Returns the device, or None if this workspace has no such device."""
    return ctx.get(DEVICES, device_id)


def find(ctx: RequestContext, device_id: str) -> Device:
    """Returns the device. Raises Seam's 404 if this workspace has no such device."""
    device = by_id(ctx, device_id)
    if device is None:
        raise not_found({"device_id": device_id})
    return device


def by_name(
    ctx: RequestContext,
    name: str,
    state: str,
    where: Callable[[Device], bool] = lambda device: True,
) -> Device | None:
    """Returns the oldest device with this name in this state that ``where`` accepts, or None.

    Devices that the caller may see come first.
    """
    named = ctx.store.find(DEVICES, ("name", ctx.workspace_id, name))
    devices = [device for device in named if device.state == state and where(device)]
    return next((device for device in devices if visible(ctx, device)), next(iter(devices), None))


def not_found(data: Mapping[str, Any] | None = None) -> ApiError:
    return ApiError(404, "device_not_found", "Device not found", data=data)


def check_visible(ctx: RequestContext, device: Device) -> None:
    """Raises ``ApiError`` for a device that the caller may not see."""
    if not visible(ctx, device):
        raise ApiError(401, "unauthorized", "Not authorized to view this device")


def list_devices(
    ctx: RequestContext,
    shown: Callable[[RequestContext, Device], Shown],
    state: str,
    limit: int,
    page_cursor: str | None,
    where: Callable[[Device], bool] = lambda device: True,
) -> Paged:
    """Returns a page of the devices in this state that meet every filter sent, oldest first.

    ``where`` is a condition of the list itself.
    """
    has = filter_pairs(ctx.params.get("custom_metadata_has"))
    meets = _filter(ctx.params)
    workspace_id = ctx.workspace_id
    within: list[Hashable] = [("state", workspace_id, state), *by_metadata(workspace_id, has)]
    for index, name in (
        ("connected_account_id", "connected_account_id"),
        ("type", "device_type"),
        ("manufacturer", "manufacturer"),
        ("customer", "customer_key"),
    ):
        if name in ctx.params:
            within.append((index, workspace_id, ctx.params[name]))
    return list_page(
        ctx,
        DEVICES,
        shown,
        within=within,
        limits=_limits(ctx),
        where=lambda device: (
            where(device)
            and visible(ctx, device)
            and matches(device.custom_metadata, has)
            and meets(device)
        ),
        limit=limit,
        page_cursor=page_cursor,
    )


def _limits(ctx: RequestContext) -> list[set[str]]:
    """Returns the sets of ids that the session and the filters by id allow."""
    sent = ctx.params
    limits: list[set[str]] = []
    if "device_ids" in sent:
        limits.append(set(sent["device_ids"]))
    if "connected_account_ids" in sent:
        limits.append(_of_accounts(ctx, sent["connected_account_ids"]))
    if "connect_webview_id" in sent:
        webview = ctx.get(WEBVIEWS, sent["connect_webview_id"])
        account_id = None if webview is None else webview.connected_account_id
        limits.append(_of_accounts(ctx, filter(None, [account_id])))
    if "user_identifier_key" in sent:
        accounts = of_user(ctx, sent["user_identifier_key"], "connected_account_ids")
        limits.append(_of_accounts(ctx, accounts))
    if ctx.session is not None and ctx.session.customer_key is None:
        limits.append(_of_accounts(ctx, ctx.session.connected_account_ids))
    for name in ("space_id", "unstable_location_id"):  # the latter is the former's old name
        if sent.get(name) is not None:
            limits.append(devices_in(ctx, sent[name]))
    return limits


def _of_accounts(ctx: RequestContext, account_ids: Iterable[str]) -> set[str]:
    return {
        device.device_id
        for account_id in account_ids
        for device in ctx.store.find(
            DEVICES, ("connected_account_id", ctx.workspace_id, account_id)
        )
    }


def _filter(sent: Mapping[str, Any]) -> Callable[[Device], bool]:
    """Returns a function that says whether a device meets the filters that have no index."""
    types, search = sent.get("device_types"), sent.get("search")
    include, exclude = set(sent.get("include_if", ())), set(sent.get("exclude_if", ()))
    before = None
    if "created_before" in sent:
        before = format_timestamp(to_ms(sent["created_before"], up=True))

    def meets(device: Device) -> bool:
        return (
            (types is None or device.device_type in types)
            and (before is None or device.created_at < before)
            and include.issubset(device.flags)
            and exclude.isdisjoint(device.flags)
            and (search is None or _contains(device, search))
        )

    return meets


def _contains(device: Device, search: str) -> bool:
    has_id = len(search) >= SHORTEST_ID_PREFIX and device.device_id.startswith(search.lower())
    place = (device.location or {}).get("location_name")
    texts = (device.connected_account_id, display_name(device), place)
    return has_id or contains(search, texts, device.custom_metadata)
