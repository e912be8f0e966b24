"""/access_codes/unmanaged: codes that somebody set outside of Seam.

Source: docs.seam.co api/access_codes/unmanaged, and the guide to existing access codes.
"""

from __future__ import annotations

from typing import Any

from ...core.record_types import replace
from ...core.shown import Shown
from ...errors import ApiError
from ...schema.endpoint import Namespace, Paged
from ...schema.params import boolean, integer, text, uuid
from ...schema.validation import Issue, invalid_input
from ..action_attempts import attempts
from ..action_attempts.record import ACTION_ATTEMPTS
from ..action_attempts.shape import show as show_attempt
from ..auth import EVERYONE
from ..context import RequestContext
from ..devices import steps
from ..devices.capable import not_supported
from ..listing import page_cursor, search_text
from . import lookup, transitions
from .lookup import check_one
from .record import ACCESS_CODES, AccessCode
from .shape import CANNOT_DELETE_UNMANAGED, shown

__all__ = ["namespace"]

namespace = Namespace("/access_codes/unmanaged")

DEFAULT_LIMIT = 300000
# No two workspaces of a fake share a device, so no code has to be taken from another one.
NO_FORCE = "force has no effect: no other workspace manages a code of the same device"
USE_UPDATE = "Use /access_codes/update to convert access codes to unmanaged"


@namespace.endpoint(
    "PATCH POST",
    callers=EVERYONE,
    response_key="action_attempt",
    partial_note=NO_FORCE,
    inert=("force",),
)
def convert_to_managed(
    ctx: RequestContext,
    *,
    access_code_id: str = uuid(required=True),
    is_external_modification_allowed: bool | None = boolean(),
    allow_external_modification: bool | None = boolean(),
    force: bool | None = boolean(),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Makes a code managed in the next step; it keeps its id.

    Unsourced: the action attempt in the response, which the guide has and the OpenAPI lacks.
    """
    code = _find(ctx, access_code_id)
    _request_conversion(ctx, code)
    attempt = attempts.request(
        ctx,
        "CONVERT_ACCESS_CODE_TO_MANAGED",
        device=transitions.device_of(ctx, code),
        access_code_id=code.access_code_id,
        action=None,
    )
    if sync:
        steps.run_now(ctx, code.access_code_id)
    stored = ctx.store.get(ACTION_ATTEMPTS, attempt.action_attempt_id)
    return show_attempt(ctx, stored or attempt)


@namespace.endpoint("DELETE POST", callers=EVERYONE, response_key="action_attempt")
def delete_(
    ctx: RequestContext,
    *,
    access_code_id: str = uuid(required=True),
    sync: bool = boolean(default=False),
) -> dict[str, Any]:
    """Removes a code from its device in the next step."""
    code = _find(ctx, access_code_id)
    _end_conversions(ctx, code)
    device = transitions.device_of(ctx, code)
    if device.provider in CANNOT_DELETE_UNMANAGED:
        raise not_supported(device)
    steps.request(ctx, "remove", code.access_code_id, device)
    attempt = attempts.request(ctx, "DELETE_ACCESS_CODE", device=device)
    if sync:
        steps.run_now(ctx, code.access_code_id)
        steps.run_now(ctx, attempt.action_attempt_id)
    stored = ctx.store.get(ACTION_ATTEMPTS, attempt.action_attempt_id)
    return show_attempt(ctx, stored or attempt)


@namespace.endpoint(
    "GET POST", callers=EVERYONE, response_key="access_code", checks=[check_one]
)
def get(
    ctx: RequestContext,
    *,
    access_code_id: str | None = uuid(),
    device_id: str | None = uuid(),
    code: str | None = text(minimum=1),
) -> Shown:
    """Returns one unmanaged code, by its id, or by its device and PIN."""
    found = lookup.find_by_pin_or_id(
        ctx, is_managed=False, message=lookup.UNMANAGED_NOT_FOUND
    )
    return shown(ctx, found)


@namespace.endpoint("GET POST", callers=EVERYONE, response_key="access_codes")
def list_(
    ctx: RequestContext,
    *,
    device_id: str = uuid(required=True),
    user_identifier_key: str | None = text(minimum=1),
    search: str | None = search_text(),
    limit: int = integer(default=DEFAULT_LIMIT),
    page_cursor: str | None = page_cursor(),
) -> Paged:
    """Returns the unmanaged codes of a device that meet every filter, oldest first."""
    return lookup.list_codes(ctx, "unmanaged", limit, page_cursor)


@namespace.endpoint(
    "PATCH POST", callers=EVERYONE, partial_note=NO_FORCE, inert=("force",)
)
def update(
    ctx: RequestContext,
    *,
    access_code_id: str = uuid(required=True),
    is_managed: bool = boolean(required=True),
    is_external_modification_allowed: bool | None = boolean(),
    allow_external_modification: bool | None = boolean(),
    force: bool | None = boolean(),
) -> None:
    """Makes a code managed, as ``convert_to_managed`` does."""
    code = _find(ctx, access_code_id)
    if not is_managed:
        raise invalid_input([Issue(("is_managed",), USE_UPDATE)])
    _request_conversion(ctx, code)


def _find(ctx: RequestContext, access_code_id: str) -> AccessCode:
    return lookup.find(
        ctx, access_code_id, is_managed=False, message=lookup.UNMANAGED_NOT_FOUND
    )


def _end_conversions(ctx: RequestContext, code: AccessCode) -> None:
    """Ends the attempts to convert a code that is deleted instead. Unsourced: their error."""
    for attempt in ctx.store.find(ACTION_ATTEMPTS, ("pending for", code.access_code_id)):
        attempts.fail(ctx, attempt, "access_code_not_found", lookup.UNMANAGED_NOT_FOUND)


def _request_conversion(ctx: RequestContext, code: AccessCode) -> None:
    """Asks for a step that makes the code managed. Of two names of the flag the newer wins."""
    device = transitions.device_of(ctx, code)
    if steps.pending_action(ctx, code.access_code_id) == "remove":  # it is about to be gone
        raise lookup.not_found(ctx, lookup.UNMANAGED_NOT_FOUND)
    if not device.is_managed:
        raise ApiError(
            400,
            "device_unmanaged",
            "Device is unmanaged. Use /devices/unmanaged/update",
            data={"device_id": device.device_id},
        )
    older = ctx.params.get("allow_external_modification", False)
    allowed = ctx.params.get("is_external_modification_allowed", older)
    ctx.store.put(ACCESS_CODES, replace(code, is_external_modification_allowed=allowed))
    steps.request(ctx, "convert", code.access_code_id, device)
