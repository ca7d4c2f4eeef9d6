import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const entry = new URL("../dist/index.mjs", import.meta.url).href;
const run = promisify(execFile);

/** Imports the built package in a process of its own and returns what `expression` is there. */
async function inProcess(expression: string): Promise<unknown> {
  const code = `import * as entrada from ${JSON.stringify(entry)}; console.log(JSON.stringify(await (${expression})));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
  return JSON.parse(stdout) as unknown;
}

describe("importing @entrada/core", () => {
  test("loads no package, no network, no process and no crypto module of Node", async () => {
    const loaded = (await inProcess("process.moduleLoadList")) as string[];
    const { stdout } = await run(process.execPath, [
      "--input-type=module",
      "--eval",
      "console.log(JSON.stringify(process.moduleLoadList))",
    ]);
    const bare = new Set(JSON.parse(stdout) as string[]);
    const added = loaded.filter((name) => !bare.has(name));
    for (const name of ["https", "http", "net", "tls", "child_process", "crypto", "dns"]) {
      expect(added).not.toContain(`NativeModule ${name}`);
    }
  });

  test("loads no msal-node", async () => {
    const probe = `(async () => { const { createRequire } = await import("node:module");
      new entrada.InteractiveBrowserCredential();
      return Object.keys(createRequire(${JSON.stringify(entry)}).cache ?? {}); })()`;
    expect(await inProcess(probe)).toEqual([]);
    const { stdout } = await run(process.execPath, [
      "--input-type=module",
      "--eval",
      `import { registerHooks } from "node:module"; const seen = []; registerHooks({ resolve(s, c, n) { const r = n(s, c); seen.push(r.url); return r; } }); const { InteractiveBrowserCredential } = await import(${JSON.stringify(entry)}); new InteractiveBrowserCredential(); console.log(JSON.stringify(seen));`,
    ]);
    const seen = JSON.parse(stdout) as string[];
    // The entry point and what every credential takes: all that a program reads before it asks for a token.
    const files = new Set(seen.filter((url) => url.startsWith("file:")));
    expect([...files]).toEqual([new URL("index.mjs", entry).href, new URL("credential.mjs", entry).href]);
  });

  test("works through require() as well", async () => {
    const code = `const { InteractiveBrowserCredential } = require(${JSON.stringify(fileURLToPath(entry))}); console.log(typeof InteractiveBrowserCredential);`;
    const { stdout } = await run(process.execPath, ["--eval", code]);
    expect(stdout.trim()).toBe("function");
  });
});
