"""The errors and warnings of an account, and the events that they emit.

Source: docs.seam.co core-concepts/connected-accounts/reconnecting; the members of an error
from Seam's OpenAPI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ..context import RequestContext
from ..devices import account_devices
from ..error_codes import ACCOUNT_ERRORS, ACCOUNT_WARNINGS, CodeTable, with_code, without_code
from ..events.emit import brief
from ..lifecycle import ACCOUNT, AccountTransition
from ..record_fields import ErrorOrWarning
from .events import emit_account_event
from .record import ACCOUNTS, ConnectedAccount

__all__ = ["add", "apply_transition", "break_account", "clear"]

# The table of each code. A code of a row that is in neither table is a KeyError.
_TABLES = {code: table for table in (ACCOUNT_ERRORS, ACCOUNT_WARNINGS) for code in table.codes}


def break_account(
    ctx: RequestContext, account: ConnectedAccount, trigger: str
) -> ConnectedAccount:
    """Steps the account's state machine, and emits the events of the row and of the devices."""
    row = ACCOUNT.step(account.state, trigger)
    broken = ctx.store.put(ACCOUNTS, apply_transition(ctx, account, row))
    for event_type in row.emits:
        emit_account_event(
            ctx,
            event_type,
            broken,
            connected_account_errors=brief(broken.errors, "error_code"),
            connected_account_warnings=brief(broken.warnings, "warning_code"),
        )
    account_devices.emit_connections(ctx, broken)
    return broken


def apply_transition(
    ctx: RequestContext, account: ConnectedAccount, row: AccountTransition
) -> ConnectedAccount:
    """Returns the account in the row's next state, with the row's errors and warnings."""
    account = replace(account, state=row.to)
    for code in row.clears:
        table = _TABLES[code]
        account = _with_entries(account, table, without_code(table.of(account), table, code))
    for code in row.raises:
        table = _TABLES[code]
        account = _with_entries(account, table, with_code(ctx, table.of(account), table, code))
    return account


def add(
    ctx: RequestContext,
    account: ConnectedAccount,
    table: CodeTable,
    code: str,
    message: str | None,
    members: Mapping[str, Any],
) -> None:
    """Adds an error or a warning to the account. Seam documents no event for these."""
    entries = with_code(ctx, table.of(account), table, code, message, members)
    ctx.store.put(ACCOUNTS, _with_entries(account, table, entries))


def clear(ctx: RequestContext, account: ConnectedAccount, table: CodeTable, code: str) -> None:
    """Clears an error or a warning of the account, if it has it."""
    entries = without_code(table.of(account), table, code)
    ctx.store.put(ACCOUNTS, _with_entries(account, table, entries))


def _with_entries(
    account: ConnectedAccount, table: CodeTable, entries: Sequence[ErrorOrWarning]
) -> ConnectedAccount:
    return replace(account, **{table.field: freeze(entries)})
