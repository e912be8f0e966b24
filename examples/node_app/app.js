// Hosts connect the accounts of their smart locks through Seam, and see which to reconnect.

import { Seam } from "seam";

const seam = new Seam(); // reads SEAM_ENDPOINT and SEAM_API_KEY

/** Returns the URL of a page where a host signs in to the account of a lock. */
export async function connect(userId) {
  const webview = await seam.connectWebviews.create({
    provider_category: "stable",
    custom_metadata: { user_id: userId },
  });
  return webview.url;
}

/** Returns the accounts of all hosts, or null while Seam is away. */
export async function overview() {
  try {
    return (await seam.connectedAccounts.list()).map(show);
  } catch (error) {
    // The SDK's own error for a 500, axios's for a 503 of a proxy, which has no body of Seam's.
    if ((error.statusCode ?? error.response?.status) >= 500) return null;
    throw error;
  }
}

/** Returns how many accounts were disconnected since a time. */
export async function countDisconnectedSince(time) {
  const event_type = "connected_account.disconnected";
  return (await seam.events.list({ since: time, event_type })).length;
}

function show(account) {
  return {
    user: account.custom_metadata.user_id,
    email: account.user_identifier.email,
    needsLogin: account.errors.some((one) => one.error_code === "account_disconnected"),
  };
}
