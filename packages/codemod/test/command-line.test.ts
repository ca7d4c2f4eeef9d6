import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommandLine } from "../src/command-line.ts";

const SOURCE = `import { InteractiveBrowserCredential } from "@azure/identity";
export const credential = new InteractiveBrowserCredential({ retryOptions: {} });
`;
const MANIFEST = `{
  "dependencies": {
    "@azure/identity": "^4.14.0"
  }
}
`;

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "entrada-codemod-"));
  await mkdir(join(folder, "src"));
  await mkdir(join(folder, "node_modules/other"), { recursive: true });
  await writeFile(join(folder, "package.json"), MANIFEST);
  await writeFile(join(folder, "src/app.ts"), SOURCE);
  await writeFile(join(folder, "node_modules/other/index.js"), SOURCE);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await runCommandLine({
    args,
    version: "1.2.3",
    out: (text) => void (out += text),
    err: (text) => void (err += text),
  });
  return { code, out, err };
}

function read(path: string): Promise<string> {
  return readFile(join(folder, path), "utf8");
}

describe("entrada-codemod", () => {
  test("writes sources and manifest, says what to decide, and leaves what is installed alone", async () => {
    const { code, out, err } = await run(folder);

    expect(code).toBe(0);
    expect(out).toBe("");
    expect(err).toContain("2 files changed");
    expect(err).toContain("there is no option retryOptions");
    expect(await read("src/app.ts")).toContain(`from "@entrada/core"`);
    expect(JSON.parse(await read("package.json"))).toEqual({ dependencies: { "@entrada/core": "^1.2.3" } });
    expect(await read("node_modules/other/index.js")).toBe(SOURCE);
  });

  test("changes nothing when it is run again", async () => {
    await run(folder);
    const once = await read("src/app.ts");
    const { err } = await run(folder);

    expect(err).toContain("0 files changed");
    expect(await read("src/app.ts")).toBe(once);
  });

  test("shows a patch and writes nothing with --dry-run", async () => {
    const { out, err } = await run("--dry-run", folder);

    expect(err).toContain("2 files would change");
    expect(out).toContain(`-import { InteractiveBrowserCredential } from "@azure/identity";`);
    expect(out).toContain(`+import { InteractiveBrowserCredential } from "@entrada/core";`);
    expect(out).toContain(`+    "@entrada/core": "^1.2.3"`);
    expect(await read("src/app.ts")).toBe(SOURCE);
    expect(await read("package.json")).toBe(MANIFEST);
  });

  test("says of the log's level in one file what the credential in another means for it", async () => {
    const log = `import { setLogLevel } from "@azure/logger";\nsetLogLevel("info");\n`;
    await writeFile(join(folder, "src/log.ts"), log);
    await run(folder);
    const once = await read("src/log.ts");
    await run(folder);

    expect(once).toContain("// TODO(entrada): this does not reach Entrada's credentials");
    expect(once.endsWith(log)).toBe(true);
    expect(await read("src/log.ts")).toBe(once);
  });

  test("moves the program and leaves its web page, which keeps @azure/identity", async () => {
    const page = `import { InteractiveBrowserCredential } from "@azure/identity";
export const credential = new InteractiveBrowserCredential({ clientId: "x", loginStyle: "popup" });
`;
    await writeFile(join(folder, "src/page.tsx"), page);
    const { err } = await run(folder);

    expect(err).toContain("not moved, because of loginStyle");
    expect((await read("src/page.tsx")).replace(/^\/\/ TODO.*\n/m, "")).toBe(page);
    expect(await read("src/app.ts")).toContain(`from "@entrada/core"`);
    expect(JSON.parse(await read("package.json"))).toEqual({
      dependencies: { "@azure/identity": "^4.14.0", "@entrada/core": "^1.2.3" },
    });
  });

  test("judges a project as a whole: another file's credentials keep @azure/identity, and its errors", async () => {
    const errors = `import { AuthenticationError } from "@azure/identity";\nexport { AuthenticationError };\n`;
    await writeFile(join(folder, "src/errors.ts"), errors);
    await writeFile(join(folder, "src/server.cjs"), `require("@azure/identity").DefaultAzureCredential;\n`);
    await run(folder);

    expect(await read("src/errors.ts")).toBe(errors);
    expect(JSON.parse(await read("package.json"))).toEqual({
      dependencies: { "@azure/identity": "^4.14.0", "@entrada/core": "^1.2.3" },
    });
  });

  test("keeps what a source names that it was not to change, and judges by that, too", async () => {
    const errors = `import { AuthenticationError } from "@azure/identity";\nexport { AuthenticationError };\n`;
    await writeFile(join(folder, "src/errors.ts"), errors);
    await mkdir(join(folder, "scripts"));
    const script = `import { DefaultAzureCredential } from "@azure/identity";\nnew DefaultAzureCredential();\n`;
    await writeFile(join(folder, "scripts/deploy.ts"), script);
    await run(join(folder, "src"));

    expect(await read("scripts/deploy.ts")).toBe(script);
    expect(await read("src/errors.ts")).toBe(errors);
    expect(JSON.parse(await read("package.json"))).toEqual({
      dependencies: { "@azure/identity": "^4.14.0", "@entrada/core": "^1.2.3" },
    });
  });

  test("keeps a package whose name stands between backticks", async () => {
    await writeFile(join(folder, "src/lazy.js"), "export const load = () => import(`@azure/identity`);\n");
    await run(folder);

    expect(await read("package.json")).toContain("@azure/identity");
  });

  test("puts Entrada where a monorepo declares @azure/identity, in the package or at the root", async () => {
    for (const name of ["hoisted", "own"]) {
      await mkdir(join(folder, "packages", name), { recursive: true });
      await writeFile(join(folder, "packages", name, "index.ts"), SOURCE);
    }
    const hoisted = `{ "name": "hoisted" }\n`;
    await writeFile(join(folder, "packages/hoisted/package.json"), hoisted);
    await writeFile(join(folder, "packages/own/package.json"), MANIFEST);
    await rm(join(folder, "src/app.ts"));
    await run(folder);

    expect(await read("packages/hoisted/index.ts")).toContain(`from "@entrada/core"`);
    expect(await read("packages/hoisted/package.json")).toBe(hoisted);
    for (const manifest of ["package.json", "packages/own/package.json"])
      expect(JSON.parse(await read(manifest))).toEqual({ dependencies: { "@entrada/core": "^1.2.3" } });
  });

  test("says so when a path does not exist", async () => {
    const { code, err } = await run(join(folder, "nowhere"));

    expect(code).toBe(2);
    expect(err).toContain("nowhere");
    expect(err).toContain("does not exist");
  });

  test("says which package.json it could not read, and goes on with the sources", async () => {
    const broken = MANIFEST.replace('^4.14.0"', "^4.14.0");
    await writeFile(join(folder, "package.json"), broken);
    const { code, err } = await run(folder);

    expect(code).toBe(1);
    expect(err).toMatch(/Could not be read, and are as they were:\n.*package\.json: not JSON/);
    expect(await read("package.json")).toBe(broken);
    expect(await read("src/app.ts")).toContain(`from "@entrada/core"`);
  });

  test("names a file that it cannot read, does the others, and ends with 1", async () => {
    await writeFile(join(folder, "src/broken.ts"), `import from "@azure/identity" {`);
    const { code, err } = await run(folder);

    expect(code).toBe(1);
    expect(err).toContain("broken.ts");
    expect(await read("src/app.ts")).toContain("@entrada/core");
    expect(await read("src/broken.ts")).toBe(`import from "@azure/identity" {`);
  });

  test("refuses an option that it does not know", async () => {
    const { code, err } = await run("--force");

    expect(code).toBe(2);
    expect(err).toContain("Usage: entrada-codemod");
  });

  test("is a program", async () => {
    const bin = fileURLToPath(new URL("../dist/bin.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [bin, "--help"]);

    expect(stdout).toContain("Usage: entrada-codemod [--dry-run] [path ...]");
  });
});
