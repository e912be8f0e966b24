// An account is disconnected by its provider; its host reconnects it.

import { control } from "./own_fake.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { countDisconnectedSince, overview } from "./app.js";

const ANN = { user: "ann", email: "ann@example.com" };

async function connected(user) {
  const { connected_account } = await control("connect_account", {
    email: `${user}@example.com`,
    custom_metadata: { user_id: user },
  });
  return { connected_account_id: connected_account.connected_account_id };
}

test("a disconnected account needs a login", async () => {
  const account = await connected("ann");

  await control("disconnect_account", account);

  assert.deepEqual(await overview(), [{ ...ANN, needsLogin: true }]);
});

test("a reconnected account needs none", async () => {
  const account = await connected("ann");
  await control("disconnect_account", account);

  await control("reconnect_account", account);

  assert.deepEqual(await overview(), [{ ...ANN, needsLogin: false }]);
  await control("events/assert_emitted", { event_type: "connected_account.connected", times: 2 });
});

test("yesterday's disconnections are not counted", async () => {
  await control("disconnect_account", await connected("ann"));
  const { now } = await control("clock/advance", { seconds: 86400 });
  await control("disconnect_account", await connected("bob"));

  assert.equal(await countDisconnectedSince("2026-01-01T00:00:00Z"), 2);
  assert.equal(await countDisconnectedSince("2026-01-02T00:00:00Z"), 1);
  assert.equal(now, "2026-01-02T12:00:00.000Z");
});

test("an outage does not disconnect anything", async () => {
  await connected("ann");
  await control("faults/add", { route: "*", status: 500, times: 1 });

  assert.equal(await overview(), null);
  assert.deepEqual(await overview(), [{ ...ANN, needsLogin: false }]);
  await control("assert_nothing_unexpected");
});
