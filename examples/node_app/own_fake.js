// Gives a test file a fake of its own. Import it before the app, which reads the key.

import { after, beforeEach } from "node:test";

if (!process.env.SEAM_ENDPOINT) throw new Error("Run the suite by: fakeseam exec -- npm test");

// Node runs each test file in a process of its own.
process.env.SEAM_API_KEY = `seam_fake_node${process.pid}`;

/** Calls a control endpoint of this file's fake; returns the response, or throws its message. */
export async function control(name, params = {}) {
  const response = await fetch(`${process.env.SEAM_ENDPOINT}/_fakeseam/${name}`, {
    method: "POST",
    headers: {
      "Authorization": `Bearer ${process.env.SEAM_API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(params),
  });
  const body = await response.json();
  if (!body.ok) throw new Error(`${name}: ${body.error.message}`);
  return body;
}

beforeEach(() => control("reset", { now: "2026-01-01T12:00:00Z", strict: true }));
after(() => control("close"));
