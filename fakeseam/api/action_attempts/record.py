"""What the store keeps of an action attempt."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ..lifecycle import ACTION_ATTEMPT

__all__ = ["ACTION_ATTEMPTS", "ActionAttempt"]


@dataclass(frozen=True)
class ActionAttempt:
    """One attempt of Seam's to carry out an action, on a device or on a workspace.

    ``state`` is a state of the action attempt's table, and what Seam calls its status. ``params``
    are what the action needs; ``access_code_id`` is the code whose result it shows.
    """

    action_attempt_id: str
    workspace_id: str
    created_at: str
    action_type: str
    state: str
    device_id: str | None
    access_code_id: str | None
    params: Mapping[str, Any]
    result: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None


def _index(attempt: ActionAttempt) -> Iterator[Hashable]:
    yield ("workspace", attempt.workspace_id)
    yield ("device_id", attempt.workspace_id, attempt.device_id)
    if attempt.state == "pending" and attempt.access_code_id is not None:
        yield ("pending for", attempt.access_code_id)


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
    shown_by="action_attempts.shape:show",
    states=ACTION_ATTEMPT.states,
)
