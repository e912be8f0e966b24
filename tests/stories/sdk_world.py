"""A furnished workspace for the SDK's methods: two of most things, an hour between them."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from types import SimpleNamespace

from fakeseam import FakeSeam

__all__ = ["furnished"]

NOW = "2026-01-01T12:00:00Z"


def furnished():
    """A fake with two of most things, an hour between them; and their ids, by short names.

    The same fake each time, restored.
    """
    fake, ids, snapshot = _furnished_once()
    fake.restore(snapshot)
    return fake, ids


@cache
def _furnished_once():
    fake = FakeSeam(now=NOW)
    ids = SimpleNamespace()
    for name in ("attempt", "other_attempt"):
        made = fake.call("/workspaces/reset_sandbox")["action_attempt"]
        setattr(ids, name, made["action_attempt_id"])
    ids.pat = fake.create_personal_access_token()
    _first_hour(fake, ids)
    fake.clock.advance(timedelta(hours=1))
    _second_hour(fake, ids)
    _access_codes(fake, ids)
    return fake, ids, fake.snapshot()


def _first_hour(fake, ids):
    """Jane, a customer's user with managed August locks."""
    made = fake.call(
        "/connect_webviews/create",
        {"accepted_providers": ["august"], "custom_metadata": {"k": "a"}, "customer_key": "c1"},
    )["connect_webview"]
    ids.webview = made["connect_webview_id"]
    ids.account = _complete(fake, ids.webview, "jane@example.com")
    ids.device, ids.second_device = _devices(fake, ids.account)
    for what in ("disconnect", "disconnect_from_hub"):
        fake.call(f"/devices/simulate/{what}", {"device_id": ids.second_device})
    fake.call("/devices/update", {"device_id": ids.device, "custom_metadata": {"k": "a"}})
    ids.identity = fake.call(
        "/user_identities/create", {"user_identity_key": "i1", "full_name": "Jane"}
    )["user_identity"]["user_identity_id"]
    session = fake.call(
        "/client_sessions/create",
        {
            "user_identifier_key": "u1",
            "connect_webview_ids": [ids.webview],
            "connected_account_ids": [ids.account],
            "user_identity_id": ids.identity,
        },
    )["client_session"]
    ids.session = session["client_session_id"]
    ids.space = fake.call(
        "/spaces/create",
        {
            "name": "North",
            "space_key": "north",
            "customer_key": "c1",
            "device_ids": [ids.device],
            "connected_account_ids": [ids.account],
        },
    )["space"]["space_id"]
    ids.webhook = fake.call("/webhooks/create", {"url": "https://example.com/one"})["webhook"][
        "webhook_id"
    ]


def _second_hour(fake, ids):
    """John, without a customer, with a Nest; a Nuki; unmanaged locks and a sensor."""
    made = fake.call("/connect_webviews/create", {"accepted_providers": ["nest"]})
    ids.other_webview = made["connect_webview"]["connect_webview_id"]
    ids.other_account = _complete(fake, ids.other_webview, "john@example.com")
    (ids.other_device,) = _devices(fake, ids.other_account)
    nuki = fake.connect_account("nuki", "nora@example.com")["connected_account_id"]
    ids.nuki, ids.second_nuki = _devices(fake, nuki)
    for provider, customer in (("yale", "c1"), ("minut", None)):  # an hour between them
        account = fake.connect_account(
            provider,
            "uma@example.com",
            customer_key=customer,
            automatically_manage_new_devices=False,
        )
        setattr(ids, f"{provider}_account", account["connected_account_id"])
        listed = fake.call(
            "/devices/unmanaged/list", {"connected_account_id": account["connected_account_id"]}
        )["devices"]
        setattr(ids, f"{provider}_device", listed[0]["device_id"])
        if provider == "yale":
            fake.clock.advance(timedelta(hours=1))
    newest = fake.call("/connect_webviews/list")["connect_webviews"][-1]
    ids.minut_webview = newest["connect_webview_id"]
    pending = fake.call("/connect_webviews/create", {"customer_key": "c2"})["connect_webview"]
    ids.pending_webview = pending["connect_webview_id"]
    ids.other_identity = fake.call(
        "/user_identities/create", {"user_identity_key": "i2", "email_address": "i2@example.com"}
    )["user_identity"]["user_identity_id"]
    other = fake.call("/client_sessions/create", {"customer_key": "c2"})["client_session"]
    ids.other_session = other["client_session_id"]
    fake.call("/client_sessions/create", {"user_identifier_key": "u2"})
    ids.other_space = fake.call("/spaces/create", {"name": "South", "space_key": "south"})[
        "space"
    ]["space_id"]
    made = fake.call("/webhooks/create", {"url": "https://example.com/two"})["webhook"]
    ids.other_webhook = made["webhook_id"]
    added = fake.call("/events/list", {"since": "2020-01-01", "event_type": "device.added"})
    ids.event = added["events"][0]["event_id"]
    _with_more_to_find(fake, ids)


def _with_more_to_find(fake, ids):
    """A lock with a time zone, and an account whose next sync adds a thermostat."""
    omnitec = fake.connect_account("omnitec", "olga@example.com")["connected_account_id"]
    ids.omnitec, _ = _devices(fake, omnitec)
    made = fake.call("/connect_webviews/create", {"accepted_providers": ["smartthings"]})
    webview_id = made["connect_webview"]["connect_webview_id"]
    ids.unsynced_account = _complete(fake, webview_id, "sam@example.com")
    fake.call(
        "/connected_accounts/update",
        {
            "connected_account_id": ids.unsynced_account,
            "accepted_capabilities": ["lock", "thermostat"],
        },
    )


def _access_codes(fake, ids):
    """Two of each kind of code: for good, for a stay with a backup, and unmanaged."""
    ids.smartthings, ids.second_smartthings = _devices(fake, ids.unsynced_account)
    for provider in ("salto_ks", "igloohome", "ttlock"):
        account = fake.connect_account(provider, "ida@example.com")["connected_account_id"]
        setattr(ids, provider.removesuffix("_ks"), _devices(fake, account)[0])

    def create(device_id, name, code, **more):
        sent = {"device_id": device_id, "name": name, "code": code, **more}
        return fake.call("/access_codes/create", sent)["access_code"]["access_code_id"]

    def create_unmanaged(name, code):
        made = fake.create_unmanaged_access_code(ids.device, code, name)
        return made["access_code_id"]

    ids.code = create(ids.device, "Guest", "1111", common_code_key="k1")
    ids.second_code = create(ids.device, "Second guest", "2222", common_code_key="k2")
    ids.offline_code = create(ids.second_device, "Offline", "5555")
    stay = {"starts_at": "2026-03-01T12:00:00Z", "ends_at": "2026-03-04T12:00:00Z"}
    stay["use_backup_access_code_pool"] = True
    ids.stay = create(ids.nuki, "Stay", "939393", **stay)
    ids.second_stay = create(ids.second_nuki, "Second stay", "949494", **stay)
    ids.unmanaged = create_unmanaged("Owner", "3333")
    ids.second_unmanaged = create_unmanaged("Cleaner", "4444")


def _complete(fake, webview_id, email):
    account = fake.complete_connect_webview(webview_id, email=email)
    return account["connected_account_id"]


def _devices(fake, account_id):
    listed = fake.call("/devices/list", {"connected_account_id": account_id})["devices"]
    return [device["device_id"] for device in listed]
