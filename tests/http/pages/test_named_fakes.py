"""The inspection page of a server with several fakes: each link and form keeps to its fake."""

from __future__ import annotations

import re
from html import unescape

import pytest
from werkzeug.test import Client

from tests.http.pages.inspected_page import Page

ONE, TWO = "seam_fake_1", "seam_fake_2"
FORM = "application/x-www-form-urlencoded"
PAGE = "http://localhost/_fakeseam/"


@pytest.fixture
def client(pool):
    return Client(pool.wsgi_app)


@pytest.fixture
def page(client):
    def page(query="", status=200):
        response = client.get(f"/_fakeseam/{query}")
        assert response.status_code == status, response.text
        return Page(response.text)

    return page


@pytest.fixture
def press(client):
    """Posts a form of the page at ``referer``."""

    def press(action, referer=None, **entries):
        headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
        if referer is not None:
            headers["Referer"] = referer
        return client.post(action, data=entries, content_type=FORM, headers=headers)

    return press


def fakes_on(page):
    """The links to fakes: their texts and targets."""
    return {
        link["text"]: link["href"]
        for link in page.all("a")
        if "details" in link["within"] and "nav" in link["within"]
    }


def test_a_server_without_named_fakes_lists_none(page):
    assert fakes_on(page()) == {}


def test_every_page_lists_the_fakes(page, worker):
    for key in (ONE, TWO):
        worker(key)("/devices/list")

    expected = {
        "main fake": "/_fakeseam/",
        "1": "/_fakeseam/?fake=1",
        "2": "/_fakeseam/?fake=2",
    }
    assert fakes_on(page()) == expected
    assert fakes_on(page("?fake=1&show=accounts")) == expected


def test_a_page_shows_what_its_fake_holds(page, worker):
    worker(ONE)("/_fakeseam/connect_account", email="jane@example.com")

    assert "jane@example.com" in page("?fake=1").text
    assert "jane@example.com" not in page().text


def test_the_current_fake_is_marked(page, worker):
    worker(ONE)("/devices/list")

    marked = [link["text"] for link in page("?fake=1").all("a", **{"aria-current": "page"})]
    assert marked == ["Overview", "1"]


@pytest.mark.parametrize("show", ["", "&show=accounts", "&show=webviews&search=a", "&show=events"])
def test_every_link_and_form_of_a_page_keeps_to_its_fake(client, worker, show):
    one = worker(ONE)
    for _ in range(60):
        one("/_fakeseam/connect_account")
    one("/connect_webviews/create")

    html = client.get(f"/_fakeseam/?fake=1{show}").text

    targets = set(map(unescape, re.findall(r'(?:href|action)="(/_fakeseam/[^"]*)"', html)))
    others = {target for target in targets if "fake=1" not in target}
    # The link to the main fake, and the search, which has the name in a hidden field.
    assert others == {"/_fakeseam/"}
    assert '<input type="hidden" name="fake" value="1">' in html
    assert len(targets) > 10


def test_a_form_changes_its_fake_and_leads_back_to_it(press, worker, page):
    one, two = worker(ONE), worker(TWO)
    for each in (one, two):
        each("/devices/list")

    response = press("/_fakeseam/clock/advance?fake=1", f"{PAGE}?fake=1&show=events", seconds=60)

    assert response.headers["Location"] == "/_fakeseam/?fake=1&show=events&done=clock%2Fadvance"
    assert one("/_fakeseam/clock/now").get_json()["now"] == "2026-01-01T12:01:00.000Z"
    assert two("/_fakeseam/clock/now").get_json()["now"] == "2026-01-01T12:00:00.000Z"


@pytest.mark.parametrize("referer", [None, f"{PAGE}?fake=1", f"{PAGE}?fake=2"])
def test_a_reset_by_form_leads_back_to_its_fake(press, worker, referer):
    worker(ONE)("/devices/list")

    response = press("/_fakeseam/reset?fake=1", referer)

    assert response.headers["Location"] == "/_fakeseam/?fake=1&done=reset"


def test_a_form_that_is_refused_leads_back_to_its_fake(press, worker):
    worker(ONE)("/devices/list")

    response = press("/_fakeseam/clock/advance?fake=1", seconds=-1)

    assert response.status_code == 400
    (back,) = [one for one in Page(response.text).all("a") if one["text"].startswith("Back")]
    assert back["href"] == "/_fakeseam/?fake=1"


@pytest.mark.parametrize("name", ["1", "<script>", "ä", "a" * 100, "a b&c"])
def test_the_page_of_no_fake_is_a_404_that_makes_none(client, pool, name):
    response = client.get("/_fakeseam/", query_string={"fake": name})

    assert response.status_code == 404
    assert "<script>" not in response.text.replace("<script nonce", "")
    assert f"There is no fake {name!r} on this server." in Page(response.text).text
    assert pool.names() == []


def test_a_form_for_a_fake_that_has_ended_changes_no_other(press, pool):
    pool.main.connect_account()

    response = press("/_fakeseam/reset?fake=1", f"{PAGE}?fake=1")

    assert response.status_code == 404
    assert len(pool.main.call("/connected_accounts/list")["connected_accounts"]) == 1


def test_the_urls_that_lead_to_the_page_keep_the_fake(client, worker):
    worker(ONE)("/devices/list")

    for path in ("/", "/_fakeseam"):
        response = client.get(f"{path}?fake=1")
        assert response.headers["Location"] == "/_fakeseam/?fake=1"
