"""What falls due in one world, in order of time: deferred syncs, and attempts to deliver.

A session's end is no work: whoever asks with its token is judged by the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from .api import deliveries
from .api.auth import LEVER
from .api.call import Call, Caller, World
from .api.own_records import DueSync
from .api.sync import carry_out_due, first_due_sync
from .api.tables import DUE, DUE_SYNCS, STAMPS, WAITING, WORKSPACES
from .core.clock import stamp, to_ms
from .core.store import Change

__all__ = ["DueWork"]


class DueWork:
    """For whoever holds the lock, but for ``is_there``. ``world`` gives the world, once made."""

    def __init__(self, world: Callable[[], World]) -> None:
        self._world = world

    def is_there(self) -> bool:
        """Whether anything is to come, whenever."""
        store = self._world().store
        return bool(store.bucket(DUE, WAITING) or store.bucket(DUE_SYNCS, WAITING))

    def first(self) -> int | None:
        """When the next piece of work falls due, in milliseconds; not what is under way."""
        store = self._world().store
        moments = (deliveries.first_due(store), first_due_sync(store))
        return min((one for one in moments if one is not None), default=None)

    def carry_out_syncs(self) -> None:
        """Every sync that has fallen due, each in a transaction, as of its own moment."""
        world = self._world()
        now = world.clock.ms()
        while (due := world.store.first(DUE_SYNCS, WAITING)) and to_ms(due.created_at) <= now:
            self._carry_out(world, due, now)

    def _carry_out(self, world: World, due: DueSync, now: int) -> None:
        workspace = world.store.get(WORKSPACES, due.workspace_id)
        last = world.store.get(STAMPS, due.workspace_id)
        # A call that came just then may have emitted events already; they are before this.
        moment = max(to_ms(due.created_at), 0 if last is None else last.reading)
        moment = min(moment, now)
        then = replace(world, clock=world.clock.as_of(moment))
        call = Call(then, Caller(LEVER, workspace), "", "", {})
        with world.store.transaction() as changes:
            carry_out_due(call, due)
        line = f"sync of account {due.connected_account_id}, which was deferred"
        self.note(stamp(moment), line, changes)

    def note(self, at: str, what: str, changes: Sequence[Change]) -> None:
        """Write down what became of a piece of work."""
        self._world().journal.note_happening(at, what, changes)
