"""Keyring: hosts connect the accounts of their smart locks, and see which need reconnecting."""

from __future__ import annotations

import os
from typing import Any

import httpx
import store
from flask import Flask, abort, current_app, redirect, render_template, request, session, url_for
from seam import (
    Seam,
    SeamError,
    SeamHttpApiError,
    SeamHttpInvalidResponseError,
    SeamWebhook,
    SeamWebhookVerificationError,
)
from seam.resources import ConnectWebview, SeamEvent
from tenacity import (
    RetryCallState,
    retry,
    retry_if_exception,
    stop_after_attempt,
    stop_before_delay,
    wait_exponential,
)
from werkzeug.wrappers import Response

seam = Seam()  # reads SEAM_API_KEY

# A browser waits for the response: after a longer outage of Seam the user gets an error page.
MAX_WAIT_S = 20

backoff = wait_exponential(multiplier=0.5)


def is_passing(error: BaseException) -> bool:
    """Returns whether the error may be gone in a moment: an outage of Seam or of the network."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
    elif isinstance(error, SeamHttpApiError):
        status = error.status_code
    else:
        return isinstance(error, httpx.TransportError | SeamHttpInvalidResponseError)
    return status == 429 or status >= 500


def retry_pause(state: RetryCallState) -> float:
    """Returns the seconds of Retry-After, or else a little more each time."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, httpx.HTTPStatusError):
        retry_after = error.response.headers.get("Retry-After", "")
        if retry_after.isdigit():
            return int(retry_after)
    return backoff(state)


@retry(
    retry=retry_if_exception(is_passing),
    wait=retry_pause,
    stop=stop_after_attempt(4) | stop_before_delay(MAX_WAIT_S),
    reraise=True,
)
def webview_for(user_id: str, return_to: str) -> ConnectWebview:
    """Returns the user's open Connect Webview, or a new one.

    The SDK does not retry a POST, because the first try may have succeeded. A retry here first
    looks for the webview by its metadata, so that no user gets two.
    """
    owner: dict[str, str | bool] = {"user_id": user_id}
    for webview in seam.connect_webviews.list(custom_metadata_has=owner):
        if webview.status == "pending":
            return webview
    return seam.connect_webviews.create(custom_metadata=owner, custom_redirect_url=return_to)


def handle_event(event: SeamEvent) -> None:
    """Updates the store after an event."""
    match event.event_type:
        case (
            "connect_webview.login_succeeded"
            | "connected_account.created"
            | "connected_account.connected"
            | "connected_account.disconnected"
        ):
            refresh(event.connected_account_id)
        case "connected_account.deleted":
            store.forget(event.connected_account_id)
        case "connect_webview.login_failed":
            webview = seam.connect_webviews.get(connect_webview_id=event.connect_webview_id)
            user_id = str(webview.custom_metadata["user_id"])
            store.notify(user_id, "The login did not work. Please try again.")


def refresh(connected_account_id: str) -> None:
    """Reads the account from Seam: events may come late, and in any order."""
    try:
        account = seam.connected_accounts.get(connected_account_id=connected_account_id)
    except SeamHttpApiError as error:
        if error.status_code != 404:
            raise
        store.forget(connected_account_id)
        return
    before = store.account(connected_account_id)
    account_now = store.Account(
        connected_account_id,
        user_id=str(account.custom_metadata["user_id"]),
        provider=account.account_type_display_name,
        name=account.display_name,
        needs_reconnecting=any(one.error_code == "account_disconnected" for one in account.errors),
    )
    store.save(account_now)
    if account_now.needs_reconnecting and not (before and before.needs_reconnecting):
        words = f"{account_now.provider} has signed {account_now.name} out."
        store.notify(account_now.user_id, words)


def create_app(config: dict[str, Any] | None = None) -> Flask:
    app = Flask(__name__)
    app.config.from_mapping(
        SECRET_KEY=os.environ.get("SECRET_KEY", "for development only"),
        SEAM_WEBHOOK_SECRET=os.environ.get("SEAM_WEBHOOK_SECRET"),
        DATABASE="keyring.sqlite3",
    )
    app.config.from_mapping(config)
    store.init_app(app)

    @app.get("/accounts")
    def accounts() -> str:
        user_id = signed_in()
        return render_template(
            "accounts.html", accounts=store.accounts_of(user_id), notices=store.notices_of(user_id)
        )

    @app.post("/connect")
    def connect() -> Response:
        webview = webview_for(signed_in(), url_for("accounts", _external=True))
        return redirect(webview.url, 303)

    @app.post("/accounts/<connected_account_id>/reconnect")
    def reconnect(connected_account_id: str) -> Response:
        account = store.account(connected_account_id)
        if account is None or account.user_id != signed_in():
            abort(404)
        return connect()

    @app.post("/webhooks/seam")
    def seam_webhook() -> tuple[str, int]:
        webhook = SeamWebhook(current_app.config["SEAM_WEBHOOK_SECRET"])
        try:
            event = webhook.verify(request.get_data(as_text=True), dict(request.headers))
        except SeamWebhookVerificationError:
            abort(400)
        message_id = request.headers["svix-id"]
        if not store.is_handled(message_id):
            with store.connection():  # a transaction: if it fails, Seam sends the event again
                handle_event(event)
                store.mark_handled(message_id)
        return "", 204

    @app.errorhandler(httpx.HTTPError)
    @app.errorhandler(SeamError)
    def seam_failed(error: Exception) -> tuple[str, int]:
        if not is_passing(error):
            raise error
        return "Seam cannot be reached at the moment. Please try again later.", 503

    return app


def signed_in() -> str:
    """Returns the id of the user, whom another app has signed in."""
    if "user_id" not in session:
        abort(401)
    return str(session["user_id"])
