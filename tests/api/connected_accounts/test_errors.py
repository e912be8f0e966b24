"""The table of each error and warning that a transition raises or clears."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakeseam.api.connected_accounts.errors import apply_transition
from fakeseam.api.connected_accounts.record import ACCOUNTS
from fakeseam.api.lifecycle import ACCOUNT


@pytest.mark.parametrize("effect", ["raises", "clears"])
def test_a_code_in_neither_table_is_an_error(fake, effect):
    account_id = fake.connect_account()["connected_account_id"]
    account = fake._engine.runtime.store.get(ACCOUNTS, account_id)
    row = replace(ACCOUNT.step("connected", "disconnect"), **{effect: ("no_such_code",)})

    with pytest.raises(KeyError, match="no_such_code"):
        apply_transition(None, account, row)
