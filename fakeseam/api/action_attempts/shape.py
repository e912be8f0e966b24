"""An action attempt as Seam shows it.

Source: the ``action_attempt`` schema of Seam's OpenAPI.
"""

from __future__ import annotations

from typing import Any

from ...core.frozen import thaw
from ..access_codes.record import ACCESS_CODES
from ..access_codes.shape import show as show_code
from ..context import RequestContext
from .record import ActionAttempt

__all__ = ["show"]

# The types whose result has the code.
_OF_CODES = ("CREATE_ACCESS_CODE", "UPDATE_ACCESS_CODE")


def show(ctx: RequestContext, attempt: ActionAttempt) -> dict[str, Any]:
    """Returns the attempt. Its result and its error are null while it is pending.

    The result of a request for a code shows the code as it is now, while it exists.
    """
    result = thaw(attempt.result)
    code = ctx.store.get(ACCESS_CODES, attempt.access_code_id or "")
    if code is not None and result is not None and attempt.action_type in _OF_CODES:
        result = {"access_code": show_code(ctx, code)}
    return {
        "action_attempt_id": attempt.action_attempt_id,
        "action_type": attempt.action_type,
        "status": attempt.state,
        "result": result,
        "error": thaw(attempt.error),
    }
