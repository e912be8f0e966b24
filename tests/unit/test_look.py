"""What of a caller's text may stand in a stylesheet, and what stands where a logo would."""

from __future__ import annotations

import pytest

from fakeseam.pages.look import colour, initials, look_of, tone


@pytest.mark.parametrize(
    "given", ["#abc", "#abcd", "#a1b2c3", "#a1b2c3d4", "red", "rebeccapurple"]
)
def test_a_colour_is_taken(given):
    assert colour(given, "#000") == given


@pytest.mark.parametrize(("given", "taken"), [("#ABC", "#abc"), (" Navy ", "navy")])
def test_a_colour_is_taken_in_any_spelling(given, taken):
    assert colour(given, "#000") == taken


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
def test_anything_else_is_the_default(given):
    assert colour(given, "#232426") == "#232426"


@pytest.mark.parametrize(
    ("name", "shown"),
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
def test_initials_stand_for_a_name(name, shown):
    assert initials(name) == shown


def test_a_brand_has_the_same_tone_each_time():
    assert [tone(key) for key in ("august", "yale", "august")] == [5, 1, 5]


def test_a_workspace_without_settings_has_those_that_seam_documents():
    assert look_of({}) == {
        "message": "Your devices are connected",
        "shape": "circle",
        "primary": "#232426",
        "on_primary": "#ffffff",
    }


def test_a_shape_that_is_none_is_a_circle():
    assert look_of({"logo_shape": '"><script>'})["shape"] == "circle"
