"""The arguments of a test's fake: the marker, and a seed of its own."""

from __future__ import annotations

import re

import pytest

from fakeseam import FakeSeam

IDS = """
import pytest

@pytest.fixture(autouse=True)
def _show(request, fakeseam):
    print(f"id: {request.node.name}={fakeseam.workspace_id}")

def test_a():
    pass

def test_b():
    pass

@pytest.mark.parametrize("time", range(2))
def test_c(time):
    pass
"""


@pytest.fixture
def ids(run):
    """Runs with these arguments; returns the workspace's id in each test, by its name."""

    def ids(*arguments):
        printed = run("-s", *arguments).stdout.str()
        return dict(re.findall(r"id: (\S+)=(\S+)", printed))

    return ids


def test_the_marker_has_the_arguments_of_the_fake(write, run):
    write(
        """
        import pytest

        @pytest.mark.fakeseam(
            seed=7,
            now="2026-01-01T12:00:00Z",
            base_url="https://seam.test",
            api_key="seam_test1_mine",
            blank_metadata_on_reconnect="keep",
            metadata_update="merge",
            defer_sync=True,
            lenient_ids=True,
        )
        def test_it(fakeseam):
            assert fakeseam.seed == 7
            assert fakeseam.clock.now.isoformat() == "2026-01-01T12:00:00+00:00"
            assert fakeseam.address == "https://seam.test"
            assert fakeseam.api_key == "seam_test1_mine"
            rules = fakeseam.rules
            assert (rules.blank_metadata_on_reconnect, rules.metadata_update) == ("keep", "merge")
            assert (rules.defer_sync, rules.lenient_ids) == (True, True)
        """
    )

    run("--strict-markers").assert_outcomes(passed=1)


def test_a_rule_of_the_marker_takes_effect(write, run):
    write(
        """
        import pytest

        @pytest.mark.parametrize(
            "merged",
            [
                pytest.param(False, marks=pytest.mark.fakeseam(metadata_update="replace")),
                pytest.param(True, marks=pytest.mark.fakeseam(metadata_update="merge")),
            ],
        )
        def test_it(fakeseam_client, fakeseam, merged):
            account = fakeseam.connect_account(custom_metadata={"old": "1"})
            fakeseam_client.connected_accounts.update(
                connected_account_id=account["connected_account_id"],
                custom_metadata={"new": "2"},
            )
            (found,) = fakeseam_client.connected_accounts.list()
            assert ("old" in found.custom_metadata) == merged
        """
    )

    run().assert_outcomes(passed=2)


def test_the_closest_marker_wins_name_by_name(write, run):
    write(
        """
        import pytest

        pytestmark = pytest.mark.fakeseam(seed=1, defer_sync=True, metadata_update="merge")

        @pytest.mark.fakeseam(seed=2, metadata_update="replace")
        class TestIt:
            @pytest.mark.fakeseam(seed=3)
            def test_it(self, fakeseam):
                assert fakeseam.seed == 3
                assert fakeseam.rules.metadata_update == "replace"
                assert fakeseam.rules.defer_sync is True

        def test_other(fakeseam):
            assert (fakeseam.seed, fakeseam.rules.metadata_update) == (1, "merge")
        """
    )

    run().assert_outcomes(passed=2)


def test_load_is_a_dump_in_the_folder_of_the_test(write, run, pytester):
    folder = pytester.mkdir("tests")
    fake = FakeSeam(seed=5)
    account = fake.connect_account(email="jane@example.com")
    fake.dump(folder / "jane.json")
    module = write(
        f"""
        import pytest

        @pytest.mark.fakeseam(load="jane.json")
        def test_it(fakeseam_client, fakeseam):
            assert fakeseam.api_key == {fake.api_key!r}
            (found,) = fakeseam_client.connected_accounts.list()
            assert found.connected_account_id == {account['connected_account_id']!r}
        """
    )
    module.rename(folder / "test_it.py")

    run().assert_outcomes(passed=1)


def test_load_of_a_missing_file_is_an_error_that_names_it(write, run):
    write(
        """
        import pytest

        @pytest.mark.fakeseam(load="nowhere.json")
        def test_it(fakeseam):
            pass
        """
    )

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["E *MisuseError: There is no file '*nowhere.json'.*"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("sede=1", "UsageError: the marker fakeseam: *unexpected keyword argument 'sede'*"),
        ("7", "UsageError: the marker fakeseam takes keyword arguments: fakeseam(now='2026-*')"),
        ("metadata_update='mix'", "MisuseError: metadata_update='mix': choose *"),
        ("seed='seven'", "MisuseError: seed='seven': a seed is an int"),
        ("now='noon'", "MisuseError: now= takes a datetime or ISO text *'noon'*"),
    ],
)
@pytest.mark.parametrize("mode", ["", "fakeseam_env = session"])
def test_an_invalid_marker_is_an_error_that_says_why(
    write, ini, run, arguments, message, mode
):
    ini(mode)
    write(
        f"""
        import pytest

        @pytest.mark.fakeseam({arguments})
        def test_it(fakeseam):
            pass
        """
    )

    result = run()

    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([f"E *{message}"])


def test_the_marker_is_registered_and_described(run):
    result = run("--markers")

    result.stdout.fnmatch_lines(["@pytest.mark.fakeseam(seed=..., now=..., strict=...*"])


def test_a_test_has_the_same_ids_at_every_run(write, ids):
    write(IDS)

    assert ids() == ids()


def test_each_test_has_ids_of_its_own(write, ids):
    write(IDS)

    found = ids()

    assert found.keys() == {"test_a", "test_b", "test_c[0]", "test_c[1]"}
    assert len(set(found.values())) == 4


def test_a_test_has_the_same_ids_alone_and_in_any_order(write, ids):
    write(IDS)
    in_order = ids()

    alone = ids("test_it.py::test_b")
    backwards = ids("test_it.py::test_c", "test_it.py::test_b", "test_it.py::test_a")

    assert alone == {"test_b": in_order["test_b"]}
    assert list(backwards) == list(in_order)[2:] + ["test_b", "test_a"]
    assert backwards == in_order


def test_a_test_has_the_same_ids_under_pytest_randomly(write, ids):
    write(IDS)
    in_order = ids()

    shuffled = [ids("-p", "randomly", f"--randomly-seed={seed}") for seed in range(3)]

    assert shuffled == [in_order] * 3


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


def test_the_command_line_seed_makes_other_ids(write, ids):
    write(IDS)

    before, after = ids(), ids("--fakeseam-seed=1")

    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
    assert ids("--fakeseam-seed=0") == before


def test_a_seed_of_the_marker_is_not_moved_by_the_command_line(write, ids):
    write(IDS, "pytestmark = pytest.mark.fakeseam(seed=7)")

    assert set(ids("--fakeseam-seed=1").values()) == {FakeSeam(seed=7).workspace_id}


def test_a_command_line_seed_that_is_not_a_number_is_a_usage_error(run):
    result = run("--fakeseam-seed=many")

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*--fakeseam-seed*invalid int value: 'many'*"])
