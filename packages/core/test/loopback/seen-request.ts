import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { exchange, request } from "./raw-client.ts";

/** What Node.js has of a request. */
export interface SeenRequest {
  readonly server: Server;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const CHANNEL = "http.server.request.start";

/** Looks at the waiting page, and returns what the listener's own process has of that request. */
export async function seenRequest(port: number): Promise<SeenRequest> {
  const seen: SeenRequest[] = [];
  const note = (message: unknown): void => void seen.push(message as SeenRequest);
  subscribe(CHANNEL, note);
  try {
    await exchange(port, request(port));
  } finally {
    unsubscribe(CHANNEL, note);
  }
  const one = seen.find(({ request: { headers } }) => headers.host === `localhost:${port}`);
  if (one === undefined) throw new Error(`Nobody in this process has answered at port ${port}`);
  return one;
}
