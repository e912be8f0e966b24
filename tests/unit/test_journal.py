"""What happened: the requests that came, the events they caused, and the assertions on both."""

import copy
import pickle

import pytest

from fakeseam import ApiError, FakeSeam, LoginFailed, MisuseError

CREATE = "/connect_webviews/create"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


def refused(fake, path, params=None):
    with pytest.raises(ApiError):
        fake.call(path, params)


def test_requests_are_told_in_order_with_what_became_of_them(fake):
    fake.call(CREATE)
    refused(fake, "/connect_webviews/get")
    refused(fake, "/nowhere")

    assert [str(request) for request in fake.requests] == [
        "200 POST /connect_webviews/create",
        "400 POST /connect_webviews/get (invalid_input)",
        "404 POST /nowhere (not_found)",
    ]
    assert [request.request_id for request in fake.requests] == [
        "request1",
        "request2",
        "request3",
    ]


def test_what_a_test_does_itself_is_no_request_of_the_apps(fake):
    account = fake.connect_account()
    fake.disconnect_account(account)

    assert len(fake.requests) == 0


def test_no_more_than_the_last_thousand_requests_are_kept(fake):
    for _ in range(1001):
        fake.call("/workspaces/get")

    assert len(fake.requests) == 1000
    assert next(iter(fake.requests)).request_id == "request2"


@pytest.mark.parametrize("size", [1, 3])
def test_as_many_are_kept_as_a_test_wants(size):
    with FakeSeam(journal_size=size) as fake:
        for _ in range(5):
            fake.call("/workspaces/get")
        fake.reset()
        for _ in range(5):
            fake.call("/workspaces/get")

        kept = [request.request_id for request in fake.requests]
        assert kept == ["request3", "request4", "request5"][-size:]


@pytest.mark.parametrize("size", [0, -1, True, "10", 1.5, None, 10**30])
def test_a_journals_size_is_a_number_from_one_on(size):
    with pytest.raises(MisuseError, match="how many requests are kept, an int from 1 on"):
        FakeSeam(journal_size=size)


def test_a_route_is_a_path_or_a_method_and_a_path(fake):
    fake.call("/workspaces/get")
    fake.call("/workspaces/get", method="GET")

    assert len(fake.requests.filter("/workspaces/get")) == 2
    assert [request.method for request in fake.requests.filter("GET /workspaces/get")] == ["GET"]


def test_a_call_that_was_made_is_asserted(fake):
    fake.call(CREATE)
    fake.call(CREATE)

    fake.requests.assert_called(CREATE)
    fake.requests.assert_called(f"POST {CREATE}", times=2)
    fake.requests.assert_not_called("/workspaces/get")


def test_a_call_that_was_not_made_shows_what_was(fake):
    fake.call(CREATE)

    with pytest.raises(AssertionError) as caught:
        fake.requests.assert_called("/workspaces/get")

    assert "  request1: 200 POST /connect_webviews/create" in str(caught.value)


def test_another_number_of_calls_is_told(fake):
    fake.call(CREATE)

    with pytest.raises(AssertionError, match="was called once, not 2 times"):
        fake.requests.assert_called(CREATE, times=2)
    with pytest.raises(AssertionError, match="was called once, and should not have been"):
        fake.requests.assert_not_called(CREATE)


def test_an_event_is_found_by_its_type_and_its_fields(fake):
    jane = fake.connect_account(email="jane@example.com")
    john = fake.connect_account(email="john@example.com")
    ids = [jane["connected_account_id"], john["connected_account_id"]]

    found = fake.events.filter("connected_account.created")
    johns = fake.events.assert_emitted("connected_account.created", connected_account_id=ids[1])

    assert [event["connected_account_id"] for event in found] == ids
    assert johns == found[1]
    assert len(fake.events.filter(connected_account_id=ids[0])) == len(fake.events) / 2


def test_an_event_that_did_not_happen_shows_what_did(fake):
    fake.connect_account()

    with pytest.raises(AssertionError, match="connected_account.created"):
        fake.events.assert_emitted("connected_account.deleted")
    fake.events.assert_not_emitted("connected_account.deleted")


def test_an_event_that_should_not_have_happened_is_shown(fake):
    fake.connect_account()

    with pytest.raises(AssertionError, match='event_type: "connected_account.created"'):
        fake.events.assert_not_emitted("connected_account.created")


def test_nothing_at_all_is_told_as_such(fake):
    with pytest.raises(AssertionError, match="there are no events"):
        fake.events.assert_emitted("connected_account.created")


def test_changing_an_event_that_was_read_changes_nothing(fake):
    fake.connect_account(custom_metadata={"user": "u1"})
    event = fake.events.assert_emitted("connected_account.created")

    event["connected_account_custom_metadata"]["user"] = "u2"

    again = fake.events.assert_emitted("connected_account.created")
    assert again["connected_account_custom_metadata"] == {"user": "u1"}


@pytest.mark.parametrize("travel", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_an_error_survives_the_way_to_another_process(fake, travel):
    with pytest.raises(ApiError) as caught:
        fake.call("/connect_webviews/get", {"connect_webview_id": "x"})

    arrived = travel(caught.value)

    assert str(arrived) == '400 invalid_input: Invalid uuid for "connect_webview_id"'
    assert arrived.body == caught.value.body


def test_a_failed_login_survives_it_too():
    failed = LoginFailed("invalid_credentials", "No", redirect_url="https://example.com")

    arrived = pickle.loads(pickle.dumps(failed))

    assert str(arrived) == "invalid_credentials: No"
    assert arrived.redirect_url == "https://example.com"
