"""The shapes of Seam's objects, as plain dicts: what ``FakeSeam`` returns.

Members that are not always there are ``NotRequired``.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

__all__ = [
    "ActionAttempt",
    "Body",
    "ClientSession",
    "ConnectWebview",
    "ConnectedAccount",
    "Device",
    "Event",
    "Metadata",
    "Pagination",
    "Trouble",
    "Workspace",
]

Metadata = dict[str, str | bool]


class Trouble(TypedDict):
    """An error or a warning of an account or a device."""

    created_at: str
    message: str
    error_code: NotRequired[str]
    warning_code: NotRequired[str]
    is_connected_account_error: NotRequired[bool]
    is_bridge_error: NotRequired[bool]
    is_device_error: NotRequired[bool]


class ConnectWebview(TypedDict):
    connect_webview_id: str
    workspace_id: str
    created_at: str
    url: str
    status: str
    login_successful: bool
    authorized_at: str | None
    connected_account_id: str | None
    selected_provider: str | None
    accepted_providers: list[str]
    accepted_capabilities: list[str]
    accepted_devices: list[str]
    any_device_allowed: bool
    any_provider_allowed: bool
    custom_redirect_url: str | None
    custom_redirect_failure_url: str | None
    custom_metadata: Metadata
    automatically_manage_new_devices: bool
    wait_for_device_creation: bool
    device_selection_mode: str
    customer_key: NotRequired[str]


class ConnectedAccount(TypedDict):
    connected_account_id: str
    account_type: str
    account_type_display_name: str
    display_name: str
    user_identifier: dict[str, str]
    image_url: str
    created_at: str
    automatically_manage_new_devices: bool
    accepted_capabilities: list[str]
    custom_metadata: Metadata
    errors: list[Trouble]
    warnings: list[Trouble]
    customer_key: NotRequired[str]


class Device(TypedDict):
    device_id: str
    device_type: str
    workspace_id: str
    connected_account_id: str
    created_at: str
    display_name: str
    capabilities_supported: list[str]
    properties: dict[str, object]
    is_managed: bool
    custom_metadata: Metadata
    space_ids: list[str]
    errors: list[Trouble]
    warnings: list[Trouble]
    nickname: NotRequired[str]


class Event(TypedDict):
    event_id: str
    event_type: str
    workspace_id: str
    created_at: str
    occurred_at: str
    connect_webview_id: NotRequired[str]
    connected_account_id: NotRequired[str]
    connected_account_custom_metadata: NotRequired[Metadata]
    connected_account_errors: NotRequired[list[Trouble]]
    connected_account_warnings: NotRequired[list[Trouble]]
    connected_account_type: NotRequired[str]
    customer_key: NotRequired[str]
    device_id: NotRequired[str]
    device_custom_metadata: NotRequired[Metadata]
    device_errors: NotRequired[list[Trouble]]
    device_warnings: NotRequired[list[Trouble]]
    device_name: NotRequired[str]
    error_code: NotRequired[str]
    client_session_id: NotRequired[str]


class ClientSession(TypedDict):
    client_session_id: str
    workspace_id: str
    created_at: str
    expires_at: str
    token: str
    user_identifier_key: str | None
    device_count: int
    connected_account_ids: list[str]
    connect_webview_ids: list[str]
    user_identity_ids: list[str]
    user_identity_id: NotRequired[str]
    customer_key: NotRequired[str]


class Workspace(TypedDict):
    workspace_id: str
    name: str
    company_name: str
    connect_partner_name: str | None
    is_sandbox: bool
    is_suspended: bool
    is_publishable_key_auth_enabled: bool
    organization_id: str | None
    publishable_key: str
    connect_webview_customization: dict[str, str]


class ActionAttempt(TypedDict):
    action_attempt_id: str
    action_type: str
    status: str
    result: dict[str, object]
    error: dict[str, object] | None


class Pagination(TypedDict):
    has_next_page: bool
    next_page_cursor: str | None
    next_page_url: str | None


class Body(TypedDict):
    """What ``fake.call`` returns: ``ok``, and the one key that the endpoint answers with.

    The other keys are listed so that ``fake.call(...)["connect_webview"]["url"]`` is known
    to be text; asking for one that this endpoint does not have is a ``KeyError``.
    """

    ok: bool
    action_attempt: ActionAttempt
    action_attempts: list[ActionAttempt]
    client_session: ClientSession
    client_sessions: list[ClientSession]
    connect_webview: ConnectWebview
    connect_webviews: list[ConnectWebview]
    connected_account: ConnectedAccount
    connected_accounts: list[ConnectedAccount]
    device: Device
    devices: list[Device]
    event: Event
    events: list[Event]
    pagination: Pagination
    workspace: Workspace
    workspaces: list[Workspace]
