-- wrk connects accounts: it creates a webview, completes it, gets it and gets its account. Which
-- request comes next follows from the answers, so several stories are under way at a time.
dofile(os.getenv("BENCHMARK_CALL"))

local next_requests = {}
local created = {}
local completing = {} -- the webviews whose completion has no answer yet, oldest first

local function post_next(path, field, id)
  local body = string.format('{"%s": "%s"}', field, id)
  table.insert(next_requests, wrk.format("POST", path, nil, body))
end

function request()
  return table.remove(next_requests, 1)
    or wrk.format("POST", "/connect_webviews/create", nil, "{}")
end

function response(status, headers, body)
  local webview_id = body:match('"connect_webview_id": ?"([^"]+)"')
  local account_id = body:match('"connected_account_id": ?"([^"]+)"')
  if webview_id and account_id then -- an authorized webview
    post_next("/connected_accounts/get", "connected_account_id", account_id)
  elseif webview_id and not created[webview_id] then
    created[webview_id] = true
    table.insert(completing, webview_id)
    post_next("/_fake/complete_connect_webview", "connect_webview_id", webview_id)
  elseif webview_id then -- two completions were answered in another order: get it again
    post_next("/connect_webviews/get", "connect_webview_id", webview_id)
  elseif not account_id then -- the answer to a completion, which names nothing
    post_next("/connect_webviews/get", "connect_webview_id", table.remove(completing, 1))
  end
end
