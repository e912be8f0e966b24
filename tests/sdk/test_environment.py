"""``fake.environment()``: an app's own ``Seam()`` uses the fake, by httpx or over a socket."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import urllib.request

import pytest
from seam import AsyncSeam, Seam

from fakeseam import FakeSeam
from tests.forks import forks, in_child

KEY = "seam_apikey1_ofthesettings"
HOOK = "https://app.example.com/hooks"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch):
    """No variable of the developer's, nor of another test's."""
    for name in list(os.environ):
        if name.startswith("SEAM_") or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.fixture
def fake():
    with FakeSeam(api_key=KEY, now="2026-01-01") as fake:
        yield fake


@pytest.fixture
def url(fake):
    with fake.environment() as url:
        yield url


@pytest.fixture
def no_sockets(monkeypatch):
    """Makes every socket an error, as plugins do that forbid the network."""

    class Forbidden(socket.socket):
        def __new__(cls, *args, **kwargs):
            raise RuntimeError("no sockets here")

    monkeypatch.setattr(socket, "socket", Forbidden)


@pytest.mark.usefixtures("url")
def test_the_apps_own_client_reaches_the_fake(fake):
    with Seam() as seam:
        seam.connect_webviews.create()

    fake.requests.assert_called("POST /connect_webviews/create", times=1)


def test_the_apps_own_asynchronous_client_does_too(fake, url):
    async def create():
        async with AsyncSeam() as seam:
            return await seam.connect_webviews.create()

    assert asyncio.run(create()).url.startswith(url)


@pytest.mark.parametrize(
    "endpoint",
    [
        None,
        "http://localhost:3020",
        "https://staging.test",
        "https://gateway.test/seam/",
    ],
)
def test_a_client_made_before_reaches_it_wherever_it_expects_seam(fake, monkeypatch, endpoint):
    if endpoint is not None:
        monkeypatch.setenv("SEAM_ENDPOINT", endpoint)
    with Seam(KEY) as seam, fake.environment():
        assert seam.connect_webviews.list() == []


@pytest.mark.parametrize("before", ["http://[::1", "http://a:b", "gateway"])
def test_what_is_no_url_may_have_been_there_before(fake, monkeypatch, before):
    monkeypatch.setenv("SEAM_ENDPOINT", before)
    with fake.environment(), Seam() as seam:
        assert seam.connect_webviews.list() == []


@pytest.mark.usefixtures("url")
@pytest.mark.parametrize(
    "endpoint",
    [
        "https://connect.getseam.com",
        "http://connect.getseam.com",
        "https://connect.getseam.com.",
        "https://CONNECT.getseam.com:443/",
    ],
)
def test_a_client_with_seams_literal_address_reaches_it(endpoint):
    with Seam(KEY, endpoint=endpoint) as seam:
        assert seam.connect_webviews.list() == []


def test_a_receiver_runs_in_the_thread_of_the_request(fake, url, hook):
    threads = []

    def receive(delivery):
        threads.append(threading.current_thread())
        return 200

    hook(HOOK)
    fake.webhooks.deliver_to(receive)
    with Seam() as seam:
        seam.connect_webviews.create()
        fake.connect_account()
        seam.connected_accounts.list()

    assert set(threads) == {threading.current_thread()}


@pytest.mark.usefixtures("url")
def test_pauses_between_tries_pass_on_the_fakes_clock(fake):
    fake.faults.add("/connect_webviews/list", status=503, retry_after=4)

    with Seam() as seam:
        assert seam.connect_webviews.list() == []

    assert fake.clock.now.second == 4


def test_other_clients_reach_the_url_over_http(url):
    with urllib.request.urlopen(f"{url}/health") as response:
        assert response.status == 200


def test_variables_are_set_inside_and_restored_after_an_error(fake, monkeypatch):
    monkeypatch.setenv("SEAM_WORKSPACE_ID", "mine")
    monkeypatch.setenv("NO_PROXY", "corp.test")
    before = dict(os.environ)

    with pytest.raises(ZeroDivisionError), fake.environment() as url:
        assert (os.environ["SEAM_ENDPOINT"], os.environ["SEAM_API_KEY"]) == (url, KEY)
        assert "SEAM_WORKSPACE_ID" not in os.environ
        assert os.environ["NO_PROXY"] == "corp.test,127.0.0.1,localhost"
        1 / 0

    assert dict(os.environ) == before


def test_no_thread_and_no_address_is_left(fake):
    threads = threading.active_count()

    with fake.environment() as url:
        assert fake.address == url

    assert threading.active_count() == threads
    assert fake.address == "http://fakeseam"


def test_a_fake_that_is_served_keeps_its_url(fake):
    with fake.serve() as server:
        with fake.environment() as url:
            assert url == server.url
        assert fake.address == server.url


def test_of_two_environments_the_inner_one_counts(fake):
    with Seam(KEY) as literal, FakeSeam(api_key=KEY) as inner, fake.environment(), Seam() as outer:
        with inner.environment(), Seam() as own:
            for seam in (literal, outer, own):
                seam.connect_webviews.create()
        outer.connect_webviews.list()

    inner.requests.assert_called("POST /connect_webviews/create", times=3)
    fake.requests.assert_called("GET /connect_webviews/list", times=1)
    fake.requests.assert_not_called("POST /connect_webviews/create")


@pytest.mark.parametrize("first", [0, 1])
def test_two_environments_may_end_in_any_order(fake, first):
    before = dict(os.environ)
    with FakeSeam() as other:
        environments = [fake.environment(), other.environment()]
        for one in environments:
            one.__enter__()
        environments.pop(first).__exit__(None, None, None)
        left = (fake, other)[1 - first]
        assert os.environ["SEAM_API_KEY"] == left.api_key
        with Seam() as seam:
            assert seam.connect_webviews.list() == []
        environments.pop().__exit__(None, None, None)

    assert dict(os.environ) == before


def test_the_key_that_the_app_has_read_outlives_resets_and_loads(tmp_path):
    with FakeSeam(seed=7) as dumped:
        dumped.connect_account(email="jane@example.com")
        dumped.dump(tmp_path / "jane.json")
    with FakeSeam() as fake:
        with fake.environment(), Seam() as seam:
            fake.reset(seed=3)
            assert seam.connected_accounts.list() == []
            fake.load(tmp_path / "jane.json")
            assert len(seam.connected_accounts.list()) == 1
        key = fake.api_key
        fake.reset(seed=4)
        assert fake.api_key != key  # as without an environment


@pytest.mark.usefixtures("no_sockets")
def test_where_sockets_are_forbidden_httpx_reaches_the_fake_all_the_same(fake):
    with fake.environment() as url, Seam() as seam:
        assert url == "http://fakeseam"
        assert seam.connect_webviews.create().url.startswith(url)


# In a child made by os.fork


def create():
    with Seam() as seam:
        return seam.connect_webviews.create().status


@forks
@pytest.mark.usefixtures("url")
def test_a_childs_own_client_reaches_the_fake_over_http(fake):
    assert in_child(create) == "pending"
    fake.requests.assert_called("POST /connect_webviews/create", times=1)


@forks
@pytest.mark.usefixtures("url")
def test_a_child_does_not_reach_seam_either():
    with Seam(KEY, endpoint="https://connect.getseam.com") as seam:
        refusal = in_child(seam.connect_webviews.list)

    assert refusal.startswith(
        "ConnectError: https://connect.getseam.com is answered by fakeseam in the parent process"
    )


@forks
@pytest.mark.usefixtures("url")
def test_it_does_not_reach_seam_after_an_environment_of_its_own():
    def use(seam):
        with FakeSeam(api_key=KEY) as own, own.environment():
            assert seam.connect_webviews.list() == []
        return seam.connect_webviews.list()

    with Seam(KEY, endpoint="https://connect.getseam.com") as seam:
        assert in_child(lambda: use(seam)).startswith("ConnectError: https://connect.getseam.com")


@forks
@pytest.mark.usefixtures("no_sockets", "url")
def test_without_a_listener_a_child_is_refused():
    assert in_child(create).startswith("ConnectError: http://fakeseam is answered by fakeseam in")


@forks
def test_leaving_is_harmless_in_a_child(fake):
    environment = fake.environment()
    with environment as url:
        assert in_child(lambda: environment.__exit__(None, None, None)) == "False"
        with urllib.request.urlopen(f"{url}/health") as response:
            assert response.status == 200


@forks
@pytest.mark.usefixtures("url")
def test_a_fake_that_the_child_makes_may_have_an_environment_there():
    def use():
        with FakeSeam(api_key=KEY) as own, own.environment():
            return create(), len(own.requests)

    assert in_child(use) == "('pending', 1)"
