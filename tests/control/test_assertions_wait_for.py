"""Waiting for what another thread does: in real time, even if a test has stopped the clock."""

from __future__ import annotations

import http.client
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, nullcontext

import pytest
import time_machine
from freezegun import freeze_time

from fakeseam import FakeSeam

CREATE = "/connect_webviews/create"
LONG = 60  # of real time: longer than any of these should take
SHORT = 0.05
MOMENT = "2026-03-01T12:00:00Z"


@pytest.fixture(params=["running", "freezegun", "time-machine"], autouse=True)
def clock(request):
    """The wall clock, also where a test has stopped it."""
    stopped = {
        "running": nullcontext(),
        "freezegun": freeze_time(MOMENT),
        "time-machine": time_machine.travel(MOMENT, tick=False),
    }
    with stopped[request.param]:
        yield


@pytest.fixture
def fake(clock):
    with FakeSeam() as fake:
        yield fake


@pytest.fixture
def server(fake):
    with fake.serve() as server:
        yield server


@pytest.fixture
def later():
    """Run a function in another thread; returns its future."""
    with ThreadPoolExecutor(8) as threads:
        yield threads.submit


@pytest.fixture
def waiting(fake, later, monkeypatch):
    """Wait in another thread; returns the future once the wait has read the runtime in vain."""

    def waiting(wait, *args, timeout=LONG, **how):
        has_read = threading.Event()
        read = fake._engine.notifier.read

        def read_and_note(what):
            found = read(what)
            if found is None:
                has_read.set()
            return found

        monkeypatch.setattr(fake._engine.notifier, "read", read_and_note)
        result = later(wait, *args, timeout=timeout, **how)
        assert has_read.wait(LONG)
        return result

    return waiting


def post(server, path, params, key=""):
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=LONG)) as connection:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
        connection.request("POST", path, json.dumps(params), headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())


# In time


def test_a_request_over_http_is_waited_for(fake, server, waiting):
    found = waiting(fake.requests.wait_for, f"POST {CREATE}", custom_metadata={"user": "u1"})

    for user in ("u2", "u1"):
        post(server, CREATE, {"custom_metadata": {"user": user}}, fake.api_key)

    assert found.result(LONG) == fake.requests[1]


def test_as_many_requests_as_wanted_are_waited_for(fake, waiting):
    found = waiting(fake.requests.wait_for, CREATE, times=3)

    for _ in range(3):
        assert not found.done()
        fake.call(CREATE)

    assert found.result(LONG) == fake.requests[2]


def test_a_request_that_is_refused_or_leads_nowhere_is_waited_for(fake, server, waiting):
    found = waiting(fake.requests.wait_for, "/thermostats/cool", device_id="d1")

    post(server, "/thermostats/cool", {"device_id": "d1"}, fake.api_key)

    assert found.result(LONG).status == 501


def test_an_event_is_waited_for(fake, waiting):
    found = waiting(fake.events.wait_for, "device.added", times=2)

    fake.connect_account("minut")
    assert not found.done()
    fake.connect_account("minut")

    assert found.result(LONG) == fake.events.filter("device.added")[1]


def test_a_delivery_is_waited_for_until_it_has_ended(
    fake, receiver, failure_hook, fail_login, waiting
):
    failure_hook(receiver.url)
    found = waiting(fake.webhooks.wait_for, "connect_webview.login_failed", url=receiver.url)

    fail_login()

    assert found.result(LONG).state == "delivered"
    assert [one.status for one in found.result(LONG).attempts] == [200]


def test_a_delivery_that_is_not_sent_has_ended(fake, failure_hook, fail_login, waiting):
    failure_hook("https://app.example.com/hooks")
    found = waiting(fake.webhooks.wait_for, "connect_webview.login_failed")

    fail_login()

    assert found.result(LONG).state == "not_sent"


def test_a_delivery_that_is_tried_again_has_not_ended(fake, failure_hook, fail_login, waiting):
    statuses = [500, 200]
    failure_hook("https://app.example.com/hooks")
    fake.webhooks.deliver_to(lambda delivery: statuses.pop(0))
    found = waiting(fake.webhooks.wait_for, "connect_webview.login_failed")

    fail_login()
    assert not found.done()
    fake.clock.advance(5)

    assert [one.status for one in found.result(LONG).attempts] == [500, 200]


def test_an_earlier_match_is_returned_at_once(fake):
    fake.call(CREATE)
    fake.connect_account()

    assert fake.requests.wait_for(CREATE, timeout=0) == fake.requests[0]
    assert fake.events.wait_for("connected_account.created", timeout=0) in fake.events


