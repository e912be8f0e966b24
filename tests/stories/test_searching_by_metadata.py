"""Webviews, accounts and devices are found by their metadata in the same way.

The rows of JSON bodies are in tests/api/test_metadata.py.
"""

from __future__ import annotations

import pytest
from seam import NULL, SeamHttpInvalidInputError

THINGS = [
    {"name": "a", "vip": True, "city": "Oslo"},
    {"name": "b", "vip": "true", "city": "oslo"},
    {"name": "c", "vip": False, "city": "Oslo"},
    {"name": "d", "city": "Bergen"},
]

# A query has only text, so a boolean is found by its text.
BY_QUERY = {
    "one pair": ({"city": "Oslo"}, "ac"),
    "two pairs that both have to match": ({"city": "Oslo", "vip": True}, "a"),
    "two pairs that never match together": ({"city": "Bergen", "vip": True}, ""),
    "true, as boolean or as text": ({"vip": True}, "ab"),
    "the text true, as text or as boolean": ({"vip": "true"}, "ab"),
    "false": ({"vip": False}, "c"),
    "a key that is unset": ({"vip": NULL}, "d"),
    "a key that is unset and a pair": ({"vip": NULL, "city": "Oslo"}, ""),
    "a key that nothing has": ({"nothing": "x"}, ""),
    "a key that nothing has, unset": ({"nothing": NULL}, "abcd"),
    "empty text, which is dropped": ({"city": ""}, "abcd"),
    "empty text and a pair": ({"city": "", "vip": False}, "c"),
    "None, which the SDK does not send": ({"city": None}, "abcd"),
    "no pair": ({}, "abcd"),
    "a part of a value": ({"city": "Os"}, ""),
    "a value in other letter case": ({"city": "OSLO"}, ""),
    "a key longer than may be stored": ({"k" * 60: "x"}, ""),
}


@pytest.fixture
def connect_webviews(fake):
    for metadata in THINGS:
        fake.call("/connect_webviews/create", {"custom_metadata": metadata})


@pytest.fixture
def connected_accounts(fake):
    for metadata in THINGS:
        fake.connect_account(custom_metadata=metadata)


@pytest.fixture
def devices(fake, give_devices_metadata):
    fake.connect_account()
    fake.connect_account()
    give_devices_metadata(*THINGS)


@pytest.fixture(params=["connect_webviews", "connected_accounts", "devices"])
def kind(request):
    """The namespace that lists these things, once they are created."""
    request.getfixturevalue(request.param)
    return request.param


def names(found):
    return "".join(one["custom_metadata"]["name"] for one in found)


@pytest.mark.parametrize(("has", "expected"), BY_QUERY.values(), ids=BY_QUERY.keys())
@pytest.mark.usefixtures("connect_webviews")
def test_a_query_finds(seam_in_process, has, expected):
    found = seam_in_process.connect_webviews.list(custom_metadata_has=has)

    assert "".join(one.custom_metadata["name"] for one in found) == expected


def test_a_query_finds_a_boolean_by_its_text(seam, kind):
    found = getattr(seam, kind).list(custom_metadata_has={"vip": True})

    assert "".join(one.custom_metadata["name"] for one in found) == "ab"


def test_a_json_body_has_types(seam, kind):
    body = seam.client.post(f"/{kind}/list", json={"custom_metadata_has": {"vip": True}})

    assert names(body[kind]) == "a"


def test_a_period_in_a_key_is_refused(seam, kind):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.client.post(f"/{kind}/list", json={"custom_metadata_has": {"a.b": "x"}})

    assert str(refusal.value) == (
        'Custom metadata key names cannot contain a period (.) for "custom_metadata_has.a.b"'
    )


def test_a_number_in_a_json_body_is_refused(seam, kind):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.client.post(f"/{kind}/list", json={"custom_metadata_has": {"n": 1}})

    assert str(refusal.value) == 'Invalid input for "custom_metadata_has.n"'


def test_a_filter_is_combined_with_the_search(seam, kind):
    found = getattr(seam, kind).list(custom_metadata_has={"city": "Oslo"}, search="FALSE")

    assert "".join(one.custom_metadata["name"] for one in found) == "c"


def test_a_filter_does_not_cross_workspaces(fake, connect, kind):
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)

    assert getattr(elsewhere, kind).list(custom_metadata_has={"city": "Oslo"}) == []


def test_a_filter_of_webviews_is_combined_with_the_customer(seam):
    create = seam.connect_webviews.create
    create(custom_metadata={"city": "Oslo"}, customer_key="north")
    wanted = create(custom_metadata={"city": "Oslo"}, customer_key="south")
    create(custom_metadata={"city": "Bergen"}, customer_key="south")

    found = seam.connect_webviews.list(
        custom_metadata_has={"city": "Oslo"}, customer_key="south"
    )

    assert [one.connect_webview_id for one in found] == [wanted.connect_webview_id]


def test_a_filter_of_accounts_is_combined_with_the_user_of_a_session(fake, seam):
    theirs = fake.connect_account(custom_metadata={"city": "Oslo"})
    fake.connect_account(custom_metadata={"city": "Oslo"})
    fake.create_client_session(
        "jane", connected_account_ids=[theirs["connected_account_id"]]
    )

    found = seam.connected_accounts.list(
        custom_metadata_has={"city": "Oslo"}, user_identifier_key="jane"
    )

    assert [one.connected_account_id for one in found] == [theirs["connected_account_id"]]


def test_a_filter_of_devices_is_combined_with_their_account(fake, seam, give_devices_metadata):
    theirs = fake.connect_account()["connected_account_id"]
    fake.connect_account()
    give_devices_metadata({"city": "Oslo"}, {}, {"city": "Oslo"}, {})

    found = seam.devices.list(
        custom_metadata_has={"city": "Oslo"}, connected_account_id=theirs
    )

    assert [one.connected_account_id for one in found] == [theirs]


def test_an_account_is_not_found_by_metadata_that_a_reconnection_removed(fake, seam):
    fake.connect_account("august", "jane@example.com", {"user": "u1"})

    fake.connect_account("august", "jane@example.com", {"user": "u2"})

    assert seam.connected_accounts.list(custom_metadata_has={"user": "u1"}) == []
    assert len(seam.connected_accounts.list(custom_metadata_has={"user": "u2"})) == 1
