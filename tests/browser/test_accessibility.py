"""axe-core finds nothing in any state of any page, at the width of a desktop and of a phone."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from fakeseam.api.connect_webviews.login.provider_catalog import PROVIDERS
from tests.browser.walking import axe_violations, expect_heading, fill_in, press, start

# Other pages than the login page: paths of the fake, opened after many changes.
PAGES = [
    "/_fakeseam/",
    *(
        f"/_fakeseam/?show={name}"
        for name in ("workspaces", "webviews", "accounts", "devices", "events", "deliveries")
    ),
    "/_fakeseam/?show=access_codes",
    "/_fakeseam/?show=requests",
    "/_fakeseam/?search=nothing+like+this",
]
HOSTILE = "</script><img src=x onerror=alert(1)>"
HEBREW = "\u202eשלום עולם"
LONG = "x" * 500
PLAIN = {"metadata": {"user": "u1", "is_admin": True}}
WORKSPACES = {
    "default": PLAIN,
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


@pytest.fixture(params=[PLAIN], ids=["default"])
def workspace(request, fake):
    """The appearance of the workspace, and the metadata of its webviews."""
    workspace = request.param
    changed = {"connect_webview_customization": workspace.get("customization", {})}
    if "name" in workspace:
        changed |= {"name": workspace["name"], "connect_partner_name": workspace["name"]}
    fake.call("/workspaces/update", changed)
    return workspace


@pytest.fixture
def create(seam, workspace):
    def create(*providers, **params):
        if "customer_key" in workspace:
            params["customer_key"] = workspace["customer_key"]
        return seam.connect_webviews.create(
            accepted_providers=list(providers) or ["schlage"],
            custom_metadata=workspace["metadata"],
            **params,
        )

    return create


in_every_workspace = pytest.mark.parametrize(
    "workspace", WORKSPACES.values(), ids=WORKSPACES, indirect=True
)


@in_every_workspace
def test_introduction(page, create, accessibility_violations):
    page.goto(create().url)
    expect(page.get_by_role("button", name="Continue", exact=True)).to_be_visible()

    assert accessibility_violations() == []


@in_every_workspace
def test_choice_among_brands(page, seam, create, accessibility_violations):
    page.goto(create("schlage", "august", "yale").url)
    press(page, "Continue")
    expect_heading(page, "Choose your brand")

    assert accessibility_violations() == []


def test_choice_among_all_brands(page, create, accessibility_violations):
    page.goto(create(*PROVIDERS).url)
    press(page, "Continue")
    expect(page.get_by_role("button", name="Aqara", exact=True)).to_be_visible()

    assert accessibility_violations() == []


@pytest.mark.parametrize("wanted", ["sch", LONG, HOSTILE, HEBREW])
def test_search_among_brands(page, create, accessibility_violations, wanted):
    page.goto(create().url)
    press(page, "Continue")
    page.get_by_label("Search", exact=True).fill(wanted)
    press(page, "Search")
    expect(page.get_by_label("Search", exact=True)).to_have_value(wanted)

    assert accessibility_violations() == []


@pytest.mark.parametrize("provider", ["yale", LONG, HOSTILE])
def test_a_brand_that_is_not_accepted(page, create, accessibility_violations, provider):
    page.goto(f"{create().url}&{urlencode({'provider': provider})}")
    expect(page.get_by_role("alert")).to_contain_text(provider)

    assert accessibility_violations() == []


@in_every_workspace
def test_errors_at_the_fields(page, create, accessibility_violations):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "wrong"})
    expect(page.get_by_role("alert")).to_be_visible()

    assert accessibility_violations() == []


def test_fields_that_are_missing(page, create, accessibility_violations):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "  ", "Password": "  "})
    expect_heading(page, "Sign in to Schlage")

    assert accessibility_violations() == []


def test_entries_are_shown_again_as_text(page, create, accessibility_violations):
    start(page, create(), "Schlage")
    # An address that browsers accept, or the form would not be sent.
    fill_in(page, "Submit", {"Email": f"{'x' * 60}@{'y' * 60}.example", "Password": LONG})
    expect(page.get_by_role("alert")).to_be_visible()

    assert accessibility_violations() == []


def test_a_wrong_code(page, create, accessibility_violations):
    start(page, create("yale"), "Yale")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    fill_in(page, "Submit and Continue", {"Verification code": "000000"})
    expect(page.get_by_role("alert")).to_be_visible()

    assert accessibility_violations() == []


@in_every_workspace
def test_waiting_for_a_provider(page, create, accessibility_violations):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "slow"})
    expect_heading(page, "One moment")

    assert accessibility_violations() == []


@pytest.mark.parametrize("rules", [{"defer_sync": True}])
def test_waiting_for_devices(page, create, accessibility_violations):
    start(page, create(wait_for_device_creation=True), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    expect_heading(page, "One moment")

    assert accessibility_violations() == []


@in_every_workspace
def test_success(page, create, workspace, accessibility_violations):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    message = workspace.get("customization", {}).get("success_message")
    expect_heading(page, message or "Your devices are connected")

    assert accessibility_violations() == []


@pytest.mark.parametrize("url", ["javascript:run()", f"data:{LONG}", f"vbscript:{HOSTILE}"])
def test_success_with_an_unsafe_redirect_url(page, create, accessibility_violations, url):
    start(page, create(custom_redirect_url=url), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "1234"})
    expect_heading(page, "Your devices are connected")

    assert accessibility_violations() == []


@in_every_workspace
def test_failure(page, create, accessibility_violations):
    start(page, create(), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "down"})
    expect_heading(page, "The provider cannot be reached")

    assert accessibility_violations() == []


@in_every_workspace
def test_a_used_webview(page, fake, create, accessibility_violations):
    webview = create()
    fake.complete_connect_webview(webview)
    page.goto(webview.url)
    expect_heading(page, "This Connect Webview has already been used")

    assert accessibility_violations() == []


@pytest.mark.parametrize("password", ["1234", "down"])
def test_the_end_inside_a_frame(page, create, app, password):
    webview = create(custom_redirect_url="myapp://back")  # no app has this scheme: the page stays
    page.goto(f"{app.url}/parent?{urlencode({'url': webview.url})}")
    frame = page.frame_locator("iframe")
    start(frame, webview, "Schlage")
    fill_in(frame, "Submit", {"Email": "jane@example.com", "Password": password})
    expect(frame.get_by_role("link", name="Continue", exact=True)).to_be_visible()

    assert axe_violations(page.frames[1]) == []


def test_a_page_that_is_not_available(page, create, accessibility_violations):
    page.goto(f"{create().url}x")
    expect_heading(page, "This page is not available")

    assert accessibility_violations() == []


@in_every_workspace
def test_all_texts_of_a_webview_are_shown_as_text(page, create, workspace):
    page.goto(create().url)
    page.get_by_text("About this webview", exact=True).click()

    for name, value in workspace["metadata"].items():
        expect(page.get_by_role("contentinfo")).to_contain_text(name)
        expect(page.get_by_role("contentinfo")).to_contain_text(
            value if isinstance(value, str) else str(value).lower()
        )
    expect(page.locator("img[src=x]")).to_have_count(0)


@pytest.mark.parametrize("path", PAGES)
@in_every_workspace
def test_the_inspection_page(page, fake, server, create, accessibility_violations, path):
    fake.complete_connect_webview(create())
    fake.fail_connect_webview(create())
    fake.disconnect_account(fake.call("/connected_accounts/list")["connected_accounts"][0])
    fake.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    fake.connect_account(provider="august")

    assert page.goto(f"{server.url}{path}").status == 200
    assert accessibility_violations() == []
