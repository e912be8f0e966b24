"""Entering a code at the keypad of a lock.

Source: docs.seam.co api/events, lock.unlocked and lock.access_denied, and the brands' guides.
Unsourced: that a keypad works while the lock is offline.
"""

from __future__ import annotations

from typing import Any

from ...core.record_types import replace
from ..access_codes.entered import Entered, entered, used
from ..connect_webviews.login.providers import PROVIDERS
from ..context import RequestContext
from ..devices.events import emit_if_managed
from ..devices.record import DEVICES, Device
from . import bolt

__all__ = ["DENIED_AFTER", "REASONS", "enter"]

# Why an entered code does not open, as Seam says it. Unsourced: the messages.
REASONS = {
    "unknown_code": "The code is not known to the lock.",
    "expired_code": "The code has expired.",
    "blocklisted_code": "The code is on the block list.",
    "too_many_attempts": "Too many wrong codes were entered.",
    "blocked_by_privacy_mode": "The lock is in privacy mode.",
    "credential_error": "The credential could not be read.",
}
BLOCKED = "blocked_by_privacy_mode"

# How many wrong entries in a row a brand reports as one denial; any other reports each.
DENIED_AFTER = {"kwikset": 3}


def enter(ctx: RequestContext, device: Device, pin: str) -> str | None:
    """Enters a PIN: the lock unlocks, or denies it. Each has its event.

    Returns the reason of a denial, one of ``REASONS``; None if the lock unlocks.

    Unsourced: that privacy mode blocks any code, right or wrong, and that each try is reported.
    """
    found = entered(ctx, device, pin)
    if any(one["warning_code"] == "privacy_mode" for one in device.warnings):
        _report_denial(ctx, device, found._replace(reason=BLOCKED))
        return BLOCKED
    if not found.opens:
        _deny(ctx, device, found)
        return found.reason
    device = ctx.store.put(DEVICES, replace(device, wrong_entries=0))
    named: dict[str, Any] = {}
    if PROVIDERS[device.provider].names_entered_code:
        named["access_code_id"] = found.access_code_id
        named["access_code_is_managed"] = found.is_managed
    bolt.turn(ctx, device, False, "keycode", always=True, code=pin, **named)
    used(ctx, found.access_code_id)
    return None


def _deny(ctx: RequestContext, device: Device, found: Entered) -> None:
    """Counts a wrong entry, and reports it if the brand does."""
    wrong = device.wrong_entries + 1
    is_reported = wrong >= DENIED_AFTER.get(device.provider, 1)
    device = ctx.store.put(DEVICES, replace(device, wrong_entries=0 if is_reported else wrong))
    if is_reported:
        _report_denial(ctx, device, found)


def _report_denial(ctx: RequestContext, device: Device, found: Entered) -> None:
    reason = str(found.reason)
    emit_if_managed(
        ctx,
        "lock.access_denied",
        device,
        access_code_id=found.access_code_id,
        reason={"reason_code": reason, "message": REASONS[reason]},
    )
