"""``fakeseam_env = session``: an app with ``seam = Seam()`` at module level, unchanged."""

from __future__ import annotations

import pytest

APP = """
from seam import Seam

seam = Seam()

def connect(user):
    return seam.connect_webviews.create(
        provider_category="stable", custom_metadata={"user": user}
    )
"""
ITS_TESTS = """
import pytest
import app

@pytest.mark.parametrize("time", range(4))
def test_with_the_fixture(fakeseam, time):
    webview = app.connect("u1")
    account = fakeseam.complete_connect_webview(webview)
    assert account["custom_metadata"] == {"user": "u1"}
    assert len(app.seam.connected_accounts.list()) == 1
    assert len(app.seam.connect_webviews.list()) == 1

@pytest.mark.parametrize("time", range(4))
def test_without_a_fixture(time):
    assert app.seam.connect_webviews.list() == []
    app.connect("u1")
    assert len(app.seam.connect_webviews.list()) == 1

def teardown_module():
    app.seam.close()
"""
# Closed, because these runs are in this process, where an open socket is an error.
AT_IMPORT = """
import pytest
from seam import Seam
from seam.exceptions import SeamHttpUnauthorizedError

seam = Seam()

def teardown_module():
    seam.close()
"""


@pytest.fixture(autouse=True)
def session(ini):
    ini("fakeseam_env = session")


def test_a_client_made_at_import_uses_a_new_fake_in_each_test(write, run):
    write(APP, name="app")
    write(ITS_TESTS)

    run().assert_outcomes(passed=8)


def test_it_does_so_with_workers_in_random_order_and_an_app_that_a_conftest_imports(
    write, run_alone
):
    write(APP, name="app")
    write("import app", name="conftest")
    write(ITS_TESTS)

    run_alone("-n", "2", "-p", "randomly", "--randomly-seed=11").assert_outcomes(passed=8)


def test_what_a_test_loads_may_be_a_function_that_uses_the_app(write, run):
    write(APP, name="app")
    write(
        """
        import app
        import pytest

        def one_user(fake):
            fake.complete_connect_webview(app.connect("u1"))

        @pytest.mark.fakeseam(load=one_user)
        def test_it():
            (account,) = app.seam.connected_accounts.list()
            assert account.custom_metadata == {"user": "u1"}

        def teardown_module():
            app.seam.close()
        """
    )

    run().assert_outcomes(passed=1)


def test_the_variables_are_set_when_a_test_module_is_imported(write, run):
    write(
        """
        import os

        endpoint = os.environ["SEAM_ENDPOINT"]
        key = os.environ["SEAM_API_KEY"]

        def test_it(fakeseam, fakeseam_server):
            assert (endpoint, key) == (fakeseam_server.url, fakeseam.api_key)
        """
    )

    run().assert_outcomes(passed=1)


def test_other_ways_into_the_fake_lead_to_the_same_one(write, run):
    write(
        AT_IMPORT,
        """
        def test_it(fakeseam, fakeseam_client, fakeseam_env, fakeseam_server):
            made = seam.connect_webviews.create(provider_category="stable")
            with Seam() as own:
                for client in (own, fakeseam_client, seam):
                    (found,) = client.connect_webviews.list()
                    assert found.connect_webview_id == made.connect_webview_id
        """,
    )

    run().assert_outcomes(passed=1)


def test_a_marker_counts_in_a_test_without_a_fixture(write, run):
    write(
        AT_IMPORT,
        """
        @pytest.mark.fakeseam(now="2026-01-01T12:00:00Z")
        def test_it():
            made = seam.connect_webviews.create(provider_category="stable")
            assert made.created_at == "2026-01-01T12:00:00.000Z"
        """,
    )

    run().assert_outcomes(passed=1)


def test_a_markers_key_counts_in_its_test_for_a_client_with_that_key_at_import(write, run):
    write(
        """
        import os
        import pytest
        from seam import Seam

        seam = Seam("seam_literal_key")

        def teardown_module():
            seam.close()

        @pytest.mark.fakeseam(api_key="seam_literal_key")
        @pytest.mark.parametrize("time", range(2))
        def test_it(time):
            seam.connect_webviews.create()
            assert len(seam.connect_webviews.list()) == 1
            with Seam() as other:
                assert len(other.connect_webviews.list()) == 1

        def test_another(fakeseam):
            assert os.environ["SEAM_API_KEY"] == fakeseam.api_key != "seam_literal_key"
        """
    )

    run().assert_outcomes(passed=3)


