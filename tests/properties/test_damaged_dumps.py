"""A dump with one wrong value is refused as a whole, or is a valid dump all the same."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fakeseam import FakeSeam, MisuseError
from tests.properties.effort import examples
from tests.properties.worlds import NOW

LISTS = (
    ("/connect_webviews/list", {}),
    ("/connected_accounts/list", {}),
    ("/devices/list", {}),
    ("/devices/unmanaged/list", {}),
    ("/events/list", {"since": "2000-01-01"}),
    ("/webhooks/list", {}),
    ("/client_sessions/list", {}),
    ("/spaces/list", {}),
    ("/user_identities/list", {}),
    ("/workspaces/get", {}),
)
VALUES = st.sampled_from(
    [None, True, 0, -1, 1.5, 10**400, "", "text", [], ["text"], [None], {}, {"a": 1}, {"a": None}]
)


def lived():
    """A fake with something of everything in it, two deferred syncs and a retry among it."""
    fake = FakeSeam(now=NOW, defer_sync=True)
    fake.webhooks.deliver_to(lambda delivery: 500)
    fake.call("/webhooks/create", {"url": "https://app.test/", "event_types": ["device.added"]})
    jane = fake.connect_account(email="jane@example.com", custom_metadata={"a": "1", "b": True})
    fake.sync_account(jane)
    fake.connect_account("yale", customer_key="c1", devices=[{"name": "Cellar"}])
    fake.connect_account("minut")
    fake.add_account_warning(jane, "scheduled_maintenance_window")
    fake.set_provider_devices("nuki", [{"name": "Attic"}])
    fake.create_client_session("u1", connected_account_ids=[jane["connected_account_id"]])
    fake.create_personal_access_token()
    sent = {"name": "Home", "connected_account_ids": [jane["connected_account_id"]]}
    fake.call("/spaces/create", sent)
    fake.call("/user_identities/create", {"full_name": "Jane"})
    return fake


def dump_of(fake):
    with tempfile.TemporaryDirectory() as folder:
        fake.dump(Path(folder, "dump.json"))
        return json.loads(Path(folder, "dump.json").read_text("utf-8"))


WHOLE = dump_of(lived())


def places(value, path=()):
    """The way to everything inside of a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in inner:
        yield (*path, key)
        if isinstance(item, (dict, list)):
            yield from places(item, (*path, key))


PLACES = sorted(places(WHOLE), key=repr)


@examples()
@given(place=st.sampled_from(PLACES), value=VALUES, is_cut=st.booleans())
def test_a_dump_with_one_wrong_value_loads_as_a_whole_or_not_at_all(place, value, is_cut):
    damaged = copy.deepcopy(WHOLE)
    *way, last = place
    inside = damaged
    for key in way:
        inside = inside[key]
    if is_cut:
        del inside[last]
    else:
        inside[last] = value
    fake = FakeSeam(now=NOW)
    fake.connect_account()
    before = fake.snapshot()

    try:
        fake.load(damaged)
    except MisuseError:
        assert fake.snapshot() == before
        assert len(fake.call("/connected_accounts/list")["connected_accounts"]) == 1
        return
    for path, params in LISTS:
        fake.call(path, params)
    fake.clock.advance(3600)
    fake.connect_account(email="new@example.com")
    list(fake.webhooks)
    list(fake.events)
    assert isinstance(dump_of(fake), dict)


def test_a_dump_without_a_wrong_value_loads():
    fake = FakeSeam(now=NOW)

    fake.load(WHOLE)

    assert dump_of(fake) == WHOLE
