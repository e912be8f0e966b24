"""What the app asks of Seam, and what it notes of the answers."""

from __future__ import annotations

from accounts.models import Account
from django.contrib.auth.models import User
from seam import Seam, SeamHttpApiError
from seam.resources import ConnectedAccount, ConnectWebview

seam = Seam()  # reads SEAM_API_KEY


def open_webview(landlord: User, building: str, return_to: str) -> ConnectWebview:
    """Returns a new Connect Webview for an account in a building.

    A login gives the webview's metadata to the account, in place of all that the account had. So
    a reconnection must send all of it again.
    """
    return seam.connect_webviews.create(
        custom_metadata={"landlord_id": str(landlord.pk), "building": building},
        custom_redirect_url=return_to,
    )


def accounts_at_seam(landlord: User) -> list[ConnectedAccount]:
    params = {"custom_metadata_has": {"landlord_id": str(landlord.pk)}}
    return seam.create_paginator(seam.connected_accounts.list, params).flatten_to_list()


def refresh(connected_account_id: str) -> None:
    """Notes the account as it is at Seam now: events may come late, and in any order."""
    try:
        found = seam.connected_accounts.get(connected_account_id=connected_account_id)
    except SeamHttpApiError as error:
        if error.status_code != 404:
            raise
        Account.objects.filter(pk=connected_account_id).delete()
    else:
        note(found)


def note(found: ConnectedAccount) -> None:
    is_broken = any(error.error_code == "account_disconnected" for error in found.errors)
    Account.objects.update_or_create(
        pk=found.connected_account_id,
        defaults={
            "landlord_id": found.custom_metadata["landlord_id"],
            "building": found.custom_metadata["building"],
            "provider": found.account_type_display_name,
            "name": found.display_name,
            "state": Account.State.BROKEN if is_broken else Account.State.WORKING,
        },
    )
