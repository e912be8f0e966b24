"""A value that has an effect, for every parameter of the SDK's methods.

The tables of ``test_every_sdk_method.py``; parameters without effect are in
``sdk_inert_parameters.py``, those of access codes in ``sdk_code_parameters.py``.
"""

from __future__ import annotations

from tests.stories import sdk_code_parameters as codes

__all__ = ["BASE", "REFUSED", "REPLACED", "SHOWN_AS", "TURNED_ON", "WITH"]

LATER = "2026-01-01T12:30:00.000Z"
MUCH_LATER = "2026-01-01T13:30:00.000Z"
NOBODY = "00000000-0000-4000-8000-000000000000"


def cursor(path, **sent):
    """The cursor of the second page of a list."""

    def of(fake, ids):
        return fake.call(path, {**sent, "limit": 1})["pagination"]["next_page_cursor"]

    return of


# The parameters that a call needs; all others are added one at a time. "token" names a
# credential other than the key.
BASE = {
    **codes.BASE,
    "/action_attempts/get": lambda ids: {"action_attempt_id": ids.attempt},
    "/client_sessions/delete": lambda ids: {"client_session_id": ids.session},
    "/client_sessions/get": lambda ids: {"client_session_id": ids.session},
    "/client_sessions/grant_access": lambda ids: {
        "client_session_id": ids.session,
        "connected_account_ids": [ids.yale_account],
    },
    "/client_sessions/revoke": lambda ids: {"client_session_id": ids.session},
    "/connect_webviews/delete": lambda ids: {"connect_webview_id": ids.webview},
    "/connect_webviews/get": lambda ids: {"connect_webview_id": ids.webview},
    "/connected_accounts/delete": lambda ids: {"connected_account_id": ids.account},
    "/connected_accounts/get": lambda ids: {"connected_account_id": ids.account},
    "/connected_accounts/simulate/disconnect": lambda ids: {"connected_account_id": ids.account},
    "/connected_accounts/sync": lambda ids: {"connected_account_id": ids.unsynced_account},
    "/connected_accounts/update": lambda ids: {
        "connected_account_id": ids.other_account,
        "display_name": "John",
    },
    "/customers/create_portal": lambda ids: {"customer_data": {"customer_key": "c1"}},
    "/customers/push_data": lambda ids: {"customer_key": "c1"},
    "/devices/get": lambda ids: {"device_id": ids.device},
    "/devices/report_provider_metadata": lambda ids: {"devices": [{"device_id": ids.device}]},
    "/devices/simulate/connect": lambda ids: {"device_id": ids.device},
    "/devices/simulate/connect_to_hub": lambda ids: {"device_id": ids.device},
    "/devices/simulate/disconnect": lambda ids: {"device_id": ids.device},
    "/devices/simulate/disconnect_from_hub": lambda ids: {"device_id": ids.device},
    "/devices/simulate/paid_subscription": lambda ids: {
        "device_id": ids.nuki,
        "is_expired": True,
    },
    "/devices/simulate/remove": lambda ids: {"device_id": ids.device},
    "/devices/unmanaged/get": lambda ids: {"device_id": ids.yale_device},
    "/devices/unmanaged/update": lambda ids: {
        "device_id": ids.yale_device,
        "custom_metadata": {"k": "c"},
    },
    "/devices/update": lambda ids: {
        "device_id": ids.device,
        "backup_access_code_pool_enabled": True,
    },
    "/events/get": lambda ids: {"event_type": "device.added"},
    "/events/list": lambda ids: {"since": "2020-01-01T00:00:00Z"},
    **{
        f"/locks/{verb}": lambda ids: {"device_id": ids.device}
        for verb in ("get", "lock_door", "unlock_door", "simulate/manual_lock_via_keypad")
    },
    "/locks/configure_auto_lock": lambda ids: {
        "device_id": ids.device,
        "auto_lock_enabled": False,
    },
    "/locks/simulate/keypad_code_entry": lambda ids: {"device_id": ids.device, "code": "1111"},
    "/spaces/add_connected_account": lambda ids: {
        "space_id": ids.space,
        "connected_account_id": ids.other_account,
    },
    "/spaces/add_devices": lambda ids: {
        "space_id": ids.space,
        "device_ids": [ids.second_device],
    },
    "/spaces/create": lambda ids: {"name": "East"},
    "/spaces/delete": lambda ids: {"space_id": ids.space},
    "/spaces/get": lambda ids: {"space_id": ids.space},
    "/spaces/remove_connected_account": lambda ids: {
        "space_id": ids.space,
        "connected_account_id": ids.account,
    },
    "/spaces/remove_devices": lambda ids: {"space_id": ids.space, "device_ids": [ids.device]},
    "/spaces/update": lambda ids: {"space_id": ids.space},
    "/user_identities/delete": lambda ids: {"user_identity_id": ids.identity},
    "/user_identities/get": lambda ids: {"user_identity_id": ids.identity},
    "/user_identities/update": lambda ids: {"user_identity_id": ids.identity, "full_name": "Jo"},
    "/webhooks/create": lambda ids: {"url": "https://example.com/three"},
    "/webhooks/delete": lambda ids: {"webhook_id": ids.webhook},
    "/webhooks/get": lambda ids: {"webhook_id": ids.webhook},
    "/webhooks/update": lambda ids: {"webhook_id": ids.webhook, "event_types": ["device.added"]},
    "/workspaces/create": lambda ids: {"name": "Second"},
}

