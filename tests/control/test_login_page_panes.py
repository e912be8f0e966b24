"""What the page shows on the way to a login, and how it reports invalid entries."""

from __future__ import annotations

import pytest

from tests.control.login_browser import Browser, pane_of

JANE = {"email": "jane@example.com", "password": "1234"}
REGIONS = "Region: choose one of North America, Others"


def keys(page):
    return [row["key"] for row in page["providers"]]


# On the way


def test_the_url_shows_an_introduction(browse):
    page = browse(custom_metadata={"a": "1"}, customer_key="c1")

    assert (page["name"], page["status"]) == ("introduction", 200)
    assert page["inviter"] == "Sandbox"
    assert page["is_sandbox"] is True
    assert page["webview"]["custom_metadata"] == {"a": "1"}
    assert page["webview"]["customer_key"] == "c1"


def test_the_inviter_and_the_looks_are_those_of_the_workspace(fake):
    looks = {"logo_shape": "square", "success_message": "Thank you"}
    workspace = fake.create_workspace("Home", connect_partner_name="Acme")
    sent = {"connect_webview_customization": looks}
    fake.call("/workspaces/update", sent, token=workspace.api_key)
    made = fake.call("/connect_webviews/create", token=workspace.api_key)["connect_webview"]

    page = Browser(fake, made)

    assert page["inviter"] == "Acme"
    assert page["customization"].items() >= looks.items()


def test_the_brands_are_those_that_the_webview_accepts_in_its_order(browse):
    page = browse(accepted_providers=["yale", "minut", "nest", "yale"])

    page.list_brands()

    assert (page["name"], page["status"], page["count"]) == ("providers", 200, 3)
    assert page["providers"] == [
        {"key": "yale", "display_name": "Yale"},
        {"key": "minut", "display_name": "Minut"},
        {"key": "nest", "display_name": "Google Nest"},
    ]


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("", ["august", "nest", "salto_ks", "my_2n"]),
        ("  ", ["august", "nest", "salto_ks", "my_2n"]),
        ("NEST", ["nest"]),
        (" google ", ["nest"]),
        ("Salto KS", ["salto_ks"]),
        ("salto_ks", ["salto_ks"]),
        ("my_2n", ["my_2n"]),
        ("2n", ["my_2n"]),
        ("my 2N", ["my_2n"]),
        ("saltoks", ["salto_ks"]),
        ("s", ["august", "nest", "salto_ks"]),
        (".*", []),
        ("\x00", []),
        ("\ud800", []),
        ("a" * 10_000, []),
    ],
)
def test_a_search_finds_names_and_keys(browse, search, found):
    page = browse(accepted_providers=["august", "nest", "salto_ks", "my_2n"])

    page.list_brands(search)

    assert keys(page) == found
    assert (page["search"], page["count"], page["status"]) == (search, 4, 200)


def test_a_webview_without_providers_offers_nothing(browse):
    page = browse(accepted_providers=[])

    page.list_brands()

    assert (page["providers"], page["count"], page["status"]) == ([], 0, 200)
    assert page.choose("minut")["not_accepted"] == "minut"


@pytest.mark.parametrize(
    ("alias", "key"), [("google_nest", "nest"), ("yale_access", "yale")]
)
def test_an_alias_is_the_brand_that_it_stands_for(browse, shown, alias, key):
    page = browse(accepted_providers=[alias])
    page.list_brands()
    assert keys(page) == [key]

    assert page.choose(alias)["provider"]["key"] == key
    page.submit(**JANE)
    if key == "yale":
        page.submit(code="123456")

    after = shown(page.webview)
    assert (after["selected_provider"], after["accepted_providers"]) == (key, [alias])


@pytest.mark.parametrize("name", ["hid_cm", "slack"])
def test_a_name_that_stands_for_no_brand_is_not_offered(browse, name):
    page = browse(accepted_providers=[name, "minut"])

    page.list_brands()

    assert keys(page) == ["minut"]
    assert page.choose(name)["not_accepted"] == name


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("provider", ["yale", "slack", "Minut", "nobody", "", "\x00", "\ud800"])
def test_a_brand_that_is_not_accepted_is_refused_on_the_page(
    fake, browse, method, provider
):
    page = browse(accepted_providers=["minut"])
    before = fake.snapshot()

    pane = pane_of(
        fake, page.webview, method, provider=provider, step="account", typed=JANE
    )

    assert (pane["name"], pane["status"]) == ("providers", 400)
    assert pane["not_accepted"] == provider
    assert fake.snapshot() == before


