import { describe, expect, it } from "vitest";
import { answeringClient, type Reply } from "../../test/http/answering-client.ts";
import { PUBLIC_CLOUD } from "./authority-hosts.ts";
import { tenantRefusal } from "./tenant-refusal.ts";

const HOST = `https://${PUBLIC_CLOUD.host}`;
const UNKNOWN = { error: "invalid_tenant", error_description: "AADSTS90002: Tenant 'x' not found." };
const DOCUMENT = {
  issuer: `${HOST}/{tenantid}/v2.0`,
  authorization_endpoint: `${HOST}/contoso.test/oauth2/v2.0/authorize`,
  token_endpoint: `${HOST}/contoso.test/oauth2/v2.0/token`,
};

function question(changes: object = {}): Parameters<typeof tenantRefusal>[1] {
  const { signal } = new AbortController();
  return { authorityHost: HOST, tenant: "contoso.test", signal, correlationId: "c-1", ...changes };
}

describe("whether the authority refuses a tenant", () => {
  it("is asked of the tenant's document, again where need be, by what keeps no process alive", async () => {
    const { client, clock, asked } = answeringClient((_, before) =>
      before === 0 ? { status: 503 } : { body: DOCUMENT },
    );
    expect(await clock.settle(tenantRefusal(client, question()))).toMatchObject({ value: undefined });
    const url = `${HOST}/contoso.test/v2.0/.well-known/openid-configuration`;
    const request = { method: "GET", url, background: true, freshConnection: false };
    expect(asked).toMatchObject([request, request]);
  });

  it("is told in the authority's own words", async () => {
    const { client } = answeringClient(() => ({ status: 400, body: UNKNOWN }));
    const refusal = await tenantRefusal(client, question());
    expect(refusal).toMatchObject({ code: "service", aadsts: 90002, correlationId: "c-1" });
    expect(refusal?.message).toContain("contoso.test");
    expect(refusal?.message).toContain(HOST);
  });

  it.each<[why: string, reply: Reply]>([
    ["an error that Entra has no number for", { status: 400, body: { error: "invalid_tenant" } }],
    ["an error of the network with a number", { status: 503, body: UNKNOWN }],
    ["nobody who answers", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
    ["a page of somebody else", { status: 404 }],
    ["a document that is not the tenant's", { body: { ...DOCUMENT, issuer: "https://evil.test/" } }],
  ])("is not said by %s", async (_, reply) => {
    const { client, clock } = answeringClient(() => reply);
    expect(await clock.settle(tenantRefusal(client, question()))).toEqual({
      status: "fulfilled",
      value: undefined,
    });
  });

  it.each([{ authorityHost: "https://login.contoso.test" }, { tenant: "organizations" }])(
    "is not asked for %o: there is nothing to ask",
    async (changes) => {
      const { client, asked } = answeringClient(() => ({ status: 400, body: UNKNOWN }));
      expect(await tenantRefusal(client, question(changes))).toBeUndefined();
      expect(asked).toHaveLength(0);
    },
  );

  it("is not waited for after an abort", async () => {
    const { client } = answeringClient(() => "never");
    const controller = new AbortController();
    const asked = tenantRefusal(client, question({ signal: controller.signal }));
    controller.abort("enough");
    await expect(asked).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  });
});
