"""What a code does that is entered at the keypad of its device.

Source: docs.seam.co api/events, lock.unlocked and lock.access_denied.
"""

from __future__ import annotations

from typing import NamedTuple

from ..context import RequestContext
from ..devices.record import Device
from . import transitions
from .lifecycle import ACCESS_CODE, EXPIRED
from .record import ACCESS_CODES, AccessCode

__all__ = ["Entered", "entered", "used"]

UNKNOWN = "unknown_code"
EXPIRED_CODE = "expired_code"


class Entered(NamedTuple):
    """What an entered PIN does: it opens, or ``reason`` says why not. The code, if one has it."""

    opens: bool
    access_code_id: str | None = None
    is_managed: bool | None = None
    reason: str | None = None


def entered(ctx: RequestContext, device: Device, pin: str) -> Entered:
    """Returns what a PIN does at the device now. What the device holds counts, not Seam's wish."""
    found = ctx.store.find(ACCESS_CODES, ("pin", device.device_id, pin))
    for code in found:
        if _opens(ctx, code, pin):
            return Entered(True, code.access_code_id, code.is_managed)
    for code in found:
        if code.state == EXPIRED:
            return Entered(False, code.access_code_id, code.is_managed, EXPIRED_CODE)
    if found:
        return Entered(False, found[0].access_code_id, found[0].is_managed, UNKNOWN)
    return Entered(False, reason=UNKNOWN)


def _opens(ctx: RequestContext, code: AccessCode, pin: str) -> bool:
    if code.is_offline:
        return "used_up" in ACCESS_CODE.legal(code.state)
    if code.held is None or code.held["code"] != pin:
        return False
    opens_at = code.held["opens_at"]
    return opens_at is None or opens_at <= ctx.now()


def used(ctx: RequestContext, access_code_id: str | None) -> None:
    """Uses up a code that opens once; does nothing for any other code."""
    code = ctx.store.get(ACCESS_CODES, access_code_id or "")
    if code is not None and code.is_one_time_use and "used_up" in ACCESS_CODE.legal(code.state):
        transitions.apply(ctx, code, "used_up")
