"""``fakeseam_env = session``: its cost, its cleanup, and invalid settings."""

from __future__ import annotations

import os
import threading

import pytest


@pytest.fixture(autouse=True)
def session(ini):
    ini("fakeseam_env = session")


def test_the_environment_is_restored_at_the_end(write, run, monkeypatch):
    monkeypatch.setenv("SEAM_ENDPOINT", "https://connect.getseam.com")
    monkeypatch.setenv("SEAM_WORKSPACE_ID", "mine")
    write(
        """
        import os

        def test_it():
            assert os.environ["SEAM_ENDPOINT"].startswith("http://127.0.0.1:")
            assert "SEAM_API_KEY" in os.environ
            assert "SEAM_WORKSPACE_ID" not in os.environ
        """
    )

    run().assert_outcomes(passed=1)

    left = {name: text for name, text in os.environ.items() if name.startswith("SEAM_")}
    assert left == {
        "SEAM_ENDPOINT": "https://connect.getseam.com",
        "SEAM_WORKSPACE_ID": "mine",
    }


@pytest.mark.parametrize("ends", ["raise RuntimeError('at import')", "def test_it(): 1 / 0"])
def test_the_environment_is_restored_however_the_run_ends(write, run, ends):
    write(ends)

    result = run()

    assert result.ret != 0
    assert not [name for name in os.environ if name.startswith("SEAM_")]


def test_the_environment_is_restored_where_a_conftest_cannot_be_imported(write, run):
    write("raise RuntimeError('at import')", name="conftest")

    result = run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert not [name for name in os.environ if name.startswith("SEAM_")]
    assert not [one for one in threading.enumerate() if one.name.startswith("fakeseam")]


def test_a_plugin_named_by_a_conftest_has_the_option_too(write, run_alone):
    write("pytest_plugins = ['fakeseam.pytest_plugin']", name="conftest")
    write("import os; SET = os.environ['SEAM_ENDPOINT']; test_it = lambda: None")

    result = run_alone("-p", "no:fakeseam")

    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("arguments", ["--collect-only", "--markers", "--fixtures", "--help"])
def test_a_run_without_tests_leaves_nothing_behind(run, arguments):
    result = run(arguments)

    assert result.ret in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    assert not [name for name in os.environ if name.startswith("SEAM_")]


def test_nothing_is_imported_until_the_first_request(write, run_alone):
    write(
        """
        import os, sys, urllib.request

        HEAVY = {"werkzeug", "httptools", "httpx", "seam"}

        def test_it():
            assert not HEAVY & set(sys.modules)
            with urllib.request.urlopen(os.environ["SEAM_ENDPOINT"] + "/health") as answer:
                assert answer.status == 200
                assert HEAVY & set(sys.modules) == {"httptools"}
        """
    )

    run_alone().assert_outcomes(passed=1)


def test_no_thread_is_left_at_the_end(write, run_alone):
    write(
        """
        import os, urllib.request

        def test_it():
            with urllib.request.urlopen(os.environ["SEAM_ENDPOINT"] + "/health"):
                pass
        """
    )
    write(
        """
        import pytest, threading

        @pytest.hookimpl(trylast=True)
        def pytest_unconfigure():
            print("threads:", [one.name for one in threading.enumerate()])
        """,
        name="conftest",
    )

    result = run_alone()

    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["threads: ?'MainThread'?"])


def test_a_fake_made_by_the_test_has_a_server_of_its_own(write, run):
    write(
        """
        import os, urllib.request
        from fakeseam import FakeSeam

        def test_it():
            with FakeSeam() as fake, fake.serve() as server:
                assert server.url != os.environ["SEAM_ENDPOINT"]
                with urllib.request.urlopen(server.url + "/health") as answer:
                    assert answer.status == 200
        """
    )

    run().assert_outcomes(passed=1)


def test_another_value_is_a_usage_error(write, ini, run):
    ini("fakeseam_env = function")
    write("def test_it(): pass")

    result = run()

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: fakeseam_env = function: the only value is 'session'"])


def test_without_it_no_variable_is_set(write, ini, run):
    ini("fakeseam_env =")
    write(
        """
        import os

        def test_it():
            assert not [name for name in os.environ if name.startswith("SEAM_")]
        """
    )

    run().assert_outcomes(passed=1)


def test_an_invalid_marker_fails_a_test_without_a_fixture(write, run):
    write(
        """
        import os, urllib.error, urllib.request, pytest

        @pytest.mark.fakeseam(sede=1)
        def test_it():
            with pytest.raises(urllib.error.HTTPError) as caught:
                urllib.request.urlopen(os.environ["SEAM_ENDPOINT"] + "/health")
            caught.value.close()
        """
    )

    result = run()

    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["E *UsageError: the marker fakeseam: *'sede'*"])
