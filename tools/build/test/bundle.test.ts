import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

const program = fileURLToPath(new URL("../bundle.mjs", import.meta.url));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bundle-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a class that two entry points export is one class", async () => {
  write(twoEntries);
  expect(bundle()).toMatchObject({ status: 0 });
  const main = (await load("dist/index.mjs")) as { Fault: unknown };
  const other = (await load("dist/other/index.mjs")) as { Fault: unknown };
  expect(main.Fault).toBeTypeOf("function");
  expect(other.Fault).toBe(main.Fault);
});

test("what an import() loads stays in a file of its own", async () => {
  write(twoEntries);
  bundle();
  expect(readFileSync(join(folder, "dist/index.mjs"), "utf8")).not.toContain("loaded later");
  const { later } = (await load("dist/index.mjs")) as { later: () => Promise<string> };
  expect(await later()).toBe("loaded later");
});

test("the main entry point needs one file beside itself, whoever else shares its parts", () => {
  write(twoEntries);
  bundle();
  const imports = importsOf(readFileSync(join(folder, "dist/index.mjs"), "utf8"));
  expect(imports.map((path) => path?.replace(/-[\w-]{8}\.mjs$/, ""))).toEqual(["./chunks/shared"]);
});

test("an entry point that other sources import holds itself what it shares, and the main one gives no more than it declares", async () => {
  write({
    ...twoEntries,
    "src/index.ts": `import { clock } from "./other/index.ts"; export const now = () => clock();
      export { Fault } from "./fault.ts";
      export async function later() { return (await import("./later.ts")).words(); }`,
    "src/other/index.ts": `export { clock } from "../clock.ts"; export { Fault } from "../fault.ts";`,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  const main = readFileSync(join(folder, "dist/index.mjs"), "utf8");
  expect(importsOf(main)).toEqual(["./other/index.mjs"]);
  expect(importsOf(readFileSync(join(folder, "dist/other/index.mjs"), "utf8"))).toEqual([]);
  const { later, ...rest } = (await load("dist/index.mjs")) as { later: () => Promise<string> };
  expect(await later()).toBe("loaded later");
  expect(Object.keys(rest).toSorted()).toEqual(["Fault", "now"]);
});

test("a part that is to be whole is one file, and others find there what they share with it", async () => {
  write({
    ...twoEntries,
    "src/later.ts": `import { clock } from "./clock.ts"; export { Fault } from "./fault.ts";
      export const words = () => ["loaded", "later", clock()].join(" ");`,
    "src/index.ts": `export async function later() { return (await import("./later.ts")).words(); }
      export async function latest() { return (await import("./latest.ts")).latest(); }`,
    "src/latest.ts": `import { clock } from "./clock.ts"; export const latest = () => clock();`,
  });
  expect(bundle("--whole", "src/later.ts")).toMatchObject({ status: 0 });
  const [file] = readdirSync(join(folder, "dist/chunks")).filter((name) => name.startsWith("later-"));
  const part = readFileSync(join(folder, "dist/chunks", file!), "utf8");
  expect(part).toContain("extends Error");
  expect(importsOf(part)).toEqual([]);
  const { later, latest } = (await load("dist/index.mjs")) as Record<string, () => Promise<unknown>>;
  expect(await later!()).toBe("loaded later 0");
  expect(await latest!()).toBe(0);
});

test("an entry point that is to be whole needs no file beside itself", async () => {
  write(twoEntries);
  expect(bundle("--whole", "src/index.ts")).toMatchObject({ status: 0 });
  expect(importsOf(readFileSync(join(folder, "dist/index.mjs"), "utf8"))).toEqual([]);
  const main = (await load("dist/index.mjs")) as { Fault: unknown };
  expect(((await load("dist/other/index.mjs")) as { Fault: unknown }).Fault).toBe(main.Fault);
});

test("what parts that are loaded later share does not burden a whole one that they need, and is one file", async () => {
  write({
    ...twoEntries,
    "src/index.ts": `export const one = async () => (await import("./one.ts")).one();
      export const two = async () => (await import("./two.ts")).two();
      export const early = async () => (await import("./early.ts")).early();`,
    "src/early.ts": `import { clock } from "./clock.ts"; export const early = () => clock();`,
    "src/one.ts": `import { clock } from "./clock.ts"; import { both } from "./both.ts"; export const one = () => both(clock());`,
    "src/two.ts": `import { clock } from "./clock.ts"; import { both } from "./both.ts"; export const two = () => both(clock());`,
    "src/both.ts": `export { other } from "./other.ts"; export const both = (time) => "both" + time;`,
    "src/other.ts": `export const other = () => "other";`,
  });
  expect(bundle("--whole", "src/early.ts")).toMatchObject({ status: 0 });
  const names = readdirSync(join(folder, "dist/chunks")).map((name) => name.replace(/-[\w-]{8}\.mjs$/, ""));
  expect(names.toSorted()).toEqual(["early", "later-parts", "one", "two"]);
  const { one, two } = (await load("dist/index.mjs")) as Record<string, () => Promise<unknown>>;
  expect([await one!(), await two!()]).toEqual(["both0", "both0"]);
});

test("what only parts that are loaded later share does not burden the main entry point, whole as it is", () => {
  write({
    ...twoEntries,
    "src/index.ts": `export { clock } from "./clock.ts"; export { Fault } from "./fault.ts";
      export const one = async () => (await import("./one.ts")).one();
      export const two = async () => (await import("./two.ts")).two();`,
    "src/one.ts": `import { clock } from "./clock.ts"; import { both } from "./both.ts"; export const one = () => both(clock());`,
    "src/two.ts": `import { clock } from "./clock.ts"; import { both } from "./both.ts"; export const two = () => both(clock());`,
    "src/both.ts": `export const both = (time) => "for both" + time;`,
  });
  expect(bundle("--whole", "src/index.ts")).toMatchObject({ status: 0 });
  const main = readFileSync(join(folder, "dist/index.mjs"), "utf8");
  expect(importsOf(main)).toEqual([]);
  expect(main).not.toContain("for both");
});

test("a character beyond ASCII is an error", () => {
  write({ ...twoEntries, "src/clock.ts": `export const clock = () => "half past…";` });
  const { status, stderr } = bundle();
  expect(status).not.toBe(0);
  expect(stderr).toMatch(/dist\/.*has a character beyond ASCII: .*half past…/);
});

test("an entry point that is bundled apart needs no other file, and the main one none because of it", async () => {
  write({ ...twoEntries, "src/later.ts": `export const words = () => "loaded later";` });
  expect(bundle("--apart", "other/index")).toMatchObject({ status: 0 });
  for (const file of ["dist/index.mjs", "dist/other/index.mjs"]) {
    expect(importsOf(readFileSync(join(folder, file), "utf8"))).toEqual([]);
    expect(((await load(file)) as { Fault: unknown }).Fault).toBeTypeOf("function");
  }
});

test("packages and the conditions of package.json stay open", () => {
  write({
    "package.json": {
      name: "p",
      type: "module",
      exports: { ".": "./dist/index.mjs" },
      imports: { "#way": "./dist/way.mjs" },
    },
    "src/index.ts": `export { way } from "#way"; export { absent } from "a-package-that-is-absent";`,
    "src/way.ts": `export const way = 1;`,
    "dist/index.d.ts": `export { way } from "#way";`,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  const text = readFileSync(join(folder, "dist/index.mjs"), "utf8");
  expect(text).toContain(`from "#way"`);
  expect(text).toContain(`from "a-package-that-is-absent"`);
  expect(readFileSync(join(folder, "dist/way.mjs"), "utf8")).toContain("way");
});

test("JavaScript of an earlier build goes, declarations stay", () => {
  write({
    ...twoEntries,
    "dist/chunks/old-12345678.mjs": "",
    "dist/old.mjs.map": "",
  });
  bundle();
  const files = readdirSync(join(folder, "dist"), { recursive: true }).map(String);
  expect(files).toContain("index.d.ts");
  expect(files.filter((file) => file.includes("old"))).toEqual([]);
});

const declared = {
  "dist/index.d.ts": `export { Fault } from "./fault.ts"; export declare const a: import("./deep/a.js").A;`,
  "dist/other/index.d.ts": `export { Fault } from "../fault.ts"; export type { A } from "../deep/a.ts";`,
  "dist/fault.d.ts": `import type { B } from "./deep/b.js"; export declare class Fault extends Error { b: B }`,
  "dist/deep/a.d.ts": `/** What a is. */\nexport interface A { readonly a: 1 }`,
  "dist/deep/b.d.ts": `import type { Stats } from "node:fs"; export interface B { stats: Stats }`,
  "dist/deep/inner.d.ts": `import type { A } from "./a.js"; export declare function inner(): A;`,
  "dist/later.d.ts": `export declare function words(): string;`,
};

test("what an entry point declares is in its own file and in one that all share, and what nobody can come to in none", () => {
  write({ ...twoEntries, ...declared });
  expect(bundle()).toMatchObject({ status: 0 });
  expect(publishedOf()).toEqual(["declarations.d.mts", "index.d.mts", "other/index.d.mts"]);
  const shared = readFileSync(join(folder, "dist/declarations.d.mts"), "utf8");
  expect(shared.match(/class Fault/g)).toHaveLength(1);
  expect(shared).toContain("/** What a is. */");
  expect(shared).toContain(`from "node:fs"`);
  expect(shared).not.toMatch(/inner|words/);
  expect(importsOf(readFileSync(join(folder, "dist/other/index.d.mts"), "utf8"))).toEqual([
    "../declarations.mjs",
  ]);
});

test("what can be required declares the same to both kinds of modules, and the rest to ES modules alone", () => {
  write({
    ...twoEntries,
    ...declared,
    "package.json": {
      ...twoEntries["package.json"],
      exports: {
        ...twoEntries["package.json"].exports,
        ".": { require: "./dist/index.cjs", default: "./dist/index.mjs" },
      },
    },
    "dist/old.d.cts": "",
  });
  expect(bundle()).toMatchObject({ status: 0 });
  expect(publishedOf()).toEqual(["declarations.d.cts", "index.d.cts", "index.d.mts", "other/index.d.mts"]);
  expect(readFileSync(join(folder, "dist/index.d.mts"), "utf8")).toBe(`export * from "./index.cjs";\n`);
  expect(importsOf(readFileSync(join(folder, "dist/other/index.d.mts"), "utf8"))).toEqual([
    "../declarations.cjs",
  ]);
  const written = readdirSync(join(folder, "dist"), { recursive: true }).map(String);
  expect(written.filter((file) => file.endsWith(".cjs") && !file.startsWith("chunks"))).toEqual([
    "index.cjs",
  ]);
});

test("what is put in and not installed beside the package has its types put in, too", () => {
  const declared = `import { Inner } from "inner"; export declare const a: Inner;`;
  const manifest = { ...twoEntries["package.json"], scripts: { build: "node bundle.mjs --within inner" } };
  write({
    ...twoEntries,
    "package.json": manifest,
    "dist/index.d.ts": declared,
    "dist/other/index.d.ts": declared,
    "node_modules/inner/dist/index.d.ts": `export type { Inner } from "./inner.ts";`,
    "node_modules/inner/dist/inner.d.ts": `export interface Inner { readonly inside: 1 }`,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  const shared = (): string =>
    readdirSync(join(folder, "dist"), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith(".d.mts"))
      .map((file) => readFileSync(join(folder, "dist", file), "utf8"))
      .join("\n");
  expect(shared().match(/interface Inner/g)).toHaveLength(1);
  expect(shared()).not.toContain('"inner"');
  write({
    "package.json": { ...manifest, dependencies: { inner: "1" } },
    "dist/index.d.ts": declared,
    "dist/other/index.d.ts": declared,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  expect(shared()).toContain('"inner"');
});

test("a declaration that another one needs and that is not there is an error", () => {
  write({ ...twoEntries, "dist/index.d.ts": `export { Fault } from "./fault.ts";` });
  const { status, stderr } = bundle();
  expect(status).not.toBe(0);
  expect(stderr).toContain("./fault.ts");
});

test("what another maker wrote is put in where that is asked for, its letters as ASCII", async () => {
  write({
    ...twoEntries,
    "src/clock.ts": `import { blocks } from "blocks"; export const clock = () => blocks().length - 1;`,
    "node_modules/blocks/package.json": { name: "blocks", main: "index.js" },
    "node_modules/blocks/index.js": `const { sep } = require("node:path"); exports.blocks = () => sep && "█";`,
  });
  expect(bundle("--within", "blocks")).toMatchObject({ status: 0 });
  rmSync(join(folder, "node_modules"), { recursive: true });
  const { later } = (await load("dist/index.mjs")) as { later: () => Promise<string> };
  expect(await later()).toBe("loaded later");
});

test("the words of other languages keep their letters in a file of their own", () => {
  write({
    ...twoEntries,
    "src/later.ts": `export const words = async () => (await import("./languages/all.ts")).ru;`,
    "src/languages/all.ts": `export { ru } from "./ru.ts";`,
    "src/languages/ru.ts": `export const ru = "Вход выполнен";`,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  const [file] = readdirSync(join(folder, "dist/chunks")).filter((name) => name.startsWith("all-"));
  expect(readFileSync(join(folder, "dist/chunks", file!), "utf8")).toContain("Вход выполнен");
});

test("the words of other languages are one file, which both kinds of modules load", async () => {
  const { exports } = twoEntries["package.json"];
  write({
    ...twoEntries,
    "package.json": {
      ...twoEntries["package.json"],
      exports: { ...exports, ".": { require: "./dist/index.cjs", default: "./dist/index.mjs" } },
    },
    "src/index.ts": `export const later = async () => (await import("./languages/all.ts")).ru;`,
    "src/languages/all.ts": `export { ru } from "./ru.ts";`,
    "src/languages/ru.ts": `export const ru = "Вход выполнен";`,
  });
  expect(bundle()).toMatchObject({ status: 0 });
  expect(readdirSync(join(folder, "dist/chunks")).filter((name) => name.startsWith("all-"))).toEqual([
    expect.stringMatching(/\.cjs$/),
  ]);
  const imported = (await load("dist/index.mjs")) as { later: () => Promise<string> };
  const required = createRequire(import.meta.url)(join(folder, "dist/index.cjs")) as typeof imported;
  expect(await Promise.all([imported.later(), required.later()])).toEqual(["Вход выполнен", "Вход выполнен"]);
});

test("a promise of package.json that no source keeps is an error", () => {
  write({
    "package.json": {
      name: "p",
      type: "module",
      exports: { ".": "./dist/index.mjs", "./gone": "./dist/gone.mjs" },
    },
    "src/index.ts": "export {};",
  });
  const { status, stderr } = bundle();
  expect(status).not.toBe(0);
  expect(stderr).toContain("./src/gone.ts");
});

test("a source that finds files beside itself is not moved away from them", () => {
  write({
    "package.json": { name: "p", type: "module", exports: { ".": "./dist/index.mjs" } },
    "src/index.ts": `export { place } from "./deep/place.ts";`,
    "src/deep/place.ts": `export const place = new URL("../../data.json", import.meta.url);`,
  });
  const { status, stderr } = bundle();
  expect(status).not.toBe(0);
  expect(stderr).toContain("src/deep/place.ts finds files by import.meta.url");
});

const twoEntries = {
  "package.json": {
    name: "p",
    type: "module",
    exports: {
      ".": "./dist/index.mjs",
      "./other": "./dist/other/index.mjs",
    },
  },
  "dist/index.d.ts": `export type { A } from "./a.ts";`,
  "dist/other/index.d.ts": `export type { A } from "../a.ts";`,
  "dist/a.d.ts": "export interface A {}",
  "src/index.ts": `export { Fault } from "./fault.ts"; export { clock } from "./clock.ts";
    export async function later() { return (await import("./later.ts")).words(); }`,
  "src/other/index.ts": `export { Fault } from "../fault.ts";`,
  "src/fault.ts": `export class Fault extends Error {}`,
  "src/clock.ts": `export const clock = () => 0;`,
  "src/later.ts": `import { clock } from "./clock.ts"; export function words() { return clock() === 0 ? "loaded later" : ""; }`,
};

/** The declarations that would be packed. */
function publishedOf(): readonly string[] {
  const files = readdirSync(join(folder, "dist"), { recursive: true }).map((file) =>
    String(file).replaceAll("\\", "/"),
  );
  return files.filter((file) => /\.d\.[cm]ts$/.test(file)).toSorted();
}

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

/** The files that a bundled file imports before it runs. */
function importsOf(code: string): readonly (string | undefined)[] {
  return [...code.matchAll(/from "(\..*?)"/g)].map(([, path]) => path);
}

function bundle(...options: readonly string[]): {
  readonly status: number | null;
  readonly stderr: string;
} {
  return spawnSync(process.execPath, [program, ...options], { cwd: folder, encoding: "utf8" });
}

function load(file: string): Promise<unknown> {
  return import(pathToFileURL(join(folder, file)).href);
}

test.each([
  "decodeURIComponent(text);",
  "JSON.parse(text);",
  "new URL(text);",
  "  new RegExp(text);",
  "Intl.getCanonicalLocales(text);",
])(
  "what is called only to see whether it throws is refused, because a bundle would not try it: %s",
  (line) => {
    write({
      ...twoEntries,
      "src/fault.ts": `export class Fault {}\nexport const tried = (text: string) => {\ntry {\n${line}\nreturn true } catch { return false } };`,
    });
    const { status, stderr } = bundle();
    expect(status).not.toBe(0);
    expect(stderr).toContain(`the bundle will not try it: ${line.trim()}`);
  },
);
