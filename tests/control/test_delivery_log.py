"""Assertions on deliveries: their messages, and why nothing was sent."""

from __future__ import annotations

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest

from fakeseam.api.lifecycle import DELIVERY
from fakeseam.control.delivery_log import _HAS_ENDED
from fakeseam.core.state_machine import ABSENT

URL = "https://app.example.com/hooks"
NOT_SENT = (
    "device.added to https://app.example.com/hooks: not_sent, 0 attempts"
    " (app.example.com is not this machine: see webhooks.allow and .deliver_to)"
)
WHAT_TO_DO = (
    "app.example.com is not this machine, so nothing is sent to it: allow it with"
    " fake.webhooks.allow('app.example.com'), or use fake.webhooks.deliver_to(sender)"
)


# Why nothing was sent


def test_a_missing_webhook_is_reported(fake, login, failing):
    login()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\n"
        "no webhook is registered: create one with seam.webhooks.create(url=...)"
    )


def test_a_webhook_without_the_type_is_named(fake, hook, login, failing):
    hook(event_types=["device.removed", "device.added"])
    hook("https://app.example.com/none", event_types=[])
    login()

    message = failing(fake.webhooks.assert_sent, "connected_account.created")

    assert message.splitlines()[-2:] == [
        "the webhook at https://app.example.com/hooks is registered for device.removed,"
        " device.added, not for connected_account.created",
        "the webhook at https://app.example.com/none is registered for no event type,"
        " not for connected_account.created",
    ]


def test_an_event_that_did_not_happen_is_reported(fake, hook, failing):
    hook()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\nno device.added was emitted"
    )


def test_an_event_before_the_webhook_is_reported(fake, hook, login, failing):
    login()
    hook()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\n"
        "device.added was emitted, but before its workspace had this webhook"
    )


def test_another_url_is_reported(fake, hook, login, failing):
    hook(event_types=["device.added"])
    login()

    assert failing(fake.webhooks.assert_sent, "device.added", url="https://app.example.com/x") == (
        "device.added was not sent to https://app.example.com/x; the only delivery:\n"
        f"  webhooks[0]: {NOT_SENT}\n"
        '  - url: "https://app.example.com/x"      (wanted)\n'
        '  + url: "https://app.example.com/hooks"  (webhooks[0])\n'
        "no webhook has this URL; registered: https://app.example.com/hooks"
    )


def test_a_host_that_is_not_this_machine_is_named_with_advice(fake, hook, login, failing):
    hook(event_types=["device.added"])
    login()
    device_id = fake.events[4]["device_id"]

    assert failing(fake.webhooks.assert_sent, "device.added", device_id="d1") == (
        "device.added was not sent with device_id='d1'; the only delivery:\n"
        f"  webhooks[0]: {NOT_SENT}\n"
        '  - device_id: "d1"                                    (wanted)\n'
        f'  + device_id: "{device_id}"  (webhooks[0])\n'
        f"{WHAT_TO_DO}"
    )


def test_a_delivery_to_another_host_says_why_it_is_not_sent(fake, hook, login):
    hook(event_types=["device.added"])
    login()

    assert str(fake.webhooks.assert_sent("device.added")) == NOT_SENT


@pytest.mark.parametrize(
    ("url", "host"),
    [("https://[2001:db8::1]:8080/x", "2001:db8::1"), ("https://APP.test", "app.test")],
)
def test_the_host_is_named_as_allow_takes_it(fake, hook, login, url, host):
    hook(url, event_types=["device.added"])
    login()

    assert f"({host} is not this machine:" in str(fake.webhooks[0])


