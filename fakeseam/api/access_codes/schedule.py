"""What time does to a code: it is programmed, starts and ends, each at its moment.

Source: docs.seam.co, access codes (lifecycle). Unsourced: that a code leaves Seam at its end; see
the rule ``expired_access_codes``.
"""

from __future__ import annotations

from ..context import RequestContext
from ..devices.record import DEVICES, Device
from . import transitions
from .lifecycle import ACCESS_CODE
from .moments import ACTIVE, PRELOADED, place
from .record import ACCESS_CODES, AccessCode, CodeMoment

__all__ = ["begin", "run"]

# What a code does that belongs at a place, if its state knows that trigger.
_TRIGGERS = {ACTIVE: "start", PRELOADED: "due"}


def begin(ctx: RequestContext, code: AccessCode, device: Device) -> AccessCode:
    """Begins what the times of a code ask for now, if anything. Returns the code after it."""
    trigger = _TRIGGERS.get(place(code, device, ctx.now()))
    if trigger in ACCESS_CODE.legal(code.state):
        return transitions.apply(ctx, code, trigger)
    return code


def run(ctx: RequestContext, moment: CodeMoment) -> str:
    """Changes a code whose moment has come. Returns its line in the timeline."""
    code = ctx.store.get(ACCESS_CODES, moment.access_code_id)
    device = None if code is None else ctx.store.get(DEVICES, code.device_id)
    if code is None or device is None:
        raise RuntimeError(f"a moment outlived its code {moment.access_code_id}")
    triggers = ACCESS_CODE.legal(code.state)
    if code.ends_at is None or code.ends_at > ctx.now() or "end" not in triggers:
        begin(ctx, code, device)
        return f"access code {code.access_code_id} begins"
    keeps = ctx.rules.expired_access_codes == "keep" and not code.is_backup
    transitions.apply(ctx, code, "end_kept" if keeps and "end_kept" in triggers else "end")
    return f"access code {code.access_code_id} ends"
