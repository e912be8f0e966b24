"""The official SDK in one process: a fake against a constant answer to the same call."""

from __future__ import annotations

import httpx
from seam.seam import Seam

from fakeseam import FakeSeam

from .floor import OwnTransport, constant_app, sdk_over
from .timing import Effort, Table, compare

__all__ = ["measure"]

ACCOUNTS = 20
REDIRECT_URL = "https://app.example.com/connected"
METADATA: dict[str, str | bool] = {"user": "1"}


def measure(effort: Effort) -> list[Table]:
    calls = _Calls()
    pairs = (
        (calls.own_transport_get, calls.floor_get),
        (calls.client_get, calls.floor_get),
        (calls.client_list, calls.floor_list),
        (calls.client_update, calls.floor_update),
        (calls.client_create, calls.floor_create),
        (calls.plain_get, calls.floor_get),
        (calls.fresh_fake, calls.floor_get),
    )
    note = (
        f"A fake with {ACCOUNTS} accounts. 1.00 is the same call of the SDK over"
        " `httpx.WSGITransport` and a WSGI application that returns a constant answer."
    )
    return [Table("In process: lower is faster", note, compare(pairs, effort))]


class _Calls:
    """One fake, the SDK for it, and the SDK over constant copies of its answers."""

    def __init__(self) -> None:
        self.fake = fake = FakeSeam()
        accounts = [fake.connect_account(email=f"{n}@example.com") for n in range(ACCOUNTS)]
        self.account_id = account_id = accounts[0]["connected_account_id"]
        self.seam = fake.client()
        update = {"connected_account_id": account_id, "custom_metadata": METADATA}
        get = fake.call("/connected_accounts/get", {"connected_account_id": account_id})
        self.own_transport = sdk_over(OwnTransport(get))
        self.get = self._constant(get)
        self.list = self._constant(fake.call("/connected_accounts/list", {"limit": 20}))
        self.update = self._constant(fake.call("/connected_accounts/update", update))
        create = {"custom_redirect_url": REDIRECT_URL}
        self.create = self._constant(fake.call("/connect_webviews/create", create))

    @staticmethod
    def _constant(answer: object) -> Seam:
        return sdk_over(httpx.WSGITransport(constant_app(answer)))

    def floor_get(self) -> object:
        """SDK get, constant answer."""
        return self.get.connected_accounts.get(connected_account_id=self.account_id)

    def floor_list(self) -> object:
        """SDK list of 20, constant answer."""
        return self.list.connected_accounts.list(limit=20)

    def floor_update(self) -> object:
        """SDK update, constant answer."""
        return self.update.connected_accounts.update(
            connected_account_id=self.account_id, custom_metadata=METADATA
        )

    def floor_create(self) -> object:
        """SDK create, constant answer."""
        return self.create.connect_webviews.create(custom_redirect_url=REDIRECT_URL)

    def own_transport_get(self) -> object:
        """An account got by the SDK over an httpx transport with a constant answer."""
        return self.own_transport.connected_accounts.get(connected_account_id=self.account_id)

    def client_get(self) -> object:
        """An account got through `fake.client()`."""
        return self.seam.connected_accounts.get(connected_account_id=self.account_id)

    def client_list(self) -> object:
        """A list of 20 accounts through `fake.client()`."""
        return self.seam.connected_accounts.list(limit=20)

    def client_update(self) -> object:
        """An account's `custom_metadata` replaced through `fake.client()`."""
        return self.seam.connected_accounts.update(
            connected_account_id=self.account_id, custom_metadata=METADATA
        )

    def client_create(self) -> object:
        """A Connect Webview created through `fake.client()`."""
        return self.seam.connect_webviews.create(custom_redirect_url=REDIRECT_URL)

    def plain_get(self) -> object:
        """An account got by `fake.call`, without the SDK."""
        return self.fake.call(
            "/connected_accounts/get", {"connected_account_id": self.account_id}
        )

    def fresh_fake(self) -> object:
        """A fresh `FakeSeam()` with its `client()`, closed at the end."""
        with FakeSeam() as fake:
            return fake.client()
