import { expect, test } from "vitest";
import { InteractiveBrowserCredential } from "../index.ts";

const ARM = "https://management.azure.com/.default";

test("a credential that was disposed before its first call opens nothing afterwards", async () => {
  let opened = 0;
  const credential = new InteractiveBrowserCredential({ openBrowser: () => void (opened += 1) });
  await credential[Symbol.asyncDispose]();
  await expect(credential.getToken(ARM)).rejects.toMatchObject({ code: "unsupported", detail: "disposed" });
  await expect(credential.authenticate()).rejects.toMatchObject({ code: "unsupported", detail: "disposed" });
  expect(await credential.accounts()).toEqual([]);
  expect(opened).toBe(0);
});

test("a call that is under way when its credential is disposed ends as an abort", async () => {
  const credential = new InteractiveBrowserCredential({ openBrowser: () => {} });
  const call = credential.getToken(ARM).catch((error: unknown) => error);
  await credential[Symbol.asyncDispose]();
  expect(await call).toMatchObject({ name: "AbortError" });
});
