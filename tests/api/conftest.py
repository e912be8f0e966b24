"""A fake that holds a record of every kind: a new kind has to be added here."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from fakeseam import FakeSeam

AUGUST = {"accepted_providers": ["august"]}


@pytest.fixture(scope="module")
def world():
    """A fake with at least one record of every kind, its other workspace, and some ids."""
    fake = FakeSeam(seed=5, now="2026-01-01T00:00:00Z", defer_sync=True, rate_limits=True)
    fake.call("/webhooks/create", {"url": "http://localhost:1/hook"})
    fake.webhooks.deliver_to(lambda delivery: 500)
    fake.create_personal_access_token()
    fake.set_provider_devices("nuki", [{"name": "Gate"}])
    waiting = fake.call("/connect_webviews/create", {**AUGUST, "wait_for_device_creation": True})
    webview = waiting["connect_webview"]["connect_webview_id"]
    account = fake.complete_connect_webview(webview)["connected_account_id"]
    synced = fake.connect_account("nuki")["connected_account_id"]
    fake.sync_account(synced)
    device = fake.call("/devices/list")["devices"][0]["device_id"]
    _codes(fake)
    identity = fake.call("/user_identities/create", {"full_name": "Jane"})["user_identity"]
    fake.call("/spaces/create", {"name": "Hall", "device_ids": [device], "customer_key": "c"})
    fake.create_client_session(
        "jane",
        connect_webview_ids=[webview],
        connected_account_ids=[account, synced],
        user_identity_id=identity["user_identity_id"],
    )
    other = fake.create_workspace("Other")
    fake.connect_account("august", workspace_id=other.workspace_id)
    fake.call("/workspaces/reset_sandbox", token=other.api_key)
    yield SimpleNamespace(fake=fake, other=other, account=account, synced=synced, device=device)
    fake.close()


def _codes(fake):
    """A code that waits for its start, one that waits for its device, and a door about to lock."""
    account = fake.connect_account("august")["connected_account_id"]
    fake.sync_account(account)
    devices = fake.call("/devices/list", {"connected_account_id": account})["devices"]
    front, back = ({"device_id": device["device_id"]} for device in devices)
    times = {"starts_at": "2026-02-01T00:00:00Z", "ends_at": "2026-02-02T00:00:00Z"}
    fake.call("/access_codes/create", {**front, **times})
    auto_lock = {"auto_lock_enabled": True, "auto_lock_delay_seconds": 60}
    fake.call("/locks/configure_auto_lock", {**front, **auto_lock})
    fake.turn_lock(front, False)
    fake.call("/devices/simulate/disconnect", back)
    fake.call("/access_codes/create", back)


@pytest.fixture
def dump(world):
    """The dump of that fake, as JSON that a test may change."""
    return json.loads(json.dumps(world.fake.call("/_fakeseam/dump")["dump"]))
