"""Lists are read page by page, as the SDK's paginator does."""

from __future__ import annotations

import pytest
from seam import NULL, SeamHttpApiError, SeamHttpInvalidInputError


@pytest.fixture
def made(seam):
    """The ids of five webviews, two of them in Oslo."""
    cities = ["Oslo", "Bergen", "Oslo", "Bergen", "Bergen"]
    create = seam.connect_webviews.create
    return [create(custom_metadata={"city": city}).connect_webview_id for city in cities]


def ids(webviews):
    return [webview.connect_webview_id for webview in webviews]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6])
def test_the_paginator_returns_everything_once_and_in_order(seam, made, limit):
    paginator = seam.create_paginator(seam.connect_webviews.list, {"limit": limit})

    assert ids(paginator.flatten()) == made


def test_the_paginator_keeps_a_filter(seam, made):
    params = {"limit": 1, "custom_metadata_has": {"city": "Bergen", "none": "", "unset": NULL}}

    paginator = seam.create_paginator(seam.connect_webviews.list, params)

    assert ids(paginator.flatten_to_list()) == [made[1], made[3], made[4]]


def test_the_paginator_returns_every_account(fake, seam):
    made = [fake.connect_account()["connected_account_id"] for _ in range(3)]

    found = seam.create_paginator(seam.connected_accounts.list, {"limit": 2}).flatten()

    assert [account.connected_account_id for account in found] == made


def test_the_paginator_returns_every_device(fake, seam):
    fake.connect_account("august")
    fake.connect_account("schlage")

    found = seam.create_paginator(seam.devices.list, {"limit": 3}).flatten()

    assert [(device.device_type, device.display_name) for device in found] == [
        ("august_lock", "FRONT DOOR"),
        ("august_lock", "BACK DOOR"),
        ("schlage_lock", "FRONT DOOR"),
        ("schlage_lock", "BACK DOOR"),
    ]


def test_the_paginator_returns_nothing_of_an_empty_workspace(seam):
    assert list(seam.create_paginator(seam.connect_webviews.list).flatten()) == []


def test_a_page_that_is_not_the_last_has_a_cursor(seam, made):
    _, pagination = seam.create_paginator(
        seam.connect_webviews.list, {"limit": 2}
    ).first_page()

    assert pagination.has_next_page is True
    assert isinstance(pagination.next_page_cursor, str)


def test_the_last_page_has_no_cursor(seam, made):
    _, pagination = seam.create_paginator(
        seam.connect_webviews.list, {"limit": 5}
    ).first_page()

    assert pagination.has_next_page is False
    assert pagination.next_page_cursor is None
    assert pagination.next_page_url is None


def test_the_url_of_the_next_page_can_be_followed(fake, seam, made):
    body = seam.client.get("/connect_webviews/list", params={"limit": 2})
    url = body["pagination"]["next_page_url"]

    second = seam.client.get(url)

    assert url.startswith(f"{fake.address}/connect_webviews/list?limit=2&page_cursor=")
    assert [one["connect_webview_id"] for one in second["connect_webviews"]] == made[2:4]


def test_the_url_of_the_next_page_of_a_post_is_followed_by_get(seam, made):
    body = seam.client.post(
        "/connect_webviews/list", json={"limit": 1, "custom_metadata_has": {"city": "Oslo"}}
    )

    second = seam.client.get(body["pagination"]["next_page_url"])

    assert [one["connect_webview_id"] for one in second["connect_webviews"]] == [made[2]]


def test_a_null_cursor_returns_the_first_page(seam, made):
    found = seam.connect_webviews.list(limit=2, page_cursor=NULL)

    assert ids(found) == made[:2]


@pytest.mark.parametrize(
    "other",
    [
        {"limit": 3},
        {},
        {"limit": 2, "search": "oslo"},
        {"limit": 2, "custom_metadata_has": {"city": "Oslo"}},
    ],
    ids=["another limit", "no limit", "a search", "a filter"],
)
def test_a_cursor_with_other_parameters_is_refused(seam, made, other):
    first = seam.connect_webviews.list(limit=2)
    cursor = first.pagination["next_page_cursor"]

    with pytest.raises(SeamHttpApiError) as refusal:
        seam.connect_webviews.list(page_cursor=cursor, **other)

    assert (refusal.value.status_code, refusal.value.code) == (400, "mismatched_page_parameters")
    assert str(refusal.value) == (
        "When using next_page_cursor, the request must send parameters identical to the"
        " initial request."
    )


def test_a_pair_of_empty_text_does_not_count_as_another_parameter(seam, made):
    params = {"limit": 1, "custom_metadata_has": {"city": "Oslo", "x": ""}}
    first = seam.client.post("/connect_webviews/list", json=params)
    cursor = first["pagination"]["next_page_cursor"]

    params["custom_metadata_has"] = {"city": "Oslo"}
    second = seam.client.post("/connect_webviews/list", json={**params, "page_cursor": cursor})

    assert [one["connect_webview_id"] for one in second["connect_webviews"]] == [made[2]]


@pytest.mark.parametrize("cursor", ["not base64!", "bm90IGEgY3Vyc29y", "W10=", "bnVsbA=="])
def test_an_invalid_cursor_is_refused(seam, made, cursor):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.list(page_cursor=cursor)

    assert refusal.value.validation_errors[0].parameter_name == "page_cursor"


@pytest.mark.parametrize(
    ("limit", "message"),
    [
        (0, "Number must be greater than 0"),
        (-1, "Number must be greater than 0"),
        (1.5, "Expected integer, received float"),
    ],
)
def test_an_invalid_limit_is_refused(seam, limit, message):
    with pytest.raises(SeamHttpInvalidInputError) as refusal:
        seam.connect_webviews.list(limit=limit)

    assert str(refusal.value) == f'{message} for "limit"'


def test_a_webview_deleted_between_two_pages_does_not_stop_the_paginator(seam, made):
    paginator = seam.create_paginator(seam.connect_webviews.list, {"limit": 2})
    _, pagination = paginator.first_page()

    seam.connect_webviews.delete(connect_webview_id=made[2])

    second, _ = paginator.next_page(pagination.next_page_cursor)
    assert ids(second) == made[3:]


def test_a_webview_created_between_two_pages_comes_last(seam, made):
    paginator = seam.create_paginator(seam.connect_webviews.list, {"limit": 3})
    _, pagination = paginator.first_page()

    late = seam.connect_webviews.create().connect_webview_id

    second, _ = paginator.next_page(pagination.next_page_cursor)
    assert ids(second) == [*made[3:], late]
