"""``fake.webhooks``: the webhook log, and the senders that deliveries go to."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Protocol

from ..api.webhooks.deliveries import WebhookDelivery
from ..api.webhooks.record import DELIVERIES, Attempt
from ..control.assertions import TIMEOUT_S
from ..control.context import ControlCaller
from ..control.logs import TableLog
from ..errors import MisuseError
from .attempt import Sender
from .delivery_targets import DeliveryTargets, SenderBinding

__all__ = ["SenderHandle", "WebhookLog"]


class _Engine(ControlCaller, Protocol):
    @property
    def delivery_targets(self) -> DeliveryTargets:
        """Where deliveries go now: a reset replaces it."""


class SenderHandle:
    """A sender in use, until it is removed or its ``with`` block ends."""

    def __init__(self, engine: _Engine, binding: SenderBinding) -> None:
        self._engine = engine
        self._binding = binding

    def __repr__(self) -> str:
        return f"<delivering {self._binding.url or 'everything'} to {self._binding.sender!r}>"

    def __enter__(self) -> SenderHandle:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.remove()

    def remove(self) -> None:
        """Removes the sender; does nothing if it was removed already."""
        self._engine.delivery_targets.remove(self._binding)


class WebhookLog(TableLog[WebhookDelivery]):
    """The deliveries of a fake, oldest first.

    fakeseam sends deliveries over HTTP, in a thread of its own, only to URLs on this machine. A
    delivery to any other host is ``not_sent`` and counts as accepted. The methods below find
    deliveries whose event has each of ``fields`` with this value; a mapping must be equal.
    """

    name, record_type = "webhooks", DELIVERIES

    def __init__(self, engine: _Engine) -> None:
        super().__init__(engine)
        self._targets_of = engine

    def _convert(self, record: Any) -> WebhookDelivery:
        return WebhookDelivery.of(record)

    # Senders and hosts

    def deliver_to(self, sender: Sender, url: str | None = None) -> SenderHandle:
        """Gives deliveries to ``sender`` instead of sending them: those for one URL, or all.

        ``sender(delivery)`` returns the HTTP status, or a test client's response that has a
        ``status_code``; an exception is a failed attempt. It runs in the thread whose request
        caused the event, before that request returns; an asynchronous sender is awaited. The
        sender given last is used. Returns a handle that removes it, by ``remove()`` or at the end
        of a ``with`` block.
        """
        if not callable(sender):
            raise MisuseError(f"deliver_to takes a function of one delivery, not {sender!r}")
        binding = SenderBinding(url, sender)
        self._targets_of.delivery_targets.senders.append(binding)
        return SenderHandle(self._targets_of, binding)

    def allow(self, host: str) -> None:
        """Sends deliveries for this host over HTTP from now on. Give its name without a port."""
        self._engine.call_control("webhooks/allow", host=host)

    def settle(self) -> None:
        """Returns when no attempt is in flight. Raises ``MisuseError`` inside a receiver."""
        self._engine.call_control("webhooks/settle")

    # The log

    def filter(
        self, event_type: str | None = None, *, url: str | None = None, **fields: object
    ) -> list[WebhookDelivery]:
        """Returns the deliveries of an event type, to a URL, whose event has these fields."""
        found = self._call_control("filter", event_type=event_type, url=url, fields=fields)[
            "deliveries"
        ]
        return [_delivery(one) for one in found]

    def assert_sent(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int | None = None,
        **fields: object,
    ) -> WebhookDelivery:
        """Returns the first such delivery, in any state, ``not_sent`` included.

        Raises ``AssertionError`` with the most similar delivery if there is none, or if there
        are not exactly ``times`` of them.
        """
        __tracebackhide__ = True
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        return _delivery(self._call_control("assert_sent", **sent)["delivery"])

    def assert_not_sent(
        self, event_type: str, *, url: str | None = None, **fields: object
    ) -> None:
        """Raises ``AssertionError`` with the delivery if there is one."""
        __tracebackhide__ = True
        self._call_control("assert_not_sent", event_type=event_type, url=url, fields=fields)

    def wait_for(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int = 1,
        timeout: float = TIMEOUT_S,
        **fields: object,
    ) -> WebhookDelivery:
        """Returns the ``times``th such delivery that has ended, as soon as it has.

        A delivery ends as ``delivered``, ``failed`` (given up), ``stopped`` or ``not_sent``; one
        that waits for a retry has not ended. Raises ``AssertionError`` after ``timeout`` seconds
        of real time, as ``assert_sent`` does.
        """
        __tracebackhide__ = True
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        return _delivery(self._call_control("wait_for", **sent, timeout=timeout)["delivery"])


def _delivery(data: Mapping[str, Any]) -> WebhookDelivery:
    """Returns a delivery from the JSON of a control endpoint."""
    attempts = tuple(Attempt(**one) for one in data["attempts"])
    return WebhookDelivery(**{**data, "attempts": attempts})
