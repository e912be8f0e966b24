// What a test in TypeScript reads from the control API, without a cast. It is compiled, never run.
import type { components, paths } from "./control";

type Read<Path extends keyof paths> = paths[Path] extends {
  post: { responses: { 200: { content: { "application/json": infer Body } } } };
}
  ? Body
  : never;

export function accounts(body: Read<"/_fakeseam/connect_account">): string[] {
  const account = body.connected_account;
  const email: string | undefined = account.user_identifier.email;
  const codes: (string | undefined)[] = account.errors.map((error) => error.error_code);
  const floor: string | boolean | undefined = account.custom_metadata.floor;
  return [account.connected_account_id, email ?? "", String(floor), codes.join()];
}

export function workspaces(
  made: Read<"/_fakeseam/create_workspace">,
  reset: Read<"/_fakeseam/reset">,
): [boolean, string, string] {
  return [made.workspace.is_sandbox, made.workspace.api_key, reset.workspace.api_key];
}

export function faults(body: Read<"/_fakeseam/faults/list">): number {
  return body.faults.reduce((hits, fault) => hits + (fault.is_over ? fault.hits : 0), 0);
}

export function events(
  body: Read<"/_fakeseam/events/filter">,
  one: Read<"/_fakeseam/events/wait_for">,
): string[] {
  const device: string | undefined = one.event.device_id;
  return [...body.events.map((event) => event.event_type), device ?? ""];
}

export function deliveries(body: Read<"/_fakeseam/webhooks/deliveries">): number[] {
  const [delivery] = body.deliveries;
  const signature: string | undefined = delivery.headers["svix-signature"];
  const type: string = delivery.event.event_type;
  return delivery.attempts.map((attempt) => attempt.status ?? signature.length + type.length);
}

export function requests(body: Read<"/_fakeseam/requests/filter">): (number | null)[] {
  return body.requests.map((request) => request.status);
}

export function logs(
  timeline: Read<"/_fakeseam/timeline">,
  inspection: Read<"/_fakeseam/inspect">,
  dump: Read<"/_fakeseam/dump">,
): string[] {
  const total: number = inspection.inspection.sections.devices.total;
  return [timeline.timeline[0].changes[0], dump.dump.api_key, String(total)];
}

export function failedLogins(error: components["schemas"]["Error"]): string | null | undefined {
  const code: string | undefined = error.error.data?.error_code;
  return code === "account_locked" ? error.error.data?.redirect_url : error.error.message;
}

export function redirects(body: Read<"/_fakeseam/webview_redirect_url">): string {
  return body.redirect_url?.toUpperCase() ?? "nowhere";
}

export function mistakes(fault: Read<"/_fakeseam/faults/get">): void {
  // @ts-expect-error: a fault has no such member, so the types are not "any"
  fault.fault.no_such_member;
}
