"""Where deliveries go: which sender gets a URL's, which hosts are really sent to."""

from __future__ import annotations

from dataclasses import dataclass, field

from .letter import Sender

__all__ = ["Routes"]


@dataclass
class Routes:
    """``senders`` are the URLs that each is for, None for all; ``allowed`` are hosts."""

    senders: list[tuple[str | None, Sender]] = field(default_factory=list)
    allowed: set[str] = field(default_factory=set)

    def sender_for(self, url: str) -> Sender | None:
        """The one given last for this URL, else the one given last for all."""
        for wanted in (url, None):
            for known, sender in reversed(self.senders):
                if known == wanted:
                    return sender
        return None
