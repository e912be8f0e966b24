"""What Seam's page "Adding Custom Metadata to a Connected Account" promises."""

from __future__ import annotations

import pytest

ACCOUNT_ID = "6e1cad57-b244-40ca-b4f3-30a46c8000d4"


@pytest.fixture
def account(fake):
    return fake.connect_account("august", "jane@example.com", connected_account_id=ACCOUNT_ID)


@pytest.fixture
def metadata(seam):
    """The metadata of the account, as the app reads it."""
    return lambda: seam.connected_accounts.get(connected_account_id=ACCOUNT_ID).custom_metadata


def test_an_update_adds_metadata_to_an_account(account, seam, metadata):
    seam.connected_accounts.update(
        connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-1"}
    )

    assert metadata() == {"internal_account_id": "user-1"}


def test_an_update_changes_metadata(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-1"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-2"})

    assert metadata() == {"internal_account_id": "user-2"}


def test_an_update_replaces_all_of_the_metadata(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": "2"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={"c": "3"})

    assert metadata() == {"c": "3"}


def test_null_in_an_update_drops_the_key(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": "2"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": None})

    assert metadata() == {"a": "1"}


def test_empty_text_in_an_update_drops_the_key(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": "2"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": ""})

    assert metadata() == {"a": "1"}


def test_an_update_without_metadata_leaves_it_unchanged(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1"})

    update(connected_account_id=ACCOUNT_ID, display_name="Jane's locks")

    assert metadata() == {"a": "1"}


def test_an_update_with_an_empty_object_clears_the_metadata(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={})

    assert metadata() == {}


@pytest.mark.parametrize("rules", [{"metadata_update": "merge"}], ids=["merge"])
def test_with_the_rule_an_update_changes_and_removes_single_keys(account, seam, metadata):
    update = seam.connected_accounts.update
    update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1", "b": "2"})

    update(connected_account_id=ACCOUNT_ID, custom_metadata={"b": None, "c": "3"})

    assert metadata() == {"a": "1", "c": "3"}


def test_the_sdk_returns_nothing_from_an_update(account, seam):
    returned = seam.connected_accounts.update(
        connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-1"}
    )

    assert returned is None


def test_an_update_by_post_returns_ok_and_the_account(account, seam):
    body = seam.client.post(
        "/connected_accounts/update",
        json={
            "connected_account_id": ACCOUNT_ID,
            "custom_metadata": {"internal_account_id": "user-1"},
        },
    )

    assert body.keys() == {"connected_account", "ok"}
    assert body["ok"] is True
    shown = body["connected_account"]
    assert shown["connected_account_id"] == ACCOUNT_ID
    assert shown["created_at"] == "2026-01-01T12:00:00.000Z"
    assert shown["user_identifier"] == {"email": "jane@example.com"}
    assert shown["custom_metadata"] == {"internal_account_id": "user-1"}
    assert shown["automatically_manage_new_devices"] is True


def test_an_update_is_seen_by_the_next_list(account, seam):
    seam.connected_accounts.update(
        connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-1"}
    )

    found = seam.connected_accounts.list(custom_metadata_has={"internal_account_id": "user-1"})

    assert [one.connected_account_id for one in found] == [ACCOUNT_ID]


def test_an_update_causes_no_event(account, fake, seam):
    before = len(fake.events)

    seam.connected_accounts.update(
        connected_account_id=ACCOUNT_ID, custom_metadata={"internal_account_id": "user-1"}
    )

    assert len(fake.events) == before


def test_metadata_of_a_disconnected_account_can_be_updated(account, fake, seam, metadata):
    fake.disconnect_account(ACCOUNT_ID)

    seam.connected_accounts.update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1"})

    assert metadata() == {"a": "1"}


def test_an_update_of_one_account_leaves_the_others_alone(account, fake, seam):
    other = fake.connect_account(custom_metadata={"mine": True})

    seam.connected_accounts.update(connected_account_id=ACCOUNT_ID, custom_metadata={"a": "1"})

    found = seam.connected_accounts.get(connected_account_id=other["connected_account_id"])
    assert found.custom_metadata == {"mine": True}


def test_a_refused_customer_key_keeps_the_metadata_from_changing(fake, seam):
    sdk = seam.connected_accounts
    made = fake.connect_account(customer_key="north", custom_metadata={"a": "1"})
    account_id = made["connected_account_id"]

    with pytest.raises(Exception, match="already associated with a customer") as refusal:
        sdk.update(
            connected_account_id=account_id, customer_key="south", custom_metadata={"b": "2"}
        )

    assert refusal.value.status_code == 400
    assert sdk.get(connected_account_id=account_id).custom_metadata == {"a": "1"}


def test_a_customer_key_is_another_way_to_link_an_account(fake, seam):
    webview = seam.connect_webviews.create(customer_key="user-1")
    account = fake.complete_connect_webview(webview)

    found = seam.connected_accounts.list(customer_key="user-1")

    assert [one.connected_account_id for one in found] == [account["connected_account_id"]]


def test_an_account_can_be_looked_up_by_its_email(account, seam):
    assert seam.connected_accounts.get(email="JANE@example.com").connected_account_id == (
        ACCOUNT_ID
    )
