"""Where and when senders run: in the test's thread, also for events of other threads."""

from __future__ import annotations

import asyncio
import contextvars
import threading

import pytest
from seam.exceptions import SeamHttpApiError

from fakeseam import FakeSeam, MisuseError

URL = "https://app.example.com/hooks"


def in_another_thread(work):
    """Runs ``work`` in a thread of the app's, and waits for its end."""
    thread = threading.Thread(target=work, name="app-worker")
    thread.start()
    thread.join()


@pytest.fixture
def threads(fake, failure_hook):
    """The names of the threads in which the sender ran."""
    failure_hook(URL)
    names = []
    fake.webhooks.deliver_to(lambda one: names.append(threading.current_thread().name) or 200)
    return names


# What another thread causes


def test_what_another_thread_causes_waits(fake, threads, fail_login):
    in_another_thread(fail_login)

    assert threads == []


@pytest.mark.parametrize(
    "touch",
    [
        lambda fake: list(fake.events),
        lambda fake: len(fake.requests),
        lambda fake: fake.webhooks[0],
        lambda fake: fake.timeline(),
        lambda fake: fake.events.filter("device.added"),
        lambda fake: fake.webhooks.assert_sent("connect_webview.login_failed"),
        lambda fake: fake.webhooks.wait_for("connect_webview.login_failed"),
        lambda fake: fake.webhooks.settle(),
        lambda fake: fake.clock.advance(1),
        lambda fake: fake.call("/devices/list"),
        lambda fake: fake.client().devices.list(),
        lambda fake: fake.load([]),
        lambda fake: fake.snapshot(),
        lambda fake: fake.assert_nothing_unexpected(),
    ],
)
def test_the_next_use_of_the_fake_hands_it_over_in_the_tests_thread(
    fake, threads, fail_login, touch
):
    in_another_thread(fail_login)

    touch(fake)

    assert threads == [threading.current_thread().name]
    assert fake.webhooks[0].state == "delivered"


def test_settle_in_another_thread_says_where_to_call_it(fake, threads, fail_login):
    errors = []

    def work():
        fail_login()
        try:
            fake.webhooks.settle()
        except MisuseError as misuse:
            errors.append(str(misuse))

    in_another_thread(work)

    assert threads == []
    assert "a sender of thread 'MainThread', which made the fake: call it there" in errors[0]


def test_another_thread_moves_the_clock_without_waiting_for_senders(fake, threads, fail_login):
    in_another_thread(lambda: (fail_login(), fake.clock.advance(1)))

    assert threads == []


def test_the_timeline_says_that_a_delivery_waited_for_the_test(fake, threads, fail_login):
    in_another_thread(fail_login)

    assert f"delivery to {URL} waits for the test: connect_webview.login_failed" in fake.timeline()


def test_a_wait_for_another_thread_hands_over_what_that_causes(fake, threads, fail_login):
    begin = threading.Event()
    worker = threading.Thread(target=lambda: begin.wait() and fail_login())
    worker.start()
    begin.set()

    fake.webhooks.wait_for("connect_webview.login_failed", timeout=60)
    worker.join()

    assert threads == [threading.current_thread().name]


def test_what_waited_is_signed_when_it_is_handed_over(fake, hook, login):
    hook(event_types=["connected_account.created"])
    fake.webhooks.deliver_to(lambda one: 200)
    in_another_thread(login)

    fake.clock.pause(3600)

    assert fake.webhooks[0].attempts[0].at == "2026-01-01T13:00:00.000Z"
    assert fake.webhooks[0].headers["svix-timestamp"] == "1767272400"


def test_a_fake_whose_thread_has_ended_belongs_to_the_next_that_uses_it(failure_hook):
    fakes = []
    in_another_thread(lambda: fakes.append(FakeSeam()))
    (fake,) = fakes
    got = []

    fake.webhooks.deliver_to(lambda one: got.append(one) or 200)
    fake.call("/webhooks/create", {"url": URL, "event_types": ["connected_account.created"]})
    fake.connect_account()

    assert len(got) == 1


# The context


language = contextvars.ContextVar("language", default="en")


