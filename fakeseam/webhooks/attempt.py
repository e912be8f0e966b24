"""One attempt in flight: what is sent to which sender or URL, and its result."""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..api.webhooks.deliveries import WebhookDelivery
from ..api.webhooks.record import Attempt, Delivery, ScheduledAttempt

if TYPE_CHECKING:
    from .delivery_targets import SenderBinding

__all__ = ["MAX_RESPONSE_BODY", "InFlightAttempt", "InvalidSenderResult", "Sender"]

# Takes a delivery; returns the HTTP status, a response that has one, or an awaitable of either.
Sender = Callable[[WebhookDelivery], Any]

# How many characters are kept of a response, and of a traceback.
MAX_RESPONSE_BODY = 1000
MAX_TRACEBACK = 10_000
_PACKAGE = str(Path(__file__).parent.parent)


class InvalidSenderResult(Exception):
    """A sender returned something without an HTTP status."""


@dataclass
class InFlightAttempt:
    """An attempt that has fallen due.

    ``binding`` is None for an attempt over HTTP. ``generation`` is the dispatcher's at the start;
    the dispatcher increases its own when the store is restored. ``depth`` is the number of
    attempts that led to this one, each caused by the receiver of the one before. ``at`` and
    ``signed_at`` are those of the moment at which it is sent; for HTTP the thread that queues it
    reads them, since freezegun does not freeze the sending thread. ``signed_at`` is by the
    receivers' clock. ``misuse`` is what the test did wrong, if its sender returned no response.
    """

    delivery: Delivery
    scheduled: ScheduledAttempt
    binding: SenderBinding | None
    generation: int
    depth: int
    at: str
    signed_at: int
    result: Attempt | None = None
    misuse: str | None = None

    def __str__(self) -> str:
        url, event_type = self.delivery.url, self.event_type
        if self.result is not None:
            return f"{self.result.error or self.result.status} from {url} for {event_type}"
        if self.binding is not None:
            return f"delivery to {url} waits for the test: {event_type} (see webhooks.settle)"
        where = f"{url}, which is not on this machine"
        return f"not sent to {where}: {event_type} (see webhooks.allow and .deliver_to)"

    @property
    def event_type(self) -> str:
        """The type of its event."""
        return str(json.loads(self.delivery.body)["event_type"])

    @property
    def signed(self) -> WebhookDelivery:
        """The delivery as the receiver gets it, signed at the time of this attempt."""
        return WebhookDelivery.of(self.delivery, self.signed_at)

    def call_sender(self) -> Any:
        """Returns what the sender returns."""
        if self.binding is None:
            raise RuntimeError(f"{self.delivery.message_id} has no sender")
        return self.binding.sender(self.signed)

    def set_response(self, result: Any) -> None:
        """Sets the result from what the sender returned.

        Raises ``InvalidSenderResult`` if that has no HTTP status.
        """
        status = getattr(result, "status_code", result)
        if not isinstance(status, int) or isinstance(status, bool) or not 100 <= status <= 599:
            raise InvalidSenderResult(
                f"The sender given to webhooks.deliver_to() returned {result!r}."
                " Return an HTTP status, or a response with status_code."
            )
        self.finish(int(status), _body_of(result))

    def set_exception(self, exc: BaseException) -> None:
        """Sets the result of a sender that raised."""
        self.finish(error=repr(exc), traceback=_traceback_of(exc))

    def finish(
        self,
        status: int | None = None,
        response_body: str | None = None,
        error: str | None = None,
        *,
        traceback: str | None = None,
    ) -> None:
        """Sets the result of the attempt."""
        self.result = Attempt(self.at, self.signed_at, status, response_body, error, traceback)


def _body_of(response: Any) -> str | None:
    """Returns the text of a test client's response, or None if it has none that can be read."""
    for name in ("text", "content"):
        try:
            body = getattr(response, name, None)
        except Exception:  # a stream that was not read
            continue
        if isinstance(body, bytes):
            body = body.decode("utf-8", "replace")
        if isinstance(body, str):
            return body[:MAX_RESPONSE_BODY]
    return None


def _traceback_of(exc: BaseException) -> str:
    """Returns the traceback as text, from the sender on; the end of a long one."""
    entry = exc.__traceback__
    while entry is not None and entry.tb_frame.f_code.co_filename.startswith(_PACKAGE):
        entry = entry.tb_next
    lines = traceback.format_exception(type(exc), exc, entry or exc.__traceback__)
    return "".join(lines)[-MAX_TRACEBACK:]
