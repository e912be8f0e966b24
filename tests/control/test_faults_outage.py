"""An outage fails every request until it is removed; a fault may be for one workspace."""

from __future__ import annotations

import httpx
import pytest

from fakeseam import MisuseError

LIST = "/devices/list"


def test_an_outage_outlasts_the_retries_of_the_sdk(fake):
    outage = fake.faults.outage()

    with fake.client() as seam, pytest.raises(httpx.HTTPStatusError, match="503"):
        seam.devices.list()

    assert outage.hits == 3


def test_an_outage_ends_when_it_is_removed(fake, refuse):
    with fake.faults.outage() as outage:
        assert [refuse(LIST).status for _ in range(5)] == [503] * 5

    assert fake.call(LIST)["devices"] == []
    assert outage.hits == 5


def test_an_outage_may_be_for_one_route(fake, refuse):
    fake.faults.outage("POST /connect_webviews/*", status=500)

    assert refuse("/connect_webviews/create").status == 500
    assert fake.call(LIST)["devices"] == []


def test_an_outage_may_have_a_kind_or_a_time_to_retry(fake, refuse):
    with fake.faults.outage(status=429, retry_after=60):
        assert refuse(LIST).headers == {"Retry-After": "60"}
    with fake.faults.outage(kind="reset"), fake.client() as seam, pytest.raises(httpx.ReadError):
        seam.devices.list()


def test_an_outage_hits_endpoints_that_fakeseam_does_not_implement(fake, refuse):
    fake.strict = True
    fake.faults.outage()

    assert refuse("/thermostats/heat").status == 503
    fake.assert_nothing_unexpected()


def test_a_late_response_of_an_endpoint_that_is_not_implemented_is_still_a_501(fake, refuse):
    fake.faults.add("/thermostats/heat", latency=2)
    before = fake.clock.now

    assert refuse("/thermostats/heat").status == 501
    assert (fake.clock.now - before).total_seconds() >= 2


def test_an_outage_leaves_unknown_paths_the_control_api_and_health_alone(fake, refuse):
    fake.faults.outage()

    assert refuse("/nowhere").status == 404
    assert fake.call("/health")
    fake.connect_account()


def test_a_fault_may_be_for_one_workspace(fake):
    other = fake.create_workspace()
    fake.faults.outage(workspace=other)

    assert fake.call(LIST)["devices"] == []
    with other.client() as seam, pytest.raises(httpx.HTTPStatusError, match="503"):
        seam.devices.list()


def test_a_fault_for_a_workspace_hits_every_caller_of_it(fake, refuse):
    other = fake.create_workspace()
    token = fake.create_personal_access_token()
    session = fake.create_client_session(workspace_id=other.workspace_id)
    fault = fake.faults.add(LIST, workspace=other, status=503, times=9)

    assert refuse(LIST, token=token, workspace_id=other.workspace_id).status == 503
    assert refuse(LIST, token=session).status == 503
    assert fake.call(LIST, token=token, workspace_id=fake.workspace_id)["devices"] == []
    assert fault.hits == 2


def test_a_caller_without_a_workspace_is_spared(fake, refuse):
    fault = fake.faults.outage(workspace=fake.workspace_id)

    assert refuse(LIST, token="seam_wrong").status == 401
    assert fault.hits == 0


@pytest.mark.parametrize("method", ["add", "outage"])
def test_a_fault_for_an_unknown_workspace_is_refused(fake, method):
    given = {"status": 503} if method == "add" else {}

    with pytest.raises(MisuseError, match="This fake has no workspace 'w1'"):
        getattr(fake.faults, method)("*", workspace="w1", **given)


def test_an_outage_that_can_never_happen_is_refused(fake):
    with pytest.raises(MisuseError, match="no endpoint matches '/nowhere'"):
        fake.faults.outage("/nowhere")
    with pytest.raises(MisuseError, match="exclude each other"):
        fake.faults.outage(status=503, kind="reset")


def test_an_outage_can_be_begun_and_ended_over_http(fake, refuse):
    with fake.serve() as server, httpx.Client(base_url=server.url) as client:
        fault = client.post("/_fakeseam/faults/outage", json={}).json()["fault"]
        assert (fault["route"], fault["status"], fault["times"]) == ("*", 503, None)
        assert refuse(LIST).status == 503

        client.post("/_fakeseam/faults/remove", json={"fault_id": fault["fault_id"]})
        assert fake.call(LIST)["devices"] == []
