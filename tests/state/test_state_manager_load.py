"""What fake.load leaves unchanged: faults, the journal, request ids; what a failed one undoes."""

from __future__ import annotations

import threading

import pytest

from fakeseam import FakeSeam, MisuseError

BAD = {"fakeseam_seed": 1, "steps": [{"disconnect_account": {"connected_account_id": "nope"}}]}
LIST = "/devices/list"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "state.json"
    FakeSeam(seed=9, now="2026-01-01T00:00:00Z").dump(path)
    return path


def test_a_fault_stays_active_after_a_dump_was_loaded(fake, refuse, dump):
    fault = fake.faults.add(LIST, status=503, times=2)
    fake.load(dump)

    assert refuse(LIST).status == 503
    assert fault.hits == 1
    fault.remove()
    assert fake.call(LIST)["devices"] == []


def test_the_journal_and_its_ids_continue_after_a_dump_was_loaded(fake, dump):
    fake.call(LIST)
    fake.load(dump)
    fake.call(LIST)

    first, second = (int(one.request_id.removeprefix("request")) for one in fake.requests)
    assert first < second
    assert fake.timeline().count(LIST) == 2


def test_strict_violations_from_before_a_dump_are_reported(dump):
    fake = FakeSeam(strict=True)
    fake.call(LIST, {"color": "red"})
    fake.load(dump)

    with pytest.raises(AssertionError, match="unknown parameter 'color'"):
        fake.assert_nothing_unexpected()


def test_a_fault_handle_works_after_a_load_that_failed(fake, refuse):
    with fake.faults.add(LIST, status=503, probability=1) as fault:
        with pytest.raises(MisuseError):
            fake.load(BAD)
        assert refuse(LIST).status == 503
        assert fault.hits == 1
    assert fake.call(LIST)["devices"] == []


def test_a_load_that_failed_keeps_the_snapshots_and_leaves_no_strict_violation(fake):
    def broken(fake):
        fake.call(LIST, {"color": "red"})
        raise MisuseError("no")

    fake.strict = True
    snapshot_id = fake.call("/_fakeseam/snapshot")["snapshot_id"]
    with pytest.raises(MisuseError):
        fake.load(broken)

    fake.call("/_fakeseam/restore", {"snapshot_id": snapshot_id})
    fake.assert_nothing_unexpected()


def test_a_function_that_is_loaded_may_not_reset_the_fake(fake):
    fake.connect_account()

    with pytest.raises(MisuseError, match=r"reset\(\) cannot run during load\(\)"):
        fake.load(lambda fake: fake.reset())

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 1


def test_the_timeline_can_be_read_while_loads_fail(fake):
    errors, stop = [], threading.Event()

    def repeat(call):
        try:
            while not stop.is_set():
                call()
        except Exception as exc:
            errors.append(exc)

    def load_in_vain():
        with pytest.raises(MisuseError):
            fake.load(BAD)

    calls = [fake.timeline, lambda: fake.call(LIST), lambda: fake.call(LIST), load_in_vain]
    threads = [threading.Thread(target=repeat, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for _ in range(200):
        fake.call(LIST)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
