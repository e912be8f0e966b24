"""A snapshot: what it says of the state that it holds."""

from __future__ import annotations


def test_a_snapshot_counts_the_records_of_each_kind_that_it_has(fake):
    fake.call("/connect_webviews/create")
    snapshot = fake.snapshot()
    fake.call("/connect_webviews/create")

    assert snapshot.counts == {"workspaces": 1, "api_keys": 1, "connect_webviews": 1}


def test_its_text_has_the_counts_and_no_key(fake):
    fake.call("/connect_webviews/create")
    snapshot = fake.snapshot()

    assert str(snapshot) == "<snapshot: 1 workspaces, 1 api_keys, 1 connect_webviews>"
    assert fake.api_key not in repr(snapshot)
