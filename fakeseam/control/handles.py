"""What ``FakeSeam`` hands out: the clock, and other workspaces."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from ..core.clock import Clock
from ..errors import is_outcome
from .context import ControlCaller

if TYPE_CHECKING:
    from seam.seam import AsyncSeam, Seam

__all__ = ["FakeClock", "SdkSource", "Workspace"]

__tracebackhide__ = is_outcome


class SdkSource(Protocol):
    """A ``FakeSeam``, as a workspace uses it."""

    def client(self, token: str | None = None, workspace: object = None) -> Seam:
        """Returns the official SDK with this key."""

    def async_client(self, token: str | None = None, workspace: object = None) -> AsyncSeam:
        """Returns the official asynchronous SDK with this key."""


class Workspace:
    """A workspace of a fake other than its first one."""

    def __init__(self, fake: SdkSource, workspace_id: str, api_key: str) -> None:
        self._fake = fake
        self.workspace_id = workspace_id
        self.api_key = api_key

    def __repr__(self) -> str:
        return f"<Workspace {self.workspace_id}>"

    def client(self) -> Seam:
        """Returns the official SDK with this workspace's key."""
        return self._fake.client(self.api_key)

    def async_client(self) -> AsyncSeam:
        """Returns the official asynchronous SDK with this workspace's key."""
        return self._fake.async_client(self.api_key)


class FakeClock:
    """The fake's time: where ``now=`` set it, or the wall clock plus what was advanced."""

    def __init__(self, engine: ControlCaller, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    def __repr__(self) -> str:
        return f"<clock {self.now.isoformat()}>"

    @property
    def now(self) -> datetime:
        """The fake's time, with UTC as its time zone."""
        return self._clock.now

    def advance(self, by: timedelta | float) -> None:
        """Moves the clock by a timedelta or by seconds, without waiting.

        What falls due on the way runs at its own time: webhook attempts, whose responses it
        waits for, and deferred syncs. Raises ``MisuseError`` inside a webhook receiver.
        """
        self._engine.call_control("clock/advance", seconds=self._clock.span(by) / 1000)

    def pause(self, seconds: float) -> None:
        """Moves the clock as a client waits between two tries; the next call runs what is due."""
        self._clock.advance(seconds)
