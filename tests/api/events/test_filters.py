"""/events/list: a range that has to be given, filters that all have to be met, oldest first."""

from __future__ import annotations

import pytest

from fakeseam.api.events.filters import conditions

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
LIST = "/events/list"
ALL = {"since": "2025-01-01T00:00:00Z"}
LOGIN = [
    "connect_webview.login_succeeded",
    "connected_account.created",
    "connected_account.successful_login",
    "connected_account.connected",
    "device.added",
    "device.connected",
    "connected_account.completed_first_sync",
]


@pytest.fixture
def home(fake):
    """One login at a brand with one device: seven events, a millisecond apart."""
    fake.account = fake.connect_account(provider="minut", customer_key="c1")
    fake.account_id = fake.account["connected_account_id"]
    fake.device_id = fake.call("/devices/list")["devices"][0]["device_id"]
    fake.webview_id = fake.call("/connect_webviews/list")["connect_webviews"][0][
        "connect_webview_id"
    ]
    return fake


@pytest.fixture
def types(home):
    def types(**params):
        return [event["event_type"] for event in home.call(LIST, params)["events"]]

    return types


# The range


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({}, "Must specify either since or between"),
        ({"event_type": "device.added"}, "Must specify either since or between"),
        ({"event_ids": [UNKNOWN]}, "Must specify either since or between"),
        (
            {"since": "2026-01-01", "between": ["2026-01-01", "2026-01-02"]},
            "Cannot specify both since and between",
        ),
    ],
)
def test_a_range_has_to_be_given_in_one_way(refuse, params, words):
    refusal = refuse(LIST, params)

    assert (refusal.status, refusal.type, refusal.message) == (400, "invalid_input", words)
    assert refusal.validation_errors == {"_errors": [words]}


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"since": "nonsense"}, 'Must be parsable date string if defined for "since"'),
        ({"since": ""}, 'Must be parsable date string if defined for "since"'),
        ({"since": 5}, 'Expected string, received number for "since"'),
        ({"since": None}, 'Expected string, received null for "since"'),
        ({"between": ["2026-01-01"]}, 'Array must contain exactly 2 element(s) for "between"'),
        ({"between": []}, 'Array must contain exactly 2 element(s) for "between"'),
        ({"between": "2026-01-01"}, 'Expected array, received string for "between"'),
        (
            {"between": ["2026-01-02", "2026-01-01"]},
            'second value must be greater than first value for "between"',
        ),
        (
            {"between": ["2026-01-01", "2026-01-01T00:00:00Z"]},
            'second value must be greater than first value for "between"',
        ),
        (
            {"between": ["2026-01-01T12:00:00+05:00", "2026-01-01T06:00:00Z"]},
            'second value must be greater than first value for "between"',
        ),
    ],
)
def test_a_range_has_to_make_sense(refuse, params, message):
    assert refuse(LIST, params).message == message


def test_since_is_strict(types):
    assert types(since="2025-12-31T23:59:59.999Z") == LOGIN
    assert types(since="2026-01-01T00:00:00.000Z") == LOGIN[1:]
    assert types(since="2026-01-01T00:00:00.0005Z") == LOGIN[1:]
    assert types(since="2026-01-01T00:00:00.005Z") == LOGIN[6:]
    assert types(since="2026-01-01T00:00:00.006Z") == []


def test_since_may_be_in_any_zone(types):
    assert types(since="2026-01-01T02:00:00.005+02:00") == LOGIN[6:]
    assert types(since="2026-01-01T00:00:00.005") == LOGIN[6:]


def test_between_leaves_out_both_ends(types):
    first, last = "2026-01-01T00:00:00.001Z", "2026-01-01T00:00:00.004Z"

    assert types(between=[first, last]) == LOGIN[2:4]
    assert types(between=["2026-01-01T00:00:00.0009Z", last]) == LOGIN[1:4]
    assert types(between=[first, "2026-01-01T00:00:00.0041Z"]) == LOGIN[2:5]


@pytest.mark.parametrize("end", ["9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999999Z"])
def test_a_range_may_reach_to_the_end_of_time(types, end):
    assert types(between=["2025-01-01", end]) == LOGIN
    assert types(since=end) == []


