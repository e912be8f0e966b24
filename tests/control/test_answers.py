"""A test answers an endpoint that fakeseam does not implement."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import seam as seam_sdk

from fakeseam import ApiError, AppRequest, FakeSeam, MisuseError

ROUTE, PATH = "POST /thermostats/list", "/thermostats/list"
ONE = {"devices": [{"device_id": "t1", "properties": {"temperature_celsius": 20}}]}


def test_the_sdk_gets_the_body_that_a_test_gives(fake):
    fake.answer(ROUTE, ONE)

    with fake.client() as seam:  # it lists by GET, and Seam takes POST everywhere
        assert [one.device_id for one in seam.thermostats.list()] == ["t1"]


def test_the_asynchronous_sdk_gets_it_too(fake):
    fake.answer(PATH, ONE)

    async def list_ids():
        async with fake.async_client() as seam:
            return [one.device_id for one in await seam.thermostats.list()]

    assert asyncio.run(list_ids()) == ["t1"]


def test_the_sdk_gets_it_over_a_socket(fake):
    fake.answer(ROUTE, ONE)

    with (
        fake.serve() as server,
        seam_sdk.Seam(api_key=fake.api_key, endpoint=server.url) as seam,
    ):
        assert [one.device_id for one in seam.thermostats.list()] == ["t1"]


def test_the_body_is_answered_with_ok_and_as_a_fresh_copy(fake):
    fake.answer(ROUTE, ONE)

    first = fake.call(PATH)
    first["devices"].clear()

    assert fake.call(PATH) == {**ONE, "ok": True}


def test_a_body_that_the_test_changes_later_is_answered_as_it_was(fake):
    body = {"devices": []}
    fake.answer(PATH, body)

    body["devices"].append("later")

    assert fake.call(PATH)["devices"] == []


def test_a_function_gets_the_request_of_the_app(fake):
    got = []
    fake.answer("/thermostats/heat", lambda request: got.append(request) or {})

    fake.call("/thermostats/heat", {"device_id": "d1", "custom": [1]})

    params = {"device_id": "d1", "custom": [1]}
    assert got == [AppRequest("POST", "/thermostats/heat", params, fake.workspace_id)]


def test_the_parameters_of_a_query_are_text_without_the_sdks_own_mark(fake):
    got = []
    fake.answer("/thermostats/list", lambda request: got.append(request) or {"devices": []})

    headers = {"Authorization": f"Bearer {fake.api_key}"}
    query = "device_ids=d1&device_ids=d2&limit=3&_strict=true"
    with httpx.Client(transport=fake.transport(), headers=headers) as client:
        client.get(f"https://connect.getseam.com/thermostats/list?{query}")

    assert (got[0].method, got[0].params) == ("GET", {"device_ids": ["d1", "d2"], "limit": "3"})


def test_a_function_may_call_the_fake(fake):
    def list_thermostats(request):
        devices = fake.call("/devices/list")["devices"]
        return {"devices": [one for one in devices if "nest" in one["device_type"]]}

    fake.answer(ROUTE, list_thermostats)
    fake.connect_account(provider="nest")
    fake.connect_account(provider="august")

    with fake.client() as seam:
        assert {one.device_type for one in seam.thermostats.list()} == {"nest_thermostat"}


def test_a_function_refuses_by_an_api_error(fake, refuse):
    def refuse_it(request):
        raise ApiError(404, "device_not_found", "Device not found", data={"device_id": "d1"})

    fake.answer("/thermostats/off", refuse_it)

    error = refuse("/thermostats/off")
    assert (error.status, error.type, error.data) == (404, "device_not_found", {"device_id": "d1"})
    assert [str(one) for one in fake.requests] == ["404 POST /thermostats/off (device_not_found)"]
    with fake.client() as seam, pytest.raises(seam_sdk.SeamHttpApiError, match="Device not found"):
        seam.thermostats.off(device_id="d1")


@pytest.mark.parametrize(
    ("function", "message"),
    [
        (lambda request: None, r"fake\.answer\('POST /thermostats/list'\) returned None"),
        (lambda request: {"at": object()}, "returned what is not JSON"),
        (lambda request: {"at": float("nan")}, "returned what is not JSON"),
        (lambda request: 1 / 0, r"raised ZeroDivisionError\('division by zero'\)"),
    ],
)
def test_a_function_that_cannot_answer_is_the_tests_mistake(fake, function, message):
    fake.answer(ROUTE, function)

    with pytest.raises(MisuseError, match=message):
        fake.call(PATH)


def test_a_mistake_that_the_app_gets_over_http_fails_a_strict_test(fake):
    fake.strict = True
    fake.answer(ROUTE, lambda request: None)

    with fake.serve() as server:
        headers = {"Authorization": f"Bearer {fake.api_key}"}
        response = httpx.post(server.url + PATH, json={}, headers=headers)

    assert response.status_code == 400
    assert response.json()["error"]["type"] == "fakeseam_misuse"
    with pytest.raises(AssertionError, match="returned None"):
        fake.assert_nothing_unexpected()


def test_an_assertion_in_a_function_fails_the_test(fake):
    def check(request):
        assert request.params == {"limit": 1}, "another limit"
        return ONE

    fake.answer(PATH, check)

    with pytest.raises(AssertionError, match="another limit"):
        fake.call(PATH, {"limit": 2})


def test_a_caller_without_a_valid_key_is_refused_before(fake):
    fake.answer(PATH, lambda request: pytest.fail("the function was called"))

    with pytest.raises(ApiError, match="401 unauthorized: API Key not found"):
        fake.call(PATH, token="seam_wrong")


def test_the_caller_of_a_second_workspace_is_named(fake):
    fake.answer(PATH, lambda request: {"devices": [request.workspace_id]})
    other = fake.create_workspace()

    assert fake.call(PATH, token=other.api_key)["devices"] == [other.workspace_id]


def test_an_answered_request_is_logged_and_is_no_strict_violation():
    with FakeSeam(strict=True) as fake:
        fake.answer(PATH, ONE)
        fake.call(PATH, {"limit": 1})

        fake.requests.assert_called(ROUTE, limit=1)
        assert "200 POST /thermostats/list" in fake.timeline()


def test_without_an_answer_the_refusal_says_how_to_give_one(fake):
    with pytest.raises(ApiError, match=r"501 .*A test can answer it: fake\.answer\(\)"):
        fake.call(PATH)


# Which answer


def test_the_answer_that_was_given_last_is_used_until_it_is_removed(fake):
    fake.answer(PATH, {"devices": [1]})
    with fake.answer(PATH, {"devices": [2]}):
        assert fake.call(PATH)["devices"] == [2]

    assert fake.call(PATH)["devices"] == [1]


def test_an_answer_for_the_very_method_comes_first(fake):
    fake.answer(f"GET {PATH}", {"devices": ["get"]})
    fake.answer(f"POST {PATH}", {"devices": ["post"]})

    assert fake.call(PATH, method="GET")["devices"] == ["get"]
    assert fake.call(PATH)["devices"] == ["post"]


def test_an_answer_for_get_leaves_post_alone(fake, refuse):
    fake.answer(f"GET {PATH}", ONE)

    assert refuse(PATH).status == 501


def test_a_path_that_seam_got_after_fakeseam_was_released_can_be_answered(fake):
    fake.answer("/brand_new/list", {"things": []})

    assert fake.call("/brand_new/list") == {"things": [], "ok": True}
    fake.requests.assert_called("/brand_new/list")


def test_a_removed_answer_is_removed_once(fake, refuse):
    answer = fake.answer(PATH, ONE)

    answer.remove()
    answer.remove()

    assert refuse(PATH).status == 501


def test_a_reset_forgets_the_answers(fake, refuse):
    answer = fake.answer(PATH, ONE)
    fake.reset()
    fake.answer(PATH, {"devices": []})

    answer.remove()

    assert fake.call(PATH)["devices"] == []


def test_a_load_that_fails_takes_its_answers_along(fake, refuse):
    def function(fake):
        fake.answer(PATH, ONE)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fake.load(function)

    assert refuse(PATH).status == 501


def test_a_load_that_fails_restores_the_answers_that_it_removed(fake):
    answer = fake.answer(PATH, ONE)

    def function(fake):
        answer.remove()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fake.load(function)

    assert fake.call(PATH) == {**ONE, "ok": True}


# Faults


def test_a_fault_hits_an_answered_request(fake, refuse):
    fake.answer(PATH, ONE)
    fake.faults.add(ROUTE, status=503)

    assert refuse(PATH).status == 503
    assert fake.call(PATH)["devices"]


def test_a_fault_after_the_request_lets_the_function_answer_first(fake, refuse):
    got = []
    fake.answer(PATH, lambda request: got.append(request) or ONE)
    fake.faults.add(ROUTE, status=503, when="after")

    assert refuse(PATH).status == 503
    assert len(got) == 1


def test_a_fault_may_be_for_a_new_path_that_is_answered(fake, refuse):
    fake.answer("/brand_new/list", {})
    fake.faults.add("/brand_new/list", status=500)

    assert refuse("/brand_new/list").status == 500


# Refused


@pytest.mark.parametrize(
    ("route", "message"),
    [
        ("/devices/list", "fakeseam implements /devices/list.*faults.add"),
        ("GET /devices/list", "fakeseam implements /devices/list"),
        ("thermostats/list", "give a path, or a method and a path"),
        ("FETCH /thermostats/list", "give a path, or a method and a path"),
        ("/thermostats/*", "give a path, or a method and a path"),
        ("/_fakeseam/x/y z", "give a path, or a method and a path"),
        ("", "give a path, or a method and a path"),
        (" /thermostats/list", "give a path, or a method and a path"),
        ("/phones/deactivat", "documents no /phones/deactivat: did you mean /phones/deactivate"),
    ],
)
@pytest.mark.parametrize("answer", [ONE, lambda request: ONE], ids=["body", "function"])
def test_a_route_that_cannot_be_answered_is_refused(fake, route, message, answer):
    with pytest.raises(MisuseError, match=message):
        fake.answer(route, answer)


def test_a_body_that_is_no_object_is_refused(fake):
    with pytest.raises(MisuseError, match="answer: .*body"):
        fake.answer(ROUTE, [1])


def test_a_control_path_cannot_be_answered(fake):
    with pytest.raises(MisuseError, match="'/_fakeseam/connect_account'"):
        fake.answer("/_fakeseam/connect_account", ONE)


# Over HTTP and in seed files


def test_an_answer_may_be_given_and_removed_over_http(fake):
    with fake.serve() as server, httpx.Client(base_url=server.url) as client:
        body = {"route": ROUTE, "body": ONE}
        answer = client.post("/_fakeseam/answer", json=body).json()["answer"]
        assert fake.call(PATH) == {**ONE, "ok": True}

        client.post("/_fakeseam/remove_answer", json={"answer_id": answer["answer_id"]})
        with pytest.raises(ApiError):
            fake.call(PATH)


def test_a_seed_file_may_answer(fake):
    fake.load({"fakeseam_seed": 1, "steps": [{"answer": {"route": PATH, "body": ONE}}]})

    assert fake.call(PATH) == {**ONE, "ok": True}


@pytest.mark.parametrize(
    "body", [{"a": float("nan")}, {"a": object()}, {"a": {1, 2}}, {"a": b"q"}, None, 5]
)
def test_a_body_that_is_not_json_is_refused_when_it_is_given(fake, body):
    with pytest.raises(MisuseError):
        fake.answer(PATH, body)


def test_an_endpoint_that_is_implemented_in_part_can_be_answered(fake):
    fake.strict = True
    fake.answer("/customers/push_data", {})

    fake.call("/customers/push_data", {"customer_key": "c", "reservations": [{"a": 1}]})

    fake.assert_nothing_unexpected()
