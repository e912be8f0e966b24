"""How a workspace's webviews look, from settings that are whatever a caller has sent.

Source: docs.seam.co core-concepts/connect-webviews, on customizing them: the inviter's name, the
logo's shape, two colours, the message at the end. A logo is never loaded: its initials stand in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["colour", "initials", "look_of", "tone"]

# Source: docs.seam.co, as above.
_PRIMARY = "#232426"
_ON_PRIMARY = "#ffffff"

_TONES = 6

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII | re.IGNORECASE)
# Source: CSS Color Module Level 4, named colours.
_NAMED = frozenset(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite
    gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown
    seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen
    steelblue tan teal thistle tomato turquoise violet wheat white whitesmoke
    yellow yellowgreen
    """.split()
)


def look_of(customization: Mapping[str, Any]) -> dict[str, str]:
    """A workspace's settings: colours and a shape that may stand in a stylesheet, and a text."""
    return {
        "message": customization.get("success_message") or "Your devices are connected",
        "shape": "square" if customization.get("logo_shape") == "square" else "circle",
        "primary": colour(customization.get("primary_button_color"), _PRIMARY),
        "on_primary": colour(customization.get("primary_button_text_color"), _ON_PRIMARY),
    }


def colour(given: object, default: str) -> str:
    """A colour that may stand in a stylesheet: ``#rgb`` and its kin, or a colour's name.

    Anything else is the default, as the text is the caller's and could end the style element.
    """
    text = given.strip().lower() if isinstance(given, str) else ""
    return text if text in _NAMED or _HEX.fullmatch(text) else default


def initials(name: str) -> str:
    """One or two characters that stand for a name where a logo would be."""
    words = ["".join(filter(str.isalnum, word)) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "–"
    first = words[0]
    return (first[0] + words[1][0]).upper() if len(words) > 1 else first[0].upper() + first[1:2]


def tone(key: str) -> int:
    """Which of the tiles' colours a brand has, the same on every page."""
    return sum(map(ord, key)) % _TONES
