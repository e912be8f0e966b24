"""Every brand's documented sandbox login, typed in step by step, ends with its account."""

from __future__ import annotations

import pytest

MAIL = {"email": "jane@example.com", "password": "1234"}
USER = {"username": "jane", "password": "1234"}
CODE = {"code": "123456"}

# What Seam's guides say to type; a dict for each step.
DOCUMENTED = [
    ("august", {"region": "North America"}, MAIL, {"two_factor_method": "Email"}, CODE),
    ("august", {"region": "Others"}, MAIL, {"two_factor_method": "Email"}, CODE),
    ("yale", MAIL, CODE),
    ("schlage", {"email": "andrew@example.com", "password": "1234"}),
    ("smartthings", {"email": "frodo@example.com", "password": "1234"}),
    ("sensi", {"email": "sam@example.com", "password": "1234"}),
    ("noiseaware", {"email": "john@example.com", "password": "1234"}),
    ("four_suites", MAIL),
    ("nest", MAIL),
    ("honeywell_resideo", MAIL),
    ("igloohome", {"email": "anybody+1@example.com", "password": "1234"}),
    ("kwikset", MAIL),
    ("minut", MAIL),
    ("nuki", MAIL),
    ("akiles", MAIL),
    ("avigilon_alta", MAIL),
    ("ecobee", MAIL),
    ("keyincode", MAIL),
    ("keynest", MAIL),
    ("salto_ks", MAIL),
    ("tedee", MAIL),
    ("ttlock", MAIL),
    ("genie", {"email": "john@example.com", "password": "1234"}),
    ("omnitec", {**MAIL, "time_zone": "Europe/Vienna"}),
    (
        "my_2n",
        MAIL,
        {
            "device_0_username": "jane",
            "device_0_password": "1234",
            "device_1_username": "jane",
            "device_1_password": "1234",
            "device_2_username": "jane",
            "device_2_password": "1234",
        },
    ),
    ("controlbyweb", {"email": "jane", "password": "1234"}),
    ("controlbyweb", MAIL),
    ("brivo", {**MAIL, "api_key": "1234"}),
    ("wyze", {**MAIL, "api_key_id": "ABC123ABC", "api_key": "ABC123ABC"}),
    (
        "lockly",
        {
            "email": "jane@example.com",
            "team_id": "1234",
            "client_id": "1234",
            "access_key_id": "1234",
            "access_key_secret": "1234",
            "token_id": "1234",
            "token_secret": "1234",
        },
    ),
    (
        "pti",
        {
            **MAIL,
            "site_key": "1234",
            "site_code": "1234",
            "api_url": "https://1234.storlogixcloud.com",
        },
    ),
    (
        "dormakaba_oracode",
        {"username": "jane", "site": "Ocean Beach Vacations", "time_zone": "Asia/Tokyo"},
    ),
    (
        "visionline",
        {"pairing_code": "123456"},
        {**USER, "site": "My Hotel"},
        {"uuid": "1", "system_id": "1"},
    ),
    ("assa_abloy_credential_service", {**USER, "api_url": "https://example.com"}),
    (
        "assa_abloy_vostio",
        {**USER, "site": "My System", "client_id": "1234", "user_pool_id": "1234"},
        {"ble_uuid": "1", "system_id": "1"},
    ),
    *(
        (
            brand,
            {"pairing_token": "123456", "server_ip": "192.168.1.100"},
            {
                **USER,
                "api_username": "jane",
                "api_password": "1234",
                "client_id": "ABC123ABC",
                "client_secret": "ABC123ABC",
            },
        )
        for brand in ("dormakaba_ambiance", "dormakaba_community")
    ),
    (
        "salto_space",
        {"bridge_token": "123456", "server_url": "http://192.168.1.101:8100"},
        {**USER, "site": "My System"},
    ),
    (
        "salto_space",
        {"bridge_token": "abc-+1", "server_url": "stp.example.com:8090"},
        {**USER, "site": "My System"},
    ),
    ("hotek", {"site": "My Hotel", "tcp_port": "1"}),
    ("hotek", {"site": "My Hotel", "tcp_port": "65535"}),
    ("latch", {}),
]

