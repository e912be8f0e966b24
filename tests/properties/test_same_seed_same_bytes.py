"""The same seed, moment and calls give the same bytes. Other workspaces change nothing."""

from __future__ import annotations

import itertools
import json
from dataclasses import asdict

from hypothesis import assume, example, given
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam
from fakeseam.api import implemented_endpoints
from tests.properties.effort import examples
from tests.properties.faulty_requests import faulty_requests_of, send
from tests.properties.worlds import NOW, STEPS, World, build, differences, dumped, take

SEEDS = st.integers(-(2**40), 2**40)
REFUSED = st.sampled_from([endpoint.path for endpoint in implemented_endpoints()]).flatmap(
    lambda path: st.sampled_from(faulty_requests_of(path))
)
MAKE, CONNECT = ("make", 0, 0, {}), ("connect", 0, 0, {})


def answers_of(world, steps):
    """The bytes of every response and every error, in order."""
    return [json.dumps(answer_of(world, step)).encode() for step in steps]


def answer_of(world, step):
    if isinstance(step, tuple):
        return take(world, step)
    try:
        return send(world, step)
    except ApiError as error:
        return error.body


def empty(seed, workspaces):
    """A world of workspaces in which nothing has happened."""
    fake = FakeSeam(seed=seed, now=NOW)
    others = [fake.create_workspace() for _ in range(workspaces - 1)]
    return World(fake, [fake.api_key, *(other.api_key for other in others)])


def receive(world):
    """Webhooks in two workspaces, whose receivers refuse every third delivery."""
    count = itertools.count()
    world.fake.webhooks.deliver_to(lambda delivery: 500 if next(count) % 3 == 0 else 200)
    for workspace, types in ((0, ["*"]), (1, ["*"]), (0, ["connected_account.connected"])):
        world.call("/webhooks/create", workspace, url="https://x.test", event_types=types)


def deliveries_of(world):
    """Everything about every delivery, as bytes."""
    return [json.dumps(asdict(one)).encode() for one in world.fake.webhooks]


def ids_in(answers):
    """Every value under a name that ends in ``_id``, but for the ids of requests."""
    return {
        value
        for answer in answers
        for name, value in pairs_of(json.loads(answer))
        if name.endswith("_id") and name != "request_id" and value is not None
    }


def pairs_of(value):
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name), inner if isinstance(inner, str) else None
            yield from pairs_of(inner)


@examples(1 / 3)
@given(seed=SEEDS, steps=st.lists(STEPS | REFUSED, max_size=12))
def test_the_same_calls_get_the_same_answers_and_leave_the_same_dump(seed, steps):
    one, two = build(seed=seed), build(seed=seed)

    assert differences(answers_of(one, steps), answers_of(two, steps)) == []
    assert differences(dumped(one.fake), dumped(two.fake)) == []
    assert differences(one.fake.events, two.fake.events) == []


@examples(1 / 5)
@given(seed=SEEDS, steps=st.lists(STEPS | st.sampled_from([1, 5, 300, 40_000]), max_size=10))
@example(seed=0, steps=[CONNECT, 5, CONNECT, 300, ("connect", 0, 1, {}), 40_000])
def test_the_same_calls_send_the_same_deliveries_to_the_byte(seed, steps):
    worlds = build(seed=seed), build(seed=seed)

    for world in worlds:
        receive(world)
        for step in steps:
            if isinstance(step, int):
                world.fake.clock.advance(step)
            else:
                take(world, step)

    one, two = worlds
    assert differences(deliveries_of(one), deliveries_of(two)) == []
    assert differences(dumped(one.fake), dumped(two.fake)) == []


@examples(1 / 2)
@given(
    seed=SEEDS,
    steps=st.lists(st.tuples(STEPS, st.lists(STEPS, min_size=1, max_size=2)), max_size=8),
)
@example(seed=0, steps=[(MAKE, [MAKE]), (CONNECT, [CONNECT])])
def test_another_workspaces_traffic_changes_no_answer(seed, steps):
    alone, shared = empty(seed, 1), empty(seed, 2)
    mine = [in_workspace(0, step) for step, _ in steps]

    quiet = answers_of(alone, mine)
    busy = []
    for step, noise in steps:
        answers_of(shared, [in_workspace(1, other) for other in noise])
        busy += answers_of(shared, [in_workspace(0, step)])

    assert differences(quiet, busy) == []


@examples(1 / 5)
@given(seeds=st.lists(SEEDS, min_size=2, max_size=2, unique=True), steps=st.lists(STEPS))
def test_two_seeds_and_two_workspaces_have_no_id_in_common(seeds, steps):
    one, two = empty(seeds[0], 2), empty(seeds[1], 1)

    first = ids_in(answers_of(one, [in_workspace(0, step) for step in steps]))
    second = ids_in(answers_of(one, [in_workspace(1, step) for step in steps]))
    third = ids_in(answers_of(two, [in_workspace(0, step) for step in steps]))
    assume(first)

    assert len(first) == len(second) == len(third)
    assert len(first | second | third) == 3 * len(first)


def in_workspace(workspace, step):
    verb, number, _, metadata = step
    return verb, number, workspace, metadata
