"""``fake.faults``: what is to go wrong, and a handle on each fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Literal

from .errors import MisuseError

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["Faults", "PlannedFault"]

# What carries several of these is the thing that the first one names: a device also carries its
# account's id, an event those of all that it is about.
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
    """What is to go wrong with requests."""

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    def __repr__(self) -> str:
        coming = [str(one.fault) for one in self._fake.fault_plan if not one.is_over]
        return f"<faults: {len(coming)} to come{''.join(f'; {one}' for one in coming[:5])}>"

    def add(
        self,
        route: str | None = None,
        *,
        resource: object = None,
        status: int | None = None,
        times: int | None = None,
        after: int = 0,
        probability: float | None = None,
        latency: float | None = None,
        retry_after: int | None = None,
        when: Literal["before", "after"] = "before",
        kind: Literal["reset", "timeout", "garbage", "truncated"] | None = None,
    ) -> PlannedFault:
        """Let requests fail with an HTTP ``status``, break by a ``kind``, or be late.

        A ``route`` is a path, a method and a path, a path that ends in ``/*``, or ``*`` for all;
        ``resource`` is an id that a request has to name, or what carries it. The first ``after``
        requests are spared, then ``times`` are hit: one, or without end where a ``probability``
        is given. ``latency`` and ``retry_after`` are in seconds. By ``when="after"`` the call is
        carried out first. Raises ``MisuseError`` for a fault that can never happen.
        """
        made = self._fake.pull(
            "faults/add",
            route=route,
            resource=None if resource is None else _own_id(resource),
            status=status,
            times=times,
            after=after or None,
            probability=probability,
            latency=latency,
            retry_after=retry_after,
            when=when,
            kind=kind,
        )
        return PlannedFault(self._fake, made["fault"]["fault_id"])

    def __iter__(self) -> Iterator[PlannedFault]:
        """Every fault that was added, the first one first, also those that are over."""
        told = self._fake.pull("faults/list")["faults"]
        return iter([PlannedFault(self._fake, fault["fault_id"]) for fault in told])

    def clear(self) -> None:
        """Let no fault that was added so far hit any more requests."""
        self._fake.pull("faults/clear")


class PlannedFault:
    """A fault that was added. ``with`` removes it at its end."""

    def __init__(self, fake: FakeSeam, fault_id: int) -> None:
        self._fake = fake
        self._plan = fake.fault_plan
        self.fault_id = fault_id

    def __repr__(self) -> str:
        tally = self._plan.find(self.fault_id)
        return f"<{None if tally is None else tally.fault}; {self.struck} struck>"

    def __enter__(self) -> PlannedFault:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    @property
    def struck(self) -> int:
        """How many requests it has hit."""
        tally = self._plan.find(self.fault_id)
        return 0 if tally is None else tally.struck

    def remove(self) -> None:
        """Let it hit no more requests; does nothing if it is over, or if its fake was reset."""
        if self._fake.fault_plan is self._plan:
            self._fake.pull("faults/remove", fault_id=self.fault_id)


def _own_id(thing: object) -> str:
    """The id that a thing is, or the one of those it carries that is its own."""
    if isinstance(thing, str):
        return thing
    for name in OWN_IDS:
        found = thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
        if isinstance(found, str):
            return found
    raise MisuseError(
        f"resource={thing!r} carries none of {', '.join(OWN_IDS)}: give the id that requests are"
        " to name, or what the API returned"
    )
