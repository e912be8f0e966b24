"""An attempt in flight: what the sender gets, what counts as its status, and the error log."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fakeseam.api.webhooks.record import Delivery, ScheduledAttempt
from fakeseam.webhooks.attempt import InFlightAttempt, InvalidSenderResult
from fakeseam.webhooks.delivery_targets import SenderBinding

AT = "2026-01-01T12:00:00.000Z"
URL = "https://app.example.com/seam"
DELIVERY = Delivery(
    message_id="msg_1",
    workspace_id="w",
    created_at=AT,
    webhook_id="h",
    event_id="e",
    url=URL,
    secret="whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3",
    body='{"event_type": "device.added"}',
    signed_at=1000,
    state="waiting",
    attempts=(),
)


def attempt_with(sender=None):
    scheduled = ScheduledAttempt("msg_1", "w", AT, is_in_flight=True)
    binding = None if sender is None else SenderBinding(None, sender, sender)
    return InFlightAttempt(
        DELIVERY, scheduled, binding, generation=0, depth=0, at=AT, signed_at=2000
    )


def test_the_sender_gets_the_delivery_signed_at_the_time_of_the_attempt():
    delivery = attempt_with(lambda delivery: delivery).call_sender()

    assert (delivery.url, delivery.event) == (URL, {"event_type": "device.added"})
    assert delivery.headers["svix-timestamp"] == "2000"


def test_an_attempt_over_http_has_no_sender():
    with pytest.raises(RuntimeError, match="msg_1 has no sender"):
        attempt_with().call_sender()


@pytest.mark.parametrize("result", [204, SimpleNamespace(status_code=204)])
def test_the_result_is_a_status_or_has_one(result):
    attempt = attempt_with()
    attempt.set_response(result)

    assert (attempt.result.status, attempt.result.at, attempt.result.signed_at) == (204, AT, 2000)


@pytest.mark.parametrize(
    "result", [None, True, "204", 0, 99, 600, SimpleNamespace(status_code="204")]
)
def test_anything_else_is_no_result(result):
    attempt = attempt_with()

    with pytest.raises(InvalidSenderResult, match="Return an HTTP status"):
        attempt.set_response(result)
    assert attempt.result is None


@pytest.mark.parametrize(
    ("result", "text"),
    [
        ({"status": 500}, f"500 from {URL} for device.added"),
        ({"error": "refused"}, f"refused from {URL} for device.added"),
    ],
)
def test_its_text_is_its_result(result, text):
    attempt = attempt_with()
    attempt.finish(**result)

    assert str(attempt) == text


def test_its_text_without_a_result_is_that_it_was_not_sent():
    assert str(attempt_with()) == (
        f"not sent to {URL}, which is not on this machine: device.added"
        " (see webhooks.allow and .deliver_to)"
    )
