"""Every event type that Seam documents: the values of ``event_type``.

Source: the ``event_type`` enum of Seam's OpenAPI and the event classes of its Python SDK.
"""

from __future__ import annotations

from ...core.nearest import nearest
from ...errors import MisuseError

__all__ = ["EVENT_TYPES", "check_event_type"]

# The names, grouped by their first part.
_NAMES = {
    "access_code": (
        "backup_access_code_pulled changed code_changed created delay_in_issuing "
        "delay_in_removing_from_device delay_in_setting_on_device deleted "
        "deleted_external_to_seam failed_to_delete failed_to_expire failed_to_issue "
        "failed_to_remove_from_device failed_to_set_on_device failed_to_update issued "
        "modified_external_to_seam mutations_requested name_changed removed_from_device "
        "scheduled_on_device set_on_device time_frame_changed unmanaged.converted_to_managed "
        "unmanaged.created unmanaged.failed_to_convert_to_managed unmanaged.removed"
    ),
    "access_grant": (
        "access_granted_to_all_doors access_granted_to_door access_times_changed "
        "access_to_door_lost could_not_create_requested_access_methods created deleted"
    ),
    "access_method": (
        "card_encoding_required created delay_in_issuing deleted failed_to_issue issued "
        "reissued revoked"
    ),
    "acs_access_group": "deleted",
    "acs_credential": "deleted invalidated issued reissued",
    "acs_encoder": "added removed",
    "acs_entrance": "added removed",
    "acs_system": "added connected disconnected",
    "acs_user": "created deleted",
    "action_attempt": (
        "lock_door.failed lock_door.succeeded simulate_keypad_code_entry.failed "
        "simulate_keypad_code_entry.succeeded simulate_manual_lock_via_keypad.failed "
        "simulate_manual_lock_via_keypad.succeeded unlock_door.failed unlock_door.succeeded"
    ),
    "camera": "activated",
    "client_session": "deleted",
    "connect_webview": "login_failed login_succeeded",
    "connected_account": (
        "completed_first_sync completed_first_sync_after_reconnection connected created "
        "deleted disconnected reauthorization_requested successful_login"
    ),
    "device": (
        "accessory_keypad_connected accessory_keypad_disconnected added battery_status_changed "
        "connected connection_became_flaky connection_stabilized converted_to_unmanaged "
        "deleted disconnected doorbell_rang error.subscription_required "
        "error.subscription_required.resolved low_battery name_changed removed "
        "salto.privacy_mode_activated salto.privacy_mode_deactivated tampered "
        "third_party_integration_detected third_party_integration_no_longer_detected "
        "unmanaged.connected unmanaged.converted_to_managed unmanaged.disconnected"
    ),
    "enrollment_automation": "deleted",
    "lock": "access_denied locked unlocked",
    "noise_sensor": "noise_threshold_triggered",
    "phone": "deactivated",
    "space": "created deleted device_membership_changed",
    "thermostat": (
        "climate_preset_activated manually_adjusted temperature_changed "
        "temperature_reached_set_point temperature_threshold_exceeded "
        "temperature_threshold_no_longer_exceeded"
    ),
}

EVENT_TYPES = tuple(
    f"{subject}.{name}" for subject, names in _NAMES.items() for name in names.split()
)


def check_event_type(event_type: str) -> None:
    """Raises ``MisuseError`` for an unknown event type: a test misspelled it."""
    if event_type not in EVENT_TYPES:
        near = ", ".join(nearest(event_type, EVENT_TYPES))
        raise MisuseError(f"There is no event type {event_type!r}. Similar event types: {near}")
