"""/user_identities: the shape of an identity, unique values, updates, deletion and lists."""

from __future__ import annotations

import pytest

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
CREATE, UPDATE = "/user_identities/create", "/user_identities/update"
JANE = {
    "user_identity_key": "jane",
    "email_address": "jane@example.com",
    "phone_number": "+15555550100",
    "full_name": "Jane Doe",
}


@pytest.fixture
def identity(fake):
    """Make an identity."""

    def identity(**params):
        return fake.call(CREATE, params)["user_identity"]

    return identity


def get(fake, **sent):
    return fake.call("/user_identities/get", sent)["user_identity"]


def refused(refusal):
    return (refusal.status, refusal.type, refusal.message)


def test_an_identity_shows_what_it_was_given(fake, identity):
    made = identity(**JANE, customer_key="hotel")

    assert made == {
        "user_identity_id": made["user_identity_id"],
        "workspace_id": fake.workspace_id,
        "created_at": "2026-01-01T00:00:00.000Z",
        **JANE,
        "display_name": "Jane Doe",
        "merged_user_identity_ids": [],
        "merged_user_identity_keys": [],
        "acs_user_ids": [],
        "errors": [],
        "warnings": [],
    }


def test_nothing_is_needed_and_null_is_nothing(identity):
    made = identity()
    nulls = identity(**dict.fromkeys(JANE))

    for one in (made, nulls):
        assert [one[name] for name in JANE] == [None] * 4
        assert one["display_name"] == one["user_identity_id"]


def test_a_display_name_is_the_best_there_is(identity):
    key, phone, email, _ = JANE["user_identity_key"], "+15555550101", "j@example.com", None

    assert identity(user_identity_key=key)["display_name"] == "jane"
    assert identity(user_identity_key="b", phone_number=phone)["display_name"] == phone
    assert identity(email_address=email, phone_number="+15555550102")["display_name"] == email


@pytest.mark.parametrize("path", [CREATE, UPDATE])
@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("email_address", "jane", 'Invalid email for "email_address"'),
        ("phone_number", "555-0100", 'Invalid for "phone_number"'),
        ("phone_number", "15555550100", 'Invalid for "phone_number"'),
        ("phone_number", "+05555550100", 'Invalid for "phone_number"'),
        ("full_name", "", 'String must contain at least 1 character(s) for "full_name"'),
    ],
)
def test_a_value_has_its_form(refuse, identity, path, name, value, message):
    sent = {"user_identity_id": identity()["user_identity_id"], name: value}

    assert refused(refuse(path, sent)) == (400, "invalid_input", message)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("user_identity_key", "jane"),
        ("email_address", "Jane@Example.com"),
        ("phone_number", "+15555550100"),
    ],
)
def test_no_two_identities_share_a_key_an_address_or_a_number(fake, refuse, identity, name, value):
    jane, other = identity(**JANE), identity()
    taken = (
        400,
        "user_identity_already_exists",
        f"A user identity with this {name} already exists",
    )

    assert refused(refuse(CREATE, {name: value})) == taken
    sent = {"user_identity_id": other["user_identity_id"], "full_name": "lost", name: value}
    assert refused(refuse(UPDATE, sent)) == taken
    assert fake.call("/user_identities/list")["user_identities"] == [jane, other]


def test_two_workspaces_can_have_the_same_jane(fake, identity):
    other = fake.create_workspace()
    identity(**JANE)

    fake.call(CREATE, JANE, token=other.api_key)


def test_two_identities_can_share_a_name(identity):
    identity(full_name="Jane Doe")
    identity(full_name="Jane Doe")


def test_an_update_changes_what_it_sends_and_null_clears(fake, identity):
    jane = identity(**JANE)
    sent = {"user_identity_id": jane["user_identity_id"]}

    assert fake.call(UPDATE, {**sent, "email_address": None, "full_name": "J"}) == {"ok": True}

    changed = {**jane, "email_address": None, "full_name": "J", "display_name": "J"}
    assert get(fake, **sent) == changed
    fake.call(UPDATE, sent)
    fake.call(UPDATE, {**sent, "user_identity_key": "jane"})
    assert get(fake, **sent) == changed
    assert identity(email_address="jane@example.com")


