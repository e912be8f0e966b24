"""The codes of the errors and warnings of accounts and devices.

Source: the errors and warnings of ``connected_account`` and ``device`` in Seam's OpenAPI.
Unsourced: the messages, except the first. Apps should read the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..schema.param_types import ObjectParam
from ..schema.params import array, integer, strict_object, text
from ..schema.validation import ValidationError, invalid_input
from .context import RequestContext
from .lifecycle import (
    DEVICE_DISCONNECTED,
    DISCONNECTED,
    HUB_DISCONNECTED,
    REAUTHORIZE,
    REMOVED,
    SUBSCRIPTION,
)
from .record_fields import ErrorOrWarning

__all__ = [
    "ACCOUNT_ERRORS",
    "ACCOUNT_WARNINGS",
    "BRIDGE_DISCONNECTED",
    "DEVICE_ERRORS",
    "DEVICE_WARNINGS",
    "OFFLINE",
    "PASSED_TO_DEVICES",
    "Code",
    "CodeTable",
    "with_code",
    "without_code",
]

_NOTHING: ObjectParam = strict_object()


@dataclass(frozen=True)
class Code:
    """The message of a code, and the further members and flags of an entry that has it."""

    message: str
    members: ObjectParam = _NOTHING
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class CodeTable:
    """The codes of errors or warnings, of accounts or devices.

    ``field`` is the field of the record with the entries. ``name`` is the member of an entry that
    holds its code.
    """

    field: str
    name: str
    codes: Mapping[str, Code]

    def of(self, record: Any) -> Sequence[ErrorOrWarning]:
        """Returns the entries of an account or a device."""
        entries: Sequence[ErrorOrWarning] = getattr(record, self.field)
        return entries


BRIDGE_DISCONNECTED = "bridge_disconnected"

_SITES: ObjectParam = strict_object(
    salto_ks_metadata=strict_object(
        required=True,
        sites=array(
            strict_object(
                site_id=text(),
                site_name=text(),
                site_user_subscription_limit=integer(minimum=0),
                subscribed_site_user_count=integer(minimum=0),
            ),
            required=True,
        ),
    )
)
_COUNTS: ObjectParam = strict_object(
    active_access_code_count=integer(minimum=0, required=True),
    max_active_access_code_count=integer(minimum=0, required=True),
)
_OF_ACCOUNT = {"is_connected_account_error": True, "is_bridge_error": False}
_OF_BRIDGE = {"is_connected_account_error": False, "is_bridge_error": True}
_OF_DEVICE = {"is_device_error": True}


def _errors(flags: Mapping[str, bool], rows: Mapping[str, str]) -> dict[str, Code]:
    return {code: Code(message, flags=flags) for code, message in rows.items()}


_ACCOUNT_ERRORS = {
    # Seam publishes several texts of this message.
    DISCONNECTED: Code(
        "Account Disconnected, you may need to reconnect the account with a new webview.",
        flags=_OF_ACCOUNT,
    ),
    BRIDGE_DISCONNECTED: Code("Seam Bridge cannot be reached.", flags=_OF_BRIDGE),
    "salto_ks_subscription_limit_exceeded": Code(
        "A Salto KS site has more users than its subscription allows.", _SITES, _OF_ACCOUNT
    ),
    "dormakaba_sites_disconnected": Code("A Dormakaba site is disconnected.", flags=_OF_ACCOUNT),
}

_ACCOUNT_WARNINGS = {
    "scheduled_maintenance_window": Code("Maintenance is scheduled."),
    "unknown_issue_with_connected_account": Code("Something is wrong with the account."),
    "salto_ks_subscription_limit_almost_reached": Code(
        "A Salto KS site has nearly as many users as its subscription allows.", _SITES
    ),
    REAUTHORIZE: Code(
        "The account should be reauthorized with a new webview before it disconnects."
    ),
    "being_deleted": Code("The account is being deleted."),
    "provider_service_unavailable": Code("The provider's service is unavailable."),
    "setup_required": Code("The account has to be set up."),
    "dormakaba_sites_unapproved": Code("A Dormakaba site is not approved."),
}

_DEVICE_ERRORS = {
    # An error of the account's permissions that Seam shows only on the device.
    "insufficient_permissions": Code(
        "The account lacks a permission for this device.",
        flags={"is_connected_account_error": True, "is_device_error": False},
    ),
    **_errors(
        _OF_DEVICE,
        {
            "device_offline": "The device is offline.",
            REMOVED: "The device was removed from its account.",
            HUB_DISCONNECTED: "The device's hub is disconnected.",
            DEVICE_DISCONNECTED: "The device is disconnected.",
            "empty_backup_access_code_pool": "The pool of backup access codes is empty.",
            "august_lock_not_authorized": "The user is not authorized to use the August lock.",
            "missing_device_credentials": "The device's credentials are missing.",
            "auxiliary_heat_running": "The auxiliary heat is running.",
            SUBSCRIPTION: "The device needs a paid subscription.",
        },
    ),
}

_DEVICE_WARNINGS = {
    "partial_backup_access_code_pool": Code("The pool of backup access codes is not full."),
    "many_active_backup_codes": Code("Many backup access codes are in use."),
    "third_party_integration_detected": Code("Another integration controls the device."),
    "ttlock_lock_gateway_unlocking_not_enabled": Code("The gateway may not unlock the lock."),
    "ttlock_weak_gateway_signal": Code("The gateway's signal is weak."),
    "power_saving_mode": Code("The device saves power."),
    "temperature_threshold_exceeded": Code("The temperature is beyond its threshold."),
    "device_communication_degraded": Code("The device answers slowly."),
    "scheduled_maintenance_window": Code("Maintenance is scheduled."),
    "device_has_flaky_connection": Code("The device's connection is flaky."),
    "salto_ks_office_mode": Code("The lock is in office mode."),
    "salto_ks_privacy_mode": Code("The lock is in privacy mode."),
    "privacy_mode": Code("The device is in privacy mode."),
    "salto_ks_subscription_limit_almost_reached": Code(
        "The Salto KS site has nearly as many users as its subscription allows."
    ),
    "salto_ks_lock_access_code_support_removed": Code("The lock takes access codes no more."),
    "unknown_issue_with_phone": Code("Something is wrong with the phone."),
    "lockly_time_zone_not_configured": Code("The lock has no time zone."),
    "ultraloq_time_zone_unknown": Code("The lock's time zone is unknown."),
    "time_zone_unknown": Code("The device's time zone is unknown."),
    "time_zone_mismatch": Code("The device is in another time zone than it is set to."),
    "two_n_device_missing_timezone": Code("The device has no time zone."),
    "hub_required_for_additional_capabilities": Code("With a hub the device could do more."),
    "provider_issue": Code("The provider has an issue with the device."),
    "keynest_unsupported_locker": Code("The locker is not supported."),
    "accessory_keypad_setup_required": Code("The keypad has to be set up."),
    "accessory_keypad_low_battery": Code("The keypad's battery is low."),
    "unreliable_online_status": Code("Whether the device is online is not reliable."),
    "max_access_codes_reached": Code("The device takes no further access codes.", _COUNTS),
}

ACCOUNT_ERRORS = CodeTable("errors", "error_code", _ACCOUNT_ERRORS)
ACCOUNT_WARNINGS = CodeTable("warnings", "warning_code", _ACCOUNT_WARNINGS)
DEVICE_ERRORS = CodeTable("errors", "error_code", _DEVICE_ERRORS)
DEVICE_WARNINGS = CodeTable("warnings", "warning_code", _DEVICE_WARNINGS)

# The errors that make a device offline, including its account's.
OFFLINE = frozenset(
    {DISCONNECTED, "device_offline", REMOVED, HUB_DISCONNECTED, DEVICE_DISCONNECTED}
)

# An account's warnings that its devices show too. Unsourced: that they show them, as they show
# its errors. Only these two are warnings of both accounts and devices.
PASSED_TO_DEVICES = frozenset(_ACCOUNT_WARNINGS.keys() & _DEVICE_WARNINGS.keys())


def with_code(
    ctx: RequestContext,
    entries: Sequence[ErrorOrWarning],
    table: CodeTable,
    code: str,
    message: str | None = None,
    members: Mapping[str, Any] | None = None,
) -> list[ErrorOrWarning]:
    """Returns the entries with one for this code. Replaces an earlier one, but keeps its time.

    Raises ``ApiError`` with Seam's 400 for members that are missing or invalid.
    """
    known, name = table.codes[code], table.name
    before = next((one for one in entries if one[name] == code), None)
    entry = {
        name: code,
        "message": known.message if message is None else message,
        "created_at": ctx.now() if before is None else before["created_at"],
        **known.flags,
        **_parse(known.members, members or {}),
    }
    if before is None:
        return [*entries, entry]
    return [entry if one is before else one for one in entries]


def without_code(
    entries: Iterable[ErrorOrWarning], table: CodeTable, code: str
) -> list[ErrorOrWarning]:
    """Returns the entries that have another code."""
    return [one for one in entries if one[table.name] != code]


def _parse(param: ObjectParam, members: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(param.parse(members, ()))
    except ValidationError as error:
        raise invalid_input(error.issues) from error
