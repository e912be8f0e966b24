"""``fake.faults``: adding faults, and the handle of each one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from ..errors import MisuseError, is_outcome
from .arguments import id_of, refuse_none
from .context import ControlCaller
from .removal import Removable

__all__ = ["Faults", "InjectedFault"]

__tracebackhide__ = is_outcome

# The first of these fields that an object has is its own id. Others may follow: a device also has
# its account's id, and an event has the ids of all records that it is about.
OWN_IDS = (
    "event_id",
    "action_attempt_id",
    "client_session_id",
    "webhook_id",
    "connect_webview_id",
    "device_id",
    "space_id",
    "user_identity_id",
    "connected_account_id",
    "customer_key",
    "workspace_id",
)


class Faults:
    """The faults of a fake."""

    def __init__(self, engine: ControlCaller) -> None:
        self._engine = engine

    def __repr__(self) -> str:
        coming = [str(one.fault) for one in self._engine.runtime.faults if not one.is_over]
        return f"<faults: {len(coming)} to come{''.join(f'; {one}' for one in coming[:5])}>"

    def add(
        self,
        route: str | None = None,
        *,
        resource: object = None,
        workspace: object = None,
        status: int | None = None,
        times: int | None = None,
        after: int = 0,
        probability: float | None = None,
        latency: float | None = None,
        retry_after: int | None = None,
        when: Literal["before", "after"] = "before",
        kind: Literal["reset", "timeout", "garbage", "truncated"] | None = None,
    ) -> InjectedFault:
        """Makes requests fail with an HTTP ``status``, breaks responses, or delays them.

        ``route`` is a path, a method and a path, a path that ends in ``/*``, or ``*`` for all.
        ``resource`` is an id that a request has among its parameters, or an object with that
        id. ``workspace`` is that of the caller, an id or an object with it. ``kind`` is how a
        response breaks. The fault spares the first ``after`` requests, then hits the next
        ``times``: by default one, or all if a ``probability`` is given. ``latency`` and
        ``retry_after`` are in seconds. With ``when="after"`` the request is executed first.
        Raises ``MisuseError`` for a fault that can never happen.
        """
        refuse_none(after=after, when=when)
        body = self._engine.call_control(
            "faults/add",
            route=route,
            resource=None if resource is None else _own_id(resource),
            workspace_id=None if workspace is None else id_of(workspace, "workspace_id"),
            status=status,
            times=times,
            after=after,
            probability=probability,
            latency=latency,
            retry_after=retry_after,
            when=when,
            kind=kind,
        )
        return InjectedFault(self._engine, body["fault"]["fault_id"])

    def outage(
        self,
        route: str = "*",
        *,
        workspace: object = None,
        status: int | None = None,
        kind: Literal["reset", "timeout", "garbage", "truncated"] | None = None,
        retry_after: int | None = None,
    ) -> InjectedFault:
        """Makes every request to ``route`` fail until the fault is removed, retries included.

        By default Seam is down as a whole, with a 503. ``route``, ``workspace``, ``status``,
        ``kind`` and ``retry_after`` are as ``add`` takes them. ``with fake.faults.outage():``
        ends it at the end of the block. Raises ``MisuseError`` as ``add`` does.
        """
        refuse_none(route=route)
        body = self._engine.call_control(
            "faults/outage",
            route=route,
            workspace_id=None if workspace is None else id_of(workspace, "workspace_id"),
            status=status,
            kind=kind,
            retry_after=retry_after,
        )
        return InjectedFault(self._engine, body["fault"]["fault_id"])

    def __iter__(self) -> Iterator[InjectedFault]:
        """Yields every fault that was added, oldest first, including those that are over."""
        faults = self._engine.call_control("faults/list")["faults"]
        return iter([InjectedFault(self._engine, fault["fault_id"]) for fault in faults])

    def clear(self) -> None:
        """Ends every fault that was added so far."""
        self._engine.call_control("faults/clear")


class InjectedFault(Removable):
    """A fault that was added. The end of a ``with`` removes it."""

    def __init__(self, engine: ControlCaller, fault_id: int) -> None:
        self._engine = engine
        self._plan = engine.runtime.faults
        self.fault_id = fault_id

    def __repr__(self) -> str:
        counter = self._plan.find(self.fault_id)
        return f"<{None if counter is None else counter.fault}; {self.hits} hits>"

    @property
    def hits(self) -> int:
        """The number of requests that it has hit."""
        counter = self._plan.find(self.fault_id)
        return 0 if counter is None else counter.hits

    def remove(self) -> None:
        """Ends the fault; does nothing if it is over, or if its fake was reset."""
        if self._engine.runtime.faults is self._plan:
            self._engine.call_control("faults/remove", fault_id=self.fault_id)


def _own_id(resource: object) -> str:
    """Returns the resource if it is text, else the first of ``OWN_IDS`` that it has."""
    if isinstance(resource, str):
        return resource
    for name in OWN_IDS:
        if isinstance(resource, Mapping):
            found = resource.get(name)
        else:
            found = getattr(resource, name, None)
        if isinstance(found, str):
            return found
    raise MisuseError(
        f"resource={resource!r} has none of {', '.join(OWN_IDS)}: pass the id that requests have,"
        " or an object that the API returned"
    )
