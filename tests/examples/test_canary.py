"""The canary of the example apps fails a test that leaves anything behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.example_runs import ONLY_FOR_DJANGO

CANARY = Path(__file__).with_name("canary.py")
CLEAN = """
import os, threading
from fakeseam import FakeSeam

def test_it(fakeseam_env, monkeypatch):
    monkeypatch.setenv("SEAM_WORKSPACE_ID", "mine")
    fakeseam_env.webhooks.deliver_to(lambda delivery: 500)
    fakeseam_env.call("/webhooks/create", {"url": "https://app.example.com/seam"})
    fakeseam_env.connect_account()
    fakeseam_env.faults.add("/devices/list", status=503)
    threading.Thread(target=int).start()

def test_one_of_its_own():
    with FakeSeam() as fake:
        fake.connect_account()
"""
SHARED = """
import pytest
from fakeseam import FakeSeam

fake = FakeSeam()

def test_it():
    {what}
"""
# What a test does, and what the canary reports.
LEFT = {
    "fake.call('/connect_webviews/create')": "*'connect_webviews': 1*",
    "fake.connect_account()": "*'connected_accounts': 1*'events': 9*",
    "fake.call('/webhooks/create', {'url': 'https://app.test/'}); fake.connect_account()": (
        "*'deliveries': 9*"
    ),
    "fake.faults.add('/devices/list', status=503)": "*'faults': ?'fault: 503'*",
    "fake.call('/devices/list')": "*'requests': ?'200 POST /devices/list'*",
    "fake.webhooks.deliver_to(print)": "*'senders': *",
    "fake.webhooks.allow('app.test')": "*'hosts': ?'app.test'*",
}


@pytest.fixture
def run(pytester):
    """Runs pytest with the canary, in a process of its own."""
    pytester.makepyfile(canary=CANARY.read_text("utf-8"))
    pytester.makeini("[pytest]\nfilterwarnings = error\n")
    quiet = ("-p", "no:cacheprovider", "-p", "no:randomly", "-p", "no:sybil", *ONLY_FOR_DJANGO)

    def run(text, *arguments):
        pytester.makepyfile(test_it=text)
        return pytester.runpytest_subprocess(*quiet, "-p", "canary", *arguments)

    return run


def test_tests_that_clean_up_pass(run):
    run(CLEAN).assert_outcomes(passed=2)


@pytest.mark.parametrize(("what", "trace"), LEFT.items())
def test_a_shared_fake_fails(run, what, trace):
    result = run(SHARED.format(what=what))

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(
        ["canary: test_it.py::test_it has left behind", f"  <FakeSeam *>: {trace}"]
    )


def test_a_variable_fails(run):
    result = run("import os\ndef test_it(): os.environ['SEAM_API_KEY'] = 'mine'")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["  the environment: {('SEAM_API_KEY', 'mine')}"])


def test_a_thread_fails(run):
    result = run(
        """
        import threading

        def test_it():
            threading.Thread(target=threading.Event().wait, name="left", daemon=True).start()
        """
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["  threads: ?'left'?"])


def test_a_fixture_with_a_used_fake_fails(run):
    result = run(
        """
        import pytest
        from fakeseam import FakeSeam

        @pytest.fixture
        def fakeseam():
            with FakeSeam() as fake:
                fake.call("/connect_webviews/create")
                yield fake

        def test_it(fakeseam):
            pass
        """
    )

    result.assert_outcomes(errors=1)
    message = "canary: test_it.py::test_it got <FakeSeam *>: *'connect_webviews': 1*"
    result.stdout.fnmatch_lines([message])


def test_a_class_with_shared_state_fails(run):
    result = run(
        """
        from fakeseam.webhooks.delivery_targets import DeliveryTargets

        def test_it():
            shared = {"bindings": [], "allowed_hosts": {"app.test"}}  # as a mutable default is
            DeliveryTargets.__init__ = lambda self, *log: vars(self).update(shared)
        """
    )

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["  a new fake: {'hosts': ?'app.test'?}"])


def test_it_works_under_xdist_too(run):
    result = run(SHARED.format(what="fake.connect_account()"), "-n", "2")

    result.assert_outcomes(passed=1, errors=1)
