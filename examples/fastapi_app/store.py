"""The app's own data. In memory: put your database here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, Field


class Connection(BaseModel):
    """One try of a user to connect an account."""

    connection_id: str
    connect_webview_id: str
    user_id: str
    url: str
    status: Literal["pending", "failed", "connected"] = "pending"


class Account(BaseModel):
    connected_account_id: str
    user_id: str
    provider: str
    name: str
    needs_reconnecting: bool = False
    # The time of the latest event that it reflects.
    as_of: Annotated[str, Field(exclude=True)] = ""


@dataclass
class Store:
    connections: dict[str, Connection] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    handled: set[str] = field(default_factory=set)

    def accounts_of(self, user_id: str) -> list[Account]:
        return [one for one in self.accounts.values() if one.user_id == user_id]

    def connection_at(self, connect_webview_id: str) -> Connection | None:
        for one in self.connections.values():
            if one.connect_webview_id == connect_webview_id:
                return one
        return None