def test_a_delivery_that_is_to_be_tried_again_is_shown_with_the_time(fake, hook, login, failing):
    hook(event_types=["device.added"])
    fake.webhooks.deliver_to(lambda delivery: 500)
    login()

    assert failing(fake.webhooks.wait_for, "device.added", timeout=0) == (
        "device.added was not sent within 0 s; the only delivery:\n"
        "  webhooks[0]: device.added to https://app.example.com/hooks: waiting, 1 attempt, 500\n"
        "  - has_ended: true   (wanted)\n"
        "  + has_ended: false  (webhooks[0])\n"
        "its next attempt is due at 2026-01-01T00:00:05.000Z: if the receiver accepts it then,"
        " move the clock with fake.clock.advance()"
    )


def test_every_state_of_a_delivery_has_ended_or_not():
    assert _HAS_ENDED.keys() == set(DELIVERY.states) - {ABSENT}


# Numbers, and what should not have been


def test_too_few_deliveries_are_reported_without_wrong_reasons(fake, hook, login, failing):
    hook(event_types=["device.added", "device.connected"])
    login()

    lines = failing(fake.webhooks.assert_sent, "device.added", times=2).splitlines()

    assert lines[0] == "device.added was sent once, not 2 times; the nearest of 2 deliveries:"
    assert lines[2:4] == [
        '  - event_type: "device.added"      (wanted)',
        '  + event_type: "device.connected"  (webhooks[1])',
    ]
    assert lines[-1].startswith("  webhooks[1]: device.connected to ")


def test_too_many_deliveries_are_listed(fake, hook, login, failing):
    hook(event_types=["device.added"])
    hook(event_types=["device.added"])
    login()

    fake.webhooks.assert_sent("device.added", times=2)
    assert failing(fake.webhooks.assert_sent, "device.added", times=1) == (
        "device.added was sent 2 times, not once:\n"
        f"  webhooks[0]: {NOT_SENT}\n"
        f"  webhooks[1]: {NOT_SENT}"
    )


def test_a_long_list_of_deliveries_is_cut_short(fake):
    fake.call("/webhooks/create", {"url": "https://a.example"})
    for _ in range(20):
        fake.connect_account("minut")

    with pytest.raises(AssertionError) as caught:
        fake.webhooks.assert_sent("device.removed")

    lines = str(caught.value).splitlines()
    at = lines.index("all of them:")
    assert lines[0] == "device.removed was not sent; the nearest of 140 deliveries:"
    assert lines[at + 1] == "  ... 90 before these"
    assert lines[at + 2].startswith("  webhooks[90]: ")
    assert lines[at + 51].startswith("  webhooks[139]: ")


def test_a_delivery_that_should_not_have_been_is_shown(fake, hook, login, failing):
    hook(event_types=["device.added"])
    login()
    fake.webhooks.assert_not_sent("device.removed")
    fake.webhooks.assert_not_sent("device.added", url="https://example.com/other")

    message = failing(fake.webhooks.assert_not_sent, "device.added", url=URL)

    assert message.splitlines()[:5] == [
        "device.added was sent once to https://app.example.com/hooks,"
        " but should not have been:",
        f"  webhooks[0]: {NOT_SENT}",
        f'    event_id: "{fake.events[4]["event_id"]}"',
        '    event_type: "device.added"',
        f'    workspace_id: "{fake.workspace_id}"',
    ]


def test_deliveries_are_found_also_where_nothing_but_the_url_is_known(fake, hook, login):
    hook()
    hook("https://example.com/other", event_types=["device.added"])
    login()

    (found,) = fake.webhooks.filter(url="https://example.com/other")
    assert found.event["event_type"] == "device.added"
    assert fake.webhooks.filter(occurred_at="2026-01-01T00:00:00.004Z", url=URL) == [
        fake.webhooks[4]
    ]
    assert fake.webhooks.filter(device_custom_metadata={}) == fake.webhooks[4:7]
    assert len(fake.webhooks.filter(workspace_id=fake.workspace_id)) == len(fake.webhooks)
    assert fake.webhooks.filter(event_id=fake.events[0]["event_id"]) == [fake.webhooks[0]]


def test_deliveries_that_have_ended_are_returned_at_once(fake, hook, login):
    hook(event_types=["device.added", "device.connected"])
    login()

    assert fake.webhooks.wait_for("device.added") == fake.webhooks[0]
    assert fake.webhooks.wait_for("device.connected").state == "not_sent"


