"""A workspace of 1,200 accounts, read page by page while accounts come and go."""

from __future__ import annotations

import random

from fakeseam import FakeSeam

ACCOUNTS = 1_200
PAGE = 100


def test_every_account_that_survives_is_read_exactly_once():
    chance = random.Random(5)
    fake = FakeSeam()
    seam = fake.client()
    ids = [connect(fake, number) for number in range(ACCOUNTS)]
    deleted = set()

    read, number = [], ACCOUNTS
    paginator = seam.create_paginator(seam.connected_accounts.list, {"limit": PAGE})
    page, pagination = paginator.first_page()
    while True:
        read += [account.connected_account_id for account in page]
        if not pagination.has_next_page:
            break
        # The account that the next page begins with is among those that may go.
        for gone in {*chance.sample(ids, 20), *ids[len(read):len(read) + 2]} - deleted:
            seam.connected_accounts.delete(connected_account_id=gone)
            deleted.add(gone)
        for _ in range(10):
            ids.append(connect(fake, number))
            number += 1
        page, pagination = paginator.next_page(pagination.next_page_cursor)

    assert len(read) == len(set(read))
    assert set(ids) - deleted <= set(read)
    assert set(read) <= set(ids)
    assert number > ACCOUNTS + 100
    assert len(deleted) > 200


def connect(fake, number):
    account = fake.connect_account("minut", f"user{number}@example.com")
    return account["connected_account_id"]
