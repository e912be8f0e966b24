"""Navigation on the page at ``/_fakeseam/``: links, pages, search, accepted methods."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.test import Client

from fakeseam import FakeSeam
from tests.http.pages.inspected_page import page_of


@pytest.fixture(scope="module")
def crowded():
    """A fake with three hundred accounts: six pages."""
    with FakeSeam(now="2026-01-01T12:00:00Z") as fake:
        for number in range(300):
            fake.connect_account("nuki", f"user{number}@example.com")
        yield fake


def names(page):
    """The accounts whose rows are on a page."""
    return [name.split()[1].rstrip(",") for name in page.buttons if name.startswith("Disconnect")]


def test_the_pages_show_every_one_of_many_accounts(crowded):
    seen, query = [], "?show=accounts"
    while query is not None:
        page = page_of(crowded, query)
        seen += names(page)
        older = [link["href"] for link in page.all("a") if link["text"] == "Older"]
        query = older[0].removeprefix("/_fakeseam/") if older else None

    assert seen == [f"user{number}@example.com" for number in range(299, -1, -1)]


def test_newer_links_to_the_page_before(crowded):
    page = page_of(crowded, "?show=accounts&page=3")

    (newer,) = [link["href"] for link in page.all("a") if link["text"] == "Newer"]
    assert parse_qs(urlsplit(newer).query) == {"show": ["accounts"], "page": ["2"]}
    assert "Page 3 of 6" in page.texts("span")


@pytest.mark.parametrize("show", ["overview", "webviews", "accounts", "devices", "events"])
def test_a_page_stays_small_at_many_accounts(crowded, show):
    response = Client(crowded.wsgi_app).get(f"/_fakeseam/?show={show}")

    assert len(response.data) < 250_000
    assert response.text.count("<details>") <= 60


def test_a_search_finds_one_of_many(crowded):
    page = page_of(crowded, "?show=accounts&search=USER77@")

    assert names(page) == ["user77@example.com"]
    (field,) = page.all("input", id="search")
    assert field["value"] == "USER77@"


def test_a_search_without_results_shows_that(crowded):
    page = page_of(crowded, "?show=accounts&search=%3Cnobody%3E")

    assert page.texts("p", **{"class": "empty"}) == ["Nothing here contains “<nobody>”."]
    assert "Show all" in page.texts("a")


def test_the_navigation_keeps_the_search_and_marks_the_section(crowded):
    page = page_of(crowded, "?show=devices&search=user1@&page=1")

    (here,) = page.all("a", **{"aria-current": "page"})
    assert here["text"].split() == ["Devices", "600"]
    links = [link["href"] for link in page.all("a")]
    assert "/_fakeseam/?show=events&search=user1%40" in links


def test_several_workspaces_are_named_and_can_be_chosen():
    with FakeSeam() as fake:
        other = fake.create_workspace("Second <b>")
        fake.connect_account("august", "jane@example.com")
        fake.connect_account("august", "joe@example.com", workspace_id=other.workspace_id)

        both = page_of(fake, "?show=accounts")
        one = page_of(fake, f"?show=accounts&workspace_id={other.workspace_id}")

    assert names(both) == ["joe@example.com", "jane@example.com"]
    assert {"in Sandbox", "in Second <b>"} <= set(both.texts("p"))
    assert [option["value"] for option in both.all("option")] == [
        "",
        fake.workspace_id,
        other.workspace_id,
    ]
    assert names(one) == ["joe@example.com"]
    (chosen,) = [option for option in one.all("option") if "selected" in option]
    assert chosen["value"] == other.workspace_id


def test_a_single_workspace_has_no_choice(fake):
    assert page_of(fake).all("select") == []


def test_the_page_can_be_used_without_seeing_it(fake):
    fake.connect_account("august", "jane@example.com")
    fake.call("/connect_webviews/create")

    page = page_of(fake)

    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("main")) == len(page.all("header")) == len(page.all("h1")) == 1
    labelled = {label["for"] for label in page.all("label")}
    for field in [*page.all("input"), *page.all("select")]:
        assert field.get("type") == "hidden" or "aria-label" in field or field["id"] in labelled
    for table in page.all("table"):
        assert table["role"] == "table"
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(cell.get("scope") in ("col", "row") for cell in page.all("th"))
    assert sorted(set(page.buttons)) == sorted(page.buttons)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("clock/advance", "The clock was advanced."),
        ("reset", "The fake was reset."),
        ("faults/clear", "Done: faults/clear."),
    ],
)
def test_the_last_action_is_shown(fake, done, expected):
    page = page_of(fake, f"?done={done}")

    assert page.texts("p", role="status") == [expected]
    assert not [link for link in page.all("a") if "done" in link["href"]]


@pytest.mark.parametrize("done", ["", "You have been hacked", "<b>", "../connect_webviews/view"])
def test_a_link_cannot_invent_an_action(fake, done):
    assert page_of(fake, f"?done={done}").all("p", role="status") == []


@pytest.mark.parametrize(
    "query", ["?show=everything", "?page=0", "?page=x", "?workspace_id=x", "?page=1&page=x"]
)
def test_an_invalid_query_is_an_error_page_with_a_link_back(fake, query):
    page = page_of(fake, query, status=400)

    assert len(page.all("p", role="alert")) == 1
    assert "/_fakeseam/" in [link["href"] for link in page.all("a")]


def test_unknown_and_empty_entries_of_the_query_are_ignored(fake):
    assert page_of(fake, "?utm_source=mail&show=&page=").texts("h1") == ["What this fake holds"]


def test_without_its_slash_it_redirects(send):
    plain, query = send("GET", "/_fakeseam", headers={}), send("GET", "/_fakeseam?show=events")

    assert (plain.status_code, plain.headers["Location"]) == (303, "/_fakeseam/")
    assert query.headers["Location"] == "/_fakeseam/?show=events"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_it_responds_only_to_get(send, method):
    response = send(method, "/_fakeseam/", headers={"Origin": "http://localhost"})

    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


def test_it_responds_to_head_without_a_body(send):
    response = send("HEAD", "/_fakeseam/", headers={})

    assert (response.status_code, response.data) == (200, b"")


def test_viewing_it_is_not_in_the_request_log(fake, send):
    send("GET", "/_fakeseam/", headers={})
    send("GET", "/_fakeseam/?show=requests", headers={})

    assert len(fake.requests) == 0


def test_an_account_is_completed_disconnected_and_reconnected_by_buttons(fake):
    """As a browser would, by the forms on the page."""
    fake.call("/connect_webviews/create", {"custom_metadata": {"user": "u1"}})
    client = Client(fake.wsgi_app)

    for name, show in _STEPS:
        page = page_of(fake, f"?show={show}")
        (button,) = [
            one for one in page.all("button") if one.get("aria-label", "").startswith(name)
        ]
        form = [one for one in page.all("form") if one["action"].endswith(_ENDPOINTS[name])][0]
        hidden = page.elements[page.elements.index(form) + 1]
        assert page.elements.index(button) > page.elements.index(hidden)
        response = client.post(
            form["action"],
            data={hidden["name"]: hidden["value"]},
            headers={
                "Origin": "http://localhost",
                "Referer": f"http://localhost/_fakeseam/?show={show}",
            },
        )
        assert response.headers["Location"] == f"/_fakeseam/?show={show}&done={_ENDPOINTS[name]}"

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert (account["errors"], account["custom_metadata"]) == ([], {"user": "u1"})
    fake.events.assert_emitted("connected_account.disconnected")


_STEPS = [("Complete", "webviews"), ("Disconnect", "accounts"), ("Reconnect", "accounts")]
_ENDPOINTS = {
    "Complete": "complete_connect_webview",
    "Disconnect": "disconnect_account",
    "Reconnect": "reconnect_account",
}
