"""Hostile texts stay text on the login page; the colors and names of a workspace."""

from __future__ import annotations

import httpx
import pytest

from fakeseam.control import login_page
from tests.http.pages.html_reading import Browser, Page

HOSTILE = "</script></style></title><img src=x onerror=alert(1)>\"'&amp;{{7*7}} \u202eمرحبا "
LONG = HOSTILE + "x" * (500 - len(HOSTILE))
RED = {"primary_button_color": "#B00", "primary_button_text_color": "Ivory"}
VIEW = "/connect_webviews/view"


@pytest.fixture
def client(fake):
    with httpx.Client(transport=fake.transport(), base_url="http://fakeseam") as client:
        yield client


@pytest.fixture
def visit(fake, client):
    """A browser at a new webview's page, in a frame if ``is_framed``."""

    def visit(*, is_framed=False, **params):
        created = fake.call("/connect_webviews/create", params)["connect_webview"]
        return Browser(client, created, {"Sec-Fetch-Dest": "iframe"} if is_framed else {})

    return visit


@pytest.fixture
def customize(fake):
    def customize(**settings):
        fake.call("/workspaces/update", {"connect_webview_customization": settings})

    return customize


def panes(fake, visit, **params):
    """Every page of the login, once."""
    at = visit(accepted_providers=["schlage", "visionline", "yale"], **params)
    used = visit(**params)
    other = visit(**params)
    fake.complete_connect_webview(used.own["connect_webview_id"])
    return {
        "introduction": at.get(),
        "providers": at.get(step="providers"),
        "found": at.get(step="providers", search=LONG),
        "unknown": at.get(provider=LONG),
        "step": at.get(provider="visionline", pairing_code=LONG),
        "next step": at.post(provider="visionline", step="pairing", pairing_code=LONG),
        "refused": at.sign_in("visionline", pairing_code=LONG, site=LONG, username=LONG),
        "code": at.sign_in("yale"),
        "waiting": at.sign_in(password="slow"),
        "failed": at.sign_in(password="down"),
        "success": other.sign_in(email="other@example.com"),
        "used": used.get(),
    }


PANES = (
    "introduction",
    "providers",
    "found",
    "unknown",
    "step",
    "next step",
    "refused",
    "code",
    "waiting",
    "failed",
    "success",
    "used",
)


# Hostile texts


@pytest.fixture
def hostile(fake, visit, customize):
    """Every page, with hostile text in every place for text."""
    customize(success_message=LONG, **dict.fromkeys(RED, LONG))
    fake.call("/workspaces/update", {"connect_partner_name": LONG})
    return panes(
        fake,
        visit,
        custom_metadata={HOSTILE.replace(".", "")[:40]: LONG},
        customer_key=LONG,
        custom_redirect_url=f"javascript:{LONG}",
        custom_redirect_failure_url=f"data:{LONG}",
    )


def test_hostile_texts_stay_text_on_every_page(hostile):
    shown = " ".join(LONG.split())

    assert tuple(hostile) == PANES
    for name, page in hostile.items():
        assert page("img") == []
        assert "<img" not in page.one("style").text
        assert len(page("script")) == (name in ("failed", "success"))
        details = page("details")[-1].text
        for expected in (f"customer_key {shown}", f"javascript:{shown}", f"data:{shown}"):
            assert expected in details


def test_hostile_texts_are_shown_in_full_in_their_places(hostile):
    shown = " ".join(LONG.split())

    assert hostile["introduction"].heading == f"{shown} wants to connect your devices"
    assert hostile["success"].heading == shown
    assert f"No brand found for “{shown}”." in hostile["found"].text
    assert shown in hostile["unknown"].one(role="alert").text
    for page, name in (("found", "search"), ("step", "pairing_code"), ("refused", "username")):
        assert hostile[page].one("input", name=name).attrs["value"] == LONG
    assert hostile["next step"].one("input", name="pairing_code").attrs["type"] == "hidden"


def test_nothing_is_loaded_from_elsewhere(fake, visit, hostile):
    usual = panes(fake, visit, custom_redirect_url="myapp://done").values()

    for page in [*hostile.values(), *usual]:
        for element in page.elements:
            assert "src" not in element.attrs
            assert "style" not in element.attrs
            assert element.attrs.get("action", "view") == "view"
            assert element.attrs.get("href", "#").startswith(("#", "view?", "data:,"))
        assert "url(" not in page.response.text.replace(LONG, "")
        assert "@import" not in page.response.text


def test_every_page_has_the_same_strict_headers(hostile):
    for page in hostile.values():
        headers = page.response.headers
        policy = headers["Content-Security-Policy"]
        nonce = page.one("style").attrs["nonce"]
        assert policy == (
            f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}';"
            " img-src data:; base-uri 'none'; form-action 'self'"
        )
        assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert headers["Cache-Control"] == "private, no-cache"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in headers


def test_a_lone_surrogate_breaks_no_page(fake, visit):
    fake.call("/workspaces/update", {"connect_partner_name": "\ud83d"})

    for page in panes(fake, visit, custom_metadata={"\ud83d": "\ud83d"}).values():
        assert page.one("h1").text


# Appearance


