"""The types of what control endpoints return, for the OpenAPI document.

Objects that Seam has are those of ``fakeseam.types``; here are the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

from ..schema.endpoint import Endpoint
from ..types import AccessCode, ConnectedAccount, ConnectWebview, Event, Workspace

__all__ = ["ErrorData", "response_type"]


class Answer(TypedDict):
    """An answer that a test has given for an endpoint that fakeseam does not implement."""

    answer_id: int
    route: str


class Fault(TypedDict):
    """A fault; ``latency`` and ``retry_after`` are in seconds, ``times`` is null for no end."""

    fault_id: int
    route: str
    resource: str | None
    workspace_id: str | None
    status: int | None
    kind: str | None
    when: str
    latency: float
    retry_after: int | None
    times: int | None
    after: int
    probability: float
    hits: int
    is_over: bool


class LoggedRequest(TypedDict):
    """A request of the app and its result; ``status`` is null if a fault left no response."""

    method: str
    path: str
    status: int | None
    request_id: str
    at: str
    error: str | None
    fault: str | None
    params: dict[str, Any]


class DeliveryAttempt(TypedDict):
    """One try to deliver; ``status`` is null if the receiver did not respond."""

    at: str
    signed_at: int
    status: int | None
    response_body: str | None
    error: str | None
    traceback: str | None


class Delivery(TypedDict):
    """One event for one webhook: what is sent, and the attempts so far."""

    url: str
    headers: dict[str, str]
    body: str
    event: Event
    attempts: list[DeliveryAttempt]
    state: str
    message_id: str
    webhook_id: str


class TimelineEntry(TypedDict):
    """A request, control call or delivery attempt, with its changes."""

    at: str
    what: str
    changes: list[str]


class WorkspaceKey(TypedDict):
    """A workspace's id and an API key of it."""

    workspace_id: str
    api_key: str


class NewWorkspace(Workspace):
    """A workspace with its first API key."""

    api_key: str


class Dump(TypedDict):
    """The state of a fake, to be loaded later."""

    fakeseam_schema: int
    seed: int
    workspace_id: str
    api_key: str
    store: dict[str, Any]


class WorkspaceName(TypedDict):
    workspace_id: str
    name: str


class Rows(TypedDict):
    """One page of a section of the inspection page."""

    total: int
    page: int
    pages: int
    rows: list[dict[str, Any]]


class Inspection(TypedDict):
    """What the inspection page shows."""

    now: str
    seed: int
    show: str
    search: str
    workspace_id: str | None
    workspaces: list[WorkspaceName]
    counts: dict[str, int]
    strict_violations: list[str]
    sections: dict[str, Rows]


class ErrorData(TypedDict):
    """The data of an error. A failed login has its code, and where its page would redirect to."""

    error_code: NotRequired[str]
    redirect_url: NotRequired[str | None]


_TYPES: Mapping[str, Any] = {
    "access_code": AccessCode,
    "answer": Answer,
    "connect_webview": ConnectWebview,
    "connected_account": ConnectedAccount,
    "deliveries": list[Delivery],
    "delivery": Delivery,
    "dump": Dump,
    "event": Event,
    "events": list[Event],
    "fault": Fault,
    "faults": list[Fault],
    "inspection": Inspection,
    "now": str,
    "outcome": str,
    "redirect_url": str | None,
    "request": LoggedRequest,
    "requests": list[LoggedRequest],
    "snapshot_id": str,
    "timeline": list[TimelineEntry],
    "token": str,
    "workspace": WorkspaceKey,
}
_EXCEPTIONS: Mapping[tuple[str, str], Any] = {
    ("/_fakeseam/create_workspace", "workspace"): NewWorkspace
}


def response_type(endpoint: Endpoint, key: str) -> Any:
    """Returns the type of a member of an endpoint's response; ``KeyError`` for an unknown one."""
    return _EXCEPTIONS.get((endpoint.path, key)) or _TYPES[key]
