"""The login redirects to the customer's app, and never to a URL that a browser would run."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.walking import BOTH, expect_heading, fill_in, sign_in, start

pytestmark = pytest.mark.parametrize(**BOTH)

JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}
DOWN = "Submit", {"Email": "jane@example.com", "Password": "down"}
BACK_IN_THE_APP = "Back in the app"


@pytest.fixture
def create(seam):
    """Creates a webview with these redirect URLs."""

    def create(url=None, failure_url=None, **params):
        return seam.connect_webviews.create(
            accepted_providers=["schlage"],
            custom_redirect_url=url,
            custom_redirect_failure_url=failure_url,
            **params,
        )

    return create


def test_a_login_opens_the_redirect_url_with_its_webview_id(page, app, create):
    webview = create(f"{app.url}/back")
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, BACK_IN_THE_APP)

    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]


def test_the_redirect_urls_own_query_and_fragment_are_kept(page, app, create):
    webview = create(f"{app.url}/back?next=%2Fhome%3Fa%3D1&empty=#locks")
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, BACK_IN_THE_APP)

    params = {"next": "/home?a=1", "empty": "", "connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]
    assert page.url.endswith("#locks")


def test_an_app_may_redirect_to_another_origin(page, app, create):
    webview = create(f"{app.url}/on")
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, BACK_IN_THE_APP)

    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.elsewhere}/back", params)]


def test_a_failed_login_that_can_be_corrected_stays(page, app, create):
    start(page, create(f"{app.url}/back", f"{app.url}/failed"), "Schlage")
    fill_in(page, "Submit", {"Email": "jane@example.com", "Password": "wrong"})
    expect_heading(page, "Sign in to Schlage")
    assert app.visits == []

    fill_in(page, "Submit", {"Password": "1234"})
    expect_heading(page, BACK_IN_THE_APP)

    assert [url for url, _ in app.visits] == [f"{app.url}/back"]


def test_a_provider_that_is_down_opens_the_failure_url(page, app, seam, create):
    webview = create(f"{app.url}/elsewhere", f"{app.url}/back?a=1")
    sign_in(page, webview, "Schlage", DOWN)
    expect_heading(page, BACK_IN_THE_APP)

    params = {
        "a": "1",
        "connect_webview_id": webview.connect_webview_id,
        "error_code": "provider_unavailable",
        "error_message": "The provider cannot be reached",
    }
    assert app.visits == [(f"{app.url}/back", params)]
    again = seam.connect_webviews.get(connect_webview_id=webview.connect_webview_id)
    assert again.status == "failed"


def test_another_customers_account_opens_the_failure_url(page, app, fake, create, event_types):
    fake.connect_account(provider="schlage", email="jane@example.com", customer_key="theirs")
    before = event_types()
    webview = create(f"{app.url}/elsewhere", f"{app.url}/back", customer_key="ours")
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, BACK_IN_THE_APP)

    params = {
        "connect_webview_id": webview.connect_webview_id,
        "error_code": "account_already_associated_with_customer",
        "error_message": "The account is already associated with another customer",
    }
    assert app.visits == [(f"{app.url}/back", params)]
    assert event_types() == [*before, "connect_webview.login_failed"]


def test_without_a_failure_url_a_failure_opens_the_redirect_url(page, app, create):
    sign_in(page, create(f"{app.url}/back"), "Schlage", DOWN)
    expect_heading(page, BACK_IN_THE_APP)

    ((url, params),) = app.visits
    assert (url, params["error_code"]) == (f"{app.url}/back", "provider_unavailable")


def test_an_apps_own_scheme_is_followed(page, create):
    webview = create("myapp://connected?from=seam")
    sent_to = []
    page.on("response", lambda response: sent_to.append(response.headers.get("location")))
    with page.expect_response(lambda response: response.status == 303):
        sign_in(page, webview, "Schlage", JANE)

    assert sent_to[-1] == (
        f"myapp://connected?from=seam&connect_webview_id={webview.connect_webview_id}"
    )


def test_the_apps_callback_may_redirect_to_an_apps_own_scheme(page, app, create):
    """No content security policy is violated: the fixture would fail the test."""
    webview = create(f"{app.url}/to-the-phone")
    with page.expect_response(lambda response: response.status == 302) as redirect:
        sign_in(page, webview, "Schlage", JANE)

    assert redirect.value.headers["location"] == (
        f"myapp://back?connect_webview_id={webview.connect_webview_id}"
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:document.title='run'",
        "JavaScript:document.title='run'",
        "data:text/html,<h1>run</h1>",
        "vbscript:run",
        "java\nscript:document.title='run'",
    ],
)
def test_a_url_that_a_browser_would_run_is_neither_followed_nor_linked(page, seam, create, url):
    webview = create(url, url)
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "Your devices are connected")

    expect(page.get_by_role("main")).to_contain_text("redirect URL")
    expect(page.get_by_role("link", name="Continue", exact=True)).to_have_count(0)
    links = page.locator("a").evaluate_all("links => links.map(link => link.protocol)")
    assert set(links) <= {"http:"}
    assert page.title() != "run"
    assert len(seam.connected_accounts.list()) == 1
