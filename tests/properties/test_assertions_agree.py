"""Assertions say what a list comprehension over the same things says, also at the edge."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam, MisuseError

LIST, CREATE = "/connect_webviews/list", "/connect_webviews/create"
METADATA = st.dictionaries(st.sampled_from("ab"), st.sampled_from(["1", "2", True]), max_size=2)
# Paths, methods and parameters that are often the same.
CALLS = st.tuples(
    st.sampled_from([LIST, CREATE]),
    st.sampled_from(["POST", "GET"]),
    st.fixed_dictionaries({}, optional={"custom_metadata": METADATA, "limit": st.just(1)}),
)
ROUTES = st.sampled_from([LIST, CREATE, f"GET {LIST}", f"POST {LIST}", f"POST {CREATE}"])
TAKES = {LIST: {"limit"}, CREATE: {"custom_metadata"}}
TIMES = st.none() | st.integers(1, 4)


def outcome_of(assertion, *args, **params):
    """What it returned, "cannot tell", "failed", or "slip" for what cannot come."""
    try:
        return assertion(*args, **params)
    except MisuseError:
        return "slip"
    except AssertionError as failed:
        return "cannot tell" if str(failed).startswith("cannot tell whether") else "failed"


def expected(found, times, is_edged):
    """What is to come of an assertion, by the number of those that fit."""
    if times is None:
        return found[0] if found else "failed"
    if len(found) > times:
        return "failed"
    if is_edged:
        return "cannot tell"
    return found[0] if len(found) == times else "failed"


@settings(deadline=None)
@given(st.lists(CALLS, max_size=12), st.integers(1, 8), ROUTES, CALLS, TIMES)
def test_on_requests(calls, size, route, like, times):
    with FakeSeam(journal_size=size) as fake:
        for path, method, params in calls:
            try:
                fake.call(path, params, method=method)
            except ApiError:
                pass  # asked all the same
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
        is_edged = len(calls) > size

        assert fake.requests.filter(route, **wanted) == found
        sent = {name for path, _, params in calls if path == wanted_path for name in params}
        if not is_edged and not wanted.keys() <= TAKES[wanted_path] | sent:
            assert outcome_of(fake.requests.assert_called, route, **wanted) == "slip"
            assert outcome_of(fake.requests.assert_not_called, route, **wanted) == "slip"
            return
        said = outcome_of(fake.requests.assert_called, route, times=times, **wanted)
        assert said == expected(found, times, is_edged)
        said = outcome_of(fake.requests.assert_not_called, route, **wanted)
        assert said == ("failed" if found else "cannot tell" if is_edged else None)
        said = outcome_of(fake.requests.wait_for, route, times=times or 1, timeout=0, **wanted)
        enough = len(found) >= (times or 1)
        assert said == (found[(times or 1) - 1] if enough else "failed")


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


@settings(deadline=None)
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

        def fits(event):
            same = all(name in event and event[name] == fields[name] for name in fields)
            return same and event["event_type"] == event_type

        found = [event for event in events if fits(event)]
        assert fake.events.filter(event_type, **fields) == found
        said = outcome_of(fake.events.assert_emitted, event_type, times=times, **fields)
        assert said == expected(found, times, is_edged=False)
        said = outcome_of(fake.events.assert_not_emitted, event_type, **fields)
        assert said == ("failed" if found else None)

        sent = [one for one in deliveries if fits(one.event)]
        assert [one.event for one in sent] == [
            event for event in found if event["workspace_id"] == fake.workspace_id
        ]
        assert fake.webhooks.filter(event_type, **fields) == sent
        said = outcome_of(fake.webhooks.assert_sent, event_type, times=times, **fields)
        assert said == expected(sent, times, is_edged=False)
