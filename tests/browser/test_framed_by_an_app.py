"""The login inside a frame of the app's page, which has another origin and gets a message."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.walking import expect_heading, fill_in, start

JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}
DOWN = "Submit", {"Email": "jane@example.com", "Password": "down"}


@pytest.fixture
def create(seam):
    def create(**params):
        return seam.connect_webviews.create(accepted_providers=["schlage"], **params)

    return create


@pytest.fixture
def framed(page, app):
    """Opens the app's page with the webview in a frame, at the first step of a login."""

    def framed(webview, parent=None):
        page.goto(f"{parent or app.url}/parent?{urlencode({'url': webview.url})}")
        frame = page.frame_locator("iframe")
        start(frame, webview, "Schlage")
        return frame

    return framed


@pytest.fixture
def messages(page):
    """Waits until the app's page has received so many messages; returns them."""

    def messages(number):
        lines = page.get_by_role("listitem")
        expect(lines).to_have_count(number)
        return [json.loads(line) for line in lines.all_inner_texts()]

    return messages


@pytest.fixture
def latest(seam):
    """The latest event of a type, as the app reads it through the API."""

    def latest(event_type):
        (event,) = seam.events.list(event_type=event_type, since="2000-01-01")
        return event

    return latest


def test_the_app_receives_the_event_of_a_successful_login(
    framed, messages, create, server, latest
):
    webview = create()
    frame = framed(webview)
    fill_in(frame, *JANE)
    expect_heading(frame, "Your devices are connected")

    (message,) = messages(1)
    assert message["origin"] == server.url
    assert message["data"].keys() == {"event"}
    received, event = message["data"]["event"], latest("connect_webview.login_succeeded")
    assert received["event_type"] == "connect_webview.login_succeeded"
    assert received["connect_webview_id"] == webview.connect_webview_id
    assert received["event_id"] == event.event_id
    assert received["connected_account_id"] == event.connected_account_id
    assert received["created_at"] == event.created_at
    assert received["occurred_at"] == event.occurred_at


def test_the_app_receives_the_whole_event(framed, messages, create, fake):
    fill_in(framed(create(custom_metadata={"user": "</script><b>&\u2028"})), *JANE)

    (message,) = messages(1)
    assert message["data"]["event"] == next(
        event for event in fake.events if event["event_type"] == "connect_webview.login_succeeded"
    )


def test_the_app_receives_the_event_of_an_unexpected_failure(framed, messages, create, latest):
    frame = framed(create())
    fill_in(frame, *DOWN)
    expect_heading(frame, "The provider cannot be reached")

    (message,) = messages(1)
    received, event = message["data"]["event"], latest("connect_webview.login_failed")
    assert received["event_type"] == "connect_webview.login_failed"
    assert received["event_id"] == event.event_id


def test_a_failure_that_can_be_corrected_sends_no_message(framed, messages, create):
    frame = framed(create())
    fill_in(frame, "Submit", {"Email": "jane@example.com", "Password": "wrong"})
    expect(frame.get_by_role("alert")).to_be_visible()
    messages(0)
    fill_in(frame, "Submit", {"Password": "1234"})

    (message,) = messages(1)
    assert message["data"]["event"]["event_type"] == "connect_webview.login_succeeded"


def test_the_app_receives_the_event_before_the_frame_opens_the_redirect_url(
    framed, messages, create, app
):
    webview = create(custom_redirect_url=f"{app.url}/back")
    frame = framed(webview)
    fill_in(frame, *JANE)
    expect_heading(frame, "Back in the app")

    (message,) = messages(1)
    assert message["data"]["event"]["connect_webview_id"] == webview.connect_webview_id
    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]


def test_a_failure_opens_the_failure_url(framed, messages, create, app):
    frame = framed(create(custom_redirect_failure_url=f"{app.elsewhere}/back"))
    fill_in(frame, *DOWN)
    expect_heading(frame, "Back in the app")

    (message,) = messages(1)
    assert message["data"]["event"]["event_type"] == "connect_webview.login_failed"
    ((url, params),) = app.arrivals
    assert (url, params["error_code"]) == (f"{app.elsewhere}/back", "provider_unavailable")


def test_any_origin_may_show_it_in_a_frame(framed, messages, create, app):
    fill_in(framed(create(), parent=app.elsewhere), *JANE)

    messages(1)


@pytest.mark.parametrize("java_script_enabled", [False])
def test_without_javascript_the_frame_has_a_link_to_the_redirect_url(framed, create, app):
    webview = create(custom_redirect_url=f"{app.url}/back")
    frame = framed(webview)
    fill_in(frame, *JANE)
    expect_heading(frame, "Your devices are connected")
    frame.get_by_role("link", name="Continue", exact=True).click()
    expect_heading(frame, "Back in the app")

    params = {"connect_webview_id": webview.connect_webview_id}
    assert app.arrivals == [(f"{app.url}/back", params)]
