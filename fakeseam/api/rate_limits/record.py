"""What the store keeps of the requests for a device in one minute."""

from __future__ import annotations

from dataclasses import dataclass

from ...core.record_types import RecordType

__all__ = ["REQUEST_COUNTS", "RequestCount"]


@dataclass(frozen=True)
class RequestCount:
    """How many requests of one kind a device has had in the minute of ``minute``.

    ``count_key`` is the device and the kind.
    """

    count_key: str
    workspace_id: str
    created_at: str
    device_id: str
    minute: str
    count: int


REQUEST_COUNTS = RecordType(
    name="request_counts",
    record=RequestCount,
    key="count_key",
    index=lambda count: [
        ("workspace", count.workspace_id),
        ("device_id", count.workspace_id, count.device_id),
    ],
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="device_id",
)
