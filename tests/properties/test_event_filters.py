"""Any list of events, for any caller, is what a plain comprehension finds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from fakeseam import FakeSeam
from tests.properties.effort import examples

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"
BEGINNING, END = "2026-01-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"
# Filters by one value, and filters by any of several with the field that they look at.
ONE = (
    *("connected_account_id", "connect_webview_id", "customer_key", "device_id"),
    *("event_type", "space_id"),
)
ONE_OF = {
    "device_ids": "device_id",
    "event_ids": "event_id",
    "event_types": "event_type",
    "space_ids": "space_id",
}
NEVER_EMITTED = "access_code.created"


@dataclass
class Crowd:
    """``owner`` is the customer of a webview, an account or a space, ``seen`` what is listed in a
    session; ``callers`` are (customer, token), or the workspaces' keys."""

    fake: FakeSeam
    owner: dict = field(default_factory=dict)
    callers: dict = field(default_factory=dict)
    seen: dict = field(default_factory=dict)
    events: list = field(default_factory=list)

    def call(self, path, workspace=0, **params):
        return self.fake.call(path, params, token=self.callers[f"key {workspace}"][1])

    def connect(self, email, customer=None, workspace=0, provider="august"):
        """A login at a new webview, twenty seconds after what was before."""
        self.fake.clock.advance(20)
        mine = {} if customer is None else {"customer_key": customer}
        webview = self.call("/connect_webviews/create", workspace, **mine)["connect_webview"]
        account = self.fake.complete_connect_webview(webview, provider=provider, email=email)
        account_id = account["connected_account_id"]
        self.owner[webview["connect_webview_id"]] = customer
        self.owner.setdefault(account_id, customer)
        return account_id, webview["connect_webview_id"]

    def fail(self, customer=None):
        mine = {} if customer is None else {"customer_key": customer}
        webview = self.call("/connect_webviews/create", **mine)["connect_webview"]
        self.fake.fail_connect_webview(webview)
        self.owner[webview["connect_webview_id"]] = customer
        return webview["connect_webview_id"]

    def make_space(self, customer=None, **holding):
        mine = {} if customer is None else {"customer_key": customer}
        space = self.call("/spaces/create", name="Room", **mine, **holding)["space"]["space_id"]
        self.owner[space] = customer
        return space

    def devices(self, account_id):
        listed = self.call("/devices/list", connected_account_id=account_id)["devices"]
        return [device["device_id"] for device in listed]

    def give_session(self, name, customer=None, **listed):
        token = self.fake.create_client_session(customer_key=customer, **listed)
        (session,) = (
            one
            for one in self.call("/client_sessions/list")["client_sessions"]
            if one["token"] == token
        )
        self.callers[name] = (customer, token)
        self.seen[name] = {*session["connected_account_ids"], *session["connect_webview_ids"]}


@cache
def crowd():
    """Objects of two customers and of none, some deleted; and a second workspace."""
    fake = FakeSeam(now="2026-01-01T12:00:00Z")
    keys = (fake.api_key, fake.create_workspace().api_key)
    made = Crowd(fake, callers={f"key {n}": (None, key) for n, key in enumerate(keys)})
    plain, plain_webview = made.connect("jane@example.com")
    hotel, _ = made.connect("hotel@example.com", "hotel")
    villa, villa_webview = made.connect("villa@example.com", "villa", provider="nest")
    made.connect("jane@example.com", workspace=1)
    joined, joined_webview = made.connect("late@example.com")
    made.call("/connected_accounts/update", connected_account_id=joined, customer_key="hotel")
    made.owner[joined] = "hotel"
    failed, _ = made.fail(), made.fail("villa")
    room = made.make_space("hotel", device_ids=made.devices(hotel)[:1])
    made.make_space("villa", connected_account_ids=[villa])
    made.make_space()
    fake.disconnect_account(hotel)
    made.call("/devices/simulate/disconnect", device_id=made.devices(plain)[0])
    made.connect("hotel@example.com", "hotel")
    deleted = set()
    for customer in ("hotel", "villa"):
        gone, _ = made.connect(f"gone-{customer}@example.com", customer)
        made.call("/connected_accounts/delete", connected_account_id=gone)
        deleted.add(gone)
    made.call("/spaces/delete", space_id=room)
    made.give_session("deleted")
    (session, *_) = made.call("/client_sessions/list")["client_sessions"]
    made.call("/client_sessions/delete", client_session_id=session["client_session_id"])
    del made.callers["deleted"], made.seen["deleted"]
    made.give_session("blind")
    made.give_session("by account", connected_account_ids=[plain, hotel])
    made.give_session("by webview", connect_webview_ids=[villa_webview, failed])
    made.give_session("hotel", "hotel")
    more = {"connected_account_ids": [plain, villa], "connect_webview_ids": [failed]}
    made.give_session("hotel with more", "hotel", **more)
    made.give_session("villa", "villa", connect_webview_ids=[plain_webview, joined_webview])
    # A deleted account has taken its events along, but for those of its deletion.
    made.events = [
        event
        for event in fake.events
        if event.get("connected_account_id") not in deleted
        or event["event_type"] in ("connected_account.deleted", "device.deleted")
    ]
    return made


