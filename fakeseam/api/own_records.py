"""What the fake keeps for itself and Seam would not: as frozen as ``records.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["Catalogue", "DueSync", "EventStamp"]


@dataclass(frozen=True)
class Catalogue:
    """The devices that a test wants of a provider's logins, in place of the usual ones."""

    provider: str
    created_at: str
    devices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class DueSync:
    """An account's first sync, deferred; ``created_at`` is the moment at which it falls due."""

    connected_account_id: str
    workspace_id: str
    created_at: str


@dataclass(frozen=True)
class EventStamp:
    """A workspace's last reading of the clock and last event stamp, in milliseconds."""

    workspace_id: str
    created_at: str
    reading: int
    stamped: int
