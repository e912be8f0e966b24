"""The variables by which an app finds the fake."""

from __future__ import annotations

import itertools
import os

import pytest

from fakeseam.http.environment import SetVariables, variables_for

URL = "http://127.0.0.1:8000"


def test_the_variables_of_the_sdk_are_set_or_unset():
    variables = variables_for(URL, "seam_key", {})

    assert {name: value for name, value in variables.items() if name.startswith("SEAM_")} == {
        "SEAM_ENDPOINT": URL,
        "SEAM_API_KEY": "seam_key",
        "SEAM_API_URL": None,
        "SEAM_PERSONAL_ACCESS_TOKEN": None,
        "SEAM_WORKSPACE_ID": None,
    }


@pytest.mark.parametrize(
    ("before", "upper", "lower"),
    [
        ({}, "127.0.0.1,localhost", "127.0.0.1,localhost"),
        ({"NO_PROXY": "a.test"}, "a.test,127.0.0.1,localhost", "a.test,127.0.0.1,localhost"),
        (
            {"NO_PROXY": "a.test", "no_proxy": "b.test, localhost"},
            "a.test,127.0.0.1,localhost",
            "b.test, localhost,127.0.0.1",
        ),
        ({"no_proxy": "*"}, "*", "*"),
        ({"NO_PROXY": "127.0.0.1,localhost"}, "127.0.0.1,localhost", "127.0.0.1,localhost"),
    ],
)
def test_its_host_needs_no_proxy_and_those_before_still_need_none(before, upper, lower):
    variables = variables_for(URL, "seam_key", before)

    assert (variables["NO_PROXY"], variables["no_proxy"]) == (upper, lower)


def test_setting_returns_what_restores(monkeypatch):
    monkeypatch.setenv("FAKESEAM_ONE", "1")
    monkeypatch.delenv("FAKESEAM_TWO", raising=False)

    variables = SetVariables({"FAKESEAM_ONE": None, "FAKESEAM_TWO": "2"})
    assert (os.environ.get("FAKESEAM_ONE"), os.environ["FAKESEAM_TWO"]) == (None, "2")

    variables.restore()
    assert (os.environ["FAKESEAM_ONE"], os.environ.get("FAKESEAM_TWO")) == ("1", None)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_variables_that_were_set_several_times_are_restored_in_any_order(monkeypatch, order):
    monkeypatch.setenv("FAKESEAM_ONE", "before")
    monkeypatch.delenv("FAKESEAM_TWO", raising=False)
    before = dict(os.environ)
    layers = [
        SetVariables({"FAKESEAM_ONE": "a"}),
        SetVariables({"FAKESEAM_ONE": None, "FAKESEAM_TWO": "b"}),
        SetVariables({"FAKESEAM_ONE": "c", "FAKESEAM_TWO": "c"}),
    ]

    layers[order[0]].restore()
    latest = "c" if order[0] != 2 else None
    assert os.environ.get("FAKESEAM_ONE") == latest
    layers[order[1]].restore()
    layers[order[2]].restore()

    assert dict(os.environ) == before
