"""Customers with data."""

from __future__ import annotations

import pytest


@pytest.fixture
def push(fake):
    """Pushes data of a customer."""

    def push(customer_key="hotel", **data):
        return fake.call("/customers/push_data", {"customer_key": customer_key, **data})

    return push


@pytest.fixture
def pushed(fake):
    """Two customers with a space, an identity and an account each."""
    for customer in ("hotel", "villa"):
        fake.connect_account(email=f"{customer}@example.com", customer_key=customer)
        room = {"name": "Room", "space_key": f"{customer} room"}
        jane = {"name": "Jane", "user_identity_key": f"{customer} jane"}
        data = {"customer_key": customer, "spaces": [room], "user_identities": [jane]}
        fake.call("/customers/push_data", data)
    return fake
