"""/_fakeseam/webhooks: where deliveries go, and waiting for them."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from ..api.auth import LEVER
from ..api.call import Afterwards, Call
from ..api.deliveries import shown
from ..core.endpoint import Namespace
from ..core.params import text
from ..errors import MisuseError

__all__ = ["namespace"]

namespace = Namespace("/_fakeseam/webhooks")

_ANYONE = frozenset({LEVER})


@namespace.endpoint("GET POST", callers=_ANYONE, answer="deliveries")
def deliveries(call: Call) -> list[dict[str, Any]]:
    """Every delivery ever signed, oldest first, with its attempts and what they met."""
    return [asdict(one) for one in shown(call.store)]


@namespace.endpoint("POST", callers=_ANYONE)
def settle(call: Call) -> Afterwards:
    """Answers when no attempt is under way."""
    return Afterwards(call.world.post.settle)


@namespace.endpoint("POST", callers=_ANYONE)
def allow(call: Call, *, host: str = text(required=True, minimum=1)) -> None:
    """Really send to this host, which is not on this machine."""
    if re.search(r"[/*\s@]", host) or re.fullmatch(r"[^:\[]*:\d*", host):
        raise MisuseError(
            f"host={host!r}: one host's name alone, without scheme, port or path, as in 'app.test'"
        )
    call.world.post.allow(host.strip("[]"))
