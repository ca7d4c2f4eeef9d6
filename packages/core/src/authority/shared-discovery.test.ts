import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { answeringClient, type Reply } from "../../test/http/answering-client.ts";
import { AuthorityDirectory, type MetadataOptions } from "./authority-metadata.ts";

const HOST = "https://localhost:8443";
const DOCUMENT = {
  issuer: `${HOST}/{tenantid}/v2.0`,
  authorization_endpoint: `${HOST}/t/authorize`,
  token_endpoint: `${HOST}/t/token`,
};

function directoryOf(reply: (before: number) => Reply) {
  const { client, asked } = answeringClient((_, before) => reply(before));
  return { directory: new AuthorityDirectory({ client, authorityHost: HOST }), asked };
}

function options({ signal } = new AbortController()): MetadataOptions {
  return { signal, correlationId: "c-1" };
}

const reason = (error: unknown): unknown => error;
const aSettledMoment = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe("P4: one question of several callers", () => {
  it("ends with the last who waits for it, and not before", async () => {
    const { directory, asked } = directoryOf(() => "never");
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map((caller) => directory.metadata("t", options(caller)).catch(reason));
    await aSettledMoment();
    one.abort("first");
    expect(await waiting[0]).toMatchObject({ name: "AbortError", cause: "first" });
    expect(asked[0]?.signal.aborted).toBe(false);
    two.abort("second");
    expect(await waiting[1]).toMatchObject({ name: "AbortError", cause: "second" });
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it("that nobody waits for any more takes nothing from the one after it when it ends", async () => {
    const { directory, asked } = directoryOf(() => "never");
    const first = new AbortController();
    const left = directory.metadata("t", options(first)).catch(reason);
    await aSettledMoment();
    first.abort();
    await left;
    // The request that was left has not ended yet.
    const second = new AbortController();
    const next = directory.metadata("t", options(second)).catch(reason);
    await aSettledMoment();
    const joined = directory.metadata("t", options(second)).catch(reason);
    await aSettledMoment();
    expect(asked).toHaveLength(2);
    second.abort();
    await Promise.all([next, joined]);
  });

  it("leaves no listener on a caller's signal", async () => {
    const { directory } = directoryOf(() => ({ body: DOCUMENT }));
    const { signal } = new AbortController();
    await directory.metadata("t", { signal, correlationId: "c-1" });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("is asked once more after a failure, and is known after an answer", async () => {
    const { directory, asked } = directoryOf((before) =>
      before === 0 ? { status: 404 } : { body: DOCUMENT },
    );
    await expect(directory.metadata("t", options())).rejects.toMatchObject({ detail: "unexpected_status" });
    const known = await directory.metadata("t", options());
    expect(await directory.metadata("T", options())).toBe(known);
    expect(asked).toMatchObject([{ method: "GET" }, { method: "GET" }]);
  });
});
