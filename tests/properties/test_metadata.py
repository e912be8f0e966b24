"""What is kept of ``custom_metadata``, what is refused, and what a filter finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from fakeseam import ApiError, FakeSeam
from tests.properties.effort import examples

KEYS = st.text(max_size=12).filter(lambda key: "." not in key)
VALUES = st.one_of(st.none(), st.booleans(), st.sampled_from(["", "true", "x", " x"]), st.text())
PAYLOADS = st.dictionaries(KEYS, VALUES, max_size=6)

# Few keys and values, so that filters often meet what is stored.
COMMON_KEYS = st.sampled_from(["a", "b", "A", ""])
COMMON_VALUES = st.sampled_from(["", "x", "X", "true", "false", True, False, None])
COMMON = st.dictionaries(COMMON_KEYS, COMMON_VALUES, max_size=3)

# Characters of one and of two UTF-16 units, and texts on both sides of every limit.
LETTERS = st.sampled_from("k\N{LATIN SMALL LETTER E WITH ACUTE}\N{DOOR}")
NEAR_KEYS = st.builds(
    lambda letter, length, tail: letter * length + tail,
    LETTERS,
    st.sampled_from([1, 19, 20, 21, 39, 40, 41]),
    st.sampled_from(["", "-", "."]),
)
NEAR_VALUES = st.one_of(
    VALUES,
    st.builds(lambda letter, n: letter * n, LETTERS, st.sampled_from([249, 250, 251, 500, 501])),
    st.sampled_from([0, 1, 1.5, [], ["x"], {}, {"x": "y"}]),
)
MANY = st.integers(48, 52).map(lambda count: {f"key{n}": n % 2 == 0 or None for n in range(count)})
NEAR_LIMITS = st.one_of(st.dictionaries(NEAR_KEYS, NEAR_VALUES, max_size=3), MANY)


def without_blanks(payload):
    left = dict(payload)
    for key in payload:
        if payload[key] is None or payload[key] == "":
            del left[key]
    return left


def exactly(metadata):
    """With types and order: in Python ``True == 1`` and dicts have no order to compare."""
    return [(key, type(value), value) for key, value in metadata.items()]


def create(fake, payload):
    sent = {"custom_metadata": payload}
    return fake.call("/connect_webviews/create", sent)["connect_webview"]


def account_metadata(fake, account_id):
    sent = {"connected_account_id": account_id}
    return fake.call("/connected_accounts/get", sent)["connected_account"]["custom_metadata"]


@examples()
@given(payload=PAYLOADS, later=PAYLOADS)
def test_what_is_kept_is_the_payload_without_its_blanks(payload, later):
    fake = FakeSeam()
    webview = create(fake, payload)
    account_id = fake.complete_connect_webview(webview)["connected_account_id"]
    assert exactly(webview["custom_metadata"]) == exactly(without_blanks(payload))
    assert exactly(account_metadata(fake, account_id)) == exactly(without_blanks(payload))

    sent = {"connected_account_id": account_id, "custom_metadata": later}
    fake.call("/connected_accounts/update", sent)

    assert exactly(account_metadata(fake, account_id)) == exactly(without_blanks(later))
    sent = {"connect_webview_id": webview["connect_webview_id"]}
    kept = fake.call("/connect_webviews/get", sent)["connect_webview"]
    assert exactly(kept["custom_metadata"]) == exactly(without_blanks(payload))


@examples()
@given(
    blank=st.sampled_from(["clear", "keep"]),
    update=st.sampled_from(["replace", "merge"]),
    steps=st.lists(st.tuples(st.sampled_from(["login", "update"]), COMMON), max_size=6),
)
@example(blank="keep", update="replace", steps=[("update", {"a": "x"}), ("login", {"a": None})])
@example(blank="clear", update="merge", steps=[("update", {"a": "x"}), ("update", {"a": ""})])
def test_the_rules_decide_what_a_login_and_an_update_leave(blank, update, steps):
    fake = FakeSeam(blank_metadata_on_reconnect=blank, metadata_update=update)
    account = fake.connect_account(email="jane@example.com")
    expected = {}

    for step, payload in steps:
        left = without_blanks(payload)
        if step == "login":
            fake.complete_connect_webview(create(fake, payload), email="jane@example.com")
            expected = expected if blank == "keep" and not left else left
        else:
            sent = {"connected_account_id": account["connected_account_id"]}
            fake.call("/connected_accounts/update", {**sent, "custom_metadata": payload})
            expected = without_blanks({**expected, **payload}) if update == "merge" else left

    assert account_metadata(fake, account["connected_account_id"]) == expected


def units(text):
    """A length as JavaScript counts: two for a character outside of the basic plane."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)


def fits(payload):
    return len(payload) <= 50 and all(
        units(key) <= 40
        and "." not in key
        and (value is None or type(value) in (bool, str))
        and units(value if isinstance(value, str) else "") <= 500
        for key, value in payload.items()
    )


@examples(3)
@given(payload=NEAR_LIMITS)
def test_a_payload_beyond_a_limit_is_refused_and_one_within_is_not(payload):
    fake = FakeSeam()
    account = fake.connect_account(custom_metadata={"before": "x"})
    before = fake.snapshot()
    sent = {"connected_account_id": account["connected_account_id"], "custom_metadata": payload}

    for path in ("/connect_webviews/create", "/connected_accounts/update"):
        try:
            fake.call(path, sent)
        except ApiError as error:
            assert not fits(payload)
            assert (error.status, error.type) == (400, "invalid_input")
            assert set(error.validation_errors) == {"_errors", "custom_metadata"}
            assert fake.snapshot() == before
        else:
            assert fits(payload)


def has(metadata, wanted):
    """By hand: "" matches all, null a missing key, the rest a value of the same type."""
    for key, value in wanted.items():
        if value == "":
            continue
        if value is None and key in metadata:
            return False
        if value is not None and exactly({key: value}) != exactly(
            {key: metadata[key]} if key in metadata else {}
        ):
            return False
    return True


@examples()
@given(
    stored=st.lists(st.tuples(COMMON, COMMON | st.none()), max_size=8),
    wanted=COMMON,
)
@example(stored=[({"a": True}, None), ({"a": "true"}, None), ({}, None)], wanted={"a": True})
@example(stored=[({"a": True}, {"b": "x"}), ({}, None)], wanted={"a": None})
def test_a_filter_finds_what_a_search_by_hand_finds(stored, wanted):
    fake = FakeSeam()
    for number, (payload, later) in enumerate(stored):
        email = f"user{number}@example.com"
        account = fake.complete_connect_webview(create(fake, payload), email=email)
        if later is not None:
            sent = {"connected_account_id": account["connected_account_id"]}
            fake.call("/connected_accounts/update", {**sent, "custom_metadata": later})

    for kind in ("connect_webviews", "connected_accounts"):
        everything = fake.call(f"/{kind}/list")[kind]
        found = fake.call(f"/{kind}/list", {"custom_metadata_has": wanted})[kind]

        assert len(everything) == len(stored)
        assert found == [one for one in everything if has(one["custom_metadata"], wanted)]
