import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const entry = (name: string): string => new URL(`../dist/${name}.mjs`, import.meta.url).href;

/** Runs `body` in a process that records every module it loads; returns those outside the project's own packages. */
async function foreignModules(body: string): Promise<readonly string[]> {
  const code = `
    import { createRequire, registerHooks } from "node:module";
    const seen = [];
    registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
    process.dlopen = (module, file) => { seen.push("native " + file); throw new Error("native code"); };
    ${body}
    console.log(JSON.stringify(seen));`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", code]);
  const seen = JSON.parse(stdout) as string[];
  // Its own file, and what all credentials share: what it needs of others besides is in its own.
  expect(seen).toHaveLength(2);
  return seen.filter((url) => /node_modules|\.node$|^native /.test(url));
}

describe("importing @entrada/broker", () => {
  test("loads no native code, no msal-node and no package from elsewhere", async () => {
    const body = `
      const broker = await import(${JSON.stringify(entry("index"))});
      new broker.InteractiveBrowserBrokerCredential({ useDefaultBrokerAccount: true });`;
    expect(await foreignModules(body)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")(
    "off Windows a search for the broker loads nothing either",
    async () => {
      const body = `
      const broker = await import(${JSON.stringify(entry("index"))});
      if (broker.getBrokerAvailability().available) throw new Error("available");`;
      expect(await foreignModules(body)).toEqual([]);
    },
  );
});
