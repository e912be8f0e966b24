"""Custom devices: how a test describes one, and the defaults of what it leaves out.

None of this is Seam's, but the names are those of its ``device`` object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from ...core.frozen import thaw
from ...core.record_types import replace
from ...schema.params import array, boolean, enum, record, strict_object, text, uuid
from ...schema.validation import Issue
from ..connect_webviews.login.providers import (
    PROVIDERS,
    Provider,
    SandboxDevice,
    devices_brought,
)
from ..connected_accounts.record import ConnectedAccount
from ..context import RequestContext
from ..metadata import custom_metadata
from .consistency import (
    ONLINE_CODES,
    check_devices,
    fitting_flags,
    lacks_keypad,
    similar_device,
)
from .record import PROVIDER_OVERRIDES, ProviderOverride
from .types import CAPABILITIES_SUPPORTED, DEVICE_FLAGS, DEVICE_TYPES, MANUFACTURERS

__all__ = [
    "catalog_of",
    "check_account",
    "check_override",
    "devices_for",
    "devices_param",
    "merge",
    "to_sandbox_device",
]

DeviceDescription = Mapping[str, Any]

# Properties that fakeseam derives, so that a device cannot contradict its errors or its name.
_DERIVED = {
    "online": "the device's errors decide it; use add_device_error",
    "name": "give the device's name or nickname instead",
    "appearance": "give the device's name instead",
    "manufacturer": "give the device's manufacturer instead",
}

# The members of a device's model that Seam always shows.
_MODEL_NAMES = ("display_name", "manufacturer_display_name")

# How deep the properties of a device may be nested.
MAX_DEPTH = 50


def devices_param() -> Any:
    """Returns the parameter for custom devices. No two may have the same name or id."""
    return array(strict_object(**_MEMBERS), checks=(_duplicate_name, _duplicate_id))


def check_account(ctx: RequestContext, account: ConnectedAccount) -> None:
    """Raises if an account of a dump has custom devices that no call accepts."""
    _check(account.provider, account.custom_devices or ())
    devices_for(ctx, account)


def check_override(ctx: RequestContext, override: ProviderOverride) -> None:
    """Raises if a provider of a dump has devices that no call accepts."""
    _check(override.provider, override.devices)
    catalog_of(ctx, PROVIDERS[override.provider])


def _check(provider: str, devices: Sequence[DeviceDescription]) -> None:
    # A test with the rule lenient_ids may have chosen any ids.
    devices_param().lenient().parse(thaw(devices), ("devices",))
    check_devices(PROVIDERS[provider], devices)


def _duplicate_name(devices: Sequence[Any]) -> str | None:
    duplicate = _duplicate(devices, "name")
    return None if duplicate is None else f"Two devices are called {duplicate!r}"


def _duplicate_id(devices: Sequence[Any]) -> str | None:
    duplicate = _duplicate(devices, "device_id")
    return None if duplicate is None else f"Two devices have the id {duplicate!r}"


def _duplicate(devices: Sequence[Any], member: str) -> Any:
    """Returns the first value that two devices have in this member, or None."""
    values = [one[member] for one in devices if isinstance(one, Mapping) and member in one]
    return next((value for value in values if values.count(value) > 1), None)


def _property_issues(properties: Mapping[str, Any]) -> list[Issue]:
    issues = [
        Issue((name,), f"Not allowed: {_DERIVED[name]}") for name in properties if name in _DERIVED
    ]
    issues += [
        Issue((name,), f"Expected JSON, nested at most {MAX_DEPTH} deep")
        for name, value in properties.items()
        if not _is_json(value)
    ]
    model = properties.get("model", {})
    if not isinstance(model, Mapping):
        issues.append(Issue(("model",), "Expected object; for its name give the device's model"))
    elif not all(isinstance(model.get(name, ""), str) for name in _MODEL_NAMES):
        issues.append(Issue(("model",), f"Expected text in {' and '.join(_MODEL_NAMES)}"))
    return issues


def _properties_schema() -> dict[str, Any]:
    """Returns the JSON Schema of what ``_property_issues`` checks, except the depth."""
    names = {name: {"type": "string"} for name in _MODEL_NAMES}
    derived = {
        name: {"not": {}, "description": f"Not allowed: {why}"} for name, why in _DERIVED.items()
    }
    return {"properties": {**derived, "model": {"type": "object", "properties": names}}}


def _is_json(value: Any, depth: int = 0) -> bool:
    """Returns whether JSON can represent the value. One that contains itself is too deep."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(value, Mapping):
        return all(
            isinstance(key, str) and _is_json(item, depth + 1) for key, item in value.items()
        )
    if isinstance(value, (list, tuple)):
        return all(_is_json(item, depth + 1) for item in value)
    if isinstance(value, float):
        return isfinite(value)
    return value is None or isinstance(value, (str, bool, int))


