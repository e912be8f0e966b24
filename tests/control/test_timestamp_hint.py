"""The hint in the timeline for a receiver that refuses the time of a signature."""

from __future__ import annotations

from datetime import datetime, timezone
from types import SimpleNamespace

import pytest
from seam import SeamWebhook

from fakeseam import FakeSeam
from fakeseam.control.timestamp_hint import TOLERANCE_S

URL = "https://app.example.com/hooks"


def timeline_with(receive, **options):
    with FakeSeam(**options) as fake:
        sent = {"url": URL, "event_types": ["connected_account.created"]}
        secret = fake.call("/webhooks/create", sent)["webhook"]["secret"]
        fake.webhooks.deliver_to(lambda one: receive(one, secret))
        fake.connect_account()
        return fake.timeline(), fake.webhooks[0].state


def verifying(one, secret):
    SeamWebhook(secret).verify(one.body, one.headers)
    return 200


def answering(text):
    return lambda one, secret: SimpleNamespace(status_code=400, text=text)


@pytest.mark.parametrize("now", ["2026-01-01T00:00:00Z", "2126-01-01T00:00:00Z"])
@pytest.mark.parametrize(
    "receive",
    [verifying, answering("Message timestamp too old"), answering("timestamp is too new")],
)
def test_a_refused_timestamp_has_its_cause_and_its_remedy(now, receive):
    timeline, _ = timeline_with(receive, now=now)

    (line,) = [one for one in timeline.splitlines() if "hint:" in one]
    assert f"refuses the time of the signature, {now[:-1]}.000Z: now= stopped the fake's" in line
    assert "fake.webhooks.sign_by('wall')" in line
    assert "freezegun.freeze_time(fake.clock.now)" in line


def test_a_refusal_without_a_reason_has_the_hint_while_the_clocks_differ():
    timeline, _ = timeline_with(answering("bad signature"), now="2026-01-01T00:00:00Z")

    assert "hint: the receiver may refuse the time of the signature" in timeline


@pytest.mark.parametrize("receive", [answering("bad signature"), lambda one, secret: 500])
def test_other_failures_have_no_hint(receive):
    timeline, state = timeline_with(receive)

    assert (state, "hint:" in timeline) == ("waiting", False)


def test_a_receiver_with_a_clock_of_its_own_is_named():
    timeline, _ = timeline_with(answering("timestamp too old"))

    assert "the receiver has another clock" in timeline


def test_the_tolerance_is_that_of_the_sdk():
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert TOLERANCE_S == 300 and moment


def test_time_may_stand_and_signatures_have_the_wall_clock():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        fake.webhooks.sign_by("wall")
        sent = {"url": URL, "event_types": ["connected_account.created"]}
        secret = fake.call("/webhooks/create", sent)["webhook"]["secret"]
        fake.webhooks.deliver_to(lambda one: verifying(one, secret))
        account = fake.connect_account()

        assert account["created_at"] == "2026-01-01T00:00:00.000Z"
        fake.webhooks.assert_all_delivered()
