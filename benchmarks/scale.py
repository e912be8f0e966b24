"""Measures whether calls get slower in a larger store. Run: python benchmarks/scale.py

Prints for each call how many times longer it takes with 5,000 connected accounts than with 500,
in one run on one machine. 1.0 means equally long.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

from fakeseam import FakeSeam

SMALL, LARGE = 500, 5_000
ROUNDS, CALLS = 9, 40


def main() -> None:
    small, large = _fake(SMALL), _fake(LARGE)
    for name in _calls(small):
        ratios = [_time(_calls(large)[name]) / _time(_calls(small)[name]) for _ in range(ROUNDS)]
        print(f"{name:<34} x {statistics.median(ratios):.2f}")


def _fake(accounts: int) -> FakeSeam:
    """Returns a fake with a webhook, and accounts with devices, customer, session and space."""
    fake = FakeSeam()
    fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    for number in range(accounts):
        account = fake.connect_account(
            email=f"{number}@example.com",
            custom_metadata={"user": str(number)},
            customer_key=str(number),
        )
        ids = [account["connected_account_id"]]
        fake.create_client_session(str(number), connected_account_ids=ids)
        space = {"name": "Home", "space_key": str(number), "connected_account_ids": ids}
        fake.call("/spaces/create", space)
    return fake


def _calls(fake: FakeSeam) -> dict[str, Callable[[], object]]:
    account = fake.call("/connected_accounts/get", {"email": "77@example.com"})
    account_id = account["connected_account"]["connected_account_id"]
    session = fake.call("/client_sessions/get", {"user_identifier_key": "77"})["client_session"]
    space = fake.call("/spaces/get", {"space_key": "77"})["space"]
    device = fake.call("/devices/list", {"connected_account_id": account_id})["devices"][0]

    event = fake.call("/events/get", {"device_id": device["device_id"]})["event"]

    url = fake.call("/connect_webviews/create")["connect_webview"]["url"]
    page = dict(parse_qsl(urlsplit(url).query))

    def log_in_on_the_page() -> None:
        webview = fake.call("/connect_webviews/create", {"custom_metadata": {"user": "77"}})
        query = dict(parse_qsl(urlsplit(webview["connect_webview"]["url"]).query))
        typed = {"email": "77@example.com", "password": "1234"}
        step = {**query, "provider": "minut", "step": "account", "typed": typed}
        fake.call("/connect_webviews/view", step)

    snapshot = fake.snapshot()

    def refuse() -> None:
        try:
            fake.call("/connected_accounts/get", {"connected_account_id": "no uuid"})
        except Exception as error:
            assert "uuid" in str(error)

    return {
        "get by id": lambda: fake.call(
            "/connected_accounts/get", {"connected_account_id": account_id}
        ),
        "get by email": lambda: fake.call("/connected_accounts/get", {"email": "77@example.com"}),
        "list by metadata": lambda: fake.call(
            "/connected_accounts/list", {"custom_metadata_has": {"user": "77"}}
        ),
        "first page of ten": lambda: fake.call("/connected_accounts/list", {"limit": 10}),
        "devices of an account": lambda: fake.call(
            "/devices/list", {"connected_account_id": account_id}
        ),
        "events of an account": lambda: fake.call(
            "/events/list", {"since": "2000-01-01", "connected_account_id": account_id, "limit": 9}
        ),
        "events of a session": lambda: fake.call(
            "/events/list", {"since": "2000-01-01"}, token=session["token"]
        ),
        "events by id": lambda: fake.call(
            "/events/list", {"since": "2000-01-01", "event_ids": [event["event_id"]]}
        ),
        "newest event of a type": lambda: fake.call(
            "/events/get", {"event_type": "device.connected"}
        ),
        "a delivery among all": lambda: fake.webhooks[77],
        "accounts of a space": lambda: fake.call(
            "/connected_accounts/list", {"space_id": space["space_id"]}
        ),
        "accounts of a customer": lambda: fake.call(
            "/connected_accounts/list", {"customer_key": "77"}
        ),
        "devices of a session": lambda: fake.call("/devices/list", token=session["token"]),
        "disconnect and connect a device": lambda: [
            fake.call(f"/devices/simulate/{what}", {"device_id": device["device_id"]})
            for what in ("disconnect", "connect")
        ],
        "log in again": lambda: fake.connect_account(email="77@example.com"),
        "open the login page": lambda: fake.call("/connect_webviews/view", page, method="GET"),
        "log in on the page": log_in_on_the_page,
        "a refused call": refuse,
        "snapshot": fake.snapshot,
        "restore": lambda: fake.restore(snapshot),
        # The first write to a table after a restore copies the table.
        "restore, and read": lambda: (fake.restore(snapshot), fake.call("/workspaces/get")),
        "restore, and write to all tables": lambda: (
            fake.restore(snapshot),
            fake.connect_account(email="77@example.com"),
        ),
    }


def _time(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _ in range(CALLS):
        call()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
