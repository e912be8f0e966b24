"""Every event type that Seam documents, with its fields and what it reports.

Source: the event schemas of Seam's OpenAPI, and the event classes of its Python SDK. Unsourced:
the words of ``event_description``, which the samples in Seam's docs have.
"""

from __future__ import annotations

from ...core.nearest import nearest
from ...errors import MisuseError

__all__ = [
    "DESCRIPTIONS",
    "EVENT_FIELDS",
    "EVENT_TYPES",
    "REQUIRED_FIELDS",
    "check_event_type",
]

# Fields that several types have in common. A star marks those that an event must have.
_ACCOUNT = "connected_account_id* connected_account_custom_metadata"
_DEVICE = f"device_id* {_ACCOUNT} device_custom_metadata customer_key"
_CODE = f"access_code_id* device_id* {_ACCOUNT} device_custom_metadata"
_ACCOUNT_ENTRIES = "connected_account_errors* connected_account_warnings*"
_DEVICE_ENTRIES = f"{_ACCOUNT_ENTRIES} device_errors* device_warnings*"
_CODE_ENTRIES = "access_code_errors* access_code_warnings*"
_ATTEMPT = "action_attempt_id* action_type* status* connected_account_id device_id"
_METHOD = "access_method_id* access_grant_ids* access_grant_keys"
_SPACE = "space_id* device_ids* acs_entrance_ids* space_key"
_TEMPERATURE = "temperature_celsius* temperature_fahrenheit*"
_LIMITS = (
    "upper_limit_celsius* upper_limit_fahrenheit* lower_limit_celsius* lower_limit_fahrenheit*"
)

