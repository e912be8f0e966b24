"""The report of a failed test: the timeline of its fake, from its end if it is long."""

from __future__ import annotations

TITLE = "*- fakeseam timeline -*"
APP = """
import pytest

@pytest.mark.fakeseam(now="2026-01-01T00:00:00Z")
def test_it(fakeseam):
    fakeseam.connect_account(email="jane@example.com", devices=[])
    fakeseam.call("/connected_accounts/list")
    {last}
"""
MANY_WORKSPACES = """
def test_it(fakeseam):
    for number in range({count}):
        fakeseam.create_workspace(f"W{{number}}")
        fakeseam.call("/workspaces/get")
    assert not "enough"
"""


def workspaces_in(result):
    """The names of the workspaces that the timeline shows as created, in order."""
    lines = result.stdout.str().splitlines()
    return [line.partition("name='")[2].partition("'")[0] for line in lines if "name='" in line]


def test_a_test_that_fails_shows_calls_transitions_and_events(write, run):
    write(APP.format(last="assert not 'enough'"))

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            TITLE,
            "2026-01-01T00:00:00.000Z  connect_account(email='jane@example.com', *",
            "      * connected_account *-*-*: absent -> connected",
            "      * event connected_account.created of *-*-*",
            "2026-01-01T00:00:00.000Z  200 POST /connected_accounts/list",
        ]
    )


def test_a_test_that_passes_shows_nothing(write, run):
    write(APP.format(last="print('passed')"))

    result = run("-rP")

    result.stdout.no_fnmatch_line(TITLE)
    result.stdout.fnmatch_lines(["passed"])


def test_a_test_that_is_expected_to_fail_shows_nothing(write, run):
    write(APP.format(last="pytest.xfail('known')"))

    result = run("-rx")

    result.assert_outcomes(xfailed=1)
    result.stdout.no_fnmatch_line(TITLE)


def test_a_test_that_should_have_failed_shows_it_too(write, run):
    write(
        """
        import pytest

        @pytest.mark.xfail(strict=True)
        def test_it(fakeseam):
            fakeseam.call("/workspaces/get")
        """
    )

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*fakeseam timeline*", "* 200 POST /workspaces/get"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")


def test_a_test_without_a_fake_shows_nothing(write, run):
    write("def test_it(): assert not 'enough'")

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.no_fnmatch_line(TITLE)


def test_an_unused_fake_has_an_empty_timeline(write, run):
    write("def test_it(fakeseam): assert not 'enough'")

    run().stdout.fnmatch_lines(
        [TITLE, "(empty: the test did not use its fake)"], consecutive=True
    )


def test_a_fixture_that_fails_shows_it_too(write, run):
    write(
        """
        import pytest

        @pytest.fixture
        def account(fakeseam):
            fakeseam.call("/connect_webviews/create")
            raise RuntimeError("no account")

        def test_it(account):
            pass
        """
    )

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([TITLE, "*  200 POST /connect_webviews/create"])


def test_a_strict_failure_at_the_end_shows_it_too(write, run):
    write(
        """
        import pytest

        @pytest.mark.fakeseam(strict=True)
        def test_it(fakeseam):
            fakeseam.call("/connect_webviews/create", {"colour": "red"})
        """
    )

    result = run()

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines([TITLE, "*  200 POST /connect_webviews/create"])


def test_of_a_long_timeline_the_end_is_shown(write, run):
    write(
        """
        def test_it(fakeseam):
            for _ in range(150):
                fakeseam.call("/workspaces/get")
            assert not "enough"
        """
    )

    result = run()

    cut = "... 50 earlier lines: see fake.timeline()"
    result.stdout.fnmatch_lines([TITLE, cut], consecutive=True)
    assert result.stdout.str().count("200 POST /workspaces/get") == 100