# The model


def sees(made, name, event):
    """Whether the caller sees the event at all."""
    if name.startswith("key"):
        return (event["workspace_id"] == made.fake.workspace_id) is (name == "key 0")
    customer, _ = made.callers[name]
    about = {event.get(one) for one in ("connected_account_id", "connect_webview_id", "space_id")}
    listed = bool(about & made.seen[name])
    owners = {made.owner.get(one) for one in about} - {None}
    if customer is None or not owners:
        return listed
    return owners == {customer}


def expected(made, name, sent):
    """The ids of the events that a plain look through all of them finds."""
    after, before = sent.get("between") or (sent["since"], "9999")
    found = [
        event["event_id"]
        for event in made.events
        if after < event["created_at"] < before
        and all(event.get(one) == sent[one] for one in ONE if one in sent)
        and all(event.get(ONE_OF[some]) in sent[some] for some in ONE_OF if some in sent)
        and sees(made, name, event)
    ]
    first = sent.get("unstable_offset", 0)
    return found[first:first + sent.get("limit", 500)]


# Requests


@st.composite
def requests(draw):
    """A caller, and filters mostly by what some event has, so that they find something."""
    made = crowd()
    name = draw(st.sampled_from(sorted(made.callers)))
    wanted = draw(st.sets(st.sampled_from([*ONE, *ONE_OF]), max_size=3))
    near = draw(st.sampled_from(made.events))  # what all filters may be about
    sent = {one: draw(value(made, one, near)) for one in wanted if one in ONE}
    for some in wanted - sent.keys():
        one = value(made, ONE_OF[some], near)
        sent[some] = draw(st.lists(one, max_size=4))
    moments = [BEGINNING, *(event["created_at"] for event in made.events), END]
    if draw(st.booleans()):
        sent["since"] = draw(st.sampled_from([BEGINNING, *moments[:-1]]))
    else:
        pair = st.lists(st.sampled_from(moments), min_size=2, max_size=2, unique=True)
        sent["between"] = sorted(draw(pair))
    for cut in draw(st.sets(st.sampled_from(["limit", "unstable_offset"]))):
        sent[cut] = draw(st.integers(1, 9))
    return name, sent


def value(made, name, near):
    others = sorted({event[name] for event in made.events if name in event})
    wrong = NEVER_EMITTED if name == "event_type" else UNKNOWN
    choices = [st.sampled_from([*others, wrong])]
    return st.one_of(st.just(near[name]), *choices) if name in near else st.one_of(*choices)


@examples()
@given(requests())
def test_a_list_of_events_is_what_a_plain_look_through_all_finds(request):
    name, sent = request
    made = crowd()
    _, token = made.callers[name]

    body = made.fake.call("/events/list", sent, token=token)

    assert [event["event_id"] for event in body["events"]] == expected(made, name, sent)
    by_id = {event["event_id"]: event for event in made.events}
    assert body["events"] == [by_id[event["event_id"]] for event in body["events"]]


@examples()
@given(st.sampled_from(sorted(ONE_OF)), st.data())
def test_one_filter_by_several_values_finds_what_has_any_of_them(some, data):
    made = crowd()
    every = sorted({event[ONE_OF[some]] for event in made.events if ONE_OF[some] in event})
    several = data.draw(st.lists(st.sampled_from(every), min_size=2, max_size=8))
    sent = {"since": BEGINNING, some: several}

    for name, (_, token) in made.callers.items():
        events = made.fake.call("/events/list", sent, token=token)["events"]
        assert [event["event_id"] for event in events] == expected(made, name, sent), name


def test_every_caller_of_the_model_sees_something_and_none_sees_all():
    made = crowd()
    seen = {name: len(expected(made, name, {"since": BEGINNING})) for name in made.callers}

    assert seen.pop("blind") == 0
    assert all(0 < number < len(made.events) for number in seen.values())
    assert {name for event in made.events for name in event} >= {*ONE}
