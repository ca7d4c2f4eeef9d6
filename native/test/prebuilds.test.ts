import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readPeFile } from "../scripts/pe-file.ts";
import { architectures, prebuildProblems, sizeBudgetInBytes } from "../scripts/prebuilds.ts";

// Addons that Microsoft's compiler built, for three processors: what ours have to look like.
const microsoft = new URL("../node_modules/@azure/msal-node-runtime/dist/windows/", import.meta.url);
const folders = { x64: "x64", arm64: "arm64", ia32: "x86" } as const;
const addonOf = (architecture: keyof typeof folders): string =>
  fileURLToPath(new URL(`${folders[architecture]}/msal-node-runtime.node`, microsoft));

describe.runIf(existsSync(microsoft))("a Windows binary", () => {
  test.each(architectures)("for %s", (architecture) => {
    const file = readPeFile(readFileSync(addonOf(architecture)));
    expect(file).toMatchObject({ architecture, delayImports: ["node.exe"], guarded: true });
    expect(file).toMatchObject({ relocatable: true, dataNotExecuted: true });
    expect(file.imports).toContain("kernel32.dll");
  });
});

test("something else is no Windows binary", () => {
  expect(() => readPeFile(Buffer.alloc(100))).toThrow("not a Windows binary");
  expect(() => readPeFile(Buffer.from("MZ"))).toThrow("not a Windows binary");
});

describe.runIf(existsSync(microsoft))("the prebuilt binaries", () => {
  let folder = "";
  const put = (architecture: string, from: string): void => {
    mkdirSync(join(folder, `win32-${architecture}`));
    copyFileSync(from, join(folder, `win32-${architecture}`, "wam.node"));
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "prebuilds-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test("none is fine for a test, and not for a release", () => {
    expect(prebuildProblems(folder, { release: false })).toEqual([]);
    expect(prebuildProblems(folder, { release: true })).toEqual(
      architectures.map((architecture) => `win32-${architecture}/wam.node is missing`),
    );
  });

  test("another processor's binary is found", () => {
    put("arm64", addonOf("x64"));
    expect(prebuildProblems(folder, { release: false })).toEqual(["win32-arm64/wam.node is for x64"]);
  });

  // Microsoft's own leave that to the process.
  const lookInSystemFolderOnly = (architecture: string): void => {
    const file = join(folder, `win32-${architecture}`, "wam.node");
    const bytes = readFileSync(file);
    bytes.writeUInt16LE(0x0800, readPeFile(bytes).dependentLoadFlagsAt ?? -1);
    writeFileSync(file, bytes);
  };

  test.each(architectures)("one for %s that would take a DLL from beside it is not fit", (architecture) => {
    put(architecture, addonOf(architecture));
    const problem = `win32-${architecture}/wam.node looks for DLLs elsewhere than in the system's folder`;
    expect(prebuildProblems(folder, { release: true })).toContain(problem);
    lookInSystemFolderOnly(architecture);
    expect(prebuildProblems(folder, { release: true })).not.toContain(problem);
  });

  test("two that are fit, and one that is not there", () => {
    for (const architecture of ["x64", "ia32"] as const) {
      put(architecture, addonOf(architecture));
      lookInSystemFolderOnly(architecture);
    }
    expect(prebuildProblems(folder, { release: true })).toEqual(["win32-arm64/wam.node is missing"]);
  });

  test("more than the budget", () => {
    put("x64", addonOf("x64"));
    const file = join(folder, "win32-x64", "wam.node");
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.alloc(sizeBudgetInBytes)]));
    expect(prebuildProblems(folder, { release: false })).toEqual([
      expect.stringMatching(/^win32-x64\/wam\.node has \d+ bytes, more than the budget of 460800$/),
    ]);
  });
});

test("what this machine has built keeps to its processor and to the budget", () => {
  const folder = fileURLToPath(new URL("../prebuilds", import.meta.url));
  expect(prebuildProblems(folder, { release: false })).toEqual([]);
});
