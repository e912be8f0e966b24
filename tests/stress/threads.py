"""Fourteen threads load, reset, take snapshots and tell stories to one fake at once."""

from __future__ import annotations

import os
import random
import threading
import time

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

SECONDS = float(os.environ.get("FAKESEAM_STRESS_SECONDS", "60"))
THREADS = 14

NOW = "2026-01-01T00:00:00Z"
GOOD = {
    "fakeseam_seed": 1,
    "steps": [
        {"connect_account": {"provider": "august"}, "as": "hall"},
        {"disconnect_account": {"connected_account_id": {"$id": "hall"}}},
    ],
}
BAD = {
    "fakeseam_seed": 1,
    "steps": [*GOOD["steps"], {"disconnect_account": {"connected_account_id": "nope"}}],
}


def attack(seconds, jobs):
    """Runs a thread for each job, again and again; returns the exceptions that were raised."""
    end, errors = time.monotonic() + seconds, []

    def repeat(number, job):
        chance = random.Random(number)
        while time.monotonic() < end and not errors:
            try:
                job(chance)
            except Exception as exc:
                errors.append((job.__name__, exc))
                raise

    threads = [
        threading.Thread(target=repeat, args=(number, jobs[number % len(jobs)]))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def story(fake):
    """Connects an account and changes its metadata, as an app does; returns the account's id."""
    webview = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    account = fake.complete_connect_webview(webview["connect_webview"])
    account_id = {"connected_account_id": account["connected_account_id"]}
    fake.call("/connected_accounts/update", {**account_id, "custom_metadata": {"user": "u2"}})
    found = fake.call("/connected_accounts/get", account_id)["connected_account"]
    assert found["custom_metadata"] == {"user": "u2"}
    fake.call("/connect_webviews/list", {"limit": 2})
    fake.call("/devices/list", {"limit": 2})
    return account["connected_account_id"]


def test_loads_resets_snapshots_and_stories_leave_a_fake_like_a_new_one(tmp_path):
    """Whatever the others do, a state is never torn, and nothing but a refusal is raised."""
    fake = FakeSeam(now=NOW)
    saved = tmp_path / "saved.json"
    FakeSeam(seed=77, now=NOW).dump(saved)

    def tolerate(call, *args, **kwargs):
        """A refusal is fair: another thread may have reset the fake in the middle."""
        try:
            return call(*args, **kwargs)
        except (ApiError, MisuseError) as refusal:
            if isinstance(refusal, ApiError):
                assert refusal.status < 500, refusal
            return None
        except AssertionError:
            return None  # another account has this id since: a reset began the ids again

    def load(chance):
        tolerate(fake.load, chance.choice([GOOD, saved, [GOOD, saved], lambda f: story(f)]))

    def load_in_vain(chance):
        with pytest.raises(MisuseError):
            fake.load([GOOD, BAD] if chance.random() < 0.5 else BAD)

    def reset(chance):
        time.sleep(chance.random() / 50)
        fake.reset(seed=chance.randrange(5))

    def snapshot(chance):
        state = fake.snapshot()
        assert state.api_key in state.store.tables["api_keys"].records
        assert state.workspace_id in state.store.tables["workspaces"].records
        if chance.random() < 0.1:
            fake.restore(state)

    def dump(chance):
        state = fake.call("/_fakeseam/dump")["dump"]
        assert state["api_key"] in {
            one["token"] for one in state["store"]["tables"]["api_keys"]["records"]
        }
        FakeSeam().load(state)

    def tell(chance):
        tolerate(story, fake)

    def read(chance):
        fake.timeline()
        list(fake.requests)
        list(fake.events)
        assert fake.call("/_fakeseam/inspect", {"search": "u"})

    errors = attack(SECONDS, [load, load_in_vain, reset, snapshot, tell, dump, read])

    assert errors == []
    fake.reset(seed=3, now=NOW)
    fresh = FakeSeam(seed=3, now=NOW)
    assert fake.snapshot() == fresh.snapshot()
    assert story(fake) == story(fresh)
    assert list(fake.requests) == list(fresh.requests)
    assert fake.snapshot() == fresh.snapshot()


def test_loads_that_fail_leave_every_story_of_the_others_whole():
    """No id is handed out twice, and what the others have made is all that there is."""
    fake = FakeSeam(now=NOW, request_log_size=1)
    mine = []

    def tell(chance):
        mine.append(story(fake))

    def load_in_vain(chance):
        with pytest.raises(MisuseError):
            fake.load([GOOD, BAD])

    errors = attack(SECONDS / 4, [tell, load_in_vain])

    assert errors == []
    assert len(set(mine)) == len(mine)
    accounts = fake.call("/connected_accounts/list", {"limit": 10**6})["connected_accounts"]
    assert sorted(one["connected_account_id"] for one in accounts) == sorted(mine)
    assert {one["custom_metadata"]["user"] for one in accounts} == {"u2"}
    created = {
        event["connected_account_id"]
        for event in fake.events
        if event["event_type"] == "connected_account.created"
    }
    assert created == set(mine)
    FakeSeam().load(fake.call("/_fakeseam/dump")["dump"])
