"""/_fakeseam/timeline: what happened, in order: calls, levers, attempts, and what each changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..api.auth import LEVER
from ..api.call import Call
from ..api.events import show as show_event
from ..api.tables import (
    ACCOUNTS,
    ACTION_ATTEMPTS,
    CUSTOMERS,
    DELIVERIES,
    DEVICES,
    EVENTS,
    SESSIONS,
    SPACES,
    USER_IDENTITIES,
    WEBHOOKS,
    WEBVIEWS,
    WORKSPACES,
)
from ..core.endpoint import Namespace
from ..core.frozen import thaw
from ..core.machine import ABSENT
from ..core.store import Change
from ..journal import legible

__all__ = ["as_text", "namespace"]

namespace = Namespace("/_fakeseam")

# What a change is told of, and what it is called; the rest is the fake's own bookkeeping.
NOUNS = {
    WORKSPACES.name: "workspace",
    SESSIONS.name: "client_session",
    WEBVIEWS.name: "connect_webview",
    ACCOUNTS.name: "connected_account",
    DEVICES.name: "device",
    USER_IDENTITIES.name: "user_identity",
    SPACES.name: "space",
    CUSTOMERS.name: "customer",
    WEBHOOKS.name: "webhook",
    ACTION_ATTEMPTS.name: "action_attempt",
}
# Of an event, what it is most closely about.
ABOUT = ("device_id", "connected_account_id", "connect_webview_id")
# The members whose values are told, where they have changed.
MEMBERS = ("custom_metadata", "errors", "warnings")


@namespace.endpoint("GET POST", callers=frozenset({LEVER}), answer="timeline")
def timeline(call: Call) -> list[dict[str, Any]]:
    """What happened, oldest first: each call, lever and webhook attempt with what it changed.

    At most the last 1,000; what only looked is left out.
    """
    return [
        {"at": one.at, "what": one.what, "changes": _told(one.changes)}
        for one in call.world.journal.happenings
    ]


def as_text(entries: Iterable[Mapping[str, Any]]) -> str:
    """The timeline on lines, each change below what caused it."""
    lines = []
    for entry in entries:
        lines.append(f"{entry['at']}  {entry['what']}")
        lines += [f"{'':26}{change}" for change in entry["changes"]]
    return "\n".join(map(legible, lines))


def _told(changes: Sequence[Change]) -> list[str]:
    merged = _merged(changes)
    receivers: dict[str, list[str]] = {}
    for change in merged:
        if change.kind == DELIVERIES.name and change.before is None:
            receivers.setdefault(change.after.event_id, []).append(change.after.url)
    told = [_line(change, receivers) for change in merged]
    return [line for line in told if line is not None]


def _merged(changes: Sequence[Change]) -> list[Change]:
    """One change a record, where the first was; none of what came and went."""
    merged: dict[tuple[str, str], Change] = {}
    for change in changes:
        thing = (change.kind, change.key)
        before = merged[thing].before if thing in merged else change.before
        merged[thing] = Change(change.kind, change.key, before, change.after)
    return [one for one in merged.values() if one.before != one.after]


def _line(change: Change, receivers: Mapping[str, Sequence[str]]) -> str | None:
    if change.kind == EVENTS.name and change.after is not None:
        to = ", ".join(receivers.get(change.key, ()))
        return f"event {_about(show_event(change.after))}{to and f', queued for {to}'}"
    if change.kind == DELIVERIES.name and change.before is not None:
        became = _states(change)
        return f"delivery to {change.before.url}: {became[0]}" if became else None
    if change.kind in NOUNS:
        became = [*_states(change), *_members(change)]
        return f"{NOUNS[change.kind]} {change.key}: {'; '.join(became)}" if became else None
    return None


def _about(event: Mapping[str, Any]) -> str:
    about = next((f" of {event[name]}" for name in ABOUT if event.get(name)), "")
    return f"{event['event_type']}{about}"


def _states(change: Change) -> list[str]:
    before, after = _state(change.before), _state(change.after)
    return [] if before == after else [f"{before} -> {after}"]


def _state(record: Any) -> str:
    return ABSENT if record is None else str(getattr(record, "state", "there"))


def _members(change: Change) -> list[str]:
    """What else an app sees of it, and has changed."""
    if change.after is None:
        return []
    shown = [(name, _value(change.before, name), _value(change.after, name)) for name in MEMBERS]
    return [
        f"{name} {json.dumps(after)}"
        for name, before, after in shown
        if before != after and (before or after)
    ]


def _value(record: Any, name: str) -> Any:
    """Metadata as it is, of errors and warnings the codes."""
    value = getattr(record, name, None)
    if isinstance(value, Mapping):
        return thaw(value)
    return [trouble[f"{name.removesuffix('s')}_code"] for trouble in value or ()]
