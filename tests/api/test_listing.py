"""Lists: every filter has to be met, and the order is that of creation."""

from __future__ import annotations

import pytest

WEBVIEWS = "/connect_webviews/list"
ACCOUNTS = "/connected_accounts/list"
UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def emails(fake):
    """The addresses of the accounts in a list."""

    def emails(**filters):
        accounts = fake.call(ACCOUNTS, filters)["connected_accounts"]
        return [account["user_identifier"]["email"] for account in accounts]

    return emails


def connect(fake, *names, **how):
    return [fake.connect_account(email=f"{name}@example.com", **how) for name in names]


def test_a_list_is_in_the_order_of_creation(fake, emails):
    connect(fake, "c", "a", "b")

    assert emails() == ["c@example.com", "a@example.com", "b@example.com"]


def test_an_older_creation_comes_first(fake):
    for _ in range(12):
        fake.call("/connect_webviews/create")
        fake.clock.advance(1)

    stamps = [webview["created_at"] for webview in fake.call(WEBVIEWS)["connect_webviews"]]

    assert stamps[0] == "2026-01-01T00:00:00.000Z"
    assert stamps[-1] == "2026-01-01T00:00:11.000Z"
    assert stamps == sorted(stamps)


def test_broken_accounts_are_listed_like_any_other(fake, emails):
    fake.disconnect_account(connect(fake, "a")[0])

    assert emails() == ["a@example.com"]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (WEBVIEWS, "connect_webviews"),
        (ACCOUNTS, "connected_accounts"),
        ("/devices/list", "devices"),
    ],
)
def test_a_customer_key_is_matched_exactly(fake, path, key):
    connect(fake, "a", customer_key="c1")
    connect(fake, "b", customer_key="c10")
    connect(fake, "c")

    assert len(fake.call(path, {"customer_key": "c1"})[key]) == (2 if key == "devices" else 1)
    assert fake.call(path, {"customer_key": "C1"})[key] == []
    assert fake.call(path, {"customer_key": "c"})[key] == []


def test_an_unknown_space_has_no_accounts(emails, fake):
    connect(fake, "a")

    assert emails(space_id=UNKNOWN) == []


def test_filters_all_have_to_be_met(fake, emails):
    connect(fake, "a", customer_key="c1", custom_metadata={"k": "1"})
    connect(fake, "b", customer_key="c1", custom_metadata={"k": "2"})
    connect(fake, "c", customer_key="c2", custom_metadata={"k": "1"})

    found = emails(customer_key="c1", custom_metadata_has={"k": "1"})

    assert found == ["a@example.com"]
    assert emails(customer_key="c1", custom_metadata_has={"k": "1"}, search="b@") == []


# search


def test_a_search_of_accounts_looks_into_these_fields(fake, emails):
    (account,) = connect(fake, "jane", customer_key="Suite 7", custom_metadata={"Room": "B12"})
    account_id = account["connected_account_id"]

    for search in (
        account_id,
        account_id[9:20],
        account_id.upper(),
        "august",
        "UGUS",
        "ite 7",
        "ane@exam",
        "room",
        "b12",
    ):
        assert emails(search=search) == ["jane@example.com"], search


@pytest.mark.parametrize("search", ["jane@example.comx", "ulf", "sandbox", "2026", "*", "%"])
def test_a_search_of_accounts_finds_nothing_elsewhere(fake, emails, search):
    connect(fake, "jane")

    assert emails(search=search) == []


def test_a_search_finds_usernames_and_phone_numbers(fake):
    fake.connect_account(provider="visionline", username="frodo")
    fake.connect_account(phone="+15551234567")

    for search in ("frod", "555123"):
        assert len(fake.call(ACCOUNTS, {"search": search})["connected_accounts"]) == 1


def test_a_search_finds_booleans_by_their_words(fake, emails):
    connect(fake, "a", custom_metadata={"vip": True})
    connect(fake, "b", custom_metadata={"vip": False})

    assert emails(search="true") == ["a@example.com"]
    assert emails(search="fals") == ["b@example.com"]


def test_a_search_of_webviews_looks_into_these_fields(fake):
    webview = fake.call(
        "/connect_webviews/create",
        {
            "accepted_providers": ["schlage"],
            "customer_key": "Suite 7",
            "custom_metadata": {"Room": "B12"},
        },
    )["connect_webview"]

    for search in (webview["connect_webview_id"][4:12], "CHLAG", "suite", "room", "b12"):
        assert len(fake.call(WEBVIEWS, {"search": search})["connect_webviews"]) == 1, search
    for search in ("pending", "none", "view?"):
        assert fake.call(WEBVIEWS, {"search": search})["connect_webviews"] == [], search


# user_identifier_key


def test_a_user_has_the_webviews_of_the_session(fake):
    mine = fake.call("/connect_webviews/create")["connect_webview"]
    fake.call("/connect_webviews/create")
    fake.create_client_session("u1", connect_webview_ids=[mine["connect_webview_id"]])

    assert fake.call(WEBVIEWS, {"user_identifier_key": "u1"})["connect_webviews"] == [mine]


def test_a_user_has_the_accounts_and_devices_of_the_session(fake, emails):
    mine, _ = connect(fake, "mine", "other")
    account_id = mine["connected_account_id"]
    fake.create_client_session("u1", connected_account_ids=[account_id])

    devices = fake.call("/devices/list", {"user_identifier_key": "u1"})["devices"]

    assert emails(user_identifier_key="u1") == ["mine@example.com"]
    assert [device["connected_account_id"] for device in devices] == [account_id] * 2


@pytest.mark.parametrize("path", [WEBVIEWS, ACCOUNTS, "/devices/list"])
def test_an_unknown_user_has_nothing(fake, path):
    connect(fake, "a")

    body = fake.call(path, {"user_identifier_key": "nobody"})

    assert body[path.split("/")[1]] == []
    assert body["pagination"]["has_next_page"] is False


def test_a_user_of_another_workspace_is_unknown(fake, emails):
    other = fake.create_workspace()
    connect(fake, "a")
    foreign = fake.connect_account(workspace_id=other.workspace_id)
    fake.create_client_session(
        "u1",
        connected_account_ids=[foreign["connected_account_id"]],
        workspace_id=other.workspace_id,
    )

    assert emails(user_identifier_key="u1") == []


def test_a_webview_made_by_a_session_is_the_users(fake):
    token = fake.create_client_session("u1")
    mine = fake.call("/connect_webviews/create", token=token)["connect_webview"]

    found = fake.call(WEBVIEWS, {"user_identifier_key": "u1"})["connect_webviews"]

    assert found == [mine]
