import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Tarball } from "./tarball.ts";

/** What a packed package may hold. Checked in, so that a file more or less shows in review. */
export interface Expectation {
  /** The most that the tarball may weigh, in bytes. */
  readonly maxBytes: number;
  /**
   * The most that the package and all that it brings may take on the disk where npm installs it, in bytes: its blocks,
   * with those of the folders, as `du` counts them. Set by hand.
   */
  readonly maxBytesOnDisk?: number;
  /** The same of what a Windows gets, with the native modules for its Web Account Manager and its keyring. */
  readonly maxBytesOnWindows?: number;
  /** Every file in it but the declarations. `*` stands for the hash in the name of a chunk. */
  readonly files: readonly string[];
  /** Files that a machine without their compiler packs without. The release has them all. */
  readonly binaries?: readonly string[];
}

/** What is known of a package without its tarball. */
export interface Known {
  /** Whether every binary must be there, as in the release. */
  readonly needBinaries: boolean;
  /** The declarations of its entry points: `dist/index.d.mts`. */
  readonly declarations: readonly string[];
}

const folder = new URL("../expected/", import.meta.url);

/** @throws Error where there is none: `npm run release:rehearse -- --update` writes it */
export function readExpectation(name: string): Expectation {
  const file = fileOf(name);
  if (!existsSync(file))
    throw new Error(`There is no expectation of ${name}: write it with --update, and review it`);
  return JSON.parse(readFileSync(file, "utf8")) as Expectation;
}

/** Makes what a tarball is now what it should be. */
export function writeExpectation(tarball: Tarball): void {
  const earlier = existsSync(fileOf(tarball.name)) ? readExpectation(tarball.name) : undefined;
  writeFileSync(fileOf(tarball.name), `${JSON.stringify(expectationOf(tarball, earlier), null, 2)}\n`);
}

/**
 * What a tarball is now, with a tenth of room for its size. One that was packed on a machine without the compilers of
 * its binaries says nothing of their weight: the earlier limit stays then.
 */
export function expectationOf(
  tarball: Pick<Tarball, "files" | "bytes">,
  earlier: Expectation | undefined,
): Expectation {
  const binaries = earlier?.binaries;
  const files = namesOf(tarball);
  const maxBytes = Math.ceil((tarball.bytes.length * 1.1) / 1000) * 1000;
  const absent = binaries && !binaries.some((file) => files.includes(file));
  return {
    maxBytes: absent ? Math.max(maxBytes, earlier.maxBytes) : maxBytes,
    ...(earlier?.maxBytesOnDisk !== undefined && { maxBytesOnDisk: earlier.maxBytesOnDisk }),
    ...(earlier?.maxBytesOnWindows !== undefined && { maxBytesOnWindows: earlier.maxBytesOnWindows }),
    files: files.filter((file) => !binaries?.includes(file) && !/\.d\.[cm]?ts$/.test(file)),
    ...(binaries && { binaries }),
  };
}

/** What differs, a line each; empty where nothing does. */
export function differences(
  tarball: Pick<Tarball, "files" | "bytes">,
  expectation: Expectation,
  { needBinaries, declarations }: Known,
): readonly string[] {
  const { maxBytes, files, binaries = [] } = expectation;
  const actual = namesOf(tarball);
  const expected = [
    ...files,
    ...declarations,
    ...binaries.filter((file) => needBinaries || actual.includes(file)),
  ];
  return [
    ...remove(actual, expected).map((file) => `not expected: ${file}`),
    ...remove(expected, actual).map((file) => `missing: ${file}`),
    ...(tarball.bytes.length > maxBytes ? [`${tarball.bytes.length} bytes are more than ${maxBytes}`] : []),
  ];
}

function namesOf({ files }: Pick<Tarball, "files">): readonly string[] {
  return files
    .map((file) => file.replace(/^(dist\/(?:chunks|quick)\/.*)-[\w-]{8}(\.[cm]?js)$/, "$1-*$2"))
    .toSorted();
}

/** What is left of `items` when each of `others` takes one away. */
function remove(items: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...items];
  for (const other of others) {
    const at = left.indexOf(other);
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

function fileOf(name: string): string {
  return join(folder.pathname, `${name.replace(/^@[^/]+\//, "")}.json`);
}
