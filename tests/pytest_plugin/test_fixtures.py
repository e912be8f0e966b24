"""The fixtures: each test has a fake of its own, and all its fixtures lead to that one."""

from __future__ import annotations

import re

import pytest


def test_nothing_of_a_test_survives_into_the_next(write, run):
    write(
        """
        import pytest

        @pytest.mark.fakeseam(now="2026-01-01T12:00:00Z")
        @pytest.mark.parametrize("time", range(3))
        def test_it(fakeseam, time):
            assert list(fakeseam.events) == []
            assert list(fakeseam.requests) == []
            assert fakeseam.clock.now.hour == 12
            fakeseam.connect_account()
            assert len(fakeseam.call("/connected_accounts/list")["connected_accounts"]) == 1
            fakeseam.clock.advance(3600)
            fakeseam.faults.add("/connected_accounts/list", status=503, times=9)
        """
    )

    run().assert_outcomes(passed=3)


def test_all_fixtures_of_a_test_are_one_fake(write, run):
    write(
        """
        import asyncio
        from seam import Seam

        def test_it(
            fakeseam, fakeseam_client, fakeseam_async_client, fakeseam_server, fakeseam_env
        ):
            account = fakeseam.connect_account()["connected_account_id"]

            async def found_asynchronously():
                async with fakeseam_async_client as seam:
                    return await seam.connected_accounts.list()

            with Seam() as own, Seam(fakeseam.api_key, endpoint=fakeseam_server.url) as live:
                found = [
                    *fakeseam_client.connected_accounts.list(),
                    *asyncio.run(found_asynchronously()),
                    *own.connected_accounts.list(),
                    *live.connected_accounts.list(),
                ]
            assert fakeseam_env is fakeseam
            assert [one.connected_account_id for one in found] == [account] * 4
        """
    )

    run().assert_outcomes(passed=1)


def test_the_client_needs_no_server_and_no_variable(write, run):
    write(
        """
        import os, socket

        def test_it(fakeseam_client, monkeypatch):
            monkeypatch.setattr(socket.socket, "connect", None)
            assert fakeseam_client.connect_webviews.list() == []
            assert not [name for name in os.environ if name.startswith("SEAM_")]
        """
    )

    run().assert_outcomes(passed=1)


def test_a_fixture_of_another_fixture_and_the_test_see_the_same_fake(write, run):
    write(
        """
        import pytest

        @pytest.fixture
        def account(fakeseam):
            return fakeseam.connect_account(email="jane@example.com")

        def test_it(account, fakeseam_client):
            (found,) = fakeseam_client.connected_accounts.list()
            assert found.connected_account_id == account["connected_account_id"]
        """
    )

    run().assert_outcomes(passed=1)


def test_a_second_fake_in_a_test_is_another_seam(write, run):
    write(
        """
        from fakeseam import FakeSeam

        def test_it(fakeseam):
            with FakeSeam() as other, other.serve() as server:
                other.connect_account()
                assert list(fakeseam.events) == []
                assert server.url != fakeseam.address
                assert other.api_key != fakeseam.api_key
        """
    )

    run().assert_outcomes(passed=1)


def test_the_tests_of_a_class_have_a_fake_each(write, run):
    write(
        """
        class TestIt:
            def test_one(self, fakeseam):
                fakeseam.connect_account()
                assert len(fakeseam.events.filter("connected_account.created")) == 1

            test_other = test_one
        """
    )

    run().assert_outcomes(passed=2)


def test_the_fixtures_serve_unittest_too(write, run):
    write(
        """
        import unittest
        import pytest
        from seam import Seam

        @pytest.mark.usefixtures("fakeseam_env")
        class OldTest(unittest.TestCase):
            def test_one(self):
                with Seam() as seam:
                    self.assertEqual(seam.connect_webviews.list(), [])
                    seam.connect_webviews.create(provider_category="stable")

            test_other = test_one
        """
    )

    run().assert_outcomes(passed=2)


def test_hypothesis_makes_a_fake_for_each_example(write, run):
    write(
        """
        from fakeseam import FakeSeam
        from hypothesis import given, settings, strategies as st

        @settings(max_examples=20, database=None, deadline=None)
        @given(st.lists(st.sampled_from("ab"), max_size=3))
        def test_it(names):
            with FakeSeam() as fake:
                for name in names:
                    fake.connect_account(email=f"{name}@example.com")
                accounts = fake.call("/connected_accounts/list")["connected_accounts"]
                assert len(accounts) == len(set(names))
        """
    )

    run().assert_outcomes(passed=1)


@pytest.mark.parametrize("name", ["fakeseam", "fakeseam_env", "fakeseam_server"])
def test_a_fixture_of_a_wider_scope_cannot_use_the_fake_of_a_test(write, run, name):
    write(
        f"""
        import pytest

        @pytest.fixture(scope="module")
        def wide({name}):
            pass

        def test_it(wide):
            pass
        """
    )

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"*ScopeMismatch*function*{name}*module*"])


def test_the_fixtures_are_listed_with_what_they_are(run):
    result = run("--fixtures")

    listed = result.stdout.str().partition("fixtures defined from fakeseam")[2].split("\n\n\n")[0]
    names = re.findall(r"^(\w+) -- ", listed, re.MULTILINE)
    assert names == [
        "fakeseam",
        "fakeseam_client",
        "fakeseam_async_client",
        "fakeseam_server",
        "fakeseam_env",
    ]
    assert "no docstring available" not in listed


def test_without_the_plugin_nothing_of_it_is_there(write, run_alone):
    write(
        """
        import sys

        def test_it(request):
            assert "fakeseam" not in sys.modules
            assert not [name for name in request.config.getini("markers") if "fakeseam" in name]

        def test_fixture(fakeseam):
            pass
        """
    )

    result = run_alone("-p", "no:fakeseam")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*fixture 'fakeseam' not found*"])
