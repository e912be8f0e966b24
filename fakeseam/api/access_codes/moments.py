"""When a code is programmed, and when time alone changes it next.

Source: docs.seam.co, access codes (native scheduling, lifecycle).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ..connect_webviews.login.providers import PROVIDERS
from ..devices.record import Device
from .lifecycle import ACCESS_CODE
from .record import AccessCode

__all__ = ["ACTIVE", "LATER", "PRELOADED", "held_as", "next_moment", "place", "scheduled_at"]

# How long before its start a device with native scheduling gets a code, and any other one.
PRELOAD_BEFORE = timedelta(hours=72)
SET_BEFORE = timedelta(minutes=60)

# Where a code belongs at a time.
ACTIVE = "active"
PRELOADED = "preloaded"
LATER = "later"


def is_native(code: AccessCode, device: Device) -> bool:
    """Returns whether the device gets the code with its times, and keeps them itself."""
    return code.prefers_native_scheduling and PROVIDERS[device.provider].schedules_natively


def scheduled_at(code: AccessCode, device: Device) -> str | None:
    """Returns when a time-bound code is to be programmed; None for an ongoing one."""
    if code.starts_at is None:
        return None
    before = PRELOAD_BEFORE if is_native(code, device) else SET_BEFORE
    return format_timestamp(to_ms(code.starts_at) - before // timedelta(milliseconds=1))


def place(code: AccessCode, device: Device, now: str) -> str:
    """Returns where the code belongs now: ``ACTIVE``, ``PRELOADED`` or ``LATER``."""
    due = scheduled_at(code, device)
    if due is None or code.starts_at is None or code.starts_at <= now:
        return ACTIVE
    if due > now:
        return LATER
    return PRELOADED if is_native(code, device) else ACTIVE


def next_moment(code: AccessCode, device: Device, now: str) -> str | None:
    """Returns the next time at which time alone changes the code, or None."""
    triggers, times = ACCESS_CODE.legal(code.state), []
    if "due" in triggers:
        times += [time for time in [scheduled_at(code, device)] if time is None or time > now]
    if "start" in triggers:
        times.append(code.starts_at)
    if "end" in triggers:  # somebody may have set one in the maker's app that is long over
        times.append(code.ends_at)
    return min((time for time in times if time is not None), default=None)


def held_as(code: AccessCode, where: str = ACTIVE) -> Mapping[str, Any]:
    """Returns what the device holds that has the code at this place."""
    return {
        "code": code.code,
        "name": code.name,
        "starts_at": code.starts_at,
        "ends_at": code.ends_at,
        "opens_at": code.starts_at if where == PRELOADED else None,
    }
