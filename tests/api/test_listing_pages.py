"""Pages of lists: the cursors, their requests, and the URL of the next page."""

from __future__ import annotations

import base64
import json
from urllib.parse import parse_qsl, urlsplit

import pytest

PATHS = {
    "/connect_webviews/list": ("connect_webviews", "connect_webview_id"),
    "/connected_accounts/list": ("connected_accounts", "connected_account_id"),
    "/devices/list": ("devices", "device_id"),
}
LAST = {"has_next_page": False, "next_page_cursor": None, "next_page_url": None}


@pytest.fixture(params=PATHS)
def path(request):
    return request.param


@pytest.fixture
def five(fake):
    """Five webviews and accounts, each with one device, all made in the same millisecond."""
    for number in range(5):
        fake.connect_account(
            provider="minut", custom_metadata={"even": number % 2 == 0, "k": "v"}
        )
    return fake


def ids(body, path):
    key, id_name = PATHS[path]
    return [item[id_name] for item in body[key]]


def get_page(fake, path, cursor=None, **params):
    if cursor is not None:
        params["page_cursor"] = cursor
    return fake.call(path, params)


def test_a_whole_list_is_one_page(five, path):
    body = get_page(five, path)

    assert len(ids(body, path)) == 5
    assert body["pagination"] == LAST


def test_an_empty_list_is_one_page(fake, path):
    assert get_page(fake, path)["pagination"] == LAST


def test_three_pages_give_everything_once_and_in_order(five, path):
    whole = ids(get_page(five, path), path)

    first = get_page(five, path, limit=2)
    second = get_page(five, path, first["pagination"]["next_page_cursor"], limit=2)
    third = get_page(five, path, second["pagination"]["next_page_cursor"], limit=2)

    assert [len(ids(page, path)) for page in (first, second, third)] == [2, 2, 1]
    assert ids(first, path) + ids(second, path) + ids(third, path) == whole
    assert first["pagination"]["has_next_page"] is True
    assert third["pagination"] == LAST


def test_a_page_that_ends_the_list_says_so(five, path):
    assert get_page(five, path, limit=5)["pagination"] == LAST
    assert get_page(five, path, limit=4)["pagination"]["has_next_page"] is True


def test_a_cursor_is_a_hash_and_the_first_item_of_the_next_page(five, path):
    whole = ids(get_page(five, path), path)

    cursor = get_page(five, path, limit=2)["pagination"]["next_page_cursor"]

    digest, pointer = json.loads(base64.b64decode(cursor, validate=True))
    assert len(digest) == 64
    assert pointer["created_at"] == "2026-01-01T00:00:00.000Z"
    assert pointer[PATHS[path][1]] == whole[2]


@pytest.mark.parametrize(
    "params", [{}, {"limit": 3}, {"limit": 2, "search": "x"}, {"limit": 2, "customer_key": "c"}]
)
def test_a_cursor_is_refused_with_other_parameters(five, refuse, path, params):
    cursor = get_page(five, path, limit=2)["pagination"]["next_page_cursor"]

    refusal = refuse(path, {**params, "page_cursor": cursor})

    assert (refusal.status, refusal.type) == (400, "mismatched_page_parameters")
    assert refusal.message == (
        "When using next_page_cursor, the request must send parameters identical to the initial"
        " request."
    )


def test_a_cursor_does_not_care_for_the_order_or_for_unknown_parameters(five, path):
    params = {"limit": 2, "custom_metadata_has": {"x": None, "y": None}}
    cursor = get_page(five, path, **params)["pagination"]["next_page_cursor"]

    turned = {"custom_metadata_has": {"y": None, "x": None}, "unknown": 1, "limit": 2}

    found = ids(get_page(five, path, cursor, **turned), path)
    assert found == ids(get_page(five, path), path)[2:4]


def test_a_cursor_does_not_care_for_empty_pairs_of_a_filter(five, path):
    cursor = get_page(five, path, limit=2, custom_metadata_has={"x": None, "y": ""})[
        "pagination"
    ]["next_page_cursor"]

    body = get_page(five, path, cursor, limit=2, custom_metadata_has={"x": None})

    assert len(ids(body, path)) == 2


