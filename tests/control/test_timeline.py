"""The timeline: what happened, in order, with the changes of each entry."""

from __future__ import annotations

import pytest

from fakeseam import ApiError, FakeSeam, MisuseError

CREATE = "/connect_webviews/create"
HOOK = "https://app.example.com/seam"


@pytest.fixture
def fake():
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        yield fake


def entries(fake):
    """The timeline over the control API, as (what, changes)."""
    timeline = fake.call("/_fakeseam/timeline", method="GET")["timeline"]
    return [(one["what"], one["changes"]) for one in timeline]


def test_a_new_fake_has_an_empty_timeline(fake):
    assert entries(fake) == []
    assert fake.timeline() == ""


def test_a_call_shows_what_it_created(fake):
    webview = fake.call(CREATE, {"custom_metadata": {"user": "u1"}})["connect_webview"]

    made = f"connect_webview {webview['connect_webview_id']}: absent -> pending"
    assert entries(fake) == [
        ("200 POST /connect_webviews/create", [f'{made}; custom_metadata {{"user": "u1"}}'])
    ]


@pytest.mark.parametrize("name", ["custom_redirect_url", "custom_redirect_failure_url"])
def test_a_redirect_target_that_is_no_url_is_accepted_and_named(fake, name):
    webview = fake.call(CREATE, {name: "not a url"})["connect_webview"]

    assert webview[name] == "not a url"
    (_, (change,)), *_ = entries(fake)
    assert change == (
        f"connect_webview {webview['connect_webview_id']}: absent -> pending; the page will not"
        f" redirect to {name} 'not a url': it does not begin with a scheme such as https://"
    )


def test_a_login_shows_transitions_and_events(fake):
    webview_id = fake.call(CREATE)["connect_webview"]["connect_webview_id"]
    account = fake.complete_connect_webview(webview_id, devices=[])

    what, changes = entries(fake)[-1]

    account_id = account["connected_account_id"]
    assert what == f"complete_connect_webview(connect_webview_id={webview_id!r}, devices=...)"
    assert f"connect_webview {webview_id}: pending -> authorized" in changes
    assert f"connected_account {account_id}: absent -> connected" in changes
    assert f"event connected_account.created of {account_id}" in changes


def test_disconnecting_and_reconnecting_are_shown(fake):
    account = fake.connect_account(custom_metadata={"user": "u1"}, devices=[])
    fake.disconnect_account(account)
    fake.reconnect_account(account, custom_metadata={"user": "u2"})

    changes = [changes for _, changes in entries(fake)]

    name = f"connected_account {account['connected_account_id']}"
    assert f'{name}: connected -> disconnected; errors ["account_disconnected"]' in changes[1]
    reconnected = f'{name}: disconnected -> connected; custom_metadata {{"user": "u2"}}; errors []'
    assert reconnected in changes[2]


def test_a_refused_call_shows_why_and_changes_nothing(fake):
    with pytest.raises(ApiError):
        fake.call(CREATE, {"custom_metadata": {"user": 1}})
    with pytest.raises(ApiError):
        fake.call("/nowhere")

    assert entries(fake) == [
        ("400 POST /connect_webviews/create (invalid_input)", []),
        ("404 POST /nowhere (not_found)", []),
    ]


def test_a_fault_is_shown_as_one(fake):
    fake.faults.add(CREATE, status=503)
    with pytest.raises(ApiError):
        fake.call(CREATE)

    assert entries(fake)[-1] == ("503 POST /connect_webviews/create (fault: 503)", [])


