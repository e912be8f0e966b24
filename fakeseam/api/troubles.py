"""What goes wrong with an account: its errors and warnings, and what its devices say of it.

Source: docs.seam.co core-concepts/connected-accounts/reconnecting; the members of an error
from Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..core.frozen import freeze
from . import account_devices
from .call import Call
from .events import brief, emit
from .lifecycle import ACCOUNT, AccountTransition
from .records import ConnectedAccount
from .tables import ACCOUNTS
from .trouble_codes import ACCOUNT_ERRORS, ACCOUNT_WARNINGS, Vocabulary, raised, without

__all__ = ["add", "break_account", "clear", "with_troubles"]


def break_account(call: Call, account: ConnectedAccount, trigger: str) -> ConnectedAccount:
    """Step the account's machine; raise, announce and pass on to its devices what the row says."""
    row = ACCOUNT.step(account.state, trigger)
    broken = call.store.put(ACCOUNTS, with_troubles(call, account, row))
    for announcement in row.announce:
        emit(
            call,
            announcement,
            owner=broken.customer_key,
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
    account = replace(account, state=row.to)
    for kind in (ACCOUNT_ERRORS, ACCOUNT_WARNINGS):
        entries = kind.of(account)
        for code in row.clears:
            entries = without(entries, kind, code)
        for code in row.raises:
            if code in kind.codes:
                entries = raised(call, entries, kind, code)
        account = replace(account, **{kind.field: freeze(entries)})
    return account


def add(
    call: Call,
    account: ConnectedAccount,
    kind: Vocabulary,
    code: str,
    message: str | None,
    members: Mapping[str, Any],
) -> None:
    """The account has this error or warning; no event is documented for those added here."""
    entries = raised(call, kind.of(account), kind, code, message, members)
    call.store.put(ACCOUNTS, replace(account, **{kind.field: freeze(entries)}))


def clear(call: Call, account: ConnectedAccount, kind: Vocabulary, code: str) -> None:
    """The account has this error or warning no more."""
    entries = without(kind.of(account), kind, code)
    call.store.put(ACCOUNTS, replace(account, **{kind.field: freeze(entries)}))
