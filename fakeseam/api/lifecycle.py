"""The transition tables of webviews, accounts, devices, action attempts and deliveries.

That of access codes is longer, and in ``access_codes/lifecycle.py``.

A transition without a row cannot happen. The diagrams in the README are printed from these.
Source: docs.seam.co core-concepts/connect-webviews and core-concepts/connected-accounts,
api/events.
Unsourced: the order of the events within one login, which Seam names without an order. Here no
event refers to a record before that record's own event.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..core.state_machine import ABSENT, StateMachine, Transition
from .access_codes.lifecycle import ACCESS_CODE
from .metadata import COPY, KEEP, REPLACE, UPDATE, Effect

__all__ = [
    "ACCOUNT",
    "ACTION_ATTEMPT",
    "DELIVERY",
    "DEVICE",
    "MACHINES",
    "SYNC",
    "WEBVIEW",
    "AccountTransition",
    "DeviceTransition",
    "WebviewTransition",
]

# The place of the sync among the events of a login. The events of the imported devices come here,
# and the later ones wait if the first sync is deferred.
SYNC = "(sync)"

# The error of a disconnected account, and the warning that it should be reauthorized.
DISCONNECTED = "account_disconnected"
REAUTHORIZE = "account_reauthorization_requested"

# The errors of a device that can be simulated.
DEVICE_DISCONNECTED = "device_disconnected"
HUB_DISCONNECTED = "hub_disconnected"
REMOVED = "device_removed"
SUBSCRIPTION = "subscription_required"


@dataclass(frozen=True)
class WebviewTransition(Transition):
    """A row of the webview's table. ``status`` is the public status in the next state."""

    status: str = "pending"


@dataclass(frozen=True)
class AccountTransition(Transition):
    """A row of the account's table: its events, its effect on the metadata, and the errors and
    warnings that it raises or clears."""

    emits: tuple[str, ...] = ()
    custom_metadata: Effect = KEEP
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()

    @property
    def syncs(self) -> bool:
        """Whether the row imports the account's devices."""
        return SYNC in self.emits

    @property
    def before_sync(self) -> tuple[str, ...]:
        """The events before the sync."""
        return self.emits[: self.emits.index(SYNC)]

    @property
    def after_sync(self) -> tuple[str, ...]:
        """The events after the sync."""
        return self.emits[self.emits.index(SYNC) + 1 :]

    @property
    def label(self) -> str:
        """The trigger, with its effect on the metadata unless the account keeps it."""
        effect = self.custom_metadata
        return self.on if effect is KEEP else f"{self.on} ({effect.__name__} custom_metadata)"


@dataclass(frozen=True)
class DeviceTransition(Transition):
    """A row of the device's table: its events, and the device's own errors that it raises or
    clears.

    ``needs`` is the capability flag that a device must have for this simulation.
    """

    emits: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    needs: str | None = None


WEBVIEW = StateMachine(
    "connect_webview",
    [
        WebviewTransition(ABSENT, "create", "pending"),
        WebviewTransition("pending", "login", "authorized", status="authorized"),
        WebviewTransition("pending", "login_failed", "failed", status="failed"),
        WebviewTransition("pending", "wait_for_sync", "syncing"),
        # Unsourced: that a failed webview accepts another login. Seam's page offers one after a
        # wrong password.
        WebviewTransition("failed", "login", "authorized", status="authorized"),
        WebviewTransition("failed", "login_failed", "failed", status="failed"),
        WebviewTransition("failed", "wait_for_sync", "syncing"),
        WebviewTransition("syncing", "synced", "authorized", status="authorized"),
        # Unsourced: this row. The account was deleted before the sync that the webview waits for.
        WebviewTransition("syncing", "account_deleted", "failed", status="failed"),
        WebviewTransition("pending", "delete", ABSENT),
        WebviewTransition("failed", "delete", ABSENT),
        WebviewTransition("syncing", "delete", ABSENT),
        WebviewTransition("authorized", "delete", ABSENT),
    ],
)

# The events of the first login, and of every later one.
_FIRST = (
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    SYNC,
    "connected_account.completed_first_sync",
)
_AGAIN = (
    "connect_webview.login_succeeded",
    "connected_account.successful_login",
    # Unsourced: that every login emits this event. Seam describes it for first connections and
    # reconnections, but apps find their own webview by it.
    "connected_account.connected",
    SYNC,
)
_RECONNECTED = (*_AGAIN, "connected_account.completed_first_sync_after_reconnection")
_DELETED = ("connected_account.deleted",)

