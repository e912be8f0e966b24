"""The fakes of one server: made at the first request with their key, and isolated."""

from __future__ import annotations

import threading

import pytest
from seam import Seam
from seam.exceptions import SeamHttpApiError
from werkzeug.test import Client

from fakeseam import FakeSeam, MisuseError
from fakeseam.http import fake_pool
from fakeseam.http.fake_pool import FakePool, NamedFake

ONE, TWO = "seam_fake_1", "seam_fake_2"


def status_of(worker, path="/devices/list"):
    return worker(path).status_code


# Isolation


def test_workers_do_not_see_each_other(worker, pool):
    one, two = worker(ONE), worker(TWO)

    one("/_fakeseam/connect_account", email="jane@example.com")

    assert len(one("/connected_accounts/list").get_json()["connected_accounts"]) == 1
    assert two("/connected_accounts/list").get_json()["connected_accounts"] == []
    assert pool.main.call("/connected_accounts/list")["connected_accounts"] == []


def test_each_fake_has_its_own_clock(worker):
    one, two = worker(ONE), worker(TWO)

    one("/_fakeseam/clock/advance", seconds=3600)

    assert one("/_fakeseam/clock/now").get_json()["now"] == "2026-01-01T13:00:00.000Z"
    assert two("/_fakeseam/clock/now").get_json()["now"] == "2026-01-01T12:00:00.000Z"


def test_each_fake_has_its_own_faults(worker):
    one, two = worker(ONE), worker(TWO)

    one("/_fakeseam/faults/add", route="/devices/list", status=503)

    assert (status_of(one), status_of(two)) == (503, 200)


def test_each_fake_has_its_own_requests(worker, pool):
    one, two = worker(ONE), worker(TWO)

    one("/devices/list")

    called = "/_fakeseam/requests/assert_called"
    assert one(called, route="/devices/list").status_code == 200
    assert two(called, route="/devices/list").status_code == 400
    pool.main.requests.assert_not_called("/devices/list")


def test_each_fake_has_its_own_strictness(worker):
    one, two = worker(ONE), worker(TWO)
    one("/_fakeseam/reset", strict=True)

    for each in (one, two):
        each("/devices/list", lmit=1)

    nothing = "/_fakeseam/assert_nothing_unexpected"
    assert (status_of(one, nothing), status_of(two, nothing)) == (400, 200)


def test_each_fake_has_its_own_webhooks(worker, receiver):
    one, two = worker(ONE), worker(TWO)
    one("/webhooks/create", url=receiver.url)

    for each in (one, two):
        each("/_fakeseam/connect_account")
        each("/_fakeseam/webhooks/settle")

    assert one("/_fakeseam/webhooks/deliveries").get_json()["deliveries"] != []
    assert two("/_fakeseam/webhooks/deliveries").get_json()["deliveries"] == []


def test_a_reset_is_that_of_one_fake(worker):
    one, two = worker(ONE), worker(TWO)
    for each in (one, two):
        each("/_fakeseam/connect_account")

    reset = one("/_fakeseam/reset").get_json()

    assert reset["workspace"]["api_key"] == ONE
    assert one("/connected_accounts/list").get_json()["connected_accounts"] == []
    assert len(two("/connected_accounts/list").get_json()["connected_accounts"]) == 1


# Ids


def test_fakes_have_different_ids_and_a_name_always_the_same(worker):
    first = [workspace_id(worker(key)) for key in (ONE, TWO)]
    worker(ONE)("/_fakeseam/close")

    assert first[0] != first[1]
    assert workspace_id(worker(ONE)) == first[0]


def test_fakes_with_the_same_seed_have_different_ids(worker):
    for key in (ONE, TWO):
        worker(key)("/_fakeseam/reset", seed=7)

    assert workspace_id(worker(ONE)) != workspace_id(worker(TWO))


def test_fakes_that_load_the_same_dump_make_different_ids(worker):
    with FakeSeam() as fake:
        fake.connect_account()
        dump = fake._state.to_dump()
    webviews = set()
    for key in (ONE, TWO):
        assert worker(key)("/_fakeseam/load", **dump).status_code == 200
        created = worker(key)("/connect_webviews/create").get_json()["connect_webview"]
        webviews.add(created["connect_webview_id"])

    assert len(webviews) == 2


