"""What falls due in one runtime, in order of time: delivery attempts, and other scheduled work.

Work is a record whose type declares ``runs_when_due``: a deferred sync, a step at a device. A
client session needs no work to expire: a request with its token compares the two times.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..api.auth import CONTROL
from ..api.context import Caller, RequestContext
from ..api.events.record import EVENT_STAMPS
from ..api.record_fields import SCHEDULED
from ..api.record_functions import record_function
from ..api.record_types import RECORD_TYPES
from ..api.webhooks.record import SCHEDULED_ATTEMPTS
from ..api.workspaces.record import WORKSPACES
from ..control.context import Runtime
from ..core.clock import format_timestamp, to_ms
from ..core.record_types import RecordType

__all__ = ["Scheduler"]

# In the order in which what falls due at the same time is done.
_WORK: tuple[RecordType[Any], ...] = tuple(one for one in RECORD_TYPES if one.runs_when_due)


class Scheduler:
    """Knows what is due. Call it under the lock, except ``has_attempts`` and ``has_work``.

    ``runtime`` returns the runtime, which is made after the scheduler.
    """

    def __init__(self, runtime: Callable[[], Runtime]) -> None:
        self._runtime = runtime

    def has_attempts(self) -> bool:
        """Returns whether a delivery attempt is scheduled, now or later."""
        return bool(self._runtime().store.bucket(SCHEDULED_ATTEMPTS, SCHEDULED))

    def has_work(self) -> bool:
        """Returns whether any other work is scheduled, now or later."""
        bucket = self._runtime().store.bucket
        for record_type in _WORK:  # not `any` over a generator: each request asks this
            if bucket(record_type, SCHEDULED):
                return True
        return False

    def next_due(self) -> int | None:
        """Returns the time of the next attempt or work, in milliseconds, or None."""
        store = self._runtime().store
        firsts = (store.first(one, SCHEDULED) for one in (SCHEDULED_ATTEMPTS, *_WORK))
        return min((to_ms(one.created_at) for one in firsts if one is not None), default=None)

    def has_due_work(self) -> bool:
        """Returns whether any work has fallen due."""
        runtime = self._runtime()
        return self._first_work(runtime, runtime.clock.ms()) is not None

    def run_work(self) -> None:
        """Does all work that has fallen due, each in a transaction, as of its own time."""
        runtime = self._runtime()
        now = runtime.clock.ms()
        while (due := self._first_work(runtime, now)) is not None:
            self._run(runtime, *due, now)

    def _first_work(self, runtime: Runtime, now: int) -> tuple[RecordType[Any], Any] | None:
        """Returns the work that is due first, with its type; None if none is due."""
        found = [
            (record_type, work)
            for record_type in _WORK
            if (work := runtime.store.first(record_type, SCHEDULED)) is not None
        ]
        first = min(found, key=lambda one: one[1].created_at, default=None)
        return first if first and first[1].created_at <= format_timestamp(now) else None

    def _run(self, runtime: Runtime, record_type: RecordType[Any], work: Any, now: int) -> None:
        last = runtime.store.get(EVENT_STAMPS, work.workspace_id)
        # A request at the same time may have emitted events already; they come before these.
        due = max(to_ms(work.created_at), 0 if last is None else last.reading)
        due = min(due, now)
        ctx = RequestContext(
            store=runtime.store,
            clock=runtime.clock.as_of(due),
            ids=runtime.ids,
            rules=runtime.rules,
            caller=Caller(CONTROL, runtime.store.get(WORKSPACES, work.workspace_id)),
            base_url="",
            path="",
            params={},
        )
        with runtime.store.transaction() as transaction:
            runtime.store.delete(record_type, record_type.key_of(work))
            summary = record_function(str(record_type.runs_when_due))(ctx, work)
        runtime.undo_log.push(transaction.undo)
        if summary:
            changes = transaction.changes
            runtime.journal.record_timeline(format_timestamp(due), summary, changes)
