"""Finding codes: one by its id or its PIN, and several by the filters of the lists.

Source: docs.seam.co api/access_codes. The words of the refusals are those of
@seamapi/fake-seam-connect, in every endpoint the same.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from ...errors import ApiError
from ...schema.endpoint import Paged
from ..context import RequestContext
from ..devices.record import DEVICES
from ..devices.shape import visible
from ..listing import contains, list_page, of_user
from .record import ACCESS_CODES, AccessCode
from .shape import shown

__all__ = [
    "NOT_FOUND",
    "NOT_FOUND_BY_ID",
    "UNMANAGED_NOT_FOUND",
    "check_filter",
    "check_one",
    "find",
    "find_by_pin_or_id",
    "list_codes",
    "not_found",
]

NOT_FOUND = "Could not find an access_code with device_id or access_code_id"
NOT_FOUND_BY_ID = "Could not find an access_code with access_code_id"
UNMANAGED_NOT_FOUND = "Access code not found"

# The filters of which the list of managed codes needs one. Unsourced: that each of them is enough;
# the reference names five, and Seam's SDK sends any.
FILTERS = (
    "access_code_ids",
    "device_id",
    "access_method_id",
    "access_grant_id",
    "access_grant_key",
    "customer_key",
    "user_identifier_key",
    "search",
)
# Of these, the filters by what fakeseam does not implement: they match nothing.
OF_GRANTS = ("access_method_id", "access_grant_id", "access_grant_key")


def check_one(sent: Mapping[str, Any]) -> str | None:
    """Returns what is wrong with a request for one code, by its id or by device and PIN."""
    has_id, has_device, has_pin = (
        name in sent for name in ("access_code_id", "device_id", "code")
    )
    if not (has_id or has_device or has_pin):
        return 'Either "access_code_id" OR "code" and "device_id" must be provided'
    if has_id and has_pin:
        return 'Both "access_code_id" and "code" can not be provided'
    if not has_id and has_device != has_pin:
        return 'Both "device_id" and "code" must be provided if one is'
    return None


def check_filter(sent: Mapping[str, Any]) -> str | None:
    """Returns what is wrong with a request for a list without any filter."""
    if any(name in sent for name in FILTERS):
        return None
    return "Either 'device_id' or 'access_code_ids' is required"


def find(
    ctx: RequestContext,
    access_code_id: str,
    *,
    device_id: str | None = None,
    is_managed: bool = True,
    message: str = NOT_FOUND,
) -> AccessCode:
    """Returns a code of the workspace that the caller may see. Raises Seam's 404 for any other.

    A code of the other kind, managed or unmanaged, and one of another device are others.
    """
    code = ctx.get(ACCESS_CODES, access_code_id)
    if (
        code is None
        or code.is_managed != is_managed
        or device_id not in (None, code.device_id)
        or not _visible(ctx, code)
    ):
        raise not_found(ctx, message)
    return code


def find_by_pin_or_id(
    ctx: RequestContext, *, is_managed: bool = True, message: str = NOT_FOUND
) -> AccessCode:
    """Returns the code that the request names, by its id, or by its device and PIN."""
    sent = ctx.params
    if "access_code_id" in sent:
        return find(
            ctx,
            sent["access_code_id"],
            device_id=sent.get("device_id"),
            is_managed=is_managed,
            message=message,
        )
    device = ctx.get(DEVICES, sent["device_id"])
    pin = sent["code"]
    index = ("pin", sent["device_id"], pin)
    for code in () if device is None else ctx.store.find(ACCESS_CODES, index):
        if code.code == pin and code.is_managed == is_managed and _visible(ctx, code):
            return code
    raise not_found(ctx, message)


def not_found(ctx: RequestContext, message: str) -> ApiError:
    """Returns Seam's 404, with what the request names."""
    names = ("access_code_id", "device_id", "code", "common_code_key")
    data = {name: ctx.params[name] for name in names if name in ctx.params}
    return ApiError(404, "access_code_not_found", message, data=data)


def _visible(ctx: RequestContext, code: AccessCode) -> bool:
    """Returns whether the caller may see the code: a client session sees those of its devices."""
    if ctx.session is None:
        return True
    device = ctx.store.get(DEVICES, code.device_id)
    return device is not None and visible(ctx, device)


def list_codes(
    ctx: RequestContext, kind: str, limit: int, page_cursor: str | None
) -> Paged:
    """Returns a page of the codes of this kind that meet every filter sent, oldest first."""
    sent, workspace_id = ctx.params, ctx.workspace_id
    within: list[Hashable] = [("kind", workspace_id, kind)]
    if "device_id" in sent:
        within = [("kind of device", workspace_id, sent["device_id"], kind)]
    limits = []
    if "access_code_ids" in sent:
        limits.append(set(sent["access_code_ids"]))
    if any(name in sent for name in OF_GRANTS):
        limits.append(set())
    search, customer = sent.get("search"), sent.get("customer_key")
    accounts = None
    if "user_identifier_key" in sent:
        accounts = of_user(ctx, sent["user_identifier_key"], "connected_account_ids")

    def meets(code: AccessCode) -> bool:
        if search is not None and not contains(
            search, (code.name, code.code, code.access_code_id), {}
        ):
            return False
        if customer is None and accounts is None:
            return _visible(ctx, code)
        device = ctx.store.get(DEVICES, code.device_id)
        return (
            device is not None
            and customer in (None, device.customer_key)
            and (accounts is None or device.connected_account_id in accounts)
            and _visible(ctx, code)
        )

    return list_page(
        ctx,
        ACCESS_CODES,
        shown,
        within=within,
        limits=limits,
        where=meets,
        limit=limit,
        page_cursor=page_cursor,
    )
