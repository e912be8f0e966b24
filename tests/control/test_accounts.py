"""``connect_account`` and what breaks accounts: wrong calls are named, and change nothing."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.mark.parametrize("method", ["disconnect_account", "request_reauthorization"])
def test_an_unknown_account_is_named(misuse, method):
    message = misuse(method, UNKNOWN)

    assert message == f"no connected account '{UNKNOWN}' here (deleted, or never connected)"


@pytest.mark.parametrize("method", ["disconnect_account", "request_reauthorization"])
def test_an_object_without_an_account_id_is_misuse(create, misuse, method):
    message = misuse(method, create())

    assert message.startswith("Expected a connected_account_id, or an object that has one, not {")


def test_a_broken_account_cannot_request_authorization(fake, misuse):
    account = fake.connect_account()
    fake.disconnect_account(account)

    message = misuse("request_reauthorization", account)

    assert message.startswith(
        "request_reauthorization: connected_account: no 'request_reauthorization' in"
        " 'disconnected'; legal here: ['delete', 'disconnect', 'login', 'sync', 'update'];"
        " nothing has changed"
    )


@pytest.mark.parametrize(
    ("how", "message"),
    [
        (
            {"custom_metadata": {"a.b": "1"}},
            "connect_account: Custom metadata key names cannot contain a period (.)"
            ' for "custom_metadata.a.b"',
        ),
        ({"custom_metadata": {"a": 1}}, 'connect_account: Invalid input for "custom_metadata.a"'),
        (
            {"workspace_id": UNKNOWN},
            f"This fake has no workspace '{UNKNOWN}'. Create one with create_workspace().",
        ),
    ],
)
def test_what_the_api_would_refuse_is_misuse(misuse, how, message):
    assert misuse("connect_account", **how) == message


def test_an_unknown_provider_of_an_account_is_refused_with_the_nearest_ones(misuse):
    assert misuse("connect_account", provider="schlag").startswith(
        "no provider 'schlag'; nearest: schlage"
    )


@pytest.mark.parametrize("blank", ["", " ", "\t\n"])
def test_a_blank_address_is_misuse(blank):
    with pytest.raises(MisuseError, match='String must not be blank for "email"'):
        FakeSeam().connect_account(email=blank)


# Given ids


def test_a_taken_id_is_named(fake, misuse):
    fake.connect_account(connected_account_id=UNKNOWN)

    message = misuse("connect_account", connected_account_id=UNKNOWN)

    assert message == (
        f"connected_account_id='{UNKNOWN}' is taken by another connected account; choose another"
        " one"
    )


def test_an_id_is_taken_whatever_the_workspace(fake, misuse):
    other = fake.create_workspace()
    fake.connect_account(connected_account_id=UNKNOWN, workspace_id=other.workspace_id)

    assert "is taken by another connected account" in misuse(
        "connect_account", connected_account_id=UNKNOWN
    )


def test_a_login_keeps_the_id_that_it_has(fake, misuse):
    account = fake.connect_account(email="jane@example.com")

    message = misuse("connect_account", email="jane@example.com", connected_account_id=UNKNOWN)

    assert message == (
        f"this login already has the account '{account['connected_account_id']}', so it cannot"
        f" get the id '{UNKNOWN}'"
    )


def test_a_login_may_be_given_the_id_that_it_has(fake):
    fake.connect_account(email="jane@example.com", connected_account_id=UNKNOWN)

    again = fake.connect_account(email="jane@example.com", connected_account_id=UNKNOWN)

    assert again["connected_account_id"] == UNKNOWN


def test_an_id_that_a_test_has_given_is_not_used_for_the_next_account(fake):
    given = FakeSeam().connect_account()["connected_account_id"]
    fake.connect_account(email="x@example.com", connected_account_id=given)

    fake.connect_account(email="y@example.com")

    accounts = fake.call("/connected_accounts/list")["connected_accounts"]
    assert [account["display_name"] for account in accounts] == ["x@example.com", "y@example.com"]
    assert accounts[0]["connected_account_id"] == given


def test_an_id_that_a_test_has_given_is_not_used_in_another_workspace(fake):
    given = FakeSeam().connect_account()["connected_account_id"]
    other = fake.create_workspace()
    fake.connect_account(connected_account_id=given, workspace_id=other.workspace_id)

    account = fake.connect_account()

    assert account["connected_account_id"] != given
    others = fake.call("/connected_accounts/list", token=other.api_key)["connected_accounts"]
    assert [account["connected_account_id"] for account in others] == [given]
