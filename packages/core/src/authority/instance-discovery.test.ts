import { describe, expect, it } from "vitest";
import { answeringClient } from "../../test/http/answering-client.ts";
import { PRIVATE_CLOUD } from "../refusals/aadsts-remedies.ts";
import { discoverInstance } from "./instance-discovery.ts";

function question(
  signal: AbortSignal = new AbortController().signal,
): Parameters<typeof discoverInstance>[1] {
  return {
    authorityHost: "https://login.contoso.test",
    tenant: "contoso.test",
    signal,
    correlationId: "c-1",
  };
}

describe("the public cloud's word on a host", () => {
  it("is read, and asked for again where the cloud is unwell", async () => {
    const { client, clock, asked } = answeringClient((_, before) => (before === 0 ? { status: 502 } : {}));
    expect(await clock.settle(discoverInstance(client, question()))).toMatchObject({ status: "fulfilled" });
    const request = { method: "GET", freshConnection: false };
    expect(asked).toMatchObject([request, request]);
  });

  it("is not to be had without a network: both what helps with that and what to set is said", async () => {
    const { client, clock } = answeringClient(() => Object.assign(new Error("x"), { code: "ECONNREFUSED" }));
    const result = await clock.settle(discoverInstance(client, question()));
    expect(result).toMatchObject({ status: "rejected", reason: { code: "network", correlationId: "c-1" } });
    const { hint } = (result as PromiseRejectedResult).reason as { hint: string };
    expect(hint).toMatch(/^Check the network, .*\. /u);
    expect(hint.endsWith(`. ${PRIVATE_CLOUD}`)).toBe(true);
  });

  it("is not waited for after an abort", async () => {
    const { client } = answeringClient(() => "never");
    const controller = new AbortController();
    const asked = discoverInstance(client, question(controller.signal));
    controller.abort("enough");
    await expect(asked).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  });
});
