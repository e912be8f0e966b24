"""The webhook log: deliveries are counted, filtered and asserted."""

from __future__ import annotations

import pytest

URL = "https://app.example.com/hooks"


def test_deliveries_are_counted_and_found_by_their_index(fake, hook, login):
    hook()
    assert (len(fake.webhooks), repr(fake.webhooks)) == (0, "<webhooks: none>")

    login()

    assert len(fake.webhooks) == 7
    assert fake.webhooks[-1].event["event_type"] == "connected_account.completed_first_sync"
    with pytest.raises(IndexError):
        fake.webhooks[7]


def test_deliveries_are_filtered_by_type_url_and_fields(fake, hook, login):
    hook()
    hook("https://example.com/other", event_types=["device.added"])
    account_id = login()["connected_account_id"]
    find = fake.webhooks.filter

    assert find() == list(fake.webhooks)
    assert len(find("device.added")) == 2
    assert [one.url for one in find("device.added", url=URL)] == [URL]
    assert len(find(url="https://example.com/other")) == 1
    assert len(find(connected_account_id=account_id)) == 8
    assert find(connected_account_id="nobody") == []
    assert find(no_such_field=None) == []


def test_the_first_matching_delivery_is_returned(fake, hook, login):
    hook()
    account_id = login()["connected_account_id"]

    found = fake.webhooks.assert_sent("device.added", url=URL, connected_account_id=account_id)

    assert found == fake.webhooks[4]