def test_strict_counts_in_a_test_without_a_fixture(write, run):
    write(
        AT_IMPORT,
        """
        @pytest.mark.fakeseam(strict=True)
        def test_it():
            seam.client.post("/connect_webviews/create", json={"colour": "red"})
        """,
    )

    run().assert_outcomes(passed=1, errors=1)


def test_a_dump_accepts_the_key_that_the_app_read_at_import(write, run):
    write(
        AT_IMPORT,
        """
        from fakeseam import FakeSeam

        fake = FakeSeam()
        fake.connect_account()
        fake.dump("state.json")

        @pytest.mark.fakeseam(load="state.json")
        def test_it():
            assert len(seam.connected_accounts.list()) == 1
        """,
    )

    run().assert_outcomes(passed=1)


def test_urls_in_responses_in_process_lead_to_the_shared_server(write, run):
    write(
        """
        import os

        def test_it(fakeseam, fakeseam_client):
            made = fakeseam_client.connect_webviews.create(provider_category="stable")
            assert made.url.startswith(os.environ["SEAM_ENDPOINT"])
        """
    )

    run().assert_outcomes(passed=1)


def test_a_call_at_import_gets_the_error_that_no_test_is_running(write, run):
    write(
        """
        import http.client, json, os

        address = os.environ["SEAM_ENDPOINT"].removeprefix("http://")
        connection = http.client.HTTPConnection(address)
        connection.request("POST", "/connect_webviews/list")
        answer = connection.getresponse()
        found = (answer.status, json.loads(answer.read())["error"]["message"])
        connection.close()

        def test_it():
            assert found == (401, "no test is running")
        """
    )

    run().assert_outcomes(passed=1)


def test_the_sdk_at_import_is_unauthorized(write, run):
    write(
        AT_IMPORT,
        """
        with pytest.raises(SeamHttpUnauthorizedError):
            seam.connect_webviews.list()

        def test_it():
            assert seam.connect_webviews.list() == []
        """,
    )

    run().assert_outcomes(passed=1)


@pytest.mark.parametrize("scope", ["class", "module", "package", "session"])
def test_a_fixture_of_a_wider_scope_belongs_to_no_test(write, run, scope):
    write(
        AT_IMPORT,
        f"""
        @pytest.fixture(scope={scope!r})
        def wide():
            try:
                return seam.connect_webviews.list()
            except SeamHttpUnauthorizedError:
                return "unauthorized"

        def test_it(wide):
            assert wide == "unauthorized"
            assert seam.connect_webviews.list() == []
        """,
    )

    run().assert_outcomes(passed=1)


def test_a_call_after_the_teardown_does_not_make_another_fake(write, run):
    write(
        """
        import http.client, os

        def pytest_runtest_logreport(report):
            if report.when == "teardown":
                address = os.environ["SEAM_ENDPOINT"].removeprefix("http://")
                connection = http.client.HTTPConnection(address)
                connection.request("GET", "/health")
                with connection.getresponse() as answer:
                    print("answered", answer.status)
                connection.close()
        """,
        name="conftest",
    )
    write("def test_it(fakeseam): pass")

    result = run("-s")

    result.stdout.fnmatch_lines(["*answered 401"])


def test_senders_run_in_the_tests_thread_though_an_apps_thread_made_the_fake(write, run):
    write(
        AT_IMPORT,
        """
        import threading

        def in_a_thread(target):
            thread = threading.Thread(target=target)
            thread.start()
            thread.join()

        def test_it(request):
            in_a_thread(lambda: seam.webhooks.create(url="https://app.example.com/seam"))
            fakeseam = request.getfixturevalue("fakeseam")
            threads = []
            fakeseam.webhooks.deliver_to(lambda one: threads.append(threading.get_ident()) or 200)
            in_a_thread(lambda: seam.spaces.create(name="North"))
            assert threads == []
            fakeseam.webhooks.settle()
            assert threads == [threading.get_ident()]
        """,
    )

    run().assert_outcomes(passed=1)
