"""What can be wrong with an account or a device: every code, its words, its own members.

Source: the errors and warnings of ``connected_account`` and ``device`` in Seam's OpenAPI.
Unsourced: the messages, but for the first; apps should look at the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..core.issues import Faults, invalid_input
from ..core.param_types import Shape
from ..core.params import array, closed_shape, integer, text
from .call import Call
from .lifecycle import (
    DEVICE_DISCONNECTED,
    DISCONNECTED,
    HUB_DISCONNECTED,
    REAUTHORIZE,
    REMOVED,
    SUBSCRIPTION,
)
from .records import Trouble

__all__ = [
    "ACCOUNT_ERRORS",
    "ACCOUNT_WARNINGS",
    "BRIDGE_DISCONNECTED",
    "DEVICE_ERRORS",
    "DEVICE_WARNINGS",
    "OFFLINE",
    "TAKES_ALONG",
    "Code",
    "Vocabulary",
    "raised",
    "without",
]

_NOTHING: Shape = closed_shape()


@dataclass(frozen=True)
class Code:
    """What Seam would say, and what an entry with this code has to carry besides."""

    message: str
    members: Shape = _NOTHING
    flags: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """Errors or warnings, of accounts or of devices.

    ``field`` is the record's, ``name`` the member of an entry that holds its code.
    """

    field: str
    name: str
    codes: Mapping[str, Code]

    def of(self, record: Any) -> Sequence[Trouble]:
        """The entries of an account or a device."""
        entries: Sequence[Trouble] = getattr(record, self.field)
        return entries


BRIDGE_DISCONNECTED = "bridge_disconnected"

_SITES: Shape = closed_shape(
    salto_ks_metadata=closed_shape(
        required=True,
        sites=array(
            closed_shape(
                site_id=text(),
                site_name=text(),
                site_user_subscription_limit=integer(minimum=0),
                subscribed_site_user_count=integer(minimum=0),
            ),
            required=True,
        ),
    )
)
_COUNTS: Shape = closed_shape(
    active_access_code_count=integer(minimum=0, required=True),
    max_active_access_code_count=integer(minimum=0, required=True),
)
_OF_ACCOUNT = {"is_connected_account_error": True, "is_bridge_error": False}
_OF_BRIDGE = {"is_connected_account_error": False, "is_bridge_error": True}
_OF_DEVICE = {"is_device_error": True}


def _errors(flags: Mapping[str, bool], rows: Mapping[str, str]) -> dict[str, Code]:
    return {code: Code(message, flags=flags) for code, message in rows.items()}


_ACCOUNT_ERRORS = {
    # The published texts of this message differ from each other.
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
    # An error of the account's permissions which Seam shows on the device alone.
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

ACCOUNT_ERRORS = Vocabulary("errors", "error_code", _ACCOUNT_ERRORS)
ACCOUNT_WARNINGS = Vocabulary("warnings", "warning_code", _ACCOUNT_WARNINGS)
DEVICE_ERRORS = Vocabulary("errors", "error_code", _DEVICE_ERRORS)
DEVICE_WARNINGS = Vocabulary("warnings", "warning_code", _DEVICE_WARNINGS)

# The errors that hold a device off line, its account's among them.
OFFLINE = frozenset(
    {DISCONNECTED, "device_offline", REMOVED, HUB_DISCONNECTED, DEVICE_DISCONNECTED}
)

# An account's warnings that its devices show too. Unsourced: that they do, as they do with its
# errors; these two are the ones that Seam knows of both.
TAKES_ALONG = frozenset(_ACCOUNT_WARNINGS.keys() & _DEVICE_WARNINGS.keys())


def raised(
    call: Call,
    entries: Sequence[Trouble],
    kind: Vocabulary,
    code: str,
    message: str | None = None,
    members: Mapping[str, Any] | None = None,
) -> list[Trouble]:
    """The entries with one for this code; one that is there is changed, and keeps its age.

    Raises Seam's kind of 400 for members that are missing or wrong.
    """
    known, name = kind.codes[code], kind.name
    before = next((one for one in entries if one[name] == code), None)
    made = {
        name: code,
        "message": known.message if message is None else message,
        "created_at": call.now() if before is None else before["created_at"],
        **known.flags,
        **_read(known.members, members or {}),
    }
    if before is None:
        return [*entries, made]
    return [made if one is before else one for one in entries]


def without(entries: Iterable[Trouble], kind: Vocabulary, code: str) -> list[Trouble]:
    """The entries that have another code."""
    return [one for one in entries if one[kind.name] != code]


def _read(members: Shape, given: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return dict(members.read(given, ()))
    except Faults as faults:
        raise invalid_input(faults.issues) from faults
