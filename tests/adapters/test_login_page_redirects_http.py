"""Where the login page sends the visitor, as status and ``Location``."""

from __future__ import annotations

import json
import re

import httpx
import pytest
from html_reading import Page


def test_a_success_is_a_303_with_nothing_in_it(fake, create, fill_in):
    webview = create(custom_redirect_url="https://app.example/done?x=1#top")

    answer = fill_in(webview)

    assert (answer.status_code, answer.content) == (303, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"] == (
        f"https://app.example/done?x=1&connect_webview_id={webview['connect_webview_id']}#top"
    )


@pytest.mark.parametrize("used", [False, True])
def test_a_failure_is_a_303_with_the_reason(fake, visitor, create, fill_in, used):
    webview = create(custom_redirect_failure_url="myapp://failed")
    if used:
        fake.complete_connect_webview(webview)
    code, message = (
        ("connect_webview_already_used", "This Connect Webview has already been used")
        if used
        else ("provider_unavailable", "The provider cannot be reached")
    )

    typed = {"email": "jane@example.com", "password": "down"}
    answer = visitor.get(webview["url"]) if used else fill_in(webview, **typed)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("myapp://failed?connect_webview_id=")
    assert dict(httpx.URL(answer.headers["location"]).params) == {
        "connect_webview_id": webview["connect_webview_id"],
        "error_code": code,
        "error_message": message,
    }


@pytest.mark.parametrize("frame", ["iframe", "frame"])
@pytest.mark.parametrize(("password", "status"), [("1234", 200), ("down", 400)])
def test_a_frame_stays_to_tell_its_parent(create, fill_in, frame, password, status):
    webview = create(custom_redirect_url="https://app.example")

    answer = fill_in(
        webview, headers={"Sec-Fetch-Dest": frame}, email="jane@example.com", password=password
    )

    assert (answer.status_code, "location" in answer.headers) == (status, False)
    assert "postMessage" in answer.text


@pytest.mark.parametrize(
    "given",
    [
        "https://app.example/done?a=1&b='2'&c=\"3\"",
        "https://app.example/</script><script>alert(1)</script>",
        "myapp://done\\\"+alert(1)+\"",
    ],
)
def test_the_script_of_a_frame_has_the_event_and_the_url_as_they_are(
    fake, create, fill_in, given
):
    webview = create(
        custom_redirect_url=given, custom_metadata={"evil": "</script><img src=x>\"'&amp;"}
    )

    page = Page(fill_in(webview, headers={"Sec-Fetch-Dest": "iframe"}))

    script = "".join(page.one("script").texts)
    joint = "&" if "?" in given else "?"
    (url,) = re.findall(r"window\.location\.replace\((.*)\);", script)
    assert json.loads(url) == f"{given}{joint}connect_webview_id={webview['connect_webview_id']}"
    (event,) = re.findall(r"postMessage\(\{event: (.*)\}, \"\*\"\);", script)
    assert json.loads(event) == list(fake.events)[0]
    assert json.loads(event)["event_type"] == "connect_webview.login_succeeded"


@pytest.mark.parametrize(
    ("given", "location"),
    [
        ("https://bücher.example/ä", "https://b%C3%BCcher.example/%C3%A4"),
        ("https://a.example/two words", "https://a.example/two%20words"),
        ("https://a.example/%20%C3%A4", "https://a.example/%20%C3%A4"),
        ("https://a.example/'\"<>\\", "https://a.example/'\"<>\\"),
        ("https://a.example/\ud800", "https://a.example/%EF%BF%BD"),
        ("https://a.example/" + "x" * 50_000, "https://a.example/" + "x" * 50_000),
    ],
)
def test_a_location_is_ascii(create, fill_in, given, location):
    answer = fill_in(create(custom_redirect_url=given))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"{location}?connect_webview_id=")


@pytest.mark.parametrize(
    "given",
    ["javascript:alert()", " javascript:x", "java\tscript:x", "//app.example", "/x", "\r\n"],
)
def test_an_unsafe_url_is_never_in_a_location_nor_linked(create, fill_in, given):
    answer = fill_in(create(custom_redirect_url=given))

    assert (answer.status_code, "location" in answer.headers) == (200, False)
    assert not re.search(r"href=.{0,3}(?:\s|java|//)", answer.text)
    assert "location.replace" not in answer.text


@pytest.mark.parametrize(("password", "status"), [("wrong", 400), ("locked", 400), ("slow", 200)])
def test_an_ordinary_failure_and_a_wait_lead_nowhere(create, fill_in, password, status):
    webview = create(custom_redirect_url="https://app.example")

    answer = fill_in(webview, email="jane@example.com", password=password)

    assert (answer.status_code, "location" in answer.headers) == (status, False)


def test_a_used_webview_without_urls_is_a_page_with_status_400(visitor, create, fill_in):
    webview = create()
    fill_in(webview)

    assert visitor.get(webview["url"]).status_code == 400
    assert fill_in(webview).status_code == 400
