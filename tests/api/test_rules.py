"""The four rules: what each choice changes, and that the default is one of them."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError
from fakeseam.api.rules import Rules

NOW = "2026-01-01T00:00:00Z"
UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def connect(fake, **how):
    return fake.connect_account(email="jane@example.com", provider="minut", **how)


# blank_metadata_on_reconnect


@pytest.mark.parametrize("blank", [None, {}, {"x": None, "y": ""}])
@pytest.mark.parametrize(("choice", "left"), [("clear", {}), ("keep", {"a": "1"})])
def test_a_blank_webview_clears_the_metadata_or_keeps_it(choice, left, blank):
    fake = FakeSeam(now=NOW, blank_metadata_on_reconnect=choice)
    connect(fake, custom_metadata={"a": "1"})

    assert connect(fake, custom_metadata=blank)["custom_metadata"] == left


@pytest.mark.parametrize("choice", ["clear", "keep"])
def test_metadata_that_is_not_blank_replaces_under_both_choices(choice):
    fake = FakeSeam(now=NOW, blank_metadata_on_reconnect=choice)
    connect(fake, custom_metadata={"a": "1"})

    assert connect(fake, custom_metadata={"b": "2", "a": None})["custom_metadata"] == {"b": "2"}


# metadata_update


def updated(fake, metadata):
    account = connect(fake, custom_metadata={"a": "1", "b": "2"})
    sent = {"connected_account_id": account["connected_account_id"], "custom_metadata": metadata}
    return fake.call("/connected_accounts/update", sent)["connected_account"]["custom_metadata"]


@pytest.mark.parametrize(
    ("sent", "replaced", "merged"),
    [
        ({"b": None, "c": "3"}, {"c": "3"}, {"a": "1", "c": "3"}),
        ({"b": ""}, {}, {"a": "1"}),
        ({"b": "3"}, {"b": "3"}, {"a": "1", "b": "3"}),
        ({}, {}, {"a": "1", "b": "2"}),
        ({"no such": None}, {}, {"a": "1", "b": "2"}),
    ],
)
def test_an_update_replaces_or_merges(sent, replaced, merged):
    assert updated(FakeSeam(now=NOW), sent) == replaced
    assert updated(FakeSeam(now=NOW, metadata_update="replace"), sent) == replaced
    assert updated(FakeSeam(now=NOW, metadata_update="merge"), sent) == merged


def test_a_reconnection_never_merges():
    fake = FakeSeam(now=NOW, metadata_update="merge")
    connect(fake, custom_metadata={"a": "1"})

    assert connect(fake, custom_metadata={"b": "2"})["custom_metadata"] == {"b": "2"}


# lenient_ids


@pytest.mark.parametrize(
    ("path", "name", "type_"),
    [
        ("/connect_webviews/get", "connect_webview_id", "connect_webview_not_found"),
        ("/connected_accounts/get", "connected_account_id", "connected_account_not_found"),
        ("/connected_accounts/delete", "connected_account_id", "connected_account_not_found"),
        ("/devices/get", "device_id", "device_not_found"),
        ("/events/get", "event_id", "event_not_found"),
    ],
)
def test_any_text_is_an_id_that_is_not_found_or_a_malformed_one(path, name, type_):
    refusals = []
    for fake in (FakeSeam(now=NOW), FakeSeam(now=NOW, lenient_ids=True)):
        with pytest.raises(ApiError) as caught:
            fake.call(path, {name: "unknown-device"})
        refusals.append((caught.value.status, caught.value.type))

    assert refusals == [(400, "invalid_input"), (404, type_)]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("/devices/list", {"connected_account_id": "x"}),
        ("/devices/list", {"device_ids": ["x"]}),
        ("/devices/list", {"connected_account_ids": ["x"]}),
        ("/events/list", {"since": "2025-01-01", "device_ids": ["x"]}),
        ("/events/list", {"since": "2025-01-01", "space_ids": ["x"]}),
    ],
)
def test_any_text_is_an_id_in_a_filter_too(path, params):
    fake = FakeSeam(now=NOW, lenient_ids=True)
    connect(fake)

    assert fake.call(path, params)[path.split("/")[1]] == []
    with pytest.raises(ApiError, match="Invalid uuid"):
        FakeSeam(now=NOW).call(path, params)


def test_a_lenient_id_may_be_null_where_it_might_be_before():
    fake = FakeSeam(now=NOW, lenient_ids=True)

    assert fake.call("/devices/list", {"unstable_location_id": None})["devices"] == []


def test_a_lenient_id_is_text_all_the_same():
    fake = FakeSeam(now=NOW, lenient_ids=True)

    with pytest.raises(ApiError, match="Expected string, received number"):
        fake.call("/devices/get", {"device_id": 5})
    with pytest.raises(ApiError, match="connect_webview_id is required"):
        fake.call("/connect_webviews/get")


def test_a_lenient_fake_keeps_ids_of_any_kind():
    fake = FakeSeam(now=NOW, lenient_ids=True)

    account = connect(fake, connected_account_id="account-1")

    assert account["connected_account_id"] == "account-1"
    sent = {"connected_account_id": "account-1"}
    assert fake.call("/connected_accounts/get", sent)["connected_account"] == account


# defer_sync


def types(fake):
    return [event["event_type"] for event in fake.events]


def sync(fake, account):
    sent = {"connected_account_id": account["connected_account_id"]}
    assert fake.call("/connected_accounts/sync", sent) == {"ok": True}


AT_ONCE = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
]
LATER = ["device.added", "device.connected", "connected_account.completed_first_sync"]


def test_a_deferred_sync_leaves_an_account_without_devices():
    fake = FakeSeam(now=NOW, defer_sync=True)

    connect(fake)

    assert fake.call("/devices/list")["devices"] == []
    assert types(fake) == AT_ONCE


def test_a_sync_brings_what_was_deferred_once():
    fake = FakeSeam(now=NOW, defer_sync=True)
    account = connect(fake)

    sync(fake, account)
    sync(fake, account)

    assert len(fake.call("/devices/list")["devices"]) == 1
    assert types(fake) == AT_ONCE + LATER


def test_by_default_a_sync_has_nothing_left_to_do():
    fake = FakeSeam(now=NOW)
    account = connect(fake)
    before = fake.snapshot()

    sync(fake, account)

    assert fake.snapshot() == before


def test_a_sync_does_nothing_to_a_broken_account():
    fake = FakeSeam(now=NOW, defer_sync=True)
    account = connect(fake)
    fake.disconnect_account(account)
    before = types(fake)

    sync(fake, account)

    assert types(fake) == before
    assert fake.call("/devices/list")["devices"] == []


def test_two_fakes_have_their_own_rules():
    one, other = FakeSeam(now=NOW, defer_sync=True), FakeSeam(now=NOW)

    for fake in (one, other):
        connect(fake)

    assert one.call("/devices/list")["devices"] == []
    assert len(other.call("/devices/list")["devices"]) == 1


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"blank_metadata_on_reconnect": "drop"}, "='drop': choose 'clear' or 'keep'"),
        ({"metadata_update": True}, "=True: choose 'replace' or 'merge'"),
        ({"defer_sync": "yes"}, "='yes': choose False or True"),
        ({"defer_sync": 1}, "=1: choose False or True"),
        ({"lenient_ids": None}, "=None: choose False or True"),
        ({"rate_limits": 1}, "=1: choose False or True"),
        ({"expired_access_codes": "stay"}, "='stay': choose 'remove' or 'keep'"),
        ({"device_delay": -1}, "=-1: give seconds from 0 to 31622400"),
        ({"device_delay": True}, "=True: give seconds from 0 to 31622400"),
        ({"device_delay": "1"}, "='1': give seconds from 0 to 31622400"),
        ({"device_delay": float("nan")}, "=nan: give seconds from 0 to 31622400"),
    ],
)
def test_an_unknown_value_of_a_rule_is_refused(rule, words):
    with pytest.raises(MisuseError) as caught:
        FakeSeam(**rule)

    assert str(caught.value) == f"{next(iter(rule))}{words}"


# As text


def test_rules_are_read_from_text():
    text = {"metadata_update": "MERGE", "defer_sync": "true", "device_delay": "1.5"}

    read = Rules.from_text(text)

    assert read == {"metadata_update": "merge", "defer_sync": True, "device_delay": 1.5}


def test_an_unknown_rule_in_text_is_refused_with_the_rules_there_are():
    with pytest.raises(MisuseError, match="There is no rule 'x'.*blank_metadata_on_reconnect"):
        Rules.from_text({"x": "true"})


def test_an_unknown_value_in_text_is_refused_with_the_values_there_are():
    with pytest.raises(MisuseError, match="defer_sync=yes: choose one of false, true"):
        Rules.from_text({"defer_sync": "yes"})
    with pytest.raises(MisuseError, match="device_delay=soon: give a number of seconds"):
        Rules.from_text({"device_delay": "soon"})
