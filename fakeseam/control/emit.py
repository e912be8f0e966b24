"""/_fakeseam/emit: an event of any type that Seam documents, as if it had happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..api.access_codes.record import ACCESS_CODES, AccessCode
from ..api.connect_webviews.record import WEBVIEWS, ConnectWebview
from ..api.connected_accounts.record import ACCOUNTS, ConnectedAccount
from ..api.devices.events import entries_of, readings_of
from ..api.devices.record import DEVICES, Device
from ..api.events.emit import brief, emit_payload
from ..api.events.field_types import OF_EVERY_EVENT, fields_of
from ..api.events.shape import to_json
from ..api.events.types import check_event_type
from ..api.spaces.record import SPACES, Space
from ..core.clock import format_timestamp, to_ms
from ..core.nearest import nearest
from ..core.record_types import RecordType
from ..errors import MisuseError
from ..schema.endpoint import Namespace, Owner
from ..schema.param_types import Param
from ..schema.params import record, text
from ..schema.validation import Issue, ValidationError, invalid_input
from .context import ControlContext
from .lookup import get_workspace, noun_of

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam", Owner.CONTROL)

# The ends of the types of events whose record is gone.
_GONE = (".deleted", ".removed")
# The records that an event can be about, by the field that names each, and what belongs together.
_RECORD_TYPES: dict[str, RecordType[Any]] = {
    one.key: one for one in (DEVICES, WEBVIEWS, ACCOUNTS, SPACES)
}
# What fakeseam does not implement has no errors and no members, nor has an unknown account.
_EMPTY = (
    *("access_code_errors", "access_code_warnings", "acs_system_errors", "acs_system_warnings"),
    *("connected_account_errors", "connected_account_warnings", "acs_entrance_ids"),
)
# How an action attempt is described, by the end of the event's type.
_ATTEMPT_STATUS = {"succeeded": "success", "failed": "error"}


@dataclass
class _About:
    """The records of the fake that an event is about."""

    access_code: AccessCode | None = None
    device: Device | None = None
    account: ConnectedAccount | None = None
    webview: ConnectWebview | None = None
    space: Space | None = None


@namespace.endpoint("POST", response_key="event")
def emit(
    ctx: ControlContext,
    *,
    event_type: str = text(required=True),
    fields: Mapping[str, Any] | None = record(),
    workspace_id: str | None = text(),
) -> dict[str, Any]:
    """Emits an event of any type that Seam documents, and changes nothing else.

    Ids and metadata that ``fields`` lack are those of the account, device, access code, webview or
    space that it names, or of the workspace's only one.
    """
    check_event_type(event_type)
    given, declared = dict(fields or {}), fields_of(event_type)
    _check_names(event_type, given, declared)
    workspace = get_workspace(ctx, workspace_id)
    ctx = ctx.in_workspace(_workspace_of(ctx, given) or workspace)
    about = _find(ctx, event_type, given, declared)
    known = {**dict.fromkeys(_EMPTY, ()), **_known(about), **_attempt(event_type)}
    measured = {_quantity(name) or name for name in given}
    filled = {
        name: known[name]
        for name in declared
        if known.get(name) is not None and (_quantity(name) or name) not in measured
    }
    for name, value in _attempt(event_type).items():
        if given.get(name, value) != value:
            raise MisuseError(f"emit(): {name} of {event_type} is {value!r}, not {given[name]!r}")
    payload = _with_other_unit({**filled, **given}, declared)
    _check_values(event_type, payload, declared)
    if "occurred_at" in payload:
        payload["occurred_at"] = format_timestamp(to_ms(payload["occurred_at"]))
    owner = None if about.account is None else about.account.customer_key
    return to_json(emit_payload(ctx, event_type, payload, owner=owner))


# The records


def _workspace_of(ctx: ControlContext, given: Mapping[str, Any]) -> Any:
    """Returns the workspace of the first record that is named; None without one."""
    for name, record_type in (*_RECORD_TYPES.items(), (ACCESS_CODES.key, ACCESS_CODES)):
        found = ctx.store.get(record_type, given[name]) if _is_text(given.get(name)) else None
        if found is not None:
            return get_workspace(ctx, found.workspace_id)
    return None


def _find(
    ctx: ControlContext, event_type: str, given: Mapping[str, Any], declared: Mapping[str, Param]
) -> _About:
    """Returns the records that are named, and those that belong to them, or are the only ones."""
    about = _About(_access_code(ctx, given, declared))
    if about.access_code is not None:
        given = {"device_id": about.access_code.device_id, **given}
    for name, record_type in _RECORD_TYPES.items():
        if name in declared and _is_text(given.get(name)):
            _set(about, _named(ctx, event_type, record_type, given[name]))
    if about.device is not None:
        account = ctx.get(ACCOUNTS, about.device.connected_account_id)
        if about.account is not None and account is not about.account:
            raise MisuseError(
                f"emit(): device {about.device.device_id!r} is not of account"
                f" {about.account.connected_account_id!r}"
            )
        about.account = account
    if about.webview is not None and about.webview.connected_account_id is not None:
        account = ctx.get(ACCOUNTS, about.webview.connected_account_id)
        if about.account is not None and account is not about.account:
            raise MisuseError(
                f"emit(): webview {about.webview.connect_webview_id!r} is not of account"
                f" {about.account.connected_account_id!r}"
            )
        about.account = account
    for name, record_type in _RECORD_TYPES.items():
        param = declared.get(name)
        if param is not None and param.required and name not in given:
            _set(about, _only(ctx, record_type, about))
            if about.device is not None and about.account is None:
                about.account = ctx.get(ACCOUNTS, about.device.connected_account_id)
    if "connect_webview_id" in declared and about.webview is None and about.account is not None:
        about.webview = next(_webviews_of(ctx, about.account), None)
    return about


def _access_code(
    ctx: ControlContext, given: Mapping[str, Any], declared: Mapping[str, Param]
) -> AccessCode | None:
    """Returns the code that is named, or the workspace's only one, if the event is about one.

    A test may also name a code that the fake does not have.
    """
    param = declared.get("access_code_id")
    if param is None or not param.required:
        return None
    if "access_code_id" in given:
        code_id = given["access_code_id"]
        return ctx.get(ACCESS_CODES, code_id) if _is_text(code_id) else None
    codes = ctx.store.bucket(ACCESS_CODES, ("workspace", ctx.workspace_id))
    return ctx.store.get(ACCESS_CODES, codes[0][2]) if len(codes) == 1 else None


def _set(about: _About, found: Any) -> None:
    if isinstance(found, Device):
        about.device = found
    elif isinstance(found, ConnectedAccount):
        about.account = found
    elif isinstance(found, ConnectWebview):
        about.webview = found
    elif isinstance(found, Space):
        about.space = found
    elif found is not None:
        raise RuntimeError(f"an event cannot be about {found!r}")


def _named(ctx: ControlContext, event_type: str, record_type: RecordType[Any], key: str) -> Any:
    found = ctx.get(record_type, key)
    if found is None and not event_type.endswith(_GONE):
        noun = noun_of(record_type)
        raise MisuseError(f"emit(): no {noun} {key!r} here (deleted, or never created)")
    return found


def _only(ctx: ControlContext, record_type: RecordType[Any], about: _About) -> Any:
    """Returns the only record of a type, of the account if that is known.

    Raises ``MisuseError`` if there are several, or none.
    """
    if record_type is ACCOUNTS and about.account is not None:
        return about.account
    if record_type is WEBVIEWS and about.account is not None:
        return next(_webviews_of(ctx, about.account), None)
    index: tuple[str, ...] = ("workspace", ctx.workspace_id)
    if record_type is DEVICES and about.account is not None:
        index = ("connected_account_id", ctx.workspace_id, about.account.connected_account_id)
    bucket = ctx.store.bucket(record_type, index)
    if len(bucket) == 1:
        return ctx.store.get(record_type, bucket[0][2])
    nouns = record_type.name.replace("_", " ")
    if not bucket:
        raise MisuseError(f"emit(): the workspace has no {nouns}: create one first")
    raise MisuseError(
        f"emit() needs {record_type.key}=...: the workspace has {len(bucket)} {nouns}"
    )


def _webviews_of(ctx: ControlContext, account: ConnectedAccount) -> Iterator[ConnectWebview]:
    """Yields the webviews that the account was connected by, the latest first."""
    for *_, key in reversed(ctx.store.bucket(WEBVIEWS, ("workspace", ctx.workspace_id))):
        webview = ctx.store.get(WEBVIEWS, key)
        if webview and webview.connected_account_id == account.connected_account_id:
            yield webview


# The values


def _known(about: _About) -> dict[str, Any]:
    """Returns the values that the records give."""
    device, account, webview, space = about.device, about.account, about.webview, about.space
    known: dict[str, Any] = {}
    if about.access_code is not None:
        code = about.access_code
        known |= {
            "access_code_id": code.access_code_id,
            "code": code.code,
            "access_code_errors": brief(code.errors, "error_code"),
            "access_code_warnings": brief(code.warnings, "warning_code"),
        }
    if webview is not None:
        known["connect_webview_id"] = webview.connect_webview_id
    if space is not None:
        known |= {"space_id": space.space_id, "space_key": space.space_key}
        known["device_ids"] = list(space.device_ids)
    if account is not None:
        known |= {
            "connected_account_id": account.connected_account_id,
            "connected_account_custom_metadata": account.custom_metadata,
            "connected_account_type": account.provider,
            "customer_key": account.customer_key,
            "connected_account_errors": brief(account.errors, "error_code"),
            "connected_account_warnings": brief(account.warnings, "warning_code"),
        }
    if device is not None and account is not None:
        known |= {
            "device_id": device.device_id,
            "device_custom_metadata": device.custom_metadata,
            "customer_key": device.customer_key,
            **entries_of(device, account),
            **readings_of(device, account),
        }
    return known


def _quantity(name: str) -> str | None:
    """Returns what a field measures; None for other fields. A given value leaves no other one."""
    base, _, unit = name.rpartition("_")
    if unit in ("celsius", "fahrenheit"):
        return base
    return "battery" if name in ("battery_level", "battery_status") else None


def _attempt(event_type: str) -> dict[str, Any]:
    """Returns how an action attempt is described: its event's type says it."""
    subject, _, rest = event_type.partition(".")
    if subject != "action_attempt":
        return {}
    action, _, end = rest.partition(".")
    return {"action_type": action.upper(), "status": _ATTEMPT_STATUS[end]}


