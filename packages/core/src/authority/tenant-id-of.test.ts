import { describe, expect, it } from "vitest";
import { answeringClient, type Reply } from "../../test/http/answering-client.ts";
import { tenantIdOf } from "./tenant-id-of.ts";

const HOST = "https://login.contoso.test";
const ID = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

function documentWith(issuer: string): object {
  const at = `${HOST}/contoso.test/oauth2/v2.0`;
  return { issuer, authorization_endpoint: `${at}/authorize`, token_endpoint: `${at}/token` };
}

function question(signal: AbortSignal = new AbortController().signal): Parameters<typeof tenantIdOf>[1] {
  return { authorityHost: HOST, tenant: "contoso.test", signal, correlationId: "c-1" };
}

describe("the id of a tenant that is named by its domain", () => {
  it("is the one in its issuer, in lower case, and is asked for once, by what keeps no process alive", async () => {
    const { client, asked } = answeringClient(() => ({
      body: documentWith(`${HOST}/${ID.toUpperCase()}/v2.0`),
    }));
    expect(await tenantIdOf(client, question())).toBe(ID);
    const url = `${HOST}/contoso.test/v2.0/.well-known/openid-configuration`;
    expect(asked).toMatchObject([{ method: "GET", url, background: true, freshConnection: true }]);
  });

  it.each<[where: string, reply: Reply]>([
    ["the issuer is a template", { body: documentWith(`${HOST}/{tenantid}/v2.0`) }],
    ["the issuer is somebody else", { body: documentWith(`https://evil.test/${ID}/v2.0`) }],
    ["the authority is unwell", { status: 503 }],
    ["nobody answers", Object.assign(new Error("x"), { code: "ECONNREFUSED" })],
  ])("is not known where %s, and is not asked for again", async (_, reply) => {
    const { client, asked } = answeringClient(() => reply);
    expect(await tenantIdOf(client, question())).toBeUndefined();
    expect(asked).toHaveLength(1);
  });

  it("is not waited for where the host asked to be left alone", async () => {
    const { client, clock, asked } = answeringClient(() => ({
      status: 429,
      headers: { "retry-after": "20" },
    }));
    await client.send({ method: "GET", url: HOST, repeat: "poll", ...question() }).catch(() => {});
    expect(await tenantIdOf(client, question())).toBeUndefined();
    expect([asked.length, clock.monotonic()]).toEqual([1, 0]);
  });

  it("is not waited for after an abort", async () => {
    const { client } = answeringClient(() => "never");
    const controller = new AbortController();
    const asked = tenantIdOf(client, question(controller.signal));
    controller.abort("enough");
    await expect(asked).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
  });
});
