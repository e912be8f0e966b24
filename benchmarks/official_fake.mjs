// Serves the official fake with accounts, added as its /_fake/complete_connect_webview adds them,
// but with two locks each, so that ten accounts have a list of 20 devices.
const { createFake } = await import(process.env.BENCHMARK_FAKE)
const fake = await createFake()
await fake.seed()
const db = fake.database
const workspace_id = "seed_workspace_1"
for (let number = 0; number < Number(process.env.BENCHMARK_ACCOUNTS); number++) {
  const { connect_webview_id } = db.addConnectWebview({ workspace_id })
  const { connected_account_id } = db.addConnectedAccount({
    provider: "august",
    workspace_id,
    user_identifier: { email: `${number}@example.com` },
  })
  for (const name of ["Front Door", "Back Door"]) {
    db.addDevice({ device_type: "august_lock", connected_account_id, name, workspace_id })
  }
  db.updateConnectWebview({ connect_webview_id, status: "authorized", connected_account_id })
}
await fake.startServer({ port: Number(process.env.PORT) })
