"""Colors of a workspace that are safe in a stylesheet, and initials in place of a logo."""

from __future__ import annotations

import pytest

from fakeseam.http.pages.theme import color, initials, theme_for, tone


@pytest.mark.parametrize(
    "given", ["#abc", "#abcd", "#a1b2c3", "#a1b2c3d4", "red", "rebeccapurple"]
)
def test_a_color_is_accepted(given):
    assert color(given, "#000") == given


@pytest.mark.parametrize(("given", "taken"), [("#ABC", "#abc"), (" Navy ", "navy")])
def test_a_color_is_accepted_in_any_spelling(given, taken):
    assert color(given, "#000") == taken


@pytest.mark.parametrize(
    "given",
    [
        None,
        True,
        "",
        "#",
        "#ab",
        "#abcde",
        "#abcdefa",
        "#abcdefabc",
        "#ghi",
        "#abc\u0660",
        "#abc;",
        "#abc\n}",
        "abc",
        "bleu",
        "inherit",
        "transparent",
        "var(--page)",
        "rgb(1,2,3)",
        "url(https://evil.test/)",
        "red;}</style><script>alert(1)</script>",
        "red}body{display:none",
        "\u212aahki",
    ],
)
def test_an_invalid_color_is_the_default(given):
    assert color(given, "#232426") == "#232426"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("August", "Au"),
        ("ecobee", "Ec"),
        ("Google Nest", "GN"),
        ("2N", "2N"),
        ("33 Lock", "3L"),
        ("X", "X"),
        ("  -- harbour & view -- ", "HV"),
        ("مرحبا بالعالم", "مب"),
        ("</script>", "Sc"),
        ("", "–"),
        ("\ud83d !", "–"),
    ],
)
def test_initials_stand_for_a_name(name, expected):
    assert initials(name) == expected


def test_a_brand_has_the_same_tone_each_time():
    assert [tone(key) for key in ("august", "yale", "august")] == [5, 1, 5]


def test_a_workspace_without_settings_has_those_that_seam_documents():
    assert theme_for({}) == {
        "message": "Your devices are connected",
        "shape": "circle",
        "primary": "#232426",
        "on_primary": "#ffffff",
    }


def test_an_invalid_shape_is_a_circle():
    assert theme_for({"logo_shape": '"><script>'})["shape"] == "circle"
