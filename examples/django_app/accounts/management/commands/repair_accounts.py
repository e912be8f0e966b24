"""The nightly job, for events that were missed: python manage.py repair_accounts"""

from __future__ import annotations

from accounts.models import Account
from accounts.seam_accounts import accounts_at_seam, note
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the records of all accounts as the accounts are at Seam."

    def handle(self, *args: object, **options: object) -> None:
        for landlord in User.objects.filter(is_active=True):
            found = accounts_at_seam(landlord)
            for one in found:
                note(one)
            ids = [one.connected_account_id for one in found]
            gone, _ = Account.objects.filter(landlord=landlord).exclude(pk__in=ids).delete()
            self.stdout.write(f"{landlord}: {len(found)} at Seam, {gone} gone")
