"""A fake works while Playwright's synchronous API runs an event loop in this thread."""

from __future__ import annotations

import asyncio

import pytest

from fakeseam import FakeSeam
from tests.browser.walking import expect_heading, sign_in

JANE = "Submit", {"Email": "jane@example.com", "Password": "1234"}
DOWN = "Submit", {"Email": "jane@example.com", "Password": "down"}


@pytest.fixture
def webview(seam):
    url = "https://app.example.com/seam"
    seam.webhooks.create(url=url, event_types=["connect_webview.login_failed"])
    return seam.connect_webviews.create(accepted_providers=["schlage"])


def test_a_loop_is_running(page):
    assert asyncio.get_running_loop().is_running()


def test_the_client_in_process_and_a_server_work(page):
    with FakeSeam() as fake, fake.serve():
        webview = fake.client().connect_webviews.create(accepted_providers=["schlage"])
        account = fake.complete_connect_webview(webview)
        (found,) = fake.client().connected_accounts.list()

    assert found.connected_account_id == account["connected_account_id"]


def test_a_sender_gets_the_events_of_the_page(page, fake, webview):
    received = []
    fake.webhooks.deliver_to(lambda delivery: received.append(delivery.event["event_type"]) or 204)
    sign_in(page, webview, "Schlage", DOWN)
    expect_heading(page, "The provider cannot be reached")
    fake.webhooks.settle()  # the server's thread has left it to the test's

    assert received == ["connect_webview.login_failed"]


def test_an_asynchronous_sender_is_waited_for(page, fake, webview):
    received = []

    async def receive(delivery):
        await asyncio.sleep(0)
        received.append(delivery.event["event_type"])
        return 204

    fake.webhooks.deliver_to(receive)
    sign_in(page, webview, "Schlage", DOWN)
    expect_heading(page, "The provider cannot be reached")
    fake.webhooks.settle()  # the server's thread has left it to the test's

    assert received == ["connect_webview.login_failed"]

    fake.fail_connect_webview(webview)  # in the thread of the loop

    assert received == ["connect_webview.login_failed"] * 2


@pytest.mark.parametrize("is_asynchronous", [False, True])
def test_advancing_the_clock_makes_the_next_attempts(page, fake, webview, is_asynchronous):
    answers = [500, 503, 204]

    async def respond():
        return answers.pop(0)

    fake.webhooks.deliver_to(lambda _: respond() if is_asynchronous else answers.pop(0))
    sign_in(page, webview, "Schlage", DOWN)
    expect_heading(page, "The provider cannot be reached")
    fake.clock.advance(3600)

    (delivery,) = fake.webhooks
    assert [attempt.status for attempt in delivery.attempts] == [500, 503, 204]


def test_a_receiver_on_a_socket_is_waited_for(page, fake, seam, app):
    seam.webhooks.create(
        url=f"{app.url}/webhook", event_types=["connect_webview.login_succeeded"]
    )
    webview = seam.connect_webviews.create(accepted_providers=["schlage"])
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "Your devices are connected")
    fake.webhooks.settle()

    assert app.webhooks == ["connect_webview.login_succeeded"]


def test_a_state_can_be_saved_and_restored(page, fake, seam, webview):
    before = fake.snapshot()
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "Your devices are connected")
    assert len(seam.connected_accounts.list()) == 1

    fake.restore(before)
    assert seam.connected_accounts.list() == []
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "Your devices are connected")

    assert len(seam.connected_accounts.list()) == 1


def test_a_browser_causes_no_strict_violation(page, fake, webview):
    sign_in(page, webview, "Schlage", JANE)
    expect_heading(page, "Your devices are connected")

    fake.assert_nothing_unexpected()
