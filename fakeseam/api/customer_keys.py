"""Customers: the keys under which an app keeps its own customers' things apart.

Source: docs.seam.co api/customers and api/client_sessions.
"""

from __future__ import annotations

from ..errors import ApiError
from .call import Call
from .records import Customer
from .tables import CUSTOMERS

__all__ = ["act_for", "ensure", "forget", "of_new", "sees"]

# Unsourced: how Seam refuses a customer's session that names another customer.
NOT_YOURS = "Not authorized to act for this customer"


def ensure(call: Call, customer_key: str) -> str:
    """Know the customer from now on; returns the key.

    Unsourced: that a key makes its customer wherever it is first named; nothing else does.
    """
    index = ("key", call.workspace_id, customer_key)
    if call.store.first(CUSTOMERS, index) is None:
        customer = Customer(
            customer_id=call.new_id("customer"),
            workspace_id=call.workspace_id,
            created_at=call.now(),
            customer_key=customer_key,
        )
        call.store.put(CUSTOMERS, customer)
    return customer_key


def forget(call: Call, customer_key: str) -> None:
    """Know the customer no more; what carries its key still does."""
    customer = call.store.first(CUSTOMERS, ("key", call.workspace_id, customer_key))
    if customer is not None:
        call.store.delete(CUSTOMERS, customer.customer_id)


def act_for(call: Call, customer_key: str) -> None:
    """Raises if the caller is another customer's session."""
    session = call.session
    if session is not None and session.customer_key not in (None, customer_key):
        raise ApiError(401, "unauthorized", NOT_YOURS)


def of_new(call: Call, given: str | None) -> str | None:
    """Whose a new thing is: what was given, else the customer of the session that makes it.

    Unsourced: that what a customer's session makes is the customer's; it could not see it
    otherwise.
    """
    if given is not None:
        act_for(call, given)
    elif call.session is not None:
        given = call.session.customer_key
    return None if given is None else ensure(call, given)


def sees(call: Call, customer_key: str | None, *, listed: bool = False) -> bool:
    """Whether the caller may see a thing of this customer; ``listed`` is in its session.

    Unsourced: that a customer's session sees whatever carries the customer's key, and never
    what carries another's, even if it is listed in the session: customers are kept apart.
    """
    session = call.session
    if session is None:
        return True
    if session.customer_key is None or customer_key is None:
        return listed
    return session.customer_key == customer_key
