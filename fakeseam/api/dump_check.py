"""Whether the records of a loaded dump fit together."""

from __future__ import annotations

from typing import Any

from ..core.record_types import RecordType
from .context import RequestContext
from .record_functions import record_function
from .record_types import RECORD_TYPES, type_with_key
from .workspaces.record import WORKSPACES

__all__ = ["check_dump"]


def check_dump(ctx: RequestContext) -> None:
    """Raises if a record has an illegal state, belongs to no record, or cannot be shown.

    The exception is that of the part that does not fit, such as ``KeyError`` or ``TypeError``.
    """
    for record_type in RECORD_TYPES:
        for record in ctx.store.all(record_type):
            _check(_in_workspace_of(ctx, record), record_type, record)


def _check(ctx: RequestContext, record_type: RecordType[Any], record: Any) -> None:
    if record_type.states:
        record_type.states.index(record.state)
    if record_type.belongs_to is not None:
        owner_type = type_with_key(record_type.belongs_to)
        ctx.store.position(owner_type, getattr(record, record_type.belongs_to))
    for name in (record_type.shown_by, record_type.checked_by):
        if name is not None:
            record_function(name)(ctx, record)


def _in_workspace_of(ctx: RequestContext, record: Any) -> RequestContext:
    """Returns the context in the record's workspace; ``KeyError`` if there is none."""
    workspace_id = getattr(record, "workspace_id", None)
    if workspace_id is None:
        return ctx
    workspace = ctx.store.get(WORKSPACES, workspace_id)
    if workspace is None:
        raise KeyError(workspace_id)
    return ctx.in_workspace(workspace)
