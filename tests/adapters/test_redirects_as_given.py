"""A redirect leads to the very URL that the webview was made with, over a socket too."""

from __future__ import annotations

import http.client
from urllib.parse import urlencode, urlsplit

import pytest

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
    """The answer to the last form of a login, as it came over the wire."""
    made = fake.call(
        "/connect_webviews/create",
        {"accepted_providers": ["minut"], "custom_redirect_url": url},
    )["connect_webview"]
    address = urlsplit(made["url"])
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
        answer = connection.getresponse()
        answer.read()
        return made["connect_webview_id"], answer
    finally:
        connection.close()


@pytest.mark.parametrize("url", GIVEN)
def test_a_redirect_url_goes_over_the_wire_as_it_was_given(fake, url):
    with fake.serve():
        webview_id, answer = signed_in(fake, url)

    assert answer.status == 303
    assert answer.headers["Location"] == f"{url}?connect_webview_id={webview_id}"


def test_what_is_not_ascii_is_quoted(fake):
    with fake.serve():
        webview_id, answer = signed_in(fake, "myapp://Büro Tür")

    quoted = "myapp://B%C3%BCro%20T%C3%BCr"
    assert answer.headers["Location"] == f"{quoted}?connect_webview_id={webview_id}"
