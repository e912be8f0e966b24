"""The control methods for locks: each one calls the control endpoint of its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ..errors import is_outcome
from .arguments import check_json, id_of, refuse_none
from .context import ControlCaller

__all__ = ["LockMethods", "Step"]

__tracebackhide__ = is_outcome

Step = Literal["set", "update", "remove", "lock", "unlock", "auto_lock", "convert"]


class LockMethods:
    """What people, batteries and slow devices do. A device is an id, or an object that has one.

    ``ControlMethods`` inherits them.
    """

    _engine: ControlCaller

    def hold_device(self, device: object) -> None:
        """Keeps the steps of a device undone from now on, though it looks fine."""
        self._call_device("hold_device", device)

    def release_device(self, device: object) -> None:
        """Lets a held device go on; the steps that waited run before the next call."""
        self._call_device("release_device", device)

    def fail_next_step(
        self,
        device: object,
        step: Step,
        error_code: str | None = None,
        message: str | None = None,
        times: int = 1,
    ) -> None:
        """Lets the next ``times`` steps of this name fail at a device.

        ``set``, ``update`` and ``remove`` are the steps of access codes, and ``convert`` that of
        an unmanaged one. Seam reports the failure by ``error_code``, or by the one that it has for
        any failure, and tries again after five minutes of the fake's clock.
        """
        refuse_none(times=times)
        self._call_device(
            "fail_next_step",
            device,
            step=step,
            error_code=error_code,
            message=message,
            times=times,
        )

    def enter_code(self, device: object, code: str) -> None:
        """Enters a code at the keypad of a lock of any brand."""
        self._call_device("enter_code", device, code=code)

    def turn_lock(self, device: object, locked: bool, method: str = "manual") -> None:
        """Locks or unlocks a lock as somebody does, by a method such as ``manual``."""
        refuse_none(method=method)
        self._call_device("turn_lock", device, locked=locked, method=method)

    def set_battery(
        self, device: object, level: float | None = None, keypad_level: float | None = None
    ) -> None:
        """Sets the level of a device's battery, from 0 to 1, or that of its keypad, or both."""
        self._call_device("set_battery", device, level=level, keypad_level=keypad_level)

    def tamper(self, device: object) -> None:
        """Lets somebody tamper with a device."""
        self._call_device("tamper", device)

    def door(self, device: object, open: bool = True) -> None:
        """Opens or closes the door of a lock; Seam has no event of that."""
        refuse_none(open=open)
        self._call_device("door", device, open=open)

    def update_action_attempt(
        self,
        action_attempt: object,
        status: Literal["success", "error", "pending"],
        result: Mapping[str, object] | None = None,
        error: Mapping[str, str] | None = None,
    ) -> None:
        """Ends an attempt with a result, or with an error that has a ``type`` and a ``message``.

        ``pending`` holds it until the next such call. The device does nothing: only the attempt
        and its event follow. Raises ``MisuseError`` for a result that is no JSON.
        """
        check_json(result)
        self._engine.call_control(
            "update_action_attempt",
            action_attempt_id=id_of(action_attempt, "action_attempt_id"),
            status=status,
            result=result,
            error=error,
        )

    def _call_device(self, name: str, device: object, **params: object) -> None:
        device_id = id_of(device, "device_id")
        self._engine.call_control(name, device_id=device_id, **params)