# A value for each parameter: by its name, or by path and name where the name is not enough.
# The test compares it with the same call without it, or with the value in BASE.
TURNED_ON = {
    "accepted_capabilities": lambda ids: ["thermostat"],
    "accepted_providers": lambda ids: ["nest"],
    "action_attempt_ids": lambda ids: [ids.other_attempt],
    "automatically_manage_new_devices": lambda ids: False,
    "backup_access_code_pool_enabled": lambda ids: True,
    "connect_partner_name": lambda ids: "Partner",
    "connect_webview_customization": lambda ids: {"success_message": "Done"},
    "connect_webview_id": lambda ids: ids.other_webview,
    "connect_webview_ids": lambda ids: [ids.other_webview],
    "connected_account_id": lambda ids: ids.other_account,
    "connected_account_ids": lambda ids: [ids.other_account],
    "created_before": lambda ids: LATER,
    "custom_metadata": lambda ids: {"k": "b"},
    "custom_metadata_has": lambda ids: {"k": "a"},
    "customer_data": lambda ids: {"time_zone": "Europe/Paris"},
    "customer_key": lambda ids: "c1",
    "device_id": lambda ids: ids.other_device,
    "device_ids": lambda ids: [ids.other_device],
    "device_type": lambda ids: "nest_thermostat",
    "device_types": lambda ids: ["nest_thermostat"],
    "email": lambda ids: "john@example.com",
    "email_address": lambda ids: "new@example.com",
    "event_id": lambda ids: ids.event,
    "event_ids": lambda ids: [ids.event],
    "event_type": lambda ids: "connected_account.created",
    "event_types": lambda ids: ["connected_account.created"],
    "expires_at": lambda ids: "2027-01-01T00:00:00.000Z",
    "full_name": lambda ids: "Janet",
    "is_managed": lambda ids: False,
    "is_publishable_key_auth_enabled": lambda ids: False,
    "is_sandbox": lambda ids: True,
    "is_suspended": lambda ids: True,
    "limit": lambda ids: 1,
    "manufacturer": lambda ids: "nest",
    "name": lambda ids: "Renamed",
    "organization_id": lambda ids: NOBODY,
    "phone_number": lambda ids: "+15551234567",
    "properties": lambda ids: {"name": "Renamed"},
    "provider_category": lambda ids: "thermostats",
    "search": lambda ids: "john",
    "since": lambda ids: LATER,
    "space_id": lambda ids: ids.other_space,
    "space_ids": lambda ids: [ids.other_space],
    "space_key": lambda ids: "south",
    "unstable_offset": lambda ids: 1,
    "url": lambda ids: "https://example.com/four",
    "user_identifier_key": lambda ids: "u1",
    "user_identity_id": lambda ids: ids.other_identity,
    "user_identity_ids": lambda ids: [ids.other_identity],
    "user_identity_key": lambda ids: "i3",
    "webhook_id": lambda ids: ids.other_webhook,
    ("/action_attempts/get", "action_attempt_id"): lambda ids: ids.other_attempt,
    ("/action_attempts/list", "page_cursor"): cursor("/action_attempts/list"),
    ("/action_attempts/list", "device_id"): lambda ids: ids.device,
    ("/client_sessions/create", "customer_id"): lambda ids: "c3",
    ("/client_sessions/delete", "client_session_id"): lambda ids: ids.other_session,
    ("/client_sessions/get", "client_session_id"): lambda ids: ids.other_session,
    ("/client_sessions/get", "user_identifier_key"): lambda ids: "u2",
    ("/client_sessions/grant_access", "client_session_id"): lambda ids: ids.other_session,
    ("/client_sessions/grant_access", "user_identifier_key"): lambda ids: "u3",
    ("/client_sessions/list", "client_session_id"): lambda ids: ids.other_session,
    ("/client_sessions/list", "connect_webview_id"): lambda ids: ids.webview,
    ("/client_sessions/list", "user_identity_id"): lambda ids: ids.identity,
    ("/client_sessions/list", "without_user_identifier_key"): lambda ids: True,
    ("/client_sessions/revoke", "client_session_id"): lambda ids: ids.other_session,
    ("/connect_webviews/create", "custom_redirect_failure_url"): lambda ids: "https://a.example",
    ("/connect_webviews/create", "custom_redirect_url"): lambda ids: "https://b.example",
    ("/connect_webviews/create", "excluded_providers"): lambda ids: ["august"],
    ("/connect_webviews/create", "wait_for_device_creation"): lambda ids: True,
    ("/connect_webviews/list", "page_cursor"): cursor("/connect_webviews/list"),
    ("/connect_webviews/list", "search"): lambda ids: "nest",
    ("/connected_accounts/list", "page_cursor"): cursor("/connected_accounts/list"),
    ("/connected_accounts/list", "space_id"): lambda ids: ids.space,
    ("/connected_accounts/update", "automatically_manage_new_devices"): lambda ids: False,
    ("/connected_accounts/update", "connected_account_id"): lambda ids: ids.account,
    ("/connected_accounts/update", "display_name"): lambda ids: "Johnny",
    ("/customers/push_data", "customer_key"): lambda ids: "c9",
    ("/customers/push_data", "spaces"): lambda ids: [{"space_key": "s9", "name": "Nine"}],
    ("/customers/push_data", "user_identities"): lambda ids: [
        {"user_identity_key": "i9", "name": "Nina"}
    ],
    ("/customers/create_portal", "customer_data"): lambda ids: {"customer_key": "c9"},
    ("/customers/delete_data", "customer_keys"): lambda ids: ["c1"],
    ("/customers/delete_data", "space_keys"): lambda ids: ["north"],
    ("/customers/delete_data", "user_identity_keys"): lambda ids: ["i1"],
    ("/devices/get", "name"): lambda ids: "BACK DOOR",
    ("/devices/list", "page_cursor"): cursor("/devices/list"),
    ("/devices/list", "search"): lambda ids: "Living",
    ("/devices/list", "space_id"): lambda ids: ids.space,
    ("/devices/list", "unstable_location_id"): lambda ids: ids.space,
    ("/devices/report_provider_metadata", "devices"): lambda ids: [
        {"device_id": ids.omnitec, "omnitec_metadata": {"time_zone": "Europe/Madrid"}}
    ],
    ("/devices/update", "backup_access_code_pool_enabled"): lambda ids: False,
    **{
        (f"/devices/simulate/{what}", "device_id"): lambda ids: ids.second_device
        for what in ("connect", "connect_to_hub", "disconnect", "disconnect_from_hub", "remove")
    },
    ("/devices/simulate/paid_subscription", "device_id"): lambda ids: ids.second_nuki,
    ("/devices/simulate/paid_subscription", "is_expired"): lambda ids: False,
    ("/devices/unmanaged/get", "device_id"): lambda ids: ids.minut_device,
    ("/devices/unmanaged/get", "name"): lambda ids: "Living Room",
    ("/devices/unmanaged/list", "connect_webview_id"): lambda ids: ids.minut_webview,
    ("/devices/unmanaged/list", "connected_account_id"): lambda ids: ids.minut_account,
    ("/devices/unmanaged/list", "connected_account_ids"): lambda ids: [ids.minut_account],
    ("/devices/unmanaged/list", "created_before"): lambda ids: MUCH_LATER,
    ("/devices/unmanaged/list", "device_ids"): lambda ids: [ids.minut_device],
    ("/devices/unmanaged/list", "device_type"): lambda ids: "minut_sensor",
    ("/devices/unmanaged/list", "device_types"): lambda ids: ["minut_sensor"],
    ("/devices/unmanaged/list", "manufacturer"): lambda ids: "minut",
    ("/devices/unmanaged/list", "page_cursor"): cursor("/devices/unmanaged/list"),
    ("/devices/unmanaged/list", "search"): lambda ids: "Living",
    ("/devices/unmanaged/update", "device_id"): lambda ids: ids.minut_device,
    ("/devices/unmanaged/update", "is_managed"): lambda ids: True,
    ("/events/get", "device_id"): lambda ids: ids.device,
    ("/events/get", "event_id"): lambda ids: ids.event,
    ("/events/list", "between"): lambda ids: ["2020-01-01T00:00:00Z", LATER],
    **{
        (f"/locks/{verb}", "device_id"): lambda ids: ids.nuki
        for verb in ("get", "lock_door", "unlock_door")
    },
    **{
        (f"/locks/{verb}", "device_id"): lambda ids: ids.second_device
        for verb in ("simulate/keypad_code_entry", "simulate/manual_lock_via_keypad")
    },
    ("/locks/configure_auto_lock", "auto_lock_delay_seconds"): lambda ids: 20,
    ("/locks/configure_auto_lock", "auto_lock_enabled"): lambda ids: True,
    ("/locks/configure_auto_lock", "device_id"): lambda ids: ids.ttlock,
    ("/locks/get", "name"): lambda ids: "BACK DOOR",
    ("/locks/list", "connect_webview_id"): lambda ids: ids.webview,
    ("/locks/list", "connected_account_id"): lambda ids: ids.account,
    ("/locks/list", "device_type"): lambda ids: "nuki_lock",
    ("/locks/list", "device_types"): lambda ids: ["nuki_lock"],
    ("/locks/list", "manufacturer"): lambda ids: "nuki",
    ("/locks/simulate/keypad_code_entry", "code"): lambda ids: "9999",
    ("/spaces/add_connected_account", "connected_account_id"): lambda ids: ids.yale_account,
    ("/spaces/list", "page_cursor"): cursor("/spaces/list"),
    ("/spaces/get", "space_key"): lambda ids: "south",
    ("/spaces/list", "search"): lambda ids: "South",
    ("/spaces/remove_connected_account", "connected_account_id"): lambda ids: ids.other_account,
    ("/spaces/create", "space_key"): lambda ids: "east",
    ("/spaces/create", "device_ids"): lambda ids: [ids.device],
    ("/spaces/update", "space_key"): lambda ids: "northern",
    ("/user_identities/list", "page_cursor"): cursor("/user_identities/list"),
    ("/user_identities/get", "user_identity_key"): lambda ids: "i2",
    ("/user_identities/list", "search"): lambda ids: "Jane",
    ("/webhooks/update", "event_types"): lambda ids: ["device.removed"],
    ("/workspaces/create", "company_name"): lambda ids: "Company",
    ("/workspaces/create", "webview_logo_shape"): lambda ids: "square",
    ("/workspaces/create", "webview_primary_button_color"): lambda ids: "#ff0000",
    ("/workspaces/create", "webview_primary_button_text_color"): lambda ids: "#00ff00",
    ("/workspaces/create", "webview_success_message"): lambda ids: "Done",
}

