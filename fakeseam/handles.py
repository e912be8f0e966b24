"""What ``FakeSeam`` hands out or takes: snapshots, workspaces, the clock, ids of things."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from .core.clock import Clock, stamp, to_ms
from .core.store import Snapshot as StoreSnapshot
from .errors import MisuseError

if TYPE_CHECKING:
    from seam.seam import AsyncSeam, Seam

    from .fake import FakeSeam

__all__ = [
    "FakeClock",
    "Snapshot",
    "Workspace",
    "check_base_url",
    "check_journal_size",
    "id_of",
    "ids_of",
    "listed",
    "written",
]

# Scheme, host (bracketed if it is an IPv6 address) and port; a path that is put before Seam's.
_BASE_URL = re.compile(
    r"https?://(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?(?:/[^\s?#]*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Snapshot:
    """All that a fake knew at one moment; for ``restore``."""

    store: StoreSnapshot = field(repr=False)
    seed: int
    api_key: str = field(repr=False)
    workspace_id: str

    @property
    def counts(self) -> dict[str, int]:
        """How many things there are of each kind."""
        tables = self.store.tables
        return {name: len(table.records) for name, table in tables.items() if table.records}

    def __str__(self) -> str:
        told = ", ".join(f"{count} {name}" for name, count in self.counts.items())
        return f"<snapshot: {told}>"


class Workspace:
    """A workspace of a fake beside its first one."""

    def __init__(self, fake: FakeSeam, workspace_id: str, api_key: str) -> None:
        self._fake = fake
        self.workspace_id = workspace_id
        self.api_key = api_key

    def __repr__(self) -> str:
        return f"<Workspace {self.workspace_id}>"

    def client(self) -> Seam:
        """The official SDK, as this workspace's key."""
        return self._fake.client(self.api_key)

    def async_client(self) -> AsyncSeam:
        """The official asynchronous SDK, as this workspace's key."""
        return self._fake.async_client(self.api_key)


class FakeClock:
    """The fake's time: where ``now=`` put it, or the wall clock plus what was advanced."""

    def __init__(self, fake: FakeSeam, clock: Clock) -> None:
        self._fake = fake
        self._clock = clock

    def __repr__(self) -> str:
        return f"<clock {self.now.isoformat()}>"

    @property
    def now(self) -> datetime:
        """The fake's time, with UTC as its time zone."""
        return self._clock.now

    def advance(self, by: timedelta | float) -> None:
        """Move time on by a timedelta or by seconds, without waiting for it to pass.

        What falls due on the way happens at its moment: webhook attempts, whose answers are
        waited for, and syncs that were deferred. Raises ``MisuseError`` from inside a webhook's
        receiver.
        """
        self._fake.pull("clock/advance", seconds=self._clock.span(by) / 1000)

    def pause(self, seconds: float) -> None:
        """Let time pass, as a client does between two tries; the next call makes what is due."""
        self._clock.advance(seconds)


def check_base_url(given: object) -> None:
    """``MisuseError`` for what no URL can begin with."""
    found = _BASE_URL.fullmatch(given) if isinstance(given, str) else None
    if found is None or int(found[1] or 0) > 65535:
        raise MisuseError(
            f"base_url={given!r}: it begins with http:// or https://, then has a host, and a port"
            " and a path if need be, as in 'http://seam.test:8080'"
        )


def check_journal_size(given: object) -> None:
    """``MisuseError`` for what no number of requests can be."""
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= sys.maxsize:
        raise MisuseError(f"journal_size={given!r}: how many requests are kept, an int from 1 on")


def listed(things: Iterable[Mapping[str, object]] | None) -> list[object] | None:
    """Anything that can be gone through, as a list; not one thing in place of a list of it."""
    if isinstance(things, (str, Mapping)) or not isinstance(things, (Iterable, type(None))):
        raise MisuseError(f"{things!r} is one thing: give a list of them")
    return None if things is None else list(things)


def ids_of(given: Iterable[str]) -> list[str]:
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise MisuseError(f"{given!r} is no list of ids: give one")
    return list(given)


def written(moment: datetime | str | None) -> str | None:
    """A moment as Seam writes it; a naive one is taken as UTC, text is left as it is."""
    return stamp(to_ms(moment)) if isinstance(moment, datetime) else moment


def id_of(thing: object, name: str) -> str:
    """The id that a thing is or carries: text, a mapping, or an object with the attribute."""
    if isinstance(thing, str):
        return thing
    found = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
    if not isinstance(found, str):
        raise MisuseError(f"{thing!r} carries no {name}: give the id, or what the API returned")
    return found
