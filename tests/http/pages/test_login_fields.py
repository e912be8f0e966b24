"""The login page as HTML: labels, hints and errors of every field, for screen readers too."""

from __future__ import annotations

import httpx
import pytest

from fakeseam import FakeSeam
from tests.http.pages.html_reading import Browser

ALL = ["august", "schlage", "lockly", "visionline", "latch", "my_2n", "pti", "hotek", "yale"]


@pytest.fixture
def client(fake):
    with httpx.Client(transport=fake.transport()) as client:
        yield client


@pytest.fixture
def visit(fake, client):
    """A browser at a new webview's page."""

    def visit(headers=None, **params):
        sent = {"accepted_providers": ALL, **params}
        created = fake.call("/connect_webviews/create", sent)["connect_webview"]
        return Browser(client, created, headers)

    return visit


@pytest.fixture
def at(visit):
    return visit()


# Fields


@pytest.mark.parametrize("brand", ALL)
def test_every_field_has_a_label_and_a_hint(at, brand):
    page = at.get(provider=brand)

    fields = [*page("select"), *(one for one in page("input") if one.attrs["type"] != "hidden")]
    for field in fields:
        assert page.one("label", **{"for": field.attrs["id"]}).text
        hint = page.one("p", id=field.attrs["aria-describedby"])
        assert hint.text.startswith("Works here: ")
        assert field.attrs["name"] == field.attrs["id"]


@pytest.mark.parametrize(
    ("brand", "name", "attributes"),
    [
        ("schlage", "email", {"type": "email", "autocomplete": "username"}),
        ("schlage", "password", {"type": "password", "autocomplete": "current-password"}),
        ("pti", "api_url", {"type": "url", "value": "https://1234.storlogixcloud.com"}),
        ("hotek", "tcp_port", {"type": "text", "inputmode": "numeric", "value": "4001"}),
        ("visionline", "pairing_code", {"type": "text", "value": "123456", "required": ""}),
    ],
)
def test_a_field_has_the_keyboard_and_the_value_of_its_kind(at, brand, name, attributes):
    found = at.get(provider=brand).one("input", id=name).attrs

    assert attributes == {key: found.get(key) for key in attributes}


def test_a_hint_shows_what_works(at):
    page = at.get(provider="schlage")

    assert page.one(id="password-hint").text == "Works here: 1234"
    assert page.one(id="email-hint").text == (
        "Works here: jane@example.com, or any other address at example.com"
    )


def test_the_code_field_is_a_one_time_code(at):
    field = at.sign_in("yale").one("input", id="code")

    assert (field.attrs["autocomplete"], field.attrs["inputmode"]) == ("one-time-code", "numeric")


def test_a_choice_is_a_list_that_keeps_the_chosen_option(at):
    page = at.get(provider="august", region="Others")

    assert page.one("select", id="region").text == "North America Others"
    assert [one.text for one in page("option", selected="")] == ["Others"]


def test_an_optional_field_is_not_required_and_has_that_hint(at):
    page = at.sign_in("my_2n")

    assert "required" not in page.one("input", id="device_0_username").attrs
    assert page.one(id="device_0_username-hint").text == "Optional. Works here: jane"


def test_the_first_field_has_the_focus(at):
    assert [one.attrs["id"] for one in at.get(provider="schlage")(autofocus="")] == ["email"]


def test_a_brand_with_several_steps_shows_the_current_step(at):
    assert "Step 1 of 4" in at.get(provider="august").text
    assert "Step 2 of 4" in at.post(provider="august", step="region", region="Others").text
    assert "Step " not in at.get(provider="schlage").text


def test_a_brand_without_fields_has_only_a_button(at):
    page = at.get(provider="latch")

    assert "Latch asks for nothing more." in page.text
    assert page.one("button").text == "Submit"


# Errors


def test_a_missing_entry_is_an_error_above_and_at_the_field(at):
    page = at.sign_in(email="", password="")

    assert page.response.status_code == 400
    assert page.title == "Error: Sign in to Schlage"
    assert page.one(role="alert").text == "Email is missing Password is missing"
    assert [one.attrs["href"] for one in page("a") if "#" in one.attrs["href"]] == [
        "#email",
        "#password",
    ]
    email = page.one("input", id="email").attrs
    assert (email["aria-invalid"], email["aria-describedby"]) == ("true", "email-error email-hint")
    assert page.one(id="email-error").text == "Email is missing"


def test_the_first_field_with_an_error_has_the_focus(at):
    page = at.sign_in(password="")

    assert "aria-invalid" not in page.one("input", id="email").attrs
    assert [one.attrs["id"] for one in page(autofocus="")] == ["password"]


