import { createFlowParts } from "../../src/credential/create-flow-parts.ts";
import type { AuthenticationEvent } from "../../src/events/events.ts";
import type { TokenRequest } from "../../src/flow/flow.ts";
import type { SharedOptions } from "../../src/options/shared-option-names.ts";
import { resolveSettings } from "../../src/options/resolve-settings.ts";
import { virtualClock } from "../../src/testing/virtual-clock.ts";
import { CLIENT, goodAnswer, NOW, TENANT, type Json } from "../http/token-documents.ts";

/** One request as the authority gets it. */
export interface Posted {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

export type Reply = {
  readonly status?: number;
  readonly body: Json;
  readonly headers?: Record<string, string>;
};

type Sent = { readonly method: string; readonly headers: Record<string, string>; readonly body: string };

/** The msal boundary over a `fetch` whose every answer a test decides; by default each is a good one. */
export function entraOverFetch(options: Partial<SharedOptions> = {}) {
  const posted: Posted[] = [];
  const events: AuthenticationEvent[] = [];
  const clock = virtualClock(NOW);
  const authority: { reply: (request: Posted, before: number) => Reply | Error } = {
    reply: () => ({ body: goodAnswer({ id_token: undefined }) }),
  };
  const fetch = async (url: string, { method, headers, body }: Sent) => {
    const request = { method, url, headers, form: Object.fromEntries(new URLSearchParams(body)) };
    posted.push(request);
    const reply = authority.reply(request, posted.length - 1);
    if (reply instanceof Error) throw reply;
    return Response.json(reply.body, { status: reply.status ?? 200, headers: reply.headers ?? {} });
  };
  const settings = resolveSettings({
    clientId: CLIENT,
    tenantId: TENANT,
    fetch: fetch as never,
    onEvent: (event) => events.push(event),
    ...options,
  });
  return { ...createFlowParts({ settings, flow: "test", clock }), clock, posted, events, authority };
}

export const GRAPH = "https://graph.microsoft.com/User.Read";

export function tokenRequest(changes: Partial<TokenRequest> = {}): TokenRequest {
  return {
    scopes: [GRAPH],
    tenantId: TENANT,
    enableCae: false,
    signal: new AbortController().signal,
    correlationId: "11111111-2222-4333-8444-555555555555",
    ...changes,
  };
}
