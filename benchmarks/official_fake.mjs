// Serves the official fake, with as many locks beside those of its own seed as accounts will be
// connected. An account gets one lock from it and two from fakeseam: so both have enough to list.
const { createFake } = await import(process.env.BENCHMARK_FAKE)
const fake = await createFake()
await fake.seed()
for (let number = 0; number < Number(process.env.BENCHMARK_ACCOUNTS); number++) {
  fake.database.addDevice({
    device_type: "august_lock",
    connected_account_id: "john_connected_account_id",
    name: "Back Door",
    workspace_id: "seed_workspace_1",
  })
}
await fake.startServer({ port: Number(process.env.PORT) })