@pytest.mark.parametrize("beginning", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"])
def test_a_range_may_begin_with_time_itself(types, beginning):
    assert types(since=beginning) == LOGIN
    assert types(between=[beginning, "2027-01-01"]) == LOGIN


# Filters


def test_without_filters_everything_is_listed_oldest_first(types):
    assert types(**ALL) == LOGIN


def test_an_event_without_the_field_does_not_match(home, types):
    assert types(**ALL, connect_webview_id=home.webview_id) == LOGIN[:4]
    assert types(**ALL, device_id=home.device_id) == LOGIN[4:6]
    assert types(**ALL, connected_account_id=home.account_id) == LOGIN
    assert types(**ALL, customer_key="c1") == [
        "connect_webview.login_succeeded",
        "connected_account.connected",
        "device.added",
        "device.connected",
    ]


@pytest.mark.parametrize(
    "name",
    """
    connected_account_id connect_webview_id device_id user_identity_id space_id access_code_id
    access_grant_id access_method_id acs_system_id acs_entrance_id acs_user_id acs_credential_id
    acs_access_group_id acs_encoder_id
    """.split(),
)
def test_an_unknown_id_matches_nothing(types, name):
    assert types(**ALL, **{name: UNKNOWN}) == []


@pytest.mark.parametrize(
    "name",
    """
    space_ids access_code_ids access_grant_ids access_method_ids acs_system_ids device_ids
    event_ids
    """.split(),
)
def test_unknown_ids_match_nothing(types, name):
    assert types(**ALL, **{name: [UNKNOWN]}) == []
    assert types(**ALL, **{name: []}) == []


def test_events_by_type(types):
    assert types(**ALL, event_type="device.added") == ["device.added"]
    assert types(**ALL, event_type="device.removed") == []
    assert types(**ALL, event_types=["device.connected", "connected_account.created"]) == [
        "connected_account.created",
        "device.connected",
    ]
    assert types(**ALL, event_types=[]) == []


def test_an_unknown_type_is_refused(refuse):
    for params in ({"event_type": "device.battery_low"}, {"event_types": ["device.exploded"]}):
        refusal = refuse(LIST, {**ALL, **params})

        assert refusal.message.startswith("Invalid enum value. Expected '")


def test_events_by_id(home, types):
    ids = [event["event_id"] for event in home.events]

    assert types(**ALL, event_ids=[ids[3], ids[0], UNKNOWN]) == [LOGIN[0], LOGIN[3]]


def test_events_of_several_devices(home, types):
    assert types(**ALL, device_ids=[UNKNOWN, home.device_id]) == LOGIN[4:6]


def test_filters_all_have_to_be_met(home, types):
    assert types(**ALL, device_id=home.device_id, event_type="device.added") == ["device.added"]
    assert types(**ALL, device_id=home.device_id, connect_webview_id=home.webview_id) == []


def test_a_list_of_ids_has_at_most_a_hundred(refuse, fake):
    refusal = refuse(LIST, {**ALL, "space_ids": [UNKNOWN] * 101})

    assert refusal.message == 'Array must contain at most 100 element(s) for "space_ids"'
    assert fake.call(LIST, {**ALL, "space_ids": [UNKNOWN] * 100})["events"] == []


def test_a_parameter_that_is_no_filter_is_a_bug():
    with pytest.raises(RuntimeError, match="does not know how to filter by search"):
        conditions({"search": "x"})


# How many


def test_a_limit_and_an_offset_cut_the_list(types):
    assert types(**ALL, limit=2) == LOGIN[:2]
    assert types(**ALL, unstable_offset=5) == LOGIN[5:]
    assert types(**ALL, limit=2, unstable_offset=3) == LOGIN[3:5]
    assert types(**ALL, unstable_offset=100) == []


def test_an_offset_counts_what_was_found(home, types):
    found = types(**ALL, device_id=home.device_id, unstable_offset=1)

    assert found == ["device.connected"]


def test_five_hundred_are_listed_by_default(fake):
    for _ in range(75):
        fake.connect_account(provider="minut")

    assert len(fake.call(LIST, ALL)["events"]) == 500
    assert len(fake.call(LIST, {**ALL, "limit": 525})["events"]) == 525


def test_events_have_no_pages(home):
    assert set(home.call(LIST, ALL)) == {"events", "ok"}
