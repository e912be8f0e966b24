"""Pages of a list that is changed between them: nothing is left out, nothing comes twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakeseam import FakeSeam
from tests.properties.effort import examples

NOW = "2026-01-01T12:00:00Z"
MOST_PAGES = 100
LISTS = {
    "connect_webviews": "connect_webview_id",
    "connected_accounts": "connected_account_id",
    "devices": "device_id",
}
# What happens between two pages. Time moves or stands, so moments of creation often tie.
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["connect", "disconnect", "reconnect", "delete", "wait"]),
        st.integers(0, 50),
    ),
    max_size=4,
)


class Growing:
    """A fake whose accounts come and go; each brings a webview and devices."""

    def __init__(self, first):
        self.fake = FakeSeam(now=NOW)
        self.number = 0
        for _ in range(first):
            self.connect()

    def connect(self):
        self.number += 1
        keep = {"list": "x"} if self.number % 3 else {}
        self.fake.connect_account(
            "august", f"user{self.number}@example.com", custom_metadata=keep
        )

    def change(self, what, number):
        accounts = self.list("connected_accounts")
        if what == "wait":
            self.fake.clock.advance(number / 1000)
        elif what == "connect" or not accounts:
            self.connect()
        else:
            self.change_account(what, accounts[number % len(accounts)])

    def change_account(self, what, account):
        if what == "disconnect":
            self.fake.disconnect_account(account)
        elif what == "reconnect":
            email = account["user_identifier"]["email"]
            self.fake.connect_account("august", email, account["custom_metadata"])
        else:
            sent = {"connected_account_id": account["connected_account_id"]}
            self.fake.call("/connected_accounts/delete", sent)

    def list(self, kind, **params):
        return self.fake.call(f"/{kind}/list", params)[kind]

    def pages(self, kind, params, changes):
        """Page after page, with the next changes made after each one."""
        cursor, changes = None, iter(changes)
        for _ in range(MOST_PAGES):
            page = self.fake.call(f"/{kind}/list", {**params, "page_cursor": cursor})
            yield page[kind]
            pagination = page["pagination"]
            assert pagination["has_next_page"] is (pagination["next_page_cursor"] is not None)
            if not pagination["has_next_page"]:
                return
            cursor = pagination["next_page_cursor"]
            for change in next(changes, ()):
                self.change(*change)
        pytest.fail("the pages have no end")


@pytest.mark.parametrize("kind", LISTS)
@examples(1 / 2)
@given(
    first=st.integers(0, 9),
    limit=st.integers(1, 4),
    filtered=st.booleans(),
    changes=st.lists(CHANGES, max_size=6),
)
def test_every_survivor_is_on_one_page_in_order(kind, first, limit, filtered, changes):
    growing, key = Growing(first), LISTS[kind]
    has = {"custom_metadata_has": {"list": "x"}} if filtered and kind != "devices" else {}

    pages = list(growing.pages(kind, {"limit": limit, **has}, changes))

    seen = [one[key] for page in pages for one in page]
    assert len(seen) == len(set(seen))
    left = [one[key] for one in growing.list(kind, **has)]
    assert [one for one in seen if one in left] == left
    assert all(len(page) == limit for page in pages[:-1])


@pytest.mark.parametrize("kind", LISTS)
@examples(1 / 4)
@given(first=st.integers(0, 9), limit=st.integers(1, 12))
def test_pages_of_a_list_at_rest_are_the_list(kind, first, limit):
    growing = Growing(first)

    pages = list(growing.pages(kind, {"limit": limit}, ()))

    whole = growing.list(kind)
    assert [one for page in pages for one in page] == whole
    assert len(pages) == max(1, -(-len(whole) // limit))
