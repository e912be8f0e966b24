"""Devices of a test's own: how one is described, and what stands in for what is left out.

Nothing of this is Seam's; the words are those of its ``device`` object.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite
from typing import Any

from ..core.frozen import thaw
from ..core.issues import Issue
from ..core.params import array, boolean, closed_shape, enum, record, text
from .call import Call
from .device_types import CAPABILITIES_SUPPORTED, DEVICE_FLAGS, DEVICE_TYPES, MANUFACTURERS
from .metadata import custom_metadata
from .providers import CAPABILITIES, PROVIDERS, Provider, SandboxDevice, devices_brought
from .records import ConnectedAccount
from .tables import CATALOGUES

__all__ = ["as_found", "brought", "catalogue", "check_kept", "devices_param", "together"]

Described = Mapping[str, Any]

# What the fake works out for itself, so that a device cannot contradict its errors or its name.
_WORKED_OUT = {
    "online": "errors decide that: add_device_error",
    "name": "give name or nickname beside properties",
    "appearance": "give name beside properties",
    "manufacturer": "give manufacturer beside properties",
}

# The members of a device's model that Seam always shows.
_MODEL_NAMES = ("display_name", "manufacturer_display_name")

# How deep the properties of a device may be nested.
DEEPEST = 50

# What stands in at a provider without devices, and for the types that no provider brings.
_LOCK = PROVIDERS["august"].devices[0]
_PHONE = SandboxDevice(
    "", "ios_phone", "unknown", ("phone",), frozenset(CAPABILITIES), (), (), "Phone"
)
_PHONES = ("ios_phone", "android_phone")


def devices_param() -> Any:
    """The parameter that takes devices of a test's own, no two of one name."""
    return array(closed_shape(**_MEMBERS), checks=(_one_a_name,))


def check_kept(devices: Sequence[Described] | None) -> None:
    """Raises if descriptions that were read from a file are not as one gives them."""
    devices_param().read(thaw(devices or ()), ("devices",))


def _one_a_name(devices: Sequence[Any]) -> str | None:
    named = [one["name"] for one in devices if isinstance(one, Mapping) and "name" in one]
    twice = next((name for name in named if named.count(name) > 1), None)
    return None if twice is None else f"Two devices are called {twice!r}"


def _property_issues(properties: Mapping[str, Any]) -> list[Issue]:
    issues = [
        Issue((name,), f"Not to be given: {_WORKED_OUT[name]}")
        for name in properties
        if name in _WORKED_OUT
    ]
    issues += [
        Issue((name,), f"Expected JSON, nested at most {DEEPEST} deep")
        for name, it in properties.items()
        if not _is_json(it)
    ]
    model = properties.get("model", {})
    if not isinstance(model, Mapping):
        issues.append(Issue(("model",), "Expected object; its name is model beside properties"))
    elif not all(isinstance(model.get(name, ""), str) for name in _MODEL_NAMES):
        issues.append(Issue(("model",), f"Expected text as {' and '.join(_MODEL_NAMES)}"))
    return issues


def _properties_schema() -> dict[str, Any]:
    """What ``_property_issues`` looks for, but for the depth."""
    names = {name: {"type": "string"} for name in _MODEL_NAMES}
    taken = {
        name: {"not": {}, "description": f"Not to be given: {why}"}
        for name, why in _WORKED_OUT.items()
    }
    return {"properties": {**taken, "model": {"type": "object", "properties": names}}}


def _is_json(value: Any, depth: int = 0) -> bool:
    """Whether it can be shown again; what holds itself is deeper than anything."""
    if depth > DEEPEST:
        return False
    if isinstance(value, Mapping):
        return all(isinstance(key, str) and _is_json(it, depth + 1) for key, it in value.items())
    if isinstance(value, (list, tuple)):
        return all(_is_json(it, depth + 1) for it in value)
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
    "location": closed_shape(location_name=text(), room_name=text(), time_zone=text()),
    "custom_metadata": custom_metadata(),
    **{flag: boolean() for flag in DEVICE_FLAGS},
}


def brought(call: Call, account: ConnectedAccount) -> Sequence[SandboxDevice]:
    """What the account's logins and syncs find.

    Devices of a test's own come in unless the webview names capabilities that are not theirs.
    """
    provider = PROVIDERS[account.provider]
    accepted = account.accepted_capabilities if account.capabilities_given else None
    own = account.own_devices if account.own_devices is not None else _wanted(call, provider)
    if own is None:
        return devices_brought(provider, accepted)
    found = [as_found(provider, one) for one in own]
    return [one for one in found if accepted is None or not one.accepted_by.isdisjoint(accepted)]


def catalogue(call: Call, provider: Provider) -> Sequence[SandboxDevice]:
    """All that a login at the provider could bring."""
    own = _wanted(call, provider)
    return provider.devices if own is None else [as_found(provider, one) for one in own]


def _wanted(call: Call, provider: Provider) -> Sequence[Described] | None:
    kept = call.store.get(CATALOGUES, provider.key)
    return None if kept is None else kept.devices


def together(
    before: Sequence[Described] | None, given: Sequence[Described]
) -> tuple[Described, ...]:
    """What an account has been given so far; the later description of a name holds."""
    return tuple({one["name"]: one for one in (*(before or ()), *given)}.values())


def as_found(provider: Provider, own: Described) -> SandboxDevice:
    """The device that is described; what is left out is as with its next of kin."""
    kin = _kin(provider, own)
    said = {flag: own[flag] for flag in DEVICE_FLAGS if flag in own}
    wanted = tuple(flag for flag, is_true in said.items() if is_true)
    return replace(
        kin,
        name=own["name"],
        device_type=own.get("device_type", kin.device_type),
        manufacturer=own.get("manufacturer", kin.manufacturer),
        capabilities_supported=tuple(
            own.get("capabilities_supported", kin.capabilities_supported)
        ),
        flags=(*(flag for flag in kin.flags if flag not in said), *wanted),
        sandbox_flags=tuple(flag for flag in kin.sandbox_flags if flag not in said),
        model=own.get("model", kin.model),
        nickname=own.get("nickname"),
        properties=own.get("properties", {}),
        location=own.get("location"),
        custom_metadata=own.get("custom_metadata", {}),
    )


def _kin(provider: Provider, own: Described) -> SandboxDevice:
    """The first device of the same type, else of the same capability; the provider's first."""
    others = (device for one in PROVIDERS.values() for device in one.devices)
    nearest = (*provider.devices, *others)
    if "device_type" in own:
        other = _PHONE if own["device_type"] in _PHONES else _LOCK
        fitting = (one for one in nearest if one.device_type == own["device_type"])
        return next(fitting, other)
    if own.get("capabilities_supported"):
        capabilities = set(own["capabilities_supported"])
        alike = (one for one in nearest if capabilities.intersection(one.capabilities_supported))
        return next(alike, _LOCK)
    return next(iter(provider.devices), _LOCK)
