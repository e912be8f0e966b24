"""/spaces: the shape of a space, keys, changes, parents, deletion and lists."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def space(fake):
    """Make a space."""

    def space(name="Room 1", **params):
        return fake.call("/spaces/create", {"name": name, **params})["space"]

    return space


@pytest.fixture
def update(fake):
    """Change a space; returns it."""

    def update(space, **params):
        sent = {"space_id": space["space_id"], **params}
        return fake.call("/spaces/update", sent)["space"]

    return update


def refused(refusal):
    return (refusal.status, refusal.type, refusal.message)


def test_a_space_with_nothing_but_a_name_shows_nothing_more(fake, space):
    made = space()

    assert made == {
        "space_id": made["space_id"],
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        "name": "Room 1",
        "display_name": "Room 1",
        "device_count": 0,
        "acs_entrance_count": 0,
        "warnings": [],
    }


def test_a_space_shows_what_it_was_given(space):
    data = {"address": "1 Main St", "default_checkin_time": "15:00", "time_zone": "UTC"}

    made = space(space_key="r1", customer_key="hotel", customer_data=data)

    assert made["space_key"] == "r1"
    assert made["customer_key"] == "hotel"
    assert made["customer_data"] == data


def test_a_name_is_needed_and_may_be_empty(refuse, space):
    assert refused(refuse("/spaces/create", {})) == (400, "invalid_input", "name is required")
    assert space(name="")["display_name"] == ""


def test_a_space_is_found_by_id_or_by_key(fake, space):
    made = space(space_key="r1")

    for sent in (
        {"space_id": made["space_id"]},
        {"space_key": "r1"},
        {"space_id": made["space_id"], "space_key": "other"},
    ):
        assert fake.call("/spaces/get", sent)["space"] == made


def test_one_of_id_and_key_is_needed(refuse):
    assert refused(refuse("/spaces/get", {})) == (400, "invalid_input", "Invalid input")
    assert refused(refuse("/spaces/update", {"name": "x"})) == (
        400,
        "invalid_input",
        "Either 'space_id' or 'space_key' is required",
    )


@pytest.mark.parametrize("sent", [{"space_id": UNKNOWN}, {"space_key": "nowhere"}])
@pytest.mark.parametrize("path", ["/spaces/get", "/spaces/update"])
def test_an_unknown_space_is_not_found(refuse, path, sent):
    refusal = refuse(path, sent)

    assert refused(refusal) == (404, "space_not_found", "Space not found")
    assert refusal.data == sent


def test_a_space_of_another_workspace_is_not_found(fake, refuse, space):
    other = fake.create_workspace()
    made = space(space_key="r1")

    for sent in ({"space_id": made["space_id"]}, {"space_key": "r1"}):
        for path in ("/spaces/get", "/spaces/update"):
            assert refuse(path, sent, token=other.api_key).type == "space_not_found"
    sent = {"space_id": made["space_id"]}
    assert refuse("/spaces/delete", sent, token=other.api_key).status == 404


# Keys


def test_a_key_is_for_one_space_of_a_workspace(fake, refuse, space):
    first, second = space(space_key="r1"), space()
    taken = (400, "space_key_already_exists", "A space with this space_key already exists")

    assert refused(refuse("/spaces/create", {"name": "x", "space_key": "r1"})) == taken
    sent = {"space_id": second["space_id"], "space_key": "r1", "name": "lost"}
    assert refused(refuse("/spaces/update", sent)) == taken
    assert fake.call("/spaces/list")["spaces"] == [first, second]


def test_two_workspaces_can_use_the_same_key(fake, space):
    other = fake.create_workspace()
    space(space_key="r1")

    fake.call("/spaces/create", {"name": "x", "space_key": "r1"}, token=other.api_key)


def test_a_key_sent_with_the_id_becomes_the_key(fake, space, update):
    made = space(space_key="r1")

    assert update(made, space_key="r2")["space_key"] == "r2"
    assert update(made, space_key="r2")["space_key"] == "r2"
    assert space(space_key="r1")["space_key"] == "r1"


# Changes


def test_an_update_by_key_changes_what_it_sends(fake, space):
    made = space(space_key="r1", customer_key="hotel")

    changed = fake.call("/spaces/update", {"space_key": "r1", "name": "Room 2"})["space"]

    assert changed == {**made, "name": "Room 2", "display_name": "Room 2"}
    assert fake.call("/spaces/update", {"space_key": "r1"})["space"] == changed


def test_of_the_customer_data_only_what_is_sent_changes_and_null_clears(space, update):
    made = space(customer_data={"address": "1 Main St", "time_zone": "UTC"})

    changed = update(made, customer_data={"address": None, "default_checkout_time": "11:30:59"})

    assert changed["customer_data"] == {"time_zone": "UTC", "default_checkout_time": "11:30:59"}
    cleared = update(made, customer_data={"time_zone": None, "default_checkout_time": None})
    assert "customer_data" not in cleared


def test_a_null_in_new_customer_data_is_left_out(space):
    assert "customer_data" not in space(customer_data={"address": None})
    assert "customer_data" not in space(customer_data={})


@pytest.mark.parametrize("time", ["24:00", "9:00", "12:60", "12:00:60", "noon", "12:00 ", ""])
def test_a_time_of_day_has_hours_and_minutes(refuse, time):
    sent = {"name": "x", "customer_data": {"default_checkin_time": time}}

    refusal = refuse("/spaces/create", sent)

    assert refusal.message == 'Invalid for "customer_data.default_checkin_time"'


def test_null_is_no_name(refuse, space):
    sent = {"space_id": space()["space_id"], "name": None}

    assert refuse("/spaces/update", sent).message == (
        'Expected string, received null for "name"'
    )


# Parent spaces


def test_a_space_can_be_below_another(fake, space, update):
    hall, room, shelf = space("Hall", space_key="hall"), space("Room"), space("Shelf")

    below = update(room, parent_space_key="hall")
    lowest = update(shelf, parent_space_id=room["space_id"])

    assert (below["parent_space_id"], below["parent_space_key"]) == (hall["space_id"], "hall")
    assert lowest["parent_space_id"] == room["space_id"]
    assert "parent_space_key" not in lowest


def test_an_unknown_space_has_none_below_it(refuse, space):
    made = space()

    for sent in ({"parent_space_id": UNKNOWN}, {"parent_space_key": "nowhere"}):
        assert refuse("/spaces/update", {"space_id": made["space_id"], **sent}).status == 404


def test_no_space_is_below_itself(refuse, space, update):
    hall, room = space("Hall"), space("Room")
    update(room, parent_space_id=hall["space_id"])

    for above in (hall, room):
        sent = {"space_id": hall["space_id"], "parent_space_id": above["space_id"]}
        assert refused(refuse("/spaces/update", sent)) == (
            400,
            "invalid_parent_space",
            "A space cannot be below itself",
        )


def test_a_space_below_a_deleted_one_has_no_parent(fake, space, update):
    hall, room = space("Hall"), space("Room")
    update(room, parent_space_id=hall["space_id"])

    fake.call("/spaces/delete", {"space_id": hall["space_id"]})

    assert fake.call("/spaces/list")["spaces"] == [room]


# Deletion


def test_a_deleted_space_is_not_found_and_its_key_is_free(fake, refuse, space):
    made = space(space_key="r1")

    assert fake.call("/spaces/delete", {"space_id": made["space_id"]}) == {"ok": True}

    assert refuse("/spaces/get", {"space_key": "r1"}).status == 404
    assert refuse("/spaces/delete", {"space_id": made["space_id"]}).status == 404
    assert space(space_key="r1")["space_id"] != made["space_id"]


def test_entrances_are_not_implemented_so_every_one_is_unknown(fake, refuse, space):
    made = space(acs_entrance_ids=[])
    sent = {"acs_entrance_ids": [UNKNOWN]}

    for path, more in (
        ("/spaces/create", {"name": "x"}),
        ("/spaces/update", {"space_id": made["space_id"], "name": "lost"}),
    ):
        refusal = refuse(path, {**more, **sent})
        assert (refusal.status, refusal.type) == (404, "acs_entrance_not_found")
        assert refusal.data == {"acs_entrance_id": UNKNOWN}
    assert fake.call("/spaces/list")["spaces"] == [made]


# Lists


@pytest.fixture
def names(fake):
    """Three spaces, and the names of those in a list."""
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


def test_filters_without_a_match_find_nothing(names):
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
