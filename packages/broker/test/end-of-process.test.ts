// Apart from the other faults: it sees the built package, in which a change of the sources is not seen.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

test(
  "W12: after an abort the process ends by itself, though Windows never answers",
  { timeout: 240_000 },
  async () => {
    const entry = new URL("../dist/index.mjs", import.meta.url).href;
    const code = `
    import { InteractiveBrowserBrokerCredential } from ${JSON.stringify(entry)};
    const features = { listAccounts: true, window: true, correlationId: true, accountPicker: true };
    const controller = new AbortController();
    const never = () => new Promise(() => setImmediate(() => controller.abort()));
    const transport = {
      probe: () => ({ available: true, features }), resolveWindowHandle: () => ({ handle: 1n, source: "console" }),
      cancel: () => true, request: never, listAccounts: never, findAccount: never, signOut: never,
      pickProvider: never, defaultAccountKind: never,
    };
    const credential = new InteractiveBrowserBrokerCredential({ transport });
    await credential.getToken("api://x/y", { abortSignal: controller.signal }).catch((e) => console.log(e.name));`;
    // The run rejects when the process does not end by itself within the time, or with another code than 0.
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code], {
      timeout: 120_000,
    });
    expect(stdout.trim()).toBe("AbortError");
  },
);
