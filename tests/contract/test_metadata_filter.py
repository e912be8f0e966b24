"""Looking for metadata: every pair, exactly, with null for what is not set."""

from __future__ import annotations

import pytest

STORED = {
    "plain": {"a": "1"},
    "more": {"a": "1", "b": "2"},
    "text": {"vip": "true"},
    "flag": {"vip": True},
    "off": {"vip": False},
    "none": {},
}


@pytest.fixture(params=["/connect_webviews/list", "/connected_accounts/list"])
def found(fake, request):
    """Which of the things above a filter finds, by name."""
    for name, metadata in STORED.items():
        fake.connect_account(custom_metadata={**metadata, "name": name})

    def found(has):
        body = fake.call(request.param, {"custom_metadata_has": has})
        items = body[request.param.split("/")[1]]
        return [item["custom_metadata"]["name"] for item in items]

    return found


@pytest.mark.parametrize(
    ("has", "expected"),
    [
        ({"a": "1"}, ["plain", "more"]),
        ({"a": "1", "b": "2"}, ["more"]),
        ({"a": "1", "b": "3"}, []),
        ({"a": "01"}, []),
        ({"a": "1 "}, []),
        ({"A": "1"}, []),
        ({"a": "1", "name": "PLAIN"}, []),
        ({"vip": True}, ["flag"]),
        ({"vip": "true"}, ["text"]),
        ({"vip": False}, ["off"]),
        ({"vip": "false"}, []),
        ({"vip": "True"}, []),
        ({"a": None}, ["text", "flag", "off", "none"]),
        ({"a": None, "vip": None}, ["none"]),
        ({"a": "1", "b": None}, ["plain"]),
        ({"no such key": None}, ["plain", "more", "text", "flag", "off", "none"]),
        ({"a": "1", "b": ""}, ["plain", "more"]),
        ({"a": ""}, ["plain", "more", "text", "flag", "off", "none"]),
        ({}, ["plain", "more", "text", "flag", "off", "none"]),
    ],
)
def test_a_filter_finds_what_has_every_pair(found, has, expected):
    assert found(has) == expected


def test_a_filter_sees_the_metadata_as_it_is_now(fake):
    account = fake.connect_account(custom_metadata={"a": "1"})
    sent = {"connected_account_id": account["connected_account_id"], "custom_metadata": {"b": "2"}}
    fake.call("/connected_accounts/update", sent)

    def count(has):
        body = fake.call("/connected_accounts/list", {"custom_metadata_has": has})
        return len(body["connected_accounts"])

    assert count({"a": "1"}) == 0
    assert count({"a": None}) == 1
    assert count({"b": "2"}) == 1
