"""A fake: its arguments, its ids, and wrong calls of ``fake.call``."""

from __future__ import annotations

import re

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError
from fakeseam.control.arguments import check_json
from tests.state.used_fakes import NOW, lists_of, used_fake

# The seed


def test_the_same_seed_and_the_same_calls_give_the_same_fake():
    assert used_fake(seed=4).snapshot() == used_fake(seed=4).snapshot()
    assert lists_of(used_fake(seed=4)) == lists_of(used_fake(seed=4))


def test_another_seed_gives_other_ids():
    one, other = FakeSeam(seed=0, now=NOW), FakeSeam(seed=1, now=NOW)

    assert one.api_key != other.api_key
    assert one.workspace_id != other.workspace_id
    assert one.connect_account()["connected_account_id"] != (
        other.connect_account()["connected_account_id"]
    )


def test_a_second_workspace_changes_no_id_of_the_first():
    alone, both = FakeSeam(now=NOW), FakeSeam(now=NOW)
    other = both.create_workspace()
    both.connect_account(email="else@example.com", workspace_id=other.workspace_id)

    one = alone.connect_account(email="jane@example.com")

    assert both.connect_account(email="jane@example.com") == one


# Invalid arguments


@pytest.mark.parametrize(
    ("path", "params"), [("/workspaces/get", [1]), ("/workspaces/get", "x"), (None, {})]
)
def test_a_call_with_an_invalid_path_or_parameters_is_misuse(fake, path, params):
    with pytest.raises(MisuseError, match="fake.call"):
        fake.call(path, params)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"method": None}, "method=None: give an HTTP method such as 'GET', or leave it out"),
        ({"token": 5}, "token=5: give a key or token as text, or leave it out"),
        ({"workspace_id": [1]}, "workspace_id=[1]: give a workspace's id, or leave it out"),
    ],
)
def test_a_call_with_an_invalid_argument_says_what_to_give(fake, how, message):
    with pytest.raises(MisuseError, match=f"^{re.escape(message)}$"):
        fake.call("/devices/list", **how)


def test_a_dump_to_what_is_no_path_says_what_to_give(fake):
    for path in (b"x", "\0", None, 5, "\ud800"):
        with pytest.raises(MisuseError, match="^path=.*: give a file's path as text or a pathlib"):
            fake.dump(path)


@pytest.mark.parametrize("value", [{1: "x"}, {"a": [{"b": {2}}]}, {("a",): 1}, [b"x"], 1j])
def test_parameters_that_json_does_not_have_are_misuse_and_not_logged(fake, value):
    with pytest.raises(MisuseError, match="JSON"):
        fake.call("/nowhere", {"odd": value})

    assert len(fake.requests) == 0


def test_parameters_may_share_and_contain_themselves(fake):
    shared = []
    for _ in range(100):
        shared = [shared, shared]
    round_ = {}
    round_["x"] = round_

    with pytest.raises(ApiError, match="No endpoint"):
        fake.call("/nowhere", {"round": round_})
    check_json(shared)  # at once, though it has 2**100 items


def test_a_parameter_that_is_not_json_is_misuse(fake):
    before = fake.snapshot()

    with pytest.raises(
        MisuseError, match=r"is not a JSON value: send text, numbers, lists or dicts$"
    ):
        fake.call("/connect_webviews/create", {"custom_metadata": {"a": object()}})

    assert fake.snapshot() == before


@pytest.mark.parametrize("how", [{"seed": "x"}, {"seed": None}, {"workspace_id": "mine"}])
def test_a_fake_with_invalid_arguments_is_refused(how):
    with pytest.raises(MisuseError):
        FakeSeam(**how)


@pytest.mark.parametrize(
    "base_url",
    [
        3,
        "example.com",
        "",
        "http://",
        "http://[",
        "http://[::1",
        "http://a b",
        "http://x:99999",
        "http://user:secret@x",
        "https://x/path?q",
        "https://x#f",
    ],
)
def test_a_base_url_must_be_one_that_urls_can_begin_with(base_url):
    with pytest.raises(MisuseError, match="https://"):
        FakeSeam(base_url=base_url)
