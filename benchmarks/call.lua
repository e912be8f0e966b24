-- wrk sends one call again and again.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCHMARK_KEY")
wrk.body = os.getenv("BENCHMARK_BODY")

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format("\nRESULT %d %d %d\n", summary.requests, summary.duration, failed))
end
