"""Loads, snapshots and resets while other threads use the fake."""

from __future__ import annotations

import threading
from urllib.request import Request, urlopen

import pytest

from fakeseam import FakeSeam, MisuseError

BAD = {"fakeseam_seed": 1, "steps": [{"disconnect_account": {"connected_account_id": "nope"}}]}
LIST = "/devices/list"


class Refused(Exception):
    """Raised by a loaded function, so that its load fails."""


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


@pytest.fixture
def post(fake):
    """Returns a function that calls a path over HTTP, and returns the id of the request."""
    with fake.serve() as server:

        def call(path):
            request = Request(
                server.url + path, b"{}", {"Authorization": f"Bearer {fake.api_key}"}
            )
            request.add_header("Content-Type", "application/json")
            with urlopen(request) as response:
                return response.headers["seam-request-id"]

        yield call


def in_thread(call):
    """Runs a function in another thread; returns its result, or raises its exception."""
    results, errors = [], []

    def run():
        try:
            results.append(call())
        except Exception as exc:
            errors.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def refused_load(fake, *steps):
    """Loads a function that calls the steps and then fails."""

    def function(fake):
        for step in steps:
            step()
        raise Refused

    with pytest.raises(Refused):
        fake.load(function)


def account_ids(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [one["connected_account_id"] for one in accounts]


# Loads that overlap


def test_a_load_that_ends_inside_another_one_does_not_end_it(fake):
    fake.load(lambda fake: (in_thread(lambda: fake.load(lambda fake: None)), fake.call(LIST)))

    assert list(fake.requests) == []


def test_after_loads_that_overlapped_the_fake_logs_requests_and_can_be_reset(fake):
    has_begun, may_end = threading.Event(), threading.Event()

    def first(fake):
        has_begun.set()
        may_end.wait()

    thread = threading.Thread(target=fake.load, args=(first,))
    thread.start()
    has_begun.wait()
    fake.load(lambda fake: (may_end.set(), thread.join()))

    fake.call(LIST)
    assert [one.path for one in fake.requests] == [LIST]
    fake.reset()
    assert list(fake.requests) == []


# Requests during a load


def test_a_request_of_another_thread_is_logged_during_a_load(fake):
    fake.load(lambda fake: in_thread(lambda: fake.call(LIST)))

    assert [one.path for one in fake.requests] == [LIST]


def test_a_request_over_http_is_logged_during_a_load(fake, post):
    fake.load(lambda fake: in_thread(lambda: post("/devices/list")))

    assert [one.path for one in fake.requests] == [LIST]


def test_the_requests_of_a_load_use_up_no_request_id(fake, post):
    fake.load(lambda fake: [fake.call(LIST) for _ in range(3)])

    assert post(LIST) == "request1"


# A load that fails


def test_what_another_thread_has_created_survives_a_load_that_fails(fake):
    theirs = []

    def create_theirs():
        theirs.append(in_thread(lambda: fake.connect_account())["connected_account_id"])

    refused_load(fake, fake.connect_account, create_theirs, fake.connect_account)

    assert account_ids(fake) == theirs
    assert fake.events.assert_emitted("connected_account.created")


def test_an_id_that_another_thread_has_got_is_not_used_again(fake):
    theirs = []

    def create_theirs():
        theirs.append(in_thread(lambda: fake.connect_account())["connected_account_id"])

    refused_load(fake, create_theirs)

    assert fake.connect_account()["connected_account_id"] not in theirs


def test_a_load_that_fails_uses_up_no_id(fake):
    refused_load(fake, fake.connect_account, fake.connect_account)

    with FakeSeam(now="2026-01-01T00:00:00Z") as other:
        assert fake.connect_account() == other.connect_account()


def test_a_device_that_another_thread_has_added_to_an_account_of_the_load_goes_with_it(fake):
    def connect(*names):
        fake.connect_account(
            provider="august", email="jane@example.com", devices=[{"name": one} for one in names]
        )

    refused_load(fake, lambda: connect("Front"), lambda: in_thread(lambda: connect("Side")))

    assert account_ids(fake) == []
    assert fake.call(LIST)["devices"] == []


def test_the_clock_goes_back_by_the_steps_of_the_load_only(fake):
    refused_load(
        fake, lambda: fake.clock.advance(60), lambda: in_thread(lambda: fake.clock.advance(1))
    )

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:01+00:00"


def test_a_fault_that_another_thread_has_added_stays(fake, refuse):
    theirs = []

    def add_theirs():
        theirs.append(in_thread(lambda: fake.faults.add(LIST, status=503)))

    refused_load(fake, lambda: fake.faults.add(LIST, status=500, times=9), add_theirs)

    assert refuse(LIST).status == 503
    assert theirs[0].hits == 1
    assert fake.call(LIST)["devices"] == []


def test_a_sender_that_another_thread_has_given_stays(fake, hook):
    mine, theirs = [], []

    def give(deliveries):
        fake.webhooks.deliver_to(lambda delivery: deliveries.append(delivery) or 200)

    refused_load(fake, lambda: give(mine), lambda: in_thread(lambda: give(theirs)))
    hook("https://app.example.com/hook")
    fake.connect_account()
    fake.webhooks.settle()

    assert mine == []
    assert {one.event["event_type"] for one in theirs} >= {"connected_account.created"}


def test_a_queued_delivery_of_a_load_that_fails_is_never_made(fake, hook):
    hook("https://app.example.com/hook")
    got = []
    fake.webhooks.deliver_to(lambda delivery: got.append(delivery) or 200, when="settled")

    refused_load(fake, fake.connect_account)
    fake.webhooks.settle()

    assert got == []
    assert list(fake.webhooks) == []


def test_a_load_that_fails_in_a_state_that_was_reset_undoes_its_later_steps(fake):
    refused_load(
        fake,
        fake.connect_account,
        lambda: in_thread(lambda: fake.reset(seed=5)),
        fake.connect_account,
    )

    assert fake.seed == 5
    assert account_ids(fake) == []


def test_a_load_that_another_threads_reset_has_split_is_refused(fake):
    def function(fake):
        fake.connect_account()
        in_thread(lambda: fake.reset(seed=5))
        fake.connect_account()

    with pytest.raises(MisuseError, match="another thread has replaced the state"):
        fake.load(function)

    assert account_ids(fake) == []


def test_a_load_that_ends_before_another_threads_reset_is_not_refused(fake):
    fake.load(lambda fake: (fake.connect_account(), in_thread(lambda: fake.reset(seed=5))))

    assert (fake.seed, account_ids(fake)) == (5, [])


def test_a_failed_load_of_a_dump_restores_the_key_and_the_seed(fake, tmp_path):
    before = (fake.api_key, fake.seed, fake.workspace_id)
    FakeSeam(seed=9).dump(tmp_path / "state.json")

    with pytest.raises(MisuseError):
        fake.load([tmp_path / "state.json", BAD])

    assert (fake.api_key, fake.seed, fake.workspace_id) == before
    fake.call(LIST)


# Snapshots and dumps during a reset


@pytest.mark.parametrize("read", ["snapshot", "dump"])
def test_a_state_that_is_read_during_resets_has_its_own_key(fake, read, tmp_path):
    """Eight readers beside a thread that resets: a key of another state cannot be called."""
    stop, errors = threading.Event(), []

    def check(number):
        path = tmp_path / f"{number}.json"
        while not stop.is_set():
            if read == "snapshot":
                state = fake.snapshot()
                keys = state.store.tables["api_keys"].records
                ok = state.api_key in keys
            else:
                state = fake.call("/_fakeseam/dump")["dump"]
                keys = {one["token"] for one in state["store"]["tables"]["api_keys"]["records"]}
                ok = state["api_key"] in keys
            if not ok:
                errors.append((state, path))

    threads = [threading.Thread(target=check, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for seed in range(150):
        fake.reset(seed=seed)
    stop.set()
    for thread in threads:
        thread.join()

    assert errors == []


def test_a_call_by_the_fakes_own_key_is_not_refused_during_resets(fake):
    stop, errors = threading.Event(), []

    def call():
        while not stop.is_set():
            try:
                fake.call(LIST)
            except Exception as exc:
                errors.append(exc)

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for seed in range(300):
        fake.reset(seed=seed)
    stop.set()
    for thread in threads:
        thread.join()

    assert errors == []
