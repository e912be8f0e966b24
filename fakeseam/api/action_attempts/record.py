"""What the store keeps of an action attempt."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType

__all__ = ["ACTION_ATTEMPTS", "ActionAttempt"]


@dataclass(frozen=True)
class ActionAttempt:
    """One attempt of Seam's to carry out an action, on a device or on a workspace."""

    action_attempt_id: str
    workspace_id: str
    created_at: str
    action_type: str
    status: str
    result: Mapping[str, Any]
    device_id: str | None


def _index(attempt: ActionAttempt) -> Iterator[Hashable]:
    yield ("workspace", attempt.workspace_id)
    yield ("device_id", attempt.workspace_id, attempt.device_id)


ACTION_ATTEMPTS = RecordType(
    name="action_attempts",
    record=ActionAttempt,
    key="action_attempt_id",
    index=_index,
    noun="action_attempt",
    # Unsourced: Seam says "its original state"; an app that waits for the reset polls its
    # action attempt.
    survives_reset=True,
    section=None,
    shown_by="action_attempts.endpoints:show",
)
