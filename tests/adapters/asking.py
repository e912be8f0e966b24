"""One request through WSGI, under any host."""

from __future__ import annotations

from werkzeug.test import Client

__all__ = ["asked"]


def asked(fake, method, path, host="localhost", **sent):
    """The status and the type of error of the answer."""
    headers = {"Host": host, **sent.pop("headers", {})}
    answer = Client(fake.wsgi_app).open(path, method=method, headers=headers, **sent)
    body = answer.get_json(silent=True) or {}
    return answer.status_code, body.get("error", {}).get("type")