def workspace_id(worker):
    return worker("/workspaces/get").get_json()["workspace"]["workspace_id"]


# Names and limits


@pytest.mark.parametrize("name", ["1", "a" * 64, "worker-1_B"])
def test_a_name_has_letters_digits_and_two_signs(worker, pool, name):
    assert status_of(worker(f"seam_fake_{name}")) == 200
    assert pool.names() == [name]


@pytest.mark.parametrize(
    "name", ["", "a" * 65, "a.b", "a/b", "a b", "<b>", "%2e", "ä", "١", "a\tb", "'", '"']
)
@pytest.mark.parametrize("path", ["/devices/list", "/_fakeseam/reset", "/nowhere"])
def test_any_other_name_is_a_misuse_and_makes_nothing(worker, pool, path, name):
    response = worker(f"seam_fake_{name}")(path)

    error = response.get_json()["error"]
    assert (response.status_code, error["type"]) == (400, "fakeseam_misuse")
    assert error["message"].endswith("it has 1 to 64 letters, digits, _ or -.")
    assert error["request_id"] == response.headers["seam-request-id"]
    assert pool.names() == []


@pytest.mark.parametrize("name", ["undefined", "vitestundefined", "null", "NaN", "gw-None"])
def test_a_name_of_a_number_that_is_not_set_is_a_misuse_that_the_sdk_shows(worker, pool, name):
    with pool.serve() as server, Seam(f"seam_fake_{name}", endpoint=server.url) as seam:
        with pytest.raises(SeamHttpApiError, match="names no fake: the worker's number in it is"):
            seam.devices.list()
    assert pool.names() == []


def test_two_fakes_of_a_server_do_not_get_one_key(worker, pool):
    given = {"api_key": "seam_second_workspace"}
    assert worker("seam_fake_1")("/_fakeseam/create_workspace", **given).status_code == 200

    refused = worker("seam_fake_2")("/_fakeseam/create_workspace", **given)

    assert refused.status_code == 400
    message = refused.get_json()["error"]["message"]
    assert message.startswith("api_key='seam_second_workspace' opens a workspace of another fake")


@pytest.mark.parametrize("key", ["seam_fake_2", "seam_fake_new", "main"])
def test_a_workspace_gets_no_key_that_leads_to_another_fake(worker, pool, key):
    worker("seam_fake_2")("/devices/list")
    given = {"api_key": pool.main.api_key if key == "main" else key}

    assert worker("seam_fake_1")("/_fakeseam/create_workspace", **given).status_code == 400


def test_the_main_fake_keeps_the_key_that_the_server_has_shown(worker, pool):
    key, other = pool.main.api_key, "seam_fake_other"
    with pool.serve():
        worker(other)("/_fakeseam/connect_account")
        dump = worker(other)("/_fakeseam/dump").get_json()["dump"]
        assert worker(key)("/_fakeseam/load", **dump).status_code == 200
        assert worker(key)("/_fakeseam/reset", seed=5).status_code == 200
        assert status_of(worker(key)) == 200
        assert worker(key)("/_fakeseam/load", **dump).status_code == 200
        assert status_of(worker(key)) == 200

        worker(other)("/_fakeseam/close")
        found = worker(other)("/connected_accounts/list").get_json()["connected_accounts"]
        assert found == []  # a fake of its own, though the main one has loaded the other's dump


def test_a_fake_keeps_its_own_key_at_a_reset(worker, pool):
    assert worker("seam_fake_1")("/_fakeseam/reset").status_code == 200
    assert status_of(worker("seam_fake_1")) == 200
    assert worker(None)("/_fakeseam/reset").status_code == 200


def test_more_fakes_than_the_limit_are_an_error_that_names_the_way_out(
    worker, pool, monkeypatch
):
    monkeypatch.setattr(fake_pool, "MAX_FAKES", 2)
    for key in (ONE, TWO):
        assert status_of(worker(key)) == 200

    response = worker("seam_fake_3")("/devices/list")

    error = response.get_json()["error"]
    assert (response.status_code, error["type"]) == (400, "fakeseam_misuse")
    assert error["message"] == (
        "This server has 2 named fakes, its limit. Use a key again, or end a fake with POST"
        " /_fakeseam/close and its key as the bearer token."
    )
    worker(ONE)("/_fakeseam/close")
    assert status_of(worker("seam_fake_3")) == 200


