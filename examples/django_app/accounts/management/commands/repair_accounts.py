"""The nightly job, for events that were missed: python manage.py repair_accounts"""

from __future__ import annotations

from accounts.models import Account
from accounts.seam_accounts import accounts_at_seam, note, refresh
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the records of all accounts as the accounts are at Seam."

    def handle(self, *args: object, **options: object) -> None:
        for landlord in User.objects.order_by("pk"):
            found = accounts_at_seam(landlord)
            for one in found:
                note(one)
            ids = [one.connected_account_id for one in found]
            for missing in Account.objects.filter(landlord=landlord).exclude(pk__in=ids):
                refresh(missing.pk)
            self.stdout.write(f"{landlord}: {len(found)} accounts")
