"""The state as a whole by levers: what the methods of the same names do, for whoever has none."""

from __future__ import annotations

import json

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError


@pytest.fixture
def pull(fake):
    """A lever by its name; what it answers."""

    def pull(lever, method="POST", **params):
        return fake.call(f"/_fakeseam/{lever}", params, method=method)

    return pull


def emails(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [account["user_identifier"]["email"] for account in accounts]


def key_of(fake):
    return {"workspace_id": fake.workspace_id, "api_key": fake.api_key}


# snapshot and restore


def test_a_snapshot_is_put_back_by_its_id_as_often_as_one_likes(fake, pull):
    fake.connect_account(email="jane@example.com")
    snapshot_id = pull("snapshot")["snapshot_id"]

    for _ in range(2):
        fake.connect_account(email="john@example.com")
        fake.clock.advance(1)
        assert pull("restore", snapshot_id=snapshot_id) == {"workspace": key_of(fake), "ok": True}
        assert emails(fake) == ["jane@example.com"]

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:02+00:00"


def test_each_snapshot_has_an_id_of_its_own(fake, pull):
    first = pull("snapshot")["snapshot_id"]
    fake.connect_account(email="jane@example.com")
    second = pull("snapshot")["snapshot_id"]

    pull("restore", snapshot_id=first)
    assert emails(fake) == []
    pull("restore", snapshot_id=second)
    assert emails(fake) == ["jane@example.com"]
    assert first != second


def test_taking_a_snapshot_changes_nothing(fake, pull):
    before = fake.snapshot()

    pull("snapshot")

    assert fake.snapshot() == before


@pytest.mark.parametrize("forget", ["reset", "close"])
def test_a_reset_and_the_end_forget_snapshots(fake, pull, forget):
    snapshot_id = pull("snapshot")["snapshot_id"]
    getattr(fake, forget)()

    with pytest.raises(MisuseError, match=r"no snapshot 'snapshot1' \(a reset forgets them\)"):
        pull("restore", snapshot_id=snapshot_id)


def test_an_id_of_before_a_reset_never_means_another_snapshot(fake, pull):
    before = pull("snapshot")["snapshot_id"]
    pull("reset")

    assert pull("snapshot")["snapshot_id"] != before


@pytest.mark.parametrize(
    ("params", "told"),
    [
        ({}, "restore: snapshot_id is required"),
        ({"snapshot_id": 1}, "restore: Expected string, received number"),
        ({"snapshot_id": "x"}, r"no snapshot 'x' .*; there are: snapshot1"),
        ({"snapshot": "snapshot1"}, "restore: no parameter 'snapshot'; there are: snapshot_id"),
    ],
)
def test_a_snapshot_that_is_none_is_told(fake, pull, params, told):
    pull("snapshot")
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError, match=told):
        pull("restore", **params)

    assert fake.snapshot() == before


# dump and load


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_dump_is_what_its_file_holds(fake, pull, tmp_path, method):
    fake.connect_account()
    fake.dump(tmp_path / "state.json")

    answer = pull("dump", method)

    assert answer == {"dump": json.loads((tmp_path / "state.json").read_text()), "ok": True}


def test_a_dump_is_loaded_as_the_whole_body(fake, pull):
    other = FakeSeam(seed=5)
    other.connect_account(email="jane@example.com")
    dumped = other.call("/_fakeseam/dump")["dump"]

    answer = pull("load", **dumped)

    assert answer == {"workspace": key_of(other), "ok": True}
    assert key_of(fake) == key_of(other)
    assert emails(fake) == ["jane@example.com"]
    assert fake.snapshot() == other.snapshot()


def test_a_seed_is_loaded_as_the_whole_body(fake, pull):
    key = key_of(fake)
    steps = [
        {"connect_account": {"email": "jane@example.com"}, "as": "jane"},
        {"disconnect_account": {"connected_account_id": {"$id": "jane"}}},
    ]

    answer = pull("load", fakeseam_seed=1, steps=steps)

    assert answer == {"workspace": key, "ok": True}
    assert emails(fake) == ["jane@example.com"]
    fake.events.assert_emitted("connected_account.disconnected")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ({}, "what is to be loaded is neither a dump nor a seed file"),
        ({"steps": []}, 'has "fakeseam_seed": None, this fakeseam reads 1'),
        ({"fakeseam_seed": 1, "steps": {}}, "load: .*Expected array, received object"),
        ({"fakeseam_seed": 1, "steps": ["x"]}, "load: .*Expected object, received string"),
        ({"fakeseam_seed": 1, "steps": [{"conect_account": {}}]}, "step 1, conect_account: no"),
        ({"fakeseam_schema": 3}, "has schema 3, this fakeseam reads schema 4"),
        ({"fakeseam_schema": 4}, r"is a damaged dump: KeyError\('store'\)"),
        ({"dump": {}}, "load: no parameter 'dump'; there are: fakeseam_schema, "),
    ],
)
def test_what_is_neither_is_told(fake, pull, body, told):
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError, match=told):
        pull("load", **body)

    assert fake.snapshot() == before


