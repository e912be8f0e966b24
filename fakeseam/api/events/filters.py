"""Finding events: the filters of the list, and what a client session may see of it.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ...core.table import Entry
from ..client_sessions.record import ClientSession
from ..connect_webviews.record import WEBVIEWS
from ..connected_accounts.record import ACCOUNTS
from ..context import RequestContext
from ..customers.keys import is_visible
from .record import EVENTS, Event, is_reference

__all__ = ["conditions", "has_values", "in_range", "meets", "narrowest", "visible"]

# The parameters of the list that filter by no field of an event.
_NO_CONDITION = frozenset({"since", "between", "limit", "unstable_offset"})


def narrowest(ctx: RequestContext) -> Sequence[Entry]:
    """Returns the shortest sorted list that holds every matching event: filters stay cheap."""
    unions = [[ctx.store.bucket(EVENTS, index) for index in union] for union in _unions(ctx)]
    if "event_ids" in ctx.params:
        unions.append([_entries(ctx, set(ctx.params["event_ids"]))])
    best = min(unions, key=lambda buckets: sum(map(len, buckets)))
    return best[0] if len(best) == 1 else sorted(set(chain.from_iterable(best)))


def _entries(ctx: RequestContext, keys: set[str]) -> Sequence[Entry]:
    own = (key for key in keys if ctx.get(EVENTS, key) is not None)
    return sorted((*ctx.store.position(EVENTS, key), key) for key in own)


def _unions(ctx: RequestContext) -> Iterator[list[Hashable]]:
    """Yields lists of index keys, the workspace's first. A matching event is under one key of
    each list."""
    workspace_id = ctx.workspace_id
    yield [("workspace", workspace_id)]
    for field, values in conditions(ctx.params):
        if field != "event_id":
            yield [(field, workspace_id, value) for value in values]
    if ctx.session is not None:
        yield list(_session_keys(ctx, ctx.session))


def conditions(params: Mapping[str, Any]) -> list[tuple[str, set[str]]]:
    """Returns the fields that the request filters by, each with the values that it accepts.

    A parameter such as ``device_id`` has one value of a field, ``device_ids`` has several. An
    event without the field never matches, so filters by what fakeseam does not implement find
    nothing.
    """
    conditions: list[tuple[str, set[str]]] = []
    for name, value in params.items():
        if is_reference(name) or name == "event_type":
            conditions.append((name, {value}))
        elif is_reference(name.removesuffix("s")) or name == "event_types":
            conditions.append((name.removesuffix("s"), set(value)))
        elif name not in _NO_CONDITION:
            raise RuntimeError(f"/events/list does not know how to filter by {name}")
    return conditions


def _session_keys(ctx: RequestContext, session: ClientSession) -> Iterator[Hashable]:
    """Yields the index keys of the events that a session may see."""
    workspace_id, customer = session.workspace_id, session.customer_key
    accounts, webviews = set(session.connected_account_ids), set(session.connect_webview_ids)
    if customer is not None:
        yield ("customer_key", workspace_id, customer)
        yield ("owner", workspace_id, customer)
        index = ("customer", workspace_id, customer)
        accounts.update(key for *_, key in ctx.store.bucket(ACCOUNTS, index))
        webviews.update(key for *_, key in ctx.store.bucket(WEBVIEWS, index))
    yield from (("connected_account_id", workspace_id, one) for one in accounts)
    yield from (("connect_webview_id", workspace_id, one) for one in webviews)


def in_range(
    entries: Sequence[Entry], since: str | None, between: list[str] | None
) -> Iterator[Entry]:
    """Returns the entries inside the range, without those at its ends."""
    after, before = between or (since, None)
    first = bisect_left(entries, (format_timestamp(to_ms(str(after)) + 1),))
    last = len(entries)
    if before is not None:
        last = bisect_left(entries, (format_timestamp(to_ms(before, up=True)),))
    return (entries[index] for index in range(first, last))


def meets(event: Event, filters: Sequence[tuple[str, set[str]]]) -> bool:
    """Returns whether the event meets every condition."""
    return all(_field(event, field) in values for field, values in filters)


def has_values(event: Event, values: Mapping[str, str | None]) -> bool:
    """Returns whether the event has each of these values; None stands for any value."""
    return all(value is None or _field(event, name) == value for name, value in values.items())


def _field(event: Event, name: str) -> Any:
    """Returns a field of the event or of its payload; None, which no filter accepts, if absent."""
    return getattr(event, name, None) or event.payload.get(name)


def visible(ctx: RequestContext, event: Event) -> bool:
    """Returns whether the caller may see the event: a client session sees those about its own
    webviews and accounts.

    No caller sees a deleted one. Unsourced: that a customer's session also sees events about
    everything of the customer's, and none about another customer's.
    """
    session = ctx.session
    if session is None or event.is_deleted:
        return not event.is_deleted
    account_id = event.payload.get("connected_account_id", "")
    webview_id = event.payload.get("connect_webview_id", "")
    records = (ctx.store.get(ACCOUNTS, account_id), ctx.store.get(WEBVIEWS, webview_id))
    customers = {record.customer_key for record in records if record is not None}
    customers |= {event.payload.get("customer_key"), event.owner}
    listed = account_id in session.connected_account_ids
    listed = listed or webview_id in session.connect_webview_ids
    return all(is_visible(ctx, one, listed=listed) for one in customers - {None} or {None})
