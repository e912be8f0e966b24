"""``deliver_to``: deliveries handed to a test client instead of a socket."""

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
def got(fake, hook):
    """What came to a receiver that accepts everything."""
    hook(URL, ["*"])
    got = []

    def receive(delivery):
        got.append(delivery)
        return 200

    fake.webhooks.deliver_to(receive)
    return got


def sender_returning(answer):
    return lambda delivery: answer


def the_attempt(fake):
    (attempt,) = fake.webhooks[0].attempts
    return attempt.status, attempt.error


# Which moment, which order


def test_a_sender_is_called_before_the_call_returns_and_in_its_thread(fake, hook, cause):
    hook(URL)
    seen = []
    fake.webhooks.deliver_to(lambda one: seen.append(threading.get_ident()) or 200)

    cause()

    assert seen == [threading.get_ident()]
    assert fake.webhooks[0].state == "delivered"


def test_deliveries_come_in_the_order_of_their_events(fake, got):
    fake.connect_account()

    assert [one.event for one in got] == list(fake.events)
    assert {(one.state, one.attempts) for one in got} == {("waiting", ())}


def test_the_receiver_sees_the_world_as_it_is_after_the_call(fake, hook):
    hook(URL, ["connect_webview.login_succeeded"])
    seen = []

    def look(delivery):
        sent = {"connected_account_id": delivery.event["connected_account_id"]}
        seen.append(fake.call("/connected_accounts/get", sent)["connected_account"])
        return 200

    fake.webhooks.deliver_to(look)

    assert seen == [] and [fake.connect_account()] == seen


def test_a_sender_for_a_url_comes_before_one_for_all_and_the_last_one_holds(fake, hook, cause):
    hook(URL)
    hook("https://example.com/other")
    calls = []
    fake.webhooks.deliver_to(lambda one: calls.append("first, for one") or 200, url=URL)
    fake.webhooks.deliver_to(lambda one: calls.append("for all") or 200)
    cause()
    fake.webhooks.deliver_to(lambda one: calls.append("second, for one") or 200, url=URL)
    cause()

    assert calls == ["first, for one", "for all", "second, for one", "for all"]


def test_a_url_without_a_sender_goes_where_it_would(fake, hook, cause):
    hook(URL)
    fake.webhooks.deliver_to(sender_returning(200), url="https://example.com/other")

    cause()

    assert fake.webhooks[0].state == "not_sent"


# What is handed over to


def application(environ, start_response):
    """Accepts what says that it is signed, at one path."""
    request = Request(environ)
    found = request.path == "/hooks" and "svix-signature" in request.headers
    return Response(request.data, 201 if found else 404)(environ, start_response)


def test_a_test_client_of_werkzeug_is_a_receiver(fake, hook, cause):
    client = Client(application)
    hook(URL)
    fake.webhooks.deliver_to(
        lambda one: client.post("/hooks", data=one.body, headers=dict(one.headers))
    )

    cause()

    assert the_attempt(fake) == (201, None)


def test_an_app_is_a_receiver_by_way_of_httpx(fake, hook, cause):
    hook(URL)
    with httpx.Client(transport=httpx.WSGITransport(application)) as client:
        fake.webhooks.deliver_to(
            lambda one: client.post(one.url, content=one.body, headers=one.headers)
        )
        cause()

    assert the_attempt(fake) == (201, None)


@pytest.mark.parametrize("answer", [204, HTTPStatus.ACCEPTED, httpx.Response(200)])
def test_a_status_or_whatever_has_one_is_an_answer(fake, hook, cause, answer):
    hook(URL)
    fake.webhooks.deliver_to(sender_returning(answer))

    cause()

    assert fake.webhooks[0].state == "delivered"


@pytest.mark.parametrize("answer", [None, "200", True, 2.0, (200,), {"status": 200}])
def test_nonsense_is_misuse_that_says_what_to_return(fake, hook, cause, answer):
    hook(URL)
    fake.webhooks.deliver_to(sender_returning(answer))

    with pytest.raises(MisuseError, match="return the HTTP status, or a response") as caught:
        cause()

    assert repr(answer) in str(caught.value)
    assert len(fake.events) == 1  # what caused it stands
    assert fake.webhooks[0].state == "waiting"


@pytest.mark.parametrize("sender", [None, URL, 200])
def test_what_is_no_function_is_misuse(fake, sender):
    with pytest.raises(MisuseError, match="a function of one delivery"):
        fake.webhooks.deliver_to(sender)


# Senders that raise


def test_what_a_sender_raises_is_a_failed_attempt_that_is_made_again(fake, hook, cause):
    hook(URL)
    answers = [ValueError("no"), AssertionError("never"), 200]

    def receive(delivery):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    fake.webhooks.deliver_to(receive)
    cause()
    fake.clock.advance(305)

    (delivery,) = fake.webhooks
    assert [(one.status, one.error) for one in delivery.attempts] == [
        (None, "ValueError('no')"),
        (None, "AssertionError('never')"),
        (200, None),
    ]
    assert delivery.state == "delivered"


def test_a_test_that_fails_inside_a_receiver_fails(fake, hook, cause):
    hook(URL)

    def receive(delivery):
        if not delivery.attempts:
            pytest.fail("not like this")
        return 200

    fake.webhooks.deliver_to(receive)
    with pytest.raises(pytest.fail.Exception, match="not like this"):
        cause()
    fake.clock.advance(5)

    assert [one.status for one in fake.webhooks[0].attempts] == [None, 200]


def test_a_fake_that_was_begun_anew_has_no_sender(hook):
    with FakeSeam() as fake:
        fake.webhooks.deliver_to(sender_returning(200))
        fake.reset()
        fake.call("/webhooks/create", {"url": URL})
        fake.connect_account()

        assert {one.state for one in fake.webhooks} == {"not_sent"}
