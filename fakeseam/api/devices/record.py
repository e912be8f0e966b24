"""What the store keeps of a device, and of the devices that a test gives a provider."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ..lifecycle import DEVICE
from ..record_fields import ErrorOrWarning, Metadata, index_metadata

__all__ = ["DEVICES", "PROVIDER_OVERRIDES", "Device", "ProviderOverride"]


@dataclass(frozen=True)
class Device:
    """A device. ``state`` is a state of the device's transition table.

    ``name`` is the provider's name for it, by which a later login finds it. ``errors`` and
    ``warnings`` are its own; those of its account are added when it is shown. ``properties``
    are the ones that are not derived. ``emitted_online`` is what the last event said of its
    connection.
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
    properties: Mapping[str, Any]
    location: Mapping[str, str] | None
    custom_metadata: Metadata
    customer_key: str | None
    state: str
    backup_access_code_pool_enabled: bool | None
    emitted_online: bool
    errors: tuple[ErrorOrWarning, ...]
    warnings: tuple[ErrorOrWarning, ...]

    @property
    def is_managed(self) -> bool:
        return self.state == "managed"


@dataclass(frozen=True)
class ProviderOverride:
    """The devices of a provider's logins, given by a test in place of the catalog's."""

    provider: str
    created_at: str
    devices: tuple[Mapping[str, Any], ...]


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
