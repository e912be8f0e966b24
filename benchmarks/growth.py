"""Whether calls in process get slower in a larger store."""

from __future__ import annotations

from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from fakeseam import ApiError, FakeSeam

from .timing import Effort, Row, Table, Unit, interleave

__all__ = ["measure"]

# Whose account is looked for: one that the smallest store has too.
USER = "7"
EMAIL = f"{USER}@example.com"


def measure(effort: Effort) -> list[Table]:
    stores = {accounts: _calls(_fake(accounts)) for accounts in effort.sizes}
    smallest, *larger = stores
    rows = []
    for name, floor in stores[smallest].items():
        seconds = interleave([calls[name] for calls in stores.values()], effort)
        for accounts in larger:
            pairs = zip(seconds[stores[accounts][name]], seconds[floor], strict=True)
            ratios = [mine / one for mine, one in pairs]
            rows.append(Row(name, ratios, column=f"{accounts:,} accounts"))
    note = f"The same call in a larger store; 1.00 is its time with {smallest} accounts."
    return [Table("Growth: near 1, calls do not get slower", note, rows)]


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


def _calls(fake: FakeSeam) -> dict[str, Unit]:
    """Returns what is measured in a store, by its name in the table."""
    account = fake.call("/connected_accounts/get", {"email": EMAIL})
    account_id = account["connected_account"]["connected_account_id"]
    session = fake.call("/client_sessions/get", {"user_identifier_key": USER})["client_session"]
    space = fake.call("/spaces/get", {"space_key": USER})["space"]
    device = fake.call("/devices/list", {"connected_account_id": account_id})["devices"][0]

    event = fake.call("/events/get", {"device_id": device["device_id"]})["event"]

    url = fake.call("/connect_webviews/create")["connect_webview"]["url"]
    page = dict(parse_qsl(urlsplit(url).query))

    def log_in_on_the_page() -> None:
        webview = fake.call("/connect_webviews/create", {"custom_metadata": {"user": USER}})
        query = dict(parse_qsl(urlsplit(webview["connect_webview"]["url"]).query))
        typed = {"email": EMAIL, "password": "1234"}
        step = {**query, "provider": "minut", "step": "account", "typed": typed}
        fake.call("/connect_webviews/view", step)

    snapshot = fake.snapshot()

    def refuse() -> None:
        with suppress(ApiError):
            fake.call("/connected_accounts/get", {"connected_account_id": "no uuid"})

    def restore_and_read() -> None:
        fake.restore(snapshot)
        fake.call("/workspaces/get")

    def restore_and_write() -> None:
        fake.restore(snapshot)  # the first write to a table after it copies the table
        fake.connect_account(email=EMAIL)

    return {
        "get by id": lambda: fake.call(
            "/connected_accounts/get", {"connected_account_id": account_id}
        ),
        "get by email": lambda: fake.call("/connected_accounts/get", {"email": EMAIL}),
        "list by metadata": lambda: fake.call(
            "/connected_accounts/list", {"custom_metadata_has": {"user": USER}}
        ),
        "first page of five": lambda: fake.call("/connected_accounts/list", {"limit": 5}),
        "filtered page of ten": lambda: fake.call(
            "/devices/list", {"device_type": "august_lock", "limit": 10}
        ),
        "update": lambda: fake.call(
            "/connected_accounts/update",
            {"connected_account_id": account_id, "custom_metadata": {"user": USER}},
        ),
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
        "a delivery among all": lambda: fake.webhooks[7],
        "accounts of a space": lambda: fake.call(
            "/connected_accounts/list", {"space_id": space["space_id"]}
        ),
        "accounts of a customer": lambda: fake.call(
            "/connected_accounts/list", {"customer_key": USER}
        ),
        "devices of a session": lambda: fake.call("/devices/list", token=session["token"]),
        "disconnect and connect a device": lambda: [
            fake.call(f"/devices/simulate/{what}", {"device_id": device["device_id"]})
            for what in ("disconnect", "connect")
        ],
        "log in again": lambda: fake.connect_account(email=EMAIL),
        "open the login page": lambda: fake.call("/connect_webviews/view", page, method="GET"),
        "log in on the page": log_in_on_the_page,
        "a refused call": refuse,
        "snapshot": fake.snapshot,
        "restore": lambda: fake.restore(snapshot),
        "restore, and read": restore_and_read,
        "restore, and write to all tables": restore_and_write,
    }