# Ids of things that are not implemented: there are no such things and no events about them.
TURNED_ON |= {
    f"{thing}_id{plural}": (lambda ids: [NOBODY]) if plural else (lambda ids: NOBODY)
    for thing in (
        *("access_grant", "access_method", "acs_access_group", "acs_credential"),
        *("acs_encoder", "acs_entrance", "acs_system", "acs_user"),
        "credential_manager_acs_system",
    )
    for plural in ("", "s")
}
TURNED_ON |= codes.TURNED_ON

# A parameter that replaces another one of BASE.
REPLACED = {
    **codes.REPLACED,
    ("/client_sessions/get", "user_identifier_key"): "client_session_id",
    ("/connected_accounts/get", "email"): "connected_account_id",
    ("/devices/get", "name"): "device_id",
    ("/devices/unmanaged/get", "name"): "device_id",
    ("/events/get", "event_id"): "event_type",
    ("/events/list", "between"): "since",
    ("/locks/get", "name"): "device_id",
    ("/spaces/get", "space_key"): "space_id",
    ("/user_identities/get", "user_identity_key"): "user_identity_id",
}

# Parameters of both calls, without which there is no difference.
WITH = {
    **codes.WITH,
    "page_cursor": lambda ids: {"limit": 1},
    ("/locks/configure_auto_lock", "auto_lock_delay_seconds"): lambda ids: {
        "auto_lock_enabled": True,
        "auto_lock_delay_seconds": 30,
    },
    ("/locks/configure_auto_lock", "auto_lock_enabled"): lambda ids: {
        "auto_lock_delay_seconds": 30
    },
}

