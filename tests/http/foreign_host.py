"""A request through WSGI, with any ``Host``."""

from __future__ import annotations

from werkzeug.test import Client

__all__ = ["status_and_error"]


def status_and_error(fake, method, path, host="localhost", **sent):
    """Sends one request; returns the status and the error type of the response."""
    headers = {"Host": host, **sent.pop("headers", {})}
    response = Client(fake.wsgi_app).open(path, method=method, headers=headers, **sent)
    body = response.get_json(silent=True) or {}
    return response.status_code, body.get("error", {}).get("type")
