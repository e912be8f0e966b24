"""/_fakeseam/timeline: what happened, in order: requests, control calls, attempts, changes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..api.connect_webviews.login.redirects import refused_urls
from ..api.connect_webviews.record import WEBVIEWS
from ..api.events.record import EVENTS
from ..api.events.shape import to_json
from ..api.record_types import RECORD_TYPES
from ..api.webhooks.record import DELIVERIES
from ..core.frozen import thaw
from ..core.state_machine import ABSENT
from ..core.store import Change
from ..schema.endpoint import Namespace, Owner
from .context import ControlContext
from .journal import printable

__all__ = ["NOUNS", "timeline_text", "namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)

# What the timeline calls a record; one without a noun is the fake's own bookkeeping.
NOUNS = {one.name: one.noun for one in RECORD_TYPES if one.noun is not None}
# The fields of an event that name its subject, after that of its own noun, the closest first.
SUBJECTS = ("device_id", "connected_account_id", "connect_webview_id")
# The fields whose new values a change shows.
FIELDS = ("custom_metadata", "errors", "warnings")


@namespace.endpoint("GET POST", response_key="timeline")
def timeline(ctx: ControlContext) -> list[dict[str, Any]]:
    """Returns requests, control calls and webhook attempts with their changes, oldest first.

    At most the last 1,000; calls that only read are left out.
    """
    return [
        {"at": entry.at, "what": str(entry.what), "changes": _lines(entry.changes)}
        for entry in ctx.runtime.journal.timeline
    ]


def timeline_text(entries: Iterable[Mapping[str, Any]]) -> str:
    """Returns the timeline as text, each change below the entry that made it."""
    lines = []
    for entry in entries:
        lines.append(f"{entry['at']}  {entry['what']}")
        lines += [f"{'':26}{change}" for change in entry["changes"]]
    return "\n".join(map(printable, lines))


def _lines(changes: Sequence[Change]) -> list[str]:
    merged = _merge(changes)
    receivers: dict[str, list[str]] = {}
    for change in merged:
        if change.kind == DELIVERIES.name and change.before is None:
            receivers.setdefault(change.after.event_id, []).append(change.after.url)
    lines = [_line(change, receivers) for change in merged]
    return [line for line in lines if line is not None]


def _merge(changes: Sequence[Change]) -> list[Change]:
    """Returns one change for each record, at the place of its first; none if it is as before."""
    merged: dict[tuple[str, str], Change] = {}
    for change in changes:
        record = (change.kind, change.key)
        before = merged[record].before if record in merged else change.before
        merged[record] = Change(change.kind, change.key, before, change.after)
    return [change for change in merged.values() if change.before != change.after]


def _line(change: Change, receivers: Mapping[str, Sequence[str]]) -> str | None:
    if change.kind == EVENTS.name and change.after is not None:
        urls = ", ".join(receivers.get(change.key, ()))
        return f"event {_event(to_json(change.after))}{urls and f', queued for {urls}'}"
    if change.kind == DELIVERIES.name and change.before is not None:
        states = _states(change)
        return f"delivery to {change.before.url}: {states[0]}" if states else None
    if change.kind in NOUNS:
        parts = [*_states(change), *_fields(change), *_refused_redirects(change)]
        return f"{NOUNS[change.kind]} {change.key}: {'; '.join(parts)}" if parts else None
    return None


def _event(event: Mapping[str, Any]) -> str:
    own = f"{event['event_type'].partition('.')[0]}_id"
    subject = next((f" of {event[name]}" for name in (own, *SUBJECTS) if event.get(name)), "")
    return f"{event['event_type']}{subject}"


def _states(change: Change) -> list[str]:
    before, after = _state(change.before), _state(change.after)
    return [] if before == after else [f"{before} -> {after}"]


def _state(record: Any) -> str:
    return ABSENT if record is None else str(getattr(record, "state", "there"))


def _fields(change: Change) -> list[str]:
    """Returns the new values of the fields that an app sees, if they changed."""
    if change.after is None:
        return []
    values = [(name, _value(change.before, name), _value(change.after, name)) for name in FIELDS]
    return [
        f"{name} {json.dumps(after)}"
        for name, before, after in values
        if before != after and (before or after)
    ]


def _refused_redirects(change: Change) -> list[str]:
    """Returns why the page of a new webview will not redirect to a URL that the app gave."""
    if change.kind != WEBVIEWS.name or change.before is not None or change.after is None:
        return []
    return [
        f"the page will not redirect to {name} {getattr(change.after, name)!r}: {reason}"
        for name, reason in refused_urls(change.after).items()
    ]


def _value(record: Any, name: str) -> Any:
    """Returns metadata as it is, and the codes of errors and warnings."""
    value = getattr(record, name, None)
    if isinstance(value, Mapping):
        return thaw(value)
    return [entry[f"{name.removesuffix('s')}_code"] for entry in value or ()]
