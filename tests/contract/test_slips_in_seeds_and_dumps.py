"""Small slips in what is loaded: refused by name, and the fake is as it was."""

from __future__ import annotations

import pytest

from fakeseam import MisuseError


@pytest.fixture
def refused(fake):
    """Load this in vain; gives what was said."""

    def refused(given):
        before = fake.snapshot()
        with pytest.raises(MisuseError) as caught:
            fake.load(given)
        assert fake.snapshot() == before
        return str(caught.value)

    return refused


def steps(*given):
    return {"fakeseam_seed": 1, "steps": list(given)}


def test_no_text_at_all_is_no_name_of_a_step(refused):
    assert refused(steps({"connect_account": {}, "as": ""})) == (
        "what is to be loaded, step 1, connect_account: \"as\" is a name, not ''"
    )


@pytest.mark.parametrize("lever", ["reset", "snapshot", "restore", "dump", "load"])
def test_what_puts_another_state_in_place_is_no_step(refused, lever):
    assert refused(steps({lever: {}})) == (
        f"what is to be loaded, step 1, {lever}: no step of a seed file, which adds to what"
        " there is"
    )


@pytest.fixture
def dumped(fake):
    fake.connect_account()
    return fake.call("/_fakeseam/dump")["dump"]


def test_true_is_no_count_of_what_was_made(refused, dumped):
    dumped["store"]["tables"]["connected_accounts"]["made"] = True

    assert "damaged" in refused(dumped)


def test_true_is_no_place_in_an_order(refused, dumped):
    dumped["store"]["tables"]["connected_accounts"]["records"][0]["order"] = True

    assert "damaged" in refused(dumped)


def test_true_is_no_count_of_a_counter(refused, dumped):
    dumped["store"]["counters"][0][-1] = True

    assert "damaged" in refused(dumped)


def test_a_snapshot_is_asked_for_where_there_are_none(fake):
    with pytest.raises(MisuseError) as caught:
        fake.call("/_fakeseam/restore", {"snapshot_id": "snapshot1"})

    assert str(caught.value) == (
        "no snapshot 'snapshot1' (a reset forgets them); there are: none"
    )