def test_a_sender_runs_in_the_context_of_the_test_and_not_in_that_of_the_call(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    languages = []

    def receive(one):
        languages.append(language.get())
        language.set("nl")  # does not leak to the caller either
        return 200

    language.set("de")
    fake.webhooks.deliver_to(receive)

    def view():
        language.set("fr")
        fail_login()
        assert language.get() == "fr"

    contextvars.copy_context().run(view)

    assert languages == ["de"]
    language.set("en")


# when="settled"


def test_a_sender_for_settled_gets_everything_at_settle_and_not_before(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    got = []
    fake.webhooks.deliver_to(lambda one: got.append(one.message_id) or 200, when="settled")
    fail_login()
    fail_login()
    fake.clock.advance(60)
    assert (got, len(fake.webhooks)) == ([], 2)
    with pytest.raises(AssertionError, match="when='settled': call fake.webhooks.settle"):
        fake.webhooks.assert_all_delivered()

    fake.webhooks.settle()

    assert len(got) == 2
    assert {one.state for one in fake.webhooks} == {"delivered"}


def test_settle_hands_over_what_the_receivers_cause_too(fake, hook):
    hook(event_types=["connected_account.created", "connected_account.disconnected"])
    got = []

    def receive(one):
        got.append(one.event["event_type"])
        if len(got) == 1:
            fake.disconnect_account(one.event["connected_account_id"])
        return 200

    fake.webhooks.deliver_to(receive, when="settled")
    fake.connect_account()

    fake.webhooks.settle()

    assert got == ["connected_account.created", "connected_account.disconnected"]


def test_another_word_for_when_is_misuse(fake):
    with pytest.raises(MisuseError, match="choose 'at_once' or 'settled'"):
        fake.webhooks.deliver_to(lambda one: 200, when="later")


# Tasks


def test_each_of_two_tasks_returns_with_its_own_events_delivered(fake, hook):
    """The first task awaits its receiver meanwhile."""
    hook(event_types=["space.created"])
    got, first_arrived, release = [], asyncio.Event(), asyncio.Event()

    async def receive(one):
        got.append(one.event["space_id"])
        if len(got) == 1:
            first_arrived.set()
            await release.wait()
        return 200

    async def story():
        fake.webhooks.deliver_to(receive)
        async with fake.async_client() as seam:
            first = asyncio.create_task(seam.spaces.create(name="North"))
            await first_arrived.wait()
            second = await seam.spaces.create(name="South")
            assert got[1:] == [second.space_id]
            release.set()
            await first

    asyncio.run(story())
    assert {one.state for one in fake.webhooks} == {"delivered"}


def test_a_plain_client_in_a_loop_leaves_an_asynchronous_sender_to_the_next_await(
    fake, failure_hook, fail_login
):
    failure_hook(URL)
    got = []

    async def receive(one):
        got.append(one)
        return 200

    async def story():
        fake.webhooks.deliver_to(receive)
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        fake.call("/_fakeseam/fail_connect_webview", _id(webview))
        assert got == []
        with pytest.raises(MisuseError, match=r"`await fake\.aio\.webhooks\.settle\(\)` first"):
            list(fake.events)
        await fake.aio.webhooks.settle()

    asyncio.run(story())
    assert len(got) == 1


def _id(webview):
    return {"connect_webview_id": webview["connect_webview_id"]}


def test_a_function_that_returns_an_awaitable_in_a_loop_is_misuse_once(fake, failure_hook):
    """Its second delivery waits for the loop: fakeseam knows it then."""
    failure_hook(URL)

    async def receive(one):
        return 200

    async def story():
        fake.webhooks.deliver_to(lambda one: receive(one))
        webview = fake.call("/connect_webviews/create")["connect_webview"]
        with pytest.raises(MisuseError, match="Give an `async def` function"):
            fake.fail_connect_webview(webview)
        with pytest.raises(MisuseError, match="fail_connect_webview"):
            fake.fail_connect_webview(webview)
        await fake.aio.clock.advance(5)

    asyncio.run(story())
    assert fake.webhooks[0].state == "delivered"


# Errors


def test_a_receivers_traceback_is_in_the_webhook_log(fake, failure_hook, fail_login):
    def receive(one):
        raise LookupError("no such user")

    failure_hook(URL)
    fake.webhooks.deliver_to(receive)
    fail_login()

    (attempt,) = fake.webhooks[0].attempts
    first, second, *_ = attempt.traceback.splitlines()
    assert first == "Traceback (most recent call last):"
    assert second.endswith("in receive") and __file__ in second  # no line of fakeseam's before it
    assert attempt.traceback.endswith("LookupError: no such user\n")


def test_a_receiver_that_raises_is_a_strict_violation(fake, failure_hook, fail_login):
    def receive(one):
        raise LookupError("no such user")

    failure_hook(URL)
    fake.webhooks.deliver_to(receive)
    fail_login()
    fake.strict = True

    with pytest.raises(AssertionError) as caught:
        fake.assert_nothing_unexpected()
    _, violation, *traceback = str(caught.value).splitlines()
    assert violation.startswith("  the receiver of connect_webview.login_failed to")
    assert traceback[0] == "Traceback (most recent call last):"
    assert traceback[1].endswith("in receive")
    assert traceback[-1] == "LookupError: no such user"
    fake.strict = False


def test_a_sender_without_a_response_is_a_strict_violation_though_the_app_got_it(fake, hook):
    hook(event_types=["space.created"])
    fake.webhooks.deliver_to(lambda one: None)
    with fake.client() as seam, pytest.raises(SeamHttpApiError, match="returned None"):
        seam.spaces.create(name="North")  # an app may go on here
    fake.strict = True

    with pytest.raises(AssertionError, match="The sender given to .* returned None"):
        fake.assert_nothing_unexpected()
    fake.strict = False


@pytest.mark.parametrize("when", ["at_once", "settled"])
def test_a_delivery_that_waited_in_vain_is_a_strict_violation(when):
    with pytest.raises(AssertionError, match="1 delivery waited for a sender until the end"):
        with FakeSeam(strict=True) as fake:
            fake.call("/webhooks/create", {"url": URL, "event_types": ["space.created"]})
            fake.webhooks.deliver_to(lambda one: 200, when=when)
            in_another_thread(lambda: fake.call("/spaces/create", {"name": "North"}))


def test_a_delivery_that_was_handed_over_is_none():
    with FakeSeam(strict=True) as fake:
        fake.call("/webhooks/create", {"url": URL, "event_types": ["space.created"]})
        fake.webhooks.deliver_to(lambda one: 200, when="settled")
        fake.call("/spaces/create", {"name": "North"})
        fake.webhooks.settle()


def test_a_receiver_that_answers_500_is_no_violation(failure_hook):
    with FakeSeam(strict=True) as fake:
        fake.call("/webhooks/create", {"url": URL})
        fake.webhooks.deliver_to(lambda one: 500)
        fake.connect_account()


@pytest.mark.parametrize("end", [pytest.fail.Exception, SystemExit])
def test_a_receiver_that_ends_the_test_ends_it(fake, failure_hook, fail_login, end):
    def receive(one):
        raise end("no more")

    failure_hook(URL)
    fake.webhooks.deliver_to(receive)

    with pytest.raises(end, match="no more"):
        fail_login()

    assert "no more" in fake.webhooks[0].attempts[0].error
