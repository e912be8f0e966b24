"""A fake with locks, and short ways to what the tests of access codes do again and again."""

from __future__ import annotations

from datetime import timedelta

import pytest


class Codes:
    """The access codes of a fake, through ``fake.call``."""

    def __init__(self, fake, device_id):
        self.fake = fake
        self.device_id = device_id

    def create(self, device_id=None, **params):
        sent = {"device_id": device_id or self.device_id, **params}
        return self.fake.call("/access_codes/create", sent)["access_code"]

    def get(self, code, /):
        sent = {"access_code_id": code["access_code_id"]}
        return self.fake.call("/access_codes/get", sent)["access_code"]

    def unmanaged(self, code, /):
        sent = {"access_code_id": code["access_code_id"]}
        return self.fake.call("/access_codes/unmanaged/get", sent)["access_code"]

    def update(self, code, /, **params):
        sent = {"access_code_id": code["access_code_id"], **params}
        return self.fake.call("/access_codes/update", sent)["action_attempt"]

    def delete(self, code, /, **params):
        sent = {"access_code_id": code["access_code_id"], **params}
        return self.fake.call("/access_codes/delete", sent)["action_attempt"]

    def list(self, device_id=None, **params):
        sent = {"device_id": device_id or self.device_id, **params}
        return self.fake.call("/access_codes/list", sent)["access_codes"]

    def events(self, since=0):
        """The types of the events of codes, without ``access_code.``."""
        types = [event["event_type"] for event in self.fake.events][since:]
        return [one.removeprefix("access_code.") for one in types if one.startswith("access_code")]


@pytest.fixture
def lock(fake):
    """The id of an August lock; it is the first moment of 2026."""
    fake.connect_account("august", email="jane@example.com")
    return fake.call("/devices/list")["devices"][0]["device_id"]


@pytest.fixture
def codes(fake, lock):
    return Codes(fake, lock)


@pytest.fixture
def lock_of(fake):
    """Returns the id of a lock of another brand."""

    def lock_of(provider, **device):
        devices = [{"name": "Door", **device}] if device else None
        account = fake.connect_account(provider, devices=devices)["connected_account_id"]
        found = fake.call("/devices/list", {"connected_account_id": account})["devices"]
        return found[0]["device_id"]

    return lock_of


@pytest.fixture
def new_events(fake, codes):
    """Returns the types of the events of codes that a function causes, with the next step."""

    def new_events(cause):
        since = len(fake.events)
        cause()
        return codes.events(since)

    return new_events


@pytest.fixture
def pass_time(fake):
    def pass_time(**span):
        fake.clock.advance(timedelta(**span))

    return pass_time