def test_what_is_left_out_is_the_beginning(write, run):
    # Three lines each: the control call, the workspace that it created, the request.
    write(MANY_WORKSPACES.format(count=40))

    result = run()

    result.stdout.fnmatch_lines(["... 20 earlier lines: see fake.timeline()"])
    assert workspaces_in(result) == [f"W{number}" for number in range(7, 40)]


def test_a_timeline_that_just_fits_is_shown_whole(write, run):
    write(
        """
        def test_it(fakeseam):
            for _ in range(100):
                fakeseam.call("/workspaces/get")
            assert not "enough"
        """
    )

    result = run()

    result.stdout.no_fnmatch_line("... * earlier lines: see fake.timeline()")
    assert result.stdout.str().count("200 POST /workspaces/get") == 100


def test_an_app_over_http_is_shown_too(write, ini, run):
    ini("fakeseam_env = session")
    write(
        """
        from seam import Seam

        seam = Seam()

        def test_it():
            with seam:
                assert seam.connected_accounts.list() == ["somebody"]
        """
    )

    result = run()

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([TITLE, "*  200 GET /connected_accounts/list"])


def test_workers_send_it_along(write, run_alone):
    write(APP.format(last="assert not 'enough'"))

    result = run_alone("-n", "2")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([TITLE, "*  200 POST /connected_accounts/list"])


def test_each_test_shows_its_own(write, run):
    write(
        """
        import pytest

        @pytest.mark.parametrize("path", ["/devices/list", "/workspaces/get"])
        def test_it(fakeseam, path):
            fakeseam.call(path)
            assert not "enough"
        """
    )

    printed = run().stdout.str()

    assert printed.count("200 POST /devices/list") == 1
    assert printed.count("200 POST /workspaces/get") == 1


def test_an_error_that_cannot_be_printed_does_not_end_the_run(write, run):
    write(
        """
        class Unprintable(Exception):
            def __str__(self):
                raise RuntimeError("no")

        def test_one(fakeseam):
            raise Unprintable

        def test_two(fakeseam, monkeypatch):
            monkeypatch.setattr(fakeseam, "timeline", lambda: 1 / 0)
            assert not "enough"

        def test_three(fakeseam):
            pass
        """
    )

    result = run()

    result.assert_outcomes(failed=2, passed=1)
    result.stdout.fnmatch_lines(["(no timeline: ZeroDivisionError)"])


RAISING = """
def test_it(fakeseam):
    def receive(delivery):
        raise LookupError("no such user")

    fakeseam.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    fakeseam.webhooks.deliver_to(receive)
    fakeseam.connect_account("minut")
"""


def test_a_receivers_traceback_is_shown(write, run):
    write(RAISING + '    assert not "enough"')

    run().stdout.fnmatch_lines(
        [
            "*- fakeseam: a webhook receiver raised -*",
            "connect_webview.login_succeeded to https://app.example.com/seam, and 6 more",
            "Traceback (most recent call last):",
            '  File "*test_it.py", line 3, in receive',
            '    raise LookupError("no such user")',
            "LookupError: no such user",
        ]
    )


def test_a_receivers_traceback_is_shown_once_if_the_failure_itself_has_it(write, ini, run):
    ini("fakeseam_strict = true")
    write(RAISING)

    result = run()

    result.stdout.fnmatch_lines(["* LookupError: no such user"])
    result.stdout.no_fnmatch_line("*fakeseam: a webhook receiver raised*")


def test_a_report_calls_no_receiver(write, run):
    """The test has ended, and the event loop of an asynchronous receiver with it."""
    write(
        """
        import threading

        def test_it(fakeseam):
            async def receive(delivery):
                print("called")
                return 200

            fakeseam.call("/webhooks/create", {"url": "https://app.example.com/seam"})
            fakeseam.webhooks.deliver_to(receive)
            thread = threading.Thread(target=fakeseam.connect_account)
            thread.start()
            thread.join()
            assert not "enough"
        """
    )

    result = run("-s")

    result.stdout.no_fnmatch_line("*called")
    result.stdout.fnmatch_lines([TITLE, "*waits for the test: connected_account.created *"])
