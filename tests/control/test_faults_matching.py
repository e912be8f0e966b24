"""Faults: which requests they hit, by route, by resource, by number and by chance."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam

ACCOUNTS = "/connected_accounts/list"
CREATE = "/connect_webviews/create"
WEBVIEWS = "/connect_webviews/list"


@pytest.fixture
def status_of(fake):
    """The status of a call's response."""

    def status_of(path, params=None, **how):
        try:
            fake.call(path, params, **how)
        except ApiError as refusal:
            return refusal.status
        return 200

    return status_of


def named(account):
    """The parameter that names an account."""
    return {"connected_account_id": account["connected_account_id"]}


def hits(fake, count, path=WEBVIEWS):
    """Make so many calls; returns for each whether it was hit."""
    drawn = []
    for _ in range(count):
        try:
            fake.call(path)
            drawn.append(False)
        except ApiError:
            drawn.append(True)
    return drawn


# By route


def test_a_route_that_ends_in_a_star_is_everything_below_it(fake, status_of):
    fake.faults.add("/connected_accounts/*", status=503, probability=1)
    account = named(fake.connect_account())

    assert status_of(ACCOUNTS) == 503
    assert status_of("/connected_accounts/get", account) == 503
    assert status_of("/connected_accounts/simulate/disconnect", account) == 503
    assert status_of(WEBVIEWS) == 200


def test_a_star_is_every_endpoint_of_seams(fake, status_of):
    fake.faults.add("*", status=503, probability=1)

    assert [status_of(path) for path in (ACCOUNTS, WEBVIEWS, "/workspaces/get")] == [503] * 3


def test_a_method_may_stand_before_a_star(fake, status_of):
    fake.faults.add("GET /connect_webviews/*", status=503, probability=1)

    assert status_of(WEBVIEWS, method="GET") == 503
    assert status_of(WEBVIEWS) == 200


def test_endpoints_of_the_fakes_own_are_never_hit(fake, browse):
    page = browse()
    fake.faults.add("*", status=503, probability=1)

    assert fake.connect_account()["errors"] == []
    assert fake.call("/health")["ok"] is True
    assert page.open()["status"] == 200


def test_every_path_is_the_documented_ones_and_no_other(fake, status_of):
    fake.faults.add("*", status=503, probability=1)

    assert status_of("/thermostats/list") == 503
    assert status_of("/nowhere") == 404


# By resource


def test_a_resource_is_hit_wherever_it_is_named(fake, status_of):
    jane, john = (fake.connect_account(email=f"{one}@example.com") for one in ("jane", "john"))
    fake.faults.add(resource=jane["connected_account_id"], status=503, probability=1)

    for path in ("/connected_accounts/get", "/devices/list", "/connected_accounts/delete"):
        assert status_of(path, named(jane)) == 503
    assert status_of("/devices/list", {"connected_account_ids": list(named(jane).values())}) == 503
    assert status_of("/devices/list", named(john)) == 200
    assert status_of(ACCOUNTS) == 200


def test_a_resource_may_be_what_the_api_returned(fake, status_of):
    jane = fake.connect_account()
    device, other = fake.call("/devices/list")["devices"][:2]
    fake.faults.add(resource=device, status=503)

    assert status_of("/devices/get", {"device_id": other["device_id"]}) == 200
    assert status_of("/connected_accounts/get", named(jane)) == 200
    assert status_of("/devices/get", {"device_id": device["device_id"]}) == 503


def test_a_webview_is_named_by_its_own_id_although_it_carries_its_accounts(fake, status_of):
    account = fake.connect_account()
    webview = fake.call(WEBVIEWS)["connect_webviews"][0]
    assert webview["connected_account_id"] == account["connected_account_id"]
    fake.faults.add(resource=webview, status=503)

    sent = {"connect_webview_id": webview["connect_webview_id"]}
    assert status_of("/connected_accounts/get", named(account)) == 200
    assert status_of("/connect_webviews/get", sent) == 503


def test_a_resource_of_the_sdk_is_named_by_its_id(fake):
    fake.connect_account()
    with fake.client() as seam:
        device = seam.devices.list()[0]

    fake.faults.add(resource=device, status=503)

    with pytest.raises(ApiError):
        fake.call("/devices/get", {"device_id": device.device_id})


