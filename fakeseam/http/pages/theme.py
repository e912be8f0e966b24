"""How a workspace's webviews look: settings of the app's, made safe for a stylesheet.

Source: docs.seam.co core-concepts/connect-webviews, on customizing them: the inviter's name, the
logo's shape, two colors, the message at the end. A logo is not loaded; initials replace it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

__all__ = ["color", "initials", "theme_for", "tone"]

# Source: docs.seam.co, as above.
_PRIMARY = "#232426"
_ON_PRIMARY = "#ffffff"

_TONES = 6

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII | re.IGNORECASE)
# Source: CSS Color Module Level 4, named colors.
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


def theme_for(customization: Mapping[str, Any]) -> dict[str, str]:
    """Returns colors and a shape that are safe in a stylesheet, and the message at the end."""
    return {
        "message": customization.get("success_message") or "Your devices are connected",
        # A dump may have any text here.
        "shape": "square" if customization.get("logo_shape") == "square" else "circle",
        "primary": color(customization.get("primary_button_color"), _PRIMARY),
        "on_primary": color(customization.get("primary_button_text_color"), _ON_PRIMARY),
    }


def color(value: object, default: str) -> str:
    """Returns a color that is safe in a stylesheet: hex digits such as ``#rgb``, or a CSS name.

    Returns the default for any other value: the app's text could end the style element.
    """
    text = value.strip().lower() if isinstance(value, str) else ""
    return text if text in _NAMED or _HEX.fullmatch(text) else default


def initials(name: str) -> str:
    """Returns one or two characters of a name, for the place of a logo."""
    words = ["".join(filter(str.isalnum, word)) for word in name.split()]
    words = [word for word in words if word]
    if not words:
        return "–"
    first = words[0]
    return (first[0] + words[1][0]).upper() if len(words) > 1 else first[0].upper() + first[1:2]


def tone(key: str) -> int:
    """Returns the number of a brand's tile color, the same on every page."""
    return sum(map(ord, key)) % _TONES
