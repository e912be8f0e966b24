"""What happens to codes outside of Seam: somebody changes them, and they are entered at a keypad.

Source: docs.seam.co, access codes (external modification), and api/events.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...core.frozen import freeze
from ..context import RequestContext
from . import transitions
from .record import AccessCode
from .space import retry_blocked, space_freed

__all__ = ["modify", "remove"]


def modify(ctx: RequestContext, code: AccessCode, fields: Mapping[str, Any]) -> None:
    """Gives a code on its device other values, as somebody does in the maker's app.

    Seam sets its own values again, or honors the new ones, as the code allows.
    """
    if code.held is None:
        raise RuntimeError(f"no device has access code {code.access_code_id}")
    device, held = transitions.device_of(ctx, code), code.held
    modified = [
        {"field": name, "from": held[name], "to": value}
        for name, value in fields.items()
        if held[name] != value
    ]
    if not modified:
        return
    opens = {"opens_at": fields["starts_at"]} if "starts_at" in fields else {}
    now_held = freeze({**held, **fields, **opens})
    members = {"change_type": "modified", "modified_fields": modified}
    if not code.is_managed:
        transitions.apply(ctx, code, "modified_outside", held=now_held, **fields)
    elif code.is_external_modification_allowed:
        # What an update is about to change stays as the app wants it.
        asked = {name for one in code.mutations for name in one.get("to", ())}
        honored = {name: value for name, value in fields.items() if name not in asked}
        transitions.apply(
            ctx, code, "modification_honored", members=members, held=now_held, **honored
        )
    else:
        transitions.apply(ctx, code, "modified_outside", members=members, held=now_held)
    if "code" in fields:
        retry_blocked(ctx, device, {held["code"]})


def remove(ctx: RequestContext, code: AccessCode) -> None:
    """Removes a code from its device, as somebody does in the maker's app."""
    device = transitions.device_of(ctx, code)
    members = {"change_type": "removed", "modified_fields": []}
    if not code.is_managed:
        transitions.apply(ctx, code, "removed")
    elif code.is_external_modification_allowed:
        transitions.apply(ctx, code, "removal_honored", members=members, held=None)
    else:
        transitions.apply(ctx, code, "removed_outside", members=members, held=None)
    retry_blocked(ctx, device, code.pins)
    space_freed(ctx, device)
