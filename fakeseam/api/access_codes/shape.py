"""A code as Seam shows it, managed or unmanaged.

Source: the ``access_code`` and ``unmanaged_access_code`` schemas of Seam's OpenAPI, and the
resources of its Python SDK.
"""

from __future__ import annotations

from typing import Any

from ...core.frozen import thaw
from ...core.shown import Shown
from ..connect_webviews.login.providers import PROVIDERS
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..devices import shape as device_shape
from ..devices.record import DEVICES, Device
from ..lifecycle import DISCONNECTED
from .lifecycle import STATUSES
from .record import ACCESS_CODES, AccessCode

__all__ = ["CANNOT_DELETE_UNMANAGED", "errors", "show", "shown", "warnings"]

# The status and the label of a code of a disconnected account.
_UNKNOWN = ("unknown", "Unknown")
# The brands whose unmanaged codes Seam cannot delete. Unsourced: which. The schema has the flag,
# and the guide of these two says that their codes cannot be deleted.
CANNOT_DELETE_UNMANAGED = frozenset({"dormakaba_oracode", "dormakaba_oracode_iho"})
# A device's warning that its codes show too. Unsourced: that it is the device's own entry.
_OF_DEVICE = "third_party_integration_detected"


def show(ctx: RequestContext, code: AccessCode) -> dict[str, Any]:
    """Returns the code with its own errors, and those of its device and account."""
    return _show(code, *_around(ctx, code))


def shown(ctx: RequestContext, code: AccessCode) -> Shown:
    """Returns the same, made once for each version of what it shows."""
    return ctx.store.shown.get(_show, code, *_around(ctx, code))


def _around(ctx: RequestContext, code: AccessCode) -> tuple[Device, ConnectedAccount, str]:
    """Returns the code's device and account, and ``backup`` if a backup can be pulled."""
    device = ctx.store.get(DEVICES, code.device_id)
    if device is None:
        raise RuntimeError(f"access code {code.access_code_id} has no device")
    index = ("kind of device", code.workspace_id, code.device_id, "backup")
    has_backup = any(one.ends_at is None for one in ctx.store.find(ACCESS_CODES, index))
    return device, device_shape.account_of(ctx, device), "backup" if has_backup else ""


def _show(
    code: AccessCode, device: Device, account: ConnectedAccount, backup: str
) -> dict[str, Any]:
    is_bound = code.is_backup or code.ends_at is not None or code.starts_at is not None
    common = {
        "access_code_id": code.access_code_id,
        "device_id": code.device_id,
        "workspace_id": code.workspace_id,
        "created_at": code.created_at,
        "name": code.name,
        "code": code.code,
        "type": "time_bound" if is_bound else "ongoing",
        "starts_at": code.starts_at,
        "ends_at": code.ends_at,
        "is_managed": code.is_managed,
        "errors": errors(code, device, account),
        "warnings": warnings(code, device),
    }
    if not code.is_managed:
        return common | _unmanaged(code, device)
    status, label = STATUSES[code.state]
    if any(error["error_code"] == DISCONNECTED for error in account.errors):
        status, label = _UNKNOWN
    return common | {
        "status": status,
        "display_status": label,
        "common_code_key": code.common_code_key,
        "is_external_modification_allowed": code.is_external_modification_allowed,
        "is_offline_access_code": code.is_offline,
        "is_one_time_use": code.is_one_time_use,
        "is_backup_access_code_available": bool(backup) and not code.is_backup,
        "pending_mutations": list(thaw(code.mutations)),
        "is_scheduled_on_device": code.state == "preloaded",
        "is_waiting_for_code_assignment": code.code is None,
        "is_backup": code.is_backup,
        "pulled_backup_access_code_id": code.pulled_backup_access_code_id,
    }


def _unmanaged(code: AccessCode, device: Device) -> dict[str, Any]:
    """Returns what an unmanaged code has, or has otherwise, than a managed one."""
    provider, is_set = PROVIDERS[device.provider], code.held is not None
    result: dict[str, Any] = {
        "status": "set" if is_set else "unset",
        "display_status": "Active" if is_set else "Not active",
    }
    if not provider.shows_unmanaged_pin:
        result["code"] = None
    if not provider.converts_unmanaged:
        result["cannot_be_managed"] = True
    if device.provider in CANNOT_DELETE_UNMANAGED:
        result["cannot_delete_unmanaged_access_code"] = True
    return result


def errors(code: AccessCode, device: Device, account: ConnectedAccount) -> list[dict[str, Any]]:
    """Returns the code's own errors, then those of its account and device.

    Unsourced: the order.
    """
    return [*thaw(code.errors), *device_shape.errors(device, account)]


def warnings(code: AccessCode, device: Device) -> list[dict[str, Any]]:
    """Returns the code's own warnings, and that of its device which codes have too."""
    of_device = (one for one in device.warnings if one["warning_code"] == _OF_DEVICE)
    return [*thaw(code.warnings), *thaw(tuple(of_device))]
