"""What there is to see in a fake, kind by kind: how it is counted, gone through and shown."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from ..api import connect_webviews, connected_accounts, device_object, workspaces
from ..api.call import Call
from ..api.deliveries import WebhookDelivery, signed_headers
from ..api.events import show as show_event
from ..api.lifecycle import WEBVIEW
from ..api.providers import PROVIDERS
from ..api.records import ConnectedAccount, ConnectWebview, Delivery, Device, Event, Workspace
from ..api.tables import (
    ACCOUNTS,
    API_KEYS,
    DELIVERIES,
    DEVICES,
    EVENTS,
    WEBHOOKS,
    WEBVIEWS,
)
from ..core.store import Kind
from ..journal import LoggedRequest

__all__ = ["SECTIONS", "Section", "View"]


@dataclass(frozen=True)
class View:
    """Who looks, and at which workspaces."""

    call: Call
    workspaces: Sequence[Workspace]

    @cached_property
    def inside(self) -> Mapping[str, Call]:
        """The call as seen from each of the workspaces, by its id."""
        return {one.workspace_id: self.call.inside(one) for one in self.workspaces}


@dataclass(frozen=True)
class Section:
    """One kind of thing: how many there are, their handles from the newest on, and one of them."""

    count: Callable[[View], int]
    newest: Callable[[View], Iterator[Any]]
    show: Callable[[View, Any], dict[str, Any]]


def _of_table(kind: Kind[Any], show: Callable[[Call, Any], dict[str, Any]]) -> Section:
    """The records of a table that has an index by workspace."""

    def buckets(view: View) -> list[Sequence[tuple[str, int, str]]]:
        store = view.call.store
        return [store.bucket(kind, ("workspace", one.workspace_id)) for one in view.workspaces]

    def newest(view: View) -> Iterator[str]:
        entries = heapq.merge(*map(reversed, buckets(view)), reverse=True)
        return (key for *_, key in entries)

    def shown(view: View, key: str) -> dict[str, Any]:
        record = view.call.store.get(kind, key)
        if record is None:
            raise RuntimeError(f"{key} is in an index of {kind.name}, and nowhere else")
        return show(view.inside[record.workspace_id], record)

    return Section(lambda view: sum(map(len, buckets(view))), newest, shown)


def _workspace(view: View, workspace: Workspace) -> dict[str, Any]:
    call = view.inside[workspace.workspace_id]
    index = ("workspace", workspace.workspace_id)
    kinds = (WEBVIEWS, ACCOUNTS, DEVICES, EVENTS, WEBHOOKS, DELIVERIES)
    return {
        "workspace": workspaces.show(call, workspace),
        "created_at": workspace.created_at,
        "api_keys": [key.token for key in call.store.find(API_KEYS, index)],
        "counts": {kind.name: len(call.store.bucket(kind, index)) for kind in kinds},
    }


def _webview(call: Call, webview: ConnectWebview) -> dict[str, Any]:
    return {
        "connect_webview": connect_webviews.show(call, webview),
        "state": webview.state,
        "can_be_completed": "login" in WEBVIEW.legal(webview.state),
        "connected_account": _named_account(call, webview.connected_account_id),
    }


def _account(call: Call, account: ConnectedAccount) -> dict[str, Any]:
    index = ("account", call.workspace_id, account.connected_account_id)
    return {
        "connected_account": connected_accounts.show(call, account),
        "workspace_id": account.workspace_id,
        "state": account.state,
        "devices": len(call.store.bucket(DEVICES, index)),
    }


def _device(call: Call, device: Device) -> dict[str, Any]:
    return {
        "device": device_object.show(call, device),
        "connected_account": _named_account(call, device.connected_account_id),
    }


def _event(call: Call, event: Event) -> dict[str, Any]:
    return {"event": show_event(event), "about": _about(call, event)}


def _about(call: Call, event: Event) -> list[dict[str, Any]]:
    """What the event is about, by the names that things have now."""
    webview_id, account_id, device_id = (
        event.payload.get(name)
        for name in ("connect_webview_id", "connected_account_id", "device_id")
    )
    found = []
    if device_id is not None:
        device = call.store.get(DEVICES, device_id)
        name = None if device is None else device_object.display_name(device)
        found.append({"kind": "device", "id": device_id, "name": name})
    account = _named_account(call, account_id)
    if account is not None:
        name = account["display_name"]
        found.append({"kind": "account", "id": account_id, "name": name})
    if webview_id is not None:
        found.append({"kind": "webview", "id": webview_id, "name": None})
    return found


def _named_account(call: Call, account_id: str | None) -> dict[str, Any] | None:
    """The name and the brand of an account; without them if it has been deleted."""
    if account_id is None:
        return None
    account = call.store.get(ACCOUNTS, account_id)
    name, brand = None, None
    if account is not None:
        name = connected_accounts.show(call, account)["display_name"]
        brand = PROVIDERS[account.provider].display_name
    return {"connected_account_id": account_id, "display_name": name, "brand": brand}


def _delivery(call: Call, kept: Delivery) -> dict[str, Any]:
    """The delivery with the headers of each of its attempts, or of the first one to come."""
    shown = WebhookDelivery.of(kept)
    return {
        "message_id": kept.message_id,
        "webhook_id": kept.webhook_id,
        "workspace_id": kept.workspace_id,
        "event_id": kept.event_id,
        "event_type": shown.event["event_type"],
        "created_at": kept.created_at,
        "url": kept.url,
        "state": kept.state,
        "headers": shown.headers,
        "body": kept.body,
        "attempts": [
            {**asdict(attempt), "headers": signed_headers(kept, attempt.signed_at)}
            for attempt in shown.attempts
        ],
    }


def _request(view: View, request: LoggedRequest) -> dict[str, Any]:
    return request.shown()


# In the order of the page. The journal does not know which workspace a request was for.
SECTIONS: Mapping[str, Section] = {
    "workspaces": Section(
        count=lambda view: len(view.workspaces),
        newest=lambda view: reversed(view.workspaces),
        show=_workspace,
    ),
    "webviews": _of_table(WEBVIEWS, _webview),
    "accounts": _of_table(ACCOUNTS, _account),
    "devices": _of_table(DEVICES, _device),
    "events": _of_table(EVENTS, _event),
    "deliveries": _of_table(DELIVERIES, _delivery),
    "requests": Section(
        count=lambda view: len(view.call.world.journal.requests),
        newest=lambda view: reversed(tuple(view.call.world.journal.requests)),
        show=_request,
    ),
}
