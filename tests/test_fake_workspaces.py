"""The workspace in which a call acts, by the token and the workspace that it names."""

import asyncio

import pytest

from fakeseam import FakeSeam, MisuseError

UNKNOWN = "3f2f8c1e-6f2b-4c58-9d0c-0e8f4d5e6a7b"


@pytest.fixture
def fake():
    with FakeSeam() as fake:
        yield fake


@pytest.fixture
def other(fake):
    return fake.create_workspace(name="Other")


def test_a_call_in_another_workspace_has_the_key_of_that_one(fake, other):
    body = fake.call("/workspaces/get", workspace_id=other.workspace_id)

    assert body["workspace"]["workspace_id"] == other.workspace_id


@pytest.mark.parametrize("named", [lambda other: other, lambda other: other.workspace_id])
def test_a_client_of_another_workspace_has_the_key_of_that_one(fake, other, named):
    with fake.client(workspace=named(other)) as seam:
        assert seam.workspaces.get().workspace_id == other.workspace_id


def test_an_asynchronous_client_of_another_workspace_has_the_key_of_that_one(fake, other):
    async def get():
        async with fake.async_client(workspace=other) as seam:
            return await seam.workspaces.get()

    assert asyncio.run(get()).workspace_id == other.workspace_id


def test_an_access_token_acts_in_the_workspace_that_is_named(fake, other):
    token = fake.create_personal_access_token()

    with fake.client(token, other) as there, fake.client(token) as here:
        assert there.workspaces.get().workspace_id == other.workspace_id
        assert here.workspaces.get().workspace_id == fake.workspace_id


def test_an_unknown_workspace_is_misuse(fake):
    with pytest.raises(MisuseError, match="create_workspace"):
        fake.call("/workspaces/get", workspace_id=UNKNOWN)
    with pytest.raises(MisuseError, match="Expected a workspace_id, or an object that has one"):
        fake.client(workspace=object())
