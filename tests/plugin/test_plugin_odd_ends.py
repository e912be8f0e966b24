"""Seeds that other programs can read, and tests that fail because they pass."""

from __future__ import annotations


def test_the_seed_of_a_test_is_a_whole_number_to_javascript_too(write, run):
    write(
        """
        import pytest

        @pytest.mark.parametrize("number", range(30))
        def test_it(fakeseam, number):
            assert 0 <= fakeseam.seed < 2**53
        """
    )

    run().assert_outcomes(passed=30)


def test_a_test_that_should_have_failed_shows_what_happened(write, run):
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
