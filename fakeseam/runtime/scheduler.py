"""What falls due in one runtime, in order of time: deferred syncs and delivery attempts.

A client session needs no work to expire: a request with its token compares the two times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..api.auth import CONTROL
from ..api.connected_accounts.record import SCHEDULED_SYNCS, ScheduledSync
from ..api.connected_accounts.sync import run_due_sync
from ..api.context import Caller, RequestContext
from ..api.events.record import EVENT_STAMPS
from ..api.record_fields import SCHEDULED
from ..api.webhooks.record import SCHEDULED_ATTEMPTS
from ..api.workspaces.record import WORKSPACES
from ..control.context import Runtime
from ..core.clock import format_timestamp, to_ms
from ..core.record_types import RecordType

__all__ = ["Scheduler"]

# A scheduled record's ``created_at`` is the time at which it falls due.
_SCHEDULED_TYPES: tuple[RecordType[Any], ...] = (SCHEDULED_ATTEMPTS, SCHEDULED_SYNCS)


class Scheduler:
    """Knows what is due. Call it under the lock, except ``has_work``.

    ``runtime`` returns the runtime, which is made after the scheduler.
    """

    def __init__(self, runtime: Callable[[], Runtime]) -> None:
        self._runtime = runtime

    def has_work(self) -> bool:
        """Returns whether anything is scheduled, now or later."""
        bucket = self._runtime().store.bucket
        # Not `any` over a generator: each request asks this twice.
        return bool(bucket(SCHEDULED_ATTEMPTS, SCHEDULED) or bucket(SCHEDULED_SYNCS, SCHEDULED))

    def next_due(self) -> int | None:
        """Returns the time of the next scheduled work, in milliseconds, or None."""
        store = self._runtime().store
        firsts = (store.first(one, SCHEDULED) for one in _SCHEDULED_TYPES)
        return min((to_ms(one.created_at) for one in firsts if one is not None), default=None)

    def run_due_syncs(self) -> None:
        """Runs every sync that has fallen due, each in a transaction, as of its own time."""
        runtime = self._runtime()
        now = runtime.clock.ms()
        while (sync := runtime.store.first(SCHEDULED_SYNCS, SCHEDULED)) is not None:
            if to_ms(sync.created_at) > now:
                return
            self._run_sync(runtime, sync, now)

    def _run_sync(self, runtime: Runtime, sync: ScheduledSync, now: int) -> None:
        last = runtime.store.get(EVENT_STAMPS, sync.workspace_id)
        # A request at the same time may have emitted events already; they come before these.
        due = max(to_ms(sync.created_at), 0 if last is None else last.reading)
        due = min(due, now)
        ctx = RequestContext(
            store=runtime.store,
            clock=runtime.clock.as_of(due),
            ids=runtime.ids,
            rules=runtime.rules,
            caller=Caller(CONTROL, runtime.store.get(WORKSPACES, sync.workspace_id)),
            base_url="",
            path="",
            params={},
        )
        with runtime.store.transaction() as transaction:
            run_due_sync(ctx, sync)
        runtime.undo_log.push(transaction.undo)
        summary = f"deferred sync of account {sync.connected_account_id}"
        runtime.journal.record_timeline(format_timestamp(due), summary, transaction.changes)