# Parameters whose effect is that the call is refused.
REFUSED = {
    *codes.REFUSED,
    ("/spaces/create", "acs_entrance_ids"),
    ("/spaces/update", "acs_entrance_ids"),
    ("/user_identities/create", "acs_system_ids"),
}

# Where a value is shown afterwards: parameters that could be confused with one another. The
# second is the call that shows it if the first one returns nothing.
_CUSTOM = "connect_webview_customization"
SHOWN_AS = {
    **codes.SHOWN_AS,
    ("/workspaces/create", "name"): ("name", None),
    ("/workspaces/create", "company_name"): ("company_name", None),
    ("/workspaces/create", "connect_partner_name"): ("connect_partner_name", None),
    ("/workspaces/create", "webview_logo_shape"): (f"{_CUSTOM}.logo_shape", None),
    ("/workspaces/create", "webview_primary_button_color"): (
        f"{_CUSTOM}.primary_button_color",
        None,
    ),
    ("/workspaces/create", "webview_primary_button_text_color"): (
        f"{_CUSTOM}.primary_button_text_color",
        None,
    ),
    ("/workspaces/create", "webview_success_message"): (f"{_CUSTOM}.success_message", None),
    ("/workspaces/update", "name"): ("name", "/workspaces/get"),
    ("/workspaces/update", "connect_partner_name"): ("connect_partner_name", "/workspaces/get"),
    ("/workspaces/update", "organization_id"): ("organization_id", "/workspaces/get"),
    ("/workspaces/update", "is_suspended"): ("is_suspended", "/workspaces/get"),
    ("/workspaces/update", "is_publishable_key_auth_enabled"): (
        "is_publishable_key_auth_enabled",
        "/workspaces/get",
    ),
    ("/connect_webviews/create", "custom_redirect_url"): ("custom_redirect_url", None),
    ("/connect_webviews/create", "custom_redirect_failure_url"): (
        "custom_redirect_failure_url",
        None,
    ),
    ("/connect_webviews/create", "customer_key"): ("customer_key", None),
    ("/connected_accounts/update", "display_name"): ("display_name", "/connected_accounts/get"),
    ("/connected_accounts/update", "customer_key"): ("customer_key", "/connected_accounts/get"),
    ("/devices/update", "name"): ("nickname", "/devices/get"),
    ("/devices/update", "properties"): ("nickname", "/devices/get"),
    ("/devices/update", "custom_metadata"): ("custom_metadata", "/devices/get"),
    ("/spaces/create", "name"): ("name", None),
    ("/spaces/create", "space_key"): ("space_key", None),
    ("/spaces/create", "customer_key"): ("customer_key", None),
    ("/spaces/update", "name"): ("name", "/spaces/get"),
    ("/spaces/update", "space_key"): ("space_key", "/spaces/get"),
    **{
        ("/user_identities/create", name): (name, None)
        for name in ("email_address", "full_name", "phone_number", "user_identity_key")
    },
    **{
        ("/user_identities/update", name): (name, "/user_identities/get")
        for name in ("email_address", "full_name", "phone_number", "user_identity_key")
    },
    **{
        ("/client_sessions/create", name): (name, None)
        for name in ("connect_webview_ids", "connected_account_ids", "customer_key")
    },
}
