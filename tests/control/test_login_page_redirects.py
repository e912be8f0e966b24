"""Where the page redirects at its end, and where it never redirects."""

from __future__ import annotations

import pytest

from fakeseam import LoginFailed

JANE = {"email": "jane@example.com", "password": "1234"}
FAILED = "error_code=provider_unavailable&error_message=The+provider+cannot+be+reached"
USED = (
    "error_code=connect_webview_already_used"
    "&error_message=This+Connect+Webview+has+already+been+used"
)
BOTH = {
    "custom_redirect_url": "https://app.example/done",
    "custom_redirect_failure_url": "https://app.example/failed",
}


def succeed(page):
    page.walk("minut", JANE)
    return page["redirect"]["url"], page["redirect"]["refused"]


def fail(page):
    page.walk("minut", {**JANE, "password": "down"})
    return page["redirect"]["url"], page["redirect"]["refused"]


def use_again(page):
    page.walk("minut", JANE)
    page.open()
    return page["redirect"]["url"], page["redirect"]["refused"]


def about(page):
    return f"connect_webview_id={page.webview['connect_webview_id']}"


# The documented ways


def test_without_urls_the_page_is_the_end(browse):
    for end in (succeed, fail, use_again):
        assert end(browse()) == (None, None)


def test_a_success_leads_to_the_redirect_url_with_the_webviews_id(browse):
    page = browse(**BOTH)

    assert succeed(page)[0] == f"https://app.example/done?{about(page)}"


def test_a_failure_leads_to_the_failure_url_with_the_reason(browse):
    page = browse(**BOTH)

    assert fail(page)[0] == f"https://app.example/failed?{about(page)}&{FAILED}"


def test_a_used_webview_leads_to_the_failure_url(browse):
    page = browse(**BOTH)

    assert use_again(page)[0] == f"https://app.example/failed?{about(page)}&{USED}"


@pytest.mark.parametrize("failure", [{}, {"custom_redirect_failure_url": ""}])
def test_without_a_failure_url_a_failure_leads_to_the_other_one(browse, failure):
    page = browse(custom_redirect_url="https://app.example/done", **failure)

    assert fail(page)[0] == f"https://app.example/done?{about(page)}&{FAILED}"


def test_a_failure_url_alone_is_not_for_a_success(browse):
    page = browse(custom_redirect_failure_url="https://app.example/failed")

    assert succeed(page) == (None, None)


@pytest.mark.parametrize("typed", [{"password": "wrong"}, {"password": "locked"}])
def test_an_ordinary_failure_leads_nowhere(browse, typed):
    page = browse(**BOTH)

    page.walk("minut", {**JANE, **typed})

    assert page["name"] == "login"
    assert "redirect" not in page.pane


# Which URLs are followed

KEPT = [
    ("https://a.example", "https://a.example?{}"),
    ("http://localhost:3000/x", "http://localhost:3000/x?{}"),
    ("HTTPS://A.example/", "HTTPS://A.example/?{}"),
    ("https://a.example/?x=1&y=%20", "https://a.example/?x=1&y=%20&{}"),
    ("https://a.example/?x=1#top", "https://a.example/?x=1&{}#top"),
    ("https://a.example/#/route?x=1", "https://a.example/?{}#/route?x=1"),
    ("https://a.example/?", "https://a.example/?{}"),
    ("https://a.example/?connect_webview_id=x", "https://a.example/?connect_webview_id=x&{}"),
    ("myapp://x", "myapp://x?{}"),
    ("my-app.v2+dev://done", "my-app.v2+dev://done?{}"),
    ("com.example.app:/done", "com.example.app:/done?{}"),
    ("https://bücher.example/ä", "https://bücher.example/ä?{}"),
    ("https://a.example/two words", "https://a.example/two words?{}"),
    ("https://a.example/'\"<>\\", "https://a.example/'\"<>\\?{}"),
    ("https://a.example/\ud800", "https://a.example/\ud800?{}"),
    ("https://a.example/" + "x" * 10_000, "https://a.example/" + "x" * 10_000 + "?{}"),
]
NO_SCHEME = "it does not begin with a scheme such as https://"
CONTROL = "it has control characters in it"
NEVER = [
    ("javascript:alert(1)", "it begins with javascript:"),
    ("JaVaScRiPt:alert(1)", "it begins with javascript:"),
    ("javascript://app.example/%0aalert(1)", "it begins with javascript:"),
    ("data:text/html,<script>", "it begins with data:"),
    ("DATA:,", "it begins with data:"),
    ("vbscript:x", "it begins with vbscript:"),
    (" javascript:alert(1)", NO_SCHEME),
    (" https://app.example", NO_SCHEME),
    ("\u00a0javascript:alert(1)", NO_SCHEME),
    ("java\tscript:alert(1)", CONTROL),
    ("java\nscript:alert(1)", CONTROL),
    ("\x01javascript:alert(1)", CONTROL),
    ("https://app.example/\r\nSet-Cookie: a=b", CONTROL),
    ("https://app.example/\x00", CONTROL),
    ("https://app.example/\x7f", CONTROL),
    ("https://app.example/\x85", CONTROL),
    ("/done", NO_SCHEME),
    ("done", NO_SCHEME),
    ("//app.example", NO_SCHEME),
    ("\\\\app.example", NO_SCHEME),
    ("?x", NO_SCHEME),
    ("   ", NO_SCHEME),
    (":", NO_SCHEME),
    ("ｈttps://app.example", NO_SCHEME),
    ("\ud800", NO_SCHEME),
]


@pytest.mark.parametrize(("given", "expected"), KEPT)
def test_a_url_is_kept_and_gets_the_parameters(fake, browse, given, expected):
    made = browse(custom_redirect_url=given)
    assert succeed(made) == (expected.format(about(made)), None)

    for end, reason in ((fail, FAILED), (use_again, USED)):
        page = browse(custom_redirect_failure_url=given)
        query = f"{about(page)}&{reason}"
        assert end(page) == (expected.format(query), None)


@pytest.mark.parametrize(("given", "why"), NEVER)
@pytest.mark.parametrize("end", [succeed, fail, use_again])
def test_an_invalid_or_executable_url_is_not_followed(browse, end, given, why):
    page = browse(custom_redirect_url=given)

    assert end(page) == (None, why)
    assert page["webview"]["leads_on"] is False


@pytest.mark.parametrize(("given", "why"), NEVER)
def test_an_impossible_failure_url_is_not_replaced_by_the_other_one(browse, given, why):
    page = browse(
        custom_redirect_url="https://app.example", custom_redirect_failure_url=given
    )

    assert fail(page) == (None, why)
    assert page["webview"]["leads_on"] is True


@pytest.mark.parametrize("given", [given for given, _ in KEPT + NEVER])
def test_the_control_methods_agree_with_the_page(fake, browse, given):
    page = browse(custom_redirect_failure_url=given)
    fail(page)

    by_method = fake.fail_connect_webview(page.webview, "provider_unavailable")
    with pytest.raises(LoginFailed) as failed:
        fake.complete_connect_webview(
            page.webview, "minut", "jane@example.com", password="down"
        )

    assert by_method == failed.value.redirect_url == page["redirect"]["url"]
