"""The login page over HTTP: status codes, headers, methods, and what no browser sends."""

from __future__ import annotations

import re

import httpx
import pytest

PATH = "/connect_webviews/view"
FORM = "application/x-www-form-urlencoded"


def without_nonce(response):
    """The body with the nonce of the header replaced."""
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", response.headers["content-security-policy"]))
    assert len(nonce) >= 20
    return response.text.replace(nonce, "NONCE")


def status_of(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]["status"]


# Headers


def policy(response):
    rules = response.headers["content-security-policy"].split("; ")
    return {name: what for name, _, what in (rule.partition(" ") for rule in rules)}


def test_a_page_may_load_nothing_and_be_cached_nowhere(visitor, new_webview):
    response = visitor.get(new_webview()["url"])

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["cache-control"] == "private, no-cache"
    assert response.headers["referrer-policy"] == "same-origin"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in response.headers
    assert "set-cookie" not in response.headers
    rules = policy(response)
    assert (rules["default-src"], rules["base-uri"]) == ("'none'", "'none'")
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", rules["script-src"])


def test_an_app_may_frame_the_page(visitor, new_webview):
    response = visitor.get(new_webview()["url"])

    assert "frame-ancestors" not in policy(response)
    assert "x-frame-options" not in response.headers


def test_no_two_responses_have_the_same_nonce(visitor, new_webview):
    url = new_webview()["url"]

    nonces = {policy(visitor.get(url))["script-src"] for _ in range(20)}

    assert len(nonces) == 20


@pytest.mark.parametrize(
    ("url", "held"),
    [
        (None, "'self'"),
        ("javascript:alert()", "'self'"),
        ("x;script-src *://a", "'self'"),
        ("https://app.example", None),
        ("myapp://done", None),
    ],
)
def test_forms_may_only_go_to_the_fake_without_a_redirect_url(visitor, new_webview, url, held):
    params = {} if url is None else {"custom_redirect_url": url}

    response = visitor.get(new_webview(**params)["url"])

    assert policy(response).get("form-action") == held
    assert policy(response)["default-src"] == "'none'"


# Methods


def test_head_is_get_without_a_body(visitor, new_webview):
    url = new_webview()["url"]

    response = visitor.head(url)

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers.keys() == visitor.get(url).headers.keys()


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(fake, visitor, new_webview, method):
    webview = new_webview()
    before = fake.snapshot()

    response = visitor.request(method, webview["url"])

    assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD, POST")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert fake.snapshot() == before


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{}"),
        ("text/plain", b"step=account"),
        ("multipart/form-data; boundary=x", b"--x--"),
        (None, b""),
        ("", b"step=account"),
    ],
)
def test_a_posted_body_has_to_be_a_form(fake, visitor, new_webview, content_type, body):
    webview = new_webview()
    before = fake.snapshot()
    headers = {} if content_type is None else {"Content-Type": content_type}

    response = visitor.post(webview["url"], content=body, headers=headers)

    assert response.status_code == 415
    assert fake.snapshot() == before


@pytest.mark.parametrize("content_type", [FORM, FORM.upper(), f"{FORM}; charset=utf-8"])
def test_a_form_may_declare_its_type_in_any_spelling(fake, visitor, new_webview, content_type):
    webview = new_webview()
    body = b"provider=minut&step=account&email=jane%40example.com&password=1234"

    response = visitor.post(webview["url"], content=body, headers={"Content-Type": content_type})

    assert (response.status_code, status_of(fake, webview)) == (200, "authorized")


# No response reveals which ids exist


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_all_unavailable_webviews_get_the_same_404(fake, visitor, new_webview, method):
    mine, other, gone = new_webview(), new_webview(), new_webview()
    deleted = {"connect_webview_id": gone["connect_webview_id"]}
    fake.call("/connect_webviews/delete", deleted)
    own, its = (dict(httpx.URL(one["url"]).params) for one in (mine, other))
    queries = [
        {},
        {"connect_webview_id": own["connect_webview_id"]},
        {"auth_token": own["auth_token"]},
        {**own, "auth_token": "wrong"},
        {**own, "auth_token": ""},
        {**own, "auth_token": its["auth_token"]},
        {**own, "auth_token": own["auth_token"] + "\ufffd"},
        {**own, "auth_token": own["auth_token"].swapcase()},
        {**own, "connect_webview_id": "4a7a1d0e-0000-4000-8000-000000000000"},
        {**own, "connect_webview_id": "no uuid"},
        {**own, "connect_webview_id": "../../x"},
        dict(httpx.URL(gone["url"]).params),
        {**own, "auth_token": "wrong", "provider": "nobody", "step": "\x00"},
    ]

    answers = [
        visitor.get(PATH, params=sent)
        if method == "GET"
        else visitor.post(PATH, data=sent or {"a": ""})
        for sent in queries
    ]

    assert {response.status_code for response in answers} == {404}
    assert len({without_nonce(response) for response in answers}) == 1
    names = {frozenset(response.headers.keys()) for response in answers}
    assert len(names) == 1


# What a browser would not send


def test_of_a_name_that_is_sent_twice_the_last_counts_and_the_body_before_the_address(
    fake, visitor, new_webview
):
    webview = new_webview()
    body = "step=code&step=account&email=x&email=jane%40example.com&password=1234"

    response = visitor.post(
        f"{webview['url']}&provider=yale&provider=minut&password=wrong",
        content=body,
        headers={"Content-Type": FORM},
    )

    assert (response.status_code, status_of(fake, webview)) == (200, "authorized")


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00",
        b"%ff%00%zz&&&==&=&a",
        b"email[]=x&email.a=y&typed=1&typed.email=z",
        b"a=" + b"x" * 1_000_000,
        b"&".join(b"%d=" % number for number in range(20_000)),
        b"email=%ED%A0%80%40example.com&password=%00",
    ],
    ids=["bytes", "broken", "brackets", "one of a megabyte", "20000 names", "surrogate"],
)
@pytest.mark.parametrize(
    "begun", [b"", b"provider=august&step=region&", b"provider=minut&step=account&"]
)
def test_nothing_that_is_posted_breaks_the_page(visitor, new_webview, body, begun):
    response = visitor.post(
        new_webview()["url"], content=begun + body, headers={"Content-Type": FORM}
    )

    assert response.status_code in (200, 400)
    assert response.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "query", ["%ff", "&&&", "=", "search=%ED%A0%80", "provider=%00", "a" * 50_000]
)
def test_nothing_in_an_address_breaks_the_page(visitor, new_webview, query):
    assert visitor.get(f"{new_webview()['url']}&{query}").status_code in (200, 400)


def test_misuse_by_the_test_is_shown_on_the_page(fake, new_webview, fill_in, failure_hook):
    failure_hook("https://app.example/hook", ["connect_webview.login_succeeded"])
    fake.webhooks.deliver_to(lambda delivery: "no status")

    response = fill_in(new_webview())

    assert (response.status_code, "no status" in response.text) == (400, True)
