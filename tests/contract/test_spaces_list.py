"""Lists of spaces: filters, search, pages."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def names(fake):
    """Three spaces, and the names of those that a list gives."""
    fake.account = fake.connect_account()["connected_account_id"]
    hall = {"name": "Hall", "space_key": "h1", "customer_key": "Hotel"}
    fake.hall = fake.call("/spaces/create", hall)["space"]["space_id"]
    room = {"name": "Room", "space_key": "r1", "connected_account_ids": [fake.account]}
    made = fake.call("/spaces/create", room)["space"]
    fake.call("/spaces/create", {"name": "Shed", "customer_key": "Villa"})
    fake.call("/spaces/update", {"space_id": made["space_id"], "parent_space_id": fake.hall})

    def names(**filters):
        return [space["name"] for space in fake.call("/spaces/list", filters)["spaces"]]

    return names


def test_a_list_is_in_the_order_of_creation(names):
    assert names() == ["Hall", "Room", "Shed"]


def test_spaces_are_found_by_what_they_have(fake, names):
    assert names(customer_key="Hotel") == ["Hall"]
    assert names(space_key="r1") == ["Room"]
    assert names(connected_account_id=fake.account) == ["Room"]
    assert names(parent_space_id=fake.hall) == ["Room"]
    assert names(parent_space_key="h1") == ["Room"]


def test_nothing_is_found_by_what_there_is_not(names):
    for filters in (
        {"customer_key": "hotel"},
        {"space_key": "r"},
        {"connected_account_id": UNKNOWN},
        {"parent_space_id": UNKNOWN},
        {"parent_space_key": "nowhere"},
        {"customer_key": "Hotel", "space_key": "r1"},
    ):
        assert names(**filters) == [], filters


def test_a_search_looks_at_names_and_keys(names):
    assert names(search="HAL") == ["Hall"]
    assert names(search="r1") == ["Room"]
    assert names(search="illa") == ["Shed"]
    assert names(search="2026") == []


def test_a_list_has_pages(fake, names):
    first = fake.call("/spaces/list", {"limit": 2})
    cursor = first["pagination"]["next_page_cursor"]
    second = fake.call("/spaces/list", {"limit": 2, "page_cursor": cursor})

    assert [space["name"] for space in first["spaces"]] == ["Hall", "Room"]
    assert first["pagination"]["has_next_page"] is True
    assert [space["name"] for space in second["spaces"]] == ["Shed"]
    assert second["pagination"] == {
        "has_next_page": False,
        "next_page_cursor": None,
        "next_page_url": None,
    }


def test_a_page_holds_500_spaces(fake):
    for number in range(501):
        fake.call("/spaces/create", {"name": str(number)})

    assert len(fake.call("/spaces/list")["spaces"]) == 500


def test_a_list_does_not_cross_workspaces(fake, names):
    other = fake.create_workspace()

    for filters in ({}, {"customer_key": "Hotel"}, {"space_key": "h1"}, {"search": "hall"}):
        assert fake.call("/spaces/list", filters, token=other.api_key)["spaces"] == []
