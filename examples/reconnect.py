"""Connects an account, disconnects it as its provider does, and reconnects it.

Run it against a fresh fake: fakeseam exec -- python examples/reconnect.py
"""

import os

import httpx
from seam import Seam

seam = Seam()  # reads SEAM_ENDPOINT and SEAM_API_KEY, as in any app


def control(name, **params):
    """Calls the control API, which acts as the user or the provider."""
    url = f"{os.environ['SEAM_ENDPOINT']}/_fakeseam/{name}"
    return httpx.post(url, json=params).raise_for_status().json()


def connect(email, **metadata):
    webview = seam.connect_webviews.create(accepted_providers=["august"], custom_metadata=metadata)
    control(
        "complete_connect_webview",
        connect_webview_id=webview.connect_webview_id,
        email=email,
    )
    webview = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)
    return seam.connected_accounts.get(connected_account_id=webview.connected_account_id)


def show(what, account):
    errors = ", ".join(error.error_code for error in account.errors) or "no errors"
    print(f"{what:<12} {account.connected_account_id}  {dict(account.custom_metadata)}  {errors}")


account = connect("jane@example.com", your_app_user_id="u1")
show("connected", account)

control("disconnect_account", connected_account_id=account.connected_account_id)
account = seam.connected_accounts.get(connected_account_id=account.connected_account_id)
show("disconnected", account)

account = connect("JANE@example.com", internal_account_id="user-1")
show("reconnected", account)

for event in seam.events.list(since="2000-01-01T00:00:00Z"):
    print(event.created_at, event.event_type)

seam.close()
