"""What goes wrong with an account: its errors and warnings, and what its devices say of it.

Source: docs.seam.co core-concepts/connected-accounts/reconnecting; the members of an error
from Seam's OpenAPI.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ..core.frozen import freeze
from . import account_devices
from .call import Call
from .events import brief, emit
from .lifecycle import ACCOUNT, DISCONNECTED, REAUTHORIZE, AccountTransition
from .records import ConnectedAccount
from .tables import ACCOUNTS

__all__ = ["break_account", "with_troubles"]

# Unsourced: the published texts of these messages differ from each other; apps should look
# at the code.
_ERRORS = {
    DISCONNECTED: "Account Disconnected, you may need to reconnect the account with a new webview."
}
_WARNINGS = {
    REAUTHORIZE: "The account should be reauthorized with a new webview before it disconnects."
}


def break_account(call: Call, account: ConnectedAccount, trigger: str) -> ConnectedAccount:
    """Step the account's machine; raise, announce and pass on to its devices what the row says."""
    row = ACCOUNT.step(account.state, trigger)
    broken = call.store.put(ACCOUNTS, with_troubles(call, account, row))
    for announcement in row.announce:
        emit(
            call,
            announcement,
            connected_account_id=broken.connected_account_id,
            connected_account_custom_metadata=broken.custom_metadata,
            connected_account_errors=brief(broken.errors, "error_code"),
            connected_account_warnings=brief(broken.warnings, "warning_code"),
        )
    account_devices.announce_connections(call, broken)
    return broken


def with_troubles(
    call: Call, account: ConnectedAccount, row: AccountTransition
) -> ConnectedAccount:
    """The account in the row's next state, with the errors and warnings that the row leaves."""
    errors = [e for e in account.errors if e["error_code"] not in row.clears]
    warnings = [w for w in account.warnings if w["warning_code"] not in row.clears]
    errors += [_error(call, code) for code in row.raises if code in _ERRORS]
    warnings += [_warning(call, code) for code in row.raises if code in _WARNINGS]
    return replace(account, state=row.to, errors=freeze(errors), warnings=freeze(warnings))


def _error(call: Call, code: str) -> dict[str, Any]:
    return {
        "error_code": code,
        "message": _ERRORS[code],
        "created_at": call.now(),
        "is_connected_account_error": True,
        "is_bridge_error": False,
    }


def _warning(call: Call, code: str) -> dict[str, Any]:
    return {"warning_code": code, "message": _WARNINGS[code], "created_at": call.now()}
