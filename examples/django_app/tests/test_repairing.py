"""The nightly job repairs what the app's records have missed."""

from __future__ import annotations

import pytest
from accounts.models import Account
from accounts.seam_accounts import seam
from conftest import metadata_of
from django.contrib.auth.models import User
from django.core.management import call_command

from fakeseam import FakeSeam


def test_the_job_notes_what_the_webhooks_missed(
    ann: User, bob: User, fakeseam: FakeSeam, capsys: pytest.CaptureFixture[str]
) -> None:
    gone = fakeseam.connect_account(email="gone@example.com", custom_metadata=metadata_of(ann))
    with fakeseam.webhooks.deliver_to(lambda delivery: 503):
        seam.connected_accounts.delete(connected_account_id=gone["connected_account_id"])
        new = fakeseam.connect_account(email="new@example.com", custom_metadata=metadata_of(ann))
        fakeseam.disconnect_account(new)
        fakeseam.connect_account(email="bob@example.com", custom_metadata=metadata_of(bob))

        call_command("repair_accounts")

    assert capsys.readouterr().out == "ann: 1 accounts\nbob: 1 accounts\n"
    noted = {(one.landlord, one.name, one.state) for one in Account.objects.all()}
    assert noted == {(ann, "new@example.com", "broken"), (bob, "bob@example.com", "working")}


def test_the_job_asks_for_one_landlords_accounts_at_a_time(
    ann: User, bob: User, fakeseam: FakeSeam
) -> None:
    call_command("repair_accounts")

    for landlord in (ann, bob):
        own = {"landlord_id": str(landlord.pk)}
        fakeseam.requests.assert_called(
            "/connected_accounts/list", times=1, custom_metadata_has=own
        )
