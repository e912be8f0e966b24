"""A login: the webview, the account and the events in their order."""

from __future__ import annotations

import pytest


def shown(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]


def types(fake, since=0):
    return [event["event_type"] for event in fake.events][since:]


# The webview


def test_a_completed_webview_names_the_account_and_the_provider(fake, create):
    webview = create()
    fake.clock.advance(30)

    account = fake.complete_connect_webview(webview)

    assert shown(fake, webview) == {
        **webview,
        "status": "authorized",
        "login_successful": True,
        "authorized_at": "2026-01-01T00:00:30.000Z",
        "connected_account_id": account["connected_account_id"],
        "selected_provider": "minut",
    }


def test_an_alias_is_selected_under_the_providers_own_name(fake, create):
    webview = create(accepted_providers=["google_nest", "yale_access"])

    account = fake.complete_connect_webview(webview)

    assert account["account_type"] == "nest"
    assert shown(fake, webview)["selected_provider"] == "nest"
    assert shown(fake, webview)["accepted_providers"] == ["google_nest", "yale_access"]


@pytest.mark.parametrize(
    ("accepted", "provider"), [(["google_nest"], "nest"), (["nest"], "google_nest")]
)
def test_a_provider_may_be_chosen_by_either_name(fake, create, accepted, provider):
    account = fake.complete_connect_webview(
        create(accepted_providers=accepted), provider=provider
    )

    assert account["account_type"] == "nest"


def test_without_a_choice_it_is_the_first_provider_that_is_offered(fake, create):
    webview = create(accepted_providers=["slack", "hid_cm", "yale", "august"])

    assert fake.complete_connect_webview(webview)["account_type"] == "yale"


def test_a_failed_webview_may_be_completed_after_all(fake, create):
    webview = create()
    fake.fail_connect_webview(webview)

    account = fake.complete_connect_webview(webview)

    done = shown(fake, webview)
    assert (done["status"], done["login_successful"]) == ("authorized", True)
    assert done["connected_account_id"] == account["connected_account_id"]


# Events


FIRST = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]
AGAIN = [
    "connect_webview.login_succeeded",
    "connected_account.successful_login",
    "connected_account.connected",
]


def test_a_first_login_emits_every_event(fake, login):
    login()

    assert types(fake) == FIRST


def test_devices_are_all_added_before_any_is_connected(fake):
    fake.connect_account(provider="august")

    assert types(fake)[4:-1] == ["device.added"] * 2 + ["device.connected"] * 2


def test_unmanaged_devices_are_only_connected(fake, login):
    login(automatically_manage_new_devices=False)

    assert types(fake)[4:-1] == ["device.unmanaged.connected"]


def test_a_later_login_emits_fewer_events(fake, login):
    login()

    login()

    assert types(fake, since=7) == AGAIN


def test_a_reconnection_emits_events_of_the_devices_and_a_first_sync(fake, login):
    fake.disconnect_account(login())
    before = len(fake.events)

    login(custom_metadata={"new": "1"})

    assert types(fake, since=before) == [
        *AGAIN,
        "device.connected",
        "connected_account.completed_first_sync_after_reconnection",
    ]
    for event in list(fake.events)[before:]:
        assert event["connected_account_custom_metadata"] == {"new": "1"}


def test_a_requested_login_is_no_reconnection(fake, login):
    account = login()
    fake.request_reauthorization(account)
    before = len(fake.events)

    again = login()

    assert types(fake, since=before) == AGAIN
    assert again["warnings"] == []


def test_a_broken_account_with_a_reauthorization_warning_is_fixed_by_one_login(fake, login):
    account = login()
    fake.request_reauthorization(account)
    fake.disconnect_account(account)

    again = login()

    assert (again["errors"], again["warnings"]) == ([], [])


