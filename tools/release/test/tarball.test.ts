import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { differences, expectationOf } from "../src/expectation.ts";
import { checkSeal, sealPackedFolder } from "../src/packed-folder.ts";
import { run } from "../src/run.ts";
import { readTarball } from "../src/tarball.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tarball-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("reading a packed package", () => {
  test("finds its files, its manifest and the integrity that lock files have", async () => {
    const deep = `${"a-folder-with-a-long-name/".repeat(4)}deep.js`;
    const path = await pack({
      "package.json": `{"name":"@s/p","version":"1.2.3"}`,
      [deep]: "1",
      "dist/a.mjs": "",
    });
    const { name, version, files, integrity } = readTarball(path);
    expect({ name, version, files }).toEqual({
      name: "@s/p",
      version: "1.2.3",
      files: [deep, "dist/a.mjs", "package.json"],
    });
    expect(integrity).toMatch(/^sha512-[\w+/]{86}==$/);
  });

  test("refuses a link, and a file outside the package", async () => {
    symlinkSync("/", join(folder, "link"));
    await run("tar", ["--format=ustar", "-czf", "linked.tgz", "link"], { cwd: folder });
    expect(() => readTarball(join(folder, "linked.tgz"))).toThrow("neither file nor folder");
    writeFileSync(join(folder, "stray.js"), "");
    await run("tar", ["--format=ustar", "-czf", "stray.tgz", "stray.js"], { cwd: folder });
    expect(() => readTarball(join(folder, "stray.tgz"))).toThrow("lies outside");
  });
});

describe("comparing with what is expected", () => {
  const expected = {
    maxBytes: 10,
    files: ["dist/chunks/shared-*.mjs", "dist/index.mjs"],
    binaries: ["x64.node"],
  };
  const packed = {
    files: ["dist/chunks/shared-Abc_-123.mjs", "dist/index.d.ts", "dist/index.mjs"],
    bytes: new Uint8Array(10),
  };
  const known = { needBinaries: false, declarations: ["dist/index.d.ts"] };

  test("the same files within the budget are no difference", () => {
    expect(differences(packed, expected, known)).toEqual([]);
  });

  test("what was packed without its binaries says nothing of their weight", () => {
    expect(expectationOf(packed, { ...expected, maxBytes: 400_000 })).toMatchObject({ maxBytes: 400_000 });
    const files = [...packed.files, "x64.node"];
    expect(expectationOf({ ...packed, files }, { ...expected, maxBytes: 400_000 })).toMatchObject({
      maxBytes: 1000,
      files: ["dist/chunks/shared-*.mjs", "dist/index.mjs"],
    });
  });

  test("a file more, a file less and a byte too many are", () => {
    const files = [
      "dist/chunks/shared-Abc_-123.mjs",
      "dist/chunks/shared-Abc_-456.mjs",
      "dist/old.d.ts",
      "secret.pem",
    ];
    expect(differences({ files, bytes: new Uint8Array(11) }, expected, known)).toEqual([
      "not expected: dist/chunks/shared-*.mjs",
      "not expected: dist/old.d.ts",
      "not expected: secret.pem",
      "missing: dist/index.mjs",
      "missing: dist/index.d.ts",
      "11 bytes are more than 10",
    ]);
  });

  test("a binary may be missing in a rehearsal, and not in a release", () => {
    expect(differences(packed, expected, { ...known, needBinaries: true })).toEqual(["missing: x64.node"]);
    expect(
      differences({ ...packed, files: [...packed.files, "x64.node"] }, expected, {
        ...known,
        needBinaries: true,
      }),
    ).toEqual([]);
  });
});

describe("the seal on what passed", () => {
  test("holds for the very tarballs, and for no other", async () => {
    await pack({ "package.json": `{"name":"p","version":"1.0.0"}` });
    plan({ tarball: { path: "packed.tgz" } });
    sealPackedFolder(folder);
    expect(() => checkSeal(folder)).not.toThrow();
    await pack({ "package.json": `{"name":"p","version":"1.0.0" }` });
    expect(() => checkSeal(folder)).toThrow("not the tarballs that passed");
  });

  test("does not cover a plan without a tarball", () => {
    plan({});
    sealPackedFolder(folder);
    expect(() => checkSeal(folder)).toThrow("nothing to publish");
  });
});

async function pack(files: Readonly<Record<string, string>>): Promise<string> {
  rmSync(join(folder, "package"), { recursive: true, force: true });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "package", name)), { recursive: true });
    writeFileSync(join(folder, "package", name), content);
  }
  await run(
    "tar",
    ["--format=ustar", "-czf", "packed.tgz", "--", ...Object.keys(files).map((name) => `package/${name}`)],
    {
      cwd: folder,
    },
  );
  return join(folder, "packed.tgz");
}

function plan(release: object): void {
  writeFileSync(join(folder, "publish-plan.json"), JSON.stringify({ version: 1, plan: [[release]] }));
}
