"""The fixtures that serve: one server for each worker, and the variables that an app reads."""

from __future__ import annotations

import os


def test_the_server_serves_each_test_its_own_fake_at_one_address(write, run, tmp_path):
    write(
        f"""
        import pytest
        from seam import Seam

        @pytest.mark.parametrize("time", range(3))
        def test_it(fakeseam, fakeseam_server, time):
            with open({os.fspath(tmp_path / 'urls')!r}, "a") as urls:
                print(fakeseam_server.url, file=urls)
            assert fakeseam_server.url == f"http://127.0.0.1:{{fakeseam_server.port}}"
            with Seam(fakeseam.api_key, endpoint=fakeseam_server.url) as seam:
                assert seam.connect_webviews.list() == []
                made = seam.connect_webviews.create(provider_category="stable")
                assert made.url.startswith(fakeseam_server.url)
            assert fakeseam.requests.filter("/connect_webviews/create")
        """
    )

    run().assert_outcomes(passed=3)

    urls = (tmp_path / "urls").read_text().splitlines()
    assert (len(urls), len(set(urls))) == (3, 1)


def test_each_worker_has_a_listener_of_its_own(write, run_alone, tmp_path):
    write(
        f"""
        import os, pytest
        from pathlib import Path

        @pytest.mark.parametrize("time", range(8))
        def test_it(fakeseam_server, time):
            worker = os.environ["PYTEST_XDIST_WORKER"]
            path = Path({os.fspath(tmp_path)!r}) / f"{{worker}}-{{fakeseam_server.port}}"
            path.touch()
        """
    )

    run_alone("-n", "2", "--dist", "each").assert_outcomes(passed=16)

    listeners = sorted(path.name.split("-") for path in tmp_path.glob("gw*"))
    workers, ports = zip(*listeners, strict=True)
    assert workers == ("gw0", "gw1")
    assert len(set(ports)) == 2


def test_a_request_after_its_test_gets_the_error_that_no_test_is_running(write, run):
    write(
        """
        import pytest
        from seam import Seam
        from seam.exceptions import SeamHttpUnauthorizedError

        kept = []

        def test_one(fakeseam, fakeseam_server):
            kept.append(Seam(fakeseam.api_key, endpoint=fakeseam_server.url))
            assert kept[0].connect_webviews.list() == []

        def test_other_without_a_server():
            with kept[0] as seam, pytest.raises(SeamHttpUnauthorizedError):
                seam.connect_webviews.list()
        """
    )

    run().assert_outcomes(passed=2)


def test_no_thread_and_no_socket_is_left_at_the_end(write, run_alone):
    write(
        """
        import urllib.request

        def test_it(fakeseam_server):
            urllib.request.urlopen(fakeseam_server.url + "/health").close()
        """
    )
    write(
        """
        import socket, threading

        ports = []

        def pytest_fixture_setup(fixturedef, request):
            if fixturedef.argname == "fakeseam_server":
                ports.append(request.getfixturevalue("_fakeseam_listener").shared_server.port)

        def pytest_unconfigure():
            print("threads:", [one.name for one in threading.enumerate()])
            with socket.create_server(("127.0.0.1", ports[0])):
                print("the port is free")
        """,
        name="conftest",
    )

    result = run_alone()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["threads: ?'MainThread'?", "the port is free"])


def test_the_environment_is_set_for_the_test_and_restored_after_it(write, run, monkeypatch):
    before = {
        "SEAM_ENDPOINT": "https://connect.getseam.com",
        "SEAM_API_URL": "https://connect.getseam.com",
        "SEAM_PERSONAL_ACCESS_TOKEN": "seam_at_mine",
        "SEAM_WORKSPACE_ID": "mine",
    }
    for name, text in before.items():
        monkeypatch.setenv(name, text)
    write(
        f"""
        import os

        def seen():
            return {{n: t for n, t in os.environ.items() if n.startswith("SEAM_")}}

        def test_with(fakeseam_env, fakeseam_server):
            assert seen() == {{
                "SEAM_ENDPOINT": fakeseam_server.url,
                "SEAM_API_KEY": fakeseam_env.api_key,
            }}

        def test_without(fakeseam):
            assert seen() == {before!r}
        """
    )

    run().assert_outcomes(passed=2)

    assert {name: os.environ.get(name) for name in before} == before
    assert "SEAM_API_KEY" not in os.environ
