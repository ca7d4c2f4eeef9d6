import { once } from "node:events";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { expect, onTestFinished, test } from "vitest";
import { json, startHttpsMock } from "../../test/http/https-mock.ts";
import { tokenRequest } from "../../test/msal/entra-over-fetch.ts";
import type { EntraClient } from "../msal/entra-client.ts";
import { resolveSettings } from "../options/resolve-settings.ts";
import { openEngine } from "./open-engine.ts";

test("an engine that ends lets go of the connections of its flow", async () => {
  await using server = await startHttpsMock((_, response) => json(response, 200, {}));
  const trusted = getCACertificates("default");
  setDefaultCACertificates([...trusted, server.certificate]);
  onTestFinished(() => setDefaultCACertificates(trusted));
  let entra!: EntraClient;
  const engine = await openEngine({
    settings: resolveSettings({ authorityHost: server.origin, disableInstanceDiscovery: true }),
    flow: "test",
    createFlow: (parts) => {
      entra = parts.entra;
      return parts.entraFlow({ name: "test", interactive: () => Promise.reject(new Error("asked")) });
    },
  });
  await entra.post(`${server.origin}/x`, {}, tokenRequest(), "safe");
  const gone = once(server.connections[0]!, "close");
  engine.dispose();
  expect(await gone).toEqual([expect.any(Boolean)]);
});
