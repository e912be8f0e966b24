"""What the store keeps of an access code, and of its next moment."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...core.record_types import RecordType
from ..record_fields import SCHEDULED, ErrorOrWarning
from .lifecycle import ACCESS_CODE, UNMANAGED

__all__ = ["ACCESS_CODES", "CODE_MOMENTS", "AccessCode", "CodeMoment"]


@dataclass(frozen=True)
class AccessCode:
    """A code. ``state`` is a state of the access code's transition table.

    ``name``, ``code``, ``starts_at`` and ``ends_at`` are what Seam wants of the device. ``held``
    is what the device has of these, None if it has nothing; its ``opens_at`` is the time from
    which the PIN opens the device, None for at once. ``mutations`` are the pending ones. A backup
    code without an end waits to be pulled.
    """

    access_code_id: str
    workspace_id: str
    created_at: str
    device_id: str
    state: str
    name: str | None
    code: str | None
    starts_at: str | None
    ends_at: str | None
    common_code_key: str | None = None
    is_external_modification_allowed: bool = False
    prefers_native_scheduling: bool = True
    is_offline: bool = False
    is_one_time_use: bool = False
    is_backup: bool = False
    pulled_backup_access_code_id: str | None = None
    held: Mapping[str, Any] | None = None
    mutations: tuple[Mapping[str, Any], ...] = ()
    errors: tuple[ErrorOrWarning, ...] = ()
    warnings: tuple[ErrorOrWarning, ...] = ()

    @property
    def is_managed(self) -> bool:
        return self.state != UNMANAGED

    @property
    def kind(self) -> str:
        """The list that shows it: ``managed`` or ``unmanaged``; no list shows a ``backup``."""
        if not self.is_managed:
            return UNMANAGED
        return "backup" if self.is_backup else "managed"

    @property
    def pins(self) -> set[str]:
        """The PINs that it takes up at its device: the wanted one, and the one held there."""
        held = None if self.held is None else self.held["code"]
        return {pin for pin in (self.code, held) if pin is not None}


@dataclass(frozen=True)
class CodeMoment:
    """The next moment at which time changes a code; ``created_at`` is that moment."""

    access_code_id: str
    workspace_id: str
    created_at: str


def _index(code: AccessCode) -> Iterator[Hashable]:
    workspace_id, device_id = code.workspace_id, code.device_id
    yield ("workspace", workspace_id)
    yield ("kind", workspace_id, code.kind)
    yield ("device_id", workspace_id, device_id)
    yield ("kind of device", workspace_id, device_id, code.kind)
    for pin in code.pins:
        yield ("pin", device_id, pin)
    if code.held is not None:
        yield ("held", device_id)
    if code.common_code_key is not None:
        yield ("common_code_key", workspace_id, code.common_code_key)
    for error in code.errors:
        yield ("error", device_id, error["error_code"])


ACCESS_CODES = RecordType(
    name="access_codes",
    record=AccessCode,
    key="access_code_id",
    index=_index,
    noun="access_code",
    survives_reset=False,
    section="access_codes",
    shown_by="access_codes.shape:show",
    states=ACCESS_CODE.states,
    belongs_to="device_id",
    emits_on_delete="access_codes.transitions:emit_deleted",
)
CODE_MOMENTS = RecordType(
    name="code_moments",
    record=CodeMoment,
    key="access_code_id",
    index=lambda moment: [SCHEDULED, ("workspace", moment.workspace_id)],
    noun=None,
    survives_reset=False,
    section=None,
    shown_by=None,
    belongs_to="access_code_id",
    runs_when_due="access_codes.schedule:run",
)
