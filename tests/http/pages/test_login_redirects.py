"""The redirects of the login page, as status and ``Location``."""

from __future__ import annotations

import http.client
import json
import re
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from tests.http.pages.html_reading import Page


def test_a_success_is_a_303_without_a_body(fake, new_webview, fill_in):
    webview = new_webview(custom_redirect_url="https://app.example/done?x=1#top")

    response = fill_in(webview)

    assert (response.status_code, response.content) == (303, b"")
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["location"] == (
        f"https://app.example/done?x=1&connect_webview_id={webview['connect_webview_id']}#top"
    )


@pytest.mark.parametrize("used", [False, True])
def test_a_failure_is_a_303_with_the_reason(fake, visitor, new_webview, fill_in, used):
    webview = new_webview(custom_redirect_failure_url="myapp://failed")
    if used:
        fake.complete_connect_webview(webview)
    code, message = (
        ("connect_webview_already_used", "This Connect Webview has already been used")
        if used
        else ("provider_unavailable", "The provider cannot be reached")
    )

    typed = {"email": "jane@example.com", "password": "down"}
    response = visitor.get(webview["url"]) if used else fill_in(webview, **typed)

    assert response.status_code == 303
    assert response.headers["location"].startswith("myapp://failed?connect_webview_id=")
    assert dict(httpx.URL(response.headers["location"]).params) == {
        "connect_webview_id": webview["connect_webview_id"],
        "error_code": code,
        "error_message": message,
    }


@pytest.mark.parametrize("frame", ["iframe", "frame"])
@pytest.mark.parametrize(("password", "status"), [("1234", 200), ("down", 400)])
def test_a_frame_stays_and_posts_a_message_to_its_parent(
    new_webview, fill_in, frame, password, status
):
    webview = new_webview(custom_redirect_url="https://app.example")

    response = fill_in(
        webview, headers={"Sec-Fetch-Dest": frame}, email="jane@example.com", password=password
    )

    assert (response.status_code, "location" in response.headers) == (status, False)
    assert "postMessage" in response.text


@pytest.mark.parametrize(
    "given",
    [
        "https://app.example/done?a=1&b='2'&c=\"3\"",
        "https://app.example/</script><script>alert(1)</script>",
        "myapp://done\\\"+alert(1)+\"",
    ],
)
def test_the_script_of_a_frame_has_the_event_and_the_url_as_they_are(
    fake, new_webview, fill_in, given
):
    webview = new_webview(
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
def test_a_location_is_ascii(new_webview, fill_in, given, location):
    response = fill_in(new_webview(custom_redirect_url=given))

    assert response.status_code == 303
    assert response.headers["location"].startswith(f"{location}?connect_webview_id=")


@pytest.mark.parametrize(
    "given",
    ["javascript:alert()", " javascript:x", "java\tscript:x", "//app.example", "/x", "\r\n"],
)
def test_an_unsafe_url_is_never_in_a_location_nor_linked(new_webview, fill_in, given):
    response = fill_in(new_webview(custom_redirect_url=given))

    assert (response.status_code, "location" in response.headers) == (200, False)
    assert not re.search(r"href=.{0,3}(?:\s|java|//)", response.text)
    assert "location.replace" not in response.text


@pytest.mark.parametrize(("password", "status"), [("wrong", 400), ("locked", 400), ("slow", 200)])
def test_an_ordinary_failure_and_a_wait_do_not_redirect(new_webview, fill_in, password, status):
    webview = new_webview(custom_redirect_url="https://app.example")

    response = fill_in(webview, email="jane@example.com", password=password)

    assert (response.status_code, "location" in response.headers) == (status, False)


def test_a_used_webview_without_urls_is_a_page_with_status_400(visitor, new_webview, fill_in):
    webview = new_webview()
    fill_in(webview)

    assert visitor.get(webview["url"]).status_code == 400
    assert fill_in(webview).status_code == 400


# Over a socket: exactly the URL that the webview was created with


GIVEN = [
    "myapp://",
    "MyApp://Done",
    "https:app",
    "https://app.example/{c}|",
    "https://[::1",
    "http://[",
    "myapp://[x/done",
    "http://exa]mple/",
    "http://x:port/",
    f"http://{'x' * 300}.example/",
]


def signed_in(fake, url):
    """The response to the last form of a login over a socket."""
    created = fake.call(
        "/connect_webviews/create",
        {"accepted_providers": ["minut"], "custom_redirect_url": url},
    )["connect_webview"]
    address = urlsplit(created["url"])
    form = {"provider": "minut", "step": "account", "email": "jane@example.com"}
    form["password"] = "1234"
    connection = http.client.HTTPConnection(address.netloc)
    try:
        connection.request(
            "POST",
            f"{address.path}?{address.query}",
            urlencode(form),
            {"Content-Type": "application/x-www-form-urlencoded"},
        )
        response = connection.getresponse()
        response.read()
        return created["connect_webview_id"], response
    finally:
        connection.close()


@pytest.mark.parametrize("url", GIVEN)
def test_a_redirect_url_is_sent_over_a_socket_as_given(fake, url):
    with fake.serve():
        webview_id, response = signed_in(fake, url)

    assert response.status == 303
    assert response.headers["Location"] == f"{url}?connect_webview_id={webview_id}"


def test_characters_outside_ascii_are_quoted(fake):
    with fake.serve():
        webview_id, response = signed_in(fake, "myapp://Büro Tür")

    quoted = "myapp://B%C3%BCro%20T%C3%BCr"
    assert response.headers["Location"] == f"{quoted}?connect_webview_id={webview_id}"
