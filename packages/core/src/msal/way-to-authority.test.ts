import { once } from "node:events";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { describe, expect, test } from "vitest";
import { json, startHttpsMock } from "../../test/http/https-mock.ts";
import { CLIENT } from "../../test/http/token-documents.ts";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import { TokenCache } from "../cache/token-cache.ts";
import type { EventSink } from "../events/event-sink.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import { createFlowParts } from "../credential/create-flow-parts.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { AuthorityConnection } from "./authority-connection.ts";
import { EntraClient } from "./entra-client.ts";

const aSettledMoment = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** A client whose way to the authority a test opens, or not. */
function clientOver(faults: (Error | undefined)[] = []) {
  const steps: string[] = [];
  const clock = virtualClock();
  const connection = {
    metadata: async () => (steps.push("metadata"), {}),
    prepare: () => void steps.push("prepared"),
    close: () => void steps.push("closed"),
  };
  const entra = new EntraClient({
    clientId: CLIENT,
    authorityHost: "https://login.microsoftonline.com",
    flow: "test",
    cache: new TokenCache(undefined, () => {}),
    clock,
    events: { report: () => {} } as unknown as EventSink,
    connect: async () => {
      steps.push("opened");
      const fault = faults.shift();
      if (fault) throw fault;
      return connection as unknown as AuthorityConnection;
    },
  });
  return { entra, steps };
}

describe("the way to the authority", () => {
  test("is opened once, at the first request, and closed with the client", async () => {
    const { entra, steps } = clientOver();
    entra.close();
    await aSettledMoment();
    expect(steps).toEqual([]);
    entra.prepare();
    await entra.metadata(tokenRequest());
    entra.close();
    await aSettledMoment();
    expect(steps).toEqual(["opened", "prepared", "metadata", "closed"]);
  });

  test("that cannot be opened ends no process, and is tried again by whoever needs it", async () => {
    const { entra, steps } = clientOver([new Error("first"), new Error("second")]);
    entra.prepare();
    entra.close();
    await aSettledMoment();
    await expect(entra.metadata(tokenRequest())).rejects.toThrow("second");
    await entra.metadata(tokenRequest());
    expect(steps).toEqual(["opened", "opened", "opened", "metadata"]);
  });

  test("keeps a connection for the next request, and lets go of it in the end", async () => {
    await using server = await startHttpsMock((_, response) => json(response, 200, {}));
    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, server.certificate]);
    try {
      const settings = resolveSettings({ authorityHost: server.origin, disableInstanceDiscovery: true });
      const { entra } = createFlowParts({ settings, flow: "test" });
      for (let times = 0; times < 2; times += 1) {
        await entra.post(`${server.origin}/x`, {}, tokenRequest(), "safe");
      }
      expect(server.connections).toHaveLength(1);
      const gone = once(server.connections[0]!, "close");
      entra.close();
      await gone;
    } finally {
      setDefaultCACertificates(trusted);
    }
  });

  test("over a caller's own fetch is the caller's to close", () => {
    const settings = resolveSettings({ fetch: () => Promise.reject(new Error("x")) });
    const connection = new AuthorityConnection({ settings, clock: virtualClock(), warn: () => {} });
    expect(() => connection.close()).not.toThrow();
  });
});
