import { describe, expect, test } from "vitest";
import { loadWamTransport, WamError, type WamTransport } from "../src/index.ts";

const loaded = loadWamTransport();
const built = loaded.available || loaded.reason !== "binary_missing";

function transport(): WamTransport {
  if (!loaded.available) throw new Error(loaded.message);
  return loaded.transport;
}

// With the binary that was built there: whatever that machine is, the addon answers and does not crash.
describe.runIf(process.platform === "win32" && built)("on a real Windows", () => {
  test("the probe tells what this machine is", () => {
    const probe = transport().probe();
    expect(probe.build).toBeGreaterThan(10_000);
    expect(probe.available).toBe(probe.reason === undefined);
  });

  test("there is a window for a dialog", () => {
    expect(transport().resolveWindowHandle()).toMatchObject({ handle: expect.any(BigInt) });
  });

  test("a question to WAM is answered, or fails with a WamError", async () => {
    const answer = await transport()
      .defaultAccountKind({ operationId: 1 })
      .catch((error: unknown) => error);
    const answers = [null, "organizations", "consumers", expect.any(WamError)];
    expect(answers).toContainEqual(answer);
  });

  test("a cancelled question rejects at once", async () => {
    const question = transport().defaultAccountKind({ operationId: 2 });
    expect(transport().cancel(2)).toBe(true);
    await expect(question).rejects.toMatchObject({ code: "WAM_CANCELLED" });
  });
});
