"""Assertions on deliveries: what is said where nothing fits, and why nothing was sent."""

from __future__ import annotations

import re

import pytest

from fakeseam import MisuseError

URL = "https://app.example.com/hooks"
NOT_SENT = (
    "device.added to https://app.example.com/hooks: not_sent, 0 attempts"
    " (app.example.com is not this machine: see webhooks.allow and .deliver_to)"
)
WHAT_TO_DO = (
    "app.example.com is not this machine, so nothing is sent there:"
    " fake.webhooks.allow('app.example.com') really sends there,"
    " fake.webhooks.deliver_to(function) hands deliveries to a function"
)


# Why nothing was sent


def test_a_missing_webhook_is_told(fake, login, failing):
    login()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\n"
        "there is no webhook: seam.webhooks.create(url=...) makes one"
    )


def test_a_webhook_that_leaves_the_type_out_is_told(fake, hook, login, failing):
    hook(event_types=["device.removed", "device.added"])
    hook("https://app.example.com/none", event_types=[])
    login()

    said = failing(fake.webhooks.assert_sent, "connected_account.created")

    assert said.splitlines()[-2:] == [
        "the webhook at https://app.example.com/hooks takes device.removed, device.added,"
        " and so not connected_account.created",
        "the webhook at https://app.example.com/none takes no type at all,"
        " and so not connected_account.created",
    ]


def test_an_event_that_did_not_happen_is_told(fake, hook, failing):
    hook()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\nno device.added has been emitted"
    )


def test_an_event_that_came_before_the_webhook_is_told(fake, hook, login, failing):
    login()
    hook()

    assert failing(fake.webhooks.assert_sent, "device.added") == (
        "device.added was not sent; there are no deliveries\n"
        "device.added was emitted, but before its workspace had this webhook"
    )


def test_another_url_is_told(fake, hook, login, failing):
    hook(event_types=["device.added"])
    login()

    assert failing(fake.webhooks.assert_sent, "device.added", url="https://app.example.com/x") == (
        "device.added was not sent to https://app.example.com/x; the only delivery:\n"
        f"  webhooks[0]: {NOT_SENT}\n"
        '  - url: "https://app.example.com/x"      (wanted)\n'
        '  + url: "https://app.example.com/hooks"  (webhooks[0])\n'
        "there is no webhook with this url, but with https://app.example.com/hooks"
    )


def test_a_host_that_is_not_this_machine_is_told_with_what_to_do(fake, hook, login, failing):
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


def test_a_delivery_to_another_host_tells_it_by_itself(fake, hook, login):
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


def test_a_delivery_that_is_to_be_tried_again_is_told_with_when(fake, hook, login, failing):
    hook(event_types=["device.added"])
    fake.webhooks.deliver_to(lambda delivery: 500)
    login()

    assert failing(fake.webhooks.wait_for, "device.added", timeout=0) == (
        "device.added was not sent within 0 s; the only delivery:\n"
        "  webhooks[0]: device.added to https://app.example.com/hooks: waiting, 1 attempt, 500\n"
        "  - has_ended: true   (wanted)\n"
        "  + has_ended: false  (webhooks[0])\n"
        "its next attempt is due at 2026-01-01T00:00:05.000Z: fake.clock.advance() makes it"
    )


# Numbers, and what should not have been


def test_too_few_deliveries_are_not_explained_by_what_is_not_so(fake, hook, login, failing):
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


def test_a_delivery_that_should_not_have_been_is_shown(fake, hook, login, failing):
    hook(event_types=["device.added"])
    login()
    fake.webhooks.assert_not_sent("device.removed")
    fake.webhooks.assert_not_sent("device.added", url="https://example.com/other")

    said = failing(fake.webhooks.assert_not_sent, "device.added", url=URL)

    assert said.splitlines()[:5] == [
        "device.added was sent once to https://app.example.com/hooks,"
        " and should not have been; it is:",
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


def test_of_what_has_ended_the_wanted_number_is_returned_at_once(fake, hook, login):
    hook(event_types=["device.added", "device.connected"])
    login()

    assert fake.webhooks.wait_for("device.added") == fake.webhooks[0]
    assert fake.webhooks.wait_for("device.connected").state == "not_sent"


@pytest.mark.parametrize(
    ("name", "how", "said"),
    [
        ("assert_sent", {"event_type": "device.aded"}, "no event is a 'device.aded'"),
        ("wait_for", {"event_type": "device.aded"}, "no event is a 'device.aded'"),
        ("wait_for", {"event_type": "device.added", "timeout": -1}, "timeout"),
        ("wait_for", {"event_type": "device.added", "timeout": float("inf")}, "timeout"),
        ("wait_for", {"event_type": "device.added", "times": 0}, "assert_not_sent() is for"),
        ("assert_sent", {"event_type": "device.added", "url": 5}, "url"),
    ],
)
def test_what_cannot_be_meant_is_refused(fake, name, how, said):
    with pytest.raises(MisuseError, match=re.escape(said)):
        getattr(fake.webhooks, name)(**how)