# Steps


@pytest.mark.parametrize("step", [None, "", "account ", "code", "waiting", "providers", "\ud800"])
def test_an_unknown_step_is_the_first_one(fake, browse, step):
    page = browse()
    before = fake.snapshot()
    params = {} if step is None else {"step": step}

    pane = pane_of(fake, page.webview, "POST", provider="minut", typed=JANE, **params)

    assert (pane["name"], pane["step"]["name"], pane["place"]) == ("login", "account", 1)
    assert fake.snapshot() == before


@pytest.mark.parametrize("step", ["account", "method", "code"])
def test_no_step_can_be_skipped(fake, browse, step):
    page = browse()
    before = fake.snapshot()
    typed = {**JANE, "code": "123456"}

    pane = pane_of(fake, page.webview, "POST", provider="august", step=step, typed=typed)

    assert (pane["step"]["name"], pane["status"]) == ("region", 400)
    assert pane["field_errors"] == {"region": "Region is missing"}
    assert fake.snapshot() == before


def test_earlier_entries_go_along(browse):
    page = browse()

    page.walk("august", {"region": "Others"}, {**JANE, "email": " Jane@example.com"})

    typed = {"region": "Others", "email": " Jane@example.com", "password": "1234"}
    assert page["earlier"] == typed


def test_the_entries_of_a_faulty_step_come_back(browse):
    page = browse()

    page.walk("brivo", {"email": "jane@example.com", "password": "", "api_key": "12"})

    assert page["typed"] == {"email": "jane@example.com", "password": "", "api_key": "12"}


def test_entries_without_a_field_are_dropped(browse):
    page = browse()

    pane = pane_of(
        page.fake,
        page.webview,
        "POST",
        provider="yale",
        step="account",
        typed={**JANE, "api_key": "x", "code": "1", "<b>": "&"},
    )

    # A code that was sent is checked: a later step of the brand has one.
    assert pane["error"]["code"] == "invalid_two_factor_code"
    assert set(pane["earlier"]) | set(pane["typed"]) == {"email", "password", "code"}


# Missing and invalid entries


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u3000"])
def test_every_missing_field_is_named(fake, browse, blank):
    page = browse()
    before = fake.snapshot()

    page.walk("wyze", {name: blank for name in ("email", "password", "api_key_id", "api_key")})

    assert (page["name"], page["status"], page["error"]) == ("login", 400, None)
    assert page["field_errors"] == {
        "email": "Email is missing",
        "password": "Password is missing",
        "api_key_id": "API Key ID is missing",
        "api_key": "API Key is missing",
    }
    assert fake.snapshot() == before


@pytest.mark.parametrize("choice", ["Mars", "north america", " Others", "\x00", "\ud800"])
def test_a_choice_that_is_not_in_the_list_is_named(fake, browse, choice):
    page = browse()
    before = fake.snapshot()

    page.walk("august", {"region": choice})

    assert (page["status"], page["field_errors"]) == (400, {"region": REGIONS})
    assert fake.snapshot() == before


def test_a_code_by_other_means_is_not_offered(browse):
    page = browse()

    page.walk("august", {"region": "Others"}, JANE, {"two_factor_method": "Phone"})

    assert page["field_errors"] == {"two_factor_method": "Send the code by: choose one of Email"}


def test_production_refuses_an_unknown_choice_too(fake):
    workspace = fake.create_workspace(is_sandbox=False)
    made = fake.call("/connect_webviews/create", token=workspace.api_key)["connect_webview"]

    page = Browser(fake, made)
    page.walk("august", {"region": "Mars"})

    assert page["field_errors"] == {"region": REGIONS}


def test_the_end_lists_the_devices_with_what_they_are(browse):
    end = browse(accepted_providers=["schlage"]).walk("schlage", JANE)

    assert end["devices"] == [
        {"name": "FRONT DOOR", "words": ["locked", "takes access codes"]},
        {"name": "BACK DOOR", "words": ["locked", "takes access codes"]},
    ]
