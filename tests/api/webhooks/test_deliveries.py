"""Deliveries: what goes to which webhook, in which order, and as what."""

from __future__ import annotations

import json

import pytest

from fakeseam import MisuseError

URL = "https://app.example.com/hooks"
# The events of a login at Minut, which brings one device.
LOGIN = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]


def types_in(deliveries):
    return [one.event["event_type"] for one in deliveries]


# Which events


def test_a_webhook_gets_every_event_in_order(fake, hook, login):
    webhook = hook()

    login()

    assert types_in(fake.webhooks) == LOGIN
    assert {one.webhook_id for one in fake.webhooks} == {webhook["webhook_id"]}
    assert {one.url for one in fake.webhooks} == {URL}


def test_without_a_webhook_nothing_is_delivered(fake, login):
    login()

    assert len(fake.events) == len(LOGIN)
    assert list(fake.webhooks) == []


@pytest.mark.parametrize(
    ("event_types", "sent"),
    [
        (["*"], LOGIN),
        (["device.added", "*"], LOGIN),
        (["device.connected", "device.added"], ["device.added", "device.connected"]),
        (["device.added", "device.added"], ["device.added"]),
        (["device.removed"], []),
        ([], []),
    ],
)
def test_a_webhook_gets_the_types_that_it_names(fake, hook, login, event_types, sent):
    hook(event_types=event_types)

    login()

    assert types_in(fake.webhooks) == sent


def test_only_what_happens_after_its_creation_is_sent(fake, hook, login):
    account = login()
    hook()

    fake.disconnect_account(account)

    assert types_in(fake.webhooks) == ["connected_account.disconnected", "device.disconnected"]


def test_other_types_hold_from_the_update_on(fake, hook, login):
    webhook = hook(event_types=[])
    account = login()
    sent = {"webhook_id": webhook["webhook_id"], "event_types": ["device.disconnected"]}

    fake.call("/webhooks/update", sent)
    fake.disconnect_account(account)

    assert types_in(fake.webhooks) == ["device.disconnected"]


def test_a_deleted_webhook_gets_nothing_more(fake, hook, login):
    webhook = hook()
    account = login()
    fake.call("/webhooks/delete", {"webhook_id": webhook["webhook_id"]})

    fake.disconnect_account(account)

    assert types_in(fake.webhooks) == LOGIN
    assert {one.state for one in fake.webhooks} == {"not_sent"}


def test_two_webhooks_get_each_event_in_the_order_of_their_creation(fake, hook, login):
    one, other = hook(), hook(event_types=["device.added"])

    login()

    expected = [(kind, one["webhook_id"]) for kind in LOGIN]
    expected.insert(5, ("device.added", other["webhook_id"]))
    got = [(sent.event["event_type"], sent.webhook_id) for sent in fake.webhooks]
    assert got == expected


def test_a_workspaces_events_go_to_its_own_webhooks(fake, hook):
    other = fake.create_workspace()
    mine, theirs = hook(), hook(token=other.api_key)

    fake.connect_account(provider="minut", workspace_id=other.workspace_id)

    assert types_in(fake.webhooks) == LOGIN
    assert {one.webhook_id for one in fake.webhooks} == {theirs["webhook_id"]}
    fake.connect_account(provider="minut")
    assert [one.webhook_id for one in fake.webhooks][7:] == [mine["webhook_id"]] * 7


def test_a_refused_call_delivers_nothing(fake, hook, refuse):
    hook()
    account = fake.connect_account(customer_key="c1")
    before = list(fake.webhooks)

    refuse(
        "/connected_accounts/update",
        {
            "connected_account_id": account["connected_account_id"],
            "customer_key": "c2",
            "custom_metadata": {"a": "1"},
        },
    )
    with pytest.raises(MisuseError):
        fake.connect_account(connected_account_id=account["connected_account_id"])

    assert list(fake.webhooks) == before


# Content


def test_a_body_is_the_event_as_json(fake, hook, login):
    hook()

    login(custom_metadata={"user": "zoë 🔑", "plan": True})

    assert [one.event for one in fake.webhooks] == list(fake.events)
    for one in fake.webhooks:
        event = fake.call("/events/get", {"event_id": one.event["event_id"]})["event"]
        assert json.loads(one.body) == one.event == event


def test_a_body_does_not_change_afterwards(fake, hook, login):
    hook()
    account = login(custom_metadata={"user": "u1"})
    bodies = [one.body for one in fake.webhooks]

    sent = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/update", {**sent, "custom_metadata": {"user": "u2"}})
    fake.call("/connected_accounts/delete", sent)

    assert [one.body for one in fake.webhooks][: len(bodies)] == bodies


def test_a_delivery_has_the_headers_of_svix(fake, hook, login):
    hook()

    login()

    one = fake.webhooks[0]
    assert list(one.headers) == [
        "Content-Type",
        "svix-id",
        "svix-timestamp",
        "svix-signature",
    ]
    assert one.headers["Content-Type"] == "application/json"
    assert one.headers["svix-id"] == one.message_id
    assert one.headers["svix-timestamp"] == "1767225600"  # 2026-01-01T00:00:00Z
    assert one.headers["svix-signature"].startswith("v1,")


def test_each_delivery_is_a_message_of_its_own(fake, hook, login):
    hook()
    hook()

    login()

    ids = {one.message_id for one in fake.webhooks}
    assert len(ids) == 2 * len(LOGIN)
    assert all(one.startswith("msg_") and len(one) == 31 for one in ids)


def test_changing_what_the_webhook_log_returned_changes_nothing(fake, hook, login):
    hook()
    login()
    before = fake.webhooks[0]

    fake.webhooks[0].event["event_type"] = "nothing"
    fake.webhooks[0].headers.clear()

    assert fake.webhooks[0] == before


# Where nothing is really sent


@pytest.mark.parametrize(
    "url",
    [
        "https://app.example.com/hooks",
        "http://app.example.com:8000",
        "https://127.0.0.1.example.com/",
        "http://localhost.example.com/",
        "http://10.0.0.1/",
        "http://[2001:db8::1]/",
        "mailto:jane@example.com",
    ],
)
def test_what_goes_to_another_host_is_kept_and_counts_as_accepted(fake, hook, login, url):
    hook(url)

    login()
    fake.clock.advance(48 * 3600)

    assert types_in(fake.webhooks) == LOGIN
    assert {(one.state, one.attempts) for one in fake.webhooks} == {("not_sent", ())}
