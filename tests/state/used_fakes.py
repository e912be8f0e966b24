"""A fake with records of every kind, and the lists by which two fakes are compared."""

from __future__ import annotations

from fakeseam import FakeSeam

NOW = "2026-01-01T00:00:00Z"


def used_fake(**arguments):
    """A fake with records of every kind."""
    fake = FakeSeam(now=NOW, **arguments)
    fake.create_workspace("Other")
    account = fake.connect_account(email="jane@example.com", custom_metadata={"z": "1", "a": True})
    fake.create_client_session("u1", connected_account_ids=[account["connected_account_id"]])
    fake.create_personal_access_token()
    fake.fail_connect_webview(fake.call("/connect_webviews/create")["connect_webview"])
    fake.disconnect_account(account)
    return fake


def lists_of(fake):
    return [
        fake.call("/connect_webviews/list"),
        fake.call("/connected_accounts/list"),
        fake.call("/devices/list"),
        fake.call("/events/list", {"since": "2025-01-01"}),
    ]
