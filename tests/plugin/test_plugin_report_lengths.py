"""How much of a story the report of a failed test shows: its end, and all of a short one."""

from __future__ import annotations

TEST = """
def test_it(fakeseam):
    for number in range({count}):
        fakeseam.create_workspace(f"W{{number}}")
        fakeseam.call("/workspaces/get")
    assert not "enough"
"""


def shown(result):
    """The names of the workspaces whose making is told, in order."""
    lines = result.stdout.str().splitlines()
    return [line.partition("name='")[2].partition("'")[0] for line in lines if "name='" in line]


def test_what_is_left_out_is_the_beginning(write, run):
    # Three lines each: what was pulled, the workspace it made, what was called.
    write(TEST.format(count=40))

    result = run()

    result.stdout.fnmatch_lines(["... 20 lines before these: fake.timeline()"])
    assert shown(result) == [f"W{number}" for number in range(7, 40)]


def test_of_a_story_that_just_fits_nothing_is_left_out(write, run):
    write(
        """
        def test_it(fakeseam):
            for _ in range(100):
                fakeseam.call("/workspaces/get")
            assert not "enough"
        """
    )

    result = run()

    result.stdout.no_fnmatch_line("... * lines before these: fake.timeline()")
    assert result.stdout.str().count("200 POST /workspaces/get") == 100