def test_the_limit_is_a_thousand_fakes():
    assert fake_pool.MAX_FAKES == 1000


def test_a_fake_is_made_once_by_simultaneous_requests():
    made, all_ask = [], threading.Barrier(8)

    def make(name):
        made.append(name)
        return NamedFake(name)

    pool, engines = FakePool(FakeSeam(), make), []

    def ask():
        all_ask.wait()
        engines.append(pool.get("1"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert made == ["1"]
    assert len(engines) == 8 and len(set(map(id, engines))) == 1
    pool.close()


@pytest.mark.parametrize("problem", [KeyError("hotel"), MisuseError("no such file")])
def test_a_fake_that_cannot_be_loaded_is_an_error_and_can_be_tried_again(problem):
    problems = [problem]

    def make(name):
        if problems:
            raise problems.pop()
        return NamedFake(name)

    pool = FakePool(FakeSeam(), make)
    send = Client(pool.wsgi_app)
    headers = {"Authorization": f"Bearer {ONE}"}

    refused = send.get("/devices/list", headers=headers)

    assert (refused.status_code, refused.get_json()["error"]["type"]) == (400, "fakeseam_misuse")
    assert str(problem) in refused.get_json()["error"]["message"]
    assert send.get("/devices/list", headers=headers).status_code == 200
    pool.close()


# Ending


def test_a_key_whose_fake_has_ended_makes_a_new_one(worker, pool):
    one = worker(ONE)
    one("/_fakeseam/connect_account")

    ended = one("/_fakeseam/close")

    assert (ended.status_code, ended.get_json()) == (200, {"ok": True})
    assert pool.names() == []
    assert one("/connected_accounts/list").get_json()["connected_accounts"] == []


def test_ending_a_fake_ends_its_waits(worker, pool):
    engine, failures = pool.get("1"), []

    def wait():
        with pytest.raises(AssertionError) as caught:
            engine.call_control("events/wait_for", event_type="device.added", timeout=3600)
        failures.append(str(caught.value))

    waiter = threading.Thread(target=wait)
    waiter.start()
    worker(ONE)("/_fakeseam/close")
    waiter.join()

    (failure,) = failures
    assert "device.added" in failure


@pytest.mark.parametrize("key", [None, "main"])
def test_the_main_fake_is_not_ended(worker, pool, key):
    main = worker(pool.main.api_key if key else None)

    response = main("/_fakeseam/close")

    assert (response.status_code, response.get_json()["error"]["type"]) == (400, "fakeseam_misuse")
    assert response.get_json()["error"]["message"] == (
        "close ends the fake of a key seam_fake_NAME: send that key as the bearer token. Any"
        " other fake ends with its server, or in Python with fake.close()."
    )
    assert pool.main.call("/devices/list")["devices"] == []


def test_a_fake_of_pythons_is_not_ended_over_http(fake, send):
    assert send("POST", "/_fakeseam/close").status_code == 400
    assert send("POST", "/devices/list").status_code == 200


def test_ending_what_has_ended_changes_nothing(pool):
    pool.end("1")

    assert pool.names() == []


def test_a_stopping_server_closes_every_fake_and_makes_no_other(pool, worker):
    for key in (ONE, TWO):
        worker(key)("/devices/list")
    closed = []
    for name in pool.names():
        fake = pool._fakes[name]
        fake.close = lambda name=name: closed.append(name)

    pool.close()

    assert closed == ["1", "2"]
    refused = worker("seam_fake_3")("/devices/list")
    assert (refused.status_code, refused.get_json()["error"]["type"]) == (503, "fakeseam_stopping")


# The server


def test_urls_begin_with_the_address_of_the_server(pool):
    with pool.serve() as server:
        pool.get("1")

        assert pool.main.address == server.url
        assert pool.find("1").address == server.url
