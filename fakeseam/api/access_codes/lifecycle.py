"""The transition table of access codes.

Source: docs.seam.co, access codes (lifecycle, creating, modifying, deleting, unmanaged, offline),
and api/events.
Unsourced: the order of several events of one step, what a code is whose step failed, and what
changes at a code that is updated before its device has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...core.state_machine import ABSENT, StateMachine, Transition

__all__ = [
    "ACCESS_CODE",
    "CHANGES",
    "EXPIRED",
    "STATUSES",
    "UNMANAGED",
    "CodeTransition",
]

# Seam's ``status`` of a managed code in each state, and its label. Unsourced: the labels but
# ``Active``, ``Issuing`` and ``Expired``; apps may not branch on them.
STATUSES = {
    "deferred": ("unset", "Scheduled"),  # to be programmed later
    "preloaded": ("unset", "Scheduled"),  # on the device, which keeps its times
    "setting": ("setting", "Issuing"),  # being programmed
    "updating": ("setting", "Issuing"),  # the device still has its earlier values
    "set": ("set", "Active"),
    "removing": ("removing", "Removing"),
    "expired": ("unset", "Expired"),  # by the rule expired_access_codes="keep"
    "removed_outside": ("unset", "Scheduled"),  # and its removal is honored
    "assigning": ("unset", "Issuing"),  # an offline code without a PIN yet
    "assigned": ("unset", "Scheduled"),  # an offline code before its time
    "opening": ("set", "Active"),  # an offline code in its time
}
UNMANAGED = "unmanaged"
EXPIRED = "expired"

# The place of the events of what has changed, among the events of a step.
CHANGES = "(changes)"

# The entries that a programmed code has no more.
_SETTING_ERRORS = (
    "failed_to_set_on_device",
    "duplicate_code_on_device",
    "no_space_for_access_code_on_device",
    "code_constraints_violated",
    "conflicting_external_modification",
    "provider_issue",
)
_LATE = "delay_in_setting_on_device"


@dataclass(frozen=True)
class CodeTransition(Transition):
    """A row of the access code's table: its events, its mutation from now on, the errors and
    warnings that it raises or clears, and the step that it asks of the device.

    ``mutation`` is the code of the pending mutation that begins, None if none does; a row with
    ``settles`` ends all mutations. A row with ``cancels`` makes an earlier step unnecessary.
    """

    emits: tuple[str, ...] = ()
    mutation: str | None = None
    settles: bool = False
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    step: str | None = None
    cancels: bool = False


def _done(state: str, to: str, *emits: str, on: str = "programmed") -> CodeTransition:
    """Returns the row of a step that has programmed the code."""
    types = tuple(one if one == CHANGES else f"access_code.{one}" for one in emits)
    return CodeTransition(
        state, on, to, types, settles=True, clears=(*_SETTING_ERRORS, _LATE)
    )


def _failing(state: str, what: str) -> CodeTransition:
    """Returns the row of a step that has failed; the error is that of the failure."""
    return CodeTransition(state, "failed", state, (f"access_code.failed_to_{what}_device",))


def _deleted(state: str) -> CodeTransition:
    """Returns the row of the deletion of a code that its device does not have."""
    return CodeTransition(state, "delete", ABSENT, ("access_code.deleted",))


def _removed_later(state: str) -> CodeTransition:
    """Returns the row of the deletion of a code that has to be removed from its device."""
    return CodeTransition(
        state,
        "delete",
        "removing",
        ("access_code.mutations_requested",),
        mutation="deleting",
        raises=("being_deleted",),
        step="remove",
        clears=(*_SETTING_ERRORS, _LATE),
    )


def _modified_outside(state: str) -> tuple[CodeTransition, ...]:
    """Returns the rows of a change outside of Seam, which is undone or honored."""
    return (
        CodeTransition(
            state,
            "modified_outside",
            "updating",
            ("access_code.modified_external_to_seam",),
            raises=("conflicting_external_modification",),
            step="program",
        ),
        CodeTransition(
            state,
            "removed_outside",
            "setting",
            ("access_code.deleted_external_to_seam",),
            mutation="creating",
            raises=("conflicting_external_modification",),
            step="program",
        ),
        CodeTransition(
            state,
            "modification_honored",
            state,
            ("access_code.modified_external_to_seam",),
            raises=("external_modification_in_effect",),
        ),
        CodeTransition(
            state,
            "removal_honored",
            "removed_outside",
            ("access_code.deleted_external_to_seam", CHANGES),
            settles=True,
            raises=("external_modification_in_effect",),
            clears=(*_SETTING_ERRORS, _LATE),
            cancels=True,
        ),
    )


_CREATED = ("access_code.created",)
_CHANGED = ("access_code.changed",)
_UPDATED = ("access_code.mutations_requested",)
_ENDED = ("access_code.removed_from_device", "access_code.deleted")
_GONE = ("access_code.deleted",)
_CONVERTED = ("access_code.unmanaged.converted_to_managed",)
_MANAGED = tuple(STATUSES)

ACCESS_CODE = StateMachine(
    "access_code",
    [
        CodeTransition(
            ABSENT, "create", "setting", _CREATED, mutation="creating", step="program"
        ),
        CodeTransition(
            ABSENT,
            "create_soon",
            "deferred",
            _CREATED,
            mutation="deferring_creation",
            step="program",
        ),
        CodeTransition(
            ABSENT, "create_later", "deferred", _CREATED, mutation="deferring_creation"
        ),
        CodeTransition(ABSENT, "create_offline", "assigning", _CREATED, step="assign"),
        CodeTransition(
            ABSENT, "create_unmanaged", UNMANAGED, ("access_code.unmanaged.created",)
        ),
        # Unsourced: that the backup codes of a device emit nothing before they are pulled.
        CodeTransition(ABSENT, "create_backup", "set"),
        # A device with native scheduling gets the code early, and keeps its times itself.
        CodeTransition("deferred", "due", "deferred", step="program"),
        _done("deferred", "preloaded", "scheduled_on_device", on="preloaded"),
        _failing("deferred", "set_on"),
        # Any other gets it an hour early. A device that could not be preloaded is tried on.
        CodeTransition(
            "deferred", "start", "setting", mutation="creating", settles=True, step="program"
        ),
        _done("preloaded", "set", "set_on_device", on="start"),
        _done("setting", "set", CHANGES, "set_on_device"),
        _done("setting", "preloaded", CHANGES, "scheduled_on_device", on="preloaded"),
        _failing("setting", "set_on"),
        CodeTransition(
            "setting",
            "late",
            "setting",
            ("access_code.delay_in_setting_on_device",),
            raises=(_LATE,),
        ),
        # Seam shows new values at once; the device follows.
        CodeTransition(
            "deferred",
            "update",
            "deferred",
            _CHANGED,
            mutation="deferring_creation",
            cancels=True,
        ),
        CodeTransition("setting", "update", "setting", _UPDATED, step="program"),
        CodeTransition("preloaded", "update", "updating", _UPDATED, step="program"),
        CodeTransition("set", "update", "updating", _UPDATED, step="program"),
        CodeTransition("updating", "update", "updating", _UPDATED, step="program"),
        CodeTransition("removed_outside", "update", "removed_outside", _CHANGED),
        _done("updating", "set", CHANGES, "set_on_device"),
        # The new times begin later.
        _done("updating", "preloaded", CHANGES, on="preloaded"),
        CodeTransition(
            "updating",
            "deferred",
            "deferred",
            (CHANGES,),
            mutation="deferring_creation",
            settles=True,
            clears=(*_SETTING_ERRORS, _LATE),
        ),
        CodeTransition(
            "setting",
            "deferred",
            "deferred",
            (CHANGES,),
            mutation="deferring_creation",
            settles=True,
            clears=(*_SETTING_ERRORS, _LATE),
        ),
        _failing("updating", "set_on"),
        CodeTransition(
            "updating",
            "late",
            "updating",
            ("access_code.delay_in_setting_on_device",),
            raises=(_LATE,),
        ),
        *(
            row
            for state in ("preloaded", "set", "updating")
            for row in (_removed_later(state), *_modified_outside(state))
        ),
        *map(_deleted, ("deferred", "setting", "expired", "removed_outside")),
        CodeTransition("removing", "delete", "removing"),
        # The end of a code's time.
        *(
            CodeTransition(
                state,
                "end",
                "removing",
                mutation="deleting",
                settles=True,
                clears=(*_SETTING_ERRORS, _LATE),
                step="remove",
            )
            for state in ("set", "updating", "preloaded")
        ),
        *(
            CodeTransition(state, "end", ABSENT, _GONE)
            for state in ("setting", "removed_outside")
        ),
        *(
            CodeTransition(
                state,
                "end_kept",
                "expired",
                settles=True,
                clears=(*_SETTING_ERRORS, _LATE),
                cancels=True,
            )
            for state in ("setting", "removed_outside")
        ),
        CodeTransition("removing", "removed", ABSENT, _ENDED),
        CodeTransition(
            "removing",
            "removed_kept",
            "expired",
            ("access_code.removed_from_device",),
            settles=True,
            clears=("failed_to_remove_from_device", "provider_issue"),
        ),
        _failing("removing", "remove_from"),
        # An offline code is never programmed: the device works its PIN out by itself.
        CodeTransition("assigning", "assigned", "assigned", _CHANGED),
        _done("assigned", "opening", "set_on_device", on="start"),
        CodeTransition("opening", "end", ABSENT, _GONE),
        CodeTransition("opening", "end_kept", "expired", settles=True),
        CodeTransition("opening", "used_up", ABSENT, _GONE),
        # Unsourced: that a code keeps its id when Seam stops to manage it, without an event.
        *(
            CodeTransition(state, "unmanage", UNMANAGED, settles=True, cancels=True)
            for state in _MANAGED
        ),
        CodeTransition(UNMANAGED, "convert", "set", _CONVERTED),
        # One that its device has before its start.
        CodeTransition(UNMANAGED, "convert_preloaded", "preloaded", _CONVERTED),
        # One that its device does not have.
        CodeTransition(
            UNMANAGED, "convert_unset", "setting", _CONVERTED, mutation="creating", step="program"
        ),
        CodeTransition(
            UNMANAGED,
            "failed_to_convert",
            UNMANAGED,
            ("access_code.unmanaged.failed_to_convert_to_managed",),
        ),
        CodeTransition(UNMANAGED, "modified_outside", UNMANAGED),
        CodeTransition(UNMANAGED, "removed", ABSENT, ("access_code.unmanaged.removed",)),
        # With its device or account.
        *(
            CodeTransition(state, "device_deleted", ABSENT, _GONE)
            for state in (*_MANAGED, UNMANAGED)
        ),
    ],
)
