"""Deleting a record with the records that belong to it, and resetting a workspace.

Both follow from the declarations of the record types.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from ..core.record_types import RecordType, replace
from .context import RequestContext
from .record_functions import record_function
from .record_types import RECORD_TYPES, owned_types, type_with_key

__all__ = ["delete", "reset_workspace"]

T = TypeVar("T")


def delete(ctx: RequestContext, record_type: RecordType[T], record: T) -> None:
    """Deletes a record and the records that belong to it, and removes its key from every list.

    Emits the record's own events first, then those of the records that belong to it.
    """
    key = record_type.key_of(record)
    if record_type.emits_on_delete is not None:
        record_function(record_type.emits_on_delete)(ctx, record)
    for owned_type in owned_types(record_type):
        for owned in _owned(ctx, owned_type, key):
            delete(ctx, owned_type, owned)
    for listing_type, field in _listing_types(record_type):
        _leave_lists(ctx, listing_type, field, key)
    ctx.store.delete(record_type, key)


def reset_workspace(ctx: RequestContext) -> None:
    """Deletes the workspace's records that do not survive a reset, without events."""
    for record_type in reversed(RECORD_TYPES):
        if not record_type.survives_reset:
            for *_, key in list(ctx.store.bucket(record_type, ("workspace", ctx.workspace_id))):
                ctx.store.delete(record_type, key)


def _owned(ctx: RequestContext, owned_type: RecordType[T], key: str) -> Iterable[T]:
    if owned_type.key != owned_type.belongs_to:
        return ctx.store.find(owned_type, (owned_type.belongs_to, ctx.workspace_id, key))
    owned = ctx.store.get(owned_type, key)
    return [] if owned is None else [owned]


@cache
def _listing_types(record_type: RecordType[Any]) -> tuple[tuple[RecordType[Any], str], ...]:
    """Returns the types that list keys of this type, each with the name of the list."""
    field = f"{record_type.key}s"
    if type_with_key(record_type.key) is not record_type:
        return ()
    return tuple((one, field) for one in RECORD_TYPES if field in one.listed_ids)


def _leave_lists(ctx: RequestContext, listing_type: RecordType[Any], field: str, key: str) -> None:
    """Removes the key of a deleted record from the lists in ``field``.

    Unsourced: that this emits no event; the events of the deleted record report the deletion.
    """
    index = (field.removesuffix("s"), ctx.workspace_id, key)
    for record in ctx.store.find(listing_type, index):
        left = tuple(one for one in getattr(record, field) if one != key)
        ctx.store.put(listing_type, replace(record, **{field: left}))
