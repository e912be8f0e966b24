"""The documentation of the control API: an OpenAPI document and a Markdown table.

Both are made from the declarations: schemas from the types of the parameters
(``schema.param_types``), responses from ``response_types``, descriptions from the docstrings of
the handlers.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import (
    Any,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from ..schema.endpoint import Endpoint
from ..schema.param_types import ObjectParam, Param
from . import CONTROL_PREFIX, control_endpoints
from .response_types import ErrorData, response_type
from .version import own_version

__all__ = ["OPENAPI", "documented_endpoints", "endpoints_table", "openapi"]

OPENAPI = "3.1.0"
# Pages for a browser: they return HTML.
_HTML_PAGES = frozenset({"/connect_webviews/view"})
# Whether a query has a parameter as JSON text or as plain text, for each kind of query text.
_IS_JSON_TEXT = {
    "string": False,
    "boolean": False,
    "number": False,
    "array": False,
    "record": True,
}

_ABOUT = """\
The control API of fakeseam, an in-memory fake of Seam (https://seam.co). A test calls it to do
what the app's user, a provider or time would do. The same server also has Seam's own endpoints.

Control endpoints need no key. On a server that `fakeseam serve` or `fakeseam exec` runs, a bearer
token `seam_fake_NAME` chooses the fake of that key; without one it is the main fake. A request
must use a host name of this machine or of the fake, and must not come from a page of another
site. Unknown parameters are refused.
"""
_MISTAKES = {
    "fakeseam_misuse": "the control call is not possible; `message` contains what to do instead",
    "fakeseam_login_failed": "the login did not succeed; `data` has its `error_code` and"
    " `redirect_url`",
    "fakeseam_assertion_failed": "the assertion does not hold; `message` shows what happened",
}
_GUARDED = {
    "fakeseam_forbidden_host": "the host name of the request is not allowed",
    "fakeseam_forbidden_origin": "a page of another site sent the request",
}
_KEY_OF_A_FAKE = {
    "type": "http",
    "scheme": "bearer",
    "description": "Optional: `seam_fake_NAME`, the API key of one of the server's fakes.",
}


def documented_endpoints() -> list[Endpoint]:
    """Returns the control endpoints without the pages for a browser."""
    return [endpoint for endpoint in control_endpoints() if endpoint.path not in _HTML_PAGES]


# The table


def endpoints_table() -> str:
    """Returns a Markdown table of the endpoints; required parameters are bold."""
    rows = [
        (_route(endpoint), _parameters(endpoint), _paragraphs(endpoint)[0])
        for endpoint in documented_endpoints()
    ]
    lines = [("Endpoint", "Parameters", "What it does"), ("---",) * 3, *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _route(endpoint: Endpoint) -> str:
    others = " or ".join(f"`{method}`" for method in endpoint.methods if method != "POST")
    return f"`{endpoint.path}`" + (f", also {others}" if others else "")


def _parameters(endpoint: Endpoint) -> str:
    return (
        ", ".join(
            f"**`{name}`**" if param.required else f"`{name}`"
            for name, param in endpoint.params.items()
        )
        or "none"
    )


def _paragraphs(endpoint: Endpoint) -> list[str]:
    """Returns the paragraphs of the handler's docstring, each on one line, in Markdown."""
    text = str(inspect.getdoc(endpoint.handler))
    return [" ".join(part.split()).replace("``", "`") for part in text.split("\n\n")]


# The document


def openapi(address: str, *, lenient_ids: bool = False) -> dict[str, Any]:
    """Returns the OpenAPI document of the control API of a fake at ``address``.

    With ``lenient_ids`` the fake takes any text as an id.
    """
    objects = _Objects()
    return {
        "openapi": OPENAPI,
        "info": {"title": "fakeseam", "version": own_version(), "description": _ABOUT},
        "servers": [{"url": address}],
        "security": [{}, {"fake": []}],
        "paths": {
            endpoint.path: {
                method.lower(): _operation(endpoint, method, lenient_ids, objects)
                for method in endpoint.methods
            }
            for endpoint in documented_endpoints()
        },
        "components": {
            "schemas": {"Error": _error_schema(objects), **objects.schemas},
            "securitySchemes": {"fake": _KEY_OF_A_FAKE},
            "responses": {
                "Mistake": _error_response(
                    "The call is wrong, or its result is a failure.", _MISTAKES
                ),
                "Guarded": _error_response("The request may come from a web page.", _GUARDED),
                "Other": _error_response("Any other error, in the same form.", {}),
            },
        },
    }


def _operation(
    endpoint: Endpoint, method: str, lenient_ids: bool, objects: _Objects
) -> dict[str, Any]:
    paragraphs = _paragraphs(endpoint)
    schema = endpoint.schema(
        lenient_ids=lenient_ids, is_closed=endpoint.owner.mistakes_are_misuse
    )
    return {
        "operationId": _operation_id(endpoint, method),
        "tags": [endpoint.path.rpartition("/")[0].strip("/_") or "fakeseam"],
        "summary": paragraphs[0],
        "description": "\n\n".join(paragraphs),
        **(_query(endpoint, schema) if method == "GET" else _body(endpoint, schema)),
        "responses": {
            "200": _response(endpoint, objects),
            "400": {"$ref": "#/components/responses/Mistake"},
            "403": {"$ref": "#/components/responses/Guarded"},
            "default": {"$ref": "#/components/responses/Other"},
        },
    }


def _operation_id(endpoint: Endpoint, method: str) -> str:
    """Returns the path as one word, after the method of an endpoint that has POST too."""
    word = endpoint.path.removeprefix(CONTROL_PREFIX).strip("/_").replace("/", "_")
    return f"{method.lower()}_{word}" if method != "POST" and len(endpoint.methods) > 1 else word


def _body(endpoint: Endpoint, schema: Mapping[str, Any]) -> dict[str, Any]:
    if not endpoint.params:
        return {}
    return {
        "requestBody": {
            "required": any(param.required for param in endpoint.params.values()),
            "content": {"application/json": {"schema": schema}},
        }
    }


def _query(endpoint: Endpoint, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the parameters of a query; an object with declared members cannot be in a query."""
    parameters = [
        {
            "name": name,
            "in": "query",
            "required": param.required,
            **_query_format(param, schema["properties"][name]),
        }
        for name, param in endpoint.params.items()
        if not isinstance(param, ObjectParam)
    ]
    return {"parameters": parameters} if parameters else {}


def _query_format(param: Param, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Returns how a parameter is written in a query: a record as JSON, the others as text."""
    if _IS_JSON_TEXT[param.query]:
        return {"content": {"application/json": {"schema": schema}}}
    return {"schema": schema}


# Responses


def _response(endpoint: Endpoint, objects: _Objects) -> dict[str, Any]:
    members: dict[str, Any] = {
        key: objects.schema(response_type(endpoint, key)) for key in endpoint.response_keys
    }
    members["ok"] = {"const": True}
    schema = {"type": "object", "properties": members, "required": list(members)}
    return {"description": "Success.", "content": {"application/json": {"schema": schema}}}


_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}


class _Objects:
    """The schemas of the TypedDicts that responses have, by the name of the TypedDict."""

    def __init__(self) -> None:
        self.schemas: dict[str, Any] = {}

    def schema(self, hint: Any) -> dict[str, Any]:
        """Returns a type as JSON Schema, ``{}`` for any value."""
        if hint is Any or hint is object:
            return {}
        if is_typeddict(hint):
            return self._reference(hint)
        if hint in _JSON_TYPES:
            return {"type": _JSON_TYPES[hint]}
        origin, arguments = get_origin(hint), get_args(hint)
        if origin in (Union, UnionType):
            return {"anyOf": [self.schema(one) for one in arguments]}
        if origin is list:
            return {"type": "array", "items": self.schema(arguments[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.schema(arguments[1])}
        raise TypeError(f"a response cannot have {hint!r}")

    def _reference(self, hint: Any) -> dict[str, Any]:
        name = hint.__name__
        if name not in self.schemas:
            self.schemas[name] = {}  # An object may have members of its own kind.
            members = get_type_hints(hint, include_extras=True)
            optional = {key for key, one in members.items() if get_origin(one) is NotRequired}
            self.schemas[name] = {
                "type": "object",
                "description": " ".join(str(vars(hint).get("__doc__") or name).split()),
                "properties": {
                    key: self.schema(get_args(one)[0] if key in optional else one)
                    for key, one in members.items()
                },
                "required": [key for key in members if key not in optional],
            }
        return {"$ref": f"#/components/schemas/{name}"}


def _error_response(summary: str, types: Mapping[str, str]) -> dict[str, Any]:
    items = "".join(f"\n- `{type_}`: {meaning}" for type_, meaning in types.items())
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": f"{summary}\n{items}" if items else summary, "content": content}


def _error_schema(objects: _Objects) -> dict[str, Any]:
    """Returns the envelope of Seam's errors. Source: docs.seam.co, "Errors"."""
    members = {
        "type": {"type": "string", "examples": [*_MISTAKES, *_GUARDED]},
        "message": {"type": "string"},
        "request_id": {"type": "string"},
        "data": objects.schema(ErrorData),
        "validation_errors": {"type": "object"},
    }
    error = {"type": "object", "properties": members, "required": ["type", "message"]}
    return {
        "type": "object",
        "properties": {"error": error, "ok": {"const": False}},
        "required": ["error", "ok"],
    }
