"""freezegun and time-machine set the clock of a fake; the same calls give the same bytes."""

from __future__ import annotations

import http.client
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest
import time_machine
from freezegun import freeze_time
from werkzeug.test import Client

from fakeseam import FakeSeam

MARCH = datetime(2026, 3, 1, 12, 0, 0, 123000, tzinfo=timezone.utc)
JUNE = datetime(2026, 6, 1, 12, tzinfo=timezone.utc)


@pytest.fixture(params=["freezegun", "time-machine"])
def frozen_at(request):
    """Freezes time, by either library."""
    if request.param == "freezegun":
        return freeze_time
    return lambda moment: time_machine.travel(moment, tick=False)


def create(fake):
    return fake.call("/connect_webviews/create")["connect_webview"]["created_at"]


def date_of(fake):
    return Client(fake.wsgi_app).get("/health").headers["Date"]


def test_a_fake_created_in_frozen_time_shows_it(frozen_at):
    with frozen_at(MARCH), FakeSeam() as fake:
        assert create(fake) == "2026-03-01T12:00:00.123Z"


def test_a_fake_created_before_time_was_frozen_shows_it(frozen_at):
    with FakeSeam() as fake, frozen_at(MARCH):
        assert create(fake) == "2026-03-01T12:00:00.123Z"


def test_events_show_frozen_time(frozen_at):
    with FakeSeam() as fake, frozen_at(MARCH):
        fake.connect_account()
        moments = [event["occurred_at"] for event in fake.events]

    assert moments[0] == "2026-03-01T12:00:00.123Z"
    assert moments[8] == "2026-03-01T12:00:00.131Z"


def test_responses_are_dated_in_frozen_time(frozen_at):
    with FakeSeam() as fake, frozen_at(MARCH):
        assert date_of(fake) == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_a_server_dates_its_responses_in_frozen_time(frozen_at):
    with FakeSeam() as fake, fake.serve() as server, frozen_at(MARCH):
        with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
            connection.request("GET", "/health")
            response = connection.getresponse()
            response.read()

    assert response.headers["Date"] == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_a_server_starts_and_stops_in_frozen_time(frozen_at):
    with frozen_at(MARCH), FakeSeam() as fake, fake.serve() as server:
        connection = http.client.HTTPConnection("127.0.0.1", server.port)
        connection.request("GET", "/health")
        assert connection.getresponse().read() == b'{"ok":true}'

    connection.close()


def test_time_may_be_frozen_again_later(frozen_at):
    with FakeSeam() as fake:
        with frozen_at(MARCH):
            create(fake)
        with frozen_at(JUNE):
            assert create(fake) == "2026-06-01T12:00:00.000Z"


def test_time_may_be_set_back(frozen_at):
    with FakeSeam() as fake:
        with frozen_at(JUNE):
            create(fake)
        with frozen_at(MARCH):
            assert create(fake) == "2026-03-01T12:00:00.123Z"
            assert date_of(fake) == "Sun, 01 Mar 2026 12:00:00 GMT"


def test_events_follow_when_time_is_set_back(frozen_at):
    with FakeSeam() as fake:
        with frozen_at(JUNE):
            fake.connect_account()
        before = len(fake.events)
        with frozen_at(MARCH):
            fake.connect_account()

    assert list(fake.events)[before]["created_at"] == "2026-03-01T12:00:00.123Z"


def test_an_advance_is_added_to_frozen_time(frozen_at):
    with FakeSeam() as fake, frozen_at(MARCH):
        fake.clock.advance(timedelta(hours=1))

        assert fake.clock.now == MARCH + timedelta(hours=1)


def test_a_given_time_is_fixed_even_in_frozen_time(frozen_at):
    with FakeSeam(now=JUNE) as fake, frozen_at(MARCH):
        assert create(fake) == "2026-06-01T12:00:00.000Z"


def test_retries_of_the_sdk_end_in_frozen_time(frozen_at):
    with FakeSeam() as fake, frozen_at(MARCH), fake.client() as seam:
        fake.faults.add("/connect_webviews/list", status=503, times=2, retry_after=60)

        assert seam.connect_webviews.list() == []
        assert fake.clock.now == MARCH + timedelta(minutes=2)


# The same seed, the same time, the same calls

STORY = [
    ("POST", "/connect_webviews/create", {"custom_metadata": {"b": "1", "a": True}}),
    ("POST", "/_fakeseam/connect_account", {"custom_metadata": {"user": "u1"}}),
    ("POST", "/connected_accounts/list", {"limit": 1}),
    ("GET", "/devices/list", {"limit": 1}),
    ("GET", "/connect_webviews/get", {}),
    ("POST", "/_fakeseam/create_workspace", {}),
    ("POST", "/_fakeseam/create_client_session", {}),
    ("GET", "/events/list", {"since": "2000-01-01"}),
]


def responses_of(fake):
    """Returns every response to the story as bytes, with its headers."""
    client, headers = Client(fake.wsgi_app), {"Authorization": f"Bearer {fake.api_key}"}
    responses = [
        client.open(path, method=method, json=params, headers=headers)
        for method, path, params in STORY
    ]
    return [(one.status, list(one.headers.items()), one.get_data()) for one in responses]


def test_the_same_seed_time_and_calls_give_the_same_bytes():
    with FakeSeam(seed=7, now=MARCH) as one, FakeSeam(seed=7, now=MARCH) as other:
        assert responses_of(one) == responses_of(other)


def test_a_reset_fake_gives_the_same_bytes_again():
    with FakeSeam(seed=7, now=MARCH) as fake:
        first = responses_of(fake)

        fake.reset()

        assert responses_of(fake) == first


def test_frozen_time_gives_the_same_bytes_as_given_time(frozen_at):
    with frozen_at(MARCH), FakeSeam(now=MARCH) as one, FakeSeam() as other:
        assert responses_of(one) == responses_of(other)
