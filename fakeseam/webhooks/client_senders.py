"""Test clients as senders: Django's, Flask's, Werkzeug's, Starlette's, and httpx's.

They are recognized by their classes' modules and methods: nothing of theirs is imported.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from ..api.webhooks.deliveries import WebhookDelivery
from ..errors import MisuseError, is_outcome
from .attempt import Sender

__all__ = ["is_async_sender", "to_sender"]

__tracebackhide__ = is_outcome

CONTENT_TYPE = "Content-Type"


def to_sender(given: object) -> Sender:
    """Returns the sender for a function, or for a test client, which posts each delivery.

    Raises ``MisuseError`` for anything else.
    """
    make = _maker_for(given)
    if make is not None:
        return make(given)
    if callable(given) and not inspect.isclass(given) and _takes_one_argument(given):
        return given
    raise MisuseError(
        "deliver_to takes a test client (of Django, Flask, Werkzeug, Starlette or httpx), or a"
        f" function of one delivery, not {given!r}. Of an app, give a test client"
    )


def is_async_sender(given: object) -> bool:
    """Returns whether a sender is known to return an awaitable."""
    called = given.post if _maker_for(given) is not None else given  # type: ignore[attr-defined]
    is_function = inspect.iscoroutinefunction(called)
    return is_function or inspect.iscoroutinefunction(getattr(called, "__call__", None))


def _takes_one_argument(function: Callable[..., Any]) -> bool:
    """Returns whether a delivery is all that a function needs. A WSGI or ASGI app needs more."""
    try:
        inspect.signature(function).bind(None)
    except TypeError:
        return False
    except ValueError:  # some functions of C have no signature
        return True
    return True


def _maker_for(given: object) -> Callable[[Any], Sender] | None:
    """Returns the function that makes a sender of this client, or None for what is no client."""
    packages = {one.__module__.partition(".")[0] for one in type(given).__mro__}
    if not callable(getattr(given, "post", None)) or inspect.isclass(given):
        return None
    if "unittest" in packages:  # a mock has every attribute, and is called
        return None
    if "django" in packages:
        return _django
    if "werkzeug" in packages:  # Flask's client is one of Werkzeug's
        return _werkzeug
    if hasattr(given, "build_request"):  # httpx's, and Starlette's, which is one of httpx's
        return _httpx
    return None


def _django(client: Any) -> Sender:
    def post(delivery: WebhookDelivery) -> Any:
        headers = dict(delivery.headers)
        return client.post(
            _path(delivery.url),
            data=delivery.body,
            content_type=headers.pop(CONTENT_TYPE),
            headers=headers,
            secure=delivery.url.lower().startswith("https:"),
        )

    return post


def _werkzeug(client: Any) -> Sender:
    def post(delivery: WebhookDelivery) -> Any:
        return client.post(_path(delivery.url), data=delivery.body, headers=delivery.headers)

    return post


def _httpx(client: Any) -> Sender:
    def post(delivery: WebhookDelivery) -> Any:
        # A client without a base URL takes whole URLs only.
        url = _path(delivery.url) if str(client.base_url) else delivery.url
        return client.post(url, content=delivery.body, headers=delivery.headers)

    return post


def _path(url: str) -> str:
    """Returns the path of a webhook's URL, with its query."""
    parts = urlsplit(url)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