# The fields of each type, besides those of every event, and its description.
_TYPES = {
    "access_code.backup_access_code_pulled": (
        f"{_CODE} backup_access_code_id*",
        "A backup access code was pulled.",
    ),
    "access_code.changed": (
        f"{_CODE} change_reason changed_properties",
        "An access code was changed.",
    ),
    "access_code.code_changed": (
        f"{_CODE} description* from* to*",
        "The PIN of an access code was changed.",
    ),
    "access_code.created": (_CODE, "An access code was created."),
    "access_code.delay_in_issuing": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "Issuing an access code takes longer than usual.",
    ),
    "access_code.delay_in_removing_from_device": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "Removing an access code takes longer than usual.",
    ),
    "access_code.delay_in_setting_on_device": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "Setting an access code takes longer than usual.",
    ),
    "access_code.deleted": (f"{_CODE} code*", "An access code was deleted."),
    "access_code.deleted_external_to_seam": (
        _CODE,
        "An access code was deleted outside of Seam.",
    ),
    "access_code.failed_to_delete": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be deleted.",
    ),
    "access_code.failed_to_expire": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be made to expire.",
    ),
    "access_code.failed_to_issue": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be issued.",
    ),
    "access_code.failed_to_remove_from_device": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be removed from its device.",
    ),
    "access_code.failed_to_set_on_device": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be set on its device.",
    ),
    "access_code.failed_to_update": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An access code could not be updated.",
    ),
    "access_code.issued": (f"{_CODE} code*", "An access code was issued."),
    "access_code.modified_external_to_seam": (
        _CODE,
        "An access code was modified outside of Seam.",
    ),
    "access_code.mutations_requested": (
        f"{_CODE} requested_mutations*",
        "Changes of an access code were requested.",
    ),
    "access_code.name_changed": (
        f"{_CODE} description* from* to*",
        "The name of an access code was changed.",
    ),
    "access_code.removed_from_device": (_CODE, "An access code was removed from its device."),
    "access_code.scheduled_on_device": (
        f"{_CODE} code*",
        "An access code was scheduled on its device.",
    ),
    "access_code.set_on_device": (f"{_CODE} code*", "An access code was set on its device."),
    "access_code.time_frame_changed": (
        f"{_CODE} description* from* to*",
        "The times of an access code were changed.",
    ),
    "access_code.unmanaged.converted_to_managed": (
        _CODE,
        "An unmanaged access code became a managed one.",
    ),
    "access_code.unmanaged.created": (_CODE, "An unmanaged access code was created."),
    "access_code.unmanaged.failed_to_convert_to_managed": (
        f"{_CODE} {_DEVICE_ENTRIES} {_CODE_ENTRIES}",
        "An unmanaged access code could not become a managed one.",
    ),
    "access_code.unmanaged.removed": (_CODE, "An unmanaged access code was removed."),
    "access_grant.access_granted_to_all_doors": (
        "access_grant_id*",
        "An access grant gives access to all of its doors.",
    ),
    "access_grant.access_granted_to_door": (
        "access_grant_id* acs_entrance_id*",
        "An access grant gives access to a door.",
    ),
    "access_grant.access_times_changed": (
        "access_grant_id* access_grant_key ends_at starts_at",
        "The times of an access grant were changed.",
    ),
    "access_grant.access_to_door_lost": (
        "access_grant_id* acs_entrance_id*",
        "An access grant lost access to a door.",
    ),
    "access_grant.could_not_create_requested_access_methods": (
        "access_grant_id* error_message* missing_device_ids",
        "The access methods of an access grant could not be created.",
    ),
    "access_grant.created": ("access_grant_id*", "An access grant was created."),
    "access_grant.deleted": ("access_grant_id*", "An access grant was deleted."),
    "access_method.card_encoding_required": (
        _METHOD,
        "An access method needs a card to be encoded.",
    ),
    "access_method.created": (_METHOD, "An access method was created."),
    "access_method.delay_in_issuing": (
        _METHOD,
        "Issuing an access method takes longer than usual.",
    ),
    "access_method.deleted": (_METHOD, "An access method was deleted."),
    "access_method.failed_to_issue": (_METHOD, "An access method could not be issued."),
    "access_method.issued": (f"{_METHOD} code is_backup_code", "An access method was issued."),
    "access_method.reissued": (
        f"{_METHOD} code is_backup_code",
        "An access method was issued again.",
    ),
    "access_method.revoked": (_METHOD, "An access method was revoked."),
    "acs_access_group.deleted": (
        "acs_access_group_id* acs_system_id* connected_account_id",
        "An access group was deleted.",
    ),
    "acs_credential.deleted": (
        "acs_credential_id* acs_system_id* connected_account_id",
        "A credential was deleted.",
    ),
    "acs_credential.invalidated": (
        "acs_credential_id* acs_system_id* connected_account_id",
        "A credential was invalidated.",
    ),
    "acs_credential.issued": (
        "acs_credential_id* acs_system_id* connected_account_id",
        "A credential was issued.",
    ),
    "acs_credential.reissued": (
        "acs_credential_id* acs_system_id* connected_account_id",
        "A credential was issued again.",
    ),
    "acs_encoder.added": (
        "acs_encoder_id* acs_system_id* connected_account_id",
        "A card encoder was added.",
    ),
    "acs_encoder.removed": (
        "acs_encoder_id* acs_system_id* connected_account_id",
        "A card encoder was removed.",
    ),
    "acs_entrance.added": (
        "acs_entrance_id* acs_system_id* connected_account_id",
        "An entrance was added.",
    ),
    "acs_entrance.removed": (
        "acs_entrance_id* acs_system_id* connected_account_id",
        "An entrance was removed.",
    ),
    "acs_system.added": ("acs_system_id* connected_account_id", "An access system was added."),
    "acs_system.connected": (
        "acs_system_id* connected_account_id",
        "An access system was connected.",
    ),
    "acs_system.disconnected": (
        f"{_ACCOUNT_ENTRIES} acs_system_errors* acs_system_id* acs_system_warnings* "
        "connected_account_id",
        "An access system was disconnected.",
    ),
    "acs_user.created": (
        "acs_system_id* acs_user_id* connected_account_id",
        "A user of an access system was created.",
    ),
    "acs_user.deleted": (
        "acs_system_id* acs_user_id* connected_account_id",
        "A user of an access system was deleted.",
    ),
    "action_attempt.lock_door.failed": (_ATTEMPT, "A door could not be locked."),
    "action_attempt.lock_door.succeeded": (_ATTEMPT, "A door was locked."),
    "action_attempt.simulate_keypad_code_entry.failed": (
        _ATTEMPT,
        "A simulated entry of a code at a keypad failed.",
    ),
    "action_attempt.simulate_keypad_code_entry.succeeded": (
        _ATTEMPT,
        "A code was entered at a simulated keypad.",
    ),
    "action_attempt.simulate_manual_lock_via_keypad.failed": (
        _ATTEMPT,
        "A simulated locking at a keypad failed.",
    ),
    "action_attempt.simulate_manual_lock_via_keypad.succeeded": (
        _ATTEMPT,
        "A door was locked at a simulated keypad.",
    ),
    "action_attempt.unlock_door.failed": (_ATTEMPT, "A door could not be unlocked."),
    "action_attempt.unlock_door.succeeded": (_ATTEMPT, "A door was unlocked."),
    "camera.activated": (
        f"{_DEVICE} activation_reason* image_url media_ids motion_sub_type video_url",
        "A camera was activated.",
    ),
    "client_session.deleted": ("client_session_id*", "A client session was deleted."),
    "connect_webview.login_failed": (
        "connect_webview_id*",
        "A login at a Connect Webview failed.",
    ),
    "connect_webview.login_succeeded": (
        f"{_ACCOUNT} connect_webview_id* customer_key",
        "A login at a Connect Webview succeeded.",
    ),
    "connected_account.completed_first_sync": (
        _ACCOUNT,
        "A connected account completed its first sync.",
    ),
    "connected_account.completed_first_sync_after_reconnection": (
        _ACCOUNT,
        "A connected account completed its first sync after it was reconnected.",
    ),
    "connected_account.connected": (
        f"{_ACCOUNT} connect_webview_id customer_key",
        "A connected account was connected.",
    ),
    "connected_account.created": (
        f"{_ACCOUNT} connect_webview_id*",
        "A connected account was created.",
    ),
    "connected_account.deleted": (
        f"{_ACCOUNT} connected_account_type customer_key",
        "A connected account was deleted.",
    ),
    "connected_account.disconnected": (
        f"{_ACCOUNT} {_ACCOUNT_ENTRIES}",
        "A connected account was disconnected.",
    ),
    "connected_account.reauthorization_requested": (
        f"{_ACCOUNT} {_ACCOUNT_ENTRIES}",
        "A connected account should be authorized again.",
    ),
    "connected_account.successful_login": (
        f"{_ACCOUNT} connect_webview_id*",
        "A user signed in to a connected account.",
    ),
    "device.accessory_keypad_connected": (_DEVICE, "The keypad of a device was connected."),
    "device.accessory_keypad_disconnected": (
        f"{_DEVICE} {_DEVICE_ENTRIES}",
        "The keypad of a device was disconnected.",
    ),
    "device.added": (_DEVICE, "A device was added."),
    "device.battery_status_changed": (
        f"{_DEVICE} battery_level* battery_status*",
        "The battery status of a device changed.",
    ),
    "device.connected": (_DEVICE, "A device went online."),
    "device.connection_became_flaky": (
        f"{_DEVICE} {_DEVICE_ENTRIES}",
        "The connection of a device became flaky.",
    ),
    "device.connection_stabilized": (
        _DEVICE,
        "The connection of a device became stable again.",
    ),
    "device.converted_to_unmanaged": (_DEVICE, "A managed device became an unmanaged one."),
    "device.deleted": (f"{_DEVICE} device_name", "A device was deleted."),
    "device.disconnected": (f"{_DEVICE} {_DEVICE_ENTRIES} error_code*", "A device went offline."),
    "device.doorbell_rang": (
        f"{_DEVICE} image_url media_ids video_url",
        "The doorbell of a device rang.",
    ),
    "device.error.subscription_required": (
        f"{_DEVICE} {_DEVICE_ENTRIES}",
        "A device needs a subscription.",
    ),
    "device.error.subscription_required.resolved": (
        _DEVICE,
        "A device has the subscription that it needed.",
    ),
    "device.low_battery": (
        f"{_DEVICE} battery_level* battery_source device_battery_level "
        "accessory_keypad_battery_level",
        "The battery of a device is low.",
    ),
    "device.name_changed": (f"{_DEVICE} device_name*", "The name of a device was changed."),
    "device.removed": (_DEVICE, "A device was removed from its account."),
    "device.salto.privacy_mode_activated": (
        _DEVICE,
        "The privacy mode of a Salto device was activated.",
    ),
    "device.salto.privacy_mode_deactivated": (
        _DEVICE,
        "The privacy mode of a Salto device was deactivated.",
    ),
    "device.tampered": (_DEVICE, "A device was tampered with."),
    "device.third_party_integration_detected": (
        _DEVICE,
        "Another integration was found on a device.",
    ),
    "device.third_party_integration_no_longer_detected": (
        _DEVICE,
        "No other integration is on a device any longer.",
    ),
    "device.unmanaged.connected": (_DEVICE, "An unmanaged device went online."),
    "device.unmanaged.converted_to_managed": (
        _DEVICE,
        "An unmanaged device became a managed one.",
    ),
    "device.unmanaged.disconnected": (
        f"{_DEVICE} {_DEVICE_ENTRIES} error_code*",
        "An unmanaged device went offline.",
    ),
    "enrollment_automation.deleted": (
        "enrollment_automation_id*",
        "An enrollment automation was deleted.",
    ),
    "lock.access_denied": (
        f"{_ACCOUNT} access_code_id acs_entrance_id acs_system_id acs_user_id customer_key "
        "device_custom_metadata device_id reason user_identity_id",
        "Access to a lock was denied.",
    ),
    "lock.locked": (
        f"{_DEVICE} access_code_id access_code_is_managed acs_entrance_id acs_system_id "
        "acs_user_id action_attempt_id code is_via_bluetooth is_via_nfc method* "
        "user_identity_id",
        "A lock was locked.",
    ),
    "lock.unlocked": (
        f"{_ACCOUNT} access_code_id access_code_is_managed acs_entrance_id acs_system_id "
        "acs_user_id action_attempt_id code customer_key device_custom_metadata device_id "
        "is_via_bluetooth is_via_nfc method* user_identity_id",
        "A lock was unlocked.",
    ),
    "noise_sensor.noise_threshold_triggered": (
        f"{_DEVICE} minut_metadata noise_level_decibels noise_level_nrs noise_threshold_id "
        "noise_threshold_name noiseaware_metadata",
        "A noise threshold was exceeded.",
    ),
    "phone.deactivated": ("device_custom_metadata device_id*", "A phone was deactivated."),
    "space.created": (_SPACE, "A space was created."),
    "space.deleted": (_SPACE, "A space was deleted."),
    "space.device_membership_changed": (_SPACE, "Devices joined or left a space."),
    "thermostat.climate_preset_activated": (
        f"{_DEVICE} climate_preset_key* is_fallback_climate_preset* thermostat_schedule_id*",
        "A climate preset of a thermostat was activated.",
    ),
    "thermostat.manually_adjusted": (
        f"{_DEVICE} cooling_set_point_celsius cooling_set_point_fahrenheit fan_mode_setting "
        "heating_set_point_celsius heating_set_point_fahrenheit hvac_mode_setting method*",
        "A thermostat was adjusted by hand.",
    ),
    "thermostat.temperature_changed": (
        f"{_DEVICE} {_TEMPERATURE}",
        "The temperature at a thermostat changed.",
    ),
    "thermostat.temperature_reached_set_point": (
        f"{_DEVICE} {_TEMPERATURE} desired_temperature_celsius "
        "desired_temperature_fahrenheit",
        "The temperature at a thermostat reached its set point.",
    ),
    "thermostat.temperature_threshold_exceeded": (
        f"{_DEVICE} {_TEMPERATURE} {_LIMITS}",
        "The temperature at a thermostat went beyond its threshold.",
    ),
    "thermostat.temperature_threshold_no_longer_exceeded": (
        f"{_DEVICE} {_TEMPERATURE} {_LIMITS}",
        "The temperature at a thermostat is within its threshold again.",
    ),
}

EVENT_TYPES = tuple(_TYPES)
EVENT_FIELDS = {event_type: fields for event_type, (fields, _) in _TYPES.items()}
REQUIRED_FIELDS = {
    event_type: frozenset(name[:-1] for name in fields.split() if name.endswith("*"))
    for event_type, fields in EVENT_FIELDS.items()
}
DESCRIPTIONS = {event_type: description for event_type, (_, description) in _TYPES.items()}


def check_event_type(event_type: str) -> None:
    """Raises ``MisuseError`` for an unknown event type: a test misspelled it."""
    if event_type not in EVENT_TYPES:
        near = ", ".join(nearest(event_type, EVENT_TYPES))
        raise MisuseError(f"There is no event type {event_type!r}. Similar event types: {near}")
