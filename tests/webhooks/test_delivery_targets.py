"""``deliver_to``: deliveries go to a function instead of a socket."""

from __future__ import annotations

import threading
from http import HTTPStatus

import httpx
import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Request, Response

from fakeseam import FakeSeam, MisuseError

URL = "https://app.example.com/hooks"


@pytest.fixture
def got(fake, failure_hook):
    """The deliveries at a receiver that accepts everything."""
    failure_hook(URL, ["*"])
    got = []

    def receive(delivery):
        got.append(delivery)
        return 200

    fake.webhooks.deliver_to(receive)
    return got


def sender_returning(response):
    return lambda delivery: response


def the_attempt(fake):
    (attempt,) = fake.webhooks[0].attempts
    return attempt.status, attempt.error


# Time and order


def test_a_sender_is_called_before_the_call_returns_and_in_its_thread(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    seen = []
    fake.webhooks.deliver_to(lambda one: seen.append(threading.get_ident()) or 200)

    fail_login()

    assert seen == [threading.get_ident()]
    assert fake.webhooks[0].state == "delivered"


def test_deliveries_come_in_the_order_of_their_events(fake, got):
    fake.connect_account()

    assert [one.event for one in got] == list(fake.events)
    assert {(one.state, one.attempts) for one in got} == {("waiting", ())}


def test_the_receiver_sees_the_state_after_the_call(fake, failure_hook):
    failure_hook(URL, ["connect_webview.login_succeeded"])
    seen = []

    def look(delivery):
        sent = {"connected_account_id": delivery.event["connected_account_id"]}
        seen.append(fake.call("/connected_accounts/get", sent)["connected_account"])
        return 200

    fake.webhooks.deliver_to(look)

    assert seen == [] and [fake.connect_account()] == seen


def test_a_sender_for_a_url_wins_over_one_for_all_and_the_last_one_wins(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    failure_hook("https://example.com/other")
    calls = []
    fake.webhooks.deliver_to(lambda one: calls.append("first, for one") or 200, url=URL)
    fake.webhooks.deliver_to(lambda one: calls.append("for all") or 200)
    fail_login()
    fake.webhooks.deliver_to(lambda one: calls.append("second, for one") or 200, url=URL)
    fail_login()

    assert calls == ["first, for one", "for all", "second, for one", "for all"]


def test_deliveries_to_a_url_without_a_sender_go_by_its_host(fake, failure_hook, fail_login):
    failure_hook(URL)
    fake.webhooks.deliver_to(sender_returning(200), url="https://example.com/other")

    fail_login()

    assert fake.webhooks[0].state == "not_sent"


# Kinds of senders


def application(environ, start_response):
    """Accepts requests with a signature header, at one path."""
    request = Request(environ)
    found = request.path == "/hooks" and "svix-signature" in request.headers
    return Response(request.data, 201 if found else 404)(environ, start_response)


def test_a_test_client_of_werkzeug_is_a_receiver(fake, failure_hook, fail_login):
    client = Client(application)
    failure_hook(URL)
    fake.webhooks.deliver_to(
        lambda one: client.post("/hooks", data=one.body, headers=dict(one.headers))
    )

    fail_login()

    assert the_attempt(fake) == (201, None)


def test_an_app_is_a_receiver_by_way_of_httpx(fake, failure_hook, fail_login):
    failure_hook(URL)
    with httpx.Client(transport=httpx.WSGITransport(application)) as client:
        fake.webhooks.deliver_to(
            lambda one: client.post(one.url, content=one.body, headers=one.headers)
        )
        fail_login()

    assert the_attempt(fake) == (201, None)


@pytest.mark.parametrize("response", [204, HTTPStatus.ACCEPTED, httpx.Response(200)])
def test_a_sender_may_return_a_status_or_a_response(fake, failure_hook, fail_login, response):
    failure_hook(URL)
    fake.webhooks.deliver_to(sender_returning(response))

    fail_login()

    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize("response", [None, "200", True, 2.0, (200,), {"status": 200}])
def test_an_invalid_result_is_misuse_that_shows_what_to_return(
    fake, failure_hook, fail_login, response
):
    failure_hook(URL)
    fake.webhooks.deliver_to(sender_returning(response))

    with pytest.raises(MisuseError, match="Return an HTTP status, or a response") as caught:
        fail_login()

    assert repr(response) in str(caught.value)
    assert len(fake.events) == 1  # the event that caused it is stored
    assert fake.webhooks[0].state == "waiting"


@pytest.mark.parametrize("sender", [None, URL, 200])
def test_a_sender_that_is_not_a_function_is_misuse(fake, sender):
    with pytest.raises(MisuseError, match="a function of one delivery"):
        fake.webhooks.deliver_to(sender)


# Senders that raise


def test_an_exception_of_a_sender_is_a_failed_attempt_that_is_repeated(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    answers = [ValueError("no"), AssertionError("never"), 200]

    def receive(delivery):
        response = answers.pop(0)
        if isinstance(response, Exception):
            raise response
        return response

    fake.webhooks.deliver_to(receive)
    fail_login()
    fake.clock.advance(305)

    (delivery,) = fake.webhooks
    assert [(one.status, one.error) for one in delivery.attempts] == [
        (None, "ValueError('no')"),
        (None, "AssertionError('never')"),
        (200, None),
    ]
    assert delivery.state == "delivered"


def test_a_test_that_fails_inside_a_receiver_fails(fake, failure_hook, fail_login):
    failure_hook(URL)

    def receive(delivery):
        if not delivery.attempts:
            pytest.fail("not like this")
        return 200

    fake.webhooks.deliver_to(receive)
    with pytest.raises(pytest.fail.Exception, match="not like this"):
        fail_login()
    fake.clock.advance(5)

    assert [one.status for one in fake.webhooks[0].attempts] == [None, 200]


def test_a_fake_that_was_reset_has_no_sender(failure_hook):
    with FakeSeam() as fake:
        fake.webhooks.deliver_to(sender_returning(200))
        fake.reset()
        fake.call("/webhooks/create", {"url": URL})
        fake.connect_account()

        assert {one.state for one in fake.webhooks} == {"not_sent"}
