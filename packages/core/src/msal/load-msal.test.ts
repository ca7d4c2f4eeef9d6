import { describe, expect, test } from "vitest";
import { loadMsal } from "./load-msal.ts";
import { requireMsal } from "./require-msal.ts";

describe("msal-node's CommonJS build", () => {
  test("is taken where the package itself lies, with msal-node beside it", () => {
    const place = new URL("../../dist/chunks/chunk-1.mjs", import.meta.url).href;
    expect(requireMsal(place)).toHaveProperty("PublicClientApplication");
  });

  test.each([
    undefined,
    7,
    "file:///app/bundle.js",
    new URL("../../dist/chunks/", import.meta.url).href,
    new URL("../../dist/chunks/deeper/chunk-1.mjs", import.meta.url).href,
    new URL("../../dist/chunk-1.mjs", import.meta.url).href,
  ])("is not looked for from anywhere else: %s", (place) => {
    expect(requireMsal(place ?? null)).toBeUndefined();
  });
});

describe("msal-node", () => {
  test("is loaded", async () => {
    expect(await loadMsal()).toHaveProperty("PublicClientApplication");
  });

  test("that is not there is named, and what to do", async () => {
    const cause = new Error("Cannot find package");
    await expect(loadMsal(() => Promise.reject(cause))).rejects.toMatchObject({
      code: "unsupported",
      detail: "msal_node_missing",
      hint: expect.stringContaining("@azure/msal-node") as string,
      cause,
    });
  });
});
