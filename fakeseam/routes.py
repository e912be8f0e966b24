"""Where deliveries go: which sender gets a URL's, which hosts are really sent to."""

from __future__ import annotations

from dataclasses import dataclass, field

from .letter import Sender

__all__ = ["Route", "Routes"]


@dataclass(frozen=True, eq=False)
class Route:
    """A sender and the URL that it is for, None for all."""

    url: str | None
    sender: Sender


@dataclass
class Routes:
    """The ``senders`` in the order in which they were given; ``allowed`` are hosts."""

    senders: list[Route] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)

    def sender_for(self, url: str) -> Sender | None:
        """The one given last for this URL, else the one given last for all."""
        for wanted in (url, None):
            for route in reversed(self.senders):
                if route.url == wanted:
                    return route.sender
        return None

    def remove(self, route: Route) -> None:
        """Its sender gets nothing more; does nothing if it is not here."""
        self.senders = [one for one in self.senders if one is not route]
