"""A fake with an August lock, and short ways to what these tests do again and again."""

from __future__ import annotations

import pytest


class Lock:
    """A lock of a fake, through ``fake.call``."""

    def __init__(self, fake, device_id):
        self.fake = fake
        self.device_id = device_id

    def __call__(self, path, **params):
        return self.fake.call(f"/locks/{path}", {"device_id": self.device_id, **params})

    def ended(self, attempt):
        """The attempt of a call, as it is by its next read."""
        sent = {"action_attempt_id": attempt["action_attempt"]["action_attempt_id"]}
        return self.fake.call("/action_attempts/get", sent)["action_attempt"]

    @property
    def properties(self):
        sent = {"device_id": self.device_id}
        return self.fake.call("/devices/get", sent)["device"]["properties"]

    def events(self, since=0):
        return [
            event["event_type"]
            for event in list(self.fake.events)[since:]
            if event["event_type"].startswith(("lock.", "action_attempt.", "device."))
        ]


@pytest.fixture
def lock(fake):
    fake.connect_account("august", email="jane@example.com")
    return Lock(fake, fake.call("/devices/list")["devices"][0]["device_id"])


@pytest.fixture
def lock_of(fake):
    """Returns a lock of another brand."""

    def lock_of(provider, **device):
        devices = [{"name": "Door", **device}] if device else None
        account = fake.connect_account(provider, devices=devices)["connected_account_id"]
        found = fake.call("/devices/list", {"connected_account_id": account})["devices"]
        return Lock(fake, found[0]["device_id"])

    return lock_of


@pytest.fixture
def new_events(fake, lock):
    """Returns the types of the events that a function causes, with the next step."""

    def new_events(cause):
        since = len(fake.events)
        cause()
        return lock.events(since)

    return new_events
