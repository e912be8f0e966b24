"""``fake.webhooks``: every delivery ever signed, and where deliveries go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from .api.deliveries import WebhookDelivery
from .api.event_types import check_event_type
from .api.records import Delivery
from .api.tables import ALL, DELIVERIES
from .core.store import Store
from .errors import MisuseError
from .journal import shortened
from .letter import Sender

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["Inbox"]


class Inbox:
    """The deliveries of a fake, oldest first.

    Only URLs on this machine are really sent to, over a socket and in a thread of their own;
    a delivery to any other host is kept as ``not_sent`` and counts as accepted.
    """

    def __init__(self, fake: FakeSeam) -> None:
        self._fake = fake

    def __iter__(self) -> Iterator[WebhookDelivery]:
        kept = self._fake.look(lambda store: store.find(DELIVERIES, ALL))
        return (WebhookDelivery.of(one) for one in kept)

    def __len__(self) -> int:
        return self._fake.look(lambda store: len(store.bucket(DELIVERIES, ALL)))

    def __getitem__(self, place: int) -> WebhookDelivery:
        """The delivery at a place, -1 for the latest; ``IndexError`` where there is none."""
        kept = self._fake.look(lambda store: _at(store, place))
        return WebhookDelivery.of(kept)

    def __repr__(self) -> str:
        return f"<webhooks: {len(self)} deliveries>"

    # Where deliveries go

    def deliver_to(self, sender: Sender, url: str | None = None) -> None:
        """Hand deliveries to ``sender`` instead of sockets: those for one URL, or for all.

        ``sender(delivery)`` returns the HTTP status, or a response of a test client that has
        a ``status_code``; what it raises is a failed attempt. It runs in the thread whose call
        caused the event, before that call returns; an asynchronous one is awaited.
        """
        if not callable(sender):
            raise MisuseError(f"deliver_to takes a function of one delivery, not {sender!r}")
        self._fake.routes.senders.append((url, sender))

    def allow(self, host: str) -> None:
        """Really send to this host, by its name alone, from now on."""
        self._fake.pull("webhooks/allow", host=host)

    def settle(self) -> None:
        """Return when no attempt is under way; raises ``MisuseError`` from inside a receiver."""
        self._fake.pull("webhooks/settle")

    # What was sent

    def filter(
        self, event_type: str | None = None, *, url: str | None = None, **fields: object
    ) -> list[WebhookDelivery]:
        """The deliveries of a type of event, to a URL, whose event has these fields."""
        if event_type is not None:
            check_event_type(event_type)
            fields["event_type"] = event_type
        return [
            one
            for one in self
            if url in (None, one.url)
            and all(name in one.event and one.event[name] == fields[name] for name in fields)
        ]

    def assert_sent(
        self, event_type: str, *, url: str | None = None, **fields: object
    ) -> WebhookDelivery:
        """The first such delivery; raises ``AssertionError``, showing all, if there is none."""
        found = self.filter(event_type, url=url, **fields)
        if not found:
            wanted = "".join(f", {name}={value!r}" for name, value in fields.items())
            raise AssertionError(
                f"no delivery of {event_type}{wanted}; the deliveries:\n" + _lines(self)
            )
        return found[0]

    def assert_not_sent(
        self, event_type: str, *, url: str | None = None, **fields: object
    ) -> None:
        """Raises ``AssertionError``, showing it, if there is such a delivery."""
        found = self.filter(event_type, url=url, **fields)
        if found:
            raise AssertionError(f"{event_type} was sent:\n" + _lines(found))


def _lines(found: list[WebhookDelivery] | Inbox) -> str:
    return shortened([f"  {one}" for one in found]) or "  (none: is there a webhook?)"


def _at(store: Store, place: int) -> Delivery:
    if not isinstance(place, int):
        raise MisuseError(f"webhooks[{place!r}]: a place is a whole number; list() has slices")
    *_, message_id = store.bucket(DELIVERIES, ALL)[place]
    kept = store.get(DELIVERIES, message_id)
    if kept is None:
        raise RuntimeError(f"delivery {message_id} is not kept")
    return kept
