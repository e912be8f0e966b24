"""What the store keeps of a lock that is about to lock itself."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.record_types import RecordType
from ..record_fields import SCHEDULED

__all__ = ["AUTO_LOCKS", "AutoLock"]


@dataclass(frozen=True)
class AutoLock:
    """A lock that was unlocked, and locks itself at ``created_at``."""

    device_id: str
    workspace_id: str
    created_at: str


AUTO_LOCKS = RecordType(
    name="auto_locks",
    record=AutoLock,
    key="device_id",
    index=lambda auto_lock: [SCHEDULED, ("workspace", auto_lock.workspace_id)],
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="device_id",
    runs_when_due="locks.bolt:lock_itself",
)
