"""A request as it came and a response as it goes: bytes and headers, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Request", "Response"]


@dataclass(frozen=True)
class Request:
    """A request as it came: ``query`` undecoded, header names in lower case.

    ``address`` is the scheme and host that it came to, None in process.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    address: str | None = None


@dataclass(frozen=True)
class Response:
    status: int
    headers: dict[str, str]
    body: bytes