def test_an_identity_is_found_by_id_or_by_key(fake, refuse, identity):
    jane = identity(**JANE)

    assert get(fake, user_identity_id=jane["user_identity_id"]) == jane
    assert get(fake, user_identity_key="jane") == jane
    assert refuse("/user_identities/get", {}).message == "Invalid input"


@pytest.mark.parametrize(
    "sent", [{"user_identity_id": UNKNOWN}, {"user_identity_key": "nobody"}]
)
def test_an_unknown_identity_is_not_found(refuse, sent):
    refusal = refuse("/user_identities/get", sent)

    assert refused(refusal) == (404, "user_identity_not_found", "User identity not found")
    assert refusal.data == sent


def test_an_identity_of_another_workspace_is_not_found(fake, refuse, identity):
    other = fake.create_workspace()
    sent = {"user_identity_id": identity(**JANE)["user_identity_id"]}

    for path in ("get", "update", "delete"):
        assert refuse(f"/user_identities/{path}", sent, token=other.api_key).status == 404
    key = {"user_identity_key": "jane"}
    assert refuse("/user_identities/get", key, token=other.api_key).status == 404
    assert fake.call("/user_identities/list", token=other.api_key)["user_identities"] == []


def test_access_systems_are_not_implemented_so_every_one_is_unknown(fake, refuse, identity):
    identity(acs_system_ids=[])

    refusal = refuse(CREATE, {"acs_system_ids": [UNKNOWN]})

    assert (refusal.status, refusal.type) == (404, "acs_system_not_found")
    assert refusal.data == {"acs_system_id": UNKNOWN}
    assert len(fake.call("/user_identities/list")["user_identities"]) == 1


def test_a_deleted_identity_is_gone_and_what_it_had_is_free(fake, refuse, identity):
    sent = {"user_identity_id": identity(**JANE)["user_identity_id"]}

    assert fake.call("/user_identities/delete", sent) == {"ok": True}

    assert refuse("/user_identities/get", sent).status == 404
    assert refuse("/user_identities/delete", sent).status == 404
    assert identity(**JANE)["user_identity_id"] != sent["user_identity_id"]


# Lists


@pytest.fixture
def names(fake, identity):
    """Three identities, a day apart, and the names of those in a list."""
    fake.ids = []
    for params in (JANE, {"full_name": "John", "email_address": "j@x.org"}, {"full_name": "Bo"}):
        fake.ids.append(identity(**params)["user_identity_id"])
        fake.clock.advance(86400)

    def names(**filters):
        listed = fake.call("/user_identities/list", filters)["user_identities"]
        return [one["display_name"] for one in listed]

    return names


def test_identities_are_listed_in_the_order_of_creation(names):
    assert names() == ["Jane Doe", "John", "Bo"]


def test_identities_are_found_by_id(fake, names):
    assert names(user_identity_ids=[fake.ids[2], fake.ids[0]]) == ["Jane Doe", "Bo"]
    assert names(user_identity_ids=[]) == names(user_identity_ids=[UNKNOWN]) == []


def test_identities_are_found_by_when_they_were_made(names):
    assert names(created_before="2026-01-02T00:00:00Z") == ["Jane Doe"]
    assert names(created_before="2026-01-02T00:00:00.001Z") == ["Jane Doe", "John"]


def test_a_search_of_identities_looks_into_these_fields(fake, names):
    for search in ("DOE", "@example", "5550100", fake.ids[0][3:12]):
        assert names(search=search) == ["Jane Doe"], search
    assert names(search="2026-01") == []


def test_no_identity_is_in_an_access_system(names):
    assert names(credential_manager_acs_system_id=UNKNOWN) == []


def test_identities_have_pages(fake, names):
    page = fake.call("/user_identities/list", {"limit": 2})["pagination"]

    assert page["has_next_page"] is True
    assert names(limit=2, page_cursor=page["next_page_cursor"]) == ["Bo"]