def test_an_account_requests_authorization_once(fake, login):
    account = login()

    fake.request_reauthorization(account)
    fake.request_reauthorization(account)

    (listed,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert [one["warning_code"] for one in listed["warnings"]] == [
        "account_reauthorization_requested"
    ]
    assert set(listed["warnings"][0]) == {"warning_code", "message", "created_at"}
    assert len(fake.events.filter("connected_account.reauthorization_requested")) == 1


def test_a_webview_that_waits_for_devices_emits_its_event_last(fake, login):
    login(wait_for_device_creation=True)

    assert types(fake) == [*FIRST[1:], "connect_webview.login_succeeded"]


def test_a_webview_that_waited_names_the_account_in_the_end(fake, create):
    webview = create(wait_for_device_creation=True)

    account = fake.complete_connect_webview(webview)

    assert shown(fake, webview)["status"] == "authorized"
    assert shown(fake, webview)["connected_account_id"] == account["connected_account_id"]


def test_every_event_of_the_webview_names_it(fake, create):
    webview = create()
    fake.complete_connect_webview(webview)

    named = [event["event_type"] for event in fake.events if "connect_webview_id" in event]

    assert named == FIRST[:4]
    assert {event.get("connect_webview_id") for event in list(fake.events)[:4]} == {
        webview["connect_webview_id"]
    }


# Which login finds an account again, and which makes another one


def test_a_second_login_finds_the_same_account(fake, login):
    before = login()
    fake.clock.advance(3600)

    again = login()

    assert again == before


@pytest.mark.parametrize("email", ["JANE@example.com", " jane@Example.COM "])
def test_spelling_does_not_make_another_address(fake, create, login, email):
    before = login()

    again = fake.complete_connect_webview(create(), email=email)

    assert again["connected_account_id"] == before["connected_account_id"]
    assert again["user_identifier"] == {"email": "jane@example.com"}


def test_another_address_or_provider_is_another_account(fake, create, login):
    ids = {
        login()["connected_account_id"],
        login(accepted_providers=["noiseaware"])["connected_account_id"],
        fake.complete_connect_webview(create(), email="jan@example.com")["connected_account_id"],
    }

    assert len(ids) == 3


def test_the_same_login_in_two_workspaces_is_two_accounts(fake):
    other = fake.create_workspace()

    one = fake.connect_account(email="jane@example.com")
    two = fake.connect_account(email="jane@example.com", workspace_id=other.workspace_id)

    assert one["connected_account_id"] != two["connected_account_id"]


def test_a_workspace_of_customers_is_not_the_others(fake):
    other = fake.create_workspace()
    fake.connect_account(email="jane@example.com", customer_key="c1")

    account = fake.connect_account(
        email="jane@example.com", customer_key="c2", workspace_id=other.workspace_id
    )

    assert account["customer_key"] == "c2"


def test_an_alias_is_the_same_provider(login):
    one, other = login(accepted_providers=["google_nest"]), login(accepted_providers=["nest"])

    assert one["connected_account_id"] == other["connected_account_id"]


def test_letter_case_counts_in_usernames(fake):
    one = fake.connect_account(provider="visionline", username="jane")
    other = fake.connect_account(provider="visionline", username="Jane")

    assert one["connected_account_id"] != other["connected_account_id"]


@pytest.mark.parametrize("field", ["api_url", "site"])
def test_two_sites_are_two_accounts(fake, field):
    ids = [
        fake.connect_account(provider="visionline", username="jane", **{field: site})[
            "connected_account_id"
        ]
        for site in ("one", "two", "one")
    ]

    assert ids[0] != ids[1]
    assert ids[0] == ids[2]


def test_hotek_knows_only_sites(fake):
    ids = [
        fake.connect_account(provider="hotek", site=site)["connected_account_id"]
        for site in ("one", "two", "one")
    ]

    assert ids[0] != ids[1]
    assert ids[0] == ids[2]


def test_latch_has_one_account(fake):
    one, other = fake.connect_account(provider="latch"), fake.connect_account(provider="latch")

    assert one["connected_account_id"] == other["connected_account_id"]


def test_a_login_by_default_is_a_new_user(fake, create):
    ids = {
        fake.complete_connect_webview(create())["connected_account_id"] for _ in range(5)
    }

    assert len(ids) == 5


def test_a_login_by_default_is_no_earlier_user(fake, create):
    before = fake.connect_account(provider="minut", email="user1@example.com")

    account = fake.complete_connect_webview(create())

    assert account["connected_account_id"] != before["connected_account_id"]
    assert account["user_identifier"]["email"].endswith("@example.com")


def test_a_new_webview_decides_about_later_devices(login):
    login()

    again = login(automatically_manage_new_devices=False, accepted_capabilities=["lock"])

    assert again["automatically_manage_new_devices"] is False
    assert again["accepted_capabilities"] == ["lock"]


@pytest.mark.parametrize(
    ("provider", "site"),
    [
        ("visionline", "Fake Site"),
        ("salto_space", "Fake System"),
        ("assa_abloy_vostio", "Fake System"),
        ("dormakaba_oracode", "Ocean Beach Vacations"),
    ],
)
def test_a_site_that_is_not_named_is_the_one_that_the_page_has_filled_in(fake, provider, site):
    first = fake.connect_account(provider, username="jane")

    named = fake.connect_account(provider, username="jane", site=site)
    other = fake.connect_account(provider, username="jane", site="Elsewhere")

    assert named["connected_account_id"] == first["connected_account_id"]
    assert other["connected_account_id"] != first["connected_account_id"]
    assert first["user_identifier"] == {"username": "jane"}
