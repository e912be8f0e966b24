"""The control methods for access codes: each one calls the control endpoint of its name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, cast

from ..errors import is_outcome
from .arguments import id_of, to_timestamp
from .context import ControlCaller

if TYPE_CHECKING:
    from ..types import AccessCode

__all__ = ["CodeMethods"]

__tracebackhide__ = is_outcome


class CodeMethods:
    """What people do to access codes outside of Seam. A code is an id, or an object that has one.

    ``ControlMethods`` inherits them.
    """

    _engine: ControlCaller

    def create_unmanaged_access_code(
        self, device: object, code: str, name: str | None = None
    ) -> AccessCode:
        """Sets a code on a device, as its owner does in the maker's app; Seam finds it there."""
        body = self._engine.call_control(
            "create_unmanaged_access_code",
            device_id=id_of(device, "device_id"),
            code=code,
            name=name,
        )
        return cast("AccessCode", body["access_code"])

    def change_access_code(
        self,
        access_code: object,
        *,
        code: str | None = None,
        name: str | None = None,
        starts_at: datetime | str | None = None,
        ends_at: datetime | str | None = None,
    ) -> None:
        """Changes a code on its device, as somebody does in the maker's app.

        Seam sets its own values again in the next step, or honors the new ones if the code allows
        it. Raises ``MisuseError`` for a code that its device does not have.
        """
        self._engine.call_control(
            "change_access_code",
            access_code_id=id_of(access_code, "access_code_id"),
            code=code,
            name=name,
            starts_at=to_timestamp(starts_at),
            ends_at=to_timestamp(ends_at),
        )

    def remove_access_code(self, access_code: object) -> None:
        """Removes a code from its device, as somebody does in the maker's app.

        Seam sets it again in the next step, or leaves it unset if the code allows it.
        """
        self._engine.call_control(
            "remove_access_code", access_code_id=id_of(access_code, "access_code_id")
        )

    def add_access_code_error(
        self,
        /,
        access_code: object,
        error_code: str,
        message: str | None = None,
        **members: object,
    ) -> None:
        """Adds an error to a code; changes nothing else. ``members`` are those of the error."""
        self._edit_code(
            "add_access_code_error", access_code, "error", error_code, message, members
        )

    def add_access_code_warning(
        self,
        /,
        access_code: object,
        warning_code: str,
        message: str | None = None,
        **members: object,
    ) -> None:
        """Adds a warning to a code; as ``add_access_code_error``."""
        self._edit_code(
            "add_access_code_warning", access_code, "warning", warning_code, message, members
        )

    def clear_access_code_error(self, access_code: object, error_code: str) -> None:
        """Removes an error from a code; does nothing without such an error."""
        self._edit_code("clear_access_code_error", access_code, "error", error_code)

    def clear_access_code_warning(self, access_code: object, warning_code: str) -> None:
        """Removes a warning from a code; does nothing without such a warning."""
        self._edit_code("clear_access_code_warning", access_code, "warning", warning_code)

    def _edit_code(
        self,
        name: str,
        access_code: object,
        kind: str,
        value: str,
        message: str | None = None,
        members: Mapping[str, object] | None = None,
    ) -> None:
        given = {f"{kind}_code": value, "message": message, "members": members or None}
        self._engine.call_control(
            name, access_code_id=id_of(access_code, "access_code_id"), **given
        )
