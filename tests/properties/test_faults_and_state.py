"""A fault never corrupts the state, and with the same seed the same faults hit the same calls."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from fakeseam import ApiError, BrokenResponse, FakeSeam
from tests.properties.effort import examples

NOW = "2026-01-01T12:00:00Z"
SEEDS = st.integers(0, 2**32)
ROUTES = (
    "*",
    "/connect_webviews/*",
    "/connected_accounts/*",
    "POST /connect_webviews/create",
    "/connected_accounts/update",
    "/connected_accounts/delete",
    "/devices/list",
)
STATUS = st.sampled_from([{"status": code} for code in (404, 429, 500, 503)])
KIND = st.sampled_from([{"kind": it} for it in ("reset", "timeout", "garbage", "truncated")])
LATE = st.sampled_from([{"latency": seconds} for seconds in (0.25, 7, 4000)])
FAULTS = st.builds(
    lambda route, what, more: {"route": route, **what, **more},
    st.sampled_from(ROUTES),
    st.one_of(STATUS, KIND, LATE, st.builds(lambda one, two: {**one, **two}, STATUS, LATE)),
    st.fixed_dictionaries(
        {},
        optional={
            "when": st.sampled_from(["before", "after"]),
            "times": st.integers(1, 4),
            "after": st.integers(0, 3),
            "probability": st.sampled_from([0.2, 0.5, 1]),
        },
    ),
)
# (what is called, with which of the existing objects)
CALLS = st.tuples(
    st.sampled_from(
        ["create", "refused", "update", "delete", "delete webview", "break", "list", "hook"]
    ),
    st.integers(0, 3),
)
# What is no call of the app's: a user signs in, time passes.
OTHERS = st.tuples(st.sampled_from(["sign in", "wait"]), st.integers(0, 3))
STORY = st.lists(CALLS | OTHERS, max_size=15)

SIGN_IN, DELETE = ("sign in", 0), ("delete", 0)
LOST = {"route": "*", "kind": "reset", "probability": 1, "when": "after"}
PREVENTED = {"route": "*", "status": 503, "probability": 1}


def call_of(fake, what, which):
    """The path and the parameters of a call, made of what there is."""
    if what == "create":
        return "/connect_webviews/create", {"custom_metadata": {"n": str(which)}}
    if what == "refused":
        return "/connect_webviews/create", {"provider_category": "no such"}
    if what == "list":
        return "/devices/list", {"limit": 1 + which}
    if what == "hook":
        return "/webhooks/create", {"url": f"https://app.test/{which}", "event_types": ["*"]}
    if what == "delete webview":
        return "/connect_webviews/delete", {"connect_webview_id": webview(fake, which)}
    account = {"connected_account_id": account_id(fake, which)}
    if what == "update":
        return "/connected_accounts/update", {**account, "custom_metadata": {"n": str(which)}}
    if what == "break":
        return "/connected_accounts/simulate/disconnect", account
    return "/connected_accounts/delete", account


def account_id(fake, which):
    ids = [one["connected_account_id"] for one in fake.events if "connected_account_id" in one]
    return ids[which % len(ids)] if ids else "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def webview(fake, which):
    ids = [one["connect_webview_id"] for one in fake.events if "connect_webview_id" in one]
    return ids[which % len(ids)] if ids else "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


def do(fake, step):
    """What is no call of the app's."""
    what, which = step
    if what == "sign in":
        fake.connect_account(email=f"user{which}@example.com")
    else:
        fake.clock.advance(which)


def outcome_of(fake, path, params):
    """What the app sees of a call."""
    try:
        return fake.call(path, params)
    except ApiError as error:
        return str(error)
    except BrokenResponse as broken:
        return broken.kind


def fault_that_hit(fake, plan, counts):
    """The fault that hit since the last look, if any."""
    now = [fault.hits for fault in fake.faults]
    found = [how for how, before, after in zip(plan, counts, now, strict=True) if after > before]
    counts[:] = now
    assert len(found) <= 1
    return found[0] if found else None


def lived(seed, plan, story):
    """A fake that lived through a story under faults; what the app saw, and which faults hit."""
    fake = FakeSeam(seed=seed, now=NOW)
    for how in plan:
        fake.faults.add(**how)
    counts = [0] * len(plan)
    seen = []
    for step in story:
        if step[0] in ("sign in", "wait"):
            do(fake, step)
            continue
        outcome = outcome_of(fake, *call_of(fake, *step))
        seen.append((outcome, fault_that_hit(fake, plan, counts)))
    fake.faults.clear()
    return fake, seen


def executed(seed, story, seen):
    """A fake that lived through those calls of the story that were really executed."""
    fake = FakeSeam(seed=seed, now=NOW)
    faults = iter(seen)
    for step in story:
        if step[0] in ("sign in", "wait"):
            do(fake, step)
            continue
        _, fault = next(faults)
        call = call_of(fake, *step)
        is_broken = fault is not None and ("status" in fault or "kind" in fault)
        if not is_broken or fault.get("when") == "after":
            outcome_of(fake, *call)
        if fault is not None and "latency" in fault:
            fake.clock.advance(fault["latency"])
    return fake


@examples()
@given(seed=SEEDS, plan=st.lists(FAULTS, max_size=4), story=STORY)
@example(seed=0, plan=[LOST], story=[SIGN_IN, DELETE, SIGN_IN, DELETE])
@example(seed=0, plan=[PREVENTED], story=[SIGN_IN, DELETE, SIGN_IN, ("create", 0)])
@example(seed=0, plan=[{"route": "*", "latency": 7}], story=[("hook", 0), SIGN_IN, ("break", 0)])
def test_faults_leave_what_the_executed_calls_left(seed, plan, story):
    fake, seen = lived(seed, plan, story)
    other = executed(seed, story, seen)

    assert fake.snapshot() == other.snapshot()
    assert list(fake.events) == list(other.events)
    assert fake.clock.now == other.clock.now
    after = [outcome_of(one, *call_of(one, "create", 0)) for one in (fake, other)]
    assert [answer["connect_webview"]["connect_webview_id"] for answer in after] == [
        after[0]["connect_webview"]["connect_webview_id"]
    ] * 2


@examples()
@given(seed=SEEDS, plan=st.lists(FAULTS, min_size=1, max_size=4), story=STORY)
def test_with_the_same_seed_faults_hit_the_same_calls(seed, plan, story):
    assert lived(seed, plan, story)[1] == lived(seed, plan, story)[1]


@examples()
@given(seed=SEEDS, plan=st.lists(FAULTS, min_size=1, max_size=4), story=STORY)
def test_a_call_that_no_fault_hits_has_its_usual_response(seed, plan, story):
    fake, seen = lived(seed, plan, story)

    for outcome, fault in seen:
        if fault is not None and "kind" in fault:
            assert outcome == fault["kind"]
        elif fault is not None and "status" in fault:
            assert outcome.startswith(f"{fault['status']} ")
        else:
            assert isinstance(outcome, dict) or outcome[:3] in ("400", "404")
    fake.assert_nothing_unexpected()
