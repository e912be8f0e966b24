"""What Seam is yet to do at the device: the pending mutations, and the changes in them.

Source: ``pending_mutations`` of the ``access_code`` schema of Seam's OpenAPI, and the event
schemas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..context import RequestContext
from .record import AccessCode

__all__ = [
    "CHANGE_EVENTS",
    "added",
    "changed_properties",
    "changes_between",
    "requested",
]

Mutation = Mapping[str, Any]

# The mutations of an update, in the order of their events: what each changes.
_FIELDS = {
    "updating_name": ("name",),
    "updating_code": ("code",),
    "updating_time_frame": ("starts_at", "ends_at"),
}
# The event of each, and its description. Unsourced: the descriptions.
CHANGE_EVENTS = {
    "updating_name": ("access_code.name_changed", "The name of the access code was changed."),
    "updating_code": ("access_code.code_changed", "The PIN of the access code was changed."),
    "updating_time_frame": (
        "access_code.time_frame_changed",
        "The times of the access code were changed.",
    ),
}
# Unsourced: the messages; Seam's are free text.
_MESSAGES = {
    "creating": "Seam is setting the access code on the device.",
    "deferring_creation": "Seam will set the access code on the device closer to its start.",
    "deleting": "Seam is removing the access code from the device.",
    "updating_name": "Seam is changing the name of the access code.",
    "updating_code": "Seam is changing the PIN of the access code.",
    "updating_time_frame": "Seam is changing the times of the access code.",
}


def added(
    ctx: RequestContext, mutations: Iterable[Mutation], mutation_code: str, **more: Any
) -> tuple[Mutation, ...]:
    """Returns the mutations with one of this code at the end, in place of an earlier one.

    Of two updates of the same values, ``from`` is that of the first; the second may take back the
    first, so that nothing is left to do.
    """
    before = {one["mutation_code"]: one for one in mutations}
    earlier = before.pop(mutation_code, None)
    if earlier is not None and "from" in more:
        more["from"] = earlier["from"]
        if more["from"] == more["to"]:
            return tuple(before.values())
    mutation = {
        "mutation_code": mutation_code,
        "message": _MESSAGES[mutation_code],
        "created_at": ctx.now(),
        **more,
    }
    return (*before.values(), mutation)


def changes_between(before: AccessCode, after: AccessCode) -> Iterator[dict[str, Any]]:
    """Yields ``mutation_code``, ``from`` and ``to`` for each group of values that differ."""
    for mutation_code, fields in _FIELDS.items():
        old, new = ({name: getattr(one, name) for name in fields} for one in (before, after))
        if old != new:
            yield {"mutation_code": mutation_code, "from": old, "to": new}


def requested(mutations: Iterable[Mutation]) -> list[dict[str, Any]]:
    """Returns the mutations as the event ``access_code.mutations_requested`` has them."""
    names = ("mutation_code", "from", "to")
    return [{name: one[name] for name in names if name in one} for one in mutations]


def changed_properties(changes: Iterable[Mutation]) -> list[dict[str, Any]]:
    """Returns the changes as the event ``access_code.changed`` has them, a value each."""
    return [
        {"property": name, "from": one["from"][name], "to": one["to"][name]}
        for one in changes
        for name in one.get("from", ())
        if one["from"][name] != one["to"][name]
    ]
