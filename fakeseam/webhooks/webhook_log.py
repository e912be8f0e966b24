"""``fake.webhooks``: the webhook log, and the senders that deliveries go to."""

from __future__ import annotations

from typing import Any, Literal, Protocol, get_args

from ..api.webhooks.deliveries import WebhookDelivery
from ..api.webhooks.record import DELIVERIES
from ..control.arguments import refuse_none
from ..control.assertions import TIMEOUT_S
from ..control.context import ControlCaller
from ..control.logs import TableLog
from ..control.removal import Removable
from ..errors import MisuseError, is_outcome
from .attempt import Sender
from .client_senders import is_async_sender, to_sender
from .delivery_targets import DeliveryTargets, SenderBinding, When

__all__ = ["SenderHandle", "WebhookLog"]

__tracebackhide__ = is_outcome


class _Engine(ControlCaller, Protocol):
    @property
    def delivery_targets(self) -> DeliveryTargets:
        """Where deliveries go now: a reset replaces it."""


class SenderHandle(Removable):
    """A sender in use, until it is removed or its ``with`` block ends."""

    def __init__(self, engine: _Engine, binding: SenderBinding) -> None:
        self._engine = engine
        self._binding = binding

    def __repr__(self) -> str:
        return f"<delivering {self._binding.url or 'everything'} to {self._binding.given!r}>"

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

    def deliver_to(
        self, sender: Sender | object, url: str | None = None, *, when: When = "at_once"
    ) -> SenderHandle:
        """Gives deliveries to ``sender`` instead of sending them: those for one URL, or all.

        ``sender`` is a test client of Django, Flask, Werkzeug, Starlette or httpx, which posts
        each delivery to the path of its URL. Or it is a function of one delivery that returns the
        HTTP status, or a response that has a ``status_code``; an exception is a failed attempt.

        It runs in the test's thread, which made the fake. Deliveries that the test's thread
        causes come before the call that caused them returns; those of other threads when the test
        uses the fake next. With ``when="settled"`` all of them wait for ``settle()``. An
        asynchronous sender is awaited on the test's event loop: by an asynchronous client, and by
        the methods of ``fake.aio``. The sender given last is used. Returns a handle that removes
        it, by ``remove()`` or at the end of a ``with`` block.
        """
        self._engine.touch()
        if when not in get_args(When):
            choices = " or ".join(map(repr, get_args(When)))
            raise MisuseError(f"deliver_to(when={when!r}): choose {choices}")
        if url is not None and not (isinstance(url, str) and url):
            raise MisuseError(f"deliver_to(url={url!r}): give a webhook's URL, or leave it out")
        is_async = is_async_sender(sender)
        binding = SenderBinding(url, to_sender(sender), sender, is_async, when)
        self._targets_of.delivery_targets.add(binding)
        return SenderHandle(self._targets_of, binding)

    def allow(self, host: str) -> None:
        """Sends deliveries for this host over HTTP from now on. Give its name without a port."""
        self._engine.call_control("webhooks/allow", host=host)

    def settle(self) -> None:
        """Hands over every delivery that waits; returns when no attempt is in flight.

        Raises ``MisuseError`` inside a receiver.
        """
        self._engine.call_control("webhooks/settle")

    def sign_by(self, clock: Literal["fake", "wall"]) -> None:
        """Signs later attempts by the wall clock, though ``now=`` stopped the fake's.

        A receiver that verifies signatures accepts only those of its own time. ``"fake"``, the
        default of a fake with ``now=``, signs the same bytes in every run.
        """
        self._engine.call_control("webhooks/sign_by", clock=clock)

    # The log

    def filter(
        self, event_type: str | None = None, *, url: str | None = None, **fields: object
    ) -> list[WebhookDelivery]:
        """Returns the deliveries of an event type, to a URL, whose event has these fields."""
        found = self._call_control("filter", event_type=event_type, url=url, fields=fields)[
            "deliveries"
        ]
        return [WebhookDelivery.from_json(one) for one in found]

    def assert_sent(
        self,
        event_type: str,
        *,
        url: str | None = None,
        times: int | None = None,
        **fields: object,
    ) -> WebhookDelivery:
        """Returns the first such delivery, in any state, ``not_sent`` included.

        Sent is not delivered: the receiver may have failed. ``assert_all_delivered`` checks that.
        Raises ``AssertionError`` with the most similar delivery if there is none, or if there
        are not exactly ``times`` of them.
        """
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        body = self._call_control("assert_sent", **sent)
        return WebhookDelivery.from_json(body["delivery"])

    def assert_all_delivered(self, url: str | None = None) -> None:
        """Raises ``AssertionError`` unless a receiver has accepted every delivery, or every one to
        a URL.

        ``assert_sent`` does not say that: a delivery that was sent may have failed. Those of a
        webhook that was deleted may be ``stopped``.
        """
        self._call_control("assert_all_delivered", url=url)

    def assert_not_sent(
        self, event_type: str, *, url: str | None = None, **fields: object
    ) -> None:
        """Raises ``AssertionError`` with the delivery if there is one."""
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
        refuse_none(times=times, timeout=timeout)
        sent = {"event_type": event_type, "url": url, "fields": fields, "times": times}
        body = self._call_control("wait_for", **sent, timeout=timeout)
        return WebhookDelivery.from_json(body["delivery"])
