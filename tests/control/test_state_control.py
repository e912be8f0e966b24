"""The state by control endpoints: they do what the methods of the same names do."""

from __future__ import annotations

import json

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError


@pytest.fixture
def call_control(fake):
    """Call a control endpoint by its name; returns the envelope."""

    def call_control(name, method="POST", **params):
        return fake.call(f"/_fakeseam/{name}", params, method=method)

    return call_control


def emails(fake):
    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    return [account["user_identifier"]["email"] for account in accounts]


def key_of(fake):
    return {"workspace_id": fake.workspace_id, "api_key": fake.api_key}


# snapshot and restore


def test_a_snapshot_is_restored_by_its_id_any_number_of_times(fake, call_control):
    fake.connect_account(email="jane@example.com")
    snapshot_id = call_control("snapshot")["snapshot_id"]

    for _ in range(2):
        fake.connect_account(email="john@example.com")
        fake.clock.advance(1)
        body = call_control("restore", snapshot_id=snapshot_id)
        assert body == {"workspace": key_of(fake), "ok": True}
        assert emails(fake) == ["jane@example.com"]

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:02+00:00"


def test_each_snapshot_has_an_id_of_its_own(fake, call_control):
    first = call_control("snapshot")["snapshot_id"]
    fake.connect_account(email="jane@example.com")
    second = call_control("snapshot")["snapshot_id"]

    call_control("restore", snapshot_id=first)
    assert emails(fake) == []
    call_control("restore", snapshot_id=second)
    assert emails(fake) == ["jane@example.com"]
    assert first != second


def test_taking_a_snapshot_changes_nothing(fake, call_control):
    before = fake.snapshot()

    call_control("snapshot")

    assert fake.snapshot() == before


@pytest.mark.parametrize("discard", ["reset", "close"])
def test_a_reset_and_close_discard_snapshots(fake, call_control, discard):
    snapshot_id = call_control("snapshot")["snapshot_id"]
    getattr(fake, discard)()

    message = "no snapshot 'snapshot1'; a reset discards them. Snapshots: none"
    with pytest.raises(MisuseError, match=message):
        call_control("restore", snapshot_id=snapshot_id)


def test_an_id_of_before_a_reset_never_means_another_snapshot(fake, call_control):
    before = call_control("snapshot")["snapshot_id"]
    call_control("reset")

    assert call_control("snapshot")["snapshot_id"] != before


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({}, "restore: snapshot_id is required"),
        ({"snapshot_id": 1}, "restore: Expected string, received number"),
        ({"snapshot_id": "x"}, "no snapshot 'x'; a reset discards them. Snapshots: snapshot1"),
        (
            {"snapshot": "snapshot1"},
            r"restore\(\) has no parameter 'snapshot'. Valid parameters: snapshot_id",
        ),
    ],
)
def test_an_unknown_snapshot_is_misuse(fake, call_control, params, message):
    call_control("snapshot")
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError, match=message):
        call_control("restore", **params)

    assert fake.snapshot() == before


# dump and load


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_dump_is_what_its_file_holds(fake, call_control, tmp_path, method):
    fake.connect_account()
    fake.dump(tmp_path / "state.json")

    body = call_control("dump", method)

    assert body == {"dump": json.loads((tmp_path / "state.json").read_text()), "ok": True}


def test_a_dump_is_loaded_as_the_whole_body(fake, call_control):
    other = FakeSeam(seed=5)
    other.connect_account(email="jane@example.com")
    dumped = other.call("/_fakeseam/dump")["dump"]

    body = call_control("load", **dumped)

    assert body == {"workspace": key_of(other), "ok": True}
    assert key_of(fake) == key_of(other)
    assert emails(fake) == ["jane@example.com"]
    assert fake.snapshot() == other.snapshot()


def test_a_seed_is_loaded_as_the_whole_body(fake, call_control):
    key = key_of(fake)
    steps = [
        {"connect_account": {"email": "jane@example.com"}, "as": "jane"},
        {"disconnect_account": {"connected_account_id": {"$id": "jane"}}},
    ]

    body = call_control("load", fakeseam_seed=1, steps=steps)

    assert body == {"workspace": key, "ok": True}
    assert emails(fake) == ["jane@example.com"]
    fake.events.assert_emitted("connected_account.disconnected")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "the given JSON is neither a dump nor a seed file"),
        ({"steps": []}, 'has "fakeseam_seed": None, but this fakeseam reads 1'),
        ({"fakeseam_seed": 1, "steps": {}}, "load: .*Expected array, received object"),
        ({"fakeseam_seed": 1, "steps": ["x"]}, "load: .*Expected object, received string"),
        ({"fakeseam_seed": 1, "steps": [{"conect_account": {}}]}, "step 1, conect_account: no"),
        ({"fakeseam_schema": 3}, "has schema 3, but this fakeseam reads schema 7"),
        ({"fakeseam_schema": 7}, r"is a damaged dump: KeyError\('store'\)"),
        ({"dump": {}}, r"load\(\) has no parameter 'dump'. Valid parameters: fakeseam_schema, "),
    ],
)
def test_neither_a_dump_nor_a_seed_file_is_misuse(fake, call_control, body, message):
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError, match=message):
        call_control("load", **body)

    assert fake.snapshot() == before


