"""Metadata: how it is stored, copied, replaced, kept and searched; by default it is not merged."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from fakeseam import FakeSeam
from fakeseam.api.metadata import REPLACE, UPDATE


@pytest.fixture
def create(fake):
    def create(metadata=None, **params):
        sent = params if metadata is None else {**params, "custom_metadata": metadata}
        return fake.call("/connect_webviews/create", sent)["connect_webview"]

    return create


def of_account(fake, account):
    sent = {"connected_account_id": account["connected_account_id"]}
    return fake.call("/connected_accounts/get", sent)["connected_account"]["custom_metadata"]


def of_webview(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]["custom_metadata"]


def update(fake, account, metadata):
    sent = {"connected_account_id": account["connected_account_id"], "custom_metadata": metadata}
    return fake.call("/connected_accounts/update", sent)["connected_account"]["custom_metadata"]


STORED = [
    ({"a": "1", "b": True, "c": False}, {"a": "1", "b": True, "c": False}),
    ({"a": None, "b": "", "c": "kept"}, {"c": "kept"}),
    ({"a": None, "b": ""}, {}),
    ({}, {}),
    ({"a": " padded ", "b": "true", "c": "1"}, {"a": " padded ", "b": "true", "c": "1"}),
    ({" a ": "null"}, {" a ": "null"}),
    ({"": "empty key", " ": " "}, {"": "empty key", " ": " "}),
    ({"a": "\n\x00🙂", "ключ": "значение"}, {"a": "\n\x00🙂", "ключ": "значение"}),
]


@pytest.mark.parametrize(("sent", "kept"), STORED)
def test_a_webview_keeps_everything_but_null_and_empty_text(create, sent, kept):
    stored = create(sent)["custom_metadata"]

    assert stored == kept
    assert {key: type(value) for key, value in stored.items()} == {
        key: type(value) for key, value in kept.items()
    }


@pytest.mark.parametrize(("sent", "kept"), STORED)
def test_an_update_keeps_everything_but_null_and_empty_text(fake, sent, kept):
    assert update(fake, fake.connect_account(), sent) == kept


def test_the_order_of_keys_is_kept(create):
    assert list(create({"z": "1", "a": "2", "m": "3"})["custom_metadata"]) == ["z", "a", "m"]


def test_a_new_account_has_a_copy_of_the_webviews_metadata(fake, create):
    webview = create({"user": "u1", "vip": True})

    account = fake.complete_connect_webview(webview)

    assert account["custom_metadata"] == {"user": "u1", "vip": True}


def test_a_blank_webview_makes_a_blank_account(fake, create):
    assert fake.complete_connect_webview(create())["custom_metadata"] == {}


def test_the_copy_goes_its_own_way(fake, create):
    webview = create({"user": "u1"})
    account = fake.complete_connect_webview(webview)

    update(fake, account, {"user": "u2"})

    assert of_webview(fake, webview) == {"user": "u1"}
    assert of_account(fake, account) == {"user": "u2"}


def test_an_update_replaces_all_of_it(fake):
    account = fake.connect_account(custom_metadata={"a": "1", "b": "2"})

    assert update(fake, account, {"b": None, "c": "3"}) == {"c": "3"}
    assert of_account(fake, account) == {"c": "3"}


def test_an_update_with_an_empty_object_clears_it(fake):
    account = fake.connect_account(custom_metadata={"a": "1"})

    assert update(fake, account, {}) == {}


def test_an_update_without_metadata_leaves_it(fake):
    account = fake.connect_account(custom_metadata={"a": "1"})
    sent = {"connected_account_id": account["connected_account_id"], "display_name": "x"}

    fake.call("/connected_accounts/update", sent)

    assert of_account(fake, account) == {"a": "1"}


@pytest.mark.parametrize("broken", [True, False])
def test_a_later_login_replaces_all_of_it(fake, create, broken):
    account = fake.complete_connect_webview(create({"a": "1"}), email="jane@example.com")
    update(fake, account, {"a": "1", "added": "later"})
    if broken:
        fake.disconnect_account(account)

    again = fake.complete_connect_webview(create({"b": "2"}), email="JANE@example.com")

    assert again["connected_account_id"] == account["connected_account_id"]
    assert again["custom_metadata"] == {"b": "2"}


@pytest.mark.parametrize("blank", [None, {}, {"a": None, "b": ""}])
def test_a_later_login_at_a_blank_webview_clears_it(fake, create, blank):
    fake.complete_connect_webview(create({"a": "1"}), email="jane@example.com")

    again = fake.complete_connect_webview(create(blank), email="jane@example.com")

    assert again["custom_metadata"] == {}


def test_webviews_keep_their_own_metadata_after_later_logins(fake, create):
    one, other = create({"n": "1"}), create({"n": "2"})

    fake.complete_connect_webview(one, email="jane@example.com")
    fake.complete_connect_webview(other, email="jane@example.com")

    assert of_webview(fake, one) == {"n": "1"}
    assert of_webview(fake, other) == {"n": "2"}


def test_a_broken_account_keeps_its_metadata(fake):
    account = fake.connect_account(custom_metadata={"a": "1"})

    fake.disconnect_account(account)
    fake.request_reauthorization(fake.connect_account(custom_metadata={"b": "2"}))

    assert of_account(fake, account) == {"a": "1"}


def test_devices_are_left_alone(fake):
    fake.connect_account(custom_metadata={"a": "1"})

    assert [d["custom_metadata"] for d in fake.call("/devices/list")["devices"]] == [{}, {}]


@pytest.mark.parametrize("effect", [REPLACE, UPDATE])
def test_an_unknown_value_of_a_rule_is_an_error(effect):
    rules = SimpleNamespace(blank_metadata_on_reconnect="drop", metadata_update="drop")

    with pytest.raises(KeyError, match="drop"):
        effect({"a": "1"}, {"b": "2"}, rules)


# Search: every pair, exactly, with null for a key that is not set


METADATA = {
    "plain": {"a": "1"},
    "more": {"a": "1", "b": "2"},
    "text": {"vip": "true"},
    "flag": {"vip": True},
    "off": {"vip": False},
    "none": {},
}


@pytest.fixture(scope="module")
def searched():
    """A fake with a webview, an account and a device for each metadata above."""
    fake = FakeSeam()
    fake.set_provider_devices("august", [{"name": "Door"}])
    for name, metadata in METADATA.items():
        given = {**metadata, "name": name}
        account = fake.connect_account("august", f"{name}@example.com", custom_metadata=given)
        sent = {"connected_account_id": account["connected_account_id"]}
        (device,) = fake.call("/devices/list", sent)["devices"]
        sent = {"device_id": device["device_id"], "custom_metadata": given}
        fake.call("/devices/update", sent)
    return fake


@pytest.fixture(params=["/connect_webviews/list", "/connected_accounts/list", "/devices/list"])
def found(searched, request):
    """The names of the records that a filter finds."""

    def found(has):
        body = searched.call(request.param, {"custom_metadata_has": has})
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
        ({"k" * 60: "x"}, []),
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
