"""The sections of the inspection page: one for each record type that names one, and requests.

A section counts its records or requests, lists them from the newest on, and shows one of them.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from ..api.access_codes.record import ACCESS_CODES, AccessCode
from ..api.connect_webviews.login.providers import PROVIDERS
from ..api.connect_webviews.record import WEBVIEWS, ConnectWebview
from ..api.connected_accounts import endpoints as connected_accounts
from ..api.connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..api.devices.record import DEVICES, Device
from ..api.devices.shape import display_name
from ..api.events.record import EVENTS, Event
from ..api.events.shape import to_json
from ..api.lifecycle import WEBVIEW
from ..api.locks.bolt import is_locked
from ..api.record_functions import record_function
from ..api.record_types import RECORD_TYPES
from ..api.webhooks.deliveries import WebhookDelivery
from ..api.webhooks.record import DELIVERIES, WEBHOOKS, Delivery
from ..api.webhooks.signature import signed_headers
from ..api.workspaces.record import API_KEYS, WORKSPACES, Workspace
from ..core.record_types import RecordType
from .context import ControlContext

__all__ = ["SECTIONS", "Section", "View"]

Details = dict[str, Any]


@dataclass(frozen=True)
class View:
    """A look at the inspection page: the context, and the workspaces that it shows."""

    ctx: ControlContext
    workspaces: Sequence[Workspace]

    @cached_property
    def in_workspace(self) -> Mapping[str, ControlContext]:
        """The context in each of the workspaces, by its id."""
        return {one.workspace_id: self.ctx.in_workspace(one) for one in self.workspaces}


@dataclass(frozen=True)
class Section:
    """One section of the page.

    ``count`` returns the number of its rows, ``newest`` their handles from the newest on, and
    ``show`` the row of a handle.
    """

    count: Callable[[View], int]
    newest: Callable[[View], Iterator[Any]]
    show: Callable[[View, Any], Details]


def _records_section(record_type: RecordType[Any]) -> Section:
    """Returns the section of a record type whose index has the workspace."""
    details = _DETAILS[record_type.name]

    def buckets(view: View) -> list[Sequence[tuple[str, int, str]]]:
        store = view.ctx.store
        return [
            store.bucket(record_type, ("workspace", one.workspace_id)) for one in view.workspaces
        ]

    def newest(view: View) -> Iterator[str]:
        entries = heapq.merge(*map(reversed, buckets(view)), reverse=True)
        return (key for *_, key in entries)

    def show(view: View, key: str) -> Details:
        record = view.ctx.store.get(record_type, key)
        if record is None:
            raise RuntimeError(f"{key} is in an index of {record_type.name}, and nowhere else")
        ctx = view.in_workspace[record.workspace_id]
        return {**_shown_by_api(ctx, record_type, record), **details(ctx, record)}

    return Section(lambda view: sum(map(len, buckets(view))), newest, show)


def _shown_by_api(ctx: ControlContext, record_type: RecordType[Any], record: Any) -> Details:
    """Returns the record as the API shows it, under its noun; nothing if it has neither."""
    if record_type.noun is None or record_type.shown_by is None:
        return {}
    return {record_type.noun: record_function(record_type.shown_by)(ctx, record)}


# What the page shows of a record in addition to the API's form of it


def _webview(ctx: ControlContext, webview: ConnectWebview) -> Details:
    return {
        "state": webview.state,
        "can_be_completed": "login" in WEBVIEW.legal(webview.state),
        "connected_account": _account_link(ctx, webview.connected_account_id),
    }


def _account(ctx: ControlContext, account: ConnectedAccount) -> Details:
    index = ("connected_account_id", ctx.workspace_id, account.connected_account_id)
    return {
        "workspace_id": account.workspace_id,
        "state": account.state,
        "devices": len(ctx.store.bucket(DEVICES, index)),
    }


def _device(ctx: ControlContext, device: Device) -> Details:
    index = ("device_id", ctx.workspace_id, device.device_id)
    return {
        "connected_account": _account_link(ctx, device.connected_account_id),
        "lock": {"is_locked": is_locked(device)} if _is_lock(device) else None,
        "is_held": device.is_held,
        "takes_codes": "access_code" in device.capabilities_supported,
        "access_codes": len(ctx.store.bucket(ACCESS_CODES, index)),
    }


def _is_lock(device: Device) -> bool:
    return "lock" in device.capabilities_supported


def _access_code(ctx: ControlContext, code: AccessCode) -> Details:
    device = ctx.store.get(DEVICES, code.device_id)
    return {
        "state": code.state,
        "device_name": None if device is None else display_name(device),
        "has_keypad": device is not None and _is_lock(device),
        "is_on_device": code.held is not None,
    }


def _event(ctx: ControlContext, event: Event) -> Details:
    return {"event": to_json(event), "about": _subjects(ctx, event)}


def _subjects(ctx: ControlContext, event: Event) -> list[Details]:
    """Returns the records that the event is about, with the names that they have now."""
    webview_id, account_id, device_id, code_id = (
        event.payload.get(name)
        for name in ("connect_webview_id", "connected_account_id", "device_id", "access_code_id")
    )
    subjects = []
    if code_id is not None:
        code = ctx.store.get(ACCESS_CODES, code_id)
        name = None if code is None else code.name
        subjects.append({"kind": "access_code", "id": code_id, "name": name})
    if device_id is not None:
        device = ctx.store.get(DEVICES, device_id)
        name = None if device is None else display_name(device)
        subjects.append({"kind": "device", "id": device_id, "name": name})
    account = _account_link(ctx, account_id)
    if account is not None:
        name = account["display_name"]
        subjects.append({"kind": "account", "id": account_id, "name": name})
    if webview_id is not None:
        subjects.append({"kind": "webview", "id": webview_id, "name": None})
    return subjects


def _account_link(ctx: ControlContext, account_id: str | None) -> Details | None:
    """Returns an account's id, name and brand; no name and brand if it was deleted."""
    if account_id is None:
        return None
    account = ctx.store.get(ACCOUNTS, account_id)
    name, brand = None, None
    if account is not None:
        name = connected_accounts.show(ctx, account)["display_name"]
        brand = PROVIDERS[account.provider].display_name
    return {"connected_account_id": account_id, "display_name": name, "brand": brand}