def test_a_cursor_counts_what_a_filter_looks_for(five, refuse):
    path = "/connected_accounts/list"
    cursor = get_page(five, path, limit=2, custom_metadata_has={"k": "v"})["pagination"][
        "next_page_cursor"
    ]

    sent = {"limit": 2, "custom_metadata_has": {"k": None}, "page_cursor": cursor}

    assert refuse(path, sent).type == "mismatched_page_parameters"


def test_a_filter_holds_on_every_page(five):
    path = "/connected_accounts/list"
    filtered = {"limit": 1, "custom_metadata_has": {"even": True}}

    seen, cursor = [], None
    while cursor is not None or not seen:
        body = get_page(five, path, cursor, **filtered)
        seen += [account["custom_metadata"]["even"] for account in body["connected_accounts"]]
        cursor = body["pagination"]["next_page_cursor"]

    assert seen == [True, True, True]


@pytest.mark.parametrize(
    ("path", "delete"),
    [
        ("/connect_webviews/list", "/connect_webviews/delete"),
        ("/connected_accounts/list", "/connected_accounts/delete"),
    ],
)
@pytest.mark.parametrize("gone", [0, 2, 3])
def test_a_deletion_between_pages_loses_nothing_else(five, path, delete, gone):
    whole = ids(get_page(five, path), path)
    cursor = get_page(five, path, limit=2)["pagination"]["next_page_cursor"]

    five.call(delete, {PATHS[path][1]: whole[gone]})

    expected = [one for one in whole[2:] if one != whole[gone]][:2]
    assert ids(get_page(five, path, cursor, limit=2), path) == expected


def test_something_new_comes_on_the_last_page(five, path):
    first = get_page(five, path, limit=3)
    five.connect_account(provider="minut")

    rest = get_page(five, path, first["pagination"]["next_page_cursor"], limit=3)

    assert len(ids(rest, path)) == 3
    assert rest["pagination"] == LAST


# The URL of the next page


def test_the_url_of_the_next_page_is_for_a_get(five, path):
    pagination = get_page(five, path, limit=2)["pagination"]

    url = urlsplit(pagination["next_page_url"])
    query = dict(parse_qsl(url.query, keep_blank_values=True))

    assert (url.scheme, url.netloc, url.path) == ("http", "fakeseam", path)
    assert query.pop("_strict", "true") == "true"
    assert query == {"limit": "2", "page_cursor": pagination["next_page_cursor"]}


def test_the_url_of_the_next_page_carries_every_parameter(five):
    sent = {
        "search": "minut",
        "limit": 1,
        "custom_metadata_has": {"k": "v", "even": True, "unset": None, "dropped": ""},
    }

    pagination = five.call("/connected_accounts/list", sent)["pagination"]

    query = parse_qsl(urlsplit(pagination["next_page_url"]).query, keep_blank_values=True)
    assert [pair for pair in query if pair[0] != "_strict"] == [
        ("custom_metadata_has.even", "true"),
        ("custom_metadata_has.k", "v"),
        ("custom_metadata_has.unset", ""),
        ("limit", "1"),
        ("page_cursor", pagination["next_page_cursor"]),
        ("search", "minut"),
    ]


def test_the_url_of_the_next_page_repeats_the_names_of_lists(five):
    sent = {"device_types": ["minut_sensor", "august_lock"], "limit": 1}

    pagination = five.call("/devices/list", sent)["pagination"]

    query = parse_qsl(urlsplit(pagination["next_page_url"]).query)
    assert [pair for pair in query if pair[0] == "device_types"] == [
        ("device_types", "minut_sensor"),
        ("device_types", "august_lock"),
    ]


def test_a_cursor_of_another_list_is_refused(five, refuse):
    cursor = five.call("/connect_webviews/list", {"limit": 1})["pagination"]["next_page_cursor"]

    error = refuse("/connected_accounts/list", {"limit": 1, "page_cursor": cursor})

    assert error.type == "mismatched_page_parameters"
