"""The values of access codes: as Seam shows them, and in the minutes of the model."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.properties.code_model import VALUES

__all__ = ["NOON", "Mirror", "before_mutations", "iso", "seen", "short", "values_of"]

NOON = datetime.fromisoformat("2026-01-01T12:00:00Z")


def iso(minute):
    """A moment as Seam writes it."""
    if minute is None:
        return None
    return (NOON + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def minute_of(time):
    if time is None:
        return None
    return int((datetime.fromisoformat(time) - NOON) / timedelta(minutes=1))


def values_of(shown):
    """The values of a code that Seam shows, in the words of the model."""
    return as_minutes({name: shown[name] for name in VALUES})


def as_minutes(values):
    times = ("starts_at", "ends_at")
    return {k: minute_of(v) if k in times else v for k, v in values.items()}


def short(event):
    return event["event_type"].removeprefix("access_code.")


def seen(code, values):
    """These values as Seam shows them: it hides the PINs of a SmartThings lock's own codes."""
    return values if code.managed or code.lock.is_native else values | {"code": None}


def before_mutations(shown):
    """The values of a code before its pending mutations."""
    values = values_of(shown)
    for one in shown.get("pending_mutations", ()):
        if "from" in one:
            to = as_minutes(one["to"])
            assert to.items() <= values.items()
            values |= as_minutes(one["from"])
    return values


class Mirror(dict):
    """What the events have said of each code that exists: its values, by its id."""

    def replay(self, event):
        code_id, kind = event["access_code_id"], short(event)
        if kind == "changed":
            for one in event["changed_properties"]:
                before, after = (as_minutes({one["property"]: one[at]}) for at in ("from", "to"))
                assert before.items() <= self[code_id].items()
                assert before != after
                self[code_id] |= after
        elif kind in ("deleted", "unmanaged.removed"):
            del self[code_id]
        elif kind == "set_on_device":
            assert event["code"] == self[code_id]["code"]
