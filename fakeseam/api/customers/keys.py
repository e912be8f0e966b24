"""Customers: the keys by which an app keeps the data of its own customers apart.

Source: docs.seam.co api/customers and api/client_sessions.
"""

from __future__ import annotations

from ...errors import ApiError
from .. import deletion
from ..context import RequestContext
from .record import CUSTOMERS, Customer

__all__ = ["check_customer", "delete_customer", "ensure", "is_visible", "key_for_new"]

# Unsourced: the message for a customer's session that names another customer.
OTHER_CUSTOMER = "Not authorized to act for this customer"


def ensure(ctx: RequestContext, customer_key: str) -> str:
    """Creates the customer unless it exists; returns the key.

    Unsourced: that the first use of a key creates its customer; nothing else creates one.
    """
    index = ("key", ctx.workspace_id, customer_key)
    if ctx.store.first(CUSTOMERS, index) is None:
        customer = Customer(
            customer_id=ctx.new_id("customer"),
            workspace_id=ctx.workspace_id,
            created_at=ctx.now(),
            customer_key=customer_key,
        )
        ctx.store.put(CUSTOMERS, customer)
    return customer_key


def delete_customer(ctx: RequestContext, customer_key: str) -> None:
    """Deletes the customer if it exists; other records keep its key."""
    customer = ctx.store.first(CUSTOMERS, ("key", ctx.workspace_id, customer_key))
    if customer is not None:
        deletion.delete(ctx, CUSTOMERS, customer)


def check_customer(ctx: RequestContext, customer_key: str) -> None:
    """Raises Seam's 401 if the caller is the session of another customer."""
    session = ctx.session
    if session is not None and session.customer_key not in (None, customer_key):
        raise ApiError(401, "unauthorized", OTHER_CUSTOMER)


def key_for_new(ctx: RequestContext, customer_key: str | None) -> str | None:
    """Returns the customer of a new record: the sent one, else that of the caller's session.

    Raises Seam's 401 as ``check_customer`` does. Unsourced: that a record created by a customer's
    session belongs to the customer; the session could not see it otherwise.
    """
    if customer_key is not None:
        check_customer(ctx, customer_key)
    elif ctx.session is not None:
        customer_key = ctx.session.customer_key
    return None if customer_key is None else ensure(ctx, customer_key)


def is_visible(ctx: RequestContext, customer_key: str | None, *, listed: bool = False) -> bool:
    """Returns whether the caller may see a record of this customer, or of none.

    ``listed`` is whether the caller's session lists the record. Unsourced: that a customer's
    session sees every record with its customer's key, and none with another's, even if listed:
    customers are kept apart.
    """
    session = ctx.session
    if session is None:
        return True
    if session.customer_key is None or customer_key is None:
        return listed
    return session.customer_key == customer_key