def _with_other_unit(payload: dict[str, Any], declared: Mapping[str, Param]) -> dict[str, Any]:
    """Returns the payload with each temperature in both units, if it has one of them."""
    for name in declared:
        base, _, unit = name.rpartition("_")
        if unit == "celsius" and name not in payload:
            payload |= _converted(payload, f"{base}_fahrenheit", name, lambda f: (f - 32) / 1.8)
        if unit == "fahrenheit" and name not in payload:
            payload |= _converted(payload, f"{base}_celsius", name, lambda c: c * 1.8 + 32)
    return payload


def _converted(payload: Mapping[str, Any], source: str, name: str, convert: Any) -> dict[str, Any]:
    if source not in payload:
        return {}
    value = payload[source]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number:
        return {} if value is not None else {name: None}
    return {name: round(convert(value), 2)}


# What is given


def _check_names(
    event_type: str, given: Mapping[str, Any], declared: Mapping[str, Param]
) -> None:
    valid = [*declared, *OF_EVERY_EVENT]
    for name in given:
        if name not in valid:
            near = nearest(name, valid)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            raise MisuseError(
                f"emit(): {event_type} has no field {name!r}.{hint} Its fields: {', '.join(valid)}"
            )


def _check_values(
    event_type: str, payload: Mapping[str, Any], declared: Mapping[str, Param]
) -> None:
    """Raises ``MisuseError`` for fields that are missing, and ``ApiError`` for wrong values."""
    missing = [name for name, param in declared.items() if param.required and name not in payload]
    if missing:
        raise MisuseError(
            f"emit(): {event_type} needs {', '.join(f'{name}=...' for name in missing)}, which"
            " fakeseam cannot know"
        )
    issues: list[Issue] = []
    for name, value in payload.items():
        try:
            {**declared, **OF_EVERY_EVENT}[name].parse(value, (name,))
        except ValidationError as error:
            issues += error.issues
    if issues:
        raise invalid_input(issues)


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