# No guide says how these sign in, so they have the usual fields.
USUAL = """
    legic_connect akuvox butterflymx doorking salto salto_ks_accept linear igloo seam_passport
    first_alert tado korelock ultraloq yacan dusaw sifely thirty_three_lock ring tapo arlo
    reolink ical lodgify hostaway guesty acuity_scheduling kisi aqara sonos
""".split()
OTHERS = [
    *((brand, MAIL) for brand in USUAL),
    ("dormakaba_oracode_iho", USER),
    ("assa_abloy_vostio_credential_service", {**USER, "site": "My System"}),
]
# Optional fields may be left blank.
OPTIONAL = [
    (
        "my_2n",
        MAIL,
        {f"device_{n}_{what}": "" for n in range(3) for what in ("username", "password")},
    ),
    ("visionline", {"pairing_code": "1"}, {**USER, "site": "X"}, {"uuid": "", "system_id": ""}),
    (
        "assa_abloy_vostio",
        {**USER, "site": "X", "client_id": "1234", "user_pool_id": "1234"},
        {"ble_uuid": "", "system_id": ""},
    ),
]


def rows(*tables):
    return [
        pytest.param(provider, steps, id=f"{provider}-{number}")
        for table in tables
        for number, (provider, *steps) in enumerate(table)
    ]


def test_every_brand_is_tried(fake, browse):
    every = browse(provider_category="internal_beta").list_brands()["providers"]

    assert {row["key"] for row in every} == {row[0] for row in [*DOCUMENTED, *OTHERS]}


@pytest.mark.parametrize(("provider", "steps"), rows(DOCUMENTED, OTHERS, OPTIONAL))
def test_the_sandbox_login_of_a_brand_succeeds(fake, browse, shown, provider, steps):
    page = browse(accepted_providers=[provider], custom_metadata={"user": "u1"})
    page.choose(provider)

    for number, typed in enumerate(steps, 1):
        assert (page["name"], page["place"], page["steps"]) == ("login", number, len(steps))
        assert page["status"] == 200
        assert [event["event_type"] for event in fake.events] == []
        page.submit(**typed)

    assert (page["name"], page["status"]) == ("success", 200)
    after = shown(page.webview)
    assert (after["status"], after["selected_provider"]) == ("authorized", provider)
    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["connected_account_id"] == after["connected_account_id"]
    assert account["account_type"] == provider
    assert account["custom_metadata"] == {"user": "u1"}


@pytest.mark.parametrize(
    ("provider", "identifier"),
    [
        ("minut", {"email": "jane@example.com"}),
        ("pti", {"email": "jane@example.com", "api_url": "https://1234.storlogixcloud.com"}),
        ("controlbyweb", {"username": "jane"}),
        ("visionline", {"username": "jane"}),
        (
            "assa_abloy_credential_service",
            {"username": "jane", "api_url": "https://example.com"},
        ),
        ("lockly", {"email": "jane@example.com"}),
        ("dormakaba_oracode", {"username": "jane"}),
        ("hotek", {}),
        ("latch", {}),
    ],
)
def test_the_account_says_who_signed_in(fake, browse, provider, identifier):
    page = browse(accepted_providers=[provider])
    (steps, *_) = [steps for name, *steps in DOCUMENTED if name == provider]

    page.walk(provider, *steps)

    (account,) = fake.call("/connected_accounts/list")["connected_accounts"]
    assert account["user_identifier"] == identifier


def headings(page, *steps):
    """Title, button and labels of each page of a login."""
    seen = []
    for typed in steps:
        labels = [field["label"] for field in page["fields"]]
        seen.append((page["step"]["title"], page["step"]["button"], labels))
        page.submit(**typed)
    return seen


def test_august_requests_the_region_first_and_the_code_last(browse):
    page = browse()
    page.choose("august")

    assert headings(page, *DOCUMENTED[0][1:]) == [
        ("Where is your device?", "Continue", ["Region"]),
        ("Sign in to August", "Submit", ["Email", "Password"]),
        ("How do you want to get your code?", "Continue", ["Send the code by"]),
        ("Enter your verification code", "Submit and Continue", ["Verification code"]),
    ]


@pytest.mark.parametrize(
    ("provider", "name", "value"),
    [
        ("visionline", "pairing_code", "123456"),
        ("dormakaba_ambiance", "pairing_token", "123456"),
        ("dormakaba_ambiance", "server_ip", "192.168.1.100"),
        ("salto_space", "bridge_token", "123456"),
        ("salto_space", "server_url", "http://192.168.1.101:8100"),
        ("dormakaba_oracode", "site", "Ocean Beach Vacations"),
        ("pti", "api_url", "https://1234.storlogixcloud.com"),
        ("assa_abloy_credential_service", "api_url", "https://example.com"),
        ("omnitec", "time_zone", "America/Los_Angeles"),
    ],
)
def test_what_a_brand_fills_in_beforehand(browse, provider, name, value):
    page = browse(accepted_providers=[provider])
    page.choose(provider)

    assert {field["name"]: field["prefilled"] for field in page["fields"]}[name] == value
