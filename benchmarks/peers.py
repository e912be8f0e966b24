"""What an app's author might take instead, in process: answers written by hand."""

from __future__ import annotations

import requests
import responses
import respx

from fakeseam import FakeSeam

from .floor import sdk_over
from .timing import Effort, Table, compare

__all__ = ["measure"]

PATH = "/connected_accounts/get"
URL = f"http://fakeseam{PATH}"


def measure(effort: Effort) -> list[Table]:
    gets = _Gets()
    kept = (
        (gets.with_respx, gets.with_fakeseam),
        (gets.with_responses, gets.with_fakeseam),
    )
    fresh = (
        (gets.test_with_respx, gets.test_with_fakeseam),
        (gets.test_with_responses, gets.test_with_fakeseam),
    )
    note = (
        "1.00 is fakeseam. The answer of the peers is written by hand: they check and remember"
        " nothing. respx answers the SDK's httpx; a fresh SDK client then loads TLS certificates,"
        " which `fake.client()` does not need. responses answers requests, which the SDK does not"
        " use: its figures are without the SDK's own cost."
    )
    with gets.respx, gets.responses:
        rows = compare(kept, effort)
    rows += compare(fresh, effort)
    return [Table("Peers in process: above 1, fakeseam is faster", note, rows)]


class _Gets:
    def __init__(self) -> None:
        self.fake = FakeSeam()
        self.seam = self.fake.client()
        account = self.fake.connect_account()
        self.params = {"connected_account_id": account["connected_account_id"]}
        self.answer = {"connected_account": account, "ok": True}
        self.sdk = sdk_over()
        self.respx = respx.MockRouter(assert_all_called=False)
        self.respx.get(URL).respond(json=self.answer)
        self.session = requests.Session()
        self.responses = responses.RequestsMock(assert_all_requests_are_fired=False)
        self.responses.add(responses.GET, URL, json=self.answer)

    def with_fakeseam(self) -> object:
        """SDK get through `fake.client()`."""
        return self.seam.connected_accounts.get(**self.params)

    def with_respx(self) -> None:
        """An account got by the SDK under respx."""
        self.sdk.connected_accounts.get(**self.params)
        self.respx.calls.reset()

    def with_responses(self) -> None:
        """An account got by requests under responses."""
        self.session.get(URL, params=self.params).json()
        self.responses.calls.reset()

    def test_with_fakeseam(self) -> None:
        """A test with a fresh fake: client, one account, get."""
        with FakeSeam() as fake:
            account_id = fake.connect_account()["connected_account_id"]
            fake.client().connected_accounts.get(connected_account_id=account_id)

    def test_with_respx(self) -> None:
        """A test with a fresh respx router: one route, SDK client, get."""
        with respx.MockRouter() as router:
            router.get(URL).respond(json=self.answer)
            sdk_over().connected_accounts.get(**self.params)

    def test_with_responses(self) -> None:
        """A test with a fresh `responses.RequestsMock`: one route, session, get."""
        with responses.RequestsMock() as mock, requests.Session() as session:
            mock.add(responses.GET, URL, json=self.answer)
            session.get(URL, params=self.params).json()