# reset


def test_a_reset_may_begin_with_other_rules(fake, call_control):
    rules = {
        "blank_metadata_on_reconnect": "keep",
        "metadata_update": "merge",
        "defer_sync": True,
        "lenient_ids": True,
    }

    call_control("reset", now="2027-01-01T00:00:00Z", strict=True, **rules)

    assert fake.clock.now.isoformat() == "2027-01-01T00:00:00+00:00"
    assert (fake.rules, fake.strict) == (FakeSeam(**rules).rules, True)
    fake.connect_account()
    fake.events.assert_not_emitted("device.added")


def test_a_reset_may_begin_with_another_seed_and_returns_its_key(fake, call_control):
    body = call_control("reset", seed=5)

    other = FakeSeam(seed=5)
    assert body["workspace"] == key_of(other) == key_of(fake)
    assert fake.seed == 5
    assert fake.call("/workspaces/get", token=body["workspace"]["api_key"])["ok"]


def test_the_next_reset_is_as_the_fake_was_made(fake, call_control):
    key = key_of(fake)
    call_control("reset", seed=5, now="2027-01-01T00:00:00Z", strict=True, defer_sync=True)

    assert call_control("reset") == {"workspace": key, "ok": True}

    assert fake.clock.now.isoformat() == "2026-01-01T00:00:00+00:00"
    assert (fake.seed, fake.strict, fake.rules.defer_sync) == (0, False, False)
    assert fake.snapshot() == FakeSeam(now="2026-01-01T00:00:00Z").snapshot()


def test_the_method_takes_the_same(fake):
    fake.reset(seed=5, now="2027-01-01T00:00:00Z", strict=True, metadata_update="merge")

    made = FakeSeam(seed=5, now="2027-01-01T00:00:00Z")
    assert fake.snapshot() == made.snapshot()
    assert (fake.strict, fake.rules.metadata_update) == (True, "merge")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"seed": 1.5}, "seed=1.5: a seed is an int"),
        ({"seed": "5"}, "reset: Expected number, received string"),
        ({"now": "noon"}, "now= takes a datetime or ISO text .*'noon'"),
        ({"now": None}, "reset: Expected string, received null"),
        ({"strict": 1}, "reset: Expected boolean, received number"),
        ({"metadata_update": "mix"}, "reset: .*Expected 'replace' | 'merge', received 'mix'"),
        ({"rules": {}}, r"reset\(\) has no parameter 'rules'. Valid parameters: seed, now, "),
    ],
)
def test_an_invalid_reset_is_misuse_and_resets_nothing(fake, call_control, given, message):
    fake.connect_account()
    fake.clock.advance(1)
    before, now = fake.snapshot(), fake.clock.now

    with pytest.raises(MisuseError, match=message):
        call_control("reset", **given)

    assert (fake.snapshot(), fake.clock.now) == (before, now)


@pytest.mark.parametrize("given", [{"seed": "5"}, {"seed": True}, {"now": 5}, {"defer_sync": 1}])
def test_an_invalid_reset_by_the_method_resets_nothing(fake, given):
    fake.connect_account()
    before = fake.snapshot()

    with pytest.raises(MisuseError):
        fake.reset(**given)

    assert fake.snapshot() == before


# The clock, and what a strict fake finds


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_clock_is_read(fake, call_control, method):
    fake.clock.advance(90)

    assert call_control("clock/now", method) == {"now": "2026-01-01T00:01:30.000Z", "ok": True}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_unexpected_is_asserted(fake, call_control, method):
    call_control("reset", strict=True)
    assert call_control("assert_nothing_unexpected", method) == {"ok": True}
    with pytest.raises(ApiError):
        fake.call("/thermostats/list")

    with pytest.raises(AssertionError, match="/thermostats/list: not implemented by fakeseam"):
        call_control("assert_nothing_unexpected", method)


# By a receiver


@pytest.mark.parametrize("name", ["restore", "load"])
def test_a_receiver_may_restore_a_state(fake, hook, call_control, name):
    hook(event_types=["connected_account.created"])
    snapshot_id, dumped = call_control("snapshot")["snapshot_id"], call_control("dump")["dump"]
    sent = {"snapshot_id": snapshot_id} if name == "restore" else dumped
    fake.webhooks.deliver_to(lambda delivery: call_control(name, **sent) and 200)

    fake.connect_account()

    assert emails(fake) == []
    assert len(fake.webhooks) == 0
