"""Accounts are removed: one, or all when a landlord leaves.

Seam's webhook comes in the thread of the view. It writes to the database of the view, in the
transaction in which pytest-django's fixture ``db`` keeps the test.
"""

from __future__ import annotations

import pytest
from accounts.models import Account
from accounts.seam_accounts import seam
from conftest import metadata_of
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from fakeseam import FakeSeam


def test_the_webhook_removes_a_removed_account(
    browser: Client, ann: User, fakeseam: FakeSeam
) -> None:
    account = fakeseam.connect_account(custom_metadata=metadata_of(ann))
    assert Account.objects.filter(landlord=ann).exists()

    browser.post(reverse("remove", args=[account["connected_account_id"]]))

    assert seam.connected_accounts.list() == []
    assert not Account.objects.exists()
    fakeseam.webhooks.assert_sent("connected_account.deleted")
    fakeseam.webhooks.assert_all_delivered()


@pytest.fixture
def later(client: Client, fakeseam: FakeSeam) -> None:
    """Webhooks come at ``settle()``: after the view, which calls Seam in a transaction."""
    fakeseam.webhooks.deliver_to(client, when="settled")


@pytest.fixture
def two_accounts(ann: User, fakeseam: FakeSeam, later: None) -> None:
    for building in ("Elm Street 1", "Oak Street 2"):
        fakeseam.connect_account(custom_metadata=metadata_of(ann, building))
    fakeseam.webhooks.settle()
    assert Account.objects.filter(landlord=ann).count() == 2


@pytest.mark.usefixtures("two_accounts")
def test_all_accounts_are_removed_when_a_landlord_leaves(
    browser: Client, ann: User, fakeseam: FakeSeam
) -> None:
    response = browser.post("/leave/")

    assert response.text == "Goodbye."
    ann.refresh_from_db()
    assert not ann.is_active
    assert Account.objects.count() == 2  # the view has ended, and no webhook has come yet

    fakeseam.webhooks.settle()

    assert not Account.objects.exists()
    fakeseam.webhooks.assert_all_delivered()


@pytest.mark.usefixtures("two_accounts")
def test_what_a_webhook_wrote_outlives_the_rollback_of_the_view(
    browser: Client, ann: User, fakeseam: FakeSeam
) -> None:
    # The second account: the SDK tries three times.
    fakeseam.faults.add("/connected_accounts/delete", status=503, after=1, times=3)

    response = browser.post("/leave/", follow=True)
    fakeseam.webhooks.settle()

    assert "Some accounts could not be removed." in response.text
    ann.refresh_from_db()
    assert ann.is_active
    assert [account.building for account in Account.objects.all()] == ["Oak Street 2"]
