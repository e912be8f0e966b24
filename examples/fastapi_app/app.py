"""Warmkeep: an API for landlords, to connect the accounts of their thermostats."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from uuid import uuid4

import httpx
from fastapi import Depends, FastAPI, Header, HTTPException, Request, Response
from fastapi.responses import JSONResponse
from opening import Sleep, get_sleep, is_passing, open_webview
from seam import AsyncSeam, SeamError, SeamWebhook, SeamWebhookVerificationError
from store import Account, Connection, Store
from webhooks import handle_event, to_account


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with AsyncSeam() as seam:  # reads SEAM_API_KEY
        app.state.seam = seam
        app.state.store = Store()
        yield


app = FastAPI(title="Warmkeep", lifespan=lifespan)


def get_seam(request: Request) -> AsyncSeam:
    seam: AsyncSeam = request.app.state.seam
    return seam


def get_store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store


def get_webhook_secret() -> str:
    return os.environ["SEAM_WEBHOOK_SECRET"]


def get_user_id(x_user_id: Annotated[str, Header()]) -> str:
    """Returns the user whom the proxy in front of this API has signed in."""
    return x_user_id


SeamDep = Annotated[AsyncSeam, Depends(get_seam)]
SleepDep = Annotated[Sleep, Depends(get_sleep)]
StoreDep = Annotated[Store, Depends(get_store)]
UserId = Annotated[str, Depends(get_user_id)]
WebhookSecret = Annotated[str, Depends(get_webhook_secret)]


@app.post("/connections", status_code=201)
async def connect(user_id: UserId, seam: SeamDep, store: StoreDep, sleep: SleepDep) -> Connection:
    """Starts to connect an account: the user signs in at ``url``."""
    connection_id = uuid4().hex
    webview = await open_webview(seam, user_id, connection_id, sleep)
    connection = Connection(
        connection_id=connection_id,
        connect_webview_id=webview.connect_webview_id,
        user_id=user_id,
        url=webview.url,
    )
    store.connections[connection_id] = connection
    return connection


@app.get("/connections/{connection_id}")
async def get_connection(connection_id: str, user_id: UserId, store: StoreDep) -> Connection:
    """Returns the connection; the front end polls it while it is pending."""
    connection = store.connections.get(connection_id)
    if connection is None or connection.user_id != user_id:
        raise HTTPException(404)
    return connection


@app.get("/accounts")
async def list_accounts(user_id: UserId, store: StoreDep) -> list[Account]:
    return store.accounts_of(user_id)


@app.post("/accounts/refresh")
async def refresh_accounts(user_id: UserId, seam: SeamDep, store: StoreDep) -> list[Account]:
    """Reads the accounts from Seam, in case webhooks were missed."""
    accounts = await seam.connected_accounts.list(custom_metadata_has={"user_id": user_id})
    for account in store.accounts_of(user_id):
        del store.accounts[account.connected_account_id]
    for one in accounts:
        store.accounts[one.connected_account_id] = to_account(one)
    return store.accounts_of(user_id)


@app.post("/accounts/{connected_account_id}/reconnect", status_code=201)
async def reconnect(
    connected_account_id: str, user_id: UserId, seam: SeamDep, store: StoreDep, sleep: SleepDep
) -> Connection:
    """Starts a new login for a disconnected account; it stays the same account."""
    account = store.accounts.get(connected_account_id)
    if account is None or account.user_id != user_id:
        raise HTTPException(404)
    return await connect(user_id, seam, store, sleep)


@app.post("/webhooks/seam", status_code=204)
async def seam_webhook(
    request: Request, secret: WebhookSecret, seam: SeamDep, store: StoreDep
) -> Response:
    body = (await request.body()).decode()
    try:
        event = SeamWebhook(secret).verify(body, dict(request.headers))
    except SeamWebhookVerificationError as error:
        raise HTTPException(400, "not signed by Seam") from error
    message_id = request.headers["svix-id"]
    if message_id not in store.handled:
        await handle_event(event, seam, store)
        store.handled.add(message_id)  # only now: if this fails, Seam sends the event again
    return Response(status_code=204)


@app.exception_handler(httpx.HTTPError)
@app.exception_handler(SeamError)
async def seam_failed(request: Request, error: Exception) -> JSONResponse:
    if not is_passing(error):
        raise error
    return JSONResponse({"detail": "Seam cannot be reached at the moment"}, status_code=503)
