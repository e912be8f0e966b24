"""The lifecycle is four tables: webviews, accounts, devices, and deliveries to webhooks.

Whatever is not a row cannot happen. The diagrams in the README are printed from here.
Source: docs.seam.co core-concepts/connect-webviews and core-concepts/connected-accounts,
api/events; the order of the events within one login is ``Unsourced:`` (Seam names them, not
their order; this one never lets an event point at something that was not announced).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..core.machine import ABSENT, StateMachine, Transition
from .metadata import COPY, KEEP, REPLACE, UPDATE, Effect

__all__ = [
    "ACCOUNT",
    "DELIVERY",
    "DEVICE",
    "MACHINES",
    "SYNC",
    "WEBVIEW",
    "AccountTransition",
    "DeviceTransition",
    "WebviewTransition",
]

# Stands among the announcements of a login for the devices it brings: their own events come
# here, and everything from here on waits when the first sync is deferred.
SYNC = "(sync)"

# The account's own trouble of being disconnected, and the warning that it soon will be.
DISCONNECTED = "account_disconnected"
REAUTHORIZE = "account_reauthorization_requested"

# What can be wrong with a device by itself, and be simulated.
DEVICE_DISCONNECTED = "device_disconnected"
HUB_DISCONNECTED = "hub_disconnected"
REMOVED = "device_removed"
SUBSCRIPTION = "subscription_required"


@dataclass(frozen=True)
class WebviewTransition(Transition):
    """``shown`` is the public ``status`` in the state that the row leads to."""

    shown: str = "pending"


@dataclass(frozen=True)
class AccountTransition(Transition):
    """What a row announces, does to the metadata, and raises or clears on the account."""

    announce: tuple[str, ...] = ()
    custom_metadata: Effect = KEEP
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()

    @property
    def syncs(self) -> bool:
        """Whether the account's devices are looked for."""
        return SYNC in self.announce

    @property
    def at_once(self) -> tuple[str, ...]:
        """What is announced before the sync."""
        return self.announce[:self.announce.index(SYNC)]

    @property
    def after_sync(self) -> tuple[str, ...]:
        """What is announced after it."""
        return self.announce[self.announce.index(SYNC) + 1:]

    @property
    def label(self) -> str:
        """The trigger, and what it does to the metadata unless that is kept."""
        effect = self.custom_metadata
        return self.on if effect is KEEP else f"{self.on} ({effect.__name__} custom_metadata)"


@dataclass(frozen=True)
class DeviceTransition(Transition):
    """What a row announces, and which of the device's own errors it raises or clears.

    ``needs`` is the capability flag without which it cannot be simulated.
    """

    announce: tuple[str, ...] = ()
    raises: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    needs: str | None = None


WEBVIEW = StateMachine(
    "connect_webview",
    [
        WebviewTransition(ABSENT, "create", "pending"),
        WebviewTransition("pending", "login", "authorized", shown="authorized"),
        WebviewTransition("pending", "login_failed", "failed", shown="failed"),
        WebviewTransition("pending", "wait_for_sync", "syncing"),
        # Unsourced: Seam does not say that a failed webview may be tried again; its page
        # offers another try after a wrong password.
        WebviewTransition("failed", "login", "authorized", shown="authorized"),
        WebviewTransition("failed", "login_failed", "failed", shown="failed"),
        WebviewTransition("failed", "wait_for_sync", "syncing"),
        WebviewTransition("syncing", "synced", "authorized", shown="authorized"),
        # Unsourced: its account was deleted before the sync that it waited for.
        WebviewTransition("syncing", "account_deleted", "failed", shown="failed"),
        WebviewTransition("pending", "delete", ABSENT),
        WebviewTransition("failed", "delete", ABSENT),
        WebviewTransition("syncing", "delete", ABSENT),
        WebviewTransition("authorized", "delete", ABSENT),
    ],
)

# What the first login announces, and what every later one does.
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
    # Unsourced: Seam describes this event for first connections and reconnections; it is
    # sent at every login, because apps find their own webview by it.
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
        # Unsourced: disconnecting twice is no error, and is announced once.
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
        # Unsourced: a disconnected account cannot be looked into.
        AccountTransition("disconnected", "sync", "disconnected"),
        # Deleting announces the account, then each of its devices.
        AccountTransition("connected", "delete", ABSENT, _DELETED),
        AccountTransition("reauthorization_requested", "delete", ABSENT, _DELETED),
        AccountTransition("disconnected", "delete", ABSENT, _DELETED),
    ],
)

# Going on and off line is announced when a device's errors, or its account's, make it so:
# it is no row, because each of the two can hold it off line.
DEVICE = StateMachine(
    "device",
    [
        DeviceTransition(ABSENT, "import", "managed", ("device.added",)),
        DeviceTransition(ABSENT, "import_unmanaged", "unmanaged"),
        # A later login finds one that had been removed from its account.
        DeviceTransition("managed", "found", "managed", ("device.added",), clears=(REMOVED,)),
        DeviceTransition("unmanaged", "found", "unmanaged", clears=(REMOVED,)),
        DeviceTransition("managed", "manage", "managed"),
        DeviceTransition(
            "managed", "unmanage", "unmanaged", ("device.converted_to_unmanaged",)
        ),
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

DELIVERY = StateMachine(
    "delivery",
    [
        Transition(ABSENT, "send", "waiting"),
        Transition("waiting", "succeeded", "delivered"),
        Transition("waiting", "failed", "waiting"),
        Transition("waiting", "last_failed", "failed"),
        # Its URL is one that nothing is really sent to.
        Transition("waiting", "keep", "not_sent"),
        Transition("waiting", "webhook_deleted", "stopped"),
        # An attempt that was under way when the webhook was deleted still ends.
        Transition("stopped", "succeeded", "stopped"),
        Transition("stopped", "failed", "stopped"),
        Transition("stopped", "last_failed", "stopped"),
    ],
)

MACHINES: tuple[StateMachine[Any], ...] = (WEBVIEW, ACCOUNT, DEVICE, DELIVERY)