def test_deliveries_and_their_attempts_are_shown(fake):
    statuses = [500, 200]
    fake.webhooks.deliver_to(lambda delivery: statuses.pop(0))
    fake.call("/webhooks/create", {"url": HOOK, "event_types": ["connected_account.created"]})

    account_id = fake.connect_account(devices=[])["connected_account_id"]
    fake.clock.advance(5)

    lines = [(what.partition("(")[0], changes) for what, changes in entries(fake)[1:]]
    created = f"event connected_account.created of {account_id}, queued for {HOOK}"
    assert created in lines[0][1]
    assert lines[1:] == [
        (f"500 from {HOOK} for connected_account.created", []),
        ("clock/advance", []),
        (
            f"200 from {HOOK} for connected_account.created",
            [f"delivery to {HOOK}: waiting -> delivered"],
        ),
    ]


def test_reading_is_not_in_the_timeline(fake):
    fake.call("/_fakeseam/inspect")
    fake.call("/_fakeseam/webhooks/deliveries")
    fake.call("/health")
    fake.timeline()

    assert entries(fake) == []


def test_a_deleted_account_is_shown(fake):
    account_id = fake.connect_account(devices=[])["connected_account_id"]

    fake.call("/connected_accounts/delete", {"connected_account_id": account_id})

    _, changes = entries(fake)[-1]
    assert f"connected_account {account_id}: connected -> absent" in changes


def test_the_last_thousand_entries_of_the_timeline_are_kept(fake):
    for _ in range(1001):
        fake.call(CREATE)

    assert len(entries(fake)) == 1000


def test_as_text_it_has_times_and_indented_changes(fake):
    webview_id = fake.call(CREATE)["connect_webview"]["connect_webview_id"]

    assert fake.timeline() == (
        "2026-01-01T00:00:00.000Z  200 POST /connect_webviews/create\n"
        f"                          connect_webview {webview_id}: absent -> pending"
    )


def test_a_line_stays_a_line_whatever_a_path_holds(fake):
    with pytest.raises(ApiError):
        fake.call("/no\nwhere\x1b[31m\ud800")

    assert fake.timeline() == (
        "2026-01-01T00:00:00.000Z  404 POST /no\\nwhere\\x1b[31m\\ud800 (not_found)"
    )


def test_restoring_keeps_the_timeline_and_a_reset_clears_it(fake):
    snapshot = fake.snapshot()
    fake.call(CREATE)

    fake.restore(snapshot)
    assert len(entries(fake)) == 1
    fake.reset()
    assert entries(fake) == []


def test_a_control_call_that_is_refused_is_shown_as_such(fake):
    with pytest.raises(MisuseError):
        fake.faults.add("/devices/lst", status=503)

    ((what, changes),) = entries(fake)
    assert what.startswith("faults/add(route='/devices/lst', status=503")
    assert " refused: no endpoint matches '/devices/lst'; nearest: /devices/list" in what
    assert changes == []


def test_a_delivery_to_another_host_is_shown_as_not_sent(fake):
    fake.call("/webhooks/create", {"url": HOOK, "event_types": ["connected_account.created"]})
    fake.connect_account(devices=[])

    assert entries(fake)[-1][0] == (
        f"not sent to {HOOK}, which is not on this machine: connected_account.created"
        " (see webhooks.allow and .deliver_to)"
    )


def test_a_misspelled_control_path_is_no_request_of_the_apps(fake):
    with pytest.raises(ApiError):
        fake.call("/_fakeseam/fault/add")

    assert (len(fake.requests), entries(fake)) == (0, [])


def test_an_endless_line_is_cut(fake):
    with pytest.raises(ApiError):
        fake.call("/" + "x" * 100_000)

    assert len(fake.timeline()) < 1100


def test_hostile_text_is_escaped_wherever_it_is_shown(fake):
    fake.strict = True
    with pytest.raises(ApiError):
        fake.call("/no\n\x1b[31m\ud800")

    for fails in (
        lambda: fake.requests.assert_called("/devices/list"),
        fake.assert_nothing_unexpected,
    ):
        with pytest.raises(AssertionError) as caught:
            fails()
        assert "/no\\n\\x1b[31m\\ud800" in str(caught.value)
        str(caught.value).encode("utf-8")
    fake.strict = False  # or leaving the fixture raises it again
