"""The engine: ids of requests, URLs, and what runs before and after each request."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam
from fakeseam.runtime.engine import ServerAddress

GET = "/connect_webviews/get"
DELETE = "/connected_accounts/delete"
NO_SERVER = "http://fakeseam"
SERVER = "http://127.0.0.1:4000"


# Requests


def test_requests_are_numbered_from_one_and_again_after_a_reset(fake, refuse):
    assert [refuse(GET).request_id for _ in range(3)] == ["request1", "request2", "request3"]

    fake.reset()

    assert refuse(GET).request_id == "request1"


def test_due_attempts_are_made_before_a_request_and_its_own_deliveries_after_it(fake, hook):
    got = []
    fake.webhooks.deliver_to(
        lambda one: got.append(one.event["connected_account_id"]) or (500, 200, 200)[len(got) - 1]
    )
    hook(event_types=["connected_account.deleted"])
    jane, john = (fake.connect_account()["connected_account_id"] for _ in range(2))
    fake.call(DELETE, {"connected_account_id": jane})
    assert got == [jane]
    fake.clock.pause(5)

    fake.call(DELETE, {"connected_account_id": john})

    assert got == [jane, jane, john]


def test_due_attempts_are_made_before_a_request_that_is_refused(fake, hook, refuse):
    got = []
    fake.webhooks.deliver_to(lambda one: got.append(one) or 500)
    hook(event_types=["connected_account.deleted"])
    fake.call(DELETE, fake.connect_account())
    fake.clock.pause(5)

    refuse(GET)

    assert len(got) == 2


def test_a_control_parameter_of_none_is_left_out(fake):
    made = fake._engine.call_control("create_workspace", name=None, is_sandbox=False)

    assert (made["workspace"]["name"], made["workspace"]["is_sandbox"]) == ("Sandbox", False)


# URLs


@pytest.mark.parametrize("base_url", ["https://seam.example/fake", "https://seam.example/fake/"])
def test_urls_begin_with_the_base_url(base_url):
    fake = FakeSeam(base_url=base_url)

    url = fake.call("/connect_webviews/create")["connect_webview"]["url"]

    assert url.startswith("https://seam.example/fake/connect_webviews/view?")


def test_urls_begin_with_the_server_while_it_runs(fake):
    engine = fake._engine
    assert (engine.address, engine.server_url) == (NO_SERVER, None)
    assert engine.server_address == ServerAddress(None, None, None)

    engine.set_server_url(SERVER, "0.0.0.0")
    assert (engine.address, engine.server_url) == (SERVER, SERVER)
    assert engine.server_address == ServerAddress(SERVER, "0.0.0.0", None)

    engine.set_server_url(None)
    assert (engine.address, engine.server_url) == (NO_SERVER, None)
    assert engine.server_address == ServerAddress(None, None, None)


def test_of_base_url_request_and_server_the_first_counts():
    plain, given = FakeSeam()._engine, FakeSeam(base_url="https://seam.example")._engine
    for engine in (plain, given):
        engine.set_server_url(SERVER)

    assert given.address == given.base_url_for("http://app.test") == "https://seam.example"
    assert plain.base_url_for("http://app.test") == "http://app.test"
    assert plain.base_url_for(None) == SERVER


# Bugs


def test_a_crash_is_a_strict_violation():
    fake = FakeSeam(strict=True)
    fake._engine.record_crash("GET", "/devices/get", ZeroDivisionError("zero"))

    with pytest.raises(AssertionError) as caught:
        fake.assert_nothing_unexpected()

    assert str(caught.value).splitlines()[1:] == [
        "  GET /devices/get: crashed, a bug in fakeseam: ZeroDivisionError('zero')"
    ]
