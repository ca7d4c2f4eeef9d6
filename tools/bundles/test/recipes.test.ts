import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { PERMISSIONS } from "../../runtimes/src/permissions.ts";
import { PACKERS } from "../src/packers.ts";
import { flagsFor, RECIPES, SCRIPTS, settingsFor } from "../src/recipes.ts";
import { COMPILERS, MODES, UNREADABLE_MSAL } from "../src/required-ways.ts";

const page = readFileSync(new URL("../../../docs/bundling.md", import.meta.url), "utf8");
const sections = new Map(page.split("\n## ").map((text) => [text.slice(0, text.indexOf("\n")), text]));

test("every recipe of the page is one that npm run test:bundles makes, and it makes no other", () => {
  const scripted = [...SCRIPTS].filter(([, scripts]) => scripts.length > 0).map(([heading]) => heading);
  const told = [...RECIPES.map(({ packer }) => packer), ...scripted];
  expect(new Set(PACKERS.map(({ recipe }) => recipe))).toEqual(new Set(told));
});

test("every script under a heading is run by a packer", () => {
  for (const [heading, scripts] of SCRIPTS)
    expect(PACKERS.filter(({ recipe }) => recipe === heading).length, heading).toBe(scripts.length);
});

test("settings are read as a reader would copy them", () => {
  expect(flagsFor("esbuild", true)).toContain("--external:@napi-rs/keyring");
  expect(flagsFor("esbuild", false)).toEqual(["--bundle", "--platform=node", "--format=cjs"]);
  expect(settingsFor("webpack", false)).toEqual({ target: "node20" });
  expect(settingsFor("vite", true)).toMatchObject({ ssr: { external: ["@napi-rs/keyring"] } });
  expect(() => settingsFor("parcel", true)).toThrow("docs/bundling.md has no recipe for parcel");
});

test("the page names the settings of TypeScript that are compiled and run, and those that need skipLibCheck", () => {
  const text = sections.get("CommonJS") ?? "";
  const named = /with `module` as (.+?) or for a bundler/.exec(text)?.[1]?.match(/(?<=`)\w+(?=`)/g);
  expect(named).toEqual(MODES.filter((mode) => mode !== "esnext"));
  const skipping = /With (.+?) set `skipLibCheck`/.exec(text)?.[1]?.match(/(?<=`)\w+(?=`)/g);
  expect(skipping).toEqual(UNREADABLE_MSAL);
  expect(COMPILERS.length).toBe(3);
  expect(text).toContain("TypeScript 5 to 7");
});

test("the page names the permissions that are tried", () => {
  const text = sections.get("Node.js, Bun and Deno") ?? "";
  const flags = PERMISSIONS.flatMap(({ command }) => command).filter((word) => word.startsWith("--allow"));
  expect(flags.length).toBeGreaterThan(5);
  expect([...new Set(flags)].filter((flag) => !text.includes(flag))).toEqual([]);
  const told = [...new Set(text.match(/--allow-[a-z-]+(?:=\*)?/g))].filter((flag) => flag !== "--allow-run");
  expect(told.filter((flag) => !flags.includes(flag))).toEqual([]);
});
