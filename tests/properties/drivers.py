"""Three ways into a fake that must have the same results, under one small interface.

``send`` is a request of the app and raises ``Refused`` with Seam's error. ``call_control`` plays
the user and the provider and raises ``MisuseError``. All values are plain.
"""

from __future__ import annotations

import dataclasses

import seam
from werkzeug.test import Client

from fakeseam import ApiError, MisuseError

__all__ = ["DRIVERS", "Refused"]


class Refused(Exception):
    """Seam refused a request; ``args`` are the status and the type of the error."""


class CallDriver:
    """``fake.call`` and the methods of the fake."""

    def __init__(self, fake, keys):
        self._fake = fake
        self._keys = keys

    def __repr__(self):
        return type(self).__name__

    def send(self, path, workspace, **params):
        try:
            body = self._fake.call(path, params, token=self._keys[workspace])
        except ApiError as error:
            raise Refused(error.status, error.type) from None
        return result_of(body)

    def call_control(self, endpoint, **params):
        objects = {"webview", "account"} & params.keys()
        given = [params.pop(name) for name in objects]
        return getattr(self._fake, endpoint)(*given, **params)


class SdkDriver(CallDriver):
    """The official SDK in process; the user is played in Python."""

    def __init__(self, fake, keys):
        super().__init__(fake, keys)
        self._clients = [fake.client(key) for key in keys]

    def send(self, path, workspace, **params):
        function = self._clients[workspace]
        for name in path.strip("/").split("/"):
            function = getattr(function, name)
        try:
            return plain(function(**params))
        except seam.SeamHttpApiError as error:
            raise Refused(error.status_code, error.code) from None


class WsgiDriver(CallDriver):
    """The WSGI application, its control routes included."""

    def __init__(self, fake, keys):
        super().__init__(fake, keys)
        self._client = Client(fake.wsgi_app)

    def send(self, path, workspace, **params):
        headers = {"Authorization": f"Bearer {self._keys[workspace]}"}
        response = self._client.post(path, json=params, headers=headers)
        body = response.get_json()
        if not body["ok"]:
            raise Refused(response.status_code, body["error"]["type"])
        return result_of(body)

    def call_control(self, endpoint, **params):
        ids = {"webview": "connect_webview_id", "account": "connected_account_id"}
        sent = {ids.get(name, name): value for name, value in params.items()}
        body = self._client.post(f"/_fakeseam/{endpoint}", json=sent).get_json()
        if not body["ok"]:
            assert body["error"]["type"] == "fakeseam_misuse", body
            raise MisuseError(body["error"]["message"])
        return result_of(body)


DRIVERS = (CallDriver, SdkDriver, WsgiDriver)


def result_of(body):
    """The result in an envelope; None if it has none."""
    found = [value for name, value in body.items() if name not in ("ok", "pagination")]
    return found[0] if found else None


def plain(value):
    """What the SDK returned, as the dicts and lists that it was made from."""
    if dataclasses.is_dataclass(value):
        names = [field.name for field in dataclasses.fields(value)]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, dict):
        return {name: plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value
