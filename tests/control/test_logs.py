"""``fake.requests``, ``fake.events`` and ``fake.webhooks`` are sequences like any other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import pytest

from fakeseam import MisuseError

LISTS = ("/workspaces/get", "/devices/list", "/events/get", "/spaces/list")


@pytest.fixture(params=["requests", "events", "webhooks"])
def log(request, fake, hook):
    """A log with at least four items."""
    hook()
    fake.connect_account("minut")
    for path in LISTS[:3]:
        fake.call(path, {"event_type": "device.added"} if path == "/events/get" else {})
    return getattr(fake, request.param)


def test_it_is_a_sequence(log):
    assert isinstance(log, Sequence)


def test_indexes_count_from_both_ends(log):
    everything = list(log)

    assert len(log) == len(everything) >= 4
    for place in range(-len(everything), len(everything)):
        assert log[place] == everything[place]
    for place in (len(everything), -len(everything) - 1):
        with pytest.raises(IndexError, match=f"there are {len(everything)}$"):
            log[place]


PARTS = [(None,), (1, 3), (-2, None), (None, None, -1), (0, 99, 2), (5, 2)]


@pytest.mark.parametrize("part", [slice(*ends) for ends in PARTS])
def test_a_slice_is_a_list(log, part):
    assert log[part] == list(log)[part]
    assert isinstance(log[part], list)


@pytest.mark.parametrize("name", ["requests", "events", "webhooks"])
def test_an_index_of_a_log_is_an_int_or_a_slice(fake, name):
    with pytest.raises(MisuseError) as caught:
        getattr(fake, name)["device.added"]

    assert str(caught.value) == (
        f"{name}['device.added']: an index is an int or a slice; search with filter()"
    )
    with pytest.raises(IndexError, match=rf"^{name}\[0\]: there are 0$"):
        getattr(fake, name)[0]


def test_it_can_be_iterated_backwards_and_searched(log):
    everything = list(log)

    assert list(reversed(log)) == everything[::-1]
    assert all(one in log for one in everything)
    assert None not in log
    assert log.index(everything[2]) == 2
    assert log.count(everything[2]) == 1


def test_it_is_true_once_something_happened(fake, log):
    assert log
    fake.reset()
    assert not log
    assert log[:] == []


def test_it_may_grow_while_it_is_iterated(fake, log):
    before = len(log)

    seen = [fake.connect_account("minut") and fake.call("/devices/list") for _ in islice(log, 9)]

    assert len(seen) == min(before, 9)
    assert len(log) > before


def test_it_shows_how_many_there_are_and_the_latest(fake, hook):
    assert [repr(fake.requests), repr(fake.events), repr(fake.webhooks)] == [
        "<requests: none>",
        "<events: none>",
        "<webhooks: none>",
    ]

    for path in LISTS[:2]:
        fake.call(path)
    assert repr(fake.requests) == (
        "<requests: 2: 200 POST /workspaces/get, 200 POST /devices/list>"
    )
    hook(event_types=["connected_account.created"])
    fake.connect_account("minut")
    fake.call("/spaces/list")

    assert repr(fake.requests) == (
        "<requests: 4: ..., 200 POST /devices/list, 200 POST /webhooks/create,"
        " 200 POST /spaces/list>"
    )
    assert repr(fake.events) == (
        "<events: 7: ..., device.added, device.connected, connected_account.completed_first_sync>"
    )
    assert repr(fake.webhooks) == (
        "<webhooks: 1: connected_account.created to https://app.example.com/hooks: not_sent,"
        " 0 attempts (app.example.com is not this machine: see webhooks.allow and .deliver_to)>"
    )


def test_an_event_is_shown_fresh_each_time(fake):
    fake.connect_account(custom_metadata={"user": "u1"})

    fake.events[-1]["connected_account_custom_metadata"]["user"] = "changed"
    fake.events[:][-1].clear()

    assert fake.events[-1]["connected_account_custom_metadata"] == {"user": "u1"}


def test_the_latest_event_is_last_whatever_its_date(fake):
    other = fake.create_workspace()
    for _ in range(3):
        fake.connect_account("minut")
    fake.connect_account("minut", workspace_id=other.workspace_id)

    latest = fake.events[-1]

    assert latest["workspace_id"] == other.workspace_id
    assert latest["created_at"] < fake.events[-8]["created_at"]
    assert [one["event_id"] for one in fake.events] == [
        one["event_id"] for one in fake.events.filter()
    ]


def test_a_snapshot_restores_events_in_their_order(fake):
    other = fake.create_workspace()
    fake.connect_account("minut")
    fake.connect_account("minut", workspace_id=other.workspace_id)
    before, snapshot = list(fake.events), fake.snapshot()
    fake.connect_account("minut")

    fake.restore(snapshot)

    assert list(fake.events) == before
    fake.connect_account("minut")
    assert fake.events[:14] == before
