"""What fake.load leaves as it is: faults, the journal, request ids; what a failed one undoes."""

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


def status(refuse, path=LIST):
    return refuse(path).status


def test_a_fault_goes_on_after_a_dump_was_loaded(fake, refuse, dump):
    planned = fake.faults.add(LIST, status=503, times=2)
    fake.load(dump)

    assert refuse(LIST).status == 503
    assert planned.struck == 1
    planned.remove()
    assert fake.call(LIST)["devices"] == []


def test_the_journal_and_its_ids_go_on_after_a_dump_was_loaded(fake, dump):
    fake.call(LIST)
    fake.load(dump)
    fake.call(LIST)

    first, second = (int(one.request_id.removeprefix("request")) for one in fake.requests)
    assert first < second
    assert fake.timeline().count(LIST) == 2


def test_a_strict_fake_complains_of_what_came_before_a_dump(dump):
    fake = FakeSeam(strict=True)
    fake.call(LIST, {"colour": "red"})
    fake.load(dump)

    with pytest.raises(AssertionError, match="unknown parameter 'colour'"):
        fake.assert_nothing_unexpected()


def test_a_handle_goes_on_after_a_load_that_failed(fake, refuse):
    with fake.faults.add(LIST, status=503, probability=1) as planned:
        with pytest.raises(MisuseError):
            fake.load(BAD)
        assert refuse(LIST).status == 503
        assert planned.struck == 1
    assert fake.call(LIST)["devices"] == []


def test_a_load_that_failed_uses_up_no_snapshot_and_leaves_no_complaint(fake):
    def broken(fake):
        fake.call(LIST, {"colour": "red"})
        raise MisuseError("no")

    fake.strict = True
    snapshot_id = fake.call("/_fakeseam/snapshot")["snapshot_id"]
    with pytest.raises(MisuseError):
        fake.load(broken)

    fake.call("/_fakeseam/restore", {"snapshot_id": snapshot_id})
    fake.assert_nothing_unexpected()


def test_what_is_loaded_may_not_begin_the_fake_anew(fake):
    fake.connect_account()

    with pytest.raises(MisuseError, match=r"call reset\(\) before load\(\)"):
        fake.load(lambda fake: fake.reset())

    assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 1


def test_a_step_that_asserts_is_told_with_its_place(fake):
    steps = [{"requests/assert_called": {"route": LIST}}]

    with pytest.raises(MisuseError, match="step 1, requests/assert_called: .*was not called"):
        fake.load({"fakeseam_seed": 1, "steps": steps})


def test_two_steps_of_one_name_are_refused(fake):
    step = {"connect_account": {}, "as": "jane"}

    with pytest.raises(MisuseError, match="two steps have \"as\": 'jane'"):
        fake.load({"fakeseam_seed": 1, "steps": [step, step]})


def test_a_dump_with_a_secret_that_is_none_is_refused(fake, tmp_path):
    fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    path = tmp_path / "state.json"
    fake.dump(path)
    path.write_text(path.read_text().replace("whsec_", "whsec_#"))

    with pytest.raises(MisuseError, match="damaged dump"):
        fake.load(path)


def test_reading_the_timeline_while_loads_fail_is_no_error(fake):
    errors, stop = [], threading.Event()

    def repeat(work):
        try:
            while not stop.is_set():
                work()
        except Exception as exc:
            errors.append(exc)

    def load_in_vain():
        with pytest.raises(MisuseError):
            fake.load(BAD)

    works = [fake.timeline, lambda: fake.call(LIST), lambda: fake.call(LIST), load_in_vain]
    threads = [threading.Thread(target=repeat, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for _ in range(200):
        fake.call(LIST)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