def test_a_failed_login_is_described_and_its_secret_is_emptied(at):
    page = at.sign_in(password="wrong")

    assert page.title == "Error: Sign in to Schlage"
    alert = page.one(role="alert")
    assert alert.text == "What was entered is not correct"
    assert alert.attrs["data-error-code"] == "invalid_credentials"
    for name in ("email", "password"):
        field = page.one("input", id=name).attrs
        assert (field["aria-invalid"], field["aria-describedby"]) == ("true", f"{name}-hint error")
    assert page.one(id="error").attrs["role"] == "alert"
    assert [one.attrs["id"] for one in page(autofocus="")] == ["password"]


def test_entries_stay_after_an_error_but_secrets_do_not(at):
    page = at.sign_in(email="jo@example.com", password="secret-thing")

    assert page.one("input", id="email").attrs["value"] == "jo@example.com"
    assert page.one("input", id="password").attrs["value"] == ""
    assert "secret-thing" not in page.response.text


def test_a_wrong_code_is_not_repeated(at):
    page = at.sign_in("yale", step="code", code="999111")

    assert page.one(role="alert").text == "The verification code is not correct"
    assert page.one("input", id="code").attrs["value"] == ""
    assert "999111" not in page.response.text


def test_an_emptied_field_is_not_prefilled_again(at):
    page = at.post(provider="visionline", step="pairing", pairing_code="")

    assert page.one("input", id="pairing_code").attrs["value"] == ""


def test_prefilled_fields_are_not_marked_after_a_failed_login(at):
    pairing = {"pairing_code": "123456"}
    page = at.sign_in("visionline", site="Fake Site", username="jane", password="no", **pairing)

    assert [one.attrs["id"] for one in page(**{"aria-invalid": "true"})] == [
        "username",
        "password",
    ]


# Which logins work


def test_a_sandbox_shows_which_entries_work_and_which_fail(at):
    note = at.get(provider="schlage").one("details", **{"class": "note"}).text

    for text in (
        "Password 1234",
        "locked This account is locked; unlock it with the provider first",
        "down The provider cannot be reached",
        "slow It takes 30 seconds of the fake's clock, then succeeds",
    ):
        assert text in note


def test_a_brand_that_checks_nothing_shows_no_entries_that_fail(visit):
    page = visit(accepted_providers=["dormakaba_oracode"]).get(provider="dormakaba_oracode")

    assert "locked" not in page.text


def test_a_production_workspace_shows_that_it_accepts_any_login(fake, client):
    token = fake.create_personal_access_token()
    workspace = fake.call("/workspaces/create", {"name": "Live"}, token=token)["workspace"]
    webview = fake.client(token, workspace).connect_webviews.create()
    page = Browser(client, {"url": webview.url}).get(provider="schlage")

    assert "fakeseam takes any login here" in page.text
    assert "Works here" not in page.text
    assert "fakeseam · production workspace" in page.text


# Choosing a brand


def test_a_search_shows_how_many_brands_it_found(at):
    page = at.get(step="providers", search="S")

    assert [one.text for one in page("button", name="provider")] == [
        "August",
        "Schlage",
        "Visionline",
        "PTI Storlogix Cloud",
    ]
    assert "4 of 9 brands" in page.text
    assert page.one("input", name="search").attrs["value"] == "S"
    assert page.one("label", **{"for": "search"}).text == "Search"


def test_all_brands_are_counted_before_a_search(visit):
    assert "9 brands" in visit().get(step="providers").text
    assert "1 brand " in visit(accepted_providers=["yale"]).get(step="providers").text


def test_a_search_without_results_links_to_all_brands(at):
    page = at.get(step="providers", search="zzz")
    (link,) = [one for one in page("a") if one.text == "Show all brands"]

    assert "0 of 9 brands No brand found for “zzz”." in page.text
    assert "9 brands" in at.follow(link).text


def test_a_webview_without_any_brand_has_no_form(visit):
    page = visit(accepted_providers=[]).get(step="providers")

    assert "This webview accepts no brand" in page.text
    assert page("button") == page("input") == []


def test_a_brand_that_is_not_accepted_is_named(at):
    page = at.get(provider="wyze")

    assert page.title == "Error: Choose your brand"
    assert page.one(role="alert").text.startswith("This webview does not accept wyze.")


def test_back_links_to_the_list_and_then_to_the_introduction(at):
    (link,) = [one for one in at.get(provider="august")("a") if one.text == "Back"]
    page = at.follow(link)
    assert page.heading == "Choose your brand"

    (link,) = [one for one in page("a") if one.text == "Back"]
    page = at.follow(link)
    assert page.heading == "Sandbox wants to connect your devices"
    assert page("a") == []


def test_a_fake_that_defers_syncs_shows_how_to_run_one():
    with FakeSeam(defer_sync=True) as fake, httpx.Client(transport=fake.transport()) as client:
        sent = {"wait_for_device_creation": True}
        created = fake.call("/connect_webviews/create", sent)["connect_webview"]
        page = Browser(client, created).sign_in()

    assert page.heading == "One moment"
    assert "fake.sync_account(account)" in page.text
