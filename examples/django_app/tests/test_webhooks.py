"""Webhooks from Seam, and forged ones."""

from __future__ import annotations

from datetime import timedelta

import pytest
from accounts.models import Account
from conftest import metadata_of
from django.contrib.auth.models import User
from django.test import AsyncClient, Client

from fakeseam import FakeSeam

PATH = "/webhooks/seam/"


def test_an_event_that_seam_did_not_sign_is_refused(
    client: Client, ann: User, bob: User, fakeseam: FakeSeam
) -> None:
    fakeseam.connect_account(custom_metadata=metadata_of(ann))
    real = fakeseam.webhooks.assert_sent("connected_account.created")
    forged = real.body.replace("Elm Street", "Oak Street")
    Account.objects.all().delete()

    response = client.post(PATH, forged, content_type="application/json", headers=real.headers)

    assert response.status_code == 400
    assert not Account.objects.exists()


def test_a_repeated_event_is_handled_once(client: Client, ann: User, fakeseam: FakeSeam) -> None:
    fakeseam.connect_account(custom_metadata=metadata_of(ann))
    sent = fakeseam.webhooks.assert_sent("connected_account.created")
    Account.objects.all().delete()

    response = client.post(PATH, sent.body, content_type="application/json", headers=sent.headers)

    assert response.status_code == 204
    assert not Account.objects.exists()


def test_seam_needs_no_csrf_token(ann: User, fakeseam: FakeSeam) -> None:
    fakeseam.webhooks.deliver_to(Client(enforce_csrf_checks=True))

    fakeseam.connect_account(custom_metadata=metadata_of(ann))

    fakeseam.webhooks.assert_all_delivered()


def test_an_event_is_sent_again_if_the_app_cannot_reach_seam(
    ann: User, fakeseam: FakeSeam
) -> None:
    # The fault outlasts the SDK's own three tries for each of the three events.
    fakeseam.faults.add("/connected_accounts/get", status=503, times=9)
    fakeseam.connect_account(custom_metadata=metadata_of(ann))
    assert not Account.objects.exists()

    fakeseam.clock.advance(timedelta(seconds=5))

    assert Account.objects.get().landlord == ann
    fakeseam.webhooks.assert_all_delivered()


@pytest.mark.asyncio
@pytest.mark.django_db(transaction=True)
async def test_an_asynchronous_client_receives_webhooks_too(
    async_client: AsyncClient, ann: User, fakeseam: FakeSeam
) -> None:
    """Django runs the synchronous view in a thread, which sees no transaction of the test's."""
    fakeseam.webhooks.deliver_to(async_client)

    account = await fakeseam.aio.connect_account(custom_metadata=metadata_of(ann))
    await fakeseam.aio.disconnect_account(account)

    assert (await Account.objects.aget()).state == Account.State.BROKEN
    fakeseam.webhooks.assert_all_delivered()
