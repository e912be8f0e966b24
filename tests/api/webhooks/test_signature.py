"""Signatures: the official SDK accepts every delivery as it is, and no other."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
import svix
import time_machine
from freezegun import freeze_time
from seam import SeamWebhook, SeamWebhookVerificationError

from fakeseam import FakeSeam

NOON = "2026-01-01T12:00:00Z"


def emit_events(fake):
    """Emit events of nearly every type, with metadata that is hard to sign."""
    account = fake.connect_account(custom_metadata={"user": "zoë 🔑", "n": True, 'q"\\': "\n"})
    fake.request_reauthorization(account)
    fake.disconnect_account(account)
    fake.connect_account(email=account["user_identifier"]["email"])
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    fake.call(
        "/connected_accounts/delete", {"connected_account_id": account["connected_account_id"]}
    )


def make(fake, url="https://example.com/hook"):
    return SeamWebhook(fake.client().webhooks.create(url=url).secret)


def check_all(fake, verifier):
    assert len(fake.webhooks) == len(fake.events) > 20
    for one in fake.webhooks:
        event = verifier.verify(one.body, dict(one.headers))
        assert event.event_type == one.event["event_type"]
        assert event.event_id == one.event["event_id"]


def test_the_sdk_accepts_every_delivery():
    with FakeSeam() as fake:
        verifier = make(fake)
        emit_events(fake)
        check_all(fake, verifier)


@pytest.mark.parametrize("seed", [0, 1, 2**40, -7])
def test_the_sdk_accepts_every_delivery_in_frozen_time(seed):
    with freeze_time(NOON), FakeSeam(seed=seed) as fake:
        verifier = make(fake)
        emit_events(fake)
        check_all(fake, verifier)


def test_the_secrets_of_two_webhooks_are_not_each_others():
    with FakeSeam() as fake:
        one, other = make(fake, "https://example.com/1"), make(fake, "https://example.com/2")
        fake.connect_account()
        first, second = list(fake.webhooks)[:2]

        one.verify(first.body, dict(first.headers))
        other.verify(second.body, dict(second.headers))
        with pytest.raises(SeamWebhookVerificationError):
            one.verify(second.body, dict(second.headers))


@pytest.mark.parametrize("name", ["svix-id", "svix-timestamp", "svix-signature"])
def test_a_header_that_was_tampered_with_is_refused(name):
    with freeze_time(NOON), FakeSeam() as fake:
        verifier = make(fake)
        fake.connect_account()
        one = fake.webhooks[0]
        changed = "1767268801" if name == "svix-timestamp" else one.headers[name][:-3] + "abc"

        with pytest.raises(SeamWebhookVerificationError):
            verifier.verify(one.body, {**one.headers, name: changed})


def test_a_body_that_was_tampered_with_is_refused():
    with FakeSeam() as fake:
        verifier = make(fake)
        fake.connect_account()
        one = fake.webhooks[0]

        for body in (one.body + " ", one.body.replace("login", "logon"), "{}"):
            with pytest.raises(SeamWebhookVerificationError):
                verifier.verify(body, dict(one.headers))


def test_a_delivery_is_too_old_after_five_minutes():
    with time_machine.travel(NOON, tick=False) as traveller, FakeSeam() as fake:
        verifier = make(fake)
        fake.connect_account()
        one = fake.webhooks[0]
        traveller.shift(300)
        verifier.verify(one.body, dict(one.headers))
        traveller.shift(1)

        with pytest.raises(SeamWebhookVerificationError):
            verifier.verify(one.body, dict(one.headers))


def test_a_retry_is_the_same_message_signed_again():
    with time_machine.travel(NOON, tick=False) as traveller, FakeSeam() as fake:
        verifier, got = make(fake), []

        def refuse(delivery):
            verifier.verify(delivery.body, dict(delivery.headers))
            got.append(delivery)
            return 500

        fake.webhooks.deliver_to(refuse)
        fake.connect_account()
        first = len(got)
        for pause in (5, 300, 1800, 7200):
            traveller.shift(pause)
            fake.call("/webhooks/list")

    assert [one.message_id for one in got[::first]] == [got[0].message_id] * 5
    assert [one.headers["svix-id"] for one in got[::first]] == [got[0].message_id] * 5
    assert [one.headers["svix-timestamp"] for one in got[::first]] == [
        "1767268800",
        "1767268805",
        "1767269105",
        "1767270905",
        "1767278105",
    ]
    assert len({one.headers["svix-signature"] for one in got[::first]}) == 5
    assert [len(one.attempts) for one in got[::first]] == [0, 1, 2, 3, 4]


def test_a_signature_is_the_one_that_svix_makes():
    with FakeSeam(now=NOON) as fake:
        secret = fake.client().webhooks.create(url="https://example.com/hook").secret
        emit_events(fake)
        moment = datetime(2026, 1, 1, 12, tzinfo=timezone.utc)
        signer = svix.Webhook(secret)

        assert [one.headers["svix-signature"] for one in fake.webhooks] == [
            signer.sign(one.message_id, moment, one.body) for one in fake.webhooks
        ]
