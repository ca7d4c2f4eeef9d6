import { AuthorityClient } from "../../src/authority/authority-client.ts";
import type { HttpRequest } from "../../src/http/http-transport.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** What a test answers; an error is a fault on the way. */
export type Reply =
  | { readonly status?: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | Error
  | "never";

export interface AnsweringClient {
  readonly client: AuthorityClient;
  readonly clock: VirtualClock;
  /** Every request that was sent. */
  readonly asked: readonly HttpRequest[];
}

/** A client on a virtual clock whose requests a test answers, without a server; nothing is paused between two tries. */
export function answeringClient(reply: (request: HttpRequest, before: number) => Reply): AnsweringClient {
  const clock = new VirtualClock();
  const asked: HttpRequest[] = [];
  const client = new AuthorityClient({
    clock,
    requestTimeoutInMs: 30_000,
    random: () => 0,
    transport: async (request) => {
      asked.push(request);
      const answer = reply(request, asked.length - 1);
      if (answer === "never") return new Promise<never>(() => undefined);
      if (answer instanceof Error) throw answer;
      const { status = 200, body = {}, headers = {} } = answer;
      return { status, header: (name) => headers[name], body: Buffer.from(JSON.stringify(body)) };
    },
  });
  return { client, clock, asked };
}
