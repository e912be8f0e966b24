"""Assertions find what a list comprehension finds, also when requests were dropped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam, MisuseError
from tests.properties.effort import examples

LIST, CREATE = "/connect_webviews/list", "/connect_webviews/create"
METADATA = st.dictionaries(st.sampled_from("ab"), st.sampled_from(["1", "2", True]), max_size=2)
# Paths, methods and parameters that are often the same.
CALLS = st.tuples(
    st.sampled_from([LIST, CREATE]),
    st.sampled_from(["POST", "GET"]),
    st.fixed_dictionaries({}, optional={"custom_metadata": METADATA, "limit": st.just(1)}),
)
ROUTES = st.sampled_from([LIST, CREATE, f"GET {LIST}", f"POST {LIST}", f"POST {CREATE}"])
PARAMS = {LIST: {"limit"}, CREATE: {"custom_metadata"}}
TIMES = st.none() | st.integers(1, 4)


def outcome_of(assertion, *args, **params):
    """What it returned, or "unsure", "failed", or "misuse" for what cannot happen."""
    try:
        return assertion(*args, **params)
    except MisuseError:
        return "misuse"
    except AssertionError as failed:
        return "unsure" if str(failed).startswith("Cannot verify that") else "failed"


def expected(found, times, has_dropped):
    """The outcome of an assertion, by the number of matches."""
    if times is None:
        return found[0] if found else "failed"
    if len(found) > times:
        return "failed"
    if has_dropped:
        return "unsure"
    return found[0] if len(found) == times else "failed"


@examples()
@given(st.lists(CALLS, max_size=12), st.integers(1, 8), ROUTES, CALLS, TIMES)
def test_on_requests(calls, size, route, like, times):
    with FakeSeam(request_log_size=size) as fake:
        for path, method, params in calls:
            try:
                fake.call(path, params, method=method)
            except ApiError:
                pass  # logged all the same
        kept = list(zip(calls[-size:], fake.requests, strict=True))
        wanted_method, _, wanted_path = route.rpartition(" ")
        _, _, wanted = like
        found = [
            request
            for (path, method, params), request in kept
            if path == wanted_path
            and wanted_method in ("", method)
            and all(name in params and params[name] == wanted[name] for name in wanted)
        ]
        has_dropped = len(calls) > size

        assert fake.requests.filter(route, **wanted) == found
        sent = {name for path, _, params in calls if path == wanted_path for name in params}
        if not has_dropped and not wanted.keys() <= PARAMS[wanted_path] | sent:
            assert outcome_of(fake.requests.assert_called, route, **wanted) == "misuse"
            assert outcome_of(fake.requests.assert_not_called, route, **wanted) == "misuse"
            return
        outcome = outcome_of(fake.requests.assert_called, route, times=times, **wanted)
        assert outcome == expected(found, times, has_dropped)
        outcome = outcome_of(fake.requests.assert_not_called, route, **wanted)
        assert outcome == ("failed" if found else "unsure" if has_dropped else None)
        outcome = outcome_of(fake.requests.wait_for, route, times=times or 1, timeout=0, **wanted)
        enough = len(found) >= (times or 1)
        assert outcome == (found[(times or 1) - 1] if enough else "failed")


FIELDS = st.sets(
    st.sampled_from(
        [
            "workspace_id",
            "connected_account_id",
            "device_id",
            "event_id",
            "connected_account_custom_metadata",
        ]
    ),
    max_size=2,
)


@examples()
@given(
    st.lists(st.tuples(st.sampled_from(["connect", "disconnect", "later"]), st.integers(0, 1))),
    st.integers(0, 99),
    st.booleans(),
    FIELDS,
    TIMES,
)
def test_on_events_and_deliveries(steps, place, is_typed, names, times):
    with FakeSeam(now="2026-01-01T00:00:00Z") as fake:
        workspaces = [fake.workspace_id, fake.create_workspace().workspace_id]
        fake.call("/webhooks/create", {"url": "https://a.test", "event_types": ["*"]})
        accounts = [fake.connect_account("minut", workspace_id=one) for one in workspaces]
        for step, number in steps:
            if step == "connect":
                fake.connect_account("minut", workspace_id=workspaces[number])
            elif step == "disconnect":
                fake.disconnect_account(accounts[number])
            else:
                fake.clock.advance(1)
        events, deliveries = list(fake.events), list(fake.webhooks)
        model = events[place % len(events)]
        event_type = model["event_type"] if is_typed else "device.removed"
        fields = {name: model[name] for name in names if name in model}

        def matches(event):
            same = all(name in event and event[name] == fields[name] for name in fields)
            return same and event["event_type"] == event_type

        found = [event for event in events if matches(event)]
        assert fake.events.filter(event_type, **fields) == found
        outcome = outcome_of(fake.events.assert_emitted, event_type, times=times, **fields)
        assert outcome == expected(found, times, has_dropped=False)
        outcome = outcome_of(fake.events.assert_not_emitted, event_type, **fields)
        assert outcome == ("failed" if found else None)

        sent = [one for one in deliveries if matches(one.event)]
        assert [one.event for one in sent] == [
            event for event in found if event["workspace_id"] == fake.workspace_id
        ]
        assert fake.webhooks.filter(event_type, **fields) == sent
        outcome = outcome_of(fake.webhooks.assert_sent, event_type, times=times, **fields)
        assert outcome == expected(sent, times, has_dropped=False)
