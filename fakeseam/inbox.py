"""``fake.webhooks``: every delivery ever signed, and where deliveries go."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .api.deliveries import WebhookDelivery
from .api.records import Attempt
from .api.tables import DELIVERIES
from .control.asserting import TIMEOUT_S
from .errors import MisuseError
from .letter import Sender
from .logs import TableLog
from .routes import Route

if TYPE_CHECKING:
    from .fake import FakeSeam

__all__ = ["DeliveringTo", "Inbox"]


class DeliveringTo:
    """A sender that gets deliveries, until it is removed or a ``with`` ends."""

    def __init__(self, fake: FakeSeam, route: Route) -> None:
        self._fake = fake
        self._route = route

    def __repr__(self) -> str:
        return f"<delivering {self._route.url or 'everything'} to {self._route.sender!r}>"

    def __enter__(self) -> DeliveringTo:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Deliveries go where they went before; nothing happens if it is gone already."""
        self._fake.routes.remove(self._route)


class Inbox(TableLog[WebhookDelivery]):
    """The deliveries of a fake, oldest first.

    Only URLs on this machine are really sent to, over a socket and in a thread of their own;
    a delivery to any other host is kept as ``not_sent`` and counts as accepted. Each of
    ``fields`` has to be in the delivery's event, with this value; a mapping has to be equal.
    """

    name, kind = "webhooks", DELIVERIES

    def _shown(self, record: Any) -> WebhookDelivery:
        return WebhookDelivery.of(record)

    # Where deliveries go

    def deliver_to(self, sender: Sender, url: str | None = None) -> DeliveringTo:
        """Hand deliveries to ``sender`` instead of sockets: those for one URL, or for all.

        ``sender(delivery)`` returns the HTTP status, or a response of a test client that has
        a ``status_code``; what it raises is a failed attempt. It runs in the thread whose call
        caused the event, before that call returns; an asynchronous one is awaited. The sender
        given last counts; what this returns takes it back, by ``remove()`` or after ``with``.
        """
        if not callable(sender):
            raise MisuseError(f"deliver_to takes a function of one delivery, not {sender!r}")
        route = Route(url, sender)
        self._fake.routes.senders.append(route)
        return DeliveringTo(self._fake, route)

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
        found = self._pull("filter", event_type=event_type, url=url, fields=fields)["deliveries"]
        return [_delivery(one) for one in found]

    def assert_sent(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int | None = None,
        **fields: object,
    ) -> WebhookDelivery:
        """The first such delivery, ``not_sent`` or not. Raises ``AssertionError``, showing what
        is nearest, if there is none, or if there are not as many as ``times``."""
        __tracebackhide__ = True
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        return _delivery(self._pull("assert_sent", **sent)["delivery"])

    def assert_not_sent(
        self, event_type: str, *, url: str | None = None, **fields: object
    ) -> None:
        """Raises ``AssertionError``, showing it, if there is such a delivery."""
        __tracebackhide__ = True
        self._pull("assert_not_sent", event_type=event_type, url=url, fields=fields)

    def wait_for(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int = 1,
        timeout: float = TIMEOUT_S,
        **fields: object,
    ) -> WebhookDelivery:
        """The ``times``th such delivery that has ended, as soon as it has.

        It has ended as ``delivered``, ``failed`` (given up), ``stopped`` or ``not_sent``; one
        that is to be tried again has not. ``timeout`` is in seconds of real time; then it
        raises ``AssertionError``, as ``assert_sent`` does.
        """
        __tracebackhide__ = True
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        return _delivery(self._pull("wait_for", **sent, timeout=timeout)["delivery"])


def _delivery(shown: Mapping[str, Any]) -> WebhookDelivery:
    """What the levers show of one."""
    attempts = tuple(Attempt(**one) for one in shown["attempts"])
    return WebhookDelivery(**{**shown, "attempts": attempts})
