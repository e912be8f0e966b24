"""A fake: its arguments, its ids, and wrong calls of ``fake.call``."""

from __future__ import annotations

import pytest

from fakeseam import FakeSeam, MisuseError
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
