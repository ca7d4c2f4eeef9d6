import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commandBlocksOf, documents, ROOT, type CommandBlock } from "./documents.ts";
import { commandsNotRun, commandsRun } from "./reader/commands-of-documents.ts";

const blocks = documents().flatMap(commandBlocksOf);
const shown = blocks.filter(({ language }) => language === "console");
const told = blocks.filter(({ language }) => language !== "console");

test("every block of commands in the documentation is run, or there is a reason why not", () => {
  const known = [...Object.keys(commandsRun), ...Object.keys(commandsNotRun)];
  expect(known.toSorted()).toEqual(told.map(({ name }) => name).toSorted());
});

test.each(Object.entries(commandsRun))("%s is run by a test that is there", (_, { file, says }) => {
  expect(readFileSync(`${ROOT}/${file}`, "utf8").includes(says), `${file} says ${says}`).toBe(true);
});

test("what a command prints stands only in pages that are recorded", () => {
  // packages/cli/test/recorded-pages.test.ts runs these, and compares.
  const elsewhere = shown.filter(({ path }) => !/^docs\/command-line[\w-]*\.md$/.test(path));
  expect(elsewhere).toEqual([]);
});

test("what is to be installed, or run by npx, is a package that is published, or one of another maker's that is tried here", () => {
  const manifests = globSync(["packages/*/package.json", "native/package.json", "examples/package.json"], {
    cwd: ROOT,
  }).map((file) => JSON.parse(readFileSync(`${ROOT}/${file}`, "utf8")) as Manifest);
  const published = manifests.filter((each) => !each.private).map(({ name }) => name);
  const others = manifests.flatMap((each) => Object.keys({ ...each.dependencies, ...each.devDependencies }));
  const wanted = blocks.flatMap(packagesIn);
  expect(wanted.length).toBeGreaterThan(15);
  const unknown = wanted.filter((name) =>
    name.startsWith("@entrada/") ? !published.includes(name) : !others.includes(name),
  );
  expect(unknown).toEqual([]);
});

test("npx and npm start nothing that the packages do not have", () => {
  const bins = globSync(["packages/*/package.json"], { cwd: ROOT }).flatMap((file) =>
    Object.keys((JSON.parse(readFileSync(`${ROOT}/${file}`, "utf8")) as Manifest).bin ?? {}),
  );
  const started = blocks.flatMap(({ text }) =>
    [...text.matchAll(/\bnpx (?:-p \S+ )?(entrada[\w-]*)/g)].map(([, name]) => name),
  );
  expect(started.length).toBeGreaterThan(0);
  expect(started.filter((name) => !bins.includes(name ?? ""))).toEqual([]);
  const { scripts = {} } = JSON.parse(readFileSync(`${ROOT}/package.json`, "utf8")) as Manifest;
  const run = blocks.flatMap(({ text }) =>
    [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name]) => name),
  );
  expect(run.length).toBeGreaterThan(0);
  expect(run.filter((name) => !Object.hasOwn(scripts, name ?? ""))).toEqual([]);
});

/** The packages that the commands of a block fetch. */
function packagesIn({ text }: CommandBlock): readonly string[] {
  const installed = [...text.matchAll(/\bnpm install((?: +[^\s#]+)+)/g)].flatMap(([, words = ""]) =>
    words.trim().split(/ +/),
  );
  const fetched = [...text.matchAll(/\bnpx (?:-p )?(@\S+)/g)].map(([, name = ""]) => name);
  return [...installed, ...fetched].filter((word) => !word.startsWith("-"));
}

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}
