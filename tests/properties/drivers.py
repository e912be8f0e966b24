"""Three ways into a fake that have to tell the same story, under one small interface.

``ask`` is what the app does and raises ``Refused`` with Seam's word for it; ``pull`` plays the
user and the provider and raises ``MisuseError``. All values are plain.
"""

from __future__ import annotations

import dataclasses

import seam
from werkzeug.test import Client

from fakeseam import ApiError, MisuseError

__all__ = ["DRIVERS", "Refused"]


class Refused(Exception):
    """Seam refused what the app asked; ``args`` hold the status and the type of the error."""


class CallDriver:
    """``fake.call`` and the methods of the fake."""

    def __init__(self, fake, keys):
        self._fake = fake
        self._keys = keys

    def __repr__(self):
        return type(self).__name__

    def ask(self, path, workspace, **params):
        try:
            body = self._fake.call(path, params, token=self._keys[workspace])
        except ApiError as error:
            raise Refused(error.status, error.type) from None
        return answer_of(body)

    def pull(self, lever, **params):
        things = {"webview", "account"} & params.keys()
        given = [params.pop(thing) for thing in things]
        return getattr(self._fake, lever)(*given, **params)


class SdkDriver(CallDriver):
    """The official SDK in process; the user is played in Python."""

    def __init__(self, fake, keys):
        super().__init__(fake, keys)
        self._clients = [fake.client(key) for key in keys]

    def ask(self, path, workspace, **params):
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

    def ask(self, path, workspace, **params):
        headers = {"Authorization": f"Bearer {self._keys[workspace]}"}
        response = self._client.post(path, json=params, headers=headers)
        body = response.get_json()
        if not body["ok"]:
            raise Refused(response.status_code, body["error"]["type"])
        return answer_of(body)

    def pull(self, lever, **params):
        ids = {"webview": "connect_webview_id", "account": "connected_account_id"}
        sent = {ids.get(name, name): value for name, value in params.items()}
        body = self._client.post(f"/_fakeseam/{lever}", json=sent).get_json()
        if not body["ok"]:
            assert body["error"]["type"] == "fakeseam_misuse", body
            raise MisuseError(body["error"]["message"])
        return answer_of(body)


DRIVERS = (CallDriver, SdkDriver, WsgiDriver)


def answer_of(body):
    """What stands beside ``ok`` in the body of an answer; None where nothing does."""
    found = [value for name, value in body.items() if name not in ("ok", "pagination")]
    return found[0] if found else None


def plain(thing):
    """What the SDK returned, as the dicts and lists that it was made from."""
    if dataclasses.is_dataclass(thing):
        names = [field.name for field in dataclasses.fields(thing)]
        return {name: plain(getattr(thing, name)) for name in names}
    if isinstance(thing, dict):
        return {name: plain(value) for name, value in thing.items()}
    if isinstance(thing, list):
        return [plain(value) for value in thing]
    return thing
