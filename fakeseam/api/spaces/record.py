"""What the store keeps of a space."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass

from ...core.record_types import RecordType
from ..record_fields import index_values

__all__ = ["SPACES", "Space"]


@dataclass(frozen=True)
class Space:
    """A space, with the accounts and devices that are in it."""

    space_id: str
    workspace_id: str
    created_at: str
    name: str
    space_key: str | None
    parent_space_id: str | None
    customer_key: str | None
    customer_data: Mapping[str, str]
    geolocation: Mapping[str, float] | None
    connected_account_ids: tuple[str, ...]
    device_ids: tuple[str, ...]


def _index(space: Space) -> Iterator[Hashable]:
    workspace_id = space.workspace_id
    yield ("workspace", workspace_id)
    yield from index_values(
        workspace_id,
        {
            "key": space.space_key,
            "customer": space.customer_key,
            "parent": space.parent_space_id,
        },
    )
    for account_id in space.connected_account_ids:
        yield ("connected_account_id", workspace_id, account_id)
    for device_id in space.device_ids:
        yield ("device_id", workspace_id, device_id)


SPACES = RecordType(
    name="spaces",
    record=Space,
    key="space_id",
    index=_index,
    noun="space",
    survives_reset=False,
    section=None,
    shown_by="spaces.shape:show",
    listed_ids=("connected_account_ids", "device_ids"),
    checked_by="spaces.members:check",
)
