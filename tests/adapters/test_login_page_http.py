"""The login page over HTTP: status codes, headers, methods, and what no browser sends."""

from __future__ import annotations

import re

import httpx
import pytest

PATH = "/connect_webviews/view"
FORM = "application/x-www-form-urlencoded"


def without_nonce(answer):
    """The body, in which each answer's nonce is alike; the nonce is the header's."""
    (nonce,) = set(re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"]))
    assert len(nonce) >= 20
    return answer.text.replace(nonce, "NONCE")


def status_of(fake, webview):
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    return fake.call("/connect_webviews/get", sent)["connect_webview"]["status"]


# Headers


def policy(answer):
    rules = answer.headers["content-security-policy"].split("; ")
    return {name: what for name, _, what in (rule.partition(" ") for rule in rules)}


def test_a_page_may_load_nothing_and_be_kept_nowhere(visitor, create):
    answer = visitor.get(create()["url"])

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers
    assert "set-cookie" not in answer.headers
    rules = policy(answer)
    assert (rules["default-src"], rules["base-uri"]) == ("'none'", "'none'")
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", rules["script-src"])


def test_an_app_may_frame_the_page(visitor, create):
    answer = visitor.get(create()["url"])

    assert "frame-ancestors" not in policy(answer)
    assert "x-frame-options" not in answer.headers


def test_no_two_answers_have_the_same_nonce(visitor, create):
    url = create()["url"]

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
def test_forms_are_held_to_the_fake_where_nothing_leads_on(visitor, create, url, held):
    answer = visitor.get(create(**({} if url is None else {"custom_redirect_url": url}))["url"])

    assert policy(answer).get("form-action") == held
    assert policy(answer)["default-src"] == "'none'"


# Methods


def test_head_is_get_without_a_body(visitor, create):
    url = create()["url"]

    answer = visitor.head(url)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers.keys() == visitor.get(url).headers.keys() - {"content-length"}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_other_methods_are_refused(fake, visitor, create, method):
    webview = create()
    before = fake.snapshot()

    answer = visitor.request(method, webview["url"])

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, POST")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
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
def test_what_is_posted_has_to_be_a_form(fake, visitor, create, content_type, body):
    webview = create()
    before = fake.snapshot()
    headers = {} if content_type is None else {"Content-Type": content_type}

    answer = visitor.post(webview["url"], content=body, headers=headers)

    assert answer.status_code == 415
    assert fake.snapshot() == before


@pytest.mark.parametrize("content_type", [FORM, FORM.upper(), f"{FORM}; charset=utf-8"])
def test_a_form_is_a_form_however_it_is_declared(fake, visitor, create, content_type):
    webview = create()
    body = b"provider=minut&step=account&email=jane%40example.com&password=1234"

    answer = visitor.post(webview["url"], content=body, headers={"Content-Type": content_type})

    assert (answer.status_code, status_of(fake, webview)) == (200, "authorized")


# Nobody finds out which ids there are


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_what_is_not_there_is_not_there_in_the_same_way(fake, visitor, create, method):
    mine, other, gone = create(), create(), create()
    deleted = {"connect_webview_id": gone["connect_webview_id"]}
    fake.call("/connect_webviews/delete", deleted)
    own, its = (dict(httpx.URL(one["url"]).params) for one in (mine, other))
    asked = [
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
        for sent in asked
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({without_nonce(answer) for answer in answers}) == 1
    names = {frozenset(answer.headers.keys()) for answer in answers}
    assert len(names) == 1


# What a browser would not send


def test_of_a_name_that_is_sent_twice_the_last_counts_and_the_body_before_the_address(
    fake, visitor, create
):
    webview = create()
    body = "step=code&step=account&email=x&email=jane%40example.com&password=1234"

    answer = visitor.post(
        f"{webview['url']}&provider=yale&provider=minut&password=wrong",
        content=body,
        headers={"Content-Type": FORM},
    )

    assert (answer.status_code, status_of(fake, webview)) == (200, "authorized")


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
def test_nothing_that_is_posted_breaks_the_page(visitor, create, body, begun):
    answer = visitor.post(create()["url"], content=begun + body, headers={"Content-Type": FORM})

    assert answer.status_code in (200, 400)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "query", ["%ff", "&&&", "=", "search=%ED%A0%80", "provider=%00", "a" * 50_000]
)
def test_nothing_in_an_address_breaks_the_page(visitor, create, query):
    assert visitor.get(f"{create()['url']}&{query}").status_code in (200, 400)


def test_a_mistake_of_the_test_is_told_on_the_page(fake, create, fill_in, hook):
    hook("https://app.example/hook", ["connect_webview.login_succeeded"])
    fake.webhooks.deliver_to(lambda delivery: "no status")

    answer = fill_in(create())

    assert (answer.status_code, "no status" in answer.text) == (400, True)