# reset


def test_a_reset_may_begin_with_other_rules(fake, pull):
    pull("reset", now="2027-01-01T00:00:00Z", defer_sync=True, metadata_update="merge",
         blank_metadata_on_reconnect="keep", lenient_ids=True, strict=True)

    assert fake.clock.now.isoformat() == "2027-01-01T00:00:00+00:00"
    made = FakeSeam(defer_sync=True, metadata_update="merge", blank_metadata_on_reconnect="keep",
                    lenient_ids=True)
    assert (fake.rules, fake.strict) == (made.rules, True)
    fake.connect_account()
    fake.events.assert_not_emitted("device.added")


def test_a_reset_may_begin_with_another_seed_and_tells_its_key(fake, pull):
    answer = pull("reset", seed=5)

    other = FakeSeam(seed=5)
    assert answer["workspace"] == key_of(other) == key_of(fake)
    assert fake.seed == 5
    assert fake.call("/workspaces/get", token=answer["workspace"]["api_key"])["ok"]


def test_the_next_reset_is_as_the_fake_was_made(fake, pull):
    key = key_of(fake)
    pull("reset", seed=5, now="2027-01-01T00:00:00Z", strict=True, defer_sync=True)

    assert pull("reset") == {"workspace": key, "ok": True}

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:00+00:00"
    assert (fake.seed, fake.strict, fake.rules.defer_sync) == (0, False, False)
    assert fake.snapshot() == FakeSeam(now="2026-01-01T00:00:00Z").snapshot()


def test_the_method_takes_the_same(fake):
    fake.reset(seed=5, now="2027-01-01T00:00:00Z", strict=True, metadata_update="merge")

    made = FakeSeam(seed=5, now="2027-01-01T00:00:00Z")
    assert fake.snapshot() == made.snapshot()
    assert (fake.strict, fake.rules.metadata_update) == (True, "merge")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"seed": 1.5}, "seed=1.5: a seed is an int"),
        ({"seed": "5"}, "reset: Expected number, received string"),
        ({"now": "noon"}, "now= takes a datetime or ISO text .*'noon'"),
        ({"now": None}, "reset: Expected string, received null"),
        ({"strict": 1}, "reset: Expected boolean, received number"),
        ({"metadata_update": "mix"}, "reset: .*Expected 'replace' | 'merge', received 'mix'"),
        ({"rules": {}}, "reset: no parameter 'rules'; there are: seed, now, strict, "),
    ],
)
def test_a_reset_that_makes_no_sense_is_told_and_resets_nothing(fake, pull, given, told):
    fake.connect_account()
    fake.clock.advance(1)
    before, now = fake.snapshot(), fake.clock.now

    with pytest.raises(MisuseError, match=told):
        pull("reset", **given)

    assert (fake.snapshot(), fake.clock.now) == (before, now)


@pytest.mark.parametrize("given", [{"seed": "5"}, {"seed": True}, {"now": 5}, {"defer_sync": 1}])
def test_a_reset_by_the_method_that_makes_no_sense_resets_nothing(fake, given):
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError):
        fake.reset(**given)

    assert fake.snapshot() == before


# The clock, and what a strict fake finds


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_clock_is_read(fake, pull, method):
    fake.clock.advance(90)

    assert pull("clock/now", method) == {"now": "2026-01-01T00:01:30.000Z", "ok": True}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_unexpected_is_asserted(fake, pull, method):
    pull("reset", strict=True)
    assert pull("assert_nothing_unexpected", method) == {"ok": True}
    with pytest.raises(ApiError):
        fake.call("/locks/list")

    with pytest.raises(AssertionError, match="/locks/list: not modelled by fakeseam"):
        pull("assert_nothing_unexpected", method)


# By a receiver, which runs in the middle of things


@pytest.mark.parametrize("lever", ["restore", "load"])
def test_a_receiver_may_put_a_state_back(fake, hook, pull, lever):
    hook(event_types=["connected_account.created"])
    snapshot_id, dumped = pull("snapshot")["snapshot_id"], pull("dump")["dump"]
    sent = {"snapshot_id": snapshot_id} if lever == "restore" else dumped
    fake.webhooks.deliver_to(lambda delivery: pull(lever, **sent) and 200)

    fake.connect_account()

    assert emails(fake) == []
    assert len(fake.webhooks) == 0