def test_a_key_is_an_id_too(fake, status_of):
    space = fake.call("/spaces/create", {"name": "Hall", "space_key": "hall"})["space"]
    fake.faults.add(resource="hall", status=503, probability=1)

    assert status_of("/spaces/get", {"space_key": "hall"}) == 503
    assert status_of("/spaces/get", {"space_id": space["space_id"]}) == 200
    assert status_of("/spaces/create", {"name": "hall"}) == 200


def test_a_customer_named_in_a_list_is_hit(fake, status_of):
    fake.faults.add(resource="c1", status=503, probability=1)

    assert status_of("/customers/delete_data", {"customer_keys": ["c0", "c1"]}) == 503
    assert status_of("/customers/delete_data", {"customer_keys": ["c0"]}) == 200


def test_an_id_in_metadata_is_the_apps_own_text(fake, status_of):
    account_id = fake.connect_account()["connected_account_id"]
    fake.faults.add(resource=account_id, status=503)

    assert status_of(CREATE, {"custom_metadata": {"replaces_id": account_id}}) == 200
    assert status_of(ACCOUNTS, {"custom_metadata_has": {"replaces_id": account_id}}) == 200


def test_an_id_inside_of_an_object_is_named(fake, status_of):
    fake.faults.add(resource="c1", status=503)

    spaces = [{"space_key": "c1", "name": "Hall"}]
    assert status_of("/customers/push_data", {"customer_key": "c2"}) == 200
    assert status_of("/customers/push_data", {"customer_key": "c2", "spaces": spaces}) == 503


def test_a_resource_may_be_given_with_a_route(fake, status_of):
    account = named(fake.connect_account())
    fake.faults.add("/devices/*", resource=account, status=503)

    assert status_of("/connected_accounts/get", account) == 200
    assert status_of("/devices/list", account) == 503


def test_parameters_that_hold_themselves_name_nothing(fake, status_of):
    endless = {}
    endless["inside"] = endless
    fake.faults.add(resource="c1", status=503)

    assert status_of(CREATE, {"more": endless}) == 200


# By number and by chance


def test_the_first_requests_may_be_spared(fake):
    fake.faults.add(WEBVIEWS, status=503, after=2)

    assert hits(fake, 5) == [False, False, True, False, False]


def test_as_many_as_it_says_are_hit_after_those_that_are_spared(fake):
    fake.faults.add(WEBVIEWS, status=503, after=1, times=2)

    assert hits(fake, 5) == [False, True, True, False, False]


def test_a_probability_hits_without_end(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=1)

    assert hits(fake, 50) == [True] * 50


def test_a_probability_of_a_half_hits_about_half(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=0.5)

    assert 400 < sum(hits(fake, 1000)) < 600


def test_a_probability_may_be_bounded_by_times(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=0.5, times=3)

    assert sum(hits(fake, 50)) == 3


def test_the_same_seed_hits_the_same_requests():
    def drawn(seed):
        fake = FakeSeam(seed=seed, now="2026-01-01T00:00:00Z")
        fake.faults.add(WEBVIEWS, status=503, probability=0.3)
        return hits(fake, 40)

    assert drawn(7) == drawn(7)
    assert drawn(7) != drawn(8)


def test_two_faults_draw_apart(fake):
    fake.faults.add(WEBVIEWS, status=503, probability=0.5)
    fake.faults.add(ACCOUNTS, status=503, probability=0.5)

    assert hits(fake, 40, WEBVIEWS) != hits(fake, 40, ACCOUNTS)


def test_other_requests_do_not_shift_the_draws():
    quiet, busy = (FakeSeam(now="2026-01-01T00:00:00Z") for _ in range(2))
    for fake in (quiet, busy):
        fake.faults.add(WEBVIEWS, status=503, probability=0.5)
    drawn = []
    for _ in range(20):
        busy.call(ACCOUNTS)
        busy.connect_account()
        drawn += hits(busy, 1)

    assert drawn == hits(quiet, 20)


def test_the_fault_that_was_added_first_hits_first(fake, status_of):
    fake.faults.add(WEBVIEWS, status=503, after=1)
    fake.faults.add("*", status=429, times=2)

    assert [status_of(WEBVIEWS) for _ in range(4)] == [429, 503, 429, 200]
