"""The types of Seam's objects as plain dicts, which ``FakeSeam`` returns.

Members that an object may lack are ``NotRequired``.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

__all__ = [
    "AccessCode",
    "ActionAttempt",
    "Body",
    "ClientSession",
    "ConnectWebview",
    "ConnectedAccount",
    "CustomerPortal",
    "Device",
    "DeviceProvider",
    "ErrorOrWarning",
    "Event",
    "GeneratedCode",
    "Metadata",
    "Pagination",
    "PendingMutation",
    "Space",
    "UserIdentity",
    "Webhook",
    "Workspace",
]

Metadata = dict[str, str | bool]


class ErrorOrWarning(TypedDict):
    """An entry in the errors or warnings of an account or a device."""

    created_at: str
    message: str
    error_code: NotRequired[str]
    warning_code: NotRequired[str]
    is_connected_account_error: NotRequired[bool]
    is_bridge_error: NotRequired[bool]
    is_device_error: NotRequired[bool]
    salto_ks_metadata: NotRequired[dict[str, object]]
    is_access_code_error: NotRequired[bool]
    unmanaged_access_code_id: NotRequired[str]
    managed_access_code_id: NotRequired[str]
    change_type: NotRequired[str]
    modified_fields: NotRequired[list[dict[str, str | None]]]
    active_access_code_count: NotRequired[int]
    max_active_access_code_count: NotRequired[int]


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
    errors: list[ErrorOrWarning]
    warnings: list[ErrorOrWarning]
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
    errors: list[ErrorOrWarning]
    warnings: list[ErrorOrWarning]
    location: NotRequired[dict[str, str]]
    space_ids: NotRequired[list[str]]
    nickname: NotRequired[str]


class DeviceProvider(TypedDict):
    """A device provider; it also has the ``can_...`` flags that are true."""

    device_provider_name: str
    display_name: str
    image_url: str
    provider_categories: list[str]


# ``from`` is a word of Python's own.
_Change = TypedDict(
    "_Change",
    {"from": NotRequired[dict[str, str | None]], "to": NotRequired[dict[str, str | None]]},
)


class PendingMutation(_Change):
    """What Seam is yet to do at the device."""

    mutation_code: str
    created_at: str
    message: str
    scheduled_at: NotRequired[str]


class Event(_Change):
    event_id: str
    event_type: str
    workspace_id: str
    created_at: str
    occurred_at: str
    event_description: str
    connect_webview_id: NotRequired[str]
    connected_account_id: NotRequired[str]
    connected_account_custom_metadata: NotRequired[Metadata]
    connected_account_errors: NotRequired[list[ErrorOrWarning]]
    connected_account_warnings: NotRequired[list[ErrorOrWarning]]
    connected_account_type: NotRequired[str]
    customer_key: NotRequired[str]
    device_id: NotRequired[str]
    device_custom_metadata: NotRequired[Metadata]
    device_errors: NotRequired[list[ErrorOrWarning]]
    device_warnings: NotRequired[list[ErrorOrWarning]]
    device_name: NotRequired[str | None]
    error_code: NotRequired[str]
    space_id: NotRequired[str]
    space_key: NotRequired[str]
    device_ids: NotRequired[list[str]]
    acs_entrance_ids: NotRequired[list[str]]
    client_session_id: NotRequired[str]
    access_code_errors: NotRequired[list[ErrorOrWarning]]
    access_code_id: NotRequired[str]
    access_code_is_managed: NotRequired[bool]
    access_code_warnings: NotRequired[list[ErrorOrWarning]]
    access_grant_id: NotRequired[str]
    access_grant_ids: NotRequired[list[str]]
    access_grant_key: NotRequired[str]
    access_grant_keys: NotRequired[list[str]]
    access_method_id: NotRequired[str]
    accessory_keypad_battery_level: NotRequired[float]
    acs_access_group_id: NotRequired[str]
    acs_credential_id: NotRequired[str]
    acs_encoder_id: NotRequired[str]
    acs_entrance_id: NotRequired[str]
    acs_system_errors: NotRequired[list[ErrorOrWarning]]
    acs_system_id: NotRequired[str]
    acs_system_warnings: NotRequired[list[ErrorOrWarning]]
    acs_user_id: NotRequired[str]
    action_attempt_id: NotRequired[str]
    action_type: NotRequired[str]
    activation_reason: NotRequired[str]
    backup_access_code_id: NotRequired[str]
    battery_level: NotRequired[float]
    battery_source: NotRequired[str]
    battery_status: NotRequired[str]
    change_reason: NotRequired[str]
    changed_properties: NotRequired[list[dict[str, object]]]
    climate_preset_key: NotRequired[str]
    code: NotRequired[str | None]
    cooling_set_point_celsius: NotRequired[float]
    cooling_set_point_fahrenheit: NotRequired[float]
    description: NotRequired[str]
    desired_temperature_celsius: NotRequired[float]
    desired_temperature_fahrenheit: NotRequired[float]
    device_battery_level: NotRequired[float]
    ends_at: NotRequired[str]
    enrollment_automation_id: NotRequired[str]
    error_message: NotRequired[str]
    fan_mode_setting: NotRequired[str]
    heating_set_point_celsius: NotRequired[float]
    heating_set_point_fahrenheit: NotRequired[float]
    hvac_mode_setting: NotRequired[str]
    image_url: NotRequired[str]
    is_backup_code: NotRequired[bool]
    is_fallback_climate_preset: NotRequired[bool]
    is_via_bluetooth: NotRequired[bool]
    is_via_nfc: NotRequired[bool]
    lower_limit_celsius: NotRequired[float | None]
    lower_limit_fahrenheit: NotRequired[float | None]
    media_ids: NotRequired[list[str]]
    method: NotRequired[str]
    minut_metadata: NotRequired[dict[str, object]]
    missing_device_ids: NotRequired[list[str]]
    motion_sub_type: NotRequired[str]
    noise_level_decibels: NotRequired[float]
    noise_level_nrs: NotRequired[float]
    noise_threshold_id: NotRequired[str]
    noise_threshold_name: NotRequired[str]
    noiseaware_metadata: NotRequired[dict[str, object]]
    reason: NotRequired[dict[str, object]]
    requested_mutations: NotRequired[list[dict[str, object]]]
    starts_at: NotRequired[str]
    status: NotRequired[str]
    temperature_celsius: NotRequired[float]
    temperature_fahrenheit: NotRequired[float]
    thermostat_schedule_id: NotRequired[str | None]
    upper_limit_celsius: NotRequired[float | None]
    upper_limit_fahrenheit: NotRequired[float | None]
    user_identity_id: NotRequired[str]
    video_url: NotRequired[str]


class Space(TypedDict):
    space_id: str
    workspace_id: str
    created_at: str
    name: str
    display_name: str
    device_count: int
    acs_entrance_count: int
    warnings: list[ErrorOrWarning]
    space_key: NotRequired[str]
    customer_key: NotRequired[str]
    customer_data: NotRequired[dict[str, str]]
    geolocation: NotRequired[dict[str, float]]
    parent_space_id: NotRequired[str]
    parent_space_key: NotRequired[str]


class UserIdentity(TypedDict):
    user_identity_id: str
    workspace_id: str
    created_at: str
    user_identity_key: str | None
    email_address: str | None
    phone_number: str | None
    full_name: str | None
    display_name: str
    merged_user_identity_ids: list[str]
    merged_user_identity_keys: list[str]
    acs_user_ids: list[str]
    errors: list[ErrorOrWarning]
    warnings: list[ErrorOrWarning]


class CustomerPortal(TypedDict):
    customer_key: str
    workspace_id: str
    created_at: str
    expires_at: str
    url: str


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


class Webhook(TypedDict):
    webhook_id: str
    url: str
    event_types: list[str]
    secret: str


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


class AccessCode(TypedDict):
    """A managed or unmanaged code; an unmanaged one lacks what only Seam's own codes have."""

    access_code_id: str
    device_id: str
    workspace_id: str
    created_at: str
    name: str | None
    code: str | None
    type: str
    starts_at: str | None
    ends_at: str | None
    status: str
    display_status: str
    is_managed: bool
    errors: list[ErrorOrWarning]
    warnings: list[ErrorOrWarning]
    common_code_key: NotRequired[str | None]
    is_external_modification_allowed: NotRequired[bool]
    is_offline_access_code: NotRequired[bool]
    is_one_time_use: NotRequired[bool]
    is_backup_access_code_available: NotRequired[bool]
    pending_mutations: NotRequired[list[PendingMutation]]
    is_scheduled_on_device: NotRequired[bool]
    is_waiting_for_code_assignment: NotRequired[bool]
    is_backup: NotRequired[bool]
    pulled_backup_access_code_id: NotRequired[str | None]
    cannot_be_managed: NotRequired[bool]
    cannot_delete_unmanaged_access_code: NotRequired[bool]


