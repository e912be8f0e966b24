"""What outlives its test is seen: ``fakeseam_env = session`` tells later tests of its requests."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from fakeseam.pytest_plugin.strays import Strays

NODE = "test_it.py::test_one"


@pytest.fixture
def strays():
    strays = Strays()
    strays.test_begins()
    return strays


@pytest.fixture
def runner():
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def calling():
    """Starts threads; each calls a function whenever it is asked to, and returns the result."""
    end, called = threading.Event(), threading.Semaphore(0)
    calls, results = [], []
    answered = threading.Semaphore(0)

    def work():
        while called.acquire() and not end.is_set():
            results.append(calls.pop()())
            answered.release()

    threads = []

    def start():
        threads.append(threading.Thread(target=work))
        threads[-1].start()

        def call(function):
            calls.append(function)
            called.release()
            answered.acquire()
            return results.pop()

        return call

    yield start
    end.set()
    called.release(len(threads))
    for thread in threads:
        thread.join()


def test_a_thread_is_the_running_tests_until_that_test_ends(strays, calling):
    call = calling()
    assert call(strays.sender) is None

    strays.test_ended(NODE)
    assert call(strays.sender) == f"a thread of {NODE}"

    strays.test_ended("test_it.py::test_other")
    assert call(strays.sender) == f"a thread of {NODE}"


def test_a_thread_that_was_there_before_belongs_to_no_test(calling):
    strays, call = Strays(), calling()
    strays.test_begins()
    assert call(strays.sender) == "a thread from before the first test"

    strays.test_begins()
    strays.test_ended(NODE)
    assert call(strays.sender) == "a thread from before the first test"


def test_the_tests_own_thread_is_never_one(strays):
    strays.test_ended(NODE)

    assert strays.sender() is None


def test_a_thread_of_a_pool_may_do_the_running_tests_work(strays):
    with ThreadPoolExecutor(1) as pool:
        pool.submit(int).result()
        strays.test_ended(NODE)

        assert pool.submit(strays.sender).result() is None


def test_a_thread_of_a_fixture_for_several_tests_may_too(strays, calling):
    with strays.shared():
        call = calling()
    strays.test_ended(NODE)

    assert call(strays.sender) is None


def test_a_task_that_goes_on_is_its_tests(strays, runner):
    go_on, found = [], []

    async def background():
        strays.sender()
        await go_on[0].wait()
        found.append(strays.sender())

    async def one():
        go_on.append(asyncio.Event())
        go_on.append(asyncio.create_task(background()))
        assert strays.sender() is None
        await asyncio.sleep(0)

    async def other():
        go_on[0].set()
        await go_on[1]
        return strays.sender()

    runner.run(one())
    strays.test_ended(NODE)

    assert runner.run(other()) is None
    assert found == [f"a task of {NODE}"]


# In a run of pytest

BACKGROUND = """
import threading
import pytest
from seam import Seam

seam = Seam()
go_on, done = threading.Event(), threading.Event()

def poll():
    go_on.wait()
    seam.devices.list()
    done.set()

def test_one():
    threading.Thread(target=poll).start()
    seam.connect_webviews.list()

{marker}
def test_other(fakeseam):
    seam.workspaces.get()
    go_on.set()
    done.wait()
    print(fakeseam.timeline())

def teardown_module():
    go_on.set()
    seam.close()
"""


@pytest.fixture
def session(ini):
    ini("fakeseam_env = session")


@pytest.mark.usefixtures("session")
def test_the_timeline_names_the_test_that_a_request_came_from(write, run):
    write(BACKGROUND.format(marker=""))

    result = run("-s")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "* 200 GET /workspaces/get",
            "* 200 GET /devices/list (by a thread of test_it.py::test_one)",
        ],
        consecutive=True,
    )


@pytest.mark.usefixtures("session")
def test_a_strict_test_fails_for_it(write, run):
    write(BACKGROUND.format(marker="@pytest.mark.fakeseam(strict=True)"))

    result = run()

    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(
        ["*  GET /devices/list: sent by a thread of test_it.py::test_one, not by this test"]
    )


@pytest.mark.usefixtures("session")
def test_a_task_of_a_loop_that_tests_share_is_told_too(write, run):
    write(
        """
        import asyncio
        import pytest
        from seam import AsyncSeam

        pytestmark = pytest.mark.anyio
        kept = {}

        @pytest.fixture(scope="module")
        def anyio_backend():
            return "asyncio"

        @pytest.fixture(scope="module", autouse=True)
        async def seam(anyio_backend):
            async with AsyncSeam() as seam:
                yield seam

        async def poll(seam, go_on):
            await go_on.wait()
            await seam.devices.list()

        async def test_one(seam):
            kept["go_on"] = asyncio.Event()
            kept["task"] = asyncio.create_task(poll(seam, kept["go_on"]))
            await seam.connect_webviews.list()

        async def test_other(seam, fakeseam):
            await seam.workspaces.get()
            kept["go_on"].set()
            await kept["task"]
            print(fakeseam.timeline())
        """
    )

    result = run("-s")

    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "* 200 GET /workspaces/get",
            "* 200 GET /devices/list (by a task of test_it.py::test_one)",
        ],
        consecutive=True,
    )


@pytest.mark.usefixtures("session")
def test_a_server_in_a_thread_of_a_fixture_for_several_tests_is_no_stray(write, run):
    write(
        """
        import http.server
        import threading
        import urllib.request
        import pytest
        from seam import Seam

        seam = Seam()

        class Page(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                seam.devices.list()
                self.send_response(204)
                self.end_headers()

            def log_message(self, *args):
                pass

        @pytest.fixture(scope="module")
        def url():
            with http.server.HTTPServer(("127.0.0.1", 0), Page) as server:
                thread = threading.Thread(target=server.serve_forever, args=(0.01,))
                thread.start()
                yield f"http://127.0.0.1:{server.server_port}"
                server.shutdown()
                thread.join()
            seam.close()

        @pytest.mark.fakeseam(strict=True)
        @pytest.mark.parametrize("time", range(2))
        def test_it(url, time, fakeseam):
            urllib.request.urlopen(url).close()
            fakeseam.requests.assert_called("GET /devices/list")
        """
    )

    run().assert_outcomes(passed=2)
