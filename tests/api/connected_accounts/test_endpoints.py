"""The connected account as the API shows it: members, finding and updating it."""

from __future__ import annotations

import pytest

UPDATE = "/connected_accounts/update"
GET = "/connected_accounts/get"


def got(fake, account):
    sent = {"connected_account_id": account["connected_account_id"]}
    return fake.call(GET, sent)["connected_account"]


@pytest.fixture
def update(fake):
    def update(account, **params):
        sent = {"connected_account_id": account["connected_account_id"], **params}
        return fake.call(UPDATE, sent)["connected_account"]

    return update


def test_a_new_account_has_exactly_these_members(fake):
    account = fake.connect_account(provider="august", email="Jane@example.com")

    assert {**account, "connected_account_id": ""} == {
        "connected_account_id": "",
        "account_type": "august",
        "account_type_display_name": "August",
        "display_name": "Jane@example.com",
        "user_identifier": {"email": "Jane@example.com"},
        "image_url": "https://connect.getseam.com/assets/images/logos/august_logo_square.png",
        "created_at": "2026-01-01T00:00:00.000Z",
        "automatically_manage_new_devices": True,
        "accepted_capabilities": ["lock"],
        "custom_metadata": {},
        "errors": [],
        "warnings": [],
    }


def test_a_customer_is_shown_only_where_there_is_one(fake):
    assert fake.connect_account(customer_key="c1")["customer_key"] == "c1"
    assert "customer_key" not in fake.connect_account()


def test_connect_get_list_and_update_show_the_same_account(fake, update):
    account = fake.connect_account(custom_metadata={"a": "1"})

    assert got(fake, account) == account
    assert fake.call("/connected_accounts/list")["connected_accounts"] == [account]
    assert update(account) == account


@pytest.mark.parametrize(
    ("provider", "account_type", "name"),
    [
        ("google_nest", "nest", "Google Nest"),
        ("yale_access", "yale", "Yale"),
        ("my_2n", "my_2n", "2N"),
        ("thirty_three_lock", "thirty_three_lock", "33 Lock"),
        ("salto_space", "salto_space", "Salto Space"),
        ("four_suites", "four_suites", "4SUITES"),
    ],
)
def test_an_account_has_the_name_of_its_brand(fake, provider, account_type, name):
    account = fake.connect_account(provider=provider)

    assert account["account_type"] == account_type
    assert account["account_type_display_name"] == name
    assert account["image_url"].endswith(f"/{account_type}_logo_square.png")


def test_a_username_and_an_address_of_a_server_are_shown(fake):
    account = fake.connect_account(
        provider="visionline", username="jane", api_url="https://hotel.example"
    )

    assert account["user_identifier"] == {"username": "jane", "api_url": "https://hotel.example"}
    assert account["display_name"] == "jane"


def test_a_phone_number_names_the_account_where_there_is_nothing_else(fake):
    account = fake.connect_account(phone="+15551234567")

    assert account["user_identifier"] == {"phone": "+15551234567"}
    assert account["display_name"] == "+15551234567"


def test_white_space_around_an_address_is_no_part_of_it(fake):
    account = fake.connect_account(email=" jane@example.com ")

    assert account["user_identifier"] == {"email": "jane@example.com"}


def test_the_account_takes_what_its_webview_says(fake):
    webview = fake.call(
        "/connect_webviews/create",
        {
            "provider_category": "stable",
            "automatically_manage_new_devices": False,
            "customer_key": "c1",
            "custom_metadata": {"user": "u1"},
        },
    )["connect_webview"]

    account = fake.complete_connect_webview(webview)

    assert account["automatically_manage_new_devices"] is False
    assert account["customer_key"] == "c1"
    assert account["custom_metadata"] == {"user": "u1"}
    assert account["accepted_capabilities"] == [
        "lock",
        "thermostat",
        "noise_sensor",
        "access_control",
    ]


# get


def test_an_account_is_found_by_its_address_in_any_letter_case(fake):
    account = fake.connect_account(email="Jane@Example.com")

    for email in ("jane@example.com", "JANE@EXAMPLE.COM"):
        assert fake.call(GET, {"email": email})["connected_account"] == account


