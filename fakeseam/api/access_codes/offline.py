"""Offline codes: a device works their PINs out by itself, so Seam programs nothing.

Source: docs.seam.co, offline access codes, and the guides to igloohome, Lockly and Oracode.
Unsourced: the words of the refusals, and the events: created, changed with the PIN, set, deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ...core.clock import format_timestamp, to_ms
from ...schema.validation import Issue, invalid_input
from ..context import RequestContext
from ..devices.record import DEVICES, Device, DeviceStep
from . import transitions
from .errors import with_error
from .new_pins import new_pin
from .record import ACCESS_CODES
from .time_frame import HALF_A_PAIR, TimeFrame, frame_of_new, to_timestamp

__all__ = ["ONE_TIME_LASTS", "assign", "check_offline", "offline_frame"]

ONE_TIME_LASTS = timedelta(hours=24)
MUST_BE_USED_WITHIN = timedelta(hours=24)
_IGLOO_WARNING = "igloo_algopin_must_be_used_within_24_hours"
_DAILY = ("1d", "1day")
_MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class OfflineKind:
    """The time-bound offline codes of a brand: how long they last.

    ``daily`` ones begin and end at the same time of day; ``max_time_rounding`` asks for them.
    """

    least: timedelta
    most: timedelta
    daily: tuple[timedelta, timedelta] | None = None
    takes_one_time: bool = True


_HOURS, _DAYS = timedelta(hours=1), timedelta(days=1)
_KINDS = {
    "igloohome": OfflineKind(1 * _HOURS, 672 * _HOURS, daily=(29 * _DAYS, 367 * _DAYS)),
    "dormakaba_oracode": OfflineKind(timedelta(0), 31 * _DAYS, takes_one_time=False),
    "dormakaba_oracode_iho": OfflineKind(timedelta(0), 31 * _DAYS, takes_one_time=False),
}


def offline_frame(sent: Mapping[str, Any], now: str, *, is_one_time: bool) -> TimeFrame:
    """Returns the times of an offline code. A one-time code with a start alone lasts a day.

    Raises Seam's 400 for other times.
    """
    if is_one_time and "starts_at" in sent and "ends_at" not in sent:
        start = to_timestamp(sent["starts_at"])
        end = format_timestamp(to_ms(start) + ONE_TIME_LASTS // _MS)
        return frame_of_new({**sent, "ends_at": end}, now)
    frame = frame_of_new(sent, now)
    if not frame.is_time_bound:
        raise invalid_input([Issue((), HALF_A_PAIR)])
    return frame


def check_offline(
    device: Device, frame: TimeFrame, *, is_one_time: bool, max_time_rounding: str | None
) -> None:
    """Raises Seam's 400 for an offline code that the device's brand does not have."""
    kind = _KINDS.get(device.provider)
    if kind is None:
        return
    if is_one_time:
        if not kind.takes_one_time:
            raise invalid_input([Issue(("is_one_time_use",), "The device has no one-time codes")])
        return
    least, most = kind.least, kind.most
    lasts = (to_ms(str(frame.ends_at)) - to_ms(str(frame.starts_at))) * _MS
    if kind.daily is not None and max_time_rounding in _DAILY and lasts > most:
        least, most = kind.daily
        if lasts % _DAYS:
            message = "ends_at must have the time of day of starts_at"
            raise invalid_input([Issue(("ends_at",), message)])
    if not least <= lasts <= most:
        message = f"The code must last from {_words(least)} to {_words(most)}"
        raise invalid_input([Issue(("ends_at",), message)])


def _words(span: timedelta) -> str:
    hours = span // _HOURS
    return f"{span // _DAYS} days" if hours and not span % _DAYS else f"{hours} hours"


def assign(ctx: RequestContext, step: DeviceStep) -> None:
    """Gives an offline code its PIN; it opens the device from its start on."""
    code = ctx.store.get(ACCESS_CODES, step.subject_id)
    device = ctx.store.get(DEVICES, step.device_id)
    if code is None or device is None:
        raise RuntimeError(f"a step outlived its code {step.subject_id}")
    pin = new_pin(ctx, device)
    if device.provider == "igloohome" and _lasts_over_a_day(code.starts_at, code.ends_at):
        code = with_error(ctx, code, _IGLOO_WARNING)
    change = {"from": {"code": None}, "to": {"code": pin}}
    code = transitions.apply(ctx, code, "assigned", changes=[change], code=pin)
    if code.starts_at is not None and code.starts_at <= ctx.now():
        transitions.apply(ctx, code, "start")


def _lasts_over_a_day(starts_at: str | None, ends_at: str | None) -> bool:
    lasts = to_ms(str(ends_at)) - to_ms(str(starts_at))
    return lasts * _MS > MUST_BE_USED_WITHIN
