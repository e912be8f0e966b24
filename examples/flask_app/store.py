"""The app's own data, in SQLite."""

from __future__ import annotations

import sqlite3
from dataclasses import astuple, dataclass

from flask import Flask, current_app, g

SCHEMA = """
CREATE TABLE IF NOT EXISTS account (
    connected_account_id TEXT PRIMARY KEY,
    user_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    name TEXT NOT NULL,
    needs_reconnecting INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS notice (user_id TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS handled (message_id TEXT PRIMARY KEY);
"""


@dataclass(frozen=True)
class Account:
    connected_account_id: str
    user_id: str
    provider: str
    name: str
    needs_reconnecting: bool


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_close)
    with app.app_context():
        connection().executescript(SCHEMA)


def connection() -> sqlite3.Connection:
    """Returns this request's connection. A ``with`` block of it is one transaction."""
    if "connection" not in g:
        g.connection = sqlite3.connect(current_app.config["DATABASE"])
    current: sqlite3.Connection = g.connection
    return current


def _close(_error: BaseException | None) -> None:
    if "connection" in g:
        g.pop("connection").close()


def accounts_of(user_id: str) -> list[Account]:
    rows = connection().execute("SELECT * FROM account WHERE user_id = ? ORDER BY name", [user_id])
    return [Account(*row) for row in rows]


def account(connected_account_id: str) -> Account | None:
    rows = connection().execute(
        "SELECT * FROM account WHERE connected_account_id = ?", [connected_account_id]
    )
    row = rows.fetchone()
    return Account(*row) if row else None


def save(account: Account) -> None:
    connection().execute("REPLACE INTO account VALUES (?, ?, ?, ?, ?)", astuple(account))


def forget(connected_account_id: str) -> None:
    connection().execute(
        "DELETE FROM account WHERE connected_account_id = ?", [connected_account_id]
    )


def notices_of(user_id: str) -> list[str]:
    rows = connection().execute("SELECT words FROM notice WHERE user_id = ?", [user_id])
    return [words for (words,) in rows]


def notify(user_id: str, words: str) -> None:
    connection().execute("INSERT INTO notice VALUES (?, ?)", [user_id, words])


def is_handled(message_id: str) -> bool:
    rows = connection().execute("SELECT 1 FROM handled WHERE message_id = ?", [message_id])
    return rows.fetchone() is not None


def mark_handled(message_id: str) -> None:
    connection().execute("INSERT INTO handled VALUES (?)", [message_id])