class GeneratedCode(TypedDict):
    device_id: str
    code: str


class ActionAttempt(TypedDict):
    action_attempt_id: str
    action_type: str
    status: str
    result: dict[str, object] | None
    error: dict[str, object] | None


class Pagination(TypedDict):
    has_next_page: bool
    next_page_cursor: str | None
    next_page_url: str | None


class Body(TypedDict):
    """The envelope that ``fake.call`` returns: ``ok``, and the endpoint's own key.

    It declares the keys of all endpoints, so that type checkers know that
    ``fake.call(...)["connect_webview"]["url"]`` is text. A key of another endpoint raises
    ``KeyError``.
    """

    ok: bool
    access_code: AccessCode
    access_codes: list[AccessCode]
    action_attempt: ActionAttempt
    action_attempts: list[ActionAttempt]
    backup_access_code: AccessCode
    client_session: ClientSession
    client_sessions: list[ClientSession]
    connect_webview: ConnectWebview
    connect_webviews: list[ConnectWebview]
    connected_account: ConnectedAccount
    connected_accounts: list[ConnectedAccount]
    customer_portal: CustomerPortal
    magic_link: CustomerPortal
    device: Device
    device_providers: list[DeviceProvider]
    devices: list[Device]
    event: Event
    events: list[Event]
    generated_code: GeneratedCode
    lock: Device
    locks: list[Device]
    pagination: Pagination
    space: Space
    spaces: list[Space]
    user_identity: UserIdentity
    user_identities: list[UserIdentity]
    webhook: Webhook
    webhooks: list[Webhook]
    workspace: Workspace
    workspaces: list[Workspace]
