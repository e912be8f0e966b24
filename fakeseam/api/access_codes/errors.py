"""The errors and warnings of access codes.

Source: the errors and warnings of ``access_code`` in Seam's OpenAPI; docs.seam.co, access codes.
Unsourced: the messages, except those of a step that failed. Apps should read the code.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ...schema.params import array, enum, strict_object, text, uuid
from ..context import RequestContext
from ..error_codes import Code, CodeTable, with_code, without_code
from .record import AccessCode

__all__ = ["CODE_ERRORS", "CODE_WARNINGS", "error_codes_of", "with_error", "without"]

_OF_CODE = {"is_access_code_error": True}
_FAILED = (
    "An error occurred when we tried to {0} the access code {1} the device. We will continue to"
    " try and {0} the code {1} the device in case the error was temporary."
)
_OTHER_CODES = strict_object(unmanaged_access_code_id=uuid(), managed_access_code_id=uuid())
_MODIFICATION = strict_object(
    change_type=enum("modified", "removed"),
    modified_fields=array(
        strict_object(
            field=text(required=True), to=text(nullable=True), **{"from": text(nullable=True)}
        )
    ),
)


def _error(message: str, members: Any = None) -> Code:
    return Code(message, flags=_OF_CODE) if members is None else Code(message, members, _OF_CODE)


CODE_ERRORS = CodeTable(
    "errors",
    "error_code",
    {
        "failed_to_set_on_device": _error(_FAILED.format("set", "on")),
        "failed_to_remove_from_device": _error(_FAILED.format("remove", "from")),
        "duplicate_code_on_device": _error(
            "Another access code on the device has the same PIN.", _OTHER_CODES
        ),
        "no_space_for_access_code_on_device": _error("The device has no space for the code."),
        "code_constraints_violated": _error("The PIN breaks a rule of the device."),
        "conflicting_external_modification": _error(
            "The code was changed outside of Seam, which sets it again.", _MODIFICATION
        ),
        "access_code_inactive": _error("The code was disabled outside of Seam."),
        "provider_issue": _error("The provider has an issue with the code."),
    },
)
CODE_WARNINGS = CodeTable(
    "warnings",
    "warning_code",
    {
        "delay_in_setting_on_device": Code("Setting the code on the device takes long."),
        "being_deleted": Code("The code is being deleted."),
        "using_backup_access_code": Code("A backup access code is used in place of the code."),
        "external_modification_in_effect": Code(
            "The code was changed outside of Seam, and stays so.", _MODIFICATION
        ),
        "igloo_algopin_must_be_used_within_24_hours": Code(
            "The code has to be used within 24 hours of its start, or it expires."
        ),
        "code_rotates_periodically": Code("The provider changes the PIN from time to time."),
        "time_frame_adjusted_for_unknown_time_zone": Code(
            "The times were adjusted, as the device's time zone is unknown."
        ),
        "management_transferred": Code("Another workspace manages the code now."),
        "unknown_issue_with_access_code": Code("Something is wrong with the code."),
        "delay_in_removing_from_device": Code("Removing the code from the device takes long."),
        # A device's warning that its codes show too.
        "third_party_integration_detected": Code("Another integration controls the device."),
    },
)
_TABLES = {code: table for table in (CODE_ERRORS, CODE_WARNINGS) for code in table.codes}


def with_error(
    ctx: RequestContext,
    code: AccessCode,
    name: str,
    message: str | None = None,
    members: Mapping[str, Any] | None = None,
) -> AccessCode:
    """Returns the code with an error or a warning of this name."""
    table = _TABLES[name]
    entries = with_code(ctx, table.of(code), table, name, message, members)
    return replace(code, **{table.field: freeze(entries)})


def without(code: AccessCode, *names: str) -> AccessCode:
    """Returns the code without the errors and warnings of these names."""
    for name in names:
        table = _TABLES[name]
        entries = without_code(table.of(code), table, name)
        code = replace(code, **{table.field: freeze(entries)})
    return code


def error_codes_of(code: AccessCode) -> set[str]:
    """Returns the names of the code's own errors."""
    return {error["error_code"] for error in code.errors}
