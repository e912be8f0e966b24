"""``fake.environment()`` without pytest: ``unittest``, and Django's ``manage.py test``."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unittest
from pathlib import Path

import pytest
from seam import Seam

from fakeseam import FakeSeam

PAGE = Path(__file__).resolve().parents[2] / "docs" / "unittest.md"
KEY = "seam_test_key"


@pytest.fixture(scope="module")
def seam():
    """The app's client, made before the tests."""
    with Seam(KEY) as seam:
        yield seam


@pytest.fixture
def run():
    """Runs a test method in a ``TestCase`` with a ``setUp`` as the page has it."""

    def run(test):
        class AppTest(unittest.TestCase):
            def setUp(self):
                self.fake = self.enterContext(FakeSeam(api_key=KEY, strict=True))
                self.enterContext(self.fake.environment())

            test_first = test_second = test

        suite = unittest.defaultTestLoader.loadTestsFromTestCase(AppTest)
        return unittest.TextTestRunner(io.StringIO()).run(suite)

    return run


def test_each_test_has_a_fake_of_its_own(run, seam):
    def test(self):
        self.assertEqual(seam.connect_webviews.list(), [])
        seam.connect_webviews.create()

    result = run(test)

    assert (result.testsRun, result.wasSuccessful()) == (2, True)


def test_a_strict_failure_is_a_failure_of_the_test(run, seam):
    def test(self):
        seam.client.post("/devices/list", json={"colour": "red"})

    result = run(test)

    assert "/devices/list: unknown parameter 'colour'" in result.failures[0][1]


def test_variables_are_restored_after_a_test_that_fails(run, monkeypatch):
    monkeypatch.setenv("SEAM_ENDPOINT", "https://staging.test")

    result = run(lambda self: self.assertEqual(os.environ["SEAM_ENDPOINT"], "the fake's"))

    assert len(result.failures) == 2
    assert os.environ["SEAM_ENDPOINT"] == "https://staging.test"


# A Django project in two files: an app with a client at module level, a view, and a receiver of
# webhooks that writes to the database.
MANAGE = """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(
    SEAM_API_KEY="seam_of_the_settings",
    ROOT_URLCONF="app",
    INSTALLED_APPS=["django.contrib.sessions"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    USE_TZ=True,
)
execute_from_command_line([sys.argv[0], "test", "--verbosity", "0"])
"""
APP = """
import json
from django.conf import settings
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import path
from django.utils import timezone
from seam import Seam

seam = Seam(settings.SEAM_API_KEY)

def connect(request):
    return HttpResponse(seam.connect_webviews.create().url)

def receive(request):
    event = json.loads(request.body)
    Session.objects.create(session_key=event["event_type"], expire_date=timezone.now())
    return HttpResponse(status=204)

urlpatterns = [path("connect", connect), path("seam/webhooks", receive)]
"""
ITS_TESTS = """
from django.contrib.sessions.models import Session

class ConnectingTest(SeamTestCase):
    def test_a_receiver_writes_in_the_tests_transaction(self):
        hook_url = "https://app.test/seam/webhooks"
        hook = {"url": hook_url, "event_types": ["connected_account.created"]}
        self.fake.call("/webhooks/create", hook)
        url = self.client.get("/connect").content.decode()
        self.assertTrue(url.startswith(self.fake.address))
        self.fake.connect_account()
        self.assertEqual(Session.objects.get().session_key, "connected_account.created")

    def test_nothing_is_left_of_another_test(self):
        self.assertEqual(Session.objects.count(), 0)
        self.assertEqual(len(self.fake.requests), 0)
"""


def test_manage_py_test_runs_the_recipe_of_the_page(tmp_path):
    (recipe,) = re.findall(r"```python\n(import django.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "app.py").write_text(APP)
    (tmp_path / "tests.py").write_text(recipe + ITS_TESTS)

    done = subprocess.run(
        [sys.executable, "manage.py"], cwd=tmp_path, stderr=subprocess.PIPE, text=True
    )

    assert "Ran 2 tests" in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