def _delivery(ctx: ControlContext, stored: Delivery) -> Details:
    """Returns the delivery with the headers of each attempt, or of the first one to come."""
    delivery = WebhookDelivery.of(stored)
    return {
        "message_id": stored.message_id,
        "webhook_id": stored.webhook_id,
        "workspace_id": stored.workspace_id,
        "event_id": stored.event_id,
        "event_type": delivery.event["event_type"],
        "created_at": stored.created_at,
        "url": stored.url,
        "state": stored.state,
        "headers": delivery.headers,
        "body": stored.body,
        "attempts": [
            {**asdict(attempt), "headers": signed_headers(stored, attempt.signed_at)}
            for attempt in delivery.attempts
        ],
    }


_DETAILS: dict[str, Callable[[ControlContext, Any], Details]] = {
    WEBVIEWS.name: _webview,
    ACCOUNTS.name: _account,
    DEVICES.name: _device,
    ACCESS_CODES.name: _access_code,
    EVENTS.name: _event,
    DELIVERIES.name: _delivery,
}


# The sections of what has no workspace


def _workspace(view: View, workspace: Workspace) -> Details:
    ctx = view.in_workspace[workspace.workspace_id]
    index = ("workspace", workspace.workspace_id)
    counted = (WEBVIEWS, ACCOUNTS, DEVICES, ACCESS_CODES, EVENTS, WEBHOOKS, DELIVERIES)
    return {
        **_shown_by_api(ctx, WORKSPACES, workspace),
        "created_at": workspace.created_at,
        "api_keys": [key.token for key in ctx.store.find(API_KEYS, index)],
        "counts": {one.name: len(ctx.store.bucket(one, index)) for one in counted},
    }


_WORKSPACES = Section(
    count=lambda view: len(view.workspaces),
    newest=lambda view: reversed(view.workspaces),
    show=_workspace,
)
# The journal does not know which workspace a request was for.
_REQUESTS = Section(
    count=lambda view: len(view.ctx.runtime.journal.requests),
    newest=lambda view: reversed(tuple(view.ctx.runtime.journal.requests)),
    show=lambda view, request: dict(request.to_json()),
)

# In the order of the page.
SECTIONS: Mapping[str, Section] = {
    **{
        one.section: _WORKSPACES if one is WORKSPACES else _records_section(one)
        for one in RECORD_TYPES
        if one.section is not None
    },
    "requests": _REQUESTS,
}
