"""Webhooks from Seam, and forged ones."""

from __future__ import annotations

from datetime import timedelta

from app import seam
from conftest import Outage, webview_at
from flask import Flask
from flask.testing import FlaskClient

from fakeseam import FakeSeam


def test_an_event_that_seam_did_not_sign_is_refused(
    app: Flask, ann: FlaskClient, fakeseam: FakeSeam
) -> None:
    fakeseam.connect_account(email="ann@example.com", custom_metadata={"user_id": "ann"})
    real = fakeseam.webhooks.assert_sent("connected_account.created")
    forged = real.body.replace('"ann"', '"eve"')

    response = app.test_client().post("/webhooks/seam", data=forged, headers=real.headers)

    assert response.status_code == 400
    assert "ann@example.com" in ann.get("/accounts").text


def test_a_repeated_event_is_handled_once(
    app: Flask, ann: FlaskClient, fakeseam: FakeSeam
) -> None:
    fakeseam.fail_connect_webview(webview_at(ann.post("/connect").location))
    sent = fakeseam.webhooks.assert_sent("connect_webview.login_failed")

    response = app.test_client().post("/webhooks/seam", data=sent.body, headers=sent.headers)

    assert response.status_code == 204
    assert ann.get("/accounts").text.count("The login did not work.") == 1


def test_events_of_an_outage_arrive_later(
    ann: FlaskClient, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        fakeseam.connect_account(email="ann@example.com", custom_metadata={"user_id": "ann"})
    assert "None yet" in ann.get("/accounts").text

    fakeseam.clock.advance(timedelta(seconds=5))

    assert "ann@example.com" in ann.get("/accounts").text
    assert {one.state for one in fakeseam.webhooks} == {"delivered"}


def test_an_outdated_event_changes_nothing(
    ann: FlaskClient, fakeseam: FakeSeam, outage: Outage
) -> None:
    account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
    with outage():
        fakeseam.disconnect_account(account)
    fakeseam.reconnect_account(account)

    fakeseam.clock.advance(timedelta(seconds=5))

    (late,) = fakeseam.webhooks.filter("connected_account.disconnected")
    assert late.state == "delivered"
    assert "Reconnect" not in ann.get("/accounts").text
    assert "signed" not in ann.get("/accounts").text


def test_an_event_of_a_deleted_account_changes_nothing(
    ann: FlaskClient, fakeseam: FakeSeam, outage: Outage
) -> None:
    with outage():
        account = fakeseam.connect_account(custom_metadata={"user_id": "ann"})
        seam.connected_accounts.delete(connected_account_id=account["connected_account_id"])

    fakeseam.clock.advance(timedelta(minutes=10))

    assert {one.state for one in fakeseam.webhooks} == {"delivered"}
    assert "None yet" in ann.get("/accounts").text


def test_an_event_is_sent_again_if_the_app_cannot_reach_seam(
    ann: FlaskClient, fakeseam: FakeSeam
) -> None:
    fakeseam.faults.add("/connect_webviews/get", status=401)  # as while a key is changed
    fakeseam.fail_connect_webview(webview_at(ann.post("/connect").location))
    assert "The login did not work." not in ann.get("/accounts").text

    fakeseam.clock.advance(timedelta(seconds=5))

    assert ann.get("/accounts").text.count("The login did not work.") == 1
