"""``POST /_fakeseam/reset`` does what ``fake.reset()`` does."""

from __future__ import annotations

import threading

import pytest

from fakeseam import FakeSeam


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


def reset(fake):
    return fake.call("/_fakeseam/reset")


def test_it_returns_when_it_is_done(fake):
    fake.connect_account()

    key = {"workspace_id": fake.workspace_id, "api_key": fake.api_key}
    assert reset(fake) == {"workspace": key, "ok": True}
    assert fake.call("/connected_accounts/list")["connected_accounts"] == []


def test_it_does_what_reset_does(fake):
    fake.connect_account()
    fake.clock.advance(60)
    fake.create_workspace(api_key="seam_mine")
    fake.faults.add("/devices/list", status=503)

    reset(fake)

    by_endpoint, now = fake.snapshot(), fake.clock.now
    fake.reset()
    assert (by_endpoint, now) == (fake.snapshot(), fake.clock.now)
    assert now.isoformat() == "2026-01-01T00:00:00+00:00"
    assert fake.call("/devices/list")["devices"] == []
    assert [request.path for request in fake.requests] == ["/devices/list"]


def test_the_key_is_the_same_again(fake):
    key, workspace_id = fake.api_key, fake.workspace_id

    reset(fake)

    assert (fake.api_key, fake.workspace_id) == (key, workspace_id)


def test_the_same_calls_have_the_same_ids_again(fake):
    first = fake.connect_account()

    reset(fake)

    assert fake.connect_account() == first


def test_a_receiver_may_call_it(fake, hook):
    hook()
    fake.webhooks.deliver_to(lambda delivery: reset(fake) and 200)

    fake.connect_account()

    assert list(fake.events) == []
    assert len(fake.webhooks) == 0


def test_a_receiver_may_call_it_while_the_clock_is_moved(fake, hook):
    statuses = iter([503])
    hook(event_types=["connected_account.created"])
    fake.webhooks.deliver_to(lambda delivery: next(statuses, None) or (reset(fake) and 200))
    fake.connect_account()

    fake.clock.advance(3600)

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:00+00:00"
    assert list(fake.events) == []


def test_calls_during_a_reset_find_a_complete_fake(fake):
    """The old runtime or the new one, each with its workspace and its key."""
    done, found = threading.Event(), []

    def app():
        while not done.is_set():
            found.append(fake.call("/_fakeseam/inspect")["inspection"]["counts"]["workspaces"])
            fake.call("/connect_webviews/create")

    threads = [threading.Thread(target=app) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(100):
            reset(fake)
    finally:
        done.set()
        for thread in threads:
            thread.join(20)

    assert set(found) == {1}
