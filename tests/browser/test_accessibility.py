"""axe-core finds nothing on any state of any page, at the width of a desk and of a phone."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect
from walking import axe_faults, expect_heading, fill_in, press, start

from fakeseam.api.provider_catalogue import PROVIDERS

# Pages beside the login page: paths at the fake, each looked at when much has happened.
PAGES = [
    "/_fakeseam/",
    *(
        f"/_fakeseam/?show={name}"
        for name in ("workspaces", "webviews", "accounts", "devices", "events", "deliveries")
    ),
    "/_fakeseam/?show=requests",
    "/_fakeseam/?search=nothing+like+this",
]
HOSTILE = "</script><img src=x onerror=alert(1)>"
HEBREW = "\u202eשלום עולם"
LONG = "x" * 500
PLAIN = {"metadata": {"user": "u1", "is_admin": True}}
WORLDS = {
    "as it comes": PLAIN,
    "hostile text": {
        "metadata": {HOSTILE: HEBREW, HEBREW: HOSTILE, "x" * 40: LONG},
        "customization": {
            "primary_button_color": "#FFEE00",
            "primary_button_text_color": "#111111",
            "logo_shape": "circle",
            "success_message": HOSTILE,
        },
        "name": HOSTILE,
        "customer_key": HEBREW,
    },
    "long text": {
        "metadata": {"user": LONG},
        "customization": {"success_message": LONG},
        "name": LONG,
        "customer_key": LONG,
    },
}


@pytest.fixture(params=[PLAIN], ids=["as it comes"])
def world(request, fake):
    """How the workspace looks, and what stands on its webviews."""
    world = request.param
    changed = {"connect_webview_customization": world.get("customization", {})}
    if "name" in world:
        changed |= {"name": world["name"], "connect_partner_name": world["name"]}
    fake.call("/workspaces/update", changed)
    return world


@pytest.fixture
def create(seam, world):
    def create(*providers, **params):
        if "customer_key" in world:
            params["customer_key"] = world["customer_key"]
        return seam.connect_webviews.create(
            accepted_providers=list(providers) or ["schlage"],
            custom_metadata=world["metadata"],
            **params,
        )

    return create


in_every_world = pytest.mark.parametrize("world", WORLDS.values(), ids=WORLDS, indirect=True)


@in_every_world
def test_introduction(page, create, faults):
    page.goto(create().url)
    expect(page.get_by_role("button", name="Continue", exact=True)).to_be_visible()

    assert faults() == []


@in_every_world
def test_choice_among_brands(page, seam, create, faults):
    page.goto(create("schlage", "august", "yale").url)
    press(page, "Continue")
    expect_heading(page, "Choose your brand")

    assert faults() == []


def test_choice_among_all_brands(page, create, faults):
    page.goto(create(*PROVIDERS).url)
    press(page, "Continue")
    expect(page.get_by_role("button", name="Aqara", exact=True)).to_be_visible()

    assert faults() == []


@pytest.mark.parametrize("wanted", ["sch", LONG, HOSTILE, HEBREW])
def test_search_among_brands(page, create, faults, wanted):
    page.goto(create().url)
    press(page, "Continue")
    page.get_by_label("Search", exact=True).fill(wanted)
    press(page, "Search")
    expect(page.get_by_label("Search", exact=True)).to_have_value(wanted)

    assert faults() == []


@pytest.mark.parametrize("provider", ["yale", LONG, HOSTILE])
def test_a_brand_that_is_not_accepted(page, create, faults, provider):
    page.goto(f"{create().url}&{urlencode({'provider': provider})}")
    expect(page.get_by_role("alert")).to_contain_text(provider)

    assert faults() == []


@in_every_world
def test_errors_beside_the_fields(page, create, faults):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "wrong"})
    expect(page.get_by_role("alert")).to_be_visible()

    assert faults() == []


def test_fields_that_are_missing(page, create, faults):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "  ", "Password": "  "})
    expect_heading(page, "Sign in to Schlage")

    assert faults() == []


def test_what_was_typed_comes_back_as_text(page, create, faults):
    start(page, create(), "Schlage")
    # An address as browsers take it, or the form would not be sent.
    fill_in(page, "Submit", {"Email": f"{'x' * 60}@{'y' * 60}.example", "Password": LONG})
    expect(page.get_by_role("alert")).to_be_visible()

    assert faults() == []


def test_a_wrong_code(page, create, faults):
    start(page, create("yale"), "Yale")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    fill_in(page, "Submit and Continue", {"Verification code": "000000"})
    expect(page.get_by_role("alert")).to_be_visible()

    assert faults() == []


@in_every_world
def test_waiting_for_a_provider(page, create, faults):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "slow"})
    expect_heading(page, "One moment")

    assert faults() == []


@pytest.mark.parametrize("rules", [{"defer_sync": True}])
def test_waiting_for_devices(page, create, faults):
    start(page, create(wait_for_device_creation=True), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    expect_heading(page, "One moment")

    assert faults() == []


@in_every_world
def test_success(page, create, world, faults):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    message = world.get("customization", {}).get("success_message")
    expect_heading(page, message or "Your devices are connected")

    assert faults() == []


@pytest.mark.parametrize("url", ["javascript:run()", f"data:{LONG}", f"vbscript:{HOSTILE}"])
def test_success_that_does_not_lead_on(page, create, faults, url):
    start(page, create(custom_redirect_url=url), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    expect_heading(page, "Your devices are connected")

    assert faults() == []


@in_every_world
def test_failure(page, create, faults):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "down"})
    expect_heading(page, "The provider cannot be reached")

    assert faults() == []


@in_every_world
def test_a_used_webview(page, fake, create, faults):
    webview = create()
    fake.complete_connect_webview(webview)
    page.goto(webview.url)
    expect_heading(page, "This Connect Webview has already been used")

    assert faults() == []


@pytest.mark.parametrize("password", ["1234", "down"])
def test_the_end_inside_a_frame(page, create, app, password):
    webview = create(custom_redirect_url="myapp://back")  # no such app is here: the page stays
    page.goto(f"{app.url}/parent?{urlencode({'url': webview.url})}")
    frame = page.frame_locator("iframe")
    start(frame, webview, "Schlage")
    fill_in(frame, "Submit", {"Email": "jane@example.com", "Password": password})
    expect(frame.get_by_role("link", name="Continue", exact=True)).to_be_visible()

    assert axe_faults(page.frames[1]) == []


def test_a_page_that_is_not_available(page, create, faults):
    page.goto(f"{create().url}x")
    expect_heading(page, "This page is not available")

    assert faults() == []


@in_every_world
def test_all_that_stands_on_a_webview_shows_as_text(page, create, world):
    page.goto(create().url)
    page.get_by_text("About this webview", exact=True).click()

    for name, value in world["metadata"].items():
        expect(page.get_by_role("contentinfo")).to_contain_text(name)
        expect(page.get_by_role("contentinfo")).to_contain_text(
            value if isinstance(value, str) else str(value).lower()
        )
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
@in_every_world
def test_pages_beside_the_login(page, fake, server, create, faults, path):
    fake.complete_connect_webview(create())
    fake.fail_connect_webview(create())
    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])
    fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    fake.connect_account(provider="august")

    assert page.goto(f"{server.url}{path}").status == 200
    assert faults() == []
