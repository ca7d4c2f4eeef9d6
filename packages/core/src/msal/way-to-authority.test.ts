import { describe, expect, test } from "vitest";
import { CLIENT } from "../../test/http/token-documents.ts";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import { TokenCache } from "../cache/token-cache.ts";
import type { EventSink } from "../events/event-sink.ts";
import { virtualClock } from "../testing/virtual-clock.ts";
import type { AuthorityConnection } from "./authority-connection.ts";
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
});
