"""Who is who: which login finds an account again, and which makes another one."""

from __future__ import annotations

import pytest


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


def test_hotek_knows_nothing_but_sites(fake):
    ids = [
        fake.connect_account(provider="hotek", site=site)["connected_account_id"]
        for site in ("one", "two", "one")
    ]

    assert ids[0] != ids[1]
    assert ids[0] == ids[2]


def test_latch_has_one_account(fake):
    one, other = fake.connect_account(provider="latch"), fake.connect_account(provider="latch")

    assert one["connected_account_id"] == other["connected_account_id"]


def test_a_login_by_default_is_somebody_new(fake, create):
    ids = {
        fake.complete_connect_webview(create())["connected_account_id"] for _ in range(5)
    }

    assert len(ids) == 5


def test_a_login_by_default_is_nobody_who_was_here_before(fake, create):
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
