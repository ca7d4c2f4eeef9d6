import { once } from "node:events";
import { describe, expect, test } from "vitest";
import { expectWithin } from "../../../tools/measure/expect-within.ts";
import { DeviceCodeCredential, type DeviceCodeCredentialOptions } from "../src/index.ts";
import { ARM } from "./emulated-authority.ts";
import { startSilentAuthority, type SilentAuthority } from "./silent-authority.ts";

function createCredential({ authorityHost, tenantId }: SilentAuthority, more?: DeviceCodeCredentialOptions) {
  return new DeviceCodeCredential({ authorityHost, tenantId, userPromptCallback: () => {}, ...more });
}

describe.concurrent("a poll that is never answered", () => {
  test("ends with the code, and its connection with it", { timeout: 240_000 }, async () => {
    await expectWithin(2300, async () => {
      await using authority = await startSilentAuthority({ expires_in: 2, interval: 1 });
      let askedAt = 0;
      const userPromptCallback = (): void => void (askedAt = performance.now());
      const token = createCredential(authority, { userPromptCallback }).getToken(ARM);
      const ended = expect(token).rejects.toMatchObject({ code: "device_code_expired" });
      const { socket } = await authority.polled;
      const closed = once(socket, "close");
      await ended;
      const lifeInMs = performance.now() - askedAt;
      expect(lifeInMs).toBeGreaterThan(1900);
      await closed;
      expect(authority.pollCount).toBe(1);
      return lifeInMs;
    });
  });

  test("hears an abort within 100 ms, and its connection is closed", async () => {
    await expectWithin(100, async () => {
      await using authority = await startSilentAuthority({ expires_in: 900, interval: 1 });
      const controller = new AbortController();
      const token = createCredential(authority).getToken(ARM, { abortSignal: controller.signal });
      const ended = expect(token).rejects.toMatchObject({ name: "AbortError", cause: "enough" });
      const { socket } = await authority.polled;
      const closed = once(socket, "close");
      const abortedAt = performance.now();
      controller.abort("enough");
      await ended;
      const took = performance.now() - abortedAt;
      await closed;
      return took;
    });
  });

  test("counts as a fault after requestTimeoutInMs, and polling goes on", async () => {
    await using authority = await startSilentAuthority({ expires_in: 6, interval: 1 });
    const token = createCredential(authority, { requestTimeoutInMs: 1000 }).getToken(ARM);
    await expect(token).rejects.toMatchObject({ code: "device_code_expired" });
    expect(authority.pollCount).toBe(2);
  });
});
