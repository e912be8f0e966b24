"""Finding events: the filters of the list, and what a client session may see of it.

Source: docs.seam.co api/events.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ..core.clock import stamp, to_ms
from ..core.table import Entry
from .call import Call
from .customer_keys import sees
from .records import ClientSession, Event
from .tables import ACCOUNTS, EVENT_FIELDS, EVENTS, WEBVIEWS

__all__ = ["fits", "meets", "narrowest", "visible", "within"]

# The parameters that look for one value in an event, and those that look for one of several.
_ONE = (*EVENT_FIELDS, "event_type")
_ONE_OF = {
    "device_ids": "device_id",
    "event_ids": "event_id",
    "event_types": "event_type",
    "space_ids": "space_id",
}


def narrowest(call: Call) -> Sequence[Entry]:
    """The shortest list that holds everything asked for: the cost of a filter."""
    unions = [[call.store.bucket(EVENTS, index) for index in union] for union in _unions(call)]
    if "event_ids" in call.sent:
        unions.append([_entries(call, set(call.sent["event_ids"]))])
    best = min(unions, key=lambda buckets: sum(map(len, buckets)))
    return best[0] if len(best) == 1 else sorted(set(chain.from_iterable(best)))


def _entries(call: Call, keys: set[str]) -> Sequence[Entry]:
    found = (call.store.get(EVENTS, key) for key in keys)
    inside = [one.event_id for one in found if one and one.workspace_id == call.workspace_id]
    return sorted((*call.store.position(EVENTS, key), key) for key in inside)


def _unions(call: Call) -> Iterator[list[Hashable]]:
    """Lists of indexes: what is asked for is under one or other of each; the workspace first."""
    workspace_id, sent = call.workspace_id, call.sent
    yield [("workspace", workspace_id)]
    for name in _ONE:
        if name in sent:
            yield [(name, workspace_id, sent[name])]
    for name, field in _ONE_OF.items():
        if name in sent and field != "event_id":
            yield [(field, workspace_id, value) for value in set(sent[name])]
    if call.session is not None:
        yield list(_about(call, call.session))


def _about(call: Call, session: ClientSession) -> Iterator[Hashable]:
    """The indexes of the events that a session could see."""
    workspace_id, customer = session.workspace_id, session.customer_key
    accounts, webviews = set(session.connected_account_ids), set(session.connect_webview_ids)
    if customer is not None:
        yield ("customer_key", workspace_id, customer)
        yield ("owner", workspace_id, customer)
        index = ("customer", workspace_id, customer)
        accounts.update(key for *_, key in call.store.bucket(ACCOUNTS, index))
        webviews.update(key for *_, key in call.store.bucket(WEBVIEWS, index))
    yield from (("connected_account_id", workspace_id, one) for one in accounts)
    yield from (("connect_webview_id", workspace_id, one) for one in webviews)


def within(
    entries: Sequence[Entry], since: str | None, between: list[str] | None
) -> Iterator[Entry]:
    """The entries in the range; both ends are outside of it."""
    after, before = between or (since, None)
    first = bisect_left(entries, (stamp(to_ms(str(after)) + 1),))
    last = len(entries)
    if before is not None:
        last = bisect_left(entries, (stamp(to_ms(before, up=True)),))
    return (entries[index] for index in range(first, last))


def meets(call: Call, event: Event) -> bool:
    """Whether the event has every value asked for; lacking a field is not having it."""
    sent = call.sent
    one = fits(event, {name: sent[name] for name in _ONE if name in sent})
    return one and all(
        _field(event, field) in sent[name] for name, field in _ONE_OF.items() if name in sent
    )


def fits(event: Event, wanted: Mapping[str, str | None]) -> bool:
    """Whether the event has each of these values; None stands for any."""
    return all(value is None or _field(event, name) == value for name, value in wanted.items())


def _field(event: Event, name: str) -> Any:
    """A field of an event; one that it lacks equals nothing that can be looked for."""
    return getattr(event, name, None) or event.payload.get(name)


def visible(call: Call, event: Event) -> bool:
    """A client session sees the events about its own webviews and accounts.

    Unsourced: that a customer's session also sees those about whatever is the customer's,
    and none about another customer's.
    """
    session = call.session
    if session is None:
        return True
    account_id = event.payload.get("connected_account_id", "")
    webview_id = event.payload.get("connect_webview_id", "")
    things = (call.store.get(ACCOUNTS, account_id), call.store.get(WEBVIEWS, webview_id))
    customers = {thing.customer_key for thing in things if thing is not None}
    customers |= {event.payload.get("customer_key"), event.owner}
    listed = account_id in session.connected_account_ids
    listed = listed or webview_id in session.connect_webview_ids
    return all(sees(call, one, listed=listed) for one in customers - {None} or {None})
