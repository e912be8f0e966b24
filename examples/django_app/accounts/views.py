from __future__ import annotations

import logging

import httpx
from accounts.models import Account, HandledMessage
from accounts.seam_accounts import open_webview, refresh, seam
from accounts.webhooks import handle_event, verify
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from seam import SeamError, SeamWebhookVerificationError

logger = logging.getLogger(__name__)


class LandlordRequest(HttpRequest):
    """A request of somebody who is signed in: all views but the webhook's require that."""

    user: User


@login_required
def accounts(request: LandlordRequest) -> HttpResponse:
    own = Account.objects.filter(landlord=request.user)
    return render(request, "accounts/accounts.html", {"accounts": own})


@login_required
def broken(request: LandlordRequest) -> HttpResponse:
    found = Account.objects.filter(landlord=request.user, state=Account.State.BROKEN)
    return render(request, "accounts/broken.html", {"accounts": found})


@login_required
@require_POST
def connect(request: LandlordRequest) -> HttpResponse:
    return to_webview(request, request.POST["building"])


@login_required
@require_POST
def reconnect(request: LandlordRequest, account_id: str) -> HttpResponse:
    account = get_object_or_404(Account, pk=account_id, landlord=request.user)
    return to_webview(request, account.building)


def to_webview(request: LandlordRequest, building: str) -> HttpResponse:
    return_to = request.build_absolute_uri(reverse("connected"))
    return redirect(open_webview(request.user, building, return_to).url)


@login_required
def connected(request: LandlordRequest) -> HttpResponse:
    """The landlord comes back from the webview, maybe before the webhook does."""
    webview = seam.connect_webviews.get(connect_webview_id=request.GET["connect_webview_id"])
    if webview.custom_metadata.get("landlord_id") != str(request.user.pk):
        raise Http404
    if webview.connected_account_id:
        refresh(webview.connected_account_id)
        messages.success(request, "The account is connected.")
    else:
        messages.error(request, "The login did not work. Please try again.")
    return redirect("accounts")


@login_required
@require_POST
def remove(request: LandlordRequest, account_id: str) -> HttpResponse:
    """Deletes the account at Seam. The webhook about that removes the app's record."""
    account = get_object_or_404(Account, pk=account_id, landlord=request.user)
    seam.connected_accounts.delete(connected_account_id=account.pk)
    return redirect("accounts")


@login_required
@require_POST
def leave(request: LandlordRequest) -> HttpResponse:
    """Deletes all accounts of a landlord, who cannot sign in any more.

    If Seam fails meanwhile, the landlord stays, with the accounts that are left.
    """
    try:
        with transaction.atomic():
            User.objects.filter(pk=request.user.pk).update(is_active=False)
            for account in Account.objects.filter(landlord=request.user):
                seam.connected_accounts.delete(connected_account_id=account.pk)
    except (httpx.HTTPError, SeamError):
        logger.exception("landlord %s cannot leave", request.user.pk)
        messages.error(request, "Some accounts could not be removed. Please try again later.")
        return redirect("accounts")
    logout(request)
    return HttpResponse("Goodbye.")


@csrf_exempt
@require_POST
def seam_webhook(request: HttpRequest) -> HttpResponse:
    try:
        event = verify(request, settings.SEAM_WEBHOOK_SECRET)
    except SeamWebhookVerificationError:
        return HttpResponse("not signed by Seam", status=400)
    with transaction.atomic():  # if it fails, nothing is noted, and Seam sends the event again
        message_id = request.headers["svix-id"]
        _, is_new = HandledMessage.objects.get_or_create(message_id=message_id)
        if is_new:
            handle_event(event)
    return HttpResponse(status=204)
