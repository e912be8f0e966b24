"""The app during an outage of Seam, or of the network."""

from __future__ import annotations

from typing import Any

import pytest
from app import seam, webview_for
from flask.testing import FlaskClient

from fakeseam import FakeSeam


@pytest.fixture(autouse=True)
def pauses(fakeseam: FakeSeam, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses between tries, in seconds; they advance the fake's clock."""
    taken: list[float] = []

    def sleep(seconds: float) -> None:
        taken.append(seconds)
        fakeseam.clock.advance(seconds)

    monkeypatch.setattr(webview_for.retry, "sleep", sleep)
    return taken


@pytest.mark.parametrize("status", [429, 500, 503])
def test_the_user_does_not_notice_a_short_outage(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float], status: int
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=status, times=2)

    response = ann.post("/connect")

    assert response.status_code == 303
    assert pauses == [0.5, 1]
    fakeseam.requests.assert_called("/connect_webviews/create", times=3)


def test_the_pause_is_the_retry_after_of_seam(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=7)

    assert ann.post("/connect").status_code == 303
    assert pauses == [7]


def test_the_user_does_not_wait_for_an_hour(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, retry_after=3600)

    response = ann.post("/connect")

    assert (response.status_code, pauses) == (503, [])
    assert "Please try again later." in response.text


def test_the_app_gives_up_after_four_tries(ann: FlaskClient, fakeseam: FakeSeam) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=503, times=9)

    assert ann.post("/connect").status_code == 503
    fakeseam.requests.assert_called("/connect_webviews/create", times=4)


def test_the_app_does_not_retry_its_own_mistake(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", status=400)

    with pytest.raises(Exception, match="400"):
        ann.post("/connect")
    assert pauses == []


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"kind": "reset"}, {"kind": "truncated"}, {"kind": "garbage"}]
)
def test_a_webview_is_found_if_the_response_was_lost(
    ann: FlaskClient, fakeseam: FakeSeam, pauses: list[float], fault: dict[str, Any]
) -> None:
    fakeseam.faults.add("/connect_webviews/create", when="after", **fault)

    response = ann.post("/connect")

    (only,) = seam.connect_webviews.list()
    assert response.location == only.url
    assert pauses == [0.5]