ACCOUNT = StateMachine(
    "connected_account",
    [
        AccountTransition(ABSENT, "login", "connected", _FIRST, COPY),
        AccountTransition("connected", "login", "connected", _AGAIN, REPLACE),
        AccountTransition(
            "reauthorization_requested",
            "login",
            "connected",
            _AGAIN,
            REPLACE,
            clears=(REAUTHORIZE,),
        ),
        AccountTransition(
            "disconnected",
            "login",
            "connected",
            _RECONNECTED,
            REPLACE,
            clears=(DISCONNECTED, REAUTHORIZE),
        ),
        AccountTransition(
            "connected",
            "disconnect",
            "disconnected",
            ("connected_account.disconnected",),
            raises=(DISCONNECTED,),
        ),
        AccountTransition(
            "reauthorization_requested",
            "disconnect",
            "disconnected",
            ("connected_account.disconnected",),
            raises=(DISCONNECTED,),
        ),
        # Unsourced: that disconnecting twice is legal, and emits one event.
        AccountTransition("disconnected", "disconnect", "disconnected"),
        AccountTransition(
            "connected",
            "request_reauthorization",
            "reauthorization_requested",
            ("connected_account.reauthorization_requested",),
            raises=(REAUTHORIZE,),
        ),
        AccountTransition(
            "reauthorization_requested", "request_reauthorization", "reauthorization_requested"
        ),
        AccountTransition("connected", "update", "connected", custom_metadata=UPDATE),
        AccountTransition(
            "reauthorization_requested",
            "update",
            "reauthorization_requested",
            custom_metadata=UPDATE,
        ),
        AccountTransition("disconnected", "update", "disconnected", custom_metadata=UPDATE),
        AccountTransition("connected", "sync", "connected", (SYNC,)),
        AccountTransition(
            "reauthorization_requested", "sync", "reauthorization_requested", (SYNC,)
        ),
        # Unsourced: that a sync of a disconnected account does nothing.
        AccountTransition("disconnected", "sync", "disconnected"),
        # A deletion emits the event of the account, then one for each of its devices.
        AccountTransition("connected", "delete", ABSENT, _DELETED),
        AccountTransition("reauthorization_requested", "delete", ABSENT, _DELETED),
        AccountTransition("disconnected", "delete", ABSENT, _DELETED),
    ],
)

# Going online or offline is not a row, because the errors of the device and of its account both
# decide it. ``devices.events.emit_connection`` emits those events.
DEVICE = StateMachine(
    "device",
    [
        DeviceTransition(ABSENT, "import", "managed", ("device.added",)),
        DeviceTransition(ABSENT, "import_unmanaged", "unmanaged"),
        # A later login restores a device that was removed from its account.
        DeviceTransition("managed", "found", "managed", ("device.added",), clears=(REMOVED,)),
        DeviceTransition("unmanaged", "found", "unmanaged", clears=(REMOVED,)),
        DeviceTransition("managed", "manage", "managed"),
        DeviceTransition("managed", "unmanage", "unmanaged", ("device.converted_to_unmanaged",)),
        DeviceTransition(
            "unmanaged", "manage", "managed", ("device.unmanaged.converted_to_managed",)
        ),
        DeviceTransition(
            "managed",
            "simulate_disconnect",
            "managed",
            raises=(DEVICE_DISCONNECTED,),
            needs="can_simulate_disconnection",
        ),
        DeviceTransition(
            "managed",
            "simulate_connect",
            "managed",
            clears=(DEVICE_DISCONNECTED,),
            needs="can_simulate_connection",
        ),
        DeviceTransition(
            "managed",
            "simulate_disconnect_from_hub",
            "managed",
            raises=(HUB_DISCONNECTED,),
            needs="can_simulate_hub_disconnection",
        ),
        DeviceTransition(
            "managed",
            "simulate_connect_to_hub",
            "managed",
            clears=(HUB_DISCONNECTED,),
            needs="can_simulate_hub_connection",
        ),
        DeviceTransition(
            "managed",
            "simulate_remove",
            "managed",
            ("device.removed",),
            raises=(REMOVED,),
            needs="can_simulate_removal",
        ),
        DeviceTransition(
            "managed",
            "simulate_expired_subscription",
            "managed",
            ("device.error.subscription_required",),
            raises=(SUBSCRIPTION,),
            needs="can_simulate_paid_subscription",
        ),
        DeviceTransition(
            "managed",
            "simulate_paid_subscription",
            "managed",
            ("device.error.subscription_required.resolved",),
            clears=(SUBSCRIPTION,),
            needs="can_simulate_paid_subscription",
        ),
        DeviceTransition("managed", "delete", ABSENT, ("device.deleted",)),
        DeviceTransition("unmanaged", "delete", ABSENT, ("device.deleted",)),
    ],
)

# Unsourced: the rows of "hold", and those from an ended attempt: a test sets what it wants, as the
# control route of @seamapi/fake-seam-connect does. An attempt that nothing ends stays pending.
ACTION_ATTEMPT = StateMachine(
    "action_attempt",
    [
        Transition(ABSENT, "request", "pending"),
        Transition("pending", "succeed", "success"),
        Transition("pending", "fail", "error"),
        Transition("pending", "hold", "pending"),
        Transition("success", "hold", "pending"),
        Transition("success", "succeed", "success"),
        Transition("success", "fail", "error"),
        Transition("error", "hold", "pending"),
        Transition("error", "succeed", "success"),
        Transition("error", "fail", "error"),
    ],
)

DELIVERY = StateMachine(
    "delivery",
    [
        Transition(ABSENT, "send", "waiting"),
        Transition("waiting", "succeeded", "delivered"),
        Transition("waiting", "failed", "waiting"),
        Transition("waiting", "last_failed", "failed"),
        # The URL has no sender, and its host is not allowed.
        Transition("waiting", "keep", "not_sent"),
        Transition("waiting", "webhook_deleted", "stopped"),
        # An attempt that is in flight when its webhook is deleted still finishes.
        Transition("stopped", "succeeded", "stopped"),
        Transition("stopped", "failed", "stopped"),
        Transition("stopped", "last_failed", "stopped"),
    ],
)

MACHINES: tuple[StateMachine[Any], ...] = (
    WEBVIEW,
    ACCOUNT,
    DEVICE,
    ACCESS_CODE,
    ACTION_ATTEMPT,
    DELIVERY,
)
