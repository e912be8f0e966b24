"""What the store keeps of a connected account, and of its scheduled first sync."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ..lifecycle import ACCOUNT
from ..record_fields import SCHEDULED, ErrorOrWarning, Metadata, index_metadata

__all__ = ["ACCOUNTS", "SCHEDULED_SYNCS", "ConnectedAccount", "ScheduledSync"]


@dataclass(frozen=True)
class ConnectedAccount:
    """An account. ``state`` is a state of the account's transition table.

    A later login with the same ``identifier`` and ``site`` is a login to the same account.
    ``unsynced`` names the events that its next sync emits. ``custom_devices`` are the devices
    that a test gave this login; None if the provider's catalog decides.
    """

    connected_account_id: str
    workspace_id: str
    created_at: str
    state: str
    provider: str
    identifier: str
    site: str
    user_identifier: Mapping[str, str]
    display_name: str | None
    custom_metadata: Metadata
    automatically_manage_new_devices: bool
    accepted_capabilities: tuple[str, ...]
    capabilities_given: bool
    customer_key: str | None
    errors: tuple[ErrorOrWarning, ...]
    warnings: tuple[ErrorOrWarning, ...]
    unsynced: tuple[str, ...]
    custom_devices: tuple[Mapping[str, Any], ...] | None


@dataclass(frozen=True)
class ScheduledSync:
    """An account's deferred first sync; ``created_at`` is the time at which it falls due."""

    connected_account_id: str
    workspace_id: str
    created_at: str


def _index(account: ConnectedAccount) -> Iterator[Hashable]:
    workspace_id = account.workspace_id
    yield ("workspace", workspace_id)
    if account.customer_key is not None:
        yield ("customer", workspace_id, account.customer_key)
    yield ("identity", workspace_id, account.provider, account.identifier, account.site)
    if "email" in account.user_identifier:
        yield ("email", workspace_id, account.user_identifier["email"].lower())
    yield from index_metadata(workspace_id, account.custom_metadata)


ACCOUNTS = RecordType(
    name="connected_accounts",
    record=ConnectedAccount,
    key="connected_account_id",
    index=_index,
    noun="connected_account",
    survives_reset=False,
    section="accounts",
    shown_by="connected_accounts.endpoints:show",
    states=ACCOUNT.states,
    checked_by="devices.custom:check_account",
)
SCHEDULED_SYNCS = RecordType(
    name="scheduled_syncs",
    record=ScheduledSync,
    key="connected_account_id",
    index=lambda sync: [SCHEDULED, ("workspace", sync.workspace_id)],
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="connected_account_id",
    runs_when_due="connected_accounts.sync:run_due_sync",
)
