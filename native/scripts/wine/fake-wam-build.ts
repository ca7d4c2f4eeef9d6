import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fakeAbiHeader } from "../fake-abi.ts";
import { buildWithMingw, type MingwTarget, nodeAddon, nodeImportLibrary } from "../mingw.ts";
import { cache, root } from "./paths.ts";

/** The fake Web Account Manager: a DLL that answers for the classes of the real one. */
export function buildFakeWam(target: MingwTarget): string {
  const work = join(cache, "fake-wam");
  const sources = join(root, "test", "fake-wam");
  mkdirSync(work, { recursive: true });
  writeIfNew(join(work, "fake_abi.h"), fakeAbiHeader(readFileSync(join(sources, "abi.txt"), "utf8")));
  const output = join(work, "fake_wam.dll");
  buildWithMingw({
    target,
    sources: sourcesIn(sources),
    include: [sources, work],
    libraries: [],
    work,
    output,
  });
  return output;
}

/** The addon by which a test looks into the fake and into its own process. */
export function buildObserver(target: MingwTarget): string {
  const work = join(cache, "observer");
  const sources = join(root, "test", "observer");
  const output = join(work, "observer.node");
  buildWithMingw({
    target,
    sources: sourcesIn(sources),
    include: [...nodeAddon.include],
    defines: nodeAddon.defines,
    libraries: [nodeImportLibrary(target, work)],
    work,
    output,
  });
  return output;
}

/** A program that tells whether tokens leave memory. */
export function buildTextTest(target: MingwTarget): string {
  return buildProgram(target, "text_test", join(root, "test", "cpp"));
}

/** A program that makes the addon's silent requests without the addon. */
export function buildBareRequests(target: MingwTarget): string {
  return buildProgram(target, "bare_requests", join(root, "test", "bare"));
}

/** A program of sources of its own that uses the addon's. */
function buildProgram(target: MingwTarget, name: string, sources: string): string {
  const work = join(cache, name);
  const output = join(work, `${name}.exe`);
  buildWithMingw({
    target,
    sources: sourcesIn(sources),
    include: [sources, join(root, "cpp")],
    libraries: [],
    work,
    output,
    program: true,
  });
  return output;
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".cc"))
    .map((name) => join(folder, name));
}

// An untouched header rebuilds nothing.
function writeIfNew(file: string, text: string): void {
  let old: string | undefined;
  try {
    old = readFileSync(file, "utf8");
  } catch {
    // Not there yet.
  }
  if (old !== text) writeFileSync(file, text);
}
