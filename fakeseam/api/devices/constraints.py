"""What an app reports of a lock that does not report it: the lengths of its PINs.

Source: docs.seam.co api/access_codes/report_device_constraints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...core.frozen import freeze
from ...core.record_types import replace
from ...schema.checks import is_at_least, is_at_most, is_whole
from ...schema.param_types import Integer
from ...schema.validation import Issue, invalid_input
from ..context import RequestContext
from .capable import find_managed, not_supported
from .record import DEVICES

__all__ = ["code_length", "report"]

SHORTEST, LONGEST = 4, 20
# The type of the locks that do not report their constraints.
REPORTED_TYPE = "smartthings_lock"
# Unsourced: the words.
ONE_FORM = "Either supported_code_lengths or min_code_length and max_code_length can be provided"
NOTHING = "Either supported_code_lengths or min_code_length or max_code_length is required"
REVERSED = "min_code_length must not be greater than max_code_length"


def code_length() -> Any:
    """Declares the length of a PIN."""
    return Integer(checks=(is_whole, is_at_least(SHORTEST), is_at_most(LONGEST)))


def report(
    ctx: RequestContext,
    device_id: str,
    lengths: Sequence[int] | None,
    shortest: int | None,
    longest: int | None,
) -> None:
    """Sets the supported lengths: the given ones, or all from the shortest to the longest."""
    device = find_managed(ctx, device_id)
    if device.device_type != REPORTED_TYPE:
        raise not_supported(device)
    has_range = shortest is not None or longest is not None
    if lengths is not None and has_range:
        raise invalid_input([Issue((), ONE_FORM)])
    if lengths is None and not has_range:
        raise invalid_input([Issue((), NOTHING)])
    if lengths is None:
        lengths = range(shortest or SHORTEST, (longest or LONGEST) + 1)
        if not lengths:
            raise invalid_input([Issue((), REVERSED)])
    properties = {**device.properties, "supported_code_lengths": sorted(set(lengths))}
    ctx.store.put(DEVICES, replace(device, properties=freeze(properties)))
