"""/_fakeseam: saving, loading, resetting and closing the whole state; strict violations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..schema.endpoint import Namespace, Owner
from ..schema.params import array, boolean, enum, number, record, text
from .context import AfterCommit, ControlContext

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)


@namespace.endpoint("POST", response_key="workspace")
def reset(
    ctx: ControlContext,
    *,
    seed: int | None = number(),
    now: str | None = text(),
    strict: bool | None = boolean(),
    blank_metadata_on_reconnect: str | None = enum("clear", "keep"),
    metadata_update: str | None = enum("replace", "merge"),
    defer_sync: bool | None = boolean(),
    lenient_ids: bool | None = boolean(),
    device_delay: float | None = number(minimum=0),
    expired_access_codes: str | None = enum("remove", "keep"),
    rate_limits: bool | None = boolean(),
) -> AfterCommit:
    """Makes the fake as new: empty, with the same first ids, and the clock where it began.

    The parameters are those of ``FakeSeam``; one that is left out has this fake's first value.
    Returns the first workspace's id and API key; another seed gives others.
    """
    given = dict(ctx.params)
    return AfterCommit(lambda: ctx.runtime.state.reset(**given))


@namespace.endpoint("POST")
def close(ctx: ControlContext) -> AfterCommit:
    """Ends the fake of a key ``seam_fake_NAME``; the key's next request makes a new one."""
    return AfterCommit(ctx.runtime.state.close_named)


@namespace.endpoint("POST", response_key="snapshot_id")
def snapshot(ctx: ControlContext) -> AfterCommit:
    """Saves a snapshot of the state until the fake is reset; returns its id for restore."""
    return AfterCommit(ctx.runtime.state.save_snapshot)


@namespace.endpoint("POST", response_key="workspace")
def restore(ctx: ControlContext, *, snapshot_id: str = text(required=True)) -> AfterCommit:
    """Replaces the state by a saved snapshot's; the clock does not go back.

    Returns the first workspace's id and API key.
    """
    return AfterCommit(lambda: ctx.runtime.state.restore_saved(snapshot_id))


@namespace.endpoint("GET POST", response_key="dump")
def dump(ctx: ControlContext) -> AfterCommit:
    """Returns the state as the JSON of a dump, for load."""
    return AfterCommit(ctx.runtime.state.to_dump)


@namespace.endpoint("POST", response_key="workspace")
def load(
    ctx: ControlContext,
    *,
    fakeseam_schema: int | None = number(),
    seed: int | None = number(),
    workspace_id: str | None = text(),
    api_key: str | None = text(),
    store: Mapping[str, Any] | None = record(),
    fakeseam_seed: int | None = number(),
    steps: list[Mapping[str, Any]] | None = array(record()),
) -> AfterCommit:
    """Loads a dump, which replaces the state, or a seed file, which adds to it.

    The file is the request's body. All or nothing: a refused file changes nothing. Returns the
    first workspace's id and API key, which a dump may replace.
    """
    source = dict(ctx.params)
    return AfterCommit(lambda: ctx.runtime.state.load(source))


@namespace.endpoint("GET POST")
def assert_nothing_unexpected(ctx: ControlContext) -> AfterCommit:
    """Fails with a list of strict violations: unsupported requests, receivers that raised."""
    return AfterCommit(ctx.runtime.state.assert_nothing_unexpected)
