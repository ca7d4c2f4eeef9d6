import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

/** A packed package, read. */
export interface Tarball {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** `sha512-…`, as lock files have it. */
  readonly integrity: string;
  /** The paths in it without their `package/`, in order. */
  readonly files: readonly string[];
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Reads a packed package. @throws Error where it is no gzipped tar of files below `package/` with a package.json */
export function readTarball(path: string): Tarball {
  const bytes = new Uint8Array(readFileSync(path));
  const files = new Map(entriesOf(gunzipSync(bytes)));
  const text = files.get("package.json");
  if (text === undefined) throw new Error(`${path} has no package.json`);
  const manifest = JSON.parse(Buffer.from(text).toString("utf8")) as Record<string, string>;
  return {
    path,
    name: manifest["name"] ?? "",
    version: manifest["version"] ?? "",
    bytes,
    integrity: `sha512-${createHash("sha512").update(bytes).digest("base64")}`,
    files: [...files.keys()].toSorted(),
    manifest,
  };
}

/** The files of a tar of the `ustar` format: a header of 512 bytes each, and the content in blocks of 512 bytes. */
function* entriesOf(tar: Buffer): Generator<readonly [string, Uint8Array]> {
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const field = (from: number, length: number) =>
      tar.toString("utf8", at + from, at + from + length).replace(/\0.*$/s, "");
    const size = Number.parseInt(field(124, 12), 8);
    const path = [field(345, 155), field(0, 100)].filter(Boolean).join("/");
    const type = field(156, 1);
    if (type !== "" && type !== "0") throw new Error(`${path} is neither file nor folder: type ${type}`);
    if (!path.startsWith("package/")) throw new Error(`${path} lies outside package/`);
    yield [path.slice("package/".length), tar.subarray(at + 512, at + 512 + size)];
    at += 512 + Math.ceil(size / 512) * 512;
  }
}
