"""What the app does while Seam, or the way to it, does not work."""

from __future__ import annotations

from typing import Any

import pytest
from app import seam, webview_for
from flask.testing import FlaskClient

from fakeseam import FakeSeam


@pytest.fixture(autouse=True)
def pauses(fakeseam: FakeSeam, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between tries; they pass on the fake's clock."""
    taken: list[float] = []

    def sleep(seconds: float) -> None:
        taken.append(seconds)
        fakeseam.clock.advance(seconds)

    monkeypatch.setattr(webview_for.retry, "sleep", sleep)
    return taken


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_short_outage_is_not_noticed(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float], status: int
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=status, times=2)

    answer = ann.post("/connect")

    assert answer.status_code == 303
    assert pauses == [0.5, 1]
    fakeseam.requests.assert_called("/connect_webviews/create", times=3)


def test_the_pause_is_as_long_as_seam_says(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=7)

    assert ann.post("/connect").status_code == 303
    assert pauses == [7]


def test_nobody_waits_for_as_long_as_an_hour(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=3600)

    answer = ann.post("/connect")

    assert (answer.status_code, pauses) == (503, [])
    assert "Please try again later." in answer.text


def test_the_fourth_try_is_the_last(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, times=9)

    assert ann.post("/connect").status_code == 503
    fakeseam.requests.assert_called("/connect_webviews/create", times=4)


def test_a_mistake_of_the_apps_own_is_not_tried_again(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=400)

    with pytest.raises(Exception, match="400"):
        ann.post("/connect")
    assert pauses == []


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"kind": "reset"}, {"kind": "truncated"}, {"kind": "garbage"}]
)
def test_a_webview_whose_making_was_not_answered_is_found(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float], fault: dict[str, Any]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", when="after", **fault)

    answer = ann.post("/connect")

    (only,) = seam.connect_webviews.list()
    assert answer.location == only.url
    assert pauses == [0.5]
