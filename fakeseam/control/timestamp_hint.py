"""Advice for a receiver whose clock stands elsewhere than the signatures'."""

from __future__ import annotations

import re

from ..api.webhooks.record import Attempt
from ..core.clock import Clock, format_timestamp

__all__ = ["TOLERANCE_S", "timestamp_hint"]

# How far a signature's time may be from the receiver's, in seconds. Source: Svix's libraries, one
# of which Seam's SDK verifies with.
TOLERANCE_S = 5 * 60

# What these libraries say, in a response or an exception.
_COMPLAINT = re.compile(r"timestamp (?:is )?too (?:old|new)", re.IGNORECASE)
# What receivers answer to a signature that they refuse. They seldom say why.
_REFUSALS = (400, 401, 403)

_DIFFERS = (
    ": now= stopped the fake's clock, and the wall clock is at {wall}. Sign by the wall clock with"
    " fake.webhooks.sign_by('wall'), or give the receiver the fake's time"
)
_AGREES = (
    ", though the wall clock agrees with it: the receiver has another clock. Give it the fake's"
    " time"
)


def timestamp_hint(attempt: Attempt, clock: Clock) -> str | None:
    """Returns cause and remedy of a refused timestamp, or None if nothing points to one."""
    if attempt.succeeded:
        return None
    texts = (attempt.response_body, attempt.error, attempt.traceback)
    is_named = any(_COMPLAINT.search(text) for text in texts if text)
    distance = abs(attempt.signed_at - clock.receivers_ms() // 1000)
    if not is_named and not (attempt.status in _REFUSALS and distance > TOLERANCE_S):
        return None
    verb = "refuses" if is_named else "may refuse"
    signed_at = format_timestamp(attempt.signed_at * 1000)
    reason = _AGREES if distance <= TOLERANCE_S else _DIFFERS
    wall = format_timestamp(clock.receivers_ms())
    return (
        f"hint: the receiver {verb} the time of the signature, {signed_at}"
        f"{reason.format(wall=wall)} with freezegun.freeze_time(fake.clock.now)"
    )
