"""Brands whose login needs other fields than an email and a password."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import expect_heading, fill_in, start


@pytest.fixture
def open_brand(page, seam):
    """Opens the first step of a brand's login at a new webview."""

    def open_brand(key, display_name):
        webview = seam.connect_webviews.create(accepted_providers=[key])
        start(page, webview, display_name)

    return open_brand


@pytest.fixture
def connected(page, seam):
    """Expects a successful login; returns the account."""

    def connected():
        expect_heading(page, "Your devices are connected")
        (account,) = seam.connected_accounts.list()
        return account

    return connected


def test_visionline_pairs_a_bridge_and_needs_a_site_and_a_username(page, open_brand, connected):
    open_brand("visionline", "Visionline")
    expect_heading(page, "Pair your Seam Bridge")
    fill_in(page, "Continue", {"Pairing code": "123456"})
    expect_heading(page, "Sign in to Visionline")
    account = {"Site name": "Grand Hotel", "Username": "jane", "Password": "1234"}
    fill_in(page, "Submit", account)
    expect_heading(page, "Mobile keys (you may leave these out)")
    fill_in(page, "Continue", {"UUID": "1", "System ID": "1"})

    account = connected()
    assert account.account_type == "visionline"
    assert account.user_identifier.username == "jane"


def test_optional_fields_may_be_left_out(page, open_brand, connected):
    open_brand("visionline", "Visionline")
    fill_in(page, "Continue", {"Pairing code": "123456"})
    fill_in(page, "Submit", {"Site name": "Fake Site", "Username": "jane", "Password": "1234"})
    fill_in(page, "Continue", {"UUID": "", "System ID": ""})

    assert connected().account_type == "visionline"


def test_oracode_needs_no_password(page, open_brand, connected):
    open_brand("dormakaba_oracode", "Dormakaba Oracode")
    expect_heading(page, "Sign in to Dormakaba Oracode")
    expect(page.get_by_label("Password", exact=True)).to_have_count(0)
    account = {"Site name": "Beach", "Username": "jane", "Time zone": "Europe/Vienna"}
    fill_in(page, "Submit", account)

    account = connected()
    assert account.account_type == "dormakaba_oracode"
    assert account.user_identifier.username == "jane"


def test_hotek_needs_a_site_and_no_username(page, open_brand, connected):
    open_brand("hotek", "Hotek")
    expect_heading(page, "Sign in to Hotek")
    expect(page.get_by_label("Username", exact=True)).to_have_count(0)
    fill_in(page, "Submit", {"Site name": "Grand Hotel", "TCP port": "4001"})

    assert connected().account_type == "hotek"


def test_latch_needs_no_entries(page, open_brand, connected):
    open_brand("latch", "Latch")
    expect_heading(page, "Sign in to Latch")
    expect(page.get_by_role("textbox")).to_have_count(0)
    fill_in(page, "Submit", {})

    assert connected().account_type == "latch"


def test_two_sites_are_two_accounts(page, seam, open_brand):
    for site in ("Beach", "Hill"):
        open_brand("hotek", "Hotek")
        fill_in(page, "Submit", {"Site name": site, "TCP port": "4001"})
        expect_heading(page, "Your devices are connected")

    assert len(seam.connected_accounts.list()) == 2


def test_an_extra_field_of_a_brand_is_checked(page, seam, open_brand):
    open_brand("brivo", "Brivo")
    account = {"Email": "jane@example.com", "Password": "1234", "Brivo API key": "wrong"}
    fill_in(page, "Submit", account)

    expect(page.get_by_role("alert")).to_contain_text("is not correct")
    assert seam.connected_accounts.list() == []
