"""Which logins are the same account: the same provider, user and workspace, nothing else."""

from __future__ import annotations

import pytest


@pytest.fixture
def log_in(fake, seam):
    """Completes a login at a new webview; returns the account's id."""

    def log_in(provider, email, sdk=seam, **params):
        webview = sdk.connect_webviews.create(provider_category="internal_beta", **params)
        made = fake.complete_connect_webview(webview, provider=provider, email=email)
        return made["connected_account_id"]

    return log_in


def test_the_same_login_is_the_same_account(log_in):
    assert log_in("august", "jane@example.com") == log_in("august", "jane@example.com")


@pytest.mark.parametrize("again", ["JANE@example.com", "Jane@Example.Com", " jane@example.com "])
def test_the_spelling_of_an_address_does_not_matter(log_in, again):
    assert log_in("august", "jane@example.com") == log_in("august", again)


def test_an_account_keeps_the_spelling_of_its_first_login(log_in, seam):
    log_in("august", "Jane@example.com")

    account_id = log_in("august", "jane@EXAMPLE.com")

    account = seam.connected_accounts.get(connected_account_id=account_id)
    assert account.user_identifier.email == "Jane@example.com"


def test_another_address_is_another_account(log_in):
    assert log_in("august", "jane@example.com") != log_in("august", "john@example.com")


def test_another_provider_is_another_account(log_in):
    assert log_in("august", "jane@example.com") != log_in("schlage", "jane@example.com")


@pytest.mark.parametrize(("alias", "key"), [("google_nest", "nest"), ("yale_access", "yale")])
def test_two_names_of_one_provider_are_one_account(fake, seam, log_in, alias, key):
    webview = seam.connect_webviews.create(accepted_providers=[alias])
    made = fake.complete_connect_webview(webview, email="jane@example.com")

    assert made["account_type"] == key
    assert log_in(key, "jane@example.com") == made["connected_account_id"]


def test_another_workspace_is_another_account(fake, connect, log_in):
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)

    here, there = (
        log_in("august", "jane@example.com"),
        log_in("august", "jane@example.com", elsewhere),
    )

    assert here != there


def test_a_login_in_another_workspace_leaves_the_metadata_alone(fake, seam, connect, log_in):
    elsewhere = connect(fake.create_workspace("Elsewhere").api_key)
    account_id = log_in("august", "jane@example.com", custom_metadata={"user": "u1"})

    log_in("august", "jane@example.com", elsewhere, custom_metadata={"user": "u2"})

    account = seam.connected_accounts.get(connected_account_id=account_id)
    assert account.custom_metadata == {"user": "u1"}


def test_a_login_at_another_provider_leaves_the_metadata_alone(seam, log_in):
    account_id = log_in("august", "jane@example.com", custom_metadata={"user": "u1"})

    log_in("schlage", "jane@example.com", custom_metadata={"user": "u2"})

    account = seam.connected_accounts.get(connected_account_id=account_id)
    assert account.custom_metadata == {"user": "u1"}


def test_the_customer_does_not_distinguish_accounts(log_in):
    before = log_in("august", "jane@example.com")

    assert log_in("august", "jane@example.com", customer_key="north") == before


@pytest.mark.parametrize("provider", ["visionline", "salto_space"])
def test_the_same_user_at_two_sites_is_two_accounts(fake, provider):
    first = fake.connect_account(provider, username="jane", site="Hotel A")
    second = fake.connect_account(provider, username="jane", site="Hotel B")

    assert first["connected_account_id"] != second["connected_account_id"]


def test_a_deleted_account_is_not_found_again(seam, log_in):
    before = log_in("august", "jane@example.com")

    seam.connected_accounts.delete(connected_account_id=before)

    assert log_in("august", "jane@example.com") != before


def test_a_login_after_a_deletion_is_a_first_one(seam, log_in, event_types):
    account_id = log_in("august", "jane@example.com", custom_metadata={"user": "u1"})
    seam.connected_accounts.delete(connected_account_id=account_id)
    before = len(event_types())

    log_in("august", "jane@example.com")

    assert event_types()[before:] == [
        "connect_webview.login_succeeded",
        "connected_account.created",
        "connected_account.successful_login",
        "connected_account.connected",
        "device.added",
        "device.added",
        "device.connected",
        "device.connected",
        "connected_account.completed_first_sync",
    ]


def test_a_deletion_leaves_the_events_of_itself(seam, log_in, event_types):
    account_id = log_in("august", "jane@example.com")

    seam.connected_accounts.delete(connected_account_id=account_id)

    assert event_types() == [
        "connected_account.deleted",
        "device.deleted",
        "device.deleted",
    ]


def test_a_deletion_leaves_the_webview_as_it_was(seam, log_in):
    account_id = log_in("august", "jane@example.com")

    seam.connected_accounts.delete(connected_account_id=account_id)

    (webview,) = seam.connect_webviews.list()
    assert (webview.status, webview.connected_account_id) == ("authorized", account_id)
