import { describe, expect, it } from "vitest";
import { answeringClient, type Reply } from "../../test/http/answering-client.ts";
import type { HttpRequest } from "../http/http-transport.ts";
import { AuthorityDirectory, type MetadataOptions } from "./authority-metadata.ts";

const CLOUD = "login.microsoftonline.com";
const options = (signal: AbortSignal = new AbortController().signal): MetadataOptions => ({
  signal,
  correlationId: "c-1",
});
const hostOf = ({ url }: HttpRequest): string => new URL(url).host;

/** An authority that tells its endpoints at any host, and a cloud that knows every host. */
function documentAt({ url }: HttpRequest): Reply {
  const { origin, host } = new URL(url);
  if (host === CLOUD) return {};
  return {
    body: {
      issuer: `${origin}/{tenantid}/v2.0`,
      authorization_endpoint: `${origin}/t/authorize`,
      token_endpoint: `${origin}/t/token`,
    },
  };
}

describe("whether the public cloud is asked about a host", () => {
  it.each(["localhost:1", "127.0.0.1", "127.10.20.30:8443", "[::1]:1", "contoso.ciamlogin.com"])(
    "%s: no, nobody but the host itself is asked",
    async (host) => {
      const { client, asked } = answeringClient(documentAt);
      await new AuthorityDirectory({ client, authorityHost: `https://${host}` }).metadata(
        "t.test",
        options(),
      );
      expect(asked.map(hostOf)).toEqual([host]);
    },
  );

  it.each(["login.contoso.test", "127.0.0.1.contoso.test", "localhost.contoso.test", "128.0.0.1", "[::2]"])(
    "%s: yes, once the host has not shown itself as a tenant of External ID",
    async (host) => {
      const { client, asked } = answeringClient(documentAt);
      await new AuthorityDirectory({ client, authorityHost: `https://${host}` }).metadata(
        "t.test",
        options(),
      );
      expect(asked.map(hostOf)).toEqual([host, CLOUD, host]);
    },
  );

  it("before a host that asked to be left alone is waited for", async () => {
    const { client, clock, asked } = answeringClient((request, before) =>
      before === 0 ? { status: 429, headers: { "retry-after": "20" } } : documentAt(request),
    );
    const directory = new AuthorityDirectory({ client, authorityHost: "https://login.contoso.test" });
    const answer = await clock.settle(
      client
        .send({ method: "GET", url: "https://login.contoso.test/", repeat: "poll", ...options() })
        .catch(() => directory.metadata("t.test", options())),
    );
    expect(answer).toMatchObject({ status: "fulfilled" });
    expect(asked.map(hostOf)).toEqual(["login.contoso.test", CLOUD, "login.contoso.test"]);
    expect(clock.monotonic()).toBe(20_000);
  });

  it("is not looked at after an abort", async () => {
    const { client, asked } = answeringClient(() => "never");
    const directory = new AuthorityDirectory({ client, authorityHost: "https://login.contoso.test" });
    const controller = new AbortController();
    const work = directory.metadata("t.test", options(controller.signal));
    await new Promise<void>((resolve) => void setImmediate(resolve));
    controller.abort("enough");
    await expect(work).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
    await new Promise<void>((resolve) => void setImmediate(resolve));
    expect(asked.map(hostOf)).toEqual(["login.contoso.test"]);
  });
});
