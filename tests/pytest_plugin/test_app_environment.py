"""``fakeseam_env`` in one test: httpx of the test's process needs no socket."""

from __future__ import annotations

import httpx
import pytest

# A receiver of a webhook shows in which thread the app's request ran.
RECEIVER = """
import threading
import pytest
from seam import Seam

KEY = "seam_apikey1_literal"
seam = Seam(KEY{endpoint})

@pytest.mark.fakeseam({arguments})
def test_it(fakeseam, {fixture}):
    threads = []

    def receive(delivery):
        threads.append(threading.current_thread())
        return 200

    fakeseam.webhooks.deliver_to(receive)
    fakeseam.call("/webhooks/create", {{"url": "https://app.example.com/hook"}})
    seam.connect_webviews.create()
    fakeseam.connect_account()
    seam.connect_webviews.list()
    assert set(threads) == {{threading.current_thread()}}

def teardown_module():
    seam.close()
"""
# As plugins do that forbid sockets: in each test, but for those that a fixture spares.
FORBIDDEN = """
import socket
import pytest

@pytest.fixture(autouse=True)
def no_sockets(request, monkeypatch):
    class Forbidden(socket.socket):
        def __new__(cls, *args, **kwargs):
            raise RuntimeError("no sockets here")

    if "sockets" not in request.node.name:
        monkeypatch.setattr(socket, "socket", Forbidden)
"""


def test_a_receiver_runs_in_the_tests_thread(write, run):
    write(RECEIVER.format(endpoint="", arguments="api_key=KEY", fixture="fakeseam_env"))

    run().assert_outcomes(passed=1)


def test_it_does_so_with_variables_for_the_session(write, ini, run):
    ini("fakeseam_env = session")
    app = RECEIVER.format(endpoint="", arguments="", fixture="request")
    write(app.replace("Seam(KEY)", "Seam()"))

    run().assert_outcomes(passed=1)


def test_seams_own_address_is_answered_during_the_session(write, ini, run):
    ini("fakeseam_env = session")
    write(
        """
        import os
        import pytest
        from seam import Seam
        from seam.exceptions import SeamHttpUnauthorizedError

        seam = Seam(endpoint="https://connect.getseam.com")

        with pytest.raises(SeamHttpUnauthorizedError):
            seam.connect_webviews.list()

        def test_it():
            assert seam.connect_webviews.list() == []

        def teardown_module():
            seam.close()
        """
    )

    run().assert_outcomes(passed=1)


def test_the_proxy_of_the_environment_is_not_used(write, run, monkeypatch):
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "corp.test")
    write(
        """
        import os, urllib.request
        from seam import Seam

        def test_it(fakeseam_env):
            with Seam() as seam, Seam(endpoint="https://connect.getseam.com") as literal:
                assert seam.connect_webviews.list() == literal.connect_webviews.list() == []
            assert os.environ["no_proxy"] == "corp.test,127.0.0.1,localhost"
            with urllib.request.urlopen(os.environ["SEAM_ENDPOINT"] + "/health") as response:
                assert response.status == 200

        def test_after_it():
            assert os.environ["no_proxy"] == os.environ["NO_PROXY"] == "corp.test"
        """
    )

    run().assert_outcomes(passed=2)


def test_where_sockets_are_forbidden_is_decided_in_each_test(write, run):
    write(FORBIDDEN, name="conftest")
    write(
        """
        import os, urllib.request
        from seam import Seam

        def uses_the_fake():
            with Seam() as seam:
                return seam.connect_webviews.list() == []

        def test_without(fakeseam_env):
            assert uses_the_fake()
            assert os.environ["SEAM_ENDPOINT"] == "http://fakeseam"

        def test_with_sockets(fakeseam_env):
            assert uses_the_fake()
            with urllib.request.urlopen(os.environ["SEAM_ENDPOINT"] + "/health") as response:
                assert response.status == 200

        def test_without_again(fakeseam_env):
            assert uses_the_fake()
            assert os.environ["SEAM_ENDPOINT"] == "http://fakeseam"
        """
    )

    run().assert_outcomes(passed=3)


def test_where_sockets_are_forbidden_a_server_is_an_error(write, run):
    write(FORBIDDEN, name="conftest")
    write("def test_it(fakeseam_server): pass")

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "E *MisuseError: fakeseam_server needs a socket, which this test may not open:"
            " RuntimeError('no sockets here'). Use fakeseam_env: *"
        ]
    )


def test_a_library_whose_fixture_comes_later_does_not_take_the_fakes_requests(write, run):
    write(
        """
        import httpx
        import pytest

        @pytest.fixture
        def mocked(monkeypatch):
            def handle_request(transport, request):
                return httpx.Response(418)
            monkeypatch.setattr(httpx.HTTPTransport, "handle_request", handle_request)

        def statuses(fake):
            with httpx.Client() as client:
                return [
                    client.get(f"{url}/health").status_code
                    for url in (fake.address, "http://other.test")
                ]

        def test_later(fakeseam_env, mocked):
            assert statuses(fakeseam_env) == [200, 418]

        def test_before(mocked, fakeseam_env):
            assert statuses(fakeseam_env) == [200, 418]
        """
    )
    before = vars(httpx.HTTPTransport)["handle_request"]

    run().assert_outcomes(passed=2)

    assert vars(httpx.HTTPTransport)["handle_request"] is before


@pytest.mark.parametrize("mode", ["", "session"])
def test_httpx_is_as_it_was_in_the_end(write, ini, run, mode):
    ini(f"fakeseam_env = {mode}")
    write("def test_it(fakeseam_env): 1 / 0")
    before = vars(httpx.HTTPTransport)["handle_request"]

    run().assert_outcomes(failed=1)

    assert vars(httpx.HTTPTransport)["handle_request"] is before


def test_a_test_may_set_the_same_variables(write, run, monkeypatch):
    monkeypatch.setenv("SEAM_API_KEY", "seam_of_the_developer")
    write(
        """
        import os

        def test_it(monkeypatch, fakeseam_env):
            monkeypatch.setenv("SEAM_API_KEY", "seam_of_the_test")

        def test_after_it():
            assert os.environ["SEAM_API_KEY"] == "seam_of_the_developer"
        """
    )

    run().assert_outcomes(passed=2)
