"""From a template to a response: everything escaped, nothing loaded, nothing kept."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote

from ..wire import Request, Response

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["FORM", "entries", "html", "see_other"]

FORM = "application/x-www-form-urlencoded"
# Printable ASCII: what may stand in a header as it is.
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def entries(request: Request) -> dict[str, str]:
    """What the query and a posted form say; the last one of a name counts."""
    pairs = parse_qsl(request.query, keep_blank_values=True, errors="replace")
    if FORM in request.headers.get("content-type", "").lower():
        body = request.body.decode("utf-8", "replace")
        pairs += parse_qsl(body, keep_blank_values=True, errors="replace")
    return dict(pairs)


def html(
    template: str,
    facts: Mapping[str, Any],
    *,
    status: int = 200,
    form_action: Iterable[str] = ("'self'",),
    framing: str | None = None,
) -> Response:
    """A page. ``framing`` is who may show it in a frame, None for everybody."""
    nonce = secrets.token_urlsafe(16)
    body = _templates().get_template(template).render(nonce=nonce, **facts)
    policy = {
        "default-src": "'none'",
        "style-src": f"'nonce-{nonce}'",
        "script-src": f"'nonce-{nonce}'",
        # The empty icon, without which a browser asks for /favicon.ico.
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": " ".join(form_action),
    }
    if framing is not None:
        policy["frame-ancestors"] = framing
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "; ".join(f"{name} {what}" for name, what in policy.items()),
        "Cache-Control": "no-store",
        # Its own forms have to tell where they come from, other sites nothing.
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
    }
    # A lone surrogate, which JSON can carry, has no form in UTF-8.
    return Response(status, headers, body.encode("utf-8", "replace"))


def see_other(url: str) -> Response:
    """Send the browser on, with a GET; what is not ASCII is quoted as browsers do it."""
    # A lone surrogate becomes the replacement character, as in browsers, and no "?".
    clean = url.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    location = quote(clean, safe=_PRINTABLE)
    return Response(303, {"Location": location, "Cache-Control": "no-store"}, b"")


@cache
def _templates() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=PackageLoader(__package__ or ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