_MEMBERS = {
    "name": text(required=True, minimum=1),
    "nickname": text(minimum=1),
    "device_type": enum(*DEVICE_TYPES),
    "manufacturer": enum(*MANUFACTURERS),
    "model": text(minimum=1),
    "capabilities_supported": array(enum(*CAPABILITIES_SUPPORTED)),
    "properties": record(_property_issues, entries_schema=_properties_schema()),
    "location": strict_object(location_name=text(), room_name=text(), time_zone=text()),
    "custom_metadata": custom_metadata(),
    "device_id": uuid(),
    **{flag: boolean() for flag in DEVICE_FLAGS},
}


def devices_for(ctx: RequestContext, account: ConnectedAccount) -> Sequence[SandboxDevice]:
    """Returns the devices that the account's logins and syncs import.

    Custom devices are left out only if the webview names capabilities and none of them is theirs.
    """
    provider = PROVIDERS[account.provider]
    accepted = account.accepted_capabilities if account.capabilities_given else None
    custom: Sequence[DeviceDescription] | None = account.custom_devices
    if custom is None:
        custom = _override(ctx, provider)
    if custom is None:
        return devices_brought(provider, accepted)
    devices = [to_sandbox_device(provider, one) for one in custom]
    return [one for one in devices if accepted is None or not one.accepted_by.isdisjoint(accepted)]


def catalog_of(ctx: RequestContext, provider: Provider) -> Sequence[SandboxDevice]:
    """Returns every device that a login at the provider can import."""
    custom = _override(ctx, provider)
    if custom is None:
        return provider.devices
    return [to_sandbox_device(provider, one) for one in custom]


def _override(ctx: RequestContext, provider: Provider) -> Sequence[DeviceDescription] | None:
    override = ctx.store.get(PROVIDER_OVERRIDES, provider.key)
    return None if override is None else override.devices


def merge(
    before: Sequence[DeviceDescription] | None, given: Sequence[DeviceDescription]
) -> tuple[DeviceDescription, ...]:
    """Returns an account's custom devices and the given ones. Of two with one name, the later."""
    return tuple({one["name"]: one for one in (*(before or ()), *given)}.values())


def to_sandbox_device(provider: Provider, description: DeviceDescription) -> SandboxDevice:
    """Returns the described device. The most similar device supplies the fields left out.

    The description has passed ``check_devices``.
    """
    similar = similar_device(provider, description)
    if similar is None:
        raise ValueError(f"{provider.key} has no device like {description!r}")
    given = {flag: description[flag] for flag in DEVICE_FLAGS if flag in description}
    capabilities = tuple(
        description.get("capabilities_supported", similar.capabilities_supported)
    )
    inherited = fitting_flags(similar.flags, capabilities)
    if lacks_keypad(description) and ONLINE_CODES in inherited:
        given[ONLINE_CODES] = False
    true_flags = (flag for flag, is_true in given.items() if is_true)
    false_flags = (flag for flag, is_true in given.items() if not is_true)
    return replace(
        similar,
        name=description["name"],
        manufacturer=description.get("manufacturer", similar.manufacturer),
        capabilities_supported=capabilities,
        flags=(*(flag for flag in inherited if flag not in given), *true_flags),
        sandbox_flags=tuple(flag for flag in similar.sandbox_flags if flag not in given),
        model=description.get("model", similar.model),
        false_flags=tuple(false_flags),
        nickname=description.get("nickname"),
        properties=description.get("properties", {}),
        location=description.get("location"),
        custom_metadata=description.get("custom_metadata", {}),
        device_id=description.get("device_id"),
    )
