"""The SDK's clients that act in no workspace, on the transports of a fake."""

from __future__ import annotations

import asyncio

import pytest
from seam import NULL, AsyncSeamWithoutWorkspace, SeamWithoutWorkspace


@pytest.fixture
def token(fake):
    return fake.create_personal_access_token()


def test_the_sdks_client_without_a_workspace_makes_and_lists_them(fake, token):
    options = {"transport": fake.transport()}

    with SeamWithoutWorkspace(token, httpx_options=options) as seam:
        made = seam.workspaces.create(name="Hotel", connect_partner_name=NULL)
        listed = seam.workspaces.list()

    assert [one.workspace_id for one in listed] == [fake.workspace_id, made.workspace_id]


def test_the_asynchronous_one_too(fake, token):
    async def ask():
        options = {"transport": fake.async_transport()}
        async with AsyncSeamWithoutWorkspace(token, httpx_options=options) as seam:
            await seam.workspaces.create(name="Hotel")
            return await seam.workspaces.list()

    assert [one.name for one in asyncio.run(ask())] == ["Sandbox", "Hotel"]
