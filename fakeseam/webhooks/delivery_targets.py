"""Where the deliveries of a URL go: to a sender, or over HTTP to an allowed host."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

from .attempt import Sender

__all__ = ["DeliveryTargets", "SenderBinding"]


@dataclass(frozen=True, eq=False)
class SenderBinding:
    """A sender, and the URL that it is for; None for every URL."""

    url: str | None
    sender: Sender


@dataclass
class DeliveryTargets:
    """The ``senders`` in the order in which they were given; ``allowed_hosts`` get HTTP."""

    senders: list[SenderBinding] = field(default_factory=list)
    allowed_hosts: set[str] = field(default_factory=set)

    def sender_for(self, url: str) -> Sender | None:
        """Returns the sender given last for this URL, else the one given last for every URL."""
        for wanted in (url, None):
            for binding in reversed(self.senders):
                if binding.url == wanted:
                    return binding.sender
        return None

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
            return ip_address(host).is_loopback
        except ValueError:
            return False

    def remove(self, binding: SenderBinding) -> None:
        """Removes a sender; does nothing if it is not here."""
        self.senders = [one for one in self.senders if one is not binding]
