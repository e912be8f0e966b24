"""Where the deliveries of a URL go: to a sender, or over HTTP to an allowed host."""

from __future__ import annotations

from contextvars import Context, copy_context
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from ..core.undo_log import UndoLog
from .attempt import Sender

__all__ = ["DeliveryTargets", "SenderBinding", "When"]

# When a sender gets a delivery: before the call that caused it returns, or at settle().
When = Literal["at_once", "settled"]


@dataclass(eq=False)
class SenderBinding:
    """A sender, and the URL that it is for; None for every URL.

    ``given`` is what the test gave to ``deliver_to``. ``is_async`` says that the sender must be
    awaited. The sender runs in copies of ``context``, the test's: what a view sets, such as its
    language, does not reach the receiver.
    """

    url: str | None
    sender: Sender
    given: object
    is_async: bool = False
    when: When = "at_once"
    context: Context = field(default_factory=copy_context)


@dataclass
class DeliveryTargets:
    """The ``bindings`` in the order in which they were given; ``allowed_hosts`` get HTTP.

    What a load does to them is recorded in ``undo_log``.
    """

    undo_log: UndoLog
    bindings: list[SenderBinding] = field(default_factory=list)
    allowed_hosts: set[str] = field(default_factory=set)

    def add(self, binding: SenderBinding) -> None:
        """Adds a sender, which gets deliveries before the earlier ones."""
        self.bindings = [*self.bindings, binding]
        self.undo_log.push(lambda: self.remove(binding))

    def allow(self, host: str) -> None:
        """Adds a host to those that get HTTP."""
        if host not in self.allowed_hosts:
            self.allowed_hosts.add(host)
            self.undo_log.push(lambda: self.allowed_hosts.discard(host))

    def binding_for(self, url: str) -> SenderBinding | None:
        """Returns the binding given last for this URL, else the one given last for every URL."""
        for wanted in (url, None):
            for binding in reversed(self.bindings):
                if binding.url == wanted:
                    return binding
        return None

    @property
    def has_async_sender(self) -> bool:
        """Whether a sender has to be awaited."""
        return any(binding.is_async for binding in self.bindings)

    def takes_http(self, url: str) -> bool:
        """Returns whether the URL leads to this machine, or to an allowed host."""
        try:
            host = urlsplit(url).hostname
        except ValueError:
            return False
        if host is None:
            return False
        if host == "localhost" or host in self.allowed_hosts:
            return True
        try:
            address = ip_address(host)
        except ValueError:
            return False
        # Python 3.11 does not look into ::ffff:127.0.0.1.
        mapped = getattr(address, "ipv4_mapped", None)
        return bool((mapped or address).is_loopback)

    def remove(self, binding: SenderBinding) -> None:
        """Removes a sender; does nothing if it is not here."""
        before = self.bindings
        self.bindings = [one for one in before if one is not binding]
        if len(self.bindings) < len(before):
            place = before.index(binding)
            self.undo_log.push(lambda: self.bindings.insert(place, binding))