def test_a_workspace_has_its_own_colors_shape_name_and_message(fake, visit, customize):
    customize(logo_shape="square", success_message="Welcome home", **RED)
    fake.call("/workspaces/update", {"connect_partner_name": "Harbour View"})
    at = visit()

    page = at.get()
    assert ":root { --primary: #b00; --on-primary: ivory; }" in page.one("style").text
    assert page.one("span", **{"class": "logo square"}).text == "HV"
    assert page.heading == "Harbour View wants to connect your devices"
    assert at.sign_in().heading == "Welcome home"


def test_a_change_of_settings_applies_to_new_webviews(fake, visit, customize):
    older = visit()
    customize(logo_shape="square", **RED)
    fake.call("/workspaces/update", {"connect_partner_name": "Beta"})

    newer = visit()

    assert older.get().heading == "Sandbox wants to connect your devices"
    assert "--primary: #232426" in older.get().one("style").text
    assert newer.get().heading == "Beta wants to connect your devices"
    assert "--primary: #b00" in newer.get().one("style").text


def test_a_workspace_without_settings_looks_as_documented(visit):
    at = visit()

    page = at.get()
    assert ":root { --primary: #232426; --on-primary: #ffffff; }" in page.one("style").text
    assert page.one("span", **{"class": "logo circle"}).text == "Sa"
    assert at.sign_in().heading == "Your devices are connected"


def test_the_last_page_counts_the_devices_that_it_does_not_list(visit, monkeypatch):
    monkeypatch.setattr(login_page, "MAX_DEVICES", 1)

    page = visit().sign_in("schlage")

    devices = [item.text for item in page("li")]
    assert devices == ["FRONT DOOR locked, takes access codes", "and 1 more"]


def test_an_invalid_color_is_ignored(visit, customize):
    customize(**dict.fromkeys(RED, "red}</style><script>alert(1)</script>"))

    page = visit().get()
    assert ":root { --primary: #232426; --on-primary: #ffffff; }" in page.one("style").text
    assert page("script") == []


# Last pages


def test_a_slow_provider_page_shows_the_fakes_clock_and_when_it_responds(visit):
    page = visit().sign_in(password="slow")

    assert page.heading == "One moment"
    for text in (
        "Schlage is slow to answer.",
        "It answers at 2026-01-01T12:00:30.000Z",
        "The fake's clock says 2026-01-01T12:00:00.000Z",
        "fake.clock.advance(30)",
    ):
        assert text in page.text
    assert page.one("button").text == "Check again"


def test_a_failed_login_may_be_tried_again(visit):
    at = visit()
    page = at.sign_in(password="down")

    assert page.title == "Error: The provider cannot be reached"
    (link,) = page("a")
    assert link.text == "Try again"
    assert at.follow(link).heading == "Sandbox wants to connect your devices"


def test_a_used_webview_has_no_link_to_try_again(visit):
    at = visit()
    at.sign_in()
    page = at.get()

    assert page.heading == "This Connect Webview has already been used"
    assert "A Connect Webview is for one login." in page.text
    assert "error_code: connect_webview_already_used" in page.text
    assert page("a") == page("script") == []


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("javascript:alert(1)", "it begins with javascript:"),
        ("https://app.test/\n", "it has control characters in it"),
        ("/done", "it does not begin with a scheme such as https://"),
    ],
)
def test_a_redirect_that_is_refused_is_explained_and_not_linked(visit, url, reason):
    at = visit(custom_redirect_url=url)

    for page in (at.sign_in(password="down"), at.sign_in()):
        assert f"The reason: {reason} {url.strip()}" in page.text
        assert [one.text for one in page("a")] in ([], ["Try again"])


def test_a_frame_has_a_link_to_continue(visit):
    at = visit(is_framed=True, custom_redirect_url="https://app.test/done")

    failed, success, used = at.sign_in(password="down"), at.sign_in(), at.get()
    assert [one.text for one in failed("a")] == ["Continue", "Try again"]
    assert [one.text for one in success("a")] == ["Continue"]
    assert [one.text for one in used("a")] == ["Continue"]
    assert success.one("a").attrs["href"] == (
        f"https://app.test/done?connect_webview_id={at.own['connect_webview_id']}"
    )


def test_about_this_webview_shows_its_parameters(visit):
    metadata = {"user_id": "u-42", "vip": True}
    params = {"customer_key": "harbour", "custom_redirect_url": "https://app.test/done"}
    details = visit(custom_metadata=metadata, **params).get()("details")[-1].text

    assert details.startswith("About this webview connect_webview_id ")
    for text in (
        "customer_key harbour",
        "custom_redirect_url https://app.test/done",
        "custom_redirect_failure_url none",
        "user_id u-42",
        "vip true",
    ):
        assert text in details


def test_an_unknown_webview_and_a_wrong_token_look_the_same(client, visit):
    at = visit()
    wrong = Page(client.get(VIEW, params={**at.own, "auth_token": "no"}))
    unknown = Page(client.get(VIEW, params={**at.own, "connect_webview_id": "no"}))

    assert wrong.response.status_code == unknown.response.status_code == 404
    assert wrong.text == unknown.text
    assert wrong.heading == "This page is not available"


@pytest.mark.parametrize(("method", "status"), [("PUT", 405), ("DELETE", 405), ("POST", 415)])
def test_a_request_that_no_form_sends_gets_an_error_page(client, method, status):
    page = Page(client.request(method, VIEW, json={}))

    assert page.response.status_code == status
    assert page.heading == "This page is not available"
    assert f"Status {status}" in page.text
