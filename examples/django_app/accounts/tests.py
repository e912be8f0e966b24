"""The same without pytest: python manage.py test --settings rentdesk.settings_for_tests"""

from __future__ import annotations

from io import StringIO
from urllib.parse import parse_qs, urlsplit

from accounts.models import Account
from accounts.seam_accounts import seam
from accounts.webhooks import EVENT_TYPES
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import TestCase
from django.urls import reverse

from fakeseam import FakeSeam


class SeamTestCase(TestCase):
    """Each test has a fake of its own, with the key of the app's ``Seam()``."""

    def setUp(self) -> None:
        self.fake = self.enterContext(FakeSeam(api_key=settings.SEAM_API_KEY))
        self.enterContext(self.fake.environment())
        webhook = seam.webhooks.create(
            url="https://rentdesk.example.com/webhooks/seam/", event_types=EVENT_TYPES
        )
        self.enterContext(self.settings(SEAM_WEBHOOK_SECRET=webhook.secret))
        self.fake.webhooks.deliver_to(self.client)
        self.ann = User.objects.create_user("ann")
        self.client.force_login(self.ann)
        self.metadata = {"landlord_id": str(self.ann.pk), "building": "Elm Street 1"}


class ReconnectingTest(SeamTestCase):
    def test_reconnecting_sends_all_metadata_again(self) -> None:
        account = self.fake.connect_account(email="ann@example.com", custom_metadata=self.metadata)
        self.fake.disconnect_account(account)
        self.assertContains(self.client.get(reverse("broken")), "Elm Street 1")

        response = self.client.post(reverse("reconnect", args=[account["connected_account_id"]]))
        webview = parse_qs(urlsplit(response.headers["Location"]).query)["connect_webview_id"][0]
        again = self.fake.complete_connect_webview(webview, email="ann@example.com")

        self.assertEqual(again["custom_metadata"], self.metadata)
        self.assertNotContains(self.client.get(reverse("broken")), "Elm Street 1")
        self.fake.webhooks.assert_all_delivered()

    async def test_an_asynchronous_client_receives_webhooks_too(self) -> None:
        self.fake.webhooks.deliver_to(self.async_client)

        account = await self.fake.aio.connect_account(custom_metadata=self.metadata)
        await self.fake.aio.disconnect_account(account)

        self.assertEqual((await Account.objects.aget()).state, Account.State.BROKEN)
        self.fake.webhooks.assert_all_delivered()


class RemovingTest(SeamTestCase):
    def setUp(self) -> None:
        super().setUp()
        account = self.fake.connect_account(custom_metadata=self.metadata)
        self.account_id = account["connected_account_id"]

    def test_the_webhook_removes_a_removed_account(self) -> None:
        self.assertTrue(Account.objects.filter(landlord=self.ann).exists())

        self.client.post(reverse("remove", args=[self.account_id]))

        self.assertFalse(Account.objects.exists())
        self.fake.webhooks.assert_all_delivered()

    def test_webhooks_come_after_the_transaction_of_the_view(self) -> None:
        self.fake.webhooks.deliver_to(self.client, when="settled")

        self.client.post(reverse("leave"))
        self.assertTrue(Account.objects.exists())
        self.fake.webhooks.settle()

        self.assertFalse(Account.objects.exists())

    def test_the_nightly_job_removes_what_the_webhook_missed(self) -> None:
        with self.fake.webhooks.deliver_to(lambda delivery: 503):
            seam.connected_accounts.delete(connected_account_id=self.account_id)

        call_command("repair_accounts", stdout=StringIO())

        self.assertFalse(Account.objects.exists())
