"""What one test costs that makes a fake of its own."""

from __future__ import annotations

import httpx

from fakeseam import FakeSeam

from .floor import constant_app, sdk_over
from .timing import Effort, Table, compare

__all__ = ["measure"]

STEPS_OF_A_CONNECTION = 4
STEPS_OF_A_TEST = 7


def measure(effort: Effort) -> list[Table]:
    stories = _Stories()
    pairs = (
        (stories.connect, stories.four_calls),
        (stories.whole_test, stories.seven_calls),
        (stories.same_test, stories.one_call),
    )
    note = (
        "1.00 is as many constant SDK calls as the story has steps, or a single one. A step is a"
        " call of the SDK, or what stands for the user or the provider, such as"
        " `fake.complete_connect_webview`."
    )
    return [Table("A whole story: lower is faster", note, compare(pairs, effort))]


class _Stories:
    def __init__(self) -> None:
        self.fake = FakeSeam()
        self.seam = self.fake.client()
        account = self.fake.connect_account()
        self.account_id = account["connected_account_id"]
        answer = {"connected_account": account, "ok": True}
        self.constant = sdk_over(httpx.WSGITransport(constant_app(answer)))

    def one_call(self) -> object:
        """One constant SDK call."""
        return self.constant.connected_accounts.get(connected_account_id=self.account_id)

    def four_calls(self) -> None:
        """Four constant SDK calls."""
        for _ in range(STEPS_OF_A_CONNECTION):
            self.one_call()

    def seven_calls(self) -> None:
        """Seven constant SDK calls."""
        for _ in range(STEPS_OF_A_TEST):
            self.one_call()

    def connect(self) -> None:
        """Connecting in a kept fake: create, complete and get a webview, get the account.

        Four steps, of which three are calls of the SDK.
        """
        webview_id = self.seam.connect_webviews.create().connect_webview_id
        self.fake.complete_connect_webview(webview_id)
        webview = self.seam.connect_webviews.get(connect_webview_id=webview_id)
        account_id = webview.connected_account_id
        self.seam.connected_accounts.get(connected_account_id=account_id)

    def whole_test(self) -> None:
        """A test with a fresh fake: connect, break, reconnect with new metadata, drop the fake.

        Seven steps, of which four are calls of the SDK.
        """
        with FakeSeam() as fake:
            seam = fake.client()
            webview = seam.connect_webviews.create(custom_metadata={"user": "1"})
            account = fake.complete_connect_webview(
                webview.connect_webview_id, email="jane@example.com"
            )
            account_id = account["connected_account_id"]
            seam.connected_accounts.get(connected_account_id=account_id)
            fake.disconnect_account(account_id)
            webview = seam.connect_webviews.create(custom_metadata={"user": "2"})
            fake.complete_connect_webview(webview.connect_webview_id, email="jane@example.com")
            reconnected = seam.connected_accounts.get(connected_account_id=account_id)
            assert reconnected.custom_metadata == {"user": "2"}, reconnected

    def same_test(self) -> None:
        """The same test, against a single call."""
        self.whole_test()
