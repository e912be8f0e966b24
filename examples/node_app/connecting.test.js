// A host connects an account, also while Seam is away for a moment.

import { control } from "./own_fake.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { connect, overview } from "./app.js";

const ANN = { user: "ann", email: "ann@example.com", needsLogin: false };
const BOB = { user: "bob", email: "bob@example.com", needsLogin: false };

async function signIn(url, email) {
  const connect_webview_id = new URL(url).searchParams.get("connect_webview_id");
  await control("complete_connect_webview", { connect_webview_id, email });
}

test("an account is listed after its login", async () => {
  const url = await connect("ann");
  assert.deepEqual(await overview(), []);

  await signIn(url, "ann@example.com");

  assert.deepEqual(await overview(), [ANN]);
  await control("assert_nothing_unexpected");
});

test("each host has an account of their own", async () => {
  for (const user of ["ann", "bob"]) {
    await signIn(await connect(user), `${user}@example.com`);
  }

  const accounts = await overview();

  assert.deepEqual(accounts.sort((one, other) => (one.user < other.user ? -1 : 1)), [ANN, BOB]);
});

test("a failed login connects nothing", async () => {
  const connect_webview_id = new URL(await connect("ann")).searchParams.get("connect_webview_id");

  await control("fail_connect_webview", { connect_webview_id });

  assert.deepEqual(await overview(), []);
});

test("an outage is not an empty list", async () => {
  await signIn(await connect("ann"), "ann@example.com");
  const { fault } = await control("faults/add", { route: "/connected_accounts/list", status: 503 });

  assert.equal(await overview(), null);

  await control("faults/remove", { fault_id: fault.fault_id });
  assert.deepEqual(await overview(), [ANN]);
  await control("requests/assert_called", { route: "/connected_accounts/list", times: 2 });
});
