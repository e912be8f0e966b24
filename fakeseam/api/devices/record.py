"""What the store keeps of a device, and of the devices that a test gives a provider."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ..lifecycle import DEVICE
from ..record_fields import SCHEDULED, ErrorOrWarning, Metadata, index_metadata

__all__ = [
    "DEVICES",
    "DEVICE_STEPS",
    "PROVIDER_OVERRIDES",
    "Device",
    "DeviceStep",
    "ProviderOverride",
]


@dataclass(frozen=True)
class Device:
    """A device. ``state`` is a state of the device's transition table.

    ``name`` is the provider's name for it, by which a later login finds it. ``errors`` and
    ``warnings`` are its own; those of its account are added when it is shown. ``properties``
    are the ones that are not derived. ``flags`` are the ``can_*`` flags that are true,
    ``false_flags`` those that are shown as false: the device has the ability, but not now.
    ``emitted_online`` is what the last event said of its connection. One that ``is_held`` does no
    steps; ``planned_failures`` are the steps that a test lets fail next. ``wrong_entries`` counts
    the wrong codes at its keypad in a row.
    """

    device_id: str
    workspace_id: str
    connected_account_id: str
    created_at: str
    provider: str
    name: str
    nickname: str | None
    device_type: str
    manufacturer: str
    model: str
    capabilities_supported: tuple[str, ...]
    flags: tuple[str, ...]
    false_flags: tuple[str, ...]
    properties: Mapping[str, Any]
    location: Mapping[str, str] | None
    custom_metadata: Metadata
    customer_key: str | None
    state: str
    backup_access_code_pool_enabled: bool | None
    emitted_online: bool
    errors: tuple[ErrorOrWarning, ...]
    warnings: tuple[ErrorOrWarning, ...]
    is_held: bool = False
    planned_failures: tuple[Mapping[str, Any], ...] = ()
    wrong_entries: int = 0

    @property
    def is_managed(self) -> bool:
        return self.state == "managed"


@dataclass(frozen=True)
class ProviderOverride:
    """The devices of a provider's logins, given by a test in place of the catalog's."""

    provider: str
    created_at: str
    devices: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class DeviceStep:
    """What a device was asked to do, and has not done; ``created_at`` is when it falls due.

    ``action`` is a key of ``steps.ACTIONS``, ``subject_id`` the record that it is for: each has
    one step at a time. A step that ``is_waiting`` begins when its device can do it; with
    ``reports_delay`` Seam reports at ``created_at`` that it takes long. ``number`` is its place
    among the steps that were asked for.
    """

    subject_id: str
    workspace_id: str
    created_at: str
    device_id: str
    action: str
    number: int
    is_waiting: bool = False
    reports_delay: bool = False


def _index_step(step: DeviceStep) -> Iterator[Hashable]:
    if step.is_waiting:
        yield ("waiting", step.device_id)
    if step.reports_delay or not step.is_waiting:
        yield SCHEDULED
    yield ("workspace", step.workspace_id)
    yield ("device_id", step.workspace_id, step.device_id)


def _index(device: Device) -> Iterator[Hashable]:
    workspace_id = device.workspace_id
    yield ("workspace", workspace_id)
    yield ("state", workspace_id, device.state)
    yield ("connected_account_id", workspace_id, device.connected_account_id)
    if device.customer_key is not None:
        yield ("customer", workspace_id, device.customer_key)
    yield ("type", workspace_id, device.device_type)
    yield ("manufacturer", workspace_id, device.manufacturer)
    yield ("name", workspace_id, device.nickname or device.name)
    yield from index_metadata(workspace_id, device.custom_metadata)


DEVICES = RecordType(
    name="devices",
    record=Device,
    key="device_id",
    index=_index,
    noun="device",
    survives_reset=False,
    section="devices",
    shown_by="devices.shape:show",
    states=DEVICE.states,
    belongs_to="connected_account_id",
    emits_on_delete="devices.account_devices:emit_deleted",
)
DEVICE_STEPS = RecordType(
    name="device_steps",
    record=DeviceStep,
    key="subject_id",
    index=_index_step,
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="device_id",
    runs_when_due="devices.steps:run",
)
PROVIDER_OVERRIDES = RecordType(
    name="provider_overrides",
    record=ProviderOverride,
    key="provider",
    index=lambda override: (),
    noun=None,
    survives_reset=True,
    section=None,
    shown_by=None,
    checked_by="devices.custom:check_override",
)