def test_another_process_waits_over_http(fake, server, later):
    body = {"event_type": "connected_account.created", "timeout": LONG}
    response = later(post, server, "/_fakeseam/events/wait_for", body)

    account = fake.connect_account()

    status, body = response.result(LONG)
    account_id = account["connected_account_id"]
    assert (status, body["event"]["connected_account_id"]) == (200, account_id)


# Too late


def test_after_the_time_is_up_it_fails_as_the_assertion_does(fake):
    fake.call(CREATE, {"custom_metadata": {"user": "u2"}})

    with pytest.raises(AssertionError) as caught:
        fake.requests.wait_for(CREATE, timeout=SHORT, custom_metadata={"user": "u1"})
    with pytest.raises(AssertionError) as asserted:
        fake.requests.assert_called(CREATE, custom_metadata={"user": "u1"})

    head, rest = str(asserted.value).split("; ")
    assert str(caught.value) == f"{head} within 0.05 s; {rest}"


def test_other_requests_do_not_prolong_the_wait(fake, later):
    is_over = threading.Event()

    def go_on():
        while not is_over.is_set():
            fake.call("/workspaces/get")

    busy = later(go_on)
    try:
        with pytest.raises(AssertionError, match=f"not emitted within {SHORT} s"):
            fake.events.wait_for("device.added", timeout=SHORT)
    finally:
        is_over.set()
    busy.result(LONG)


def test_a_receiver_that_waits_for_its_own_delivery_does_so_in_vain(
    fake, failure_hook, fail_login
):
    messages = []

    def receive(delivery):
        with pytest.raises(AssertionError) as caught:
            fake.webhooks.wait_for("connect_webview.login_failed", timeout=SHORT)
        messages.append(str(caught.value))
        return 200

    failure_hook("https://app.example.com/hooks")
    fake.webhooks.deliver_to(receive)
    fail_login()

    assert "  + has_ended: false  (webhooks[0])" in messages[0]
    assert fake.webhooks[0].state == "delivered"


def test_a_very_long_timeout_is_accepted(fake, waiting):
    found = waiting(fake.requests.wait_for, CREATE, timeout=10**12)

    fake.call(CREATE)

    assert found.result(LONG) == fake.requests[0]


# While the fake is reset, restored, loaded or closed


def test_a_fake_that_is_reset_goes_on_being_watched(fake, waiting):
    found = waiting(fake.requests.wait_for, CREATE, times=2)
    fake.call(CREATE)

    fake.reset()
    fake.call(CREATE)
    assert not found.done()
    fake.call(CREATE)

    assert found.result(LONG) == fake.requests[1]


def test_a_fake_that_is_restored_is_read_again(fake, waiting):
    fake.connect_account("minut")
    snapshot = fake.snapshot()
    fake.reset()
    found = waiting(fake.events.wait_for, "device.added")

    fake.restore(snapshot)

    assert found.result(LONG) == fake.events[4]


def test_a_fake_that_is_loaded_is_read_again(fake, waiting, tmp_path):
    fake.connect_account("minut")
    fake.dump(tmp_path / "state.json")
    fake.reset()
    found = waiting(fake.events.wait_for, "device.added")

    fake.load(tmp_path / "state.json")

    assert found.result(LONG) == fake.events[4]


def test_closing_the_fake_ends_all_waiting(fake, waiting):
    found = waiting(fake.events.wait_for, "device.added")

    fake.close()

    with pytest.raises(AssertionError, match="was not emitted before the fake was closed"):
        found.result(LONG)


def test_many_threads_wait_at_once(fake, later):
    together = threading.Barrier(9)

    def wait(user):
        together.wait(LONG)
        return fake.requests.wait_for(CREATE, timeout=LONG, custom_metadata={"user": user})

    found = [later(wait, f"u{number}") for number in range(8)]
    together.wait(LONG)
    for number in range(8):
        fake.call(CREATE, {"custom_metadata": {"user": f"u{number}"}})

    users = [one.result(LONG).params["custom_metadata"]["user"] for one in found]
    assert users == [f"u{number}" for number in range(8)]


def test_no_thread_is_left(fake):
    with pytest.raises(AssertionError):
        fake.events.wait_for("device.added", timeout=SHORT)
    fake.connect_account("minut")
    fake.events.wait_for("device.added")

    assert [one for one in threading.enumerate() if one.name == "fakeseam-wait"] == []
