"""The levers told to others: an OpenAPI document and a table, made of the declarations alone.

Nothing here knows a lever by name. What a parameter takes is told by its own type
(``core.param_types``), what an answer is by the handler's annotation, what it does by its
docstring.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from ..core.endpoint import Endpoint, Paged
from ..core.param_types import Param, Shape
from ..errors import LoginFailed
from ..version import own_version
from . import LEVER_PATHS, levers

__all__ = ["OPENAPI", "described_levers", "levers_table", "openapi"]

OPENAPI = "3.1.0"
# Pages for a browser, whose answers are HTML.
_BROWSED = frozenset({"/connect_webviews/view"})

_ABOUT = """\
The levers of a fakeseam, an in-memory fake of Seam (https://seam.co): what a test can do to it
beside calling Seam's own endpoints, which the same server answers.

They ask for no key. A request has to come to a name of this machine, or of the fake, and not from
a page of another site. A parameter that is not known is refused.
"""
_MISTAKES = {
    "fakeseam_misuse": "the lever was pulled in a way that makes no sense; `message` says what to"
    " do instead",
    "fakeseam_login_failed": "the login that was asked for did not succeed; `data.error_code` and"
    " `data.redirect_url` are its outcome",
    "fakeseam_assertion_failed": "what was asserted is not so; `message` shows what did happen",
}
_GUARDED = {
    "fakeseam_forbidden_host": "the request came to a name that is not the fake's",
    "fakeseam_forbidden_origin": "the request was sent by a page of another site",
}


def described_levers() -> list[Endpoint]:
    """The levers, without the pages for a browser."""
    return [lever for lever in levers() if lever.path not in _BROWSED]


# The table


def levers_table() -> str:
    """What there is, what it takes (what it needs is bold) and what it does, as Markdown."""
    rows = [(_where(lever), _taken(lever), _paragraphs(lever)[0]) for lever in described_levers()]
    lines = [("Lever", "Takes", "What it does"), ("---",) * 3, *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _where(lever: Endpoint) -> str:
    others = " or ".join(f"`{method}`" for method in lever.methods if method != "POST")
    return f"`{lever.path}`" + (f", {others} too" if others else "")


def _taken(lever: Endpoint) -> str:
    return ", ".join(
        f"**`{name}`**" if param.required else f"`{name}`" for name, param in lever.params.items()
    ) or "nothing"


def _paragraphs(lever: Endpoint) -> list[str]:
    """The handler's docstring, a line a paragraph, in Markdown."""
    text = inspect.getdoc(lever.handler) or lever.name
    return [" ".join(part.split()).replace("``", "`") for part in text.split("\n\n")]


# The document


def openapi(address: str, *, lenient_ids: bool = False) -> dict[str, Any]:
    """The levers' OpenAPI document, as a fake at ``address`` serves it.

    ``lenient_ids``: this fake takes any text for an id.
    """
    return {
        "openapi": OPENAPI,
        "info": {"title": "fakeseam", "version": own_version(), "description": _ABOUT},
        "servers": [{"url": address}],
        "security": [],
        "paths": {
            lever.path: {
                method.lower(): _operation(lever, method, lenient_ids) for method in lever.methods
            }
            for lever in described_levers()
        },
        "components": {
            "schemas": {"Error": _error()},
            "responses": {
                "Mistake": _refusal("The test's mistake, or an outcome that is none.", _MISTAKES),
                "Guarded": _refusal("Who asks may be a web site.", _GUARDED),
                "Other": _refusal("Any other refusal, in the same shape.", {}),
            },
        },
    }


def _operation(lever: Endpoint, method: str, lenient_ids: bool) -> dict[str, Any]:
    paragraphs = _paragraphs(lever)
    schema = lever.schema(
        lenient_ids=lenient_ids, is_closed=lever.path.startswith(LEVER_PATHS)
    )
    return {
        "operationId": _operation_id(lever, method),
        "tags": [lever.path.rpartition("/")[0].strip("/_") or "fakeseam"],
        "summary": paragraphs[0],
        "description": "\n\n".join(paragraphs),
        **(_query(lever, schema) if method == "GET" else _body(lever, schema)),
        "responses": {
            "200": _answer(lever),
            "400": {"$ref": "#/components/responses/Mistake"},
            "403": {"$ref": "#/components/responses/Guarded"},
            "default": {"$ref": "#/components/responses/Other"},
        },
    }


def _operation_id(lever: Endpoint, method: str) -> str:
    """The path in one word; where there are two ways in, reading is told apart."""
    word = lever.path.removeprefix(LEVER_PATHS).strip("/_").replace("/", "_")
    return f"get_{word}" if method == "GET" and len(lever.methods) > 1 else word


def _body(lever: Endpoint, schema: Mapping[str, Any]) -> dict[str, Any]:
    if not lever.params:
        return {}
    return {
        "requestBody": {
            "required": any(param.required for param in lever.params.values()),
            "content": {"application/json": {"schema": schema}},
        }
    }


def _query(lever: Endpoint, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as a query; an object with members of its own has no form there."""
    found = [
        {
            "name": name,
            "in": "query",
            "required": param.required,
            **_written(param, schema["properties"][name]),
        }
        for name, param in lever.params.items()
        if not isinstance(param, Shape)
    ]
    return {"parameters": found} if found else {}


def _written(param: Param, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A record is one JSON text in a query; all else stands there as it is."""
    if param.query == "record":
        return {"content": {"application/json": {"schema": schema}}}
    return {"schema": schema}


# Answers


def _answer(lever: Endpoint) -> dict[str, Any]:
    members: dict[str, Any] = {"ok": {"const": True}}
    if lever.answer is not None:
        members = {lever.answer: _shape_of(_returned(lever)), **members}
    schema = {"type": "object", "properties": members, "required": list(members)}
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _returned(lever: Endpoint) -> Any:
    """The handler's annotation; nothing is known if it cannot be read at run time."""
    try:
        return inspect.get_annotations(lever.handler, eval_str=True).get("return", Any)
    except NameError:
        return Any


_WORDS = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    Mapping: "object",
    list: "array",
    tuple: "array",
    Sequence: "array",
    NoneType: "null",
}


def _shape_of(hint: Any) -> dict[str, Any]:
    """A type as JSON Schema, as far as it tells; a failed login is no answer."""
    if hint is Paged:
        return _shape_of(list[dict[str, Any]])
    if get_origin(hint) in (Union, UnionType):
        shapes = [_shape_of(one) for one in get_args(hint) if one is not LoginFailed]
        return shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    word = _WORDS.get(NoneType if hint is None else get_origin(hint) or hint)
    if word is None:
        return {}
    items = get_args(hint)
    return {"type": word, "items": _shape_of(items[0])} if word == "array" and items else {
        "type": word
    }


def _refusal(what: str, types: Mapping[str, str]) -> dict[str, Any]:
    told = "".join(f"\n- `{type_}`: {why}" for type_, why in types.items())
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    return {"description": f"{what}\n{told}" if told else what, "content": content}


def _error() -> dict[str, Any]:
    """The envelope of Seam's errors (docs.seam.co, "Errors")."""
    members = {
        "type": {"type": "string", "examples": [*_MISTAKES, *_GUARDED]},
        "message": {"type": "string"},
        "request_id": {"type": "string"},
        "data": {"type": "object"},
        "validation_errors": {"type": "object"},
    }
    error = {"type": "object", "properties": members, "required": ["type", "message"]}
    return {
        "type": "object",
        "properties": {"error": error, "ok": {"const": False}},
        "required": ["error", "ok"],
    }