# All delivered


def in_another_thread(function, *args):
    thread = threading.Thread(target=function, args=args)
    thread.start()
    thread.join()


def test_a_refused_delivery_is_shown_with_the_response(fake, hook, login, failing):
    hook(event_types=["device.added"])
    response = SimpleNamespace(status_code=422, text="no user\n u1")
    with fake.webhooks.deliver_to(lambda delivery: response):
        login()

    assert failing(fake.webhooks.assert_all_delivered) == (
        "no receiver has accepted 1 delivery:\n"
        "  webhooks[0]: device.added to https://app.example.com/hooks: waiting, 1 attempt, 422\n"
        "its receiver responded 422: no user\\n u1\n"
        "its next attempt is due at 2026-01-01T00:00:05.000Z: if the receiver accepts it then,"
        " move the clock with fake.clock.advance()"
    )


def test_a_delivery_refused_for_its_timestamp_has_the_advice(fake, hook, login, failing):
    hook(event_types=["device.added"])
    response = SimpleNamespace(status_code=400, text="Message timestamp too old")
    fake.webhooks.deliver_to(lambda delivery: response)
    login()

    message = failing(fake.webhooks.assert_all_delivered)
    assert "hint: the receiver refuses the time of the signature, 2026-01-01T00:00:0" in message
    assert "fake.webhooks.sign_by('wall')" in message


def test_a_delivery_whose_receiver_raised_has_the_traceback(fake, hook, login, failing):
    def receive(delivery):
        raise LookupError("no such user")

    hook(event_types=["device.added"])
    fake.webhooks.deliver_to(receive)
    login()

    message = failing(fake.webhooks.assert_all_delivered)
    assert "its receiver raised:\nTraceback (most recent call last):\n" in message
    assert "LookupError: no such user" in message.splitlines()


def test_a_delivery_that_was_given_up_has_no_next_attempt(fake, hook, login, failing):
    hook(event_types=["device.added"])
    fake.webhooks.deliver_to(lambda delivery: 500)
    login()
    fake.clock.advance(timedelta(days=2))

    assert failing(fake.webhooks.assert_all_delivered) == (
        "no receiver has accepted 1 delivery:\n"
        "  webhooks[0]: device.added to https://app.example.com/hooks: failed, 8 attempts, 500"
    )


def test_a_delivery_that_another_thread_sees_waits_for_the_thread_of_the_test(
    fake, hook, failing
):
    hook(event_types=["space.created"])
    fake.webhooks.deliver_to(lambda delivery: 200)
    messages = []

    def work():
        fake.call("/spaces/create", {"name": "North"})
        messages.append(failing(fake.webhooks.assert_all_delivered))

    in_another_thread(work)
    assert messages[0].endswith(
        "it waits for the thread that made the fake: use the fake there, or call"
        " fake.webhooks.settle()"
    )


def test_a_delivery_at_its_receiver_waits_for_the_response(fake, hook, login, failing):
    hook(event_types=["device.added"])
    messages = []

    def receive(delivery):
        messages.append(failing(fake.webhooks.assert_all_delivered))
        return 200

    fake.webhooks.deliver_to(receive)
    login()
    assert messages[0].endswith(
        "its receiver has not responded yet: call fake.webhooks.settle(), which waits for that"
    )


def test_only_the_deliveries_to_a_url_are_asked_for(fake, hook, login, failing):
    hook(event_types=["device.added"])
    hook("https://other.example.com/", event_types=["device.added"])
    fake.webhooks.deliver_to(lambda delivery: 200, url="https://other.example.com/")
    login()

    fake.webhooks.assert_all_delivered(url="https://other.example.com/")
    message = failing(fake.webhooks.assert_all_delivered, url="https://app.example.com/hooks")
    assert message.startswith("no receiver has accepted 1 delivery to https://app.example.com/")