def test_of_several_accounts_with_an_address_the_oldest_is_meant(fake):
    oldest = fake.connect_account(provider="yale", email="jane@example.com")
    fake.connect_account(provider="august", email="jane@example.com")

    assert fake.call(GET, {"email": "jane@example.com"})["connected_account"] == oldest


def test_an_id_wins_over_an_address(fake):
    one = fake.connect_account(email="one@example.com")
    fake.connect_account(email="other@example.com")
    sent = {"connected_account_id": one["connected_account_id"], "email": "other@example.com"}

    assert fake.call(GET, sent)["connected_account"] == one


def test_a_good_address_wins_over_a_bad_id(fake):
    account = fake.connect_account(email="jane@example.com")
    sent = {"connected_account_id": "malformed", "email": "jane@example.com"}

    assert fake.call(GET, sent)["connected_account"] == account


def test_a_username_is_no_address(fake, refuse):
    fake.connect_account(provider="visionline", username="jane@example.com")

    assert refuse(GET, {"email": "jane@example.com"}).type == "connected_account_not_found"


# update


def test_an_update_changes_what_was_sent_and_nothing_else(fake, update):
    account = fake.connect_account(custom_metadata={"a": "1"})

    updated = update(account, display_name="Front desk")

    assert updated == {**account, "display_name": "Front desk"}
    assert got(fake, account) == updated


def test_an_update_without_anything_changes_nothing(fake, update):
    account = fake.connect_account(custom_metadata={"a": "1"})

    assert update(account) == account


def test_an_update_may_change_everything_at_once(fake, update):
    updated = update(
        fake.connect_account(),
        custom_metadata={"b": True},
        automatically_manage_new_devices=False,
        accepted_capabilities=["thermostat"],
        customer_key="c1",
        display_name="x" * 255,
    )

    assert updated["custom_metadata"] == {"b": True}
    assert updated["automatically_manage_new_devices"] is False
    assert updated["accepted_capabilities"] == ["thermostat"]
    assert updated["customer_key"] == "c1"
    assert updated["display_name"] == "x" * 255


def test_an_update_is_no_event(fake, update):
    account = fake.connect_account()
    before = len(fake.events)

    update(account, custom_metadata={"a": "1"}, display_name="x")

    assert len(fake.events) == before


def test_devices_stay_managed_if_later_ones_will_not_be(fake, update):
    update(fake.connect_account(), automatically_manage_new_devices=False)

    assert len(fake.call("/devices/list")["devices"]) == 2


def test_the_same_customer_again_is_no_conflict(fake, update):
    account = fake.connect_account(customer_key="c1")

    assert update(account, customer_key="c1") == account


def test_another_customer_is_refused_with_the_whole_update(fake, refuse):
    account = fake.connect_account(customer_key="c1", custom_metadata={"a": "1"})
    sent = {
        "connected_account_id": account["connected_account_id"],
        "customer_key": "c2",
        "custom_metadata": {"b": "2"},
    }

    refusal = refuse(UPDATE, sent)

    assert refusal.status == 400
    assert refusal.type == "connected_account_already_associated_with_customer"
    assert got(fake, account) == account


def test_devices_follow_their_account_to_a_customer(fake, update):
    account = fake.connect_account()

    update(account, customer_key="c1")

    assert len(fake.call("/devices/list", {"customer_key": "c1"})["devices"]) == 2


def test_a_name_that_was_given_outlives_a_reconnection(fake, update):
    account = fake.connect_account(email="jane@example.com")
    update(account, display_name="Front desk")

    again = fake.connect_account(email="jane@example.com")

    assert again["display_name"] == "Front desk"


def test_a_broken_account_can_be_updated(fake, update):
    account = fake.connect_account()
    fake.disconnect_account(account)

    updated = update(account, custom_metadata={"a": "1"})

    assert updated["custom_metadata"] == {"a": "1"}
    assert [error["error_code"] for error in updated["errors"]] == ["account_disconnected"]
